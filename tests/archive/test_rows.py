"""From records to rows: what a record knows less exactly than a column."""

from __future__ import annotations

from datetime import date

import pytest

from dragoman.archive.rows import _bound


@pytest.mark.parametrize(
    ("when", "first", "last"),
    [
        ("1984", date(1984, 1, 1), date(1984, 12, 31)),
        ("2006-07", date(2006, 7, 1), date(2006, 7, 31)),
        ("2004-02", date(2004, 2, 1), date(2004, 2, 29)),
        ("2012-05-07", date(2012, 5, 7), date(2012, 5, 7)),
        (None, None, None),
    ],
)
def test_a_role_known_by_its_year_or_month_is_kept_with_its_outer_days(
    when: str | None, first: date | None, last: date | None
) -> None:
    assert _bound(when, last=False) == first
    assert _bound(when, last=True) == last
