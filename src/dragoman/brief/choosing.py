"""What is worth telling: events grouped and weighed, copies told once, rows that touch the question before "
"those that do not."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from dragoman import codebook
from dragoman.brief.material import DONE, Event, Figure, Instrument, Material, Statement
from dragoman.brief.verify.words import countries
from dragoman.settings import Settings

PUBLIC = frozenset({"GOV", "MIL", "LEG", "COP", "JUD", "IGO"})
"""Sectors that act for a state; a company or a private person matters less for relations between states."""


@dataclass(frozen=True, slots=True)
class Told:
    """One happening: the mention that tells it best, the other mentions, the articles that tell it, and its weight."""

    event: Event
    mentions: tuple[Event, ...]
    documents: frozenset[str]
    weight: float


def happenings(events: Iterable[Event], material: Material, settings: Settings) -> tuple[Told, ...]:
    """What happened or is said to come, weightiest first; near-copies of one article count as one source.

    A happening is an event group; where its mentions differ in root ("held talks", "signed a statement") or in whether it has
    happened, each is told for itself.

    The weight is intensity (0 to 1) x sources x score x whether the actors act for their states x how fresh it is within the
    material; what is only planned, possible or denied weighs less than what happened.
    """
    groups: dict[tuple[str, str, bool], list[Event]] = defaultdict(list)
    for event in events:
        if event.score >= settings.brief_least_score and _public(event):
            groups[event.group, event.root, event.modality in DONE].append(event)
    newest = max((e.published.toordinal() for g in groups.values() for e in g if e.published), default=0)
    out = []
    for mentions in groups.values():
        ranked = sorted(mentions, key=lambda e: (-_clarity(e), e.document, e.trigger))
        documents = frozenset(material.copies.get(e.document, e.document) for e in mentions)
        out.append(Told(ranked[0], tuple(ranked), documents, _weight(ranked[0], len(documents), newest, settings)))
    return tuple(sorted(out, key=lambda t: (-t.weight, t.event.document, t.event.trigger, t.event.id)))


def _public(event: Event) -> bool:
    """Whether an event touches relations between states: one side acts for a state, and neither is a news outlet."""
    sectors = {event.source.sector, event.target.sector}
    return "JRN" not in sectors and bool(sectors & PUBLIC)


def _clarity(event: Event) -> float:
    """How well one mention can stand for its group: its score, both actors in words, a date, and its own voice."""
    named = 0.15 * (event.source.start is not None) + 0.15 * (event.target.start is not None)
    return event.score + named + 0.1 * (event.date is not None) - 0.1 * (event.asserted_by is not None)


def _weight(event: Event, sources: int, newest: int, settings: Settings) -> float:
    strength = 0.3 + abs(event.intensity) / 10
    public = 1.0 if {event.source.sector, event.target.sector} <= PUBLIC else 0.6 if event.source.sector in PUBLIC else 0.3
    certain = 1.0 if event.modality in DONE else 0.7
    day = event.date.last if event.date and event.modality in DONE else event.published
    age = max(0, newest - day.toordinal()) / 365 if newest and day else 1.0
    fresh = float(0.5 ** (age / settings.brief_half_life_years))
    return strength * (1 + 0.5 * (sources - 1)) * event.score * public * certain * (0.5 + 0.5 * fresh)


def turning(told: tuple[Told, ...]) -> list[Told]:
    """What happened, weightiest first."""
    return [t for t in told if t.event.modality in DONE]


def ahead(told: tuple[Told, ...]) -> list[Told]:
    """What is planned or only possible."""
    return [t for t in told if t.event.modality in ("planned", "hypothetical")]


def third_parties(material: Material, settings: Settings) -> list[Told]:
    """Events of a party with somebody else who acts for a state, at most two for each other state."""
    ours = material.question.countries
    seen: dict[str, int] = defaultdict(int)
    out = []
    for told in happenings(material.third, material, settings):
        event = told.event
        other = event.target.country if event.source.country in ours else event.source.country
        states = {event.source.sector, event.target.sector} <= PUBLIC
        if (
            other is None
            or codebook.load().state(other) is None
            or not states
            or seen[other] >= 2
            or event.modality not in DONE
        ):
            continue
        seen[other] += 1
        out.append(told)
    return out


def quotations(material: Material) -> list[Statement]:
    """Statements of the parties that touch the other side, those with a stance and by office-holders first."""
    found = [(_relevance(s, material), s) for s in material.statements]
    ranked = sorted(((r, s) for r, s in found if r > 0), key=lambda x: (-x[0], x[1].document, x[1].content_span))
    return [s for _, s in ranked]


def _relevance(statement: Statement, material: Material) -> float:
    question = material.question
    parties = question.parties
    side = next((p for p in parties if statement.speaker.country in p.countries), None)
    if side is None or statement.speaker.sector not in PUBLIC:
        return 0.0
    others = {c for p in parties if p is not side for c in p.countries} if question.second else None
    text = material.texts[statement.document]
    about = set(statement.about) | {statement.addressee.country if statement.addressee else None} - {None}
    words = countries(statement.content) | {c for c in about if c}
    rest = words - set(side.countries)
    titled = others is not None and all(set(p.countries) & countries(text.title or "") for p in parties)
    touches = bool(rest & others) if others is not None else bool(rest)
    joined = any(e.document == statement.document for e in material.events)
    if not touches and not (joined and (titled or _near(statement, material, others))):
        return 0.0
    person = text.actors.get(statement.speaker.actor or "")
    office = 1.0 if person is not None and person.role else 0.4
    direct = 1.0 if statement.kind == "direct" else 0.7
    return (1.0 if touches else 0.6) * office * direct * (1.3 if statement.stance else 1.0)


def _near(statement: Statement, material: Material, others: set[str] | None) -> bool:
    """Whether a sentence around the statement names the other side: "we" then means both."""
    if not re.search(
        r"\b(?:we|our|us|both|two countries|two nations|each other|ties|relations\w*)\b", statement.content, re.IGNORECASE
    ):
        return False
    text = material.texts[statement.document]
    around = countries(" ".join(text.words(i) for i in (statement.sentence - 1, statement.sentence + 1)))
    return bool(around & others) if others is not None else False


def instruments(material: Material) -> list[Instrument]:
    """Instruments between the parties, then those of one party in articles that join both; each name once."""
    ours = material.question.parties
    joined = {e.document for e in material.events}
    ranked = []
    for row in material.instruments:
        sides = sum(bool(set(p.countries) & set(row.parties)) for p in ours)
        here = countries(material.texts[row.document].words(row.sentence))
        near = row.document in joined and all(set(p.countries) & (here | set(row.parties)) for p in ours)
        if sides == len(ours) or (sides and near):
            ranked.append((-sides, row.status is None, row.document, row.sentence, row.id, row))
    out: list[Instrument] = []
    for *_, row in sorted(ranked, key=lambda x: x[:5]):
        if not any(_same_name(row.name, other.name) for other in out):
            out.append(row)
    return out


def _same_name(one: str, two: str) -> bool:
    a, b = set(one.lower().split()), set(two.lower().split())
    return len(a & b) >= 0.7 * min(len(a), len(b))


def figures(material: Material) -> list[Figure]:
    """Quantities of one party on the other, then those in sentences that name every party, in articles that join them."""
    parties = material.question.parties
    joined = {e.document for e in material.events}
    out = []
    for row in material.figures:
        trivial = row.value <= 3 and not (row.unit in ("percent", "killed", "injured") or row.unit.isupper())
        if row.document not in joined or row.what is None or trivial:
            continue
        owners = {c for c in (row.of, row.on) if c}
        text = material.texts[row.document]
        here = countries(text.words(row.sentence))
        near = here | countries(text.words(row.sentence - 1))
        owned = sum(bool(set(p.countries) & owners) for p in parties)
        titled = all(set(p.countries) & countries(text.title or "") for p in parties)
        named = all(set(p.countries) & here for p in parties) or (titled and any(set(p.countries) & here for p in parties))
        if named or (owned == 2 and all(set(p.countries) & near for p in parties)):
            out.append((0 if owned == 2 else 1, row))
    return [row for _, row in sorted(out, key=lambda x: (x[0], x[1].document, x[1].sentence, x[1].id))][:6]
