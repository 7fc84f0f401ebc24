"""How often a row's score is right: ``python -m bench.calibration [--fold 0]``.

Rows of whole articles from the floor up, by tenth of their score, against both readings of the fold: a row is right when its
states and root stand in either. ``ece`` is the mean distance between score and share right, weighed by rows.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from dataclasses import replace

import dragoman as dm
from bench.articles import gold, key, load, numbered
from dragoman.settings import DEFAULT


def judged(fold: int, profile: str = "default") -> list[tuple[float, bool]]:
    """Score and truth of every row of a fold, those below the threshold included."""
    articles, second = load(fold)
    reader = dm.load(profile=profile, settings=replace(DEFAULT, event_threshold=0.0))
    out = []
    for a in articles:
        wanted = set(gold(a)[0]) | (set(gold(second[a["id"]])[0]) if a["id"] in second else set())
        for e in reader.read_text(a["text"], published=a["published"]).events:
            out.append((e.score, key(numbered(a, e.trigger.start), e.source.country, e.target.country, e.root) in wanted))
    return out


def error(rows: list[tuple[float, bool]]) -> float:
    """Expected calibration error in ten equal bins of the score (Guo et al. 2017)."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for score, right in rows:
        bins[min(9, int(score * 10))].append((score, right))
    gaps = [abs(sum(s for s, _ in b) - sum(r for _, r in b)) for b in bins.values()]
    return sum(gaps) / max(1, len(rows))


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--fold", type=int, default=0)
    a.add_argument("--profile", default="default")
    o = a.parse_args()
    rows = judged(o.fold, o.profile)
    for low in range(10):
        inside = [r for s, r in rows if min(9, int(s * 10)) == low]
        if inside:
            print(f"  score {low / 10:.1f}  {len(inside):4} rows, right {sum(inside) / len(inside):.3f}")
    print(f"ece {error(rows):.3f} of {len(rows)} rows")


if __name__ == "__main__":
    main()
