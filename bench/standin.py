"""A reader that is quick and simple, and articles for it: for measuring and killing the archive without waiting for models.

The articles are made from a seed: reports of one state on another in plain sentences. ``StandIn`` finds state, verb, state in
each of them, so its rows have true offsets and ids like those of ``dm.load()``, and ``verify`` holds them to the same rules.
"""

from __future__ import annotations

import csv
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from dragoman.records import (
    Actor,
    ActorRef,
    Article,
    Event,
    Evidence,
    Interval,
    Mention,
    Record,
    Span,
    Statement,
    content_id,
)
from dragoman.settings import Settings

STATES = {
    "Chile": "CHL", "Norway": "NOR", "Kenya": "KEN", "Japan": "JPN", "Peru": "PER", "Ghana": "GHA", "Turkey": "TUR",
    "Spain": "ESP", "India": "IND", "Brazil": "BRA", "Canada": "CAN", "Egypt": "EGY", "Poland": "POL", "Vietnam": "VNM",
    "Oman": "OMN", "Fiji": "FJI",
}  # fmt: skip
VERBS = {
    "praised": ("SUPPORT", 1, "05", 3.4),
    "met": ("CONSULT", 1, "04", 1.0),
    "aided": ("AID", 2, "07", 7.0),
    "accused": ("ACCUSE", 3, "11", -2.0),
    "threatened": ("THREATEN", 3, "13", -4.4),
    "sanctioned": ("SANCTION", 4, "16", -6.0),
}
TOPICS = "harbour fishing border railway grain water pipeline satellite visa tariff island canal airport steel timber".split()
_ROW = re.compile(rf"\b({'|'.join(STATES)}) ({'|'.join(VERBS)}) ({'|'.join(STATES)})\b")
_SAID = re.compile(rf"\b({'|'.join(STATES)}) (said) (.+?)\.")


@dataclass(frozen=True, slots=True)
class StandIn:
    """What ``archive.add`` needs of a reader."""

    settings: Settings
    profile: str = "stand-in"

    def code(self, article: Article) -> Record:
        events: list[Event] = []
        statements: list[Statement] = []
        mentions: dict[str, list[Mention]] = {}
        for sentence in article.sentences:
            words = article.text[sentence.start : sentence.end]
            evidence = (Evidence(article.id, sentence.i, sentence.start, sentence.end),)

            def state(found: re.Match[str], group: int, at: int = sentence.start, number: int = sentence.i) -> ActorRef:
                start, end = at + found.start(group), at + found.end(group)
                name = found[group]
                mentions.setdefault(name, []).append(Mention(number, start, end, name))
                return ActorRef(STATES[name], name, start, end, STATES[name], "GOV")

            for found in _ROW.finditer(words):
                if found[1] != found[3]:
                    events.append(_event(article, evidence, state(found, 1), state(found, 3), found))
            for found in _SAID.finditer(words):
                statements.append(_statement(article, evidence, state(found, 1), found))
        actors = tuple(
            Actor(STATES[name], name, STATES[name], "GOV", mentions=tuple(mentions[name])) for name in sorted(mentions)
        )
        made = {"version": "0", "codebook": "1", "models": {"stand-in": "1"}}
        return Record(made, article, actors, _once(events), tuple(statements))


def load(settings: Settings | None = None) -> StandIn:
    """The stand-in, made in each process as ``dm.load()`` would be."""
    return StandIn(settings or Settings())


def _event(article: Article, evidence: tuple[Evidence, ...], source: ActorRef, target: ActorRef, found: re.Match[str]) -> Event:
    root, quad, cameo, intensity = VERBS[found[2]]
    start = evidence[0].start + found.start(2)
    published = article.published
    day = None if published is None else Interval(published.from_, published.to, "day", "relative")
    return Event(
        id=content_id(
            article.id, evidence[0].start, evidence[0].end, source.actor, source.start, target.actor, target.start, root
        ),
        source=source,
        target=target,
        root=root,
        mode=None,
        context=(),
        quad=quad,
        cameo=cameo,
        intensity=intensity,
        modality="happened",
        asserted_by=None,
        mutual=root == "CONSULT",
        date=day,
        place=None,
        trigger=Span(found[2], start, start + len(found[2])),
        score=0.9,
        evidence=evidence,
    )


def _statement(article: Article, evidence: tuple[Evidence, ...], speaker: ActorRef, found: re.Match[str]) -> Statement:
    at = evidence[0].start
    start, end = at + found.start(3), at + found.end(3)
    return Statement(
        id=content_id("statement", article.id, speaker.actor, speaker.start, start, end),
        speaker=speaker,
        cue=Span("said", at + found.start(2), at + found.end(2)),
        kind="indirect",
        content=Span(found[3], start, end),
        addressee=None,
        about=(),
        stance=0,
        evidence=evidence,
    )


def _once(events: list[Event]) -> tuple[Event, ...]:
    return tuple({event.id: event for event in events}.values())


# Articles


def text(rng: random.Random, number: int) -> str:
    """One article of about 150 words; ``number`` stands in it, so that no two are the same by chance."""
    lines = [f"Report {number} from the {rng.choice(TOPICS)} talks"]
    for _ in range(rng.randint(2, 4)):
        sentences = []
        for _ in range(rng.randint(2, 5)):
            one, other = rng.sample(sorted(STATES), 2)
            topic, place = rng.choice(TOPICS), rng.choice(TOPICS)
            kind = rng.random()
            if kind < 0.6:
                verb = rng.choice(sorted(VERBS))
                sentences.append(f"{one} {verb} {other} over the {topic} plan near the {place} on file {rng.randint(1, 999)}.")
            elif kind < 0.8:
                sentences.append(
                    f"{one} said the {topic} plan of {rng.randint(2, 90)} pages would reach {other} before winter."
                )
            else:
                sentences.append(f"Nobody in the {topic} office answered questions about the {place} on Monday.")
        lines.append(" ".join(sentences))
    return "\n\n".join(lines)


def day(rng: random.Random) -> str:
    return (date(2030, 1, 1) + timedelta(days=rng.randint(0, 700))).isoformat()


def documents(count: int, seed: int) -> Iterator[dict[str, str]]:
    """Articles as rows of a table: every tenth is a near-copy of the one before, every fiftieth the same text again."""
    rng = random.Random(seed)
    last = {"text": "", "published": ""}
    for number in range(count):
        if number % 50 == 49:
            yield last
        elif number % 10 == 9:
            yield {"text": last["text"] + f"\n\nReporting of desk {number}.", "published": last["published"]}
        else:
            last = {"text": text(rng, seed * 1_000_000 + number), "published": day(rng)}
            yield last


def write_inputs(folder: Path, count: int, seed: int) -> list[str]:
    """The articles in files of several formats, some of them faulty; the paths to add, in their order."""
    folder.mkdir(parents=True, exist_ok=True)
    made = list(documents(count, seed))
    thirds = [made[k::3] for k in range(3)]
    for number, document in enumerate(thirds[0]):
        (folder / f"{number:05}.txt").write_text(document["text"], encoding="utf-8")
    (folder / "empty.txt").write_text("", encoding="utf-8")
    with (folder / "table.csv").open("w", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, ["published", "text"])
        table.writeheader()
        table.writerows(thirds[1])
        table.writerow({"published": "2030-01-01", "text": ""})
    lines = [json.dumps(document) for document in thirds[2]]
    lines.insert(len(lines) // 2, "{broken")
    (folder / "lines.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return [str(folder)]
