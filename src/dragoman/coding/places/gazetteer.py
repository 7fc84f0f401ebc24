"""Names of places with country and coordinates: cities of 15,000 people and more, provinces, waters, sites, seats of power.

Cities come from GeoNames (``places.csv.gz``, built by ``training/places.py``); a name is found by bisection in the sorted
lines, so that loading costs 50 ms and no table of 70,000 objects. Landmarks and provinces are the project's own
(``landmarks.csv``).
"""

from __future__ import annotations

import csv
import gzip
import unicodedata
from bisect import bisect_left
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

from dragoman.errors import CodebookError

_WEIGHTS = {"building": 5_000_000, "admin": 2_000_000, "water": 5_000_000, "site": 150_000}
_LETTERS = str.maketrans(dict(zip("łŁøØđĐðıþÞæÆœß’‘ʼ", (*"lLoOdDdi", "th", "Th", "ae", "Ae", "oe", "ss", *"'''"), strict=True)))


class Spot(NamedTuple):
    """One place that a name can mean. ``country`` is alpha-3, None for a sea; ``population`` also ranks what has no people."""

    name: str
    country: str | None
    state: str
    lat: float
    lon: float
    population: int
    own: bool
    kind: str


def plain(name: str) -> str:
    """The name without marks on its letters."""
    if name.isascii():
        return name
    folded = unicodedata.normalize("NFKD", name.translate(_LETTERS))
    return "".join(c for c in folded if not unicodedata.combining(c))


@cache
def _lines() -> list[str]:
    path = resources.files("dragoman.codebook") / "data" / "places.csv.gz"
    lines = gzip.decompress(path.read_bytes()).decode("utf-8").split("\n")
    if lines[0] != "name,country,state,lat,lon,population,own":
        raise CodebookError(f"places.csv.gz line 1: unknown columns {lines[0]!r}; build it again with training/places.py")
    return [line for line in lines[1:] if line]


@cache
def landmarks() -> dict[str, Spot]:
    """The project's own places by every name of theirs. Raises ``CodebookError`` where a line is wrong."""
    path = resources.files("dragoman.codebook") / "data" / "landmarks.csv"
    out: dict[str, Spot] = {}
    with path.open(encoding="utf-8") as file:
        for line, row in enumerate(csv.DictReader(file), 2):
            if row["kind"] not in _WEIGHTS or not -90 <= float(row["lat"]) <= 90 or not -180 <= float(row["lon"]) <= 180:
                kinds = ", ".join(_WEIGHTS)
                raise CodebookError(
                    f"landmarks.csv line {line}: a place needs a kind ({kinds}) and coordinates, found {dict(row)}"
                )
            spot = Spot(
                row["name"],
                row["country"] or None,
                "",
                float(row["lat"]),
                float(row["lon"]),
                _WEIGHTS[row["kind"]],
                True,
                row["kind"],
            )
            for name in (row["name"], *(n for n in row["names"].split(";") if n)):
                if name in out:
                    raise CodebookError(f"landmarks.csv line {line}: {name!r} already names {out[name].name}")
                out[name] = spot
    return out


@lru_cache(maxsize=20_000)
def spots(name: str) -> tuple[Spot, ...]:
    """Every place of that name, as written or without accents, most people first; empty where none is known."""
    own = landmarks().get(name)
    found = {
        spot
        for written in dict.fromkeys((name, plain(name), name.replace(" ", "-"), name.replace("-", " ")))
        for spot in _cities(written)
    }
    cities = sorted(found, key=lambda s: (-s.population, s))
    return (own, *(c for c in cities if c.country != own.country or own.kind == "site")) if own else tuple(cities)


def _cities(name: str) -> list[Spot]:
    lines, key = _lines(), name + ","
    out = []
    i = bisect_left(lines, key)
    while i < len(lines) and lines[i].startswith(key):
        _, country, state, lat, lon, population, own = lines[i].split(",")
        out.append(Spot(name, country, state, float(lat), float(lon), int(population), own == "1", "city"))
        i += 1
    return out
