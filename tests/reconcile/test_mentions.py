"""What a sentence leaves for comparing it, and where its neighbours can be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.reconcile.mentions import Mention, side, stem, words_of

MENTION = Mention(
    id="a",
    document="d",
    sentence=0,
    source_actor="NOR.GOV.jonas-dahl",
    source_country="NOR",
    target_actor="CHL",
    target_country="CHL",
    root="CONSULT",
    mode="visit",
    modality="happened",
    mutual=True,
    date_from=date(2031, 3, 1),
    date_to=date(2031, 3, 1),
    date_precision="day",
    published=date(2031, 3, 2),
    place_name=None,
    trigger_text="arrived",
    trigger_start=0,
    words="",
)


def test_words_tell_names_numbers_states_and_what_is_of_the_actors() -> None:
    found = words_of("Jonas Dahl of Norway met two ministers in Santiago.", "Jonas Dahl", "NOR.GOV.jonas-dahl").split()
    assert found == ["#2", "=dahl", "=jona", "@NOR", "^santiago", "met"]


def test_days_and_offices_say_nothing() -> None:
    assert words_of("The president said on Monday that the minister was there in March.") == ""


@pytest.mark.parametrize(
    ("sentence", "cue"),
    [
        ("They met for a second round of talks.", "!2"),
        ("He was on his third visit.", "!3"),
        ("Soldiers clashed again.", "!again"),
        ("It was the first debate.", "!1"),
    ],
)
def test_a_cue_tells_one_event_from_another_of_its_kind(sentence: str, cue: str) -> None:
    assert cue in words_of(sentence).split()


@pytest.mark.parametrize(
    "sentence", ["They had met in Oslo.", "Last week, Russia warned Finland.", "Two weeks ago they talked."]
)
def test_a_sentence_that_looks_back_is_marked(sentence: str) -> None:
    assert "~" in words_of(sentence).split()


@pytest.mark.parametrize(
    "forms",
    [
        ("shells", "shelled", "shelling"),
        ("expel", "expelled", "expulsion"),
        ("attack", "attacked", "attacks"),
        ("bombed", "bombing"),
    ],
)
def test_forms_of_a_word_are_one(forms: tuple[str, ...]) -> None:
    assert len({stem(word) for word in forms}) == 1


def test_a_headline_in_capitals_makes_no_names_of_its_verbs() -> None:
    assert "^signs" not in words_of("Norway Signs Treaty With Chile On Salmon").split()


def test_the_pair_of_a_mutual_event_is_the_same_from_either_side() -> None:
    turned = replace(MENTION, source_country="CHL", source_actor="CHL", target_country="NOR", target_actor="NOR")
    assert MENTION.pair == turned.pair == ("CHL", "NOR")


def test_bodies_of_states_stand_for_themselves() -> None:
    assert side("IGO", "EU") == "EU"
    assert side(None, "HRW") == "HRW"
    assert side(None, None) == ""


def test_the_day_of_publication_stands_in_for_a_missing_date() -> None:
    assert replace(MENTION, date_from=None, date_to=None, date_precision=None).days == (date(2031, 3, 2), date(2031, 3, 2))


@given(st.text(max_size=200))
def test_any_text_gives_words_without_spaces_in_the_order_of_the_alphabet(text: str) -> None:
    found = words_of(text).split(" ")
    assert found == sorted(set(found))
    assert words_of(text) == words_of(text)
