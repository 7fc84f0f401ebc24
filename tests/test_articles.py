"""The reader on the project's own short articles: every record keeps the contract, shares of right rows hold their floors.

The floors stand in ``bench/floors.toml`` and only rise. ``make bench-own`` prints the shares and every row that is missed.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import dragoman as dm
from bench import own_articles
from bench.own_articles import OwnArticle, Score
from support import check_record

FLOORS = tomllib.loads((Path(own_articles.__file__).parent / "floors.toml").read_text("utf-8"))["own_articles"]
ARTICLES = own_articles.load()


@pytest.fixture(scope="module")
def records() -> dict[str, dm.Record]:
    reader = dm.load()
    return {article.name: next(reader.pipe([article.document])) for article in ARTICLES}


@pytest.fixture(scope="module")
def total(records: dict[str, dm.Record]) -> Score:
    total = Score()
    for article in ARTICLES:
        own_articles.add(total, article, records[article.name])
    return total


def test_there_are_forty_articles_of_many_kinds() -> None:
    assert len(ARTICLES) >= 40
    assert len({article.kind for article in ARTICLES}) >= 20


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.name)
def test_every_record_keeps_the_contract(article: OwnArticle, records: dict[str, dm.Record]) -> None:
    whole = check_record(records[article.name])
    assert whole["article"]["sentences"]


@pytest.mark.parametrize("share", sorted(FLOORS))
def test_the_share_of_right_rows_holds_its_floor(share: str, total: Score) -> None:
    rows = total.forbidden if share == "forbidden_left_out" else total.missed
    assert total.shares()[share] >= FLOORS[share], "\n".join(rows)


def test_a_text_in_another_language_is_never_coded(records: dict[str, dm.Record]) -> None:
    german = records["38_german"]
    assert german.article.language == "de"
    assert not german.events
    assert not german.statements


def test_the_same_text_gives_the_same_record_alone_and_in_a_batch(records: dict[str, dm.Record]) -> None:
    batch = list(dm.load().pipe([article.document for article in ARTICLES[:6]]))
    assert [record.to_dict() for record in batch] == [records[article.name].to_dict() for article in ARTICLES[:6]]
