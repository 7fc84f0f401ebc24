"""Discrepancies between articles are kept with the batch that finds them, and go when they no longer hold."""

from __future__ import annotations

from pathlib import Path

import pytest

import dragoman as dm
from dragoman.archive.verify import verify
from dragoman.read import read
from dragoman.records import ActorRef, Document, Event, Evidence, Figure, Interval, Record, Span, content_id
from dragoman.settings import DEFAULT

STATES = {"Poland": "POL", "Russian": "RUS"}


def record(words: str, published: str, count: float) -> Record:
    """An article of one sentence with one expulsion and one figure."""
    (article,) = read(Document(text=words, title=None, published=published), DEFAULT)
    (sentence,) = article.sentences
    evidence = (Evidence(article.id, 0, sentence.start, sentence.end),)

    def state(word: str) -> ActorRef:
        at = article.text.index(word)
        return ActorRef(STATES[word], word, at, at + len(word), STATES[word], "GOV")

    start = article.text.index("expelled")
    counted = article.text.index("Russian") - 2
    number = article.text[:counted].split()[-1]
    first = article.text.index(number)
    last = article.text.index("diplomats") + len("diplomats")
    event = Event(
        id=content_id(article.id, "event"),
        source=state("Poland"),
        target=state("Russian"),
        root="SANCTION",
        mode="expel",
        context=(),
        quad=4,
        cameo="16",
        intensity=-5.5,
        modality="happened",
        asserted_by=None,
        mutual=False,
        date=Interval("2031-05-05", "2031-05-05", "day", "relative", "on Monday"),
        place=None,
        trigger=Span("expelled", start, start + 8),
        score=0.9,
        evidence=evidence,
    )
    figure = Figure(
        count, "diplomats", "Russian diplomats expelled", "RUS", None, article.text[first:last],
        (Evidence(article.id, 0, first, last),),
    )  # fmt: skip
    return Record({"codebook": "1", "models": {}}, article, (), (event,), figures=(figure,))


FIVE = record("Poland expelled five Russian diplomats on Monday for spying.", "2031-05-06", 5)
EIGHT = record("Poland expelled eight Russian diplomats on Monday over espionage, a radio said.", "2031-05-06", 8)
AGAIN = record("On Monday Poland expelled five Russian diplomats, all of the consulate in Gdansk.", "2031-05-07", 5)


@pytest.fixture
def archive(tmp_path: Path) -> dm.Archive:
    return dm.Archive(tmp_path / "relations")


def found(archive: dm.Archive) -> list[tuple[str, list[str], int | None]]:
    rows = archive.table("discrepancies").to_pylist()
    assert all(row["document"] is None and row["group"] for row in rows)
    return [(row["kind"], [side["value"] for side in row["sides"]], row["favoured"]) for row in rows]


def test_two_counts_in_two_batches_are_one_row_with_both_sides(archive: dm.Archive) -> None:
    archive.write([FIVE])
    assert found(archive) == []
    archive.write([EIGHT])
    assert found(archive) == [("number", ["5", "8"], None)]
    assert [finding for finding in verify(archive) if finding.table == "discrepancies"] == []


def test_a_later_article_can_decide_it(archive: dm.Archive) -> None:
    for one in (FIVE, EIGHT, AGAIN):
        archive.write([one])
    assert found(archive) == [("number", ["5", "8"], 0)]


def test_the_order_of_batches_does_not_matter(archive: dm.Archive, tmp_path: Path) -> None:
    other = dm.Archive(tmp_path / "other")
    for one in (FIVE, EIGHT, AGAIN):
        archive.write([one])
    other.write([AGAIN, EIGHT])
    other.write([FIVE])
    names = ["id", "group", "kind", "about", "sides", "favoured", "reason", "score"]
    assert archive.table("discrepancies").select(names).to_pylist() == other.table("discrepancies").select(names).to_pylist()
