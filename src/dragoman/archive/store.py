"""The archive on disk: a folder of Delta tables, and batches that are published as a whole.

A batch changes many tables. Each table's commit is made first; the batch exists from the moment that the manifest (the Delta
table ``batches``) is rewritten with the tables' new versions and files. Readers read what the manifest names, so they see whole
batches only. What a writer that was killed left ahead of the manifest is taken back by the next one.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from dragoman.archive import files
from dragoman.archive.files import Part, trouble
from dragoman.archive.lock import locked
from dragoman.archive.rows import conform
from dragoman.archive.schema import MANIFEST, TABLES, VERSION, schema
from dragoman.errors import ArchiveError, MissingArchive, UsageError

if TYPE_CHECKING:
    from deltalake import DeltaTable
    from duckdb import DuckDBPyConnection

Keep = Callable[[pa.Table], "pa.Array | pa.ChunkedArray"]
BATCHES = "batches"
NO_ROWS = "where false"


@dataclass(frozen=True, slots=True)
class Held:
    """One table as a batch left it: its Delta version and its files."""

    version: int
    parts: tuple[Part, ...]

    @property
    def files(self) -> list[str]:
        return [part.name for part in self.parts]

    @property
    def rows(self) -> int:
        return sum(part.rows for part in self.parts)

    @property
    def bytes(self) -> int:
        return sum(part.bytes for part in self.parts)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the last published batch holds. ``batch`` counts from 0, the empty archive."""

    batch: int
    tables: Mapping[str, Held]
    schema: int
    published: datetime | None = None


class Store:
    """The folder of an archive. Nothing in it is read before it is asked for, and nothing is kept but the folder's name."""

    def __init__(self, root: Path) -> None:
        self.root = root

    # Reading

    def snapshot(self) -> Snapshot:
        """The last published batch. Raises MissingArchive, or ArchiveError for a damaged archive or one of another version."""
        manifest = self._manifest()
        with trouble(str(self.root / BATCHES)):
            listed = manifest.file_uris()
            if len(listed) != 1:
                raise ArchiveError(
                    f"{self.root / BATCHES} holds {len(listed)} manifests, expected one; another program wrote to it; "
                    "bring the folder back from a backup"
                )
            rows = pq.read_table(self.root / BATCHES / listed[0].rsplit("/", 1)[-1]).to_pylist()
        shapes = max((row["schema"] for row in rows), default=VERSION)
        if shapes > VERSION:
            raise ArchiveError(
                f"{self.root} has tables of version {shapes}, this Dragoman knows up to {VERSION}; nothing was changed; "
                "update Dragoman"
            )
        held = {row["table"]: Held(row["version"], tuple(Part(**part) for part in row["files"])) for row in rows}
        return Snapshot(manifest.version(), held, shapes, max((row["published"] for row in rows), default=None))

    def batch(self) -> int:
        """The number of the last published batch: cheaper than the snapshot, to see whether a kept one is still the last."""
        log = self.root / BATCHES / "_delta_log"
        try:
            commits = (entry.name for entry in os.scandir(log) if entry.name.endswith(".json") and entry.name[0] == "0")
            return max(int(name.removesuffix(".json")) for name in commits)
        except (OSError, ValueError):
            return self._manifest().version()

    def paths(self, table: str, snapshot: Snapshot) -> list[str]:
        return [str(self.root / table / name) for name in snapshot.tables[table].files]

    def read(self, table: str, snapshot: Snapshot) -> pa.Table:
        """All rows of a table, in its own columns and types."""
        listed = self.paths(table, snapshot)
        if not listed:
            return schema(table).empty_table()
        with trouble(str(self.root / table)):
            return ds.dataset(listed, schema=schema(table), format="parquet").to_table()

    def relation(self, table: str, snapshot: Snapshot) -> str:
        """The table as SQL to select from: exactly its active files, in its own order of columns."""
        shape = schema(table)
        listed = self.paths(table, snapshot)
        if not listed:
            columns = ", ".join(f"null::{sql_type(field.type)} as {quoted(field.name)}" for field in shape)
            return f"(select {columns} {NO_ROWS})"
        columns = ", ".join(quoted(name) for name in shape.names)
        return f"(select {columns} from read_parquet([{', '.join(literal(path) for path in listed)}]))"

    def views(self, snapshot: Snapshot) -> DuckDBPyConnection:
        """A DuckDB database in memory whose views are the tables of a snapshot."""
        import duckdb

        database = duckdb.connect(":memory:")
        try:
            database.execute("set timezone = 'UTC'")
            database.execute("set parquet_metadata_cache = true")  # files never change once written
            for table in snapshot.tables:
                database.execute(f"create view {quoted(table)} as select * from {self.relation(table, snapshot)}")
        except duckdb.Error as error:
            database.close()
            raise files.explained(error, str(self.root)) from error
        return database

    def ask(self, sql: str, snapshot: Snapshot, tables: Sequence[str], **given: pa.Table) -> pa.Table:
        """The answer to a query over some tables of a snapshot, and over tables that are given by name."""
        import duckdb

        with duckdb.connect(":memory:") as database:
            try:
                database.execute("set timezone = 'UTC'")
                for name, rows in given.items():
                    database.register(name, rows)
                for table in tables:
                    database.execute(f"create view {quoted(table)} as select * from {self.relation(table, snapshot)}")
                return database.sql(sql).to_arrow_table()
            except duckdb.Error as error:
                raise files.explained(error, str(self.root)) from error

    def exists(self) -> bool:
        return (self.root / BATCHES / "_delta_log").is_dir()

    def delta(self, table: str, version: int | None = None) -> DeltaTable:
        """A table of the archive as Delta sees it. Raises ArchiveError where its log is missing or damaged."""
        from deltalake import DeltaTable

        with trouble(str(self.root / table)):
            return DeltaTable(str(self.root / table), version=version)

    def _manifest(self) -> DeltaTable:
        if not self.exists():
            raise MissingArchive(
                f"{self.root} is no archive; expected a folder made by dragoman add; add articles to it first, or give another "
                "with --archive"
            )
        return self.delta(BATCHES)

    # Writing

    @contextmanager
    def change(self, run: str, wait: float, published: datetime | None = None) -> Iterator[Change]:
        """Change tables as one batch: all that was done to the ``Change`` is published at the end of the block, or none of it.

        Others wait meanwhile, at most ``wait`` seconds; so do here only what needs the archive to stand still.
        """
        with trouble(str(self.root)):
            self.root.mkdir(parents=True, exist_ok=True)
        with locked(self.root, wait):
            before = self._ready(run)
            change = Change(self, before, run)
            yield change
            if change.touched:
                with trouble(str(self.root)):
                    change.commit()
                    self._publish(change.after(), run, published or datetime.now(UTC))

    @contextmanager
    def standing_still(self, wait: float) -> Iterator[Snapshot]:
        """Hold the lock without changing what is published: nobody writes during the block."""
        if not self.exists():
            self._manifest()
        with locked(self.root, wait):
            yield self._ready("")

    def _ready(self, run: str) -> Snapshot:
        """The snapshot to build on, after what a killed writer left was taken back; an archive is made where there is none."""
        if not self.exists():
            with trouble(str(self.root)):
                self._create(run)
        before = self.snapshot()
        if before.schema < VERSION:
            raise ArchiveError(
                f"{self.root} has tables of version {before.schema}, this Dragoman writes {VERSION}; nothing was changed; "
                "run dragoman migrate"
            )
        for table, held in before.tables.items():
            delta = self.delta(table)
            if delta.version() > held.version and files.names(delta) != sorted(held.files):
                with trouble(str(self.root / table)):
                    delta.restore(held.version)
        return before

    def _create(self, run: str) -> None:
        from deltalake import DeltaTable

        known = [path.name for path in self.root.iterdir() if not path.name.startswith(".")]
        if set(known) - {*TABLES, BATCHES}:
            raise UsageError(
                f"{self.root} is no archive and holds other files ({', '.join(sorted(known)[:3])}); give a new folder"
            )
        for table in TABLES:
            DeltaTable.create(str(self.root / table), schema(table), mode="ignore", configuration=dict(files.LOG))
        # The manifest's table is made aside and renamed, so that an archive without a first batch is never seen.
        aside = self.root / f".{BATCHES}"
        DeltaTable.create(str(aside), pa.schema(list(MANIFEST)), mode="ignore", configuration=dict(files.LOG))
        delta = DeltaTable(str(aside))
        if not delta.file_uris():
            empty = {table: Held(0, ()) for table in TABLES}
            files.swap(delta, [_manifest_part(aside, empty, run, datetime.now(UTC))])
        aside.rename(self.root / BATCHES)

    def _publish(self, tables: Mapping[str, Held], run: str, published: datetime) -> None:
        delta = self.delta(BATCHES)
        old = files.names(delta)
        files.swap(delta, [_manifest_part(self.root / BATCHES, tables, run, published)], old)


@dataclass(slots=True)
class Change:
    """What one batch does to the tables, until it is published."""

    store: Store
    before: Snapshot
    run: str
    _added: dict[str, list[Part]] = field(default_factory=dict)
    _removed: dict[str, set[str]] = field(default_factory=dict)
    _moved: set[str] = field(default_factory=set)
    _after: dict[str, Held] = field(default_factory=dict)

    def append(self, table: str, rows: pa.Table | Sequence[Mapping[str, Any]]) -> None:
        """Add rows. Columns that are not given are null; ``run`` is this batch's. No rows is no change."""
        given = conform(rows, table, self.run)
        if len(given):
            with trouble(str(self.store.root / table)):
                self._added.setdefault(table, []).append(files.write_part(self._folder(table), given, table))

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
                self.append(table, left)
        return gone

    def remove_keys(self, table: str, column: str, values: Iterable[str]) -> int:
        """Take out the rows with one of these values in a column; files without any are not opened, but asked for it."""
        asked = pa.table({"value": pa.array(sorted(set(values)), pa.string())})
        held = [name for name in self.before.tables[table].files if name not in self._removed.get(table, ())]
        if not len(asked) or not held:
            return 0
        paths = ", ".join(literal(str(self._folder(table) / name)) for name in held)
        holds = f"from read_parquet([{paths}], filename = true) semi join asked on {quoted(column)} = value"
        among = {
            Path(name).name for name in self.ask(f"select distinct filename {holds}", [], asked=asked)["filename"].to_pylist()
        }
        return self.remove(table, lambda rows: pc.invert(pc.is_in(rows[column], asked["value"].combine_chunks())), among)

    def ask(self, sql: str, tables: Sequence[str], **given: pa.Table) -> pa.Table:
        """The answer to a query over tables as they were before this change, and over tables given by name."""
        return self.store.ask(sql, self.before, tables, **given)

    def move(self, table: str, old: Sequence[str], new: Sequence[Part]) -> bool:
        """Put the same rows into other files; False where one of the old ones is no longer active."""
        if not set(old) <= set(self.before.tables[table].files):
            return False
        self._removed.setdefault(table, set()).update(old)
        self._added.setdefault(table, []).extend(new)
        self._moved.add(table)
        return True

    def rows(self, table: str) -> pa.Table:
        """The table as it was before this change."""
        return self.store.read(table, self.before)

    @property
    def touched(self) -> list[str]:
        return [table for table in TABLES if self._added.get(table) or self._removed.get(table)]

    def commit(self) -> None:
        """Write every table's own commit. Nothing is published by that."""
        for table in self.touched:
            held = self.before.tables[table]
            added, removed = self._added.get(table, []), self._removed.get(table, set())
            delta = self.store.delta(table)
            files.swap(delta, added, sorted(removed), moved=table in self._moved)
            delta.update_incremental()
            kept = [part for part in held.parts if part.name not in removed]
            self._after[table] = Held(delta.version(), (*kept, *added))

    def after(self) -> dict[str, Held]:
        return {**self.before.tables, **self._after}

    def _folder(self, table: str) -> Path:
        return self.store.root / table


def _manifest_part(folder: Path, tables: Mapping[str, Held], run: str, published: datetime) -> Part:
    rows = [
        {
            "table": table,
            "version": held.version,
            "files": [asdict(part) for part in held.parts],
            "rows": held.rows,
            "run": run,
            "schema": VERSION,
            "published": published,
        }
        for table, held in tables.items()
    ]
    name = files.new_name()
    pq.write_table(pa.Table.from_pylist(rows, pa.schema(list(MANIFEST))), folder / name, compression="zstd")
    return Part(name, (folder / name).stat().st_size, len(rows))


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def sql_type(kind: pa.DataType) -> str:
    """The DuckDB type of a column."""
    if pa.types.is_list(kind):
        return f"{sql_type(kind.value_type)}[]"
    if pa.types.is_struct(kind):
        return "struct(" + ", ".join(f"{quoted(f.name)} {sql_type(f.type)}" for f in kind) + ")"
    if pa.types.is_timestamp(kind):
        return "timestamptz"
    return {
        "string": "varchar",
        "binary": "blob",
        "int8": "tinyint",
        "int32": "integer",
        "int64": "bigint",
        "double": "double",
        "bool": "boolean",
        "date32[day]": "date",
    }[str(kind)]
