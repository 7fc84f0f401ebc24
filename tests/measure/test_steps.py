"""Steps of level: none in noise, trend or memory, and the noise itself is measured over a step."""

from __future__ import annotations

import numpy as np
import pytest

from bench.measure_simulation import FLAT, flat
from dragoman.measure.steps import find, noise_of


@pytest.mark.parametrize("kind", FLAT)
def test_series_without_a_change_have_none(kind: str) -> None:
    rng = np.random.default_rng([31, FLAT.index(kind)])
    alarms = [bool(find(*flat(kind, rng))[0]) for _ in range(60)]
    assert np.mean(alarms) <= 0.1, "at most 5 of 100 in the long run; 60 series allow 6"


def test_spread_and_memory_are_found_over_a_step() -> None:
    rng = np.random.default_rng(3)
    y = np.zeros(2000)
    for t in range(1, 2000):
        y[t] = 0.6 * y[t - 1] + rng.standard_normal()
    y[1000:] += 3
    noise = noise_of(y, np.ones(2000))
    assert noise.memory == pytest.approx(0.6, abs=0.08)
    assert noise.variance == pytest.approx(1 / (1 - 0.36), rel=0.15)


def test_a_series_that_never_varies_has_no_change() -> None:
    assert find(np.full(40, 2.5), np.ones(40))[0] == []
