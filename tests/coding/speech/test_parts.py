"""The words of an attribution without what stands between them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.coding.speech.decoding import Linked
from dragoman.coding.speech.parts import parts
from dragoman.coding.speech.quotes import quotations
from dragoman.records import Sentence


def cut(text: str, source: str | None, cue: str | None, *content: str, heading: str | None = None) -> list[str]:
    def span(words: str) -> tuple[int, int]:
        return text.index(words), text.index(words) + len(words)

    a = Linked((source and span(source)) or None, (cue and span(cue)) or None, tuple(span(c) for c in content), 0.9)
    sentences: Sequence[Sentence] = (Sentence(0, "title", *span(heading)),) if heading else ()
    return [text[s:e] for s, e in parts(a, text, sentences, quotations(text))]


@pytest.mark.parametrize(
    ("text", "source", "cue", "found"),
    [
        ("“We sail,” he said. “They wait.”", "he", "said", ["“We sail,”", "“They wait.”"]),
        ('"We sail", Captain Lund said. "They wait."', "Lund", "said", ['"We sail"', '"They wait."']),
        (
            "“We sail,” writes Lund, who owns the ship, on his page. “They wait.”",
            "Lund",
            "writes",
            ["“We sail,”", "“They wait.”"],
        ),
        ("“We sail,” said Lund, “and they wait.”", "Lund", "said", ["“We sail,”", "“and they wait.”"]),
        (
            "The port is closed, Lund said on Monday, and the ships are waiting",
            "Lund",
            "said",
            ["The port is closed", "and the ships are waiting"],
        ),
        ("He said the port is closed, and the ships wait", "He", "said", ["the port is closed, and the ships wait"]),
        ("“We sail,” Lund said", "Lund", "said", ["“We sail,”"]),
    ],
)
def test_the_clause_of_the_speaker_is_no_part_of_what_is_said(text: str, source: str, cue: str, found: list[str]) -> None:
    assert cut(text, source, cue, text) == found


def test_a_clause_that_was_said_itself_stays() -> None:
    text = "“The envoy said no, and he left,” Lund told us"
    assert cut(text, "Lund", "told", "“The envoy said no, and he left,”") == ["“The envoy said no, and he left,”"]


def test_a_quotation_inside_the_words_reported_does_not_cut_them() -> None:
    text = "Lund said the plan was “a gift” and the treaty “a joke”"
    assert cut(text, "Lund", "said", "the plan was “a gift” and the treaty “a joke”") == [
        "the plan was “a gift” and the treaty “a joke”"
    ]


def test_subject_and_verb_are_not_given_apart() -> None:
    text = "The port of Callao, Lund said, is closed."
    assert cut(text, "Lund", "said", "The port of Callao", "is closed") == [text[:-1]]


def test_a_verb_without_its_subject_is_not_given_alone() -> None:
    text = "Lund said the port is closed until May, which he said would give them time. He didn't just close it."
    assert cut(text, "Lund", "said", "the port is closed until May", "would give them time") == [
        "the port is closed until May, which he said would give them time"
    ]
    assert cut(text, "Lund", "said", "the port is closed until May", "didn't just close it") == ["the port is closed until May"]


def test_half_of_a_condition_is_not_given_alone() -> None:
    text = "If they come, Lund said, the ships will leave."
    assert cut(text, "Lund", "said", "If they come", "the ships will leave") == [text[:-1]]


def test_the_way_into_a_sentence_is_left_out_where_the_rest_has_its_own_subject() -> None:
    text = "“Three months ago,” he said, “I bought the ship.” “The ship,” he said, “sails.”"
    assert cut(text, "he", "said", "“Three months ago,”", "“I bought the ship.”") == ["“I bought the ship.”"]
    assert cut(text, "he", "said", "“The ship,”", "“sails.”") == ["“The ship,”", "“sails.”"]


def test_a_heading_is_no_part_of_the_sentence_below_it() -> None:
    text = "Port closed\nLIMA - The port is closed, Lund said."
    assert cut(text, "Lund", "said", "Port closed\nLIMA - The port is closed", heading="Port closed") == ["The port is closed"]


def test_a_heading_with_its_own_cue_keeps_its_words() -> None:
    text = "Port closed, Lund says\nThe port was closed at noon."
    assert cut(text, "Lund", "says", "Port closed", "The port was closed at noon", heading="Port closed, Lund says") == [
        "Port closed"
    ]


@settings(deadline=None)
@given(st.text(alphabet="ab ,.\n“”\"'", max_size=80), st.data())
def test_parts_are_inside_the_content_and_in_order(text: str, data: st.DataObject) -> None:
    at = st.integers(0, len(text))
    start, end = sorted((data.draw(at), data.draw(at)))
    cue = tuple(sorted((data.draw(at), data.draw(at))))
    a = Linked(None, (cue[0], cue[1]) if cue[0] < cue[1] else None, ((start, end),), 0.5)
    found = parts(a, text, (), quotations(text))
    assert all(start <= s < e <= end for s, e in found)
    assert list(found) == sorted(found)


def test_a_content_begins_in_a_sentence_and_not_in_the_byline_above_it() -> None:
    text = "By Ana Lund | May 3\n\nOSLO, May 3 – The port is closed, the agency said"
    said = text.index("The port")
    a = Linked((text.index("the agency"), len(text) - 5), (len(text) - 4, len(text)), ((0, text.index(", the agency")),), 0.9)
    found = parts(a, text, (Sentence(0, "body", said, len(text)),), quotations(text))
    assert [text[s:e] for s, e in found] == ["The port is closed"]
