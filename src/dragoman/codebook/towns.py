"""Provinces and towns as words for a country: what "police in Accra" and "the Texas governor" rest on.

Provinces are in ``provinces.csv``; towns come from ``places.csv.gz`` above a population, the larger of one name first.
"""

from __future__ import annotations

import csv
import gzip
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

SMALLEST = 60_000  # inhabitants: below, a name in a text is oftener a person's or a firm's
PROVINCE = 3_000_000  # the weight of a province against towns of its name
CLEAR = 4.0  # times as many inhabitants make one of two towns the one that is meant

# Towns whose names are ordinary words or well-known surnames: in a headline's capitals those are meant.
NOT_MEANT = frozenset(
    "More Most Drug Name Roles Come Human Gold Man Progress Rest Sale Hub Rapid Surprise Mission Tour Torn Spoken Chair "
    "Grenade Enterprise Luck Noisy Confederation Tale Salt Temple Maras Independence Wedding Bush Kennedy George David "
    "Roman".split()
)

Towns = Mapping[str, tuple[tuple[str, int], ...]]


def folded(name: str) -> str:
    """Without accents, case kept."""
    if name.isascii():
        return name
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))


def read_towns(folder: Path) -> Towns:
    """Name without accents -> (country, weight), the heaviest first."""
    weights: dict[str, dict[str, int]] = {}
    provinces = folder / "provinces.csv"
    if provinces.exists():
        with provinces.open(encoding="utf-8", newline="") as file:
            for country, names in list(csv.reader(file))[1:]:
                for name in names.split(";"):
                    weights.setdefault(folded(name), {})[country] = PROVINCE
    places = folder / "places.csv.gz"
    if places.exists():
        for line in gzip.decompress(places.read_bytes()).decode("utf-8").split("\n")[1:]:
            start, _, population = line.rpartition(",")[0].rpartition(",")
            if len(population) < 5 or int(population) < SMALLEST or line[0] == '"':
                continue
            name, country, _ = start.split(",", 2)
            if name in NOT_MEANT:
                continue
            mine = weights.setdefault(folded(name), {})
            mine[country] = max(mine.get(country, 0), int(population))
    return MappingProxyType({n: tuple(sorted(w.items(), key=lambda i: (-i[1], i[0]))) for n, w in weights.items()})
