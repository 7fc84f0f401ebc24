"""What the archive holds and how it came there: counts, coverage, runs, failures, corrections."""

from __future__ import annotations

from dragoman.web.data import summaries
from dragoman.web.data.connection import CORRECTED, Data
from dragoman.web.data.whole import Row


def totals(data: Data) -> Row:
    def named(table: str) -> str:
        return f"@{table}" if table in CORRECTED else table

    sql = "SELECT * FROM totals" if data.grouped else summaries.totals(named)
    return data.one(sql) or {}


def coverage(data: Data, *, months: int = 24, outlets: int = 12) -> tuple[list[Row], list[Row]]:
    """Articles by month (newest first) and by outlet."""
    counted = "SELECT * FROM month_totals" if data.grouped else summaries.coverage("articles")
    by_month = data.rows(f"{counted} ORDER BY month DESC LIMIT ?", [months])
    return by_month, by_outlet(data, limit=outlets)


def by_outlet(data: Data, *, limit: int) -> list[Row]:
    """Outlets by number of articles."""
    counted = "SELECT * FROM outlet_totals" if data.grouped else summaries.outlets("articles")
    return data.rows(f"{counted} ORDER BY articles DESC, outlet NULLS LAST LIMIT ?", [limit])


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
