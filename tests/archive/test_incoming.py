"""Articles that come become rows before the batch is written."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa

import dragoman as dm
from bench import standin
from dragoman.archive.incoming import Incoming
from dragoman.archive.rows import from_records, prepared
from dragoman.read import from_text
from dragoman.records import Record

NOW = datetime(2031, 3, 1, tzinfo=UTC)


def records(count: int, seed: int = 1) -> list[Record]:
    reader = standin.load()
    return [reader.code(from_text(row["text"], published=row["published"])) for row in standin.documents(count, seed)]


def test_rows_are_those_of_all_records_at_once() -> None:
    several = records(130)[:130]
    unique = list({record.article.id: record for record in several}.values())
    made = Incoming(several).rows((), NOW)
    wanted = from_records([prepared(record) for record in unique], added=NOW)
    assert made.keys() == wanted.keys()
    assert all(made[table].equals(rows) for table, rows in wanted.items())


def test_an_article_that_comes_twice_has_its_rows_once() -> None:
    (one,) = records(1)
    incoming = Incoming([one, one])
    assert (incoming.given, incoming.events) == (2, {one.article.id: len(one.events)})
    assert len(incoming.rows((), NOW)["articles"]) == 1


def test_rows_of_articles_that_the_archive_has_are_left_out() -> None:
    one, other = records(2)
    rows = Incoming([one, other]).rows({one.article.id}, NOW)
    assert {document for table in rows.values() for document in pa.compute.unique(table["document"]).to_pylist()} == {
        other.article.id
    }


def test_all_known_is_no_row_at_all(tmp_path: Path) -> None:
    archive = dm.Archive(tmp_path / "relations")
    several = records(3)
    assert archive.write(Incoming(several)) == 3
    before = archive.table("events").num_rows
    assert archive.write(Incoming(several)) == 0
    assert archive.table("events").num_rows == before
