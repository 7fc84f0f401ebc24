"""Read-only queries over one published batch of the archive, each under a time limit."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Timer
from types import MappingProxyType

import duckdb
import pyarrow as pa

from dragoman.archive.archive import Archive
from dragoman.archive.corrections import current
from dragoman.archive.files import explained
from dragoman.archive.schema import TABLES, order
from dragoman.errors import DragomanError
from dragoman.web.data import summaries
from dragoman.web.data.whole import Row, Whole

CORRECTED = ("events", "statements", "instruments", "figures", "discrepancies")

LOOKED_UP = 1_000  # ids that are still looked up by an index; DuckDB alone reads the whole column from 50 on
ROW_GROUP = 16_384  # rows of a copy that are read or passed over together; DuckDB's own 122,880 hold many pairs
INDEXES = (
    ("events", "id"),
    ("events", "grp"),
    ("events", "document"),
    ("groups", "event"),
    ("groups", "group"),
    ("articles", "id"),
    ("statements", "document"),
    ("mentions", "document"),
    ("actors", "document"),
    ("actors", "id"),
)
"""What rows of a copy are looked up by: twenty events of a million by id in 5 ms, where reading the column takes 230."""


class TimedOut(DragomanError):
    """A query ran longer than the site allows; the reader gets one line and may ask for less."""


@dataclass(frozen=True, slots=True)
class Data:
    """One batch of the archive. ``@events`` in a query stands for the table with its corrections applied.

    All queries of one object see the same batch. Each runs on a cursor of its own, so that threads do not wait for each other,
    and is interrupted after ``seconds``. ``whole`` is the record in memory, where ``publish`` asks;
    ``grouped`` says that this is a copy: ``events`` has the columns ``grp``, ``told_in`` (its article, or the one that this
    copies) and ``article_row`` (the row of ``articles``), and the tables of ``summaries`` are there. ``recent`` is the day from
    which the table of that name has all events.
    """

    connection: duckdb.DuckDBPyConnection
    relations: Mapping[str, str]
    batch: str
    seconds: float = 5.0
    whole: Whole | None = None
    grouped: bool = False
    recent: date | None = None

    @property
    def group(self) -> str:
        """SQL of an event's group (of ``events e``, with ``joined`` beside it); an event without one is its own."""
        return "e.grp" if self.grouped else 'coalesce(g."group", e.id)'

    @property
    def joined(self) -> str:
        return "" if self.grouped else "LEFT JOIN groups g ON g.event = e.id"

    def since(self, day: date | None) -> str:
        """SQL of a table that has all events published from this day on: the smaller one where it reaches back so far."""
        return "recent" if self.recent is not None and day is not None and day >= self.recent else "@events"

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
    while True:
        batch = archive.snapshot().batch
        connection = archive.connection()
        if archive.snapshot().batch == batch:  # else one was published in between: the name must be that of what is read
            break
        connection.close()
    relations = {table: current(connection, table) for table in CORRECTED}
    return Data(connection, MappingProxyType(relations), str(batch), seconds)


def open_copy(
    archive: Archive, folder: Path, seconds: float = 5.0, begun: Callable[[duckdb.DuckDBPyConnection], None] | None = None
) -> Data:
    """The newest batch copied into a database of its own in ``folder``, corrections applied, rows in the archive's order,
    with indexes, and with what pages ask of all events (``summaries``) reckoned once.

    For whoever asks much: a look-up then reads the few blocks that hold the rows, where Parquet unpacks whole row groups.
    Takes some ten seconds a million events; ``begun`` is given what it is written with, whose ``interrupt`` ends it. Raises
    DragomanError where the copy cannot be written.
    """
    source = open_data(archive, seconds)
    file = folder / f"{source.batch}.duckdb"
    file.unlink(missing_ok=True)
    with source.connection.cursor() as cursor:
        if begun is not None:
            begun(cursor)
        try:
            cursor.execute(f"ATTACH '{str(file).replace(chr(39), chr(39) * 2)}' AS copied (ROW_GROUP_SIZE {ROW_GROUP})")
            try:
                for name in sorted(TABLES, key=lambda name: name != "articles"):  # events name their article's row
                    cursor.execute(f'CREATE TABLE copied."{name}" AS {_ordered(name, source.relations.get(name, name))}')
                for name, query in summaries.of_copy("copied.").items():
                    cursor.execute(f'CREATE TABLE copied."{name}" AS {query}')
                for name, column in INDEXES:
                    cursor.execute(f'CREATE INDEX "{name}_{column}" ON copied."{name}" ("{column}")')
            finally:
                cursor.execute("DETACH copied")
        except (duckdb.Error, OSError) as error:
            raise DragomanError(f"{file} cannot be written ({' '.join(str(error).split())[:160]})") from error
    return opened_copy(file, source.batch, seconds)


def opened_copy(file: Path, batch: str, seconds: float = 5.0) -> Data:
    """A copy that ``open_copy`` made of this batch."""
    connection = duckdb.connect(str(file), read_only=True)
    # Each query has a cursor of its own, and cursors do not take over what was set for the connection alone.
    connection.execute("SET GLOBAL timezone = 'UTC'")
    connection.execute(f"SET GLOBAL dynamic_or_filter_threshold = {LOOKED_UP}")
    newest = connection.execute(summaries.NEWEST.format(events="events", articles="articles")).fetchone()
    recent = newest[0] - summaries.RECENT if newest and newest[0] else None
    plain = MappingProxyType({name: name for name in CORRECTED})
    return Data(connection, plain, batch, seconds, grouped=True, recent=recent)


def _ordered(name: str, held: str) -> str:
    """The rows of a table in the archive's order; those of ``events`` with ``grp``, ``told_in`` and ``article_row``."""
    columns = ", ".join(f'e."{column}"' for column in order(name)) or "ALL"
    if name == "events":
        first = '(SELECT document, min("of") AS "of" FROM copies GROUP BY 1) c ON c.document = e.document'
        joined = f"{held} e LEFT JOIN groups g ON g.event = e.id LEFT JOIN {first}"
        joined += " LEFT JOIN copied.articles t ON t.id = e.document"
        made = 'coalesce(g."group", e.id) AS grp, coalesce(c."of", e.document) AS told_in, t.rowid::INTEGER AS article_row'
        return f"SELECT e.*, {made} FROM {joined} ORDER BY {columns}"
    return f"SELECT e.* FROM {held} e ORDER BY {columns}"
