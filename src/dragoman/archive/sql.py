"""SQL over an archive for people: one SELECT, no files, no network, no settings, a limit on time, rows and memory.

Three fences, each enough against most of what a query could try (tests/archive/test_sql.py has the list): only a single SELECT
is run; the engine may open the archive's own active files and nothing else; its settings are locked.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from dragoman.archive.correctable import CORRECTABLE
from dragoman.archive.corrections import current
from dragoman.archive.files import explained as files_explained
from dragoman.archive.filters import positive
from dragoman.errors import UsageError
from dragoman.settings import DEFAULT, Settings

if TYPE_CHECKING:
    import pyarrow as pa
    from duckdb import DuckDBPyConnection


def select(
    relations: Mapping[str, str],
    files: Sequence[str],
    query: str,
    *,
    limit: int | None = None,
    seconds: float | None = None,
    settings: Settings = DEFAULT,
) -> tuple[pa.Table, bool]:
    """The rows of one SELECT, and whether it has more than ``limit`` of them (then the first are given).

    ``relations`` are the tables by name as SQL to select from, ``files`` what these read. Beside each table that people correct
    there is ``corrected_TABLE``. Raises UsageError for whatever is no SELECT, wrong SQL, and a query that takes too long.
    """
    import duckdb

    asked = positive("limit", limit)
    most = settings.sql_rows if asked is None else asked
    connection = duckdb.connect()
    try:
        try:
            _views(connection, relations)
        except duckdb.Error as error:
            raise files_explained(error, "the archive") from error
        _fence(connection, files, settings)
        _only_select(connection, query)
        return _within(connection, query, most, settings.sql_seconds if seconds is None else seconds)
    finally:
        connection.close()


def _views(connection: DuckDBPyConnection, relations: Mapping[str, str]) -> None:
    connection.execute("SET TimeZone = 'UTC'")
    for name, relation in relations.items():
        connection.execute(f'CREATE VIEW "{name}" AS SELECT * FROM {relation} AS t')
    for name in CORRECTABLE:
        if name in relations:
            connection.execute(f'CREATE VIEW "corrected_{name}" AS SELECT * FROM {current(connection, name)} AS t')


def _fence(connection: DuckDBPyConnection, files: Sequence[str], settings: Settings) -> None:
    connection.execute("SET memory_limit = ?", [f"{settings.sql_memory}MB"])
    connection.execute("SET allowed_paths = ?", [list(files)])
    connection.execute("SET python_enable_replacements = false")  # no variables of this program as tables
    connection.execute("SET autoinstall_known_extensions = false")
    connection.execute("SET autoload_known_extensions = false")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


def _only_select(connection: DuckDBPyConnection, query: str) -> None:
    import duckdb

    try:
        parsed = connection.extract_statements(query)
    except duckdb.Error as error:
        raise UsageError(explained(error)) from None
    kinds = [statement.type for statement in parsed]
    if len(kinds) != 1:
        raise UsageError(f"found {len(kinds)} statements, expected one SELECT")
    if kinds[0] != duckdb.StatementType.SELECT:
        raise UsageError(f"found {str(kinds[0]).rsplit('.', 1)[-1]}, expected SELECT; an archive is only read by SQL")


def _within(connection: DuckDBPyConnection, query: str, most: int, seconds: float) -> tuple[pa.Table, bool]:
    """Run it, and stop it when its time is over."""
    import duckdb
    import pyarrow as pa

    timer = threading.Timer(seconds, connection.interrupt)
    timer.daemon = True
    timer.start()
    try:
        reader: pa.RecordBatchReader = connection.sql(query).to_arrow_reader(_BATCH)
        batches, rows = [], 0
        while rows <= most:
            try:
                batch = reader.read_next_batch()
            except StopIteration:
                break
            batches.append(batch)
            rows += len(batch)
        return pa.Table.from_batches(batches, reader.schema).slice(0, most), rows > most
    except (duckdb.Error, pa.ArrowException, OSError, RuntimeError) as error:
        if "nterrupt" in str(error):
            raise UsageError(
                f"the query took longer than {seconds:g} seconds and was stopped; "
                "ask for less (a pair, a year, LIMIT), or give it more time with --seconds"
            ) from None
        raise UsageError(explained(error)) from None
    finally:
        timer.cancel()


_BATCH = 8_192  # rows fetched at a time


def explained(error: Exception) -> str:
    """An engine's complaint in one line, without the picture of the place in the query."""
    words = re.split(r"\n\s*LINE \d+:|\n\n", str(error))[0]
    words = re.sub(r"^(\w+ )?Error: ", "", " ".join(words.split()))
    return f"the SQL cannot be run: {words}"
