"""What people said of a row: corrections and notes."""

from __future__ import annotations

import json

from dragoman.web.data.connection import Data
from dragoman.web.data.whole import Row

NOTES = "notes"
"""What ``table`` holds for a note and for its approval; they say something of a row and change nothing in it."""


def said_of(data: Data, ids: list[str]) -> tuple[list[Row], list[Row]]:
    """What people said of these rows, oldest first: corrections, and approved notes.

    Corrections have their values in words, undone ones are among them; notes have ``id``, ``text``, ``by``, ``at``.
    """
    rows = _rows(data, ids)
    corrected = [row for row in rows if row["table"] == "events"]
    in_words = [{**row, "value": plain(row["value"]), "was": plain(row["was"])} for row in corrected]
    return in_words, _approved(data, [row for row in rows if row["table"] == NOTES and row["undone_at"] is None])


def _approved(data: Data, found: list[Row]) -> list[Row]:
    """The notes that a reviewer let stand."""
    approved = {row["row"] for row in _rows(data, [row["id"] for row in found]) if row["undone_at"] is None}
    return [
        {"id": row["id"], "text": plain(row["value"]), "by": row["by"], "at": row["at"]}
        for row in found
        if row["id"] in approved
    ]


def _rows(data: Data, ids: list[str]) -> list[Row]:
    sql, order = "SELECT * FROM corrections", 'ORDER BY "at", id, "column"'
    if not ids:
        return []
    if data.whole is not None:
        return [row for id_ in ids for row in data.whole.by_key("corrections", lambda: data.rows(f"{sql} {order}"), "row", id_)]
    return data.rows(f'{sql} WHERE "row" IN (SELECT unnest(?)) {order}', [ids])


def plain(value: str | None) -> str:
    """A JSON value as a reader writes it."""
    try:
        read = json.loads(value) if value is not None else None
    except ValueError:
        return value or ""
    if read is None:
        return "nothing"
    if isinstance(read, list):
        return ", ".join(map(str, read))
    return str(read)
