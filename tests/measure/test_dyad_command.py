"""``dragoman dyad``: what it prints, writes and refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner, Result

from archived import small
from dragoman.cli import app
from dragoman.errors import UsageError


@pytest.fixture
def archive(tmp_path: Path) -> str:
    return str(small(tmp_path / "relations").path)


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["dyad", *words], catch_exceptions=True)


def test_people_read_a_table_and_what_changed(archive: str) -> None:
    found = run("NOR", "Chile", "--archive", archive)
    assert found.exit_code == 0, found.output
    assert "Norway (NOR) and Chile (CHL), by month" in found.output
    assert "1 events told 2 times" in found.output
    assert "2031-03" in found.output
    assert "changes need 8 periods with figures, found 1" in found.output
    assert "turning events need" in found.output


def test_json_is_an_array_of_rows_with_intervals(archive: str) -> None:
    (row,) = json.loads(run("NOR", "CHL", "--archive", archive, "--json").stdout)
    assert (row["period"], row["groups"], row["mentions"], row["articles"]) == ("2031-03-01", 1, 2, 2)
    assert row["groups_sampling_low"] < 1 < row["groups_sampling_high"]


def test_csv_has_a_header_and_one_line_a_period(archive: str) -> None:
    lines = run("NOR", "CHL", "--archive", archive, "--csv", "--by", "day").stdout.splitlines()
    assert lines[0].startswith("a,b,period,period_end,covered,articles,days,groups")
    assert len(lines) == 4


def test_a_limit_gives_the_last_periods_in_every_form(archive: str, tmp_path: Path) -> None:
    asked = ("NOR", "CHL", "--archive", archive, "--by", "day", "--limit", "1")
    (row,) = json.loads(run(*asked, "--json").stdout)
    assert row["period"] == "2031-03-04"
    assert len(run(*asked, "--csv").stdout.splitlines()) == 2
    file = tmp_path / "series.parquet"
    assert run(*asked, "--parquet", str(file)).exit_code == 0
    assert pq.read_table(file).num_rows == 1
    for found in (run(*asked, "--table", "series"), run(*asked)):
        assert "2031-03-04" in found.stdout
        assert "2031-03-03" not in found.stdout.split("Changes of level")[0]
        assert "--limit N" in found.stderr
    assert len(json.loads(run("PER", "CHL", "--archive", archive, "--table", "ladder", "--limit", "0", "--json").stdout)) == 0


@pytest.mark.parametrize("name", ["changes", "turning", "words", "followed", "ladder", "replies", "third", "baselines"])
def test_each_table_is_an_array_of_rows(archive: str, name: str) -> None:
    found = run("PER", "CHL", "--archive", archive, "--table", name, "--json")
    assert found.exit_code == 0, found.output
    assert isinstance(json.loads(found.stdout), list)


def test_pictures_are_written(archive: str, tmp_path: Path) -> None:
    svg, png = tmp_path / "pair.svg", tmp_path / "plane.png"
    assert run("NOR", "CHL", "--archive", archive, "--picture", str(svg)).exit_code == 0
    assert "Norway and Chile, by month" in svg.read_text("utf-8")
    pytest.importorskip("resvg_py")
    assert run("NOR", "CHL", "--archive", archive, "--table", "words", "--picture", str(png)).exit_code == 0
    assert png.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("NOR", "NOR"), "two states"),
        (("NOR", "Atlantis"), "there is no state"),
        (("NOR", "CHL", "--by", "fortnight"), "there is no period"),
        (("NOR", "CHL", "--since", "2031-05", "--until", "2031-04"), "before it begins"),
        (("NOR", "CHL", "--table", "nonsense"), "there is no table"),
        (("NOR", "CHL", "--picture", "pair.gif"), "ends in .svg or .png"),
        (("NOR", "CHL", "--picture", "/nowhere/pair.svg"), "cannot be written"),
        (("NOR", "CHL", "--json", "--csv"), "choose one"),
    ],
)
def test_wrong_usage_is_named(archive: str, words: tuple[str, ...], message: str) -> None:
    found = run(*words, "--archive", archive)
    assert isinstance(found.exception, UsageError)
    assert message in str(found.exception)


def test_an_empty_period_says_why(archive: str) -> None:
    found = run("NOR", "CHL", "--archive", archive, "--since", "2040", "--json")
    assert json.loads(found.stdout) == []
    assert "nothing was read that was published between 2040-01-01 and today" in found.stderr
