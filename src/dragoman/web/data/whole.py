"""The whole record in memory, by key: for ``publish``, which asks for every event, article and pair once.

A question to DuckDB costs some ten milliseconds before it reads anything; ten thousand pages would wait minutes for that alone.
The rows are those of the same queries, so a page is the same either way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

Row = dict[str, Any]


@dataclass(slots=True)
class Whole:
    """``mentions`` has every event mention by its group, document, pair, state and actor; ``tables`` keeps rows by key.

    ``copy_of`` names the article that another one copies.
    """

    copy_of: Mapping[str, str]
    groups: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    group_of: dict[str, str] = field(default_factory=dict)
    documents: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    pairs: dict[tuple[str, str], list[Row]] = field(default_factory=lambda: defaultdict(list))
    states: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    actors: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    tables: dict[str, dict[Any, list[Row]]] = field(default_factory=dict)

    def add(self, mentions: Iterable[Row]) -> None:
        for row in mentions:
            self.groups[row["group"]].append(row)
            self.group_of[row["id"]] = row["group"]
            self.documents[row["document"]].append(row)
            one, two = row["source_country"], row["target_country"]
            if one and two and one != two:
                self.pairs[min(one, two), max(one, two)].append(row)
            for code in {one, two} - {None}:
                self.states[code].append(row)
            for actor in {row["source_actor"], row["target_actor"]} - {None}:
                self.actors[actor].append(row)

    def by_key(self, name: str, read: Callable[[], Iterable[Row]], column: str, key: str) -> list[Row]:
        """The rows of a table with this key; the table is read once."""
        if name not in self.tables:
            kept: dict[Any, list[Row]] = defaultdict(list)
            for row in read():
                kept[row[column]].append(row)
            self.tables[name] = dict(kept)
        return [dict(row) for row in self.tables[name].get(key, ())]


def best_of_groups(kept: Whole, rows: Iterable[Row], *, limit: int, offset: int) -> list[Row]:
    """As ``data.events.groups``: groups of the rows, newest first: best mention, ``mentions`` and ``documents``."""
    newest: dict[str, date] = {}
    for row in rows:
        newest[row["group"]] = max(newest.get(row["group"], date.min), row["day"] or date.min)
    ordered = sorted(sorted(newest), key=lambda group: newest[group], reverse=True)[offset : offset + limit]
    found = []
    for group in ordered:
        told = kept.groups[group]
        documents = {kept.copy_of.get(row["document"], row["document"]) for row in told if row["document"]}
        found.append({**best(told), "mentions": len(told), "documents": len(documents)})
    return found


def best(told: list[Row]) -> Row:
    return max(told, key=lambda row: (row["score"] if row["score"] is not None else -1.0, row["id"]))


def months_of(rows: Iterable[Row], done: tuple[str, ...] = ("happened", "ongoing")) -> list[Row]:
    """As ``data.events.months``."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row["day"]:
            groups[row["group"]].append(row)
    counted: dict[tuple[date, bool], Row] = {}
    for told in groups.values():
        near = [row["day"] for row in told if not _wide(row)]
        month = min(near or [row["day"] for row in told]).replace(day=1)
        of = {"month": month, "wide": not near, **dict.fromkeys(("q1", "q2", "q3", "q4", "not_done"), 0)}
        kept = counted.setdefault((month, not near), of)
        happened = any(row["modality"] in done for row in told)
        kept[f"q{best(told)['quad']}" if happened else "not_done"] += 1
    return [counted[key] for key in sorted(counted)]


def _wide(row: Row) -> bool:
    """As ``filters.WIDE``."""
    first, last = row["date_from"], row["date_to"]
    return bool(first and last and (last - first).days > 31)
