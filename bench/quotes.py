"""Attributions against readers: PolNeAR's dev articles, and the statements of the coded articles.

    python bench/quotes.py [--data ../shared/data] [--model FOLDER] [--sweep]

PolNeAR, each reading of each article by itself (an article read by six coders counts six times, micro-averaged):
  whole      one to one, the best overlap first. A found attribution is right if the hulls of the two contents share at least
      half of
             their union, and the sources share a character or both have none.
  half gold  the same, but half of the gold hull is enough.
  loose      the same, but half of the shorter hull is enough.
  content    characters inside any content, hulls against the gold's pieces; a hull does not count its own source and cue.
  tokens     runs of letters and digits inside sources, cues and contents.
Statements: key = (sentence, speaker's country); the country of a found statement is the gold country of the speaker whose words
it names (so that linking, not resolution, is measured), or that of the statement it continues. Both readings of fold 0: what
both
hold is required, what one holds is allowed.
"""

from __future__ import annotations

import argparse
import json
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.reference import folder
from dragoman.coding.coder import load
from dragoman.coding.encoder import MODELS
from dragoman.coding.speech.attributions import Attributor
from dragoman.coding.speech.decoding import Linked, Reading, Thresholds, decode
from dragoman.reader import PROFILES
from dragoman.settings import DEFAULT

SHIPPED = MODELS / PROFILES["default"].parts  # which answers ``reader.attributions``
Span = tuple[int, int]
_WORD = re.compile(r"\w+")


@dataclass
class Count:
    """Right ones among the found and among the wanted; F1 and its parts from 0 to 1."""

    right: float = 0
    found: float = 0
    wanted: float = 0

    def add(self, right: float, found: float, wanted: float) -> None:
        self.right, self.found, self.wanted = self.right + right, self.found + found, self.wanted + wanted

    def __str__(self) -> str:
        p, r = self.right / max(self.found, 1), self.right / max(self.wanted, 1)
        return f"F1 {2 * p * r / max(p + r, 1e-9):.3f} (precision {p:.3f}, recall {r:.3f}, {self.wanted:.0f} wanted)"

    @property
    def f1(self) -> float:
        return 2 * self.right / max(self.found + self.wanted, 1)


def hull(spans: Sequence[Sequence[int]]) -> Span | None:
    return (min(s[0] for s in spans), max(s[1] for s in spans)) if spans else None


def shared(a: Span, b: Span) -> int:
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def same_source(a: Span | None, b: Span | None) -> bool:
    return a is None and b is None if a is None or b is None else shared(a, b) > 0


def whole(found: Sequence[tuple[Span | None, Span]], gold: Sequence[tuple[Span | None, Span]], rule: str = "whole") -> int:
    """How many found (source, content hull) can be paired with a gold one."""
    pairs = []
    for i, (source, content) in enumerate(found):
        for j, (gold_source, gold_content) in enumerate(gold):
            both = shared(content, gold_content)
            lengths = content[1] - content[0], gold_content[1] - gold_content[0]
            of = {"whole": sum(lengths) - both, "half gold": lengths[1], "loose": min(lengths)}[rule]
            enough = both / of
            if enough >= 0.5 and same_source(source, gold_source):
                pairs.append((-enough, i, j))
    used_found, used_gold = set(), set()
    for _, i, j in sorted(pairs):
        if i not in used_found and j not in used_gold:
            used_found.add(i)
            used_gold.add(j)
    return len(used_found)


def characters(spans: Iterable[Span], without: Iterable[Span] = ()) -> set[int]:
    return {c for s, e in spans for c in range(s, e)} - {c for s, e in without for c in range(s, e)}


def words(text: str, spans: Iterable[Span]) -> set[int]:
    inside = characters(spans)
    return {m.start() for m in _WORD.finditer(text) if m.start() in inside}


def overlap(count: Count, found: set[int], gold: set[int]) -> None:
    count.add(len(found & gold), len(found), len(gold))


def score_polnear(rows: Sequence[dict[str, Any]], answers: Sequence[Sequence[Linked]]) -> dict[str, Count]:
    out = {
        k: Count()
        for k in ("whole", "half gold", "loose", "content", "content pieces", "source tokens", "cue tokens", "content tokens")
    }
    for row, found in zip(rows, answers, strict=True):
        gold = [a for a in row["attributions"] if a["content"]]
        ours = [(a.source, a.hull) for a in found]
        theirs = [(hull(a["source"]), hull(a["content"]) or (0, 0)) for a in gold]
        for rule in ("whole", "half gold", "loose"):
            out[rule].add(whole(ours, theirs, rule), len(ours), len(theirs))
        pieces = characters(tuple(s) for a in gold for s in a["content"])
        hulls: set[int] = set()
        for a in found:
            hulls |= characters([a.hull], [s for s in (a.source, a.cue) if s])
        overlap(out["content"], hulls, pieces)
        overlap(out["content pieces"], characters(s for a in found for s in a.content), pieces)
        for part in ("source", "cue"):
            mine = [s for a in found if (s := getattr(a, part))]
            overlap(
                out[f"{part} tokens"], words(row["text"], mine), words(row["text"], [tuple(s) for a in gold for s in a[part]])
            )
        mine = [s for a in found for s in a.content]
        overlap(
            out["content tokens"], words(row["text"], mine), words(row["text"], [tuple(s) for a in gold for s in a["content"]])
        )
    return out


def statement_keys(row: dict[str, Any]) -> set[tuple[int, str]]:
    return {(s["s"], s["speaker"]["country"]) for s in row["statements"]}


def found_keys(row: dict[str, Any], other: dict[str, Any] | None, found: Sequence[Linked]) -> set[tuple[int, str]]:
    """(sentence, country) of each sentence in which a content stands; ``?`` for a speaker whom no reader marked."""
    speakers = [(s["speaker"], s["s"]) for r in (row, other) if r for s in r["statements"] if s["speaker"]["start"] is not None]
    actors = [
        (e[side], e["s"])
        for r in (row, other)
        if r
        for e in r["events"]
        for side in ("source", "target")
        if e[side]["start"] is not None
    ]
    keys, country = set(), "?"
    for a in found:
        if a.source:
            at = [(-shared(a.source, (s["start"], s["end"])), i, s["country"]) for i, (s, _) in enumerate(speakers + actors)]
            best = min(at, default=(0, 0, "?"))
            country = best[2] if best[0] < 0 else "?"
        elif not a.carried:
            country = "?"
        for s, e in a.content:
            keys |= {(i, country) for i, span in enumerate(row["sentences"]) if shared((s, e), tuple(span)) > 8}
    return keys


def score_statements(
    rows: Sequence[dict[str, Any]], second: dict[str, dict[str, Any]], answers: Sequence[Sequence[Linked]]
) -> dict[str, Count]:
    out = {"statements": Count(), "statements, any country": Count()}
    for row, found in zip(rows, answers, strict=True):
        other = second.get(row["id"])
        ours = found_keys(row, other, found)
        first, again = statement_keys(row), statement_keys(other) if other else statement_keys(row)
        for name, cut in (("statements", 2), ("statements, any country", 1)):
            mine, required, allowed = ({k[:cut] for k in keys} for keys in (ours, first & again, first | again))
            tolerated = (mine & allowed) - required  # neither right nor wrong
            out[name].add(len(mine & required), len(mine - tolerated), len(required))
    return out


def read_rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def sweep(rows: Sequence[dict[str, Any]], readings: Sequence[Reading]) -> None:
    for content in (0.35, 0.4, 0.45, 0.5, 0.55, 0.6):
        for quoted in (0.5, 0.8, 2.0):
            t = Thresholds(content=content, quoted=quoted)
            s = score_polnear(rows, [decode(r, row["text"], t) for r, row in zip(readings, rows, strict=True)])
            print(content, quoted, " ".join(f"{k} {v.f1:.4f}" for k, v in s.items()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    root = Path(__file__).resolve().parents[1]
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("DRAGOMAN_DATA", root.parent / "shared" / "data")))
    parser.add_argument("--model", type=Path, default=SHIPPED, help="folder of the coder")
    parser.add_argument("--sweep", action="store_true", help="try thresholds")
    parser.add_argument("--fold", type=int, default=0)
    args = parser.parse_args()
    report(load(args.model, DEFAULT).attributor, args.data, args.fold, with_sweep=args.sweep)


def figures() -> dict[str, float]:
    """F1 of each measure on PolNeAR's dev articles and on fold 0, of the shipped model."""
    return {name: round(count.f1, 4) for name, count in measure(load(SHIPPED, DEFAULT).attributor, folder(), 0).items()}


def report(attributor: Attributor, data: Path, fold: int, *, with_sweep: bool = False) -> dict[str, float]:
    """The same of any model and fold, printed with precision and recall."""
    scores = measure(attributor, data, fold, with_sweep=with_sweep)
    for key, value in scores.items():
        print(f"{key:26}{value}")
    return {key: round(value.f1, 4) for key, value in scores.items()}


def measure(attributor: Attributor, data: Path, fold: int, *, with_sweep: bool = False) -> dict[str, Count]:
    rows = read_rows(data / "quotes" / "polnear_dev.jsonl")
    cache: dict[str, Reading] = {}
    for row in rows:
        if row["text"] not in cache:
            cache[row["text"]] = attributor.read(row["text"])
    readings = [cache[row["text"]] for row in rows]
    scores = score_polnear(rows, [decode(r, row["text"]) for r, row in zip(readings, rows, strict=True)])
    coded = [row for row in read_rows(data / "coded" / "articles.jsonl") if row["fold"] == fold]
    second = {row["id"]: row for row in read_rows(data / "coded" / "second_reading.jsonl")}
    scores |= score_statements(coded, second, [attributor.hear(row["text"]).linked() for row in coded])
    if with_sweep:
        sweep(rows, readings)
    return scores


if __name__ == "__main__":
    main()
