"""The event groups of a pair: from the archive's mentions to one row an event, however often it is told.

Everything that ``measure`` counts is counted here once, in one scan of the events table by DuckDB; the rest works on the
small table that comes out. A source is an ``Archive`` or, so that each measure can be tried alone, a pyarrow Table of events
(with a column ``group``, or with a second table ``groups``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from dragoman.archive.corrections import current
from dragoman.archive.schema import schema
from dragoman.codebook.events import MUTUAL
from dragoman.measure import frames
from dragoman.measure.frames import EVENT, GROUP

NEEDED = ("source_country", "target_country", "root", "quad", "intensity", "modality", "date_from")
# Columns that a bare table of events may lack, and what stands for them then.
_OPTIONAL = {
    "id": "NULL::VARCHAR",
    "mode": "NULL::VARCHAR",
    "mutual": "FALSE",
    "date_to": "date_from",
    "document": "NULL::VARCHAR",
    "published": "NULL::DATE",
    "origin": "NULL::VARCHAR",
    "origin_id": "NULL::VARCHAR",
    "sentence": "NULL::INTEGER",
    "score": "NULL::DOUBLE",
    "cameo": "NULL::VARCHAR",
    "source_text": "NULL::VARCHAR",
    "target_text": "NULL::VARCHAR",
}

# The rows of a pair as one row a group, in two ways that meet in ``one``. Most events are told once: they go straight through.
# Of a group told more often the mention that stands for it is the one that says most: that it happened before that it was
# planned, the narrowest date, the best score; the id only settles ties, so that the choice is the same on every machine.
# Imported layouts write a meeting twice, once for each direction: the k-th row of one direction and the k-th of the other, of
# one day, code and actors, are one event. A country may seem to be null there: DuckDB puts off a plain IN until whole row
# groups are read (eight times the rows of the largest pair of a million events), and this one not.
_ONE = """
WITH {multi} rows_of_pair AS (
  SELECT {group} AS own_group, {columns}
  FROM {events} AS e {join}
  WHERE (e.source_country IS NULL OR e.source_country IN ($a, $b))
    AND (e.target_country IS NULL OR e.target_country IN ($a, $b)) AND e.source_country <> e.target_country
), mentions AS (
  SELECT *, {twin} AS twin, coalesce(own_group, twin, id) AS grp FROM rows_of_pair
  WHERE own_group IS NOT NULL {or_twin}
), ranked AS (
  SELECT *, row_number() OVER (
      PARTITION BY grp ORDER BY
        CASE modality WHEN 'happened' THEN 0 WHEN 'ongoing' THEN 1 WHEN 'planned' THEN 2 WHEN 'hypothetical' THEN 3 ELSE 4 END,
        date_to - date_from NULLS LAST, score DESC NULLS LAST, id NULLS LAST) AS nth,
    count(*) OVER whole AS mentions,
    count(DISTINCT document) OVER whole AS documents,
    twin IS NOT NULL AND min(source_country) OVER whole <> max(source_country) OVER whole AS both_ways,
    min(published) OVER whole AS told
  FROM mentions WINDOW whole AS (PARTITION BY grp)
), told AS (
  SELECT CASE WHEN twin IS NULL THEN grp ELSE id END AS "group", {kept}, coalesce(mutual, FALSE) OR both_ways AS two_sided,
    mentions, documents, told FROM ranked WHERE nth = 1
  UNION ALL
  SELECT id AS "group", {kept}, coalesce(mutual, FALSE) AS two_sided, 1 AS mentions,
    (document IS NOT NULL)::INTEGER AS documents, published AS told
  FROM rows_of_pair WHERE NOT (own_group IS NOT NULL {or_twin})
), placed AS (
  SELECT *, modality IN ('happened', 'ongoing') AND date_from IS NOT NULL OR told IS NULL AS own FROM told
), one AS (
  SELECT "group", id AS event, source_country AS source, target_country AS target, root, mode, CAST(quad AS INTEGER) AS quad,
    CAST(intensity AS DOUBLE) AS intensity, modality, CAST(two_sided AS BOOLEAN) AS mutual,
    CASE WHEN own THEN date_from ELSE told END AS date_from,
    CASE WHEN own THEN coalesce(date_to, date_from) ELSE told END AS date_to,
    CASE WHEN own AND date_from IS NOT NULL THEN 'event' WHEN NOT own THEN 'article' END AS dated,
    CAST(mentions AS BIGINT) AS mentions, CAST(documents AS BIGINT) AS documents, document,
    coalesce(origin, 'dragoman') AS origin
  FROM placed
)
"""
_KEPT = "id, source_country, target_country, root, mode, quad, intensity, modality, date_from, date_to, document, origin"
_TWIN = """CASE WHEN own_group IS NULL THEN concat_ws('|', origin, date_from, cameo, least(source_text, target_text),
    greatest(source_text, target_text), row_number() OVER (
      PARTITION BY own_group, origin, date_from, cameo, source_country, source_text, target_text ORDER BY id)) END"""
# Groups that hold more than their first mention, which has the group's id; of a pair only, since an archive's are sorted so.
_MULTI = """further AS (
  SELECT event, "group" FROM groups WHERE event <> "group" {of_pair}
), multi AS (SELECT event, "group" FROM further UNION SELECT "group", "group" FROM further),"""


def event_groups(
    source: Any,
    a: str,
    b: str,
    *,
    since: str | date | None = None,
    until: str | date | None = None,
    groups: pa.Table | None = None,
) -> pa.Table:
    """The events of a pair, each once: unit ``event-group``.

    ``date_from`` and ``date_to`` are the event's own, with ``dated`` "event"; where the text gives none they are the day of
    the first article that tells it, and ``dated`` says "article". What is planned, hypothetical or denied stands on the day
    when it was said. ``mentions`` counts tellings, ``documents`` articles. A mutual event (both met) is one row.

    ``since`` and ``until`` keep groups whose dates touch the period. A source that is already such a table of this pair is
    cut to the period and given back. Raises UsageError for an unknown state, a pair of one state and reversed dates.
    """
    a, b = frames.pair(a, b)
    first, last = frames.span(since, until)
    if isinstance(source, pa.Table) and frames.unit_of(source) == GROUP:
        facts = frames.facts_of(source)
        if {facts.get("a"), facts.get("b")} != {a, b}:
            raise frames.WrongUnit(f"these event groups are of {facts.get('a')} and {facts.get('b')}, not of {a} and {b}")
        return frames.mark(_cut(source, first, last), GROUP, {"a": a, "b": b})
    tables = opened(source, groups)
    statement = f'{one_a_group(tables)} SELECT * FROM one ORDER BY date_from NULLS LAST, "group"'
    found = query(tables.connection, statement, {"a": a, "b": b})
    nowhen = found.filter(pc.is_null(found["date_from"])).num_rows
    facts = {"a": a, "b": b, "without_date": nowhen, "groups": found.num_rows}
    return frames.mark(_cut(found, first, last), GROUP, facts)


@dataclass(frozen=True, slots=True)
class Tables:
    """A connection, and what to select events from: of an archive the rows with their corrections.

    ``columns`` are those of the events, ``groups`` those of the table of groups (none without one); ``imported`` tells whether
    any row was imported, which an archive of none shows in its files' statistics.
    """

    connection: duckdb.DuckDBPyConnection
    events: str
    columns: frozenset[str]
    groups: frozenset[str]
    imported: bool


def opened(source: Any, groups: pa.Table | None = None) -> Tables:
    """The tables of a source. Raises WrongUnit where it is neither an archive nor a table of events."""
    if not isinstance(source, pa.Table):
        if not hasattr(source, "connection"):
            raise frames.WrongUnit(f"expected an Archive or a pyarrow Table of events, found {type(source).__name__}")
        connection = source.connection()
        columns, beside = frozenset(schema("events").names), frozenset(schema("groups").names)
        return Tables(connection, current(connection, "events"), columns, beside, _has_imported(connection))
    table = frames.require(source, EVENT, "a measure of a pair")
    frames.columns(table, NEEDED, "a measure of a pair")
    connection = engine()
    connection.register("events", table)
    if groups is not None:
        connection.register("groups", groups)
    columns = frozenset(table.column_names)
    beside = frozenset(groups.column_names if groups is not None else ())
    return Tables(connection, "events", columns, beside, "origin" in columns and _has_imported(connection))


def _has_imported(connection: duckdb.DuckDBPyConnection) -> bool:
    return bool(connection.execute("SELECT 1 FROM events WHERE origin <> 'dragoman' LIMIT 1").fetchall())


def passages(source: Any, events: Sequence[str]) -> dict[str, dict[str, Any]]:
    """By id of an event the passage it rests on: ``passage``, ``document``, ``sentence``, ``title``, ``outlet``.

    Of an archive only; of a table there are no texts, and of imported rows none: those are not in the answer.
    """
    if isinstance(source, pa.Table) or not events:
        return {}
    connection = source.connection()
    rows = query(
        connection,
        """SELECT e.id, substring(a.text, e.start + 1, e."end" - e.start) AS passage, e.document, e.sentence, a.title, a.outlet
           FROM events AS e JOIN articles AS a ON a.id = e.document WHERE e.id IN (SELECT unnest($ids))""",
        {"ids": list(events)},
    ).to_pylist()
    return {row.pop("id"): row for row in rows}


def engine() -> duckdb.DuckDBPyConnection:
    """A connection for tables that are at hand. Starting DuckDB takes 20 ms, so it is started once and shared by cursors."""
    return _database().cursor()


@cache
def _database() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(config={"threads": 1})


def one_a_group(tables: Tables) -> str:
    """The beginning of a statement with the parameters a and b, that may then select from ``one``: a row an event group."""
    there = tables.columns
    wanted = (*NEEDED, *_OPTIONAL)
    columns = ", ".join(f"e.{name}" if name in there else f"{_OPTIONAL[name]} AS {name}" for name in wanted)
    if "id" not in there:
        columns = columns.replace(_OPTIONAL["id"], "CAST(row_number() OVER () AS VARCHAR)")
    group, join, multi = ('e."group"', "", "") if "group" in there else ("NULL::VARCHAR", "", "")
    if tables.groups:
        of_pair = ""
        # A corrected row may belong to the pair although its group's row does not say so.
        if {"source_country", "target_country"} <= tables.groups and tables.events == "events":
            sides = ("source_country", "target_country")
            of_pair = "".join(f" AND ({side} IS NULL OR {side} IN ($a, $b))" for side in sides)
        group, join, multi = 'm."group"', "LEFT JOIN multi AS m ON m.event = e.id", _MULTI.format(of_pair=of_pair)
    twin, or_twin = "NULL::VARCHAR", ""
    if tables.imported:
        mutual = ", ".join(f"'{root}'" for root in sorted(MUTUAL))
        twin, or_twin = _TWIN, f"OR (coalesce(origin, 'dragoman') <> 'dragoman' AND coalesce(root IN ({mutual}), FALSE))"
    return _ONE.format(
        multi=multi, group=group, columns=columns, events=tables.events, join=join, twin=twin, or_twin=or_twin, kept=_KEPT
    )


def query(connection: duckdb.DuckDBPyConnection, statement: str, values: dict[str, Any]) -> pa.Table:
    """What a statement gives, as a table."""
    return connection.sql(statement, params=values).to_arrow_table()


def _cut(table: pa.Table, first: date | None, last: date | None) -> pa.Table:
    """Groups whose dates touch the period; those without a date go when a period is asked for."""
    keep = pc.is_valid(table["date_from"])
    if first is not None:
        keep = pc.and_(keep, pc.greater_equal(table["date_to"], pa.scalar(first, pa.date32())))
    if last is not None:
        keep = pc.and_(keep, pc.less_equal(table["date_from"], pa.scalar(last, pa.date32())))
    return table.filter(keep)
