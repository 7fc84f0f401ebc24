"""The dyad matrix: every pair of states as a square, ordered so that blocs stand together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dragoman.errors import UsageError
from dragoman.measure.blocs import Period
from dragoman.measure.likeness import Floats
from dragoman.measure.pictures.plate import (
    MARGIN,
    foot,
    foot_height,
    heading,
    heading_height,
    notes,
    shade,
    tie_scale,
)
from dragoman.measure.pictures.svg import Drawing, number

_WHAT = {
    "kappa": "kappa of votes (1 always the same, 0 as by chance)",
    "pi": "pi of votes (1 always the same, 0 as by chance)",
    "s": "S of votes (1 always the same, −1 always opposed)",
    "agreement": "agreement of votes (1 always the same, 0 always opposed)",
    "events": "net cooperation (1 all events cooperate, −1 all conflict)",
}
_LARGEST = 22.0  # pixels of a square, where there are few
_NAMED = 7.0  # pixels of a square from which on states are named
_WRITTEN = 20.0  # pixels from which on the figure stands in the square


def dyad_matrix(
    period: Period, *, states: Sequence[str] | None = None, theme: str = "light", standalone: bool = False, name: str = "m"
) -> str:
    """The ties of a period as an SVG.

    Parameters: ``states`` are those to show (all by default), in the order of their blocs and inside a bloc from the nearest to
    it to the farthest. Colours run from orange (adverse) over paper (0) to blue (friendly); a pair without a tie is hatched.

    Raises UsageError for a state without ties in this period, or fewer than two.
    """
    network = period.network
    missing = [s for s in states or () if s not in network.states]
    if missing:
        raise UsageError(f"{', '.join(missing)} has no ties in {network.label}; it voted too seldom or did nothing")
    order, borders = _order(period, states)
    if len(order) < 2:
        raise UsageError(f"a matrix needs two states, found {len(order)}")
    side = min(_LARGEST, max(3.2, 880 / len(order)))
    label = 34 if side >= _NAMED else 6
    band = 22.0
    ties = network.ties[np.ix_(order, order)]
    known = ties[np.isfinite(ties)]
    most = float(np.ceil(max(np.quantile(np.abs(known), 0.98), 0.1) * 10) / 10) if known.size else 1.0
    what = _WHAT[network.measure]
    title = f"Who stands with whom, {network.label}"
    subtitle = f"{len(order)} states, {what}, ordered by bloc. Blue pairs stand together, orange ones apart."
    width = max(560.0, 2 * MARGIN + label + band + side * len(order))
    unit = "contested roll calls" if network.ballots is not None else "event groups"
    how = ["A letter names a bloc; states without one stand in none."]
    if np.isnan(ties).sum() > len(order):
        how.append("Hatched: nothing known.")
    text = notes(network.source, f"{network.matters:,} {unit}", how)
    top = heading_height(subtitle, width) + band
    height = top + label + side * len(order) + 62 + foot_height(text, width)
    drawing = Drawing(width, height, title, subtitle, name=name, theme=theme)
    heading(drawing, title, subtitle)
    left = MARGIN + band + label
    _squares(drawing, left, top + label, side, ties, most)
    _labels(drawing, left, top + label, side, [network.states[i] for i in order], label)
    for bloc, first, last in borders:
        _border(drawing, left, top + label, side, label, bloc, first, last)
    tie_scale(drawing, left, top + label + side * len(order) + 14, "apart", "together", most)
    foot(drawing, text)
    return drawing.svg(standalone=standalone)


def _order(period: Period, states: Sequence[str] | None) -> tuple[list[int], list[tuple[str, int, int]]]:
    """Places of the states in the network, in the order of the picture, and where each bloc begins and ends."""
    network = period.network
    wanted = set(states) if states is not None else set(network.states)
    order: list[int] = []
    borders = []
    for bloc in sorted(period.blocs, key=lambda b: (-len(b.states), b.name)):
        inside = [network.states.index(s) for s in bloc.states]
        own = np.nan_to_num(network.ties[np.ix_(inside, inside)]).sum(axis=1)
        nearest = [inside[k] for k in np.argsort(-own, kind="stable")]
        members = [i for i in nearest if network.states[i] in wanted]
        if members:
            borders.append((bloc.name, len(order), len(order) + len(members)))
            order += members
    order += [network.states.index(s) for s in period.alone if s in wanted]
    return order, borders


def _squares(drawing: Drawing, left: float, top: float, side: float, ties: Floats, most: float) -> None:
    """All squares: those of one shade as one shape, runs in a row as one piece, so that 190 states stay a small file."""
    runs: dict[tuple[str, float], list[str]] = {}
    for row, values in enumerate(ties):
        cells = [_shade(row, column, float(value), most) for column, value in enumerate(values)]
        first = 0
        for last in range(1, len(cells) + 1):
            if last == len(cells) or cells[last] != cells[first]:
                x, y, wide = number(left + first * side), number(top + row * side), number((last - first) * side)
                runs.setdefault(cells[first], []).append(f"M{x},{y}h{wide}v{number(side)}h-{wide}z")
                first = last
    drawing.rect(left, top, len(ties) * side, len(ties) * side, "paper", "grid")
    for (role, part), pieces in sorted(runs.items()):
        if part:
            paint = f'fill="{drawing.hatch("empty")}"' if role == "missing" else _paint(drawing, role, part)
            drawing.add(f'<path d="{"".join(pieces)}" {paint}/>')
    if side >= _WRITTEN:
        _figures(drawing, left, top, side, ties, most)


def _shade(row: int, column: int, value: float, most: float) -> tuple[str, float]:
    if row == column:
        return "grid", 1.0
    return shade(value, most) if np.isfinite(value) else ("missing", 1.0)


def _paint(drawing: Drawing, role: str, part: float) -> str:
    return f'class="f-{role}" fill="{drawing.colour(role)}" fill-opacity="{number(part)}"'


def _figures(drawing: Drawing, left: float, top: float, side: float, ties: Floats, most: float) -> None:
    for row, values in enumerate(ties):
        for column, value in enumerate(values):
            if row != column and np.isfinite(value):
                dark = shade(float(value), most)[1] > 0.6
                words = f"{value:.1f}".replace("-0.0", "0.0").replace("-", "−").replace("0.", ".")
                x, y = left + (column + 0.5) * side, top + (row + 0.5) * side + 3
                drawing.text(x, y, words, "paper" if dark else "ink", 8, anchor="middle")


def _labels(drawing: Drawing, left: float, top: float, side: float, states: list[str], label: float) -> None:
    if label < 20:
        return
    size = min(10.0, side * 0.92)
    for i, state in enumerate(states):
        middle = (i + 0.5) * side
        drawing.text(left - 4, top + middle + size * 0.36, state, size=size, anchor="end")
        at = f'transform="rotate(-90 {left + middle:.2f} {top - 4:.2f})"'
        drawing.add(f"<g {at}>")
        drawing.text(left + middle, top - 4 + size * 0.36, state, size=size)
        drawing.add("</g>")


def _border(drawing: Drawing, left: float, top: float, side: float, label: float, bloc: str, first: int, last: int) -> None:
    """A frame around a bloc's own pairs, and its letter beside and above."""
    x, y, size = left + first * side, top + first * side, (last - first) * side
    drawing.rect(x, y, size, size, None, "ink")
    for x1, y1, x2, y2 in (
        (x + 1, top - label - 3, x + size - 1, top - label - 3),
        (left - label - 3, y + 1, left - label - 3, y + size - 1),
    ):
        drawing.line(x1, y1, x2, y2, "ink", 2)
    drawing.text(x + size / 2, top - label - 8, bloc, size=12, anchor="middle", bold=True)
    drawing.text(left - label - 8, y + size / 2 + 4, bloc, size=12, anchor="end", bold=True)
