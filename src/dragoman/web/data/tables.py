"""The archive's tables as anyone may take them: conditions a parameter, an order, a limit. ``api`` documents them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from dragoman.archive.schema import TABLES
from dragoman.web.data import searching
from dragoman.web.data.connection import CORRECTED, LOOKED_UP, ROW_GROUP, Data
from dragoman.web.data.filters import WHEN, EventFilter

HIDDEN = {
    "articles": ("text", "sketch"),
    "groups": ("words",),
    "statements": ("evidence",),
    "instruments": ("evidence",),
    "figures": ("evidence",),
}
"""Columns that only the program needs, or too large for a list (an article's text is on its page)."""


@dataclass(frozen=True, slots=True)
class Table:
    """``conditions``: SQL of each parameter over the table's alias ``x``; a value stands for every question mark in it."""

    name: str
    about: str
    conditions: Mapping[str, str] = field(default_factory=dict)
    order: str = "x.id, x.document"

    @property
    def columns(self) -> tuple[tuple[str, pa.DataType], ...]:
        made = (("document", pa.string()), ("run", pa.string()))
        own = TABLES[self.name] if self.name == "runs" else (*TABLES[self.name], *made)
        return tuple((name, kind) for name, kind in own if name not in HIDDEN.get(self.name, ()))


_PERIOD = {"since": "x.published >= ?", "until": "x.published <= ?"}
_NEWEST = "x.published DESC NULLS LAST, x.id, x.document"
_ANY = "list_contains(list_transform(flatten(list_transform(x.sides, lambda s: s.evidence)), lambda v: v.document), ?)"

TABLES_SERVED = (
    Table(
        "statements",
        "Reported speech: who said what, to whom, about which states.",
        {
            "speaker": "x.speaker_country = ?",
            "about": "list_contains(x.about, ?)",
            "actor": "x.speaker_actor = ?",
            "kind": "x.kind = ?",
            "q": "contains(lower(x.content_text), lower(?))",
            "document": "x.document = ?",
            **_PERIOD,
        },
        _NEWEST,
    ),
    Table(
        "instruments",
        "Named agreements, statements, projects, sanctions, tariffs and exercises, with parties and status.",
        {
            "party": "list_contains(x.parties, ?)",
            "q": "contains(lower(x.name), lower(?))",
            "document": "x.document = ?",
            **_PERIOD,
        },
        _NEWEST,
    ),
    Table("figures", "Quantities, what they count, of whom and on whom.", {"document": "x.document = ?", **_PERIOD}, _NEWEST),
    Table(
        "discrepancies",
        "Passages that cannot all be true, each side with its evidence.",
        {"document": f"(x.document = ? OR {_ANY})", "group": 'x."group" = ?'},
    ),
    Table(
        "articles",
        "The articles read, without their text.",
        {
            "q": "contains(lower(coalesce(x.title, '')), lower(?))",
            "outlet": "x.outlet = ?",
            "since": "x.published_from >= ?",
            "until": "x.published_from <= ?",
            "document": "x.id = ?",
        },
        "x.published_from DESC NULLS LAST, x.id",
    ),
    Table(
        "actors",
        "Who is named, one row an actor and article.",
        {
            "country": "x.country = ?",
            "actor": "x.id = ?",
            "q": "contains(lower(x.name), lower(?))",
            "document": "x.document = ?",
        },
        "x.id, x.document",
    ),
    Table(
        "groups",
        "Which event mentions are one event, and why.",
        {"group": 'x."group" = ?', "event": "x.event = ?"},
        'x."group", x.event',
    ),
    Table("copies", "Articles that tell the same text.", {"document": "x.document = ?"}, "x.document, x.of"),
    Table(
        "corrections", "What people corrected, undone corrections included.", {"row": 'x."row" = ?'}, 'x."at", x.id, x."column"'
    ),
    Table("runs", "One row a command that wrote.", {}, "x.started, x.id"),
    Table("failures", "Inputs that could not be read, and why.", {}, 'x."at", x.input'),
)


def rows(data: Data, table: Table, asked: Mapping[str, Any], *, limit: int, offset: int) -> pa.Table:
    """Rows of a table that fit, in its order; a condition with several values, in a tuple, holds for each of them."""
    parts, values = ["true"], list[object]()
    for name, condition in table.conditions.items():
        value = asked.get(name)
        for one in value if isinstance(value, tuple) else () if value is None else (value,):
            parts.append(condition)
            values += [one] * condition.count("?")
    columns = ", ".join(f'x."{name}"' for name, _ in table.columns)
    source = f"@{table.name}" if table.name in CORRECTED else table.name
    sql = f"SELECT {columns} FROM {source} x WHERE {' AND '.join(parts)} ORDER BY {table.order} LIMIT ? OFFSET ?"
    return data.table(sql, [*values, limit, offset])


LOOK_UPS = 25  # of a row by its id take as long as reading all columns of a block of ``ROW_GROUP`` rows
EVENT_COLUMNS: tuple[tuple[str, pa.DataType], ...] = (
    *((name, kind) for name, kind in TABLES["events"] if name != "origin_row"),
    ("document", pa.string()),
    ("run", pa.string()),
    ("group", pa.string()),
    ("passage", pa.string()),
    ("title", pa.string()),
    ("outlet", pa.string()),
    ("url", pa.string()),
)


def events(data: Data, wanted: EventFilter, *, limit: int, offset: int = 0) -> pa.Table:
    """Event mentions (one row a mention, ``group`` joins them), newest first, with the passage each rests on."""
    wanted = searching.narrowed(data, wanted)
    where, values = wanted.where()
    articles = "LEFT JOIN articles a ON a.id = e.document" if wanted.needs_articles else ""
    own = ", ".join(f'e."{name}"' for name, _ in EVENT_COLUMNS[:-5])
    order = f"ORDER BY {WHEN} DESC NULLS LAST, e.id"
    if data.grouped and limit <= LOOKED_UP:  # chosen by few columns, then looked up: all columns of all that fit cost more
        sql = f"SELECT e.rowid AS place, e.id, e.document FROM @events e {articles} WHERE {where} {order} LIMIT ? OFFSET ?"
        chosen = data.table(sql, [*values, limit, offset])
        column, key = ("rowid", "place") if _near(chosen["place"].to_pylist()) else ("id", "id")
        texts = "(SELECT id, title, outlet, url, text FROM articles WHERE id IN (SELECT unnest(?)))"
        sql = f"""
        SELECT {own}, e.grp AS "group", substring(b.text, e.start + 1, e.end - e.start) AS passage, b.title, b.outlet, b.url
        FROM @events e LEFT JOIN {texts} b ON b.id = e.document WHERE e.{column} IN (SELECT unnest(?)) {order}
        """
        documents = sorted(set(chosen["document"].to_pylist()) - {None})
        return data.table(sql, [documents, chosen[key].to_pylist()])
    sql = f"""
    WITH chosen AS (
      SELECT e.*, {WHEN} AS day FROM @events e {articles} WHERE {where} {order} LIMIT ? OFFSET ?
    )
    SELECT {own}, coalesce(g."group", e.id) AS "group", substring(b.text, e.start + 1, e.end - e.start) AS passage,
           b.title, b.outlet, b.url
    FROM chosen e LEFT JOIN groups g ON g.event = e.id LEFT JOIN articles b ON b.id = e.document
    ORDER BY e.day DESC NULLS LAST, e.id
    """
    return data.table(sql, [*values, limit, offset])


def _near(places: list[int]) -> bool:
    """Whether rows lie so near to each other that reading the blocks that hold them costs less than a look-up of each."""
    return len({place // ROW_GROUP for place in places}) * LOOK_UPS < len(places)


def mentions(data: Data, group: str) -> pa.Table:
    """The mentions of one event, as ``events`` gives them."""
    sql = 'SELECT coalesce((SELECT min(g."group") FROM groups g WHERE g.event = $1), $1) AS id'
    found = data.one(sql, [group])
    wanted = EventFilter(group=found["id"] if found else group)
    return events(data, wanted, limit=1000)
