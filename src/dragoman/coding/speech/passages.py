"""A text as word pieces, and the passages (runs of sentences) in which an encoder reads it.

A passage overlaps the one before it, and each word piece is *owned* by the passage in which it stands farther from the
border, so
that a speaker named two sentences earlier is in sight. Features tell the encoder what lower-cased word pieces hide: whether a
piece stands inside quotation marks, begins a paragraph, or is written with a capital.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dragoman.coding.speech.quotes import quotations

PIECES = 192  # word pieces of one passage, the two special ones included, of a model whose manifest says nothing else
OVERLAP = 56  # word pieces that two neighbouring passages share, at least where sentences allow it: about two sentences
STATES = 12  # 3 states of quotation x 2 (first of a paragraph) x 2 (capital)
STYLES = {"attributions": 0, "statements": 1}  # which guide the encoder follows: PolNeAR's, or the project's own

_SURROGATE = re.compile("[\ud800-\udfff]")
# A full stop ends no sentence behind a title, an initial or "U.S.": cut there, a passage would lose half of a name.
_BORDER = re.compile(
    r"\n+|(?<=[.!?…])(?<!\b[A-Z]\.)(?<!\b(?:Mr|Ms|Dr|Lt|St|No|vs)\.)(?<!\b(?:Mrs|Sen|Rep|Gov|Gen|Col|Sgt|Maj|Rev|Jan|Feb|Aug|Oct|Nov|Dec)\.)"
    r"(?<!\bSept\.)(?<!\bProf\.)[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9])"
)


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """Word pieces of a text: ids, character offsets, features (below ``STATES``), first of its word, first of its sentence."""

    ids: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    features: NDArray[np.int64]
    heads: NDArray[np.bool_]
    borders: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Passage:
    """Word pieces ``start`` to ``end`` of a text, of which it owns ``own_start`` to ``own_end``."""

    start: int
    end: int
    own_start: int
    own_end: int


def pieces(text: str, tokenizer: Any) -> Pieces:
    """Cut a text into word pieces. ``tokenizer`` is a ``tokenizers.Tokenizer`` without truncation and padding."""
    text = _SURROGATE.sub("\ufffd", text)  # half a character pair: no tokenizer takes it
    coded = tokenizer.encode(text, add_special_tokens=False)
    offsets = np.asarray(coded.offsets, dtype=np.int64).reshape(-1, 2)
    starts, ends = offsets[:, 0], offsets[:, 1]
    heads = np.asarray([not token.startswith("##") for token in coded.tokens], dtype=np.bool_)
    state = np.zeros(len(text) + 1, dtype=np.int64)
    for q in quotations(text):
        state[q.start : q.end] = np.maximum(state[q.start : q.end], 1)
        state[q.start : q.inner_start] = state[q.inner_end : q.end] = 2
    lines = np.zeros(len(text) + 1, dtype=np.int64)
    borders = np.zeros(len(text) + 1, dtype=np.int64)
    for i in [0, *(m.end() for m in re.finditer(r"\n\s*", text))]:
        lines[i] = 1
    for i in [0, *(m.end() for m in _BORDER.finditer(text))]:
        borders[i] = 1
    capital = np.fromiter((c.isupper() for c in text), dtype=np.int64, count=len(text))
    first = _first_at_or_after(np.cumsum(lines), starts)
    border = _first_at_or_after(np.cumsum(borders), starts)
    features = state[starts] * 4 + first * 2 + (capital[starts] if len(text) else 0)
    return Pieces(np.asarray(coded.ids, dtype=np.int64), starts, ends, features, heads, border.astype(np.bool_))


def _first_at_or_after(count: NDArray[np.int64], starts: NDArray[np.int64]) -> NDArray[np.int64]:
    """1 for each word piece that is the first one behind a mark counted in ``count``."""
    seen = count[starts]
    return (np.diff(seen, prepend=0) > 0).astype(np.int64)


def passages(p: Pieces, size: int = PIECES, overlap: int = OVERLAP) -> tuple[Passage, ...]:
    """Cover all word pieces with passages of at most ``size`` pieces (two special ones included), cut at sentences where
    possible.
    """
    room, total = size - 2, len(p)
    borders = np.flatnonzero(p.borders)
    spans: list[tuple[int, int]] = []
    start = 0
    while start < total:
        last = int(np.searchsorted(borders, start + room, side="right")) - 1
        end = total if start + room >= total else int(borders[last]) if last >= 0 else start + room
        if end - start < room // 3:  # one long sentence follows: cut it rather than read next to nothing
            end = min(total, start + room)
        spans.append((start, end))
        if end == total:
            break
        ideal = max(start + 1, end - overlap)
        following = int(np.searchsorted(borders, ideal))
        start = int(borders[following]) if following < len(borders) and borders[following] < end else ideal
    cuts = [0, *((spans[i][0] + spans[i - 1][1]) // 2 for i in range(1, len(spans))), total]
    return tuple(Passage(s, e, cuts[i], cuts[i + 1]) for i, (s, e) in enumerate(spans))
