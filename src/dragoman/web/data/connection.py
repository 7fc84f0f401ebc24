"""Read-only queries over one published batch of the archive, each under a time limit."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Timer
from types import MappingProxyType

import duckdb
import pyarrow as pa

from dragoman.archive.archive import Archive
from dragoman.archive.corrections import current
from dragoman.archive.files import explained
from dragoman.archive.schema import TABLES
from dragoman.errors import DragomanError
from dragoman.web.data.whole import Row, Whole

CORRECTED = ("events", "statements", "instruments", "figures", "discrepancies")


class TimedOut(DragomanError):
    """A query ran longer than the site allows; the reader gets one line and may ask for less."""


@dataclass(frozen=True, slots=True)
class Data:
    """One batch of the archive. ``@events`` in a query stands for the table with its corrections applied.

    All queries of one object see the same batch. Each runs on a cursor of its own, so that threads do not wait for each other,
    and is interrupted after ``seconds``. ``whole`` is the record in memory, where ``publish`` asks.
    """

    connection: duckdb.DuckDBPyConnection
    relations: Mapping[str, str]
    batch: str
    seconds: float = 5.0
    whole: Whole | None = None

    def table(self, sql: str, parameters: Sequence[object] = ()) -> pa.Table:
        """The rows as a pyarrow Table. Raises TimedOut, and ArchiveError where a file is gone or damaged."""
        whole = re.sub(r"@(\w+)", lambda name: self.relations.get(name[1], name[0]), sql)
        with self.connection.cursor() as cursor:
            timer = Timer(self.seconds, cursor.interrupt)
            timer.daemon = True
            timer.start()
            try:
                return cursor.sql(whole, params=list(parameters)).to_arrow_table()
            except duckdb.InterruptException:
                limit = f"{self.seconds:g} seconds"
                raise TimedOut(f"the query took longer than {limit}; ask for fewer rows or a shorter time") from None
            except (duckdb.IOException, duckdb.FatalException) as error:
                raise explained(error, "the archive") from error
            finally:
                timer.cancel()

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
        """The rows as dictionaries, dates as ``datetime.date``."""
        found: list[Row] = self.table(sql, parameters).to_pylist()
        return found

    def one(self, sql: str, parameters: Sequence[object] = ()) -> Row | None:
        rows = self.rows(sql, parameters)
        return rows[0] if rows else None


def open_data(archive: Archive, seconds: float = 5.0) -> Data:
    """The newest batch of an archive. Raises MissingArchive where there is none."""
    connection = archive.connection()
    relations = {table: current(connection, table) for table in CORRECTED}
    return Data(connection, MappingProxyType(relations), str(archive.snapshot().batch), seconds)


def open_copy(archive: Archive, seconds: float = 600.0) -> Data:
    """The newest batch copied into memory, corrections applied: for who asks thousands of questions, as ``publish`` does.

    A question then takes a third of the time. Needs memory of about the archive's size on disk three times over.
    """
    source = open_data(archive, seconds)
    copy = duckdb.connect(":memory:")
    for name in TABLES:
        held = source.table(f"SELECT * FROM {'@' if name in CORRECTED else ''}{name}")  # noqa: F841 - DuckDB finds it by its name
        copy.execute(f'CREATE TABLE "{name}" AS SELECT * FROM held')
    return Data(copy, MappingProxyType({name: name for name in CORRECTED}), source.batch, seconds)
