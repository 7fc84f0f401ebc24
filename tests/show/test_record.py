"""What a person sees of a record."""

from __future__ import annotations

import dataclasses
import io

import pytest
from rich.console import Console

import samples
from dragoman.records import Discard, Interval, Record
from dragoman.show.record import show


def shown(record: Record, width: int = 100, *, explain: bool = False, terminal: bool = False) -> str:
    stream = io.StringIO()
    console = Console(file=stream, width=width, highlight=False, markup=False, emoji=False, force_terminal=terminal)
    show(record, console, explain=explain)
    return stream.getvalue()


def test_every_table_is_shown_with_sentence_numbers() -> None:
    text = shown(samples.record(), 140)
    for line in (
        "Norway's foreign minister visits Chile",
        "Harbour Weekly · Ann Berg · 2031-03-02 (from the page's metadata) · 1 min read · World",
        "Picture   Dahl in Santiago in March 2030. (AP)",
        "[1] CONSULT/visit  happened  Jonas Dahl (NOR) ↔ Chile  “arrived”  2031-03-01 (on March 1, 2031) · in Santiago",
        "[4] AID/military  denied  Norway → Chile  “selling arms”  no date · according to Norway",
        "[2] Jonas Dahl (NOR), foreign minister  said  mixed · friendly to CHL",
        "[3] Southern Harbours Agreement  agreement · NOR–CHL · signed · no date",
        "[3] 29 ports",
        "[1] 2031-03-01  favoured",
        "because  the publication date, 2031-03-02, is the day after",
    ):
        assert line in text


def test_what_is_denied_is_not_counted_as_done() -> None:
    row = next(line for line in shown(samples.record()).splitlines() if line.startswith("  Chile – Norway "))
    assert row.split()[-5:] == ["1", "·", "·", "·", "1"]


def test_explain_gives_words_rule_score_and_every_discard() -> None:
    plain, explained = shown(samples.record(), 140), shown(samples.record(), 140, explain=True)
    assert "relation model 1" not in plain
    assert "Subscribe" not in plain
    assert "why  “arrived in Santiago” by relation model 1, score 0.94; else COOPERATE 0.03" in explained
    assert "read: page furniture  Subscribe to our newsletter" in explained


@pytest.mark.parametrize("width", [40, 60, 80, 140])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    assert max(len(line) for line in shown(samples.record(), width, explain=True).splitlines()) <= width


@pytest.mark.parametrize("width", [40, 80, 140])
def test_no_line_ends_in_spaces_when_piped(width: int) -> None:
    ragged = [line for line in shown(samples.record(), width, explain=True).splitlines() if line != line.rstrip()]
    assert [line for line in ragged if "not done" not in line and "–" not in line] == []


def test_what_was_left_out_is_counted_by_sort() -> None:
    reasons = ("page furniture: byline", "page furniture: image credit", "page furniture: image credit", "language")
    record = dataclasses.replace(samples.record(), discards=tuple(Discard("read", reason) for reason in reasons))
    assert "page furniture 3 (image credit 2, byline); language 1" in shown(record)


def test_no_colour_when_piped() -> None:
    assert "\x1b" not in shown(samples.record())
    assert "\x1b" in shown(samples.record(), terminal=True)


def test_markup_and_escapes_from_outside_are_shown_not_obeyed() -> None:
    record = samples.record(title="[bold red]Talks[/] \x1b[31min :smile: Oslo\x07\x9b2J\u202e")
    assert shown(record).splitlines()[0] == "[bold red]Talks[/] [31min :smile: Oslo2J"


def test_an_article_without_events_says_so() -> None:
    assert "Events  none found" in shown(dataclasses.replace(samples.record(), events=()))


def test_an_article_without_a_date_says_so() -> None:
    record = samples.record()
    undated = dataclasses.replace(record, article=dataclasses.replace(record.article, published=None))
    assert "no publication date found" in shown(undated)


@pytest.mark.parametrize(
    ("first", "last", "shown_as"),
    [
        ("2031-03-01", "2031-03-01", "2031-03-01"),
        ("2031-01-01", "2031-12-31", "2031"),
        ("2028-02-01", "2028-02-29", "2028-02"),
        ("2031-02-01", "2031-03-31", "2031-02-01 to 2031-03-31"),
        ("2031-02-01", "2031-02-27", "2031-02-01 to 2031-02-27"),
        (None, "2031-02-27", "until 2031-02-27"),
        ("2031-02-27", None, "from 2031-02-27"),
    ],
)
def test_dates_are_as_short_as_they_can_be(first: str | None, last: str | None, shown_as: str) -> None:
    record = samples.record()
    dated = dataclasses.replace(record.article, published=Interval(first, last, "range", "inferred"))
    assert f"Ann Berg · {shown_as} (inferred) ·" in shown(dataclasses.replace(record, article=dated))
