"""Change points: found where they are with the events behind them, and not where there is only more to read."""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa
import pytest

from bench.measure_simulation import changes
from dragoman.errors import UsageError
from dragoman.measure import change_points, event_groups, facts_of, series
from made_events import articles, event, stream, table

CALM = {"CONSULT": 0.6, "ACCUSE": 0.2, "COOPERATE": 0.2}
TENSE = {"CONSULT": 0.2, "ACCUSE": 0.5, "SANCTION": 0.3}
READ = articles("2015-01-01", "2017-12-31", 2)


def turned() -> pa.Table:
    """Three years of a pair: calm, and tense from 2016-07 on."""
    rng = np.random.default_rng(5)
    calm = stream(rng, 547, 0.4, CALM, ("CHN", "RUS")).to_pylist()
    shift = date(2016, 7, 1) - date(2015, 1, 1)
    tense = stream(rng, 548, 0.4, TENSE, ("CHN", "RUS")).to_pylist()
    for i, row in enumerate(tense):
        row["id"] = f"t{i:05}"
        row["date_from"] = row["date_to"] = row["published"] = row["date_from"] + shift
    return table([*calm, *tense])


def test_changes_of_the_stated_size_are_found() -> None:
    """Cut short; all 500 series are ``python -m bench.measure_simulation changes``."""
    assert changes(rounds=60)["f1"] >= 0.85


def test_a_turn_of_tone_is_found_with_its_levels_and_the_events_behind_it() -> None:
    events = turned()
    groups = event_groups(events, "CHN", "RUS")
    found = change_points(series(groups, "CHN", "RUS", articles=READ), groups=groups)
    (row,) = found.to_pylist()
    assert date(2016, 6, 1) <= row["period"] <= date(2016, 8, 1)
    assert row["period_low"] <= row["period"] <= row["period_high"]
    assert row["before"] > 1 > row["after"]
    assert row["p"] < 0.05
    assert row["found_again"] > 0.8
    behind = {r["group"]: r for r in groups.to_pylist()}
    assert 1 <= len(row["events"]) <= 5
    assert all(behind[g]["intensity"] < row["before"] for g in row["events"])


def test_counts_that_grow_with_what_is_read_do_not_change() -> None:
    rng = np.random.default_rng(8)
    days = [(date(2015, 1, 1).toordinal() + n) for n in range(730)]
    events = [
        event(date.fromordinal(d).isoformat(), "CHN", "RUS", "CONSULT")
        for i, d in enumerate(days)
        for _ in range(rng.poisson(0.5 if i < 365 else 2.0))
    ]
    read = pa.concat_tables([articles("2015-01-01", "2015-12-31", 1), articles("2016-01-01", "2016-12-30", 4)])
    assert change_points(series(table(events), "CHN", "RUS", articles=read), "groups").num_rows == 0
    even = articles("2015-01-01", "2016-12-30", 1)
    assert change_points(series(table(events), "CHN", "RUS", articles=even), "groups").num_rows == 1


def test_periods_that_were_not_read_are_left_out() -> None:
    read = pa.concat_tables([articles("2015-01-01", "2015-10-31"), articles("2016-03-01", "2017-12-31")])
    found = change_points(series(turned(), "CHN", "RUS", articles=read))
    assert found.num_rows == 1


def test_too_short_a_series_gives_no_row_and_the_reason() -> None:
    found = change_points(series(table([]), "CHN", "RUS", articles=articles("2020-01-01", "2020-03-31")))
    assert found.num_rows == 0
    assert "changes need 8 periods" in facts_of(found)["empty"]


def test_figures_without_changes_and_too_long_series_are_refused() -> None:
    found = series(table([]), "CHN", "RUS", articles=articles("2020-01-01", "2020-03-31"))
    with pytest.raises(UsageError, match="changes of 'articles' are not looked for"):
        change_points(found, "articles")
    long = series(table([]), "CHN", "RUS", "day", since="2010", until="2019", articles=articles("2010-01-01", "2019-12-31"))
    with pytest.raises(UsageError, match="choose a longer period"):
        change_points(long, "groups")
