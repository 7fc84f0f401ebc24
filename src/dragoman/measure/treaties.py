"""Treaties of alliance: what two states owe each other in a year, and how alike their sets of allies are.

An obligation is 1 where a treaty in force holds it, 0 where both states were in the system of states and none did, and missing
(None) outside the data's years or the states' own. Defence and offence pledges make an alliance; consultation, neutrality and
non-aggression alone make a partnership, and Dragoman calls them so.

References
----------
Leeds, Brett Ashley, Jeffrey M. Ritter, Sara McLaughlin Mitchell and Andrew G. Long (2002): Alliance Treaty Obligations and
Provisions, 1815-1944. International Interactions 28(3), 237-260.
Signorino, Curtis S. and Jeffrey M. Ritter (1999): Tau-b or Not Tau-b. International Studies Quarterly 43(1), 115-144.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import pyarrow as pa

from dragoman.errors import InputError, UsageError
from dragoman.measure import frames
from dragoman.measure.cow import in_system, members, state_of
from dragoman.measure.datasets import DataSet, source
from dragoman.measure.likeness import Alike, alike
from dragoman.measure.rfile import read_rda

OBLIGATIONS = ("defense", "offense", "neutral", "nonagg", "consul")
_COLUMNS = ("ccode1", "ccode2", "year", *(f"atop_{name}" for name in OBLIGATIONS))
_STRENGTH = (("defense", 3), ("offense", 3), ("neutral", 2), ("nonagg", 2), ("consul", 1))
STRONGEST = 3


@dataclass(frozen=True, slots=True)
class Obligations:
    """What two states owe each other in a year, each 0 or 1."""

    defense: int
    offense: int
    neutral: int
    nonagg: int
    consul: int

    @property
    def kind(self) -> str:
        """``alliance`` with a pledge to fight, ``partnership`` with any other, ``none``."""
        if self.defense or self.offense:
            return "alliance"
        return "partnership" if self.neutral or self.nonagg or self.consul else "none"

    @property
    def strength(self) -> int:
        """The strongest: defence or offence 3, neutrality or non-aggression 2, consultation 1, none 0 (Signorino and Ritter
        1999)."""
        return max((value for name, value in _STRENGTH if getattr(self, name)), default=0)


NONE = Obligations(0, 0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Treaties:
    """Obligations by pair (in alphabetic order) and year; pairs without any are not listed.

    ``left_out`` counts rows by Correlates of War number where the codebook knows no such state (Baden, Tuscany).
    """

    held: Mapping[tuple[str, str, int], Obligations]
    first: int
    last: int
    source: DataSet
    left_out: Mapping[int, int]

    def covers(self, a: str, b: str, year: int) -> bool:
        """Whether the data say something about the pair: the year is covered and both were in the system of states."""
        return self.first <= year <= self.last and in_system(a, year) and in_system(b, year)

    def between(self, a: str, b: str, year: int) -> Obligations | None:
        """What two states owe each other in a year; None outside the coverage. Raises UsageError for an unknown state or one
        twice."""
        one, two = sorted(frames.pair(a, b))
        found = self.held.get((one, two, year))
        if found is not None:
            return found
        return NONE if self.covers(one, two, year) else None

    def table(self, a: str, b: str, *, since: int | None = None, until: int | None = None) -> pa.Table:
        """One row a year: year, the five obligations (null outside the coverage), kind. Unit: dyad-year.

        Raises UsageError for an unknown state, a pair of one state, years reversed or outside the data.
        """
        one, two = frames.pair(a, b)
        years = self._years(since, until)
        rows = []
        for year in years:
            found = self.between(one, two, year)
            values = {name: getattr(found, name) if found else None for name in OBLIGATIONS}
            rows.append({"year": year, **values, "kind": found.kind if found else None})
        kinds = {"year": pa.int32(), "kind": pa.string()}
        table = pa.Table.from_pylist(rows, pa.schema([(name, kinds.get(name, pa.int8())) for name in rows[0]]))
        return frames.mark(
            table, "dyad-year", {"pair": [one, two], "source": self.source.short, "coverage": self.source.coverage}
        )

    def similarity(self, a: str, b: str, year: int) -> Alike:
        """How alike the alliances of two states are: S, kappa and pi over all states of the system in that year, themselves
        included.

        Each state's portfolio holds the strength of its tie to every state (0 to 3); to itself a state is tied by 3
        (Signorino and Ritter 1999). Raises UsageError outside the coverage.
        """
        one, two = frames.pair(a, b)
        if not self.covers(one, two, year):
            first, last = self.first, self.last
            raise UsageError(f"no treaties of {one} and {two} in {year}: the data cover independent states, {first} to {last}")
        ties = [[self._strength(state, other, year) for other in members(year)] for state in (one, two)]
        return alike(ties[0], ties[1], span=STRONGEST)

    def _strength(self, state: str, other: str, year: int) -> float:
        if state == other:
            return STRONGEST
        one, two = sorted((state, other))
        return self.held.get((one, two, year), NONE).strength

    def _years(self, since: int | None, until: int | None) -> range:
        if since is not None and until is not None and until < since:
            raise UsageError(f"the years end ({until}) before they begin ({since}); give since before until")
        years = range(max(since or self.first, self.first), min(until or self.last, self.last) + 1)
        if not years:
            raise UsageError(f"no treaties from {since} to {until}; the data cover {self.first} to {self.last}")
        return years


def read_treaties(path: str | Path) -> Treaties:
    """Alliance obligations from ``atop_alliance.rda`` of the R package peacesciencer (directed dyad-years of ATOP 5.1).

    Raises MissingInput, EmptyInput, BinaryInput, or InputError for a file with other columns.
    """
    name = str(path)
    tables = read_rda(path)
    table = next((t for t in tables.values() if set(_COLUMNS) <= set(t.column_names)), None)
    if table is None:
        found = "; ".join(f"{key} has {', '.join(t.column_names)}" for key, t in tables.items())
        raise InputError(f"these are no treaties: expected the columns {', '.join(_COLUMNS)}, {found}", name)
    held: dict[tuple[str, str, int], Obligations] = {}
    unknown: Counter[int] = Counter()
    columns = [table[c].to_pylist() for c in _COLUMNS]
    years = [int(y) for y in columns[2]]
    for cow_a, cow_b, year, *values in zip(columns[0], columns[1], years, *columns[3:], strict=True):
        a, b = state_of(int(cow_a), year), state_of(int(cow_b), year)
        if a is None or b is None:
            unknown[int(cow_b if b is None else cow_a)] += 1
            continue
        one, two = sorted((a, b))
        before = held.get((one, two, year), NONE)
        held[one, two, year] = Obligations(
            *(max(getattr(before, o), int(v or 0)) for o, v in zip(OBLIGATIONS, values, strict=True))
        )
    first, last = min(years), max(years)
    data = source("atop").covering(f"{first}-01-01", f"{last}-12-31")
    return Treaties(MappingProxyType(held), first, last, data, MappingProxyType(dict(sorted(unknown.items()))))
