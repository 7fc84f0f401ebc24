"""Rows of one article, and rows with what they need to be shown with: title, outlet and passage."""

from __future__ import annotations

from dragoman.web.data.connection import Data
from dragoman.web.data.whole import Row

NEWEST_FIRST = "ORDER BY x.published DESC NULLS LAST, x.id, x.document"
"""Of a query over ``x``."""


def rows_of(data: Data, name: str, sql: str, order: str, document: str) -> list[Row]:
    """The rows of a document by a query over ``x``; of a whole record, read once."""
    if data.whole is not None:
        return data.whole.by_key(name, lambda: data.rows(f"{sql} ORDER BY {order}"), "document", document)
    return data.rows(f"{sql} WHERE x.document = ? ORDER BY {order}", [document])


def with_passage(table: str) -> str:
    """Rows of a table with their article's title and outlet and the passage behind them."""
    return f"""
    SELECT x.*, a.title, a.outlet, a.published_from, substring(a.text, x.start + 1, x.end - x.start) AS passage
    FROM @{table} x LEFT JOIN articles a ON a.id = x.document
    """


def add_articles(data: Data, found: list[Row]) -> None:
    """Give each row the title, outlet and day of its article."""
    documents = sorted({row["document"] for row in found if row["document"]})
    sql = "SELECT id, title, outlet, published_from FROM articles WHERE id IN (SELECT unnest(?))"
    known = {row["id"]: row for row in data.rows(sql, [documents])} if documents else {}
    for row in found:
        source = known.get(row["document"], {})
        row |= {name: source.get(name) for name in ("title", "outlet", "published_from")}
