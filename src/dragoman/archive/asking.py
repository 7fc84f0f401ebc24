"""One way to put a query of this package to DuckDB: bound values in, a pyarrow Table out, one clear error."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from dragoman.archive.files import explained

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def ask(connection: DuckDBPyConnection, query: str, values: Sequence[Any] = ()) -> pa.Table:
    """The rows of a query. Raises ArchiveError where a file of the archive is gone or damaged."""
    import duckdb

    try:
        return connection.sql(query, params=list(values)).to_arrow_table()
    except (duckdb.IOException, duckdb.InvalidInputException, duckdb.FatalException, pa.ArrowException, OSError) as error:
        raise explained(error, "the archive") from error
