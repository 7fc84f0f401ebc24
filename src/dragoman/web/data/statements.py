"""What people said: of one article, between two states, by a state or an actor, or in certain words."""

from __future__ import annotations

from dragoman.web.data.connection import Data
from dragoman.web.data.rows import NEWEST_FIRST, add_articles, rows_of
from dragoman.web.data.whole import Row

_NAMED = """
    SELECT x.*, a.title, a.outlet, a.published_from, p.name AS speaker_name, p.role AS speaker_role, r.name AS addressee_name
    FROM @statements x LEFT JOIN articles a ON a.id = x.document
    LEFT JOIN actors p ON p.document = x.document AND p.id = x.speaker_actor
    LEFT JOIN actors r ON r.document = x.document AND r.id = x.addressee_actor
    """
"""Statements with their article, their speaker and their addressee."""


def of_document(data: Data, document: str) -> list[Row]:
    return rows_of(data, "statements", _NAMED, "x.start, x.content_start, x.id", document)


def _said(data: Data, where: str, values: list[object], limit: int) -> list[Row]:
    """The newest statements that meet a condition, as ``of_document`` gives them. Names and articles are looked up for those
    alone: a join of all is made before the newest are chosen."""
    found = data.rows(f"SELECT x.* FROM @statements x WHERE {where} {NEWEST_FIRST} LIMIT {limit:d}", values)
    add_articles(data, found)
    documents = sorted({row["document"] for row in found if row["document"]})
    sql = "SELECT document, id, name, role FROM actors WHERE document IN (SELECT unnest(?))"
    people = {(row["document"], row["id"]): row for row in data.rows(sql, [documents])} if documents else {}
    for row in found:
        speaker, addressee = (people.get((row["document"], row[f"{side}_actor"]), {}) for side in ("speaker", "addressee"))
        row["speaker_name"], row["speaker_role"] = speaker.get("name"), speaker.get("role")
        row["addressee_name"] = addressee.get("name")
    return found


def between(data: Data, one: str, two: str, *, limit: int) -> list[Row]:
    """What either state said about or to the other one, or in a sentence that holds an event between them; newest first."""
    where = """x.speaker_country IN ($1, $2) AND (
      list_contains(x.about, if(x.speaker_country = $1, $2, $1)) OR x.addressee_country = if(x.speaker_country = $1, $2, $1)
      OR (x.document, x.sentence) IN (SELECT (e.document, e.sentence) FROM @events e WHERE
        (e.source_country = $1 AND e.target_country = $2) OR (e.source_country = $2 AND e.target_country = $1)))"""
    return _said(data, where, [one, two], limit)


def by(data: Data, column: str, value: str, *, limit: int) -> list[Row]:
    """Statements whose speaker has this ``country`` or is this ``actor``."""
    name = {"country": "speaker_country", "actor": "speaker_actor"}[column]
    return _said(data, f"x.{name} = ?", [value], limit)


def with_words(data: Data, words: tuple[str, ...], *, limit: int, among: tuple[int, ...] | None = None) -> list[Row]:
    """Statements whose content has all the words; ``among`` the rows of the articles that alone may hold them."""
    if among == ():
        return []
    where = " AND ".join("contains(lower(x.content_text), ?)" for _ in words) or "false"
    inside = "x.document IN (SELECT id FROM articles WHERE rowid IN (SELECT unnest(?::INTEGER[]))) AND "
    near = inside if among is not None else ""
    given = [list(among)] if among is not None else []
    return _said(data, near + where, [*given, *(word.lower() for word in words)], limit)
