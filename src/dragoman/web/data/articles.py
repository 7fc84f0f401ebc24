"""Articles: one with its sentences, mentions, figures and discards, those beside it, the newest, those with certain words."""

from __future__ import annotations

from collections import Counter
from datetime import date

from dragoman.web.data.connection import Data
from dragoman.web.data.rows import rows_of, with_passage
from dragoman.web.data.whole import Row

PAIRS_RELATED = 3  # pairs of an article that further articles are looked for by


def by_id(data: Data, id_: str) -> Row | None:
    return data.one("SELECT * FROM articles WHERE id = ?", [id_])


def sentences(data: Data, document: str) -> list[Row]:
    return rows_of(data, "sentences", 'SELECT x.document, x.i, x.kind, x.start, x."end" FROM sentences x', "x.i", document)


def mentions(data: Data, document: str) -> list[Row]:
    return rows_of(data, "mentions", 'SELECT x.document, x.actor, x.start, x."end" FROM mentions x', "x.start", document)


def discards(data: Data, document: str) -> list[Row]:
    return rows_of(data, "discards", "SELECT x.* FROM discards x", "x.start, x.stage", document)


def figures(data: Data, document: str) -> list[Row]:
    return rows_of(data, "figures", with_passage("figures"), "x.start, x.id", document)


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


def latest(data: Data, *, limit: int) -> list[Row]:
    """The newest articles."""
    return data.rows(
        "SELECT id, title, outlet, published_from, reading_minutes, categories FROM articles "
        "ORDER BY published_from DESC NULLS LAST, id LIMIT ?",
        [limit],
    )


def with_words(
    data: Data, words: tuple[str, ...], *, outlet: str | None, limit: int, among: tuple[int, ...] | None = None
) -> list[Row]:
    """Articles whose title or text has all the words, titles first; ``among`` the rows that alone may hold them."""
    if among == ():
        return []
    inside = " AND ".join("contains(lower(coalesce(title, '') || ' ' || text), ?)" for _ in words) or "false"
    title = " AND ".join("contains(lower(coalesce(title, '')), ?)" for _ in words) or "false"
    lower = [word.lower() for word in words]
    near = "rowid IN (SELECT unnest(?::INTEGER[]))" if among is not None else "true"
    sql = f"""
    SELECT id, title, outlet, published_from, reading_minutes, {title} AS in_title FROM articles
    WHERE {near} AND {inside} AND (?::VARCHAR IS NULL OR outlet = ?)
    ORDER BY in_title DESC, published_from DESC NULLS LAST, id LIMIT ?
    """
    given = [list(among)] if among is not None else []
    return data.rows(sql, [*lower, *given, *lower, outlet, outlet, limit])
