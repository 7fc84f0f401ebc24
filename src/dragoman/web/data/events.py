"""Events as the pages show them: one row an event group, with its best mention, the passage and the number of sources."""

from __future__ import annotations

from dragoman.web.data.connection import Data, Row
from dragoman.web.data.filters import DONE, WHEN, EventFilter

_GROUP = 'coalesce(g."group", e.id)'
_GROUPS = "LEFT JOIN groups g ON g.event = e.id"

_MENTIONS = f"""
SELECT e.*, {WHEN} AS day, {_GROUP} AS "group", g.reason AS group_reason, g.score AS group_score, g.joined_to,
       a.title, a.outlet, a.url, a.published_from, substring(a.text, e.start + 1, e.end - e.start) AS passage,
       s.name AS source_name, s.role AS source_role, t.name AS target_name, t.role AS target_role,
       b.name AS asserted_name
FROM chosen c JOIN @events e ON e.id = c.id {_GROUPS}
LEFT JOIN articles a ON a.id = e.document
LEFT JOIN actors s ON s.document = e.document AND s.id = e.source_actor
LEFT JOIN actors t ON t.document = e.document AND t.id = e.target_actor
LEFT JOIN actors b ON b.document = e.document AND b.id = e.asserted_by
"""


def groups(data: Data, wanted: EventFilter, *, limit: int, offset: int = 0) -> list[Row]:
    """The event groups with a mention that fits, newest first: best mention, number of ``mentions`` and of ``documents``.

    ``documents`` counts articles; copies of one text are counted once.
    """
    where, values = wanted.where()
    articles = "LEFT JOIN articles a ON a.id = e.document" if wanted.needs_articles else ""
    sql = f"""
    WITH fits AS (
      SELECT e.id, {_GROUP} AS "group", {WHEN} AS day, e.score, e.document FROM @events e {_GROUPS} {articles} WHERE {where}
    ), ranked AS (
      SELECT "group", arg_max(id, (score, id)) AS id, max(day) AS day, count(*) AS mentions,
             count(DISTINCT coalesce(k."of", f.document)) AS documents
      FROM fits f LEFT JOIN copies k ON k.document = f.document GROUP BY 1
    ), chosen AS (
      SELECT * FROM ranked ORDER BY day DESC NULLS LAST, "group" LIMIT ? OFFSET ?
    )
    SELECT m.*, c.mentions, c.documents FROM ({_MENTIONS}) m JOIN chosen c ON c.id = m.id
    ORDER BY m.day DESC NULLS LAST, m."group"
    """
    return data.rows(sql, [*values, limit, offset])


def count(data: Data, wanted: EventFilter) -> int:
    """How many event groups fit."""
    where, values = wanted.where()
    articles = "LEFT JOIN articles a ON a.id = e.document" if wanted.needs_articles else ""
    row = data.one(f"SELECT count(DISTINCT {_GROUP}) AS n FROM @events e {_GROUPS} {articles} WHERE {where}", values)
    return int(row["n"]) if row else 0


def mentions(data: Data, group: str) -> list[Row]:
    """Every mention of one event, best first. ``group`` is the id of the group, or of any event in it."""
    sql = f"""
    WITH wanted AS (
      SELECT coalesce((SELECT min(g."group") FROM groups g WHERE g.event = $1), $1) AS "group"
    ), chosen AS (
      SELECT e.id FROM @events e {_GROUPS} WHERE {_GROUP} = (SELECT "group" FROM wanted)
    )
    {_MENTIONS} ORDER BY e.score DESC, e.id
    """
    return data.rows(sql, [group])


def by_ids(data: Data, ids: list[str]) -> list[Row]:
    """The mentions with these ids, in the order of ``ids``."""
    if not ids:
        return []
    found = {row["id"]: row for row in data.rows(f"WITH chosen AS (SELECT unnest(?) AS id) {_MENTIONS}", [ids])}
    return [found[id_] for id_ in ids if id_ in found]


def of_document(data: Data, document: str) -> list[Row]:
    return data.rows(
        f"WITH chosen AS (SELECT id FROM @events WHERE document = ?) {_MENTIONS} ORDER BY e.start, e.trigger_start, e.id",
        [document],
    )


def months(data: Data, one: str, two: str) -> list[Row]:
    """A pair by month: event groups that happened by quad class, and those that did not; no row for an empty month."""
    where, values = EventFilter(pair=(one, two)).where()
    sql = f"""
    WITH fits AS (
      SELECT {_GROUP} AS "group", min({WHEN}) AS day, arg_max(e.quad, e.score) AS quad, bool_or({DONE}) AS done,
             arg_max(e.intensity, e.score) AS intensity
      FROM @events e {_GROUPS} WHERE {where} AND {WHEN} IS NOT NULL GROUP BY 1
    )
    SELECT date_trunc('month', day)::DATE AS month,
           count(*) FILTER (WHERE done AND quad = 1) AS q1, count(*) FILTER (WHERE done AND quad = 2) AS q2,
           count(*) FILTER (WHERE done AND quad = 3) AS q3, count(*) FILTER (WHERE done AND quad = 4) AS q4,
           count(*) FILTER (WHERE NOT done) AS not_done, avg(intensity) FILTER (WHERE done) AS intensity
    FROM fits GROUP BY 1 ORDER BY 1
    """
    return data.rows(sql, values)


def years(data: Data, one: str, two: str) -> list[Row]:
    """The years in which a pair has events, newest first, with the number of event groups."""
    where, values = EventFilter(pair=(one, two)).where()
    sql = f"""SELECT year({WHEN}) AS year, count(DISTINCT {_GROUP}) AS events FROM @events e {_GROUPS}
    WHERE {where} AND {WHEN} IS NOT NULL GROUP BY 1 ORDER BY 1 DESC"""
    return data.rows(sql, values)
