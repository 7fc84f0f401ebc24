"""What is known while the times of a text are read: the reference day, the times named so far, and the year of what names
none."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from dragoman.coding.times.arithmetic import Days
from dragoman.coding.times.expressions import Expr
from dragoman.coding.times.lexicon import Tokens
from dragoman.coding.times.tense import tense
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

    def last(self, expr: Expr, units: tuple[str, ...] = (), within: int = 3, ended: date | None = None) -> Days | None:
        """The time named last before ``expr``, of one of the precisions ``units``, at most ``within`` sentences back, and
        over by the day ``ended``."""
        here = self.t.sentence[expr.first]
        for other, days in reversed(self.named):
            if here - self.t.sentence[other.first] > within:
                return None
            if (not units or days.precision in units) and (ended is None or days.end < ended):
                return days
        return None

    def knows(self, unit: str) -> date | None:
        """The reference day, if it is known as finely as ``unit`` asks."""
        if self.now is None or (self.coarse == "year" and unit not in ("year", "decade", "century")):
            return None
        return None if self.coarse == "month" and unit in ("day", "week", "weekend") else self.now


def year_for(s: Scene, e: Expr, month: int, day: int) -> tuple[int | None, How]:
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
    if (not sure or attributive(s.t, e)) and (day > 0 or direction is None) and abs(distance[nearest]) <= NEAR:
        return nearest, "explicit"
    past, future = [y for y in options if distance[y] <= 0], [y for y in options if distance[y] >= 0]
    if direction == "past" and past:
        return past[-1], "explicit"
    if direction == "future" and future:
        return future[0], "explicit"
    return nearest, "explicit"


def attributive(t: Tokens, e: Expr) -> bool:
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
    """The year of the story being told, where the last date named before in the same paragraph is far from the reference
    day."""
    told = s.last(e, ("day", "month", "season", "quarter", "range"), within=2)
    if told is None or s.now is None or abs((s.now - told.start).days) < FAR:
        return None
    if (s.now - told.start).days < 0 or tense(s.t, e.first, e.end)[0] == "future":
        return None
    return told.start.year if month >= told.start.month else told.start.year + 1


def _majority_year(s: Scene, e: Expr, month: int) -> int | None:
    """Without a reference day: the year told just before, else that of most of the article's own dates near that month."""
    beside = s.last(e, ("day", "month"), within=1)
    if beside is not None and month >= beside.start.month:
        return beside.start.year
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


def related_year(s: Scene, e: Expr) -> int | None:
    """The year of "of last year", "of that year"."""
    if e.relation in ("that", "previous", "following"):
        told = s.last(e, within=6)
        return None if told is None or told.precision in ("decade", "century") else told.start.year
    now = s.knows("year")
    return None if now is None else now.year + {"last": -1, "next": 1}.get(e.relation, 0)
