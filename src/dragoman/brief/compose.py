"""A brief from its material: choose, write, verify, arrange. Only sentences that the verifier lets through are printed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice

from dragoman.brief import choosing, english
from dragoman.brief.choosing import Told
from dragoman.brief.coverage import coverage_lines
from dragoman.brief.document import Brief, Level, Line, Passage, Refused, Section, Source
from dragoman.brief.introducing import introduced
from dragoman.brief.material import DONE, Discrepancy, Event, Material, Statement
from dragoman.brief.question import Question
from dragoman.brief.standing import balance, standing
from dragoman.brief.verify import faults
from dragoman.brief.verify.words import countries, quotations
from dragoman.brief.writing import findings
from dragoman.brief.writing.events import Dispute, event_lines, quoted_line
from dragoman.brief.writing.statements import statement_lines
from dragoman.settings import DEFAULT, Settings

SHARES = {
    "events": 0.26,
    "deeds": 0.12,
    "instruments": 0.10,
    "quotations": 0.22,
    "third": 0.12,
    "figures": 0.07,
    "disputed": 0.08,
    "next": 0.08,
}
"""Share of the reading time that a section may take; what one leaves the next may use."""
_EACH = 12
"""Lines of one section at most: a longer list is a table's work."""


@dataclass
class _Desk:
    """One brief in the making: what has been told and introduced, and what was refused."""

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
            said = _said(line.text)
            if not found:
                kind = "event" if line.kind == "statement" and ": “" not in line.text else line.kind
                if any(said.covers(other) for other in self.words.setdefault(kind, [])):
                    return None
                if kind in ("figure", "instrument") and self._is_told(line):
                    continue
                self.words[kind].append(said)
                return line
            if found and first is None:
                first = Refused(line, found)
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
                self.told |= {key, _signature(mention), f"{_pair(mention)}:{mention.root}"}
                return line
        return None

    def quoted(self, happening: Told, *, again: bool = False) -> Line | None:
        """The report's own sentence, where the grammar tells none of a group's mentions.

        With ``again`` also where another event of the same class between the two is told, if the row is sure."""
        if _key(happening.event) in self.told or happening.event.score < self.settings.brief_quoted_score:
            return None
        kind = f"{_pair(happening.event)}:{happening.event.root}"
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


def compose(
    material: Material, settings: Settings = DEFAULT, *, levels: Sequence[Level] = (), trend: Sequence[Line] = ()
) -> Brief:
    """The brief of a question.

    Parameters: ``levels`` and ``trend`` are the measured part (``brief.standing``), left out where nothing was measured.
    """
    desk = _Desk(material, settings, _disputes(material))
    told = choosing.happenings(material.events, material, settings)
    budget = _Budget(material.question.minutes * settings.words_per_minute)
    events = budget.fill("events", _events(desk, choosing.turning(told)))
    deeds = _deeds(desk, told, budget)
    texts = dict(material.texts)
    instruments = budget.fill(
        "instruments",
        filter(
            None,
            (
                desk.accept(_with_status(findings.instrument_lines(r, texts[r.document]), material))
                for r in choosing.instruments(material)
            ),
        ),
    )
    said = choosing.quotations(material)
    promised = [r for r in said if choosing.looks_ahead(r)]
    spoken = budget.fill("quotations", filter(None, (desk.statement(r) for r in said if r not in promised)))
    third = budget.fill("third", _third(desk, choosing.third_parties(material, settings)))
    figures = budget.fill(
        "figures", filter(None, (desk.accept(findings.figure_lines(r, texts[r.document])) for r in choosing.figures(material)))
    )
    disputed = budget.fill(
        "disputed",
        filter(None, (desk.accept(findings.discrepancy_lines(r, texts)) for r in _joined(material))),
    )
    ahead = budget.fill("next", _next(desk, choosing.ahead(told), promised))
    if not spoken:  # the heading that a reader looks for them under
        spoken, ahead = _parted(ahead)
    measured = (*trend, *standing(material, told))
    parted = balance(told)
    lead, events = _lead(events, measured, _background(material, settings))
    measured = measured[1:]
    two = material.question.second is not None
    between = "between the two" if two else f"between {english.with_article(material.question.first.name)} and others"
    every = (
        Section("standing", "Where the pair stands" if two else "Where it stands", measured),
        Section("events", "Turning events", _by_date(events, material), "No further event could be told from its passage."),
        Section("deeds", "Words against deeds", (*parted, *deeds), "The record tells of neither words nor deeds."),
        Section("instruments", "Instruments and their status", instruments, f"The record names no instrument {between}."),
        Section(
            "quotations",
            "Key quotations",
            spoken,
            f"No quotation of {'either side on the other' if two else 'this state on others'} could be verified.",
        ),
        Section("third", "Third parties", third, "No third party stands out." if two else ""),
        Section("figures", "Figures", figures, f"The record gives no figure on {'the two' if two else 'these relations'}."),
        Section("disputed", "Disputed points", disputed, "No passages contradict each other."),
        Section("next", "What is planned next", ahead, _nothing_ahead(len(choosing.ahead(told)), between)),
    )
    sections = tuple(s for s in every if s.lines or s.empty or (s.id == "standing" and levels))
    brief = Brief(_title(material.question), lead, sections, tuple(levels), (), _made_by(material), tuple(desk.refused))
    brief = introduced(brief, material)
    brief = replace(brief, sources=_sources(brief))
    method = Section("coverage", "Coverage and method", coverage_lines(material, brief))
    return replace(brief, sections=(*brief.sections, method))


def _nothing_ahead(coded: int, between: str) -> str:
    """What is said where no plan is told: nothing is coded, or what is coded stood in no passage that could be told."""
    if not coded:
        return f"The record tells of nothing planned {between}."
    many = english.count_words(coded, "coded plan or possibility", "coded plans or possibilities")
    return f"{many[0].upper()}{many[1:]} could not be told from {'its passage' if coded == 1 else 'their passages'}."


@dataclass
class _Budget:
    """Words left: each section has its share, and what earlier sections left over."""

    words: int
    spare: float = 0.0

    def fill(self, section: str, lines: Iterator[Line]) -> tuple[Line, ...]:
        room = self.words * SHARES[section] + self.spare
        out: list[Line] = []
        for line in lines:
            length = len(line.text.split())
            if out and length > room:
                break
            out.append(line)
            room -= length
            if len(out) >= _EACH:
                break
        self.spare = max(0.0, room)
        return tuple(out)


def _events(desk: _Desk, told: Sequence[Told]) -> Iterator[Line]:
    for happening in told:
        line = desk.event(happening)
        if line is not None:
            yield line
    for again in (False, True) if desk.material.question.second else ():
        yield from filter(None, (desk.quoted(happening, again=again) for happening in told))


_PROMISES = 4
"""Quotations under "What is planned next" at most; further ones are key quotations like others."""


def _next(desk: _Desk, told: Sequence[Told], promised: Sequence[Statement]) -> Iterator[Line]:
    """Plans and possibilities, then what either side says that it will do."""
    yield from _events(desk, told)
    yield from islice(filter(None, (desk.statement(r) for r in promised)), _PROMISES)


def _parted(lines: tuple[Line, ...]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Of quotations that look ahead, where there are no others: all but the first as key quotations."""
    quoted = [line for line in lines if line.kind == "statement"]
    return tuple(quoted[1:]), tuple(line for line in lines if line not in quoted[1:])


def _third(desk: _Desk, told: Sequence[Told]) -> Iterator[Line]:
    """Those that the grammar tells, then at most three by a quotation of the report."""
    yield from filter(None, (desk.event(t) for t in told))
    yield from islice(filter(None, (desk.quoted(t) for t in told)), 3)


def _with_status(lines: Iterator[Line], material: Material) -> Iterator[Line]:
    """Against all others there are too many instruments to list those of which only the name is told."""
    return (line for line in lines if material.question.second or line.note)


def _deeds(desk: _Desk, told: Sequence[Told], budget: _Budget) -> tuple[Line, ...]:
    """Deeds that are not told above, under the sentence on how they stand to the words."""
    done = choosing.turning(tuple(told))
    lines = (desk.event(t) for t in done if t.event.quad in (2, 4))
    return budget.fill("deeds", filter(None, lines))


def _lead(
    events: tuple[Line, ...], measured: tuple[Line, ...], background: frozenset[str]
) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The lead: how the record reads as a whole, then the weightiest dated events, which are not told a second time.

    ``background`` are events of long ago, which open no brief while there is anything else."""
    plain = [e for e in events if not e.text.startswith(("A report", "An undated report"))]
    newer = [e for e in plain if e.rows[0] not in background]
    plain = newer or [e for e in events if e.rows[0] not in background] or plain
    plain.sort(key=lambda e: "(undated" in e.text)  # stable: by weight among the dated, then among the undated
    first = plain[: min(3, max(1, len(plain) - 2))]
    return (*measured[:1], *first), tuple(e for e in events if e not in first)


def _background(material: Material, settings: Settings) -> frozenset[str]:
    return frozenset(e.id for e in material.events if choosing.is_old(e, material, settings))


def _by_date(lines: tuple[Line, ...], material: Material) -> tuple[Line, ...]:
    """In the order in which things happened, by the event's date or else by the report's."""
    when = {e.id: (e.date.first if e.date else e.published or date.max) for e in material.events}
    return tuple(sorted(lines, key=lambda line: (when.get(line.rows[0], date.max), line.text)))


def _joined(material: Material) -> list[Discrepancy]:
    """Discrepancies whose passages name every party, in and between articles that join them."""
    documents = {e.document for e in material.events}
    out = []
    for row in material.discrepancies:
        places = {place for side in row.sides for place in side.evidence}
        here = countries(" ".join(material.texts[d].words(i) for d, i in sorted(places)))
        if all(set(p.countries) & here for p in material.question.parties) and any(d in documents for d, _ in places):
            out.append(row)
    return out


def _disputes(material: Material) -> dict[str, tuple[Dispute, ...]]:
    out: dict[str, list[Dispute]] = {}
    for row in material.discrepancies:
        if row.kind != "date":
            continue
        days = [_day(s.value) for s in row.sides]
        if any(d is None for d in days):
            continue
        favoured = days[row.favoured] if row.favoured is not None else None
        for document in {d for s in row.sides for d, _ in s.evidence}:
            cited = tuple(next((i for d, i in s.evidence if d == document), -1) for s in row.sides)
            if -1 not in cited:
                out.setdefault(document, []).append(Dispute(tuple(d for d in days if d), favoured, cited))
    return {k: tuple(v) for k, v in out.items()}


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _key(event: Event) -> str:
    """A happening: an event group, by root and by whether it has happened."""
    return f"{event.group}:{event.root}:{event.modality in DONE}"


def _pair(event: Event) -> str:
    return "-".join(sorted((event.source.country or "", event.target.country or "")))


def _signature(event: Event) -> str:
    """Rows of one article that the grouping left apart but that tell the same: same sides and root on the same date."""
    return f"{event.document}:{_pair(event)}:{event.root}:{event.mode}:{event.date.first if event.date else event.trigger}"


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


def _title(question: Question) -> str:
    name: Callable[[str], str] = english.with_article
    first = name(question.first.name)
    second = name(question.second.name) if question.second else None
    title = f"{first} and {second}" if second else f"{first} and the world"
    title = title[0].upper() + title[1:]
    if question.topic:
        title += f": {' '.join(question.topic)}"
    since = english.day_words(question.since) if question.since else None
    until = english.day_words(question.until) if question.until else None
    if since and until:
        return f"{title}, {since} to {until}"
    if since:
        return f"{title}, what changed since {since}"
    return f"{title}, until {until}" if until else title


def _made_by(material: Material) -> str:
    from importlib.metadata import version

    models = f", models {'; '.join(material.models)}" if material.models else ""
    return f"dragoman {version('dragoman')}{models}"


def _sources(brief: Brief) -> tuple[Source, ...]:
    """Articles in the order in which the brief first cites them."""
    cited: dict[str, list[int]] = {}
    passages: dict[str, Passage] = {}
    for line in brief.lines():
        for p in line.passages:
            cited.setdefault(p.document, []).append(p.sentence)
            passages.setdefault(p.document, p)
    return tuple(
        Source(n, d, passages[d].title, passages[d].outlet, passages[d].published, passages[d].url, tuple(sorted(set(numbers))))
        for n, (d, numbers) in enumerate(cited.items(), 1)
    )


def reasons(brief: Brief) -> Counter[str]:
    """Why sentences were refused: the class of each first fault, counted."""
    return Counter(r.faults[0].split(":")[0] for r in brief.refused)
