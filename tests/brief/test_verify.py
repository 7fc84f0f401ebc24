"""The verifier reads finished sentences against their passages; it must be able to say no."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.brief.support import CRUZ, MORI, STATES, day, discrepancy, event, figure, material, statement, text

from dragoman.brief.document import Line
from dragoman.brief.material import Material
from dragoman.brief.verify import faults
from dragoman.brief.writing.events import event_lines
from dragoman.brief.writing.findings import discrepancy_lines, figure_lines
from dragoman.brief.writing.statements import statement_lines

JAPAN, PHILIPPINES, CHINA, USA = STATES
TITLE = "Prime Minister Mori meets President Cruz"
VERIFIER = Path(__file__).parents[2] / "src" / "dragoman" / "brief" / "verify"


def accused() -> tuple[Line, Material]:
    of = text(
        TITLE,
        "Mori accused China of sending 14 ships to the reef on July 22, 2031.",
        "The Philippines and the United States looked on.",
    )
    row = event(of, 1, (MORI, "Mori"), "ACCUSE", "accused", (CHINA, "China"), date=day("2031-07-22", "on July 22, 2031"))
    return next(event_lines(row, of)), material(of, events=(row,), pair=("JPN", "CHN"))


def test_a_sentence_that_its_passage_bears_out_passes() -> None:
    line, known = accused()
    assert line.text == "On 22 July 2031, Japanese Prime Minister Haruka Mori accused China of sending 14 ships to the reef."
    assert faults(line, known) == ()


@pytest.mark.parametrize(
    ("right", "wrong", "fault"),
    [
        ("accused China", "accused the Philippines", "actor"),
        ("Prime Minister Haruka Mori accused China", "Prime Minister Haruka Mori accused the United States", "actor"),
        ("Japanese Prime Minister Haruka Mori accused China", "China accused Japanese Prime Minister Haruka Mori", "a"),
        ("Japanese Prime", "French Prime", "actor"),
        ("accused", "plans to accuse", "modality"),
        ("accused", "did not accuse", "modality"),
        ("accused", "could accuse", "modality"),
        ("accused", "praised", "action"),
        ("22 July", "23 July", "date"),
        ("2031", "2030", "date"),
        ("14 ships", "41 ships", "number"),
        ("14 ships", "14 submarines", "wording"),
    ],
)
def test_a_changed_sentence_is_refused(right: str, wrong: str, fault: str) -> None:
    line, known = accused()
    assert right in line.text
    found = faults(replace(line, text=line.text.replace(right, wrong)), known)
    assert any(f.startswith(fault) for f in found), found


def test_a_row_that_has_source_and_target_the_wrong_way_is_not_printed() -> None:
    of = text(TITLE, "Mori accused China of theft.")
    row = event(of, 1, (CHINA, "China"), "ACCUSE", "accused", (MORI, "Mori"))
    line = Line(
        "China accused Haruka Mori of theft (undated, in a report by Pacific Desk of 25 July 2031).",
        "event",
        (of.passage(1),),
        (row.id,),
    )
    assert faults(line, material(of, events=(row,)))


def test_what_somebody_says_is_not_told_as_fact() -> None:
    of = text(TITLE, "Cruz said that China attacked Japan.")
    row = event(of, 1, (CHINA, "China"), "ASSAULT", "attacked", (JAPAN, "Japan"))
    line = next(event_lines(row, of))
    assert any(f.startswith("attribution") for f in faults(line, material(of, events=(row,))))


def test_what_stands_under_a_condition_is_not_told_as_happened() -> None:
    of = text(TITLE, "If China attacked Japan, the treaty would apply.")
    row = event(of, 1, (CHINA, "China"), "ASSAULT", "attacked", (JAPAN, "Japan"))
    line = Line(
        "China attacked Japan (undated, in a report by Pacific Desk of 25 July 2031).", "event", (of.passage(1),), (row.id,)
    )
    assert any(f.startswith("modality") for f in faults(line, material(of, events=(row,))))


def test_words_are_not_given_to_somebody_else_than_the_passage_does() -> None:
    of = text(TITLE, "“The sea is wide enough for all of us,” Cruz said during Mori’s visit.")
    wrong = statement(of, 1, (MORI, "Mori"), "said", "The sea is wide enough for all of us,")
    line = next(iter(statement_lines(wrong, of)))
    assert any(f.startswith("actor") for f in faults(line, material(of, statements=(wrong,))))
    right = statement(of, 1, (CRUZ, "Cruz"), "said", "The sea is wide enough for all of us,")
    assert faults(next(iter(statement_lines(right, of))), material(of, statements=(right,))) == ()


def test_a_pronoun_is_followed_to_the_one_person_named_before_it() -> None:
    said = "“The sea is wide enough for all of us,” she said."
    of = text(TITLE, "President Cruz received her guest at the airport.", said)
    row = statement(of, 2, (CRUZ, "she"), "said", "The sea is wide enough for all of us,")
    assert faults(next(iter(statement_lines(row, of))), material(of, statements=(row,))) == ()
    two = text(TITLE, "Cruz received Mori at the airport.", said)
    row = statement(two, 2, (CRUZ, "she"), "said", "The sea is wide enough for all of us,")
    assert faults(next(iter(statement_lines(row, two))), material(two, statements=(row,)))


def test_quoted_words_must_be_those_of_the_passage() -> None:
    of = text(TITLE, "“The sea is wide enough for all of us,” Cruz said.")
    row = statement(of, 1, (CRUZ, "Cruz"), "said", "The sea is wide enough for all of us,")
    line = next(iter(statement_lines(row, of)))
    assert faults(replace(line, text=line.text.replace("wide", "narrow")), material(of, statements=(row,)))


def test_a_figure_keeps_its_size_and_its_owner() -> None:
    of = text(TITLE, "Beijing had raised its tariff on Philippine bananas to 35 percent in May.")
    row = figure(of, 1, 35.0, "percent", "tariff", "35 percent", of="CHN", on="PHL")
    line, known = next(figure_lines(row, of)), material(of, figures=(row,))
    assert faults(line, known) == ()
    assert faults(replace(line, text=line.text.replace("at 35", "at 53")), known)
    assert faults(replace(line, text=line.text.replace("of China on the Philippines", "of the Philippines on China")), known)


def test_both_sides_of_a_disputed_date_are_checked() -> None:
    of = text(TITLE, "Mori landed in Manila on July 22, 2030, for a visit.", "Mori in Manila, July 23, 2031.")
    row = discrepancy(of, "Mori landed", ("2030-07-22", (1,)), ("2031-07-23", (2,)), favoured=1)
    line, known = next(discrepancy_lines(row, {of.id: of})), material(of, discrepancies=(row,))
    assert faults(line, known) == ()
    assert faults(replace(line, text=line.text.replace("against 23 July", "against 24 July")), known)
    assert faults(replace(line, text=line.text.replace("favours 23 July 2031", "favours 22 July 2030")), known)


def test_the_verifier_shares_no_code_with_the_writer() -> None:
    for path in VERIFIER.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = (
                [a.name for a in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else []
            )
            assert not [n for n in names if n.startswith("dragoman.brief.writing")], path


@settings(deadline=None)  # the first call builds the table of names
@given(st.text(max_size=120))
def test_any_text_is_read_or_refused_without_an_error(words: str) -> None:
    line, known = accused()
    assert isinstance(faults(replace(line, text=words), known), tuple)
