"""Units and shifts on the calendar: last year, that month, the latest quarter, two weeks ago, a year earlier, the past three
years."""

from __future__ import annotations

from datetime import date, timedelta

from dragoman.coding.times.arithmetic import Days, add_units, day_of, month_of, quarter_of, weekend_of, year_of
from dragoman.coding.times.arithmetic import stretch as whole
from dragoman.coding.times.expressions import Expr
from dragoman.coding.times.scene import Found, Scene, related_year


def unit(s: Scene, e: Expr) -> Found | None:
    """last year, this week, that month, the latest quarter, the end of the year."""
    unit = e.unit
    if e.relation == "that":
        told = s.last(e, within=4)
        if told is None or (unit == "day" and told.precision != "day") or told.precision in ("decade", "century"):
            return None
        return whole(told.start, unit, 0), "relative"
    if unit == "quarter" and e.relation in ("the", "latest", "this"):
        return _current_quarter(s, e)
    now = s.knows(unit)
    if now is None:
        return None
    if unit == "weekend":
        step = {"last": -7, "next": 7}.get(e.relation, 0)
        return weekend_of(now + timedelta(step)), s.how
    return whole(now, unit, {"last": -1, "next": 1}.get(e.relation, 0)), "relative" if s.how == "relative" else s.how


def _current_quarter(s: Scene, e: Expr) -> Found | None:
    now = s.knows("month")
    if e.relation == "this":
        return (quarter_of(now.year, (now.month + 2) // 3), "relative") if now else None
    ended = now if e.relation == "latest" else None
    told = s.last(e, ("quarter",), within=30, ended=ended)
    if e.year > 0:
        return (
            (quarter_of(e.year, (told.start.month + 2) // 3), "relative") if told is not None else (year_of(e.year), "explicit")
        )
    if told is not None:
        if now is not None and (now - told.end).days > 300:
            told = Days(*add_units(told, "year", 1, keep=True))
        return told, "relative"
    if now is None:
        return None
    before = add_units(quarter_of(now.year, (now.month + 2) // 3), "quarter", -1)
    return Days(*before), "relative"


def shift(s: Scene, e: Expr) -> Found | None:
    """two weeks ago (from now), a year earlier, the next day (from the time named last)."""
    if e.number == 0:
        return None
    if e.base == "now":
        now = s.knows(e.unit)
        told = s.last(e, ("quarter",), within=4)
        if e.unit == "year" and e.number == -1 and told is not None:
            return _year_before(told, now), "relative"
        if now is None:
            return None
        return Days(*add_units(whole(now, "day", 0), e.unit, e.number)), s.how
    if e.base == "quarter":
        return _comparable(s, e)
    told = s.last(e, within=4)
    if told is None:
        if e.unit == "year" and e.number == -1 and s.now is not None:
            return year_of(s.now.year - 1), "relative"
        return None
    if told.precision in ("decade", "century") or (e.unit == "day" and told.precision not in ("day", "range")):
        return None
    base = Days(told.end, told.end, "day") if e.number > 0 and told.precision == "range" else told
    if e.unit == "year" and e.number == -1 and told.precision == "quarter":
        return _year_before(told, s.now), "relative"
    return Days(*add_units(base, e.unit, e.number)), "relative"


def _year_before(told: Days, now: date | None) -> Days:
    """The quarter a year before the one told; a quarter already of the year before stays."""
    if now is not None and (now - told.end).days > 300:
        return told
    return Days(*add_units(told, "year", -1, keep=True))


def _comparable(s: Scene, e: Expr) -> Found | None:
    """ "the year-earlier quarter": the period of this text, a year before."""
    told = s.last(e, ("quarter",), within=30)
    if e.month > 0 and s.now is not None:
        begun = [q for q in (quarter_of(s.now.year + k, e.month) for k in (-1, 0)) if q.start <= s.now]
        return Days(*add_units(begun[-1], "year", -1, keep=True)), "relative"
    if told is not None:
        return _year_before(told, s.now), "relative"
    told = s.last(e, ("year",), within=4)
    if told is not None and s.now is not None:
        return year_of(s.now.year - 1), "relative"
    return None


def stretch(s: Scene, e: Expr) -> Found | None:
    """The past three years: from then to now."""
    now = s.knows(e.unit)
    if now is None or e.relation == "vague":
        return None
    edge = add_units(day_of(now), e.unit, e.number, exact=True)[0]
    return Days(min(edge, now), max(edge, now), "range"), s.how


def months(s: Scene, e: Expr) -> Found | None:
    year = e.year if e.year > 0 else related_year(s, e)
    if year is None:
        return None
    n = e.number
    first, last = (month_of(year, 1), month_of(year, n)) if n > 0 else (month_of(year, 13 + n), month_of(year, 12))
    return Days(first.start, last.end, "range"), "explicit" if e.year > 0 else "relative"
