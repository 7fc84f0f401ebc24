"""Choosing one of several candidates by a weighted sum of what speaks for each (a conditional logit).

The weights are learned from the marked articles by ``training/actors.py`` and stand in ``actor_weights``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

Features = Mapping[str, float]


def probabilities(
    candidates: Sequence[Features], weights: Mapping[str, float], hints: Sequence[float] | None = None
) -> list[float]:
    """The probability of every candidate; they sum to 1. ``hints`` are scores to be added to those of the candidates."""
    scores = [sum(weights.get(name, 0.0) * value for name, value in features.items()) for features in candidates]
    if hints is not None:
        scores = [s + h for s, h in zip(scores, hints, strict=True)]
    top = max(scores, default=0.0)
    powers = [math.exp(s - top) for s in scores]
    whole = sum(powers)
    return [p / whole for p in powers]
