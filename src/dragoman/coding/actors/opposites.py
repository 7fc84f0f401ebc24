"""Who is of another state than somebody: a counterpart is, and so is the colleague of whom a nationality is told second.

"Her Malaysian counterpart" says that she is no Malaysian. "Prime Minister Salleh and Indonesian President Pranoto" says it of
Salleh: were both Indonesians, the nationality would stand before the first of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.codebook.tables import NO_STATE
from dragoman.coding.actors.holders import HIGH
from dragoman.coding.actors.phrases import Chooser
from dragoman.coding.actors.units import Unit

_COUNTERPART = frozenset(("counterpart", "counterparts", "opposite number"))
_OF_STATES = frozenset(("foreign minister", "defence minister", "defense minister", "secretary of state", *HIGH))
_NATIONAL = ("adjective", "state")
_PERSONS = ("person", "name")
_WHOSE = (*_NATIONAL, "word", "preposition", "organisation", "place", "region")
_TITLE = ("word", "former", "hyphen", "other")


def apart(found: Sequence[Unit], choose: Chooser) -> Iterator[tuple[Unit, str]]:
    """Persons of a sentence with a country that is not theirs."""
    for n, unit in enumerate(found):
        if unit.kind == "word" and unit.low in _COUNTERPART:
            yield from _of_counterpart(found, n, choose)
        elif unit.kind in _PERSONS:
            country = _told_before(found, n, choose)
            if country is not None:
                yield from ((u, country) for u in _colleagues(found, n))


def of_counterpart(found: Sequence[Unit], n: int, choose: Chooser) -> str | None:
    """The country told of a counterpart: "his Indonesian counterpart", "its opposite number from Chad"; None without one."""
    if n and found[n - 1].kind in _NATIONAL:
        entry = choose(found[n - 1].entries)
        return entry.country if entry is not None else None
    if n + 2 < len(found) and found[n + 1].low in ("of", "from", "in") and found[n + 2].kind == "state":
        entry = choose(found[n + 2].entries)
        return entry.country if entry is not None else None
    return None


def _of_counterpart(found: Sequence[Unit], n: int, choose: Chooser) -> Iterator[tuple[Unit, str]]:
    """Whose counterpart somebody is: the owner by name ("Lund's"), else the person before "his" or "her"."""
    country = of_counterpart(found, n, choose)
    low = n
    while low > 0 and found[low - 1].kind in (*_NATIONAL, *_TITLE):
        low -= 1
    owner = found[low - 1] if low else None
    if country is None or owner is None:
        return
    if owner.kind in _PERSONS and owner.possessive:
        yield owner, country
    elif owner.low in ("his", "her"):
        before = next((u for u in reversed(found[: low - 1]) if u.kind in _PERSONS and not u.possessive), None)
        if before is not None:
            yield before, country


def _told_before(found: Sequence[Unit], n: int, choose: Chooser) -> str | None:
    """The country of "Indonesian President" before a name, an office in which states meet, or of "Malaysia's"."""
    if n and found[n - 1].kind == "state" and found[n - 1].possessive and " " in found[n].text:
        entry = choose(found[n - 1].entries)
        return entry.country if entry is not None else None
    low = n
    while low > 0 and found[low - 1].kind == "word":
        low -= 1
    if low == n or low == 0 or found[low - 1].kind not in _NATIONAL or found[n - 1].low not in _OF_STATES:
        return None
    entry = choose(found[low - 1].entries)
    return entry.country if entry is not None and entry.country not in NO_STATE else None


def _colleagues(found: Sequence[Unit], n: int) -> Iterator[Unit]:
    """Persons named earlier in the sentence by such an office alone: "Prime Minister Salleh"."""
    for k in range(1, n):
        unit, office = found[k], found[k - 1]
        if unit.kind in _PERSONS and not unit.possessive and office.kind == "word" and office.low in _OF_STATES:
            whose = found[k - 2].kind if k > 1 else None
            if whose not in _WHOSE:
                yield unit
