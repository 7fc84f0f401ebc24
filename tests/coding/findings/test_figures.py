"""Figures: what is counted, whose, on whom; short own texts with the expected rows beside them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman import codebook
from dragoman.coding.actors.resolver import Resolver
from dragoman.coding.findings.figures import figures
from dragoman.records import Article, Figure, Sentence, content_id

RESOLVER = Resolver(codebook.load())


def read(text: str) -> tuple[Figure, ...]:
    sentences = (Sentence(0, "body", 0, len(text)),)
    article = Article(content_id(text), None, None, (), "en", None, None, (), None, text, sentences)
    return figures(article, RESOLVER.article(article))


def rows(text: str) -> list[tuple[float, str, str | None, str | None, str | None]]:
    return [(f.value, f.unit, f.what, f.of, f.on) for f in read(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He sat among 29 other foreign leaders.", [(29.0, "leaders", "foreign leaders", None, None)]),
        ("Israeli forces killed 12 Palestinians.", [(12.0, "persons", "Palestinians killed", "PSE", None)]),
        (
            "The blast killed 14 people and wounded 30 others.",
            [(14.0, "persons", "killed", None, None), (30.0, "persons", "injured", None, None)],
        ),
        ("The death toll rose to 45.", [(45.0, "persons", "killed", None, None)]),
        ("Russia sent 300 tanks to Syria.", [(300.0, "tanks", "tanks", "RUS", None)]),
        ("Chad and Niger sent 300 tanks to Syria.", [(300.0, "tanks", "tanks", None, None)]),
        ("The United States gave $400 million in aid to Ukraine.", [(4e8, "USD", "aid", "USA", "UKR")]),
        ("Washington imposed a 25% tariff on Chinese steel.", [(25.0, "percent", "tariff", "USA", "CHN")]),
        ("It caught five Chinese fishing vessels.", [(5.0, "ships", "Chinese fishing vessels", "CHN", None)]),
        ("The field yields 1.5 million barrels of oil.", [(1.5e6, "barrels", "barrels", None, None)]),
        ("Police arrested 200 protesters.", [(200.0, "protesters", "protesters arrested", None, None)]),
        ("The attack left 23 dead.", [(23.0, "persons", "killed", None, None)]),
        ("Some 476 people were on board.", [(476.0, "persons", "aboard", None, None)]),
    ],
)
def test_what_is_counted_and_whose(text: str, expected: list[tuple[object, ...]]) -> None:
    assert rows(text) == expected


def test_two_that_are_known_are_not_counted() -> None:
    assert rows("The two countries signed it.") == []


def test_a_range_keeps_both_ends_and_a_bound_is_told() -> None:
    (both,) = read("Between 10 and 15 ships left.")
    (least,) = read("At least 40 soldiers died.")
    assert (both.value, both.to, both.bound) == (10.0, 15.0, None)
    assert (least.value, least.bound, least.text) == (40.0, "at least", "At least 40 soldiers")


def test_no_unit_no_row() -> None:
    assert rows("He spoke of 12 and left.") == []


@given(st.text(max_size=200))
@settings(max_examples=50, deadline=None)
def test_any_text_gives_figures_that_stand_in_it(text: str) -> None:
    for figure in read(text):
        span = figure.evidence[0]
        assert text[span.start : span.end] == figure.text


@pytest.mark.parametrize("text", ["The boat came within 5 m of a cutter.", "They built a 5m-high wall at the border."])
def test_metres_are_no_millions(text: str) -> None:
    assert all(f.value != 5e6 for f in read(text))


def test_an_m_behind_money_is_a_million() -> None:
    assert rows("The United States gave $5m in aid to Ukraine.") == [(5e6, "USD", "aid", "USA", "UKR")]
