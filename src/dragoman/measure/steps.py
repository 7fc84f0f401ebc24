"""Steps of level in a series of numbers: where they are cut, and how sure each is. ``measure.changes`` says by what method."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from dragoman.measure import frames
from dragoman.settings import DEFAULT, Settings

try:
    import ruptures
    from ruptures.base import BaseCost
    from scipy import special
except ImportError as error:
    raise frames.extra(error) from error

Array = npt.NDArray[np.float64]
_STEPS = 4
"""Greatest differences left out of the noise, at least and in 100: two steps make two differences at lag one, four at two."""


@dataclass(frozen=True, slots=True)
class Noise:
    """Spread of one period's value at weight 1, and how much of it the next period keeps (AR(1))."""

    variance: float
    memory: float


@dataclass(frozen=True, slots=True)
class Cut:
    """``at``: first index of the new level; ``low`` to ``high``: its 95% interval; the others as in ``change_points``."""

    at: int
    low: int
    high: int
    p: float
    found_again: float


def find(y: Array, weight: Array, settings: Settings = DEFAULT) -> tuple[list[Cut], dict[str, float]]:
    """Cuts of a series of even spread, and the penalty, spread, memory and slope they were found with."""
    n = len(y)
    weight = weight / weight.mean()
    noise = noise_of(y, weight)
    penalty = noise.variance * _quantile(n, noise.memory, settings.change_periods, 1 - settings.change_alpha)
    slope_penalty = noise.variance * float(special.chdtri(1, 0.05)) * (1 + noise.memory) / (1 - noise.memory)
    flat, cost = _segments(y, weight, penalty, settings)
    slope, sloped, sloped_cost = _with_trend(y, weight, penalty, settings)
    if sloped_cost + slope_penalty < cost:
        ends, level = sloped, y - slope * np.arange(n)
    else:
        ends, level, slope = flat, y, 0.0
    cuts = [_judged(level, weight, ends, i, noise, penalty, settings) for i in range(1, len(ends) - 1)]
    return cuts, {"penalty": penalty, "variance": noise.variance, "memory": noise.memory, "slope": slope}


def noise_of(y: Array, weight: Array) -> Noise:
    """Spread and memory from differences: E(y[t] - y[t-k])^2 = 2 s^2 (1 - r^k) for AR(1), and a step touches k of them."""
    one, two = (_mean_square(y, weight, k) for k in (1, 2))
    if one <= 0:
        return Noise(max(two, 1e-12), 0.0)
    n = len(y)
    memory = two / one - 1
    # Kendall's correction, since short series look less alike than they are; and half a standard error on the safe side.
    memory = float(np.clip(memory + (1 + 4 * memory) / n + max(memory, 0.0) / np.sqrt(n), 0.0, 0.9))
    return Noise(one / (2 * (1 - memory)) if memory < 0.9 else one * 5, memory)


def _mean_square(y: Array, weight: Array, lag: int) -> float:
    """Mean square of a difference between values of weight 1, without the few greatest, where steps are.

    What they would add in normal noise is put back: of a normal square cut at a, the mean is 1 - 2 a f(a) / (2 F(a) - 1).
    """
    spread = (1 / weight[lag:] + 1 / weight[:-lag]) / 2
    squares = np.sort((y[lag:] - y[:-lag]) ** 2 / spread)
    kept = len(squares) - max(_STEPS, round(_STEPS / 100 * len(squares)))
    if kept < 4:
        return float(squares.mean())
    a = float(special.ndtri((1 + kept / len(squares)) / 2))
    lost = 2 * a * float(np.exp(-(a**2) / 2) / np.sqrt(2 * np.pi)) / (kept / len(squares))
    return float(squares[:kept].mean()) / (1 - lost)


class _WeightedMeans(BaseCost):  # type: ignore[misc]  # ruptures has no types
    """Weighted sum of squares about the weighted mean of a segment; the signal's columns are value and weight."""

    model = ""
    min_size = 1

    def fit(self, signal: Array) -> _WeightedMeans:
        y, w = signal[:, 0], signal[:, 1]
        self.signal = signal
        self._sums = [np.concatenate([[0.0], np.cumsum(v)]).tolist() for v in (w, w * y, w * y * y)]
        return self

    def error(self, start: int, end: int) -> float:
        w, wy, wyy = (s[end] - s[start] for s in self._sums)
        return float(max(0.0, wyy - wy * wy / w))


def _segments(y: Array, weight: Array, penalty: float, settings: Settings) -> tuple[list[int], float]:
    """Ends of the segments, 0 and n among them, and their cost with the penalty for each cut."""
    signal = np.column_stack([y - np.average(y, weights=weight), weight])  # centred, so that sums of squares stay exact
    cost = _WeightedMeans()
    search = ruptures.Pelt(custom_cost=cost, min_size=settings.change_periods, jump=1).fit(signal)
    ends = [0, *search.predict(pen=max(penalty, 1e-9))]
    return ends, sum(cost.error(s, e) for s, e in pairwise(ends)) + penalty * (len(ends) - 2)


def _with_trend(y: Array, weight: Array, penalty: float, settings: Settings) -> tuple[float, list[int], float]:
    """Slope, segments and cost of steps about a straight trend: slope and steps are found in turn until they stay."""
    t = np.arange(len(y), dtype=float)
    ends = [0, len(y)]
    slope, cost = 0.0, np.inf
    for _ in range(4):
        slope = _slope(y, t, weight, ends)
        again, cost = _segments(y - slope * t, weight, penalty, settings)
        if again == ends:
            break
        ends = again
    return slope, ends, float(cost)


def _slope(y: Array, t: Array, weight: Array, ends: Sequence[int]) -> float:
    """Common slope within segments, by weighted least squares."""
    top = below = 0.0
    for s, e in pairwise(ends):
        w, x = weight[s:e], t[s:e] - np.average(t[s:e], weights=weight[s:e])
        top += float(w @ (x * y[s:e]))
        below += float(w @ x**2)
    return top / below if below > 0 else 0.0


def _judged(y: Array, weight: Array, ends: list[int], i: int, noise: Noise, penalty: float, settings: Settings) -> Cut:
    """One cut, tried between its neighbours: how often chance gains as much, and where resampled series put it."""
    start, at, end = ends[i - 1], ends[i], ends[i + 1]
    part, w = y[start:end], weight[start:end]
    gain, _ = _best(part[None, :], w, settings.change_periods)
    chance = _gains(end - start, noise.memory, settings.change_periods)
    p = (1 + np.count_nonzero(chance * noise.variance >= gain[0])) / (1 + len(chance))
    level = np.concatenate(
        [np.full(at - start, _mean(part, w, 0, at - start)), np.full(end - at, _mean(part, w, at - start, end - start))]
    )
    drawn = level + _blocks((part - level) * np.sqrt(w), end - start, settings) / np.sqrt(w)
    gains, places = _best(drawn, w, settings.change_periods)
    near = np.abs(places - (at - start)) <= settings.change_periods
    low, high = np.quantile(places, [0.025, 0.975], method="nearest").astype(int) + start
    return Cut(at, min(int(low), at), max(int(high), at), float(p), float(np.mean(near & (gains > penalty))))


def _mean(y: Array, w: Array, start: int, end: int) -> float:
    return float(np.average(y[start:end], weights=w[start:end]))


def _best(y: Array, weight: Array, shortest: int) -> tuple[Array, npt.NDArray[np.int64]]:
    """For each row the gain of its best cut, and where that is (the first index after it)."""
    n = y.shape[1]
    w = np.cumsum(weight)
    sums = np.cumsum(y * weight, axis=1)
    at = np.arange(shortest, n - shortest + 1)
    left_w, left = w[at - 1], sums[:, at - 1]
    total_w, total = w[-1], sums[:, -1:]
    gains = left**2 / left_w + (total - left) ** 2 / (total_w - left_w) - total**2 / total_w
    best = gains.argmax(axis=1)
    return gains[np.arange(len(y)), best], at[best]


def _blocks(residuals: Array, n: int, settings: Settings) -> Array:
    """Resampled residuals: circular blocks of about the cube root of the length, so that memory is kept (Kunsch 1989)."""
    rng = np.random.default_rng([settings.change_seed, n])
    length = max(1, round(n ** (1 / 3)))
    starts = rng.integers(0, n, size=(settings.change_draws, -(-n // length)))
    at = (starts[:, :, None] + np.arange(length)) % n
    return residuals[at.reshape(settings.change_draws, -1)[:, :n]]


def _quantile(n: int, memory: float, shortest: int, level: float) -> float:
    return float(np.quantile(_gains(n, memory, shortest), level))


def _gains(n: int, memory: float, shortest: int, rounds: int = 1000) -> Array:
    """Sorted gains of the best cut in made series without a change: AR(1) of unit spread."""
    # Rounded up, so that the memory that series of one archive have is simulated once and never too little.
    return _simulated(n, min(0.9, np.ceil(memory * 20 - 1e-9) / 20), shortest, rounds)


@lru_cache(maxsize=256)
def _simulated(n: int, memory: float, shortest: int, rounds: int) -> Array:
    rng = np.random.default_rng([n, round(memory * 20), shortest])
    fresh = rng.standard_normal((rounds, n))
    y = np.empty_like(fresh)
    y[:, 0] = fresh[:, 0]
    for t in range(1, n):
        y[:, t] = memory * y[:, t - 1] + np.sqrt(1 - memory**2) * fresh[:, t]
    gains, _ = _best(y, np.ones(n), shortest)
    return np.sort(gains)
