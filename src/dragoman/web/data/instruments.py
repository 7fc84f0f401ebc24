"""Agreements, sanctions packages and other instruments: of one article, or between states."""

from __future__ import annotations

from dragoman.web.data.connection import Data
from dragoman.web.data.rows import NEWEST_FIRST, add_articles, rows_of, with_passage
from dragoman.web.data.whole import Row


def between(data: Data, states: tuple[str, ...], *, limit: int) -> list[Row]:
    """Instruments to which all the states are parties, newest first; one row a name, kind and status."""
    where = " AND ".join("list_contains(x.parties, ?)" for _ in states)
    sql = f"""
    SELECT x.*, count(*) OVER one AS mentions FROM @instruments x WHERE {where}
    WINDOW one AS (PARTITION BY lower(x.name), x.kind, x.status)
    QUALIFY row_number() OVER (PARTITION BY lower(x.name), x.kind, x.status ORDER BY x.published DESC NULLS LAST, x.id) = 1
    {NEWEST_FIRST} LIMIT ?
    """
    found = data.rows(sql, [*states, limit])
    add_articles(data, found)
    return found


def of_document(data: Data, document: str) -> list[Row]:
    return rows_of(data, "instruments", with_passage("instruments"), "x.start, x.id", document)
