"""What people said of a row: corrections and notes."""

from __future__ import annotations

import json

from dragoman.web.data.connection import Data
from dragoman.web.data.whole import Row

NOTE = "note"


def of_rows(data: Data, ids: list[str]) -> list[Row]:
    """Corrections of these rows, oldest first, values in words; undone ones too."""
    return [
        {**row, "value": _plain(row["value"]), "was": _plain(row["was"])} for row in _rows(data, ids) if row["column"] != NOTE
    ]


def notes(data: Data, ids: list[str]) -> list[Row]:
    """Notes on these rows that stand, oldest first: ``id``, ``text``, ``by``, ``at``."""
    found = [row for row in _rows(data, ids) if row["column"] == NOTE and row["undone_at"] is None]
    return [{"id": row["id"], "text": _plain(row["value"]), "by": row["by"], "at": row["at"]} for row in found]


def _rows(data: Data, ids: list[str]) -> list[Row]:
    sql = "SELECT * FROM corrections"
    order = 'ORDER BY "at", id, "column"'
    if data.whole is not None:
        return [row for id_ in ids for row in data.whole.by_key("corrections", lambda: data.rows(f"{sql} {order}"), "row", id_)]
    return data.rows(f'{sql} WHERE "row" IN (SELECT unnest(?)) {order}', [ids])


def _plain(value: str | None) -> str:
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
