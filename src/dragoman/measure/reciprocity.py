"""Reciprocity: does one state answer in kind what the other does to it, and how soon.

A vector autoregression of the two directed series of summed intensity (Goldstein and Freeman 1990; Goldstein and Pevehouse
1997), each side on its own past and the other's, with the number of lags by BIC (Schwarz 1978). Whether the other's past
helps is Granger's question (1969); the F of it is compared with its value when the other's series is shifted round in time,
which keeps the memory of both, so that two sides that merely have runs of their own are not taken to answer each other.
Mutual events, which are in both series on the same day, are left out.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from dragoman.measure import frames
from dragoman.measure.events import event_groups
from dragoman.measure.pair_series import series
from dragoman.settings import DEFAULT, Settings

try:
    from scipy import special
except ImportError as error:
    raise frames.extra(error) from error

Array = npt.NDArray[np.float64]
UNIT = "directed-dyad"
SHORTEST = 40
"""Periods needed: with fewer, six lags of two series leave no more rows than twice the coefficients."""
_SHAPE = pa.schema(
    [
        *((name, pa.string()) for name in ("answers", "to", "by")),
        *((name, pa.int64()) for name in ("periods", "lags", "lag")),
        *((name, pa.float64()) for name in ("response", "low", "high", "p", "same_period")),
    ]
)


def replies(
    source: Any,
    a: str,
    b: str,
    by: str = "week",
    *,
    since: str | date | None = None,
    until: str | date | None = None,
    articles: pa.Table | None = None,
    settings: Settings = DEFAULT,
) -> pa.Table:
    """Whether each side answers the other: two rows (unit ``directed-dyad``).

    ``answers`` is who may answer, ``to`` whom; ``lags`` the number of periods of past in the model, ``lag`` the one with
    the strongest answer; ``response`` the points of intensity given back, over all lags, for each point received (above 0
    answers in kind, below 0 turns the other cheek), with its 95% interval; ``p`` how often a shifted series helps as much;
    ``same_period`` the correlation of what is left in the same period, in which nobody can be said to answer.

    With fewer than 40 covered periods, or a side that does nothing alone, there is no row and ``empty`` says why.
    Raises UsageError as ``series`` does.
    """
    a, b = frames.pair(a, b)
    found = event_groups(source, a, b, since=since, until=until)
    alone = found.filter(pc.invert(found["mutual"]))
    covered = series(source, a, b, by, since=since, until=until, articles=articles)
    ours = _net(alone, covered, a, b, by)
    rows, facts = [], {"a": a, "b": b, "by": by, "method": "VAR by least squares, lags by BIC, p by circular shifts"}
    spread = np.nanstd(ours, axis=0) if len(ours) else np.zeros(2)
    if np.isfinite(ours[:, 0]).sum() < SHORTEST:
        facts["empty"] = (
            f"replies need {SHORTEST} covered periods, found {int(np.isfinite(ours[:, 0]).sum())}; try a shorter period"
        )
    elif not spread.all():
        still = a if spread[0] == 0 else b
        facts["empty"] = f"{still} did nothing alone towards the other in the period, or the same in each"
    else:
        rows = [_answer(ours[:, ::-1], b, a, by, settings), _answer(ours, a, b, by, settings)]
    return frames.mark(pa.Table.from_pylist(rows, _SHAPE), UNIT, facts)


def _net(alone: pa.Table, covered: pa.Table, a: str, b: str, by: str) -> Array:
    """Summed intensity of what a did to b, and b to a, alone: one row a period, NaN outside coverage."""
    kept = frames.mark(alone, frames.GROUP, {"a": a, "b": b})
    if not covered.num_rows:
        return np.zeros((0, 2))
    ends = covered["period"].to_pylist()[0], covered["period_end"].to_pylist()[-1]
    table = series(kept, a, b, by, since=ends[0], until=ends[1], articles=_every_day(*ends))
    both = np.column_stack([np.array(table[f"intensity_sum_{s}"].to_pylist(), dtype=float) for s in ("ab", "ba")])
    both[~np.array(covered["covered"].to_pylist(), dtype=bool)] = np.nan
    return both


def _every_day(first: date, last: date) -> pa.Table:
    """An articles table in which each day is covered; what is truly covered is laid over it afterwards."""
    days = pa.array(np.arange(np.datetime64(first, "D"), np.datetime64(last, "D") + 1))
    return pa.table({"published_from": days, "published_to": days})


def _answer(both: Array, actor: str, other: str, by: str, settings: Settings) -> dict[str, Any]:
    """The row of one direction; the first column of ``both`` is the one who may answer, the second what the other did."""
    fits = {k: _fit(both, k, settings.reply_periods) for k in range(1, settings.reply_periods + 1)}
    lags = min(fits, key=lambda k: fits[k][0])
    _, f, coefficients, covariance, rows, left = fits[lags]
    theirs = slice(1 + lags, 1 + 2 * lags)
    response = float(coefficients[theirs].sum())
    wide = float(
        special.stdtrit(rows - 1 - 2 * lags, (1 + settings.interval_level) / 2) * np.sqrt(covariance[theirs, theirs].sum())
    )
    strongest = int(np.argmax(np.abs(coefficients[theirs]) / np.sqrt(np.diag(covariance)[theirs])))
    rng = np.random.default_rng([settings.change_seed, len(both), lags])
    shifts = rng.integers(settings.reply_periods + 1, len(both) - settings.reply_periods, settings.change_draws)
    chance = [_fit(np.column_stack([both[:, 0], np.roll(both[:, 1], s)]), lags, settings.reply_periods)[1] for s in shifts]
    mirror = _fit(both[:, ::-1], lags, settings.reply_periods)[5]
    return {
        "answers": actor,
        "to": other,
        "by": by,
        "periods": rows,
        "lags": lags,
        "lag": strongest + 1,
        "response": response,
        "low": response - wide,
        "high": response + wide,
        "p": (1 + sum(c >= f for c in chance)) / (1 + len(chance)),
        "same_period": float(np.corrcoef(left, mirror)[0, 1]) if left.std() > 0 and mirror.std() > 0 else None,
    }


def _fit(both: Array, lags: int, longest: int) -> tuple[float, float, Array, Array, int, Array]:
    """BIC, F of the other's past, coefficients (constant, own past, the other's past), their covariance, rows, residuals.

    All models use the same rows, those with ``longest`` known periods before them, so that their BICs can be compared.
    """
    n = len(both)
    y = both[longest:, 0]
    past = [both[longest - k : n - k, side] for side in (0, 1) for k in range(1, lags + 1)]
    x = np.column_stack([np.ones(n - longest), *past])
    known = np.isfinite(y) & np.isfinite(x).all(axis=1)
    y, x = y[known], x[known]
    coefficients, left, inverse = _least_squares(y, x)
    _, left_alone, _ = _least_squares(y, x[:, : 1 + lags])
    rows, free = len(y), max(1, len(y) - x.shape[1])
    rest, rest_alone = float(left @ left), float(left_alone @ left_alone)
    f = (rest_alone - rest) / lags / max(rest / free, 1e-12)
    bic = rows * np.log(max(rest / max(rows, 1), 1e-12)) + x.shape[1] * np.log(max(rows, 2))
    # White's covariance, since months of crisis spread wider than calm ones (White 1980).
    meat = (x * left[:, None]).T @ (x * left[:, None]) * rows / free
    return float(bic), float(f), coefficients, inverse @ meat @ inverse, rows, left


def _least_squares(y: Array, x: Array) -> tuple[Array, Array, Array]:
    inverse = np.asarray(np.linalg.pinv(x.T @ x), dtype=np.float64)
    coefficients: Array = inverse @ (x.T @ y)
    left = np.asarray(y - x @ coefficients, dtype=np.float64)
    return coefficients, left, inverse
