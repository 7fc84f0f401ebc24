"""One brief in the making: each happening told once, by the first sentence that its evidence supports."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

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

    ``spoken`` are the sentences of the direct quotations that its verifier lets through,
    ``told`` counts keys and passages of happenings that are told, ``tried`` holds quotations that were tried once, ``words`` by
    kind of line what the accepted sentences say, ``first_refused`` by row the first sentence that the verifier refused, whether
    or not a plainer one is printed; ``more`` what further reports stand behind an accepted sentence.
    """

    material: Material
    settings: Settings
    disputes: dict[str, tuple[Dispute, ...]]
    spoken: frozenset[tuple[str, int]] = frozenset()
    told: Counter[str] = field(default_factory=Counter)
    tried: set[str] = field(default_factory=set)
    words: dict[str, list[_Said]] = field(default_factory=dict)
    first_refused: dict[str, Refused] = field(default_factory=dict)
    more: dict[str, list[tuple[Line, Told]]] = field(default_factory=dict)
    _marks: dict[str, _Mark] = field(default_factory=dict)
    _late: dict[str, _Mark] = field(default_factory=dict)

    @property
    def refused(self) -> tuple[Refused, ...]:
        """One refused sentence a row, in the order in which they were written."""
        return tuple(self.first_refused.values())

    def accept(self, candidates: Iterable[Line], keys: Iterable[str] = (), of: Told | None = None) -> Line | None:
        """The first candidate that its evidence supports and that says something new among lines of its kind.

        ``keys`` are told with it. A supported sentence that says again what is told of the same claim, or out of the same
        passage, is not printed: its row and passage stand behind the one that is.
        """
        for line in candidates:
            found = faults(line, self.material)
            if found:
                self.first_refused.setdefault(line.rows[0], Refused(line, found))
                continue
            kind = "event" if line.kind == "statement" and ": “" not in line.text else line.kind
            said = _said(line.text)
            known = next((other for other in self.words.setdefault(kind, []) if said.covers(other)), None)
            if known is not None:
                if of is not None and known.of is not None and (_same_claim(known.of.event, of.event) or _repeats(line, known)):
                    self.more.setdefault(known.text, []).append((line, of))
                    self.told += Counter(p.words for p in line.passages)
                return None
            if kind in ("figure", "instrument") and self._is_told(line):
                continue
            said = replace(said, of=of, text=line.text, places=frozenset((p.document, p.sentence) for p in line.passages))
            self.words[kind].append(said)
            self._tell(line, _Mark(kind, said, tuple(keys)))
            return line
        return None

    def release(self, line: Line) -> None:
        """Take a line back that found no room, so that another section may tell the same."""
        mark = self._marks.pop(line.text, None)
        if mark is not None:
            self._late[line.text] = mark
            self.told -= Counter(mark.keys)
            self.words[mark.kind].remove(mark.said)
            self.tried.discard(line.text)
            self.more.pop(line.text, None)

    def again(self, line: Line) -> Line | None:
        """A line that was taken back, if nothing else has told the same since."""
        mark = self._late.pop(line.text, None)
        if mark is None or any(self.told[key] for key in mark.keys[:1]):
            return None
        if any(mark.said.covers(other) for other in self.words[mark.kind]):
            return None
        self.words[mark.kind].append(mark.said)
        self._tell(line, mark)
        return line

    def _tell(self, line: Line, mark: _Mark) -> None:
        self.told += Counter(mark.keys)
        self._marks[line.text] = mark

    def listen(self, rows: Iterable[Statement]) -> None:
        """Take note of which statements can be quoted, so that no report is quoted for the same words."""
        texts = self.material.texts
        self.spoken = frozenset(
            (row.document, row.sentence)
            for row in rows
            if row.kind == "direct"
            and any(not faults(line, self.material) for line in statement_lines(row, texts[row.document]))
        )

    def _is_told(self, line: Line) -> bool:
        """Whether what a figure or an instrument would be quoted for stands in another section already."""
        quoted = quotations(line.text)
        earlier = [*self.words.get("event", []), *self.words.get("statement", [])]
        return bool(quoted) and any(_said(quoted[0]).covers(other) for other in earlier)

    def event(self, happening: Told) -> Line | None:
        """A group of mentions told once, by the mention that can be told best."""
        key = _key(happening.event)
        if self.told[key]:
            return None
        sources = len(happening.documents)
        for mention in happening.mentions[:4]:
            text = self.material.texts.get(mention.document)
            promised = mention.modality not in DONE and (mention.document, mention.sentence) in self.spoken
            if text is None or promised or self.told[_signature(mention)]:  # what is promised is quoted as it was said
                continue
            lines = event_lines(mention, text, sources, disputes=self.disputes.get(mention.document, ()))
            line = self.accept(lines, (key, _signature(mention), _class(mention)), happening)
            if line is not None:
                return line
        return None

    def quoted(self, happening: Told, *, again: bool = False) -> Line | None:
        """The report's own sentence, where the grammar tells none of a group's mentions.

        With ``again`` also where another event of the same class between the two is told, if the row is sure."""
        event = happening.event
        if self.told[_key(event)] or event.score < self.settings.brief_quoted_score:
            return None
        if self.told[_class(event)] and len(happening.documents) == 1 and not again:
            return None
        if again and event.score < self.settings.brief_sure_score:
            return None
        for mention in happening.mentions[:4]:
            if self.told[_signature(mention)] or (mention.document, mention.sentence) in self.spoken:
                return None  # the words themselves are a key quotation
            text = self.material.texts.get(mention.document)
            line = quoted_line(mention, text, len(happening.documents)) if text is not None else None
            if line is None or line.text in self.tried:
                continue
            self.tried.add(line.text)
            passage = line.passages[0].words
            if not self.told[passage] and self.accept([line], (_key(event), passage, _class(event)), happening):
                return line
        return None

    def statement(self, row: Statement) -> Line | None:
        """A statement, with the events that it claims: rows of its speaker's word that stand in what was said."""
        line = self.accept(statement_lines(row, self.material.texts[row.document]))
        if line is None:
            return None
        start, end = row.content_span
        claimed = (
            e.id
            for e in self.material.events
            if e.document == row.document and e.asserted_by == row.speaker.actor and start <= e.trigger[0] < e.trigger[1] <= end
        )
        return replace(line, rows=(*line.rows, *claimed))

    def sourced(self, line: Line) -> Line:
        """A line with the further reports that say the same: their rows, their passages, and their articles as sources.

        One that has the day is printed in place of one that has none."""
        more = self.more.get(line.text, [])
        mark = self._marks.get(line.text)
        if not more or mark is None or mark.said.of is None:
            return line
        dated = next((other for other, _ in more if _UNDATED in line.text and _UNDATED not in other.text), line)
        every = (dated, line, *(other for other, _ in more))
        rows = dict.fromkeys(row for one in every for row in one.rows)
        passages = dict.fromkeys(passage for one in every for passage in one.passages)
        documents = mark.said.of.documents.union(*(of.documents for _, of in more))
        return replace(dated, rows=tuple(rows), passages=tuple(passages), sources=len(documents))


def _key(event: Event) -> str:
    """A happening: an event group, by root and by whether it has happened."""
    return f"{event.group}:{event.root}:{event.modality in DONE}"


def _class(event: Event) -> str:
    """Events of one class between the same two: what is ahead is another matter than what has happened."""
    return f"{_countries(event)}:{event.root}:{event.modality in DONE}"


_UNDATED = " (undated"
_NEAR = 31
"""Days between two reports that can be of one thing where one of them gives it no day."""


def _same_claim(one: Event, two: Event) -> bool:
    """Whether two rows can be reports of one thing: the same sides in the same direction, class and modality, on one day as far
    as they give it."""
    ways = {(one.source.country, one.target.country)} | ({(one.target.country, one.source.country)} if one.mutual else set())
    if (two.source.country, two.target.country) not in ways or (one.root, one.modality) != (two.root, two.modality):
        return False
    if one.date is not None and two.date is not None:
        return one.date.first <= two.date.last and two.date.first <= one.date.last
    days = [event.date.first if event.date else event.published for event in (one, two)]
    near = days[0] is not None and days[1] is not None and abs((days[0] - days[1]).days) <= _NEAR
    return one.document == two.document or near


def _repeats(line: Line, known: _Said) -> bool:
    """Whether a sentence out of the same passage says nothing that the known one does not."""
    said = _said(line.text)
    here = {(p.document, p.sentence) for p in line.passages}
    return here <= known.places and said.names <= known.names and said.words <= known.words


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
    of: Told | None = None
    text: str = ""
    places: frozenset[tuple[str, int]] = frozenset()

    def covers(self, other: _Said) -> bool:
        """Whether one of the two says (nearly) nothing that the other does not."""
        return _within(self.names, other.names, 0.6) and _within(self.words, other.words, 0.75)


@dataclass(frozen=True)
class _Mark:
    """What an accepted line left on the desk, to be taken back with it."""

    kind: str
    said: _Said
    keys: tuple[str, ...]  # the happening's own comes first


def _said(text: str) -> _Said:
    body = re.sub(r"^(?:On|In) [^,]+, |^A report[^:]*: | \((?:undated|date disputed)[^)]*\)", "", text)
    found = re.findall(r"[\w’'-]+", body)
    names = frozenset(w.lower() for w in found if w[0].isupper())
    return _Said(names, frozenset(w for w in found if w[0].islower() and len(w) > 3))


def _within(one: frozenset[str], other: frozenset[str], share: float) -> bool:
    return len(one & other) >= share * min(len(one), len(other)) if one and other else one == other
