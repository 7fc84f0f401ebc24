"""``Archive``: many articles, one record. The tables of a folder, to add to, to query and to keep in order."""

from __future__ import annotations

import gc
import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from dragoman.archive import corrections, keys, pairs
from dragoman.archive.answers import Answers
from dragoman.archive.change import Change
from dragoman.archive.files import explained
from dragoman.archive.incoming import Incoming
from dragoman.archive.linking import link
from dragoman.archive.narrowing import Days, Within
from dragoman.archive.rows import Read
from dragoman.archive.schema import TABLES, schema
from dragoman.archive.store import Snapshot, Store, quoted
from dragoman.errors import UsageError
from dragoman.records import Record, content_id
from dragoman.settings import DEFAULT, Settings

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class Run:
    """One command that writes, as the table ``runs`` keeps it."""

    id: str
    command: str
    started: datetime
    articles: int = 0
    events: int = 0
    failed: int = 0
    version: str | None = None
    profile: str | None = None

    def row(self, status: str, ended: datetime) -> dict[str, Any]:
        counts = {"articles": self.articles, "events": self.events, "failed": self.failed}
        made = {"version": self.version, "profile": self.profile}
        times = {"started": self.started, "ended": ended}
        return {"id": self.id, "command": self.command, "status": status, **times, **counts, **made}


def new_run(command: str, profile: str | None = None) -> Run:
    """A run that starts now. Its id is unlike that of any other run, also of one that starts at the same moment."""
    from importlib.metadata import version

    started = datetime.now(UTC)
    return Run(
        content_id("run", command, started, os.urandom(8).hex()), command, started, version=version("dragoman"), profile=profile
    )


@dataclass(slots=True)
class _Opened:
    """A snapshot with the DuckDB database that has its tables as views; made when first asked for."""

    snapshot: Snapshot
    database: duckdb.DuckDBPyConnection | None = None


class Archive(Answers):
    """A folder of Delta tables. Opening it reads nothing; every reading method sees the last published batch as a whole.

    ``path`` is a folder on a disk; it is made when something is first written. Safe to share between threads. Raises UsageError
    for the address of an object store.
    """

    def __init__(self, path: str | os.PathLike[str] = "relations", *, settings: Settings = DEFAULT) -> None:
        if re.match(r"[A-Za-z][A-Za-z0-9+.-]+:/", str(path)):  # as a path s3://bucket is the folder "s3:" here
            raise UsageError(f"{path} is an address, expected a folder; keep the archive on a disk, and copy it there")
        self.path, self.settings = Path(path), settings
        self._opened: _Opened | None = None
        self._guard = Lock()

    def __repr__(self) -> str:
        return f"Archive({str(self.path)!r})"

    @property
    def store(self) -> Store:
        return Store(self.path)

    # Reading

    def exists(self) -> bool:
        """Whether there is an archive in this place."""
        return self.store.exists()

    def snapshot(self) -> Snapshot:
        """The last published batch: versions, files, rows and bytes of every table. Raises MissingArchive."""
        return self._current().snapshot

    def table(self, name: str) -> pa.Table:
        """All rows of a table, in the columns and types of ``schema(name)``. Raises UsageError for an unknown table."""
        self._check(name)
        return self.store.read(name, self.snapshot())

    def connection(self) -> duckdb.DuckDBPyConnection:
        """A DuckDB connection with one view a table over exactly the files of the last published batch.

        Each call gives a connection of its own (close it when done); what it sees does not change under it. The views name
        their files and nothing else may be opened: ``sql`` cannot read or write other files.
        """
        return self.reading()[0]

    def reading(self) -> tuple[duckdb.DuckDBPyConnection, Within]:
        """A connection, and for the same batch the SQL of a table's rows of some days (see ``Store.relation``)."""
        opened = self._current()
        return self._cursor(opened), self._within(opened.snapshot)

    def _cursor(self, opened: _Opened) -> duckdb.DuckDBPyConnection:
        with self._guard:
            if opened.database is None:
                opened.database = self.store.views(opened.snapshot)
            return opened.database.cursor()

    def _within(self, snapshot: Snapshot) -> Within:
        def relation(table: str, windows: Collection[Days]) -> str:
            return self.store.relation(table, snapshot, windows)

        return Within(relation, lambda table: [(part.name, part.rows) for part in snapshot.tables[table].parts])

    def query(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] | None = None) -> pa.Table:
        """The answer to a query over the tables, as a pyarrow Table. Raises ArchiveError where a file is damaged, UsageError
        where the SQL is wrong."""
        import duckdb

        with self.connection() as connection:
            try:
                answer = connection.sql(sql, params=parameters) if parameters else connection.sql(sql)
                return answer.to_arrow_table()
            except (duckdb.IOException, duckdb.InvalidInputException, duckdb.FatalException) as error:
                raise explained(error, str(self.path)) from error
            except duckdb.Error as error:
                raise UsageError(f"the query cannot be run: {error}") from error

    def pair_rows(self, a: str, b: str) -> pairs.PairRows | None:
        """What counting the events between two states needs, as people corrected them, with which of them tell an event again.

        None where a correction may have made a row theirs, where very many were corrected, where ids are no numbers, and where
        what is kept beside a file is missing: then SQL has to tell.
        """
        opened = self._current()
        held = opened.snapshot.tables
        found = pairs.of_pair(self.path, held["events"].parts, held["groups"].parts, a, b)
        if found is None or not held["corrections"].parts:
            return found
        touched = corrections.touched(self.store.read("corrections", opened.snapshot), (a, b))
        here = None if touched is None else np.intersect1d(touched, found.id)
        if here is None or len(here) > pairs.LOOKED_UP:
            return None
        if not len(here):
            return found
        with self._cursor(opened) as connection:
            rows = corrections.corrected(connection, [f"{number:016x}" for number in here.tolist()], pairs.COLUMNS["events"])
        return pairs.replaced(found, here, rows, a, b)

    def count(self, name: str) -> int:
        """The rows of a table, without reading them."""
        self._check(name)
        return self.snapshot().tables[name].rows

    def _current(self) -> _Opened:
        store = self.store
        with self._guard:
            if self._opened is None or self._opened.snapshot.batch != store.batch():
                self._opened = _Opened(store.snapshot())
            return self._opened

    def _check(self, name: str) -> None:
        if name not in TABLES:
            raise UsageError(f"there is no table {name!r}; choose one of {', '.join(TABLES)}")

    # Writing

    @contextmanager
    def change(self, run: Run | str, *, status: str = "done") -> Iterator[Change]:
        """Change tables as one transaction: published as a whole at the end of the block, or not at all.

        ``run`` is a command (``"correct"``) or a run begun with ``new_run``; its row in ``runs`` is written in the same
        transaction. Other writers wait for the block's end.

        >>> with archive.change("correct") as change:         # doctest: +SKIP
        ...     change.append("corrections", [{"id": "...", "table": "events"}])
        """
        run = new_run(run) if isinstance(run, str) else run
        with self.store.change(run.id, self.settings.lock_seconds) as change:
            yield change
            self.note(change, run, status)

    def note(self, change: Change, run: Run, status: str) -> None:
        """Write the run's row, in place of the one that its last batch wrote."""
        kept = change.rows("runs")
        kept = kept.filter(pc.not_equal(kept["id"], run.id))
        row = pa.Table.from_pylist([run.row(status, datetime.now(UTC))], schema=schema("runs"))
        change.overwrite("runs", pa.concat_tables([kept, row]))

    def write(self, records: Iterable[Record | Read] | Incoming, *, run: Run | str = "write", status: str = "done") -> int:
        """Write records as one batch; articles that the archive has already are left out. Returns the articles written."""
        incoming = records if isinstance(records, Incoming) else Incoming(records)
        run = new_run(run) if isinstance(run, str) else run
        with self.store.change(run.id, self.settings.lock_seconds) as change:
            new = self.put(change, incoming, datetime.now(UTC))
            self.note(change, counted(run, articles=len(new), events=sum(new.values())), status)
        return len(new)

    def put(self, change: Change, incoming: Incoming, now: datetime) -> dict[str, int]:
        """Put the articles that the archive has not into a batch, with what they change beyond their own rows. Returns their
        ids with the number of their events."""
        known = self.known("articles", "id", list(incoming.events), change)
        with _unswept():
            tables = incoming.rows(known, now)
            for table, rows in tables.items():
                change.append(table, rows)
            link(change, tables, self.settings, said=incoming.said)
        return {article: events for article, events in incoming.events.items() if article not in known}

    def known(self, table: str, column: str, values: Sequence[str], change: Change | None = None) -> set[str]:
        """Which of these values a column of the archive has: article ids, hashes of inputs."""
        snapshot = change.before if change else self.snapshot() if self.exists() else None
        if not values or snapshot is None or not snapshot.tables[table].parts:
            return set()
        if (table, column) == (keys.TABLE, keys.COLUMN):
            there, unknown = keys.found(self.path, snapshot.tables[table].parts, sorted(set(values)))
            if not unknown:
                return there
        asked = pa.table({"value": pa.array(sorted(set(values)), pa.string())})
        sql = f"select distinct {quoted(column)} from {quoted(table)} semi join asked on {quoted(column)} = asked.value"
        if change is not None:
            return set(change.ask(sql, [table], asked=asked)[column].to_pylist())
        with self.connection() as connection:
            connection.register("asked", asked)
            return {row[0] for row in connection.execute(sql).fetchall()}


@contextmanager
def _unswept() -> Iterator[None]:
    """Without the search for cycles: a batch makes very many objects and no cycles, and each search looks through all."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def counted(run: Run, *, articles: int = 0, events: int = 0, failed: int = 0) -> Run:
    """The run with what one more batch brought."""
    return replace(run, articles=run.articles + articles, events=run.events + events, failed=run.failed + failed)
