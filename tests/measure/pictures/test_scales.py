"""Round values and days on an axis."""

from __future__ import annotations

from datetime import date

from dragoman.measure.pictures.scales import Scale, date_ticks, ticks


def test_ticks_are_round_values_and_a_scale_may_run_upwards() -> None:
    assert ticks(-5, 10, 4) == [-5.0, 0.0, 5.0, 10.0]
    assert Scale(0, 10, 100, 0)(5) == 50


def test_days_are_labelled_by_year_month_or_day_as_the_span_is_long() -> None:
    years = date_ticks(date(2015, 1, 1), date(2019, 12, 31), 10)
    assert [label for _, label in years] == ["2015", "2016", "2017", "2018", "2019"]
    assert date_ticks(date(2015, 1, 1), date(2015, 12, 31), 12)[0][1] == "Jan 2015"
    assert date_ticks(date(2018, 6, 1), date(2018, 6, 2), 5)[0][1] == "1 Jun 2018"
