"""The sentence splitter: borders where a reader sees them, offsets always true."""

from __future__ import annotations

import pytest

from dragoman.read.sentences import split


def sentences(text: str, *, limit: int = 2_000, lower: bool = False) -> list[str]:
    return [text[start:end] for start, end in split(text, 0, len(text), limit, lower=lower)]


@pytest.mark.parametrize(
    "text",
    [
        "U.S. officials met Gen. Smith at 9 a.m. Monday.",
        "Resolution No. 2 was vetoed by Russia.",
        "He met J. K. Larsen and George W. Olsen in Oslo.",
        "Sen. A. Vidal, R-Ind., asked Lt. Col. Roe to testify.",
        "The Sino-U.S. Working Group met in St. Petersburg.",
        "The deal is worth 3.5 billion dollars, i.e. Norway's half.",
        "Exports to Dr. Vidal's Chile Corp. rose 4.2 percent.",
        "The U.S. Senate and the U.K. Parliament voted.",
        "On Oct. 22 the envoy left.",
        "1. The parties agree to meet.",
        "“We will talk. We will not yield,” he said.",
        '"Why now? We asked for years," the minister told Chile.',
        "``Not now. Not ever,'' he said.",
        "“Will they answer?” Jonas Dahl asked in Oslo.",
        "He said (this was in May. Nobody heard him) that Chile agreed.",
        "The group, known as al-Nur... returned.",
    ],
)
def test_one_sentence_stays_one(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Norway left the talks.", "Chile stayed."),
        ("He flew to the U.S.", "The talks failed."),
        ("It was signed at 9 a.m.", "Chile's envoy was absent."),
        ("He works for Fjord Inc.", "It ships fish."),
        ("They met in Miami Beach, Fla.", "Sister Anna was there."),
        ("“We will not yield.”", "Chile agreed."),
        ("He called it “an insult.”", "The envoy left."),
        ("He called it ``an insult.''", "The envoy left."),
        ("Will Chile answer?", "Nobody knows."),
        ("It was over!", "“We won,” he said."),
        ("Talks ended on October 22.", "Yet Chile refused."),
        ("They chose plan B.", "The envoy left."),
        ("It ended...", "Then it began again."),
        ("The group struck.", "al-Nur denied it."),
        ("(The text follows.)", "Chile agrees."),
    ],
)
def test_two_sentences_are_parted(first: str, second: str) -> None:
    assert sentences(f"{first} {second}") == [first, second]


def test_a_quotation_never_closed_hides_no_borders() -> None:
    assert sentences("“We will talk. Chile agreed. Peru left.") == ["“We will talk.", "Chile agreed.", "Peru left."]


def test_capitals_throughout_are_split_alike() -> None:
    assert sentences("CHILE LEFT. PERU STAYED.") == ["CHILE LEFT.", "PERU STAYED."]


def test_small_letters_begin_sentences_only_where_the_text_has_no_capitals() -> None:
    text = "chile left the talks. peru stayed."
    assert sentences(text) == [text]
    assert sentences(text, lower=True) == ["chile left the talks.", "peru stayed."]


def test_a_sentence_above_the_limit_is_cut_at_white_space() -> None:
    text = "Chile " + "and Peru " * 400 + "agreed."
    parts = sentences(text, limit=200)
    assert all(len(part) <= 200 for part in parts)
    assert " ".join(parts) == text


def test_a_run_without_white_space_is_cut_at_the_limit() -> None:
    assert [len(part) for part in sentences("a" * 500, limit=200)] == [200, 200, 100]
