"""Actors: those of one article, and one over all articles."""

from __future__ import annotations

from dragoman.web.data.connection import Data
from dragoman.web.data.whole import Row


def of_document(data: Data, document: str) -> list[Row]:
    return data.rows(
        "SELECT * EXCLUDE (document, run, models, codebook) FROM actors WHERE document = ? ORDER BY id", [document]
    )


def by_id(data: Data, id_: str) -> Row | None:
    """One actor over all articles: its names, the roles it is given, and how often it is named."""
    sql = """
    SELECT id, mode(name ORDER BY name) AS name, max(country) AS country, max(sector) AS sector,
           max(organisation) AS organisation,
           list_sort(list_distinct(list(role) FILTER (WHERE role IS NOT NULL))) AS roles, count(DISTINCT document) AS articles,
           min(role_from) AS role_from, max(role_to) AS role_to
    FROM actors WHERE id = ? GROUP BY 1
    """
    return data.one(sql, [id_])


def with_pages(data: Data, *, least_articles: int, least_events: int) -> list[Row]:
    """Persons and bodies named in so many articles, or in so many events: ``id``, ``name``, ``country``."""
    sql = """
    WITH acted AS (
      SELECT id, count(*) AS events FROM (
        SELECT source_actor AS id FROM @events UNION ALL SELECT target_actor FROM @events
      ) GROUP BY 1
    )
    SELECT a.id, mode(a.name ORDER BY a.name) AS name, max(a.country) AS country FROM actors a LEFT JOIN acted USING (id)
    WHERE a.id IS DISTINCT FROM a.country AND length(a.id) > 3 GROUP BY 1
    HAVING count(DISTINCT a.document) >= ? OR max(coalesce(acted.events, 0)) >= ? ORDER BY 1
    """
    return data.rows(sql, [least_articles, least_events])


def articles_of(data: Data, id_: str, *, limit: int) -> list[Row]:
    sql = """
    SELECT a.id, a.title, a.outlet, a.published_from, count(m.actor) AS mentions
    FROM actors x JOIN articles a ON a.id = x.document LEFT JOIN mentions m ON m.document = x.document AND m.actor = x.id
    WHERE x.id = ? GROUP BY 1, 2, 3, 4 ORDER BY a.published_from DESC NULLS LAST, a.id LIMIT ?
    """
    return data.rows(sql, [id_, limit])
