"""``--ray local`` gives the tables of the plain run."""

from __future__ import annotations

from pathlib import Path

import pytest

import dragoman as dm
from bench import standin
from bench.archive_kills import rows
from dragoman.archive import adding, rays
from dragoman.archive.inputs import Input, Task
from dragoman.errors import OversizeInput, UsageError
from dragoman.read import Source
from dragoman.settings import Settings


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.filterwarnings("ignore")  # Ray's own
def test_tables_of_a_run_on_ray_are_those_of_a_plain_one(tmp_path: Path) -> None:
    pytest.importorskip("ray")
    standin.write_inputs(tmp_path / "inputs", 12, seed=1)
    plain, spread = dm.Archive(tmp_path / "plain"), dm.Archive(tmp_path / "spread")
    adding.add(plain, [tmp_path / "inputs"], standin.load)
    adding.add(spread, [tmp_path / "inputs"], standin.load, workers=2, ray="local")
    assert rows(spread) == rows(plain)


def test_ray_that_is_not_installed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "ray", None)
    (tmp_path / "a.txt").write_text("Chile praised Norway over fishing.")
    with pytest.raises(UsageError, match=r"install dragoman\[ray\]"):
        adding.add(dm.Archive(tmp_path / "relations"), [tmp_path / "a.txt"], standin.load, ray="local")


def test_inputs_of_a_cluster_are_read_by_the_settings_of_the_archive(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("Chile praised Norway over fishing.")
    task = Task(Input(Source(str(file), path=file)))
    assert rays._with_bytes(task, Settings()).input.source.data == file.read_bytes()
    assert isinstance(rays._with_bytes(task, Settings(max_bytes=10)).input.source.problem, OversizeInput)
