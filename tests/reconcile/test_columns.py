"""Mentions as numbers: where others of their events are looked for, and which can be of one event."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from dragoman.reconcile.columns import Codes, candidates, columns_of, mentions_of, table_of, windows_of
from dragoman.reconcile.mentions import Mention
from dragoman.settings import DEFAULT

MENTION = Mention(
    id="a",
    document="d",
    sentence=0,
    source_actor="NOR.GOV.jonas-dahl",
    source_country="NOR",
    target_actor="UNO",
    target_country="IGO",
    root="CONSULT",
    mode="visit",
    modality="happened",
    mutual=True,
    date_from=date(2031, 3, 1),
    date_to=date(2031, 3, 1),
    date_precision="day",
    published=date(2031, 3, 2),
    place_name=None,
    trigger_text="visited",
    trigger_start=9,
    words="salmon",
)


def windows(*mentions: Mention) -> list[dict[str, object]]:
    codes = Codes()
    columns = columns_of(table_of(mentions), codes, DEFAULT)
    found: list[dict[str, object]] = windows_of(columns, np.arange(len(mentions)), codes, DEFAULT).to_pylist()
    return found


def may_be_one(one: Mention, other: Mention) -> bool:
    codes = Codes()
    columns = columns_of(table_of([one, other]), codes, DEFAULT)
    return len(candidates(columns, np.array([0]), codes, DEFAULT)[0]) == 1


def test_a_table_of_mentions_gives_them_back() -> None:
    several = [MENTION, replace(MENTION, id="b", source_country=None, source_actor=None, date_from=None, place_name="Oslo")]
    assert mentions_of(table_of(several)) == several


def test_a_window_names_a_state_by_its_country_and_a_body_of_states_by_itself() -> None:
    (window,) = windows(MENTION)
    assert (window["one"], window["other"], window["document"]) == (*MENTION.pair, "d")


def test_a_mention_without_any_day_has_no_neighbours() -> None:
    assert windows(replace(MENTION, date_from=None, date_to=None, published=None)) == []


def test_windows_stay_inside_the_calendar() -> None:
    first, last = windows(*(replace(MENTION, date_from=day, date_to=day) for day in (date.min, date.max)))
    assert (first["since"], last["until"]) == (date.min, date.max)
    assert (first["near_since"], last["near_until"]) == (date.min, date.max)


@pytest.mark.parametrize(
    ("changed", "may_be"),
    [
        ({}, True),
        ({"date_from": date(2031, 3, 5), "date_to": date(2031, 3, 5)}, False),
        ({"date_from": None, "date_to": None, "date_precision": None}, True),
        ({"root": "ASSAULT"}, False),
        ({"source_country": "CHL"}, False),
        ({"date_from": date(2029, 3, 2), "date_to": date(2029, 3, 2)}, False),
    ],
)
def test_only_what_can_be_of_one_event_is_compared(changed: dict[str, object], may_be: bool) -> None:
    assert may_be_one(MENTION, replace(MENTION, id="b", document="e", **changed)) is may_be  # type: ignore[arg-type]


def test_a_day_of_two_years_may_be_a_slip_where_both_texts_look_far_back() -> None:
    one, other = (
        replace(MENTION, id=str(y), document=str(y), date_from=date(y, 5, 8), date_to=date(y, 5, 8)) for y in (2029, 2030)
    )
    assert may_be_one(one, other)
    assert not may_be_one(one, replace(other, date_from=date(2030, 5, 20), date_to=date(2030, 5, 20)))


def test_what_one_side_does_to_the_other_is_not_what_comes_back() -> None:
    one = replace(MENTION, root="ACCUSE", mutual=False, target_country="CHL", target_actor="CHL")
    back = replace(one, id="b", document="e", source_country="CHL", target_country="NOR")
    assert not may_be_one(one, back)
    assert may_be_one(replace(one, mutual=True), back)
