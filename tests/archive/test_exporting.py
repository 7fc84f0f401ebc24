"""Rows in other layouts: nothing that was not done reads as done, and what was imported comes back."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path
from typing import Any

import networkx
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest

import archived
import foreign_rows as layouts
from dragoman.archive.archive import Archive
from dragoman.archive.exporting import icews, plain
from dragoman.archive.exporting.folding import cameo_code, folded
from dragoman.codebook import foreign
from dragoman.errors import UsageError
from dragoman.web import formats

DATA = Path(os.environ.get("DRAGOMAN_DATA") or Path(__file__).parents[3] / "shared" / "data")
SAMPLE = DATA / "events" / "icews_2018-06-01_02.sample.tab"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return archived.small(tmp_path_factory.mktemp("exporting") / "relations")


def tab(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def round_trip(tmp_path: Path, text: str, layout: str) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    before, after = tmp_path / "before.tab", tmp_path / "after.tab"
    before.write_text(text, "utf-8")
    archive = Archive(tmp_path / "relations")
    assert archive.import_events([before])[0].added
    archive.export(after, layout)
    return tab(before), tab(after)


def test_an_icews_row_comes_back_equal(tmp_path: Path) -> None:
    before, after = round_trip(tmp_path, layouts.tab(layouts.ICEWS), "icews")
    assert after == before


def test_a_polecat_row_comes_back_equal(tmp_path: Path) -> None:
    before, after = round_trip(tmp_path, layouts.polecat_file(), "polecat")
    assert after == before


@pytest.mark.skipif(not SAMPLE.exists(), reason="the shared data are not here: set DRAGOMAN_DATA")
def test_the_icews_sample_comes_back_equal_in_every_column(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "relations")
    archive.import_events([SAMPLE])
    archive.export(tmp_path / "out.tab", "icews")
    before = {row["Event ID"]: row for row in tab(SAMPLE)}
    after = {row["Event ID"]: row for row in tab(tmp_path / "out.tab")}
    equal = sum(after.get(id_) == row for id_, row in before.items())
    print(f"{equal} of {len(before)} rows are equal")
    assert equal == len(before) == len(after)


@pytest.mark.skipif(not SAMPLE.exists(), reason="the shared data are not here: set DRAGOMAN_DATA")
def test_pairs_of_the_icews_sample(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "relations")
    archive.import_events([SAMPLE])
    across = (
        "select count(*) n from events where source_country <> target_country "
        "and source_country not in ('IGO', 'NGO') and target_country not in ('IGO', 'NGO')"
    )
    assert archive.sql(across)[0].to_pylist() == [{"n": 1741}]
    counts = {pair: len(archive.events(pair=pair, passages=False)) for pair in ("PRK-USA", "CHN-USA", "PRK-RUS", "PRK-KOR")}
    assert counts == {"PRK-USA": 312, "CHN-USA": 101, "PRK-RUS": 80, "PRK-KOR": 53}


def test_a_mutual_row_is_written_for_both_directions(archive: Archive, tmp_path: Path) -> None:
    archive.export(tmp_path / "out.tab", "icews", document="m")
    rows = tab(tmp_path / "out.tab")
    assert [(r["Event ID"], r["Source Country"], r["Target Country"]) for r in rows] == [
        ("e1", "Norway", "Chile"),
        ("e1-2", "Chile", "Norway"),
    ]
    assert {(r["CAMEO Code"], r["Publisher"], r["City"]) for r in rows} == {("040", "Harbour Post", "Santiago")}


@pytest.mark.parametrize("layout", ["icews", "polecat"])
def test_what_is_hypothetical_is_left_out(archive: Archive, tmp_path: Path, layout: str) -> None:
    done = archive.export(tmp_path / "out.tab", layout, pair="CHL-PER")
    assert (done.rows, done.left_out) == (2, 1)
    assert "e4" not in {row["Event ID"] for row in tab(tmp_path / "out.tab")}


@pytest.mark.parametrize(
    ("root", "modality", "as_root", "code"),
    [
        ("CONSULT", "happened", "CONSULT", "040"),
        ("CONSULT", "planned", "AGREE", "036"),
        ("AID", "planned", "AGREE", "033"),
        ("RETREAT", "planned", "AGREE", "050"),
        ("ASSAULT", "planned", "THREATEN", "130"),
        ("AID", "denied", "REJECT", "120"),
        ("ASSAULT", "denied", "CONCEDE", "080"),
        ("ASSAULT", "hypothetical", None, None),
    ],
)
def test_modality_is_folded_into_the_code(root: str, modality: str, as_root: str | None, code: str | None) -> None:
    from dragoman.codebook import events

    row: dict[str, Any] = {"root": root, "modality": modality, "cameo": events.load().roots[root].cameo}
    assert folded(root, modality) == as_root
    assert cameo_code(row) == code


def test_every_sector_is_read_back_from_its_icews_name() -> None:
    for sector, label in icews.SECTORS.items():
        assert foreign.sector("icews", [label]) == (None if label == icews.MISSING else sector)


def test_a_correction_is_in_the_export_of_an_imported_row(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "relations")
    file = tmp_path / "in.tab"
    file.write_text(layouts.tab(layouts.ICEWS), "utf-8")
    archive.import_events([file])
    row = archive.events()["id"].to_pylist()[0]
    archive.correct(row, {"root": "ACCUSE", "source": "PER.MIL.a-unit", "place_country": "PER"}, why="w", by="b")
    archive.export(tmp_path / "out.tab", "icews")
    now = tab(tmp_path / "out.tab")[0]
    assert (now["CAMEO Code"], now["Event Text"], now["Source Country"], now["Country"]) == (
        "110",
        "Disapprove",
        "Peru",
        "Peru",
    )
    assert "Foreign Ministry" not in now["Source Sectors"]


def test_csv_and_parquet_have_every_column(archive: Archive, tmp_path: Path) -> None:
    archive.export(tmp_path / "out.csv")
    archive.export(tmp_path / "out.parquet")
    table = archive.events()
    assert pq.read_table(tmp_path / "out.parquet").equals(table)
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["id"] for row in rows] == table["id"].to_pylist()
    assert (rows[0]["context"], rows[0]["mutual"], rows[0]["cameo"]) == ("diplomatic", "true", "04")
    assert rows[0]["passage"] == "Norwegian and Chilean ministers met in Santiago."


def test_words_that_a_spreadsheet_would_run_are_marked_in_every_csv_and_numbers_are_not() -> None:
    columns = {
        "title": ["=HYPERLINK(1)", "-3 degrees", "plain"],
        "value": [-3.5, 2.0, None],
        "stance": [-1, 0, 1],
        "about": [["+CHN", "RUS"], [], ["PER"]],
        "mutual": [True, False, None],
    }
    table = pa.table(columns)
    out = io.StringIO(newline="")
    plain.write_csv(table, out)
    assert out.getvalue().splitlines() == [
        "title,value,stance,about,mutual",
        "'=HYPERLINK(1),-3.5,-1,'+CHN;RUS,true",
        "'-3 degrees,2.0,0,,false",
        "plain,,1,PER,",
    ]
    assert formats.written(table, "csv") == out.getvalue().encode()
    back = pyarrow.csv.read_csv(io.BytesIO(formats.written(table, "csv")))
    assert (back["value"].to_pylist(), back["stance"].to_pylist()) == (columns["value"], columns["stance"])
    assert json.loads(formats.written(table, "json"))[0]["title"] == "=HYPERLINK(1)"


def test_a_number_that_is_none_is_null_in_json() -> None:
    table = pa.table({"value": [float("nan"), float("inf"), -3.5]})
    assert [row["value"] for row in json.loads(formats.written(table, "json"))] == [None, None, -3.5]


def test_json_ld_has_the_sentence_and_the_article(archive: Archive, tmp_path: Path) -> None:
    archive.export(tmp_path / "out.jsonld")
    graph = json.loads((tmp_path / "out.jsonld").read_text("utf-8"))["@graph"]
    assert len(graph) == 6
    first = graph[0]
    assert first["@id"] == "urn:dragoman:event:e1"
    assert first["citation"]["text"] == "Norwegian and Chilean ministers met in Santiago."
    assert (first["agent"]["name"], first["object"]["name"]) == ("Norway", "Chile")
    assert graph[-1]["agent"]["name"] == "Second Brigade"
    assert {row["@id"]: row["actionStatus"] for row in graph}["urn:dragoman:event:e4"] == "PotentialActionStatus"


def test_a_network_counts_an_event_once_and_only_what_was_done(archive: Archive, tmp_path: Path) -> None:
    done = archive.export(tmp_path / "out.csv", "edges")
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        pairs = {(row["source"], row["target"]): row for row in csv.DictReader(file)}
    assert done.rows == len(pairs) == 2
    assert (pairs["CHL", "NOR"]["events"], pairs["CHL", "NOR"]["mutual"]) == ("1", "1")
    talks = pairs["CHL", "PER"]
    assert (talks["events"], talks["forth"], talks["back"], talks["intensity"]) == ("2", "0", "2", "-4.5")
    archive.export(tmp_path / "out.graphml")
    graph = networkx.read_graphml(tmp_path / "out.graphml")
    assert graph.nodes["CHL"]["name"] == "Chile"
    assert graph["CHL"]["PER"]["weight"] == 2


def test_a_file_that_exists_or_has_no_place_is_said(archive: Archive, tmp_path: Path) -> None:
    there = tmp_path / "there.csv"
    there.write_text("mine")
    with pytest.raises(UsageError, match="exists already"):
        archive.export(there)
    assert there.read_text() == "mine"
    with pytest.raises(UsageError, match="choose one of"):
        archive.export(tmp_path / "out.xlsx")
    with pytest.raises(UsageError, match="cannot be written"):
        archive.export(tmp_path / "no folder" / "out.csv")


def test_the_same_rows_give_the_same_bytes(archive: Archive, tmp_path: Path) -> None:
    for layout in ("icews", "polecat", "csv", "jsonld", "graphml", "edges", "parquet"):
        archive.export(tmp_path / f"a.{layout}", layout)
        archive.export(tmp_path / f"b.{layout}", layout)
        assert (tmp_path / f"a.{layout}").read_bytes() == (tmp_path / f"b.{layout}").read_bytes(), layout
