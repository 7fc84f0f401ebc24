"""What people correct: rows of their own beside the machine's, applied when rows are asked for.

One correction is one act of one person on one row. It is a row of ``corrections`` for every column that changes, dependent
ones included (root: quad, cameo, intensity), all with the act's id. The newest act that was not undone holds for a column. The
column ``reject`` takes the whole row out. The machine's row is never touched, so ``machine=True`` shows it, and undoing an
act only marks it as undone.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from dragoman.archive.asking import ask
from dragoman.archive.correctable import CORRECTABLE, changes
from dragoman.archive.schema import schema
from dragoman.errors import UsageError
from dragoman.records import content_id

if TYPE_CHECKING:
    import pyarrow as pa
    from duckdb import DuckDBPyConnection

    from dragoman.archive.keys import Keys

Rows = list[dict[str, Any]]
ById = Mapping[str, Mapping[str, Any]]

REJECT = "reject"
_PLACES = {
    "events": "sentence source_start source_end target_start target_end trigger_start trigger_end".split(),
    "statements": "sentence speaker_start speaker_end content_start content_end".split(),
    "instruments": "sentence name".split(),
    "figures": "sentence start end text".split(),
}
"""The words that a row stands on: rows of one article with the same ones are the same, whatever their ids."""


def current(connection: DuckDBPyConnection, table: str, machine: bool = False) -> str:
    """SQL to select from: a table with its corrections applied and without rejected rows, in the table's own columns.

    With ``machine``, or where nothing was corrected, it is the table itself.
    """
    if machine or table not in CORRECTABLE:
        return table
    columns = _columns(connection, table)
    if not columns:
        return table
    return f"""(
        SELECT * FROM {table} WHERE id NOT IN (SELECT "row" {_active(table)})
        UNION ALL {_changed(table, columns, table)}
    )"""


def corrected(connection: DuckDBPyConnection, ids: Sequence[str], columns: Sequence[str]) -> pa.Table:
    """Those of these events that a correction changes, as it lets them be, without rejected ones: some of their columns."""
    given = ", ".join("?" * len(ids))
    changed = _changed("events", _columns(connection, "events"), f"(SELECT * FROM events WHERE id IN ({given}))")
    listed = ", ".join(f'"{name}"' for name in columns)
    return ask(connection, f"SELECT {listed} FROM ({changed})", ids)


def _columns(connection: DuckDBPyConnection, table: str) -> set[str]:
    """The columns of a table that a standing correction changes."""
    asked = 'SELECT DISTINCT "column" FROM corrections WHERE "table" = ? AND undone_at IS NULL'
    return {name for (name,) in connection.execute(asked, [table]).fetchall()}


def _active(table: str) -> str:
    return f"""FROM corrections WHERE "table" = '{table}' AND undone_at IS NULL"""


def _changed(table: str, columns: set[str], rows: str) -> str:
    """SQL of the rows that are corrected, among ``rows`` of the table."""
    kinds = schema(table)
    # Names come from the schema and values stay in the table: nothing of a user is part of this text.
    named = [name for name in kinds.names if name in columns]
    latest = "".join(f""", max_by("value", "at") FILTER ("column" = '{name}') AS "{name}\"""" for name in named)
    replaced = ", ".join(f'{_value(name, kinds.field(name).type)} AS "{name}"' for name in named)
    return f"""
        SELECT e.*{f" REPLACE ({replaced})" if replaced else ""} FROM {rows} AS e JOIN (
            SELECT "row"{latest}, bool_or("column" = '{REJECT}') AS rejected_ {_active(table)} GROUP BY "row"
        ) AS c ON c."row" = e.id WHERE NOT c.rejected_"""


def _value(name: str, kind: pa.DataType) -> str:
    """SQL of a column's value: the correction where there is one, else the machine's."""
    import pyarrow as pa

    given = f'c."{name}"'
    if pa.types.is_list(kind):
        read = f"CAST(CAST({given} AS JSON) AS VARCHAR[])"
    else:
        types = {"string": "VARCHAR", "double": "DOUBLE", "bool": "BOOLEAN", "date32[day]": "DATE"}
        read = f"CAST({given} ->> '$' AS {types.get(str(kind), 'INTEGER')})"
    return f'CASE WHEN {given} IS NULL THEN e."{name}" ELSE {read} END'


def touched(made: pa.Table, states: Collection[str]) -> Keys | None:
    """The ids, as numbers, of events that a standing correction changes; None where one is no number, or where a correction
    lets one of these states be a side of its row."""
    import pyarrow as pa
    import pyarrow.compute as pc

    from dragoman.archive.keys import numbers

    standing = made.filter(pc.and_(pc.equal(made["table"], "events"), pc.is_null(made["undone_at"])))
    sides = pc.is_in(standing["column"], pa.array(["source_country", "target_country"]))
    given = {json.loads(value) for value in standing.filter(sides)["value"].to_pylist()}
    return None if given & set(states) else numbers(standing["row"])


def correction(
    connection: DuckDBPyConnection,
    row: str,
    values: Mapping[str, str | None] | str,
    *,
    why: str,
    by: str,
    at: datetime | None = None,
) -> list[dict[str, Any]]:
    """The rows of ``corrections`` for one act on one row; ``values`` are column and new value, or ``"reject"``.

    ``source=RUS``, ``date=2031-03-02`` stand for all their columns. Raises UsageError for a row that is in no table, a column
    that cannot be corrected, or a value that the codebook does not know.
    """
    for name, text in (("why", why), ("by", by)):
        if not text.strip():
            raise UsageError(f"{name} is empty; a correction says why it was made and by whom")
    table, was, document = _found(connection, row)
    if values == REJECT:
        new: dict[str, Any] = {REJECT: True}
    elif isinstance(values, str) or not values:
        raise UsageError(f"{values!r} is no correction; write column=value, such as root=ACCUSE, or reject")
    else:
        new = {k: v for k, v in changes(table, was, values).items() if v != _plain(was[k])}
    if not new:
        raise UsageError(f"row {row} has these values already; nothing was changed")
    when = _after(connection, row, at or datetime.now(UTC))
    act = content_id("correction", row, json.dumps(new, sort_keys=True), by, when.isoformat())
    common = {"id": act, "table": table, "row": row, "why": why.strip(), "by": by.strip(), "at": when, "document": document}
    return [
        {**common, "column": column, "value": json.dumps(value), "was": json.dumps(_plain(was.get(column)))}
        for column, value in new.items()
    ]


def undone(corrections: pa.Table, act: str, by: str, at: datetime | None = None) -> pa.Table:
    """All rows of ``corrections`` with one act marked as undone; ``act`` is its id, or a row's id for its newest act."""
    import pyarrow as pa

    rows = corrections.to_pylist()
    standing = [row for row in rows if row["undone_at"] is None]
    if not any(row["id"] == act for row in standing):
        if any(row["id"] == act for row in rows):
            raise UsageError(f"correction {act} was undone already; nothing was changed")
        on_row = [row for row in standing if row["row"] == act]
        if not on_row:
            raise UsageError(
                f"no correction {act!r}; dragoman correct ID --history shows the corrections of a row with their ids"
            )
        act = max(on_row, key=lambda row: row["at"])["id"]
    when = at or datetime.now(UTC)
    marked = [{**row, "undone_by": by, "undone_at": when} if row["id"] == act else row for row in rows]
    return pa.Table.from_pylist(marked, schema=corrections.schema)


def history(connection: DuckDBPyConnection, row: str | None = None) -> pa.Table:
    """All corrections, undone ones too, of one row or of all, oldest first; the columns of ``corrections``."""
    where, values = ('WHERE "row" = ? OR id = ?', [row, row]) if row else ("", [])
    return ask(connection, f'SELECT * FROM corrections {where} ORDER BY "at", id, "column"', values)


def orphans(connection: DuckDBPyConnection) -> pa.Table:
    """Standing corrections whose row is in no table any more; they stay, and hold again when the row comes back."""
    known = " UNION ALL ".join(f"SELECT id FROM {table}" for table in CORRECTABLE)
    query = f'SELECT * FROM corrections WHERE undone_at IS NULL AND "row" NOT IN ({known}) ORDER BY "at", id, "column"'
    return ask(connection, query)


@dataclass(frozen=True, slots=True)
class Followed:
    """What becomes of corrections when articles are read anew: all of them as they are to be stored, the ids that moved (old
    to new), and the old rows to keep beside the new ones, since a person corrected them and the machine finds them no more."""

    corrections: pa.Table
    moves: Mapping[str, str]
    kept: pa.Table


def follow(corrections: pa.Table, table: str, before: pa.Table, after: pa.Table) -> Followed:
    """Corrections of a table after articles were read anew; ``before`` and ``after`` are its rows of these articles.

    A row whose id is still there keeps its corrections. One whose id changed (another root, another actor) is the same where it
    stands on the same words (``_PLACES``) and no other row that is gone or new does: its corrections move to the new id. One
    that is gone is kept if a correction of it stands that does not reject it.
    """
    import pyarrow as pa

    old, new = ({row["id"]: row for row in part.to_pylist()} for part in (before, after))
    rows = corrections.to_pylist()
    corrected = {row["row"] for row in rows if row["table"] == table} & old.keys() - new.keys()
    gone, come = _by_place(table, old, new), _by_place(table, new, old)
    moves, kept = {}, []
    for id_ in sorted(corrected):
        place = _place(table, old[id_])
        if len(gone.get(place, ())) == len(come.get(place, ())) == 1:
            moves[id_] = come[place][0]
            continue
        standing = {row["column"] for row in rows if row["row"] == id_ and row["undone_at"] is None}
        if standing and REJECT not in standing:
            kept.append(old[id_])
    moved = [{**row, "row": moves.get(row["row"], row["row"])} for row in rows]
    moved += _roots(rows, old, new, moves)
    return Followed(
        pa.Table.from_pylist(moved, schema=corrections.schema), moves, pa.Table.from_pylist(kept, schema=schema(table))
    )


def _by_place(table: str, rows: ById, but: Collection[str]) -> dict[tuple[Any, ...], list[str]]:
    """The ids of rows, except some, by the words that they stand on; none of a table that has no such words."""
    out: dict[tuple[Any, ...], list[str]] = {}
    for id_, row in rows.items():
        if table in _PLACES and id_ not in but:
            out.setdefault(_place(table, row), []).append(id_)
    return out


def _place(table: str, row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row[column] for column in ("document", *_PLACES.get(table, ())))


def _roots(rows: Rows, old: ById, new: ById, moves: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """For a mode that was chosen, the root it belongs to, where the row that the correction moves to has another."""
    given = {row["row"] for row in rows if row["column"] == "root" and row["undone_at"] is None}
    for row in rows:
        if row["column"] == "mode" and row["row"] in moves and row["row"] not in given:
            id_, was, now = moves[row["row"]], old[row["row"]]["root"], new[moves[row["row"]]]["root"]
            if was != now:
                yield {**row, "row": id_, "column": "root", "value": json.dumps(was), "was": json.dumps(now)}


def _found(connection: DuckDBPyConnection, row: str) -> tuple[str, dict[str, Any], str | None]:
    """The table of a row, its values with the corrections so far, and its document."""
    for table in CORRECTABLE:
        if connection.execute(f"SELECT 1 FROM {table} WHERE id = ? LIMIT 1", [row]).fetchone():
            found = ask(connection, f"SELECT * FROM {current(connection, table)} WHERE id = ?", [row])
            if not len(found):
                raise UsageError(f"row {row} was rejected; undo that first: dragoman undo {row} --by NAME")
            values = found.to_pylist()[0]
            return table, values, values["document"]
    raise UsageError(f"no row {row!r} in {', '.join(CORRECTABLE)}; dragoman events --json shows the ids of rows")


def _after(connection: DuckDBPyConnection, row: str, at: datetime) -> datetime:
    """A time later than that of every act on the row, so that their order is sure whatever the clock does."""
    last = ask(connection, 'SELECT max("at") AS last FROM corrections WHERE "row" = ?', [row])["last"][0].as_py()
    return at if last is None or at > last else last + timedelta(microseconds=1)


def _plain(value: Any) -> Any:
    """A value in JSON's types."""
    return value.isoformat() if hasattr(value, "isoformat") else value
