"""Own ideal points from ballots: a dynamic ordinal item response model, fitted by expectation and conditional maximisation.

State i in session t stands at x. On roll call j it leans to

    z = a_j + b_j * x + s_j * e,    e normal(0, 1)

and votes yes if z < 0, abstains if 0 < z < 1, and votes no if z > 1: the three ordered answers of Bailey, Strezhnev and Voeten
(2017) with both borders fixed and the spread s_j free instead, so that every step has a closed form (the device of Imai, Lo and
Olmsted 2016). A state's place moves from session to session by a normal step of standard deviation ``drift``, and begins at
normal(0, 1). Roll calls on which all but a few agree say little about the line, and do so by small b_j. The sign is fixed by
two anchors.

Bounds take the roll calls as known, so they are somewhat too narrow; they are given as such.

References
----------
Imai, Kosuke, James Lo and Jonathan Olmsted (2016): Fast Estimation of Ideal Points with Massive Data. American Political
Science Review 110(4), 631-656.
Martin, Andrew D. and Kevin M. Quinn (2002): Dynamic Ideal Point Estimation via Markov Chain Monte Carlo for the U.S. Supreme
Court, 1953-1999. Political Analysis 10(2), 134-153.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from dragoman.errors import DragomanError, UsageError
from dragoman.measure import frames
from dragoman.measure.ideal import IdealPoints, Point
from dragoman.measure.likeness import Floats
from dragoman.measure.votes import NO, YES, Votes, sessions_of

try:
    from scipy.special import log_ndtr
except ImportError as error:
    raise frames.extra(error) from error

Ints = npt.NDArray[np.int64]
_SPREAD = (2.0, 0.25)  # inverse gamma of s^2: keeps a roll call without abstentions from a spread of nothing
_ITEM = 0.04  # precision of a_j and b_j around 0 (standard deviation 5)
_90 = 1.6449  # normal quantile of the 5% and 95% bounds


class NotConverged(DragomanError):
    """The estimate still moved when the rounds were used up."""


@dataclass(frozen=True, slots=True)
class _Data:
    """Ballots one by one: roll call, state and session place of each, the borders of z; then session places by roll call."""

    item: Ints
    cell: Ints  # state * sessions + session place
    low: Floats
    high: Floats
    items: int
    states: int
    sessions: int


def estimate_ideal_points(
    votes: Votes,
    *,
    since: int | None = None,
    until: int | None = None,
    anchors: tuple[str, str] = ("USA", "RUS"),
    drift: float = 0.2,
    tolerance: float = 1e-3,
    rounds: int = 600,
) -> IdealPoints:
    """Ideal points of all states in the sessions that opened in the years ``since`` to ``until``.

    Parameters: the first of ``anchors`` stands above the second on average; ``drift`` is the standard deviation of a state's
    step from one session to the next, in standard deviations of all states; ``tolerance`` is the largest mean step of the
    points at which the rounds end.

    Returns ``IdealPoints`` with mean 0 and standard deviation 1 over all states and sessions, and bounds that hold 90 in 100.

    Raises UsageError for a choice without contested roll calls or an anchor without ballots; NotConverged after ``rounds``
    rounds.
    """
    numbers = sessions_of(votes, since=since, until=until)
    chosen = votes.of(numbers)
    if not chosen.ids:
        raise UsageError("all roll calls of this choice are unanimous; ideal points need contested ones")
    up, down = (votes.states.index(votes.seat(name)) for name in anchors)
    data = _data(chosen, numbers)
    x, spread = _fit(data, _start(chosen, numbers), drift, tolerance, rounds)
    seen = np.bincount(data.cell, minlength=x.size).reshape(x.shape)
    both = (seen[up] > 0) & (seen[down] > 0)
    if not both.any():
        raise UsageError(f"{anchors[0]} and {anchors[1]} never vote in the same session; choose other anchors")
    sign = 1.0 if (x[up] - x[down])[both].mean() >= 0 else -1.0
    centre, scale = x[seen > 0].mean(), x[seen > 0].std()
    x, spread = sign * (x - centre) / scale, spread / scale
    points = {
        (votes.states[i], numbers[t]): Point(
            float(x[i, t]), float(x[i, t] - _90 * spread[i, t]), float(x[i, t] + _90 * spread[i, t]), int(seen[i, t])
        )
        for i, t in zip(*np.nonzero(seen), strict=True)
    }
    return IdealPoints(MappingProxyType(points), votes.source, f"own estimate: dynamic ordinal model, drift {drift:g}")


def _data(chosen: Votes, numbers: Iterable[int]) -> _Data:
    item, state = np.nonzero(chosen.ballots)
    place = {number: i for i, number in enumerate(numbers)}
    session = np.array([place[int(s)] for s in chosen.sessions])
    ballot = chosen.ballots[item, state]
    low = np.where(ballot == YES, -np.inf, np.where(ballot == NO, 1.0, 0.0))
    high = np.where(ballot == YES, 0.0, np.where(ballot == NO, np.inf, 1.0))
    shape = (len(chosen.ids), len(chosen.states), len(place))
    return _Data(item, state * len(place) + session[item], low, high, *shape)


def _start(chosen: Votes, numbers: Iterable[int]) -> Floats:
    """Where the rounds begin: the first principal component of the ballots of all sessions, the same for each session of a
    state."""
    known = chosen.ballots > 0
    centred = np.where(known, chosen.ballots - 2.0, 0.0)
    means = centred.sum(1, keepdims=True) / np.maximum(known.sum(1, keepdims=True), 1)
    centred = np.where(known, centred - means, 0.0)
    likeness = centred.T @ centred / np.maximum(known.astype(float).T @ known, 1.0)
    _, vectors = np.linalg.eigh(likeness)
    first = vectors[:, -1] / vectors[:, -1].std()
    return np.repeat(first[:, None], len(tuple(numbers)), axis=1)


def _fit(data: _Data, x: Floats, drift: float, tolerance: float, rounds: int) -> tuple[Floats, Floats]:
    """The rounds. Returns the points and their standard deviations, states x sessions each."""
    count = np.bincount(data.item, minlength=data.items).astype(float)
    a, b, s2 = np.full(data.items, -0.5), np.full(data.items, 0.5), np.ones(data.items)
    for _ in range(rounds):
        z, square = _expected(data, a, b, s2, x)
        a, b, s2 = _items(data, count, x, z, square)
        before, (x, spread) = x, _states(data, a, b, s2, z, drift)
        if float(np.abs(x - before).mean()) < tolerance:
            return x, spread
    moved = float(np.abs(x - before).mean())
    raise NotConverged(
        f"ideal points still move by {moved:.4f} a round after {rounds} rounds; allow more rounds or a larger tolerance"
    )


def _expected(data: _Data, a: Floats, b: Floats, s2: Floats, x: Floats) -> tuple[Floats, Floats]:
    """Mean and variance of each z, given on which side of the borders it fell."""
    s = np.sqrt(s2)[data.item]
    mean = a[data.item] + b[data.item] * x.ravel()[data.cell]
    low, high = (data.low - mean) / s, (data.high - mean) / s
    flip = low > -high  # both tails are taken on the lower side, where their logarithm is exact
    low, high = np.where(flip, -high, low), np.where(flip, -low, high)
    upper = log_ndtr(high)
    mass = upper + np.log1p(-np.exp(np.minimum(log_ndtr(low) - upper, -1e-12)))
    at_low, at_high = (np.exp(-0.5 * v * v - 0.918938533204673 - mass) for v in (low, high))  # log(sqrt(2 pi))
    shift = at_low - at_high
    edge = np.where(np.isfinite(low), low, 0.0) * at_low - np.where(np.isfinite(high), high, 0.0) * at_high
    variance = np.clip(1 + edge - shift * shift, 1e-6, 1.0)
    return mean + s * np.where(flip, -shift, shift), s2[data.item] * variance


def _items(data: _Data, count: Floats, x: Floats, z: Floats, variance: Floats) -> tuple[Floats, Floats, Floats]:
    """Every roll call's line and spread: a ridge regression of z on x, then the mean squared residual."""
    place = x.ravel()[data.cell]

    def total(values: Floats) -> Floats:
        return _sums(data.item, values, data.items)

    sx, sxx, sz, sxz = total(place), total(place * place), total(z), total(place * z)
    determinant = (count + _ITEM) * (sxx + _ITEM) - sx * sx
    a = ((sxx + _ITEM) * sz - sx * sxz) / determinant
    b = ((count + _ITEM) * sxz - sx * sz) / determinant
    residual = z - a[data.item] - b[data.item] * place
    s2 = (total(residual * residual + variance) + 2 * _SPREAD[1]) / (count + 2 * _SPREAD[0])
    return a, b, s2


def _states(data: _Data, a: Floats, b: Floats, s2: Floats, z: Floats, drift: float) -> tuple[Floats, Floats]:
    """Every state's path: the mode of a random walk seen through its ballots, solved session by session for all states."""
    size = data.states * data.sessions
    weight = (b * b / s2)[data.item]
    pull = (b / s2)[data.item] * (z - a[data.item])
    shape = (data.states, data.sessions)
    precision = _sums(data.cell, weight, size).reshape(shape)
    right = _sums(data.cell, pull, size).reshape(shape)
    link = 1 / drift**2
    diagonal = precision + 2 * link
    diagonal[:, 0] += 1 - link
    diagonal[:, -1] -= link
    return _chain(diagonal, -link, right)


def _sums(places: Ints, values: Floats, size: int) -> Floats:
    return np.asarray(np.bincount(places, values, size), np.float64)


def _chain(diagonal: Floats, side: float, right: Floats) -> tuple[Floats, Floats]:
    """Solve symmetric tridiagonal systems, one a row; returns solutions and the square roots of the inverses' diagonals."""
    n = diagonal.shape[1]
    down, up, value = diagonal.copy(), diagonal.copy(), right.copy()
    for t in range(1, n):
        down[:, t] -= side * side / down[:, t - 1]
        value[:, t] -= side / down[:, t - 1] * value[:, t - 1]
        up[:, n - 1 - t] -= side * side / up[:, n - t]
    x: npt.NDArray[Any] = value / down
    for t in range(n - 2, -1, -1):
        x[:, t] -= side / down[:, t] * x[:, t + 1]
    return x, 1 / np.sqrt(down + up - diagonal)
