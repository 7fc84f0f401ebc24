"""Counts below the least that means something are refused, by every command alike."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

import archived
from dragoman.cli import app
from dragoman.errors import UsageError


@pytest.mark.parametrize(
    "words",
    [
        ("events", "--limit", "-1"),
        ("sql", "select 1", "--limit", "-1"),
        ("sql", "select 1", "--seconds", "0"),
        ("votes", "votes.csv", "CHN", "RUS", "--limit", "-1"),
        ("votes", "votes.csv", "CHN", "RUS", "--session", "0"),
        ("dyad", "CHN", "RUS", "--limit", "-1"),
        ("blocs", "--votes", "votes.csv", "--by", "0"),
        ("blocs", "--draws", "-1"),
        ("blocs", "--year", "19x"),
        ("blocs", "--year", "0"),
        ("runs", "--last", "-1"),
        ("add", "a.txt", "--workers", "0"),
        ("reread", "--workers", "0"),
    ],
)
def test_a_count_that_means_nothing_is_refused_with_the_option_it_was_given_to(words: tuple[str, ...]) -> None:
    done = CliRunner().invoke(app, words, env={"COLUMNS": "200"})
    assert done.exit_code == 2
    assert f"Invalid value for '{words[-2]}'" in done.stderr


def test_sql_refuses_a_limit_below_zero_from_python_too(tmp_path: Path) -> None:
    archive = archived.small(tmp_path / "relations")
    with pytest.raises(UsageError, match="limit -1 is below 0"):
        archive.sql("select 1", limit=-1)
    table, cut = archive.sql("select 1", limit=0)
    assert (len(table), cut) == (0, True)
