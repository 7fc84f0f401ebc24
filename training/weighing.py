"""Fit the weights that turn a candidate row into a probability, on marked articles that the event model was not trained on.

    python training/weighing.py [--profile default] [--marks FILE ...] [--write]

Prints precision, recall and F1 of whole articles at root level for each threshold, and how often a score is right, each
article judged by weights fitted on the others (five parts). ``--write`` puts ``rows.json`` into the model's folder and its
hash into the manifest. The threshold chosen stands in settings.py.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
import torch

import own_marks

sys.path.insert(0, str(Path(__file__).parents[1]))
from bench.articles import Key, gold, key, numbered
from bench.reference import folder
from dragoman.coding.encoder import MODELS
from dragoman.coding.events import weighing
from dragoman.errors import ModelError
from dragoman.reader import PROFILES, Reader
from dragoman.settings import DEFAULT

HELD = ("dev.jsonl", "weighing.jsonl")  # marks that no model is trained on
PARTS, PENALTY, STEPS = 5, 500.0, 300  # penalty: of the squared standardised weights but the score's, against the summed loss
GRID = [i / 50 for i in range(4, 36)]


class Case:
    """One marked article: features, key and truth of each candidate, and the keys that are marked."""

    def __init__(self, wanted: set[Key], rows: list[tuple[weighing.Features, Key]]) -> None:
        self.wanted = wanted
        self.features = [f for f, _ in rows]
        self.keys = [k for _, k in rows]
        self.right = [k in wanted for k in self.keys]


def cases(profile: str, paths: Sequence[Path]) -> Iterator[Case]:
    """Every candidate of every marked article, as the reader weighs it."""
    reader = Reader(profile, replace(DEFAULT, event_threshold=0.0))
    judge, seen = weighing.scores, []

    def listening(candidates: Sequence[weighing.Candidate], *rest: Any) -> list[float]:
        seen[:] = candidates
        return judge(candidates, *rest)

    with mock.patch.object(weighing, "scores", listening):
        for marked in (m for path in paths for m in own_marks.load(path, folder())):
            seen.clear()
            read = reader.read_text(marked["text"], published=marked["published"]).article
            rows = []
            for c, f in zip(seen, weighing.features(seen, len(read.sentences)), strict=True):
                at = numbered(marked, read.sentences[c.sentence].start + c.found.trigger[0])
                rows.append((f, key(at, c.source.country, c.target.country, c.found.root)))
            yield Case(set(gold(marked)[0]), rows)


def fit(given: Sequence[Case]) -> weighing.Weights:
    """Logistic regression on standardised features with a ridge penalty on all but the sentence model's score, and one on
    that score alone for texts without an article around them (Platt 1999)."""
    right = torch.tensor([float(r) for c in given for r in c.right], dtype=torch.float64)
    rows = [f for c in given for f in c.features]
    bias, of = _regression(rows, sorted({n for f in rows for n in f}), right)
    alone_bias, alone = _regression(rows, ["score"], right)
    return weighing.Weights(bias, of, (alone["score"], alone_bias))


def _regression(rows: Sequence[weighing.Features], names: Sequence[str], right: torch.Tensor) -> tuple[float, dict[str, float]]:
    x = np.array([[f.get(n, 0.0) for n in names] for f in rows])
    mean, spread = x.mean(0), x.std(0) + 1e-6
    z = torch.from_numpy((x - mean) / spread)
    penalty = torch.tensor([0.0 if n == "score" else PENALTY for n in names], dtype=torch.float64)
    w = torch.zeros(len(names) + 1, dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([w], max_iter=STEPS, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        out = torch.nn.functional.binary_cross_entropy_with_logits(z @ w[:-1] + w[-1], right, reduction="sum")
        out = out + (penalty * w[:-1] ** 2).sum() / 2
        out.backward()
        return out

    optimiser.step(loss)
    learned = w.detach().numpy()
    of = learned[:-1] / spread
    return float(learned[-1] - (of * mean).sum()), dict(zip(names, of.tolist(), strict=True))


def f1(given: Sequence[Case], scores: Sequence[Sequence[float]], threshold: float) -> tuple[float, float, float]:
    right = kept = wanted = 0
    for c, mine in zip(given, scores, strict=True):
        above = {k for k, s in zip(c.keys, mine, strict=True) if s >= threshold}
        right, kept, wanted = right + len(above & c.wanted), kept + len(above), wanted + len(c.wanted)
    p, r = right / max(1, kept), right / max(1, wanted)
    return p, r, 2 * p * r / max(1e-9, p + r)


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--profile", default="default")
    a.add_argument("--marks", type=Path, nargs="*", default=[Path(__file__).parent / "marks" / name for name in HELD])
    a.add_argument("--write", action="store_true")
    o = a.parse_args()
    model = MODELS / PROFILES[o.profile].articles
    try:
        weighing.load(model)
    except ModelError:  # a new model; what it holds until it is fitted changes no feature
        write(model, weighing.Weights(0.0, {"score": 1.0}))
    given = list(cases(o.profile, o.marks))
    scores: list[list[float]] = [[] for _ in given]
    for part in range(PARTS):
        weights = fit([c for i, c in enumerate(given) if i % PARTS != part])
        for i, c in enumerate(given):
            if i % PARTS == part:
                scores[i] = [weights.score(f) for f in c.features]
    for t in GRID:
        print("threshold {:.2f}  precision {:.3f}  recall {:.3f}  F1 {:.3f}".format(t, *f1(given, scores, t)))
    flat = [(s, r) for c, mine in zip(given, scores, strict=True) for s, r in zip(mine, c.right, strict=True)]
    for low in np.arange(0, 1, 0.1):
        inside = [r for s, r in flat if low <= s < low + 0.1]
        if inside:
            print(f"score {low:.1f}: {len(inside):4} rows, right {sum(inside) / len(inside):.3f}")
    if o.write:
        write(model, fit(given))


def write(model: Path, weights: weighing.Weights) -> None:
    ordered = {n: round(w, 4) for n, w in sorted(weights.of.items())}
    whole = {"bias": round(weights.bias, 4), "alone": [round(v, 4) for v in weights.alone], "weights": ordered}
    (model / weighing.FILE).write_text(json.dumps(whole, indent=1) + "\n")
    manifest = json.loads((model / "manifest.json").read_text())
    manifest["files"][weighing.FILE] = hashlib.sha256((model / weighing.FILE).read_bytes()).hexdigest()
    (model / "manifest.json").write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n")
    print(f"{model / weighing.FILE}: {len(ordered)} weights")


if __name__ == "__main__":
    main()
