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

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dragoman.measure import frames
from dragoman.measure.cells import Array, as_matrix
from dragoman.measure.coder_correction import corrected
from dragoman.measure.coder_error import CoderError, coder_errors
from dragoman.measure.frames import DYAD_PERIODS, GROUP
from dragoman.measure.pair_series import cells
from dragoman.measure.sampling import sampling_ends
from dragoman.settings import DEFAULT, Settings

INTENSITY = 10.0
"""The scale of intensities runs from -10 to 10."""
METHODS = {
    "count": "gamma interval of a Poisson rate (Jeffreys)",
    "mean": "bootstrap-t over event groups",
    "sum": "Poisson bootstrap variance with Student's t",
    "share": "beta interval (Jeffreys)",
    "difference": "infinitesimal jackknife with Student's t",
    "coder": "misclassification-corrected by root, delta method",
}


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
    counted = as_matrix(table, kinds, tuple(facts["modality"]))
    covered = np.array(table["covered"].to_pylist(), dtype=bool)
    whens = [day.toordinal() for day in table["period"].to_pylist()]
    for name, ends in sampling_ends(counted, whens, settings).items():
        table = _put(table, f"{name}_sampling", covered, *_within(name, *ends))
    error = errors or coder_errors()
    for name, (estimate, low, high) in corrected(counted, error, settings).items():
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
