"""POLECAT's layout (tab, header): PLOVER's roots with modality folded in, both directions of a mutual row."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import IO

from dragoman import codebook
from dragoman.archive.exporting.folding import Row, both_ways, folded, number
from dragoman.archive.importing.polecat import COLUMNS
from dragoman.codebook import events, foreign


def write(rows: Iterable[Row], file: IO[str]) -> tuple[int, int]:
    """Write rows of ``events``; returns how many were written and how many left out (hypothetical, or without a root)."""
    written = left_out = 0
    file.write("\t".join(COLUMNS) + "\n")
    for row in both_ways(rows):
        root = folded(row["root"], row["modality"])
        if root is None:
            left_out += 1
            continue
        cells = _cells(row, root)
        file.write("\t".join(" ".join((cells.get(column) or "").split()) for column in COLUMNS) + "\n")
        written += 1
    return written, left_out


def _cells(row: Row, name: str) -> dict[str, str | None]:
    imported = row["origin"] == "polecat"
    kept: dict[str, str | None] = json.loads(row["origin_row"] or "{}") if imported else {}
    root = events.load().roots[name]
    same = name == row["root"]
    intensity = row["intensity"] if same else root.intensity
    own = {
        "Event ID": row["origin_id"] if imported else row["id"],
        "Event Date": row["date_from"].isoformat() if row["date_from"] else None,
        "Event Type": name,
        "Event Mode": (kept.get("Event Mode") or row["mode"]) if same else None,
        "Intensity": kept.get("Intensity") or number(intensity),
        "Quad Code": events.QUADS[root.quad].upper(),
        "Contexts": kept.get("Contexts") or ";".join(row["context"] or ()),
        "Placename": row["place_name"],
        "Country": _state(row["place_country"]),
        "Latitude": number(row["place_lat"], kept.get("Latitude")),
        "Longitude": number(row["place_lon"], kept.get("Longitude")),
        "Source": row["outlet"],
        "Publication Date": row["published"].isoformat() if row["published"] else None,
        "Version": None if imported else row["codebook"],
        **_side(row, "source", "Actor", kept),
        **_side(row, "target", "Recipient", kept),
    }
    return {column: own.get(column) or kept.get(column) for column in COLUMNS}


def _side(row: Row, side: str, prefix: str, kept: dict[str, str | None]) -> dict[str, str | None]:
    state = _state(row[f"{side}_country"])
    return {
        f"{prefix} Name": row[f"{side}_name"],
        f"{prefix} Name Raw": None if row["origin"] == "polecat" else row[f"{side}_text"],
        f"{prefix} Country": state,
        f"{prefix} COW": foreign.country_names("cow").get(state or ""),
        f"Primary {prefix} Sector": kept.get(f"Primary {prefix} Sector", row[f"{side}_sector"]),
    }


def _state(code: str | None) -> str | None:
    return code if codebook.load().state(code or "") is not None else None
