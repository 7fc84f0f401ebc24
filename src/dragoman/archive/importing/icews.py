"""ICEWS coded events (tab, header), and ICEWS14: source, relation, target and day by name, without header.

An act of both sides stands there once for each direction. Both rows are kept as they are (``mutual`` is false); the second
joins the event group of the first, so that a count of events counts one and a count of rows two. An id may stand twice in the
full set, so a row is told by all its cells.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dragoman import codebook
from dragoman.archive.importing.actors import actor, apart, coded, country
from dragoman.archive.importing.layout import BadRow, Cells, Layout, on
from dragoman.codebook import foreign

COLUMNS = (
    "Event ID",
    "Event Date",
    "Source Name",
    "Source Sectors",
    "Source Country",
    "Event Text",
    "CAMEO Code",
    "Intensity",
    "Target Name",
    "Target Sectors",
    "Target Country",
    "Story ID",
    "Sentence Number",
    "Publisher",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
)


def _event(cells: Cells) -> dict[str, Any]:
    when = cells.day("Event Date")
    code = cells.take("CAMEO Code")
    known = foreign.cameo().get(code or "")
    if known is None:
        raise BadRow(f"CAMEO Code {code or ''!r} is not in the codebook")
    if cells.take("Event Text") != known.label:
        cells.keep("Event Text")
    if cells.take("Intensity") != known.goldstein:
        cells.keep("Intensity")
    return {
        **_side(cells, "source", "Source", when),
        **_side(cells, "target", "Target", when),
        **coded(cells, known.meaning, known.code, f"CAMEO {known.code} ({known.label})"),
        **on(when),
        **_place(cells),
    }


def _side(cells: Cells, side: str, prefix: str, when: Any) -> dict[str, Any]:
    name, sectors = cells.take(f"{prefix} Name"), cells.get(f"{prefix} Sectors")
    state = country(cells, "icews", cells.take(f"{prefix} Country"))
    if state is None:
        cells.keep(f"{prefix} Country")
    kind = foreign.sector("icews", (sectors or "").split(","))
    return actor(side, name, state, kind, when, alone=sectors is None)


def _place(cells: Cells) -> dict[str, Any]:
    city, state = cells.take("City"), country(cells, "icews", cells.take("Country"))
    if state is None:
        cells.keep("Country")
    # A place is called by its city; without one by its province, which is kept as such too.
    if city is None and cells.get("Province"):
        cells.mark("City")
    lat, lon = cells.number("Latitude"), cells.number("Longitude")
    return {"place_name": city or cells.get("Province"), "place_country": state, "place_lat": lat, "place_lon": lon}


def _icews14(cells: Cells) -> dict[str, Any]:
    when = cells.day("date")
    label = cells.take("relation")
    known = foreign.cameo_labels().get(label or "")
    if known is None:
        raise BadRow(f"relation {label or ''!r} is not in the codebook")
    sides: dict[str, Any] = {}
    for side in ("source", "target"):
        name = cells.take(side)
        bare, behind = apart(name)
        states = codebook.load().states_by("name", behind or bare or "")
        state = states[0].id if len(states) == 1 else foreign.country_codes("icews").get(behind or bare or "")
        sides |= actor(side, name, state, None, when, alone=behind is None, by_name=True)
    return {**sides, **coded(cells, known.meaning, known.code, f"CAMEO {known.code} ({known.label})"), **on(when)}


def _both_ways(cells: Mapping[str, str]) -> tuple[str, str, str] | None:
    """Cooperation with the same code, or visit and host, in one sentence of one story, the sides exchanged."""
    code = cells["CAMEO Code"].strip()
    known = foreign.cameo().get(code)
    if known is None or known.meaning.quad not in (1, 2) or cells["Story ID"].strip() in ("", "NA"):
        return None
    act = "visit" if known.meaning.mode == "visit" else code
    place = "\t".join((cells["Story ID"], cells["Sentence Number"], cells["Event Date"], act))
    return place, cells["Source Name"], cells["Target Name"]


ICEWS = Layout("icews", COLUMNS, _event, "Event ID", missing="NA", both_ways=_both_ways)
ICEWS14 = Layout("icews14", ("source", "relation", "target", "date"), _icews14, None, header=False)
