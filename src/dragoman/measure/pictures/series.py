"""The picture of a pair: the level with its interval and changes, what was done and said each way, and how much was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa

from dragoman.errors import UsageError
from dragoman.measure import frames
from dragoman.measure.frames import DYAD_PERIODS
from dragoman.measure.pictures.lettering import cut, wrapped
from dragoman.measure.pictures.scales import Scale
from dragoman.measure.pictures.series_panels import LABELS, Frame, draw_days, draw_level, draw_read, draw_stacks, draw_unread
from dragoman.measure.pictures.svg import Drawing


@dataclass(frozen=True, slots=True)
class Marked:
    """An event to be marked in the picture: its day and the words that the list under it has."""

    day: date
    words: str
    link: str | None = None


def draw(
    series: pa.Table,
    *,
    figure: str = "intensity_mean",
    changes: pa.Table | None = None,
    events: Sequence[Marked] = (),
    source: str = "",
    width: int = 860,
    theme: str = "light",
    name: str = "series",
    standalone: bool = False,
) -> str:
    """A series of a pair as SVG.

    ``figure`` is what the upper panel shows; its band is the 95% sampling interval where the series has it. ``changes`` are
    drawn as steps of level, ``events`` numbered on the axis and listed below. ``source`` is named at the foot, beside
    coverage and n. ``width`` from 360 (a phone) up. Raises WrongUnit for another table, UsageError for a figure that the
    series lacks.
    """
    table = frames.require(series, DYAD_PERIODS, "the picture of a series")
    frames.columns(table, (figure,), "the picture of a series")
    facts = frames.facts_of(table)
    rows = table.to_pylist()
    if width < 320:
        raise UsageError(f"a picture of {width} pixels is too narrow to read; give 360 or more")
    a, b = frames.state_name(facts["a"]), frames.state_name(facts["b"])
    title = f"{a} and {b}, by {facts['by']}"
    listed = [wrapped(f"{m.day.isoformat()}: {m.words}", width - 60, 12) for m in events]
    foot = _foot(rows, facts, source, figure, changes is not None and changes.num_rows > 0, width - 40)
    height = 500 + 17 * sum(len(lines) for lines in listed) + (26 if listed else 0) + 15 * len(foot)
    pen = Drawing(width, height, title, _described(rows, facts, a, b, figure), name=name, theme=theme)
    pen.text(20, 30, cut(title, width - 40, 18), size=18, bold=True)
    if not rows:
        pen.text(20, 70, cut(f"Nothing to draw: {facts.get('empty', 'the series has no period')}.", width - 40), "muted")
        return pen.svg(standalone=standalone)
    _panels(pen, rows, figure, changes, events)
    _words_below(pen, events, listed, foot)
    return pen.svg(standalone=standalone)


def _panels(pen: Drawing, rows: list[dict[str, Any]], figure: str, changes: pa.Table | None, events: Sequence[Marked]) -> None:
    """Level, events and articles over one axis of days, with what was not read behind them and the marks over them."""
    narrow = pen.width < 600
    first, last = rows[0]["period"], rows[-1]["period_end"]
    left, right = 52.0, pen.width - (16.0 if narrow else 118.0)
    frame = Frame(left, right, Scale(first.toordinal(), last.toordinal() + 1, left, right), narrow)
    draw_unread(pen, frame, rows, 62, 436)
    for event in events:
        if first <= event.day <= last:
            x = frame.x(event.day.toordinal() + 0.5)
            pen.line(x, 76, x, 436, "muted", 0.8, "1.5 3")
    draw_level(pen, frame, rows, figure, 62, 232, changes)
    draw_stacks(pen, frame, rows, 262, 392)
    draw_read(pen, frame, rows, 408, 436)
    draw_days(pen, frame, first, last, 436)
    _marks(pen, frame, events, 436)


def _words_below(pen: Drawing, events: Sequence[Marked], listed: list[list[str]], foot: list[str]) -> None:
    """The list of the events that are marked, each with its number, then the foot."""
    y = 484.0
    for i, lines in enumerate(listed):
        pen.text(20, y, str(i + 1), size=12, bold=True)
        for words in lines:
            pen.text(38, y, words, size=12, link=events[i].link)
            y += 17
    y += 12 if listed else 0
    for words in foot:
        pen.text(20, y, words, "muted", 11)
        y += 15


def _marks(pen: Drawing, frame: Frame, events: Sequence[Marked], bottom: float) -> None:
    """Numbered discs on the axis; those that would cover each other are set in rows."""
    taken: list[float] = []
    for i, event in sorted(enumerate(events, 1), key=lambda item: item[1].day):
        if not frame.x.low <= event.day.toordinal() <= frame.x.high:
            continue
        x = frame.x(event.day.toordinal() + 0.5)
        row = next((k for k, edge in enumerate(taken) if edge < x - 9), len(taken))
        if row == len(taken):
            taken.append(x)
        y = bottom - 8 - 17 * min(row, 3)
        taken[row] = x + 9
        pen.circle(x, y, 8, "ink", "paper", note=f"{event.day.isoformat()} {event.words}")
        pen.text(x, y + 4, str(i), "paper", 10, anchor="middle", bold=True)


def _foot(
    rows: list[dict[str, Any]], facts: dict[str, Any], source: str, figure: str, stepped: bool, width: float
) -> list[str]:
    """Source, coverage, n and how to read it."""
    covered = [r for r in rows if r["covered"]]
    groups, tellings = (sum(r[c] or 0 for r in covered) for c in ("groups", "mentions"))
    read = sum(r["articles"] or 0 for r in covered)
    words = [f"n = {groups:,} events told {tellings:,} times." if read else f"n = {groups:,} events, from {tellings:,} rows."]
    if covered:
        what = f"{read:,} articles" if read else "imported event rows"
        words.append(
            f"Coverage: {what}, {covered[0]['period'].isoformat()} to {covered[-1]['period_end'].isoformat()}"
            f" ({len(covered)} of {len(rows)} {facts['by']}s)."
        )
    if len(covered) < len(rows):
        words.append("Hatched ground: nothing was read, so figures are missing there.")
    if rows and f"{figure}_sampling_low" in rows[0]:
        words.append("Band: 95% interval from the events of each period, cut at the frame.")
    if figure.startswith("intensity"):
        words.append("Intensity runs from \u221210 (attack) to 10 (aid).")
    if stepped:
        words.append("Thick line: level between changes; found again: in that share of resampled series.")
    placed = sum(r["dated_by_article"] or 0 for r in covered)
    if placed:
        words.append(f"{placed:,} events stand on the day of their article, which names no other.")
    if source:
        words.append(f"Source: {source}.")
    return wrapped(" ".join(words), width, 11)


def _described(rows: list[dict[str, Any]], facts: dict[str, Any], a: str, b: str, figure: str) -> str:
    """What a reader who cannot see the picture is told."""
    values = [(r["period"], r[figure]) for r in rows if r[figure] is not None]
    if not values:
        return f"No figures for {a} and {b}: {facts.get('empty', 'no event in the period')}."
    (low_at, low), (high_at, high) = min(values, key=lambda v: v[1]), max(values, key=lambda v: v[1])
    return (
        f"{LABELS.get(figure, figure)} between {a} and {b} by {facts['by']}, {rows[0]['period'].isoformat()} to "
        f"{rows[-1]['period_end'].isoformat()}: lowest {low:.2f} in {low_at.isoformat()}, "
        f"highest {high:.2f} in {high_at.isoformat()}."
    )
