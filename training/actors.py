"""Learns the weights of ``coding/actors/weights.py`` from the marked articles, folds 1 to 4, and the project's own
(``--write``).

Every weighted choice (which country for a bare "police", which person for "he") is a conditional logit over its candidates; a
candidate is right if its country is the reader's. Prints accuracy in cross-validation over the folds.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import torch

import attribution_data as said
import own_marks

sys.path.insert(0, str(Path(__file__).parents[1]))
from bench.actors import article_of, contexts
from bench.reference import folder
from dragoman import codebook
from dragoman.coding.actors import weights
from dragoman.coding.actors.implied import Side
from dragoman.coding.actors.resolver import ArticleActors, Resolver
from dragoman.records import ActorRef

OWN = ("events.jsonl",)  # with further.jsonl fold 0 fell from .861 to .854 and dev.jsonl stayed at .859
TABLES = ("FOCUS", "HE", "IT", "THEY", "IMPLIED")
SIDES = ("source", "target")
BESIDE = 0.15  # weight of a side without words whose country its own sentence names: the event model points at those itself
OUT = Path(__file__).parents[1] / "src" / "dragoman" / "coding" / "actors" / "weights.py"
Case = tuple[int, list[dict[str, float]], list[bool], float]


def rows() -> Iterator[tuple[dict[str, Any], bool, float]]:
    """Marked articles and blocks of single sentences, with the weight of their choices."""
    for name, weight in (("articles", 1.0), ("sentences", 0.5)):
        for line in (folder() / "coded" / f"{name}.jsonl").open(encoding="utf-8"):
            row = json.loads(line)
            if row["fold"] != 0:
                yield row, name == "sentences", weight
    own = [r for name in OWN for r in own_marks.load(Path(__file__).parent / "marks" / name, folder())]
    for n, row in enumerate(own):
        yield row | {"fold": 1 + n % 4}, False, 1.0


def cases(resolver: Resolver) -> Iterator[tuple[str, Case]]:
    """Of every choice its table, and fold, candidates, which are right, and weight."""
    for row, single, weight in rows():
        for article, shift, marks in contexts(row, single):
            found = resolver.article(article)
            seen: set[tuple[int, int]] = set()
            for mark in marks:
                if mark["start"] is None or (mark["start"], mark["end"]) in seen:
                    continue
                seen.add((mark["start"], mark["end"]))
                yield from _of(found, mark, mark["start"] - shift, mark["end"] - shift, row["fold"], weight)


def implied(resolver: Resolver) -> Iterator[Case]:
    """The sides without words of all marked articles, each with the countries that it can be of."""
    coded = [r for r in map(json.loads, (folder() / "coded" / "articles.jsonl").open(encoding="utf-8")) if r["fold"] != 0]
    own = [r for name in said.OWN for r in own_marks.load(Path(__file__).parent / "marks" / name, folder())]
    for n, row in enumerate([*coded, *own]):
        actors = resolver.article(article_of(row["text"], row["sentences"], row["published"]))
        yield from _implied(actors, row, 1 + n % 4)


def _implied(actors: ArticleActors, row: dict[str, Any], fold: int) -> Iterator[Case]:
    for event, target in product(row["events"], (False, True)):
        side, other = (event["target"], event["source"]) if target else (event["source"], event["target"])
        if side["start"] is not None or side["country"] == "XXX":
            continue
        here = {e[k]["country"] for e in row["events"] if e["s"] == event["s"] for k in SIDES if e[k]["start"] is not None}
        refs = [ActorRef(None, None, None, None, other["country"], None)] if other["country"] != "XXX" else []
        rows = actors.implied_choices(event["s"], Side(event["root"], target, refs))
        if side["country"] in rows and (side["country"] not in here or side["country"] == other["country"]):
            right = [country == side["country"] for country in sorted(rows)]
            yield fold, [dict(rows[c]) for c in sorted(rows)], right, BESIDE if side["country"] in here else 1.0


def _of(
    actors: ArticleActors, mark: dict[str, Any], start: int, end: int, fold: int, weight: float
) -> Iterator[tuple[str, Case]]:
    table, _, rows = actors.choices(start, end)
    if rows:
        right = [
            entity_country == mark["country"] or (not entity_country and mark["country"] == "XXX") for entity_country, _ in rows
        ]
        if any(right):
            yield table, (fold, [dict(f) for _, f in rows], right, weight)


def fit(found: list[Case], decay: float) -> dict[str, float]:
    """Weights by maximum likelihood with a quadratic penalty."""
    seen = Counter(n for _, rows, _, _ in found for n in {n for r in rows for n in r})
    names = sorted(n for n, k in seen.items() if k >= 12)
    index = {n: k for k, n in enumerate(names)}
    flat, owner = [], []
    for k, (_, rows, _, _) in enumerate(found):
        for row in rows:
            x = torch.zeros(len(names))
            for n, v in row.items():
                if n in index:
                    x[index[n]] = v
            flat.append(x)
            owner.append(k)
    x, group = torch.stack(flat), torch.tensor(owner)
    right = torch.tensor([b for _, _, r, _ in found for b in r])
    importance = torch.tensor([w for _, _, _, w in found])
    weights = torch.zeros(len(names), requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=150, line_search_fn="strong_wolfe")

    def logs(score: torch.Tensor) -> torch.Tensor:
        out = torch.full((len(found),), -1e9).scatter_reduce(0, group, score.detach(), "amax")
        return torch.zeros(len(found)).index_add(0, group, torch.exp(score - out[group])).log() + out

    def closure() -> torch.Tensor:
        optimiser.zero_grad()
        score = x @ weights
        good = score.masked_fill(~right, -1e4)
        loss = -(importance * (logs(good) - logs(score))).sum() + decay * (weights**2).sum()
        loss.backward()
        return loss

    optimiser.step(closure)
    return {n: round(float(w), 3) for n, w in zip(names, weights.detach(), strict=True) if abs(float(w)) >= 0.01}


def accuracy(found: list[Case], weights: dict[str, float]) -> float:
    good = total = 0.0
    for _, rows, right, weight in found:
        scores = [sum(weights.get(n, 0.0) * v for n, v in r.items()) for r in rows]
        good += weight * right[scores.index(max(scores))]
        total += weight
    return good / max(total, 1e-9)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--decay", type=float, default=1.0)
    parser.add_argument("--codebook", type=Path)
    parser.add_argument("--tables", nargs="*", default=TABLES, help="the tables to learn; the others stay as they are")
    args = parser.parse_args()
    torch.manual_seed(0)
    resolver = Resolver(codebook.load_from(args.codebook) if args.codebook else codebook.load())
    tables: dict[str, list[Case]] = {t: [] for t in TABLES}
    for table, case in cases(resolver):
        tables[table].append(case)
    tables["IMPLIED"] += implied(resolver)
    lines = [
        '"""Weights of the choices that actors rest on; written by training/actors.py, not by hand."""',
        "",
        "from __future__ import annotations",
        "",
    ]
    for table, found in tables.items():
        if table not in args.tables:
            kept: dict[str, float] = getattr(weights, table)
            lines += [f"{table}: dict[str, float] = {{", *(f'    "{n}": {w},' for n, w in sorted(kept.items())), "}", ""]
            continue
        held = (
            [
                (accuracy([c for c in found if c[0] == f], fit([c for c in found if c[0] != f], args.decay)), f)
                for f in (1, 2, 3, 4)
            ]
            if found
            else []
        )
        fitted = fit(found, args.decay) if found else {}
        print(
            f"{table}: {len(found)} choices, held out {sum(a for a, _ in held) / max(1, len(held)):.3f}, "
            f"on all {accuracy(found, fitted):.3f}"
        )
        lines.append(f"{table}: dict[str, float] = {{")
        lines += [f'    "{n}": {w},' for n, w in sorted(fitted.items())]
        lines += ["}", ""]
    if args.write:
        OUT.write_text("\n".join(lines).rstrip() + "\n", "utf-8")


if __name__ == "__main__":
    main()
