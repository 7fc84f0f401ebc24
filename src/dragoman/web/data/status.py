"""What the archive holds and how it came there: counts, coverage, runs, failures, corrections."""

from __future__ import annotations

from dragoman.web.data.connection import Data
from dragoman.web.data.whole import Row


def totals(data: Data) -> Row:
    sql = """
    SELECT (SELECT count(*) FROM articles) AS articles, (SELECT count(*) FROM @events) AS events,
           (SELECT count(*) FROM @statements) AS statements, (SELECT count(*) FROM @instruments) AS instruments,
           (SELECT count(*) FROM @discrepancies) AS discrepancies, (SELECT count(*) FROM corrections) AS corrections,
           (SELECT count(DISTINCT outlet) FROM articles) AS outlets,
           (SELECT min(published_from) FROM articles) AS first, (SELECT max(published_from) FROM articles) AS last
    """
    return data.one(sql) or {}


def coverage(data: Data, *, months: int = 24, outlets: int = 12) -> tuple[list[Row], list[Row]]:
    """Articles by month (newest first) and by outlet."""
    by_month = data.rows(
        "SELECT date_trunc('month', published_from)::DATE AS month, count(*) AS articles, count(DISTINCT outlet) AS outlets "
        "FROM articles WHERE published_from IS NOT NULL GROUP BY 1 ORDER BY 1 DESC LIMIT ?",
        [months],
    )
    return by_month, by_outlet(data, limit=outlets)


def by_outlet(data: Data, *, limit: int) -> list[Row]:
    """Outlets by number of articles."""
    return data.rows(
        "SELECT outlet, count(*) AS articles, min(published_from) AS first, max(published_from) AS last FROM articles "
        "GROUP BY 1 ORDER BY articles DESC, outlet NULLS LAST LIMIT ?",
        [limit],
    )


def runs(data: Data, *, limit: int = 20) -> list[Row]:
    return data.rows("SELECT * FROM runs ORDER BY started DESC NULLS LAST, id LIMIT ?", [limit])


def failures(data: Data, *, limit: int = 20) -> list[Row]:
    return data.rows('SELECT input, reason, "at" FROM failures ORDER BY "at" DESC NULLS LAST, input LIMIT ?', [limit])


def discards(data: Data, *, limit: int = 20) -> list[Row]:
    return data.rows(
        "SELECT stage, reason, count(*) AS n FROM discards GROUP BY 1, 2 ORDER BY n DESC, stage, reason LIMIT ?", [limit]
    )


def places(data: Data) -> list[Row]:
    """How many events stand at each country: ``code``, ``events``, ``intensity`` (mean of what was done)."""
    sql = """
    SELECT code, count(*) AS events, avg(intensity) FILTER (WHERE modality IN ('happened', 'ongoing')) AS intensity FROM (
      SELECT source_country AS code, id, intensity, modality FROM @events
      UNION SELECT target_country, id, intensity, modality FROM @events
    ) WHERE code IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1
    """
    return data.rows(sql)
