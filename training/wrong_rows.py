"""Rows that do not meet the marks of articles that no model was trained on: ``python training/wrong_rows.py [--count 200]``.

Prints how many rows there are and how many are wrong, then a sample by a fixed seed: the sentence, the row, and every mark of
the sentence. docs/quality.md tells their causes, which a reader gave one by one.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import own_marks

sys.path.insert(0, str(Path(__file__).parents[1]))
from bench.articles import gold, key, numbered
from bench.reference import folder
from dragoman.reader import Reader, load
from dragoman.records import ActorRef, Event

MARKS, SEED = Path(__file__).parent / "marks" / "dev.jsonl", 5


def shown(e: Event) -> str:
    def side(ref: ActorRef) -> str:
        return f"{ref.text or '-'} [{ref.country}]"

    return f"{side(e.source)} > {side(e.target)} {e.root} {e.modality} ({e.trigger.text}) {e.score:.2f}"


def marked(e: dict[str, Any]) -> str:
    sides = (f"{e[side]['text'] or '-'} [{e[side]['country']}]" for side in ("source", "target"))
    return f"{' > '.join(sides)} {e['root']} {e['modality']}"


def rows(reader: Reader, articles: Sequence[dict[str, Any]]) -> Iterator[tuple[bool, str]]:
    """Whether each row meets a mark, and the row in its sentence with the sentence's marks."""
    for article in articles:
        right = set(gold(article)[0])
        for e in reader.read_text(article["text"], published=article["published"]).events:
            n = numbered(article, e.trigger.start)
            start, end = article["sentences"][n]
            marks = [f"   MARK {marked(m)}" for m in article["events"] if m["s"] == n] or ["   MARK none"]
            words = " ".join(article["text"][start:end].split())
            told = "\n".join([f"{article['id']} sentence {n}", f"   {words}", f"   ROW  {shown(e)}", *marks])
            yield key(n, e.source.country, e.target.country, e.root) in right, told


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--profile", default="default")
    a.add_argument("--count", type=int, default=200)
    o = a.parse_args()
    found = list(rows(load(profile=o.profile), list(own_marks.load(MARKS, folder()))))
    wrong = [told for is_right, told in found if not is_right]
    print(f"{len(found)} rows, {len(wrong)} of them wrong")
    for n, told in enumerate(random.Random(SEED).sample(wrong, min(o.count, len(wrong))), 1):
        print(f"\n{n}. {told}")


if __name__ == "__main__":
    main()
