"""The contract of records, and the checker that every other test of records relies on."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from typing import Any

import pytest

import dragoman as dm
import samples
from dragoman.errors import UsageError
from dragoman.records import Record, content_id, tables
from support import check_record


def test_the_sample_keeps_the_contract() -> None:
    whole = check_record(samples.record())
    assert len(whole["events"]) == 2


def change(record: Record, table: str, index: int, **fields: Any) -> Record:
    rows = list(getattr(record, table))
    rows[index] = dataclasses.replace(rows[index], **fields)
    return dataclasses.replace(record, **{table: tuple(rows)})


@pytest.mark.parametrize(
    ("table", "fields", "complaint"),
    [
        ("events", {"trigger": dataclasses.replace(samples.at("arrived", 1), text="left")}, "is not at"),
        ("events", {"modality": "maybe"}, "maybe"),
        ("events", {"quad": 4}, "quad 4"),
        ("events", {"id": "e2"}, "stands twice"),
        ("events", {"evidence": ()}, "without evidence"),
        ("events", {"asserted_by": "USA"}, "USA"),
        ("events", {"score": 1.2}, "1.2"),
        ("statements", {"kind": "shouted"}, "shouted"),
        ("statements", {"stance": 5}, "5"),
        ("discrepancies", {"favoured": 2}, "2"),
        ("discrepancies", {"sides": samples.record().discrepancies[0].sides[:1]}, "two sides"),
        ("instruments", {"status": "torn up"}, "torn up"),
        ("figures", {"text": "30 ports"}, "30 ports"),
        ("actors", {"country": "Norway"}, "Norway"),
        ("actors", {"sector": "KING"}, "KING"),
    ],
)
def test_the_checker_finds_a_broken_row(table: str, fields: dict[str, Any], complaint: str) -> None:
    with pytest.raises(AssertionError, match=complaint):
        check_record(change(samples.record(), table, 0, **fields))


def test_evidence_in_another_sentence_is_found() -> None:
    wrong = dataclasses.replace(samples.evidence(1)[0], sentence=3)
    with pytest.raises(AssertionError, match="is not in its sentence"):
        check_record(change(samples.record(), "events", 0, evidence=(wrong,)))


def test_json_has_the_names_of_the_contract_and_no_underscores() -> None:
    whole = samples.record().to_dict()
    assert list(whole) == [
        "dragoman",
        "article",
        "actors",
        "events",
        "statements",
        "instruments",
        "figures",
        "discrepancies",
        "discards",
    ]
    assert whole["article"]["published"] == {
        "from": "2031-03-02",
        "to": "2031-03-02",
        "precision": "day",
        "how": "metadata",
        "text": None,
    }
    assert whole["events"][0]["source"] == {
        "actor": "NOR.GOV.jonas-dahl",
        "text": "Jonas Dahl",
        "start": 39,
        "end": 49,
        "country": "NOR",
        "sector": "GOV",
    }
    assert '"from_"' not in json.dumps(whole)


def test_explanations_are_in_the_json_only_when_asked_for() -> None:
    assert "explanations" not in samples.record().to_dict()
    assert samples.record().to_dict(explain=True)["explanations"][0]["by"] == "relation model 1"


def test_a_frame_flattens_the_sides_of_an_event() -> None:
    frame = samples.record().to_frame("events")
    assert list(frame["source.country"]) == ["NOR", "NOR"]
    assert list(frame["modality"]) == ["happened", "denied"]


@pytest.mark.parametrize("table", tables())
def test_every_table_has_a_frame(table: str) -> None:
    assert len(samples.record().to_frame(table)) > 0


def test_an_unknown_table_is_named_with_those_that_exist() -> None:
    with pytest.raises(UsageError, match="no table 'verbs' in a record; tables are actors, events"):
        samples.record().to_frame("verbs")


def test_content_ids_do_not_depend_on_the_process() -> None:
    assert content_id("a", None, 1) == "72e79d69636a773d"
    assert content_id("ab", "c") != content_id("a", "bc")


def test_records_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        samples.record().events[0].root = "AID"  # type: ignore[misc]


def test_the_public_surface_is_what_the_documents_promise() -> None:
    assert sorted(dm.__all__) == [
        "Archive",
        "Document",
        "DragomanError",
        "InputError",
        "Reader",
        "Record",
        "Settings",
        "UsageError",
        "__version__",
        "load",
        "measure",
    ]
    assert set(dm.__all__) <= set(dir(dm))
    assert dm.Record is Record
    with pytest.raises(AttributeError, match="no attribute 'archive_everything'"):
        dm.archive_everything  # noqa: B018


def test_importing_the_package_loads_nothing_heavy() -> None:
    heavy = {"numpy", "onnxruntime", "trafilatura", "lxml", "pandas", "tokenizers"}
    code = f"import sys, dragoman.cli; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
