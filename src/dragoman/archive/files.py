"""Parquet files and Delta logs: writing rows into a table's folder, and swapping files in one commit of its log."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from dragoman.archive.narrowing import Days, days_of, label, span
from dragoman.archive.schema import order, schema
from dragoman.errors import ArchiveError

if TYPE_CHECKING:
    from deltalake import DeltaTable

IDS = ("id", "document", "event")  # columns that single rows are looked up by
ROW_GROUP = 16_384  # rows; a query looks at whole row groups (docs/decisions.md has the timings)
PAGE = 2_048  # rows; of a row group only the pages with rows that meet the conditions are unpacked
UNIQUE = {
    "events": ("id", "document", "words"),
    "groups": ("event", "group", "joined_to", "document"),
    "articles": ("id", "document", "text", "sketch"),
}
"""Columns whose values hardly come again: a dictionary of them would be the column itself, unpacked whole for one row."""
LOG = {"delta.checkpointInterval": "20"}  # commits; a reader replays at most so many small files
_FULL = ("No space left", "os error 28", "Disk quota", "os error 122", "File too large", "os error 27")
_CLOSED = ("Permission denied", "os error 13", "Read-only file system", "os error 30", "os error 1)")


@dataclass(frozen=True, slots=True)
class Part:
    """One Parquet file of a table, by its name in the table's folder."""

    name: str
    bytes: int
    rows: int


@contextmanager
def trouble(place: str) -> Iterator[None]:
    """Turn what the file system, Arrow and Delta raise into one ArchiveError that says what to do."""
    from deltalake.exceptions import DeltaError

    try:
        yield
    except (OSError, DeltaError, pa.ArrowException) as error:
        raise explained(error, place) from error


def explained(error: Exception, place: str) -> ArchiveError:
    """The one line for an error met while reading or writing ``place``."""
    words = " ".join(str(error).split())
    if any(mark in words for mark in _FULL):
        return ArchiveError(
            f"{place}: the disk is full; the batch that was being written is not in the archive, all earlier ones are; "
            "free some space (dragoman vacuum removes old files), then run the same command again"
        )
    if any(mark in words for mark in _CLOSED):
        return ArchiveError(
            f"{place} cannot be written to ({words[:120]}); nothing was changed; make it writable, or copy the archive to a "
            "folder that is"
        )
    if "reader version" in words or "writer version" in words or ("Unsupported" in words and "feature" in words):
        return ArchiveError(f"{place} was written in a newer form of Delta ({words[:160]}); update Dragoman, then try again")
    return ArchiveError(
        f"{place} is damaged or incomplete ({words[:200]}); nothing was changed; dragoman verify names what is damaged; "
        "bring that file back from a backup"
    )


def write_part(folder: Path, rows: pa.Table, table: str, days: Days | None = None, *, ordered: bool = False) -> Part:
    """Write rows, sorted (``ordered``: they are already), as one new file; no reader sees it until a commit names it.

    ``days`` are the first and the last day of its rows; those of events are looked up where they are not given.
    """
    keys = [(name, "ascending") for name in order(table)]
    put = rows.take(pc.sort_indices(rows, sort_keys=keys)) if keys and len(rows) > 1 and not ordered else rows
    part = new_name(days_of(rows) if days is None and table == "events" else days)
    with pq.ParquetWriter(folder / part, rows.schema, **_options(table, len(rows))) as writer:
        writer.write_table(put, row_group_size=ROW_GROUP)
    return Part(part, (folder / part).stat().st_size, len(rows))


def write_stream(
    folder: Path, table: str, batches: Iterable[pa.RecordBatch], most: int, days: Days | None = None
) -> Iterator[Part]:
    """Write rows that come sorted into new files of at most ``most`` rows (rounded up to whole row groups).

    Beside the table's own columns rows may have ``stretch_``, each of which begins a new file, and ``first_`` and ``last_``,
    the days that the file's name says; without these it says ``days``.
    """
    writer: pq.ParquetWriter | None = None
    part, rows = "", 0
    held = days
    waiting: list[pa.RecordBatch] = []
    for batch, last in _with_last(batches):
        waiting.append(batch)
        if not last and sum(len(some) for some in waiting) < ROW_GROUP:
            continue
        found, waiting = pa.Table.from_batches(waiting), []
        if writer is None:
            part, rows, held = new_name(), 0, days
            writer = pq.ParquetWriter(folder / part, schema(table), **_options(table, ROW_GROUP))
        if "first_" in found.column_names:
            held = span((held, _ends(found)))
        group = found.select(schema(table).names).cast(schema(table))
        writer.write_table(group, row_group_size=max(ROW_GROUP, len(group)))
        rows += len(group)
        if last or rows >= most:
            writer.close()
            writer = None
            name = new_name(held)
            (folder / part).rename(folder / name)
            yield Part(name, (folder / name).stat().st_size, rows)


def _ends(rows: pa.Table) -> Days | None:
    first, last = pc.min(rows["first_"]).as_py(), pc.max(rows["last_"]).as_py()
    return None if first is None else (first, last)


def _with_last(batches: Iterable[pa.RecordBatch]) -> Iterator[tuple[pa.RecordBatch, bool]]:
    """Batches of one stretch each, and whether another stretch, or nothing, comes after."""
    left = _apart(batches)
    held = next(left, None)
    while held is not None:
        after = next(left, None)
        yield held[0], after is None or after[1] != held[1]
        held = after


def _apart(batches: Iterable[pa.RecordBatch]) -> Iterator[tuple[pa.RecordBatch, int]]:
    for batch in batches:
        if "stretch_" not in batch.schema.names:
            yield batch, 0
            continue
        ends = pc.run_end_encode(batch["stretch_"])
        start = 0
        for end, number in zip(ends.run_ends.to_pylist(), ends.values.to_pylist(), strict=True):
            yield batch.slice(start, end - start), number
            start = end


def _options(table: str, rows: int) -> dict[str, Any]:
    """How files are written: small, and with Bloom filters on ids, so that one row is found without reading a column."""
    ids = [name for name in IDS if name in schema(table).names]
    blooms = {name: {"ndv": min(rows, ROW_GROUP), "fpp": 0.02} for name in ids} if rows > 1_000 else {}
    listed = [
        path for field in schema(table) if field.name not in UNIQUE.get(table, ()) for path in _paths(field.name, field.type)
    ]
    return {
        "compression": "zstd",
        "compression_level": 3,
        "version": "2.6",
        "max_rows_per_page": PAGE,
        "use_dictionary": listed,
        "bloom_filter_options": blooms or None,
    }


def _paths(name: str, kind: pa.DataType) -> Iterator[str]:
    """The columns that Parquet makes of a column: of a list or a struct those inside."""
    if pa.types.is_list(kind):
        yield from _paths(f"{name}.list.element", kind.value_type)
    elif pa.types.is_struct(kind):
        for field in kind:
            yield from _paths(f"{name}.{field.name}", field.type)
    else:
        yield name


def new_name(days: Days | None = None) -> str:
    return f"part-{label(days)}{uuid.uuid4().hex}.zstd.parquet"


def swap(table: DeltaTable, add: Sequence[Part], remove: Sequence[str] = (), *, moved: bool = False) -> None:
    """One commit of a table's log: these files come in, those go out. ``moved``: the rows are the same, only in other files."""
    from deltalake.transaction import AddAction, PostCommitHookProperties, RemoveAction

    now = int(time.time() * 1000)
    actions: list[AddAction | RemoveAction] = [
        AddAction(part.name, part.bytes, {}, now, not moved, json.dumps({"numRecords": part.rows})) for part in add
    ]
    actions += [RemoveAction(path=name, data_change=not moved, deletion_timestamp=now, partition_values={}) for name in remove]
    table.create_write_transaction(
        actions,
        "append",
        table.schema(),
        post_commithook_properties=PostCommitHookProperties(create_checkpoint=True, cleanup_expired_logs=True),
    )


def names(table: DeltaTable) -> list[str]:
    """The active files of a loaded table, by name."""
    return sorted(uri.rsplit("/", 1)[-1] for uri in table.file_uris())


def rows_of(table: DeltaTable) -> dict[str, int]:
    """For every active file the rows that the table's log says it has."""
    actions = pa.table(table.get_add_actions(flatten=True))
    return dict(zip(actions["path"].to_pylist(), actions["num_records"].to_pylist(), strict=True))
