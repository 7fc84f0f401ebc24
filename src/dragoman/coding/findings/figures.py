"""Quantities of an article: percentages, sums of money, and counts of persons, ships, weapons, goods, seats.

A number becomes a row only with a unit: a percent sign, a currency, or the plural that it counts. A word for what befell
the counted ("killed", "arrested") is part of ``what``. Whose it is is told by the adjective, the possessive or the phrase
beside it; where the text leaves that open the column is None.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from dragoman.coding.findings import figure_words
from dragoman.coding.findings.figure_words import FigureWords
from dragoman.coding.findings.numbers import Number, numbers
from dragoman.records import ActorRef, Article, Evidence, Figure, Mention, Sentence

_TOKEN = re.compile(r"[A-Za-zÀ-ÿ][\w’'.&-]*[\w’']|[A-Za-zÀ-ÿ]|[^\w\s]")
_BREAK = re.compile(r"[;:!?()“”\"]|,\s|\s(?:and|but|while|whereas|although|with)\s")
_COPULA = (
    r"(?:(?:who|that|which)\s+)?(?:(?:were|was|are|is|have|has|had|been|being|"
    r"be|left|reported(?:ly)?|also|now|later|feared|to|confirmed|others?|more|"
    r"people|presumed)\s+)*"
)
_HAVING = re.compile(
    r"\b(?:has|have|had|lost|deployed|sent|send|sends|fired|launched|operates?|"
    r"operated|owns?|possesses|possess|bought|sold|exported|imported|"
    r"pledged|promised|gave|give|gives|provided|provide|offered|spent|spend|"
    r"spends|invested|lent|donated|suspend(?:ed|s)?|withheld|froze|cut|contributed|allocated|approved|"
    r"received|bought|buys|purchased|moved|dispatched|mobili[sz]ed|withdrew|"
    r"pulled|produced?s?|owes|owed|paid|pays|will\s+\w+|to\s+\w+)\b"
)
_PART_OF = re.compile(r"\s+of\s+(?:the\s+|its\s+|their\s+|our\s+)?(?:all\s+)?([a-z]{3,})\b(?:\s+([a-z]{3,})\b)?")
_KNOWN_TWO = re.compile(r"\b(?:the|these|those|both|its|their|his|her)\s+$", re.IGNORECASE)
_KILLING = re.compile(r"\b(?:kill\w*|claim\w*|injur\w+|wound\w+|rescu\w+)\s+(?:all\s+|the\s+|most of the\s+)*$", re.IGNORECASE)
_TARIFF = re.compile(r"\b(?:tariffs?|duty|duties|lev(?:y|ies)|sanctions?|embargo)\b", re.IGNORECASE)
_OF_AFTER = re.compile(r"^\s*(?:from|of|by|belonging to)\s+(?:the\s+)?$")
_ON_AFTER = re.compile(r"\b(?:on|against|to|for|into|over)\b[^,;.]{0,40}$")


class Actors(Protocol):
    """What this module asks of ``coding.actors.ArticleActors``."""

    def at(self, start: int, end: int) -> tuple[ActorRef, ...]: ...

    def candidates(self, sentence: int) -> tuple[Mention, ...]: ...


@dataclass(frozen=True, slots=True)
class Named:
    """Words that name one actor: its country, or its id where it has none."""

    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True)
class _Noun:
    """The phrase after a number: ``head`` in lower case, ``end`` of the head, ``words`` before and with the head."""

    head: str
    end: int
    words: tuple[str, ...]


def key_of(ref: ActorRef) -> str | None:
    """The country of an actor, the actor's id for an organisation of no state; None for a group of no known state."""
    return ref.actor if ref.country in ("IGO", "NGO") else ref.country


def named(actors: Actors, sentence: int) -> tuple[Named, ...]:
    """Who a sentence names, in the order of the text; a phrase for several actors gives one entry each."""
    found = []
    for mention in actors.candidates(sentence):
        for ref in actors.at(mention.start, mention.end):
            key = key_of(ref)
            if key is not None:
                article = 4 if mention.text[:4].lower() == "the " else 0  # names are compared from their first word
                found.append(Named(mention.start + article, mention.end, key))
    return tuple(sorted(set(found), key=lambda name: (name.start, name.end, name.key)))


def figures(article: Article, actors: Actors) -> tuple[Figure, ...]:
    """The figures of an article in the order of the text; the same words in two places are two rows.

    Body, captions and titles count; section headings only repeat them.
    """
    words = figure_words.load()
    rows: list[Figure] = []
    for sentence in article.sentences:
        if sentence.kind == "heading":
            continue
        found = list(numbers(article.text, sentence.start, sentence.end))
        if found:
            rows.extend(_of_sentence(article, actors, sentence, found, words))
    return tuple(rows)


def _of_sentence(
    article: Article, actors: Actors, sentence: Sentence, found: Sequence[Number], words: FigureWords
) -> list[Figure]:
    text = article.text
    who = named(actors, sentence.i)
    rows: list[Figure] = []
    carried: tuple[str, str | None] | None = None
    for k, number in enumerate(found):
        limit = found[k + 1].hull if k + 1 < len(found) else sentence.end
        noun = _noun(text, number.end, limit, words)
        described = _describe(text, sentence, number, noun, words, limit, who)
        if (
            described is None
            and carried is not None
            and re.fullmatch(r"[\s,]*(?:and|,)\s*", text[found[k - 1].end : number.hull])
        ):
            described = carried
        if described is None:
            carried = None
            continue
        unit, what, end = (*described, number.end) if len(described) == 2 else described
        carried = (unit, what) if unit != "percent" else None
        of, on = _whose(text, sentence, number, end, unit, what, who, words)
        span = Evidence(article.id, sentence.i, number.hull, end)
        rows.append(Figure(number.value, unit, what, of, on, text[number.hull : end], (span,), number.to, number.bound))
    return rows


def _noun(text: str, start: int, end: int, words: FigureWords) -> _Noun | None:
    """The plural that follows a number, through at most five words of description."""
    phrase: list[str] = []
    best: tuple[int, int] | None = None
    for token in _TOKEN.finditer(text, start, min(end, start + 90)):
        word = token.group()
        lower = word.lower().rstrip(".")
        if not word[0].isalpha() or lower in words.stops or lower in words.fate_of or len(phrase) >= 6:
            break
        if "\n" in text[start : token.start()]:
            break
        phrase.append(word)
        plural = _is_plural(word, lower, words)
        if plural:
            best = (len(phrase), token.end())
        elif best is not None:
            break
    if best is None:
        return None
    size, stop = best
    pair = " ".join(phrase[max(0, size - 2) : size]).lower()
    head = pair if pair in words.unit_of else phrase[size - 1].lower()
    return _Noun(head, stop, tuple(phrase[:size]))


def _is_plural(word: str, lower: str, words: FigureWords) -> bool:
    if lower in words.unit_of:
        return True
    if word.endswith(("’s", "'s", "s’", "s'")) or lower in words.skipped or lower.endswith(("ss", "us", "is", "ously")):
        return False
    return len(lower) > 3 and lower.endswith("s") and not word.isupper()


def _describe(
    text: str, sentence: Sentence, number: Number, noun: _Noun | None, words: FigureWords, limit: int, who: Sequence[Named]
) -> tuple[str, str | None, int] | tuple[str, str | None] | None:
    """Unit, what is counted, and where the words end."""
    if number.percent or number.currency:
        what, end = _measured(text, sentence, number, words, limit)
        return number.currency or "percent", what, end
    if noun is not None and noun.head in words.skipped:
        return None
    if number.value == 2 and _KNOWN_TWO.search(text, sentence.start, number.hull):
        return None  # "the two countries" refers to them and counts nothing
    unit = None if noun is None else words.unit_of.get(noun.head, noun.head)
    end = number.end if noun is None else noun.end
    if unit is not None and number.value == 1 and noun is not None and noun.head not in words.unit_of:
        return None
    if unit is None or unit in words.persons or unit in words.things:
        fate = _fate(text, sentence, number, end, limit, words, bare=unit is None)
        if unit is None and fate is not None and fate[0] in words.of_things:
            return None
        people = noun is not None and unit not in words.persons and unit not in words.things and noun.words[-1][0].isupper()
        if fate is not None:
            return _fated(text, number, noun, unit, end, fate, words)
        if unit is None:
            return None
        if people:
            return "persons", " ".join(noun.words) if noun else None, end
    if noun is None or unit is None:
        return None
    if noun.words[-1][0].isupper() and noun.head not in words.unit_of:
        if any(name.start < noun.end and name.end > noun.end - len(noun.words[-1]) for name in who):
            fate = _fate(text, sentence, number, end, limit, words, bare=False)
            return "persons", " ".join(filter(None, [" ".join(noun.words), fate[0] if fate else None])), end
        return None
    if unit in ("deaths", "injuries"):
        return "persons", words.fate_of[noun.head], end
    phrase = [word for word in noun.words if word.lower() not in ("other", "more", "further", "additional", "such", "people")]
    return unit, " ".join(phrase) or unit, end


def _fated(
    text: str, number: Number, noun: _Noun | None, unit: str | None, end: int, fate: tuple[str, int], words: FigureWords
) -> tuple[str, str | None, int]:
    name, stop = fate
    end = max(end, stop)
    if unit is None or noun is None or unit in ("persons", "deaths", "casualties", "injuries"):
        return "persons", name, end
    described = " ".join(word for word in noun.words if word.lower() not in ("other", "more", "further", "additional"))
    return unit, f"{described} {name}", end


def _fate(
    text: str, sentence: Sentence, number: Number, end: int, limit: int, words: FigureWords, *, bare: bool
) -> tuple[str, int] | None:
    """What befell the counted, and where the words of the count end (after "12 dead", not after "12 soldiers were killed")."""
    after = re.compile(rf"\s*(?:others?\s+|more\s+)?(?:,\s+)?{_COPULA}").match(text, end, limit)
    if after:
        fate = words.fate.match(text, after.end(), limit)
        if fate and words.fate_of[fate.group().lower()] == "aboard" and _KILLING.search(text, sentence.start, number.hull):
            fate = None  # "killed all 96 people on board" counts the killed
        if fate and not (fate.group().lower() == "hurt" and bare):
            return words.fate_of[fate.group().lower()], fate.end() if bare else end
    before = text[max(sentence.start, number.hull - 60) : number.hull]
    said = list(words.fate.finditer(before))
    last = said[-1] if said else None
    if last is None:
        return None
    gap = before[last.end() :]
    toll = re.match(r"(?:\s+toll)?[^,;.]{0,30}?\s(?:to|at|of|is|was|reached|above|past)\s+$", gap)
    if toll and last.group().lower() in ("death", "deaths", "injured", "injuries", "killed", "dead", "fatalities", "missing"):
        return words.fate_of[last.group().lower()], end
    if re.match(r"(?:\s+(?:and|or)\s+\w+ing)?\s+(?:the\s+|all\s+|another\s+|a\s+further\s+|a\s+total\s+of\s+)?$", gap):
        return words.fate_of[last.group().lower()], end
    return None


def _measured(text: str, sentence: Sentence, number: Number, words: FigureWords, limit: int) -> tuple[str | None, int]:
    """The noun that a percentage or a sum measures: the nearest after it in its clause, else the nearest before it."""
    stop = _BREAK.search(text, number.end, limit)
    clause_end = min(limit, stop.start() if stop else limit, number.end + 60)
    for token in _TOKEN.finditer(text, number.end, clause_end):
        name = _measure(token.group(), words)
        if name:
            return name, token.end()
    clause_start = max(sentence.start, number.hull - 60)
    for pause in _BREAK.finditer(text, clause_start, number.hull):
        clause_start = pause.end()
    for token in reversed(list(_TOKEN.finditer(text, clause_start, number.hull))):
        name = _measure(token.group(), words)
        if name:
            return name, number.end
    of = _PART_OF.match(text, number.end, clause_end)
    if of is None or of[1] in words.stops:
        return None, number.end
    group = 2 if of[2] and of[2].endswith("s") and of[2] not in words.stops else 1
    return of[group], of.end(group)


def _measure(word: str, words: FigureWords) -> str | None:
    lower = word.lower().rstrip("’'.")
    for form in (lower, lower[:-1] if lower.endswith("s") else lower, lower[:-3] + "y" if lower.endswith("ies") else lower):
        if form in words.measures:
            return "GDP" if form == "gdp" else form
    return None


def _whose(
    text: str,
    sentence: Sentence,
    number: Number,
    end: int,
    unit: str,
    what: str | None,
    who: Sequence[Named],
    words: FigureWords,
) -> tuple[str | None, str | None]:
    """``of`` and ``on``: see the module's words."""
    money = unit == "percent" or number.currency is not None
    # A mention may begin at the number or before it: "12 Palestinians", "all 12 Palestinians".
    inside = [name for name in who if number.end < name.end and number.hull - 8 <= name.start < end]
    after = [name for name in who if end <= name.start and not _BREAK.search(text, end, name.start)]
    before = [name for name in who if name.end <= number.hull]
    if money and _TARIFF.search(text, number.start, min(sentence.end, end + 12)):
        return _tariff(text, number, end, who, inside, after, before)
    on = None
    if money and after:
        gap = text[end : after[0].start]
        on = after[0].key if _ON_AFTER.search(gap) else None
    of = _owner(text, number, end, inside, after, before, money)
    return of, on if on != of else None


def _owner(
    text: str, number: Number, end: int, inside: list[Named], after: list[Named], before: list[Named], money: bool
) -> str | None:
    keys = {name.key for name in inside}
    if len(keys) == 1:
        return keys.pop()
    if keys:
        return None
    if before:
        gap = text[before[-1].end : number.hull]
        words = text[before[-1].start : before[-1].end].lower()
        possessive = (
            words in ("its", "their", "his", "her", "our")
            or words.endswith(("’s", "'s", "s’", "s'"))
            or re.match(r"[’']s?\s", gap)
        )
        if possessive and re.fullmatch(r"(?:[’']s?)?\s+(?:\w+\s+)?", gap):
            return before[-1].key
        if _HAVING.match(gap.lstrip()) and len(gap) < 40 and not re.search(r"[,;]", gap) and _sole(before, gap):
            return before[-1].key
    if after and _OF_AFTER.match(text[end : after[0].start]):
        return after[0].key
    return None


def _sole(before: list[Named], gap: str) -> bool:
    """Whether the last name is the subject: not joined to another by "and"."""
    return len({name.key for name in before if name.start == before[-1].start}) == 1


def _tariff(
    text: str, number: Number, end: int, who: Sequence[Named], inside: list[Named], after: list[Named], before: list[Named]
) -> tuple[str | None, str | None]:
    """A tariff of the imposer on the goods of another: the one other state of the sentence imposed it, or nobody is named."""
    on = next((name.key for name in after if re.search(r"\b(?:on|against)\b", text[end : name.start])), None)
    by = next((name.key for name in after if re.search(r"\bby\s+(?:the\s+)?$", text[end : name.start])), None)
    of = by or (inside[0].key if inside else None)
    others = []
    for name in [*before, *after]:
        if name.key != on and name.key not in others:
            others.append(name.key)
    if of is None and on is not None and len(others) == 1:
        of = others[0]
    return of, on
