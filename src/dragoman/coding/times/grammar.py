"""What time expressions mean: an ``Expr`` and the functions that build one from the tokens a rule matched (``time_rules``).

An ``Expr`` says what the words mean before any calendar is looked at ("the month 5 of an unnamed year, early in it").
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from dragoman.coding.times.lexicon import Tokens, number
from dragoman.coding.times.words import DECADE_WORDS, HOLIDAYS, UNITS

RELATIONS = {
    "l": "last", "q": "last", "p": "previous", "x": "next", "f": "following", "t": "this", "c": "this", "z": "latest",
    "h": "that", "m": "that",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Expr:
    """What one expression means. ``first`` and ``end`` are tokens (half-open); numbers are -1 where the words do not give them.

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


def get(t: Tokens, m: re.Match[str], group: str) -> int:
    """The number under a group of the match, -1 where it did not take part."""
    try:
        i = m.start(group)
    except IndexError:
        return -1
    return -1 if i < 0 else t.value(i)


def _word(t: Tokens, m: re.Match[str], group: str) -> str:
    i = m.start(group) if group in m.re.groupindex else -1
    return "" if i < 0 else t.words[i]


def _relation(m: re.Match[str]) -> str:
    code = m.group("r") if "r" in m.re.groupindex else None
    return RELATIONS.get(code or "", "")


def year_of(t: Tokens, m: re.Match[str]) -> int:
    """A year of four digits, or of two after an apostrophe or in an old date (14 MAR 90)."""
    value = get(t, m, "y")
    if 0 <= value < 100:
        return value + (1900 if value >= 40 else 2000)
    return value


def _count(t: Tokens, m: re.Match[str]) -> int:
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


def numeric(t: Tokens, m: re.Match[str]) -> Expr | None:
    """2025-05-08, 2025/5/8, 8.5.2025, 10/31/1998; 3/5/1998 stays without a date, for nobody can tell which is the month."""
    word = t.words[m.end() - 1]
    parts = [int(x) for x in re.findall(r"\d+", word)[:3]]
    known = Expr("date", m.start(), m.end())
    if parts[0] > 31:
        return replace(known, year=parts[0], month=parts[1], day=parts[2])
    first, second, year = parts
    year += 0 if year > 99 else 1900 if year >= 40 else 2000
    if "." in word or first > 12:
        return replace(known, year=year, month=second, day=first)
    if second > 12 or first == second:
        return replace(known, year=year, month=first, day=second)
    return replace(known, kind="unknown")


def date(t: Tokens, m: re.Match[str]) -> Expr | None:
    day, last = get(t, m, "d"), get(t, m, "d2")
    if not 1 <= day <= 31 or last > 31:
        return None
    weekday = get(t, m, "w")
    return Expr(
        "date",
        m.start(),
        m.end(),
        year_of(t, m),
        get(t, m, "m"),
        day,
        weekday,
        relation=_relation(m),
        last_day=last if last > day else -1,
    )


def month(t: Tokens, m: re.Match[str]) -> Expr | None:
    return Expr(
        "month",
        m.start(),
        m.end(),
        year_of(t, m),
        get(t, m, "m"),
        relation=_relation(m),
        unit="year" if m.group(0)[-1] == "U" else "",
    )


def plain_year(t: Tokens, m: re.Match[str]) -> Expr | None:
    return Expr("year", m.start(), m.end(), year_of(t, m))


def spoken_year(t: Tokens, m: re.Match[str]) -> Expr | None:
    """ "nineteen ninety-seven", "the year two thousand" without its thousand is left alone."""
    values = [t.value(i) for i in range(*m.span("n")) if t.codes[i] == "n"]
    if len(values) < 2 or not 17 <= values[0] <= 20 or (values[1] < 20 and len(values) > 2):
        return None
    if values[1] < 10 or sum(values[1:]) > 99:
        return None
    return Expr("year", m.start(), m.end(), values[0] * 100 + sum(values[1:]))


def short_range(t: Tokens, m: re.Match[str]) -> Expr | None:
    """1979-89 and 2014/15: two years written as one."""
    a = t.value(m.start("y"))
    word = t.words[m.start("b")]
    if len(word) != 2:
        return None
    b = a // 100 * 100 + int(word)
    b += 100 if b < a else 0
    if not 0 < b - a < 60:
        return None
    left = Expr("year", m.start(), m.start() + 1, a)
    return Expr("range", m.start(), m.end(), left=left, right=Expr("year", m.end() - 1, m.end(), b))


def decade(t: Tokens, m: re.Match[str]) -> Expr | None:
    word = t.words[m.start("s")]
    digits = "".join(c for c in word if c.isdigit())
    value = DECADE_WORDS.get(word, int(digits) if digits else -1)
    if value < 0:
        return None
    if digits and len(digits) == 2 and word[0].isdigit():
        return None
    return Expr("decade", m.start(), m.end(), value + 1900 if value < 100 else value)


def century(t: Tokens, m: re.Match[str]) -> Expr | None:
    value = sum(max(t.value(i), 0) for i in range(*m.span("o")) if t.codes[i] != "-")
    return (
        Expr("century", m.start(), m.end(), number=value) if UNITS[_word(t, m, "u")] == "century" and 0 < value < 30 else None
    )


def season(t: Tokens, m: re.Match[str]) -> Expr | None:
    return Expr(
        "season",
        m.start(),
        m.end(),
        year_of(t, m),
        number=get(t, m, "s"),
        relation=_relation(m),
        unit="year" if "U" in m.group(0) else "",
    )


def quarter(t: Tokens, m: re.Match[str]) -> Expr | None:
    unit = UNITS[_word(t, m, "u")] if "u" in m.re.groupindex and m.start("u") >= 0 else "half"
    n = get(t, m, "o")
    if unit not in ("quarter", "half") or not 1 <= n <= (4 if unit == "quarter" else 2):
        return None
    return Expr(unit, m.start(), m.end(), year_of(t, m), number=n, relation=_relation(m))


def figured(t: Tokens, m: re.Match[str]) -> Expr | None:
    """Q3 2023, 2022-H1."""
    word = t.words[m.start() if m.start("y2") < 0 else m.end() - 1]
    kind, n = "quarter" if word[0] == "q" else "half", int(word[1])
    year = max(get(t, m, "y"), get(t, m, "y2"))
    return Expr(kind, m.start(), m.end(), year, number=n) if kind == "quarter" or n < 3 else None


def new_year(t: Tokens, m: re.Match[str]) -> Expr | None:
    """New Year's Day and New Year's Eve."""
    words = t.words[m.start() : m.start() + 4]
    if words[:2] != ["new", "year"] or words[3] not in ("day", "eve"):
        return None
    return Expr("holiday", m.start(), m.end(), year_of(t, m), unit="new-year" if words[3] == "day" else "new-year-eve")


def earlier_quarter(t: Tokens, m: re.Match[str]) -> Expr | None:
    """ "the year-ago third quarter", "the year-earlier period", "the 1988 quarter"."""
    return Expr("shift", m.start(), m.end(), number=-1, unit="year", base="quarter", month=get(t, m, "o"))


def quarter_of_year(t: Tokens, m: re.Match[str]) -> Expr | None:
    """ "the 1988 period" is its year, "the 1988 quarter" the quarter this text is about, of that year."""
    if unit_of(t, m) == "quarter":
        return Expr("unit", m.start(), m.end(), year_of(t, m), unit="quarter", relation="the")
    return Expr("year", m.start(), m.end(), year_of(t, m)) if unit_of(t, m) == "period" else None


def weekday(t: Tokens, m: re.Match[str]) -> Expr | None:
    return Expr("weekday", m.start(), m.end(), weekday=get(t, m, "w"), relation=_relation(m))


def weekday_week(t: Tokens, m: re.Match[str]) -> Expr | None:
    """ "Monday last week", "Tuesday of next week"."""
    if unit_of(t, m) != "week":
        return None
    return Expr("weekday", m.start(), m.end(), weekday=get(t, m, "w"), relation=_relation(m), unit="week")


def day(t: Tokens, m: re.Match[str]) -> Expr | None:
    word = _word(t, m, "t")
    if word == "overnight":
        return Expr("stretch", m.start(), m.end(), number=-1, unit="day", relation="last")
    shift = {"yesterday": -1, "tomorrow": 1}.get(word, 0)
    return Expr("day", m.start(), m.end(), number=shift)


def part(t: Tokens, m: re.Match[str]) -> Expr | None:
    """ "this morning", "last night", "that evening", "the next morning"."""
    relation = _relation(m)
    if relation in ("this", "last"):
        return Expr("day", m.start(), m.end(), number=-1 if relation == "last" else 0)
    if relation in ("next", "following"):
        return Expr("shift", m.start(), m.end(), number=1, unit="day", base="then")
    if relation == "that":
        return Expr("unit", m.start(), m.end(), unit="day", relation="that")
    return Expr("shift", m.start(), m.end(), number=-1, unit="day", base="then") if relation == "previous" else None


def unit_of(t: Tokens, m: re.Match[str]) -> str:
    return UNITS.get(_word(t, m, "u"), "")


def unit(t: Tokens, m: re.Match[str]) -> Expr | None:
    """A unit by its relation: last year, this week, the following month, the latest quarter."""
    unit, relation = unit_of(t, m), _relation(m)
    plural = _word(t, m, "u").endswith("s")
    if unit == "hour" or plural or (unit == "half" and relation != "this"):
        return None
    if unit == "period" and relation != "latest":
        return None
    if relation == "latest" and unit not in ("quarter", "period"):
        return None
    if unit == "day" and relation in ("last", "this"):
        return None
    if relation in ("previous", "following") or (unit == "day" and relation == "next"):
        return Expr("shift", m.start(), m.end(), number=-1 if relation == "previous" else 1, unit=unit, base="then")
    return Expr("unit", m.start(), m.end(), unit="quarter" if unit == "period" else unit, relation=relation)


def whole(t: Tokens, m: re.Match[str]) -> Expr | None:
    """ "the end of the year", "the end of this month", "the quarter", "earlier in the year", "year-end"."""
    unit = unit_of(t, m)
    if unit not in ("year", "month", "week", "quarter", "decade", "century"):
        return None
    return Expr("unit", m.start(), m.end(), unit=unit, relation=_relation(m) or "the")


def full_year(t: Tokens, m: re.Match[str]) -> Expr | None:
    """ "the fiscal year", "the full year": the one that is running."""
    if unit_of(t, m) != "year" or t.words[m.start() + 1] not in ("full", "whole", "entire", "fiscal", "financial"):
        return None
    return Expr("unit", m.start(), m.end(), unit="year", relation="this")


def the_unit(t: Tokens, m: re.Match[str]) -> Expr | None:
    unit = unit_of(t, m)
    if t.words[m.end() - 1] not in ("quarter", "weekend"):
        return None
    return Expr("unit" if unit == "quarter" else "weekend", m.start(), m.end(), unit=unit, relation="the")


def year_end(t: Tokens, m: re.Match[str]) -> Expr | None:
    return Expr("yearend", m.start(), m.end(), year_of(t, m)) if unit_of(t, m) == "year" else None


def shift(t: Tokens, m: re.Match[str]) -> Expr | None:
    """ "two weeks ago", "a year earlier", "three days later", "the day before"."""
    unit, n = unit_of(t, m), _count(t, m)
    code = m.group("g")
    if unit in ("weekend", "period") or n < 0:
        return None
    if unit == "hour":
        return Expr("day", m.start(), m.end()) if code == "G" and 0 < n < 6 else None
    sign = 1 if code == "K" or t.words[m.start("g")] == "after" else -1
    base = "now" if code == "G" else "then"
    return Expr("shift", m.start(), m.end(), number=sign * n, unit=unit, base=base)


def year_earlier(t: Tokens, m: re.Match[str]) -> Expr | None:
    """ "year-earlier" and "year-ago" before a noun: the period of the year before."""
    return Expr("shift", m.start(), m.end(), number=-1, unit="year", base="quarter") if unit_of(t, m) == "year" else None


def stretch(t: Tokens, m: re.Match[str]) -> Expr | None:
    """ "the past three years", "the next two weeks"."""
    unit, n, relation = unit_of(t, m), _count(t, m), _relation(m)
    if unit in ("hour", "weekend", "period") or relation not in ("last", "next") or n < 0:
        return None
    return Expr(
        "stretch",
        m.start(),
        m.end(),
        number=n if relation == "next" else -n,
        unit=unit,
        relation="vague" if n == 0 else relation,
    )


def months_of(t: Tokens, m: re.Match[str]) -> Expr | None:
    """ "the first nine months of 1989"."""
    unit, n = unit_of(t, m), _count(t, m)
    if unit != "month" or not 1 <= n <= 11 or t.words[m.start("o")] not in ("first", "last", "final"):
        return None
    return Expr(
        "months", m.start(), m.end(), year_of(t, m), number=n if t.words[m.start("o")] == "first" else -n, relation=_relation(m)
    )


def week_of(t: Tokens, m: re.Match[str]) -> Expr | None:
    return (
        Expr("weekof", m.start(), m.end(), year_of(t, m), get(t, m, "m"), get(t, m, "d")) if unit_of(t, m) == "week" else None
    )


def anniversary_day(t: Tokens, m: re.Match[str]) -> Expr | None:
    """Christmas, Thanksgiving, Easter, with Day or Eve, New Year's Day and Eve."""
    words = t.words[m.start() : m.end()]
    name = next((HOLIDAYS[w] for w in words if w in HOLIDAYS), "")
    if "eve" in words:
        name += "-eve"
    return Expr("holiday", m.start(), m.end(), year_of(t, m), unit=name, relation=_relation(m))


def clock(t: Tokens, m: re.Match[str]) -> Expr | None:
    return Expr("clock", m.start(), m.end())
