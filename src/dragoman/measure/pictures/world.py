"""The map of pairs: arcs between states on a map of the world, with states filled by bloc.

Shapes are Natural Earth's at 1:110m (``data/world.json``); the projection is Equal Earth, which keeps areas true. Borders are
the data's and no claim; a state that is gone is drawn as the one it is counted as today.

References
----------
Savric, Bojan, Tom Patterson and Bernhard Jenny (2019): The Equal Earth Map Projection. International Journal of Geographical
Information Science 33(3), 454-465.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Any

import numpy as np

from dragoman import codebook
from dragoman.errors import UsageError
from dragoman.measure.blocs import Period
from dragoman.measure.datasets import source as data_set
from dragoman.measure.networks import Network
from dragoman.measure.pictures.lettering import width_of
from dragoman.measure.pictures.plate import MARGIN, foot, foot_height, heading, heading_height, notes
from dragoman.measure.pictures.svg import Drawing, number

_WIDTH = 1040.0
_A = (1.340264, -0.081106, 0.000893, 0.003796)
_ROOT = math.sqrt(3) / 2
COUNCIL = ("USA", "RUS", "CHN", "GBR", "FRA")
"""The permanent members of the Security Council."""
# Fills that neither of the two colours of the arcs is among.
_FILLS = ("three", "five", "four", "seven", "six", "empty")
_LETTERED = 700.0  # square pixels of a shape from which on its bloc's letter stands in it
# What was one state until a year, by the states that are there now; those with a seat of their own are drawn by it.
_WHOLE = {
    "RUS": (1991, ("ARM", "AZE", "BLR", "EST", "GEO", "KAZ", "KGZ", "LTU", "LVA", "MDA", "TJK", "TKM", "UKR", "UZB")),
    "YUG": (1992, ("BIH", "HRV", "MKD", "MNE", "SRB", "SVN", "XKX")),
    "CSK": (1993, ("CZE", "SVK")),
}
_SOUTH = -58.0  # degrees; nobody votes farther south


@dataclass(frozen=True, slots=True)
class Arc:
    """A pair on the map: ``value`` above 0 is friendly (blue), below adverse (orange, dashed); ``weight`` from 0 to 1 is its
    width."""

    a: str
    b: str
    value: float
    weight: float
    words: str = ""


def equal_earth(longitude: float, latitude: float) -> tuple[float, float]:
    """A point on the map, in radii of the globe, east and north of its middle.

    >>> [round(v, 4) for v in equal_earth(180, 0)]
    [2.7066, 0.0]
    """
    a1, a2, a3, a4 = _A
    theta = math.asin(_ROOT * math.sin(math.radians(latitude)))
    square = theta * theta
    sixth = square**3
    x = math.radians(longitude) * math.cos(theta) / (_ROOT * (a1 + 3 * a2 * square + sixth * (7 * a3 + 9 * a4 * square)))
    return x, theta * (a1 + a2 * square + sixth * (a3 + a4 * square))


@cache
def world() -> Mapping[str, Any]:
    """The shapes and points of ``data/world.json``, in tenths of a degree."""
    text = (resources.files("dragoman.measure") / "data" / "world.json").read_text("utf-8")
    loaded: Mapping[str, Any] = json.loads(text)
    return loaded


def place(state: str) -> tuple[float, float] | None:
    """Longitude and latitude of the point that stands for a state; None where the map has none (Tuvalu)."""
    points = world()["points"]
    found = points.get(state) or points.get(codebook.load().country(state))
    return (found[0] / 10, found[1] / 10) if found else None


def pair_map(
    arcs: Sequence[Arc],
    *,
    title: str,
    subtitle: str,
    text: str,
    blocs: Mapping[str, str] | None = None,
    year: int | None = None,
    theme: str = "light",
    standalone: bool = False,
    name: str = "w",
) -> str:
    """Arcs between states on a map, as an SVG.

    Parameters: ``text`` is the foot (source, coverage, n); ``blocs`` gives the bloc of each state that is to be filled,
    ``year`` the time whose states they are. Arcs whose state the map has no point for are named in the foot.

    Raises UsageError for neither an arc nor a bloc.
    """
    if not arcs and not blocs:
        raise UsageError("a map of pairs needs at least one pair or one bloc")
    lost = sorted({s for arc in arcs for s in (arc.a, arc.b) if place(s) is None})
    if lost:
        text += f" Not on the map: {', '.join(lost)}."
    text += f" Map: {data_set('world-atlas').name}; borders are the data's and no claim."
    sizes = _sizes(blocs or {})
    top = heading_height(subtitle, _WIDTH)
    scale = (_WIDTH - 2 * MARGIN) / (2 * equal_earth(180, 0)[0])
    north, south = equal_earth(0, 84)[1], equal_earth(0, _SOUTH)[1]
    field = (north - south) * scale
    height = top + field + 40 + foot_height(text, _WIDTH)
    drawing = Drawing(_WIDTH, height, title, subtitle, name=name, theme=theme)

    def at(longitude: float, latitude: float) -> tuple[float, float]:
        x, y = equal_earth(longitude, max(latitude, _SOUTH))
        return _WIDTH / 2 + x * scale, top + (north - y) * scale

    heading(drawing, title, subtitle)
    roles = {bloc: _FILLS[i % len(_FILLS)] for i, bloc in enumerate(sizes)}
    filled = dict(blocs or {})
    _land(drawing, at, filled if year is None else _as_they_were(filled, year), roles)
    for arc in sorted(arcs, key=lambda a: (a.weight, a.a, a.b)):
        _arc(drawing, at, arc)
    _ends(drawing, at, arcs)
    _key(drawing, top + field + 18, sizes, roles, arcs)
    foot(drawing, text)
    return drawing.svg(standalone=standalone)


def bloc_map(
    period: Period,
    *,
    states: Sequence[str] = COUNCIL,
    pairs: int = 25,
    theme: str = "light",
    standalone: bool = False,
    name: str = "w",
) -> str:
    """The blocs of a period on a map, with the ties between some states as arcs.

    Parameters: of votes the arcs are all pairs of ``states`` (the permanent members of the Security Council by default), as
    wide as the tie is strong; of events they are the ``pairs`` with most event groups, as wide as these are many.
    """
    network = period.network
    blocs = {state: bloc.name for bloc in period.blocs for state in bloc.states}
    title = f"Blocs on the map, {network.label}"
    if network.ballots is None:
        arcs = busiest(network, pairs)
        unit, drawn = "event groups", f"the {len(arcs)} pairs with most events, as wide as these are many"
    else:
        arcs = between(network, states)
        unit, drawn = "contested roll calls", f"how {', '.join(states)} vote ({network.measure}), as wide as the tie is strong"
    subtitle = f"{len(period.blocs)} blocs of states, by colour and letter. Arcs: {drawn}."
    how = ["Grey states stand in no bloc or were not placed."]
    if network.year is not None and network.year < max(until for until, _ in _WHOLE.values()):
        how.append(
            "Today's borders: what was one state then is in its colour; two Germanys and two Yemens cannot be told apart."
        )
    text = notes(network.source, f"{network.matters:,} {unit}, {len(network.states)} states", how)
    look: dict[str, Any] = {"theme": theme, "standalone": standalone, "name": name}
    return pair_map(arcs, title=title, subtitle=subtitle, text=text, blocs=blocs, year=network.year, **look)


def _as_they_were(blocs: Mapping[str, str], year: int) -> dict[str, str]:
    """The blocs, with the territories of states that were one in that year."""
    out = dict(blocs)
    for whole, (until, parts) in _WHOLE.items():
        if year < until and whole in blocs:
            out |= {part: blocs[whole] for part in parts if part not in blocs}
    return out


def between(network: Network, states: Sequence[str]) -> list[Arc]:
    """All pairs of these states that have a tie, as arcs as wide as the tie is strong."""
    out = []
    for i, a in enumerate(states):
        for b in states[i + 1 :]:
            tie = network.tie(a, b) if a in network.states and b in network.states else None
            if tie is not None:
                out.append(Arc(a, b, tie, min(abs(tie), 1.0), f"{a} and {b}: {tie:.2f}"))
    return out


def busiest(network: Network, pairs: int) -> list[Arc]:
    """The pairs with most event groups, as arcs as wide as these are many."""
    one, two = np.triu_indices(len(network.states), 1)
    n = network.n[one, two]
    chosen = [int(k) for k in np.argsort(-n, kind="stable")[:pairs] if n[k] > 0]
    most = max((float(n[k]) for k in chosen), default=1.0)
    out = []
    for k in chosen:
        a, b = network.states[one[k]], network.states[two[k]]
        tie = float(network.ties[one[k], two[k]])
        out.append(Arc(a, b, tie, float(n[k]) / most, f"{a} and {b}: {int(n[k])} event groups, net cooperation {tie:.2f}"))
    return out


# What is drawn


def _sizes(blocs: Mapping[str, str]) -> dict[str, int]:
    """Blocs by size, the largest first."""
    counts: dict[str, int] = {}
    for bloc in blocs.values():
        counts[bloc] = counts.get(bloc, 0) + 1
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _land(drawing: Drawing, at: Any, blocs: Mapping[str, str], roles: Mapping[str, str]) -> None:
    today = {codebook.load().country(state): bloc for state, bloc in blocs.items()} | dict(blocs)
    letters = []
    for shape in world()["shapes"]:
        bloc = today.get(shape["state"])
        role = roles[bloc] if bloc else "grid"
        d, largest = "", 0.0
        for ring in shape["rings"]:
            points = [at(x / 10, y / 10) for x, y in ring]
            d += "M" + "L".join(f"{number(x)},{number(y)}" for x, y in points) + "Z"
            largest = max(largest, _area(points))
        words = f"<title>{shape['state']}: bloc {bloc}</title>" if bloc else ""
        paint = f'class="f-{role} s-paper" fill="{drawing.colour(role)}" stroke="{drawing.colour("paper")}"'
        drawing.add(f'<path d="{d}" {paint} stroke-width="0.6" fill-opacity="{0.7 if bloc else 1}">{words}</path>')
        point = place(shape["state"]) if bloc else None
        if bloc and point and largest > _LETTERED:
            letters.append((*at(*point), bloc))
    for x, y, bloc in letters:
        drawing.text(x, y + 4, bloc, size=11, anchor="middle")


def _area(points: Sequence[tuple[float, float]]) -> float:
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(points))) / 2


def _arc(drawing: Drawing, at: Any, arc: Arc) -> None:
    one, two = place(arc.a), place(arc.b)
    if one is None or two is None:
        return
    (x1, y1), (x2, y2) = at(*one), at(*two)
    if x1 > x2:
        x1, y1, x2, y2 = x2, y2, x1, y1
    rise = 0.22 * math.hypot(x2 - x1, y2 - y1)
    middle = ((x1 + x2) / 2, max((y1 + y2) / 2 - rise, 0.0))
    d = f"M{number(x1)},{number(y1)} Q{number(middle[0])},{number(middle[1])} {number(x2)},{number(y2)}"
    role = "cooperation" if arc.value >= 0 else "conflict"
    width = 1 + 4 * arc.weight
    dash = "" if arc.value >= 0 else f' stroke-dasharray="{number(width * 2.5)} {number(width * 1.2)}"'
    words = f"<title>{arc.words}</title>"
    halo = f'class="s-paper" stroke="{drawing.colour("paper")}" stroke-width="{number(width + 2)}" stroke-opacity="0.9"'
    line = f'class="s-{role}" stroke="{drawing.colour(role)}" stroke-width="{number(width)}"{dash}'
    drawing.add(f'<path d="{d}" fill="none" {halo}/><path d="{d}" fill="none" {line}>{words}</path>')


def _ends(drawing: Drawing, at: Any, arcs: Sequence[Arc]) -> None:
    """A dot for every state that an arc ends at, and its name unless that would cover another name or another's dot."""
    ends = dict.fromkeys(s for arc in sorted(arcs, key=lambda a: -a.weight) for s in (arc.a, arc.b))
    dots = {state: at(*point) for state in ends if (point := place(state)) is not None}
    for x, y in dots.values():
        drawing.circle(x, y, 3, "ink", "paper")
    taken = {state: (x - 3, y - 3, x + 3, y + 3) for state, (x, y) in dots.items()}
    named: list[tuple[float, float, float, float]] = []
    for state, (x, y) in dots.items():
        wide = width_of(state, 11)
        others = [*named, *(box for other, box in taken.items() if other != state)]
        for left, base in ((x + 5, y + 4), (x - 5 - wide, y + 4), (x - wide / 2, y + 15), (x - wide / 2, y - 7)):
            box = (left, base - 9, left + wide, base + 1)
            if not any(box[0] < o[2] and o[0] < box[2] and box[1] < o[3] and o[1] < box[3] for o in others):
                drawing.text(left, base, state, size=11, bold=True, halo=True)
                named.append(box)
                break


def _key(drawing: Drawing, y: float, sizes: Mapping[str, int], roles: Mapping[str, str], arcs: Sequence[Arc]) -> None:
    x = MARGIN
    for bloc, size in sizes.items():
        words = f"{bloc}: {size} states"
        if x + 24 + width_of(words) > drawing.width - 330 and arcs:
            break
        drawing.rect(x, y - 10, 14, 12, roles[bloc], "muted", opacity=0.7)
        drawing.text(x + 20, y, words)
        x += 44 + width_of(words)
    if arcs:
        x = drawing.width - MARGIN - 290
        drawing.line(x, y - 4, x + 30, y - 4, "cooperation", 3)
        drawing.text(x + 36, y, "stand together")
        drawing.line(x + 150, y - 4, x + 180, y - 4, "conflict", 3, "7 4")
        drawing.text(x + 186, y, "stand apart")
