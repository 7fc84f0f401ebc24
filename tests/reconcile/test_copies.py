"""Near-copies: agency text in many outlets, rewrites, updates, and what only looks alike."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Sequence

import pytest

from dragoman.read import read
from dragoman.reconcile.copies import Clusters, Copy, Days, Text, link, sketch, text_of
from dragoman.records import Article, Document
from dragoman.settings import DEFAULT

AGENCY = """LIMA - The foreign ministers of Peru and Latvia opened a consulate in Lima on Tuesday and promised to
double trade within four years. Minister Ana Quispe said the office would help 1,200 students a year. Her
guest, Juris Kalnins, called the step overdue. Latvia sells timber and medicine to Peru and buys coffee
and copper. Trade between the two came to 84 million dollars last year, customs figures show. Kalnins
will travel on to Cusco on Wednesday, where he is to visit a school that Riga pays for. A ship with
Latvian timber is expected in Callao on Friday."""
LOCAL = AGENCY.replace("LIMA - ", "") + " The mayor of Lima also attended."
UPDATE = (
    AGENCY
    + """ In a later statement the two governments said that the consulate would also issue visas for Estonia and
Lithuania, and that a second office would open in Arequipa by the end of next year if parliament agrees
to the cost of nine million soles. Opposition deputies in Lima criticised the cost and asked for a vote,
which was set for Thursday morning at ten."""
)
OTHER = """LIMA - The central bank of Peru held its main rate at four percent on Tuesday and said that inflation
would fall within a year. Governor Luis Prado said food was still too dear. Banks had expected a cut. The
bank buys dollars when the sol is strong and sells them when it is weak. Growth came to two percent last
year, the bank said, and will come to three this year if copper stays where it is."""


def article(text: str, published: str | None = "2031-03-04", title: str = "News", outlet: str | None = None) -> Article:
    (one,) = read(Document(text=text, title=title, published=published, outlet=outlet), DEFAULT)
    return one


def text(words: str, published: str | None = "2031-03-04", title: str = "News") -> Text:
    return text_of(article(words, published, title))


def kinds(found: Clusters) -> list[tuple[str, float]]:
    return [(row.kind, row.similarity) for row in found.rows]


def test_the_same_agency_text_in_two_outlets_is_a_copy_of_the_earlier_one() -> None:
    first, second = text(AGENCY, "2031-03-04"), text(LOCAL, "2031-03-05")
    (row,) = link([second, first]).rows
    assert (row.document, row.of, row.kind, row.newest) == (second.document, first.document, "copy", False)
    assert row.similarity > 0.9


def test_a_text_that_grew_is_an_update_and_the_newest_holds() -> None:
    first, later = text(AGENCY), text(UPDATE, "2031-03-05")
    (row,) = link([first, later]).rows
    assert (row.of, row.kind, row.newest) == (first.document, "update", True)


def test_another_story_of_the_same_day_and_place_is_no_copy() -> None:
    assert link([text(AGENCY), text(OTHER)]).rows == ()


def test_the_same_text_a_month_later_is_not_the_same_news() -> None:
    assert link([text(AGENCY, "2031-03-04"), text(LOCAL, "2031-04-20")]).rows == ()


def test_a_round_up_that_holds_a_short_text_is_no_copy_of_it() -> None:
    chance = random.Random(4)
    rest = " ".join(
        " ".join(
            chance.choices("river market senate harvest engine village budget teacher bridge winter".split(), k=14)
        ).capitalize()
        + "."
        for _ in range(60)
    )
    assert link([text(AGENCY), text(f"{AGENCY} {rest}")]).rows == ()


def test_two_short_texts_that_share_a_phrase_are_not_copies() -> None:
    first = text("Peru opens a consulate. The foreign minister of Peru opened a consulate in Riga on Monday.")
    other = text("Peru opens a school. The foreign minister of Peru opened a school in Cusco on Monday.")
    assert link([first, other]).rows == ()


def test_lines_of_the_house_make_no_copies() -> None:
    house = """Reporting by Ana Rojas in Lima; editing by Karl Bauer and Jo Smith. Sign up for our newsletter to get the
news of the day in your inbox. All rights reserved by the publisher of this site. Follow us for breaking
news from all over the world today."""
    assert link([text(f"{AGENCY} {house}"), text(f"{OTHER} {house}")]).rows == ()


def test_the_clusters_are_the_same_in_any_order_of_batches() -> None:
    texts = [
        text(AGENCY, "2031-03-04"),
        text(LOCAL, "2031-03-05"),
        text(UPDATE, "2031-03-06"),
        text(OTHER, "2031-03-04"),
        text(OTHER + " More tomorrow.", "2031-03-05"),
    ]
    wanted = link(texts).rows
    assert len(wanted) == 3
    for seed in range(12):
        order = random.Random(seed).sample(texts, len(texts))
        assert added_one_by_one(order) == wanted


def added_one_by_one(texts: Sequence[Text]) -> tuple[Copy, ...]:
    """The rows after each text was added to a store of those before it."""
    stored: list[Text] = []
    rows: dict[str, Copy] = {}
    for one in texts:

        def nearby(days: Sequence[Days]) -> list[Text]:
            return [t for t in stored for d in days if t.published and (d.from_ or "") <= t.published <= (d.to or "")]

        found = link([one], nearby)
        stored.append(one)
        for document in found.originals:
            rows.pop(document, None)
        rows.update((row.document, row) for row in found.rows)
    return tuple(rows[k] for k in sorted(rows))


def test_texts_without_a_day_are_compared_with_each_other_only() -> None:
    assert kinds(link([text(AGENCY, None), text(LOCAL, None)]))[0][0] == "copy"
    assert link([text(AGENCY, None), text(LOCAL, "2031-03-04")]).rows == ()


@pytest.mark.parametrize("seed", ["0", "1"])
def test_a_sketch_is_the_same_in_every_process(seed: str) -> None:
    words = "Peru and Latvia opened a consulate in Lima on Tuesday and promised to double trade within four years."
    code = (
        "from dragoman.read import read; from dragoman.records import Document; from dragoman.settings import DEFAULT;"
        "from dragoman.reconcile.copies import sketch;"
        f"print(sketch(next(iter(read(Document(text={words!r}, title='News'), DEFAULT)))).hex())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONHASHSEED": seed, "PATH": "/usr/bin"},
    )
    assert bytes.fromhex(done.stdout.strip()) == sketch(article(words, None))


def test_a_sketch_has_the_same_size_for_any_text() -> None:
    assert len(sketch(article("Peru."))) == len(sketch(article(AGENCY))) == 1_036
