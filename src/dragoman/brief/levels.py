"""Levels of a pair by year with their intervals, and where the level changed: from ``measure``, put in words."""

from __future__ import annotations

from typing import Any

import numpy as np

from dragoman import measure
from dragoman.brief import english
from dragoman.brief.document import Level, Line
from dragoman.brief.question import Question
from dragoman.errors import DragomanError
from dragoman.measure import frames
from dragoman.settings import Settings

YEARS = 6
"""Years of the table at most, the newest."""


def measured(archive: Any, question: Question, settings: Settings) -> tuple[tuple[Level, ...], tuple[Line, ...]]:
    """The table of levels (mean intensity by year, -10 to 10, with its sampling interval) and sentences on its changes.

    Empty for one state against all and for blocs, which have no series of a pair, and where no event has a date.
    """
    two = question.second
    if two is None or question.first.is_bloc or two.is_bloc:
        return (), ()
    since = question.since.isoformat() if question.since else None
    until = question.until.isoformat() if question.until else None
    pair = (archive, question.first.code, two.code)
    try:
        with np.errstate(divide="ignore"):  # a share without variance has an endless number of rows behind it, which is clipped
            rows = measure.series(*pair, by="year", since=since, until=until, intervals=frames.installed()).to_pylist()
        changes = _changes(measure.series(*pair, by="month", since=since, until=until), settings)
    except DragomanError:
        return (), ()
    levels = table([r for r in rows if r["groups"]][-YEARS:])
    return levels, tuple(Line(_changed(c), "measure", rows=("series",)) for c in changes[-2:])


def _changes(series: Any, settings: Settings) -> list[dict[str, Any]]:
    """Change points of the monthly series; its library is heavy, so it is left alone where the series is too short."""
    if not frames.installed() or sum(bool(n) for n in series.column("groups").to_pylist()) < 2 * settings.change_periods:
        return []
    from dragoman.measure.changes import change_points

    return list(change_points(series, settings=settings).to_pylist())


def table(rows: list[dict[str, Any]]) -> tuple[Level, ...]:
    """One level a year. The trend says whether it differs from the year before by more than both intervals allow."""
    out: list[Level] = []
    for r in rows:
        low, high = r.get("intensity_mean_sampling_low"), r.get("intensity_mean_sampling_high")  # absent without the extra
        low, high = (max(-10.0, low), min(10.0, high)) if low is not None and high is not None else (None, None)
        events = english.count_words(r["groups"], "event")
        level = Level(f"{r['period'].year} ({events})", r["intensity_mean"], low, high, None)
        trend = _trend(out[-1], level) if out else None
        out.append(Level(level.what, level.value, low, high, trend))
    return tuple(out)


def _trend(before: Level, after: Level) -> str:
    if before.low is None or before.high is None or after.low is None or after.high is None:
        return "not known"
    if after.low > before.high:
        return "warmer"
    return "colder" if after.high < before.low else "no clear change"


def _changed(change: dict[str, Any]) -> str:
    way = "warmer" if change["after"] > change["before"] else "colder"
    month = english.iso_words(change["period"].isoformat()[:7])
    return (
        f"The level turned {way} in {month}: from {change['before']:.1f} to {change['after']:.1f} on the scale of intensity "
        f"(-10 to 10)."
    )
