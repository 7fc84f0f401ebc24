"""Events as the pages show them: one row an event group, with its best mention, the passage and the number of sources."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

from dragoman.web.data import summaries, whole
from dragoman.web.data.connection import Data
from dragoman.web.data.filters import WHEN, EventFilter
from dragoman.web.data.whole import Row

PART = 20_000  # mentions fetched at once


def groups(data: Data, wanted: EventFilter, *, limit: int, offset: int = 0) -> list[Row]:
    """The event groups with a mention that fits, newest first: best mention, number of ``mentions`` and of ``documents``.

    ``documents`` counts articles; copies of one text are counted once.
    """
    if data.whole is not None:
        return whole.best_of_groups(data.whole, _fitting(data.whole, wanted), limit=limit, offset=offset)
    return _shown(data, _newest(data, wanted, limit + offset)[offset:], wanted)


def found(data: Data, wanted: EventFilter, *, limit: int, offset: int = 0) -> tuple[int, list[Row]]:
    """How many event groups fit, and those of one page as ``groups`` gives them: both by one reading of the mentions."""
    if data.whole is not None:
        of_all = {row["group"] for row in _fitting(data.whole, wanted)}
        return len(of_all), groups(data, wanted, limit=limit, offset=offset)
    if wanted.articles == ():
        return 0, []
    where, values = wanted.where()
    joined, bound = _joined(data, wanted)
    sql = f"""
    WITH fits AS (
      SELECT {data.group} AS "group", max({WHEN}) AS day FROM {data.since(wanted.published_since)} e {joined} WHERE {where}
      GROUP BY 1
    )
    SELECT "group", (SELECT count(*) FROM fits) AS n FROM fits ORDER BY day DESC NULLS LAST, "group" LIMIT ? OFFSET ?
    """
    rows = data.rows(sql, [*bound, *values, limit, offset])
    total = int(rows[0]["n"]) if rows else count(data, wanted) if offset else 0
    return total, _shown(data, [row["group"] for row in rows], wanted)


def _shown(data: Data, ids: list[str], wanted: EventFilter) -> list[Row]:
    """These groups as the pages show them."""
    best = _best(data, ids)
    return _sourced(data, best) if data.grouped else _told(data, best, wanted)


def _newest(data: Data, wanted: EventFilter, most: int) -> list[str]:
    """The groups of the newest mentions that fit, newest first, at most so many.

    Mentions are read newest first, more of them until there are groups enough: a state's hundred thousand events need not be
    grouped to show its twenty newest.
    """
    where, values = wanted.where()
    joined, bound = _joined(data, wanted)
    sql = f"""
    SELECT {data.group} AS "group", {WHEN} AS day FROM {data.since(wanted.published_since)} e {joined} WHERE {where}
    ORDER BY day DESC NULLS LAST, "group" LIMIT ?
    """
    reach = most * 3 + 100
    while True:
        rows = data.table(sql, [*bound, *values, reach])
        found = list(dict.fromkeys(rows["group"].to_pylist()))
        if len(found) >= most or len(rows) < reach:
            return found[:most]
        reach *= 8


def _best(data: Data, ids: list[str]) -> list[Row]:
    """The best mention of each group, in the order of ``ids``, with the number of its ``mentions`` and of ``documents``."""
    members: dict[str, list[Row]] = {}
    for row in _members(data, ids, whole_rows=False):
        members.setdefault(row["group"], []).append(row)
    if not data.grouped:
        documents = sorted({row["document"] for told in members.values() for row in told if row["document"]})
        sql = 'SELECT document, "of" FROM copies WHERE document IN (SELECT unnest(?))'
        copy_of = {row["document"]: row["of"] for row in data.rows(sql, [documents])}
        for row in (row for told in members.values() for row in told):
            row["told_in"] = copy_of.get(row["document"], row["document"])
    found = []
    for group in ids:
        told = members.get(group)
        if told:
            counted = {row["told_in"] for row in told if row["document"]}
            found.append({**whole.best(told), "group": group, "mentions": len(told), "documents": len(counted)})
    return found


_UNLISTED = "context cameo date_how date_text place_country place_lat place_lon words origin_row run models codebook".split()
"""Columns that an event's own page shows and a list does not."""


def _members(data: Data, groups: list[str], *, whole_rows: bool = True) -> list[Row]:
    """Every mention of these groups: ``id``, ``group``, ``score``, ``document``; of a copy all columns (or those that a list
    shows), and ``day``.

    An event without a group is its own.
    """
    if data.grouped:  # most groups have a mention or two: all of them at once cost less than a second look-up of the best
        columns = "e.*" if whole_rows else f"e.* EXCLUDE ({', '.join(_UNLISTED)})"
        sql = (
            f'SELECT {columns}, e.grp AS "group", {WHEN} AS day FROM @events e WHERE e.grp IN (SELECT unnest(?)) ORDER BY e.id'
        )
        return data.rows(sql, [groups])
    sql = 'SELECT event, "group" FROM groups WHERE "group" IN (SELECT unnest(?))'
    group_of = {row["event"]: row["group"] for row in data.rows(sql, [groups])}
    ids = list(dict.fromkeys([*group_of, *groups]))
    rows = data.rows("SELECT id, score, document FROM @events e WHERE id IN (SELECT unnest(?)) ORDER BY id", [ids])
    return [{**row, "group": group_of.get(row["id"], row["id"])} for row in rows]


def groups_of(data: Data, ids: list[str]) -> dict[str, Row]:
    """The group of each event, why it is in it, and with what score; a group of its own where it has none."""
    sql = """SELECT event, "group", reason AS group_reason, score AS group_score, joined_to FROM groups
    WHERE event IN (SELECT unnest(?))"""
    found = {row.pop("event"): row for row in data.rows(sql, [ids])} if ids else {}
    return {id_: found.get(id_, {"group": id_, **_ALONE}) for id_ in ids}


def count(data: Data, wanted: EventFilter) -> int:
    """How many event groups fit."""
    where, values = wanted.where()
    joined, bound = _joined(data, wanted)
    row = data.one(f"SELECT count(DISTINCT {data.group}) AS n FROM @events e {joined} WHERE {where}", [*bound, *values])
    return int(row["n"]) if row else 0


def mentions(data: Data, group: str) -> list[Row]:
    """Every mention of one event, best first. ``group`` is the id of the group, or of any event in it."""
    if data.whole is not None:
        found = data.whole.groups.get(data.whole.group_of.get(group, group), [])
        return sorted((dict(row) for row in found), key=lambda row: (-(row["score"] or 0), row["id"]))
    group = groups_of(data, [group])[group]["group"]
    members = {row["id"]: row for row in _members(data, [group])}
    chosen = [{**members[id_], **kept} for id_, kept in groups_of(data, list(members)).items()]
    told = _sourced(data, chosen) if data.grouped else _told(data, chosen, EventFilter())
    return sorted(told, key=lambda row: (-(row["score"] or 0), row["id"]))


_ALONE = {"group_reason": None, "group_score": None, "joined_to": None}


def of_document(data: Data, document: str) -> list[Row]:
    """Every mention in an article, in the order of its text."""
    if data.whole is not None:
        told = [dict(row) for row in data.whole.documents.get(document, [])]
    else:
        rows = data.rows(f"SELECT e.*, {WHEN} AS day FROM @events e WHERE e.document = ?", [document])
        kept = groups_of(data, [row["id"] for row in rows])
        told = _sourced(data, [{**row, **kept[row["id"]]} for row in rows])
    return sorted(told, key=lambda row: (row["start"] or 0, row["trigger_start"] or 0, row["id"]))


def told_by_ids(data: Data, ids: list[str]) -> list[Row]:
    """The mentions with these ids, in this order."""
    return _told(data, [{"id": id_, **kept} for id_, kept in groups_of(data, ids).items()], EventFilter())


def _joined(data: Data, wanted: EventFilter) -> tuple[str, list[object]]:
    """The tables beside ``events e`` that a query needs. The groups of a pair lie together, so only theirs are read."""
    articles = "LEFT JOIN articles a ON a.id = e.document" if wanted.needs_articles else ""
    if wanted.articles is not None:  # of a copy; the texts of these articles alone are read
        near = "(SELECT rowid AS row, text, outlet FROM articles WHERE rowid IN (SELECT unnest(?::INTEGER[])))"
        return f"{data.joined} LEFT JOIN {near} a ON a.row = e.article_row", [list(wanted.articles)]
    if wanted.pair and data.joined and data.relations["events"] == "events":  # corrected events may have another pair
        near = "source_country IN (?, ?) AND target_country IN (?, ?)"
        only = f"(SELECT * FROM groups WHERE ({near}) OR source_country IS NULL)"
        return f"LEFT JOIN {only} g ON g.event = e.id {articles}", [*wanted.pair, *wanted.pair]
    return f"{data.joined} {articles}", []


def _told(data: Data, chosen: list[Row], wanted: EventFilter) -> list[Row]:
    """The chosen mentions, in their order, with passage, article and names. Plain look-ups: a join of all costs more."""
    if not chosen:
        return []
    # Parquet needs to hear where the rows lie; a copy finds them by its index, and sooner if nothing else is asked.
    near, values = EventFilter(pair=wanted.pair, document=wanted.document).where() if not data.grouped else ("true", [])
    ids = [row["id"] for row in chosen]
    sql = f"SELECT e.*, {WHEN} AS day FROM @events e WHERE e.id IN (SELECT unnest(?)) AND {near}"
    rows = {row["id"]: row for row in data.rows(sql, [ids, *values])}
    return _sourced(data, [{**rows[row["id"]], **row} for row in chosen if row["id"] in rows])


def _sourced(data: Data, mentions: list[Row]) -> list[Row]:
    """The mentions with passage, article and names."""
    if not mentions:
        return []
    told = [{**_ALONE, **row} for row in mentions]
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


_IN_MEMORY = ("pair", "state", "actor", "between_states", "published_since", "since", "until")


def _fitting(kept: whole.Whole, wanted: EventFilter) -> list[Row]:
    """The mentions of a whole record that fit: what ``publish`` asks for, which is by pair, state or actor, and by time.

    Raises NotImplementedError for any other condition, which would otherwise be lost.
    """
    others = [f.name for f in fields(wanted) if f.name not in _IN_MEMORY and getattr(wanted, f.name) != f.default]
    if others:
        raise NotImplementedError(f"the record in memory is not asked by {', '.join(others)}; ask the copy")
    if wanted.pair:
        one, two = sorted(wanted.pair)
        rows = kept.pairs.get((one, two), [])
    elif wanted.state:
        rows = kept.states.get(wanted.state, [])
    elif wanted.actor:
        rows = kept.actors.get(wanted.actor, [])
    else:
        rows = [row for told in kept.groups.values() for row in told]
    if wanted.state:
        rows = [row for row in rows if wanted.state in (row["source_country"], row["target_country"])]
    if wanted.actor:
        rows = [row for row in rows if wanted.actor in (row["source_actor"], row["target_actor"])]
    if wanted.between_states:
        rows = [row for row in rows if _between_states(row)]
    if wanted.published_since:
        rows = [row for row in rows if row["published"] and row["published"] >= wanted.published_since]
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
    ids = [row["id"] for row in data.rows("SELECT id FROM @events e ORDER BY 1")]
    for first in range(0, len(ids), PART):
        kept.add(told_by_ids(data, ids[first : first + PART]))
    return kept


def months(data: Data, one: str, two: str) -> list[Row]:
    """A pair by month: event groups that happened by quad class, and those that did not; no row for an empty month.

    Events that are dated wider than a month have rows of their own, with ``wide``, under the first month of that time.
    """
    if data.whole is not None:
        return whole.months_of(data.whole.pairs.get((min(one, two), max(one, two)), []))
    columns = "month, wide, q1, q2, q3, q4, not_done"
    if data.grouped:
        sql = f"SELECT {columns} FROM pair_months WHERE one = ? AND two = ? ORDER BY month, wide"
        return data.rows(sql, sorted((one, two)))
    wanted = EventFilter(pair=(one, two))
    where, values = wanted.where()
    joined, bound = _joined(data, wanted)
    counted = summaries.months("@events", joined, data.group, where)
    return data.rows(f"SELECT {columns} FROM ({counted}) ORDER BY month, wide", [*bound, *values])
