"""Baselines for what comes next: three simple forecasts of a count, each with its score on the past. No claim beyond them.

- last value: the next period is as the last one
- seasonal mean: the mean of the same month (quarter, week) of all years before
- count model: the local level of Harvey and Fernandes (1989): a gamma level whose past is discounted, negative binomial ahead

Each is tried on the past as it would have been used: every period is forecast from the periods before it alone (Tashman 2000).
Anything that means to foresee more has to beat these (Hegre et al. 2019).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dragoman.errors import UsageError
from dragoman.measure import frames
from dragoman.measure.changes import COUNTS
from dragoman.measure.frames import DYAD_PERIODS
from dragoman.settings import DEFAULT, Settings

try:
    from scipy import special, stats
except ImportError as error:
    raise frames.extra(error) from error

Array = npt.NDArray[np.float64]
UNIT = "dyad-forecast"
FIRST = 12
"""Periods before the first forecast."""
_SEASON = {"month": 12, "quarter": 4, "week": 52, "day": 7, "year": 1}
_SHAPE = pa.schema(
    [
        *((name, pa.string()) for name in ("a", "b", "figure", "method")),
        ("period", pa.date32()),
        *((name, pa.float64()) for name in ("next", "next_low", "next_high", "mae", "rmse", "held", "skill")),
        ("tried", pa.int64()),
    ]
)
Forecast = Callable[[Array], tuple[float, float, float]]


def baselines(series: pa.Table, figure: str = "groups", *, settings: Settings = DEFAULT) -> pa.Table:
    """Forecasts of a count's next period with their back-test: one row a method (unit ``dyad-forecast``).

    ``next`` with ``next_low`` to ``next_high`` (95%) is for ``period``; ``mae`` and ``rmse`` are the errors over ``tried`` past
    forecasts, ``held`` how many of the 95% intervals held what came, ``skill`` 1 - mae / mae of the last value (above 0 is
    better). They take it that as much is read as before. Only the last run of covered periods without a gap is used; with
    fewer than 24 there is no row and ``empty`` says why. Raises UsageError for a figure that is no count.
    """
    table = frames.require(series, DYAD_PERIODS, "baselines")
    if figure not in COUNTS:
        raise UsageError(f"there is no baseline for {figure!r}; choose a count: {', '.join(COUNTS)}")
    facts = {k: v for k, v in frames.facts_of(table).items() if k in ("a", "b", "by", "modality")} | {"figure": figure}
    rows = table.select(["period", "period_end", "covered", figure]).to_pylist()
    run: list[dict[str, Any]] = []
    for row in rows:
        run = [*run, row] if row["covered"] else []
    if len(run) < 2 * FIRST:
        facts["empty"] = f"baselines need {2 * FIRST} covered periods in a row at the end of the series, found {len(run)}"
        return frames.mark(_SHAPE.empty_table(), UNIT, facts)
    y = np.array([row[figure] for row in run], dtype=float)
    tail = (1 - settings.interval_level) / 2
    methods: dict[str, Forecast] = {
        "last value": lambda past: _with_errors(past, _last, tail),
        "seasonal mean": lambda past: _with_errors(past, lambda p: _seasonal(p, _SEASON[facts["by"]]), tail),
        "count model": lambda past: _local_level(past, tail),
    }
    out = []
    for name, method in methods.items():
        tried = [(method(y[:t]), y[t]) for t in range(FIRST, len(y))]
        errors = np.array([came - f[0] for f, came in tried])
        ahead = method(y)
        held = float(np.mean([f[1] <= came <= f[2] for f, came in tried]))
        out.append(
            {"a": facts["a"], "b": facts["b"], "figure": figure, "method": name, "period": _after(run[-1])}
            | dict(zip(("next", "next_low", "next_high"), ahead, strict=True))
            | {
                "mae": float(np.abs(errors).mean()),
                "rmse": float(np.sqrt((errors**2).mean())),
                "held": held,
                "tried": len(tried),
            }
        )
    for row in out:
        row["skill"] = 1 - row["mae"] / out[0]["mae"] if out[0]["mae"] > 0 else None
    return frames.mark(pa.Table.from_pylist(out, _SHAPE), UNIT, facts)


def _after(row: dict[str, Any]) -> date:
    last: date = row["period_end"]
    return last + timedelta(1)


def _last(past: Array) -> float:
    return float(past[-1])


def _seasonal(past: Array, season: int) -> float:
    """Mean of the periods a whole number of years before the next; of all where there is no full year."""
    same = past[len(past) % season :: season] if len(past) >= season else past
    return float(same.mean())


def _with_errors(past: Array, point: Callable[[Array], float], tail: float) -> tuple[float, float, float]:
    """A point forecast with the quantiles of the errors it made on the past, in an even scale."""
    ahead = point(past)
    made = np.array([_even(past[t]) - _even(point(past[:t])) for t in range(max(2, len(past) // 4), len(past))])
    low, high = np.quantile(made, [tail, 1 - tail])
    return ahead, max(0.0, _uneven(_even(ahead) + low)), max(0.0, _uneven(_even(ahead) + high))


def _even(count: float) -> float:
    return float(np.sqrt(count + 0.375))


def _uneven(value: float) -> float:
    return float(max(value, 0.0) ** 2 - 0.375)


def _local_level(past: Array, tail: float) -> tuple[float, float, float]:
    """Negative binomial forecast; the discount of the past is the most likely one of 0.5 to 1."""
    best = max(np.arange(0.5, 1.001, 0.05), key=lambda w: _filtered(past, float(w))[2])
    shape, rate, _ = _filtered(past, float(best))
    p = rate / (1 + rate)
    low, high = stats.nbinom.ppf([tail, 1 - tail], shape, p)
    return shape / rate, float(low), float(high)


def _filtered(past: Array, discount: float) -> tuple[float, float, float]:
    """Shape and rate of the level for the next period, and the log likelihood of the past given the discount."""
    shape, rate, likelihood = 0.5 + past[0], 0.5 + 1.0, 0.0
    for y in past[1:]:
        shape, rate = discount * shape, discount * rate
        likelihood += float(
            special.gammaln(shape + y)
            - special.gammaln(shape)
            - special.gammaln(y + 1)
            + shape * np.log(rate / (1 + rate))
            - y * np.log(1 + rate)
        )
        shape, rate = shape + y, rate + 1
    return discount * shape, discount * rate, likelihood
