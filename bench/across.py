"""Discrepancies between articles: precision and recall on own cases, with as many look-alikes.

    python -m bench.across [--errors] [--hand]

``bench/data/across.jsonl`` has 84 cases, each one sentence in each of two or three articles on one event: 40 with one
discrepancy (16 of counts, 10 of days, 8 of whether it happened, 6 of persons), 4 with a toll that rises, and 40 look-alikes
(another precision, a bound, a part, a plan, another event). A finding is right where the case expects its kind, and any other
finding is wrong. ``favoured`` counts the side, or none, of those found; ``updates`` the rising tolls that are told as such.

* ``hand``: event rows as a coder without fault makes them, figures as the reader finds them;
* ``reader``: everything as ``dragoman.load()`` finds it.

Each goes through grouping first, so a pair that is not grouped is missed. The second half (every second case) was not looked at
before its figures were taken.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bench.score import Score
from dragoman import codebook as facts
from dragoman.codebook import events as codebook
from dragoman.coding.actors.resolver import Resolver
from dragoman.coding.events.modes import mode_of
from dragoman.coding.findings.figures import figures as quantities
from dragoman.reconcile.across import Across, across
from dragoman.reconcile.groups import group, mention
from dragoman.reconcile.mentions import Mention, words_of
from dragoman.reconcile.told import Told
from dragoman.records import Article, Document, Interval, Record, Sentence, content_id

SET = Path(__file__).parent / "data" / "across.jsonl"
HALVES = ("first", "second")


@dataclass
class Result(Score):
    """Counts over cases; ``favoured``: right ones whose favoured side is right too; ``updates``: rising counts told as such."""

    favoured: int = 0
    updates: int = 0


def cases(path: Path = SET) -> list[dict[str, Any]]:
    """The cases of the set."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def by_hand(case: Mapping[str, Any], resolver: Resolver) -> Iterator[Told]:
    """The event rows as a coder without fault makes them, with the figures of their sentences."""
    root = codebook.load().roots[case["root"]]
    for k, row in enumerate(case["articles"]):
        words = row["words"]
        document = content_id(case["id"], k)
        published = Interval(row["published"], row["published"], "day", "metadata")
        sentence = Sentence(0, "body", 0, len(words))
        article = Article(document, None, None, (), "en", None, published, (), None, words, (sentence,))
        days = [date.fromisoformat(day) for day in row["date"] or ()]
        mode = mode_of(root, row["trigger"])
        yield Told(
            Mention(
                id=content_id(document, "event"),
                document=document,
                sentence=0,
                source_actor=row["source"],
                source_country=row["source"][:3],
                target_actor=row["target"],
                target_country=row["target"][:3],
                root=case["root"],
                mode=mode.name if mode else None,
                modality=row["modality"],
                mutual=case["mutual"],
                date_from=days[0] if days else None,
                date_to=days[-1] if days else None,
                date_precision=(None, "day", "month")[len(days)],
                published=date.fromisoformat(row["published"]),
                place_name=None,
                trigger_text=row["trigger"],
                trigger_start=words.index(row["trigger"]),
                words=words_of(words, row["source"], row["target"]),
            ),
            words,
            0,
            document,
            figures=quantities(article, resolver.article(article)),
        )


def by_reader(records: Sequence[Record]) -> Iterator[Told]:
    """The rows of records, as the archive gives them."""
    for record in records:
        for event in record.events:
            at = event.evidence[0]
            yield Told(
                mention(event, record.article),
                record.article.words(at.sentence),
                at.start,
                record.article.id,
                outlet=record.article.outlet,
                asserted_by=event.asserted_by,
                date_text=event.date.text if event.date else None,
                figures=tuple(f for f in record.figures if f.evidence[0].sentence == at.sentence),
            )


def documents(case: Mapping[str, Any]) -> list[Document]:
    """The articles of a case."""
    return [Document(text=row["words"], published=row["published"]) for row in case["articles"]]


def found_in(told: Sequence[Told]) -> Across:
    """The discrepancies of a case, by way of its groups."""
    of = {row.event: row.group for row in group(t.mention for t in told)}
    groups: dict[str, list[Told]] = {}
    for one in told:
        groups.setdefault(of[one.mention.id], []).append(one)
    return across(groups)


def add(total: Result, case: Mapping[str, Any], told: Sequence[Told], *, errors: bool = False) -> None:
    """Count one case."""
    found = found_in(told)
    expected = case["expected"] if case["expected"] not in ("none", "update") else None
    wrong = []
    hit = False
    for _, row in found.discrepancies:
        if row.kind == expected and not hit:
            hit = True
            total.right += 1
            side = None if row.favoured is None else row.sides[row.favoured].value
            wanted = case["favoured"]
            total.favoured += side == wanted or (None not in (side, wanted) and _same(str(side), str(wanted)))
            if errors and not (side == wanted or (None not in (side, wanted) and _same(str(side), str(wanted)))):
                print(f"  favours {case['id']}: {side}, expected {wanted}: {row.reason}")
        else:
            wrong.append(row)
    total.wrong += len(wrong)
    total.missed += expected is not None and not hit
    total.updates += case["expected"] == "update" and len(found.updates) == 1
    if errors:
        for row in wrong:
            print(f"  wrong  {case['id']} {row.kind}: {row.reason}")
        if expected is not None and not hit:
            print(f"  missed {case['id']} {expected}: " + " / ".join(row["words"] for row in case["articles"]))


def _same(side: str, wanted: str) -> bool:
    return side.replace("-", " ").lower() == wanted.replace("-", " ").lower()


def figures() -> dict[str, float]:
    """Precision and recall of both kinds of rows on both halves together."""
    found: dict[str, float] = {}
    for kind, total in (("hand", _score("hand", HALVES)), ("reader", _score("reader", HALVES))):
        found[f"{kind}_precision"], found[f"{kind}_recall"] = total.precision, total.recall
    return found


def _score(kind: str, halves: Sequence[str], *, errors: bool = False) -> Result:
    several = [case for case in cases() if case["half"] in halves]
    total = Result()
    if kind == "hand":
        resolver = Resolver(facts.load())
        for case in several:
            add(total, case, list(by_hand(case, resolver)), errors=errors)
        return total
    import dragoman

    reader = dragoman.load()
    for case in several:
        add(total, case, list(by_reader(list(reader.pipe(documents(case))))), errors=errors)
    return total


def main() -> None:
    a = argparse.ArgumentParser(
        prog="python -m bench.across", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    a.add_argument("--errors", action="store_true", help="print what is wrong or missed in the first half")
    a.add_argument("--hand", action="store_true", help="rows made by hand only")
    o = a.parse_args()
    for kind in ("hand",) if o.hand else ("hand", "reader"):
        for half in HALVES:
            s = _score(kind, (half,), errors=o.errors and half == "first")
            print(
                f"{kind:7} {half:7} right {s.right:3} wrong {s.wrong:3} missed {s.missed:3}  precision {s.precision:.2f}"
                f"  recall {s.recall:.2f}  favoured {s.favoured}/{s.right}  updates told {s.updates}"
            )


if __name__ == "__main__":
    main()
