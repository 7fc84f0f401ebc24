"""From records to the rows of the archive's tables (``schema.py``)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pyarrow as pa

from dragoman.archive.filters import outer
from dragoman.archive.schema import MADE, schema
from dragoman.errors import UsageError
from dragoman.reconcile.copies import sketch
from dragoman.reconcile.mentions import words_around
from dragoman.records import (
    Actor,
    ActorRef,
    Discrepancy,
    Event,
    Evidence,
    Instrument,
    Interval,
    Place,
    Record,
    Span,
    Statement,
    content_id,
)

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Read:
    """A record and where it was read from: the input's name with the place in it, and the SHA-256 of the input's bytes.

    ``sketch`` of the text and ``words`` of the events' sentences are what later articles are compared with; ``prepared`` makes
    them where the record is made, so that a batch does not wait for them.
    """

    record: Record
    input: str | None = None
    sha256: str | None = None
    sketch: bytes | None = None
    words: tuple[str, ...] | None = None


def prepared(record: Record, input: str | None = None, sha256: str | None = None) -> Read:
    """A record with all that its rows need."""
    words = tuple(words_around(event, record.article) for event in record.events)
    return Read(record, input, sha256, sketch(record.article), words)


def from_records(
    records: Iterable[Record | Read], run: str | None = None, added: datetime | None = None
) -> dict[str, pa.Table]:
    """The rows of many records, one table each; a table without rows is left out."""
    found: dict[str, list[Row]] = {}
    made: dict[str, list[tuple[Row, int]]] = {}  # for each record, and how many rows it has
    for item in records:
        read = item if isinstance(item, Read) else prepared(item)
        versions = _made(read.record, run)
        for table, rows in _of(read, added).items():
            found.setdefault(table, []).extend(rows)
            made.setdefault(table, []).append((versions, len(rows)))
    return {table: _table(table, rows, made[table]) for table, rows in found.items() if rows}


def _table(table: str, rows: list[Row], made: list[tuple[Row, int]]) -> pa.Table:
    """Rows and what made them as one table; a batch has fifty thousand rows, too many to join each with its record's."""
    shape = schema(table)
    of = pa.array([k for k, (_, count) in enumerate(made) for _ in range(count)], pa.int32())
    versions = {name: pa.array([row[name] for row, _ in made], kind).take(of) for name, kind in MADE}
    own = pa.Table.from_pylist(rows, schema=pa.schema([field for field in shape if field.name not in versions]))
    return pa.table([versions[name] if name in versions else own[name] for name in shape.names], schema=shape)


def conform(rows: pa.Table | Sequence[Mapping[str, Any]], table: str, run: str) -> pa.Table:
    """Rows in a table's own columns and types: columns not given are null, ``run`` is this one where it is not said.

    Raises UsageError for a column that the table has not.
    """
    shape = schema(table)
    if not isinstance(rows, pa.Table):
        unknown = {name for row in rows for name in row} - set(shape.names)
        given = pa.Table.from_pylist(list(rows), schema=shape)
    else:
        unknown = set(rows.column_names) - set(shape.names)
        columns = [
            rows[field.name].cast(field.type) if field.name in rows.column_names else pa.nulls(len(rows), field.type)
            for field in shape
        ]
        given = pa.table(columns, schema=shape)
    if unknown:
        raise UsageError(f"table {table} has no column {', '.join(sorted(unknown))}; its columns are {', '.join(shape.names)}")
    if "run" in shape.names and given["run"].null_count:
        place = shape.names.index("run")
        given = given.set_column(place, shape.field(place), given["run"].fill_null(run))
    return given


def models(record: Record) -> str | None:
    """``coder-1``: the models that made a record, in the order of their names."""
    named: Mapping[str, Any] = record.dragoman.get("models", {})
    return " ".join(f"{name}-{named[name]}" for name in sorted(named)) or None


def figure_id(document: str, start: int, end: int, text: str, value: float, unit: str) -> str:
    """Figures have no id in a record; in the archive every row has one, so that it can be corrected."""
    return content_id("figure", document, start, end, text, value, unit)


def _made(record: Record, run: str | None) -> Row:
    codebook = record.dragoman.get("codebook")
    return {
        "document": record.article.id,
        "run": run,
        "models": models(record),
        "codebook": None if codebook is None else str(codebook),
    }


def _of(read: Read, added: datetime | None) -> dict[str, list[Row]]:
    record, article = read.record, read.record.article
    published = _day(article.published.from_) if article.published and article.published.precision == "day" else None
    events = zip(record.events, read.words or (None,) * len(record.events), strict=True)
    return {
        "articles": [_article(read, added)],
        "sentences": [{"i": s.i, "kind": s.kind, "start": s.start, "end": s.end} for s in article.sentences],
        "actors": [_named(a) for a in record.actors],
        "mentions": [
            {"actor": a.id, "text": m.text, "sentence": m.sentence, "start": m.start, "end": m.end}
            for a in record.actors
            for m in a.mentions
        ],
        "events": [{**_event(e), "words": words, "published": published} for e, words in events],
        "statements": [{**_statement(s), "published": published} for s in record.statements],
        "instruments": [{**_instrument(i), "published": published} for i in record.instruments],
        "figures": [{**row, "published": published} for row in _figures(record)],
        "discrepancies": [_discrepancy(d) for d in record.discrepancies],
        "discards": [
            {"stage": d.stage, "reason": d.reason, "text": d.text, "start": d.start, "end": d.end, "detail": d.detail}
            for d in record.discards
        ],
    }


def _article(read: Read, added: datetime | None) -> Row:
    article = read.record.article
    published = {k.replace("date", "published"): v for k, v in _interval(article.published).items() if k != "date_text"}
    return {
        "id": article.id,
        "title": article.title,
        "outlet": article.outlet,
        "authors": list(article.authors),
        "language": article.language,
        "url": article.url,
        **published,
        "categories": list(article.categories),
        "reading_minutes": article.reading_minutes,
        "headings": list(article.headings),
        "captions": [caption.text for caption in article.captions],
        "text": article.text,
        "input": read.input,
        "input_sha256": read.sha256,
        "added": added,
        "sketch": read.sketch,
    }


def _named(a: Actor) -> Row:
    return {
        "id": a.id,
        "name": a.name,
        "country": a.country,
        "sector": a.sector,
        "organisation": a.organisation,
        "role": a.role,
        "role_from": _bound(a.role_from, last=False),
        "role_to": _bound(a.role_to, last=True),
    }


def _instrument(i: Instrument) -> Row:
    return {
        "id": i.id,
        "name": i.name,
        "kind": i.kind,
        "parties": list(i.parties),
        "status": i.status,
        **_interval(i.date),
        **_passages(i.evidence),
    }


def _discrepancy(d: Discrepancy) -> Row:
    def passages(evidence: Sequence[Evidence]) -> list[Row]:
        return [{"document": e.article, "sentence": e.sentence, "start": e.start, "end": e.end} for e in evidence]

    return {
        "id": d.id,
        "kind": d.kind,
        "about": d.about,
        "sides": [{"value": side.value, "evidence": passages(side.evidence)} for side in d.sides],
        "favoured": d.favoured,
        "reason": d.reason,
        "score": d.score,
    }


def _event(event: Event) -> Row:
    return {
        "id": event.id,
        **_actor("source", event.source),
        **_actor("target", event.target),
        "root": event.root,
        "mode": event.mode,
        "context": list(event.context),
        "quad": event.quad,
        "cameo": event.cameo,
        "intensity": event.intensity,
        "modality": event.modality,
        "asserted_by": event.asserted_by,
        "mutual": event.mutual,
        **_interval(event.date),
        **_place(event.place),
        **_span("trigger", event.trigger),
        "score": event.score,
        **_passage(event.evidence),
        "origin": "dragoman",
    }


def _statement(statement: Statement) -> Row:
    return {
        "id": statement.id,
        **_actor("speaker", statement.speaker),
        **_span("cue", statement.cue),
        "kind": statement.kind,
        **_span("content", statement.content),
        **_actor("addressee", statement.addressee),
        "about": list(statement.about),
        "stance": statement.stance,
        **_passages(statement.evidence),
    }


def _figures(record: Record) -> list[Row]:
    """A figure told twice in the same words of one passage is one row."""
    rows: dict[str, Row] = {}
    for f in record.figures:
        where = f.evidence[0]
        key = figure_id(record.article.id, where.start, where.end, f.text, f.value, f.unit)
        row = {"id": key, "value": f.value, "to": f.to, "bound": f.bound, "unit": f.unit, "what": f.what}
        rows.setdefault(key, {**row, "of": f.of, "on": f.on, "text": f.text, **_passages(f.evidence)})
    return list(rows.values())


def _actor(side: str, ref: ActorRef | None) -> Row:
    if ref is None:
        return {}
    return {
        f"{side}_actor": ref.actor,
        f"{side}_text": ref.text,
        f"{side}_start": ref.start,
        f"{side}_end": ref.end,
        f"{side}_country": ref.country,
        f"{side}_sector": ref.sector,
    }


def _span(name: str, span: Span | None) -> Row:
    return {} if span is None else {f"{name}_text": span.text, f"{name}_start": span.start, f"{name}_end": span.end}


def _interval(interval: Interval | None) -> Row:
    if interval is None:
        return {}
    return {
        "date_from": _day(interval.from_),
        "date_to": _day(interval.to),
        "date_precision": interval.precision,
        "date_how": interval.how,
        "date_text": interval.text,
    }


def _place(place: Place | None) -> Row:
    if place is None:
        return {}
    return {"place_name": place.name, "place_country": place.country, "place_lat": place.lat, "place_lon": place.lon}


def _passage(evidence: Sequence[Evidence]) -> Row:
    first = evidence[0]
    return {"sentence": first.sentence, "start": first.start, "end": first.end}


def _passages(evidence: Sequence[Evidence]) -> Row:
    every = [{"sentence": e.sentence, "start": e.start, "end": e.end} for e in evidence]
    return {**_passage(evidence), "evidence": every}


def _day(day: str | None) -> date | None:
    return None if day is None else date.fromisoformat(day)


def _bound(when: str | None, *, last: bool) -> date | None:
    """The first or the last day of what is known of a role's beginning or end: a year, a month or a day."""
    return None if when is None else outer(when, last=last)
