"""Pairs, days and the file of a newsletter."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from dragoman.archive.archive import Archive
from dragoman.cli import app
from dragoman.errors import UsageError
from dragoman.web import newsletter


@pytest.mark.parametrize(
    ("text", "pair"),
    [("RUS-CHN", ("CHN", "RUS")), ("Guinea-Bissau-SEN", ("GNB", "SEN")), ("norway - Chile", ("CHL", "NOR"))],
)
def test_a_watched_pair_is_two_codes_or_names(text: str, pair: tuple[str, str]) -> None:
    assert newsletter.pair_of(text) == pair


@pytest.mark.parametrize(
    ("text", "words"),
    [("CHN", "no pair"), ("CHN-China", "no pair"), ("CHN-CHN-RUS", "no pair"), ("NATO-RUS", "there is no state 'NATO'")],
)
def test_what_is_no_pair_is_refused(text: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        newsletter.pair_of(text)


def test_a_month_is_a_first_day(archive: Archive, tmp_path: Path) -> None:
    told = [newsletter.write(archive, tmp_path / "n.html", ["CHL-NOR"], since=since) for since in ("2031-03", "2031-03-01")]
    assert told[0] == told[1] > 0
    with pytest.raises(UsageError, match="since '2031-13' is not a date"):
        newsletter.write(archive, tmp_path / "n.html", ["CHL-NOR"], since="2031-13")


def test_a_file_that_cannot_be_written_is_named(archive: Archive, tmp_path: Path) -> None:
    file = tmp_path / "missing" / "week.eml"
    asked = ["publish", "--newsletter", str(file), "--watch", "CHL-NOR", "--archive", str(archive.path)]
    error = CliRunner().invoke(app, asked).exception
    assert isinstance(error, UsageError)
    assert "week.eml cannot be written (No such file or directory); give another place" in str(error)
