"""The series of a pair: one row a period, counted over event groups, with what was read beside each figure.

Words are the roots of quad classes 1 and 3, deeds those of 2 and 4; cooperation 1 and 2, conflict 3 and 4 (the quad classes of
Schrodt and Yonamine 2013, PLOVER's by Halterman et al. 2023). Intensity is PLOVER's scale from -10 to 10, which follows
Goldstein (1992). A series of net intensity is Goldstein's; a share of conflict does not grow with what is read, a count does.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from weakref import WeakKeyDictionary

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from dragoman.codebook import events as event_codebook
from dragoman.errors import UsageError
from dragoman.measure import frames
from dragoman.measure.events import Tables, engine, event_groups, one_a_group, opened, query
from dragoman.measure.frames import GROUP

MODALITIES = ("happened", "ongoing", "planned", "hypothetical", "denied")
HAPPENED = ("happened", "ongoing")
QUADS = tuple(name.replace(" ", "_") for name in event_codebook.QUADS.values())
COUNTS = ("groups", *QUADS, "words", "deeds", "cooperation", "conflict")
"""Columns that count event groups of the pair, each group once."""
SIDES = ("ab", "ba")

# An article whose own date is wider than the period (a year, in a monthly series) covers none.
_COVERED = """
SELECT CAST(date_trunc('{by}', day) AS DATE) AS period, CAST(sum(n) AS BIGINT) AS articles,
  count(DISTINCT day) FILTER (day = until) AS days
FROM days WHERE date_trunc('{by}', day) = date_trunc('{by}', until)
  AND ($since IS NULL OR day >= $since) AND ($until IS NULL OR until <= $until)
GROUP BY 1 ORDER BY 1
"""

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

_SERIES = """
WITH periods AS (
  SELECT CAST(unnest(generate_series(CAST($first AS DATE), CAST($last AS DATE), INTERVAL {step})) AS DATE) AS period
), placed AS (
  SELECT *, modality IN ({counted}) AS counted FROM cells WHERE fits AND quad IS NOT NULL
), figures AS (
  SELECT period,
    sum(n) FILTER (counted) AS groups,
    sum(mentions) FILTER (counted) AS mentions,
    {quads},
    sum(n) FILTER (counted AND quad IN (1, 3)) AS words,
    sum(n) FILTER (counted AND quad IN (2, 4)) AS deeds,
    sum(n) FILTER (counted AND quad IN (1, 2)) AS cooperation,
    sum(n) FILTER (counted AND quad IN (3, 4)) AS conflict,
    sum(n * intensity) FILTER (counted) AS intensity_sum,
    {sides},
    {modalities},
    sum(n) FILTER (counted AND dated = 'article') AS dated_by_article
  FROM placed GROUP BY period
)
SELECT $a AS a, $b AS b, p.period,
  CAST(p.period + INTERVAL {step} - INTERVAL 1 DAY AS DATE) AS period_end,
  c.period IS NOT NULL AS covered, coalesce(c.articles, CASE WHEN c.period IS NULL THEN 0 END) AS articles,
  coalesce(c.days, 0) AS days,
  {columns},
  CAST(CASE WHEN c.period IS NULL THEN coalesce(f.groups, 0) ELSE 0 END AS BIGINT) AS recalled
FROM periods p LEFT JOIN figures f USING (period) LEFT JOIN covered c USING (period)
ORDER BY p.period
"""
_STEP = {"day": "1 DAY", "week": "7 DAY", "month": "1 MONTH", "quarter": "3 MONTH", "year": "1 YEAR"}


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
    tables = None if isinstance(source, pa.Table) and frames.unit_of(source) == GROUP else opened(source, groups)
    kinds = cells(tables or source, a, b, by, since=first, until=last)
    days = _days(source, tables, articles)
    covered = _by_period(days, by, first, last)
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
        missing = pc.sum(table.filter(pc.is_null(table["period"]))["n"]).as_py() or 0
    return frames.mark(table, f"dyad-kind-{by}", {"a": a, "b": b, "by": by, "without_date": missing})


def coverage(
    source: Any,
    by: str = "month",
    *,
    since: str | date | None = None,
    until: str | date | None = None,
    articles: pa.Table | None = None,
) -> pa.Table:
    """What was read: one row a period (unit ``period``) with ``articles`` published in it and the number of ``days`` with any.

    Only periods with something in them. Imported rows have no articles: their days count, and ``articles`` is null where there
    is nothing else. Of event groups without ``articles`` the days of the groups count, which then are all that is known.
    """
    by = frames.period(by)
    first, last = frames.span(since, until)
    tables = None if isinstance(source, pa.Table) and frames.unit_of(source) == GROUP else opened(source)
    return frames.mark(_by_period(_days(source, tables, articles), by, first, last), "period", {"by": by})


def _by_period(days: pa.Table, by: str, first: date | None, last: date | None) -> pa.Table:
    connection = engine()
    connection.register("days", days)
    return query(connection, _COVERED.format(by=by), {"since": first, "until": last})


_READ = "SELECT published_from AS day, published_to AS until, count(*) AS n FROM articles GROUP BY 1, 2"
_IMPORTED = "SELECT DISTINCT date_from AS day, date_from AS until, NULL::BIGINT AS n FROM events"


def _days(source: Any, tables: Tables | None, articles: pa.Table | None) -> pa.Table:
    """When what was read was published: (day, until, n articles; null of imported rows)."""
    if tables is None or isinstance(source, pa.Table):
        connection = tables.connection if tables else engine()
        if articles is not None:
            connection.register("articles", articles)
        if tables is None:
            connection.register("events", source)
            return query(connection, _READ if articles is not None else f"{_IMPORTED} WHERE date_from = date_to", {})
        parts = []
        if "origin" not in tables.columns or tables.imported:
            parts.append(f"{_IMPORTED} WHERE {'origin' if 'origin' in tables.columns else 'NULL'} IS DISTINCT FROM 'dragoman'")
        if articles is not None:
            parts.append(_READ)
        elif {"document", "published"} <= tables.columns:
            parts.append("SELECT published AS day, published AS until, count(DISTINCT document) AS n FROM events GROUP BY 1")
        return query(connection, " UNION ALL ".join(parts) or f"{_IMPORTED} WHERE FALSE", {})
    return _archived(source, tables)


# What was read up to one batch of an archive does not change, so it is looked up once; the entry goes with the archive.
_SEEN: WeakKeyDictionary[Any, tuple[Any, pa.Table]] = WeakKeyDictionary()


def _archived(archive: Any, tables: Tables) -> pa.Table:
    batch = archive.snapshot()
    key = (batch.batch, batch.published)
    seen = _SEEN.get(archive)
    if seen is not None and seen[0] == key:
        return seen[1]
    imported = f" UNION ALL {_IMPORTED} WHERE origin <> 'dragoman'" if tables.imported else ""
    days = query(tables.connection, _READ + imported, {})
    _SEEN[archive] = (key, days)
    return days


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
    table = query(connection, _statement(by, modality), {"a": a, "b": b, "first": start, "last": stop})
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
    FROM (SELECT *, quad IS NOT NULL AND modality IN ({_quoted(modality)}) AS counted FROM cells)"""
    (row,) = query(connection, statement, {"start": start, "stop": stop}).to_pylist()
    kept = {k: v for k, v in frames.facts_of(kinds).items() if k in ("a", "b", "by", "without_date")}
    return {**kept, **row, "modality": list(modality)}


def _quoted(words: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in words)


def _statement(by: str, modality: tuple[str, ...]) -> str:
    quads = ", ".join(f"sum(n) FILTER (counted AND quad = {i}) AS {name}" for i, name in enumerate(QUADS, 1))
    sides = ", ".join(
        f"sum(n) FILTER (counted AND {s}) AS groups_{s}, sum(n * intensity) FILTER (counted AND {s}) AS intensity_sum_{s}"
        for s in SIDES
    )
    told = ", ".join(f"sum(n) FILTER (modality = '{m}') AS {m}" for m in MODALITIES[2:])

    def zero(name: str, kind: str = "BIGINT") -> str:
        return f"CASE WHEN c.period IS NOT NULL THEN coalesce(f.{name}, 0)::{kind} END AS {name}"

    covered = "CASE WHEN c.period IS NOT NULL THEN {} END AS {}"
    both = {
        "groups_difference": "CAST(coalesce(f.groups_ab, 0) - coalesce(f.groups_ba, 0) AS BIGINT)",
        "intensity_sum_difference": "coalesce(f.intensity_sum_ab, 0) - coalesce(f.intensity_sum_ba, 0)",
        "intensity_mean_ab": "f.intensity_sum_ab / nullif(f.groups_ab, 0)",
        "intensity_mean_ba": "f.intensity_sum_ba / nullif(f.groups_ba, 0)",
        "intensity_mean_difference": "f.intensity_sum_ab / nullif(f.groups_ab, 0)"
        " - f.intensity_sum_ba / nullif(f.groups_ba, 0)",
    }
    columns = [
        *(zero(name) for name in ("groups", "mentions", *COUNTS[1:])),
        covered.format("f.intensity_sum / nullif(f.groups, 0)", "intensity_mean"),
        zero("intensity_sum", "DOUBLE"),
        covered.format("f.conflict / nullif(f.groups, 0)", "conflict_share"),
        *(zero(f"groups_{s}") for s in SIDES),
        *(zero(f"intensity_sum_{s}", "DOUBLE") for s in SIDES),
        *(covered.format(formula, name) for name, formula in both.items()),
        *(zero(name) for name in (*MODALITIES[2:], "dated_by_article")),
    ]
    return _SERIES.format(
        by=by,
        step=_STEP[by],
        counted=_quoted(modality),
        quads=quads,
        sides=sides,
        modalities=told,
        columns=",\n  ".join(columns),
    )
