"""Texts -> passages with everything that is marked in them: who says what, of which country actors are, and the events of each
sentence that stands wholly inside.

A passage is what the encoder reads at once. Sentences that belong to no article (pairs, roles, single sentences) are passages
by themselves.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

import attribution_data as said
import events_data as data
import own_marks
from dragoman.coding.speech.passages import STATES, STYLES, Pieces, pieces

# The written texts that are articles; the others are sentences by themselves.
ARTICLES = ("articles.jsonl", "reports.jsonl", "both_sides.jsonl")


@dataclass(frozen=True)
class Whole:
    """One text: its attributions and questions, and its sentences with the word pieces (first, behind the last) of each."""

    text: said.Text
    sentences: tuple[tuple[data.Example, int, int], ...]


@dataclass(frozen=True)
class Passage:
    """The passage with its attributions and questions, and the sentences in it, each with the place before its first piece."""

    said: said.Example
    sentences: tuple[tuple[data.Example, int], ...]

    def __len__(self) -> int:
        return len(self.said.ids)


def placed(row: dict[str, Any], p: Pieces, tokenizer: Tokenizer) -> Iterator[tuple[data.Example, int, int]]:
    """The sentences of a marked article by their word pieces; those that are cut otherwise alone are left out."""
    for x, (start, end) in zip(data.of_article(row, tokenizer), row["sentences"], strict=True):
        first, last = (int(np.searchsorted(p.starts, at, side="left")) for at in (start, end))
        kept = len(x.ids) - 2  # a long sentence is cut
        if 0 < kept <= last - first and x.ids[1:-1] == p.ids[first : first + kept].tolist():
            yield x, first, first + kept


def wholes(
    rows: Iterable[dict[str, Any]], texts: Iterable[said.Text], cut: dict[str, Pieces], tokenizer: Tokenizer
) -> list[Whole]:
    """Articles with their attributions (``texts``, one for each row) and their sentences' events."""
    return [Whole(text, tuple(placed(row, cut[text.text], tokenizer))) for row, text in zip(rows, texts, strict=True)]


def passages(whole: Whole, p: Pieces, special: tuple[int, int], first: int, idle: float, draw: random.Random) -> list[Passage]:
    """The passages of one text, the first of at most ``first`` pieces; ``idle`` is the share of sentences without events whose
    candidates are judged."""
    out = []
    for (start, end), x in zip(said.windows(p, first, said.PIECES), said.examples(p, whole.text, special, first), strict=True):
        inside = [(e, a - start) for e, a, b in whole.sentences if start <= a and b <= end]
        out.append(Passage(x, tuple((e, at) for e, at in inside if e.pairs or draw.random() < idle)))
    return out


def alone(x: data.Example, tokenizer: Tokenizer) -> Passage | None:
    """A sentence that is a passage by itself."""
    p = pieces(x.text, tokenizer)
    n = len(x.ids)
    if x.ids[1:-1] != p.ids[: n - 2].tolist():
        return None
    features = np.full(n, STYLES["statements"] * STATES, dtype=np.int64)
    features[1:-1] += p.features[: n - 2]
    nothing = np.full((n, 3), said.IGNORE, dtype=np.int64)
    return Passage(said.Example(np.array(x.ids), features, nothing, nothing[:, :2]), ((x, 0),))


def marked_rows(folder: Path, own: Path, fold: int) -> list[dict[str, Any]]:
    """The coded articles but those of a fold, and the project's own marked ones."""
    rows = [json.loads(line) for line in (folder / "coded/articles.jsonl").open(encoding="utf-8")]
    return [r for r in rows if r["fold"] != fold] + [r for name in said.OWN for r in own_marks.load(own / name, folder)]


def written_rows(folder: Path, names: Iterable[str] = ARTICLES) -> list[dict[str, Any]]:
    return [json.loads(line) for name in names for line in (folder / name).open(encoding="utf-8")]


def singles(folder: Path, written: Path, fold: int, tokenizer: Tokenizer) -> list[data.Example]:
    """Sentences that stand alone: coded ones, pairs, roles, and the written ones that are no articles."""
    found = data.coded(folder / "coded/sentences.jsonl", tokenizer)
    for path in sorted(written.glob("*.jsonl")):
        found += data.written(path, tokenizer) if path.name not in ARTICLES else []
    found += data.plv(folder / "relation/plv_train.tsv", tokenizer)
    found += data.roles(folder / "spans/cameo_source_target_train.txt", tokenizer)
    return [x for x in found if x.fold != fold]


def batches(items: list[Passage], room: int, draw: random.Random) -> list[list[Passage]]:
    """Passages of like length together, about ``room`` word pieces a batch, in random order."""
    out: list[list[Passage]] = [[]]
    for x in sorted(items, key=lambda x: len(x) + draw.random() * 12):
        if out[-1] and (len(out[-1]) + 1) * len(x) > room:
            out.append([])
        out[-1].append(x)
    draw.shuffle(out)
    return out


def arrays(batch: list[Passage]) -> dict[str, NDArray[np.int64]]:
    """ids, mask, features (B, T), tags (B, T, 3), links (B, T, 2) of a batch, padded."""
    length = max(len(x) for x in batch)

    def pad(rows: list[NDArray[np.int64]], value: int) -> NDArray[np.int64]:
        return np.stack([np.concatenate([r, np.full((length - len(r), *r.shape[1:]), value, dtype=np.int64)]) for r in rows])

    rows = [x.said for x in batch]
    return {
        "ids": pad([r.ids for r in rows], 0),
        "mask": pad([np.ones_like(r.ids) for r in rows], 0),
        "features": pad([r.features for r in rows], 0),
        "tags": pad([r.tags for r in rows], said.IGNORE),
        "links": pad([r.links for r in rows], said.IGNORE),
    }
