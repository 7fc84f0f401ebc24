"""Figures corrected by the coder's error: what a careful reader of the same articles would have counted, how surely."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from dragoman.measure import frames
from dragoman.measure.cells import Array, Cells, count_weights, difference_influence, sum_weights
from dragoman.measure.coder_error import CoderError, RootError
from dragoman.settings import DEFAULT, Settings

try:
    from scipy import special
except ImportError as error:
    raise frames.extra(error) from error


def corrected(cells: Cells, error: CoderError, settings: Settings = DEFAULT) -> dict[str, tuple[Array, Array, Array]]:
    """Corrected figure with its lower and upper end, by figure; NaN in periods of imported rows."""
    tail = (1 - settings.interval_level) / 2
    ratio = np.array([_error_of(error, root).ratio for root in cells.root])
    weighted = cells.n * ratio
    variance = _coder_variance(cells, error, ratio)
    out: dict[str, tuple[Array, Array, Array]] = {}
    for name, weight in count_weights(cells).items():
        out[name] = _count_corrected(weighted @ weight, variance(np.broadcast_to(weight, cells.n.shape)), error, tail)
    for name, x in sum_weights(cells).items():
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
    influence, value = difference_influence(cells, ratio)
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
