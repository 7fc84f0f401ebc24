"""Events as the pages show them: one row an event group, with its best mention, the passage and the number of sources."""

from __future__ import annotations

from datetime import date

from dragoman.web.data import whole
from dragoman.web.data.connection import Data
from dragoman.web.data.filters import DONE, WHEN, EventFilter
from dragoman.web.data.whole import Row

_GROUP = 'coalesce(g."group", e.id)'
_GROUPS = "LEFT JOIN groups g ON g.event = e.id"


def groups(data: Data, wanted: EventFilter, *, limit: int, offset: int = 0) -> list[Row]:
    """The event groups with a mention that fits, newest first: best mention, number of ``mentions`` and of ``documents``.

    ``documents`` counts articles; copies of one text are counted once.
    """
    if data.whole is not None:
        return whole.best_of_groups(_fitting(data.whole, wanted), data.whole.copy_of, limit=limit, offset=offset)
    where, values = wanted.where()
    joined, bound = _joined(data, wanted)
    sql = f"""
    WITH fits AS (
      SELECT e.id, {_GROUP} AS "group", {WHEN} AS day, e.score, e.document FROM @events e {joined} WHERE {where}
    )
    SELECT f."group", arg_max(f.id, (f.score, f.id)) AS id, max(f.day) AS newest, count(*) AS mentions,
           count(DISTINCT coalesce(k."of", f.document)) AS documents
    FROM fits f LEFT JOIN copies k ON k.document = f.document GROUP BY 1
    ORDER BY newest DESC NULLS LAST, f."group" LIMIT ? OFFSET ?
    """
    return _told(data, data.rows(sql, [*bound, *values, limit, offset]), wanted)


def count(data: Data, wanted: EventFilter) -> int:
    """How many event groups fit."""
    where, values = wanted.where()
    joined, bound = _joined(data, wanted)
    row = data.one(f"SELECT count(DISTINCT {_GROUP}) AS n FROM @events e {joined} WHERE {where}", [*bound, *values])
    return int(row["n"]) if row else 0


def mentions(data: Data, group: str) -> list[Row]:
    """Every mention of one event, best first. ``group`` is the id of the group, or of any event in it."""
    if data.whole is not None:
        found = data.whole.groups.get(data.whole.group_of.get(group, group), [])
        return sorted((dict(row) for row in found), key=lambda row: (-(row["score"] or 0), row["id"]))
    of_event = data.rows('SELECT event, "group", reason, score, joined_to FROM groups WHERE event = ?', [group])
    group = of_event[0]["group"] if of_event else group
    sql = 'SELECT event AS id, "group", reason AS group_reason, score AS group_score, joined_to FROM groups WHERE "group" = ?'
    chosen = data.rows(sql, [group]) or [{"id": group, "group": group, **_ALONE}]
    told = _told(data, chosen, EventFilter())
    return sorted(told, key=lambda row: (-(row["score"] or 0), row["id"]))


_ALONE = {"group_reason": None, "group_score": None, "joined_to": None}


def of_document(data: Data, document: str) -> list[Row]:
    """Every mention in an article, in the order of its text."""
    if data.whole is not None:
        told = [dict(row) for row in data.whole.documents.get(document, [])]
    else:
        wanted = EventFilter(document=document)
        sql = f'SELECT e.id, {_GROUP} AS "group" FROM @events e {_GROUPS} WHERE e.document = ?'
        told = _told(data, data.rows(sql, [document]), wanted)
    return sorted(told, key=lambda row: (row["start"] or 0, row["trigger_start"] or 0, row["id"]))


def told_by_ids(data: Data, ids: list[str]) -> list[Row]:
    """The mentions with these ids, in this order."""
    sql = f'SELECT e.id, {_GROUP} AS "group" FROM @events e {_GROUPS} WHERE e.id IN (SELECT unnest(?))'
    found = {row["id"]: row for row in data.rows(sql, [ids])} if ids else {}
    return _told(data, [found[id_] for id_ in ids if id_ in found], EventFilter())


def _joined(data: Data, wanted: EventFilter) -> tuple[str, list[object]]:
    """The tables beside ``events e`` that a query needs. The groups of a pair lie together, so only theirs are read."""
    articles = "LEFT JOIN articles a ON a.id = e.document" if wanted.needs_articles else ""
    if wanted.pair and data.relations["events"] == "events":  # a correction may give an event another pair than its group has
        only = "(SELECT * FROM groups WHERE source_country IN (?, ?) AND target_country IN (?, ?))"
        return f"LEFT JOIN {only} g ON g.event = e.id {articles}", [*wanted.pair, *wanted.pair]
    return f"{_GROUPS} {articles}", []


def _told(data: Data, chosen: list[Row], wanted: EventFilter) -> list[Row]:
    """The chosen mentions, in their order, with passage, article and names. Plain look-ups: a join of all costs more."""
    if not chosen:
        return []
    near, values = EventFilter(pair=wanted.pair, document=wanted.document).where()
    ids = [row["id"] for row in chosen]
    sql = f"SELECT e.*, {WHEN} AS day FROM @events e WHERE e.id IN (SELECT unnest(?)) AND {near}"
    rows = {row["id"]: row for row in data.rows(sql, [ids, *values])}
    told = [{**_ALONE, **rows[row["id"]], **row} for row in chosen if row["id"] in rows]
    sources = _sources(data, told)
    people = names(data, {(row["document"], row[column]) for row in told for column in _ACTORS if row[column]})
    for row in told:
        row |= sources.get(row["id"], _NO_SOURCE)
        for column, name in _ACTORS.items():
            row[name] = people.get((row["document"], row[column]))
    return told


_ACTORS = {"source_actor": "source_name", "target_actor": "target_name", "asserted_by": "asserted_name"}
_NO_SOURCE = {"title": None, "outlet": None, "url": None, "published_from": None, "passage": None}


def _sources(data: Data, rows: list[Row]) -> dict[str, Row]:
    """The article and the passage of each event, by its id."""
    sql = """
    SELECT c.id, a.title, a.outlet, a.url, a.published_from, substring(a.text, c.first + 1, c.last - c.first) AS passage
    FROM (SELECT unnest(?) AS id, unnest(?) AS document, unnest(?::INTEGER[]) AS first, unnest(?::INTEGER[]) AS last) c
    JOIN articles a ON a.id = c.document
    """
    columns = [[row[name] for row in rows] for name in ("id", "document", "start", "end")]
    return {row.pop("id"): row for row in data.rows(sql, columns)}


def names(data: Data, wanted: set[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """The name of each actor (article, actor's id) as its article gives it."""
    if not wanted:
        return {}
    documents, ids = zip(*sorted(wanted, key=str), strict=True)
    sql = "SELECT document, id, name FROM actors WHERE id IN (SELECT unnest(?)) AND document IN (SELECT unnest(?))"
    found = data.rows(sql, [sorted(set(ids)), sorted({d for d in documents if d})])
    return {(row["document"], row["id"]): row["name"] for row in found}


def _fitting(kept: whole.Whole, wanted: EventFilter) -> list[Row]:
    """The mentions of a whole record that fit: what ``publish`` asks for, which is by pair, state or actor, and by time."""
    if wanted.pair:
        one, two = sorted(wanted.pair)
        rows = kept.pairs.get((one, two), [])
    elif wanted.state:
        rows = kept.states.get(wanted.state, [])
    elif wanted.actor:
        rows = kept.actors.get(wanted.actor, [])
    else:
        rows = [row for told in kept.groups.values() for row in told]
    if wanted.between_states:
        rows = [row for row in rows if _between_states(row)]
    if wanted.since or wanted.until:
        first, last = wanted.since or date.min, wanted.until or date.max
        rows = [row for row in rows if row["day"] and first <= row["day"] <= last]
    return rows


def _between_states(row: Row) -> bool:
    codes = {row["source_country"], row["target_country"]}
    return len(codes) == 2 and not codes & {None, "IGO", "NGO"}


def everything(data: Data) -> whole.Whole:
    """The whole record, for ``publish``."""
    copies = {row["document"]: row["of"] for row in data.rows('SELECT document, "of" FROM copies')}
    kept = whole.Whole(copies)
    sql = f"""SELECT e.id, {_GROUP} AS "group", g.reason AS group_reason, g.score AS group_score, g.joined_to
    FROM @events e {_GROUPS} ORDER BY 1"""
    chosen = data.rows(sql)
    for first in range(0, len(chosen), 20_000):
        kept.add(_told(data, chosen[first : first + 20_000], EventFilter()))
    return kept


def months(data: Data, one: str, two: str) -> list[Row]:
    """A pair by month: event groups that happened by quad class, and those that did not; no row for an empty month."""
    if data.whole is not None:
        return whole.months_of(data.whole.pairs.get((min(one, two), max(one, two)), []))
    wanted = EventFilter(pair=(one, two))
    where, values = wanted.where()
    joined, bound = _joined(data, wanted)
    sql = f"""
    WITH fits AS (
      SELECT {_GROUP} AS "group", min({WHEN}) AS day, arg_max(e.quad, (e.score, e.id)) AS quad, bool_or({DONE}) AS done
      FROM @events e {joined} WHERE {where} AND {WHEN} IS NOT NULL GROUP BY 1
    )
    SELECT date_trunc('month', day)::DATE AS month,
           count(*) FILTER (WHERE done AND quad = 1) AS q1, count(*) FILTER (WHERE done AND quad = 2) AS q2,
           count(*) FILTER (WHERE done AND quad = 3) AS q3, count(*) FILTER (WHERE done AND quad = 4) AS q4,
           count(*) FILTER (WHERE NOT done) AS not_done
    FROM fits GROUP BY 1 ORDER BY 1
    """
    return data.rows(sql, [*bound, *values])
