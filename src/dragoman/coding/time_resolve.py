"""From what the words mean to calendar days: one pass over the expressions of a text, each resolved from the ones before it.

The reference day ("now") is the dateline's where the text opens with one, else the day of publication. Times of a narrative hang on
the last time named ("the next day", "in December of that year"). What nothing anchors stays without days.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from dragoman.coding.time_arithmetic import (
    Days,
    add_units,
    century_of,
    day_of,
    decade_of,
    holiday,
    month_of,
    period,
    quarter_of,
    season_of,
    stretch,
    week_of,
    weekend_of,
    year_of,
)
from dragoman.coding.time_grammar import Expr
from dragoman.coding.time_lexicon import Tokens
from dragoman.coding.time_tense import tense
from dragoman.records import How

Found = tuple[Days, How]
NEAR = 120
"""Days within which a day of the year is taken as the nearest one where no verb says surely whether it is past or to come."""
AHEAD = 1.5
"""How much farther a day to come counts than a past one, where nothing tells: news looks back (TimeBank's read part)."""
FAR = 548
"""Days between a narrative's time and the reference day from which undated months go with the narrative: a year and a half."""


@dataclass(slots=True)
class Scene:
    """What is known while reading: the reference day, its precision, and the times named so far."""

    t: Tokens
    now: date | None
    coarse: str
    how: How
    named: list[tuple[Expr, Days]] = field(default_factory=list)
    years: dict[int, dict[int, int]] = field(default_factory=dict)
    story: bool = False

    def last(self, expr: Expr, units: tuple[str, ...] = (), within: int = 3) -> Days | None:
        """The time named last before ``expr``, of one of the precisions ``units``, at most ``within`` sentences back."""
        here = self.t.sentence[expr.first]
        for other, days in reversed(self.named):
            if here - self.t.sentence[other.first] > within:
                return None
            if not units or days.precision in units:
                return days
        return None

    def knows(self, unit: str) -> date | None:
        """The reference day, if it is known as finely as ``unit`` asks."""
        if self.now is None or (self.coarse == "year" and unit not in ("year", "decade", "century")):
            return None
        return None if self.coarse == "month" and unit in ("day", "week", "weekend") else self.now


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
    year, how = _year_for(s, e, e.month, e.day)
    return (_span_of_days(year, e), how) if year is not None else None


def _span_of_days(year: int, e: Expr) -> Days:
    first = date(year, e.month, e.day)
    return Days(first, date(year, e.month, e.last_day), "range") if e.last_day > 0 else day_of(first)


def _year_for(s: Scene, e: Expr, month: int, day: int) -> tuple[int | None, How]:
    """The year of a month or day that names none."""
    told = _narrated_year(s, e, month) if s.story else None
    if told is not None:
        return told, "inferred"
    now = s.knows("month")
    if now is None:
        return _majority_year(s, e, month), "inferred"
    options = [y for y in range(now.year - 4, now.year + 5) if _valid(y, month, day)]
    if e.weekday >= 0:
        options = [y for y in options if date(y, month, day).weekday() == e.weekday and abs(y - now.year) <= 1] or options
    direction, sure = tense(s.t, e.first, e.end)
    distance = {y: (date(y, month, max(day, 1)) - now).days for y in options}
    if day < 0:
        distance = {y: (y - now.year) * 12 + month - now.month for y in options}
    if e.relation == "last" and any(y < 0 for y in distance.values()):
        return [y for y in options if distance[y] < 0][-1], "relative"
    nearest = min(options, key=lambda y: (abs(distance[y]) * (1 if distance[y] <= 0 else AHEAD), y))
    if (not sure or _attributive(s.t, e)) and (day > 0 or direction is None) and abs(distance[nearest]) <= NEAR:
        return nearest, "explicit"
    past, future = [y for y in options if distance[y] <= 0], [y for y in options if distance[y] >= 0]
    if direction == "past" and past:
        return past[-1], "explicit"
    if direction == "future" and future:
        return future[0], "explicit"
    return nearest, "explicit"


def _attributive(t: Tokens, e: Expr) -> bool:
    """Whether the words stand before a noun ("the Jan. 14 deadline"), so that the verb says nothing about them."""
    before, after = t.codes[e.first - 1 : e.first], t.codes[e.end : e.end + 1]
    return after == "'" or (before in ("d", "a", "'") and after in ("w", "W"))


def _valid(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, max(day, 1))
    except ValueError:
        return False
    return True


def _narrated_year(s: Scene, e: Expr, month: int) -> int | None:
    """The year of the story being told, where the last date named before in the same paragraph is far from the reference day."""
    told = s.last(e, ("day", "month", "season", "quarter", "range"), within=2)
    if told is None or s.now is None or abs((s.now - told.start).days) < FAR:
        return None
    if (s.now - told.start).days < 0 or tense(s.t, e.first, e.end)[0] == "future":
        return None
    return told.start.year if month >= told.start.month else told.start.year + 1


def _majority_year(s: Scene, e: Expr, month: int) -> int | None:
    """Without a reference day: the year that most of the article's own dates near that month have, else the year being told."""
    votes: dict[int, int] = {}
    for near in (month - 1, month, month + 1):
        for year, count in s.years.get(near, {}).items():
            votes[year] = votes.get(year, 0) + count
    if votes:
        best = max(sorted(votes), key=lambda y: votes[y])
        return best if 2 * votes[best] > sum(votes.values()) else None
    told = s.last(e, within=6)
    if told is None or told.precision in ("decade", "century", "range"):
        return None
    return told.start.year if told.precision == "year" or month >= told.start.month else told.start.year + 1


def _month(s: Scene, e: Expr) -> Found | None:
    if e.year > 0:
        return month_of(e.year, e.month), "explicit"
    if e.unit == "year":
        year = _related_year(s, e)
        return (month_of(year, e.month), "relative") if year is not None else None
    now = s.knows("month")
    if e.relation and e.relation not in ("previous", "following"):
        if now is None:
            return None
        ahead = e.month > now.month
        year = {"last": now.year - 1 if e.month >= now.month else now.year, "next": now.year if ahead else now.year + 1}.get(e.relation, now.year)
        return month_of(year, e.month), "relative"
    found, how = _year_for(s, e, e.month, -1)
    return (month_of(found, e.month), how) if found is not None else None


def _related_year(s: Scene, e: Expr) -> int | None:
    """The year of "of last year", "of that year"."""
    if e.relation in ("that", "previous", "following"):
        told = s.last(e, within=6)
        return None if told is None or told.precision in ("decade", "century") else told.start.year
    now = s.knows("year")
    return None if now is None else now.year + {"last": -1, "next": 1}.get(e.relation, 0)


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
        year = _related_year(s, e)
        return (season_of(year, e.number), "relative") if year is not None else None
    now = s.knows("month")
    if now is None or e.relation == "that":
        told = s.last(e, within=4)
        return (season_of(told.start.year, e.number), "inferred") if told is not None and told.precision in ("year", "season", "month") else None
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
        year = _related_year(s, e)
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
    to_come = direction == "future" and (sure or not _attributive(s.t, e))
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


def _unit(s: Scene, e: Expr) -> Found | None:
    """last year, this week, that month, the latest quarter, the end of the year."""
    unit = e.unit
    if e.relation == "that":
        told = s.last(e, within=4)
        if told is None or (unit == "day" and told.precision != "day") or told.precision in ("decade", "century"):
            return None
        return stretch(told.start, unit, 0), "relative"
    if unit == "quarter" and e.relation in ("the", "latest", "this"):
        return _current_quarter(s, e)
    now = s.knows(unit)
    if now is None:
        return None
    if unit == "weekend":
        step = {"last": -7, "next": 7}.get(e.relation, 0)
        return weekend_of(now + timedelta(step)), s.how
    return stretch(now, unit, {"last": -1, "next": 1}.get(e.relation, 0)), "relative" if s.how == "relative" else s.how


def _current_quarter(s: Scene, e: Expr) -> Found | None:
    now = s.knows("month")
    if e.relation == "this":
        return (quarter_of(now.year, (now.month + 2) // 3), "relative") if now else None
    told = s.last(e, ("quarter",), within=30)
    if e.year > 0:
        return (quarter_of(e.year, (told.start.month + 2) // 3), "relative") if told is not None else (year_of(e.year), "explicit")
    if told is not None:
        if now is not None and (now - told.end).days > 300:
            told = Days(*add_units(told, "year", 1, keep=True))
        return told, "relative"
    if now is None:
        return None
    before = add_units(quarter_of(now.year, (now.month + 2) // 3), "quarter", -1)
    return Days(*before), "relative"


def _shift(s: Scene, e: Expr) -> Found | None:
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
        return Days(*add_units(stretch(now, "day", 0), e.unit, e.number)), s.how
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
    """"the year-earlier quarter": the period of this text, a year before."""
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


def _stretch(s: Scene, e: Expr) -> Found | None:
    """The past three years: from then to now."""
    now = s.knows(e.unit)
    if now is None or e.relation == "vague":
        return None
    edge = add_units(day_of(now), e.unit, e.number, exact=True)[0]
    return Days(min(edge, now), max(edge, now), "range"), s.how


def _months(s: Scene, e: Expr) -> Found | None:
    year = e.year if e.year > 0 else _related_year(s, e)
    if year is None:
        return None
    n = e.number
    first, last = (month_of(year, 1), month_of(year, n)) if n > 0 else (month_of(year, 13 + n), month_of(year, 12))
    return Days(first.start, last.end, "range"), "explicit" if e.year > 0 else "relative"


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
    direction = tense(s.t, e.first, e.end)[0]
    if e.relation == "last" or direction == "past":
        return day_of([d for d in options if d <= now][-1]), "relative"
    if e.relation == "next" or direction == "future":
        return day_of(next(d for d in options if d >= now)), "relative"
    return day_of(min(options, key=lambda d: abs((d - now).days))), "relative"


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
    "date": _date, "month": _month, "year": _year, "decade": _decade, "century": _century, "season": _season, "quarter": _quarter,
    "half": _quarter, "weekday": _weekday, "weekend": _weekend, "day": _day, "unit": _unit, "shift": _shift, "stretch": _stretch,
    "months": _months, "weekof": _weekof, "yearend": _yearend, "holiday": _holiday, "clock": _clock, "range": _range,
}  # fmt: skip
