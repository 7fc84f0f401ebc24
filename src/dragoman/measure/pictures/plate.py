"""What stands around every picture of many states: a heading above; below it source, coverage, n and how to read it."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.measure.datasets import DataSet
from dragoman.measure.pictures.lettering import wrapped
from dragoman.measure.pictures.svg import Drawing

MARGIN = 24.0
BLOC_ROLES = ("one", "two", "three", "four", "five", "six", "seven")
"""Colours of blocs; a bloc is named by its letter too, so that colour never speaks alone."""


def heading_height(subtitle: str, width: float) -> float:
    """How much room ``heading`` takes."""
    return 34 + 17 * len(wrapped(subtitle, width - 2 * MARGIN, 13)) + 8


def heading(drawing: Drawing, title: str, subtitle: str) -> None:
    drawing.text(MARGIN, 32, title, size=18, bold=True)
    for i, line in enumerate(wrapped(subtitle, drawing.width - 2 * MARGIN, 13)):
        drawing.text(MARGIN, 52 + 17 * i, line, "muted", 13)


def notes(source: DataSet, n: str, how: Sequence[str]) -> str:
    """Source, coverage, n, then how to read it, as one text."""
    return " ".join((f"Source: {source.short}; coverage {source.coverage}; {n}.", *how))


def foot_height(text: str, width: float) -> float:
    """How much room ``foot`` takes."""
    return 14 * len(wrapped(text, width - 2 * MARGIN, 11)) + 22


def foot(drawing: Drawing, text: str) -> None:
    lines = wrapped(text, drawing.width - 2 * MARGIN, 11)
    top = drawing.height - 14 * len(lines) - 2
    drawing.line(MARGIN, top - 14, drawing.width - MARGIN, top - 14, "grid")
    for i, line in enumerate(lines):
        drawing.text(MARGIN, top + 14 * i, line, "muted", 11)


def tie_scale(drawing: Drawing, x: float, y: float, left: str, right: str, most: float, signed: bool = True) -> None:
    """The key of ``shade``: from adverse to friendly, in steps; with ``signed`` false only the friendly half."""
    steps = [i / 5 for i in range(-5 if signed else 0, 6)]
    for i, step in enumerate(steps):
        drawing.rect(x + 18 * i, y, 18, 12, *_fill(step), opacity=max(abs(step), 0.0001))
        drawing.rect(x + 18 * i, y, 18, 12, None, "grid")
    wide = 18 * len(steps)
    drawing.text(x, y + 26, f"{left} {-most:.2g}".replace("-", "−") if signed else f"{left} 0", "muted", 11)
    drawing.text(x + wide, y + 26, f"{right} {most:.2g}", "muted", 11, anchor="end")


def shade(value: float, most: float) -> tuple[str, float]:
    """The colour of a tie and how strong it is laid on, in fifths of ``most``: blue friendly, orange adverse, paper at 0."""
    part = max(-1.0, min(1.0, value / most if most else 0.0))
    return ("cooperation" if part >= 0 else "conflict"), round(abs(part) * 5) / 5


def _fill(step: float) -> tuple[str, None]:
    return ("cooperation" if step >= 0 else "conflict"), None
