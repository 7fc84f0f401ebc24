"""The bloc graph: states as points that lie the nearer the more they stand together, coloured and lettered by bloc."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from dragoman.measure.blocs import Period
from dragoman.measure.likeness import Floats
from dragoman.measure.networks import Network
from dragoman.measure.pictures.lettering import width_of, wrapped
from dragoman.measure.pictures.plate import BLOC_ROLES, MARGIN, foot, foot_height, heading, heading_height, notes
from dragoman.measure.pictures.svg import Drawing
from dragoman.measure.votes import seat_name

_WIDTH, _FIELD = 960.0, 600.0
_RADIUS = 6.0
_GREAT = ("USA", "RUS", "CHN", "GBR", "FRA", "IND", "DEU", "JPN", "BRA", "ISR", "EGY", "POL", "IRN", "PAK", "CUB", "YUG", "ZAF")
_WEAK = 0.5  # stability below which the picture says so; of the votes' 73 sessions the lowest have .5
_NEAREST = 2  # lines a state sends to those nearest to it


def bloc_graph(
    period: Period, *, states: Sequence[str] = (), theme: str = "light", standalone: bool = False, name: str = "g"
) -> str:
    """The blocs of a period as an SVG.

    Distances are those of classical scaling (Torgerson 1952) of 1 - tie in two dimensions, then moved apart until no points
    overlap; a line joins each state with the two it has the strongest ties to. ``states`` are named before others, which are
    named where there is room.
    """
    network = period.network
    title = f"Blocs, {network.label}"
    subtitle = _subtitle(period)
    unit = "contested roll calls" if network.ballots is not None else "event groups"
    how = [
        "States lie the nearer the more they stand together (classical scaling in two dimensions, points moved apart);"
        " lines join each with its two nearest. White points stand in no bloc."
    ]
    text = notes(network.source, f"{network.matters:,} {unit}, {len(network.states)} states", how)
    listed = _listing(period)
    top = heading_height(subtitle, _WIDTH)
    below = sum(len(lines) * 15 + 6 for _, lines in listed)
    height = top + _FIELD + 22 + below + foot_height(text, _WIDTH)
    drawing = Drawing(_WIDTH, height, title, subtitle, name=name, theme=theme)
    heading(drawing, title, subtitle)
    places = _places(network)
    places[:, 0] = _fitted(places[:, 0], MARGIN + 20, _WIDTH - MARGIN - 20)
    places[:, 1] = _fitted(places[:, 1], top + 16, top + _FIELD - 16)
    places = _apart(places, 2 * _RADIUS + 3, (MARGIN + 8, top + 8), (_WIDTH - MARGIN - 8, top + _FIELD - 8))
    roles = {bloc.name: BLOC_ROLES[i % len(BLOC_ROLES)] for i, bloc in enumerate(_by_size(period))}
    _lines(drawing, network, places)
    _points(drawing, period, places, roles)
    _names(drawing, period, places, states)
    y = top + _FIELD + 22
    for bloc, lines in listed:
        drawing.circle(MARGIN + 7, y - 4, 7, roles[bloc], "ink")
        drawing.text(MARGIN + 22, y, bloc, bold=True)
        for line in lines:
            drawing.text(MARGIN + 48, y, line, size=12)
            y += 15
        y += 6
    foot(drawing, text)
    return drawing.svg(standalone=standalone)


def _by_size(period: Period) -> list[Any]:
    return sorted(period.blocs, key=lambda b: (-len(b.states), b.name))


def _subtitle(period: Period) -> str:
    network = period.network
    count = f"{len(period.blocs)} blocs of {len(network.states)} states; {len(period.alone)} stand alone."
    if period.stability is None:
        return count
    drawn = "roll calls" if network.ballots is not None else "events"
    weak = ", so they are weakly founded" if period.stability < _WEAK else ""
    index = f"adjusted Rand index {period.stability:.2f} (1 is the same, 0 as by chance)"
    return f"{count} Found again when {drawn} are redrawn: {index}{weak}."


def _listing(period: Period) -> list[tuple[str, list[str]]]:
    out = []
    for bloc in _by_size(period):
        known = [s for s in _GREAT if s in bloc.states] + [s for s in bloc.core if s not in _GREAT]
        rest = len(bloc.states) - len(known)
        words = ", ".join(seat_name(s, period.network.year) for s in known) + (f" and {rest} more" if rest else "")
        inside = f"; mean tie inside {bloc.inside:.2f}" if bloc.inside is not None else ""
        outside = f", to others {bloc.outside:.2f}" if bloc.outside is not None else ""
        words = f"{len(bloc.states)} states: {words}{inside}{outside}".replace("-", "−")
        out.append((bloc.name, wrapped(words, _WIDTH - 2 * MARGIN - 48)))
    return out


# Where the points lie


def _places(network: Network) -> Floats:
    """Classical scaling: the two main axes of the doubly centred squared distances. Axes have a fixed sign, so pictures are
    alike."""
    ties = np.where(np.isfinite(network.ties), network.ties, network.level)
    distance = np.clip(1 - ties, 0, None) ** 2
    np.fill_diagonal(distance, 0)
    centred = distance - distance.mean(0)
    centred = -(centred - centred.mean(1, keepdims=True)) / 2
    values, vectors = np.linalg.eigh((centred + centred.T) / 2)
    axes = vectors[:, -1:-3:-1] * np.sqrt(np.maximum(values[-1:-3:-1], 1e-9))
    for k, code in enumerate(("USA", "CHN")):  # the United States to the right, China above
        pivot = network.states.index(code) if code in network.states else int(np.argmax(np.abs(axes[:, k])))
        axes[:, k] *= (1 if axes[pivot, k] >= 0 else -1) * (1 if k == 0 else -1)
    spread = np.sign(axes) * np.sqrt(np.abs(axes))  # the crowd in the middle gets more room
    return np.round(np.asarray(spread), 6)


def _fitted(values: Floats, low: float, high: float) -> Floats:
    span = values.max() - values.min()
    if span == 0:
        return np.full_like(values, (low + high) / 2)
    return np.asarray(low + (values - values.min()) / span * (high - low))


def _apart(places: Floats, least: float, low: tuple[float, float], high: tuple[float, float]) -> Floats:
    """Points pushed apart until each has ``least`` pixels to the next, or 200 rounds have passed."""
    out = places.copy()
    turn = np.linspace(0, 2 * np.pi, len(out), endpoint=False)
    out += 1e-3 * np.stack((np.cos(turn), np.sin(turn)), axis=1)  # points in one place get a direction each
    for _ in range(200):
        apart = out[:, None, :] - out[None, :, :]
        distance = np.sqrt((apart**2).sum(-1))
        np.fill_diagonal(distance, np.inf)
        short = np.clip(least - distance, 0, None)
        if short.max() < 0.05:
            break
        out += (apart / distance[..., None] * short[..., None]).sum(1) * 0.5
        out = np.clip(out, low, high)
    return np.round(out, 2)


# What is drawn


def _lines(drawing: Drawing, network: Network, places: Floats) -> None:
    ties = np.nan_to_num(network.ties, nan=-2.0)
    pairs = set()
    for i, row in enumerate(ties):
        for j in np.argsort(-row, kind="stable")[:_NEAREST]:
            if row[j] > max(0.0, network.level):
                pairs.add((min(i, int(j)), max(i, int(j))))
    for i, j in sorted(pairs):
        drawing.line(*_point(places, i), *_point(places, j), "empty", 0.8)


def _points(drawing: Drawing, period: Period, places: Floats, roles: dict[str, str]) -> None:
    """A point a state, with its bloc's letter in it, so that colour does not speak alone."""
    year = period.network.year
    for i, state in enumerate(period.network.states):
        bloc, (x, y) = period.bloc_of(state), _point(places, i)
        sure = period.sure.get(state)
        words = f"{seat_name(state, year)}: {f'bloc {bloc}' if bloc else 'no bloc'}" + (
            f", sure {sure:.2f}" if sure is not None else ""
        )
        drawing.circle(x, y, _RADIUS, roles[bloc] if bloc else "paper", "ink" if bloc else "muted", note=words)
        if bloc:
            dark = roles[bloc] in ("one", "two", "three")
            drawing.text(x, y + 2.8, bloc, "paper" if dark else "ink", 8 if len(bloc) == 1 else 6, anchor="middle")


def _point(places: Floats, i: int) -> tuple[float, float]:
    return float(places[i, 0]), float(places[i, 1])


def _names(drawing: Drawing, period: Period, places: Floats, first: Sequence[str]) -> None:
    """Names where they cover no point and no other name: those asked for, great states, cores, then the rest by code.

    The first two are named in any case: where there is no room beside the point, farther off with a line to it.
    """
    network = period.network
    cores = [s for bloc in period.blocs for s in bloc.core]
    great = dict.fromkeys((*first, *_GREAT))
    taken = [(x - _RADIUS, y - _RADIUS, x + _RADIUS, y + _RADIUS) for x, y in places.tolist()]
    for state in dict.fromkeys((*great, *cores, *network.states)):
        if state not in network.states:
            continue
        x, y = _point(places, network.states.index(state))
        words, size = (seat_name(state, network.year), 12.0) if state in great else (state, 9.0)
        wide = width_of(words, size)
        for far, left, base in _spots(x, y, wide, size, state in great):
            box = (left, base - size * 0.8, left + wide, base + 2)
            if box[0] < 4 or box[2] > drawing.width - 4 or any(_touch(box, other) for other in taken):
                continue
            if far:
                near = min(max(x, left), left + wide)
                drawing.line(x, y, near, base - size * 0.35, "muted", 0.8)
            drawing.text(
                left, base, words, "ink" if state in great else "muted", size, halo=state in great, bold=state in great
            )
            taken.append(box)
            break


def _spots(x: float, y: float, wide: float, size: float, great: bool) -> Iterator[tuple[bool, float, float]]:
    """Where a name may stand, the nearest first: whether it needs a line, its left end and its base."""
    gap = _RADIUS + 3
    yield False, x + gap, y + size / 3
    yield False, x - gap - wide, y + size / 3
    yield False, x - wide / 2, y - gap
    yield False, x - wide / 2, y + gap + size * 0.7
    for ring in range(20, 200, 10) if great else ():
        for turn in range(16):
            angle = turn * np.pi / 8
            middle = x + ring * float(np.cos(angle))
            yield True, middle - wide / 2, y + ring * float(np.sin(angle)) + size / 3


def _touch(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
