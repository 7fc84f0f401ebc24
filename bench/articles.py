"""Whole articles against marked ones: ``python -m bench.articles [--fold 0] [--profile default] [--json]``.

The reader gets the text only. An event's key is (sentence, source country, target country, root), with the countries of
AGREE, CONSULT and COOPERATE in either order; cut to pair and quad for the other levels. A statement's key is (sentence,
speaker country); each sentence that a statement covers counts. An unknown country is XXX on both sides. Where an article
was read twice, a key of both readings is required (recall) and a key of either is allowed (precision). Modality is judged
on the keys that are right.
"""

from __future__ import annotations

import argparse
import json
import time
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import dragoman as dm
from bench.reference import folder
from dragoman.codebook.events import MUTUAL, quad

LEVELS = ("pair", "quad", "root")
Key = tuple[str, ...]


@dataclass
class Tally:
    """Counts of one level: required found, required, right, given."""

    found: int = 0
    required: int = 0
    right: int = 0
    given: int = 0

    def add(self, given: set[Any], both: set[Any], either: set[Any]) -> None:
        self.found += len(given & both)
        self.required += len(both)
        self.right += len(given & either)
        self.given += len(given)

    def scores(self) -> dict[str, float]:
        p, r = self.right / max(1, self.given), self.found / max(1, self.required)
        return {"precision": round(p, 4), "recall": round(r, 4), "f1": round(2 * p * r / max(1e-9, p + r), 4)}


@dataclass
class Result:
    levels: dict[str, Tally] = field(default_factory=lambda: {k: Tally() for k in (*LEVELS, "statements")})
    modality_right: int = 0
    modality_given: int = 0
    by_root: dict[str, Tally] = field(default_factory=dict)
    errors: Counter[str] = field(default_factory=Counter)
    articles: int = 0
    seconds: float = 0.0

    def table(self) -> dict[str, Any]:
        out: dict[str, Any] = {name: tally.scores() for name, tally in self.levels.items()}
        out["modality"] = round(self.modality_right / max(1, self.modality_given), 4)
        return out | {"articles": self.articles, "seconds": round(self.seconds, 1)}


def key(sentence: int, source: str | None, target: str | None, root: str) -> Key:
    s, t = source or "XXX", target or "XXX"
    if root in MUTUAL and t < s:
        s, t = t, s
    return str(sentence), s, t, root


def cut(k: Key, level: str) -> Key:
    """A root-level key at another level. A pair has no order: at pair level a mutual and a one-sided root may meet."""
    if level == "root":
        return k
    if level == "quad":
        return (*k[:3], str(quad(k[3])))
    return k[:3]


def gold(article: dict[str, Any]) -> tuple[dict[Key, str], set[Key]]:
    """Event keys with their modality, and statement keys, of one reading."""
    events = {key(e["s"], e["source"]["country"], e["target"]["country"], e["root"]): e["modality"] for e in article["events"]}
    return events, {(str(s["s"]), s["speaker"]["country"]) for s in article["statements"]}


def numbered(article: dict[str, Any], at: int) -> int:
    """Number of the marked sentence in which a character lies."""
    return max(0, bisect_right([s for s, _ in article["sentences"]], at) - 1)


def given(article: dict[str, Any], record: dm.Record) -> tuple[dict[Key, str], set[Key]]:
    events: dict[Key, str] = {}
    for e in record.events:
        modality = "happened" if e.modality == "ongoing" else e.modality
        events[key(numbered(article, e.trigger.start), e.source.country, e.target.country, e.root)] = modality
    statements: set[Key] = set()
    for s in record.statements:
        for piece in s.evidence:
            first = max(piece.start, min(s.content.start, piece.end - 1))
            last = max(first, min(piece.end, s.content.end) - 1)  # one of our sentences can be two of the marked ones
            covered = range(numbered(article, first), numbered(article, last) + 1)
            statements.update((str(n), s.speaker.country or "XXX") for n in covered)
    return events, statements


def load(fold: int | None) -> tuple[list[dict[str, Any]], dict[str, dict[str, Any]]]:
    coded = folder() / "coded"
    articles = [json.loads(line) for line in (coded / "articles.jsonl").open(encoding="utf-8")]
    second = {a["id"]: a for a in map(json.loads, (coded / "second_reading.jsonl").open(encoding="utf-8"))}
    return [a for a in articles if fold is None or a["fold"] == fold], second


def run(
    articles: Iterable[dict[str, Any]], second: dict[str, dict[str, Any]], reader: dm.Reader
) -> Iterator[tuple[dict[str, Any], dm.Record, Result]]:
    """Each article with its record and the tally so far."""
    result = Result()
    for a in articles:
        began = time.perf_counter()
        record = reader.read_text(a["text"], published=a["published"])
        result.seconds += time.perf_counter() - began
        result.articles += 1
        events, statements = given(a, record)
        first, said = gold(a)
        again, said_again = gold(second[a["id"]]) if a["id"] in second else (first, said)
        for level in LEVELS:
            result.levels[level].add(
                {cut(k, level) for k in events},
                {cut(k, level) for k in first} & {cut(k, level) for k in again},
                {cut(k, level) for k in first} | {cut(k, level) for k in again},
            )
        for root in {k[3] for k in (*events, *first, *again)}:
            keys = [{k for k in group if k[3] == root} for group in (events, set(first) & set(again), set(first) | set(again))]
            result.by_root.setdefault(root, Tally()).add(*keys)
        result.levels["statements"].add(statements, said & said_again, said | said_again)
        for k, modality in events.items():
            if k in first or k in again:
                result.modality_given += 1
                result.modality_right += modality in (first.get(k), again.get(k))
        yield a, record, result


def measure(fold: int | None = 0, reader: dm.Reader | None = None) -> Result:
    """The tally of all articles of a fold (None: of all folds)."""
    articles, second = load(fold)
    *_, (_, _, result) = run(articles, second, reader or dm.load())
    return result


def figures() -> dict[str, float]:
    """F1 at each level and of statements, and modality, on fold 0."""
    result = measure()
    return {k: t.scores()["f1"] for k, t in result.levels.items()} | {"modality": result.table()["modality"]}


def line(name: str, scores: dict[str, float]) -> str:
    return f"  {name:10}  " + "  ".join(f"{k if k != 'f1' else 'F1'} {v:.3f}" for k, v in scores.items())


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--fold", type=int, default=0, help="0 is the one the shipped model was not trained on; -1 for all")
    a.add_argument("--profile", default="default")
    a.add_argument("--json", action="store_true")
    a.add_argument("--roots", action="store_true", help="the figures of each root too")
    o = a.parse_args()
    result = measure(None if o.fold < 0 else o.fold, dm.load(profile=o.profile))
    if o.json:
        print(json.dumps(result.table()))
        return
    print(f"{result.articles} whole articles of fold {o.fold}, {result.seconds:.1f} s")
    for level, tally in result.levels.items():
        print(line(level, tally.scores()))
    print(f"  modality right on {result.table()['modality']:.3f} of {result.modality_given} right rows")
    for root, tally in sorted(result.by_root.items()) if o.roots else ():
        print(line(root, tally.scores()), f" ({tally.required} required)")


if __name__ == "__main__":
    main()
