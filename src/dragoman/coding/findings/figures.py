"""Quantities of an article: percentages, sums of money, and counts of persons, ships, weapons, goods, seats.

A number becomes a row only with a unit: a percent sign, a currency, or the plural that it counts. A word for what befell
the counted ("killed", "arrested") is part of ``what``. Whose it is is told by the adjective, the possessive or the phrase
beside it; where the text leaves that open the column is None.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.coding.findings import figure_words
from dragoman.coding.findings.figure_words import FigureWords
from dragoman.coding.findings.named import Actors, Named, named
from dragoman.coding.findings.numbers import Number, numbers
from dragoman.coding.findings.owners import BREAK, whose
from dragoman.records import Article, Evidence, Figure, Sentence

_TOKEN = re.compile(r"[A-Za-zÀ-ÿ][\w’'.&-]*[\w’']|[A-Za-zÀ-ÿ]|[^\w\s]")
_COPULA = (
    r"(?:(?:who|that|which)\s+)?(?:(?:were|was|are|is|have|has|had|been|being|"
    r"be|left|reported(?:ly)?|also|now|later|feared|to|confirmed|others?|more|"
    r"people|presumed)\s+)*"
)
_PART_OF = re.compile(r"\s+of\s+(?:the\s+|its\s+|their\s+|our\s+)?(?:all\s+)?([a-z]{3,})\b(?:\s+([a-z]{3,})\b)?")
_KNOWN_TWO = re.compile(r"\b(?:the|these|those|both|its|their|his|her)\s+$", re.IGNORECASE)
_KILLING = re.compile(r"\b(?:kill\w*|claim\w*|injur\w+|wound\w+|rescu\w+)\s+(?:all\s+|the\s+|most of the\s+)*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Noun:
    """The phrase after a number: ``head`` in lower case, ``end`` of the head, ``words`` before and with the head."""

    head: str
    end: int
    words: tuple[str, ...]


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
        of, on = whose(text, sentence, number, end, unit, who)
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
    stop = BREAK.search(text, number.end, limit)
    clause_end = min(limit, stop.start() if stop else limit, number.end + 60)
    for token in _TOKEN.finditer(text, number.end, clause_end):
        name = _measure(token.group(), words)
        if name:
            return name, token.end()
    clause_start = max(sentence.start, number.hull - 60)
    for pause in BREAK.finditer(text, clause_start, number.hull):
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
