from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.coding.speech.quotes import quotations


def words(text: str) -> list[str]:
    return [text[q.start : q.end] for q in quotations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She said: “We will go.” Then “no”.", ["“We will go.”", "“no”"]),
        ('"We go," she said. "We stay."', ['"We go,"', '"We stay."']),
        ("``We go,'' she said.", ["``We go,''"]),
        ("«Oui», dit-il. „Ja“, sagt er.", ["«Oui»", "„Ja“"]),
        ("“A line\nbroken in the middle.” She left.", ["“A line\nbroken in the middle.”"]),
        ("He spoke of ‘old debts’ only.", ["‘old debts’"]),
    ],
)
def test_every_kind_of_mark_is_paired(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_nested_quotations_are_given_inside_the_outer_one() -> None:
    text = "“The envoy told me ‘stay here’ and left,” she said."
    outer, inner = quotations(text)
    assert (text[outer.inner_start : outer.inner_end], outer.depth) == ("The envoy told me ‘stay here’ and left,", 0)
    assert (text[inner.start : inner.end], inner.depth, inner.single) == ("‘stay here’", 1, True)


def test_straight_marks_inside_straight_marks_are_nested() -> None:
    assert words('"He said "yes" to it," she added.') == ['"He said "yes" to it,"', '"yes"']


def test_apostrophes_are_no_quotation_marks() -> None:
    assert words("It's the states' right, they'd say, since the ’90s.") == []


@pytest.mark.parametrize("mark", ["“", '"'])
def test_opening_mark_repeated_in_the_next_paragraph_continues_the_quotation(mark: str) -> None:
    close = "”" if mark == "“" else '"'
    first, second = quotations(f"{mark}Our first point.\n\n{mark}Our second point,{close} he said.")
    assert (first.closed, first.continues) == (False, True)
    assert (second.closed, second.continues) == (True, False)


def test_paragraphs_of_a_quotation_that_were_run_together_are_given_one_by_one() -> None:
    text = '"Our first point. "Our second point," he said.'
    assert words(text) == ['"Our first point.', '"Our second point,"']
    assert [q.continues for q in quotations(text)] == [True, False]


def test_a_mark_never_closed_ends_with_its_line() -> None:
    text = "“We never closed this.\n\nThe next day was quiet. A “small” thing."
    first, second = quotations(text)
    assert text[first.start : first.end] == "“We never closed this."
    assert not first.closed
    assert text[second.start : second.end] == "“small”"


@given(st.text(alphabet="ab \n“”‘’\"'`„«».,", max_size=200))
def test_spans_are_true_whatever_the_marks(text: str) -> None:
    for q in quotations(text):
        assert 0 <= q.start <= q.inner_start <= q.inner_end <= q.end <= len(text)
        assert q.start < q.end


def test_a_text_of_opening_marks_alone_takes_no_long_time() -> None:
    assert len(quotations("“a " * 20_000)) == 20_000
