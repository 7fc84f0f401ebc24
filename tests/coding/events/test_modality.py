"""Modality, modes and contexts: by words."""

import pytest

from dragoman.codebook.events import load
from dragoman.coding.events.modality import refine
from dragoman.coding.events.modes import contexts_of, mode_of


def at(sentence: str, trigger: str) -> tuple[int, int]:
    start = sentence.index(trigger)
    return start, start + len(trigger)


@pytest.mark.parametrize(
    ("sentence", "trigger", "expected"),
    [
        ("Chad is deploying soldiers along the lake.", "deploying", "ongoing"),
        ("Peru has been negotiating with Chile for months.", "negotiating", "ongoing"),
        ("Rebel units continue to shell the town.", "shell", "ongoing"),
        ("Chad deployed soldiers along the lake.", "deployed", "happened"),
        ("Killing two guards, the gunmen fled to Niger.", "Killing", "happened"),
        ("Oman is planning a visit to Kuwait.", "planning", "happened"),
    ],
)
def test_what_goes_on_is_told_by_the_words_around_the_trigger(sentence: str, trigger: str, expected: str) -> None:
    assert refine("happened", sentence, at(sentence, trigger)) == expected


def test_what_is_planned_stays_planned_in_a_progressive() -> None:
    sentence = "Chad is deploying soldiers next week."
    assert refine("planned", sentence, at(sentence, "deploying")) == "planned"


@pytest.mark.parametrize(
    ("model", "sentence", "trigger", "expected"),
    [
        ("denied", "The bombing of the port has not ended.", "bombing", "ongoing"),
        ("denied", "Chad has not bombed the port.", "bombed", "denied"),
        ("planned", "Falling prices could push Chad to accept the loan.", "accept", "hypothetical"),
        ("happened", "The bridge might have been blown up by Chad.", "blown up", "hypothetical"),
        ("planned", "Chad will accept the loan in May with Mali.", "accept", "planned"),
        ("happened", "Chad has not signed the treaty with Mali.", "signed", "denied"),
        ("happened", "Chad had never attacked Mali.", "attacked", "denied"),
        ("hypothetical", "If Chad has not signed, Mali leaves.", "signed", "hypothetical"),
    ],
)
def test_plain_words_before_the_trigger_mend_the_model(model: str, sentence: str, trigger: str, expected: str) -> None:
    assert refine(model, sentence, at(sentence, trigger)) == expected  # type: ignore[arg-type]


def test_a_visit_weighs_more_than_a_telephone_call() -> None:
    consult = load().roots["CONSULT"]
    visit, phone = mode_of(consult, "paid a visit"), mode_of(consult, "telephoned")
    assert visit is not None
    assert phone is not None
    assert (visit.name, visit.intensity, phone.name, phone.intensity) == ("visit", 4.0, "phone", 1.5)


def test_a_trigger_without_telling_words_has_no_mode() -> None:
    assert mode_of(load().roots["SUPPORT"], "stood with") is None


def test_contexts_are_those_of_the_words_near_the_trigger() -> None:
    sentence = "Peru and Chile signed a treaty on oil and fishing."
    assert contexts_of(sentence, at(sentence, "signed")) == ("diplomatic", "resource")


@pytest.mark.parametrize(
    ("sentence", "trigger", "expected"),
    [
        ("Chile will open the port after signing the treaty with Peru.", "signing", "happened"),
        ("Having signed with Peru, Chile will open the port.", "open", "planned"),
        ("Chile will go on signing treaties with Peru.", "signing", "planned"),
    ],
)
def test_what_a_plan_comes_after_is_no_plan(sentence: str, trigger: str, expected: str) -> None:
    assert refine("planned", sentence, at(sentence, trigger)) == expected


def test_not_only_denies_nothing() -> None:
    sentence = "Chad and Niger are not only standing together, they sign."
    assert refine("denied", sentence, at(sentence, "standing together")) == "ongoing"


def test_what_somebody_did_not_see_or_take_is_denied_but_not_what_a_preposition_leads_to() -> None:
    sentence = "Chad and Niger did not see much joint action in the war."
    assert refine("happened", sentence, at(sentence, "joint action")) == "denied"
    sentence = "Chad has not reached a consensus on the demands."
    assert refine("happened", sentence, at(sentence, "demands")) == "happened"
