"""Near-copies: own stories in many versions, and every pair found in the real articles.

    python -m bench.copies [--errors] [--real] [--speed N]

``bench/data/copies.jsonl`` has eight stories, each with a text, a rewrite of it in other words, a later part that an update
adds, and an article of some days later that repeats a sentence of it. From these come, for each story: the text as three
outlets print it (lines of the house before and after, the last fifth cut, a word changed here and there: copies), the rewrite,
the update, and as look-alikes the later article, a round-up that holds the text, and the texts of the other stories. A pair of
an original and a version is right where its row names the original; the kind is counted apart.

``--real`` prints the pairs found in the 192 news articles and 124 Wikinews articles of ``text/``, to be read by eye.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bench.reference import folder
from bench.score import Score
from dragoman.read import read
from dragoman.reconcile.copies import Days, Text, link, text_of
from dragoman.records import Article, Document
from dragoman.settings import DEFAULT

SET = Path(__file__).parent / "data" / "copies.jsonl"
HALVES = ("first", "second")
HOUSE = (
    "Sign up for our newsletter to get the news of the day. Follow us for breaking news. All rights reserved.",
    "Reporting by Ann Lee and Jan Novak; editing by Kim Rey.",
    "Read more about this story on our site. This story is developing.",
)


@dataclass(frozen=True, slots=True)
class Version:
    """One text of a story: ``kind`` is what its row should say, None for a text that is no version of the original."""

    story: str
    name: str
    kind: str | None
    text: Text


@dataclass
class Versions(Score):
    """Counts of versions, by what they are."""

    kind: int = 0
    by_kind: dict[str, list[int]] = field(default_factory=dict)


def stories(path: Path = SET) -> list[dict[str, Any]]:
    """The stories of the set."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def article(text: str, published: str | None, title: str | None = None) -> Article:
    """A text as the reader reads it."""
    (one,) = read(Document(text=text, title=title, published=published), DEFAULT)
    return one


def versions(story: dict[str, Any]) -> Iterator[Version]:
    """The original first, then everything that is and is not a version of it."""
    chance = random.Random(story["id"])
    first, next_day, later = "2031-03-04", "2031-03-05", "2031-03-08"
    sentences = re.split(r"(?<=[.?!])\s", story["original"])

    def version(name: str, kind: str | None, text: str, day: str) -> Version:
        return Version(story["id"], name, kind, text_of(article(text, day)))

    yield version("original", "original", story["original"], first)
    yield version("with lines of the house", "copy", f"{HOUSE[0]}\n\n{story['original']}\n\n{HOUSE[1]}", next_day)
    yield version("cut", "copy", " ".join(sentences[: max(3, int(len(sentences) * 0.8))]), next_day)
    words = story["original"].split()
    for k in chance.sample(range(len(words)), len(words) // 25):
        words[k] = chance.choice(["also", "the", "then", "some"])
    yield version("words changed", "copy", " ".join(words) + f" {HOUSE[2]}", next_day)
    yield version("rewrite", "rewrite", story["rewrite"], next_day)
    yield version("update", "update", f"{story['original']} {story['more']}", next_day)
    yield version("later article", None, story["follow"], later)


def round_up(several: list[dict[str, Any]]) -> Version:
    """A live blog that holds the texts of all stories of a half."""
    text = " ".join(f"{story['original']} {story['more']}" for story in several)
    return Version("all", "round-up", None, text_of(article(text, "2031-03-05")))


def score(half: str, *, errors: bool = False) -> Versions:
    """All versions of the stories of one half linked in one call."""
    several = [story for story in stories() if story["half"] == half]
    every = [*(v for story in several for v in versions(story)), round_up(several)]
    rows = {row.document: row for row in link(v.text for v in every).rows}
    original = {v.story: v.text.document for v in every if v.kind == "original"}
    total = Versions()
    for v in every:
        row = rows.get(v.text.document)
        if v.kind == "original":
            continue
        if v.kind is None:
            total.wrong += row is not None
            if errors and row is not None:
                print(f"  wrong  {v.story}: {v.name} as {row.kind} {row.similarity}")
            continue
        hit = row is not None and row.of == original[v.story]
        total.right += hit
        total.missed += not hit
        total.kind += row is not None and hit and row.kind == v.kind
        counts = total.by_kind.setdefault(v.kind, [0, 0])
        counts[0] += hit
        counts[1] += 1
        if errors and (row is None or not hit or row.kind != v.kind):
            print(f"  {v.story}: {v.name}: {'missed' if row is None else f'{row.kind} {row.similarity}'}, expected {v.kind}")
    return total


def figures() -> dict[str, float]:
    """Precision and recall over both halves."""
    first, second = (score(half) for half in HALVES)
    both = replace(
        first, right=first.right + second.right, wrong=first.wrong + second.wrong, missed=first.missed + second.missed
    )
    return {"precision": both.precision, "recall": both.recall}


def real() -> list[Article]:
    """The articles of ``text/news``, which a blank line parts, and of Wikinews."""
    found = list(read(folder() / "text" / "wikinews_2020.csv", DEFAULT))
    for path in sorted((folder() / "text" / "news").glob("*.txt")):
        for part in re.split(r"\n\s*\n", path.read_text(encoding="utf-8").strip()):
            title, _, text = part.strip().partition("\n")
            if text.strip():
                found.append(article(text, None, title))
    return found


def _real() -> None:
    articles = {one.id: one for one in real()}
    rows = link(text_of(one) for one in articles.values()).rows
    for row in rows:
        print(f"{row.kind:8} {row.similarity:.2f}  {articles[row.document].title} | {articles[row.of].title}")
    print(f"{len(rows)} pairs in {len(articles)} articles")


def _speed(count: int) -> None:
    """The time to sketch 200 articles, and to link 1,000 texts to those of two weeks."""
    chance = random.Random(3)
    vocabulary = [f"w{k}" for k in range(20_000)]
    texts = []
    for k in range(count):
        words = " ".join(chance.choices(vocabulary, k=60)).capitalize() + "."
        texts.append(
            Text(f"{k:08}", str(date(2031, 3, 1) + timedelta(days=k % 14)), None, text_of(article(words, None)).sketch)
        )
    new, stored = texts[:1_000], texts[1_000:]

    def nearby(days: list[Days]) -> list[Text]:
        return stored

    began = time.process_time()
    link(new, nearby)  # type: ignore[arg-type]
    print(f"{len(new):,} texts linked to {len(stored):,} in {time.process_time() - began:.2f} s of one core")


def main() -> None:
    a = argparse.ArgumentParser(
        prog="python -m bench.copies", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    a.add_argument("--errors", action="store_true", help="print what is wrong or missed in the first half")
    a.add_argument("--real", action="store_true", help="print the pairs found in the real articles")
    a.add_argument("--speed", type=int, metavar="N", help="link 1,000 texts to N others")
    o = a.parse_args()
    if o.real:
        _real()
        return
    if o.speed:
        _speed(o.speed + 1_000)
        return
    for half in HALVES:
        s = score(half, errors=o.errors and half == "first")
        kinds = "  ".join(f"{kind} {hit}/{of}" for kind, (hit, of) in s.by_kind.items())
        print(
            f"{half:7} right {s.right} wrong {s.wrong} missed {s.missed}  precision {s.precision:.2f}  recall {s.recall:.2f}"
            f"  kind right {s.kind}  {kinds}"
        )


if __name__ == "__main__":
    main()
