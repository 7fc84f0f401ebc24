"""Intervals of figures: they hold the truth as often as they say, and say nothing where nothing is known."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from bench.measure_simulation import coded, sampling
from dragoman.errors import CodebookError
from dragoman.measure import change_points, coder_errors, event_groups, facts_of, series, with_intervals
from dragoman.measure.coder_error import load
from dragoman.measure.frames import WrongUnit
from dragoman.measure.intervals import METHODS
from made_events import articles, event, stream, table

MIX = {"CONSULT": 0.4, "ACCUSE": 0.3, "COOPERATE": 0.1, "SANCTION": 0.2}


def test_intervals_of_means_counts_and_sums_hold_the_truth_as_often_as_they_say() -> None:
    """The full run, a thousand rounds and three sizes, is ``python -m bench.measure_simulation``; this one is cut short."""
    for world, size, held in sampling(rounds=100, sizes=(20,)):
        for figure in ("groups", "conflict", "intensity_mean", "intensity_sum"):
            assert 0.88 <= held[figure] <= 1, f"{figure} of {world} at {size} events: {held[figure]}"


def test_intervals_of_corrected_counts_hold_what_a_reader_would_have_marked() -> None:
    for world, size, held in coded(rounds=400, sizes=(200,)):
        assert held["groups"] >= 0.88, f"{world} at {size}: {held['groups']}"


def test_every_figure_has_both_intervals_named_for_where_they_come_from() -> None:
    events = stream(np.random.default_rng(1), 90, 1.0, MIX, ("CHN", "RUS"))
    found = series(events, "CHN", "RUS", articles=articles("2015-01-01", "2015-03-31"), intervals=True)
    for figure in ("groups", "words", "deeds", "intensity_mean", "intensity_sum", "conflict_share", "groups_difference"):
        for row in found.to_pylist():
            assert row[f"{figure}_sampling_low"] <= row[figure] <= row[f"{figure}_sampling_high"]
            assert row[f"{figure}_coder_low"] <= row[f"{figure}_corrected"] <= row[f"{figure}_coder_high"]
    assert facts_of(found)["methods"] == METHODS


def test_the_interval_of_a_period_does_not_hang_on_the_range_asked_for() -> None:
    events = stream(np.random.default_rng(2), 90, 1.0, MIX, ("CHN", "RUS"))
    read = articles("2015-01-01", "2015-03-31")
    whole = series(events, "CHN", "RUS", articles=read, intervals=True).to_pylist()[1]
    alone = series(events, "CHN", "RUS", since="2015-02", until="2015-02", articles=read, intervals=True).to_pylist()[0]
    assert whole["intensity_mean_sampling_low"] == alone["intensity_mean_sampling_low"]


def test_no_event_is_up_to_two_and_a_half_events_and_has_no_mean() -> None:
    row = series(table([]), "CHN", "RUS", articles=articles("2020-01-01", "2020-01-31"), intervals=True).to_pylist()[0]
    assert (row["groups_sampling_low"], round(row["groups_sampling_high"], 2)) == (0.0, 2.51)
    assert row["intensity_mean_sampling_low"] is None
    assert row["conflict_share_sampling_high"] is None


def test_a_single_event_in_the_whole_series_has_a_mean_without_an_interval() -> None:
    one = table([event("2020-01-05", "CHN", "RUS", "AID")])
    row = series(one, "CHN", "RUS", articles=articles("2020-01-01", "2020-01-31"), intervals=True).to_pylist()[0]
    assert (row["intensity_mean"], row["intensity_mean_sampling_low"]) == (10.0, None)


def test_outside_coverage_there_is_no_interval_either() -> None:
    read = pa.concat_tables([articles("2020-01-01", "2020-01-31"), articles("2020-03-01", "2020-03-31")])
    row = series(table([event("2020-01-05", "CHN", "RUS", "AID")]), "CHN", "RUS", articles=read, intervals=True).to_pylist()[1]
    assert row["groups_sampling_high"] is None
    assert row["groups_coder_high"] is None


def test_imported_rows_have_no_interval_of_our_coder() -> None:
    row = event("2020-01-05", "CHN", "RUS", "AID", origin="icews")
    found = series(table([row]), "CHN", "RUS", intervals=True)
    assert found["groups_sampling_high"][0].as_py() > 1
    assert found["groups_coder_high"][0].as_py() is None
    assert "imported" in facts_of(found)["coder_missing"]


def test_intervals_are_added_to_a_series_and_refused_for_anything_else() -> None:
    events = table([event("2020-01-05", "CHN", "RUS", "AID"), event("2020-01-06", "CHN", "RUS", "ACCUSE")])
    groups = event_groups(events, "CHN", "RUS")
    bare = series(groups, "CHN", "RUS", articles=articles("2020-01-01", "2020-01-31"))
    assert "groups_sampling_low" in with_intervals(bare, groups).column_names
    with pytest.raises(WrongUnit, match="intervals needs a table with one row a event-group"):
        with_intervals(bare, events)
    with pytest.raises(WrongUnit, match="change_points needs"):
        change_points(groups)


def test_the_coders_error_is_measured_by_root_and_drawn_to_the_mean() -> None:
    error = coder_errors()
    assert error.fold == 0
    assert all(0 < r.precision < 1 and 0 < r.recall < 1 for r in error.roots.values())
    whole = sum(r.right for r in error.roots.values()) / sum(r.given for r in error.roots.values())
    drawn = [abs(r.right / r.given - whole) - abs(r.precision - whole) for r in error.roots.values() if r.given]
    assert min(drawn) >= -1e-9
    assert max(drawn) > 0.01


@pytest.mark.parametrize("text", ["articles = 3", "[roots.CONSULT]\ngiven = 3\nright = 4\nrequired = 1\nfound = 1"])
def test_a_damaged_file_of_the_coders_error_is_named(text: str) -> None:
    with pytest.raises(CodebookError, match="coder_error"):
        load(text)


def test_the_interval_of_a_mean_intensity_stays_on_the_scale() -> None:
    two = table([event("2020-01-05", "CHN", "RUS", "AID"), event("2020-01-09", "CHN", "RUS", "ASSAULT")])
    row = series(two, "CHN", "RUS", articles=articles("2020-01-01", "2020-01-31"), intervals=True).to_pylist()[0]
    assert (row["intensity_mean_sampling_low"], row["intensity_mean_sampling_high"]) == (-10.0, 10.0)
