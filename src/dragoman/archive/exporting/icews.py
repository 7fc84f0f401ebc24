"""ICEWS's layout (tab, header): what a row has there and not here is taken from the cells it was imported with."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import IO

from dragoman import codebook
from dragoman.archive.exporting.folding import Row, both_ways, cameo_code, number
from dragoman.archive.importing.icews import COLUMNS
from dragoman.codebook import foreign

MISSING = "NA"
SECTORS = {
    "GOV": "Government",
    "MIL": "Military",
    "COP": "Police",
    "JUD": "Judicial",
    "LEG": "Legislative / Parliamentary",
    "PTY": "Parties",
    "OPP": "Opposition Major Party (Out Of Government)",
    "REB": "Insurgents",
    "BUS": "Business",
    "JRN": "Media",
    "NGO": "Nongovernmental Organizations / Activists",
    "IGO": "International Government Organization",
    "CVL": "General Population / Civilian / Social",
    "UNK": MISSING,
}
"""ICEWS's kind of actor that is read back as the sector."""


def write(rows: Iterable[Row], file: IO[str]) -> tuple[int, int]:
    """Write rows of ``events``; returns how many were written and how many left out (hypothetical, or without a root)."""
    written = left_out = 0
    file.write("\t".join(COLUMNS) + "\n")
    for row in both_ways(rows):
        cells = _cells(row)
        if cells is None:
            left_out += 1
            continue
        file.write("\t".join(" ".join(str(cells[column]).split()) or MISSING for column in COLUMNS) + "\n")
        written += 1
    return written, left_out


def _cells(row: Row) -> dict[str, str] | None:
    code = cameo_code(row) if row["root"] else row["cameo"]
    known = foreign.cameo().get(code or "")
    if known is None:
        return None
    imported = row["origin"] == "icews"
    kept: dict[str, str] = json.loads(row["origin_row"] or "{}") if imported else {}
    own = {
        "Event ID": row["origin_id"] if imported else row["id"],
        "Event Date": row["date_from"].isoformat() if row["date_from"] else None,
        "Event Text": kept.get("Event Text") or known.label,
        "CAMEO Code": known.code,
        "Intensity": kept.get("Intensity") or known.goldstein,
        "Story ID": row["document"],
        "Sentence Number": None if row["sentence"] is None else str(row["sentence"] + 1),
        "Publisher": row["outlet"],
        "City": kept.get("City") or row["place_name"],
        "Country": country(row["place_country"]),
        "Latitude": number(row["place_lat"], kept.get("Latitude")),
        "Longitude": number(row["place_lon"], kept.get("Longitude")),
        **_side(row, "source", "Source", kept),
        **_side(row, "target", "Target", kept),
    }
    return {column: own.get(column) or kept.get(column) or MISSING for column in COLUMNS}


def _side(row: Row, side: str, prefix: str, kept: dict[str, str]) -> dict[str, str | None]:
    """Name, sectors and country; the sectors of an imported row as they were, unless somebody corrected the sector."""
    state, sector = row[f"{side}_country"], row[f"{side}_sector"]
    sectors = kept.get(f"{prefix} Sectors")
    if sectors is not None and foreign.sector("icews", sectors.split(",")) in (None, sector):
        kinds = sectors
    elif row[f"{side}_actor"] == state or (sectors is None and row["origin"] == "icews"):
        kinds = MISSING  # the state itself
    else:
        kinds = SECTORS.get(sector or "UNK", MISSING)
    return {f"{prefix} Name": row[f"{side}_name"], f"{prefix} Sectors": kinds, f"{prefix} Country": country(state)}


def country(code: str | None) -> str | None:
    """The state's name as ICEWS writes it."""
    state = codebook.load().state(code or "")
    return None if state is None else foreign.country_names("icews").get(state.id, state.name)
