"""Rows for layouts without a column for modality: what was not done must not read as done.

The field's usual conversion (docs/codebook.md): planned cooperation is a promise, planned conflict a threat, denied cooperation
a rejection, denied conflict a concession. What is only hypothetical has no place in such a layout and is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from dragoman.archive.importing.layout import written
from dragoman.codebook import events, foreign

DONE = ("happened", "ongoing")
Row = dict[str, Any]
_SIDES = ("actor", "text", "start", "end", "country", "sector", "name")
_OTHER = {f"{a}_{part}": f"{b}_{part}" for part in _SIDES for a, b in (("source", "target"), ("target", "source"))}


def folded(root: str | None, modality: str | None) -> str | None:
    """The root that stands for root and modality together; None where the row has no place."""
    if root is None or modality == "hypothetical":
        return None
    if modality in DONE or modality is None:
        return root
    cooperation = events.load().roots[root].quad <= 2
    if modality == "planned":
        return "AGREE" if cooperation else "THREATEN"
    return "REJECT" if cooperation else "CONCEDE"


def cameo_code(row: Mapping[str, Any]) -> str | None:
    """The CAMEO code of a row in three or four digits; None where it has no place.

    A code that a row was imported with says its modality itself. Our own rows have CAMEO's root, which is written with a 0; a
    planned one has the code of its express intent where CAMEO has one.
    """
    code = row["cameo"]
    known = foreign.cameo().get(code or "")
    if known is not None and len(code) > 2 and (known.meaning.root, known.meaning.modality) == (row["root"], row["modality"]):
        return str(code)
    if row["modality"] == "planned" and row["root"] in _intents():
        return _intents()[row["root"]]
    root = folded(row["root"], row["modality"])
    if root is None:
        return None
    own = code if root == row["root"] and code else events.load().roots[root].cameo
    return own if len(own) > 2 else f"{own}0"


@cache
def _intents() -> dict[str, str]:
    """CAMEO's one general code of three digits for the intent to do a root."""
    found: dict[str, list[str]] = {}
    for code in foreign.cameo().values():
        if code.meaning.modality == "planned" and code.meaning.mode is None and len(code.code) == 3 and code.meaning.root:
            found.setdefault(code.meaning.root, []).append(code.code)
    return {root: codes[0] for root, codes in found.items() if len(codes) == 1}


def both_ways(rows: Iterable[Row]) -> Iterator[Row]:
    """Mutual rows once for each direction, as ICEWS and POLECAT have them; the second has ``-2`` after its id."""
    for row in rows:
        yield row
        if row["mutual"]:
            turned = {name: row[_OTHER.get(name, name)] for name in row}
            yield {**turned, "id": f"{row['id']}-2"}


def number(value: float | None, kept: str | None = None) -> str | None:
    """A number as short as it can be read back; as it was imported (``1.50``) where that is the same number."""
    if value is None:
        return None
    return kept if kept is not None and float(kept) == value else written(value)
