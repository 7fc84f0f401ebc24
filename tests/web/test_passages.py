"""Marks may overlap and lie anywhere; the words come out whole."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dragoman.web import addresses
from dragoman.web.passages import Mark, excerpt, pieces

MARKS = st.lists(
    st.builds(Mark, st.integers(0, 60), st.integers(0, 60), st.sampled_from(["said", "actor", "trigger q1"])), max_size=8
)


@given(st.text(max_size=50), MARKS, st.integers(0, 10))
def test_pieces_give_the_text_back_whatever_the_marks(text: str, marks: list[Mark], start: int) -> None:
    assert "".join(piece.text for piece in pieces(text, marks, start=start)) == text


@given(st.text(alphabet="ab ", max_size=400), st.integers(0, 400), st.integers(0, 40))
def test_an_excerpt_keeps_the_words_around_which_it_is_cut(text: str, first: int, length: int) -> None:
    first = min(first, len(text))
    last = min(first + length, len(text))
    shown = "".join(piece.text for piece in excerpt(text, [], start=0, around=(first, last), width=120))
    assert text[first:last] in shown


def test_marks_that_overlap_share_a_piece() -> None:
    found = pieces("Chile met Peru", [Mark(0, 9, "said"), Mark(6, 9, "trigger q1", "event/1")])
    assert [(piece.text, piece.kinds) for piece in found] == [
        ("Chile ", ("said",)),
        ("met", ("said", "trigger q1")),
        (" Peru", ()),
    ]


def test_links_are_relative_from_any_page() -> None:
    assert addresses.relative("pair/CHN-RUS", "article/1#s2") == "../article/1#s2"
    assert addresses.relative("pair/CHN-RUS", "article/1#s2", files=True) == "../article/1.html#s2"
    assert addresses.relative("", "pair/CHN-RUS", files=True) == "pair/CHN-RUS.html"
    assert addresses.relative("pair/CHN-RUS", "", files=True) == "../index.html"
    assert addresses.relative("pair/CHN-RUS/2031", "pair/CHN-RUS") == "../CHN-RUS"
    assert addresses.relative("pair/CHN-RUS", "") == "../"
    assert addresses.relative("status", "") == "./"
