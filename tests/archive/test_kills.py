"""The short form of ``python -m bench.archive_kills``: add is killed and started again, writers and readers work at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.archive_kills import crowd, differences, kills


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_killed_adds_lose_and_double_nothing(tmp_path: Path) -> None:
    assert kills(4, tmp_path, articles=36) == 0


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_readers_see_whole_batches_while_two_writers_add(tmp_path: Path) -> None:
    assert crowd(4.0, tmp_path) == 0


def test_lost_and_doubled_rows_would_be_seen() -> None:
    assert differences({"events": ["a", "a", "b"]}, {"events": ["a", "b", "c"]}) == {"events": (1, 1)}
    assert differences({"events": ["b", "a"]}, {"events": ["a", "b"]}) == {}
