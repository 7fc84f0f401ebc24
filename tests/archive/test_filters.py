"""What a caller gives in words, in codes: days, pairs, numbers of rows."""

from __future__ import annotations

from datetime import date

import pytest

from dragoman.archive import filters
from dragoman.errors import UsageError


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2031", date(2031, 1, 1), date(2031, 12, 31)),
        ("2032-02", date(2032, 2, 1), date(2032, 2, 29)),
        ("9999-12", date(9999, 12, 1), date(9999, 12, 31)),
        (" 2031-03-02 ", date(2031, 3, 2), date(2031, 3, 2)),
    ],
)
def test_a_month_or_a_year_stands_for_its_first_or_its_last_day(text: str, first: date, last: date) -> None:
    assert (filters.day("since", text), filters.day("until", text)) == (first, last)


@pytest.mark.parametrize("text", ["2031-13", "2031-00", "2031-3", "0000", "+203", "1_00", "2031-02-30", "soon", ""])
@pytest.mark.parametrize("name", ["since", "until"])
def test_what_is_no_date_is_refused_at_either_end(name: str, text: str) -> None:
    with pytest.raises(UsageError, match=f"^{name} .* is not a date; write it as 2031-03-02, 2031-03 or 2031$"):
        filters.day(name, text)


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("CHN-RUS", ["CHN", "RUS"]),
        ("Guinea-Bissau-SEN", ["Guinea-Bissau", "SEN"]),
        ("SEN-guinea-bissau", ["SEN", "guinea-bissau"]),
        ("NATO-Austria-Hungary", ["NATO", "Austria-Hungary"]),
        ("CHN", ["CHN"]),
        ("CHN-RUS-USA", ["CHN", "RUS", "USA"]),
    ],
)
def test_a_pair_is_parted_at_the_hyphen_that_no_name_holds(text: str, sides: list[str]) -> None:
    assert filters.apart(text) == sides
