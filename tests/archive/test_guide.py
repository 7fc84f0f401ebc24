"""docs/queries.md runs as written."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

import archived

DOCS = Path(__file__).parents[2] / "docs"


def test_the_page_on_queries_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pandas")
    pytest.importorskip("polars")
    archived.small(tmp_path / "relations")
    monkeypatch.chdir(tmp_path)
    done = doctest.testfile(
        str(DOCS / "queries.md"),
        module_relative=False,
        optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE | doctest.IGNORE_EXCEPTION_DETAIL,
    )
    assert done.attempted > 10
    assert done.failed == 0
