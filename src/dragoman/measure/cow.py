"""States by their Correlates of War number, and the years in which a state was a member of the system of states.

Alliance and vote data count states by these numbers. Years are whole: a state counts from the year in which it became
independent.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources
from typing import NamedTuple


class Spell(NamedTuple):
    """Years in which a state was in the system, both included; ``last`` is 9999 where it still is."""

    cow: int
    state: str
    first: int
    last: int


@cache
def spells() -> tuple[Spell, ...]:
    """All spells of ``data/cow.csv``."""
    with (resources.files("dragoman.measure") / "data" / "cow.csv").open(encoding="utf-8") as file:
        rows = csv.DictReader(file)
        return tuple(Spell(int(r["cow"]), r["state"], int(r["from"]), int(r["to"] or 9999)) for r in rows)


@cache
def state_of(cow: int, year: int) -> str | None:
    """The codebook's id of a numbered state in a year; None for a number the table does not know (Baden, Tuscany).

    Outside the state's years the nearest spell decides: Ukraine voted in the United Nations before it was independent.
    """
    own = [s for s in spells() if s.cow == cow]
    return min(own, key=lambda s: max(s.first - year, year - s.last, 0)).state if own else None


@cache
def in_system(state: str, year: int) -> bool:
    """Whether a state was independent in a year, and so could have had a treaty of alliance."""
    return any(s.state == state and s.first <= year <= s.last for s in spells())


@cache
def members(year: int) -> tuple[str, ...]:
    """The states of the system in a year, by id."""
    return tuple(sorted({s.state for s in spells() if s.first <= year <= s.last}))
