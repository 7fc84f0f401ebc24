"""Passages that cannot all be true, each side with the words and the article behind it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dragoman.web.data.connection import Data
from dragoman.web.data.whole import Row, Whole

_ALL_EVIDENCE = "flatten(list_transform(d.sides, lambda s: s.evidence))"


def newest(data: Data, *, document: str | None = None, states: tuple[str, ...] = (), limit: int = 50) -> list[Row]:
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
    found = _meeting(data, parts, values, limit)
    _add_passages(data, found)
    return found


def of_documents(data: Data, documents: list[str], *, each: int) -> list[Row]:
    """Disputed points of several articles as ``newest`` gives them, at most ``each`` of an article, none twice."""
    if data.whole is not None:
        rows = [row for document in documents for row in _of_whole(data, data.whole, document, ())[:each]]
        return list({row["id"]: row for row in rows}.values())
    where = f"""(d.document IN (SELECT unnest($1::VARCHAR[]))
      OR list_has_any(list_transform({_ALL_EVIDENCE}, lambda v: v.document), $1::VARCHAR[]))"""
    told = [(row, _documents(row)) for row in _meeting(data, [where], [documents], None)] if documents else []
    chosen = [row for document in documents for row in [row for row, named in told if document in named][:each]]
    found = list({row["id"]: row for row in chosen}.values())
    _add_passages(data, found)
    return found


def _documents(row: Row) -> set[str]:
    """The articles of a disputed point."""
    return {row["document"], *(item["document"] for side in row["sides"] or () for item in side["evidence"] or ())} - {None}


def _meeting(data: Data, parts: list[str], values: list[object], limit: int | None) -> list[Row]:
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
    """As ``newest``, from all of them read once and kept by document and by pair."""
    if "disputes" not in kept.tables:
        index: dict[Any, list[Row]] = {None: newest(replace(data, whole=None), limit=1_000_000)}
        for row in index[None]:
            spots = {(item["document"], item["sentence"]) for side in row["sides"] or () for item in side["evidence"] or ()}
            keys: set[Any] = {row["document"], *(article for article, _ in spots)} - {None}
            for article, _ in spots:
                for event in kept.documents.get(article, ()):
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
