"""The series of a pair: one row a period, counted over event groups, with what was read beside each figure.

Words are the roots of quad classes 1 and 3, deeds those of 2 and 4; cooperation 1 and 2, conflict 3 and 4 (the quad classes of
Schrodt and Yonamine 2013, PLOVER's by Halterman et al. 2023). Intensity is PLOVER's scale from -10 to 10, which follows
Goldstein (1992). A series of net intensity is Goldstein's; a share of conflict does not grow with what is read, a count does.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from dragoman.errors import UsageError
from dragoman.measure import counted, frames
from dragoman.measure.covered import by_period, days_read
from dragoman.measure.events import Tables, engine, event_groups, one_a_group, opened, query
from dragoman.measure.frames import GROUP
from dragoman.measure.series_sql import MODALITIES, quoted, series_statement

HAPPENED = ("happened", "ongoing")

# Event groups by period and kind: from here on everything is small. ``fits`` is false of a date wider than the period.
_CELLS = """
SELECT CAST(date_trunc('{by}', date_from) AS DATE) AS period,
  date_trunc('{by}', date_from) = date_trunc('{by}', date_to) AS fits,
  root, quad, intensity, modality, mutual OR source = $a AS ab, mutual OR source = $b AS ba, dated,
  origin <> 'dragoman' AS imported, count(*) AS n, CAST(sum(mentions) AS BIGINT) AS mentions
FROM {one}
WHERE date_from IS NULL OR (($since IS NULL OR date_to >= $since) AND ($until IS NULL OR date_from <= $until))
GROUP BY ALL ORDER BY ALL
"""


def series(
    source: Any,
    a: str,
    b: str,
    by: str = "month",
    *,
    since: str | date | None = None,
    until: str | date | None = None,
    modality: tuple[str, ...] = HAPPENED,
    groups: pa.Table | None = None,
    articles: pa.Table | None = None,
    intervals: bool = False,
) -> pa.Table:
    """The series of the pair ``a``, ``b``: a Table with one row a period (unit ``dyad-month`` and so on), oldest first.

    ``source`` is an Archive, a table of events (``groups`` and ``articles`` may stand beside it), or what ``event_groups``
    gave together with ``articles``. ``by`` is day, week (from Monday), month, quarter or year.

    Columns, all counts of event groups and never of tellings:

    - ``a``, ``b``, ``period`` (first day), ``period_end`` (last day)
    - ``covered``: something was read that was published in the period; ``articles``: how many articles (null where rows were
      imported, which have no articles); ``days``: on how many days something was published
    - ``groups``, ``mentions`` (tellings), ``verbal_cooperation``, ``material_cooperation``, ``verbal_conflict``,
      ``material_conflict``, ``words``, ``deeds``, ``cooperation``, ``conflict``
    - ``intensity_mean`` (-10 to 10; null without a group), ``intensity_sum``, ``conflict_share`` (0 to 1; null without a group)
    - ``groups_ab``, ``groups_ba`` (what ``a`` did to ``b``, and the other way), ``groups_difference`` (ab - ba), and the same
      of ``intensity_mean`` and ``intensity_sum``. A mutual event counts in both directions and once in the pair.
    - ``planned``, ``hypothetical``, ``denied``: groups of that modality, on the day when it was said; in no other figure unless
      ``modality`` names them
    - ``dated_by_article``: groups placed by the article's day, since the text gives none; ``recalled``: groups dated into a
      period from which nothing was read

    Figures are 0 inside coverage and null outside. A group whose date is wider than the period (a year, in a monthly series) is
    in none, and counted in the facts (``frames.facts_of``): ``too_wide``,
    ``without_date``, ``outside``, ``without_root`` (an imported code that is no root). A table of no rows has
    the reason in ``empty``. ``intervals`` adds those of ``measure.intervals``.

    Raises UsageError for an unknown state, one state twice, an unknown period or modality, reversed dates.
    """
    a, b = frames.pair(a, b)
    by = frames.period(by)
    first, last = frames.span(since, until)
    unknown = [m for m in modality if m not in MODALITIES]
    if unknown or not modality:
        raise UsageError(f"there is no modality {unknown or modality!r}; choose from {', '.join(MODALITIES)}")
    kinds = _kept(source, a, b, by, first, last)
    grouped = isinstance(source, pa.Table) and frames.unit_of(source) == GROUP
    tables = None if kinds is not None or grouped else opened(source, groups)
    if kinds is None:
        kinds = cells(tables or source, a, b, by, since=first, until=last)
    days = days_read(source, tables, articles)
    covered = by_period(days, by, first, last, source)
    table, facts = _counted(kinds, covered, a, b, by, first, last, modality)
    if not covered.num_rows and days.num_rows and not (first or last):
        facts["empty"] = f"nothing that was read has a date of publication within one {by}; try a longer period"
    table = frames.mark(table, f"dyad-{by}", facts)
    if intervals:
        from dragoman.measure.intervals import of_cells

        return of_cells(table, kinds)
    return table


def cells(
    source: Any,
    a: str,
    b: str,
    by: str,
    *,
    since: date | None = None,
    until: date | None = None,
    groups: pa.Table | None = None,
) -> pa.Table:
    """How many event groups of each kind each period has (unit ``dyad-kind-month`` and so on): what a series is summed from."""
    values: dict[str, Any] = {"a": a, "b": b, "since": since, "until": until}
    if isinstance(source, pa.Table) and frames.unit_of(source) == GROUP:
        connection = engine()
        connection.register("one", event_groups(source, a, b))
        table = query(connection, _CELLS.format(by=by, one="one"), values)
        missing = frames.facts_of(source).get("without_date", 0)
    else:
        tables = source if isinstance(source, Tables) else opened(source, groups)
        table = query(tables.connection, one_a_group(tables) + _CELLS.format(by=by, one="one"), values)
        missing = _dateless(table)
    return frames.mark(table, f"dyad-kind-{by}", {"a": a, "b": b, "by": by, "without_date": missing})


def _dateless(table: pa.Table) -> int:
    return pc.sum(table.filter(pc.is_null(table["period"]))["n"]).as_py() or 0


def _kept(source: Any, a: str, b: str, by: str, first: date | None, last: date | None) -> pa.Table | None:
    """``cells`` of an archive, counted without its tables; None where that cannot be done."""
    rows = source.pair_rows(a, b) if hasattr(source, "pair_rows") else None
    if rows is None or counted.imported_twice(rows):
        return None
    table = counted.count(rows, by, first, last)
    return frames.mark(table, f"dyad-kind-{by}", {"a": a, "b": b, "by": by, "without_date": _dateless(table)})


def _counted(
    kinds: pa.Table,
    covered: pa.Table,
    a: str,
    b: str,
    by: str,
    first: date | None,
    last: date | None,
    modality: tuple[str, ...],
) -> tuple[pa.Table, dict[str, Any]]:
    connection = engine()
    connection.register("cells", kinds)
    connection.register("covered", covered)
    ends = _ends(connection, by, first, last)
    facts = _left_out(connection, kinds, ends, modality)
    # Without anything read there is no period to give; a statement of no rows still has all columns.
    start, stop = ends or (date(1970, 1, 2), date(1970, 1, 1))
    table = query(connection, series_statement(by, modality), {"a": a, "b": b, "first": start, "last": stop})
    if ends is None:
        table = table.slice(0, 0)
    if not covered.num_rows:
        asked = f" between {first or 'the beginning'} and {last or 'today'}" if first or last else ""
        facts["empty"] = f"nothing was read that was published{asked}"
    elif not kinds.num_rows:
        facts["empty"] = f"no event between {a} and {b} is recorded in the period"
    return table, facts


def _ends(connection: duckdb.DuckDBPyConnection, by: str, first: date | None, last: date | None) -> tuple[date, date] | None:
    """First days of the first and the last period: those asked for, else those of coverage."""
    statement = f"""SELECT coalesce(CAST(date_trunc('{by}', CAST($first AS DATE)) AS DATE), min(period)) AS start,
                       coalesce(CAST(date_trunc('{by}', CAST($last AS DATE)) AS DATE), max(period)) AS stop FROM covered"""
    (row,) = query(connection, statement, {"first": first, "last": last}).to_pylist()
    start, stop = row["start"], row["stop"]
    return None if start is None or stop is None else (start, max(start, stop))


def _left_out(
    connection: duckdb.DuckDBPyConnection, kinds: pa.Table, ends: tuple[date, date] | None, modality: tuple[str, ...]
) -> dict[str, Any]:
    """How many groups are in no row of the series, and why."""
    start, stop = ends or (date.max, date.min)
    statement = f"""
    SELECT coalesce(sum(n) FILTER (counted AND NOT fits), 0)::BIGINT AS too_wide,
      coalesce(sum(n) FILTER (counted AND fits AND (period < $start OR period > $stop)), 0)::BIGINT AS outside,
      coalesce(sum(n) FILTER (quad IS NULL), 0)::BIGINT AS without_root
    FROM (SELECT *, quad IS NOT NULL AND modality IN ({quoted(modality)}) AS counted FROM cells)"""
    (row,) = query(connection, statement, {"start": start, "stop": stop}).to_pylist()
    kept = {k: v for k, v in frames.facts_of(kinds).items() if k in ("a", "b", "by", "without_date")}
    return {**kept, **row, "modality": list(modality)}
