"""Material for briefs made by hand: a text in sentences, and rows whose spans are found by their words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from dragoman.brief.material import Actor, Discrepancy, Event, Figure, Instrument, Material, Ref, Side, Statement, Text, When
from dragoman.brief.question import question
from dragoman.codebook import events as event_codebook

MORI = Actor("JPN.GOV.haruka-mori", "Haruka Mori", "JPN", "GOV", "prime minister")
CRUZ = Actor("PHL.GOV.elena-cruz", "Elena Cruz", "PHL", "GOV", "president")
STATES = tuple(
    Actor(c, n, c, "GOV", None)
    for c, n in (("JPN", "Japan"), ("PHL", "Philippines"), ("CHN", "China"), ("USA", "United States"))
)
PEOPLE = (MORI, CRUZ, *STATES)


def day(iso: str, words: str | None = None) -> When:
    return When(date.fromisoformat(iso), date.fromisoformat(iso), "day", "explicit", words)


def text(*sentences: str, published: str | None = "2031-07-25", outlet: str | None = "Pacific Desk", id_: str = "a1") -> Text:
    """An article whose first sentence is its title."""
    whole, spans, at = "\n".join(sentences), [], 0
    for i, words in enumerate(sentences):
        spans.append(("body" if i else "title", at, at + len(words)))
        at += len(words) + 1
    when = day(published) if published else None
    return Text(id_, sentences[0], outlet, None, when, whole, tuple(spans), {a.id: a for a in PEOPLE})


def ref(of: Text, actor: Actor, words: str | None, after: int = 0) -> Ref:
    """An actor of a row at the first place of its words after an offset; without words, one without a place."""
    if words is None:
        return Ref(actor.id, None, None, None, actor.country, actor.sector)
    start = of.text.index(words, after)
    return Ref(actor.id, words, start, start + len(words), actor.country, actor.sector)


def event(
    of: Text, sentence: int, source: tuple[Actor, str], root: str, trigger: str, target: tuple[Actor, str], **more: Any
) -> Event:
    """An event of one sentence; actors and trigger are named by their words in it."""
    begin = of.sentences[sentence][1]
    at = of.text.index(trigger, begin)
    known = event_codebook.load().roots[root]
    row = Event(
        f"e{sentence}{root}",
        of.id,
        sentence,
        ref(of, *source, begin),
        ref(of, *target, begin),
        root,
        None,
        known.quad,
        known.intensity,
        "happened",
        None,
        known.mutual,
        None,
        (at, at + len(trigger)),
        0.9,
        f"g{sentence}{root}",
        of.published.first if of.published else None,
    )
    return replace(row, **more)


def statement(of: Text, sentence: int, speaker: tuple[Actor, str], cue: str, content: str, **more: Any) -> Statement:
    begin = of.sentences[sentence][1]
    at = of.text.index(content, begin)
    row = Statement(
        f"s{sentence}", of.id, sentence, ref(of, *speaker, begin), None, cue, "direct", content, (at, at + len(content)), (), 0
    )
    return replace(row, **more)


def instrument(of: Text, sentence: int, name: str, kind: str, parties: tuple[str, ...], status: str | None) -> Instrument:
    return Instrument(f"i{sentence}", of.id, sentence, name, kind, parties, status, None)


def figure(in_: Text, sentence: int, value: float, unit: str, what: str, words: str, **more: Any) -> Figure:
    row = Figure(f"f{sentence}", in_.id, sentence, value, None, None, unit, what, None, None, words)
    return replace(row, **more)


def discrepancy(of: Text, about: str, *sides: tuple[str, tuple[int, ...]], favoured: int | None = None) -> Discrepancy:
    found = tuple(Side(value, tuple((of.id, i) for i in sentences)) for value, sentences in sides)
    return Discrepancy("d1", "date", about, found, favoured, f"{about} is given two dates; a caption decides")


def material(*texts: Text, pair: tuple[str, str | None] = ("JPN", "PHL"), **rows: tuple[Any, ...]) -> Material:
    none: dict[str, tuple[Any, ...]] = dict.fromkeys(
        ("events", "third", "statements", "instruments", "figures", "discrepancies"), ()
    )
    return Material(
        question(*pair),
        **{**none, **rows},
        texts={t.id: t for t in texts},
        copies={},
        archive_articles=len(texts),
        models=("events-1",),
    )
