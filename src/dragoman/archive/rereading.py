"""``reread``: stored texts coded anew after the models or the code have changed, and what that changed.

The articles stay as they were read, with their sentences; only the rows made from them are replaced, a batch of articles in one
transaction. Ids are hashes of content, so a row that the new models find too keeps its id, and corrections, which are rows of
their own, go on holding for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from dragoman.archive.archive import Archive, counted, new_run
from dragoman.archive.change import Change
from dragoman.archive.inputs import Input, Task
from dragoman.archive.linking import link
from dragoman.archive.rows import Read, from_records, models
from dragoman.archive.store import quoted
from dragoman.archive.workers import Loader, in_order
from dragoman.read import Source
from dragoman.records import Article, Caption, Interval, Sentence

CODED = ("actors", "mentions", "events", "statements", "instruments", "figures", "discrepancies", "discards")
LISTED = ("events", "statements", "instruments", "figures", "discrepancies")
_MADE = ("run", "models", "codebook")

Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Changed:
    """One row that is not as before: ``how`` is added, gone, or changed (the same id with other values in some column)."""

    table: str
    row: str
    document: str
    how: str


@dataclass(slots=True)
class Reread:
    """What coding anew did: rows by table that stayed as they were, those that did not, corrections whose row is gone."""

    run: str
    articles: int = 0
    same: dict[str, int] = field(default_factory=dict)
    changed: list[Changed] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    orphaned: list[str] = field(default_factory=list)


def reread(
    archive: Archive,
    load: Loader,
    *,
    every: bool = False,
    workers: int = 1,
    profile: str | None = None,
    tell: Tell | None = None,
) -> Reread:
    """Code the stored articles anew, those that other models or another codebook made (``every``: all of them).

    Stopped and started again, it goes on with the articles that are left. An article that cannot be coded keeps its rows and is
    named. Raises MissingArchive, and ArchiveError where the archive cannot be written.
    """
    run = new_run("reread", profile)
    done = Reread(run.id)
    ids = archive.query("select id from articles order by id")["id"].to_pylist()
    outcomes = in_order(_tasks(archive, ids), load, workers)
    size = archive.settings.batch_articles
    seen = 0
    while some := list(islice(outcomes, size)):
        seen += len(some)
        done.failed += [failure.words for outcome in some for failure in outcome.failures if failure.document is None]
        reads = [read for outcome in some for read in outcome.reads]
        with archive.store.change(run.id, archive.settings.lock_seconds) as change:
            new = reads if every else _made_otherwise(change, reads)
            if new:
                _put(change, new, done, archive)
                run = counted(run, articles=len(new), events=sum(len(read.record.events) for read in new))
            archive.note(change, run, "done" if seen >= len(ids) else "stopped")
        done.articles += len(new)
        if tell is not None:
            tell(seen, len(ids))
    done.orphaned = _orphaned(archive)
    return done


def _tasks(archive: Archive, ids: Sequence[str]) -> Iterator[Task]:
    """The stored articles, some hundred at a time."""
    left = iter(ids)
    while some := list(islice(left, 256)):
        asked = pa.table({"value": some})
        with archive.connection() as connection:
            connection.register("asked", asked)
            sentences: dict[str, list[Sentence]] = {}
            found = connection.sql(
                'select document, i, kind, "start", "end" from sentences semi join asked on document = asked.value '
                "order by document, i"
            )
            for document, i, kind, start, end in found.fetchall():
                sentences.setdefault(document, []).append(Sentence(i, kind, start, end))
            rows = (
                connection.sql("select * from articles semi join asked on id = asked.value order by id")
                .to_arrow_table()
                .to_pylist()
            )
        for row in rows:
            article = _article(row, sentences.get(row["id"], []))
            yield Task(Input(Source(row["input"] or row["id"]), row["input_sha256"]), article, row["input"] or row["id"])


def _article(row: dict[str, Any], sentences: Sequence[Sentence]) -> Article:
    published = None
    if row["published_precision"] is not None:
        ends = [day.isoformat() if day else None for day in (row["published_from"], row["published_to"])]
        published = Interval(ends[0], ends[1], row["published_precision"], row["published_how"])
    return Article(
        id=row["id"],
        title=row["title"],
        outlet=row["outlet"],
        authors=tuple(row["authors"] or ()),
        language=row["language"],
        url=row["url"],
        published=published,
        categories=tuple(row["categories"] or ()),
        reading_minutes=row["reading_minutes"],
        text=row["text"],
        sentences=tuple(sentences),
        headings=tuple(row["headings"] or ()),
        captions=tuple(_captions(row["text"], row["captions"] or ())),
    )


def _captions(text: str, words: Iterable[str]) -> Iterator[Caption]:
    """Captions with their places, which follow each other in the text."""
    at = 0
    for caption in words:
        start = text.find(caption, at)
        if start >= 0:
            at = start + len(caption)
            yield Caption(caption, start, at)


def _made_otherwise(change: Change, reads: Sequence[Read]) -> list[Read]:
    asked = pa.table({"value": [read.record.article.id for read in reads]})
    sql = "select id, models, codebook from articles semi join asked on id = asked.value"
    held = {row["id"]: (row["models"], row["codebook"]) for row in change.ask(sql, ["articles"], asked=asked).to_pylist()}
    return [read for read in reads if held.get(read.record.article.id) != _made(read)]


def _made(read: Read) -> tuple[str | None, str | None]:
    codebook = read.record.dragoman.get("codebook")
    return models(read.record), None if codebook is None else str(codebook)


def _put(change: Change, new: Sequence[Read], done: Reread, archive: Archive) -> None:
    """Replace the rows of these articles, and note what differs."""
    documents = [read.record.article.id for read in new]
    asked = pa.table({"value": documents})
    tables = from_records(new, change.run)
    for table in CODED:
        sql = f"select * from {quoted(table)} semi join asked on document = asked.value"
        held = change.ask(sql, [table], asked=asked)
        fresh = tables.get(table, held.slice(0, 0))
        if table == "discards":  # what reading left out is not found again
            kept = held.filter(pc.equal(held["stage"], "read"))
            fresh = pa.concat_tables([fresh.cast(kept.schema), kept])
        if table in LISTED:
            _compare(table, held, fresh, done)
        change.remove_keys(table, "document", documents)
        change.append(table, fresh)
    _restamp(change, new, asked)
    coded = {name: rows for name, rows in tables.items() if name in ("events", "figures")}
    link(change, coded, archive.settings, again=documents)


def _restamp(change: Change, new: Sequence[Read], asked: pa.Table) -> None:
    """The articles themselves stay as they are, but for what made their rows."""
    held = change.ask(
        "select * from articles semi join asked on id = asked.value order by id", ["articles"], asked=asked
    ).to_pylist()
    made = {read.record.article.id: _made(read) for read in new}
    for row in held:
        row["run"], (row["models"], row["codebook"]) = change.run, made[row["id"]]
    change.remove_keys("articles", "id", list(made))
    change.append("articles", held)


def _compare(table: str, held: pa.Table, fresh: pa.Table, done: Reread) -> None:
    before, after = _by_id(held), _by_id(fresh)
    same = 0
    for key in sorted({*before, *after}):
        if key not in after:
            done.changed.append(Changed(table, key, before[key]["document"], "gone"))
        elif key not in before:
            done.changed.append(Changed(table, key, after[key]["document"], "added"))
        elif before[key] != after[key]:
            done.changed.append(Changed(table, key, after[key]["document"], "changed"))
        else:
            same += 1
    done.same[table] = done.same.get(table, 0) + same


def _by_id(rows: pa.Table) -> dict[str, dict[str, Any]]:
    names = [name for name in rows.column_names if name not in _MADE]
    return {row["id"]: row for row in rows.select(names).to_pylist()}


def _orphaned(archive: Archive) -> list[str]:
    """Corrections that hold for a row that is no longer there; they stay, and hold again if the row comes back."""
    there = " union all ".join(f"select id from {table}" for table in LISTED)
    sql = f'select distinct "row" as id from corrections where undone_at is null and "row" not in ({there}) order by 1'
    return list(archive.query(sql)["id"].to_pylist())
