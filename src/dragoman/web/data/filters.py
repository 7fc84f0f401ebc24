"""What a reader may ask of the tables, as SQL conditions with their parameters. Values never become part of the SQL text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

WHEN = "coalesce(e.date_from, e.published)"
"""The day an event is listed under: its own, else the day it was reported."""

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
    since: date | None = None
    until: date | None = None
    words: tuple[str, ...] = ()

    def where(self) -> tuple[str, list[object]]:
        """SQL over ``events e`` (and ``articles a`` where ``words`` or ``outlet`` are asked for), and its parameters."""
        parts: list[str] = []
        values: list[object] = []

        def need(sql: str, *parameters: object) -> None:
            parts.append(sql)
            values.extend(parameters)

        if self.pair:
            one, two = self.pair
            both = "((e.source_country = ? AND e.target_country = ?) OR (e.source_country = ? AND e.target_country = ?))"
            need(both, one, two, two, one)
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
        if self.since:
            need(f"{WHEN} >= ?", self.since)
        if self.until:
            need(f"{WHEN} <= ?", self.until)
        for word in self.words:
            need("contains(lower(substring(a.text, e.start + 1, e.end - e.start)), ?)", word.lower())
        return " AND ".join(parts) or "true", values

    @property
    def needs_articles(self) -> bool:
        return bool(self.words or self.outlet)
