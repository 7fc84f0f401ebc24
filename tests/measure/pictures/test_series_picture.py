"""Pictures: the same bytes each time, nothing of a text runs, and what a reader needs stands on them."""

from __future__ import annotations

import re
from datetime import date
from xml.etree import ElementTree

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import UsageError
from dragoman.measure import change_points, event_groups, series, words_and_deeds
from dragoman.measure.frames import WrongUnit
from dragoman.measure.pictures import plane
from dragoman.measure.pictures import series as picture
from dragoman.measure.pictures.lettering import cut, shown, wrapped
from dragoman.measure.pictures.png import png
from dragoman.measure.pictures.scales import Scale, date_ticks, ticks
from dragoman.measure.pictures.series import Marked
from dragoman.measure.pictures.svg import COLOURS, Drawing, css, number
from made_events import articles, stream, table

MIX = {"CONSULT": 0.4, "ACCUSE": 0.3, "COOPERATE": 0.1, "SANCTION": 0.2}
READ = pa.concat_tables([articles("2015-01-01", "2015-06-30"), articles("2015-09-01", "2016-12-31")])
EVENTS = stream(np.random.default_rng(1), 700, 0.5, MIX, ("CHN", "RUS"))
SERIES = series(EVENTS, "CHN", "RUS", articles=READ, intervals=True)
SVG = "{http://www.w3.org/2000/svg}"


def words_of(svg: str) -> str:
    return " ".join(element.text or "" for element in ElementTree.fromstring(svg).iter(f"{SVG}text"))


def test_a_picture_has_the_same_bytes_each_time() -> None:
    assert picture.draw(SERIES) == picture.draw(SERIES)


def test_source_coverage_and_n_stand_on_the_picture() -> None:
    words = words_of(picture.draw(SERIES, source="an archive of made-up news"))
    n = sum(v or 0 for v in SERIES["groups"].to_pylist())
    assert f"n = {n} events" in words
    assert "22 of 24 months" in words
    assert "nothing was read" in words
    assert "an archive of made-up news" in words
    assert "China and Russia, by month" in words


def test_changes_and_events_are_named_on_the_picture() -> None:
    groups = event_groups(EVENTS, "CHN", "RUS")
    changes = change_points(SERIES, groups=groups).slice(0, 0)
    row = {"period": date(2016, 1, 1), "before": 1.0, "after": -2.0, "found_again": 0.9}
    one = pa.Table.from_pylist([row], changes.schema)
    svg = picture.draw(SERIES, changes=one, events=[Marked(date(2015, 3, 4), "China met Russia", "/event/e1")])
    assert "Jan 2016, found again in 90%" in words_of(svg)
    assert "2015-03-04: China met Russia" in words_of(svg)
    assert 'href="/event/e1"' in svg


def test_markup_in_a_text_is_only_text() -> None:
    evil = '<script>alert(1)</script>" onload="x'
    svg = picture.draw(SERIES, events=[Marked(date(2015, 3, 4), evil, 'x" onclick="y')], source=evil)
    assert "<script" not in svg
    assert not [e for e in ElementTree.fromstring(svg).iter() if any(name.startswith("on") for name in e.attrib)]


@given(st.text(alphabet=st.characters(blacklist_categories=("Cs", "Cc")), max_size=60))
def test_any_words_give_well_formed_svg(words: str) -> None:
    pen = Drawing(400, 100, words, words)
    pen.text(10, 20, words, halo=True, link=words)
    pen.circle(5, 5, 3, "one", note=words)
    assert ElementTree.fromstring(pen.svg()).tag == f"{SVG}svg"


def test_a_picture_in_a_page_brings_no_style_and_names_its_parts_its_own() -> None:
    one, two = picture.draw(SERIES, name="one"), picture.draw(SERIES, name="two")
    assert "<style" not in one
    assert "style=" not in one
    ids = [set(re.findall(r'id="([^"]+)"', svg)) for svg in (one, two)]
    assert ids[0]
    assert not ids[0] & ids[1]
    assert "<style>" in picture.draw(SERIES, standalone=True)


def test_every_colour_has_a_rule_and_both_themes() -> None:
    rules = css()
    assert all(f".f-{role}{{" in rules and f".s-{role}{{" in rules for role in COLOURS)
    assert "prefers-color-scheme:dark" in rules
    assert "@media print" in rules
    assert picture.draw(SERIES, theme="dark") != picture.draw(SERIES)


def test_text_has_contrast_enough_on_its_ground() -> None:
    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        r, g, b = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    for theme in (0, 1):
        for role in ("ink", "muted"):
            one, two = sorted((light(COLOURS[role][theme]), light(COLOURS["paper"][theme])))
            assert (two + 0.05) / (one + 0.05) >= 4.5, f"{role} in theme {theme}"


def test_an_empty_series_is_a_picture_that_says_why() -> None:
    assert "Nothing to draw: nothing was read" in words_of(picture.draw(series(table([]), "CHN", "RUS")))


@pytest.mark.parametrize("figure", ["conflict_share", "groups", "intensity_sum"])
@pytest.mark.parametrize("width", [360, 860])
def test_other_figures_and_widths_are_drawn_inside_the_frame(figure: str, width: int) -> None:
    svg = picture.draw(SERIES, figure=figure, width=width)
    root = ElementTree.fromstring(svg)
    height = float(root.attrib["height"])
    for text in root.iter(f"{SVG}text"):
        assert 0 <= float(text.attrib["x"]) <= width
        assert 0 <= float(text.attrib["y"]) <= height


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(UsageError, match="needs the column nonsense"):
        picture.draw(SERIES, figure="nonsense")
    with pytest.raises(UsageError, match="too narrow"):
        picture.draw(SERIES, width=200)
    with pytest.raises(WrongUnit, match="the picture of a series needs"):
        picture.draw(EVENTS)
    with pytest.raises(WrongUnit, match="words and deeds"):
        plane.draw(EVENTS)


def test_the_plane_of_words_and_deeds_names_its_corners_and_last_period() -> None:
    words = words_of(plane.draw(words_and_deeds(series(EVENTS, "CHN", "RUS", "quarter", articles=READ)), source="made up"))
    for part in ("friendly words,", "hostile deeds", "2016 Q4", "made up", "n = "):
        assert part in words
    empty = plane.draw(words_and_deeds(series(table([]), "CHN", "RUS", articles=READ)))
    assert "no period has both words and deeds" in words_of(empty)


def test_png_is_drawn_with_the_fonts_of_its_package() -> None:
    pytest.importorskip("resvg_py")
    pytest.importorskip("font_source_sans_pro")
    one = png(picture.draw(SERIES, width=400), scale=1)
    assert one.startswith(b"\x89PNG")
    assert one == png(picture.draw(SERIES, width=400), scale=1)
    with pytest.raises(UsageError, match="no viewBox"):
        png("<svg/>")


def test_numbers_ticks_and_lines() -> None:
    assert [number(x) for x in (1.0, -0.001, 2.456)] == ["1", "0", "2.46"]
    assert [shown(x, 2) for x in (-1.5, 0.0, 1234.0)] == ["−1.5", "0", "1,234"]
    assert ticks(-5, 10, 4) == [-5.0, 0.0, 5.0, 10.0]
    assert Scale(0, 10, 100, 0)(5) == 50
    assert [label for _, label in date_ticks(date(2015, 1, 1), date(2019, 12, 31), 10)] == [
        "2015",
        "2016",
        "2017",
        "2018",
        "2019",
    ]
    assert date_ticks(date(2015, 1, 1), date(2015, 12, 31), 12)[0][1] == "Jan 2015"
    assert date_ticks(date(2018, 6, 1), date(2018, 6, 2), 5)[0][1] == "1 Jun 2018"
    assert wrapped("one two three", 50) == ["one two", "three"]
    assert wrapped("Coverage: 14 articles", 125) == ["Coverage: 14", "articles"]  # 123 by width_of, 128 in DejaVu Sans
    assert cut("a very long label indeed", 60).endswith("…")
