from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import UsageError
from dragoman.measure.likeness import alike, alike_all

VOTES = st.lists(st.tuples(st.sampled_from((1, 2, 3)), st.sampled_from((1, 2, 3))), min_size=1, max_size=30)


def test_four_votes_worked_out_by_hand() -> None:
    # One of four votes differs, by one step of two: distance .25, so agreement 1 - .25 / 2 and S 1 - .25.
    found = alike([1, 1, 3, 2], [1, 1, 3, 3], span=2)
    assert (found.agreement, found.s, found.n) == (0.875, 0.75, 4)
    # By chance: the mean distance of any vote of the one from any of the other; for pi from the votes of both together.
    expected = np.mean([abs(a - b) for a in (1, 1, 3, 2) for b in (1, 1, 3, 3)])
    assert found.kappa == pytest.approx(1 - 0.25 / expected)
    pooled = (1, 1, 3, 2, 1, 1, 3, 3)
    assert found.pi == pytest.approx(1 - 0.25 / np.mean([abs(a - b) for a in pooled for b in pooled]))


def test_two_states_that_always_vote_yes_have_full_agreement_and_no_kappa() -> None:
    found = alike([1, 1, 1], [1, 1, 1], span=2)
    assert (found.agreement, found.s, found.kappa, found.pi) == (1.0, 1.0, None, None)


def test_a_state_that_always_votes_yes_is_no_more_like_others_than_chance() -> None:
    found = alike([1, 1, 1, 1], [1, 3, 2, 1], span=2)
    assert found.kappa == pytest.approx(0)


@settings(max_examples=60, deadline=None)
@given(VOTES)
def test_all_pairs_at_once_are_the_pairs_one_by_one(votes: list[tuple[int, int]]) -> None:
    ballots = np.array(votes, np.int8)
    one = alike(ballots[:, 0].astype(float), ballots[:, 1].astype(float), span=2)
    every = alike_all(ballots, (1, 2, 3))
    for name in ("agreement", "s", "kappa", "pi"):
        value = getattr(one, name)
        cell = every[name][0, 1]
        assert cell == every[name][1, 0] or np.isnan(cell)
        assert np.isnan(cell) if value is None else cell == pytest.approx(value, abs=1e-9)
    assert every["n"][0, 1] == len(votes)


@settings(max_examples=60, deadline=None)
@given(VOTES)
def test_bounds_and_symmetry(votes: list[tuple[int, int]]) -> None:
    x, y = ([float(v[i]) for v in votes] for i in (0, 1))
    there, back = alike(x, y, span=2), alike(y, x, span=2)
    assert there == back
    assert 0 <= there.agreement <= 1
    assert there.s == pytest.approx(2 * there.agreement - 1)
    assert there.kappa is None or there.kappa <= 1
    assert alike(x, x, span=2).agreement == 1


def test_absence_is_no_position() -> None:
    every = alike_all(np.array([[1, 1], [0, 3], [3, 0], [2, 2]]), (1, 2, 3))
    assert every["n"][0, 1] == 2
    assert every["agreement"][0, 1] == 1


def test_a_pair_that_never_voted_together_is_missing_and_not_zero() -> None:
    every = alike_all(np.array([[1, 0], [0, 3]]), (1, 2, 3))
    assert every["n"][0, 1] == 0
    assert np.isnan(every["agreement"][0, 1])


@pytest.mark.parametrize(
    ("x", "y", "words"),
    [
        ([], [], "no matter"),
        ([1, 2], [1], "same length"),
        ([1, float("nan")], [1, 2], "value is missing"),
        ([1, 9], [1, 1], "span of 2"),
    ],
)
def test_what_cannot_be_compared_is_said(x: list[float], y: list[float], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        alike(x, y, span=2)


def test_a_value_off_the_scale_is_refused() -> None:
    with pytest.raises(UsageError, match="9, which is not on the scale"):
        alike_all(np.array([[1, 9]]), (1, 2, 3))
