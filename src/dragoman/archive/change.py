"""One batch while it is made: rows put in and taken out of tables, until all of it is published at once (``Store.change``)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from dragoman.archive import files, keys, pairs
from dragoman.archive.files import Part, trouble
from dragoman.archive.narrowing import Days, may_hold, named
from dragoman.archive.rows import conform
from dragoman.archive.schema import TABLES, schema
from dragoman.archive.store import Held, Snapshot, Store, literal, quoted

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_THREADS = 2  # that write a batch's files and commits, none of which needs Python while it does
Keep = Callable[[pa.Table], "pa.Array | pa.ChunkedArray"]


@dataclass(slots=True)
class Change:
    """What one batch does to the tables, until it is published."""

    store: Store
    before: Snapshot
    run: str
    _added: dict[str, list[Future[Part | None]]] = field(default_factory=dict)
    _removed: dict[str, set[str]] = field(default_factory=dict)
    _moved: set[str] = field(default_factory=set)
    _after: dict[str, Held] = field(default_factory=dict)
    _database: DuckDBPyConnection | None = None
    _viewed: set[str] = field(default_factory=set)
    _pool: ThreadPoolExecutor | None = None

    def append(self, table: str, rows: pa.Table | Sequence[Mapping[str, Any]], days: Days | None = None) -> None:
        """Add rows. Columns that are not given are null; ``run`` is this batch's. No rows is no change.

        ``days``: the first and the last day of rows of ``groups``, so that later batches read the file only for such days.
        """
        given = conform(rows, table, self.run)
        if len(given):
            self._added.setdefault(table, []).append(self._meanwhile(self._write, table, given, days))

    def _meanwhile(self, call: Callable[..., Part | None], *given: Any) -> Future[Part | None]:
        """A file that another thread writes while this batch is thought through; what goes wrong is raised by ``commit``."""
        if self._pool is None:
            self._pool = ThreadPoolExecutor(_THREADS)
        return self._pool.submit(call, *given)

    def _write(self, table: str, rows: pa.Table, days: Days | None, ordered: bool = False) -> Part:
        with trouble(str(self.store.root / table)):
            part = files.write_part(self._folder(table), rows, table, days, ordered=ordered)
            if table == keys.TABLE:
                keys.keep(self.store.root, part, rows[keys.COLUMN])
            if table in pairs.COLUMNS:
                pairs.keep(self.store.root, table, part, rows)
            return part

    def overwrite(self, table: str, rows: pa.Table | Sequence[Mapping[str, Any]]) -> None:
        """Let these be all rows of a table."""
        self._removed[table] = set(self.before.tables[table].files)
        self._added[table] = []
        self.append(table, rows)

    def remove(self, table: str, keep: Keep, among: Collection[str] | None = None) -> int:
        """Take rows out: ``keep`` says of a file's rows which stay. Only files that lose rows are written anew, and only those
        ``among`` are looked at.

        Returns the number of rows taken out. Rows appended by this change are left alone.
        """
        gone = 0
        removed = self._removed.setdefault(table, set())
        names = [name for name in self.before.tables[table].files if name not in removed]
        for name in names if among is None else [name for name in names if name in among]:
            with trouble(str(self._folder(table) / name)):
                rows = pq.read_table(self._folder(table) / name, schema=schema(table))
            left = rows.filter(keep(rows))
            if len(left) < len(rows):
                gone += len(rows) - len(left)
                removed.add(name)
                if len(left):
                    part = self._meanwhile(self._write, table, left, named(name), True)
                    self._added.setdefault(table, []).append(part)
        return gone

    def remove_keys(
        self,
        table: str,
        column: str,
        values: Iterable[str],
        windows: Collection[Days] | None = None,
        among: Collection[str] | None = None,
    ) -> None:
        """Take out the rows with one of these values in a column, while other things go on; files without any are not opened,
        but asked for it, those that can hold no row of the ``windows`` not even that. ``among``: the files that hold such rows,
        where that is known already."""
        asked = pa.table({"value": pa.array(sorted(set(values)), pa.string())})
        gone = self._removed.setdefault(table, set())
        held = [name for name in self.before.tables[table].files if name not in gone and may_hold(name, windows)]
        if not len(asked) or not held:
            return
        if among is None:
            paths = ", ".join(literal(str(self._folder(table) / name)) for name in held)
            holds = f"from read_parquet([{paths}], filename = true) semi join asked on {quoted(column)} = asked.value"
            listed = self.ask(f"select distinct filename {holds}", [], asked=asked)["filename"].to_pylist()
            among = {Path(name).name for name in listed}
        for name in held:
            if name in among:
                gone.add(name)
                left = self._meanwhile(self._left, table, name, column, asked["value"].combine_chunks())
                self._added.setdefault(table, []).append(left)

    def _left(self, table: str, name: str, column: str, values: pa.Array) -> Part | None:
        """A file's rows without those of some values as a new file; None where no row is left."""
        with trouble(str(self._folder(table) / name)):
            rows = pq.read_table(self._folder(table) / name, schema=schema(table))
        left = rows.filter(pc.invert(pc.is_in(rows[column], values)))
        return self._write(table, left, named(name), True) if len(left) else None

    def ask(self, sql: str, tables: Sequence[str], **given: pa.Table) -> pa.Table:
        """The answer to a query over tables as they were before this change, and over tables given by name."""
        with self._asking(tables, given) as database:
            return database.sql(sql).to_arrow_table()

    def hold(self, name: str, sql: str, **given: pa.Table) -> None:
        """Hold the answer to a query in memory under a name, so that it can be asked again."""
        with self._asking((), given) as database:
            database.execute(f"create or replace temp table {quoted(name)} as {sql}")

    @contextmanager
    def _asking(self, tables: Sequence[str], given: Mapping[str, pa.Table]) -> Iterator[DuckDBPyConnection]:
        import duckdb

        try:
            if self._database is None:
                self._database = duckdb.connect(":memory:")
                self._database.execute("set timezone = 'UTC'")
                self._database.execute("set parquet_metadata_cache = true")
            for table in set(tables) - self._viewed:
                self._database.execute(f"create view {quoted(table)} as from {self.store.relation(table, self.before)}")
                self._viewed.add(table)
            for name, rows in given.items():
                self._database.register(name, rows)
            yield self._database
        except duckdb.Error as error:
            raise files.explained(error, str(self.store.root)) from error

    def relation(self, table: str, windows: Collection[Days] | None, *, filename: bool = False) -> str:
        """A table before this change as SQL to select from: only the files that can hold rows of these days. ``filename`` adds
        a column of that name."""
        return self.store.relation(table, self.before, windows, filename=filename)

    def close(self) -> None:
        """Let go of what asking and writing opened. Nothing is published by that."""
        if self._pool is not None:
            self._pool.shutdown()
            self._pool = None
        if self._database is not None:
            self._database.close()
            self._database = None

    def move(self, table: str, old: Sequence[str], new: Sequence[Part]) -> bool:
        """Put the same rows into other files; False where one of the old ones is no longer active."""
        if not set(old) <= set(self.before.tables[table].files):
            return False
        self._removed.setdefault(table, set()).update(old)
        self._added.setdefault(table, []).extend(_done(part) for part in new)
        self._moved.add(table)
        return True

    def rows(self, table: str) -> pa.Table:
        """The table as it was before this change."""
        return self.store.read(table, self.before)

    @property
    def touched(self) -> list[str]:
        return [table for table in TABLES if self._added.get(table) or self._removed.get(table)]

    def commit(self) -> None:
        """Write every table's own commit. Nothing is published by that. Raises what went wrong in writing the files."""
        touched = self.touched
        written = {table: [part.result() for part in self._added.get(table, [])] for table in touched}
        added = {table: [part for part in parts if part is not None] for table, parts in written.items()}
        with ThreadPoolExecutor(_THREADS) as pool:
            held = pool.map(lambda table: self._commit(table, added[table]), touched)
            self._after.update(zip(touched, held, strict=True))

    def _commit(self, table: str, added: Sequence[Part]) -> Held:
        removed = self._removed.get(table, set())
        delta = self.store.delta(table)
        files.swap(delta, added, sorted(removed), moved=table in self._moved)
        delta.update_incremental()
        kept = [part for part in self.before.tables[table].parts if part.name not in removed]
        return Held(delta.version(), (*kept, *added))

    def after(self) -> dict[str, Held]:
        return {**self.before.tables, **self._after}

    def _folder(self, table: str) -> Path:
        return self.store.root / table


def _done(part: Part) -> Future[Part | None]:
    done: Future[Part | None] = Future()
    done.set_result(part)
    return done
