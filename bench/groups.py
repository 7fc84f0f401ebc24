"""Event groups on own short articles: pairwise precision and recall, on rows made by hand and on rows of the real reader.

    python -m bench.groups [--errors] [--hand] [--speed N]

``bench/data/groups.jsonl`` has 44 stories, each in several articles (agency, rewrite, what followed): 126 events told in 425
sentences, with look-alikes beside them: two visits in a month, two attacks in two days or in one night, second rounds of
talks, two meetings of one pair in one week, three charges in three days, counts that rise. Every sentence names its event, the
words for it, its modality and its day. A pair of mentions is right where both the marks and the groups hold them to be one
event, wrong where only the groups do, missed where only the marks do. All stories are grouped in one call. Weights and settings
were chosen on the first half; the second half's errors were not read before the figures of docs/groups.md were taken.

* ``hand``: the rows as a coder without fault would make them, so the figure is of grouping alone;
* ``reader``: the rows that ``dragoman.load()`` finds in the articles; only rows of a marked sentence with the event's two
  states and a root near its own count, at most one for a mark.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

from bench.score import Score
from dragoman import codebook as facts
from dragoman.codebook import events as codebook
from dragoman.coding.events.modes import mode_of
from dragoman.reconcile import mentions, sameness
from dragoman.reconcile.groups import Joined, Mention, group, mention
from dragoman.records import Document, Record, content_id

SET = Path(__file__).parent / "data" / "groups.jsonl"
HALVES = ("first", "second")


@dataclass(frozen=True, slots=True)
class Marked:
    """A mention with the event that the marks say it is of."""

    mention: Mention
    event: str
    half: str
    words: str


@dataclass
class Pairs(Score):
    """Counts of pairs of mentions."""

    mentions: int = 0


def stories(path: Path = SET) -> list[dict[str, Any]]:
    """The stories of the set."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def by_hand(story: Mapping[str, Any]) -> Iterator[Marked]:
    """The rows of a story as a coder without fault would make them."""
    for article in story["articles"]:
        document = content_id(story["id"], article["outlet"], article["published"])
        order = [article["title"], *article["sentences"]]
        for told in article["told"]:
            of = story["groups"][told["group"]]
            root = codebook.load().roots[of["root"]]
            mode = mode_of(root, told["trigger"])
            days = [date.fromisoformat(day) for day in told["date"] or ()]
            yield Marked(
                Mention(
                    id=content_id(document, told["words"], told["group"]),
                    document=document,
                    sentence=order.index(told["words"]),
                    source_actor=of["source"],
                    source_country=of["source"],
                    target_actor=of["target"],
                    target_country=of["target"],
                    root=of["root"],
                    mode=mode.name if mode else None,
                    modality=told["modality"],
                    mutual=of["mutual"],
                    date_from=days[0] if days else None,
                    date_to=days[-1] if days else None,
                    date_precision="day" if len(days) == 1 else "range" if days else None,
                    published=date.fromisoformat(article["published"]),
                    place_name=None,
                    trigger_text=told["trigger"],
                    trigger_start=told["words"].index(told["trigger"]),
                    words=mentions.words_of(told["words"]),
                ),
                f"{story['id']} {told['group']}",
                story["half"],
                told["words"],
            )


def documents(story: Mapping[str, Any]) -> list[Document]:
    """The articles of a story."""
    return [
        Document(
            text=" ".join(article["sentences"]),
            title=article["title"],
            published=article["published"],
            outlet=article["outlet"],
        )
        for article in story["articles"]
    ]


def by_reader(story: Mapping[str, Any], records: Iterable[Record]) -> Iterator[Marked]:
    """The rows that the reader finds for the marks of a story."""
    for article, record in zip(story["articles"], records, strict=True):
        taken: set[str] = set()
        for told in article["told"]:
            of = story["groups"][told["group"]]
            rows = [
                event
                for event in record.events
                if event.id not in taken
                and " ".join(record.article.words(event.evidence[0].sentence).split()) == told["words"]
                and sorted((event.source.country or "", event.target.country or "")) == sorted((of["source"], of["target"]))
                and (event.root == of["root"] or sameness.neighbours(event.root, of["root"]))
            ]
            if rows:
                best = max(rows, key=lambda e: (told["trigger"] in e.trigger.text, e.root == of["root"], e.score, e.id))
                taken.add(best.id)
                yield Marked(mention(best, record.article), f"{story['id']} {told['group']}", story["half"], told["words"])


def score(marked: Iterable[Marked], rows: Iterable[Joined], half: str, *, errors: bool = False) -> Pairs:
    """Pairs of one half that are right, wrong and missed."""
    group_of = {row.event: row for row in rows}
    total = Pairs()
    mine = [one for one in marked if one.half == half]
    total.mentions = len(mine)
    for a, b in combinations(mine, 2):
        same, held = a.event == b.event, group_of[a.mention.id].group == group_of[b.mention.id].group
        total.right += same and held
        total.wrong += held and not same
        total.missed += same and not held
        if errors and same != held:
            print(f"  {'missed' if same else 'wrong '} {a.event}{'' if same else ' / ' + b.event}")
            for one in (a, b):
                m = one.mention
                print(f"         {m.published} {m.root} {m.mode} {m.modality} {m.date_from}..{m.date_to} | {one.words}")
    return total


def read_all(several: list[dict[str, Any]]) -> list[list[Record]]:
    """The records of all stories, in their order."""
    import dragoman

    reader = dragoman.load()
    return [list(reader.pipe(documents(story))) for story in several]


def figures() -> dict[str, float]:
    """Pairwise precision and recall of both kinds of rows on the second half, and of the first."""
    several = stories()
    found: dict[str, float] = {}
    hand = [one for story in several for one in by_hand(story)]
    read = [one for story, records in zip(several, read_all(several), strict=True) for one in by_reader(story, records)]
    for kind, marked in (("hand", hand), ("reader", read)):
        rows = group(one.mention for one in marked)
        for half in HALVES:
            one = score(marked, rows, half)
            found[f"{kind}_{half}_precision"], found[f"{kind}_{half}_recall"] = one.precision, one.recall
    return found


def _table(kind: str, marked: list[Marked], *, errors: bool) -> None:
    rows = group(one.mention for one in marked)
    for half in HALVES:
        one = score(marked, rows, half, errors=errors and half == "first")
        print(
            f"{kind:7} {half:7} mentions {one.mentions:4}  pairs right {one.right:4} wrong {one.wrong:3} missed {one.missed:3}"
            f"  precision {one.precision:.3f}  recall {one.recall:.3f}  F1 {one.f1:.3f}"
        )


def synthetic(count: int) -> Iterator[Mention]:
    """Mentions of made events over 20 years: few pairs have most of them, three in ten events are told more than once."""
    import random

    chance = random.Random(7)
    states = [state.id for state in facts.load().states if state.to is None]
    vocabulary = [f"w{k}" for k in range(4_000)]
    roots = list(codebook.load().roots.values())
    made = 0
    while made < count:
        a, b = (states[min(int(chance.paretovariate(0.6)) - 1, len(states) - 1)] for _ in range(2))
        root = chance.choice(roots)
        day = date(2005, 1, 1) + timedelta(days=chance.randrange(7_300))
        words = chance.sample(vocabulary, 12)
        for _ in range(1 if chance.random() < 0.7 else chance.randint(2, 6)):
            said = " ".join(sorted({*chance.sample(words, 7), *chance.sample(vocabulary, 4)}))
            told = chance.random() < 0.3
            yield Mention(
                id=content_id(made),
                document=content_id("document", made // 5),
                sentence=made % 5,
                source_actor=a,
                source_country=a,
                target_actor=b,
                target_country=b,
                root=root.name,
                mode=None,
                modality="happened",
                mutual=root.mutual,
                date_from=day if told else None,
                date_to=day if told else None,
                date_precision="day" if told else None,
                published=day + timedelta(days=chance.randint(0, 2)),
                place_name=None,
                trigger_text=words[0],
                trigger_start=0,
                words=said,
            )
            made += 1


def _speed(count: int) -> None:
    several = list(synthetic(count))
    began = time.process_time()
    rows = group(several)
    took = time.process_time() - began
    print(f"{count:,} mentions grouped at once in {took:.1f} s of one core ({len({row.group for row in rows}):,} groups)")
    _batch(several)


def _batch(several: list[Mention]) -> None:
    """The time to join the rows of 1,000 articles (5 each, published in two days) to all others, held in memory."""
    day = sorted(one.published for one in several if one.published)[len(several) // 2]
    new = [one for one in several if one.published and abs((one.published - day).days) <= 1]
    new += [one for one in several if one.published and 1 < abs((one.published - day).days) <= 40][: max(0, 5_000 - len(new))]
    new = new[:5_000]
    ids = {one.id for one in new}
    by_pair: dict[tuple[str, str], list[Mention]] = {}
    for one in several:
        if one.id not in ids:
            by_pair.setdefault(one.pair, []).append(one)
    asked = [0.0]

    def nearby(windows: Iterable[mentions.Window]) -> list[Mention]:
        began = time.process_time()
        found = [
            one
            for window in windows
            for one in by_pair.get(window.pair, ())
            if (days := one.days) is not None and days[0] <= window.to and window.from_ <= days[1]
        ]
        asked[0] += time.process_time() - began
        return found

    began = time.process_time()
    rows = group(new, nearby)
    took = time.process_time() - began - asked[0]
    stored = len(several) - len(new)
    print(f"{len(new):,} new mentions joined to {stored:,} in {took:.2f} s of one core, lookup apart ({len(rows):,} rows)")


def main() -> None:
    a = argparse.ArgumentParser(
        prog="python -m bench.groups", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    a.add_argument("--errors", action="store_true", help="print the wrong and missed pairs of the first half")
    a.add_argument("--hand", action="store_true", help="rows made by hand only")
    a.add_argument("--speed", type=int, metavar="N", help="group N made mentions and print the time")
    o = a.parse_args()
    if o.speed:
        _speed(o.speed)
        return
    several = stories()
    _table("hand", [one for story in several for one in by_hand(story)], errors=o.errors)
    if not o.hand:
        records = read_all(several)
        read = [one for story, of in zip(several, records, strict=True) for one in by_reader(story, of)]
        _table("reader", read, errors=o.errors)


if __name__ == "__main__":
    main()
