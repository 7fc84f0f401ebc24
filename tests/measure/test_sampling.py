"""Sampling intervals of plain numbers, against values worked out elsewhere."""

from __future__ import annotations

import numpy as np
import pytest

from dragoman.measure.sampling import gamma_interval, mean_interval, share_interval, sum_interval


def test_known_values_of_the_plain_intervals() -> None:
    low, high = gamma_interval(np.array([0.0, 10.0]), 0.025)
    assert low.round(3).tolist() == [0.0, 5.141]  # half the quantiles of chi-square with 2n + 1 degrees
    assert high.round(3).tolist() == [2.512, 17.739]
    low, high = share_interval(np.array([0.0, 3.0]), np.array([5.0, 10.0]), 0.025)
    assert (round(float(high[0]), 3), round(float(low[1]), 3), round(float(high[1]), 3)) == (0.379, 0.093, 0.606)
    low, high = sum_interval(np.array([[1.0], [2.0]]), np.array([3.0]), 0.025)
    assert np.isnan(low[0])
    assert low[1] < 6.0 < high[1]


def test_events_of_one_intensity_borrow_the_spread_of_the_pair() -> None:
    assert mean_interval(np.array([2.5]), np.array([4.0]), 3.0, 0.025, 99) == pytest.approx((2.5 - 2.94, 2.5 + 2.94), abs=0.001)
    assert np.isnan(mean_interval(np.array([2.5]), np.array([4.0]), 0.0, 0.025, 99)).all()
