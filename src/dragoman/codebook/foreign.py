"""The codes of other event data sets, and what they are in this codebook: cameo.csv, country_codes.csv, foreign_*.csv.

Nothing here guesses: a code that is not in a file has no translation, and whoever asks is told so.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from dragoman.codebook import events, loader
from dragoman.codebook.tables import SECTORS
from dragoman.errors import CodebookError

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Meaning:
    """A code's root, mode and modality; all None where it is no event of this codebook (a bare statement)."""

    root: str | None
    mode: str | None
    modality: str | None
    mutual: bool = False

    @property
    def quad(self) -> int | None:
        return events.load().roots[self.root].quad if self.root else None

    @property
    def intensity(self) -> float | None:
        """The mode's, else the root's."""
        if self.root is None:
            return None
        root = events.load().roots[self.root]
        return next((m.intensity for m in root.modes if m.name == self.mode and m.intensity is not None), root.intensity)

    @property
    def cameo(self) -> str | None:
        if self.root is None:
            return None
        root = events.load().roots[self.root]
        return next((m.cameo for m in root.modes if m.name == self.mode and m.cameo), root.cameo)


@dataclass(frozen=True, slots=True)
class Cameo:
    """A CAMEO code (a string: ``040`` keeps its zeros), its name in ICEWS files, its Goldstein score as written there."""

    code: str
    label: str
    goldstein: str
    meaning: Meaning


@cache
def cameo() -> Mapping[str, Cameo]:
    """Every CAMEO code. Raises CodebookError naming the line that breaks the rules."""
    out = {}
    for line, row in _rows("cameo.csv"):
        meaning = _meaning("cameo.csv", line, row, row["modality"] or None)
        out[row["code"]] = Cameo(row["code"], row["label"], row["goldstein"], meaning)
    return MappingProxyType(out)


@cache
def cameo_labels() -> Mapping[str, Cameo]:
    """CAMEO codes by their name; the code of three or four digits where the root of two has the same name."""
    return MappingProxyType({c.label: c for c in sorted(cameo().values(), key=lambda c: len(c.code))} | _own_labels())


def _own_labels() -> dict[str, Cameo]:
    longest: dict[str, Cameo] = {}
    for code in cameo().values():
        if len(code.code) > 2:
            longest.setdefault(code.label, code)
    return longest


@cache
def country_codes(system: str) -> Mapping[str, str]:
    """Alpha-3 code by the code of another system: gw, cow, fips, iso-numeric, cameo, icews."""
    found = {}
    for line, row in _rows("country_codes.csv"):
        if loader.load().state(row["country"]) is None:
            raise CodebookError(
                f"country_codes.csv line {line}: unknown code {row['country']!r}; it needs a state of states.csv"
            )
        if row["system"] == system:
            found[row["code"]] = row["country"]
    return MappingProxyType(found)


@cache
def country_names(system: str) -> Mapping[str, str]:
    """The other way: a code of another system for each alpha-3 code; the first in the file where it has several."""
    out: dict[str, str] = {}
    for code, country in country_codes(system).items():
        out.setdefault(country, code)
    return MappingProxyType(out)


@cache
def _sectors(layout: str) -> Mapping[str, tuple[int, str]]:
    found = {}
    for line, row in _rows("foreign_sectors.csv"):
        if row["sector"] not in SECTORS:
            raise CodebookError(
                f"foreign_sectors.csv line {line}: unknown sector {row['sector']!r}; one of {' '.join(SECTORS)}"
            )
        if row["layout"] == layout:
            found[row["label"]] = (line, row["sector"])
    return MappingProxyType(found)


def sector(layout: str, labels: Iterable[str]) -> str | None:
    """The sector of an actor with these kinds: of several the first in the file; None where none of them is listed."""
    known = _sectors(layout)
    return min((known[label] for label in labels if label in known), default=(0, None))[1]


@cache
def foreign_events(layout: str) -> Mapping[str, Meaning]:
    """Root and mode of another data set's kinds of events."""
    return MappingProxyType(
        {
            row["label"]: _meaning("foreign_events.csv", line, row, "happened", row["mutual"] == "true")
            for line, row in _rows("foreign_events.csv")
            if row["layout"] == layout
        }
    )


def _meaning(file: str, line: int, row: dict[str, str], modality: str | None, mutual: bool = False) -> Meaning:
    if not row["root"]:
        return Meaning(None, None, None)
    root = events.load().roots.get(row["root"])
    if root is None or (row["mode"] and row["mode"] not in [mode.name for mode in root.modes]):
        raise CodebookError(f"{file} line {line}: no root or mode {row['root']} {row['mode']} in events.toml")
    return Meaning(root.name, row["mode"] or None, modality, mutual)


def _rows(file: str) -> list[tuple[int, dict[str, str]]]:
    with (DATA / file).open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        return [(reader.line_num, row) for row in reader]
