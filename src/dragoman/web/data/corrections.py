"""What people said of a row: corrections, acceptances and notes."""

from __future__ import annotations

import json

from dragoman.web.data.connection import Data, Row


def of_rows(data: Data, ids: list[str]) -> list[Row]:
    """Corrections of these rows, oldest first, values in words; undone ones too."""
    sql = 'SELECT * FROM corrections WHERE "row" IN (SELECT unnest(?)) ORDER BY "at", id, "column"'
    return [{**row, "value": _plain(row["value"]), "was": _plain(row["was"])} for row in data.rows(sql, [ids])]


def notes(data: Data, ids: list[str]) -> list[Row]:
    return []


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
