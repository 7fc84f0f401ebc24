"""Calendar intervals and their arithmetic: whole weeks, months, quarters, seasons, years, decades; both ends included.

Weeks are ISO weeks (Monday to Sunday); seasons are the meteorological ones of the north (spring is March to May), winter
counted by the year in which it begins; the 20th century is 1901 to 2000.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple


class Days(NamedTuple):
    """An interval of days, both ends included, and how fine the words were."""

    start: date
    end: date
    precision: str


def day_of(day: date) -> Days:
    return Days(day, day, "day")


def month_of(year: int, month: int) -> Days:
    return Days(date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month")


def quarter_of(year: int, quarter: int) -> Days:
    return Days(date(year, 3 * quarter - 2, 1), month_of(year, 3 * quarter).end, "quarter")


def half_of(year: int, half: int) -> Days:
    return Days(date(year, 6 * half - 5, 1), month_of(year, 6 * half).end, "range")


def period(kind: str) -> Callable[[int, int], Days]:
    """What makes a quarter or a half of a year."""
    return quarter_of if kind == "quarter" else half_of


def season_of(year: int, season: int) -> Days:
    first = 3 + 3 * season
    last = month_of(year, first + 2) if season < 3 else month_of(year + 1, 2)
    return Days(date(year, first, 1), last.end, "season")


def year_of(year: int) -> Days:
    return Days(date(year, 1, 1), date(year, 12, 31), "year")


def decade_of(year: int) -> Days:
    first = year // 10 * 10
    return Days(date(first, 1, 1), date(first + 9, 12, 31), "decade")


def century_of(number: int) -> Days:
    return Days(date(100 * number - 99, 1, 1), date(100 * number, 12, 31), "century")


def week_of(day: date) -> Days:
    monday = day - timedelta(day.weekday())
    return Days(monday, monday + timedelta(6), "week")


def weekend_of(day: date) -> Days:
    saturday = day - timedelta(day.weekday()) + timedelta(5)
    return Days(saturday, saturday + timedelta(1), "range")


def months_on(day: date, months: int) -> date:
    """The same day ``months`` later, or the month's last day where it is shorter."""
    total = day.year * 12 + day.month - 1 + months
    year, month = divmod(total, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def stretch(day: date, unit: str, step: int) -> Days:
    """The whole ``unit`` that holds ``day``, moved by ``step`` of them."""
    if unit == "day":
        return day_of(day + timedelta(step))
    if unit in ("week", "fortnight"):
        return week_of(day + timedelta(7 * step))
    if unit == "weekend":
        return weekend_of(day + timedelta(7 * step))
    if unit == "month":
        moved = months_on(day, step)
        return month_of(moved.year, moved.month)
    if unit == "quarter":
        moved = months_on(day, 3 * step)
        return quarter_of(moved.year, (moved.month + 2) // 3)
    if unit == "half":
        moved = months_on(day, 6 * step)
        return half_of(moved.year, 1 if moved.month < 7 else 2)
    if unit == "decade":
        return decade_of(day.year + 10 * step)
    if unit == "century":
        return century_of((day.year + 99) // 100 + step)
    return year_of(day.year + step)


_MONTHS_IN = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}
_DAYS_IN = {"day": 1, "week": 7, "fortnight": 14, "weekend": 7}


def add_units(base: Days, unit: str, count: int, *, keep: bool = False, exact: bool = False) -> Days:
    """``base`` moved by ``count`` units, as fine as the unit says (five years ago is a year), or as ``base`` is with ``keep``.

    ``exact`` gives the very day. Ten decades ago is a year, two fortnights ago a week.
    """
    if unit in _DAYS_IN:
        start = base.start + timedelta(_DAYS_IN[unit] * count)
    else:
        start = months_on(base.start, _MONTHS_IN[unit] * count)
    if exact:
        return day_of(start)
    if keep:
        whole = {"range": None}.get(base.precision, base.precision)
        if whole in ("season", None):
            return Days(start, months_on(base.end, _MONTHS_IN.get(unit, 0) * count), base.precision)
        return stretch(start, str(whole), 0)
    grain = {"decade": "year", "century": "decade", "fortnight": "week", "weekend": "week", "half": "month"}.get(unit, unit)
    return stretch(start, grain, 0)


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    l_ = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 19 * l_) // 433
    month = (h + l_ - 7 * m + 90) // 25
    return date(year, month, (h + l_ - 7 * m + 33 * month + 19) % 32)


def holiday(name: str, year: int) -> date:
    """The day of a holiday: Christmas and its eve, Easter, Halloween, the American Thanksgiving (fourth Thursday of
    November)."""
    if name == "thanksgiving":
        first = date(year, 11, 1)
        return first + timedelta((3 - first.weekday()) % 7 + 21)
    if name == "easter":
        return easter(year)
    fixed = {
        "christmas": (12, 25),
        "christmas-eve": (12, 24),
        "halloween": (10, 31),
        "new-year": (1, 1),
        "new-year-eve": (12, 31),
    }
    if name not in fixed:
        raise ValueError(f"no holiday {name!r}")
    return date(year, *fixed[name])
