"""Discrepancies on own short articles with planted contradictions and look-alikes, and every alarm on the real articles.

    python -m bench.discrepancies [--errors] [--real] [--changed]

How it counts:

* ``tests/reconcile/*.jsonl``: 259 own articles, 87 with one planted contradiction (dates, numbers, doers, outcomes, quotations)
  and 172 look-alikes without (other places, days, parts of a whole, rising tolls, several speakers). A finding is right where
  its kind and both sentences are those planted, and one not planted is wrong. Favoured: the side, or none, of those found.
* The sets were written one after the other. On first sight, before anything was changed for it, the second gave precision 1.00,
  recall .40; the third .86 and .33; the fourth .86 and .80. The table shows today's figures, after their mistakes were mended.
* On real articles not read before: 343 (coded, Wikinews) gave 4 findings and 194 (news) one, none true; the next 1,781
  (PolNeAR, InSight Crime, TimeBank) gave 16, one true; the next 1,257 (PolNeAR's second part, InSight Crime, Times of India) 3,
  none true: a false finding in 420 articles. True contradictions inside one real article are rarer than that, so a finding
  is to be read before it is believed.
* ``--real`` prints every finding on the 219 coded articles and Wikinews of 2020, with its sentences, to be read by eye.
* ``--changed`` takes each number that stands in two sentences of a real article, changes the second by
two fifths, and counts how often that is found. Many of these pairs only happen to be equal, so it ranks versions and is no
recall.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bench.reference import folder
from bench.score import Score
from dragoman import codebook
from dragoman.coding.actors.resolver import Resolver
from dragoman.coding.findings.figures import figures as quantities
from dragoman.coding.findings.numbers import numbers
from dragoman.reconcile.discrepancies import discrepancies
from dragoman.records import Article, Discrepancy, Evidence, Figure, Interval, Sentence, content_id

SETS = Path(__file__).parents[1] / "tests" / "reconcile"


@dataclass
class Result(Score):
    """Counts over one or several sets; ``favoured``: right ones whose favoured side is right too."""

    favoured: int = 0


def article_of(row: dict[str, Any]) -> Article:
    """An article from the sentences of a set's row."""
    text, sentences = "", []
    for i, (kind, words) in enumerate(row["sentences"]):
        sentences.append(Sentence(i, kind, len(text), len(text) + len(words)))
        text += words + (" " if kind == "body" else "\n")
    return _article(text, tuple(sentences), row["published"])


def _article(text: str, sentences: tuple[Sentence, ...], published: str | None, title: str | None = None) -> Article:
    day = Interval(published, published, "day", "metadata") if published else None
    return Article(content_id(text), title, None, (), "en", None, day, (), None, text, sentences)


def found_in(article: Article, resolver: Resolver) -> tuple[Discrepancy, ...]:
    """The discrepancies of an article, with its figures."""
    actors = resolver.article(article)
    return discrepancies(article, actors, (), quantities(article, actors), ())


def score(path: Path, resolver: Resolver, *, errors: bool = False) -> Result:
    """One set's counts."""
    total = Result()
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        article = article_of(row)
        expected = list(row["expected"])
        for finding in found_in(article, resolver):
            sides = [{evidence.sentence for evidence in side.evidence} for side in finding.sides]
            hit = next(
                (one for one in expected if one["kind"] == finding.kind and set(one["sides"]) <= sides[0] | sides[1]), None
            )
            if hit is None:
                total.wrong += 1
                if errors:
                    print(f"  wrong  {row['id']} {finding.kind}: {finding.reason}")
                continue
            expected.remove(hit)
            total.right += 1
            side = None if finding.favoured is None else sides[finding.favoured]
            total.favoured += side is None if hit["favoured"] is None else side is not None and hit["favoured"] in side
        total.missed += len(expected)
        if errors:
            for one in expected:
                print(f"  missed {row['id']} {one['kind']}: {' / '.join(article.words(i) for i in sorted(set(one['sides'])))}")
    return total


def figures() -> dict[str, float]:
    """Precision, recall and favoured side over all sets, and milliseconds for 400 words."""
    resolver = Resolver(codebook.load())
    total = Result()
    for path in sorted(SETS.glob("*.jsonl")):
        one = score(path, resolver)
        for name in ("right", "wrong", "missed", "favoured"):
            setattr(total, name, getattr(total, name) + getattr(one, name))
    return {"precision": total.precision, "recall": total.recall, "favoured": total.favoured / max(1, total.right)}


def real() -> Iterator[tuple[str, Article]]:
    """The coded articles with the sentences as marked there, and Wikinews as read from its file."""
    for line in (folder() / "coded" / "articles.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        title = not row["text"][row["sentences"][0][0] : row["sentences"][0][1]].rstrip().endswith((".", "”", '"'))
        kinds = ["title" if title else "body"] + ["body"] * len(row["sentences"])
        sentences = tuple(Sentence(i, kinds[i], *span) for i, span in enumerate(row["sentences"]))  # type: ignore[arg-type]
        yield row["id"], _article(row["text"], sentences, row["published"])
    with (folder() / "text" / "wikinews_2020.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            text = f"{row['title']}\n{row['text']}"
            spans = [
                (m.start(), m.end()) for m in re.finditer(r"[^\s.!?](?:[^.!?\n]|\.(?=\S)|(?<=\b[A-Z])\.)*[.!?]?[”\"]?", text)
            ]
            sentences = tuple(Sentence(i, "body" if i else "title", *span) for i, span in enumerate(spans))
            yield row["title"], _article(text, sentences, row["date"])


def changed(article: Article, rows: tuple[Figure, ...]) -> Iterator[tuple[Article, Evidence, Evidence]]:
    """The article with one number changed that it says twice, and where both stand."""
    seen = set()
    for k, one in enumerate(rows):
        for other in rows[k + 1 :]:
            first, second = one.evidence[0], other.evidence[0]
            key = (one.value, one.unit)
            if (
                key != (other.value, other.unit)
                or key in seen
                or first.sentence == second.sentence
                or one.value < 3
                or one.to
                or other.to
            ):
                continue
            seen.add(key)
            place = article.sentences[second.sentence]
            number = next(n for n in numbers(article.text, place.start, place.end) if n.hull == second.start)
            words = article.text[number.start : number.end]
            digits = re.search(r"\d[\d,.]*\d|\d", words)
            value = f"{int(float((digits[0] if digits else str(other.value)).replace(',', '')) * 1.4) + 2:,}"
            new = words[: digits.start()] + value + words[digits.end() :] if digits else value
            moved = len(new) - len(words)
            sentences = tuple(
                replace(s, start=s.start + moved * (s.start >= number.end), end=s.end + moved * (s.end >= number.end))
                for s in article.sentences
            )
            text = article.text[: number.start] + new + article.text[number.end :]
            yield replace(article, id=content_id(text), text=text, sentences=sentences), first, second


def _changed(resolver: Resolver) -> None:
    tried = hits = 0
    for _, article in real():
        for new, first, second in changed(article, quantities(article, resolver.article(article))):
            wanted = {first.sentence, second.sentence}
            tried += 1
            hits += any(wanted <= {e.sentence for side in one.sides for e in side.evidence} for one in found_in(new, resolver))
    print(f"one of two equal numbers changed in a real article: found {hits} of {tried}")


def _real(resolver: Resolver) -> None:
    alarms = articles = 0
    for name, article in real():
        articles += 1
        for one in found_in(article, resolver):
            alarms += 1
            print(f"\n{name}: {one.kind}: {one.reason}")
            for side in one.sides:
                for evidence in side.evidence:
                    print(f"   {side.value} | {evidence.sentence} | {' '.join(article.words(evidence.sentence).split())}")
    print(f"\n{alarms} findings in {articles} articles")


def main() -> None:
    a = argparse.ArgumentParser(
        prog="python -m bench.discrepancies", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    a.add_argument("--errors", action="store_true", help="print what is wrong or missed")
    a.add_argument("--real", action="store_true", help="print every finding on the real articles")
    a.add_argument("--changed", action="store_true", help="change numbers in the real articles")
    o = a.parse_args()
    resolver = Resolver(codebook.load())
    for path in sorted(SETS.glob("*.jsonl")):
        began = time.process_time()
        s = score(path, resolver, errors=o.errors)
        print(
            f"{path.stem:8} right {s.right:3} wrong {s.wrong:2} missed {s.missed:2} "
            f" precision {s.precision:.2f} recall {s.recall:.2f} "
            f"favoured {s.favoured}/{s.right}  ({time.process_time() - began:.1f} s with actors)"
        )
    if o.real:
        _real(resolver)
    if o.changed:
        _changed(resolver)


if __name__ == "__main__":
    main()
