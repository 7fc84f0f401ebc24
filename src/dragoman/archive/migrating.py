"""``migrate``: tables of an older version brought into the present shape (``schema.VERSION``), in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pyarrow as pa
import pyarrow.parquet as pq

from dragoman.archive import files
from dragoman.archive.archive import Archive, new_run
from dragoman.archive.files import Part, trouble
from dragoman.archive.lock import locked
from dragoman.archive.schema import TABLES, VERSION, schema
from dragoman.archive.store import Held

Tell = Callable[[str], None]


def migrate(archive: Archive, *, tell: Tell | None = None) -> list[str]:
    """Give every table the columns of this version: new ones are null, those that are no more are left out. Returns the tables
    that were changed; an archive of this version stays as it is.

    Files of the older shape stay until ``vacuum``. Raises MissingArchive, and ArchiveError for an archive of a newer version.
    """
    store = archive.store
    store.snapshot()  # says what is wrong before anything is touched
    with locked(archive.path, archive.settings.lock_seconds):
        before = store.taken_back(store.snapshot())
        if before.schema == VERSION:
            return []
        after: dict[str, Held] = {}
        changed: list[str] = []
        for table in TABLES:
            with trouble(str(archive.path / table)):
                held = before.tables.get(table)
                if held is None:
                    after[table] = _made(archive, table)
                elif _names(archive, table) != schema(table).names:
                    if tell is not None:
                        tell(f"migrating {table}")
                    after[table] = _rewritten(archive, table, held)
                else:
                    after[table] = held
                    continue
            changed.append(table)
        with trouble(str(archive.path)):
            store.publish(after, new_run("migrate").id, datetime.now(UTC))
    with archive.change("migrate"):
        pass  # only its row in ``runs``
    return changed


def _names(archive: Archive, table: str) -> list[str]:
    return [field.name for field in archive.store.delta(table).schema().fields]


def _made(archive: Archive, table: str) -> Held:
    from deltalake import DeltaTable

    DeltaTable.create(str(archive.path / table), schema(table), mode="ignore", configuration=dict(files.LOG))
    return Held(archive.store.delta(table).version(), ())


def _rewritten(archive: Archive, table: str, held: Held) -> Held:
    """The table's rows in the new shape, as one commit of its log."""
    from deltalake import write_deltalake

    folder, shape = archive.path / table, schema(table)

    def batches() -> Iterator[pa.RecordBatch]:
        for part in held.parts:
            with pq.ParquetFile(folder / part.name) as file:
                for batch in file.iter_batches(files.ROW_GROUP):
                    yield from _shaped(pa.Table.from_batches([batch]), shape).to_batches()

    rows = pa.RecordBatchReader.from_batches(shape, batches())
    write_deltalake(str(folder), rows, mode="overwrite", schema_mode="overwrite")
    delta = archive.store.delta(table)
    counts = files.rows_of(delta)
    return Held(delta.version(), tuple(Part(name, (folder / name).stat().st_size, counts[name]) for name in files.names(delta)))


def _shaped(rows: pa.Table, shape: pa.Schema) -> pa.Table:
    columns = [
        rows[field.name].cast(field.type) if field.name in rows.column_names else pa.nulls(len(rows), field.type)
        for field in shape
    ]
    return pa.table(columns, schema=shape)
