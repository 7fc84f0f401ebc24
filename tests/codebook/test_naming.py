"""A state is found by its code or a name in any case, and a word that nobody knows gets what comes near it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman import brief, codebook
from dragoman.archive import filters
from dragoman.errors import UsageError
from dragoman.measure import frames
from dragoman.web import newsletter


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("CHN", "CHN"),
        ("chn", "CHN"),
        ("china", "CHN"),
        (" United  States ", "USA"),
        ("Vietnam", "VNM"),  # not the republic that ended in 1975
        ("soviet union", "SUN"),
        ("Ruritania", None),
        ("IGO", None),
        ("", None),
    ],
)
def test_a_state_is_found_by_code_or_name(text: str, code: str | None) -> None:
    assert codebook.state_of(text) == code


def test_every_name_of_the_codebook_leads_to_its_state() -> None:
    for state in codebook.load().states:
        for name in (state.id, state.name, *state.names):
            assert codebook.state_of(name.upper()) == state.id


ASKING: tuple[Callable[[str], object], ...] = (
    codebook.require_state,
    filters.country,
    filters.actor_or_country,
    frames.state,
    lambda text: brief.question(text, None),
    lambda text: newsletter.pair_of(f"RUS-{text}"),
)


@pytest.mark.parametrize("asked", ASKING)
def test_who_asks_for_an_unknown_state_is_told_the_same_names_that_come_near(asked: Callable[[str], object]) -> None:
    with pytest.raises(UsageError, match=r"'Chlie'.* \(did you mean Chile \(CHL\)"):
        asked("Chlie")


def test_an_organisation_in_other_letters_is_offered() -> None:
    with pytest.raises(UsageError, match=r"did you mean .*NATO"):
        filters.actor_or_country("nato")


def test_a_word_that_nothing_comes_near_gets_no_offer() -> None:
    assert codebook.near("qqqq", {"chile": "Chile"}) == ""
