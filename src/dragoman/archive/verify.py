"""``verify``: does every row stand where it says it stands? Files, ids, evidence and references, checked against each other.

Each check is one query that counts the rows at fault and names some; an archive without a finding has lost and doubled nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from dragoman.archive import files, keys, narrowing, pairs
from dragoman.archive.archive import Archive
from dragoman.archive.schema import TABLES, schema
from dragoman.archive.store import Held, Snapshot, literal
from dragoman.errors import ArchiveError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

IDS = {
    "articles": ("id",),
    "sentences": ("document", "i"),
    "actors": ("document", "id"),
    "events": ("id",),
    "statements": ("id",),
    "instruments": ("id",),
    "figures": ("id",),
    "discrepancies": ("id",),
    "groups": ("event",),
    "copies": ("document",),
    "corrections": ("id", "column"),
    "inputs": ("input",),
    "failures": ("input", "reason"),
    "runs": ("id",),
}
"""What tells the rows of a table apart: no two rows may have the same."""
SPANS = {
    "mentions": ("",),
    "events": ("source_", "target_", "trigger_"),
    "statements": ("speaker_", "cue_", "content_", "addressee_"),
    "discards": ("",),
}
"""Columns ``X_text``, ``X_start``, ``X_end`` that quote the article."""
EVIDENCE = ("events", "statements", "instruments", "figures", "mentions")
MADE_OF = {  # how the coder makes an id (records.content_id): the same parts must still give it
    "articles": "text",
    "events": 'document, "start", "end", source_actor, source_start, target_actor, target_start, root',
    "statements": "'statement', document, speaker_actor, speaker_start, content_start, content_end",
    "instruments": "'instrument', document, kind, name, \"start\"",
    "figures": '\'figure\', document, "start", "end", text, value, unit',
}
OWN = {"events": "origin = 'dragoman'"}  # imported rows have no sentence, and ids made of their origin's
NAMED = {
    "events": ("source_actor", "target_actor", "asserted_by"),
    "statements": ("speaker_actor", "addressee_actor"),
    "mentions": ("actor",),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A check that some rows of a table do not pass: how many, and the ids (or files) of some."""

    table: str
    problem: str
    count: int
    examples: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.table}: {self.count} {self.problem} ({', '.join(self.examples)})"


Tell = Callable[[str], None]


def verify(archive: Archive, *, tell: Tell | None = None) -> list[Finding]:
    """Everything that is wrong with an archive; an empty list where nothing is.

    Reads the last published batch, so others may write meanwhile. Tables whose files are damaged are named and not looked into
    further. Raises MissingArchive, and ArchiveError where not even the list of files can be read.
    """
    snapshot = archive.snapshot()
    found: list[Finding] = []
    broken: set[str] = set()
    for table in snapshot.tables:
        if tell is not None:
            tell(f"files of {table}")
        damaged = list(_files(archive, snapshot, table))
        found += damaged
        if damaged:
            broken.add(table)
    whole = Snapshot(
        snapshot.batch, {t: Held(0, ()) if t in broken else h for t, h in snapshot.tables.items()}, snapshot.schema
    )
    found += _keys(archive, whole)
    found += _pairs(archive, whole)
    with archive.store.views(whole) as database:
        if {"events", "groups"}.isdisjoint(broken):
            for table in narrowing.TABLES:
                found += _days(archive, whole, database, table)
        for table, problem, sql, needs in _checks():
            if broken.isdisjoint(needs):
                if tell is not None:
                    tell(f"{table}: {problem}")
                found += _asked(database, table, problem, sql)
    return found


def _files(archive: Archive, snapshot: Snapshot, table: str) -> Iterator[Finding]:
    """Whether the manifest and the table's own log agree, and every file is there, whole, with the rows it should have."""
    held = snapshot.tables[table]
    try:
        delta = archive.store.delta(table, held.version)
        if files.names(delta) != sorted(held.files):
            yield Finding(table, "files differ from the table's log", 1, (f"version {held.version}",))
    except ArchiveError as error:
        yield Finding(table, "log that cannot be read", 1, (str(error),))
    bad: list[str] = []
    for part in held.parts:
        path = archive.path / table / part.name
        try:
            with pq.ParquetFile(path) as file:
                rows = sum(len(batch) for batch in file.iter_batches())
                missing = set(schema(table).names) - set(file.schema_arrow.names)
            if rows != part.rows or missing:
                bad.append(
                    f"{path} has {rows} rows, expected {part.rows}" if not missing else f"{path} lacks {sorted(missing)}"
                )
        except (OSError, pa.ArrowException) as error:
            bad.append(f"{path}: {' '.join(str(error).split())[:120]}")
    if bad:
        yield Finding(table, "files missing or damaged; bring them back from a backup", len(bad), tuple(bad[:3]))


def _keys(archive: Archive, snapshot: Snapshot) -> Iterator[Finding]:
    """Whether the keys beside a file of articles are those of its ids; keys that are not there yet are made when asked for."""
    bad = []
    for part in snapshot.tables[keys.TABLE].parts:
        path = keys.place(archive.path, part)
        if path.exists():
            ids = pq.read_table(archive.path / keys.TABLE / part.name, columns=[keys.COLUMN])[keys.COLUMN]
            right = keys.numbers(ids)
            if right is None or sorted(right.tolist()) != np.fromfile(path, dtype="<u8").tolist():
                bad.append(str(path))
    if bad:
        yield Finding(keys.TABLE, "files whose keys are not those of their ids; delete the keys", len(bad), tuple(bad[:3]))


def _pairs(archive: Archive, snapshot: Snapshot) -> Iterator[Finding]:
    """Whether what series are counted from, beside the files of events and groups, is what these hold."""
    for table in pairs.COLUMNS:
        wrong = [part for part in snapshot.tables[table].parts if not pairs.right(archive.path, table, part)]
        if wrong:
            bad = tuple(str(pairs.place(archive.path, table, part)) for part in wrong[:3])
            yield Finding(table, "files of which wrong rows are kept for counting; delete what is kept", len(wrong), bad)


def _days(archive: Archive, snapshot: Snapshot, database: DuckDBPyConnection, table: str) -> Iterator[Finding]:
    """Whether the rows of each file are of the days that its name says."""
    said = [(path, *days) for path in archive.store.paths(table, snapshot) if (days := narrowing.named(Path(path).name))]
    if not said:
        return
    listed = ", ".join(f"({literal(path)}, date '{first}', date '{last}')" for path, first, last in said)
    paths = ", ".join(literal(path) for path, _, _ in said)
    first, last = narrowing.FIRST_DAY, narrowing.LAST_DAY
    own = f"select id, {first} as first_, {last} as last_ from events"
    key = "id" if table == "events" else "event"
    rows = f"(select {key} as id, filename from read_parquet([{paths}], filename = true))"
    outside = (
        f"t.id as row from {rows} t join (values {listed}) s(path, since, until) on s.path = t.filename "
        f"join ({own}) e on e.id = t.id where e.first_ < s.since or e.last_ > s.until"
    )
    yield from _asked(database, table, "rows of other days than their file's name says", outside)


def _asked(database: DuckDBPyConnection, table: str, problem: str, sql: str) -> Iterator[Finding]:
    """The rows that a check finds at fault: counted, and the first of them named."""
    count, rows = database.execute(
        f"select count(*), list(row::varchar order by row)[:3] from (select distinct {sql})"
    ).fetchall()[0]
    if count:
        yield Finding(table, problem, count, tuple(rows))


Check = tuple[str, str, str, tuple[str, ...]]


def _checks() -> Iterator[Check]:
    """(table, problem, ``select distinct`` of what names the rows at fault, tables needed)."""
    for table, several in IDS.items():
        key = ", ".join(f'"{name}"' for name in several)
        yield table, "rows twice", f"concat_ws(' ', {key}) as row from {table} group by {key} having count(*) > 1", (table,)
    for table in TABLES:
        if table not in ("articles", "runs"):
            orphan = "document is not null and document not in (select id from articles)"
            yield (
                table,
                "rows of an article that is not there",
                f"document as row from {table} where {orphan}",
                (table, "articles"),
            )
        if table != "runs":
            yield (
                table,
                "rows of a run that is not there",
                f"run as row from {table} where run not in (select id from runs)",
                (table, "runs"),
            )
    for table, parts in MADE_OF.items():
        id_ = f"left(sha256({_joined(parts)}), 16)"
        yield (
            table,
            "ids not made of their rows",
            f"id as row from {table} where id <> {id_} and {OWN.get(table, 'true')}",
            (table,),
        )
    for table, sides in SPANS.items():
        for side in sides:
            words = f'substring(a.text, t."{side}start" + 1, t."{side}end" - t."{side}start")'
            wrong = f'document as row from {table} t join articles a on a.id = t.document where t."{side}text" <> {words}'
            yield (
                table,
                f"{side}text not at its offsets",
                wrong.replace("document as row", "t.document as row"),
                (table, "articles"),
            )
    for table in EVIDENCE:
        own = OWN.get(table, "true")
        outside = (
            f"{table}.document as row from {table} left join sentences s on s.document = {table}.document "
            f'and s.i = {table}.sentence where {own} and (s.i is null or {table}."start" is null '
            f'or {table}."start" >= {table}."end" or {table}."start" >= s."end" or {table}."end" <= s."start")'
        )
        yield table, "rows without a sentence as evidence", outside, (table, "sentences")
    for table, columns in NAMED.items():
        for column in columns:
            nobody = (
                f"concat_ws(' ', t.document, t.{column}) as row from {table} t anti join actors "
                f"on actors.document = t.document and actors.id = t.{column} where t.{column} || t.document is not null"
            )
            yield table, f"{column}s that are no actor of the article", nobody, (table, "actors")
    yield from _links()


def _links() -> Iterator[Check]:
    yield (
        "groups",
        "events that are not there",
        "event as row from groups where event not in (select id from events)",
        ("groups", "events"),
    )
    first = 'g."group" as row from groups g anti join groups f on f.event = g."group" and f."group" = g."group"'
    yield "groups", "groups without their first event", first, ("groups",)
    apart = 'g.event as row from groups g join groups o on o.event = g.joined_to where o."group" <> g."group"'
    yield "groups", "events joined to one of another group", apart, ("groups",)
    alone = "id as row from events where origin = 'dragoman' and id not in (select event from groups)"
    yield "events", "rows in no event group", alone, ("events", "groups")
    yield (
        "copies",
        "copies of an article that is not there",
        '"of" as row from copies where "of" not in (select id from articles)',
        ("copies", "articles"),
    )


def _joined(parts: str) -> str:
    """``records.content_id`` in SQL: the parts with U+001F between them, null as nothing."""
    return " || chr(31) || ".join(f"coalesce({part}::varchar, '')" for part in parts.split(", "))
