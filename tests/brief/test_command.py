"""``dragoman brief``: formats by the file's ending, and what is said where it cannot be written."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import dragoman.brief
from dragoman.archive.archive import Archive
from dragoman.brief.document import Brief, Line, Refused
from dragoman.cli import app
from dragoman.commands.brief import FORMATS, _form
from dragoman.errors import UsageError


@pytest.mark.parametrize(
    ("name", "form"), [("a.html", "html"), ("a.HTM", "html"), ("a.md", "md"), ("a.markdown", "md"), ("a.pdf", "pdf")]
)
def test_the_ending_says_the_format(name: str, form: str) -> None:
    assert _form(Path(name), False) == form


def test_without_a_file_it_is_markdown_or_json() -> None:
    assert (_form(None, False), _form(None, True)) == ("md", "json")


def test_an_ending_without_a_format_names_those_there_are() -> None:
    with pytest.raises(UsageError, match=", .".join(FORMATS)):
        _form(Path("brief.rtf"), False)


def test_two_formats_at_once_are_refused() -> None:
    with pytest.raises(UsageError, match="two formats"):
        _form(Path("brief.html"), True)


def test_a_brief_is_written_and_a_wrong_call_ends_with_two(tmp_path: Path) -> None:
    Archive(tmp_path / "relations").write([])
    call = [sys.executable, "-m", "dragoman.cli", "brief", "--archive", str(tmp_path / "relations")]
    done = subprocess.run([*call, "CHN", "RUS", "-o", str(tmp_path / "b.html")], capture_output=True, text=True, check=False)
    wrong = subprocess.run([*call, "CHN", "CHN"], capture_output=True, text=True, check=False)
    assert (done.returncode, wrong.returncode) == (0, 2), (done.stderr, wrong.stderr)
    assert "0 sentences printed" in done.stderr
    assert "The archive holds no event" in (tmp_path / "b.html").read_text("utf-8")
    assert "Traceback" not in wrong.stderr


def test_a_brief_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    Archive(tmp_path / "relations").write([])
    asked = ["brief", "CHN", "RUS", "--since", "2031-03", "--archive", str(tmp_path / "relations")]
    error = CliRunner().invoke(app, [*asked, "-o", str(tmp_path / "missing" / "b.html")]).exception
    assert isinstance(error, UsageError)
    assert "b.html cannot be written (No such file or directory); give another place" in str(error)


def test_refused_sentences_hold_nothing_that_a_terminal_obeys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Archive(tmp_path / "relations").write([])
    refused = (Refused(Line("China \x1b[2Jaccused Japan.", "event"), ("no such \x1b]0;words\x07",)),)
    monkeypatch.setattr(dragoman.brief, "make", lambda archive, asked: Brief("t", (), (), (), (), "m", refused))
    done = CliRunner().invoke(app, ["brief", "CHN", "JPN", "--refused", "--archive", str(tmp_path / "relations")])
    assert "refused (no such ]0;words): China [2Jaccused Japan." in done.stderr
