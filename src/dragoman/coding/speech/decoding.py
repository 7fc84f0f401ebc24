"""From a model's scores to attributions. Plain numpy over arrays of word pieces; knows no model.

A content is a run of likely words whose borders quotation marks repair; its links say where the words that name its source and
its cue begin. Runs that point at the same cue are one content in pieces.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from dragoman.coding.encoder import Floats
from dragoman.coding.speech.passages import Pieces
from dragoman.coding.speech.quotes import Quotation, quotations

_NO_NAME = re.compile(r"(?:the|an?|this|that|one|some|mr|mrs|ms|dr|former|president)\.?", re.IGNORECASE)
_NAME = re.compile(r"\.?\s+(?:[A-Z][\w.’'-]*(?:\s+[A-Z][\w’'-]*)*|\w+)")
_DANGLING = re.compile(r"[\s,]+(?:of|in|for|and|or|the|at|from|with|,)$")


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Chosen on PolNeAR's dev articles (``bench/quotes.py --sweep``); whole attributions move by .003 from .4 to .5."""

    content: float = 0.4  # probability from which a word is part of a content
    run: float = 2.0  # log probability that a run of words must win before it is a content
    named_run: float = 1.0  # the same for a source or a cue
    named: float = 0.2  # the same for the words of a source or a cue
    pointed: float = 0.1  # the same where a link already says that a source or cue begins here
    score: float = 0.1  # score below which an attribution is left out
    gap: int = 3  # words between two pieces of a content that are taken in
    quoted: float = 0.6  # share of a quotation inside a content from which the whole quotation is


@dataclass(frozen=True, slots=True)
class Linked:
    """An attribution with the pieces of its content and a score from 0 to 1.

    ``carried`` is True where a content has no source and no cue of its own and goes on with the attribution before it.
    """

    source: tuple[int, int] | None
    cue: tuple[int, int] | None
    content: tuple[tuple[int, int], ...]
    score: float
    carried: bool = False

    @property
    def hull(self) -> tuple[int, int]:
        return self.content[0][0], self.content[-1][1]

    def shifted(self, by: int) -> Linked:
        """The same, ``by`` characters further on."""
        if not by:
            return self
        source, cue, *content = (s and (s[0] + by, s[1] + by) for s in (self.source, self.cue, *self.content))
        return replace(self, source=source, cue=cue, content=tuple(s for s in content if s))


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What a model says of one text, for N word pieces.

    ``source``, ``cue``, ``content`` are (N, 3) probabilities of outside, first and further word of a span. ``links``
    (2, N, 1 + W) are probabilities that the source or cue of the content at a piece begins nowhere (column 0) or at piece
    ``base + column - 1``. ``countries`` (N, 1 + W) are scores of the country that is named at a piece (column 0: none) for the
    actor that begins at a row's; None of a model without. ``lengths`` (N,) counts the columns of each row that are pieces.
    """

    pieces: Pieces
    source: Floats
    cue: Floats
    content: Floats
    base: NDArray[np.int64]
    lengths: NDArray[np.int64]
    links: Floats
    countries: Floats | None


@dataclass(frozen=True, slots=True)
class _Found:
    """An attribution in word pieces."""

    source: tuple[int, int] | None
    cue: tuple[int, int] | None
    runs: tuple[tuple[int, int], ...]
    score: float


def decode(r: Reading, text: str, thresholds: Thresholds | None = None) -> list[Linked]:
    """Attributions from a model's scores, in order of their contents."""
    t = thresholds or Thresholds()
    runs = _repair(_spans(r.pieces, r.content, t.content, t.run), r.pieces, quotations(text), t)
    named = [_spans(r.pieces, chance, t.named, t.named_run) for chance in (r.source, r.cue)]
    found = []
    for start, end in runs:
        source, source_score = _follow(r, 0, start, end, named[0], r.source, t)
        cue, cue_score = _follow(r, 1, start, end, named[1], r.cue, t)
        inside = float(1 - r.content[start:end, 0].mean())
        found.append(_Found(source, cue, ((start, end),), inside * source_score * cue_score))
    kept = [f for f in _grouped(found, r, t) if f.score >= t.score and _has_words(f, r.pieces, text)]
    return _characters(kept, r.pieces, text)


def _has_words(found: _Found, p: Pieces, text: str) -> bool:
    return any(c.isalnum() for start, end in found.runs for c in text[int(p.starts[start]) : int(p.ends[end - 1])])


def _spans(p: Pieces, chance: Floats, threshold: float, cost: float) -> list[tuple[int, int]]:
    """The likeliest runs of words, in word pieces, if each run costs ``cost`` (in log probability).

    Without a cost, every word would be decided by itself and a doubtful sentence would fall into crumbs. ``threshold`` is the
    probability at which a word may as well be inside as outside.
    """
    firsts = np.flatnonzero(p.heads)
    if not len(firsts):
        return []
    logs = np.log(np.maximum(chance[firsts], 1e-6)).astype(np.float64)
    lift = float(np.log(threshold / (1 - threshold)))
    enter = np.log(np.maximum(1 - chance[firsts, 0], 1e-6)).astype(np.float64) - cost
    outside, begin, further = (logs[:, 0] + lift).tolist(), (logs[:, 1] - cost).tolist(), logs[:, 2].tolist()
    best_outside, best_inside = outside[0], float(enter[0])
    stays: list[bool] = [True]  # whether the best way to be outside here was outside before
    starts: list[int] = [1]  # how the best way to be inside here came: 0 begun after outside, 1 begun after inside, 2 gone on
    for o, e, b, i in zip(outside[1:], enter[1:].tolist(), begin[1:], further[1:], strict=True):
        begun_out, begun_in, on = best_outside + e, best_inside + b, best_inside + i
        stays.append(best_outside >= best_inside)
        starts.append(2 if on >= max(begun_out, begun_in) else 0 if begun_out >= begun_in else 1)
        best_outside, best_inside = max(best_outside, best_inside) + o, max(begun_out, begun_in, on)
    out: list[tuple[int, int]] = []
    ends = np.append(firsts[1:], len(p))
    inside, end = best_inside > best_outside, len(firsts)
    for at in range(len(firsts) - 1, -1, -1):
        if not inside:
            inside, end = not stays[at], at
        elif starts[at] != 2 or at == 0:
            out.append((int(firsts[at]), int(ends[end - 1])))
            inside, end = starts[at] == 1, at
    return out[::-1]


def _repair(runs: list[tuple[int, int]], p: Pieces, quoted: Sequence[Quotation], t: Thresholds) -> list[tuple[int, int]]:
    """Let runs that hold most of a quotation hold all of it, marks included, but never grow into each other."""
    out = list(runs)
    for q in quoted:
        start, end = (int(np.searchsorted(p.starts, at, side="left")) for at in (q.start, q.end))
        first = bisect_right(out, start, key=lambda run: run[1])
        last = bisect_left(out, end, key=lambda run: run[0]) - 1
        covered = sum(min(e, end) - max(s, start) for s, e in out[first : last + 1])
        if last < first or covered < t.quoted * (end - start):
            continue
        out[first] = (min(out[first][0], start), out[first][1])
        out[last] = (out[last][0], max(out[last][1], end))
    return out


def _follow(
    r: Reading, kind: int, start: int, end: int, named: Sequence[tuple[int, int]], chance: Floats, t: Thresholds
) -> tuple[tuple[int, int] | None, float]:
    """Where a content's links lead: a span of word pieces or None, and how surely.

    A content that is longer than a passage is seen by several; the passage that sees the source decides.
    """
    nowhere, best, best_score = 1.0, -1, 0.0
    for base in np.unique(r.base[start:end]):
        rows = np.flatnonzero(r.base[start:end] == base) + start
        mass = r.links[kind, rows].mean(0)
        nowhere = min(nowhere, float(mass[0]))
        gathered = mass[1:].copy()
        for s, e in named:  # all words of one span speak for it
            s_local, e_local = s - int(base), e - int(base)
            if 0 <= s_local < len(gathered):
                gathered[s_local] = gathered[s_local:e_local].sum()
        column = int(gathered.argmax()) if len(gathered) else 0
        if len(gathered) and float(gathered[column]) > best_score:
            best, best_score = int(base) + column, float(gathered[column])
    if best < 0 or nowhere >= best_score or best >= len(r.pieces):
        return None, nowhere
    for s, e in named:
        if s <= best < e:
            return (s, e), best_score
    stop = best + 1
    while stop < len(r.pieces) and (
        not r.pieces.heads[stop] or (chance[stop, 2] >= t.pointed and chance[stop, 2] > chance[stop, 1])
    ):
        stop += 1
    return (best, stop), best_score


def _grouped(found: Sequence[_Found], r: Reading, t: Thresholds) -> list[_Found]:
    """Neighbouring runs that follow the same cue are pieces of one content; a gap of a few words that say nothing is closed."""
    out: list[_Found] = []
    for f in found:
        before = out[-1] if out else None
        if before is None or f.cue is None or (before.cue, before.source) != (f.cue, f.source):
            out.append(f)
            continue
        (start, end), (next_start, next_end) = before.runs[-1], f.runs[0]
        gap = slice(end, next_start)
        closed = (
            int(r.pieces.heads[gap].sum()) <= t.gap
            and not any(span[0] < next_start and span[1] > end for span in (f.source, f.cue) if span)
            and bool((r.source[gap, 0] > 0.5).all() and (r.cue[gap, 0] > 0.5).all())
        )
        runs = (*before.runs[:-1], (start, next_end)) if closed else (*before.runs, f.runs[0])
        old, new = sum(e - s for s, e in before.runs), next_end - next_start
        out[-1] = _Found(f.source, f.cue, runs, (before.score * old + f.score * new) / (old + new))
    return out


def _characters(found: Sequence[_Found], p: Pieces, text: str) -> list[Linked]:
    return [
        Linked(
            whole_name(text, *_offsets(f.source, p, text)) if f.source else None,
            _offsets(f.cue, p, text) if f.cue else None,
            tuple(_offsets(run, p, text) for run in f.runs),
            min(1.0, f.score),
            carried=f.source is None and f.cue is None and i > 0,
        )
        for i, f in enumerate(found)
    ]


_CUT_NUMBER = re.compile(r"\d(?:[.,]\d+)+(?:\s(?:million|billion|trillion|percent))?")


def _offsets(span: tuple[int, int], p: Pieces, text: str) -> tuple[int, int]:
    """Character offsets of a span of word pieces; one that begins inside "Oslo-Lima" takes in the whole word."""
    start, end = int(p.starts[span[0]]), int(p.ends[span[1] - 1])
    while start > 0 and text[start - 1] in "-‐’'" and text[start - 2 : start - 1].isalnum():
        start -= 1
        while start > 0 and text[start - 1].isalnum():
            start -= 1
    number = _CUT_NUMBER.match(text, end - 1)
    return start, number.end() if number else end


def whole_name(text: str, start: int, end: int) -> tuple[int, int]:
    """A source that ends in the middle of a name, mended: "the" and "Mr" take the name behind them, a last "of" goes."""
    if _NO_NAME.fullmatch(text, start, end):
        behind = _NAME.match(text, end)
        return start, behind.end() if behind else end
    dangling = _DANGLING.search(text[start:end])
    return (start, start + dangling.start()) if dangling and dangling.start() else (start, end)
