"""SQL for people reads the archive and nothing else, and ends in time."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

import archived
from dragoman.archive.archive import Archive
from dragoman.errors import UsageError


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return archived.small(tmp_path_factory.mktemp("sql") / "relations")


def test_tables_can_be_joined_and_counted(archive: Archive) -> None:
    table, cut = archive.sql(
        "select a.outlet, count(*) n from events e join articles a on a.id = e.document group by 1 order by 2, 1"
    )
    assert table.to_pylist() == [
        {"outlet": "Harbour Post", "n": 1},
        {"outlet": None, "n": 2},
        {"outlet": "Inland News", "n": 3},
    ]
    assert not cut


def test_corrected_rows_have_views_of_their_own(tmp_path: Path) -> None:
    archive = archived.small(tmp_path / "relations")
    archive.correct("e3", {"root": "THREATEN"}, why="a warning", by="A. Reader")
    assert archive.sql("select root from events where id = 'e3'")[0].to_pylist() == [{"root": "ACCUSE"}]
    assert archive.sql("select root from corrected_events where id = 'e3'")[0].to_pylist() == [{"root": "THREATEN"}]


def test_rows_above_the_limit_are_cut_and_said_to_be(archive: Archive) -> None:
    table, cut = archive.sql("select * from events", limit=2)
    assert len(table) == 2
    assert cut
    assert not archive.sql("select * from events", limit=6)[1]
    assert archive.sql("select * from range(5000)", limit=4000)[1]


@pytest.mark.parametrize(
    "query",
    [
        "copy events to '{file}'",
        "copy (select 1) to '{file}' (format parquet)",
        "export database '{file}'",
        "attach '{file}' as other",
        "install httpfs",
        "load httpfs",
        "set threads = 1",
        "set enable_external_access = true",
        "reset lock_configuration",
        "pragma database_list",
        "call pragma_version()",
        "create table mine as select 1",
        "drop view events",
        "insert into events select * from events",
        "delete from events",
        "explain analyze select 1",
        "prepare q as select 1",
        "use memory",
        "vacuum",
        "checkpoint",
        "select 1; select 2",
        "select 1; copy events to '{file}'",
        "",
        "-- nothing",
    ],
)
def test_only_one_select_is_run(archive: Archive, tmp_path: Path, query: str) -> None:
    file = tmp_path / "stolen"
    with pytest.raises(UsageError, match="expected"):
        archive.sql(query.format(file=file))
    assert not file.exists()


@pytest.mark.parametrize(
    "query",
    [
        "select * from read_csv('/etc/passwd')",
        "select * from read_text('/etc/passwd')",
        "select * from read_blob('/etc/passwd')",
        "select * from read_parquet('/tmp/*.parquet')",
        "select * from '/etc/passwd'",
        "select * from glob('/etc/*')",
        "select * from sniff_csv('/etc/passwd')",
        "select * from parquet_metadata('/etc/passwd')",
        "select * from read_csv('http://127.0.0.1/x.csv')",
        "select * from query('copy events to ''/tmp/x''')",
        "select getenv('HOME')",
        "select * from archive",
    ],
)
def test_no_file_and_no_network_from_sql(archive: Archive, query: str) -> None:
    with pytest.raises(UsageError, match="cannot be run"):
        archive.sql(query)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("selec 1", 'syntax error at or near "selec"'),
        ("select * from event", "event does not exist"),
        ("select nothing from events", "nothing"),
        ("select 'x'::int", "convert"),
    ],
)
def test_wrong_sql_gives_one_clear_line(archive: Archive, query: str, words: str) -> None:
    with pytest.raises(UsageError, match=words) as raised:
        archive.sql(query)
    assert "\n" not in str(raised.value)
    assert "LINE 1" not in str(raised.value)


def test_a_query_is_stopped_when_its_time_is_over(archive: Archive) -> None:
    begun = time.monotonic()
    with pytest.raises(UsageError, match=r"longer than 0\.3 seconds"):
        archive.sql("select sum(a.range * b.range) from range(10000000) a, range(10000000) b", seconds=0.3)
    assert time.monotonic() - begun < 10
