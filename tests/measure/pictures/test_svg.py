"""The pen: any words are only text, and text can be read on its ground."""

from __future__ import annotations

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from dragoman.measure.pictures.svg import COLOURS, Drawing, number

SVG = "{http://www.w3.org/2000/svg}"


@given(st.text(alphabet=st.characters(blacklist_categories=("Cs", "Cc")), max_size=60))
def test_any_words_give_well_formed_svg(words: str) -> None:
    pen = Drawing(400, 100, words, words)
    pen.text(10, 20, words, halo=True, link=words)
    pen.circle(5, 5, 3, "one", note=words)
    assert ElementTree.fromstring(pen.svg()).tag == f"{SVG}svg"


def test_text_has_contrast_enough_on_its_ground() -> None:
    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        r, g, b = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    for theme in (0, 1):
        for role in ("ink", "muted"):
            one, two = sorted((light(COLOURS[role][theme]), light(COLOURS["paper"][theme])))
            assert (two + 0.05) / (one + 0.05) >= 4.5, f"{role} in theme {theme}"


def test_a_coordinate_has_two_decimals_at_most() -> None:
    assert [number(x) for x in (1.0, -0.001, 2.456)] == ["1", "0", "2.46"]
