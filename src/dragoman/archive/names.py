"""What the actors of rows are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from dragoman import codebook

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def names_of(
    connection: DuckDBPyConnection, rows: pa.Table, sides: Sequence[str] = ("source", "target")
) -> dict[tuple[str, str], str]:
    """Names of the actors that rows of events or statements refer to, by document and actor id."""
    asked = pa.concat_tables(rows.select(["document", f"{side}_actor"]).rename_columns(["document", "id"]) for side in sides)
    connection.register("asked_actors", asked)
    try:
        query = "SELECT a.document, a.id, a.name FROM actors AS a SEMI JOIN asked_actors AS e USING (document, id)"
        found = connection.execute(query).fetchall()
    finally:
        connection.unregister("asked_actors")
    return {(document, actor): name for document, actor, name in found}


def name_of(row: Mapping[str, Any], side: str, known: Mapping[tuple[str, str], str]) -> str | None:
    """What an actor of a row is called: a state or organisation by the codebook, another as its article names it in full, not
    by the words of the row ("he"); those where there is no name."""
    actor, text = row[f"{side}_actor"], row[f"{side}_text"]
    book = codebook.load()
    state, body = book.state(actor or ""), book.organisation(actor or "")
    if state is not None:
        return state.name
    return body.name if body is not None else known.get((row["document"] or "", actor or ""), text)
