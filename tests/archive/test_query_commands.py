"""The commands over queries, corrections, import and export: what goes where, and what they end with."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import Result
from typer.testing import CliRunner

import archived
import foreign_rows
from dragoman import cli
from dragoman.errors import DragomanError


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    archived.small(tmp_path / "relations")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DRAGOMAN_ARCHIVE", raising=False)
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(cli.app, list(words), env={"COLUMNS": "120"})


def test_events_for_people_show_the_sentence(folder: Path) -> None:
    done = run("events", "--pair", "NOR-CHL")
    assert done.exit_code == 0
    assert "2031-03-01  Norway - Chile  CONSULT meet, at Santiago" in done.stdout
    assert "Norwegian and Chilean ministers met in Santiago.  [Harbour Post, Talks in Santiago, sentence 0]" in done.stdout


def test_an_actor_is_shown_by_its_name(folder: Path) -> None:
    assert "Second Brigade (PER) > nobody named  COERCE" in run("events", "--root", "COERCE").stdout


def test_a_row_without_a_date_shows_its_articles_day_in_brackets(folder: Path) -> None:
    assert "[2031-03-04]  Peru > Chile  ACCUSE" in run("events", "--root", "accuse").stdout


@pytest.mark.parametrize("command", ["events", "statements", "instruments", "figures", "check", "articles"])
def test_json_csv_and_parquet_mean_the_same_everywhere(folder: Path, command: str) -> None:
    rows = json.loads(run(command, "--json").stdout)
    lines = list(csv.DictReader(io.StringIO(run(command, "--csv").stdout)))
    assert run(command, "--parquet", f"{command}.parquet").exit_code == 0
    table = pq.read_table(folder / f"{command}.parquet").to_pylist()
    assert [r["id"] for r in rows] == [r["id"] for r in lines] == [r["id"] for r in table]
    assert rows
    assert len(json.loads(run(command, "--json", "--limit", "0").stdout)) == 0
    both = run(command, "--json", "--csv")
    assert isinstance(both.exception, DragomanError)


def test_what_a_limit_leaves_out_is_said(folder: Path) -> None:
    assert "there are more than these 2 rows" in run("sql", "select * from range(9)", "--limit", "2").stderr


def test_check_shows_both_sides(folder: Path) -> None:
    out = run("check").stdout
    assert "2031-03-01  favoured" in out
    assert "Norway and Chile talked about krill." in out


def test_instruments_and_figures(folder: Path) -> None:
    accord, tariff = run("instruments", "--party", "Norway"), run("figures")
    assert (accord.exit_code, tariff.exit_code) == (0, 0)
    assert "Krill accord  agreement  of CHL, NOR" in accord.stdout
    assert "12 percent  tariff, of CHL" in tariff.stdout


def test_no_rows_are_said_on_standard_error(folder: Path) -> None:
    done = run("events", "--source", "Nepal")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "no rows" in done.stderr
    assert run("events", "--source", "Nepal", "--json").stdout.strip() == "[]"


def test_correct_history_undo(folder: Path) -> None:
    done = run("correct", "e3", "root=THREATEN", "place=", "--why", "a warning", "--by", "A. Reader")
    assert isinstance(done.exception, DragomanError)  # there is no column place
    assert run("correct", "e3", "root=THREATEN", "--why", "a warning", "--by", "A. Reader").exit_code == 0
    assert "THREATEN" in run("events", "--document", "r").stdout
    assert "THREATEN" not in run("events", "--document", "r", "--machine").stdout
    told = run("correct", "e3", "--history").stdout
    assert 'root: "ACCUSE" to "THREATEN"' in told
    assert "a warning, A. Reader" in told
    assert run("undo", "e3", "--by", "B. Reader").exit_code == 0
    assert "THREATEN" not in run("events", "--document", "r").stdout
    assert json.loads(run("correct", "--history", "--json").stdout)[0]["undone_by"] == "B. Reader"


@pytest.mark.parametrize(
    "words",
    [
        ("correct", "e3", "--why", "w", "--by", "b"),
        ("correct", "e3", "root", "--why", "w", "--by", "b"),
        ("correct", "e3", "root=AID", "--by", "b"),
        ("correct", "e3", "root=AID", "root=REJECT", "--why", "w", "--by", "b"),
        ("undo", "e3"),
        ("events", "--root", "NIX"),
        ("sql", "drop view events"),
        ("export", "out.doc"),
        ("import", "x", "--layout", "idea"),
    ],
)
def test_wrong_usage_ends_with_two(folder: Path, words: tuple[str, ...]) -> None:
    error = run(*words).exception
    assert isinstance(error, DragomanError)
    assert error.exit_code == 2


def test_import_and_export(folder: Path) -> None:
    file = folder / "events.tsv"
    file.write_text(
        foreign_rows.gdelt_line() + foreign_rows.gdelt_line(GLOBALEVENTID="2", EventCode="010") + "short\n", "utf-8"
    )
    done = run("import", str(file))
    assert done.exit_code == 1
    assert "3 rows of gdelt, 2 added, 1 left out" in done.stdout
    assert "CAMEO 010 (Make statement) has no root" in done.stdout
    assert "line 3: 1 cells, expected 61" in done.stderr
    assert "imported before" in run("import", str(file)).stdout
    exported = run("export", "out.csv", "--origin", "gdelt")
    assert exported.exit_code == 0
    assert "2 rows written to out.csv as csv" in exported.stderr
    assert run("import", str(folder / "none"), "--json").exit_code == 1


def test_every_command_has_an_example() -> None:
    for command in (
        "events",
        "statements",
        "instruments",
        "figures",
        "check",
        "articles",
        "sql",
        "correct",
        "undo",
        "import",
        "export",
    ):
        assert "Example: dragoman" in run(command, "--help").stdout
