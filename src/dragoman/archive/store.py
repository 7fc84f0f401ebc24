"""The archive on disk: a folder of Delta tables, and batches that are published as a whole.

A batch changes many tables. Each table's commit is made first; the batch exists from the moment that the manifest (the Delta
table ``batches``) is rewritten with the tables' new versions and files. Readers read what the manifest names, so they see whole
batches only. What a writer that was killed left ahead of the manifest is taken back by the next one.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from dragoman.archive import files
from dragoman.archive.files import Part, trouble
from dragoman.archive.lock import locked
from dragoman.archive.narrowing import Days, may_hold
from dragoman.archive.schema import MANIFEST, TABLES, VERSION, schema
from dragoman.errors import ArchiveError, MissingArchive, UsageError

if TYPE_CHECKING:
    from deltalake import DeltaTable
    from duckdb import DuckDBPyConnection

    from dragoman.archive.change import Change

BATCHES = "batches"
_COMMIT = re.compile(r"\d{20}\.json")
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
        last = self._last(BATCHES)
        return self._manifest().version() if last is None else last

    def _last(self, table: str) -> int | None:
        """The last version of a table by the names in its log; None where they do not say."""
        try:
            commits = [entry.name for entry in os.scandir(self.root / table / "_delta_log") if _COMMIT.fullmatch(entry.name)]
        except OSError:
            return None
        return int(max(commits)[:20]) if commits else None

    def paths(self, table: str, snapshot: Snapshot, windows: Collection[Days] | None = None) -> list[str]:
        """The files of a table; with ``windows`` those that can hold rows of these days."""
        return [str(self.root / table / name) for name in snapshot.tables[table].files if may_hold(name, windows)]

    def read(self, table: str, snapshot: Snapshot) -> pa.Table:
        """All rows of a table, in its own columns and types."""
        listed = self.paths(table, snapshot)
        if not listed:
            return schema(table).empty_table()
        with trouble(str(self.root / table)):
            return ds.dataset(listed, schema=schema(table), format="parquet").to_table()

    def relation(
        self, table: str, snapshot: Snapshot, windows: Collection[Days] | None = None, *, filename: bool = False
    ) -> str:
        """The table as SQL to select from: exactly its active files, in its own order of columns; with ``windows`` only the
        files that can hold rows of these days, so that all rows of the days are there, and others. ``filename`` adds a column
        of that name: the path of a row's file."""
        shape = schema(table)
        listed = self.paths(table, snapshot, windows)
        if not listed:
            columns = ", ".join(f"null::{sql_type(field.type)} as {quoted(field.name)}" for field in shape)
            return f"(select {columns}{', null::varchar as filename' if filename else ''} {NO_ROWS})"
        columns = ", ".join([*(quoted(name) for name in shape.names), *(["filename"] if filename else [])])
        paths = ", ".join(literal(path) for path in listed)
        return f"(select {columns} from read_parquet([{paths}]{', filename = true' if filename else ''}))"

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
        from dragoman.archive.change import Change

        with trouble(str(self.root)):
            self.root.mkdir(parents=True, exist_ok=True)
        with locked(self.root, wait):
            before = self._ready(run)
            change = Change(self, before, run)
            with closing(change):
                yield change
            if change.touched:
                with trouble(str(self.root)):
                    change.commit()
                    self.publish(change.after(), run, published or datetime.now(UTC))

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
        return self.taken_back(before)

    def taken_back(self, before: Snapshot) -> Snapshot:
        """The tables as a snapshot has them: what a killed writer left ahead of it is taken back. Holders of the lock only."""
        for table, held in before.tables.items():
            if self._last(table) != held.version:
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

    def publish(self, tables: Mapping[str, Held], run: str, published: datetime) -> None:
        """Let these be the tables that readers see, from this commit on. Holders of the lock only."""
        delta = self.delta(BATCHES)
        old = files.names(delta)
        files.swap(delta, [_manifest_part(self.root / BATCHES, tables, run, published)], old)


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
