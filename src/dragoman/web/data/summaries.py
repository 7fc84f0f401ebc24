"""SQL over all events that answers what many pages ask; a copy of the archive holds the answers as tables of its own.

The files and a copy are asked by the same text, so a page is the same either way. ``events`` is SQL to select from as ``e``,
``group`` that of an event's group, ``joined`` the tables that it needs beside.
"""

from __future__ import annotations

from datetime import timedelta

from dragoman.web.data.filters import BETWEEN_STATES, DONE, WHEN, WIDE

ONE = "least(e.source_country, e.target_country)"
TWO = "greatest(e.source_country, e.target_country)"
RECENT = timedelta(weeks=30)
"""How far before the newest day the table ``recent`` of a copy reaches: as far as the front page looks."""
NEWEST = "SELECT greatest((SELECT max(published_from) FROM {articles}), (SELECT max(published) FROM {events} e)) AS day"

_QUADS = ", ".join(f"count(*) FILTER (WHERE done AND quad = {q}) AS q{q}" for q in (1, 2, 3, 4))


def pairs(events: str, joined: str, group: str, where: str = "true") -> str:
    """Pairs of states: ``one``, ``two``, ``events`` (groups), ``q1`` to ``q4``, ``intensity``, ``last``."""
    return f"""
    WITH told AS (
      SELECT {ONE} AS one, {TWO} AS two, arg_max(e.quad, coalesce(e.score, -1)) AS quad, bool_or({DONE}) AS done,
        arg_max(e.intensity, coalesce(e.score, -1)) AS intensity, max({WHEN}) AS day
      FROM {events} e {joined} WHERE {BETWEEN_STATES} AND {where} GROUP BY 1, 2, {group}
    )
    SELECT one, two, count(*) AS events, {_QUADS}, avg(intensity) FILTER (WHERE done) AS intensity, max(day) AS last
    FROM told GROUP BY 1, 2
    """


def months(events: str, joined: str, group: str, where: str) -> str:
    """Pairs by month: ``one``, ``two``, ``month``, ``wide``, ``q1`` to ``q4``, ``not_done``; the rows as ``data.events.months``
    has them."""
    return f"""
    WITH fits AS (
      SELECT {ONE} AS one, {TWO} AS two, {group} AS "group", bool_and({WIDE}) AS wide,
        coalesce(min({WHEN}) FILTER (WHERE NOT {WIDE}), min({WHEN})) AS day,
        arg_max(e.quad, (e.score, e.id)) AS quad, bool_or({DONE}) AS done
      FROM {events} e {joined} WHERE {where} AND {WHEN} IS NOT NULL GROUP BY 1, 2, 3
    )
    SELECT one, two, date_trunc('month', day)::DATE AS month, wide, {_QUADS}, count(*) FILTER (WHERE NOT done) AS not_done
    FROM fits GROUP BY 1, 2, 3, 4
    """


def states(events: str) -> str:
    """States: ``code``, ``events`` (mentions in which the state stands on either side)."""
    return f"""
    SELECT code, count(*) AS events FROM (
      SELECT source_country AS code FROM {events} e
      UNION ALL SELECT target_country FROM {events} e WHERE target_country IS DISTINCT FROM source_country
    ) WHERE code IS NOT NULL GROUP BY 1
    """


def of_copy(events: str, articles: str) -> dict[str, str]:
    """The tables that a copy holds beside the archive's own, each with the query that makes it."""
    newest = NEWEST.format(events=events, articles=articles)
    apart = "e.source_country <> e.target_country"
    return {
        "pair_totals": f"{pairs(events, '', 'e.grp')} ORDER BY one, two",
        "pair_months": f"{months(events, '', 'e.grp', apart)} ORDER BY one, two, month, wide",
        "state_totals": states(events),
        "recent": f"SELECT e.* FROM {events} e WHERE e.published >= ({newest}) - {RECENT.days} ORDER BY e.published, e.id",
    }
