"""A brief from its material: choose, write, verify, arrange. Only sentences that the verifier lets through are printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice

from dragoman.brief import choosing, english
from dragoman.brief.choosing import Told
from dragoman.brief.coverage import coverage_lines
from dragoman.brief.desk import Desk
from dragoman.brief.disputes import disputed_dates, joining
from dragoman.brief.document import Brief, Level, Line, Passage, Section, Source
from dragoman.brief.introducing import introduced
from dragoman.brief.material import Material, Statement
from dragoman.brief.question import Question
from dragoman.brief.standing import balance, between, standing
from dragoman.brief.writing import findings
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
_WAITING = 4
"""Lines of one section that may wait for room; after so many that do not fit, no further ones are written."""


def compose(
    material: Material, settings: Settings = DEFAULT, *, levels: Sequence[Level] = (), trend: Sequence[Line] = ()
) -> Brief:
    """The brief of a question.

    Parameters: ``levels`` and ``trend`` are the measured part (``brief.levels``), left out where nothing was measured.
    """
    desk = Desk(material, settings, disputed_dates(material))
    told = choosing.happenings(material.events, material, settings)
    lines = _written(desk, told)
    measured = (*trend, *standing(material, told))
    lead, events = _lead(lines["events"], measured, _background(material, settings))
    lines["standing"] = measured[1:]
    lines["events"] = _by_date(events, material)
    lines["deeds"] = (*balance(told), *lines["deeds"])
    every = _sections(lines, material, len(choosing.ahead(told, material)))
    sections = tuple(s for s in every if s.lines or s.empty or (s.id == "standing" and levels))
    brief = Brief(_title(material.question), lead, sections, tuple(levels), (), _made_by(material), desk.refused)
    brief = introduced(brief, material)
    brief = replace(brief, sources=_sources(brief))
    method = Section("coverage", "Coverage and method", coverage_lines(material, brief))
    return replace(brief, sections=(*brief.sections, method))


def _written(desk: Desk, told: tuple[Told, ...]) -> dict[str, tuple[Line, ...]]:
    """The lines of each section, in the order in which the sections take what is told once and have what others spare."""
    material, texts = desk.material, dict(desk.material.texts)
    said = choosing.quotations(material)
    desk.listen(said)
    promised = [r for r in said if choosing.looks_ahead(r)]
    candidates: dict[str, Iterator[Line | None]] = {
        "events": _events(desk, choosing.turning(told)),
        "deeds": (desk.event(t) for t in choosing.turning(told) if t.event.quad in (2, 4)),
        "instruments": (
            desk.accept(_with_status(findings.instrument_lines(r, texts[r.document]), material))
            for r in choosing.instruments(material)
        ),
        "quotations": (desk.statement(r) for r in said if r not in promised),
        "third": _third(desk, choosing.third_parties(material, desk.settings)),
        "figures": (desk.accept(findings.figure_lines(r, texts[r.document])) for r in choosing.figures(material)),
        "disputed": (desk.accept(findings.discrepancy_lines(r, texts)) for r in joining(material)),
        "next": _next(desk, choosing.ahead(told, material), promised),
    }
    budget = _Budget(desk, material.question.minutes * desk.settings.words_per_minute)
    for section, found in candidates.items():
        budget.fill(section, filter(None, found))
    for section in candidates:
        budget.refill(section)
    lines = {section: tuple(map(desk.sourced, found)) for section, found in budget.lines.items()}
    if not lines["quotations"]:  # the heading that a reader looks for them under
        lines["quotations"], lines["next"] = _parted(lines["next"])
    return lines


def _sections(lines: Mapping[str, tuple[Line, ...]], material: Material, coded_ahead: int) -> tuple[Section, ...]:
    """The sections as they are printed, each with what stands in it where no line could be told."""
    two, whom = material.question.second is not None, between(material)
    quoted = f"No quotation of {'either side on the other' if two else 'this state on others'} could be verified."
    titled = (
        ("standing", "Where the pair stands" if two else "Where it stands", ""),
        ("events", "Turning events", "No further event could be told from its passage."),
        ("deeds", "Words against deeds", "The record tells of neither words nor deeds."),
        ("instruments", "Instruments and their status", f"The record names no instrument {whom}."),
        ("quotations", "Key quotations", quoted),
        ("third", "Third parties", "No third party stands out." if two else ""),
        ("figures", "Figures", f"The record gives no figure on {'the two' if two else 'these relations'}."),
        ("disputed", "Disputed points", "No passages contradict each other."),
        ("next", "What is planned next", _nothing_ahead(coded_ahead, whom)),
    )
    return tuple(Section(id_, title, lines[id_], empty) for id_, title, empty in titled)


def _nothing_ahead(coded: int, whom: str) -> str:
    """What is said where no plan is told: nothing is coded, or what is coded stood in no passage that could be told."""
    if not coded:
        return f"The record tells of nothing planned {whom}."
    many = english.count_words(coded, "coded plan or possibility", "coded plans or possibilities")
    return f"{many[0].upper()}{many[1:]} could not be told from {'its passage' if coded == 1 else 'their passages'}."


@dataclass
class _Budget:
    """Words left: each section has its share, and what earlier sections left over.

    A line without room is taken back from the desk, so that a later section may tell the same, and waits for what all leave.
    """

    desk: Desk
    words: int
    spare: float = 0.0
    lines: dict[str, list[Line]] = field(default_factory=dict)
    waiting: dict[str, list[Line]] = field(default_factory=dict)

    def fill(self, section: str, lines: Iterator[Line]) -> None:
        room = self.words * SHARES[section] + self.spare
        out, late = self.lines.setdefault(section, []), self.waiting.setdefault(section, [])
        for line in lines:
            length = _length(line)
            if out and length > room:
                self.desk.release(line)
                late.append(line)
                if len(late) >= _WAITING:
                    break
                continue
            out.append(line)
            room -= length
            if len(out) >= _EACH:
                break
        self.spare = max(0.0, room)

    def refill(self, section: str) -> None:
        """Lines that waited, as far as the room goes that all sections left."""
        out = self.lines[section]
        for line in self.waiting[section]:
            if len(out) < _EACH and _length(line) <= self.spare and self.desk.again(line) is not None:
                out.append(line)
                self.spare -= _length(line)


def _length(line: Line) -> int:
    return len(line.text.split())


def _events(desk: Desk, told: Sequence[Told]) -> Iterator[Line]:
    for happening in told:
        line = desk.event(happening)
        if line is not None:
            yield line
    for again in (False, True) if desk.material.question.second else ():
        yield from filter(None, (desk.quoted(happening, again=again) for happening in told))


_PROMISES = 4
"""Quotations under "What is planned next" at most; further ones are key quotations like others."""


def _next(desk: Desk, told: Sequence[Told], promised: Sequence[Statement]) -> Iterator[Line]:
    """Plans and possibilities, then what either side says that it will do."""
    yield from _events(desk, told)
    yield from islice(filter(None, (desk.statement(r) for r in promised)), _PROMISES)


def _parted(lines: tuple[Line, ...]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Of quotations that look ahead, where there are no others: all but the first as key quotations."""
    quoted = [line for line in lines if line.kind == "statement"]
    return tuple(quoted[1:]), tuple(line for line in lines if line not in quoted[1:])


def _third(desk: Desk, told: Sequence[Told]) -> Iterator[Line]:
    """Those that the grammar tells, then at most three by a quotation of the report."""
    yield from filter(None, (desk.event(t) for t in told))
    yield from islice(filter(None, (desk.quoted(t) for t in told)), 3)


def _with_status(lines: Iterator[Line], material: Material) -> Iterator[Line]:
    """Against all others there are too many instruments to list those of which only the name is told."""
    return (line for line in lines if material.question.second or line.note)


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


def _title(question: Question) -> str:
    first = english.with_article(question.first.name)
    title = f"{first} and {english.with_article(question.second.name) if question.second else 'the world'}"
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
