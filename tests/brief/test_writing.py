"""Sentences made from rows."""

from __future__ import annotations

import pytest
from tests.brief.support import CRUZ, MORI, STATES, day, discrepancy, event, figure, instrument, statement, text

from dragoman.brief.material import Event, Text, When
from dragoman.brief.writing.dates import front, settled
from dragoman.brief.writing.events import event_lines
from dragoman.brief.writing.findings import discrepancy_lines, figure_lines, instrument_lines
from dragoman.brief.writing.quoted import quoted_line
from dragoman.brief.writing.statements import statement_lines

TITLE = "Prime Minister Mori meets President Cruz"
JAPAN, PHILIPPINES, CHINA, USA = STATES


def first(row: Event, of: Text) -> str | None:
    return next((line.text for line in event_lines(row, of)), None)


def test_an_event_is_told_with_names_offices_date_and_the_words_of_its_passage() -> None:
    of = text(TITLE, "Mori accused China of “drawing lines in the water” on July 22, 2031.")
    row = event(of, 1, (MORI, "Mori"), "ACCUSE", "accused", (CHINA, "China"), date=day("2031-07-22", "on July 22, 2031"))
    assert first(row, of) == (
        "On 22 July 2031, Japanese Prime Minister Haruka Mori accused China of “drawing lines in the water”."
    )


def test_an_event_without_a_date_is_told_as_undated_by_the_day_of_the_report() -> None:
    of = text(TITLE, "Beijing condemned Japan.")
    row = event(of, 1, (CHINA, "Beijing"), "ACCUSE", "condemned", (JAPAN, "Japan"))
    assert first(row, of) == "China condemned Japan (undated, in a report by Pacific Desk of 25 July 2031)."


@pytest.mark.parametrize(
    ("words", "modality", "told"),
    [
        ("Japan will visit the Philippines.", "planned", "Japan plans to visit the Philippines"),
        ("Japan could sanction the Philippines.", "hypothetical", "Japan could sanction the Philippines"),
        ("Japan has not sanctioned the Philippines.", "denied", "Japan did not sanction the Philippines"),
        ("Japan is supporting the Philippines.", "ongoing", "Japan is supporting the Philippines"),
    ],
)
def test_what_is_planned_possible_denied_or_going_on_is_told_so(words: str, modality: str, told: str) -> None:
    of = text(TITLE, words)
    trigger = next(w for w in ("visit", "sanctioned", "sanction", "supporting") if w in words)
    root = {"visit": "CONSULT", "sanction": "SANCTION", "supporting": "SUPPORT"}[trigger.removesuffix("ed")]
    row = event(of, 1, (JAPAN, "Japan"), root, trigger, (PHILIPPINES, "Philippines"), modality=modality, mutual=False)
    assert (first(row, of) or "").startswith(told)


def test_a_row_whose_modality_the_words_contradict_is_not_told() -> None:
    of = text(TITLE, "Japan could sanction the Philippines.")
    assert first(event(of, 1, (JAPAN, "Japan"), "SANCTION", "sanction", (PHILIPPINES, "Philippines")), of) is None


def test_a_claim_is_told_as_its_speakers_word() -> None:
    of = text(TITLE, "Cruz said that China attacked Japan.")
    row = event(of, 1, (CHINA, "China"), "ASSAULT", "attacked", (JAPAN, "Japan"), asserted_by=CRUZ.id)
    assert (first(row, of) or "").startswith("According to Philippine President Elena Cruz, China attacked Japan")


def test_the_passive_is_told_in_the_active() -> None:
    of = text(TITLE, "Mori was welcomed warmly by President Elena Cruz.")
    row = event(of, 1, (CRUZ, "Elena Cruz"), "SUPPORT", "welcomed", (MORI, "Mori"))
    assert (first(row, of) or "").startswith("Philippine President Elena Cruz welcomed Japanese Prime Minister Haruka Mori")


def test_two_who_act_together_are_told_together() -> None:
    of = text(TITLE, "Mori and Cruz signed the Manila Rescue Agreement in Manila.")
    row = event(of, 1, (MORI, "Mori"), "AGREE", "signed", (CRUZ, "Cruz"))
    assert (first(row, of) or "").startswith(
        "Japanese Prime Minister Haruka Mori and Philippine President Elena Cruz signed the Manila Rescue Agreement in Manila"
    )


def test_a_sentence_that_points_outside_itself_is_not_told() -> None:
    of = text(TITLE, "China condemned Japan and promised them that he would stay.")
    assert "them" not in (first(event(of, 1, (CHINA, "China"), "ACCUSE", "condemned", (JAPAN, "Japan")), of) or "")


def test_passing_dates_become_absolute_and_those_that_cannot_are_refused() -> None:
    assert settled("attacked the port on Friday", "2031-07-25", None) is not None
    assert "2031" in (settled("attacked the port last month", "2031-07-25", None) or "")
    assert settled("attacked the port three days ago", None, None) is None


@pytest.mark.parametrize(
    ("precision", "last", "words"),
    [("day", "2031-05-09", "On 9 May 2031"), ("month", "2031-05-31", "In May 2031"), ("season", "2031-06-30", None)],
)
def test_dates_are_told_as_precisely_as_they_are_known(precision: str, last: str, words: str | None) -> None:
    begin = "2031-05-09" if precision == "day" else "2031-05-01"
    assert front(When(day(begin).first, day(last).first, precision, "explicit", None)) == words


def test_what_the_grammar_cannot_tell_is_quoted_from_a_report_that_names_both() -> None:
    of = text(TITLE, "The conflict between Japan and China over the reefs has flared up.", "It flared up.")
    row = event(of, 1, (JAPAN, "Japan"), "ASSAULT", "conflict", (CHINA, "China"))
    line = quoted_line(row, of)
    assert line is not None
    assert line.text.startswith("A report by Pacific Desk of 25 July 2031 says: “The conflict between Japan and China")
    assert quoted_line(event(of, 2, (JAPAN, "It"), "ASSAULT", "flared", (CHINA, "It")), of) is None


def test_a_quotation_names_its_speaker_with_office_and_keeps_the_words() -> None:
    of = text(TITLE, "“We are not building a fence in the sea,” Mori told reporters.")
    row = statement(of, 1, (MORI, "Mori"), "told", "We are not building a fence in the sea,", about=("PHL",), stance=1)
    line = next(iter(statement_lines(row, of)))
    assert line.text == "Japanese Prime Minister Haruka Mori said: “We are not building a fence in the sea.”"
    assert line.note == "reported on 25 July 2031; coded friendly towards the Philippines"


def test_a_stalled_project_is_told_as_unsettled_with_the_words_for_it() -> None:
    of = text(
        TITLE,
        "The Luzon cable between Japan and the Philippines would carry power.",
        "Talks over its price have been stalled.",
    )
    lines = list(instrument_lines(instrument(of, 1, "Luzon Strait cable", "project", ("JPN", "PHL"), "stalled"), of))
    assert lines[0].text == (
        "The Luzon Strait cable between Japan and the Philippines remains unsettled: “Talks over its price have been stalled”."
    )
    assert [p.sentence for p in lines[0].passages] == [1, 2]


def test_a_tariff_is_told_as_one_states_on_the_other() -> None:
    of = text(TITLE, "Beijing had raised its tariff on Philippine bananas to 35 percent in May.")
    row = figure(of, 1, 35.0, "percent", "tariff", "35 percent", of="CHN", on="PHL")
    assert next(figure_lines(row, of)).text.startswith(
        "The reporting puts the tariff of China on the Philippines at 35 percent: “"
    )


def test_a_disputed_date_gives_both_sides_and_the_favoured_one() -> None:
    of = text(TITLE, "Mori landed in Manila on July 22, 2030, for a visit.", "Mori in Manila, July 23, 2031.")
    row = discrepancy(of, "Mori landed", ("2030-07-22", (1,)), ("2031-07-23", (2,)), favoured=1)
    told = next(discrepancy_lines(row, {of.id: of})).text
    assert told == (
        "The date is disputed: “Mori landed in Manila on July 22, 2030” gives 22 July 2030, against 23 July 2031 by one other "
        "passage; the rest of the evidence favours 23 July 2031."
    )
