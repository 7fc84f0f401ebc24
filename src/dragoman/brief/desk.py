"""One brief in the making: each happening told once, by the first sentence that its evidence supports."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from dragoman.brief.choosing import Told
from dragoman.brief.document import Line, Refused
from dragoman.brief.material import DONE, Event, Material, Statement
from dragoman.brief.verify import faults
from dragoman.brief.verify.words import quotations
from dragoman.brief.writing.events import Dispute, event_lines
from dragoman.brief.writing.quoted import quoted_line
from dragoman.brief.writing.statements import statement_lines
from dragoman.settings import Settings


@dataclass
class Desk:
    """One brief in the making.

    ``told`` holds keys and passages of happenings that are told, ``tried`` quotations that were tried once, ``words`` by kind
    of line what the accepted sentences say, ``refused`` the first candidate of each row of which none was supported.
    """

    material: Material
    settings: Settings
    disputes: dict[str, tuple[Dispute, ...]]
    told: set[str] = field(default_factory=set)
    tried: set[str] = field(default_factory=set)
    words: dict[str, list[_Said]] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)

    def accept(self, candidates: Iterable[Line]) -> Line | None:
        """The first candidate that its evidence supports and that says something new among lines of its kind."""
        first: Refused | None = None
        for line in candidates:
            found = faults(line, self.material)
            if found:
                first = first or Refused(line, found)
                continue
            kind = "event" if line.kind == "statement" and ": “" not in line.text else line.kind
            said = _said(line.text)
            if any(said.covers(other) for other in self.words.setdefault(kind, [])):
                return None
            if kind in ("figure", "instrument") and self._is_told(line):
                continue
            self.words[kind].append(said)
            return line
        if first is not None:
            self.refused.append(first)
        return None

    def _is_told(self, line: Line) -> bool:
        """Whether what a figure or an instrument would be quoted for stands in another section already."""
        quoted = quotations(line.text)
        earlier = [*self.words.get("event", []), *self.words.get("statement", [])]
        return bool(quoted) and any(_said(quoted[0]).covers(other) for other in earlier)

    def event(self, happening: Told) -> Line | None:
        """A group of mentions told once, by the mention that can be told best."""
        key = _key(happening.event)
        if key in self.told:
            return None
        sources = len(happening.documents)
        for mention in happening.mentions[:4]:
            text = self.material.texts.get(mention.document)
            if text is None or _signature(mention) in self.told:
                continue
            line = self.accept(event_lines(mention, text, sources, disputes=self.disputes.get(mention.document, ())))
            if line is not None:
                self.told |= {key, _signature(mention), f"{_countries(mention)}:{mention.root}"}
                return line
        return None

    def quoted(self, happening: Told, *, again: bool = False) -> Line | None:
        """The report's own sentence, where the grammar tells none of a group's mentions.

        With ``again`` also where another event of the same class between the two is told, if the row is sure."""
        if _key(happening.event) in self.told or happening.event.score < self.settings.brief_quoted_score:
            return None
        kind = f"{_countries(happening.event)}:{happening.event.root}"
        if kind in self.told and len(happening.documents) == 1 and not again:
            return None
        if again and happening.event.score < self.settings.brief_sure_score:
            return None
        for mention in happening.mentions[:4]:
            if _signature(mention) in self.told:
                return None
            text = self.material.texts.get(mention.document)
            line = quoted_line(mention, text, len(happening.documents)) if text is not None else None
            if line is None or line.text in self.tried:
                continue
            self.tried.add(line.text)
            if line.passages[0].words not in self.told and self.accept([line]):
                self.told |= {_key(happening.event), line.passages[0].words, kind}
                return line
        return None

    def statement(self, row: Statement) -> Line | None:
        return self.accept(statement_lines(row, self.material.texts[row.document]))


def _key(event: Event) -> str:
    """A happening: an event group, by root and by whether it has happened."""
    return f"{event.group}:{event.root}:{event.modality in DONE}"


def _countries(event: Event) -> str:
    """The two countries of an event, whichever way it goes."""
    return "-".join(sorted((event.source.country or "", event.target.country or "")))


def _signature(event: Event) -> str:
    """Rows of one article that the grouping left apart but that tell the same: same sides and root on the same date."""
    return f"{event.document}:{_countries(event)}:{event.root}:{event.mode}:{event.date.first if event.date else event.trigger}"


@dataclass(frozen=True)
class _Said:
    """What a sentence says, apart from its date: names and other capitals, and the rest of its longer words."""

    names: frozenset[str]
    words: frozenset[str]

    def covers(self, other: _Said) -> bool:
        """Whether one of the two says (nearly) nothing that the other does not."""
        return _within(self.names, other.names, 0.6) and _within(self.words, other.words, 0.75)


def _said(text: str) -> _Said:
    body = re.sub(r"^(?:On|In) [^,]+, |^A report[^:]*: | \((?:undated|date disputed)[^)]*\)", "", text)
    found = re.findall(r"[\w’'-]+", body)
    names = frozenset(w.lower() for w in found if w[0].isupper())
    return _Said(names, frozenset(w for w in found if w[0].islower() and len(w) > 3))


def _within(one: frozenset[str], other: frozenset[str], share: float) -> bool:
    return len(one & other) >= share * min(len(one), len(other)) if one and other else one == other
