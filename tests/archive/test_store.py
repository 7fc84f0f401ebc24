"""Batches are published whole or not at all, and what goes wrong on disk is said in one line."""

from __future__ import annotations

import resource
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import dragoman as dm
from bench import standin
from dragoman.archive import files
from dragoman.archive.lock import locked
from dragoman.archive.schema import MANIFEST, TABLES, VERSION, schema
from dragoman.archive.store import BATCHES, Held
from dragoman.archive.verify import verify
from dragoman.errors import ArchiveError, MissingArchive, UsageError
from dragoman.read import from_text
from dragoman.records import Record
from dragoman.settings import Settings


def records(count: int, seed: int = 1) -> list[Record]:
    reader = standin.load()
    made = [reader.code(from_text(row["text"], published=row["published"])) for row in standin.documents(count, seed)]
    return list({record.article.id: record for record in made}.values())


@pytest.fixture
def archive(tmp_path: Path) -> dm.Archive:
    made = dm.Archive(tmp_path / "relations")
    made.write(records(6))
    return made


def test_every_table_has_the_documented_columns_and_types_also_without_rows(archive: dm.Archive) -> None:
    for name in TABLES:
        assert archive.table(name).schema.equals(schema(name)), name
    assert archive.count("corrections") == 0


def test_view_of_a_table_gives_the_rows_of_the_table(archive: dm.Archive) -> None:
    for name in TABLES:
        assert archive.query(f'select * from "{name}"').num_rows == archive.table(name).num_rows == archive.count(name), name


def test_any_engine_reads_the_tables(archive: dm.Archive) -> None:
    import duckdb
    import pandas
    import polars
    from deltalake import DeltaTable

    folder, count = str(archive.path / "events"), archive.count("events")
    assert count > 20
    assert polars.read_delta(folder).height == count
    assert isinstance(archive.table("events").to_pandas(), pandas.DataFrame)
    assert DeltaTable(folder).to_pyarrow_table().num_rows == count
    paths = DeltaTable(folder).file_uris()
    assert duckdb.sql(f"select count(*) from read_parquet({paths})").fetchall() == [(count,)]


def test_same_article_is_not_written_twice(archive: dm.Archive) -> None:
    before = archive.count("events")
    assert archive.write(records(6)) == 0
    assert archive.count("events") == before
    assert verify(archive) == []


def test_reader_sees_nothing_of_a_batch_that_fails(archive: dm.Archive) -> None:
    def fail() -> None:
        with archive.change("test") as change:
            change.append("events", [{"id": "x", "root": "AID"}])
            raise ZeroDivisionError

    before = archive.snapshot()
    with pytest.raises(ZeroDivisionError):
        fail()
    assert archive.snapshot() == before


def test_tables_left_ahead_by_a_killed_writer_are_taken_back(archive: dm.Archive) -> None:
    before = archive.table("events")
    left = files.write_part(archive.path / "events", before.slice(0, 3), "events")
    files.swap(archive.store.delta("events"), [left])  # and no manifest: this is where the kill fell
    assert archive.table("events").equals(before)
    archive.write(records(3, seed=2))
    assert verify(archive) == []
    new = archive.count("events") - before.num_rows
    assert new == sum(len(record.events) for record in records(3, seed=2))


def test_making_of_an_archive_that_was_killed_is_finished(tmp_path: Path) -> None:
    from deltalake import DeltaTable

    DeltaTable.create(str(tmp_path / "a" / "events"), schema("events"))
    archive = dm.Archive(tmp_path / "a")
    assert not archive.exists()
    archive.write(records(2))
    assert verify(archive) == []


def test_open_archive_sees_what_another_one_writes(archive: dm.Archive) -> None:
    other = dm.Archive(archive.path)
    before = other.count("articles")
    archive.write(records(2, seed=9))
    assert other.count("articles") == before + 2
    assert other.query("select count(*) as n from articles")["n"][0].as_py() == before + 2


def test_connection_keeps_seeing_its_batch(archive: dm.Archive) -> None:
    with archive.connection() as connection:
        before = connection.execute("select count(*) from events").fetchall()
        archive.write(records(4, seed=3))
        assert connection.execute("select count(*) from events").fetchall() == before


def test_missing_archive_is_named_with_what_makes_one(tmp_path: Path) -> None:
    with pytest.raises(MissingArchive, match=r"is no archive; .* dragoman add"):
        dm.Archive(tmp_path / "nowhere").table("events")
    with pytest.raises(UsageError, match="no table 'evnts'"):
        dm.Archive(tmp_path).table("evnts")


def test_folder_with_other_files_is_not_made_an_archive(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("x")
    with pytest.raises(UsageError, match=r"thesis\.txt"):
        dm.Archive(tmp_path).write(records(1))
    assert [path.name for path in tmp_path.iterdir() if not path.name.startswith(".")] == ["thesis.txt"]


def test_archive_of_a_newer_version_is_refused_and_left_alone(archive: dm.Archive) -> None:
    _as_version(archive, VERSION + 1)
    for use in (lambda: dm.Archive(archive.path).table("events"), lambda: dm.Archive(archive.path).write(records(1, seed=4))):
        with pytest.raises(ArchiveError, match=f"version {VERSION + 1}.*update Dragoman"):
            use()


def test_archive_of_an_older_version_asks_for_migrate(archive: dm.Archive) -> None:
    _as_version(archive, VERSION - 1)
    with pytest.raises(ArchiveError, match="dragoman migrate"):
        dm.Archive(archive.path).write(records(1, seed=4))


def test_older_archive_is_migrated_with_its_rows(archive: dm.Archive) -> None:
    from deltalake import write_deltalake

    from dragoman.archive.migrating import migrate

    older = archive.table("figures").drop_columns(["bound", "evidence"]).append_column("colour", pa.nulls(0, pa.string()))
    write_deltalake(str(archive.path / "figures"), older, mode="overwrite", schema_mode="overwrite")
    older = archive.table("events").drop_columns(["words", "place_lat"])
    write_deltalake(str(archive.path / "events"), older, mode="overwrite", schema_mode="overwrite")
    held = archive.snapshot().tables
    tables = {table: held[table] for table in held if table != "inputs"}
    for table in ("figures", "events"):
        delta = archive.store.delta(table)
        parts = [files.Part(name, 1, rows) for name, rows in files.rows_of(delta).items()]
        tables[table] = Held(delta.version(), tuple(parts))
    archive.store.publish(tables, "older", datetime.now(UTC))
    _as_version(archive, VERSION - 1)
    opened = dm.Archive(archive.path)
    assert set(migrate(opened)) == {"figures", "events", "inputs"}
    assert opened.table("events").drop_columns(["words", "place_lat"]).num_rows == older.num_rows
    assert opened.table("events").schema.equals(schema("events"))
    assert migrate(opened) == []
    assert opened.write(records(2, seed=11)) == 2


def _as_version(archive: dm.Archive, version: int) -> None:
    delta = archive.store.delta(BATCHES)
    (name,) = files.names(delta)
    rows = pq.read_table(archive.path / BATCHES / name).to_pylist()
    new = files.new_name()
    path = archive.path / BATCHES / new
    pq.write_table(pa.Table.from_pylist([{**row, "schema": version} for row in rows], pa.schema(list(MANIFEST))), path)
    files.swap(delta, [files.Part(new, path.stat().st_size, len(rows))], [name])


@pytest.mark.parametrize("harm", ["cut", "gone"])
def test_damaged_file_is_named_with_what_to_do(archive: dm.Archive, harm: str) -> None:
    path = archive.path / "events" / archive.snapshot().tables["events"].files[0]
    if harm == "cut":
        path.write_bytes(path.read_bytes()[:200])
    else:
        path.unlink()
    for use in (lambda: archive.table("events"), lambda: archive.query("select root from events")):
        with pytest.raises(ArchiveError, match=r"damaged or incomplete .*backup") as caught:
            use()
        assert "\n" not in str(caught.value)
    assert [finding.table for finding in verify(archive)] == ["events"]
    assert archive.table("articles").num_rows == 6


def test_full_disk_is_told_and_the_archive_stays_as_it_was(archive: dm.Archive) -> None:
    code = (
        "import resource, signal, sys; sys.path[:0] = ['tests', '.']; import dragoman as dm; from test_store import records\n"
        "made = records(300, seed=5); archive = dm.Archive(sys.argv[1])\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n"
        "try: archive.write(made)\n"
        "except dm.DragomanError as error: print(error)"
    )
    before = archive.snapshot()
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 20_000
    here = Path(__file__).parent
    run = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(here)!r})\n{code}", str(archive.path)],
        cwd=here.parents[1], capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "the disk is full" in run.stdout, run
    assert archive.snapshot() == before
    archive.write(records(2, seed=6))
    assert verify(archive) == []


def test_locked_archive_is_waited_for_and_then_given_up(archive: dm.Archive) -> None:
    hasty = dm.Archive(archive.path, settings=Settings(lock_seconds=0.1))
    with locked(archive.path, 1), pytest.raises(ArchiveError, match="another program has been writing"):
        hasty.write(records(1, seed=7))
    assert hasty.write(records(1, seed=7)) == 1


def test_read_only_folder_is_told(archive: dm.Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")  # as for a user who is not root

    monkeypatch.setattr("dragoman.archive.lock.os.open", refuse)
    with pytest.raises(ArchiveError, match=r"cannot be written to .* nothing was changed"):
        archive.write(records(1, seed=8))
    assert archive.count("articles") == 6


def test_unknown_column_is_refused_before_anything_is_written(archive: dm.Archive) -> None:
    with pytest.raises(UsageError, match="no column colour"), archive.change("test") as change:
        change.append("events", [{"colour": "red"}])


def test_rows_are_taken_out_by_key_and_the_rest_stays(archive: dm.Archive) -> None:
    ids = archive.table("events")["id"].to_pylist()
    with archive.change("test") as change:
        change.remove_keys("events", "id", ids[:2])
        change.append("events", [{"id": "new"}])
    assert sorted(archive.table("events")["id"].to_pylist()) == sorted([*ids[2:], "new"])


@pytest.mark.parametrize("path", ["s3://bucket/relations", Path("s3://bucket/relations"), "file:///data/relations"])
def test_address_of_an_object_store_is_no_archive(path: str | Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match="is an address, expected a folder"):
        dm.Archive(path)
    assert list(tmp_path.iterdir()) == []
