"""What waits for a person: events of which mentions disagree, then those with low scores; and notes not yet looked at."""

from __future__ import annotations

from dragoman.web.data.connection import Data
from dragoman.web.data.corrections import NOTES, plain
from dragoman.web.data.events import told_by_ids
from dragoman.web.data.whole import Row

ACCEPT = "accept"
REVIEW = "review"


def queue(data: Data, *, limit: int, event: str | None = None) -> list[Row]:
    """Events between states that nobody has accepted or corrected, disagreements first, then by score.

    ``reason`` says why a row is asked about. ``event`` gives that event alone, whatever was done with it.
    """
    if event is not None:
        return [{**row, "reason": "asked for"} for row in told_by_ids(data, [event])]
    sql = """
    WITH seen AS (SELECT DISTINCT "row" FROM corrections WHERE undone_at IS NULL AND "table" IN ('events', 'review')),
    split AS (
      SELECT g."group", count(DISTINCT e.root) AS roots FROM groups g JOIN @events e ON e.id = g.event
      GROUP BY 1 HAVING count(DISTINCT e.root) > 1
    )
    SELECT e.id, s.roots FROM @events e LEFT JOIN groups g ON g.event = e.id LEFT JOIN split s ON s."group" = g."group"
    WHERE e.origin = 'dragoman' AND e.source_country <> e.target_country AND e.id NOT IN (SELECT "row" FROM seen)
    ORDER BY s.roots IS NULL, e.score, e.id LIMIT ?
    """
    chosen = {row["id"]: row["roots"] for row in data.rows(sql, [limit])}
    found = told_by_ids(data, list(chosen))
    for row in found:
        roots = chosen[row["id"]]
        row["reason"] = f"its mentions are read as {roots} different roots" if roots else _score(row["score"])
    return found


def _score(score: float | None) -> str:
    return f"score {score:.2f}" if score is not None else "no score"


def last_acts(data: Data, by: str, *, limit: int = 5) -> list[Row]:
    """The newest standing acts of one reviewer: ``id``, ``row``, ``what``, ``at``."""
    sql = """
    SELECT id, any_value("row") AS "row", any_value("table") AS "table", string_agg("column", ', ') AS columns,
      max("at") AS "at"
    FROM corrections WHERE "by" = ? AND undone_at IS NULL GROUP BY id ORDER BY "at" DESC, id LIMIT ?
    """
    found = data.rows(sql, [by, limit])
    return [{**row, "what": "accepted" if row["table"] == REVIEW else f"{row['table']}: {row['columns']}"} for row in found]


def waiting_notes(data: Data, *, limit: int = 20) -> list[Row]:
    """Notes that nobody has approved yet, oldest first: ``id``, ``row``, ``text``, ``by``, ``at``."""
    sql = """
    SELECT id, "row", "value", "by", "at" FROM corrections n WHERE "table" = ? AND "column" = 'note' AND undone_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM corrections a WHERE a."table" = n."table" AND a."column" = 'approve' AND a."row" = n.id
                      AND a.undone_at IS NULL)
    ORDER BY "at", id LIMIT ?
    """
    return [{**row, "text": plain(row["value"])} for row in data.rows(sql, [NOTES, limit])]
