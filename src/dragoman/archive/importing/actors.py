"""Actors of other data sets in our columns: id, country and sector, each only where the codebook has it."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Any

from dragoman import codebook
from dragoman.archive.importing.layout import Cells
from dragoman.codebook import foreign
from dragoman.codebook.tables import NO_STATE
from dragoman.coding.actors.identifiers import slug

_BEHIND = re.compile(r"(.*?)\s*\(([^()]*)\)\s*")


def country(cells: Cells, system: str, code: str | None) -> str | None:
    """The alpha-3 code of a state as another data set writes it; a code that the codebook lacks is noted, and None."""
    if code is None:
        return None
    found = foreign.country_codes(system).get(code)
    book = codebook.load()
    if found is None and system in ("cameo", "iso3") and book.state(code) is not None:
        found = code
    if found is None and system not in ("cameo", "iso3", "fips", "gw", "iso-numeric"):
        states = book.states_by("name", code)
        found = states[0].id if len(states) == 1 else None
    if found is None:
        cells.note(f"{system} country {code!r} is no state of the codebook")
    return found


def actor(
    side: str,
    name: str | None,
    country: str | None,
    sector: str | None,
    on: date | None,
    *,
    alone: bool = False,
    by_name: bool = False,
) -> dict[str, Any]:
    """The columns of one side. ``alone``: the name stands without any kind of actor, so a state's name is its government.

    An organisation of the codebook brings its own id, and its sector where none is given. A person has the sector of the office
    held on that day where the data set gives none. ``by_name``: the data set has names only, so that the codebook says the
    country too. Nobody has no columns at all.
    """
    if name is None and country is None and sector is None:
        return {}
    id_, country, sector = _identified(name, country, sector, on, alone, by_name)
    return {f"{side}_actor": id_, f"{side}_text": name, f"{side}_country": country, f"{side}_sector": sector}


@lru_cache(maxsize=100_000)  # a data set names the same few thousand actors again and again
def _identified(
    name: str | None, country: str | None, sector: str | None, on: date | None, alone: bool, by_name: bool
) -> tuple[str, str | None, str | None]:
    """Id, country and sector."""
    book = codebook.load()
    bare, behind = apart(name)
    if alone and country is not None and (name is None or country in {s.id for s in book.states_by("name", bare or "")}):
        return country, country, sector or "GOV"
    bodies = [b for b in book.organisations_by_name(bare or "") if country in (None, b.country)] if not behind else []
    if len(bodies) == 1:
        body = bodies[0]
        own = body.country if by_name or body.country in NO_STATE else None
        return body.id, country or own, sector or body.sector
    if bare and not behind and on is not None:
        held = {(h.country, h.sector) for h in book.offices_on(bare, on) if country in (None, h.country) and h.country}
        if len(held) == 1 and (country is not None or by_name):
            country, sector = (country, sector or held.pop()[1]) if country else held.pop()
    word = book.word((bare or "").lower())
    sector = sector or (word.sector if word else None)
    country = country or (sector if sector == "IGO" else None)  # of no state, whatever it is called
    return f"{country or 'XXX'}.{sector or 'UNK'}.{slug(bare or '') or 'unnamed'}", country, sector


def apart(name: str | None) -> tuple[str | None, str | None]:
    """``Police (India)`` as ``("Police", "India")``."""
    found = _BEHIND.fullmatch(name or "")
    return (found[1] or None, found[2] or None) if found else (name, None)


def coded(cells: Cells, meaning: foreign.Meaning, cameo: str | None, what: str) -> dict[str, Any]:
    """Root, quad and intensity by the codebook; a code without a root is noted, and the row is kept without one."""
    if meaning.root is None:
        cells.note(f"{what} has no root")
    return {
        "root": meaning.root,
        "mode": meaning.mode,
        "quad": meaning.quad,
        "cameo": cameo if cameo is not None else meaning.cameo,
        "intensity": meaning.intensity,
        "modality": meaning.modality,
        "mutual": meaning.mutual,
    }
