"""Clauses told as the article has them, and what the verifier asks of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.brief.support import CRUZ, MORI, PEOPLE, STATES, day, event, figure, material, text

from dragoman.brief.compose import compose
from dragoman.brief.document import Line
from dragoman.brief.material import Actor, Event, Text
from dragoman.brief.verify import faults
from dragoman.brief.writing.events import event_lines
from dragoman.brief.writing.findings import figure_lines

TITLE = "Prime Minister Mori meets President Cruz"
JAPAN, PHILIPPINES, CHINA, USA = STATES
REPORT = "(undated, in a report by Pacific Desk of 25 July 2031)"


def told(row: Event, of: Text) -> list[str]:
    """Sentences that the verifier lets through, without the words on the report's date."""
    known = material(of, events=(row,))
    found = (line.text.replace(f" {REPORT}", "") for line in event_lines(row, of) if not faults(line, known))
    return list(dict.fromkeys(found))


def line(words: str, row: Event, of: Text) -> Line:
    return Line(words, "event", (of.passage(row.sentence),), (row.id,))


@pytest.mark.parametrize(
    ("words", "root", "trigger", "expected"),
    [
        (
            "The armed wing said nothing, but Japanese commandos exchanged gunfire with Chinese sailors off the reef.",
            "ASSAULT",
            "exchanged gunfire",
            "Japanese commandos exchanged gunfire with Chinese sailors off the reef.",
        ),
        (
            "A longstanding quarrel between Japan and China over the reef flared into shooting.",
            "ASSAULT",
            "shooting",
            "A longstanding quarrel between Japan and China over the reef flared into shooting.",
        ),
        (
            "On Sunday night three Chinese sailors were injured in clashes with Japanese forces near the reef.",
            "ASSAULT",
            "injured",
            "Three Chinese sailors were injured in clashes with Japanese forces near the reef.",
        ),
        (
            "Japan cracked down on China's fishing fleet, though nobody was hurt.",
            "COERCE",
            "cracked down",
            "Japan cracked down on China's fishing fleet.",
        ),
        (
            "Yesterday, the lower house of Japan voted on a resolution to expel Chinese advisers.",
            "SANCTION",
            "resolution to expel",
            "The lower house of Japan voted on a resolution to expel Chinese advisers.",
        ),
        (
            "The lower house of Japan, a quiet place, voted on a resolution to expel Chinese advisers.",
            "SANCTION",
            "resolution to expel",
            None,
        ),
    ],
)
def test_a_clause_that_holds_both_sides_and_the_rows_words_is_told_plainly(
    words: str, root: str, trigger: str, expected: str | None
) -> None:
    of = text(TITLE, words)
    names = {
        s: next(w for w in forms if w in words) for s, forms in ((JAPAN, ("Japanese", "Japan")), (CHINA, ("Chinese", "China")))
    }
    row = event(of, 1, (JAPAN, names[JAPAN]), root, trigger, (CHINA, names[CHINA]), mutual=False)
    assert next(iter(told(row, of)), None) == expected


def test_a_plan_carried_by_a_noun_is_told_as_planned() -> None:
    of = text(TITLE, "Senior Japanese and Philippine officials will meet in Manila next week for talks on the cable.")
    row = event(of, 1, (JAPAN, "Japanese"), "CONSULT", "meet", (PHILIPPINES, "Philippine"), modality="planned")
    assert told(row, of) == [
        "Senior Japanese and Philippine officials plan to meet in Manila in the week of 28 July 2031 for talks on the cable."
    ]


def test_what_an_agency_or_unnamed_source_says_after_the_words_is_told_on_its_word() -> None:
    of = text(TITLE, "Three Chinese sailors were injured in clashes with Japanese forces, Chinese security sources said.")
    sources = Actor("CHN.GOV.chinese", "Chinese", "CHN", "GOV", None)
    of = replace(of, actors={**of.actors, sources.id: sources})
    row = event(of, 1, (JAPAN, "Japanese"), "ASSAULT", "injured", (CHINA, "Chinese"), asserted_by=sources.id)
    assert told(row, of) == [
        "According to Chinese security sources, three Chinese sailors were injured in clashes with Japanese forces."
    ]


def test_they_is_followed_to_the_group_that_opened_the_sentence_before() -> None:
    officials = Actor("USA.GOV.u-s-officials", "U.S. officials", "USA", "GOV", None)

    def row_of(*sentences: str) -> tuple[Event, Text]:
        of = text(TITLE, *sentences)
        of = replace(of, actors={**of.actors, officials.id: officials})
        return event(of, 2, (officials, "They"), "ACCUSE", "accuse", (CHINA, "Beijing")), of

    they = "They also accuse Beijing of closing the strait."
    assert told(*row_of("U.S. officials say fishermen want to leave.", they)) == [
        "U.S. officials accused Beijing of closing the strait."
    ]
    assert told(*row_of("Fishermen spoke to U.S. officials.", they)) == []


def accused() -> tuple[Event, Text]:
    of = text(TITLE, "On July 22, 2031, Japanese commandos exchanged gunfire with Chinese sailors off 14 islets.")
    row = event(
        of, 1, (JAPAN, "Japanese"), "ASSAULT", "exchanged gunfire", (CHINA, "Chinese"), date=day("2031-07-22", "July 22, 2031")
    )
    return row, of


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("Japanese", "Philippine"),
        ("Chinese", "Philippine"),
        (
            "Japanese commandos exchanged gunfire with Chinese sailors",
            "Chinese sailors exchanged gunfire with Japanese commandos",
        ),
        ("exchanged gunfire", "exchanged gifts"),
        ("exchanged", "did not exchange"),
        ("exchanged", "plan to exchange"),
        ("exchanged", "could exchange"),
        ("exchanged", "expelled"),
        ("22 July", "23 July"),
        ("14 islets", "41 islets"),
    ],
)
def test_a_plain_clause_that_was_changed_is_refused(right: str, wrong: str) -> None:
    row, of = accused()
    words = "On 22 July 2031, Japanese commandos exchanged gunfire with Chinese sailors off 14 islets."
    known = material(of, events=(row,))
    assert told(row, of)[0] == words
    assert faults(line(words, row, of), known) == ()
    assert faults(line(words.replace(right, wrong), row, of), known)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("were injured", "were not injured"), ("were injured", "injured"), ("three", "five"), ("Chinese", "Japanese")],
)
def test_a_passive_that_was_changed_is_refused(right: str, wrong: str) -> None:
    of = text(TITLE, "On Sunday night three Chinese sailors were injured in clashes with Japanese forces near the reef.")
    row = event(of, 1, (JAPAN, "Japanese"), "ASSAULT", "injured", (CHINA, "Chinese"))
    words = f"three Chinese sailors were injured in clashes with Japanese forces near the reef {REPORT}."
    known = material(of, events=(row,))
    assert faults(line(words, row, of), known) == ()
    assert faults(line(words.replace(right, wrong, 1), row, of), known)


def test_a_verb_without_a_class_does_not_bear_a_row_out_alone() -> None:
    of = text(TITLE, "Mori identified China as a partner in the region.")
    row = event(of, 1, (MORI, "Mori"), "SUPPORT", "identified", (CHINA, "China"))
    assert told(row, of) == []


def test_a_participle_that_only_describes_its_noun_is_not_told_as_the_verb() -> None:
    of = text(TITLE, "An attack carried out by China in which six Japanese sailors died shook the port.")
    row = event(of, 1, (CHINA, "China"), "ASSAULT", "attack", (JAPAN, "Japanese"))
    assert told(row, of) == []


def test_a_surname_that_two_persons_of_the_article_bear_names_neither() -> None:
    other = Actor("PHL.CVL.ramon-cruz", "Ramon Cruz", "PHL", "CVL", None)

    def lines(*people: Actor, words: str) -> list[str]:
        of = replace(text(TITLE, "Ramon Cruz looked on.", words), actors={a.id: a for a in (*PEOPLE, *people)})
        return told(event(of, 2, (CRUZ, "Cruz"), "ACCUSE", "accused", (CHINA, "China")), of)

    said = "Cruz accused China of theft."
    assert lines(words=said) == ["Philippine President Elena Cruz accused China of theft."]
    assert lines(other, words=said) == []


@pytest.mark.parametrize(
    ("words", "trigger", "root", "expected"),
    [
        ("Japan dismissed the claim from China as groundless.", "dismissed", "REJECT", "as groundless"),
        ("Japan called China's order swift, forceful and decisive.", "called", "SUPPORT", None),
    ],
)
def test_a_clause_is_not_cut_inside_what_belongs_together(words: str, trigger: str, root: str, expected: str | None) -> None:
    of = text(TITLE, words)
    found: list[Any] = told(event(of, 1, (JAPAN, "Japan"), root, trigger, (CHINA, "China")), of)
    assert (expected in found[0]) if expected else all("swift (" not in f for f in found)


@pytest.mark.parametrize(
    ("words", "value", "figure_text", "what", "expected"),
    [
        ("The raid by China killed 16 people in Japan.", 16.0, "16", "killed", "The reporting counts 16 people killed: “"),
        ("China listed 36 people of Japan.", 36.0, "36", "persons", "The reporting counts 36 people: “"),
        ("China freed four or five fishermen of Japan.", 4.0, "four", "fishermen", None),
        ("Japan ran up a debt of NT$1.42 trillion with China.", 1.42e12, "NT$1.42 trillion", "debt", None),
    ],
)
def test_a_figure_is_told_in_words_that_a_reader_takes_rightly(
    words: str, value: float, figure_text: str, what: str, expected: str | None
) -> None:
    of = text(TITLE, words)
    row = figure(of, 1, value, what, what, figure_text)
    lines = [found.text for found in figure_lines(row, of) if not faults(found, material(of, figures=(row,)))]
    assert (lines[0].startswith(expected)) if expected else lines == []


def test_plans_that_are_coded_but_cannot_be_told_are_counted() -> None:
    of = text(TITLE, "It would be for Japan, he felt, and for China.")
    row = event(of, 1, (JAPAN, "Japan"), "CONSULT", "felt", (CHINA, "China"), modality="planned")

    def empty(*rows: Event) -> str:
        made = compose(material(of, events=rows, pair=("JPN", "CHN")))
        return next(s.empty for s in made.sections if s.id == "next")

    assert empty(row) == "One coded plan or possibility could not be told from its passage."
    assert empty() == "The record tells of nothing planned between the two."
