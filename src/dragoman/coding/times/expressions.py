"""What a time expression means before any calendar is looked at: "the month 5 of an unnamed year, early in it".

The functions here read the groups of a rule's match; ``dates`` and ``relative`` build expressions with them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from dragoman.coding.times.lexicon import Tokens, number
from dragoman.coding.times.words import UNITS

_RELATIONS = {
    "l": "last", "q": "last", "p": "previous", "x": "next", "f": "following", "t": "this", "c": "this", "z": "latest",
    "h": "that", "m": "that",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Expr:
    """``first`` and ``end`` are tokens (half-open); numbers are -1 where the words do not give them.

    ``kind``: date, month, year, decade, century, season, quarter, half, weekday, weekend, day (today and its like), unit (a
    unit by its relation: last year), shift (n units before or after ``base``, "now" or "then"), stretch (the past n units),
    holiday, clock, range.
    """

    kind: str
    first: int
    end: int
    year: int = -1
    month: int = -1
    day: int = -1
    weekday: int = -1
    number: int = -1
    unit: str = ""
    relation: str = ""
    base: str = ""
    last_day: int = -1
    left: Expr | None = None
    right: Expr | None = None


Builder = Callable[[Tokens, "re.Match[str]"], "Expr | None"]


def _at(m: re.Match[str], group: str) -> int:
    """The token under a group of the match, -1 where the rule has no such group or it did not take part."""
    return m.start(group) if group in m.re.groupindex else -1


def number_at(t: Tokens, m: re.Match[str], group: str) -> int:
    """The number under a group of the match, -1 where it did not take part."""
    i = _at(m, group)
    return -1 if i < 0 else t.value(i)


def word_at(t: Tokens, m: re.Match[str], group: str) -> str:
    """The word under a group of the match, empty where it did not take part."""
    i = _at(m, group)
    return "" if i < 0 else t.words[i]


def relation_of(m: re.Match[str]) -> str:
    """The relation under the group ``r``: last, next, that; empty without one."""
    code = m.group("r") if "r" in m.re.groupindex else None
    return _RELATIONS.get(code or "", "")


def year_of(t: Tokens, m: re.Match[str]) -> int:
    """A year of four digits, or of two after an apostrophe or in an old date (14 MAR 90)."""
    value = number_at(t, m, "y")
    if 0 <= value < 100:
        return value + (1900 if value >= 40 else 2000)
    return value


def count_of(t: Tokens, m: re.Match[str]) -> int:
    """A number in words or digits ("twenty-one", "a", "2"); 0 for a vague one ("several"), -1 for none."""
    total = 0
    for i in range(*m.span("n")):
        code = t.codes[i]
        if code == "v":
            return 2 if t.words[i] == "couple" else 0
        if code in "0na":
            value = number(t.words[i], code)
            total = total * value if value == 100 and total else total + max(value, 0)
    return total or -1


def unit_of(t: Tokens, m: re.Match[str]) -> str:
    """The unit under the group ``u``: year, month, quarter; empty without one."""
    return UNITS.get(word_at(t, m, "u"), "")
