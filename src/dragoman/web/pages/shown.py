"""Rows made ready for a template: passages cut and marked."""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.web.data import Row
from dragoman.web.passages import Mark, event_excerpt, excerpt


def events(rows: Iterable[Row], width: int = 360) -> list[Row]:
    """Events with ``excerpt``: their passage with source, target and trigger marked."""
    return [{**row, "excerpt": event_excerpt(row, width)} for row in rows]


def disputes(rows: Iterable[Row]) -> list[Row]:
    """Discrepancies whose evidence has ``excerpt``: the sentence with the disputed words marked."""
    found = []
    for row in rows:
        for side in row["sides"] or ():
            for item in side["evidence"] or ():
                start, end = item["start"], item["end"]
                mark = [Mark(start, end, "disputed")] if start is not None else []
                item["excerpt"] = excerpt(
                    item.get("context"), mark, start=item.get("context_start") or 0, around=(start or 0, end or 0)
                )
        found.append(row)
    return found
