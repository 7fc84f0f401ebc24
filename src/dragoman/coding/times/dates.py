"""Expressions that name their place in the calendar, if only in part: dates, months, years, quarters, seasons, holidays.

Each function builds the ``Expr`` of the tokens that a rule matched, or None where they mean something else.
"""

from __future__ import annotations

import re
from dataclasses import replace

from dragoman.coding.times.expressions import Expr, count_of, number_at, relation_of, unit_of, word_at, year_of
from dragoman.coding.times.lexicon import Tokens
from dragoman.coding.times.words import DECADE_WORDS, HOLIDAYS, UNITS


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
    """ "May 8, 2025", "on the 8th of May", "May 8-10"; the last day of several is ``last_day``."""
    day, last = number_at(t, m, "d"), number_at(t, m, "d2")
    if not 1 <= day <= 31 or last > 31:
        return None
    weekday = number_at(t, m, "w")
    return Expr(
        "date",
        m.start(),
        m.end(),
        year_of(t, m),
        number_at(t, m, "m"),
        day,
        weekday,
        relation=relation_of(m),
        last_day=last if last > day else -1,
    )


def week_of(t: Tokens, m: re.Match[str]) -> Expr | None:
    """ "the week of May 8"."""
    if unit_of(t, m) != "week":
        return None
    return Expr("weekof", m.start(), m.end(), year_of(t, m), number_at(t, m, "m"), number_at(t, m, "d"))


def month(t: Tokens, m: re.Match[str]) -> Expr | None:
    """ "May 2025", "early in May", "May last year"."""
    return Expr(
        "month",
        m.start(),
        m.end(),
        year_of(t, m),
        number_at(t, m, "m"),
        relation=relation_of(m),
        unit="year" if m.group(0)[-1] == "U" else "",
    )


def plain_year(t: Tokens, m: re.Match[str]) -> Expr | None:
    """ "2025", "the year 1998"."""
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
    """ "the 1990s", "the '90s", "the nineties"."""
    word = t.words[m.start("s")]
    digits = "".join(c for c in word if c.isdigit())
    value = DECADE_WORDS.get(word, int(digits) if digits else -1)
    if value < 0:
        return None
    if digits and len(digits) == 2 and word[0].isdigit():
        return None
    return Expr("decade", m.start(), m.end(), value + 1900 if value < 100 else value)


def century(t: Tokens, m: re.Match[str]) -> Expr | None:
    """ "the 19th century", "the twenty-first century"."""
    n = sum(max(t.value(i), 0) for i in range(*m.span("o")) if t.codes[i] != "-")
    known = UNITS[word_at(t, m, "u")] == "century" and 0 < n < 30
    return Expr("century", m.start(), m.end(), number=n) if known else None


def season(t: Tokens, m: re.Match[str]) -> Expr | None:
    """ "summer 1998", "last winter"."""
    return Expr(
        "season",
        m.start(),
        m.end(),
        year_of(t, m),
        number=number_at(t, m, "s"),
        relation=relation_of(m),
        unit="year" if "U" in m.group(0) else "",
    )


def quarter(t: Tokens, m: re.Match[str]) -> Expr | None:
    """ "the third quarter of 1989", "the first half of last year"."""
    unit = UNITS[word_at(t, m, "u")] if "u" in m.re.groupindex and m.start("u") >= 0 else "half"
    n = number_at(t, m, "o")
    if unit not in ("quarter", "half") or not 1 <= n <= (4 if unit == "quarter" else 2):
        return None
    return Expr(unit, m.start(), m.end(), year_of(t, m), number=n, relation=relation_of(m))


def figured(t: Tokens, m: re.Match[str]) -> Expr | None:
    """Q3 2023, 2022-H1."""
    word = t.words[m.start() if m.start("y2") < 0 else m.end() - 1]
    kind, n = "quarter" if word[0] == "q" else "half", int(word[1])
    year = max(number_at(t, m, "y"), number_at(t, m, "y2"))
    return Expr(kind, m.start(), m.end(), year, number=n) if kind == "quarter" or n < 3 else None


def quarter_of_year(t: Tokens, m: re.Match[str]) -> Expr | None:
    """ "the 1988 period" is its year, "the 1988 quarter" the quarter this text is about, of that year."""
    if unit_of(t, m) == "quarter":
        return Expr("unit", m.start(), m.end(), year_of(t, m), unit="quarter", relation="the")
    return Expr("year", m.start(), m.end(), year_of(t, m)) if unit_of(t, m) == "period" else None


def year_end(t: Tokens, m: re.Match[str]) -> Expr | None:
    """ "year-end 1989"."""
    return Expr("yearend", m.start(), m.end(), year_of(t, m)) if unit_of(t, m) == "year" else None


def months_of(t: Tokens, m: re.Match[str]) -> Expr | None:
    """ "the first nine months of 1989"; those at the end of a year have a negative number."""
    n, which = count_of(t, m), t.words[m.start("o")]
    if unit_of(t, m) != "month" or not 1 <= n <= 11 or which not in ("first", "last", "final"):
        return None
    number = n if which == "first" else -n
    return Expr("months", m.start(), m.end(), year_of(t, m), number=number, relation=relation_of(m))


def holiday(t: Tokens, m: re.Match[str]) -> Expr | None:
    """Christmas, Thanksgiving, Easter, with Day or Eve, New Year's Day and Eve."""
    words = t.words[m.start() : m.end()]
    name = next((HOLIDAYS[w] for w in words if w in HOLIDAYS), "")
    if "eve" in words:
        name += "-eve"
    return Expr("holiday", m.start(), m.end(), year_of(t, m), unit=name, relation=relation_of(m))


def new_year(t: Tokens, m: re.Match[str]) -> Expr | None:
    """New Year's Day and New Year's Eve."""
    words = t.words[m.start() : m.start() + 4]
    if words[:2] != ["new", "year"] or words[3] not in ("day", "eve"):
        return None
    return Expr("holiday", m.start(), m.end(), year_of(t, m), unit="new-year" if words[3] == "day" else "new-year-eve")


def clock(t: Tokens, m: re.Match[str]) -> Expr | None:
    """A time of day alone: of the day that was told just before."""
    return Expr("clock", m.start(), m.end())
