"""Time expressions of a text with their calendar intervals: ``times``."""

from __future__ import annotations

import re
from datetime import date

from dragoman.coding.times.expressions import Expr
from dragoman.coding.times.lexicon import Tokens, tokens
from dragoman.coding.times.resolve import resolve
from dragoman.coding.times.rules import expressions
from dragoman.coding.times.scene import Scene
from dragoman.records import How, Time

_PUBLISHED = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
DATELINE = 120
"""Characters at the start of a text in which a date before the first sentence is its dateline."""


def times(text: str, published: str | None = None) -> list[Time]:
    """Every time expression in ``text``, in order.

    Parameters: ``published`` is the day the text appeared (ISO 8601; a month or a year alone also helps), from which "Friday"
    and "last year" are counted; without it they have no interval, unless a dateline or the text itself anchors them.

    Returns ``Time`` records: ``text[start:end]`` is the expression, ``from_`` and ``to`` the first and last day of its
    interval, both None where it cannot be anchored; ``precision`` as in ``records.Interval``; ``how`` is explicit (a date in
    the words, its year if need be from the tense), relative (counted from the day of publication or from a time named
    before), dateline (counted from the text's own dateline) or inferred (the year of the story being told). Never raises on
    any text.
    """
    t = tokens(text)
    exprs = expressions(t)
    scene = _scene(t, exprs, published)
    out = []
    for expr, found in resolve(scene, exprs):
        start, end = t.spans[expr.first][0], t.spans[expr.end - 1][1]
        if found is None:
            out.append(Time(start, end, text[start:end], None, None, None, None))
        else:
            days, how = found
            out.append(Time(start, end, text[start:end], days.start.isoformat(), days.end.isoformat(), days.precision, how))
    return out


def _scene(t: Tokens, exprs: list[Expr], published: str | None) -> Scene:
    now, coarse = _reference(published)
    how: How = "relative"
    line = _dateline(t, exprs)
    if line is not None:
        year, found = line.year, None
        if year > 0:
            found = _day(year, line)
        elif now is not None and coarse == "day":
            near = [d for d in (_day(now.year + k, line) for k in (-1, 0, 1)) if d is not None and -1 <= (now - d).days <= 14]
            found = near[0] if near else None
        if found is not None:
            now, coarse, how = found, "day", "dateline"
    scene = Scene(t, now, coarse, how, story=_is_story(exprs, now))
    for expr in exprs:
        if expr.kind in ("date", "month") and expr.year > 0 and expr.month > 0:
            by_year = scene.years.setdefault(expr.month, {})
            by_year[expr.year] = by_year.get(expr.year, 0) + 1
    return scene


def _is_story(exprs: list[Expr], now: date | None) -> bool:
    """Whether the text tells of another time than its own: it names years, most of them far back, and nothing counted from
    today."""
    years = [e.year for e in exprs if e.year > 0 and e.kind in ("date", "month", "year")]
    if now is None or len(years) < 3:
        return False
    if any(
        e.kind in ("weekday", "day", "weekend") or (e.kind == "unit" and e.relation in ("this", "last", "next")) for e in exprs
    ):
        return False
    return sum(now.year - year > 2 for year in years) * 3 >= len(years) * 2


def _reference(published: str | None) -> tuple[date | None, str]:
    match = _PUBLISHED.match(published or "")
    if not match:
        return None, "day"
    year, month, day = (int(g) if g else 0 for g in match.groups())
    try:
        return date(year, month or 1, day or 1), "day" if day else "month" if month else "year"
    except ValueError:
        return None, "day"


def _day(year: int, expr: Expr) -> date | None:
    try:
        return date(year, expr.month, expr.day)
    except ValueError:
        return None


def _dateline(t: Tokens, exprs: list[Expr]) -> Expr | None:
    """The date of a dateline: a day before the first sentence, after a place in capitals, before a dash, a bracket or a
    colon."""
    for expr in exprs[:2]:
        if expr.kind != "date" or expr.last_day > 0 or t.spans[expr.first][0] > DATELINE:
            continue
        before = t.text[: t.spans[expr.first][0]].strip()
        place = before.rsplit("\n", 1)[-1].strip(" ,")
        after = t.text[t.spans[expr.end - 1][1] :].lstrip()[:2]
        if place and place.split(",")[0].isupper() and len(place) > 2 and after[:1] in ("(", "-", "–", "—", ":", "_", "["):
            return expr
    return None
