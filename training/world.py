"""Builds ``src/dragoman/measure/data/world.json`` from the npm package world-atlas: python training/world.py FOLDER.

FOLDER is the unpacked package (``npm pack world-atlas@2.0.2``). Shapes are those of 1:110m, rounded to a tenth of a degree; the
point that stands for a state is the middle of its largest part at 1:50m, which has the small islands too. Natural Earth is in
the public domain; world-atlas is under the ISC licence (Mike Bostock).
"""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

from dragoman.errors import UsageError
from dragoman.measure import frames

OUT = Path(__file__).parents[1] / "src/dragoman/measure/data/world.json"
# Natural Earth shortens names; two areas are drawn with the state whose territory they are in the view of the United Nations.
NAMES = {
    "Antigua and Barb.": "ATG", "Bosnia and Herz.": "BIH", "Central African Rep.": "CAF", "Congo": "COG", "Cook Is.": "COK",
    "Dem. Rep. Congo": "COD", "Dominican Rep.": "DOM", "Eq. Guinea": "GNQ", "Faeroe Is.": "FRO", "Falkland Is.": "FLK",
    "Macedonia": "MKD", "Marshall Is.": "MHL", "N. Cyprus": "CYP", "Solomon Is.": "SLB", "Somaliland": "SOM",
    "St. Kitts and Nevis": "KNA", "St. Vin. and Gren.": "VCT", "São Tomé and Principe": "STP", "W. Sahara": "ESH",
    "eSwatini": "SWZ", "S. Sudan": "SSD", "Czechia": "CZE", "Micronesia": "FSM",
}  # fmt: skip
Ring = list[tuple[float, float]]


def main(folder: Path) -> None:
    shapes = [
        {"state": code, "rings": [[[round(x * 10), round(y * 10)] for x, y in part] for ring in rings for part in cut(ring)]}
        for name, rings in read(folder / "countries-110m.json")
        if (code := state(name)) != "ATA" and name != "Antarctica"
    ]
    points: dict[str, list[int]] = {}
    for name, rings in read(folder / "countries-50m.json"):
        code = state(name)
        if code is not None and code not in points:
            x, y = middle(max((unrolled(ring) for ring in rings), key=area))
            points[code] = [round((x + 180) % 360 * 10 - 1800), round(y * 10)]
    shapes.sort(key=lambda s: (str(s["state"]), s["rings"]))
    note = "Natural Earth 4.1 (public domain) by world-atlas 2.0.2 (ISC); tenths of a degree, by training/world.py"
    text = json.dumps({"note": note, "points": dict(sorted(points.items())), "shapes": shapes}, separators=(",", ":"))
    OUT.write_text(text + "\n", "utf-8")
    print(f"{len(shapes)} shapes, {len(points)} points, {len(text):,} bytes")


def state(name: str) -> str | None:
    if name in NAMES:
        return NAMES[name]
    try:
        return frames.state(name)
    except UsageError:
        return None


def read(path: Path) -> list[tuple[str, list[Ring]]]:
    """Name and outer rings of every country of a TopoJSON file."""
    topology: dict[str, Any] = json.loads(path.read_text("utf-8"))
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs: list[Ring] = []
    for arc in topology["arcs"]:
        x = y = 0
        ring: Ring = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            ring.append((x * sx + tx, y * sy + ty))
        arcs.append(ring)
    out = []
    for shape in topology["objects"]["countries"]["geometries"]:
        parts = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
        out.append((shape["properties"]["name"], [joined(part[0], arcs) for part in parts]))
    return out


def joined(numbers: list[int], arcs: list[Ring]) -> Ring:
    """The ring that these arcs make; a negative number is an arc walked backwards."""
    ring: Ring = []
    for n in numbers:
        ring.extend((arcs[n] if n >= 0 else arcs[~n][::-1])[1 if ring else 0 :])
    return ring


def unrolled(ring: Ring) -> Ring:
    """The ring without jumps at 180 degrees: its longitudes may pass them."""
    out = [ring[0]]
    for x, y in ring[1:]:
        out.append((x - 360 * round((x - out[-1][0]) / 360), y))
    return out


def cut(ring: Ring) -> list[Ring]:
    """The ring's parts on this side of 180 degrees and beyond, all between -180 and 180."""
    whole = unrolled(ring)
    parts = []
    for turn in (-360, 0, 360):
        part = [(x + turn, y) for x, y in whole]
        for edge, side in ((-180.0, 1), (180.0, -1)):
            part = clipped(part, edge, side)
        if len(part) > 3:
            parts.append(part)
    return parts


def clipped(ring: Ring, edge: float, side: int) -> Ring:
    """What of a ring lies east (1) or west (-1) of a meridian (Sutherland and Hodgman 1974)."""
    out: Ring = []
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], *ring[:1]], strict=True):
        inside, next_inside = side * (x1 - edge) >= 0, side * (x2 - edge) >= 0
        if inside:
            out.append((x1, y1))
        if inside != next_inside:
            out.append((edge, y1 + (edge - x1) / (x2 - x1) * (y2 - y1)))
    return out


def area(ring: Ring) -> float:
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))) / 2


def middle(ring: Ring) -> tuple[float, float]:
    """The centre of gravity of a ring; of a tiny one the mean of its corners."""
    crosses = [(x1 * y2 - x2 * y1, x1 + x2, y1 + y2) for (x1, y1), (x2, y2) in pairwise(ring)]
    whole = sum(c for c, _, _ in crosses)
    if abs(whole) < 1e-9:
        return sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring)
    return sum(c * x for c, x, _ in crosses) / (3 * whole), sum(c * y for c, _, y in crosses) / (3 * whole)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
