"""The lines of docs/adding-to-the-codebook.md can be added as the page says, and are found; a line in the wrong place fails."""

from __future__ import annotations

import re
import shutil
from importlib import resources
from pathlib import Path

import pytest

from dragoman import codebook
from dragoman.codebook import Codebook
from dragoman.coding.actors.resolver import Resolver
from dragoman.errors import CodebookError

PAGE = Path(__file__).parents[2] / "docs" / "adding-to-the-codebook.md"
LINES = re.findall(r"```csv (\S+)\n(.+)\n```", PAGE.read_text("utf-8"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with resources.as_file(resources.files("dragoman.codebook") / "data") as data:
        return Path(shutil.copytree(data, tmp_path / "data"))


def added(folder: Path, *, last: bool = True) -> Codebook:
    """The codebook with the page's lines, whose names sort last, at the end of their files or at the head."""
    for file, line in LINES:
        rows = (folder / file).read_text("utf-8").splitlines()
        rows.insert(len(rows) if last else 1, line)
        (folder / file).write_text("\n".join(rows) + "\n", "utf-8")
    return codebook.load_from(folder)


def test_the_lines_of_the_page_are_found(folder: Path) -> None:
    resolver = Resolver(added(folder))
    minister = resolver.actor("Zyra Aldana", on="2020-01-15")
    forum = resolver.actor("the Great Lakes Water Forum")
    assert minister is not None
    assert (minister.country, minister.role, minister.sector) == ("GTM", "foreign minister", "GOV")
    assert forum is not None
    assert (forum.id, forum.country) == ("zz-Lakes-Forum", "IGO")


def test_a_line_in_the_wrong_place_is_named(folder: Path) -> None:
    with pytest.raises(CodebookError, match=r"line 3: unsorted"):
        added(folder, last=False)
