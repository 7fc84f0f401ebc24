"""Pairs and states over the whole archive: who met whom how often, and what changed."""

from __future__ import annotations

from datetime import date, timedelta

from dragoman.web.data import summaries
from dragoman.web.data.connection import Data
from dragoman.web.data.filters import BETWEEN_STATES, DONE
from dragoman.web.data.summaries import ONE, TWO
from dragoman.web.data.whole import Row


def newest_day(data: Data) -> date | None:
    """The day of the newest article, or of the newest event where no article has a date: what "this week" counts from."""
    row = data.one(summaries.NEWEST.format(events="@events", articles="articles"))
    return row["day"] if row else None


def pairs(
    data: Data, *, since: date | None = None, until: date | None = None, state: str | None = None, limit: int = 50
) -> list[Row]:
    """Pairs of states by number of event groups: ``one``, ``two``, ``events``, ``intensity``, ``last``.

    ``q1`` to ``q4`` count what was done by quad class. ``since`` and ``until`` are days of publication.
    """
    order = "ORDER BY events DESC, one, two LIMIT ?"
    if data.grouped and since is None and until is None:
        where, given = ("one = ? OR two = ?", [state, state]) if state is not None else ("true", [])
        return data.rows(f"SELECT * FROM pair_totals WHERE {where} {order}", [*given, limit])
    conditions = {"e.published >= ?": since, "e.published <= ?": until}
    parts = [condition for condition, value in conditions.items() if value is not None]
    values: list[object] = [value for value in conditions.values() if value is not None]
    if state is not None:
        parts.append("(e.source_country = ? OR e.target_country = ?)")
        values += [state, state]
    sql = summaries.pairs(data.since(since), data.joined, data.group, " AND ".join(parts) or "true")
    return data.rows(f"{sql} {order}", [*values, limit])


def changes(data: Data, newest: date, *, weeks: int = 4, before: int = 26, least: int = 3, limit: int = 8) -> list[Row]:
    """Pairs whose mean intensity of the last ``weeks`` differs most from the ``before`` weeks ahead of them.

    Rows: ``one``, ``two``, ``now``, ``then`` (mean intensity, -10 to 10), ``n_now``, ``n_then``. Pairs with fewer than
    ``least`` events on either side are left out: a mean of two events is no level. Ranked by the
    difference over its standard error.
    """
    start = newest - timedelta(weeks=weeks)
    earlier = start - timedelta(weeks=before)
    sql = f"""
    WITH fits AS (
      SELECT {ONE} AS one, {TWO} AS two, e.published > $2 AS late, any_value(e.intensity) AS intensity
      FROM {data.since(earlier)} e {data.joined}
      WHERE {BETWEEN_STATES} AND {DONE} AND e.published > $1 AND e.published <= $3
      GROUP BY 1, 2, 3, {data.group}
    ), levels AS (
      SELECT one, two, avg(intensity) FILTER (WHERE late) AS now, avg(intensity) FILTER (WHERE NOT late) AS "then",
             count(*) FILTER (WHERE late) AS n_now, count(*) FILTER (WHERE NOT late) AS n_then,
             greatest(stddev_pop(intensity), 1) AS spread
      FROM fits GROUP BY 1, 2
    )
    SELECT one, two, now, "then", n_now, n_then FROM levels WHERE n_now >= $4 AND n_then >= $4
    ORDER BY abs(now - "then") / (spread * sqrt(1.0 / n_now + 1.0 / n_then)) DESC, one, two LIMIT $5
    """
    return data.rows(sql, [earlier, start, newest, least, limit])


def all_pairs(data: Data) -> list[tuple[str, str]]:
    """Every pair of states that has an event."""
    if data.grouped:
        rows = data.rows("SELECT one, two FROM pair_totals ORDER BY 1, 2")
    else:
        rows = data.rows(f"SELECT DISTINCT {ONE} AS one, {TWO} AS two FROM @events e WHERE {BETWEEN_STATES} ORDER BY 1, 2")
    return [(row["one"], row["two"]) for row in rows]


def all_states(data: Data) -> list[Row]:
    """States with events: ``code``, ``events``."""
    sql = "SELECT code, events FROM state_totals" if data.grouped else summaries.states("@events")
    return data.rows(f"{sql} ORDER BY events DESC, code")


def state_actors(data: Data, code: str, *, limit: int = 30) -> list[Row]:
    """The persons and bodies of a state by number of articles that name them."""
    sql = """
    SELECT id, any_value(name) AS name, max(role) AS role, max(sector) AS sector, count(DISTINCT document) AS articles
    FROM actors WHERE country = ? AND id <> ? GROUP BY 1 ORDER BY articles DESC, id LIMIT ?
    """
    return data.rows(sql, [code, code, limit])
