"""POLECAT, coded by PLOVER (tab, header): its roots are ours, its modes and contexts where the codebook has them."""

from __future__ import annotations

from datetime import date
from typing import Any

from dragoman.archive.importing.actors import actor, country
from dragoman.archive.importing.layout import BadRow, Cells, Layout, day, on
from dragoman.codebook import events, foreign
from dragoman.codebook.tables import SECTORS

COLUMNS = (
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
)
NEEDED = ("Event ID", "Event Date", "Event Type", "Actor Name", "Actor Country", "Recipient Name", "Recipient Country")
MODES = {"demo": "demonstrate", "fire-arms": "attack"}
"""PLOVER's names of modes that the codebook has under another name."""


def _event(cells: Cells) -> dict[str, Any]:
    when = cells.day("Event Date")
    name = (cells.take("Event Type") or "").upper()
    root = events.load().roots.get(name)
    if root is None:
        raise BadRow(f"Event Type {name!r} is no root of the codebook")
    given = (cells.get("Event Mode") or "").lower()
    mode = next((m.name for m in root.modes if m.name == MODES.get(given, given)), None)
    if mode == given:
        cells.take("Event Mode")
    elif given and mode is None:
        cells.note(f"mode {given} of {name} is not in the codebook")
    meaning = foreign.Meaning(name, mode, "happened")
    cells.take("Quad Code")
    return {
        **_side(cells, "source", "Actor", when),
        **_side(cells, "target", "Recipient", when),
        "root": name,
        "mode": mode,
        "context": _contexts(cells),
        "quad": meaning.quad,
        "cameo": meaning.cameo,
        "intensity": meaning.intensity,
        "modality": "happened",
        "mutual": False,
        **on(when),
        **_place(cells),
        "published": day(cells.take("Publication Date")),
    }


def _side(cells: Cells, side: str, prefix: str, when: date) -> dict[str, Any]:
    name, kind = cells.take(f"{prefix} Name"), cells.take(f"Primary {prefix} Sector")
    state = country(cells, "iso3", cells.take(f"{prefix} Country"))
    if state is None:
        cells.keep(f"{prefix} Country")
    cells.take(f"{prefix} COW")
    sector = kind if kind in SECTORS else foreign.sector("cameo", (kind or "",))
    if sector != kind:
        cells.keep(f"Primary {prefix} Sector")
    if kind is None:
        cells.mark(f"Primary {prefix} Sector")
    return actor(side, name, state, sector, when, alone=kind is None)


def _contexts(cells: Cells) -> list[str]:
    """Those that the codebook has; the cell is kept where it has more."""
    given = [part.strip().lower().replace("_", "-") for part in (cells.get("Contexts") or "").split(";") if part.strip()]
    known = [part for part in given if part in events.load().contexts]
    if known == given:
        cells.take("Contexts")
    return known


def _place(cells: Cells) -> dict[str, Any]:
    name, state = cells.take("Placename"), country(cells, "iso3", cells.take("Country"))
    if state is None:
        cells.keep("Country")
    lat, lon = cells.number("Latitude"), cells.number("Longitude")
    return {"place_name": name or cells.get("City"), "place_country": state, "place_lat": lat, "place_lon": lon}


POLECAT = Layout("polecat", NEEDED, _event, "Event ID")
