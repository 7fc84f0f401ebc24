"""Where a text names an instrument: the head word, what stands before it, and the phrase after it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dragoman.coding.findings.instrument_words import InstrumentWords
from dragoman.coding.findings.named import Named
from dragoman.records import Sentence

MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|"
    r"November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"
)
_BEFORE = re.compile(r"(?:[A-Za-zÀ-ÿ0-9][\w’'.&/–-]*%?|%)\s+$")
_CONNECTING = ("of", "the", "and", "for", "on", "to", "in")
_TITLE_WORD = re.compile(rf"\s*(?!{MONTH})(?:[A-ZÀ-Þ](?:[\w’'.–-]*[\w’'])?|\d+(?:st|nd|rd|th)?\b)")
_LOWER = re.compile(r"\s+([a-zà-ÿ][\w’'-]*)")
_TITLE_STOP = frozenset(
    "was were is are has have had be been which that who said says will would "
    "could in at during after before as it its his their while "
    "when where by from signed reached with but or if since until last this next".split()
)
_NUMBERED = re.compile(r"\s+(?:No\.?\s*)?(\d{2,5}(?:\s?\(\d{4}\))?|\d)(?!\d|,\d|\s+(?:people|million|billion|percent))")
_NAMED_EXERCISE = re.compile(r"((?:\s+(?:[A-Z][\w-]+|\d{2,4}))+)")
_TOPICAL = re.compile(
    r"(?:anti|non|counter|post|pre)-[a-z]+$|[a-z]+-(?:sharing|control|swap|exchange|reduction|transfer|release)$"
)
_DETERMINER = re.compile(
    r"(?:^|[\s“\"(])(the|this|that|these|those|its|their|his|her|our|an?|no|"
    r"any|every|such|some|other|many|several|most|all|each|whatever)\s+$",
    re.IGNORECASE,
)
_MAKES = re.compile(
    r"\b(?:sign\w*|reached|conclude\w*|struck|inked|sealed|ratif\w+|agreed (?:to|"
    r"on)|negotiat\w+|clinched|withdr\w+ from|held|holding|hold|"
    r"staged?|began|begin|launched|build\w*|built|issued|adopted)\s+(?:an?\s+|the\s+|their\s+|its\s+|new\s+|first\s+)*$"
)
_ABOUT = re.compile(
    r"\s+(?:on|about)\s+(?!(?:the|a|an|this|that|his|her|their|its)\b)[a-z-]+(?:\s+(?!(?:after|"
    r"before|in|on|at|that|which|with|when|and|as|to)\b)[a-z-]+)?"
)
_OTHER_SENSE = re.compile(
    r"\s+(?:Organi[sz]ation|countries|members?\b|states|allies|forces|troops|"
    r"bloc|stations?|ministers?|ministry|workers|officials|compan\w+|operators?|"
    r"tracks?|bridge|against\s+(?:him|her|them|it)\b)",
)
_GATHERING = re.compile(r"\b(?:National|Democratic|Republican|Constitutional|Annual|Party|party|annual)\s+[Cc]onvention$")
_BETWEEN = re.compile(r"\s+(?:between|with|among|by|against|on|to|from|in|for)\s+(?:the\s+|key\s+|some\s+|all\s+|most\s+)*")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One naming. ``topics`` are its content words in lower case without those that name actors; ``named`` the actors in it
    that can be parties, ``inside`` all of its title too.

    ``bare`` is a short reference ("the pipeline") that says nothing by itself.
    """

    sentence: int
    start: int
    end: int
    kind: str
    family: str
    name: str
    topics: frozenset[str]
    named: tuple[str, ...]
    inside: tuple[str, ...]
    proper: bool
    bare: bool
    definite: bool


def candidates(text: str, sentence: Sentence, who: Sequence[Named], words: InstrumentWords) -> Iterator[Candidate]:
    """The instruments that a sentence names or refers to, in order."""
    at = sentence.start
    while match := words.head.search(text, at, sentence.end):
        at = match.end()
        found = _candidate(text, sentence, match, who, words)
        if found is not None:
            yield found
            at = max(at, found.end)


def _candidate(
    text: str, sentence: Sentence, match: re.Match[str], who: Sequence[Named], words: InstrumentWords
) -> Candidate | None:
    word = match.group()
    listed = words.names.get(word)
    if _OTHER_SENSE.match(text, match.end(), sentence.end) or _GATHERING.search(text, sentence.start, match.end()):
        return None
    kind, family = words.family_of.get(word.lower(), (listed or "", word.lower()))
    start = _left(text, sentence, match.start(), who, words, headline=_is_headline(text, sentence))
    end, titled = _right(text, sentence, match, who, kind)
    while text[start : match.start()].split(" ")[0].lower() in words.light:
        start += len(text[start : match.start()].split(" ")[0]) + 1
    if listed:
        follow = re.compile(
            r"(?:\s+(?:natural\s+)?(?:gas|oil))?\s+(?:pipelines?|project|treaty|agreement|deal|pact|initiative)\b",
            re.IGNORECASE,
        ).match(text, end, sentence.end)
        end, family = (
            (follow.end(), words.family_of.get(follow.group().split()[-1].lower(), (kind, family))[1])
            if follow
            else (end, "agreement" if kind == "agreement" else family)
        )
    determiner = _DETERMINER.search(text[max(0, start - 10) : start])
    article = determiner[1].lower() if determiner else ""
    if article in words.determiners_out:
        return None
    capital = re.search(r"(?:^|[\s-])[A-Z]", text[start : match.start()]) is not None
    topics = _topics(text, start, end, match, who, words)
    inside = tuple(dict.fromkeys(name.key for name in who if name.start >= start and name.end <= end))
    # A word of a listed name ("Siberia") is no party; a state before it may be ("Russia's Nord Stream 2").
    last = match.start() if listed else match.end() if titled else end
    own = tuple(dict.fromkeys(name.key for name in who if name.start >= start and name.end <= last))
    before = text[start : match.start()]
    proper = bool(listed) or titled or (word[0].isupper() and bool(re.search(r"[A-Z]", before)))
    definite = article in ("the", "this", "that", "these", "those", "its", "their", "his", "her", "our") or proper
    bare = not topics and not inside and not proper
    if not bare and not _specific(
        word,
        before,
        topics,
        inside,
        proper,
        definite,
        article,
        kind,
        words,
        end > match.end() or _held(text, sentence, start, who),
        capital,
    ):
        return None
    if bare and not definite:
        return None
    name = " ".join(text[start:end].split())
    return Candidate(sentence.i, start, end, kind, family, name, topics, own, inside, proper, bare, definite)


def _specific(
    word: str, before: str, topics: frozenset[str], inside: tuple[str, ...], proper: bool, definite: bool, article: str,
    kind: str, words: InstrumentWords, followed: bool, capital: bool,
) -> bool:  # fmt: skip
    lower = word.lower()
    if proper or (capital and len(topics) > 0 and (definite or followed) and kind not in ("sanction", "tariff")):
        return True
    if lower in words.capital_only:
        return False
    if kind in ("sanction", "tariff"):
        return bool(inside) or "%" in before
    if followed and kind == "statement" and lower.startswith("joint"):
        return True
    if followed and topics and (kind == "exercise" or not lower.endswith("s")):
        return True
    plural = lower.endswith("s") and lower not in ("sanctions", "drills", "manoeuvres")
    if plural and not inside:
        return False
    if lower in words.weak:
        return (bool(topics) and (definite or bool(inside))) or (bool(inside) and followed and not plural)
    return bool(inside) or (definite and bool(topics)) or (kind == "project" and article in ("a", "an") and bool(topics))


def _held(text: str, sentence: Sentence, start: int, who: Sequence[Named]) -> bool:
    """Whether the words before say who signs, holds, builds it: then an instrument with "a" is a particular one."""
    verb = _MAKES.search(text, max(sentence.start, start - 60), start)
    return verb is not None and any(name.end <= verb.start() for name in who)


def _left(text: str, sentence: Sentence, start: int, who: Sequence[Named], words: InstrumentWords, *, headline: bool) -> int:
    """Where the name begins: capitals, actors, years, percentages and words of a topic before the head."""
    at = start
    for _ in range(9):
        found = _BEFORE.search(text, max(sentence.start, at - 40), at)
        if found is None:
            break
        token = found.group().rstrip()
        lower = token.lower()
        actor = any(name.start <= found.start() < name.end for name in who)
        if lower in _CONNECTING:
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
        if _DETERMINER.search(token + " "):
            break
        if token.endswith(("’s", "'s")) and not actor and at == start:
            break
        if (
            found.start() == sentence.start
            and not actor
            and token[0].isupper()
            and lower not in words.topics
            and _starter(lower)
        ):
            break
        at = found.start()
    return at


def _is_headline(text: str, sentence: Sentence) -> bool:
    """Whether every longer word has a capital, so that capitals say nothing about names."""
    long = [word for word in text[sentence.start : sentence.end].split() if len(word) > 3 and word[0].isalpha()]
    return len(long) > 3 and sum(word[0].isupper() for word in long) > 0.7 * len(long)


def _starter(lower: str) -> bool:
    return lower in (
        "under",
        "after",
        "before",
        "since",
        "with",
        "without",
        "despite",
        "in",
        "for",
        "on",
        "by",
        "as",
        "while",
        "when",
        "last",
        "both",
        "signing",
        "earlier",
    )


def _right(text: str, sentence: Sentence, match: re.Match[str], who: Sequence[Named], kind: str) -> tuple[int, bool]:
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
    hike = re.compile(r"\s+(?:hikes?|increases?|package)\b").match(text, end, sentence.end)
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
    opening = re.compile(r"\s+(?:on|of|for|concerning)\s").match(text, end, sentence.end)
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
        if lower and lower[1] not in _TITLE_STOP and lowers < 6:
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
            joined = re.compile(r"(?:\s*,\s*|\s+and\s+|,\s+and\s+)(?:the\s+)?").match(text, end, sentence.end)
            at = joined.end() if joined else -1
    goods = re.compile(
        r"\s+(?:exports?|imports?|goods|products|steel|aluminum|aluminium|cars|oil|gas|officials|banks|companies)\b"
    ).match(text, end, sentence.end)
    return goods.end() if opening and end > opening.start() and goods else end


def _topics(
    text: str, start: int, end: int, match: re.Match[str], who: Sequence[Named], words: InstrumentWords
) -> frozenset[str]:
    found = set()
    for token in re.compile(r"[A-Za-zÀ-ÿ0-9][\w%-]*").finditer(text, start, end):
        lower = token.group().lower()
        if match.start() <= token.start() < match.end() and match.group() not in words.names:
            continue
        if any(name.start <= token.start() < name.end for name in who) or lower in words.light:
            continue
        if (
            lower not in _CONNECTING
            and lower not in _TITLE_STOP
            and len(lower) > 1
            and lower not in ("s", "between", "against", "key", "hike", "increase")
        ) or lower.isdigit():
            found.add(lower)
    return frozenset(found)
