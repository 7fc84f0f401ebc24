"""Text from outside on one line, and text cut to fit."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dragoman.show.words import clean, shorten


@given(st.text())
def test_clean_text_is_one_line_without_control_characters(text: str) -> None:
    line = clean(text)
    assert line.isprintable() or not line
    assert clean(line) == line


@given(st.text(max_size=300), st.integers(40, 200), st.data())
def test_shortened_text_fits(text: str, width: int, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 30)))
    assert len(shorten(text, width, start, end)) <= width


def test_shortened_text_keeps_the_words_it_is_about() -> None:
    text = "word " * 50 + "TRIGGER " + "word " * 50
    assert "TRIGGER" in shorten(text, 60, 250, 257)
