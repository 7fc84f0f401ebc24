"""``dragoman votes`` and ``dragoman blocs`` as a user runs them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ballot_files import ballots, csv_votes
from dragoman.cli import app
from dragoman.errors import UsageError

WEST, EAST = ("USA", "GBR", "FRA", "DEU", "ITA", "CAN"), ("RUS", "POL", "HUN", "BGR", "CSK", "UKR")


@pytest.fixture
def file(tmp_path: Path) -> str:
    rows = []
    for session in (40, 41):
        rows += ballots(session, **dict.fromkeys(WEST, "ynyn" * 5), **dict.fromkeys(EAST, "nnyy" * 5))
    csv_votes(tmp_path / "votes.csv", rows)
    return str(tmp_path / "votes.csv")


def run(*words: str) -> str:
    done = CliRunner().invoke(app, words)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == 0
    return done.stdout


def test_votes_prints_a_row_a_session_and_its_source(file: str) -> None:
    printed = run("votes", file, "USA", "SUN")
    assert "United States and Soviet Union in the UN General Assembly" in printed
    assert "40  1985      0.000" in printed
    assert "Source: Roll-call votes of votes.csv (as given); coverage 1985-01-01 to 1986-12-31." in " ".join(printed.split())


def test_votes_gives_the_same_rows_as_json_and_csv(file: str) -> None:
    rows = json.loads(run("votes", file, "USA", "RUS", "--since", "1986", "--json"))
    assert [(row["session"], row["agreement"], row["n"]) for row in rows] == [(41, 0.0, 10)]
    assert rows == json.loads(run("votes", file, "USA", "RUS", "--since", "1986-03-02", "--json"))
    lines = list(csv.DictReader(io.StringIO(run("votes", file, "USA", "RUS", "--session", "41", "--csv"))))
    assert float(lines[0]["agreement"]) == 0


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (
            ("votes", "FILE", "USA", "RUS", "--since", "soon"),
            "since 'soon' is not a date; write it as 2031-03-02, 2031-03 or 2031",
        ),
        (("blocs", "--votes", "FILE", "--until", "soon"), "until 'soon' is not a date"),
        (("votes", "FILE", "USA", "Atlantis"), "no state 'Atlantis'"),
        (("votes", "FILE", "USA", "RUS", "--since", "1990", "--until", "1980"), "before they begin"),
        (("votes", "FILE", "USA", "RUS", "--json", "--csv"), "choose one"),
        (("blocs", "--votes", "FILE", "--kind", "pie"), "no picture 'pie'"),
        (("blocs", "--votes", "FILE", "--picture", "blocs.doc"), "ends in .svg or .png"),
        (("blocs", "--votes", "FILE", "--year", "1985", "--since", "1980"), "both given"),
        (("blocs", "--votes", "FILE", "--measure", "cosine"), "no measure 'cosine'"),
    ],
)
def test_wrong_usage_is_one_clear_error(file: str, words: tuple[str, ...], says: str) -> None:
    with pytest.raises(UsageError, match=says):
        run(*(file if word == "FILE" else word for word in words))


def test_a_limit_is_kept_in_every_form(file: str, tmp_path: Path) -> None:
    assert "there are more than these 1 rows" in CliRunner().invoke(app, ["votes", file, "USA", "RUS", "--limit", "1"]).stderr
    assert [row["session"] for row in json.loads(run("votes", file, "USA", "RUS", "--limit", "1", "--json"))] == [40]
    assert len(json.loads(run("blocs", "--votes", file, "--draws", "0", "--limit", "3", "--json"))) == 3


def test_a_picture_that_cannot_be_written_says_so(file: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be written"):
        run("blocs", "--votes", file, "--draws", "0", "--picture", str(tmp_path / "missing" / "blocs.svg"))


def test_blocs_are_printed_with_their_stability(file: str) -> None:
    printed = run("blocs", "--votes", file, "--year", "1985", "--draws", "5")
    assert "1985  12 states, 10 contested roll calls" in printed
    assert "stability 1.00" in printed
    assert printed.count(" 6 states, mean tie 1.00 inside") == 2
    assert "balance 1985: 1.00" in printed


def test_blocs_give_a_row_a_state_and_period(file: str) -> None:
    rows = json.loads(run("blocs", "--votes", file, "--draws", "0", "--json"))
    assert len(rows) == 24
    assert {row["bloc"] for row in rows if row["state"] in EAST} != {row["bloc"] for row in rows if row["state"] in WEST}


@pytest.mark.parametrize("kind", ["graph", "matrix", "map"])
def test_pictures_are_drawn_with_source_coverage_and_n_and_the_same_bytes_again(file: str, kind: str, tmp_path: Path) -> None:
    pictures = []
    for name in ("one.svg", "two.svg"):
        path = tmp_path / name
        run("blocs", "--votes", file, "--year", "1985", "--draws", "0", "--kind", kind, "--picture", str(path))
        pictures.append(path.read_text("utf-8"))
    assert pictures[0] == pictures[1]
    for words in ("Source: Roll-call votes of votes.csv", "coverage", "contested roll calls", "<title"):
        assert words in pictures[0]
