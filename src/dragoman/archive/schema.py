"""The tables of an archive: columns, types and meaning. Everything that writes or reads a table takes its shape from here.

A table's rows are flat, so that any engine reads them: a reference to an actor is ``source_actor``, ``source_country`` ...; a
date is ``date_from`` and ``date_to`` (both ends included) with ``date_precision`` and ``date_how``. Missing is null, never a
guess. Codes are strings (``"010"`` keeps its zero). Every row names its document, the run that wrote it, and the versions of
the models and the codebook that made it.
"""

from __future__ import annotations

import pyarrow as pa

VERSION = 1
"""Version of these shapes, kept in the archive; an archive of a newer version is refused, an older one is migrated."""

TEXT, DAY, TIME = pa.string(), pa.date32(), pa.timestamp("us", tz="UTC")
WORDS = pa.list_(pa.string())

Columns = tuple[tuple[str, pa.DataType], ...]

MADE: Columns = (("document", TEXT), ("run", TEXT), ("models", TEXT), ("codebook", TEXT))
"""On every row: article id (null where an imported row has none), run id, ``coder-1``, codebook version."""


def actor(side: str) -> Columns:
    """Columns of one actor as a row names it; text and offsets are null for an actor without words of its own."""
    kinds: Columns = (
        ("actor", TEXT),
        ("text", TEXT),
        ("start", pa.int32()),
        ("end", pa.int32()),
        ("country", TEXT),
        ("sector", TEXT),
    )
    return tuple((f"{side}_{name}", kind) for name, kind in kinds)


def span(name: str) -> Columns:
    return ((f"{name}_text", TEXT), (f"{name}_start", pa.int32()), (f"{name}_end", pa.int32()))


DATE: Columns = (("date_from", DAY), ("date_to", DAY), ("date_precision", TEXT), ("date_how", TEXT), ("date_text", TEXT))
PLACE: Columns = (("place_name", TEXT), ("place_country", TEXT), ("place_lat", pa.float64()), ("place_lon", pa.float64()))
EVIDENCE: Columns = (("sentence", pa.int32()), ("start", pa.int32()), ("end", pa.int32()))
"""The passage behind a row, offsets into ``articles.text``; null for imported rows, which have no sentence."""
PASSAGES = pa.list_(pa.struct((("sentence", pa.int32()), ("start", pa.int32()), ("end", pa.int32()))))
"""All passages of a row that may have several; the first of them is in ``EVIDENCE``."""
SIDES = pa.list_(
    pa.struct(
        (
            ("value", TEXT),
            (
                "evidence",
                pa.list_(pa.struct((("document", TEXT), ("sentence", pa.int32()), ("start", pa.int32()), ("end", pa.int32())))),
            ),
        )
    )
)

TABLES: dict[str, Columns] = {
    "articles": (
        ("id", TEXT),
        ("title", TEXT),
        ("outlet", TEXT),
        ("authors", WORDS),
        ("language", TEXT),
        ("url", TEXT),
        ("published_from", DAY),
        ("published_to", DAY),
        ("published_precision", TEXT),
        ("published_how", TEXT),
        ("categories", WORDS),
        ("reading_minutes", pa.int32()),
        ("headings", WORDS),
        ("captions", WORDS),
        ("text", TEXT),
        ("input", TEXT),  # the file, and the place in it, that the article was read from
        ("input_sha256", TEXT),  # of the bytes read: the same input again adds nothing
        ("added", TIME),
        ("sketch", pa.binary()),  # reconcile.copies.sketch: what finding near-copies needs of the text
    ),
    "sentences": (("i", pa.int32()), ("kind", TEXT), ("start", pa.int32()), ("end", pa.int32())),
    "actors": (  # one row an actor and document
        ("id", TEXT),
        ("name", TEXT),
        ("country", TEXT),
        ("sector", TEXT),
        ("organisation", TEXT),
        ("role", TEXT),
        ("role_from", DAY),
        ("role_to", DAY),
    ),
    "mentions": (("actor", TEXT), ("text", TEXT), *EVIDENCE),
    "events": (
        ("id", TEXT),
        *actor("source"),
        *actor("target"),
        ("root", TEXT),
        ("mode", TEXT),
        ("context", WORDS),
        ("quad", pa.int8()),
        ("cameo", TEXT),
        ("intensity", pa.float64()),
        ("modality", TEXT),
        ("asserted_by", TEXT),
        ("mutual", pa.bool_()),
        *DATE,
        *PLACE,
        *span("trigger"),
        ("score", pa.float64()),
        *EVIDENCE,
        ("words", TEXT),  # reconcile.mentions.words_around: what joining later mentions to its group needs
        ("published", DAY),  # of the document where it is known to the day, so that a query by time needs no join
        ("origin", TEXT),  # dragoman, or the layout that the row was imported from
        ("origin_id", TEXT),  # the row's id there
        ("origin_row", TEXT),  # JSON of the cells there that no column here holds: nothing is lost, and it exports again
    ),
    "statements": (
        ("id", TEXT),
        *actor("speaker"),
        *span("cue"),
        ("kind", TEXT),
        *span("content"),
        *actor("addressee"),
        ("about", WORDS),
        ("stance", pa.int8()),
        *EVIDENCE,
        ("evidence", PASSAGES),
        ("published", DAY),
    ),
    "instruments": (
        ("id", TEXT),
        ("name", TEXT),
        ("kind", TEXT),
        ("parties", WORDS),
        ("status", TEXT),
        *DATE,
        *EVIDENCE,
        ("evidence", PASSAGES),
        ("published", DAY),
    ),
    "figures": (
        ("id", TEXT),
        ("value", pa.float64()),
        ("to", pa.float64()),
        ("bound", TEXT),
        ("unit", TEXT),
        ("what", TEXT),
        ("of", TEXT),
        ("on", TEXT),
        ("text", TEXT),
        *EVIDENCE,
        ("evidence", PASSAGES),
        ("published", DAY),
    ),
    "discrepancies": (  # inside one article (document set) or between articles (document null, group set)
        ("id", TEXT),
        ("kind", TEXT),
        ("about", TEXT),
        ("group", TEXT),
        ("sides", SIDES),
        ("favoured", pa.int32()),
        ("reason", TEXT),
        ("score", pa.float64()),
    ),
    "discards": (
        ("stage", TEXT),
        ("reason", TEXT),
        ("text", TEXT),
        ("start", pa.int32()),
        ("end", pa.int32()),
        ("detail", TEXT),
    ),
    "groups": (  # one row for each event mention: which event group it belongs to and why
        ("event", TEXT),
        ("group", TEXT),
        ("source_country", TEXT),  # as in the row of ``events``: a pair's groups are found without reading all of them
        ("target_country", TEXT),
        ("joined_to", TEXT),  # the event of the group that it was matched with; null for the first
        ("reason", TEXT),
        ("score", pa.float64()),
    ),
    "copies": (  # document tells the same text as another one
        ("of", TEXT),  # the article it is a copy, rewrite or update of: the earliest of its cluster
        ("kind", TEXT),  # copy | rewrite | update
        ("similarity", pa.float64()),
        ("newest", pa.bool_()),  # the newest of its cluster: where they differ, its rows hold
    ),
    "corrections": (
        ("id", TEXT),
        ("table", TEXT),
        ("row", TEXT),
        ("column", TEXT),
        ("value", TEXT),  # JSON
        ("was", TEXT),  # JSON
        ("why", TEXT),
        ("by", TEXT),
        ("at", TIME),
        ("undone_by", TEXT),
        ("undone_at", TIME),
    ),
    "inputs": (  # one row an input that was read to its end: the same bytes again add nothing
        ("input", TEXT),
        ("input_sha256", TEXT),
        ("bytes", pa.int64()),
        ("articles", pa.int32()),  # found in it, those included that the archive had already
        ("failed", pa.int32()),  # rows of it that are no articles; each is a row of ``failures``
        ("at", TIME),
    ),
    "failures": (("input", TEXT), ("input_sha256", TEXT), ("reason", TEXT), ("at", TIME)),
    "runs": (  # one row a command that wrote
        ("id", TEXT),
        ("command", TEXT),
        ("started", TIME),
        ("ended", TIME),
        ("status", TEXT),  # done | stopped: ``ended`` is when its last batch was published; still running, or broken off
        ("articles", pa.int64()),
        ("events", pa.int64()),
        ("failed", pa.int64()),
        ("version", TEXT),
        ("profile", TEXT),
    ),
}

SORTED: dict[str, tuple[str, ...]] = {
    "events": ("source_country", "target_country", "date_from", "id"),
    "articles": ("published_from", "id"),
    "statements": ("speaker_country", "published", "id"),
    "groups": ("source_country", "target_country", "event"),
    "mentions": ("actor", "document", "start"),
    "actors": ("id", "document"),
}
"""How the rows of a file are sorted: a query for one pair then reads few row groups. Others: document, place in it."""
BY_DOCUMENT = ("document", "sentence", "start", "i", "id")

MANIFEST: Columns = (  # of the table ``batches``: one row a table, rewritten by every batch; its commit is the batch's
    ("table", TEXT),
    ("version", pa.int64()),  # of the Delta table
    # the active files at that version, so that readers need not replay the table's log
    ("files", pa.list_(pa.struct((("name", TEXT), ("bytes", pa.int64()), ("rows", pa.int64()))))),
    ("rows", pa.int64()),
    ("run", TEXT),  # that published the batch
    ("schema", pa.int32()),  # VERSION
    ("published", TIME),
)


def schema(table: str) -> pa.Schema:
    """The pyarrow schema of a table: its own columns, then those of ``MADE`` (``runs`` has its own id instead)."""
    columns = TABLES[table] if table == "runs" else (*TABLES[table], *MADE)
    return pa.schema([pa.field(name, kind) for name, kind in columns])


def order(table: str) -> tuple[str, ...]:
    """The columns that the rows of a table's files are sorted by."""
    names = schema(table).names
    return tuple(name for name in SORTED.get(table, BY_DOCUMENT) if name in names)


def order_sql(table: str) -> str:
    """The same order as SQL."""
    return ", ".join(f'"{name}" nulls last' for name in order(table))
