"""Counting a pair beside the tables gives what SQL gives of the tables, whatever happened to the archive."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dragoman as dm
from bench import standin
from dragoman.archive import pairs, upkeep
from dragoman.archive.files import Part
from dragoman.archive.schema import schema
from dragoman.archive.verify import verify
from dragoman.measure import counted, pair_series, series
from dragoman.measure.pair_series import cells
from dragoman.read import from_text
from dragoman.records import content_id
from made_events import ROOTS

PERIODS = ("day", "week", "month", "quarter", "year")
STATES = ("CHN", "RUS", "USA")


def counts(archive: dm.Archive, a: str, b: str, by: str, since: date | None = None, until: date | None = None) -> pa.Table:
    """The cells counted beside the tables, which must be possible."""
    rows = archive.pair_rows(a, b)
    assert rows is not None
    return counted.count(rows, by, since, until)


def agree(archive: dm.Archive, sides: tuple[str, ...] = STATES, since: date | None = None, until: date | None = None) -> int:
    """Compare all pairs and periods; the groups that were counted."""
    seen = 0
    for a in sides:
        for b in sides:
            if a < b:
                for by in PERIODS:
                    by_sql = cells(archive, a, b, by, since=since, until=until).replace_schema_metadata(None)
                    found = counts(archive, a, b, by, since, until)
                    assert found.schema.equals(by_sql.schema)
                    assert found.to_pylist() == by_sql.to_pylist(), (a, b, by)
                    seen += sum(found["n"].to_pylist())
    return seen


DAYS = st.none() | st.dates(date(1999, 11, 1), date(2001, 2, 1)) | st.just(date(1968, 12, 30))
EVENT = st.fixed_dictionaries(
    {
        "source_country": st.sampled_from((*STATES, None)),
        "target_country": st.sampled_from((*STATES, None)),
        "root": st.sampled_from(("CONSULT", "AID", "SANCTION", None)),
        "modality": st.sampled_from(("happened", "ongoing", "planned", "hypothetical", "denied", None)),
        "mutual": st.sampled_from((True, False, None)),
        "date_from": DAYS,
        "long": st.none() | st.sampled_from((0, 0, 0, 3, 40, -2)),
        "published": DAYS,
        "score": st.none() | st.sampled_from((0.5, 0.9)),
        "origin": st.sampled_from(("dragoman", "dragoman", "ucdp", None)),
        "of": st.none() | st.integers(0, 5),  # the event of the list that it tells again
    }
)


def tables(drawn: list[dict[str, Any]]) -> tuple[pa.Table, pa.Table]:
    """Events as drawn, and their groups."""
    events, groups = [], []
    for k, row in enumerate(drawn):
        first, long, of = row["date_from"], row["long"], row["of"]
        root = ROOTS.get(row["root"] or "")
        made = {name: value for name, value in row.items() if name not in ("long", "of")}
        made |= {"id": content_id(k), "date_to": None if first is None or long is None else first + timedelta(long)}
        if row["origin"] == "ucdp" and root is not None and root.name == "CONSULT":
            made["origin"] = "dragoman"  # imported meetings are left to SQL
        events.append({**made, "quad": root.quad if root else None, "intensity": root.intensity if root else None})
        if of is not None:
            same = [n for n, other in enumerate(drawn[: k + 1]) if other["of"] == of and _pair(other) == _pair(row)]
            sides = {name: made[name] for name in ("source_country", "target_country")}
            groups.append({"event": content_id(k), "group": content_id(same[0]), **sides})
    return pa.Table.from_pylist(events, schema("events")), pa.Table.from_pylist(groups, schema("groups"))


def kept_of(root: Path, table: str, rows: pa.Table, files: int) -> list[Part]:
    """The rows in some files, of which only what is kept beside them is there."""
    parts = [Part(f"{table}-{k}", 0, 0) for k in range(files)]
    for k, part in enumerate(parts):
        pairs.keep(root, table, part, rows.take(pa.array(range(k, len(rows), files), pa.int64())))
    return parts


def _pair(row: dict[str, Any]) -> set[str | None]:
    return {row["source_country"], row["target_country"]}


@settings(max_examples=40, deadline=None)
@given(st.lists(EVENT, min_size=1, max_size=40), st.sampled_from(PERIODS), DAYS, DAYS)
def test_counts_are_those_of_sql(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[dict[str, Any]], by: str, one: date | None, other: date | None
) -> None:
    since, until = (min(one, other), max(one, other)) if one and other else (one, other)
    events, groups = tables(drawn)
    root = tmp_path_factory.mktemp("drawn")
    rows = pairs.of_pair(root, kept_of(root, "events", events, 2), kept_of(root, "groups", groups, 2), "CHN", "RUS")
    assert rows is not None
    by_sql = cells(events, "CHN", "RUS", by, since=since, until=until, groups=groups).replace_schema_metadata(None)
    found = counted.count(rows, by, since, until)
    assert found.schema.equals(by_sql.schema)
    assert found.to_pylist() == by_sql.to_pylist()


@pytest.fixture
def archive(tmp_path: Path) -> dm.Archive:
    made = dm.Archive(tmp_path / "relations")
    for seed in (1, 2, 1):  # the third batch tells much of the first again, so that groups and files of before change
        add(made, seed)
    return made


def add(archive: dm.Archive, seed: int, more: str = " More of it.") -> None:
    reader, rng = standin.load(), random.Random(archive.count("articles") if archive.exists() else 0)
    archive.write(
        reader.code(from_text(row["text"] + f"{more} {rng.random()}", published=row["published"]))
        for row in standin.documents(40, seed)
    )


SIDES = ("CHL", "NOR", "KEN", "JPN", "PER", "GHA")


def busiest(archive: dm.Archive) -> tuple[str, str]:
    rows = archive.query(
        "select least(source_country, target_country) as a, greatest(source_country, target_country) as b, count(*) as n "
        "from events group by all order by n desc, a, b limit 1"
    ).to_pylist()
    return rows[0]["a"], rows[0]["b"]


def events_of(archive: dm.Archive, a: str, b: str) -> list[dict[str, Any]]:
    return list(archive.events(pair=(a, b), machine=True, passages=False).to_pylist())


def test_counts_follow_batches_groups_that_grow_and_merging(archive: dm.Archive) -> None:
    assert archive.query('select count(*) as n from groups where event <> "group"')["n"][0].as_py() > 20
    assert agree(archive, SIDES) > 0
    upkeep.compact(archive)
    assert agree(archive, SIDES) > 0
    add(archive, 2)
    assert agree(archive, SIDES) > 0


def test_counts_follow_articles_that_are_read_anew(archive: dm.Archive) -> None:
    archive.reread(reader=standin.load(), every=True)
    assert agree(archive, SIDES) > 0


def test_counts_follow_corrections_and_their_undoing(archive: dm.Archive) -> None:
    a, b = busiest(archive)
    before = series(archive, a, b)
    rows = events_of(archive, a, b)
    acts = [
        archive.correct(rows[0]["id"], {"modality": "denied"}, why="test", by="test"),
        archive.correct(rows[1]["id"], {"root": "AID" if rows[1]["root"] != "AID" else "ACCUSE"}, why="test", by="test"),
        archive.correct(rows[2]["id"], {"date": "2029-05-04"}, why="test", by="test"),
        archive.correct(rows[3]["id"], {"source": "FRA"}, why="test", by="test"),
        archive.correct(rows[4]["id"], "reject", why="test", by="test"),
    ]
    counted_so = agree(archive, (a, b))
    assert sum(counts(archive, a, b, "year")["mentions"].to_pylist()) == len(rows) - 2
    assert not series(archive, a, b).equals(before)
    archive.undo(acts.pop(), by="test")
    assert agree(archive, (a, b)) >= counted_so
    for act in acts:
        archive.undo(act, by="test")
    assert series(archive, a, b).equals(before)


def test_very_many_corrected_rows_are_left_to_sql(archive: dm.Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    a, b = busiest(archive)
    archive.correct(events_of(archive, a, b)[0]["id"], "reject", why="test", by="test")
    assert archive.pair_rows(a, b) is not None
    monkeypatch.setattr(pairs, "LOOKED_UP", 0)
    assert archive.pair_rows(a, b) is None


def test_row_corrected_into_a_pair_is_counted_there(archive: dm.Archive) -> None:
    a, b = busiest(archive)
    other = next(row for row in archive.table("events").to_pylist() if {a, b}.isdisjoint(_pair(row)))
    third = other["source_country"]
    archive.correct(other["id"], {"target": a}, why="test", by="test")
    assert archive.pair_rows(a, third) is None
    assert archive.pair_rows(other["target_country"], third) is not None
    elsewhere = [s for s in SIDES if s not in (a, b, third, other["target_country"])][:2]
    assert archive.pair_rows(*elsewhere) is not None


def kept(archive: dm.Archive) -> Iterator[Path]:
    return (archive.path / pairs.FOLDER).glob("*/*")


@pytest.mark.parametrize("harm", [None, b"", 40, -8, b'"version": 0'])
def test_what_is_missing_cut_short_or_of_another_version_is_left_to_sql(archive: dm.Archive, harm: bytes | int | None) -> None:
    a, b = busiest(archive)
    before = series(archive, a, b)
    path = max(kept(archive), key=lambda path: path.stat().st_size)
    data = path.read_bytes()
    if harm is None:
        path.unlink()
    elif isinstance(harm, int):
        path.write_bytes(data[:harm])
    else:
        path.write_bytes(data.replace(f'"version": {pairs.VERSION}'.encode(), harm) if harm else harm)
    assert archive.pair_rows(a, b) is None
    assert series(archive, a, b).equals(before)


def test_wrong_rows_are_found_by_verify(archive: dm.Archive) -> None:
    assert verify(archive) == []
    path = max((archive.path / pairs.FOLDER / "groups").iterdir(), key=lambda path: path.stat().st_size)
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    assert [(found.table, found.count) for found in verify(archive)] == [("groups", 1)]


def test_compact_makes_what_is_missing_and_vacuum_removes_what_is_left_over(archive: dm.Archive) -> None:
    upkeep.compact(archive)
    for path in list(kept(archive)):
        path.unlink()
    upkeep.compact(archive)
    (archive.path / pairs.FOLDER / "events" / "part-of-no-batch.pairs").write_bytes(b"")
    upkeep.vacuum(archive, hours=0)
    held = archive.snapshot().tables
    assert {path.name.removesuffix(".pairs") for path in kept(archive)} == {
        name for table in pairs.COLUMNS for name in held[table].files
    }


def test_ids_that_are_no_numbers_are_left_to_sql(tmp_path: Path) -> None:
    archive = dm.Archive(tmp_path / "relations")
    row = {"id": "e1", "source_country": "CHN", "target_country": "RUS", "date_from": date(2031, 3, 1), "modality": "happened"}
    with archive.change("test") as change:
        change.append("events", [{**row, "quad": 1, "intensity": 1.0}])
    assert archive.pair_rows("CHN", "RUS") is None
    assert cells(archive, "CHN", "RUS", "month")["n"].to_pylist() == [1]


def test_meetings_imported_for_each_direction_are_left_to_sql(tmp_path: Path) -> None:
    row = {"root": "CONSULT", "modality": "happened", "mutual": False, "date_from": date(2031, 3, 1), "published": None}
    archive = dm.Archive(tmp_path / "relations")
    both = [
        {**row, "id": content_id(s), "source_country": s, "target_country": t, "quad": 1, "intensity": 1.0, "origin": "icews"}
        for s, t in (("CHN", "RUS"), ("RUS", "CHN"))
    ]
    with archive.change("test") as change:
        change.append("events", both)
    rows = archive.pair_rows("CHN", "RUS")
    assert rows is not None
    assert counted.imported_twice(rows)
    assert pair_series.series(archive, "CHN", "RUS")["groups"].to_pylist() == [1]
