"""Measures on made series whose truth is known: ``python -m bench.measure_simulation [WHAT ...]``.

    intervals  how often a 95% interval holds the true value, at 20, 200 and 2,000 events a period, in four made worlds
    coder      the same for the corrected figures, with rows missed and wrongly given by a coder of known error
    changes    500 series with and without changes: precision, recall and F1 of what is found, and false alarms on flat series

All draws have a fixed seed, so that the figures are the same on every run.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from dragoman.codebook.events import load as codebook
from dragoman.measure.cells import Array, Cells
from dragoman.measure.coder_correction import corrected
from dragoman.measure.coder_error import CoderError, coder_errors
from dragoman.measure.sampling import sampling_ends
from dragoman.measure.steps import find

SIZES = (20, 200, 2000)
# Shares of roots: a talking pair, rivals, friends with a rare attack, a war.
WORLDS: dict[str, dict[str, float]] = {
    "talking": {
        "CONSULT": 0.45,
        "AGREE": 0.1,
        "COOPERATE": 0.1,
        "REQUEST": 0.1,
        "ACCUSE": 0.15,
        "THREATEN": 0.05,
        "SANCTION": 0.05,
    },
    "rivals": {
        "ACCUSE": 0.4,
        "THREATEN": 0.15,
        "SANCTION": 0.15,
        "REJECT": 0.1,
        "MOBILIZE": 0.1,
        "ASSAULT": 0.05,
        "CONSULT": 0.05,
    },
    "friends": {"CONSULT": 0.55, "AGREE": 0.2, "COOPERATE": 0.2, "ASSAULT": 0.02, "ACCUSE": 0.03},
    "war": {"ASSAULT": 0.6, "COERCE": 0.1, "ACCUSE": 0.1, "MOBILIZE": 0.1, "CONSULT": 0.05, "RETREAT": 0.05},
}
HELD = ("groups", "conflict", "intensity_mean", "intensity_sum", "conflict_share")


def world(mix: dict[str, float]) -> tuple[tuple[str, ...], Array, Cells]:
    """Roots, how likely each cell is, and the cells without counts; CONSULT has its modes' intensities."""
    roots: list[str] = []
    shares: list[float] = []
    strength: list[float] = []
    for root, share in mix.items():
        scores = sorted(
            {codebook().roots[root].intensity, *(m.intensity for m in codebook().roots[root].modes if m.intensity is not None)}
        )
        for score in scores:
            roots.append(root)
            shares.append(share / len(scores))
            strength.append(score)
    quad = np.array([codebook().roots[r].quad for r in roots])
    ones = np.ones(len(roots))
    return (
        tuple(roots),
        np.array(shares) / sum(shares),
        Cells(np.zeros((0, len(roots))), tuple(roots), quad, np.array(strength), ones, ones, np.zeros(0, bool)),
    )


def truth(cells: Cells, expected: Array) -> dict[str, float]:
    """The figures of an expected number of events in each cell."""
    conflict = cells.quad >= 3
    return {
        "groups": float(expected.sum()),
        "conflict": float(expected[conflict].sum()),
        "intensity_mean": float(expected @ cells.intensity / expected.sum()),
        "intensity_sum": float(expected @ cells.intensity),
        "conflict_share": float(expected[conflict].sum() / expected.sum()),
    }


def with_counts(cells: Cells, n: Array) -> Cells:
    return Cells(n, cells.root, cells.quad, cells.intensity, cells.ab, cells.ba, np.zeros(len(n), bool))


def held(low: Array, high: Array, value: Array | float) -> float:
    """How many of the intervals hold the value; one that could not be given does not."""
    return float(np.mean((low <= value + 1e-9) & (value - 1e-9 <= high)))


def sampling(rounds: int = 1000, sizes: tuple[int, ...] = SIZES) -> Iterator[tuple[str, int, dict[str, float]]]:
    """World, expected events of a period, and how often the interval of each figure held the truth."""
    for name, mix in WORLDS.items():
        _, shares, cells = world(mix)
        for size in sizes:
            n = np.random.default_rng([7, size]).poisson(shares * size, size=(rounds, len(shares))).astype(float)
            found = sampling_ends(with_counts(cells, n), list(range(rounds)))
            true = truth(cells, shares * size)
            yield name, size, {figure: held(*found[figure], true[figure]) for figure in HELD}


def coded(rounds: int = 1000, sizes: tuple[int, ...] = SIZES, periods: int = 50) -> Iterator[tuple[str, int, dict[str, float]]]:
    """The same of the corrected figures: what a careful reader would have marked, from what an erring coder gave.

    For each pair of so many periods the coder's error is measured on as many marks as the shipped one was, so that this
    uncertainty is in it. A period in which the coder gave nothing has no mean, and is left out there.
    """
    measured = coder_errors()
    for name, mix in WORLDS.items():
        _, shares, cells = world(mix)
        for size in sizes:
            rng = np.random.default_rng([11, size])
            inside: dict[str, list[bool]] = {figure: [] for figure in HELD}
            for _ in range(rounds // periods):
                true = rng.poisson(shares * size, size=(periods, len(shares))).astype(float)
                given = np.stack([_given(rng, cells, row, measured) for row in true])
                found = corrected(with_counts(cells, given), _measured_again(rng, measured))
                for t in np.flatnonzero(true.sum(axis=1)):
                    wanted = truth(cells, true[t])
                    for figure in HELD:
                        value, low, high = (column[t] for column in found[figure])
                        if np.isfinite(value):
                            inside[figure].append(bool(low - 1e-9 <= wanted[figure] <= high + 1e-9))
            yield name, size, {figure: float(np.mean(hits)) for figure, hits in inside.items()}


def _given(rng: np.random.Generator, cells: Cells, true: Array, error: CoderError) -> Array:
    """Rows of a coder with these rates: those found of the true ones, and as many wrong ones as its precision says."""
    recall = np.array([error.roots[r].recall for r in cells.root])
    precision = np.array([error.roots[r].precision for r in cells.root])
    found = rng.binomial(true.astype(int), recall)
    wrong = np.array([rng.negative_binomial(f, p) if f else 0 for f, p in zip(found, precision, strict=True)])
    return np.asarray(found + wrong, dtype=float)


def _measured_again(rng: np.random.Generator, error: CoderError) -> CoderError:
    """The error as another set of as many marks would have shown it."""
    from dragoman.measure.coder_error import from_counts

    counts = {}
    for root, r in error.roots.items():
        counts[root] = (r.given, int(rng.binomial(r.given, r.precision)), r.required, int(rng.binomial(r.required, r.recall)))
    return from_counts(counts, error)


# Change points

LENGTH = 96  # months
JUMP = 2.0  # standard deviations of a month, the stated size of a change
NEAR = 3  # months that a found change may be off


def made_levels(rng: np.random.Generator, length: int = LENGTH) -> tuple[Array, list[int]]:
    """Levels with none, one or two changes of the stated size, at least a year apart and from the ends."""
    places = sorted(rng.choice(np.arange(12, length - 12), size=int(rng.integers(0, 3)), replace=False))
    places = [int(p) for i, p in enumerate(places) if i == 0 or p - places[i - 1] >= 12]
    level = np.zeros(length)
    for at in places:
        level[at:] += JUMP * rng.choice([-1, 1])
    return level, places


def matched(found: list[int], true: list[int]) -> int:
    """How many changes were found within ``NEAR``, each counted once."""
    left = list(found)
    hits = 0
    for at in true:
        near = [f for f in left if abs(f - at) <= NEAR]
        if near:
            left.remove(min(near, key=lambda f: abs(f - at)))
            hits += 1
    return hits


def changes(rounds: int = 500) -> dict[str, float]:
    """Precision, recall and F1 over made series."""
    rng = np.random.default_rng(23)
    hits = given = wanted = 0
    for _ in range(rounds):
        level, true = made_levels(rng)
        found = [c.at for c in find(level + rng.standard_normal(len(level)), np.ones(len(level)))[0]]
        hits, given, wanted = hits + matched(found, true), given + len(found), wanted + len(true)
    precision, recall = hits / given, hits / wanted
    return {"precision": precision, "recall": recall, "f1": 2 * precision * recall / (precision + recall)}


def even_counts(counts: npt.NDArray[np.int64]) -> Array:
    """Counts made of even spread as ``change_points`` does it."""
    out: Array = 2 * np.sqrt(counts + 0.375)
    return out


def flat(kind: str, rng: np.random.Generator, length: int = LENGTH) -> tuple[Array, Array]:
    """A series without a change, made as ``change_points`` makes it, and its weights."""
    t = np.arange(length)
    ones = np.ones(length)
    if kind == "even":
        return rng.standard_normal(length), ones
    if kind == "memory":
        y = np.zeros(length)
        for i in range(1, length):
            y[i] = 0.5 * y[i - 1] + rng.standard_normal()
        return y, ones
    if kind == "trend":
        return 0.04 * t + rng.standard_normal(length), ones
    if kind == "few counts":
        return even_counts(rng.poisson(1.5, length)), ones
    if kind == "overdispersed counts":
        return even_counts(rng.negative_binomial(2, 2 / (2 + 12), length)), ones
    if kind == "growing counts":
        return even_counts(rng.negative_binomial(4, 4 / (4 + 5 + 0.2 * t))), ones
    if kind == "gaps":
        kept = np.sort(rng.choice(t, size=length * 2 // 3, replace=False))
        return rng.standard_normal(len(kept)), np.ones(len(kept))
    n: Array = np.asarray(rng.poisson(np.exp(rng.normal(1.5, 1, length))) + 1.0, dtype=np.float64)
    means: Array = rng.standard_normal(length) / np.sqrt(n)
    return means, n  # means of few and of many events


FLAT = ("even", "memory", "trend", "few counts", "overdispersed counts", "growing counts", "gaps", "uneven means")


def false_alarms(rounds: int = 500) -> dict[str, float]:
    """Share of series without a change in which one is found, by kind."""
    out = {}
    for kind in FLAT:
        rng = np.random.default_rng([29, FLAT.index(kind)])
        out[kind] = float(np.mean([bool(find(*flat(kind, rng))[0]) for _ in range(rounds)]))
    return out


def figures() -> dict[str, float]:
    """For floors: least share of intervals of a mean that held, F1 of changes, least share of flat series left alone."""
    least = min(held["intensity_mean"] for _, _, held in sampling(500))
    return {"mean_held": least, "changes_f1": changes(200)["f1"], "flat_left_alone": 1 - max(false_alarms(100).values())}


def show(title: str, rows: Iterator[tuple[str, int, dict[str, float]]]) -> list[dict[str, float]]:
    print(title)
    print(f"  {'world':9} {'events':>6}  " + "  ".join(f"{figure:>14}" for figure in HELD))
    found = []
    for name, size, figures in rows:
        print(f"  {name:9} {size:6}  " + "  ".join(f"{figures[f]:14.3f}" for f in HELD), flush=True)
        found.append(figures)
    return found


def main() -> None:
    a = argparse.ArgumentParser(prog="python -m bench.measure_simulation", description=__doc__)
    a.add_argument("what", nargs="*", default=["intervals", "coder"])
    a.add_argument("--rounds", type=int, default=1000)
    o = a.parse_args()
    if "intervals" in o.what:
        show(f"sampling intervals: held of {o.rounds}", sampling(o.rounds))
    if "coder" in o.what:
        show(f"corrected for the coder's error: held of {o.rounds}", coded(o.rounds))
    if "changes" in o.what:
        found = changes()
        print(f"changes of {JUMP:g} standard deviations in 500 series of {LENGTH} months, found within {NEAR} months")
        print("  " + "  ".join(f"{k} {v:.3f}" for k, v in found.items()), flush=True)
        print("a change found where there is none, of 500 series")
        for kind, share in false_alarms().items():
            print(f"  {kind:22} {share:.3f}", flush=True)


if __name__ == "__main__":
    main()
