"""People correct rows: what changes with what, order, rejection, undoing, history."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

import archived
from dragoman.archive import corrections
from dragoman.archive.archive import Archive
from dragoman.archive.schema import schema
from dragoman.errors import MissingArchive, UsageError


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return archived.small(tmp_path / "relations")


def row(archive: Archive, id_: str, **asked: Any) -> dict[str, Any]:
    return next(r for r in archive.events(**asked).to_pylist() if r["id"] == id_)


def correct(archive: Archive, id_: str, values: dict[str, str | None] | str) -> str:
    return archive.correct(id_, values, why="read again", by="A. Reader")


def test_class_code_and_intensity_follow_the_root(archive: Archive) -> None:
    correct(archive, "e5", {"root": "ACCUSE"})
    now = row(archive, "e5")
    assert (now["root"], now["quad"], now["cameo"], now["intensity"], now["mode"]) == ("ACCUSE", 3, "11", -3.0, None)


def test_the_machines_row_stays(archive: Archive) -> None:
    before = row(archive, "e5", machine=True)
    correct(archive, "e5", {"root": "ACCUSE"})
    assert row(archive, "e5", machine=True) == before


def test_a_mode_brings_its_own_code_and_intensity(archive: Archive) -> None:
    correct(archive, "e3", {"mode": "investigate"})
    assert (row(archive, "e3")["cameo"], row(archive, "e3")["intensity"]) == ("09", -2.0)
    with pytest.raises(UsageError, match="its modes are investigate"):
        correct(archive, "e3", {"mode": "bomb"})


def test_one_act_of_two_is_no_longer_mutual_with_a_root_that_cannot_be(archive: Archive) -> None:
    correct(archive, "e1", {"root": "AID"})
    assert row(archive, "e1")["mutual"] is False


def test_queries_find_the_corrected_values(archive: Archive) -> None:
    correct(archive, "e5", {"root": "ACCUSE", "target": "Norway"})
    assert archive.events(root="ACCUSE", target="NOR")["id"].to_pylist() == ["e5"]
    assert archive.events(root="SANCTION")["id"].to_pylist() == ["e4"]
    assert archive.events(root="SANCTION", machine=True)["id"].to_pylist() == ["e4", "e5"]


@pytest.mark.parametrize(
    ("id_", "given", "then"),
    [
        ("e3", {"source": "Russia"}, {"source_actor": "RUS", "source_country": "RUS", "source_sector": "GOV"}),
        ("e3", {"source": "NATO"}, {"source_actor": "NATO", "source_country": "IGO", "source_sector": "IGO"}),
        ("e3", {"source": "PER.LEG.a-b"}, {"source_actor": "PER.LEG.a-b", "source_country": "PER", "source_sector": "LEG"}),
        ("e3", {"source_country": "ECU"}, {"source_actor": "ECU", "source_country": "ECU"}),
        ("e6", {"source_country": "ECU"}, {"source_actor": "ECU.MIL.unit", "source_sector": "MIL"}),
        ("e6", {"source_sector": "COP"}, {"source_actor": "PER.COP.unit"}),
        ("e3", {"date": "2031-02-03"}, {"date_precision": "day", "date_how": "explicit"}),
        ("e3", {"date_from": "2031-02-03", "date_to": "2031-02-05"}, {"date_precision": "range"}),
        ("e1", {"date": ""}, {"date_from": None, "date_to": None, "date_precision": None, "date_how": None}),
        ("e1", {"place_lat": "-33.45", "place_name": None}, {"place_lat": -33.45, "place_name": None}),
        ("e1", {"context": "economic,legal"}, {"context": ["economic", "legal"]}),
        ("e4", {"modality": "planned"}, {"modality": "planned", "root": "SANCTION"}),
        ("e2", {"mutual": "false"}, {"mutual": False}),
    ],
)
def test_what_follows(archive: Archive, id_: str, given: dict[str, str | None], then: dict[str, Any]) -> None:
    correct(archive, id_, given)
    now = row(archive, id_)
    assert {column: now[column] for column in then} == then


@pytest.mark.parametrize(
    ("id_", "given", "words"),
    [
        ("e1", {"root": "SHOUT"}, "known are AGREE"),
        ("e1", {"source_country": "Ruritania"}, "no state"),
        ("e1", {"source": "nobody at all"}, "no state or organisation"),
        ("e1", {"quad": "3"}, "follows from root"),
        ("e1", {"trigger_text": "met"}, "can be corrected"),
        ("e1", {"root": ""}, "cannot be empty"),
        ("e1", {"date": "soon"}, "2031-03-02"),
        ("e1", {"date_to": "2031-02-01"}, "before it begins"),
        ("e1", {"place_lat": "north"}, "no number"),
        ("e1", {"place_lat": "nan"}, "no number"),
        ("e1", {"place_lat": "90.5"}, "degrees from -90 to 90"),
        ("e1", {"place_lon": "-999"}, "degrees from -180 to 180"),
        ("f1", {"value": "1e999"}, "no number"),
        ("e1", {"root": "CONSULT"}, "already"),
        ("e1", {}, "no correction"),
        ("e9", {"root": "AID"}, "no row 'e9'"),
        ("d1", {"favoured": "2"}, "there are 2"),
    ],
)
def test_a_wrong_correction_changes_nothing(archive: Archive, id_: str, given: dict[str, str | None], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        correct(archive, id_, given)
    assert archive.count("corrections") == 0


@pytest.mark.parametrize(("why", "by"), [("", "A. Reader"), ("read again", " ")])
def test_a_correction_says_why_and_by_whom(archive: Archive, why: str, by: str) -> None:
    with pytest.raises(UsageError, match="is empty"):
        archive.correct("e1", {"root": "AID"}, why=why, by=by)


def test_of_several_corrections_the_last_holds(archive: Archive) -> None:
    correct(archive, "e3", {"root": "REJECT"})
    last = correct(archive, "e3", {"root": "THREATEN", "place_name": "Lima"})
    correct(archive, "e3", {"place_name": "Callao"})
    assert (row(archive, "e3")["root"], row(archive, "e3")["place_name"]) == ("THREATEN", "Callao")
    archive.undo(last, by="B. Reader")
    assert (row(archive, "e3")["root"], row(archive, "e3")["quad"], row(archive, "e3")["place_name"]) == ("REJECT", 3, "Callao")


def test_the_order_of_corrections_does_not_rest_on_the_clock(archive: Archive) -> None:
    noon = datetime(2031, 5, 1, 12, tzinfo=UTC)
    for root in ("REJECT", "THREATEN", "REQUEST"):
        with archive.connection() as connection:
            made = corrections.correction(connection, "e3", {"root": root}, why="w", by="b", at=noon)
        with archive.change("correct") as change:
            change.append("corrections", made)
    assert row(archive, "e3")["root"] == "REQUEST"


def test_a_rejected_row_is_out_until_that_is_undone(archive: Archive) -> None:
    correct(archive, "e3", "reject")
    assert "e3" not in archive.events()["id"].to_pylist()
    assert "e3" in archive.events(machine=True)["id"].to_pylist()
    with pytest.raises(UsageError, match="was rejected"):
        correct(archive, "e3", {"root": "AID"})
    archive.undo("e3", by="B. Reader")
    assert "e3" in archive.events()["id"].to_pylist()


def test_undoing_twice_or_nothing_says_so(archive: Archive) -> None:
    act = correct(archive, "e3", {"root": "AID"})
    archive.undo(act, by="B. Reader")
    with pytest.raises(UsageError, match="undone already"):
        archive.undo(act, by="B. Reader")
    with pytest.raises(UsageError, match="no correction"):
        archive.undo("e1", by="B. Reader")


def test_history_keeps_everything_with_who_why_and_what_was(archive: Archive) -> None:
    act = correct(archive, "e3", {"root": "REJECT"})
    archive.undo(act, by="B. Reader")
    correct(archive, "e3", {"modality": "denied"})
    told = [(r["column"], r["was"], r["value"], r["by"], r["undone_by"]) for r in archive.history("e3").to_pylist()]
    assert ("root", '"ACCUSE"', '"REJECT"', "A. Reader", "B. Reader") in told
    assert ("modality", '"happened"', '"denied"', "A. Reader", None) in told
    assert {r["row"] for r in archive.history().to_pylist()} == {"e3"}
    assert len(archive.history("e1")) == 0


def test_other_tables_can_be_corrected_too(archive: Archive) -> None:
    correct(archive, "s1", {"stance": "-1", "about": "PER, CHL"})
    correct(archive, "f1", {"value": "13.5"})
    correct(archive, "d1", {"favoured": "1"})
    correct(archive, "i1", {"status": "signed", "parties": "NOR"})
    assert archive.statements(about="PER", stance=-1)["about"].to_pylist() == [["CHL", "PER"]]
    assert archive.figures()["value"].to_pylist() == [13.5]
    assert archive.discrepancies()["favoured"].to_pylist() == [1]
    assert archive.instruments(status="signed")["parties"].to_pylist() == [["NOR"]]


def test_no_archive_is_made_by_correcting(tmp_path: Path) -> None:
    with pytest.raises(MissingArchive):
        Archive(tmp_path / "none").correct("e1", {"root": "AID"}, why="w", by="b")
    assert not (tmp_path / "none").exists()


def anew(archive: Archive, table: str = "events", **changed: dict[str, Any] | None) -> corrections.Followed:
    """The corrections after the articles were read again: rows that changed by id, None for those no longer found."""
    before = archive.table(table)
    rows = [{**r, **(changed.get(r["id"]) or {})} for r in before.to_pylist() if changed.get(r["id"], {}) is not None]
    after = pa.Table.from_pylist(rows, schema=schema(table))
    return corrections.follow(archive.table("corrections"), table, before, after)


def test_a_correction_stays_with_a_row_that_is_found_again(archive: Archive) -> None:
    correct(archive, "e3", {"modality": "denied"})
    followed = anew(archive, e3={"score": 0.5})
    assert (followed.moves, len(followed.kept)) == ({}, 0)
    assert followed.corrections.equals(archive.table("corrections"))


def test_a_correction_follows_its_row_to_a_new_id(archive: Archive) -> None:
    correct(archive, "e3", {"modality": "denied"})
    followed = anew(archive, e3={"id": "new", "root": "REJECT"})
    assert followed.moves == {"e3": "new"}
    assert set(followed.corrections["row"].to_pylist()) == {"new"}
    assert len(followed.kept) == 0


def test_a_correction_does_not_follow_where_two_rows_stood_on_the_same_words(archive: Archive) -> None:
    correct(archive, "e5", {"modality": "denied"})
    followed = anew(archive, e5={"id": "new"}, e6=None)  # both are of Peru in one sentence
    assert (followed.moves, followed.kept["id"].to_pylist()) == ({}, ["e5"])


def test_a_mode_takes_its_root_along_to_a_row_of_another_root(archive: Archive) -> None:
    correct(archive, "e3", {"mode": "investigate"})
    followed = anew(archive, e3={"id": "new", "root": "REJECT"})
    now = {row["column"]: (row["row"], row["value"]) for row in followed.corrections.to_pylist()}
    assert (now["mode"], now["root"]) == (("new", '"investigate"'), ("new", '"ACCUSE"'))


@pytest.mark.parametrize(
    ("table", "id_", "given", "becomes"),
    [
        ("statements", "s1", {"stance": "-1"}, {"speaker_actor": "NOR.GOV.minister"}),
        ("instruments", "i1", {"status": "signed"}, {"kind": "project"}),
        ("figures", "f1", {"what": "duty"}, {"value": 13.0}),
    ],
)
def test_a_correction_follows_rows_of_other_tables_too(
    archive: Archive, table: str, id_: str, given: dict[str, str | None], becomes: dict[str, Any]
) -> None:
    correct(archive, id_, given)
    assert anew(archive, table, **{id_: {"id": "new", **becomes}}).moves == {id_: "new"}
    assert anew(archive, table, **{id_: None}).kept["id"].to_pylist() == [id_]


def test_a_corrected_discrepancy_that_is_no_longer_found_is_kept(archive: Archive) -> None:
    correct(archive, "d1", {"favoured": "1"})
    assert anew(archive, "discrepancies", d1=None).kept["id"].to_pylist() == ["d1"]


def test_a_corrected_row_that_is_no_longer_found_is_kept(archive: Archive) -> None:
    correct(archive, "e3", {"modality": "denied"})
    correct(archive, "e5", "reject")
    followed = anew(archive, e3=None, e4=None, e5=None)
    assert followed.kept["id"].to_pylist() == ["e3"]
    assert set(followed.corrections["row"].to_pylist()) == {"e3", "e5"}


def test_a_correction_whose_row_is_gone_stays_and_is_listed(archive: Archive) -> None:
    correct(archive, "e3", {"modality": "denied"})
    with archive.change("test") as change:
        change.remove("events", lambda rows: pa.compute.not_equal(rows["id"], "e3"))
    with archive.connection() as connection:
        assert corrections.orphans(connection)["row"].to_pylist() == ["e3"]
    assert len(archive.history("e3")) == 1
