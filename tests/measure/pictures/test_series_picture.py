"""Pictures: the same bytes each time, nothing of a text runs, and what a reader needs stands on them."""

from __future__ import annotations

import re
from datetime import date
from xml.etree import ElementTree

import numpy as np
import pyarrow as pa
import pytest

from dragoman.errors import UsageError
from dragoman.measure import change_points, event_groups, series, words_and_deeds
from dragoman.measure.frames import WrongUnit
from dragoman.measure.pictures import plane
from dragoman.measure.pictures import series as picture
from dragoman.measure.pictures.png import png
from dragoman.measure.pictures.series import Marked
from dragoman.measure.pictures.svg import COLOURS, css
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
