"""Rows for people: a table where there is room, else row by row; nothing is folded into what nobody can read."""

from __future__ import annotations

import pytest

from dragoman.commands.common import print_rows

ROWS = [{f"column_{n}": value for n, value in enumerate((None, "x" * 30, 1_200, True, 0.5, "y" * 30))}] * 2


def test_what_is_piped_has_each_row_on_one_line(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    print_rows(ROWS, False)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3
    assert all(words in lines[1] for words in ("x" * 30, "1,200", "yes"))


def test_a_narrow_terminal_shows_a_line_a_column(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("FORCE_COLOR", "1")
    print_rows(ROWS, False)
    out = capsys.readouterr().out
    assert "1 of 2" in out
    assert f"  column_1  {'x' * 30}" in out
