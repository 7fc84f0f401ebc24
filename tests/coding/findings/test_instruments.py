"""Instruments: names, parties, status; a planned thing is never told as done."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman import codebook
from dragoman.coding.actors.resolver import Resolver
from dragoman.coding.findings.instruments import instruments, subjects
from dragoman.records import Article, Instrument, Interval, Sentence, content_id

RESOLVER = Resolver(codebook.load())


def read(*sentences: str) -> tuple[Instrument, ...]:
    text, spans = "", []
    for i, words in enumerate(sentences):
        spans.append(Sentence(i, "body", len(text), len(text) + len(words)))
        text += words + " "
    article = Article(content_id(text), None, None, (), "en", None, None, (), None, text, tuple(spans))
    return instruments(
        article, RESOLVER.article(article), date_of=lambda s, a, b, m: Interval("2020", "2020", "year", "explicit")
    )


def test_both_leaders_sign_for_their_two_states() -> None:
    (one,) = read(
        "Chilean President Rosa Vidal received Peruvian President Juan Salas.",
        "On Friday the two leaders signed the Arica Water Treaty.",
    )
    assert (one.parties, one.status) == (("CHL", "PER"), "signed")


@pytest.mark.parametrize(
    ("text", "kind", "name", "parties", "status"),
    [
        (
            "Turkey and Libya signed a maritime border agreement.",
            "agreement",
            "maritime border agreement",
            ("TUR", "LBY"),
            "signed",
        ),
        (
            "India will sign a border agreement with China.",
            "agreement",
            "border agreement with China",
            ("CHN", "IND"),
            "proposed",
        ),
        ("The United States withdrew from the Iran nuclear deal.", "agreement", "Iran nuclear deal", ("IRN", "USA"), "ended"),
        ("Russia suspended New START.", "agreement", "New START", (), "stalled"),
        ("Exercise Cobra Gold began on Monday.", "exercise", "Exercise Cobra Gold", (), "in force"),
        ("The Council adopted Resolution 1701.", "statement", "Resolution 1701", (), "signed"),
        (
            "Washington imposed 25% tariffs on Chinese steel.",
            "tariff",
            "25% tariffs on Chinese steel",
            ("USA", "CHN"),
            "in force",
        ),
        (
            "The treaty on the ban came up; the Paris Agreement was not discussed by France.",
            "agreement",
            "Paris Agreement",
            (),
            None,
        ),
    ],
)
def test_kind_name_parties_and_status(text: str, kind: str, name: str, parties: tuple[str, ...], status: str | None) -> None:
    (row,) = read(text)
    assert (row.kind, row.name, row.status) == (kind, name, status)
    assert set(row.parties) == set(parties)


def test_a_shorter_name_is_the_same_instrument() -> None:
    (row,) = read(
        "The long-delayed Power of Siberia 2 gas pipeline would connect Russia to China.",
        "Disputes over prices have long stalled the project.",
        "The pipeline, if finalized, would bind both.",
    )
    assert row.name == "Power of Siberia 2 gas pipeline"
    assert row.status == "stalled"
    assert [span.sentence for span in row.evidence] == [0, 1, 2]


def test_an_agreement_that_was_not_reached_is_none() -> None:
    assert read("No peace deal was reached.") == ()


def test_two_pipelines_with_numbers_are_two() -> None:
    assert [row.name for row in read("Nord Stream 1 was shut.", "Nord Stream 2 was never opened.")] == [
        "Nord Stream 1",
        "Nord Stream 2",
    ]


def test_refusing_to_sign_is_not_signing() -> None:
    (row,) = read("France refused to sign the Madrid Accord.")
    assert row.status != "signed"


@given(st.text(alphabet="Treaty of the Joint Statement on and Paris Accord deal signed by,. \n", max_size=120))
@settings(max_examples=50, deadline=None)
def test_any_text_gives_names_with_true_offsets(text: str) -> None:
    for row in read(text):
        assert all(0 <= span.start < span.end <= len(text) + 1 for span in row.evidence)


def test_what_a_document_is_about_is_no_act_of_those_who_signed_it() -> None:
    text = "Peru and Chile signed the Joint Statement on the Centenary of the Victory over the Locust Plague in Lima."
    article = Article(content_id(text), None, None, (), "en", None, None, (), None, text, (Sentence(0, "body", 0, len(text)),))
    found = subjects(article, instruments(article, RESOLVER.article(article)))
    assert [text[a:b] for a, b in found] == ["the Centenary of the Victory over the Locust Plague"]
