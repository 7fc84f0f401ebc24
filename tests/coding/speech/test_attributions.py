"""Reading a text in passages and blocks, by a model that finds everything equally likely."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dragoman.coding.speech.attributions import Attributor, Window, blocks


class Silent:
    """A tokenizer of words for a model that finds everything equally likely."""

    def token_to_id(self, token: str) -> int:
        return {"[CLS]": 1, "[SEP]": 2}[token]

    def encode(self, text: str, add_special_tokens: bool) -> Silent:
        text.encode("utf-8")
        self.offsets = [m.span() for m in re.finditer(r"\w+|[^\w\s]", text)]
        self.tokens = [text[s:e] for s, e in self.offsets]
        self.ids = [3] * len(self.offsets)
        return self


def even(windows: Sequence[Window]) -> list[tuple[np.ndarray, np.ndarray]]:
    return [(np.zeros((len(i), 9), np.float32), np.zeros((2, len(i), len(i)), np.float32)) for i, _ in windows]


@given(st.text(max_size=300))
def test_offsets_are_true_on_any_text(text: str) -> None:
    for a in Attributor(even, Silent()).attributions(text):
        for span in (a.source, a.cue, a.content):
            assert span is None or 0 <= span[0] < span[1] <= len(text)


def test_half_of_a_character_pair_is_no_trouble() -> None:
    (a,) = Attributor(even, Silent()).attributions("He said \ud800 no.")
    assert a.content == (0, 13)


def test_empty_text_gives_nothing() -> None:
    assert Attributor(even, Silent()).attributions("") == []


def test_a_book_is_read_in_blocks_that_end_with_a_line() -> None:
    text = "x" * 30 + "\n" + "y" * 50 + "\n" + "z" * 130
    assert [text[s:e] for s, e in blocks(text, 100)] == [text[:82], "z" * 100, "z" * 30]
