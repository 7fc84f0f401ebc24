"""Source and target words of the CAMEO sentences: ``python -m bench.roles``. Token F1 of each and their mean, on every
fifth sentence.

A word counts as source where any span that ``reader.roles`` gives as a source covers it, and likewise for target.
"""

from __future__ import annotations

import dragoman as dm
from bench.reference import folder


def sentences() -> list[tuple[str, list[tuple[int, int, str]]]]:
    """Text, and its words with S, T or O."""
    out = []
    for block in (folder() / "spans/cameo_source_target_train.txt").read_text(encoding="utf-8").strip().split("\n\n"):
        text, words = "", []
        for line in block.splitlines():
            parts = line.split()
            if len(parts) == 2:
                words.append((len(text), len(text) + len(parts[0]), parts[1][-1]))
                text += parts[0] + " "
        out.append((text.rstrip(), words))
    return out


def figures() -> dict[str, float]:
    held = [s for n, s in enumerate(sentences()) if n % 5 == 0]
    found = dm.load().roles([text for text, _ in held])
    scores = {}
    for side, (name, tag) in enumerate((("source", "S"), ("target", "T"))):
        hit = gold = given = 0
        for (_, words), rows in zip(held, found, strict=True):
            spans = [(row[0], row[1])[side] for row in rows]
            for a, b, t in words:
                inside = any(s < b and a < e for s, e in spans)
                hit += inside and t == tag
                gold += t == tag
                given += inside
        scores[name] = 2 * hit / max(1, gold + given)
    return scores | {"mean": sum(scores.values()) / 2}


if __name__ == "__main__":
    for name, value in figures().items():
        print(f"{name:8} {value:.3f}")
