"""Dates of publication: as given, as written, in an address. Two readings of one date are none."""

from __future__ import annotations

import pytest

from dragoman.read import datelines
from dragoman.read.published import find, from_url, from_value


@pytest.mark.parametrize(
    "value",
    [
        "2031-03-02",
        "2031-03-02T23:59:00+09:00",
        "20310302",
        "Sun, 02 Mar 2031 10:00:00 GMT",
        "March 2, 2031",
        "2 March 2031",
        "Mar. 2, 2031",
        1930213800,
        "1930213800000",
    ],
)
def test_values_of_a_day(value: object) -> None:
    got = from_value(value)
    assert got is not None
    assert (got.from_, got.to, got.precision, got.how) == ("2031-03-02", "2031-03-02", "day", "metadata")


@pytest.mark.parametrize(
    ("value", "to", "precision"),
    [("2031-02", "2031-02-28", "month"), ("2031", "2031-12-31", "year"), ("February 2031", "2031-02-28", "month")],
)
def test_values_of_a_month_or_year(value: str, to: str, precision: str) -> None:
    got = from_value(value)
    assert got is not None
    assert (got.to, got.precision) == (to, precision)


@pytest.mark.parametrize("value", ["", None, "yesterday", "2031-13-45", "5/8/2031", True, "x" * 500, float("nan"), -1])
def test_what_is_no_date_is_none(value: object) -> None:
    assert from_value(value) is None


def test_numbers_with_strokes_count_only_where_one_reading_is_possible() -> None:
    assert find("5/8/2031", "explicit") is None
    unambiguous = find("25/8/2031", "explicit")
    assert unambiguous is not None
    assert unambiguous.from_ == "2031-08-25"


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://a.example/2031/03/02/envoy", "2031-03-02"),
        ("https://a.example/world/2031/mar/02/envoy", "2031-03-02"),
        ("https://a.example/envoy-20310302", "2031-03-02"),
        ("https://a.example/news/2031-03-flint", "2031-03-01"),
        ("https://a.example/envoy-3046526/1", None),
        ("https://a.example/20319999/x", None),
        ("http://[bad", None),
        (None, None),
    ],
)
def test_days_in_addresses(url: str | None, day: str | None) -> None:
    got = from_url(url)
    assert (got.from_ if got else None) == day


def test_a_line_that_only_tells_the_day() -> None:
    for line in ("Published: Thursday, 8 May 2031, 14:30 GMT", "May 8, 2031", "2031-05-08 10:00", "Posted on 8 May 2031"):
        got = datelines.date_line(line)
        assert got is not None
        assert got.from_ == "2031-05-08"
    assert datelines.date_line("On May 8, 2031 Norway left the talks") is None


def test_bylines() -> None:
    assert datelines.byline("By Jane Doe and John Roe, Reuters") == ("Jane Doe", "John Roe")
    assert datelines.byline("By: Ann ROE | Bo MOE 1 min") == ("Ann ROE", "Bo MOE")
    assert datelines.byline("By Reuters") == ()
    assert datelines.byline("By invading Peru") is None
    assert datelines.byline("By Monday Norway had left, and Chile with it.") is None
