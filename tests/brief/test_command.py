"""``dragoman brief``: formats by the file's ending, and what is said where it cannot be written."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from dragoman.archive.archive import Archive
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
