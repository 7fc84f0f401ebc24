"""The keys beside the files of articles: which ids are there, without reading the column."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.archived import small

import dragoman as dm
from bench import standin
from dragoman.archive import keys, upkeep
from dragoman.archive.verify import verify
from dragoman.read import from_text


@pytest.fixture
def archive(tmp_path: Path) -> dm.Archive:
    made = dm.Archive(tmp_path / "relations")
    reader = standin.load()
    for seed in (1, 2):
        made.write(reader.code(from_text(row["text"], published=row["published"])) for row in standin.documents(4, seed))
    return made


def known(archive: dm.Archive, *more: str) -> set[str]:
    return archive.known("articles", "id", [*archive.table("articles")["id"].to_pylist(), *more])


@given(st.lists(st.integers(0, 2**64 - 1)), st.integers(0, 5))
def test_ids_are_numbers_of_their_digits(values: list[int], skipped: int) -> None:
    ids = pa.array([f"{value:016x}" for value in values], pa.string()).slice(skipped)
    found = keys.numbers(ids)
    assert found is not None
    assert found.tolist() == values[skipped:]


@pytest.mark.parametrize("ids", [["abc"], ["0123456789abcdeg"], ["0123456789ABCDEF"], [None]])
def test_ids_of_another_kind_are_no_numbers(ids: list[str | None]) -> None:
    assert keys.numbers(pa.array(ids, pa.string())) is None


def test_stored_articles_are_known_by_their_keys(archive: dm.Archive) -> None:
    ids = set(archive.table("articles")["id"].to_pylist())
    assert known(archive, "0123456789abcdef", "no id") == ids
    upkeep.compact(archive)
    assert known(archive, "0123456789abcdef") == ids
    assert len(list((archive.path / keys.FOLDER).iterdir())) == 3


def test_articles_with_ids_of_another_kind_are_looked_for_in_the_table(tmp_path: Path) -> None:
    archive = small(tmp_path / "relations")
    assert known(archive, "x") == {"m", "r", "o"}


@pytest.mark.parametrize("harm", ["gone", "cut"])
def test_lost_keys_are_made_again(archive: dm.Archive, harm: str) -> None:
    for path in (archive.path / keys.FOLDER).iterdir():
        path.unlink() if harm == "gone" else path.write_bytes(path.read_bytes()[:3])
    assert known(archive) == set(archive.table("articles")["id"].to_pylist())
    assert verify(archive) == []


def test_wrong_keys_are_found_by_verify(archive: dm.Archive) -> None:
    path = next((archive.path / keys.FOLDER).iterdir())
    path.write_bytes(bytes(len(path.read_bytes())))
    assert [(found.table, found.count) for found in verify(archive)] == [("articles", 1)]


def test_vacuum_removes_keys_of_files_that_are_gone(archive: dm.Archive) -> None:
    upkeep.compact(archive)
    upkeep.vacuum(archive, hours=0)
    assert len(list((archive.path / keys.FOLDER).iterdir())) == len(archive.snapshot().tables["articles"].files)
