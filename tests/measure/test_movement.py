"""Turning events, the ladder, words against deeds, replies, third parties, baselines."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from dragoman.errors import UsageError
from dragoman.measure import (
    baselines,
    escalation,
    facts_of,
    replies,
    series,
    third_parties,
    turning_events,
    unit_of,
    words_and_deeds,
    words_followed,
)
from dragoman.measure.ladder import RUNGS
from made_events import articles, event, stream, table

MIX = {"CONSULT": 0.5, "ACCUSE": 0.3, "COOPERATE": 0.2}


def day(n: int) -> str:
    return (date(2015, 1, 1) + timedelta(n)).isoformat()


def steady(days: int, every: int, root: str, start: int = 0) -> list[dict[str, Any]]:
    return [event(day(n), "CHN", "RUS", root, mutual=False) for n in range(start, start + days, every)]


# Turning events


def test_the_event_at_which_the_tone_turned_is_found() -> None:
    rng = np.random.default_rng(1)
    calm = [event(day(n), "CHN", "RUS", str(rng.choice(["CONSULT", "AGREE", "REQUEST"]))) for n in range(0, 300, 4)]
    tense = [event(day(n), "CHN", "RUS", str(rng.choice(["ACCUSE", "REJECT", "SANCTION"]))) for n in range(301, 600, 4)]
    turn = [event(day(300), "CHN", "RUS", "ASSAULT", group="the turn", document=f"d{i}") for i in range(9)]
    found = turning_events(table([*calm, *turn, *tense]), "CHN", "RUS")
    first = found.to_pylist()[0]
    assert (first["group"], first["documents"], first["root"]) == ("the turn", 9, "ASSAULT")
    assert first["before"] > 0 > first["after"]
    assert first["shift_high"] < 0
    assert first["p"] < 0.05


def test_an_even_relation_has_no_turning_event() -> None:
    alarms = 0
    for seed in range(12):
        alarms += turning_events(stream(np.random.default_rng(seed), 400, 0.3, MIX, ("CHN", "RUS")), "CHN", "RUS").num_rows > 0
    assert alarms <= 2


def test_too_few_events_have_no_turn_and_say_so() -> None:
    found = turning_events(table(steady(20, 5, "ACCUSE")), "CHN", "RUS")
    assert found.num_rows == 0
    assert "turning events need 20 dated events" in facts_of(found)["empty"]
    with pytest.raises(UsageError, match="ask for 1 or more"):
        turning_events(table([]), "CHN", "RUS", most=0)


# The ladder


def test_rungs_follow_the_intensity_of_the_codebook() -> None:
    assert next(iter(RUNGS)) == "REQUEST"
    assert list(RUNGS)[-1] == "ASSAULT"
    assert set(RUNGS.values()) == set(range(1, len(RUNGS) + 1))


def test_each_side_climbs_its_own_ladder() -> None:
    events = [
        event("2020-01-05", "CHN", "RUS", "ACCUSE"),
        event("2020-02-05", "CHN", "RUS", "SANCTION", group="few"),
        event("2020-02-06", "CHN", "RUS", "SANCTION", group="many", document="a"),
        event("2020-02-06", "CHN", "RUS", "SANCTION", group="many", document="b"),
        event("2020-02-09", "RUS", "CHN", "CONSULT"),
    ]
    read = pa.concat_tables([articles("2020-01-01", "2020-02-29"), articles("2020-04-01", "2020-04-30")])
    found = escalation(table(events), "CHN", "RUS", articles=read)
    rows = found.to_pylist()
    assert [r["rung_ab"] for r in rows] == [RUNGS["ACCUSE"], RUNGS["SANCTION"], None, 0]
    assert [r["climb_ab"] for r in rows] == [None, RUNGS["SANCTION"] - RUNGS["ACCUSE"], None, -RUNGS["SANCTION"]]
    assert (rows[1]["group_ab"], rows[1]["height_ab"], rows[1]["rung_ba"]) == ("many", True, 0)
    assert unit_of(found) == "dyad-month"


# Words and deeds


def test_balances_of_words_and_deeds() -> None:
    events = [event("2020-01-05", "CHN", "RUS", root) for root in ("CONSULT", "CONSULT", "CONSULT", "ACCUSE", "SANCTION")]
    row = words_and_deeds(series(table(events), "CHN", "RUS", articles=articles("2020-01-01", "2020-02-29"))).to_pylist()
    assert (row[0]["words_balance"], row[0]["deeds_balance"], row[0]["gap"]) == (0.5, -1.0, 1.5)
    assert -1 <= row[0]["words_low"] < 0.5 < row[0]["words_high"] <= 1
    assert (row[1]["words_balance"], row[1]["gap"]) == (None, None)


def test_words_that_deeds_follow_are_told_from_talk() -> None:
    said = sorted(int(n) for n in np.random.default_rng(2).choice(1400, 20, replace=False))
    kept = [e for n in said for e in (event(day(n), "CHN", "RUS", "AGREE"), event(day(n + 3), "CHN", "RUS", "AID"))]
    cooperation, conflict = words_followed(table(kept), "CHN", "RUS", days=10).to_pylist()
    assert (cooperation["share"], cooperation["words"]) == (1.0, 19), "the last word is too young to judge"
    assert cooperation["by_chance"] < 0.5
    assert cooperation["p"] < 0.05
    assert conflict["share"] is None
    talk = [event(day(n), "CHN", "RUS", "AGREE") for n in range(0, 1400, 70)]
    deeds = [event(day(n), "CHN", "RUS", "AID") for n in range(-30, 1400, 350)]
    assert words_followed(table([*talk, *deeds]), "CHN", "RUS", days=10).to_pylist()[0]["p"] > 0.05


def test_no_words_give_the_reason() -> None:
    found = words_followed(table([]), "CHN", "RUS")
    assert "no dated words" in facts_of(found)["empty"]
    with pytest.raises(UsageError, match="1 or more"):
        words_followed(table([]), "CHN", "RUS", days=0)


# Replies


def answered(rng: np.random.Generator, weeks: int, answer: float, lag: int) -> pa.Table:
    """Weekly accusations of CHN by chance; RUS answers each after ``lag`` weeks with the probability ``answer``."""
    rows = []
    own = rng.poisson(1.2, weeks)
    for w in range(weeks):
        rows += [event(day(7 * w), "CHN", "RUS", "ACCUSE")] * int(own[w])
        back = rng.binomial(own[w - lag], answer) if w >= lag else 0
        rows += [event(day(7 * w + 3), "RUS", "CHN", "ACCUSE")] * int(back + rng.poisson(0.4))
    return table(rows)


def test_an_answer_after_two_weeks_is_found_and_in_one_direction() -> None:
    read = articles("2015-01-01", "2017-12-31")
    russia, china = replies(answered(np.random.default_rng(4), 150, 0.8, 2), "CHN", "RUS", articles=read).to_pylist()
    assert (russia["answers"], russia["to"], russia["lag"]) == ("RUS", "CHN", 2)
    assert russia["p"] < 0.05
    assert 0 < russia["low"] < russia["response"] < russia["high"]
    assert china["p"] > 0.05


def test_sides_that_do_not_answer_are_not_said_to() -> None:
    read = articles("2015-01-01", "2017-04-18")
    found = [
        replies(answered(np.random.default_rng(s), 120, 0.0, 2), "CHN", "RUS", articles=read).to_pylist() for s in range(10)
    ]
    assert sum(row["p"] < 0.05 for rows in found for row in rows) <= 3


def test_a_short_series_and_a_silent_side_give_the_reason() -> None:
    short = replies(table(steady(30, 1, "ACCUSE")), "CHN", "RUS", articles=articles("2015-01-01", "2015-02-28"))
    assert "replies need 40 covered periods" in facts_of(short)["empty"]
    silent = replies(table(steady(700, 3, "ACCUSE")), "CHN", "RUS", articles=articles("2015-01-01", "2016-12-31"))
    assert "did nothing alone" in facts_of(silent)["empty"]


# Third parties


def test_a_third_state_that_moves_with_the_pair_comes_first() -> None:
    rng = np.random.default_rng(6)
    rows = []
    for month in range(48):
        mood = rng.integers(-3, 4)
        for other in ("CHN", "PRK"):
            rows += [event(day(30 * month + 2), other, "USA", "CONSULT" if mood > 0 else "ACCUSE")] * int(abs(mood))
        rows += [event(day(30 * month + 2), "FRA", "USA", str(rng.choice(["CONSULT", "ACCUSE"])))] * int(rng.integers(0, 4))
    found = third_parties(table(rows), "CHN", "USA", articles=articles("2015-01-01", "2018-12-31")).to_pylist()
    assert (found[0]["third"], found[0]["with"]) == ("PRK", "USA")
    assert found[0]["correlation"] > 0.6
    assert found[0]["q"] < 0.05
    assert all(row["q"] > 0.05 for row in found if row["third"] == "FRA")


def test_no_third_state_gives_the_reason() -> None:
    found = third_parties(table(steady(700, 3, "ACCUSE")), "CHN", "RUS", articles=articles("2015-01-01", "2016-12-31"))
    assert "no third state" in facts_of(found)["empty"]


# Baselines


def test_baselines_are_scored_on_the_past_and_say_what_comes_next() -> None:
    events = stream(np.random.default_rng(9), 1400, 0.5, MIX, ("CHN", "RUS"))
    found = baselines(series(events, "CHN", "RUS", articles=articles("2015-01-01", "2018-10-31"))).to_pylist()
    assert [row["method"] for row in found] == ["last value", "seasonal mean", "count model"]
    assert {row["period"] for row in found} == {date(2018, 11, 1)}
    last, _, model = found
    assert last["skill"] == 0.0
    assert model["skill"] > 0.1, "in even noise the mean of the past beats its last value"
    assert model["held"] >= 0.85
    assert all(row["next_low"] <= row["next"] <= row["next_high"] and row["tried"] == 34 for row in found)


def test_baselines_use_only_the_last_unbroken_run() -> None:
    read = pa.concat_tables([articles("2015-01-01", "2017-12-31"), articles("2018-03-01", "2018-06-30")])
    found = baselines(series(stream(np.random.default_rng(9), 900, 0.5, MIX, ("CHN", "RUS")), "CHN", "RUS", articles=read))
    assert "found 4" in facts_of(found)["empty"]
    with pytest.raises(UsageError, match="choose a count"):
        baselines(series(table([]), "CHN", "RUS", articles=read), "intensity_mean")
