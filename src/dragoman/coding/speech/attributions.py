"""Who says what: source, cue and content of every attribution in a text, over sentence borders.

The model gives, for every word piece, how likely it belongs to a source, a cue or a content, and for every piece of a content
where the words that name its source and its cue begin. It reads passages; ``decoding`` makes attributions of their scores.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dragoman.coding.encoder import Floats, softmax
from dragoman.coding.speech.decoding import Reading, Thresholds
from dragoman.coding.speech.hearing import Block, Hearing
from dragoman.coding.speech.passages import OVERLAP, PIECES, STATES, STYLES, Passage, Pieces, passages, pieces
from dragoman.errors import ModelError
from dragoman.records import Attribution

BLOCK = 60_000  # characters read at once: 60 MB of links
COUNTRIES = 2  # the number of the links from actors to countries

Window = tuple[NDArray[np.int64], NDArray[np.int64]]  # ids and features of one passage, special pieces included
Scores = tuple[Floats, Floats]  # logits of tags (L, 9) and of links (2 or 3, L, L): to sources, cues, and countries
Run = Callable[[Sequence[Window]], Sequence[Scores]]


class Attributor:
    """Finds attributions. ``run`` scores passages of at most ``size`` word pieces, of which neighbours share ``overlap``;
    ``tokenizer`` cuts word pieces; both may be shared between threads."""

    def __init__(
        self, run: Run, tokenizer: Any, thresholds: Thresholds | None = None, size: int = PIECES, overlap: int = OVERLAP
    ) -> None:
        self._run, self._tokenizer = run, tokenizer
        self.thresholds = thresholds or Thresholds()
        self._size, self._overlap = size, overlap
        special = [tokenizer.token_to_id(token) for token in ("[CLS]", "[SEP]")]
        if None in special:
            raise ModelError("tokenizer without [CLS] and [SEP]: expected the one beside the model; install the package again")
        self._special = (int(special[0]), int(special[1]))

    def attributions(self, text: str) -> list[Attribution]:
        """All attributions of a text in order of their contents.

        Spans are half-open character offsets. ``source`` or ``cue`` is None where the text has no words for it: a source of
        None with a cue of None is a quotation that goes on.
        """
        return [Attribution(a.source, a.cue, a.hull) for a in self.hear(text, style="attributions").linked()]

    def hear(self, text: str, *, style: str = "statements") -> Hearing:
        """Everything that the model says of a text. ``style`` is the guide to follow: attributions (PolNeAR) or statements
        (ours)."""
        parts = [Block(start, text[start:end], self.read(text[start:end], style=style)) for start, end in blocks(text)]
        return Hearing(parts, self.thresholds)

    def read(self, text: str, *, style: str = "attributions") -> Reading:
        """Run the model over all passages of a text and put their scores together."""
        p, cut = self.cut(text)
        return self.together(p, cut, self._run([self.window(p, passage, style) for passage in cut]))

    def cut(self, text: str) -> tuple[Pieces, tuple[Passage, ...]]:
        """The word pieces of a text and its passages."""
        p = pieces(text, self._tokenizer)
        return p, passages(p, self._size, self._overlap)

    def window(self, p: Pieces, passage: Passage, style: str) -> Window:
        """What the model is given of a passage."""
        ids = np.concatenate(([self._special[0]], p.ids[passage.start : passage.end], [self._special[1]])).astype(np.int64)
        features = np.full(len(ids), STYLES[style] * STATES, dtype=np.int64)
        features[1:-1] += p.features[passage.start : passage.end]
        return ids, features

    def together(self, p: Pieces, cut: Sequence[Passage], scores: Sequence[Scores]) -> Reading:
        """The scores of all passages put together, each for the pieces that it owns."""
        width = max((passage.end - passage.start for passage in cut), default=0) + 1
        tags, links = np.zeros((len(p), 9), np.float32), np.zeros((2, len(p), width), np.float32)
        base, lengths = np.zeros(len(p), np.int64), np.zeros(len(p), np.int64)
        countries: Floats | None = None
        for passage, (tag, link) in zip(cut, scores, strict=True):
            own = slice(passage.own_start, passage.own_end)
            local = slice(passage.own_start - passage.start + 1, passage.own_end - passage.start + 1)
            tags[own], base[own], lengths[own] = tag[local], passage.start, passage.end - passage.start
            links[:, own, : link.shape[2] - 1] = softmax(link[:2, local, :-1])
            if len(link) > COUNTRIES:
                countries = np.zeros((len(p), width), np.float32) if countries is None else countries
                countries[own, : link.shape[2] - 1] = link[COUNTRIES, local, :-1]
        chance = softmax(tags.reshape(-1, 3, 3))
        return Reading(p, chance[:, 0], chance[:, 1], chance[:, 2], base, lengths, links, countries)


def blocks(text: str, size: int = BLOCK) -> list[tuple[int, int]]:
    """Cut a text at line ends into parts of at most ``size`` characters, so that a book needs the memory of a chapter."""
    out, start = [], 0
    while start < len(text):
        end = len(text) if len(text) - start <= size else text.rfind("\n", start, start + size) + 1
        end = end if end > start else start + size
        out.append((start, end))
        start = end
    return out
