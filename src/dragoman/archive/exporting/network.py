"""Networks of states: one edge for each pair, with what happened between the two. GraphML, or a list of edges as CSV.

Counted are events between two different states that happened or go on, one for each event group; a mutual event counts once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import IO, Any

from dragoman import codebook
from dragoman.archive.exporting.folding import DONE, Row
from dragoman.archive.exporting.plain import write_rows
from dragoman.codebook.events import QUADS

_CLASSES = {quad: name.replace(" ", "_") for quad, name in QUADS.items()}
COLUMNS = ("source", "target", "events", *_CLASSES.values(), "forth", "back", "mutual", "intensity", "first", "last")


@dataclass(slots=True)
class Edge:
    """A pair of states, the first in the alphabet as ``source``. ``forth`` counts events from source to target, ``back`` the
    others, ``mutual`` those of both together; ``intensity`` is the mean."""

    events: int = 0
    quads: dict[int, int] = field(default_factory=lambda: dict.fromkeys(QUADS, 0))
    forth: int = 0
    back: int = 0
    mutual: int = 0
    sum: float = 0.0
    first: date | None = None
    last: date | None = None

    def add(self, row: Row, forth: bool) -> None:
        self.events += 1
        self.quads[row["quad"]] += 1
        self.sum += row["intensity"] or 0.0
        if row["mutual"]:
            self.mutual += 1
        elif forth:
            self.forth += 1
        else:
            self.back += 1
        for day in (row["date_from"], row["date_to"]):
            if day is not None:
                self.first = min(self.first or day, day)
                self.last = max(self.last or day, day)


def edges(rows: Iterable[Row]) -> tuple[list[dict[str, Any]], int]:
    """The pairs, sorted, as ``COLUMNS``, and the number of rows left out (not between two states, not done, without a root)."""
    known = {state.id for state in codebook.load().states}
    found: dict[tuple[str, str], Edge] = {}
    left_out = 0
    for row in rows:
        one, other = row["source_country"], row["target_country"]
        if one not in known or other not in known or one == other or row["modality"] not in DONE or row["root"] is None:
            left_out += 1
            continue
        pair = (min(one, other), max(one, other))
        found.setdefault(pair, Edge()).add(row, forth=one == pair[0])
    return [_columns(pair, found[pair]) for pair in sorted(found)], left_out


def _columns(pair: tuple[str, str], edge: Edge) -> dict[str, Any]:
    return {
        "source": pair[0],
        "target": pair[1],
        "events": edge.events,
        **{name: edge.quads[quad] for quad, name in _CLASSES.items()},
        "forth": edge.forth,
        "back": edge.back,
        "mutual": edge.mutual,
        "intensity": round(edge.sum / edge.events, 4),
        "first": edge.first,
        "last": edge.last,
    }


def write_edges(rows: Iterable[Row], file: IO[str]) -> tuple[int, int]:
    """The pairs as CSV; returns the number of pairs and of rows left out."""
    pairs, left_out = edges(rows)
    write_rows(COLUMNS, (pair.values() for pair in pairs), file)
    return len(pairs), left_out


def write_graphml(rows: Iterable[Row], path: Path) -> tuple[int, int]:
    """The pairs as an undirected graph whose nodes are states by code, with their name; for Gephi, igraph, networkx."""
    import networkx

    pairs, left_out = edges(rows)
    graph = networkx.Graph()
    for pair in pairs:
        for code in (pair["source"], pair["target"]):
            state = codebook.load().state(code)
            graph.add_node(code, name=state.name if state else code)
        numbers = {k: v for k, v in pair.items() if k not in ("source", "target", "first", "last")}
        days = {k: pair[k].isoformat() for k in ("first", "last") if pair[k] is not None}
        graph.add_edge(pair["source"], pair["target"], weight=pair["events"], **numbers, **days)
    networkx.write_graphml(graph, path)
    return len(pairs), left_out
