"""The choices of a country that a marked article asks for ("police", "the minister", "he"), as questions to the passage.

The resolver's weighted choice gives its candidates with their scores; a reader's mark says which is right. The model learns
what to add to these scores from the words around the two places (``attribution_model.actor_loss``).
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parents[1]))
from bench.actors import article_of
from dragoman.coding.actors import weights
from dragoman.coding.actors.focus import NOBODY
from dragoman.coding.actors.resolver import Resolver


@dataclass(frozen=True)
class Question:
    """Of which country is the actor at a position? ``scores`` are the resolver's, by country (``NOBODY`` for none)."""

    at: int
    scores: tuple[tuple[str, float], ...]
    right: str


@dataclass(frozen=True)
class Ask:
    """A question inside a passage: its row; columns of mentions with the candidate each speaks for; scores (C,); the right
    one."""

    row: int
    columns: NDArray[np.int64]
    candidates: NDArray[np.int64]
    scores: NDArray[np.float32]
    right: int


@dataclass(frozen=True)
class Asked:
    """What an article asks: its questions, and the positions where countries are named."""

    questions: tuple[Question, ...] = ()
    named: tuple[tuple[int, str], ...] = ()


def asked(resolver: Resolver, row: dict[str, Any]) -> Asked:
    """The questions of one marked article; of a question marked twice the first answer."""
    actors = resolver.article(article_of(row["text"], row["sentences"], row["published"]))
    marks = [e[k] for e in row["events"] for k in ("source", "target")] + [s["speaker"] for s in row["statements"]]
    found: dict[int, Question] = {}
    for mark in marks:
        if mark["start"] is None:
            continue
        table, at, rows = actors.choices(mark["start"], mark["end"])
        if not rows or at in found:
            continue
        wanted = NOBODY if mark["country"] == "XXX" else mark["country"]
        scores: dict[str, list[float]] = {}
        for country, features in rows:
            known = getattr(weights, table)
            scores.setdefault(country or NOBODY, []).append(sum(known.get(n, 0.0) * v for n, v in features.items()))
        if wanted in scores and len(scores) > 1:
            summed = tuple((c, float(np.logaddexp.reduce(s))) for c, s in sorted(scores.items()))
            found[at] = Question(at, summed, wanted)
    return Asked(tuple(found.values()), actors.named())


def asks(of: Asked, starts: NDArray[np.int64], first: int, last: int) -> tuple[Ask, ...]:
    """The questions that stand in a passage of word pieces ``first`` to ``last``; rows and columns count from its special
    piece."""

    def piece(at: int) -> int | None:
        k = int(np.searchsorted(starts, at, side="right")) - 1
        return k - first + 1 if first <= k < last else None

    named = [(k, country) for at, country in of.named if (k := piece(at)) is not None]
    out = []
    for question in of.questions:
        row = piece(question.at)
        if row is None:
            continue
        number = {country: n for n, (country, _) in enumerate(question.scores)}
        seen = [(k, number[c]) for k, c in named if c in number and k != row]
        if NOBODY in number:
            seen.append((0, number[NOBODY]))
        if seen:
            columns, candidates = (np.array(part, dtype=np.int64) for part in zip(*seen, strict=True))
            scores = np.array([s for _, s in question.scores], dtype=np.float32)
            out.append(Ask(row, columns, candidates, scores, number[question.right]))
    return tuple(out)
