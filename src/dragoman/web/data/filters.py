"""What a reader may ask of the tables, as SQL conditions with their parameters. Values never become part of the SQL text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

WHEN = "coalesce(e.date_from, e.published)"
"""The day an event is listed under: its own, else the day it was reported."""

WIDE = "coalesce(e.date_to - e.date_from, 0) > 31"
"""The event's own dates are wider than a month: "last year" is no January."""

NO_STATE = "('IGO', 'NGO')"
BETWEEN_STATES = (
    f"(e.source_country <> e.target_country AND e.source_country NOT IN {NO_STATE} AND e.target_country NOT IN {NO_STATE})"
)

DONE = "e.modality IN ('happened', 'ongoing')"


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Conditions on events, all of which hold. ``pair`` is unordered; ``state`` and ``actor`` are on either side."""

    pair: tuple[str, str] | None = None
    source: str | None = None
    target: str | None = None
    state: str | None = None
    actor: str | None = None
    root: str | None = None
    quad: int | None = None
    modality: str | None = None
    place: str | None = None
    outlet: str | None = None
    document: str | None = None
    group: str | None = None
    between_states: bool = False
    published_since: date | None = None
    since: date | None = None
    until: date | None = None
    words: tuple[str, ...] = ()
    articles: tuple[int, ...] | None = None  # of a copy, rows of those that may hold the words (``data.searching``)

    def where(self) -> tuple[str, list[object]]:
        """SQL over ``events e`` (and ``articles a`` where ``words`` or ``outlet`` are asked for), and its parameters."""
        parts: list[str] = []
        values: list[object] = []

        def need(sql: str, *parameters: object) -> None:
            parts.append(sql)
            values.extend(parameters)

        if self.pair:
            one, two = self.pair
            either = "e.source_country IN (?, ?) AND e.target_country IN (?, ?) AND e.source_country <> e.target_country"
            need(either, one, two, one, two)  # plain conditions on columns: Parquet's row groups are left out by them
        if self.state:
            need("(e.source_country = ? OR e.target_country = ?)", self.state, self.state)
        if self.actor:
            need("(e.source_actor = ? OR e.target_actor = ?)", self.actor, self.actor)
        for column, value in (
            ("e.source_country", self.source),
            ("e.target_country", self.target),
            ("e.root", self.root),
            ("e.quad", self.quad),
            ("e.modality", self.modality),
            ("e.place_country", self.place),
            ("a.outlet", self.outlet),
            ("e.document", self.document),
        ):
            if value is not None:
                need(f"{column} = ?", value)
        if self.group:
            need('(e.id = ? OR e.id IN (SELECT event FROM groups WHERE "group" = ?))', self.group, self.group)
        if self.between_states:
            parts.append(BETWEEN_STATES)
        if self.published_since:
            need("e.published >= ?", self.published_since)
        if self.since:
            need(f"{WHEN} >= ?", self.since)
        if self.until:
            need(f"{WHEN} <= ?", self.until)
        if self.articles is not None:
            need("e.article_row IN (SELECT unnest(?::INTEGER[]))", list(self.articles))
        for word in self.words:
            need("contains(lower(substring(a.text, e.start + 1, e.end - e.start)), ?)", word.lower())
        return " AND ".join(parts) or "true", values

    @property
    def needs_articles(self) -> bool:
        return bool(self.words or self.outlet)
