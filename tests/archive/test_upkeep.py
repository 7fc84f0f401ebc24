"""``verify``, ``compact``, ``vacuum`` and ``reread``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
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
from dragoman.records import Article, Event, Record, content_id
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
class Later:
    """The stand-in of a later version, which finds other rows."""

    alter: Callable[[Record], Record]
    inner: standin.StandIn = field(default_factory=standin.load)

    @property
    def settings(self) -> Settings:
        return self.inner.settings

    @property
    def profile(self) -> str:
        return self.inner.profile

    def code(self, article: Article) -> Record:
        record = self.inner.code(article)
        return self.alter(replace(record, dragoman={**record.dragoman, "models": {"stand-in": "2"}}))


def newer(record: Record) -> Record:
    """It takes "praised" for nothing and "met" for less."""
    kept = [e for e in record.events if e.root != "SUPPORT"]
    events = tuple(replace(e, intensity=0.5) if e.root == "CONSULT" else e for e in kept)
    return replace(record, events=events)


def stricter(record: Record) -> Record:
    """It takes "praised" for nothing and "accused" for REJECT, and knows only the actors of what it finds."""
    events = tuple(_rejects(e) if e.root == "ACCUSE" else e for e in record.events if e.root != "SUPPORT")
    named = {ref.actor for e in events for ref in (e.source, e.target)} | {s.speaker.actor for s in record.statements}
    return replace(record, events=events, actors=tuple(a for a in record.actors if a.id in named))


def _rejects(event: Event) -> Event:
    """The event as REJECT: its root is part of its id."""
    where, one, other = event.evidence[0], event.source, event.target
    parts = (where.article, where.start, where.end, one.actor, one.start, other.actor, other.start, "REJECT")
    return replace(event, id=content_id(*parts), root="REJECT")


def test_reading_anew_keeps_ids_and_lists_what_changed(archive: dm.Archive) -> None:
    before = {row["id"]: row["root"] for row in archive.table("events").to_pylist()}
    consult = next(key for key, root in before.items() if root == "CONSULT")
    with archive.change("correct") as change:
        change.append("corrections", [{"id": "c", "table": "events", "row": consult, "column": "quad", "value": "2"}])
    done = archive.reread(reader=Later(newer))
    how: dict[str, set[str]] = {"gone": set(), "changed": set(), "added": set()}
    for row in done.changed:
        how[row.how].add(before[row.row])
    assert how == {"gone": {"SUPPORT"}, "changed": {"CONSULT"}, "added": set()}
    assert done.same["events"] == sum(root not in ("SUPPORT", "CONSULT") for root in before.values())
    assert set(archive.table("events")["id"].to_pylist()) == {key for key, root in before.items() if root != "SUPPORT"}
    assert archive.count("corrections") == 1
    assert set(archive.table("events")["models"].to_pylist()) == {"stand-in-2"}
    assert verify(archive) == []
    assert archive.reread(reader=Later(newer)).articles == 0  # nothing left that other models made


def test_groups_after_reading_anew_are_those_of_an_archive_read_so_at_once(archive: dm.Archive, tmp_path: Path) -> None:
    archive.reread(reader=Later(newer))
    fresh, reader = dm.Archive(tmp_path / "fresh"), Later(newer)
    for seed in (1, 2, 3):
        fresh.write(reader.code(from_text(row["text"], published=row["published"])) for row in standin.documents(4, seed))
    for table in ("events", "groups", "copies", "statements"):
        assert rows(archive)[table] == rows(fresh)[table], table


def test_reading_anew_codes_only_what_other_models_made_and_goes_on_where_it_was_stopped(archive: dm.Archive) -> None:
    few = dm.Archive(archive.path, settings=Settings(batch_articles=4))
    ids = sorted(archive.table("articles")["id"].to_pylist())
    coded: list[str] = []

    def counting(record: Record) -> Record:
        if record.article.text:
            coded.append(record.article.id)
        return newer(record)

    def stopping(record: Record) -> Record:
        if len(coded) == 6:
            raise KeyboardInterrupt
        return counting(record)

    with pytest.raises(KeyboardInterrupt):
        few.reread(reader=Later(stopping))
    assert coded == ids[:6]
    coded.clear()
    assert few.reread(reader=Later(counting)).articles == len(ids) - 4
    assert coded == ids[4:]
    coded.clear()
    assert few.reread(reader=Later(counting)).articles == 0
    assert coded == []
    assert few.reread(reader=Later(counting), every=True).articles == len(ids)
    assert coded == ids


def test_corrections_outlive_reading_anew(archive: dm.Archive) -> None:
    events = archive.table("events").to_pylist()
    accused = next(row for row in events if row["root"] == "ACCUSE")
    praised, film = [row["id"] for row in events if row["root"] == "SUPPORT"][:2]
    acts: list[tuple[str, dict[str, str | None] | str]] = [
        (accused["id"], {"place_name": "Lima"}),
        (praised, {"root": "AID"}),
        (film, "reject"),
    ]
    for id_, values in acts:
        archive.correct(id_, values, why="read again", by="A. Reader")
    done = archive.reread(reader=Later(stricter))
    now = {row["id"]: row for row in archive.events().to_pylist()}
    assert accused["id"] not in now
    (moved,) = [row for row in now.values() if row["place_name"] == "Lima"]
    assert (moved["root"], moved["trigger_start"], moved["document"]) == (
        "REJECT",
        accused["trigger_start"],
        accused["document"],
    )
    assert [row["row"] for row in archive.history(moved["id"]).to_pylist()] == [moved["id"]]
    assert (now[praised]["root"], now[praised]["models"]) == ("AID", "stand-in-1")
    assert {row["id"] for row in now.values() if row["root"] == "SUPPORT"} == set()
    assert done.orphaned == [film]
    assert verify(archive) == []

    archive.reread(reader=Later(stricter), every=True)
    assert {row["id"]: row["root"] for row in archive.events().to_pylist()} == {id_: row["root"] for id_, row in now.items()}
    archive.undo(praised, by="B. Reader")
    archive.reread(reader=Later(stricter), every=True)
    assert praised not in archive.table("events")["id"].to_pylist()
    assert verify(archive) == []
