"""Expressions that mean something only from the day of the text: today, last week, two years ago, the past three months.

Each function builds the ``Expr`` of the tokens that a rule matched, or None where they mean something else.
"""

from __future__ import annotations

import re

from dragoman.coding.times.expressions import Expr, count_of, number_at, relation_of, unit_of, word_at
from dragoman.coding.times.lexicon import Tokens


def earlier_quarter(t: Tokens, m: re.Match[str]) -> Expr | None:
    """ "the year-ago third quarter", "the year-earlier period", "the 1988 quarter"."""
    return Expr("shift", m.start(), m.end(), number=-1, unit="year", base="quarter", month=number_at(t, m, "o"))


def weekday(t: Tokens, m: re.Match[str]) -> Expr | None:
    return Expr("weekday", m.start(), m.end(), weekday=number_at(t, m, "w"), relation=relation_of(m))


def weekday_week(t: Tokens, m: re.Match[str]) -> Expr | None:
    """ "Monday last week", "Tuesday of next week"."""
    if unit_of(t, m) != "week":
        return None
    return Expr("weekday", m.start(), m.end(), weekday=number_at(t, m, "w"), relation=relation_of(m), unit="week")


def day(t: Tokens, m: re.Match[str]) -> Expr | None:
    word = word_at(t, m, "t")
    if word == "overnight":
        return Expr("stretch", m.start(), m.end(), number=-1, unit="day", relation="last")
    shift = {"yesterday": -1, "tomorrow": 1}.get(word, 0)
    return Expr("day", m.start(), m.end(), number=shift)


def part(t: Tokens, m: re.Match[str]) -> Expr | None:
    """ "this morning", "last night", "that evening", "the next morning"."""
    relation = relation_of(m)
    if relation in ("this", "last"):
        return Expr("day", m.start(), m.end(), number=-1 if relation == "last" else 0)
    if relation in ("next", "following"):
        return Expr("shift", m.start(), m.end(), number=1, unit="day", base="then")
    if relation == "that":
        return Expr("unit", m.start(), m.end(), unit="day", relation="that")
    return Expr("shift", m.start(), m.end(), number=-1, unit="day", base="then") if relation == "previous" else None


def unit(t: Tokens, m: re.Match[str]) -> Expr | None:
    """A unit by its relation: last year, this week, the following month, the latest quarter."""
    unit, relation = unit_of(t, m), relation_of(m)
    plural = word_at(t, m, "u").endswith("s")
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
    return Expr("unit", m.start(), m.end(), unit=unit, relation=relation_of(m) or "the")


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


def shift(t: Tokens, m: re.Match[str]) -> Expr | None:
    """ "two weeks ago", "a year earlier", "three days later", "the day before"."""
    unit, n = unit_of(t, m), count_of(t, m)
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
    unit, n, relation = unit_of(t, m), count_of(t, m), relation_of(m)
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
