"""Texts with marked attributions -> passages with a label for every word piece.

Two guides are learned side by side, told apart by a style that the encoder is given as an input: PolNeAR's ("attributions":
whole
noun phrases as sources, thoughts and plans included) and the project's own ("statements": reported speech by sentence).
"""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from actor_links import Ask, Asked, asked, asks
from dragoman import codebook
from dragoman.coding.actors.resolver import Resolver
from dragoman.coding.speech.passages import STATES, STYLES, Pieces

Span = tuple[int, int]
NONE, IGNORE = -1, -100  # a content without source or cue; a word piece that trains nothing
OUTSIDE, BEGIN, INSIDE = 0, 1, 2
PIECES, OVERLAP = 320, 80  # word pieces of a passage, and those that neighbours share when it is used
NOTHING = Asked()
OWN = (
    "events.jsonl",
    "further.jsonl",
    "states.jsonl",
    "campaigns.jsonl",
    "mixed.jsonl",
    "agency.jsonl",
    "americas.jsonl",
    "conflict.jsonl",
)


@dataclass(frozen=True)
class Marked:
    """One attribution as a reader marked it: hulls of source and cue, the pieces of the content."""

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]


@dataclass(frozen=True)
class Text:
    name: str
    text: str
    style: int
    marked: tuple[Marked, ...] | None  # None where nobody marked statements
    asked: Asked = NOTHING


@dataclass(frozen=True)
class Example:
    """One passage: ids and features (L,), tags (L, 3) for source, cue, content, links (L, 2) to the first piece of source and
    cue.

    A link is a position in the passage, 0 (the first special piece) for none, ``IGNORE`` outside contents.
    """

    ids: NDArray[np.int64]
    features: NDArray[np.int64]
    tags: NDArray[np.int64]
    links: NDArray[np.int64]
    asks: tuple[Ask, ...] = ()


def hull(spans: Iterable[Sequence[int]]) -> Span | None:
    spans = list(spans)
    return (min(s[0] for s in spans), max(s[1] for s in spans)) if spans else None


def read_polnear(path: Path) -> list[Text]:
    """The annotated articles of one PolNeAR file, one entry per article and coder."""
    out = []
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        marked = tuple(
            Marked(hull(a["source"]), hull(a["cue"]), tuple((s, e) for s, e in sorted(a["content"])))
            for a in row["attributions"]
            if a["content"]
        )
        out.append(Text(row["doc"], row["text"], STYLES["attributions"], marked))
    return out


def unheard(text: Text) -> Text:
    """The text as one of which nobody marked the statements."""
    return replace(text, marked=None)


def texts_of(rows: Iterable[dict[str, Any]]) -> list[Text]:
    """Marked articles as texts with their statements and the questions of their actors."""
    resolver = Resolver(codebook.load())
    return [Text(row["id"], row["text"], STYLES["statements"], tuple(_statements(row)), asked(resolver, row)) for row in rows]


def _statements(row: dict[str, Any]) -> Iterable[Marked]:
    last: dict[str, tuple[int, Span | None, Span | None]] = {}  # speaker -> sentence, source and cue of their last statement
    for s in sorted(row["statements"], key=lambda s: (s["s"], s["content"]["start"])):
        who = s["speaker"]["who"]
        source = (s["speaker"]["start"], s["speaker"]["end"]) if s["speaker"]["start"] is not None else None
        cue = (s["cue"]["start"], s["cue"]["end"]) if s["cue"] else None
        if source is None and cue is None and who in last and s["s"] - last[who][0] <= 2:
            source, cue = last[who][1:]
        last[who] = (s["s"], source, cue)
        yield Marked(source, cue, ((s["content"]["start"], s["content"]["end"]),))


def heads_of_lines(text: str) -> set[str]:
    """The first 60 characters of each long line: two texts that share one are the same article, or copies."""
    return {line.strip()[:60] for line in text.splitlines() if len(line.strip()) >= 60}


def held_lines(data: Path, fold: int) -> set[str]:
    """Heads of the lines of what is held out: coded articles of a fold, and PolNeAR's dev articles."""
    rows = [json.loads(line) for line in (data / "coded/articles.jsonl").open(encoding="utf-8")]
    held = [r["text"] for r in rows if r["fold"] == fold] + [t.text for t in read_polnear(data / "quotes/polnear_dev.jsonl")]
    return set().union(*map(heads_of_lines, held))


def one_coder(texts: Sequence[Text], seed: int) -> list[Text]:
    """One reading of each article, drawn by seed: an article read six times must not count six times."""
    by_name: dict[str, list[Text]] = defaultdict(list)
    for t in texts:
        by_name[t.name].append(t)
    draw = random.Random(seed)
    return [draw.choice(by_name[name]) for name in sorted(by_name)]


def label(p: Pieces, marked: Sequence[Marked]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Tags (N, 3) and links (N, 2, as numbers of word pieces, ``NONE`` or ``IGNORE``) of a whole text.

    Where spans of one kind overlap, the longer stands: nested contents are 1 in 150.
    """
    tags = np.zeros((len(p), 3), dtype=np.int64)
    links = np.full((len(p), 2), IGNORE, dtype=np.int64)

    def cover(span: Span) -> tuple[int, int]:
        return int(np.searchsorted(p.ends, span[0], side="right")), int(np.searchsorted(p.starts, span[1], side="left"))

    def tag(span: Span, column: int) -> bool:
        start, end = cover(span)
        if start >= end or tags[start:end, column].any():
            return False
        tags[start, column], tags[start + 1 : end, column] = BEGIN, INSIDE
        return True

    for column, part in enumerate(("source", "cue")):
        spans = {s for m in marked if (s := getattr(m, part)) is not None}
        for span in sorted(spans, key=lambda s: (s[0] - s[1], s)):
            tag(span, column)
    for m in sorted(marked, key=lambda m: (m.content[0][0] - m.content[-1][1], m.content)):
        for piece in m.content:
            if tag(piece, 2):
                start, end = cover(piece)
                for column, span in enumerate((m.source, m.cue)):
                    links[start:end, column] = NONE if span is None else cover(span)[0]
    return tags, links


def windows(p: Pieces, first: int, size: int = PIECES) -> list[Span]:
    """Runs of sentences without overlap, the first of at most ``first`` word pieces: another cut in each epoch."""
    borders, out, start, room = np.flatnonzero(p.borders), [], 0, min(first, size - 2)
    while start < len(p):
        last = int(np.searchsorted(borders, start + room, side="right")) - 1
        end = len(p) if start + room >= len(p) else int(borders[last])
        if end <= start:
            end = min(len(p), start + room)
        out.append((start, end))
        start, room = end, size - 2
    return out


def examples(p: Pieces, t: Text, special: tuple[int, int], first: int, size: int = PIECES) -> list[Example]:
    """The passages of one text. Links that leave the passage train nothing."""
    tags, links = label(p, t.marked or ())
    out = []
    for start, end in windows(p, first, size):
        n = end - start
        ids = np.concatenate(([special[0]], p.ids[start:end], [special[1]]))
        features = np.full(n + 2, t.style * STATES, dtype=np.int64)
        features[1:-1] += p.features[start:end]
        tag, link = np.full((n + 2, 3), IGNORE, dtype=np.int64), np.full((n + 2, 2), IGNORE, dtype=np.int64)
        tag[1:-1] = tags[start:end]
        here = links[start:end]
        local = np.where((here >= start) & (here < end), here - start + 1, IGNORE)
        link[1:-1] = np.where(here == NONE, 0, local)
        if t.marked is None:
            tag[:], link[:] = IGNORE, IGNORE
        out.append(Example(ids, features, tag, link, asks(t.asked, p.starts, start, end)))
    return out
