"""Intervals of a series' figures, of two kinds that answer two questions and are never mixed.

``*_sampling_low``, ``*_sampling_high``: had the same relation brought other events, how far could the figure be off? From the
event groups of the period alone, by resampling them:

- counts: the gamma interval of a Poisson rate (Jeffreys: quantiles of Gamma(n + 1/2); Brown, Cai and DasGupta 2003), since a
  bootstrap of no event at all knows nothing. From 0 events the lower end is 0.
- means of intensity: bootstrap-t (Efron 1979; Hall 1988): event groups drawn anew with replacement within the period, the
  quantiles of the drawn (mean - m) / standard error turned round, each end at least as far out as Student's t. Of one
  event, or of events all of one intensity, the spread of the pair's whole series stands in.
- sums and differences of sums: the variance of the Poisson bootstrap, sum of squares, with Student's t.
- shares: Jeffreys' beta interval (Brown, Cai and DasGupta 2001).
- difference of the two means: infinitesimal jackknife (Efron 1982) with Student's t.

The ends of a mean intensity are cut at -10 and 10 (of a difference at -20 and 20), beyond which it cannot lie.

Chosen by simulation (``python -m bench.measure_simulation intervals``): at 20 events percentile and BCa intervals of a mean
held the truth in 88 to 93 of 100, Student's t alone in 89 to 97, bootstrap-t alone in 92 to 95.

``*_corrected``, ``*_coder_low``, ``*_coder_high``: what a careful reader of the same articles would have marked, from the
coder's precision and recall by root (``measure.coder_error``), and how sure that is. Counts by a gamma, the others by Student's
t with the variance of the delta method, and a row of the pair's usual kind added to it. Null where a period holds imported
rows, whose coder was not measured.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dragoman.measure import frames
from dragoman.measure.coder_error import CoderError, RootError, coder_errors
from dragoman.measure.frames import DYAD_PERIODS, GROUP
from dragoman.measure.pair_series import cells
from dragoman.settings import DEFAULT, Settings

try:
    from scipy import special
except ImportError as error:
    raise frames.extra(error) from error

Array = npt.NDArray[np.float64]
SEED = 20310302
INTENSITY = 10.0  # the scale of intensities runs from -10 to 10
"""Of the bootstrap's draws; with the period and the figure it makes them the same on every run."""
_QUADS: dict[str, tuple[int, ...]] = {
    "groups": (1, 2, 3, 4),
    "verbal_cooperation": (1,),
    "material_cooperation": (2,),
    "verbal_conflict": (3,),
    "material_conflict": (4,),
    "words": (1, 3),
    "deeds": (2, 4),
    "cooperation": (1, 2),
    "conflict": (3, 4),
}
METHODS = {
    "count": "gamma interval of a Poisson rate (Jeffreys)",
    "mean": "bootstrap-t over event groups",
    "sum": "Poisson bootstrap variance with Student's t",
    "share": "beta interval (Jeffreys)",
    "difference": "infinitesimal jackknife with Student's t",
    "coder": "misclassification-corrected by root, delta method",
}


@dataclass(frozen=True, slots=True)
class Cells:
    """Event groups of a pair by period and kind: ``n[t, c]`` groups in period t of the cell c, whose groups are all alike."""

    n: Array
    root: tuple[str, ...]
    quad: npt.NDArray[np.int64]
    intensity: Array
    ab: Array
    ba: Array
    imported: npt.NDArray[np.bool_]  # by period


def with_intervals(
    series: pa.Table, groups: pa.Table, *, errors: CoderError | None = None, settings: Settings = DEFAULT
) -> pa.Table:
    """The series with ``*_sampling_low/high``, ``*_corrected`` and ``*_coder_low/high`` of every figure that is counted.

    ``groups`` are the event groups behind it. Null where the figure is null, and where there is no spread to judge by: one
    event in the whole series. Raises WrongUnit for another unit than a pair's periods and its event groups.
    """
    table = frames.require(series, DYAD_PERIODS, "intervals")
    found = frames.require(groups, GROUP, "intervals")
    facts = frames.facts_of(table)
    return of_cells(table, cells(found, facts["a"], facts["b"], str(facts["by"])), errors=errors, settings=settings)


def of_cells(series: pa.Table, kinds: pa.Table, *, errors: CoderError | None = None, settings: Settings = DEFAULT) -> pa.Table:
    """``with_intervals`` from counts by period and kind, as ``pair_series.cells`` gives them."""
    table, facts = series, frames.facts_of(series)
    counted = _cells(table, kinds, tuple(facts["modality"]))
    covered = np.array(table["covered"].to_pylist(), dtype=bool)
    whens = [day.toordinal() for day in table["period"].to_pylist()]
    for name, ends in sampling(counted, whens, settings).items():
        table = _put(table, f"{name}_sampling", covered, *_within(name, *ends))
    error = errors or coder_errors()
    for name, (estimate, low, high) in coder(counted, error, settings).items():
        table = table.append_column(f"{name}_corrected", _column(estimate, covered))
        table = _put(table, f"{name}_coder", covered, *_within(name, low, high))
    more: dict[str, Any] = {
        "level": settings.interval_level,
        "methods": METHODS,
        "coder": f"{error.models} on {error.articles} articles",
    }
    if counted.imported.any():
        more["coder_missing"] = "imported rows: the error of their coder was not measured here"
    return frames.mark(table, str(frames.unit_of(table)), more)


def _cells(table: pa.Table, kinds: pa.Table, modality: tuple[str, ...]) -> Cells:
    """The counts as a matrix of periods and kinds."""
    at = {period: i for i, period in enumerate(table["period"].to_pylist())}
    rows = [r for r in kinds.to_pylist() if r["fits"] and r["modality"] in modality and r["period"] in at]
    keys = sorted({(r["root"] or "", r["quad"], r["intensity"], r["ab"], r["ba"]) for r in rows if r["quad"] is not None})
    kind = {key: i for i, key in enumerate(keys)}
    n = np.zeros((table.num_rows, len(kind)))
    imported = np.zeros(table.num_rows, dtype=bool)
    for r in rows:
        imported[at[r["period"]]] |= r["imported"]
        if r["quad"] is not None:
            n[at[r["period"]], kind[r["root"] or "", r["quad"], r["intensity"], r["ab"], r["ba"]]] += r["n"]
    quad = np.array([k[1] for k in keys], dtype=np.int64)
    intensity, ab, ba = (np.array([k[i] for k in keys], dtype=float) for i in (2, 3, 4))
    return Cells(n, tuple(k[0] for k in keys), quad, intensity, ab, ba, imported)


# Sampling


def sampling(cells: Cells, whens: list[int], settings: Settings = DEFAULT) -> dict[str, tuple[Array, Array]]:
    """Lower and upper ends by figure, one value a period; NaN where there is none. ``whens`` seed the draws of a period."""
    tail = (1 - settings.interval_level) / 2
    out: dict[str, tuple[Array, Array]] = {}
    for name, weight in _counts(cells).items():
        out[name] = gamma_interval(cells.n @ weight, tail)
    for i, (name, inside) in enumerate(
        (("intensity_mean", None), ("intensity_mean_ab", cells.ab), ("intensity_mean_ba", cells.ba))
    ):
        n = cells.n if inside is None else cells.n * inside
        out[name] = _means(n, cells.intensity, [(w, i) for w in whens], tail, settings.bootstrap_draws)
    for name, x in _sums(cells).items():
        out[name] = sum_interval(cells.n, x, tail)
    conflict = (cells.quad >= 3).astype(float)
    out["conflict_share"] = share_interval(cells.n @ conflict, cells.n.sum(axis=1), tail)
    out["intensity_mean_difference"] = _mean_difference(cells, tail)
    return out


def _counts(cells: Cells) -> dict[str, Array]:
    """By name of a count, which cells it counts."""
    out = {name: np.isin(cells.quad, quads).astype(float) for name, quads in _QUADS.items()}
    return out | {"groups_ab": cells.ab, "groups_ba": cells.ba}


def _sums(cells: Cells) -> dict[str, Array]:
    """By name of a sum, what an event of each cell is worth in it."""
    one_sided = cells.ab - cells.ba
    return {
        "intensity_sum": cells.intensity,
        "intensity_sum_ab": cells.intensity * cells.ab,
        "intensity_sum_ba": cells.intensity * cells.ba,
        "intensity_sum_difference": cells.intensity * one_sided,
        "groups_difference": one_sided,
    }


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
    influence, difference = _difference_influence(cells, np.ones(len(cells.root)))
    spread = np.sqrt((cells.n * influence**2).sum(axis=1))
    fewer = np.minimum(n_ab, n_ba)
    wide = np.where((fewer > 1) & (spread > 0), special.stdtrit(np.maximum(fewer - 1, 1), 1 - tail) * spread, np.nan)
    return difference - wide, difference + wide


def _difference_influence(cells: Cells, ratio: Array) -> tuple[Array, Array]:
    """What one event of each cell adds to the difference of the two means, and the difference."""
    parts = []
    for side in (cells.ab, cells.ba):
        weight = (cells.n * ratio) @ side
        with np.errstate(divide="ignore", invalid="ignore"):
            mean = (cells.n * ratio) @ (side * cells.intensity) / weight
            parts.append((side * (cells.intensity - mean[:, None]) / weight[:, None], mean))
    return parts[0][0] - parts[1][0], parts[0][1] - parts[1][1]


# The coder's error


def coder(cells: Cells, error: CoderError, settings: Settings = DEFAULT) -> dict[str, tuple[Array, Array, Array]]:
    """Corrected figure with its lower and upper end, by figure; NaN in periods of imported rows."""
    tail = (1 - settings.interval_level) / 2
    ratio = np.array([_error_of(error, root).ratio for root in cells.root])
    weighted = cells.n * ratio
    variance = _coder_variance(cells, error, ratio)
    out: dict[str, tuple[Array, Array, Array]] = {}
    for name, weight in _counts(cells).items():
        out[name] = _count_corrected(weighted @ weight, variance(np.broadcast_to(weight, cells.n.shape)), error, tail)
    for name, x in _sums(cells).items():
        # A row more of the pair's usual kind: what was missed need not be of the kinds that this period shows.
        unseen = 0.5 * _usual(error)[1] * _share_of(weighted.sum(axis=0), x**2)
        wide = _t(cells.n @ (x != 0), tail) * np.sqrt(variance(np.broadcast_to(x, cells.n.shape)) + unseen)
        out[name] = (weighted @ x, weighted @ x - wide, weighted @ x + wide)
    conflict, every = (cells.quad >= 3).astype(float), np.ones(len(ratio))
    ratios = {"intensity_mean": (cells.intensity, every), "conflict_share": (conflict, every)}
    ratios |= {"intensity_mean_ab": (cells.intensity, cells.ab), "intensity_mean_ba": (cells.intensity, cells.ba)}
    for name, (x, inside) in ratios.items():
        below = weighted @ inside
        value = np.divide(weighted @ (x * inside), below, out=np.full(len(below), np.nan), where=below > 0)
        usual = weighted.sum(axis=0) * inside
        centre = _share_of(usual, x)
        unseen = _usual(error)[1] * _share_of(usual, (x - centre) ** 2) / np.maximum(below, 1e-9) ** 2
        influence = inside * (x - value[:, None]) / np.where(below > 0, below, np.nan)[:, None]
        if x is conflict:
            out[name] = _share_corrected(value, below, variance(influence) + unseen, _usual(error)[0], tail)
            continue
        wide = _t(cells.n @ inside, tail) * np.sqrt(variance(influence) + unseen)
        out[name] = (value, np.clip(value - wide, -10, 10), np.clip(value + wide, -10, 10))
    influence, value = _difference_influence(cells, ratio)
    wide = _t(np.minimum(cells.n @ cells.ab, cells.n @ cells.ba), tail) * np.sqrt(variance(influence))
    out["intensity_mean_difference"] = (value, value - wide, value + wide)
    gone = np.where(cells.imported, np.nan, 1.0)
    return {name: (value * gone, low * gone, high * gone) for name, (value, low, high) in out.items()}


def _error_of(error: CoderError, root: str) -> RootError:
    """The error of a root; an imported code that is no root has the first one's, which is in no figure (``imported``)."""
    return error.roots[root] if root in error.roots else next(iter(error.roots.values()))


def _t(n: Array, tail: float) -> Array:
    """Student's t for ``n`` rows; of one row, for two."""
    found: Array = special.stdtrit(np.maximum(n - 1, 1), 1 - tail)
    return found


def _share_of(weight: Array, x: Array) -> float:
    """Mean of ``x`` by weight; 0 where there is no weight."""
    return float(weight @ x / weight.sum()) if weight.sum() > 0 else 0.0


def _usual(error: CoderError) -> tuple[float, float]:
    """True rows for each given one, and the variance that a given one brings, over all roots as they were given."""
    given = [r for r in error.roots.values() if r.given]
    total = sum(r.given for r in given)
    return sum(r.ratio * r.given for r in given) / total, sum(r.row_variance() * r.given for r in given) / total


def _coder_variance(cells: Cells, error: CoderError, ratio: Array) -> Callable[[Array], Array]:
    """Variance by period of a figure in which each true row of cell c counts ``weight[t, c]``."""
    own = np.array([_error_of(error, root).row_variance() for root in cells.root])
    names = sorted(set(cells.root))
    of = np.array([[float(root == name) for name in names] for root in cells.root]).reshape(len(cells.root), len(names))
    spread = np.array([_error_of(error, name).ratio_spread for name in names])

    def variance(weight: Array) -> Array:
        by_root = (cells.n * ratio * weight) @ of
        total: Array = (cells.n * own * weight**2).sum(axis=1) + by_root**2 @ spread
        return total

    return variance


def _count_corrected(value: Array, variance: Array, error: CoderError, tail: float) -> tuple[Array, Array, Array]:
    """A corrected count with the quantiles of the gamma that has its mean and variance.

    Half an event of the usual kind is added before, as in the interval of a rate: what was never found can have been missed.
    """
    half, more = (0.5 * part for part in _usual(error))
    shape = (value + half) ** 2 / (variance + more)
    scale = (variance + more) / (value + half)
    low = np.where(value > 0, special.gammaincinv(shape, tail) * scale, 0.0)
    return value, low, special.gammaincinv(shape, 1 - tail) * scale


def _share_corrected(value: Array, true: Array, variance: Array, one: float, tail: float) -> tuple[Array, Array, Array]:
    """A corrected share with the quantiles of the beta that has its variance; half a row of either kind is added before."""
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = (value * true + 0.5 * one) / (true + one)
        rows = np.clip(mean * (1 - mean) / variance - 1, 1.0, None)
    a, b = mean * rows, (1 - mean) * rows
    low = np.where(value > 0, special.betaincinv(a, b, tail), 0.0)
    high = np.where(value < 1, special.betaincinv(a, b, 1 - tail), 1.0)
    gone = np.where(np.isfinite(value), 1.0, np.nan)
    return value, low * gone, high * gone


# Into the table


def _column(values: Array, covered: npt.NDArray[np.bool_]) -> pa.Array:
    return pa.array(values, pa.float64(), mask=~covered | ~np.isfinite(values))


def _within(name: str, low: Array, high: Array) -> tuple[Array, Array]:
    """The ends of an interval, cut where no value can lie: a mean intensity beyond the scale of intensities."""
    if not name.startswith("intensity_mean"):
        return low, high
    far = INTENSITY * (2 if name.endswith("_difference") else 1)
    return np.maximum(low, -far), np.minimum(high, far)


def _put(table: pa.Table, name: str, covered: npt.NDArray[np.bool_], low: Array, high: Array) -> pa.Table:
    return table.append_column(f"{name}_low", _column(low, covered)).append_column(f"{name}_high", _column(high, covered))
