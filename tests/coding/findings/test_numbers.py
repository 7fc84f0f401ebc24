"""Numbers as texts write them, and what is no quantity."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.coding.findings.numbers import numbers, value_of


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("1.5 million", 1_500_000.0),
        ("two dozen", 24.0),
        ("a hundred", 100.0),
        ("half a million", 500_000.0),
        ("two hundred and fifty", 250.0),
        ("thirty-five", 35.0),
        ("one and a half million", 1_500_000.0),
        ("12,400", 12_400.0),
    ],
)
def test_words_and_digits_give_the_same_numbers(words: str, value: float) -> None:
    assert value_of(words) == value


@pytest.mark.parametrize("words", ["hundreds", "several", "", "percent"])
def test_vague_words_are_no_number(words: str) -> None:
    assert value_of(words) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$5 to $10 billion", [(5e9, 10e9, None, "USD", False)]),
        ("10-15 percent", [(10.0, 15.0, None, None, True)]),
        ("between 10 and 15 million euros", [(10e6, 15e6, None, "EUR", False)]),
        ("At least two dozen soldiers", [(24.0, None, "at least", None, False)]),
        ("no more than 300 men", [(300.0, None, "at most", None, False)]),
        ("nearly 100 ships", [(100.0, None, "about", None, False)]),
        ("20 million Canadian dollars", [(20e6, None, None, "CAD", False)]),
        ("from $3 million in 2009 to $5 million", [(3e6, None, None, "USD", False), (5e6, None, None, "USD", False)]),
        ("£3bn", [(3e9, None, None, "GBP", False)]),
        ("rose from 10 to 15 percent", [(10.0, None, None, None, True), (15.0, None, None, None, True)]),
    ],
)
def test_ranges_bounds_and_money(text: str, expected: list[tuple[object, ...]]) -> None:
    assert [(n.value, n.to, n.bound, n.currency, n.percent) for n in numbers(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "on May 8, 2025",
        "the 8th of May",
        "8 May",
        "at 10:30 a.m.",
        "Anna Berg, 45, said",
        "aged 45",
        "a 45-year-old",
        "for six years",
        "Resolution 1701",
        "F-16 and COVID-19",
        "the Boeing 737",
        "won 3-1",
        "hundreds of people",
        "in 2022 they left",
    ],
)
def test_dates_ages_scores_and_names_are_no_quantities(text: str) -> None:
    assert list(numbers(text)) == []


@given(st.text(alphabet="0123456789.,-–$%€ abmilontwenyhud/:", max_size=80))
def test_any_text_gives_numbers_inside_it_in_order(text: str) -> None:
    found = list(numbers(text))
    assert all(0 <= n.hull <= n.start < n.end <= len(text) for n in found)
    assert all(a.end <= b.end for a, b in pairwise(found))
