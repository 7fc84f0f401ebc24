"""Marked sentences -> training examples for the event coder: word pieces, mention spans, pairs with their labels."""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from tokenizers import Tokenizer

import own_marks

ROOTS = (
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
)
MODALITIES = ("happened", "planned", "hypothetical", "denied")
PLOVER = (
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "YIELD",
    "COOPERATE",
    "AID",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
)
SOURCE, TARGET, SPEAKER = 0, 1, 2
MAX_PIECES = 128

Span = tuple[int, int]  # first and last word piece


@dataclass
class Pair:
    """One candidate pair: spans of word pieces (None for an actor without words) and what holds between them."""

    source: Span | None
    target: Span | None
    roots: tuple[str, ...] = ()
    modality: str | None = None
    trigger: Span | None = None
    plover: str | None = None
    absent: tuple[tuple[int, ...] | None, tuple[int, ...] | None] = (None, None)  # whom a wordless side stands for, see Example


@dataclass
class Example:
    """One sentence. ``spans`` are acting mentions by role; ``pairs`` the events; a wordless side's ``absent`` lists the
    first pieces of mentions with the same country (offset by 2), or (0,) for nobody known, or (1,) for somebody named
    outside the sentence."""

    key: str
    fold: int
    text: str
    ids: list[int]
    offsets: list[Span]
    kind: str  # events | plover | roles
    spans: set[tuple[int, int, int]] = field(default_factory=set)  # role, first piece, last piece
    pairs: list[Pair] = field(default_factory=list)
    tags: list[int] | None = None  # CAMEO source and target words: 0 none, 1 source, 2 target
    article: str = ""
    sentence: int = 0


def encode(tokenizer: Tokenizer, text: str) -> tuple[list[int], list[Span]]:
    e = tokenizer.encode(text)
    ids, offsets = e.ids, e.offsets
    if len(ids) > MAX_PIECES:
        ids, offsets = [*ids[: MAX_PIECES - 1], ids[-1]], [*offsets[: MAX_PIECES - 1], (0, 0)]
    return ids, offsets


def pieces(offsets: list[Span], start: int, end: int) -> Span | None:
    """First and last word piece that share a character with [start, end)."""
    hit = [i for i, (a, b) in enumerate(offsets) if a < end and b > start and b > a]
    return (hit[0], hit[-1]) if hit else None


def of_article(article: dict, tokenizer: Tokenizer) -> Iterator[Example]:
    """The sentences of a marked article, each with its events."""
    events, statements = defaultdict(list), defaultdict(list)
    for e in article["events"]:
        events[e["s"]].append(e)
    for s in article["statements"]:
        statements[s["s"]].append(s)
    for i, (start, end) in enumerate(article["sentences"]):
        text = article["text"][start:end].replace("\n", " ")
        ids, offsets = encode(tokenizer, text)
        x = Example(f"{article['id']}:{i}", article["fold"], text, ids, offsets, "events", article=article["id"], sentence=i)

        def place(row: dict, start: int = start, offsets: list[Span] = offsets) -> Span | None:
            return None if row["start"] is None else pieces(offsets, row["start"] - start, row["end"] - start)

        country: dict[int, str] = {}
        for e in events[i]:
            for side in ("source", "target"):
                if (p := place(e[side])) is not None:
                    country[p[0]] = e[side]["country"]
        found: dict[tuple[Span | None, Span | None], Pair] = {}
        for e in events[i]:
            s, t = place(e["source"]), place(e["target"])
            if (
                (s is None and e["source"]["start"] is not None)
                or (t is None and e["target"]["start"] is not None)
                or s is t is None
            ):
                continue  # cut off by MAX_PIECES, or both without words; "the two leaders" may be both
            absent = []
            for side, span in (("source", s), ("target", t)):
                c = e[side]["country"]
                same = tuple(at + 2 for at, k in sorted(country.items()) if k == c)
                absent.append(None if span is not None else ((0,) if c == "XXX" else same or (1,)))
            trigger = pieces(offsets, e["trigger"]["start"] - start, e["trigger"]["end"] - start)
            old = found.get((s, t))
            if old is not None:
                old.roots = tuple(dict.fromkeys((*old.roots, e["root"])))
                continue
            found[s, t] = Pair(s, t, (e["root"],), e["modality"], trigger, None, (absent[0], absent[1]))
            x.spans |= {(role, *span) for role, span in ((SOURCE, s), (TARGET, t)) if span is not None}
        x.pairs = list(found.values())
        for st in statements[i]:
            if (p := place(st["speaker"])) is not None:
                x.spans.add((SPEAKER, *p))
        yield x


def coded(path: Path, tokenizer: Tokenizer) -> list[Example]:
    with path.open(encoding="utf-8") as lines:
        return [x for line in lines for x in of_article(json.loads(line), tokenizer)]


def own(path: Path, folder: Path, tokenizer: Tokenizer) -> list[Example]:
    """The project's own marks (own_marks.py), joined with the texts in ``folder``."""
    return [x for article in own_marks.load(path, folder) for x in of_article(article, tokenizer)]


def written(path: Path, tokenizer: Tokenizer) -> list[Example]:
    """The project's own written sentences (``training/written``): in the layout of ``coded``, always trained on."""
    return [replace(x, fold=-1) for x in coded(path, tokenizer)]


def plv(path: Path, tokenizer: Tokenizer) -> list[Example]:
    """Pairs marked by others, with one coded class (modality folded in). Folds by row, in five."""
    out = []
    with path.open(encoding="utf-8", newline="") as f:
        for n, row in enumerate(csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE)):
            marked = row["marked_sentence"]
            spans, text, at = {}, "", 0
            for m in re.finditer(r"<(/?)([st])>", marked):
                text += marked[at : m.start()]
                at = m.end()
                spans[m.group(1) + m.group(2)] = len(text)
            text += marked[at:]
            ids, offsets = encode(tokenizer, text)
            # A side without marks has no words in the sentence (the file calls it "a recipient").
            s, t = (pieces(offsets, spans[k], spans["/" + k]) if k in spans else None for k in "st")
            out.append(Example(f"plv:{n}", n % 5, text, ids, offsets, "plover", pairs=[Pair(s, t, plover=row["gold_root"])]))
    return out


def roles(path: Path, tokenizer: Tokenizer) -> list[Example]:
    """CAMEO sentences, word by word, with source and target tags."""
    out: list[Example] = []
    for n, block in enumerate(path.read_text(encoding="utf-8").strip().split("\n\n")):
        words = [line.split() for line in block.splitlines() if len(line.split()) == 2]
        text, tags, starts = "", [], []
        for word, tag in words:
            starts.append((len(text), len(text) + len(word), {"S": 1, "T": 2}.get(tag[-1], 0) if tag != "O" else 0))
            text += word + " "
        text = text.rstrip()
        ids, offsets = encode(tokenizer, text)
        for a, b in offsets:
            tags.append(next((tag for s, e, tag in starts if s < b and e > a and b > a), 0))
        out.append(Example(f"roles:{n}", n % 5, text, ids, offsets, "roles", tags=tags))
    return out
