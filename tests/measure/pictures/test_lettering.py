"""Figures as people write them, and lines that fit."""

from __future__ import annotations

from dragoman.measure.pictures.lettering import cut, shown, wrapped


def test_figures_have_a_true_minus_and_no_needless_decimals() -> None:
    assert [shown(x, 2) for x in (-1.5, 0.0, 1234.0)] == ["−1.5", "0", "1,234"]


def test_text_is_broken_at_spaces_and_cut_with_an_ellipsis() -> None:
    assert wrapped("one two three", 50) == ["one two", "three"]
    assert wrapped("Coverage: 14 articles", 125) == ["Coverage: 14", "articles"]  # 123 by width_of, 128 in DejaVu Sans
    assert cut("a very long label indeed", 60).endswith("…")
