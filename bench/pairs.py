"""Marked pairs of the PLV set: ``python -m bench.pairs``. Root (15 classes, modality folded in) and quad, macro-F1 and
share right.

Every fifth row (number divisible by five) is the one the shipped model was not trained on; ``reader.relations`` gets the
sentence and the two spans only. The test half of the set is not here, so the figure is of some 210 rows: read it with an
error of about .03.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator

import dragoman as dm
from bench.reference import folder
from dragoman.codebook.events import quad

Row = tuple[str, tuple[int, int] | None, tuple[int, int] | None, str]


def rows() -> Iterator[Row]:
    """Sentence, source span, target span (None where a side has no words), gold class."""
    with (folder() / "relation/plv_train.tsv").open(encoding="utf-8", newline="") as f:
        for row in csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE):
            spans: dict[str, int] = {}
            text, at, marked = "", 0, row["marked_sentence"]
            for m in re.finditer(r"<(/?[st])>", marked):
                text += marked[at : m.start()]
                spans[m.group(1)] = len(text)
                at = m.end()
            text += marked[at:]
            s, t = ((spans[k], spans["/" + k]) if k in spans else None for k in "st")
            yield text, s, t, row["gold_root"]


def macro(pairs: list[tuple[str, str]]) -> float:
    """Mean over the gold classes of each class's F1; ``pairs`` are (gold, given)."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for g, p in pairs:
        counts[g][0] += g == p
        counts[g][1] += 1
        counts[p][2] += 1
    scores = [2 * hit / max(1, gold + given) for hit, gold, given in counts.values() if gold]
    return sum(scores) / max(1, len(scores))


def figures() -> dict[str, float]:
    held = [r for n, r in enumerate(rows()) if n % 5 == 0]
    found = dm.load().relations([r[:3] for r in held])
    gold = [r[3] for r in held]
    codes, quads = [f.plover for f in found], [str(f.quad) for f in found]
    return {
        "root": macro(list(zip(gold, codes, strict=True))),
        "quad": macro([(str(quad(g)), q) for g, q in zip(gold, quads, strict=True)]),
        "root_right": sum(g == c for g, c in zip(gold, codes, strict=True)) / len(gold),
        "quad_right": sum(str(quad(g)) == q for g, q in zip(gold, quads, strict=True)) / len(gold),
    }


if __name__ == "__main__":
    for name, value in figures().items():
        print(f"{name:12} {value:.3f}")
