"""Articles, statements, instruments, figures, discrepancies: what the pages show beside events."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

from dragoman.web.data.connection import Data
from dragoman.web.data.whole import Row, Whole

PAIRS_RELATED = 3  # pairs of an article that further articles are looked for by
_ORDER = "ORDER BY x.published DESC NULLS LAST, x.id, x.document"
_ALL_EVIDENCE = "flatten(list_transform(d.sides, lambda s: s.evidence))"


def article(data: Data, id_: str) -> Row | None:
    return data.one("SELECT * FROM articles WHERE id = ?", [id_])


def _of_document(data: Data, name: str, sql: str, order: str, document: str) -> list[Row]:
    """The rows of a document by a query over ``x``; of a whole record, read once."""
    if data.whole is not None:
        return data.whole.by_key(name, lambda: data.rows(f"{sql} ORDER BY {order}"), "document", document)
    return data.rows(f"{sql} WHERE x.document = ? ORDER BY {order}", [document])


def sentences(data: Data, document: str) -> list[Row]:
    return _of_document(data, "sentences", 'SELECT x.document, x.i, x.kind, x.start, x."end" FROM sentences x', "x.i", document)


def actors(data: Data, document: str) -> list[Row]:
    return data.rows(
        "SELECT * EXCLUDE (document, run, models, codebook) FROM actors WHERE document = ? ORDER BY id", [document]
    )


def mentions(data: Data, document: str) -> list[Row]:
    return _of_document(data, "mentions", 'SELECT x.document, x.actor, x.start, x."end" FROM mentions x', "x.start", document)


def discards(data: Data, document: str) -> list[Row]:
    return _of_document(data, "discards", "SELECT x.* FROM discards x", "x.start, x.stage", document)


def _told(table: str) -> str:
    """Rows of a table with their article's title and outlet and the passage behind them."""
    return f"""
    SELECT x.*, a.title, a.outlet, a.published_from, substring(a.text, x.start + 1, x.end - x.start) AS passage
    FROM @{table} x LEFT JOIN articles a ON a.id = x.document
    """


def statements_of_document(data: Data, document: str) -> list[Row]:
    return _of_document(data, "statements", _statements(), "x.start, x.content_start, x.id", document)


def _statements() -> str:
    return """
    SELECT x.*, a.title, a.outlet, a.published_from, p.name AS speaker_name, p.role AS speaker_role, r.name AS addressee_name
    FROM @statements x LEFT JOIN articles a ON a.id = x.document
    LEFT JOIN actors p ON p.document = x.document AND p.id = x.speaker_actor
    LEFT JOIN actors r ON r.document = x.document AND r.id = x.addressee_actor
    """


def _said(data: Data, where: str, values: list[object], limit: int) -> list[Row]:
    """The newest statements that meet a condition, as ``_statements`` gives them. Names and articles are looked up for those
    alone: a join of all is made before the newest are chosen."""
    found = data.rows(f"SELECT x.* FROM @statements x WHERE {where} {_ORDER} LIMIT {limit:d}", values)
    _add_articles(data, found)
    documents = sorted({row["document"] for row in found if row["document"]})
    sql = "SELECT document, id, name, role FROM actors WHERE document IN (SELECT unnest(?))"
    people = {(row["document"], row["id"]): row for row in data.rows(sql, [documents])} if documents else {}
    for row in found:
        speaker, addressee = (people.get((row["document"], row[f"{side}_actor"]), {}) for side in ("speaker", "addressee"))
        row["speaker_name"], row["speaker_role"] = speaker.get("name"), speaker.get("role")
        row["addressee_name"] = addressee.get("name")
    return found


def _add_articles(data: Data, found: list[Row]) -> None:
    """Give each row the title, outlet and day of its article."""
    documents = sorted({row["document"] for row in found if row["document"]})
    sql = "SELECT id, title, outlet, published_from FROM articles WHERE id IN (SELECT unnest(?))"
    known = {row["id"]: row for row in data.rows(sql, [documents])} if documents else {}
    for row in found:
        source = known.get(row["document"], {})
        row |= {name: source.get(name) for name in ("title", "outlet", "published_from")}


def statements_between(data: Data, one: str, two: str, *, limit: int) -> list[Row]:
    """What either state said about or to the other one, or in a sentence that holds an event between them; newest first."""
    where = """x.speaker_country IN ($1, $2) AND (
      list_contains(x.about, if(x.speaker_country = $1, $2, $1)) OR x.addressee_country = if(x.speaker_country = $1, $2, $1)
      OR (x.document, x.sentence) IN (SELECT (e.document, e.sentence) FROM @events e WHERE
        (e.source_country = $1 AND e.target_country = $2) OR (e.source_country = $2 AND e.target_country = $1)))"""
    return _said(data, where, [one, two], limit)


def statements_by(data: Data, column: str, value: str, *, limit: int) -> list[Row]:
    """Statements whose speaker has this ``country`` or is this ``actor``."""
    name = {"country": "speaker_country", "actor": "speaker_actor"}[column]
    return _said(data, f"x.{name} = ?", [value], limit)


def statements_with(data: Data, words: tuple[str, ...], *, limit: int) -> list[Row]:
    """Statements whose content has all the words."""
    where = " AND ".join("contains(lower(x.content_text), ?)" for _ in words) or "false"
    return _said(data, where, [word.lower() for word in words], limit)


def instruments(data: Data, states: tuple[str, ...], *, limit: int) -> list[Row]:
    """Instruments to which all the states are parties, newest first; one row a name, kind and status."""
    where = " AND ".join("list_contains(x.parties, ?)" for _ in states)
    sql = f"""
    SELECT x.*, count(*) OVER one AS mentions FROM @instruments x WHERE {where}
    WINDOW one AS (PARTITION BY lower(x.name), x.kind, x.status)
    QUALIFY row_number() OVER (PARTITION BY lower(x.name), x.kind, x.status ORDER BY x.published DESC NULLS LAST, x.id) = 1
    {_ORDER} LIMIT ?
    """
    found = data.rows(sql, [*states, limit])
    _add_articles(data, found)
    return found


def instruments_of_document(data: Data, document: str) -> list[Row]:
    return _of_document(data, "instruments", _told("instruments"), "x.start, x.id", document)


def figures_of_document(data: Data, document: str) -> list[Row]:
    return _of_document(data, "figures", _told("figures"), "x.start, x.id", document)


def discrepancies(data: Data, *, document: str | None = None, states: tuple[str, ...] = (), limit: int = 50) -> list[Row]:
    """Disputed points, newest first, each side with the passages behind it.

    ``states``: only those whose passages hold an event with all of these states. ``sides`` is a list of ``value`` and
    ``evidence``, whose items have ``document``, ``sentence``, ``start``, ``end``, ``passage``, ``title`` and ``outlet``.
    """
    if data.whole is not None:
        return _of_whole(data, data.whole, document, states)[:limit]
    parts, values = ["true"], list[object]()
    if document:
        parts.append(f"(d.document = ? OR list_contains(list_transform({_ALL_EVIDENCE}, lambda v: v.document), ?))")
        values += [document, document]
    if states:
        pair = " AND ".join("(e.source_country = ? OR e.target_country = ?)" for _ in states)
        parts.append(f"""EXISTS (SELECT 1 FROM @events e JOIN told t ON e.document = t.document AND e.sentence = t.sentence
          WHERE t.id = d.id AND {pair})""")
        for code in states:
            values += [code, code]
    found = _disputes(data, parts, values, limit)
    _add_passages(data, found)
    return found


def discrepancies_of(data: Data, documents: list[str], *, each: int) -> list[Row]:
    """Disputed points of several articles as ``discrepancies`` gives them, at most ``each`` of an article, none twice."""
    if data.whole is not None:
        rows = [row for document in documents for row in _of_whole(data, data.whole, document, ())[:each]]
        return list({row["id"]: row for row in rows}.values())
    where = f"""(d.document IN (SELECT unnest($1::VARCHAR[]))
      OR list_has_any(list_transform({_ALL_EVIDENCE}, lambda v: v.document), $1::VARCHAR[]))"""
    told = [(row, _documents(row)) for row in _disputes(data, [where], [documents], None)] if documents else []
    chosen = [row for document in documents for row in [row for row, named in told if document in named][:each]]
    found = list({row["id"]: row for row in chosen}.values())
    _add_passages(data, found)
    return found


def _documents(row: Row) -> set[str]:
    """The articles of a disputed point."""
    return {row["document"], *(item["document"] for side in row["sides"] or () for item in side["evidence"] or ())} - {None}


def _disputes(data: Data, parts: list[str], values: list[object], limit: int | None) -> list[Row]:
    """Disputed points that meet the conditions, newest first, without their passages."""
    if data.one("SELECT 1 AS found FROM @discrepancies LIMIT 1") is None:  # the question below costs much to plan
        return []
    sql = f"""
    WITH told AS (
      SELECT id, unnest({_ALL_EVIDENCE}, recursive := true) FROM @discrepancies d
    )
    SELECT d.*, a.title, a.outlet, coalesce(a.published_from, (SELECT max(b.published_from) FROM told t
      JOIN articles b ON b.id = t.document WHERE t.id = d.id)) AS published
    FROM @discrepancies d LEFT JOIN articles a ON a.id = d.document WHERE {" AND ".join(parts)}
    ORDER BY published DESC NULLS LAST, d.score DESC, d.id, d.document{f" LIMIT {limit:d}" if limit is not None else ""}
    """
    return data.rows(sql, values)


def _of_whole(data: Data, kept: Whole, document: str | None, states: tuple[str, ...]) -> list[Row]:
    """As ``discrepancies``, from all of them read once and kept by document and by pair."""
    if "disputes" not in kept.tables:
        index: dict[Any, list[Row]] = {None: discrepancies(replace(data, whole=None), limit=1_000_000)}
        for row in index[None]:
            spots = {(item["document"], item["sentence"]) for side in row["sides"] or () for item in side["evidence"] or ()}
            keys: set[Any] = {row["document"], *(spot[0] for spot in spots)} - {None}
            for spot, _ in spots:
                for event in kept.documents.get(spot, ()):
                    if (event["document"], event["sentence"]) in spots:
                        keys.add(frozenset((event["source_country"], event["target_country"])))
            for key in keys:
                index.setdefault(key, []).append(row)
        kept.tables["disputes"] = index
    return kept.tables["disputes"].get(document or (frozenset(states) if states else None), [])


def _add_passages(data: Data, found: list[Row]) -> None:
    """Give each piece of evidence its words and its article."""
    items = [item for row in found for side in row["sides"] or () for item in side["evidence"] or ()]
    ids = sorted({item["document"] for item in items if item["document"]})
    if not ids:
        return
    known = {
        row["id"]: row
        for row in data.rows(
            "SELECT id, title, outlet, published_from, text FROM articles WHERE id IN (SELECT unnest(?))", [ids]
        )
    }
    spots = data.rows('SELECT document, i, start, "end" FROM sentences WHERE document IN (SELECT unnest(?))', [ids])
    sentence = {(row["document"], row["i"]): row for row in spots}
    for item in items:
        source = known.get(item["document"], {})
        text = source.get("text") or ""
        around = sentence.get((item["document"], item["sentence"]), item)
        item["context"], item["context_start"] = text[around["start"] : around["end"]], around["start"]
        item["passage"] = text[item["start"] : item["end"]]
        item["title"], item["outlet"], item["published_from"] = (source.get(k) for k in ("title", "outlet", "published_from"))


def copies(data: Data, document: str) -> list[Row]:
    """The other articles of the same text, each with its ``kind`` (copy, rewrite, update, original) and ``similarity``."""
    sql = """
    WITH root AS (SELECT coalesce((SELECT min("of") FROM copies WHERE document = $1), $1) AS id),
    cluster AS (
      SELECT document AS id, kind, similarity FROM copies WHERE "of" = (SELECT id FROM root)
      UNION ALL SELECT id, 'original', 1.0 FROM root
    )
    SELECT DISTINCT c.id, c.kind, c.similarity, a.title, a.outlet, a.published_from
    FROM cluster c JOIN articles a ON a.id = c.id
    WHERE c.id <> $1 ORDER BY a.published_from NULLS LAST, c.id
    """
    return data.rows(sql, [document])


def related(data: Data, document: str, rows: list[Row], *, limit: int = 6) -> list[Row]:
    """Articles that share events with this one, by how many; then the newest with its pairs. ``rows`` are its events."""
    shared = _sharing(data, sorted({row["group"] for row in rows}))
    del shared[document]
    sql = "SELECT id, title, outlet, published_from FROM articles WHERE id IN (SELECT unnest(?)) ORDER BY id"
    found = data.rows(sql, [sorted(shared)]) if shared else []
    found = sorted(found, key=lambda row: row["published_from"] or date.min, reverse=True)
    found = sorted(found, key=lambda row: shared[row["id"]], reverse=True)[:limit]
    pairs = {(row["source_country"], row["target_country"]) for row in rows if row["source_country"] != row["target_country"]}
    for one, two in sorted(pair for pair in pairs if None not in pair)[:PAIRS_RELATED]:
        if len(found) >= limit:
            break
        known = [document, *(row["id"] for row in found)]
        sql = """
        SELECT DISTINCT a.id, a.title, a.outlet, a.published_from FROM articles a
        JOIN (SELECT DISTINCT document FROM @events WHERE source_country = ? AND target_country = ?) e ON e.document = a.id
        WHERE a.id NOT IN (SELECT unnest(?)) ORDER BY a.published_from DESC NULLS LAST, a.id LIMIT ?
        """
        found += data.rows(sql, [one, two, known, limit - len(found)])
    return found


def _sharing(data: Data, groups: list[str]) -> Counter[str]:
    """The articles that tell events of these groups, with how many mentions. Plain look-ups, which indexes serve."""
    if data.grouped:
        told = data.rows("SELECT document FROM @events e WHERE e.grp IN (SELECT unnest(?))", [groups])
    else:
        sql = 'SELECT event FROM groups WHERE "group" IN (SELECT unnest(?))'
        ids = [row["event"] for row in data.rows(sql, [groups])]
        told = data.rows("SELECT document FROM @events e WHERE e.id IN (SELECT unnest(?))", [ids])
    return Counter(row["document"] for row in told if row["document"])


def actor(data: Data, id_: str) -> Row | None:
    """One actor over all articles: its names, the roles it is given, and how often it is named."""
    sql = """
    SELECT id, mode(name) AS name, max(country) AS country, max(sector) AS sector, max(organisation) AS organisation,
           list_sort(list_distinct(list(role) FILTER (WHERE role IS NOT NULL))) AS roles, count(DISTINCT document) AS articles,
           min(role_from) AS role_from, max(role_to) AS role_to
    FROM actors WHERE id = ? GROUP BY 1
    """
    return data.one(sql, [id_])


def actors_with_pages(data: Data, *, least_articles: int, least_events: int) -> list[Row]:
    """Persons and bodies named in so many articles, or in so many events: ``id``, ``name``, ``country``."""
    sql = """
    WITH acted AS (
      SELECT id, count(*) AS events FROM (
        SELECT source_actor AS id FROM @events UNION ALL SELECT target_actor FROM @events
      ) GROUP BY 1
    )
    SELECT a.id, mode(a.name) AS name, max(a.country) AS country FROM actors a LEFT JOIN acted USING (id)
    WHERE a.id IS DISTINCT FROM a.country AND length(a.id) > 3 GROUP BY 1
    HAVING count(DISTINCT a.document) >= ? OR max(coalesce(acted.events, 0)) >= ? ORDER BY 1
    """
    return data.rows(sql, [least_articles, least_events])


def articles_of_actor(data: Data, id_: str, *, limit: int) -> list[Row]:
    sql = """
    SELECT a.id, a.title, a.outlet, a.published_from, count(m.actor) AS mentions
    FROM actors x JOIN articles a ON a.id = x.document LEFT JOIN mentions m ON m.document = x.document AND m.actor = x.id
    WHERE x.id = ? GROUP BY 1, 2, 3, 4 ORDER BY a.published_from DESC NULLS LAST, a.id LIMIT ?
    """
    return data.rows(sql, [id_, limit])


def latest(data: Data, *, limit: int) -> list[Row]:
    """The newest articles."""
    return data.rows(
        "SELECT id, title, outlet, published_from, reading_minutes, categories FROM articles "
        "ORDER BY published_from DESC NULLS LAST, id LIMIT ?",
        [limit],
    )


def with_words(data: Data, words: tuple[str, ...], *, outlet: str | None, limit: int) -> list[Row]:
    """Articles whose title or text has all the words, titles first."""
    inside = " AND ".join("contains(lower(coalesce(title, '') || ' ' || text), ?)" for _ in words) or "false"
    title = " AND ".join("contains(lower(coalesce(title, '')), ?)" for _ in words) or "false"
    lower = [word.lower() for word in words]
    sql = f"""
    SELECT id, title, outlet, published_from, reading_minutes, {title} AS in_title FROM articles
    WHERE {inside} AND (?::VARCHAR IS NULL OR outlet = ?) ORDER BY in_title DESC, published_from DESC NULLS LAST, id LIMIT ?
    """
    return data.rows(sql, [*lower, *lower, outlet, outlet, limit])
