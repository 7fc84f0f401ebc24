"""What a brief is made from: rows of the archive, and the texts behind them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from dragoman.brief.document import Passage
from dragoman.brief.question import Question

DONE = ("happened", "ongoing")


@dataclass(frozen=True, slots=True)
class When:
    """A date with its precision; ``text`` are the words that gave it, None where it was reckoned otherwise."""

    first: datetime.date
    last: datetime.date
    precision: str
    how: str | None
    text: str | None


@dataclass(frozen=True, slots=True)
class Ref:
    """An actor as a row names it; offsets into the article's text."""

    actor: str | None
    text: str | None
    start: int | None
    end: int | None
    country: str | None
    sector: str | None


@dataclass(frozen=True, slots=True)
class Actor:
    id: str
    name: str
    country: str | None
    sector: str | None
    role: str | None


@dataclass(frozen=True, slots=True)
class Text:
    """An article with its sentences ``(kind, start, end)``; the number of a sentence is its place in the tuple."""

    id: str
    title: str | None
    outlet: str | None
    url: str | None
    published: When | None
    text: str
    sentences: tuple[tuple[str, int, int], ...]
    actors: Mapping[str, Actor]

    def words(self, i: int) -> str:
        if not 0 <= i < len(self.sentences):
            return ""
        _, start, end = self.sentences[i]
        return self.text[start:end]

    def passage(self, i: int) -> Passage:
        _, start, end = self.sentences[i]
        return Passage(
            self.id,
            i,
            start,
            end,
            self.words(i),
            "\n".join(w.replace("\n", " ") for w in (self.words(i - 3), self.words(i - 2), self.words(i - 1)) if w),
            self.words(i + 1),
            self.title,
            self.outlet,
            iso(self.published),
            self.url,
        )


@dataclass(frozen=True, slots=True)
class Event:
    id: str
    document: str
    sentence: int
    source: Ref
    target: Ref
    root: str
    mode: str | None
    quad: int
    intensity: float
    modality: str
    asserted_by: str | None
    mutual: bool
    date: When | None
    trigger: tuple[int, int]
    score: float
    group: str
    published: datetime.date | None


@dataclass(frozen=True, slots=True)
class Statement:
    id: str
    document: str
    sentence: int
    speaker: Ref
    addressee: Ref | None
    cue: str | None
    kind: str
    content: str
    content_span: tuple[int, int]
    about: tuple[str, ...]
    stance: int


@dataclass(frozen=True, slots=True)
class Instrument:
    id: str
    document: str
    sentence: int
    name: str
    kind: str
    parties: tuple[str, ...]
    status: str | None
    date: When | None


@dataclass(frozen=True, slots=True)
class Figure:
    id: str
    document: str
    sentence: int
    value: float
    to: float | None
    bound: str | None
    unit: str
    what: str | None
    of: str | None
    on: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Side:
    value: str
    evidence: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Discrepancy:
    id: str
    kind: str
    about: str
    sides: tuple[Side, ...]
    favoured: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Material:
    """Everything a brief may tell. ``texts`` holds the articles of all rows; ``copies`` names articles that repeat another."""

    question: Question
    events: tuple[Event, ...]
    third: tuple[Event, ...]
    statements: tuple[Statement, ...]
    instruments: tuple[Instrument, ...]
    figures: tuple[Figure, ...]
    discrepancies: tuple[Discrepancy, ...]
    texts: Mapping[str, Text]
    copies: Mapping[str, str]
    archive_articles: int
    models: tuple[str, ...]


def iso(when: When | None) -> str | None:
    """A date as precise as it is known: a day, a month or a year; None for longer spans."""
    if when is None:
        return None
    return {"day": when.first.isoformat(), "month": when.first.isoformat()[:7], "year": when.first.isoformat()[:4]}.get(
        when.precision
    )
