"""From the event model's arrays to candidate pairs, and from candidate pairs to the marks it judges. Plain numpy, no model.

A sentence has T word pieces. A mention is a span of word pieces (first, last), both included; ``None`` stands for an actor
without words of its own (a passive without agent, a continuing subject).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dragoman.coding.encoder import Floats

Pieces = tuple[int, int]
SOURCE, TARGET, SPEAKER = 0, 1, 2
SOURCE_ROLE, TARGET_ROLE, NO_SOURCE, NO_TARGET = 0, 1, 2, 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A pair that may hold an event, with the probability the cheap first step gives it."""

    source: Pieces | None
    target: Pieces | None
    score: float
    prior: tuple[float, float, float] = (
        0.0,
        0.0,
        0.0,
    )  # logits of the source span, the target span and the pair; 0 for no words


def overlap(a: Pieces, b: Pieces) -> bool:
    return a[0] <= b[1] and b[0] <= a[1]


def mentions(scores: Floats, floor: float, limit: int) -> list[Pieces]:
    """The best spans of one role that do not overlap; ``scores`` (T, widest) are logits of first piece and length - 1."""
    order = np.argsort(-scores, axis=None, kind="stable")
    widest = scores.shape[1]
    out: list[Pieces] = []
    for flat in order[: 8 * limit]:
        first, longer = divmod(int(flat), widest)
        if scores[first, longer] < floor or len(out) == limit:
            break
        span = (first, first + longer)
        if not any(overlap(span, other) for other in out):
            out.append(span)
    return sorted(out)


def prior(scores: Floats, source: Pieces | None, target: Pieces | None, cheap: float) -> tuple[float, float, float]:
    """What the first step thinks of a pair, as the second is told it; ``scores`` (roles, T, widest)."""

    def of(role: int, span: Pieces | None) -> float:
        if span is None or span[1] - span[0] >= scores.shape[2]:
            return 0.0
        return float(np.clip(scores[role, span[0], span[1] - span[0]], -8.0, 8.0))

    return of(SOURCE, source), of(TARGET, target), cheap


def propose(
    sources: Sequence[Pieces],
    targets: Sequence[Pieces],
    scores: Floats,
    as_source: Floats,
    as_target: Floats,
    nobody: Floats,
    bias: float,
) -> list[Candidate]:
    """Every ordered pair of mentions, and every mention with nobody on the other side, with its cheap score.

    ``scores`` (roles, T, widest) are the spans' logits; ``as_source``, ``as_target`` (T, 2, size): what a first and a last
    piece add to a span's vector; ``nobody`` (2, size).
    """
    s = np.stack([as_source[a, 0] + as_source[b, 1] for a, b in sources] + [nobody[0]])
    t = np.stack([as_target[a, 0] + as_target[b, 1] for a, b in targets] + [nobody[1]])
    logits = s @ t.T / np.sqrt(s.shape[1]) + bias
    probability = 1.0 / (1.0 + np.exp(-logits))
    out = []
    for i, source in enumerate([*sources, None]):
        for j, target in enumerate([*targets, None]):
            if source is None and target is None:
                continue
            if source is not None and target is not None and source != target and overlap(source, target):
                continue  # the same words may hold both sides ("the two leaders"), words that share some may not
            out.append(Candidate(source, target, float(probability[i, j]), prior(scores, source, target, float(logits[i, j]))))
    return out


@dataclass(frozen=True, slots=True)
class Marks:
    """Candidate pairs of a batch as arrays: pair p of sentence b has its source mark at 2p, its target mark at 2p + 1."""

    cover: Floats  # (B, 2P, T): weights of the words under the mark
    role: NDArray[np.int64]  # (B, 2P)
    at: NDArray[np.int64]  # (B, 2P): position
    pair: NDArray[np.int64]  # (B, 2P): number of the pair, -1 where the sentence has fewer


def lay_marks(batch: Sequence[Sequence[tuple[Pieces | None, Pieces | None]]], length: int) -> Marks:
    """Marks for the pairs of each sentence of a batch whose longest sentence has ``length`` word pieces."""
    most = max(1, max(len(pairs) for pairs in batch))
    cover = np.zeros((len(batch), 2 * most, length), np.float32)
    role = np.zeros((len(batch), 2 * most), np.int64)
    at = np.zeros_like(role)
    number = np.full_like(role, -1)
    for b, pairs in enumerate(batch):
        for p, sides in enumerate(pairs):
            for side, span in enumerate(sides):
                m = 2 * p + side
                number[b, m] = p
                role[b, m] = side if span is not None else NO_SOURCE + side
                if span is not None:
                    cover[b, m, span[0] : span[1] + 1] = 1.0 / (span[1] - span[0] + 1)
                    at[b, m] = (span[0] + span[1]) // 2
    return Marks(cover, role, at, number)
