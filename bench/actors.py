"""How well actors resolve, given their words: ``python -m bench.actors [--errors N] [--fold 1-4]``; then our own cases.

Measured on the marked articles and sentences of ``../shared/data/coded``: country and sector of ``at(start, end)`` against
the reader's. A gold country XXX expects None. In the file of single sentences every line is its own context. The second part is
``bench.actor_cases``: mentions in sentences of our own.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench import actor_cases
from bench.reference import folder
from dragoman import codebook
from dragoman.coding.actors.resolver import ArticleActors, Resolver
from dragoman.coding.coder import load
from dragoman.coding.encoder import MODELS
from dragoman.coding.speech.hearing import Hearing, sources
from dragoman.reader import PROFILES
from dragoman.records import Article, Interval, Sentence, content_id
from dragoman.settings import DEFAULT

SHIPPED = MODELS / PROFILES["default"].articles
PRONOUNS = frozenset(
    "he she it they we i you his her its their our my your him them us me who himself itself themselves hers theirs one".split()
)


def article_of(text: str, sentences: list[list[int]], published: str | None) -> Article:
    """An article of marked text, as the read stage would give it."""
    date = Interval(published, published, "day", "metadata") if published else None
    rows = tuple(Sentence(i, "title" if i == 0 else "body", a, b) for i, (a, b) in enumerate(sentences))
    return Article(content_id(text), None, None, (), "en", None, date, (), None, text, rows)


def contexts(row: dict[str, Any], single: bool) -> Iterator[tuple[Article, int, list[dict[str, Any]]]]:
    """An article or, for single sentences, each line with its own marks; with the offset that the marks are moved by."""
    marks = [(e["s"], e[k]) for e in row["events"] for k in ("source", "target")]
    marks += [(s["s"], s["speaker"]) for s in row["statements"]]
    if not single:
        yield article_of(row["text"], row["sentences"], row["published"]), 0, [m for _, m in marks]
        return
    for i, (a, b) in enumerate(row["sentences"]):
        text = row["text"][a:b]
        if any(s == i for s, _ in marks):
            one = article_of(text, [[0, b - a]], None)
            yield (
                Article(**{**{f: getattr(one, f) for f in one.__slots__}, "sentences": (Sentence(0, "body", 0, b - a),)}),
                a,
                [m for s, m in marks if s == i],
            )


def kind_of(mark: dict[str, Any]) -> str:
    words = mark["text"].lower().split()
    if words[0] in PRONOUNS and len(words) == 1:
        return "pronoun"
    rest = [w for w in mark["text"].split() if w.lower() not in ("the", "a", "an", "of", "and", "for")]
    return "name" if rest and all(w[0].isupper() for w in rest) else "description"


def right(found: list[str | None], gold: str) -> bool:
    return (gold == "XXX" and not any(found)) or gold in found


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--fold", default="1-4")
    parser.add_argument("--of", default="", help="only errors of this kind: name, description, pronoun")
    parser.add_argument("--sector", action="store_true", help="show errors of sector")
    parser.add_argument("--file", default="")
    parser.add_argument("--codebook", type=Path, help="another folder of data files")
    parser.add_argument("--model", type=Path, default=SHIPPED, help="folder of the coder")
    parser.add_argument("--without-model", action="store_true", help="the resolver alone")
    args = parser.parse_args()
    low, _, high = args.fold.partition("-")
    folds = range(int(low), int(high or low) + 1)
    resolver = Resolver(codebook.load_from(args.codebook) if args.codebook else codebook.load())
    hear = None if args.without_model else hearing(args.model)
    for name in ("articles", "sentences"):
        if args.file and name != args.file:
            continue
        score(resolver, name, folds, args, hear)
    if not args.file:
        actor_cases.report(*actor_cases.tally()[:2])


def figures() -> dict[str, float]:
    """What ``bench/floors.toml`` holds: country and sector on the marked articles of fold 0, for all and for names alone."""
    given = argparse.Namespace(sector=False, errors=0, of="", fold="0")
    right, total = score(Resolver(codebook.load()), "articles", range(1), given, hearing(SHIPPED))
    return {
        "country": right["all"] / total["all"],
        "sector": right["all sector"] / total["all"],
        "name_country": right["name"] / total["name"],
    }


def hearing(folder: Path) -> Callable[[Article], Hearing]:
    """What a model hears in an article, as ``reader.code`` asks it for the countries of actors and the sources of contents."""
    coder = load(folder, DEFAULT)
    return lambda article: coder.read(article).heard


def resolved(resolver: Resolver, article: Article, heard: Hearing | None) -> ArticleActors:
    return resolver.article(article) if heard is None else resolver.article(article, heard.countries, sources(heard.linked()))


def score(
    resolver: Resolver, name: str, folds: range, args: argparse.Namespace, hear: Callable[[Article], Hearing] | None = None
) -> tuple[Counter[str], Counter[str]]:
    """Print the shares of one file; right and total marks by kind, those of sector under "KIND sector"."""
    total: Counter[str] = Counter()
    good: Counter[str] = Counter()
    errors = []
    words, seconds, articles, refs_several = 0, 0.0, 0, 0
    found_spans, all_spans, proposed = 0, 0, 0
    for line in (folder() / "coded" / f"{name}.jsonl").open(encoding="utf-8"):
        row = json.loads(line)
        if row["fold"] not in folds:
            continue
        for article, shift, marks in contexts(row, name == "sentences"):
            began = time.process_time()
            actors = resolved(resolver, article, hear(article) if hear else None)
            seconds += time.process_time() - began
            words += len(article.text.split())
            articles += 1
            spans = {(m.start, m.end) for s in article.sentences for m in actors.candidates(s.i)}
            proposed += len(spans)
            for mark in marks:
                if mark["start"] is None:
                    continue
                a, b = mark["start"] - shift, mark["end"] - shift
                refs = actors.at(a, b)
                kind = kind_of(mark)
                ok = right([r.country for r in refs], mark["country"])
                refs_several += len(refs) > 1
                sector = any(r.sector == mark["sector"] for r in refs) or (
                    mark["sector"] == "UNK" and not any(r.sector for r in refs)
                )
                for key in (kind, "all"):
                    total[key] += 1
                    good[key] += ok
                    good[f"{key} sector"] += sector
                all_spans += 1
                found_spans += (a, b) in spans
                if (not ok and not args.sector) or (args.sector and not sector):
                    errors.append((row["id"], kind, mark, refs, article.text[max(0, a - 90) : a], article.text[b : b + 50]))
    print(
        f"{name}, folds {args.fold}: {articles} contexts, {4e5 * seconds / max(1, words):.2f} ms of one core per 400 words; "
        f"{refs_several} several; candidates {proposed}, of gold spans {found_spans / max(1, all_spans):.3f}"
    )
    for key in ("all", "name", "description", "pronoun"):
        if total[key]:
            n = total[key]
            print(f"  {key:12} {n:5}  country {good[key] / n:.3f}  sector {good[f'{key} sector'] / n:.3f}")
    random.Random(7).shuffle(errors)
    shown = [e for e in errors if not args.of or e[1] == args.of][: args.errors]
    for where, kind, mark, refs, before, after in shown:
        got = " ".join(f"{r.country}/{r.sector}" for r in refs) or "-"
        print(
            f"[{kind[:4]}] {before!r} [[{mark['text']}]] {after!r}\n"
            f"     gold {mark['country']}/{mark['sector']} {mark['who']} | got {got}  {where}"
        )
    return good, total


if __name__ == "__main__":
    main()
