"""What a noun phrase says by itself: the record that the grammar of ``descriptions`` fills."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from dragoman.coding.actors.lexicon import Entry
from dragoman.coding.actors.units import Unit

PhraseKind = Literal["state", "organisation", "person", "described", "pronoun", "name", "none"]
Chooser = Callable[[Sequence[Entry]], Entry | None]

# Said of a state's government these are the state itself: one actor, one id.
STATE_WORDS = frozenset(
    "government administration regime authorities leadership state country nation republic kingdom federal-government "
    "central-government federal government central government governments".split()
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """``country`` None: not said; ``owner`` the unit whose country counts ("its", "Obama"); ``how`` the country was told."""

    start: int
    end: int
    kind: PhraseKind
    head: str
    name: str | None = None
    id: str | None = None
    country: str | None = None
    sector: str | None = None
    organisation: str | None = None
    role: str | None = None
    word: Entry | None = None
    former: bool = False
    definite: bool = False
    indefinite: bool = False
    plural: bool = False
    count: int | None = None
    owner: Unit | None = None
    unit: Unit | None = None
    general: bool = False
    how: str = "nothing"
    each: bool = False  # "each side", "either country"
    other: bool = False  # "another man", "other students": not the ones before
    lead: str = ""
    away: str | None = None  # the country that they come from and do not speak for: exiles, ethnic Albanians
