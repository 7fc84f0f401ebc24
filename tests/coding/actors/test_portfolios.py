"""What an office is in charge of belongs to the title, not to the name behind it."""

from __future__ import annotations

import pytest
from tests.coding.actors.test_actors_article import countries

BEFORE = "Brazil sent police to Bolivia. Brazil agreed. "


@pytest.mark.parametrize(
    "title",
    [
        "Kenya's Minister of Defence",
        "Kenya's Minister for Trade and Industry",
        "Kenya's Minister of Agriculture, Fisheries and Food",
        "Kenyan Cabinet Secretary for Foreign Affairs",
        "Kenyan State Secretary for Nordic Cooperation",
        "Kenya's Deputy Minister for Social Protection",
        "the Kenyan minister of fisheries",
    ],
)
def test_a_charge_is_no_part_of_a_name(title: str) -> None:
    assert countries(f"{BEFORE}Then {title} Anna Mutua spoke.", "Anna Mutua") == ["KEN"]


def test_a_first_name_behind_an_office_is_no_capital() -> None:
    assert countries(f"{BEFORE}Kenya's Minister of Energy Aden Mutua spoke.", "Aden Mutua") == ["KEN"]


def test_a_prime_minister_is_not_any_minister_before() -> None:
    text = "Norwegian Prime Minister Ola Dahl spoke. Minister of Economy Ana Lind of Sweden listened. The Prime Minister left."
    assert countries(text, "The Prime Minister") == ["NOR"]
