"""Where the name of an instrument begins and ends around its head word."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.coding.findings.instrument_words import InstrumentWords
from dragoman.coding.findings.named import Named
from dragoman.records import Sentence

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|"
    r"November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"
)
_BEFORE = re.compile(r"(?:[A-Za-zÀ-ÿ0-9][\w’'.&/–-]*%?|%)\s+$")
CONNECTING = ("of", "the", "and", "for", "on", "to", "in")
_TITLE_WORD = re.compile(rf"\s*(?!{_MONTH})(?:[A-ZÀ-Þ](?:[\w’'.–-]*[\w’'])?|\d+(?:st|nd|rd|th)?\b)")
_LOWER = re.compile(r"\s+([a-zà-ÿ][\w’'-]*)")
TITLE_STOP = frozenset(
    "was were is are has have had be been which that who said says will would "
    "could in at during after before as it its his their while "
    "when where by from signed reached with but or if since until last this next".split()
)
_NUMBERED = re.compile(r"\s+(?:No\.?\s*)?(\d{2,5}(?:\s?\(\d{4}\))?|\d)(?!\d|,\d|\s+(?:people|million|billion|percent))")
_NAMED_EXERCISE = re.compile(r"((?:\s+(?:[A-Z][\w-]+|\d{2,4}))+)")
_TOPICAL = re.compile(
    r"(?:anti|non|counter|post|pre)-[a-z]+$|[a-z]+-(?:sharing|control|swap|exchange|reduction|transfer|release)$"
)
DETERMINER = re.compile(
    r"(?:^|[\s“\"(])(the|this|that|these|those|its|their|his|her|our|an?|no|"
    r"any|every|such|some|other|many|several|most|all|each|whatever)\s+$",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"\s+(?:on|about)\s+(?!(?:the|a|an|this|that|his|her|their|its)\b)[a-z-]+(?:\s+(?!(?:after|"
    r"before|in|on|at|that|which|with|when|and|as|to)\b)[a-z-]+)?"
)
_BETWEEN = re.compile(r"\s+(?:between|with|among|by|against|on|to|from|in|for)\s+(?:the\s+|key\s+|some\s+|all\s+|most\s+)*")
_WORDS_BEFORE = 9  # words before the head that can be of its name
_INCREASE = re.compile(r"\s+(?:hikes?|increases?|package)\b")
_OPENS_TITLE = re.compile(r"\s+(?:on|of|for|concerning)\s")
_JOINED = re.compile(r"(?:\s*,\s*|\s+and\s+|,\s+and\s+)(?:the\s+)?")
_GOODS = re.compile(
    r"\s+(?:exports?|imports?|goods|products|steel|aluminum|aluminium|cars|oil|gas|officials|banks|companies)\b"
)
# Capitalised, these begin a sentence and no name.
_STARTERS = frozenset(
    "under after before since with without despite in for on by as while when last both signing earlier".split()
)


def left(text: str, sentence: Sentence, start: int, who: Sequence[Named], words: InstrumentWords) -> int:
    """Where the name begins: capitals, actors, years, percentages and words of a topic before the head."""
    headline = _is_headline(text, sentence)
    at = start
    for _ in range(_WORDS_BEFORE):
        found = _BEFORE.search(text, max(sentence.start, at - 40), at)
        if found is None:
            break
        token = found.group().rstrip()
        lower = token.lower()
        actor = any(name.start <= found.start() < name.end for name in who)
        if lower in CONNECTING:
            earlier = _BEFORE.search(text, max(sentence.start, found.start() - 40), found.start())
            inside = (
                earlier is not None and earlier.group()[0].isupper() and text[at].isupper() and lower in ("of", "and", "for")
            )
            if not inside or (lower == "and" and any(name.end == found.start() - 1 for name in who)):
                break
        elif not (
            actor
            or (token[0].isupper() and not headline)
            or lower in words.topics
            or _TOPICAL.match(lower)
            or lower in words.light
            or re.fullmatch(r"(?:19|20)\d\d|\d+%|\d+(?:th|st|nd|rd)", lower)
        ):
            break
        if DETERMINER.search(token + " "):
            break
        if token.endswith(("’s", "'s")) and not actor and at == start:
            break
        if (
            found.start() == sentence.start
            and not actor
            and token[0].isupper()
            and lower not in words.topics
            and lower in _STARTERS
        ):
            break
        at = found.start()
    return at


def _is_headline(text: str, sentence: Sentence) -> bool:
    """Whether every longer word has a capital, so that capitals say nothing about names."""
    long = [word for word in text[sentence.start : sentence.end].split() if len(word) > 3 and word[0].isalpha()]
    return len(long) > 3 and sum(word[0].isupper() for word in long) > 0.7 * len(long)


def right(text: str, sentence: Sentence, match: re.Match[str], who: Sequence[Named], kind: str) -> tuple[int, bool]:
    """Where the name ends, and whether the words after the head make it a title."""
    end = match.end()
    word = match.group()
    if word.lower() == "resolution":
        number = _NUMBERED.match(text, end, sentence.end)
        return (number.end(), True) if number else (end, False)
    if word.lower() == "exercise" and word[0].isupper():
        name = _NAMED_EXERCISE.match(text, end, sentence.end)
        if name:
            return name.end(), True
    hike = _INCREASE.match(text, end, sentence.end)
    if hike:
        end = hike.end()
    if kind in ("agreement", "statement"):
        title = _title(text, sentence, end, capital=word[0].isupper())
        if title > end:
            return title, True
        about = _ABOUT.match(text, end, sentence.end) if kind == "statement" else None
        if about:
            return about.end(), False
    if kind in ("agreement", "sanction", "tariff", "exercise", "statement"):
        return _with(text, sentence, end, who), False
    return end, False


def _title(text: str, sentence: Sentence, end: int, *, capital: bool) -> int:
    """The end of a title such as "Treaty on the Non-Proliferation of Nuclear Weapons"; ``end`` where there is none."""
    opening = _OPENS_TITLE.match(text, end, sentence.end)
    if opening is None:
        return end
    at = opening.end() - 1
    last, lowers, capitals = end, 0, 0
    while at < sentence.end:
        upper = _TITLE_WORD.match(text, at, sentence.end)
        if upper:
            at = last = upper.end()
            lowers, capitals = 0, capitals + 1
            continue
        lower = _LOWER.match(text, at, sentence.end)
        if (
            lower
            and lower[1] in ("in",)
            and re.match(r"\s+the\s+[A-Z]", text[lower.end() : lower.end() + 12])
            and capitals
            and capital
        ):
            at = lower.end()
            continue
        if lower and lower[1] not in TITLE_STOP and lowers < 6:
            at, lowers = lower.end(), lowers + 1
            continue
        if (
            capital
            and re.match(r",\s+the\s+[A-Z]", text[at : at + 12])
            and re.search(r"\sand\s+the\s+[A-Z]", text[at : min(sentence.end, at + 120)])
        ):
            at += 1
            continue
        break
    return last if capitals >= (1 if capital else 3) else end


def _with(text: str, sentence: Sentence, end: int, who: Sequence[Named]) -> int:
    """The end of "between the U.S. and Ukraine", "with Japan", "on Chinese exports" after a head."""
    opening = _BETWEEN.match(text, end, sentence.end)
    at = opening.end() if opening else -1
    for name in who:
        if opening and opening.start() < name.start <= at < name.end:
            end = name.end
            joined = _JOINED.match(text, end, sentence.end)
            at = joined.end() if joined else -1
    goods = _GOODS.match(text, end, sentence.end)
    return goods.end() if opening and end > opening.start() and goods else end
