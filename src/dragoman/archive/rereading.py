"""``reread``: stored texts coded anew after the models or the code have changed, and what that changed.

The articles stay as they were read, with their sentences; only the rows made from them are replaced, a batch of articles in one
transaction. Ids are hashes of content, so a row that the new models find too keeps its id, and corrections, which are rows of
their own, go on holding for it; they follow a row whose id changed, and keep one that is not found again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from dragoman.archive.archive import Archive, counted, new_run
from dragoman.archive.change import Change
from dragoman.archive.correctable import CORRECTABLE
from dragoman.archive.corrections import follow, orphans
from dragoman.archive.inputs import Coder, Input, Task
from dragoman.archive.linking import link
from dragoman.archive.rows import Read, from_records, models
from dragoman.archive.schema import schema
from dragoman.archive.store import quoted
from dragoman.archive.verify import NAMED
from dragoman.archive.workers import Loader, in_order
from dragoman.read import Source
from dragoman.records import Article, Caption, Interval, Record, Sentence
from dragoman.settings import Settings

CODED = ("actors", "mentions", "events", "statements", "instruments", "figures", "discrepancies", "discards")
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

    Stopped and started again, it goes on with the articles that are left (with ``every`` it begins again). An article that
    cannot be coded keeps its rows and is named. Raises MissingArchive, and ArchiveError where the archive cannot be written.
    """
    run = new_run("reread", profile)
    done = Reread(run.id)
    archive.snapshot()  # that there is no archive is said before a reader is loaded
    if workers <= 1:
        load = cache(load)  # it is asked twice: what its rows name, and to code
    made: Sequence[str | None] = () if every else _made_by(load())
    which = "where models is distinct from ? or codebook is distinct from ?" if made else ""
    ids = archive.query(f"select id from articles {which} order by id", made)["id"].to_pylist()
    outcomes = in_order(_tasks(archive, ids), load, workers)
    size = archive.settings.batch_articles
    seen = 0
    while some := list(islice(outcomes, size)):
        seen += len(some)
        done.failed += [failure.words for outcome in some for failure in outcome.failures if failure.document is None]
        reads = [read for outcome in some for read in outcome.reads]
        with archive.store.change(run.id, archive.settings.lock_seconds) as change:
            if reads:
                _put(change, reads, done, archive.settings)
                run = counted(run, articles=len(reads), events=sum(len(read.record.events) for read in reads))
            archive.note(change, run, "done" if seen >= len(ids) else "stopped")
        done.articles += len(reads)
        if tell is not None:
            tell(seen, len(ids))
    with archive.connection() as connection:
        done.orphaned = sorted(set(orphans(connection)["row"].to_pylist()))
    return done


def _made_by(coder: Coder) -> tuple[str | None, str | None]:
    """The models and the codebook that a coder's rows name."""
    nothing = Article("", None, None, (), "zxx", None, None, (), None, "", ())  # no language, so that no model is asked
    return _made(coder.code(nothing))


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


def _made(record: Record) -> tuple[str | None, str | None]:
    codebook = record.dragoman.get("codebook")
    return models(record), None if codebook is None else str(codebook)


def _put(change: Change, new: Sequence[Read], done: Reread, settings: Settings) -> None:
    """Replace the rows of these articles, and note what differs."""
    documents = [read.record.article.id for read in new]
    asked = pa.table({"value": documents})
    sql = "select * from {} semi join asked on document = asked.value"
    held = {table: change.ask(sql.format(quoted(table)), [table], asked=asked) for table in CODED}
    fresh = {table: schema(table).empty_table() for table in CODED}
    fresh |= {table: rows for table, rows in from_records(new, change.run).items() if table in CODED}
    _keep(change, held, fresh)
    for table in CODED:
        if table in CORRECTABLE:
            _compare(table, held[table], fresh[table], done)
        change.remove_keys(table, "document", documents)
        change.append(table, fresh[table])
    _restamp(change, new, asked)
    link(change, {table: fresh[table] for table in ("events", "figures")}, settings, again=documents)


def _keep(change: Change, held: Mapping[str, pa.Table], fresh: dict[str, pa.Table]) -> None:
    """Put to the new rows those of before that stay: what reading left out, which coding does not find again, and what people
    corrected, with the actors that it names. Corrections follow rows whose ids changed."""

    def put(table: str, rows: pa.Table) -> None:
        fresh[table] = pa.concat_tables([fresh[table], rows.cast(schema(table))])

    put("discards", held["discards"].filter(pc.equal(held["discards"]["stage"], "read")))
    corrections, moved = change.rows("corrections"), False
    named: set[tuple[str, str]] = set()
    for table in CORRECTABLE:
        followed = follow(corrections, table, held[table], fresh[table])
        corrections, moved = followed.corrections, moved or bool(followed.moves)
        put(table, followed.kept)
        named |= {(row["document"], row[column]) for row in followed.kept.to_pylist() for column in NAMED.get(table, ())}
    if moved:
        change.overwrite("corrections", corrections)
    named -= {(row["document"], row["id"]) for row in fresh["actors"].to_pylist()}
    for table, column in (("actors", "id"), ("mentions", "actor")):
        stays = [(row["document"], row[column]) in named for row in held[table].to_pylist()]
        put(table, held[table].filter(pa.array(stays, pa.bool_())))


def _restamp(change: Change, new: Sequence[Read], asked: pa.Table) -> None:
    """The articles themselves stay as they are, but for what made their rows."""
    held = change.ask(
        "select * from articles semi join asked on id = asked.value order by id", ["articles"], asked=asked
    ).to_pylist()
    made = {read.record.article.id: _made(read.record) for read in new}
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
