"""Discrepancies between articles on one event, and what only looks like one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

import pytest

from bench.across import by_hand, cases, found_in
from dragoman import codebook
from dragoman.coding.actors.resolver import Resolver
from dragoman.reconcile.across import Across
from dragoman.reconcile.told import Told

CASES = {case["id"]: case for case in cases()}


@pytest.fixture(scope="module")
def resolver() -> Resolver:
    return Resolver(codebook.load())


def told(name: str, resolver: Resolver) -> list[Told]:
    return list(by_hand(CASES[name], resolver))


def only(found: Across) -> tuple[str, list[str], str | None]:
    """Kind, values and favoured value of the one discrepancy."""
    ((_, row),) = found.discrepancies
    return row.kind, [side.value for side in row.sides], None if row.favoured is None else row.sides[row.favoured].value


def test_two_counts_are_told_with_both_sides_and_the_one_of_more_sources_is_favoured(resolver: Resolver) -> None:
    assert only(found_in(told("n1", resolver))) == ("number", ["4", "7"], "4")


def test_a_discrepancy_is_named_after_its_states_and_not_their_codes(resolver: Resolver) -> None:
    ((_, row),) = found_in(told("n1", resolver)).discrepancies
    names = {state.name for state in codebook.load().states}
    assert set(row.about.rsplit(", ", 1)[1].split(" and ")) <= names


def test_copies_of_one_text_speak_with_one_voice(resolver: Resolver) -> None:
    first, other, third = told("n1", resolver)
    plain = replace(third, text=third.text.replace(", the army said", ""))
    copied = [first, other, replace(plain, source=first.mention.document)]
    assert only(found_in(copied))[2] is None


def test_a_correction_goes_before_the_number_of_sources(resolver: Resolver) -> None:
    ((_, row),) = found_in(told("n6", resolver)).discrepancies
    assert row.favoured is not None
    assert row.sides[row.favoured].value == "40"
    assert "correction" in row.reason


def test_the_newest_version_of_one_text_is_favoured_where_it_differs_from_the_older_ones(resolver: Resolver) -> None:
    first, later = told("n2", resolver)
    rival = replace(later, updates=first.mention.document)
    assert only(found_in([first, rival]))[2] == "8"


def test_a_toll_that_rises_from_day_to_day_is_an_update(resolver: Resolver) -> None:
    found = found_in(told("u2", resolver))
    assert found.discrepancies == ()
    (update,) = found.updates
    assert update.about == "persons injured"
    assert [value for _, value in update.values] == ["3", "8", "10"]


def test_a_toll_that_falls_is_a_discrepancy(resolver: Resolver) -> None:
    assert only(found_in(told("n7", resolver)))[0] == "number"


@pytest.mark.parametrize("name", ["x1", "x2"])
def test_a_month_and_a_day_in_it_agree(name: str, resolver: Resolver) -> None:
    assert found_in(told(name, resolver)).discrepancies == ()


def test_a_plan_for_one_day_and_the_act_on_another_do_not_contradict_each_other(resolver: Resolver) -> None:
    assert found_in(told("x38", resolver)).discrepancies == ()


def test_what_one_article_tells_and_another_denies_is_a_discrepancy_of_outcome(resolver: Resolver) -> None:
    assert only(found_in(told("o3", resolver))) == ("outcome", ["happened", "denied"], None)


def test_two_persons_of_one_state_in_one_meeting_are_two_claims_unless_one_article_names_both(resolver: Resolver) -> None:
    assert only(found_in(told("a1", resolver)))[0] == "actor"
    assert found_in(told("x22", resolver)).discrepancies == ()


def test_one_article_alone_gives_nothing(resolver: Resolver) -> None:
    first, other, *_ = told("n2", resolver)
    one = replace(other, mention=replace(other.mention, document=first.mention.document, sentence=1))
    assert found_in([first, one]).discrepancies == ()


def test_evidence_is_the_sentence_of_each_side(resolver: Resolver) -> None:
    several = told("n2", resolver)
    ((_, row),) = found_in(several).discrepancies
    by_document = {t.mention.document: t for t in several}
    for side in row.sides:
        for at in side.evidence:
            assert (at.start, at.end) == (0, len(by_document[at.article].text))


def test_the_order_of_the_articles_does_not_matter(resolver: Resolver) -> None:
    several: Sequence[Told] = told("n3", resolver)
    assert found_in(several) == found_in(several[::-1])


def test_the_set_is_well_formed() -> None:
    for case in CASES.values():
        assert json.dumps(case)
        assert all(row["trigger"] in row["words"] for row in case["articles"])
        assert case["expected"] in {"number", "date", "outcome", "actor", "update", "none"}
