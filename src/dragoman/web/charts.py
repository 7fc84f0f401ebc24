"""Small pictures drawn by the page itself: bars of a pair by time, with colours of the style sheet (light, dark, print)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dragoman.web import words
from dragoman.web.data import Row

STEPS = ((1, "month"), (3, "quarter"), (12, "year"), (60, "five years"), (120, "decade"))
MOST_BARS = 96  # more are thinner than three pixels on a phone
WIDEST = 8.0  # of a bar, in percent of the picture: a record of three months is no three walls
LABELS = 6  # along the line, so that they do not touch on a phone
QUADS = ("q1", "q2", "q3", "q4")


@dataclass(frozen=True, slots=True)
class Rect:
    """In percent of the picture's width and height."""

    x: float
    y: float
    width: float
    height: float
    kind: str


@dataclass(frozen=True, slots=True)
class Bars:
    """Cooperation above the line, conflict below it; ``zero`` is the line's height in percent from the top."""

    rects: tuple[Rect, ...]
    zero: float
    top: int
    bottom: int
    step: str
    ticks: tuple[tuple[float, str], ...]
    rows: tuple[tuple[str, int, int, int, int], ...]
    wide: int


def bars(months: Sequence[Row]) -> Bars | None:
    """``months`` as ``data.events.months`` gives them. The step widens from a month to a decade until the bars fit.

    What is dated wider than a month is counted in ``wide`` and not drawn: a bar in January would be made up.
    """
    wide = sum(row[name] for row in months for name in QUADS if row["wide"])
    months = [row for row in months if not row["wide"]]
    if not months:
        return None
    first, last = (m["month"].year * 12 + m["month"].month - 1 for m in (months[0], months[-1]))
    size, step = next((s for s in STEPS if (last - first) // s[0] < MOST_BARS), STEPS[-1])
    first -= first % size
    slots = (last - first) // size + 1
    counts = [[0, 0, 0, 0] for _ in range(slots)]
    for row in months:
        slot = (row["month"].year * 12 + row["month"].month - 1 - first) // size
        for quad, name in enumerate(QUADS):
            counts[slot][quad] += row[name]
    top = max(1, max(c[0] + c[1] for c in counts))
    bottom = max(1, max(c[2] + c[3] for c in counts))
    zero = 100 * top / (top + bottom)
    unit = 100 / (top + bottom)
    rects = tuple(rect for slot, c in enumerate(counts) for rect in _stack(slot, c, 100 / slots, zero, unit))
    labels = [_label(first + slot * size, size) for slot in range(slots)]
    rows = tuple((label, *c) for label, c in zip(labels, counts, strict=True) if any(c))
    return Bars(rects, round(zero, 3), top, bottom, step, _ticks(first, slots, size), rows, wide)  # type: ignore[arg-type]


def _stack(slot: int, counts: list[int], width: float, zero: float, unit: float) -> list[Rect]:
    """Deeds lie at the line, words further out."""
    wide = min(width * 0.8, WIDEST)
    x = slot * width + (width - wide) / 2
    found = []
    up = zero
    for quad in (1, 0):
        if counts[quad]:
            up -= counts[quad] * unit
            found.append(Rect(round(x, 3), round(up, 3), round(wide, 3), round(counts[quad] * unit, 3), QUADS[quad]))
    down = zero
    for quad in (3, 2):
        if counts[quad]:
            found.append(Rect(round(x, 3), round(down, 3), round(wide, 3), round(counts[quad] * unit, 3), QUADS[quad]))
            down += counts[quad] * unit
    return found


def _label(month: int, size: int) -> str:
    on = date(month // 12, month % 12 + 1, 1)
    if size == 1:
        return words.month(on)
    if size == 3:
        return f"{on.year}, {'first second third fourth'.split()[on.month // 3]} quarter"
    return str(on.year) if size == 12 else f"{on.year} – {on.year + size // 12 - 1}"


def _ticks(first: int, slots: int, size: int) -> tuple[tuple[float, str], ...]:
    """At most six times along the line, at whole slots: years, or the months of a record of a year and less."""
    if size == 1 and slots <= 12:
        every = -(-slots // LABELS)
        found = []
        for slot in range(0, slots, every):
            year, month = divmod(first + slot, 12)
            label = words.MONTHS[month][:3] + (f" {year}" if slot == 0 or month == 0 else "")
            found.append((round(slot / slots * 100, 3), label))
        return tuple(found)
    years = sorted({(first + slot * size) // 12 for slot in range(slots)})
    every = max(1, -(-len(years) // LABELS))
    found = []
    for year in years[::every]:
        place = (max(year * 12, first) - first) / size / slots * 100
        if place <= 92:
            found.append((round(place, 3), str(year)))
    return tuple(found)
