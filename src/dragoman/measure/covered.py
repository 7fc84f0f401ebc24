"""What was read, by the day of publication: inside it a figure of nothing is zero, outside it nothing is known."""

from __future__ import annotations

from datetime import date
from typing import Any
from weakref import WeakKeyDictionary

import pyarrow as pa

from dragoman.measure import frames
from dragoman.measure.events import Tables, engine, opened, query
from dragoman.measure.frames import GROUP

# An article whose own date is wider than the period (a year, in a monthly series) covers none.
_COVERED = """
SELECT CAST(date_trunc('{by}', day) AS DATE) AS period, CAST(sum(n) AS BIGINT) AS articles,
  count(DISTINCT day) FILTER (day = until) AS days
FROM days WHERE date_trunc('{by}', day) = date_trunc('{by}', until)
  AND ($since IS NULL OR day >= $since) AND ($until IS NULL OR until <= $until)
GROUP BY 1 ORDER BY 1
"""


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
    return frames.mark(by_period(days_read(source, tables, articles), by, first, last), "period", {"by": by})


def by_period(days: pa.Table, by: str, first: date | None, last: date | None, archive: Any = None) -> pa.Table:
    """Of days as ``days_read`` gives them, the periods with something in them; of all days of an ``archive`` made once."""
    seen = None if archive is None or isinstance(archive, pa.Table) or first or last else _SEEN.get(archive)
    if seen is None or seen[1] is not days:
        return _by_period(days, by, first, last)
    if by not in seen[2]:
        seen[2][by] = _by_period(days, by, first, last)
    return seen[2][by]


def _by_period(days: pa.Table, by: str, first: date | None, last: date | None) -> pa.Table:
    connection = engine()
    connection.register("days", days)
    return query(connection, _COVERED.format(by=by), {"since": first, "until": last})


_READ = "SELECT published_from AS day, published_to AS until, count(*) AS n FROM articles GROUP BY 1, 2"
_IMPORTED = "SELECT DISTINCT date_from AS day, date_from AS until, NULL::BIGINT AS n FROM events"


def days_read(source: Any, tables: Tables | None, articles: pa.Table | None) -> pa.Table:
    """When what was read was published: (day, until, n articles; null of imported rows)."""
    if isinstance(source, pa.Table):
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
_SEEN: WeakKeyDictionary[Any, tuple[Any, pa.Table, dict[str, pa.Table]]] = WeakKeyDictionary()


def _archived(archive: Any, tables: Tables | None) -> pa.Table:
    batch = archive.snapshot()
    key = (batch.batch, batch.published)
    seen = _SEEN.get(archive)
    if seen is not None and seen[0] == key:
        return seen[1]
    tables = tables or opened(archive)
    imported = f" UNION ALL {_IMPORTED} WHERE origin <> 'dragoman'" if tables.imported else ""
    days = query(tables.connection, _READ + imported, {})
    _SEEN[archive] = (key, days, {})
    return days
