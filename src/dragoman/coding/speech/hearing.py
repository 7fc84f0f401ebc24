"""A text that the attribution model has read: its attributions, and of which countries the passage says actors are."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from dragoman.coding.speech.decoding import Linked, Reading, Thresholds, decode

NO_COUNTRY = ""
Said = tuple[tuple[int, int], tuple[int, int]]  # a content and its source


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """A part of a text from ``start`` on, and what the model said of it."""

    start: int
    text: str
    reading: Reading


@dataclass(frozen=True, slots=True, eq=False)
class Hearing:
    """What the model said of a whole text, in blocks without overlap."""

    blocks: Sequence[Block]
    thresholds: Thresholds

    def linked(self) -> list[Linked]:
        """All attributions in order of their contents."""
        return [a.shifted(b.start) for b in self.blocks for a in decode(b.reading, b.text, self.thresholds)]

    def countries(self, position: int, named: Iterable[tuple[int, str]]) -> Mapping[str, float]:
        """What the words of a passage add to the scores of the countries that an actor at a position may be of.

        ``named`` are positions where countries are named. A country gets the mean (of exponents) over its mentions in the
        passage, ``NO_COUNTRY`` what speaks for none; countries out of sight get nothing. Empty where the model knows none.
        """
        k = bisect_right(self.blocks, position, key=lambda b: b.start) - 1
        if k < 0:
            return {}
        start, reading = self.blocks[k].start, self.blocks[k].reading
        row = _piece(reading, position - start)
        if row is None or reading.countries is None:
            return {}
        base, scores = int(reading.base[row]), reading.countries[row]
        said: dict[str, list[float]] = {NO_COUNTRY: [float(scores[0])]}
        for at, country in named:
            piece = _piece(reading, at - start)
            column = -1 if piece is None else piece - base + 1
            if 0 < column <= int(reading.lengths[row]) and piece != row:
                said.setdefault(country, []).append(float(scores[column]))
        return {c: float(np.logaddexp.reduce(s)) - float(np.log(len(s))) for c, s in said.items()}


def sources(attributions: Iterable[Linked]) -> list[Said]:
    """Every content with the words that name its source, in the order of the text; those without a source go on with the one
    before where the model says so."""
    out: list[Said] = []
    source: tuple[int, int] | None = None
    for a in attributions:
        source = source if a.carried else a.source
        if source is not None:
            out += [(piece, source) for piece in a.content]
    return out


def _piece(reading: Reading, at: int) -> int | None:
    """The word piece at a character of its block; None outside."""
    k = int(np.searchsorted(reading.pieces.starts, at, side="right")) - 1
    return k if k >= 0 and at >= 0 and at < int(reading.pieces.ends[-1]) else None
