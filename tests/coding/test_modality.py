"""Going on, folded classes, modes and contexts: by words."""

import pytest

from dragoman.codebook.events import load
from dragoman.coding.modality import fold, refine
from dragoman.coding.modes import contexts_of, mode_of


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
    ("root", "modality", "expected"),
    [
        ("CONSULT", "planned", "AGREE"),
        ("AID", "denied", "REJECT"),
        ("ASSAULT", "planned", "THREATEN"),
        ("ASSAULT", "denied", "YIELD"),
        ("RETREAT", "happened", "YIELD"),
        ("ACCUSE", "denied", "ACCUSE"),
        ("COERCE", "hypothetical", "COERCE"),
    ],
)
def test_modality_folds_into_the_one_class_the_field_codes(root: str, modality: str, expected: str) -> None:
    assert fold(root, modality, load().roots[root].quad) == expected  # type: ignore[arg-type]


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
