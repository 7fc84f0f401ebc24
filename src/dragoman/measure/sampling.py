"""How far a figure could be off, had the same relation brought other events: from the event groups of a period alone."""

from __future__ import annotations

import numpy as np

from dragoman.measure import frames
from dragoman.measure.cells import Array, Cells, count_weights, difference_influence, sum_weights
from dragoman.settings import DEFAULT, Settings

try:
    from scipy import special
except ImportError as error:
    raise frames.extra(error) from error

SEED = 20310302
"""Of the bootstrap's draws; with the period and the figure it makes them the same on every run."""


def sampling_ends(cells: Cells, whens: list[int], settings: Settings = DEFAULT) -> dict[str, tuple[Array, Array]]:
    """Lower and upper ends by figure, one value a period; NaN where there is none. ``whens`` seed the draws of a period."""
    tail = (1 - settings.interval_level) / 2
    out: dict[str, tuple[Array, Array]] = {}
    for name, weight in count_weights(cells).items():
        out[name] = gamma_interval(cells.n @ weight, tail)
    for i, (name, inside) in enumerate(
        (("intensity_mean", None), ("intensity_mean_ab", cells.ab), ("intensity_mean_ba", cells.ba))
    ):
        n = cells.n if inside is None else cells.n * inside
        out[name] = _means(n, cells.intensity, [(w, i) for w in whens], tail, settings.bootstrap_draws)
    for name, x in sum_weights(cells).items():
        out[name] = sum_interval(cells.n, x, tail)
    conflict = (cells.quad >= 3).astype(float)
    out["conflict_share"] = share_interval(cells.n @ conflict, cells.n.sum(axis=1), tail)
    out["intensity_mean_difference"] = _mean_difference(cells, tail)
    return out


def gamma_interval(n: Array, tail: float) -> tuple[Array, Array]:
    """Of the rate behind Poisson counts ``n``: quantiles of Gamma(n + 1/2), from 0 where n is 0."""
    low = np.where(n > 0, special.gammaincinv(n + 0.5, tail), 0.0)
    return low, special.gammaincinv(n + 0.5, 1 - tail)


def share_interval(k: Array, n: Array, tail: float) -> tuple[Array, Array]:
    """Of the share behind ``k`` of ``n``: quantiles of Beta(k + 1/2, n - k + 1/2), closed at 0 and 1; NaN where n is 0."""
    a, b = k + 0.5, n - k + 0.5
    low = np.where(k > 0, special.betaincinv(a, b, tail), 0.0)
    high = np.where(k < n, special.betaincinv(a, b, 1 - tail), 1.0)
    return np.where(n > 0, low, np.nan), np.where(n > 0, high, np.nan)


def sum_interval(n: Array, x: Array, tail: float) -> tuple[Array, Array]:
    """Of the expected sum of ``x`` over a Poisson number of events, ``n[t, c]`` of them worth ``x[c]`` each.

    Where nothing, or one event, has a worth there is no spread to judge by: NaN.
    """
    total, spread, events = n @ x, np.sqrt(n @ x**2), n @ (x != 0)
    t = special.stdtrit(np.maximum(events - 1, 1), 1 - tail)
    wide = np.where(events > 1, t * spread, np.nan)
    return total - wide, total + wide


def _means(n: Array, x: Array, seeds: list[tuple[int, int]], tail: float, draws: int) -> tuple[Array, Array]:
    values, at = np.unique(x, return_inverse=True)
    counts = np.zeros((n.shape[0], len(values)))
    np.add.at(counts.T, at, n.T)
    overall = _spread(values, counts.sum(axis=0))
    low, high = np.full(len(counts), np.nan), np.full(len(counts), np.nan)
    for t in np.flatnonzero(counts.sum(axis=1)):
        some = counts[t] > 0
        low[t], high[t] = mean_interval(values[some], counts[t][some], overall, tail, draws, seeds[t])
    return low, high


def _spread(values: Array, counts: Array) -> float:
    """Standard deviation of values that stand ``counts`` times; 0 of fewer than two."""
    n = counts.sum()
    if n < 2:
        return 0.0
    mean = counts @ values / n
    return float(np.sqrt(counts @ (values - mean) ** 2 / (n - 1)))


def mean_interval(
    values: Array, counts: Array, overall: float, tail: float, draws: int, seed: tuple[int, ...] = ()
) -> tuple[float, float]:
    """Bootstrap-t interval of the mean of ``values`` that stand ``counts`` times (all above 0).

    ``overall`` is the standard deviation that stands in where the values have none; NaN where that is 0 too.
    """
    n = int(counts.sum())
    mean = float(counts @ values / n)
    if len(values) < 2:
        wide = float(special.ndtri(1 - tail)) * overall / np.sqrt(n)
        return (mean - wide, mean + wide) if overall > 0 else (np.nan, np.nan)
    rng = np.random.default_rng([SEED, *seed])
    drawn = rng.multinomial(n, counts / n, size=draws)
    means = drawn @ values / n
    spread = np.sqrt(np.maximum(drawn @ values**2 / n - means**2, 0.0) * n / (n - 1))
    # A draw of one value only has no standard error; it is as far out as can be, on the side where its mean lies.
    t = np.sign(means - mean) * 1e9
    np.divide(means - mean, spread, out=t, where=spread > 1e-9)
    # Of two or three events many draws are of one value; Student's t bounds how far the quantiles may then run. At few events
    # they do not run far enough where the values lie close, so each end goes at least as far as Student's t.
    bound = float(special.stdtrit(n - 1, 1 - tail / 10)) / np.sqrt(n)
    least = float(special.stdtrit(n - 1, 1 - tail)) / np.sqrt(n)
    above, below = np.clip(np.quantile(t, [tail, 1 - tail], method="inverted_cdf"), -bound, bound)
    s = _spread(values, counts)
    return mean - max(float(below), least) * s, mean - min(float(above), -least) * s


def _mean_difference(cells: Cells, tail: float) -> tuple[Array, Array]:
    n_ab, n_ba = cells.n @ cells.ab, cells.n @ cells.ba
    influence, difference = difference_influence(cells, np.ones(len(cells.root)))
    spread = np.sqrt((cells.n * influence**2).sum(axis=1))
    fewer = np.minimum(n_ab, n_ba)
    wide = np.where((fewer > 1) & (spread > 0), special.stdtrit(np.maximum(fewer - 1, 1), 1 - tail) * spread, np.nan)
    return difference - wide, difference + wide
