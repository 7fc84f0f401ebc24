"""From what the words mean to calendar days: one pass over the expressions of a text, each resolved from the ones before it.

The reference day ("now") is the dateline's where the text opens with one, else the day of publication. Times of a narrative
hang on the last time named ("the next day", "in December of that year"). What nothing anchors stays without days.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from dragoman.coding.times.arithmetic import (
    Days,
    add_units,
    century_of,
    day_of,
    decade_of,
    holiday,
    month_of,
    period,
    season_of,
    week_of,
    weekend_of,
    year_of,
)
from dragoman.coding.times.expressions import Expr
from dragoman.coding.times.scene import Found, Scene, attributive, related_year, year_for
from dragoman.coding.times.tense import tense
from dragoman.coding.times.units import months, shift, stretch, unit


def resolve(scene: Scene, exprs: list[Expr]) -> Iterator[tuple[Expr, Found | None]]:
    """Each expression with its days and how they came about, or None where nothing anchors it."""
    for expr in exprs:
        found = _resolve(scene, expr)
        if found is not None:
            scene.named.append((expr, found[0]))
        yield expr, found


def _resolve(s: Scene, e: Expr) -> Found | None:
    handler = _HANDLERS.get(e.kind)
    try:
        return handler(s, e) if handler else None
    except (ValueError, OverflowError):  # 31 June, or a year outside the calendar: words that name no day
        return None


def _date(s: Scene, e: Expr) -> Found | None:
    if e.year > 0:
        return _span_of_days(e.year, e), "explicit"
    year, how = year_for(s, e, e.month, e.day)
    return (_span_of_days(year, e), how) if year is not None else None


def _span_of_days(year: int, e: Expr) -> Days:
    first = date(year, e.month, e.day)
    return Days(first, date(year, e.month, e.last_day), "range") if e.last_day > 0 else day_of(first)


def _month(s: Scene, e: Expr) -> Found | None:
    if e.year > 0:
        return month_of(e.year, e.month), "explicit"
    if e.unit == "year":
        year = related_year(s, e)
        return (month_of(year, e.month), "relative") if year is not None else None
    now = s.knows("month")
    if e.relation and e.relation not in ("previous", "following"):
        if now is None:
            return None
        ahead = e.month > now.month
        year = {"last": now.year - 1 if e.month >= now.month else now.year, "next": now.year if ahead else now.year + 1}.get(
            e.relation, now.year
        )
        return month_of(year, e.month), "relative"
    found, how = year_for(s, e, e.month, -1)
    return (month_of(found, e.month), how) if found is not None else None


def _year(s: Scene, e: Expr) -> Found | None:
    return year_of(e.year), "explicit"


def _decade(s: Scene, e: Expr) -> Found | None:
    return decade_of(e.year), "explicit"


def _century(s: Scene, e: Expr) -> Found | None:
    return century_of(e.number), "explicit"


def _season(s: Scene, e: Expr) -> Found | None:
    if e.year > 0:
        return season_of(e.year, e.number), "explicit"
    if e.unit == "year":
        year = related_year(s, e)
        return (season_of(year, e.number), "relative") if year is not None else None
    now = s.knows("month")
    if now is None or e.relation == "that":
        told = s.last(e, within=4)
        return (
            (season_of(told.start.year, e.number), "inferred")
            if told is not None and told.precision in ("year", "season", "month")
            else None
        )
    options = [season_of(now.year + k, e.number) for k in (-2, -1, 0, 1)]
    relation = e.relation or {"past": "last", "future": "next"}.get(tense(s.t, e.first, e.end)[0] or "", "")
    if e.relation == "last":
        return [o for o in options if o.end < now][-1], "relative"
    if e.relation in ("next", "following"):
        return next(o for o in options if o.start > now), "relative"
    if relation == "last":
        return [o for o in options if o.start <= now][-1], "relative"
    if relation == "next":
        return next(o for o in options if o.end >= now), "relative"
    return min(options, key=lambda o: min(abs((o.start - now).days), abs((o.end - now).days))), "relative"


def _quarter(s: Scene, e: Expr) -> Found | None:
    make = period(e.kind)
    if e.year > 0:
        return make(e.year, e.number), "explicit"
    if e.relation:
        year = related_year(s, e)
        return (make(year, e.number), "relative") if year is not None else None
    now = s.knows("month")
    if now is None:
        told = s.last(e, ("year", "quarter"), within=3)
        return (make(told.start.year, e.number), "inferred") if told is not None else None
    options = [make(now.year + k, e.number) for k in (-1, 0, 1)]
    if tense(s.t, e.first, e.end)[0] == "future":
        return next(o for o in options if o.end >= now - timedelta(45)), "relative"
    begun = [o for o in options if o.start <= now]
    return begun[-1], "relative"


def _weekday(s: Scene, e: Expr) -> Found | None:
    if e.relation in ("previous", "following"):
        told = s.last(e, ("day",), within=4)
        if told is None:
            return None
        step = (e.weekday - told.start.weekday()) % 7 or 7
        return day_of(told.start + timedelta(step if e.relation == "following" else step - 7 if step < 7 else -7)), "relative"
    now = s.knows("day")
    if now is None:
        return None
    if e.unit == "week":
        monday = now - timedelta(now.weekday()) + timedelta({"last": -7, "next": 7}.get(e.relation, 0))
        return day_of(monday + timedelta(e.weekday)), s.how
    back = (now.weekday() - e.weekday) % 7
    direction, sure = tense(s.t, e.first, e.end)
    to_come = direction == "future" and (sure or not attributive(s.t, e))
    if e.relation == "last":
        return day_of(now - timedelta((back or 7) + (e.unit == "day"))), s.how
    if e.relation == "next":
        return day_of(now + timedelta(7 - back)), s.how
    if e.relation == "this":
        return day_of(now - timedelta(now.weekday()) + timedelta(e.weekday)), s.how
    if back and to_come:
        return day_of(now + timedelta(7 - back)), s.how
    return day_of(now - timedelta(back)), s.how


def _weekend(s: Scene, e: Expr) -> Found | None:
    now = s.knows("day")
    if now is None:
        return None
    future = tense(s.t, e.first, e.end)[0] == "future"
    return weekend_of(now if future or now.weekday() >= 5 else now - timedelta(7)), s.how


def _day(s: Scene, e: Expr) -> Found | None:
    now = s.knows("day")
    return (day_of(now + timedelta(e.number)), s.how) if now is not None else None


def _weekof(s: Scene, e: Expr) -> Found | None:
    found = _date(s, e)
    return (week_of(found[0].start), found[1]) if found else None


def _yearend(s: Scene, e: Expr) -> Found | None:
    now = s.knows("year")
    year = e.year if e.year > 0 else now.year if now else None
    return (day_of(date(year, 12, 31)), "relative") if year else None


def _holiday(s: Scene, e: Expr) -> Found | None:
    if e.year > 0:
        return day_of(holiday(e.unit, e.year)), "explicit"
    now = s.knows("day")
    if now is None:
        return None
    options = [holiday(e.unit, now.year + k) for k in (-1, 0, 1)]
    nearest = min(options, key=lambda d: abs((d - now).days))
    if not e.relation and abs((nearest - now).days) <= 7:
        return day_of(nearest), "relative"
    direction = tense(s.t, e.first, e.end)[0]
    if e.relation == "last" or direction == "past":
        return day_of([d for d in options if d <= now][-1]), "relative"
    if e.relation == "next" or direction == "future":
        return day_of(next(d for d in options if d >= now)), "relative"
    return day_of(nearest), "relative"


def _clock(s: Scene, e: Expr) -> Found | None:
    told = s.last(e, ("day",), within=1)
    return (told, "relative") if told is not None else None


def _range(s: Scene, e: Expr) -> Found | None:
    """Both ends; the one without a year takes it from the other."""
    left, right = e.left, e.right
    if left is None or right is None:
        return None
    if left.year < 0 < right.year and left.kind in ("month", "date", "season", "quarter"):
        left = replace(left, year=right.year - (1 if left.month > right.month else 0))
    elif right.year < 0 < left.year and right.kind in ("month", "date", "season", "quarter"):
        right = replace(right, year=left.year + (1 if right.month < left.month else 0))
    a = _resolve(s, left)
    b = _resolve(s, right)
    if a is None or b is None:
        return None
    if b[0].end < a[0].start and right.year < 0 and left.year < 0:
        b = Days(*add_units(b[0], "year", 1, keep=True)), b[1]
    if b[0].end < a[0].start:
        return None
    return Days(a[0].start, b[0].end, "range"), a[1]


_HANDLERS = {
    "date": _date, "month": _month, "year": _year, "decade": _decade, "century": _century, "season": _season,
    "quarter": _quarter, "half": _quarter, "weekday": _weekday, "weekend": _weekend, "day": _day, "unit": unit, "shift": shift,
    "stretch": stretch, "months": months, "weekof": _weekof, "yearend": _yearend, "holiday": _holiday, "clock": _clock,
    "range": _range,
}  # fmt: skip
