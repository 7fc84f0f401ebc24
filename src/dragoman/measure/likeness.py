"""How alike two states act: agreement, S, kappa and pi, for one pair or for all pairs of a table at once.

With ``x`` and ``y`` the acts of two states on N matters, on a scale whose ends are ``span`` apart:

    agreement  1 - sum|x - y| / (N * span)                 Bailey, Strezhnev and Voeten 2017
    S          1 - 2 * sum|x - y| / (N * span)             Signorino and Ritter 1999 (equal weights)
    kappa      1 - D / E, E from each state's own margins  Cohen 1960, as weighted by Haege 2011
    pi         1 - D / E, E from the pooled margins        Scott 1955, as weighted by Haege 2011

D is the mean distance ``|x - y|`` and E the mean distance that the margins alone would give. S calls two states alike that both
vote yes on nearly all, because nearly everybody does; kappa and pi take that out and are 0 where two states are no more alike
than chance. Where E is 0 (both always act the same one way) they are not defined, and None is returned.

References
----------
Cohen, Jacob (1960): A Coefficient of Agreement for Nominal Scales. Educational and Psychological Measurement 20(1), 37-46.
Haege, Frank M. (2011): Choice or Circumstance? Adjusting Measures of Foreign Policy Similarity for Chance Agreement.
Political Analysis 19(3), 287-305.
Scott, William A. (1955): Reliability of Content Analysis. Public Opinion Quarterly 19(3), 321-325.
Signorino, Curtis S. and Jeffrey M. Ritter (1999): Tau-b or Not Tau-b. International Studies Quarterly 43(1), 115-144.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from dragoman.errors import UsageError

Floats = npt.NDArray[np.float64]
MEASURES = ("agreement", "s", "kappa", "pi")


@dataclass(frozen=True, slots=True)
class Alike:
    """How alike two states act on ``n`` matters; kappa and pi are None where chance alone explains everything."""

    agreement: float
    s: float
    kappa: float | None
    pi: float | None
    n: int


def alike(x: Sequence[float] | Floats, y: Sequence[float] | Floats, span: float) -> Alike:
    """The four measures of two states' acts.

    Parameters: ``x`` and ``y`` hold one number a matter, in the same order and without gaps; ``span`` is the distance between
    the ends of their scale (2 for yes 1, abstain 2, no 3).

    Raises UsageError for no matter at all, for different lengths, a missing value, or values further apart than ``span``.

    >>> alike([1, 1, 3, 2], [1, 1, 3, 3], span=2)
    Alike(agreement=0.875, s=0.75, kappa=0.75, pi=0.7419354838709677, n=4)
    >>> alike([1, 1], [1, 1], span=2).kappa is None
    True
    """
    first, second = np.asarray(x, float), np.asarray(y, float)
    if first.shape != second.shape or first.ndim != 1:
        raise UsageError(f"two lists of the same length are needed, found {first.shape} and {second.shape}")
    n = first.size
    if n == 0:
        raise UsageError("there is no matter on which both acted; similarity needs at least one")
    if not (np.isfinite(first).all() and np.isfinite(second).all()):
        raise UsageError("a value is missing; leave out the matters on which one of the two did not act")
    distance = float(np.abs(first - second).mean())
    if not span > 0 or np.abs(first - second).max() > span:
        raise UsageError(f"values lie further apart than the scale's span of {span:g}")
    own = _expected(first, second)
    pooled = _expected(np.concatenate((first, second)), np.concatenate((first, second)))
    return Alike(
        agreement=1 - distance / span,
        s=1 - 2 * distance / span,
        kappa=1 - distance / own if own > 0 else None,
        pi=1 - distance / pooled if pooled > 0 else None,
        n=n,
    )


def _expected(x: Floats, y: Floats) -> float:
    """Mean distance between a value drawn from ``x`` and one drawn from ``y``."""
    xs, nx = np.unique(x, return_counts=True)
    ys, ny = np.unique(y, return_counts=True)
    return float(nx @ np.abs(xs[:, None] - ys[None, :]) @ ny) / (x.size * y.size)


def alike_all(acts: npt.NDArray[Any], scale: Sequence[int], missing: int = 0) -> dict[str, Floats]:
    """The four measures of all pairs of states at once.

    Parameters: ``acts`` has one row a matter and one column a state, holding values of ``scale``, or ``missing`` where a state
    did not act. Every pair is compared on the matters on which both acted.

    Returns ``agreement``, ``s``, ``kappa``, ``pi`` and ``n``, each a symmetric states x states array. A pair without a matter
    in common, and kappa and pi where they are not defined, are nan: missing, never zero.
    """
    acts = np.asarray(acts)
    values = np.asarray(scale, float)
    known = set(np.unique(acts).tolist()) - {missing, *(int(v) for v in scale)}
    if known:
        raise UsageError(f"acts hold {sorted(known)[0]}, which is not on the scale {', '.join(map(str, scale))}")
    span = float(values.max() - values.min())
    gaps = np.abs(values[:, None] - values[None, :])
    marks = [(acts == v).astype(np.float32) for v in scale]  # exact: counts stay far below 2^24
    counts = np.array([[one.T @ other for other in marks] for one in marks], np.float64)  # scale x scale x states x states
    n = counts.sum((0, 1))
    with np.errstate(invalid="ignore", divide="ignore"):
        distance = np.einsum("kl,klij->ij", gaps, counts) / n
        first, second = counts.sum(1) / n, counts.sum(0) / n  # each state's own margins, on the shared matters
        pooled = (first + second) / 2
        own = np.einsum("kl,kij,lij->ij", gaps, first, second)
        chance = np.einsum("kl,kij,lij->ij", gaps, pooled, pooled)
        out = {"agreement": 1 - distance / span, "s": 1 - 2 * distance / span}
        out["kappa"] = np.where(own > 0, 1 - distance / own, np.nan)
        out["pi"] = np.where(chance > 0, 1 - distance / chance, np.nan)
    # A state that always votes yes is at 0 and not at 2e-16, whose sign would depend on the machine.
    return {name: np.round(values, 12) + 0.0 for name, values in out.items()} | {"n": n}
