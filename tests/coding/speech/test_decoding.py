"""Decoding is tested on scores made by hand: a model that is sure of what the test says."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pytest

from dragoman.coding.speech.decoding import Linked, Reading, decode, whole_name
from dragoman.coding.speech.passages import Pieces


def cut(text: str) -> Pieces:
    spans = [m.span() for m in re.finditer(r"\w+|[^\w\s]", text)]
    starts, ends = np.array([s for s, _ in spans]), np.array([e for _, e in spans])
    flags = np.ones(len(spans), dtype=bool)
    return Pieces(np.ones(len(spans), dtype=int), starts, ends, np.zeros(len(spans), dtype=int), flags, flags)


def reading(text: str, *said: tuple[str | None, str | None, Sequence[str]]) -> Reading:
    """Scores of a model that finds these (source, cue, pieces of the content)."""
    p = cut(text)
    tags = np.tile(np.array([0.98, 0.01, 0.01], dtype=np.float32), (3, len(p), 1))
    links = np.full((2, len(p), len(p) + 1), 0.001, dtype=np.float32)

    def mark(kind: int, words: str) -> tuple[int, int]:
        at = text.index(words)
        start, end = int(np.searchsorted(p.starts, at)), int(np.searchsorted(p.starts, at + len(words)))
        tags[kind, start] = [0.01, 0.98, 0.01]
        tags[kind, start + 1 : end] = [0.01, 0.01, 0.98]
        return start, end

    for source, cue, content in said:
        heads = [mark(kind, words)[0] + 1 if words else 0 for kind, words in enumerate((source, cue))]
        for piece in content:
            start, end = mark(2, piece)
            for kind, head in enumerate(heads):
                links[kind, start:end, head] = 0.95
    none = np.zeros(len(p), dtype=np.int64)
    return Reading(p, tags[0], tags[1], tags[2], none, np.full(len(p), len(p)), links, None)


def rows(text: str, found: Sequence[Linked]) -> list[tuple[str | None, str | None, str]]:
    return [tuple(text[s[0] : s[1]] if s else None for s in (a.source, a.cue, a.hull)) for a in found]  # type: ignore[misc]


def test_source_before_and_after_the_content() -> None:
    text = "Ms Lund said the strait is open. The port is closed, according to the harbour master."
    r = reading(
        text, ("Ms Lund", "said", ["the strait is open"]), ("the harbour master", "according to", ["The port is closed"])
    )
    assert rows(text, decode(r, text)) == [
        ("Ms Lund", "said", "the strait is open"),
        ("the harbour master", "according to", "The port is closed"),
    ]


def test_two_attributions_of_one_sentence_keep_their_sources() -> None:
    text = "Lund said the strait is open but Vega insisted it is mined."
    r = reading(text, ("Lund", "said", ["the strait is open"]), ("Vega", "insisted", ["it is mined"]))
    assert rows(text, decode(r, text)) == [("Lund", "said", "the strait is open"), ("Vega", "insisted", "it is mined")]


def test_a_quotation_split_by_its_speaker_is_one_attribution_in_pieces() -> None:
    text = "“We will not wait,” Vega said. “The ships sail tonight.”"
    (a,) = decode(reading(text, ("Vega", "said", ["“We will not wait,”", "“The ships sail tonight.”"])), text)
    assert [text[s:e] for s, e in a.content] == ["“We will not wait,”", "“The ships sail tonight.”"]
    assert rows(text, [a]) == [("Vega", "said", text)]


def test_borders_of_a_quotation_are_repaired_by_its_marks() -> None:
    text = "Vega said: “We will not wait for anybody in this matter.” He left."
    r = reading(text, ("Vega", "said", ["We will not wait for anybody in this"]))
    assert rows(text, decode(r, text)) == [("Vega", "said", "“We will not wait for anybody in this matter.”")]


def test_a_quoted_phrase_in_reported_speech_does_not_swallow_its_border() -> None:
    text = "Vega called the plan “a gift to the smugglers” and left."
    r = reading(text, ("Vega", "called", ["the plan “a gift to the smugglers"]))
    assert rows(text, decode(r, text)) == [("Vega", "called", "the plan “a gift to the smugglers”")]


def test_a_quotation_that_goes_on_without_speaker_is_marked_as_carried() -> None:
    text = "“We sail,” Vega said.\n“Nobody will stop us.”"
    first, second = decode(reading(text, ("Vega", "said", ["“We sail,”"]), (None, None, ["“Nobody will stop us.”"])), text)
    assert (first.carried, second.carried) == (False, True)
    assert (second.source, second.cue) == (None, None)


def test_a_source_the_tagger_missed_is_found_by_the_link() -> None:
    text = "“We sail,” the fisheries minister said."
    r = reading(text, ("the fisheries minister", "said", ["“We sail,”"]))
    r.source[:] = [0.85, 0.02, 0.13]
    start = int(np.searchsorted(r.pieces.starts, text.index("minister") + 9))
    r.source[start:] = [0.9, 0.05, 0.05]
    assert rows(text, decode(r, text)) == [("the fisheries minister", "said", "“We sail,”")]


@pytest.mark.parametrize(
    ("text", "found", "mended"),
    [
        ("The Peruvian Embassy said no.", "The", "The Peruvian Embassy"),
        ("Mr. Vega said no.", "Mr", "Mr. Vega"),
        ("Ana Vega of the coast guard said no.", "Ana Vega of", "Ana Vega"),
        ("The minister said no.", "The minister", "The minister"),
    ],
)
def test_half_a_name_is_mended(text: str, found: str, mended: str) -> None:
    start, end = whole_name(text, 0, len(found))
    assert text[start:end] == mended


def test_nothing_said_gives_nothing() -> None:
    text = "The strait was calm."
    assert decode(reading(text), text) == []


def test_a_content_never_ends_inside_a_number() -> None:
    text = "Lund said the fleet cost 177.68 million last year."
    found = decode(reading(text, ("Lund", "said", ["the fleet cost 177"])), text)
    assert rows(text, found) == [("Lund", "said", "the fleet cost 177.68 million")]
