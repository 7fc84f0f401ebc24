"""Choose the score from which a pair becomes a row, on marked articles that no model was trained on (training/marks/dev.jsonl).

    python training/thresholds.py [--profile default]

Prints precision, recall and F1 of whole articles at root level for each threshold, the best threshold for each root that
has at least 60 marked events, and how often a score is right (calibration). The numbers chosen stand in settings.py;
nothing is written.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import own_marks

sys.path.insert(0, str(Path(__file__).parents[1]))
from bench.articles import Key, gold, key, numbered
from bench.reference import folder
from dragoman.reader import Reader
from dragoman.settings import DEFAULT

LOW = 0.05
GRID = [i / 40 for i in range(3, 33)]
Scored = tuple[str, Key, float, bool]  # article, key, score, whether it is marked


def scored(profile: str, path: Path) -> tuple[list[Scored], dict[str, int]]:
    """Every row above LOW with its score, and the number of marked keys by root."""
    reader = Reader(profile, replace(DEFAULT, event_threshold=LOW, root_thresholds=()))
    rows: list[Scored] = []
    marked: dict[str, int] = defaultdict(int)
    for article in own_marks.load(path, folder()):
        wanted, _ = gold(article)
        for k in wanted:
            marked[k[3]] += 1
        best: dict[Key, float] = {}
        for e in reader.read_text(article["text"], published=article["published"]).events:
            k = key(numbered(article, e.trigger.start), e.source.country, e.target.country, e.root)
            best[k] = max(best.get(k, 0.0), e.score)
        rows += [(article["id"], k, score, k in wanted) for k, score in best.items()]
    return rows, dict(marked)


def f1(rows: Iterable[Scored], marked: int, threshold: float) -> tuple[float, float, float]:
    """Precision, recall and F1 of the rows above a threshold."""
    above = [r for r in rows if r[2] >= threshold]
    right = sum(r[3] for r in above)
    p, r = right / max(1, len(above)), right / max(1, marked)
    return p, r, 2 * p * r / max(1e-9, p + r)


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--profile", default="default")
    a.add_argument("--marks", type=Path, default=Path(__file__).parent / "marks" / "dev.jsonl")
    o = a.parse_args()
    rows, marked = scored(o.profile, o.marks)
    total = sum(marked.values())
    for t in GRID:
        p, r, f = f1(rows, total, t)
        print(f"threshold {t:.3f}  precision {p:.3f}  recall {r:.3f}  F1 {f:.3f}")
    for root, n in sorted(marked.items()):
        if n >= 60:
            mine = [r for r in rows if r[1][3] == root]
            best = max(GRID, key=lambda t: (f1(mine, n, t)[2], t))
            print(f"{root:10} {n:4} marked, best threshold {best:.3f}: F1 {f1(mine, n, best)[2]:.3f}")
    for low in (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        inside = [r for r in rows if low <= r[2] < (low + 0.1 if low >= 0.1 else 0.1)]
        if inside:
            print(f"score {low:.2f}: {len(inside):4} rows, right {sum(r[3] for r in inside) / len(inside):.3f}")


if __name__ == "__main__":
    main()
