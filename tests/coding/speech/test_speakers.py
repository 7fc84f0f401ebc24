"""What a source names, and what it does not."""

from __future__ import annotations

import pytest

from dragoman.coding.speech import speakers
from dragoman.coding.speech.decoding import Linked
from dragoman.coding.speech.quotes import quotations
from dragoman.records import Mention

Span = tuple[int, int]


def span(text: str, words: str) -> Span:
    return text.index(words), text.index(words) + len(words)


def mention(text: str, words: str) -> Mention:
    return Mention(0, *span(text, words), words)


@pytest.mark.parametrize(
    ("text", "found", "mentions", "whole"),
    [
        ("the prime minister said no", "the prime", ["the prime minister"], "the prime minister"),
        ("Ana Vega Ruiz said no", "Ana Vega", ["Ana Vega Ruiz"], "Ana Vega Ruiz"),
        ("Captain Ana Vega said no", "Ana Vega", ["Captain Ana Vega"], "Ana Vega"),
        ("the Peruvian captain said no", "captain", ["the Peruvian captain"], "the Peruvian captain"),
        ("((AB)) : Who said no?", "AB))", [], "AB"),
        ("the Coast Office (CO) said no", "the Coast Office (CO", [], "the Coast Office (CO)"),
        ("A spokesman for President Ana Vega said no", "Ana Vega", ["Ana Vega"], "A spokesman for President Ana Vega"),
        ("the harbour master Ana Vega said no", "the harbour master", [], "the harbour master Ana Vega"),
        ("A spokesperson for Andes Fruit said no", "A spokesperson", [], "A spokesperson for Andes Fruit"),
        ("The captain Monday said no", "The captain", [], "The captain"),
        ("an Andes press release said no", "Andes", ["an Andes press"], "Andes"),
        ("Police say no", "Police", ["Police say"], "Police"),
        ("By reports he said no", "By", [], None),
        ("According to 2011 surveys he said no", "2011", [], None),
    ],
)
def test_a_source_is_made_whole(text: str, found: str, mentions: list[str], whole: str | None) -> None:
    cue = span(text, "say" if "say" in text else "said")
    mended = speakers.whole_source(text, span(text, found), cue, [mention(text, m) for m in mentions])
    assert (text[slice(*mended)] if mended else None) == whole


@pytest.mark.parametrize(
    ("words", "speaks"),
    [
        ("the law", False),
        ("A resolution", False),
        ("The Fisheries Act of 1911", False),
        ("the report", True),
        ("a government statement", True),
        ("Nathan Deal", True),
        ("the minister of justice and law", True),
        ("Deputies supporting the law", True),
    ],
)
def test_laws_do_not_speak_and_what_somebody_wrote_does(words: str, speaks: bool) -> None:
    assert speakers.speaks(words) == speaks


def test_who_is_quoted_is_not_who_quotes() -> None:
    text = "“I said no.” The envoys left."
    a = Linked(span(text, "I"), span(text, "said"), (span(text, "“I said no.”"),), 0.9)
    assert speakers.from_elsewhere(a, quotations(text))


def test_a_source_inside_a_quotation_keeps_what_it_says_there() -> None:
    text = "“Lund said the port is open,” Vega told us."
    a = Linked(span(text, "Lund"), span(text, "said"), (span(text, "the port is open"),), 0.9)
    assert not speakers.from_elsewhere(a, quotations(text))


def test_a_label_is_the_name_that_it_abbreviates() -> None:
    text = "Reporter Ivo B. Lund asked. IBL: Why?"
    a = Linked(span(text, "IBL"), None, (span(text, "Why?"),), 0.9)
    assert speakers.is_label(a, text)
    names = [mention(text, "Ivo B. Lund")]
    assert speakers.of_initials("IBL", names, text) == names[0]
    assert speakers.of_initials("XY", names, text) is None


@pytest.mark.parametrize(
    ("text", "cue", "goes_on"),
    [
        ("Lund agreed, adding that they wait", "adding", True),
        ("Lund agreed, according to Vega", "according to", False),
        ("Lund is saying no", "saying", False),
    ],
)
def test_a_participle_hangs_on_the_clause_before(text: str, cue: str, goes_on: bool) -> None:
    assert speakers.goes_on(Linked(None, span(text, cue), ((0, 4),), 0.9), text) == goes_on


def test_who_is_told_does_not_say_it() -> None:
    text = "The police were told that the port is closed."
    assert speakers.is_told(
        Linked(span(text, "The police"), span(text, "told"), (span(text, "the port is closed"),), 0.9), text
    )
    text = "The police told us that the port is closed."
    assert not speakers.is_told(Linked(span(text, "The police"), span(text, "told"), (span(text, "the port"),), 0.9), text)


@pytest.mark.parametrize(
    ("text", "source", "cue", "unsaid"),
    [
        ("Vega has not said that the port is closed.", "Vega", "said", True),
        ("None of them think that the port is closed.", "None of them", "think", True),
        ("Vega left without saying that the port is closed.", "Vega", "saying", True),
        ("Vega said that the port is not closed.", "Vega", "said", False),
        ("Vega not only said that the port is closed.", "Vega", "said", False),
    ],
)
def test_what_somebody_does_not_say_is_no_statement(text: str, source: str, cue: str, unsaid: bool) -> None:
    a = Linked(span(text, source), span(text, cue), (span(text, "the port"),), 0.9)
    assert speakers.is_unsaid(a, text) == unsaid


def test_a_possessor_is_no_verb() -> None:
    text = "The party wants states' rights."
    assert speakers.is_noun(Linked(None, span(text, "states"), (span(text, "rights"),), 0.9), text)
