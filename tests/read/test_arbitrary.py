"""Any bytes and any text: an article with true offsets or an InputError, always the same, in time that grows with length."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman import read
from dragoman.errors import InputError
from dragoman.read.markdown import parse
from dragoman.records import Article

CHEAP = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
PIECES = st.sampled_from(
    [
        "Norway ",
        "Chile left. ",
        "U.S. ",
        "“",
        "”",
        '"',
        "``",
        "''",
        "'",
        "’",
        "(",
        ")",
        "[",
        "]",
        ". ",
        "? ",
        "...",
        "\n",
        "\n\n",
        "\r\n",
        "\t",
        " ",
        "\u2028",
        "By Jane Doe\n",
        "Share\n",
        "© 2031 AP\n",
        "6 minute read\n",
        "MOSCOW, May 8 (TASS) -- ",
        "Photo: AFP\n",
        "<p>",
        "</p>",
        "<div>",
        "<!--",
        "<script>",
        "# ",
        "- ",
        "**",
        "![",
        "](",
        "{",
        "}",
        ",",
        ";",
        "\x00",
        "\ufeff",
        "é",
        "中",
        "🙂",
        "a",
        "A. ",
        "No. 2 ",
        "Related Articles\n",
        "1. ",
    ]
)
TEXTS = st.lists(PIECES, max_size=60).map("".join) | st.text(max_size=400)
HEADS = st.sampled_from(
    [
        b"",
        b"%PDF-1.4\n",
        b"<html><body>",
        b"<!doctype html>",
        b'{"text": "',
        b'[{"text": "',
        b"title,text\n",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"---\ntitle: x\n---\n",
    ]
)


def check(article: Article) -> None:
    end = 0
    for i, sentence in enumerate(article.sentences):
        assert sentence.i == i
        assert end <= sentence.start < sentence.end <= len(article.text)
        words = article.text[sentence.start : sentence.end]
        assert words == words.strip()
        end = sentence.end
    for discard in article.discards:
        assert article.text[discard.start : discard.end] == discard.text
    for caption in article.captions:
        assert article.text[caption.start : caption.end] == caption.text


@CHEAP
@given(TEXTS)
def test_any_text_gives_true_offsets_twice_alike(text: str) -> None:
    try:
        article = read.from_text(text)
    except InputError:
        assert not text.strip("\ufeff\u200b \t\r\n\x0b\x0c\u00a0") or not text.strip()
        return
    check(article)
    assert article.text == text
    assert article == read.from_text(text)


@CHEAP
@given(HEADS, st.binary(max_size=600) | TEXTS.map(lambda text: text.encode("utf-8", "replace")))
def test_any_bytes_give_articles_or_an_input_error_of_one_line(head: bytes, data: bytes) -> None:
    said = ""
    try:
        for article in read.read(head + data):
            check(article)
            assert article.text.strip()
    except InputError as error:
        said = str(error)
    assert "\n" not in said
    assert len(said) < 700


@CHEAP
@given(TEXTS)
def test_every_word_of_a_plain_text_is_in_a_sentence_or_in_a_discard(text: str) -> None:
    try:
        article = read.from_text(text)
    except InputError:
        return
    covered = bytearray(len(text))
    for row in (*article.sentences, *article.discards):
        covered[row.start : row.end] = b"\x01" * (row.end - row.start)
    assert not [character for character, seen in zip(text, covered, strict=True) if character.isalnum() and not seen]


@CHEAP
@given(TEXTS)
def test_any_markdown_parses(text: str) -> None:
    pieces, _ = parse(text)
    assert all(piece.words for piece in pieces)


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        ".",
        '"',
        '."(',
        "A. ",
        "a\n",
        "Xi met Putin, again\n",
        "“China will not “yield, ",
        "and Peru ",
        "[",
        "![a](",
        "<",
        "<div>",
        "<!--",
        "<b>x",
    ],
)
def test_time_grows_with_length_and_not_with_its_square(piece: str) -> None:
    def seconds(length: int) -> float:
        text = (piece * (length // len(piece) + 1))[:length].encode()
        best = []
        for head in (b"", b"<html><body>"):
            begun = time.perf_counter()
            with_error = None
            try:
                list(read.read(head + text))
            except InputError as error:
                with_error = error
            best.append(time.perf_counter() - begun)
            assert with_error is None or str(with_error)
        return max(best)

    seconds(1_000)  # what is loaded on first use
    short, long = seconds(20_000), seconds(160_000)
    assert long < 30 * short + 1.0  # eight times the length: eight times the time, where a square would be sixty-four
