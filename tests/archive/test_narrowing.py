"""Stretches of days: which files hold rows of a day, and that reading fewer files gives the same rows."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

import dragoman as dm
from bench import standin
from bench.archive_kills import rows
from dragoman.archive import narrowing, queries, upkeep
from dragoman.archive.schema import schema
from dragoman.archive.verify import verify
from dragoman.read import from_text


def written(folder: Path, seeds: tuple[int, ...] = (1, 2, 3)) -> dm.Archive:
    made = dm.Archive(folder)
    reader = standin.load()
    for seed in seeds:
        made.write(reader.code(from_text(row["text"], published=row["published"])) for row in standin.documents(12, seed))
    return made


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stretches of few rows, so that a small archive has several."""
    monkeypatch.setattr(narrowing, "FRESH", 20)
    monkeypatch.setattr(narrowing, "STRETCH", 60)
    monkeypatch.setattr(narrowing, "LOOK", 25)


def days(archive: dm.Archive, table: str) -> list[narrowing.Days | None]:
    return [narrowing.named(name) for name in archive.snapshot().tables[table].files]


@pytest.mark.usefixtures("short")
def test_compacted_files_hold_stretches_of_days_one_after_the_other(tmp_path: Path) -> None:
    archive = written(tmp_path / "relations")
    before = rows(archive)
    upkeep.compact(archive)
    for table in narrowing.TABLES:
        stretches = days(archive, table)
        assert len(stretches) > 3
        assert all(one and other and one[1] < other[0] for one, other in pairwise(stretches))
    assert rows(archive) == before
    assert verify(archive) == []


@pytest.mark.usefixtures("short")
def test_batch_after_compacting_gives_the_tables_of_one_without(tmp_path: Path) -> None:
    plain, stretched = written(tmp_path / "plain"), written(tmp_path / "stretched")
    upkeep.compact(stretched)
    reader = standin.load()
    for archive in (plain, stretched):
        archive.write(reader.code(from_text(r["text"] + " More.", published=r["published"])) for r in standin.documents(30, 2))
    assert rows(plain) == rows(stretched)
    assert verify(stretched) == []


@pytest.mark.usefixtures("short")
@pytest.mark.parametrize(
    "asked",
    [
        {"limit": 7},
        {"limit": 7, "newest": True},
        {"since": "2030-06", "until": "2031-02"},
        {"since": "2030-06", "limit": 5},
        {"until": "2031-06", "limit": 5, "newest": True, "root": "CONSULT"},
        {"limit": 10_000},
        {"limit": 9, "once": True},
        {"text": "met", "limit": 3},
    ],
)
def test_reading_the_files_of_some_days_gives_the_rows_of_reading_all(tmp_path: Path, asked: dict[str, Any]) -> None:
    archive = written(tmp_path / "relations")
    upkeep.compact(archive)
    with archive.connection() as connection:
        assert archive.events(**asked).equals(queries.events(connection, **asked))


@pytest.mark.usefixtures("short")
def test_query_of_few_days_names_few_files(tmp_path: Path) -> None:
    archive = written(tmp_path / "relations")
    upkeep.compact(archive)
    snapshot = archive.snapshot()
    some = archive.store.paths("events", snapshot, [(date(2030, 1, 1), date(2030, 1, 31))])
    assert 0 < len(some) < len(snapshot.tables["events"].files)


def test_file_whose_name_says_no_days_may_hold_any() -> None:
    window = [(date(2031, 3, 1), date(2031, 3, 2))]
    assert narrowing.may_hold("part-0a1b.zstd.parquet", window)
    assert narrowing.may_hold("part-2031-03-02_2031-05-01-0a1b.zstd.parquet", window)
    assert not narrowing.may_hold("part-2031-03-03_2031-05-01-0a1b.zstd.parquet", window)
    assert narrowing.may_hold("part-2031-03-03_2031-05-01-0a1b.zstd.parquet", None)


def test_files_are_looked_at_in_the_order_of_their_days() -> None:
    def file(first: int, last: int, rows: int) -> tuple[str, int]:
        return f"part-2031-03-{first:02}_2031-03-{last:02}-0a1b.zstd.parquet", rows

    files = [file(1, 4, 10), file(5, 9, 20), file(8, 12, 5), file(20, 24, 40), ("part-0a1b.zstd.parquet", 1)]

    def looks(first: int, last: int, newest: bool) -> list[tuple[int, int]]:
        window = (date(2031, 3, first), date(2031, 3, last))
        return [(day.day, rows) for day, rows in narrowing.looks(files, window, newest)]

    assert looks(1, 31, newest=False) == [(4, 11), (9, 36), (12, 36), (24, 76)]
    assert looks(1, 31, newest=True) == [(20, 41), (8, 66), (5, 66), (1, 76)]
    assert looks(6, 10, newest=False) == [(9, 20), (12, 20)]  # four of five days of one file, three of five of the other


@pytest.mark.parametrize(
    ("since", "until", "published", "expected"),
    [
        (date(2031, 3, 1), date(2031, 3, 5), date(2031, 4, 1), (date(2031, 3, 1), date(2031, 3, 5))),
        (date(2031, 3, 1), None, None, (date(2031, 3, 1), date(2031, 3, 1))),
        (None, None, date(2031, 4, 1), (date(2031, 4, 1), date(2031, 4, 1))),
        (None, date(2032, 1, 1), date(2031, 4, 1), (date(2031, 4, 1), date(2032, 1, 1))),
        (None, None, None, None),
    ],
)
def test_days_of_rows_are_those_of_the_sql(
    since: date | None, until: date | None, published: date | None, expected: narrowing.Days | None
) -> None:
    import duckdb

    row = {"date_from": since, "date_to": until, "published": published}
    table = pa.Table.from_pylist([row], schema=schema("events"))
    assert narrowing.days_of(table) == expected
    with duckdb.connect(":memory:") as database:
        database.register("rows", table)
        first, last = database.execute(f"select {narrowing.FIRST_DAY}, {narrowing.LAST_DAY} from rows").fetchall()[0]
    assert (first, last) == (expected or (None, None))


def test_the_newest_stretches_are_short_and_no_day_is_parted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(narrowing, "FRESH", 10)
    monkeypatch.setattr(narrowing, "STRETCH", 40)
    counts = [(date(2031, 1, day), 10) for day in range(1, 21)]
    assert narrowing.cuts(counts) == [date(2031, 1, day) for day in (5, 9, 13, 17, 18, 19, 20)]
    assert narrowing.cuts([(date(2031, 1, 1), 500)]) == []
