"""A brief as data: sections of lines, each with the passages that it rests on. Writers make lines, renderers print them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["event", "statement", "instrument", "figure", "discrepancy", "measure", "coverage"]


@dataclass(frozen=True, slots=True)
class Passage:
    """Where something stands: the article, the sentence in it, and the sentence's own words.

    ``before`` and ``after`` are the sentences around it, which a reader needs to know who "he" is. ``published`` is an ISO day,
    month or year as precise as it is known, or None.
    """

    document: str
    sentence: int
    start: int
    end: int
    words: str
    before: str = ""
    after: str = ""
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    url: str | None = None

    @property
    def link(self) -> str:
        """The address of the passage within a published archive: the article's page, at its sentence."""
        return f"articles/{self.document}#s{self.sentence}"


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of the brief.

    ``rows`` are the ids of the archive's rows behind it and ``sources`` counts the articles that tell the same;
    ``note`` is a label printed beside the sentence (a stance, a status), not part of the claim.
    """

    text: str
    kind: Kind
    passages: tuple[Passage, ...] = ()
    rows: tuple[str, ...] = ()
    sources: int = 1
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """``empty`` is what is printed where no line stood up: silence is told as silence."""

    id: str
    title: str
    lines: tuple[Line, ...]
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Level:
    """One row of the table of levels: a quad class or a period, with its interval (both None where it was not measured)."""

    what: str
    value: float
    low: float | None
    high: float | None
    trend: str | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """A written sentence that its evidence did not support, and why; counted, never printed in the brief."""

    line: Line
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """One article of the list of sources, with the sentences of it that the brief cites."""

    number: int
    document: str
    title: str | None
    outlet: str | None
    published: str | None
    url: str | None
    sentences: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """The whole backgrounder. ``refused`` holds what the verifier did not let through."""

    title: str
    lead: tuple[Line, ...]
    sections: tuple[Section, ...]
    levels: tuple[Level, ...]
    sources: tuple[Source, ...]
    made_by: str
    refused: tuple[Refused, ...] = field(default=(), repr=False)

    def lines(self) -> Iterator[Line]:
        """Every printed sentence, the lead first."""
        yield from self.lead
        for section in self.sections:
            yield from section.lines

    def number(self, passage: Passage) -> int:
        """The number of a passage's article in the list of sources."""
        return next(s.number for s in self.sources if s.document == passage.document)
