"""``verify``, ``compact``, ``vacuum`` and ``reread``."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

import dragoman as dm
from bench import standin
from bench.archive_kills import rows
from dragoman.archive import upkeep
from dragoman.archive.files import Part
from dragoman.archive.verify import verify
from dragoman.errors import UsageError
from dragoman.read import from_text
from dragoman.records import Article, Record
from dragoman.settings import Settings


@pytest.fixture
def archive(tmp_path: Path) -> dm.Archive:
    made = dm.Archive(tmp_path / "relations")
    reader = standin.load()
    for seed in (1, 2, 3):
        made.write(reader.code(from_text(row["text"], published=row["published"])) for row in standin.documents(4, seed))
    return made


def problems(archive: dm.Archive) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for finding in verify(archive):
        found.setdefault(finding.table, set()).add(finding.problem)
    return found


def put(archive: dm.Archive, table: str, **values: Any) -> None:
    """Write a row of a table again with other values, as a fault in the code would."""
    row = {**archive.table(table).to_pylist()[0], **values}
    with archive.change("test") as change:
        change.remove_keys(table, "document", [row["document"]])
        change.append(table, [row])


@pytest.mark.parametrize(
    ("table", "values", "problem"),
    [
        ("events", {"source_text": "Atlantis"}, "source_text not at its offsets"),
        ("events", {"root": "AID", "start": 1}, "ids not made of their rows"),
        ("events", {"sentence": 99}, "rows without a sentence as evidence"),
        ("events", {"target_actor": "ATL"}, "target_actors that are no actor of the article"),
        ("statements", {"content_text": "nothing"}, "content_text not at its offsets"),
        ("articles", {"text": "Another text."}, "ids not made of their rows"),
        ("mentions", {"document": "gone"}, "rows of an article that is not there"),
        ("groups", {"group": "gone"}, "groups without their first event"),
        ("discards", {"document": "gone", "run": "gone"}, None),
    ],
)
def test_fault_in_a_row_is_found(archive: dm.Archive, table: str, values: dict[str, Any], problem: str | None) -> None:
    assert problems(archive) == {}
    if problem is None:
        with archive.change("test") as change:
            change.append(table, [values])
        assert problems(archive)[table] == {"rows of an article that is not there", "rows of a run that is not there"}
    else:
        put(archive, table, **values)
        assert problem in problems(archive)[table]


def test_doubled_row_is_found(archive: dm.Archive) -> None:
    with archive.change("test") as change:
        change.append("events", archive.table("events").slice(0, 1))
    assert problems(archive) == {"events": {"rows twice"}}


def test_compacting_changes_no_row_and_leaves_one_file_a_table(archive: dm.Archive) -> None:
    before = rows(archive)
    done = upkeep.compact(archive)
    assert {one.table for one in done} >= {"events", "sentences", "groups"}
    assert rows(archive) == before
    assert all(len(held.parts) <= 1 for held in archive.snapshot().tables.values())
    events = archive.table("events").to_pylist()
    kept = [(row["source_country"], row["target_country"], row["date_from"]) for row in events]
    assert kept == sorted(kept)
    assert verify(archive) == []
    assert upkeep.compact(archive) == []


def test_vacuum_removes_what_no_batch_names_and_nothing_else(archive: dm.Archive) -> None:
    upkeep.compact(archive)
    before = rows(archive)
    (archive.path / "events" / "part-left-by-a-kill.zstd.parquet").write_bytes(b"x")
    assert upkeep.vacuum(archive) == []  # all too young
    would = upkeep.vacuum(archive, hours=0, dry_run=True)
    assert "events/part-left-by-a-kill.zstd.parquet" in would
    assert sorted(upkeep.vacuum(archive, hours=0)) == sorted(would)
    assert rows(archive) == before
    assert verify(archive) == []
    with pytest.raises(UsageError, match="0 or more"):
        upkeep.vacuum(archive, hours=-1)


def test_merge_gives_way_to_a_writer_that_was_faster(archive: dm.Archive) -> None:
    parts = archive.snapshot().tables["events"].parts
    with archive.change("test") as change:
        change.overwrite("events", archive.table("events"))
    before = rows(archive)
    assert upkeep._merge(archive, "events", parts, "test") == []
    assert rows(archive) == before


def test_files_of_one_size_are_merged_when_there_are_many() -> None:
    small = [Part(f"s{n}", 1_000, 100 + n) for n in range(upkeep.FAN)]
    large = [Part(f"l{n}", 900_000, 90_000) for n in range(upkeep.FAN - 1)]
    assert list(upkeep.tiers([*small, *large])) == [small]
    assert list(upkeep.tiers([*small[1:], *large])) == []


@dataclass(frozen=True, slots=True)
class Newer:
    """The stand-in of a later version: it takes "praised" for nothing and "met" for less."""

    inner: standin.StandIn

    @property
    def settings(self) -> Settings:
        return self.inner.settings

    @property
    def profile(self) -> str:
        return self.inner.profile

    def code(self, article: Article) -> Record:
        record = self.inner.code(article)
        kept = [e for e in record.events if e.root != "SUPPORT"]
        events = tuple(replace(e, intensity=0.5) if e.root == "CONSULT" else e for e in kept)
        return replace(record, dragoman={**record.dragoman, "models": {"stand-in": "2"}}, events=events)


def test_reading_anew_keeps_ids_and_lists_what_changed(archive: dm.Archive) -> None:
    before = {row["id"]: row["root"] for row in archive.table("events").to_pylist()}
    consult = next(key for key, root in before.items() if root == "CONSULT")
    with archive.change("correct") as change:
        change.append("corrections", [{"id": "c", "table": "events", "row": consult, "column": "quad", "value": "2"}])
    done = archive.reread(reader=Newer(standin.load()))
    how: dict[str, set[str]] = {"gone": set(), "changed": set(), "added": set()}
    for row in done.changed:
        how[row.how].add(before[row.row])
    assert how == {"gone": {"SUPPORT"}, "changed": {"CONSULT"}, "added": set()}
    assert done.same["events"] == sum(root not in ("SUPPORT", "CONSULT") for root in before.values())
    assert set(archive.table("events")["id"].to_pylist()) == {key for key, root in before.items() if root != "SUPPORT"}
    assert archive.count("corrections") == 1
    assert set(archive.table("events")["models"].to_pylist()) == {"stand-in-2"}
    assert verify(archive) == []
    assert archive.reread(reader=Newer(standin.load())).articles == 0  # nothing left that other models made


def test_groups_after_reading_anew_are_those_of_an_archive_read_so_at_once(archive: dm.Archive, tmp_path: Path) -> None:
    archive.reread(reader=Newer(standin.load()))
    fresh, reader = dm.Archive(tmp_path / "fresh"), Newer(standin.load())
    for seed in (1, 2, 3):
        fresh.write(reader.code(from_text(row["text"], published=row["published"])) for row in standin.documents(4, seed))
    for table in ("events", "groups", "copies", "statements"):
        assert rows(archive)[table] == rows(fresh)[table], table
