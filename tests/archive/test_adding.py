"""``archive.add``: what is there already is passed over, what fails is listed, stopping and starting again changes nothing."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

import dragoman as dm
from bench import standin
from bench.archive_kills import rows
from dragoman.archive import adding, upkeep
from dragoman.archive.verify import verify
from dragoman.errors import UsageError
from dragoman.records import Article, Record
from dragoman.settings import Settings

FEW = Settings(batch_articles=4)
load = partial(standin.load, FEW)


@pytest.fixture
def archive(tmp_path: Path) -> dm.Archive:
    return dm.Archive(tmp_path / "relations", settings=FEW)


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    standin.write_inputs(tmp_path / "inputs", 24, seed=1)
    return tmp_path / "inputs"


def test_every_input_gives_its_articles_and_the_rest_is_named(archive: dm.Archive, inputs: Path) -> None:
    added = adding.add(archive, [inputs], load)
    assert added.articles == archive.count("articles") == 24
    assert added.events == archive.count("events") > 50
    assert archive.count("inputs") == 10  # eight text files, a table, a file of lines
    reasons = [failure.words for failure in added.failures]
    assert len(reasons) == archive.count("failures") == 3
    for name, reason in (("empty.txt", "0 bytes"), ("lines.jsonl", "no JSON"), ("table.csv", "no text")):
        assert any(name in words and reason in words for words in reasons), reasons
    assert verify(archive) == []


def test_same_files_again_add_nothing(archive: dm.Archive, inputs: Path) -> None:
    adding.add(archive, [inputs], load)
    before = rows(archive)
    again = adding.add(archive, [inputs], load)
    assert (again.articles, again.passed) == (0, 10)
    assert rows(archive) == before


def test_same_text_from_another_file_adds_nothing(archive: dm.Archive, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Chile praised Norway over the harbour plan.\n")
    with (tmp_path / "b.csv").open("w", newline="") as file:
        csv.writer(file).writerows(
            [["text"], ["Chile praised Norway over the harbour plan.\n"], ["Peru met Oman over fishing."]]
        )
    assert adding.add(archive, [tmp_path / "a.txt"], load).articles == 1
    added = adding.add(archive, [tmp_path / "b.csv"], load)
    assert (added.articles, added.passed) == (1, 1)
    assert archive.query("select articles from inputs order by input")["articles"].to_pylist() == [1, 2]


def test_file_that_has_grown_adds_what_is_new(archive: dm.Archive, tmp_path: Path) -> None:
    table = tmp_path / "news.csv"
    table.write_text("text\nChile praised Norway over fishing.\n")
    adding.add(archive, [table], load)
    table.write_text("text\nChile praised Norway over fishing.\nPeru met Oman over fishing.\n")
    assert adding.add(archive, [table], load).articles == 1
    assert archive.count("inputs") == 1
    assert verify(archive) == []


@dataclass(frozen=True, slots=True)
class Breaking:
    """A reader that is stopped at the n-th article it codes, as a person or the system stops a program."""

    inner: standin.StandIn
    after: int
    seen: list[str]
    error: type[BaseException] = KeyboardInterrupt

    @property
    def settings(self) -> Settings:
        return self.inner.settings

    @property
    def profile(self) -> str:
        return self.inner.profile

    def code(self, article: Article) -> Record:
        self.seen.append(article.id)
        if len(self.seen) == self.after:
            raise self.error
        return self.inner.code(article)


class Killed(BaseException):
    """Nothing that runs catches it."""


@pytest.mark.parametrize("error", [KeyboardInterrupt, Killed])
@pytest.mark.parametrize("after", [1, 6, 13, 23])
def test_stopped_and_started_again_gives_the_tables_of_one_run(
    archive: dm.Archive, inputs: Path, tmp_path: Path, after: int, error: type[BaseException]
) -> None:
    whole = dm.Archive(tmp_path / "whole", settings=FEW)
    adding.add(whole, [inputs], load)
    broken = Breaking(load(), after, [], error)
    with pytest.raises(error):
        adding.add(archive, [inputs], lambda: broken)
    adding.add(archive, [inputs], load)
    assert rows(archive) == rows(whole)
    assert verify(archive) == []


def test_stopped_run_says_so(archive: dm.Archive, inputs: Path) -> None:
    with pytest.raises(Killed):
        adding.add(archive, [inputs], lambda: Breaking(load(), 13, [], Killed))
    (run,) = archive.table("runs").to_pylist()
    assert (run["status"], run["articles"]) == ("stopped", archive.count("articles"))
    adding.add(archive, [inputs], load)
    assert sorted(archive.table("runs")["status"].to_pylist()) == ["done", "stopped"]


def test_two_workers_give_the_tables_of_one(archive: dm.Archive, inputs: Path, tmp_path: Path) -> None:
    alone = dm.Archive(tmp_path / "alone", settings=FEW)
    adding.add(alone, [inputs], load)
    adding.add(archive, [inputs], load, workers=2)
    assert rows(archive) == rows(alone)
    assert archive.table("articles")["input"].to_pylist() == alone.table("articles")["input"].to_pylist()


def test_worker_that_dies_is_told(archive: dm.Archive, inputs: Path) -> None:
    with pytest.raises(dm.DragomanError, match="worker process ended"):
        adding.add(archive, [inputs], _dies, workers=2)


def _dies() -> standin.StandIn:
    import os

    os._exit(9)


@dataclass(frozen=True, slots=True)
class Odd:
    """A reader that cannot code one article."""

    inner: standin.StandIn
    refuses: str

    @property
    def settings(self) -> Settings:
        return self.inner.settings

    @property
    def profile(self) -> str:
        return self.inner.profile

    def code(self, article: Article) -> Record:
        if self.refuses in article.text:
            raise ValueError("an odd article")
        return self.inner.code(article)


def test_failed_inputs_are_listed_and_retried_alone(archive: dm.Archive, tmp_path: Path) -> None:
    for name, words in (("a", "Chile praised Norway over fishing."), ("b", "Peru met Oman over fishing.")):
        (tmp_path / f"{name}.txt").write_text(words)
    added = adding.add(archive, [tmp_path / "a.txt", tmp_path / "b.txt"], lambda: Odd(load(), "Peru"))
    assert added.articles == 1
    assert [failure.words for failure in added.failures] == [
        f"{tmp_path / 'b.txt'}: unexpected ValueError: an odd article; please report it with the input"
    ]
    assert archive.table("failures")["input"].to_pylist() == [str(tmp_path / "b.txt")]
    again = adding.add(archive, [], lambda: Odd(load(), "Peru"), retry=True)
    assert (again.articles, archive.count("failures")) == (0, 1)
    assert adding.add(archive, [], load, retry=True).articles == 1
    assert archive.count("failures") == 0
    assert verify(archive) == []


def test_article_in_another_language_is_kept_uncoded_and_listed_once(archive: dm.Archive, tmp_path: Path) -> None:
    german = "Die Minister trafen sich am Montag in der Stadt, um über den Hafen und die Fischerei zu sprechen. " * 3
    (tmp_path / "a.txt").write_text(german)
    for _ in range(2):
        adding.add(archive, [tmp_path / "a.txt"], load)
    assert archive.count("articles") == archive.count("failures") == 1
    assert "German" in archive.table("failures")["reason"][0].as_py()
    assert adding.add(archive, [], load, retry=True).articles == 0
    assert archive.count("failures") == 1


def test_small_files_of_many_batches_are_merged(tmp_path: Path) -> None:
    archive = dm.Archive(tmp_path / "relations", settings=Settings(batch_articles=1))
    standin.write_inputs(tmp_path / "inputs", 20, seed=2)
    adding.add(archive, [tmp_path / "inputs"], load)
    assert archive.snapshot().batch > 20
    assert max(len(held.parts) for held in archive.snapshot().tables.values()) <= upkeep.FAN
    assert verify(archive) == []


def test_progress_is_told_with_rate_and_time_left(archive: dm.Archive, inputs: Path) -> None:
    told: list[adding.Progress] = []
    adding.add(archive, [inputs], load, tell=told.append)
    assert [one.inputs for one in told] == sorted(one.inputs for one in told)
    assert (told[-1].inputs, told[-1].of, told[-1].articles, told[-1].failed) == (10, 11, 24, 3)
    assert told[-1].rate > 0


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda archive: archive.add("x.txt", workers=0), "0 workers"),
        (lambda archive: archive.add("x.txt", retry_failed=True), "both given"),
        (lambda archive: archive.add("x.txt", published="soon"), "no publication date"),
    ],
)
def test_wrong_calls_are_refused(archive: dm.Archive, call: Callable[[dm.Archive], object], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        call(archive)
    assert not archive.exists()


def test_near_copies_and_groups_are_found_across_batches(archive: dm.Archive, tmp_path: Path) -> None:
    words = standin.text(__import__("random").Random(3), 7)
    (tmp_path / "a.txt").write_text(words)
    (tmp_path / "b.txt").write_text(words + "\n\nReporting of the evening desk.")
    for name in "ab":
        adding.add(archive, [tmp_path / f"{name}.txt"], load, published=_day("2030-01-02"))
    assert archive.count("copies") == 1
    groups = archive.table("groups").to_pylist()
    assert len({row["group"] for row in groups}) < len(groups) == archive.count("events")
    assert verify(archive) == []


def _day(text: str) -> dm.records.Interval:
    from dragoman.read.published import from_value

    found = from_value(text)
    assert found is not None
    return found


def test_reader_that_is_loaded_for_an_archive_has_its_settings(
    archive: dm.Archive, inputs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[tuple[str, Settings]] = []

    def loaded(*, profile: str, settings: Settings) -> standin.StandIn:
        given.append((profile, settings))
        return standin.load(settings)

    monkeypatch.setattr("dragoman.reader.load", loaded)
    archive.add(inputs)
    archive.reread(profile="fast")
    assert given == [("default", FEW), ("fast", FEW)]
