"""The panels of a pair's picture, one under the other over the same days: level, events each way, articles read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

import pyarrow as pa

from dragoman.measure.pictures.lettering import shown, width_of
from dragoman.measure.pictures.scales import Scale, date_ticks, ticks
from dragoman.measure.pictures.svg import Drawing

LABELS = {
    "intensity_mean": "Mean intensity of an event",
    "intensity_sum": "Summed intensity",
    "conflict_share": "Share of conflict",
    "groups": "Events",
    "words": "Words: events that are talk",
    "deeds": "Deeds: events that are action",
    "cooperation": "Cooperation: events",
    "conflict": "Conflict: events",
}
ENDS = {
    "intensity_mean": ("friendlier", "more hostile"),
    "intensity_sum": ("friendlier", "more hostile"),
    "conflict_share": ("more conflict", "less conflict"),
}
_STACK = (  # outwards from zero: quad class, fill, hatched
    (("material_cooperation", "cooperation", False), ("verbal_cooperation", "cooperation", True)),
    (("material_conflict", "conflict", False), ("verbal_conflict", "conflict", True)),
)


@dataclass(frozen=True, slots=True)
class Frame:
    """Where things lie: the panels' common width, and the scale of days."""

    left: float
    right: float
    x: Scale
    narrow: bool


def _middle(row: dict[str, Any]) -> float:
    """The middle of a period as an ordinal day."""
    return float((row["period"].toordinal() + row["period_end"].toordinal() + 1) / 2)


def _bar(frame: Frame, row: dict[str, Any]) -> tuple[float, float]:
    """Left and right end of a period's bar, which is never wider than it is readable."""
    x1, x2 = frame.x(row["period"].toordinal()), frame.x(row["period_end"].toordinal() + 1)
    spare = max(0.0, x2 - x1 - 48) / 2
    return x1 + spare, x2 - spare


def draw_unread(pen: Drawing, frame: Frame, rows: list[dict[str, Any]], top: float, bottom: float) -> None:
    """Hatched ground where nothing was read: there the figures are missing, not zero."""
    for covered, run in groupby(rows, key=lambda row: row["covered"]):
        if covered:
            continue
        found = list(run)
        x1, x2 = frame.x(found[0]["period"].toordinal()), frame.x(found[-1]["period_end"].toordinal() + 1)
        pen.rect(x1, top, x2 - x1, bottom - top, pen.hatch("grid", gap=6, slope="\\"), note="nothing was read from this time")
        if x2 - x1 > width_of("nothing read", 11):
            pen.text((x1 + x2) / 2, top + 14, "nothing read", "muted", 11, anchor="middle", halo=True)


def _axis(pen: Drawing, frame: Frame, y: Scale, values: Sequence[float], digits: int = 1) -> None:
    for value in values:
        pen.line(frame.left, y(value), frame.right, y(value), "muted" if value == 0 else "grid", 1)
        pen.text(
            frame.left - 7, y(value) + 4, shown(abs(value) if digits < 0 else value, max(0, digits)), "muted", 11, anchor="end"
        )


def draw_level(
    pen: Drawing, frame: Frame, rows: list[dict[str, Any]], figure: str, top: float, bottom: float, changes: pa.Table | None
) -> None:
    """The figure's line with its band, broken where there is no value, and its levels between changes."""
    low, high = f"{figure}_sampling_low", f"{figure}_sampling_high"
    has_band = low in rows[0]
    steps = changes.to_pylist() if changes is not None else []
    least, most = _range(rows, figure, low if has_band else figure, high if has_band else figure)
    y = Scale(least, most, bottom - 6, top + 22)
    pen.text(frame.left, top + 6, LABELS.get(figure, figure.replace("_", " ")), bold=True)
    _axis(pen, frame, y, ticks(least, most, 4), 2)
    runs = [list(run) for known, run in groupby(rows, key=lambda row: row[figure] is not None) if known]
    for run in runs:
        points = [(frame.x(_middle(r)), y(r[figure])) for r in run]
        if has_band:
            _band(pen, frame, y, run, low, high, least, most)
        if len(points) > 1:
            pen.path(points, "level", 1.6)
        if len(rows) <= 150 or len(points) == 1:
            for r, (px, py) in zip(run, points, strict=True):
                pen.circle(px, py, 2.2, "level", note=f"{_when(r)}: {shown(r[figure], 2)}, n = {r['groups']}")
    _steps(pen, frame, rows, steps, y, top, bottom)
    above, below = ENDS.get(figure, ("more", "less"))
    if not frame.narrow:
        pen.text(frame.right + 8, top + 26, "↑ " + above, "muted", 11)
        pen.text(frame.right + 8, bottom - 8, "↓ " + below, "muted", 11)
        if has_band:
            pen.rect(frame.right + 8, top + 66, 12, 10, "band")
            pen.text(frame.right + 25, top + 75, "95% interval", "muted", 11)


def _range(rows: list[dict[str, Any]], figure: str, low: str, high: str) -> tuple[float, float]:
    """Ends of the axis: all values, and the bands, cut where they reach further out than twice the range of the values."""
    values = [r[figure] for r in rows if r[figure] is not None]
    if not values:
        return 0.0, 1.0
    least, most = min(values), max(values)
    room = max(most - least, 1.0 if figure != "conflict_share" else 0.2)
    ends = [r[c] for r in rows for c in (low, high) if r[c] is not None]
    least, most = max(min([least, *ends]), least - 2 * room), min(max([most, *ends]), most + 2 * room)
    if figure == "intensity_mean":
        least, most = max(-10.0, min(least, 0.0)), min(10.0, max(most, 0.0))
    elif figure == "conflict_share":
        least, most = 0.0, 1.0
    elif figure != "intensity_sum":
        least = 0.0
    return (least, most) if most > least else (least - 1, most + 1)


def _band(
    pen: Drawing, frame: Frame, y: Scale, run: list[dict[str, Any]], low: str, high: str, least: float, most: float
) -> None:
    for known, part in groupby(run, key=lambda r: r[low] is not None):
        if not known:
            continue
        found = list(part)
        xs = [frame.x(_middle(r)) for r in found]
        lows = [y(min(max(r[low], least), most)) for r in found]
        highs = [y(max(min(r[high], most), least)) for r in found]
        if len(xs) > 1:
            pen.band(xs, lows, highs, "band")
        else:
            pen.line(xs[0], lows[0], xs[0], highs[0], "band", 4)


def _steps(
    pen: Drawing, frame: Frame, rows: list[dict[str, Any]], steps: list[dict[str, Any]], y: Scale, top: float, bottom: float
) -> None:
    """The levels between changes as thick lines, with the day of each change."""
    ends = [rows[0]["period"], *(s["period"] for s in steps), rows[-1]["period_end"]]
    levels = [s["before"] for s in steps] + [s["after"] for s in steps[-1:]]
    for i, level in enumerate(levels):
        x1, x2 = frame.x(ends[i].toordinal()), frame.x(ends[i + 1].toordinal())
        pen.line(x1, y(level), x2, y(level), "change", 2.8)
    for step in steps:
        x = frame.x(step["period"].toordinal())
        pen.line(x, top + 14, x, bottom - 4, "change", 1.4, "5 3")
        sure = f", found again in {step['found_again']:.0%}" if not frame.narrow else ""
        words = f"{step['period']:%b %Y}{sure}"
        right = x + width_of(words, 11) + 6 > frame.right
        pen.text(x - 5 if right else x + 5, top + 24, words, "ink", 11, anchor="end" if right else "start", halo=True)


def draw_stacks(pen: Drawing, frame: Frame, rows: list[dict[str, Any]], top: float, bottom: float) -> None:
    """Events of each period: cooperation upwards, conflict downwards; deeds solid and next to the axis, words hatched."""
    up = max((r["cooperation"] or 0 for r in rows), default=0)
    down = max((r["conflict"] or 0 for r in rows), default=0)
    y = Scale(-max(down, 1), max(up, 1), bottom, top + 14)
    pen.text(frame.left, top + 4, "Events each " + _period_name(rows), bold=True)
    _axis(pen, frame, y, ticks(-max(down, 1), max(up, 1), 4), -1)
    gap = 0.5 if len(rows) > 60 else 1.0
    for r in rows:
        x1, x2 = _bar(frame, r)
        for sign, stack in zip((1, -1), _STACK, strict=True):
            base = 0
            for quad, role, pale in stack:
                n = r[quad] or 0
                if n:
                    fill = pen.hatch(role, f"{role}-pale", 4) if pale else role
                    y1, y2 = y(sign * (base + n)), y(sign * base)
                    note = f"{_when(r)}: {n} of {quad.replace('_', ' ')}"
                    pen.rect(x1 + gap / 2, min(y1, y2), max(x2 - x1 - gap, 0.6), abs(y1 - y2), fill, note=note)
                base += n
    _legend(pen, frame, top)


def _legend(pen: Drawing, frame: Frame, top: float) -> None:
    items = [(side, role, pale) for stack in _STACK for side, role, pale in stack]
    items = [items[1], items[0], items[2], items[3]]  # as they lie in the picture, from above
    words = {"verbal_cooperation": "friendly words", "material_cooperation": "friendly deeds"}
    words |= {"verbal_conflict": "hostile words", "material_conflict": "hostile deeds"}
    x = frame.right + 8
    at = frame.left + width_of("Events each quarter", 12) + 10
    for i, (quad, role, pale) in enumerate(items):
        fill = pen.hatch(role, f"{role}-pale", 4) if pale else role
        if frame.narrow:
            short = words[quad].split()
            label = ("+" if short[0] == "friendly" else "\u2212") + short[1]
            pen.rect(at, top - 5, 9, 9, fill)
            pen.text(at + 12, top + 4, label, "muted", 10)
            at += 18 + width_of(label, 10)
        else:
            pen.rect(x, top + 26 + 22 * i, 12, 10, fill)
            pen.text(x + 17, top + 35 + 22 * i, words[quad], "ink", 11)


def draw_read(pen: Drawing, frame: Frame, rows: list[dict[str, Any]], top: float, bottom: float) -> None:
    """Articles read of each period, as a low row of bars."""
    most = max((r["articles"] or 0 for r in rows), default=0)
    if most:
        y = Scale(0, most, bottom, top)
        for r in rows:
            n = r["articles"] or 0
            x1, x2 = _bar(frame, r)
            pen.rect(x1, y(n), max(x2 - x1 - 0.5, 0.6), bottom - y(n), "empty", note=f"{_when(r)}: {n} articles read")
        pen.text(frame.left - 7, top + 8, shown(most, 0), "muted", 10, anchor="end")
    pen.line(frame.left, bottom, frame.right, bottom, "muted", 1)
    if not frame.narrow:
        words = "articles read" if most else "imported rows"
        pen.text(frame.right + 8, bottom - 8, words, "muted", 11)


def draw_days(pen: Drawing, frame: Frame, first: date, last: date, y: float) -> None:
    before = -1e9
    for day, label in date_ticks(first, last, int((frame.right - frame.left) / 64)):
        x = frame.x(day.toordinal())
        pen.line(x, y, x, y + 4, "muted", 1)
        half = width_of(label, 11) / 2
        if x - half > before + 4 and x + half < pen.width:
            pen.text(x, y + 17, label, "muted", 11, anchor="middle")
            before = x + half


def _when(row: dict[str, Any]) -> str:
    """A period for people: its day, its month or its year, else from when to when."""
    first, last = row["period"], row["period_end"]
    days = (last - first).days
    if days == 0:
        return str(first.isoformat())
    if 27 <= days <= 30:
        return f"{first:%B %Y}"
    return str(first.year) if days > 360 else f"{first.isoformat()} to {last.isoformat()}"


def _period_name(rows: list[dict[str, Any]]) -> str:
    days = (rows[0]["period_end"] - rows[0]["period"]).days
    return "day" if days == 0 else "week" if days < 10 else "month" if days < 40 else "quarter" if days < 100 else "year"
