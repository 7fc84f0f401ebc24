"""Keeping an archive quick and small: ``compact`` puts rows into few sorted files, ``vacuum`` removes files no batch names any
more, ``migrate`` brings tables of an older version into the present shape."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.archive import files, keys, narrowing, pairs
from dragoman.archive.archive import Archive, new_run
from dragoman.archive.files import Part, trouble
from dragoman.archive.schema import order_sql, schema
from dragoman.archive.store import BATCHES, literal, quoted
from dragoman.errors import ArchiveError, UsageError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FILE_ROWS = 1_048_576  # rows of a compacted file at most
FILE_BYTES = 256 << 20  # and bytes, for tables with long texts
FAN = 12  # files of one size that are merged into one of the next: a row is written anew about once for every twelvefold growth
RETENTION = 168.0  # hours that a file stays after the batch that no longer names it, for readers that still do

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Compacted:
    """What was done to one table."""

    table: str
    rows: int
    files_before: int
    files_after: int
    bytes_before: int
    bytes_after: int


def compact(archive: Archive, tables: Sequence[str] = (), *, tell: Tell | None = None) -> list[Compacted]:
    """Sort all rows of the tables (all of them if none is named) into few files. Queries see the same rows as before.

    Others may write meanwhile: what they add stays as it is. Raises UsageError for an unknown table.
    """
    snapshot = archive.snapshot()
    if unknown := set(tables) - set(snapshot.tables):
        raise UsageError(f"there is no table {', '.join(sorted(unknown))}; choose from {', '.join(snapshot.tables)}")
    done = []
    for table in tables or snapshot.tables:
        parts = snapshot.tables[table].parts
        if len(parts) > 1:
            if tell is not None:
                tell(f"compacting {table}: {sum(part.rows for part in parts):,} rows in {len(parts)} files")
            if after := _merge(archive, table, parts, "compact", stretches=table in narrowing.TABLES):
                done.append(_compacted(table, parts, after))
        elif table in pairs.COLUMNS:
            _keep_pairs(archive, table, parts)
    if done:
        with archive.change("compact"):
            pass  # only its row in ``runs``
    return done


def _keep_pairs(archive: Archive, table: str, parts: Sequence[Part]) -> None:
    """For a file that stays: an archive of an older Dragoman has none beside it."""
    with trouble(str(archive.path / pairs.FOLDER)):
        for part in parts:
            if not pairs.place(archive.path, table, part).exists():
                pairs.keep(archive.path, table, part)


def settle(archive: Archive) -> None:
    """Merge small files of a size where there are many of them: what keeps readers quick while batch follows batch."""
    snapshot = archive.snapshot()
    for table, held in snapshot.tables.items():
        for some in tiers(held.parts):
            _merge(archive, table, some, "compact")


def tiers(parts: Sequence[Part]) -> Iterator[list[Part]]:
    """Files to merge: those of about the same number of rows (each size ``FAN`` times the one before), where ``FAN`` have come
    together. Files near the largest size are left to ``compact``."""
    sizes: dict[int, list[Part]] = {}
    for part in parts:
        if part.rows * FAN <= FILE_ROWS and part.bytes * FAN <= FILE_BYTES:
            sizes.setdefault(_size(part.rows), []).append(part)
    for _, some in sorted(sizes.items()):
        if len(some) >= FAN:
            yield some


def _size(rows: int) -> int:
    size = 0
    while rows > 256:
        rows //= FAN
        size += 1
    return size


def _merge(archive: Archive, table: str, parts: Sequence[Part], command: str, *, stretches: bool = False) -> list[Part]:
    """Write these files' rows anew, sorted, without holding the lock; then swap the files, unless another writer was faster."""
    with trouble(str(archive.path / table)):
        new = list(_sorted(archive, table, parts, stretches))
    if sum(part.rows for part in new) != sum(part.rows for part in parts):
        raise ArchiveError(
            f"{archive.path / table}: merging {len(parts)} files gave another number of rows; nothing was changed; run verify"
        )
    if table == keys.TABLE:
        with trouble(str(archive.path / keys.FOLDER)):
            for part in new:
                keys.keep(archive.path, part)
    if table in pairs.COLUMNS:
        with trouble(str(archive.path / pairs.FOLDER)):
            for part in new:
                pairs.keep(archive.path, table, part)
    with archive.store.change(new_run(command).id, archive.settings.lock_seconds) as change:
        swapped = change.move(table, [part.name for part in parts], new)
    if not swapped:
        for part in new:
            (archive.path / table / part.name).unlink(missing_ok=True)
    return new if swapped else []


def _sorted(archive: Archive, table: str, parts: Sequence[Part], stretches: bool) -> Iterator[Part]:
    """The rows of files in the table's order, in new files of at most ``FILE_ROWS`` rows; with ``stretches`` each file has the
    rows of some days."""
    import duckdb

    folder, shape = archive.path / table, schema(table)
    days = [narrowing.named(part.name) for part in parts]
    known = None if stretches or None in days else narrowing.span(days)
    per_row = max(1, sum(part.bytes for part in parts) // max(1, sum(part.rows for part in parts)))
    most = max(files.ROW_GROUP, min(FILE_ROWS, FILE_BYTES // per_row))
    listed = ", ".join(literal(str(folder / part.name)) for part in parts)
    columns = ", ".join(quoted(name) for name in shape.names)
    with duckdb.connect(":memory:") as database:
        database.execute("set timezone = 'UTC'")
        database.execute("set memory_limit = '2GB'")
        database.execute(f"set temp_directory = {literal(str(archive.path / '.sorting'))}")
        rows, by = f"select {columns} from read_parquet([{listed}])", order_sql(table)
        if stretches:
            rows, by = _in_stretches(archive, database, table, rows), f"stretch_, {by}"
        found = database.sql(f"{rows} order by {by}")
        yield from files.write_stream(folder, table, found.to_arrow_reader(files.ROW_GROUP), most, known)


def _in_stretches(archive: Archive, database: DuckDBPyConnection, table: str, rows: str) -> str:
    """Rows with their days and the number of the stretch they lie in. Those of ``groups`` have the days of their event."""
    first, last = narrowing.FIRST_DAY, narrowing.LAST_DAY
    every = archive.store.relation("events", archive.snapshot())
    counts = database.execute(
        f"select first_, count(*) from (select {first} as first_, {last} as last_ from {every}) "
        f"where last_ - first_ <= {narrowing.LONGEST} group by 1 order by 1"
    ).fetchall()
    dated = f"select *, {first} as first_, {last} as last_ from ({rows})"
    if table != "events":
        own = f"(select id, {first} as first_, {last} as last_ from {every})"
        dated = f"select r.*, e.first_, e.last_ from ({rows}) r left join {own} e on e.id = r.event"
    return f"select *, {narrowing.stretch(narrowing.cuts(counts))} as stretch_ from ({dated})"


def _compacted(table: str, before: Sequence[Part], after: Sequence[Part]) -> Compacted:
    rows = sum(part.rows for part in after)
    return Compacted(
        table, rows, len(before), len(after), sum(part.bytes for part in before), sum(part.bytes for part in after)
    )


def vacuum(archive: Archive, *, hours: float = RETENTION, dry_run: bool = False) -> list[str]:
    """Remove files that no published batch of the last ``hours`` names: what compacting left, and writers that were killed.

    Returns their paths. A reader that has had an older batch open for longer than ``hours`` may then miss files; earlier states
    of the tables (Delta's time travel) go with them.
    """
    if hours < 0:
        raise UsageError(f"{hours} hours were given; expected 0 or more")
    gone: list[str] = []
    with archive.store.standing_still(archive.settings.lock_seconds) as snapshot:
        for table in (*snapshot.tables, BATCHES):
            delta = archive.store.delta(table)
            with trouble(str(archive.path / table)):
                names = delta.vacuum(_whole(hours), dry_run=dry_run, enforce_retention_duration=False, full=True)
            gone += [f"{table}/{name}" for name in names]
        if not dry_run:
            held = {table: snapshot.tables[table].parts for table in pairs.COLUMNS}
            for path in keys.spare(archive.path, snapshot.tables[keys.TABLE].parts) + pairs.spare(archive.path, held):
                path.unlink(missing_ok=True)
    return gone


def _whole(hours: float) -> int:
    return int(hours) if hours == int(hours) else int(hours) + 1
