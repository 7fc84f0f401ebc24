from __future__ import annotations

import re

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dragoman.coding.speech.passages import Pieces, passages, pieces


class Coded:
    def __init__(self, text: str) -> None:
        found = list(re.finditer(r"\w+|[^\w\s]", text))
        self.tokens = [m.group() for m in found]
        self.offsets = [m.span() for m in found]
        self.ids = [1] * len(found)


class Words:
    """A tokenizer of whole words."""

    def encode(self, text: str, add_special_tokens: bool) -> Coded:
        assert not add_special_tokens
        return Coded(text)


def cut(text: str) -> Pieces:
    return pieces(text, Words())


def test_features_tell_quotation_paragraph_and_capital() -> None:
    p = cut("Lima spoke.\n“We agree.”")
    #                 Lima spoke . “   We  agree .  ”
    assert list(p.features) == [3, 0, 0, 10, 5, 4, 4, 8]


def test_a_sentence_begins_behind_a_full_stop_and_its_closing_mark() -> None:
    p = cut("“We agree.” Oslo left. Done")
    assert [i for i, b in enumerate(p.borders) if b] == [0, 5, 8]


def test_passages_begin_and_end_at_sentences() -> None:
    p = cut("One two three four. Five six seven eight. Nine ten eleven twelve. ")
    found = passages(p, size=12, overlap=5)
    assert [(x.start, x.end) for x in found] == [(0, 10), (5, 15)]
    assert [(x.own_start, x.own_end) for x in found] == [(0, 7), (7, 15)]


def test_a_sentence_longer_than_a_passage_is_cut() -> None:
    found = passages(cut("word " * 100), size=32, overlap=8)
    assert all(x.end - x.start <= 30 for x in found)
    assert found[-1].end == 100


@given(st.text(alphabet="Aa .\n“”", max_size=400), st.integers(12, 40), st.integers(0, 8))
def test_every_word_is_owned_once_and_seen_by_its_owner(text: str, size: int, overlap: int) -> None:
    p = cut(text)
    owned = np.zeros(len(p), dtype=int)
    for x in passages(p, size, overlap):
        assert x.start <= x.own_start <= x.own_end <= x.end
        assert x.end - x.start <= size - 2
        owned[x.own_start : x.own_end] += 1
    assert (owned == 1).all()
