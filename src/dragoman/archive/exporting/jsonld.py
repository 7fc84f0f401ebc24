"""JSON-LD: events as schema.org actions, with the passage behind each as its citation. One document with a ``@graph``."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import IO, Any

from dragoman.archive.exporting.folding import Row

CONTEXT = {"@vocab": "https://schema.org/", "dragoman": "urn:dragoman:", "plover": "urn:plover:"}
STATUS = {
    "happened": "CompletedActionStatus",
    "ongoing": "ActiveActionStatus",
    "planned": "PotentialActionStatus",
    "hypothetical": "PotentialActionStatus",
    "denied": "FailedActionStatus",
}
"""schema.org's nearest word; ``dragoman:modality`` has our own."""


def write(rows: Iterable[Row], file: IO[str]) -> tuple[int, int]:
    """Write rows of ``events``; returns how many were written and how many left out (none)."""
    written = 0
    file.write('{"@context": ' + json.dumps(CONTEXT) + ', "@graph": [')
    for row in rows:
        file.write(",\n" if written else "\n")
        file.write(json.dumps(_without_nothing(_event(row)), ensure_ascii=False))
        written += 1
    file.write("\n]}\n")
    return written, 0


def _event(row: Row) -> dict[str, Any]:
    return {
        "@id": f"urn:dragoman:event:{row['id']}",
        "@type": "Action",
        "agent": _actor(row, "source"),
        "object": _actor(row, "target"),
        "plover:root": row["root"],
        "plover:mode": row["mode"],
        "plover:context": row["context"] or None,
        "plover:quad": row["quad"],
        "plover:intensity": row["intensity"],
        "dragoman:cameo": row["cameo"],
        "dragoman:modality": row["modality"],
        "dragoman:mutual": row["mutual"],
        "dragoman:assertedBy": row["asserted_by"],
        "dragoman:origin": row["origin"],
        "actionStatus": STATUS.get(row["modality"] or ""),
        "startTime": _day(row["date_from"]),
        "endTime": _day(row["date_to"]),
        "location": _place(row),
        "citation": _citation(row),
    }


def _actor(row: Row, side: str) -> dict[str, Any] | None:
    if row[f"{side}_actor"] is None and row[f"{side}_text"] is None:
        return None
    state = row[f"{side}_actor"] is not None and row[f"{side}_actor"] == row[f"{side}_country"]
    return {
        "@id": f"urn:dragoman:actor:{row[f'{side}_actor']}" if row[f"{side}_actor"] else None,
        "@type": "Country" if state else "Thing",
        "name": row[f"{side}_name"],
        "dragoman:country": row[f"{side}_country"],
        "dragoman:sector": row[f"{side}_sector"],
    }


def _place(row: Row) -> dict[str, Any] | None:
    if row["place_name"] is None and row["place_country"] is None:
        return None
    here = row["place_lat"] is not None and row["place_lon"] is not None
    geo = {"@type": "GeoCoordinates", "latitude": row["place_lat"], "longitude": row["place_lon"]} if here else None
    return {"@type": "Place", "name": row["place_name"], "address": row["place_country"], "geo": geo}


def _citation(row: Row) -> dict[str, Any] | None:
    if row["document"] is None:
        return {"@type": "Dataset", "name": row["origin"], "identifier": row["origin_id"]} if row["origin_id"] else None
    return {
        "@id": f"urn:dragoman:article:{row['document']}",
        "@type": "NewsArticle",
        "headline": row["title"],
        "publisher": row["outlet"],
        "url": row["url"],
        "datePublished": _day(row["published"]),
        "text": row["passage"],
        "dragoman:start": row["start"],
        "dragoman:end": row["end"],
    }


def _day(value: Any) -> str | None:
    return None if value is None else str(value.isoformat())


def _without_nothing(value: dict[str, Any]) -> dict[str, Any]:
    kept = {key: _without_nothing(part) if isinstance(part, dict) else part for key, part in value.items()}
    return {key: part for key, part in kept.items() if part is not None}
