"""What is worth telling: events grouped and weighed, copies told once, rows that touch the question before "
"those that do not."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from dragoman import codebook
from dragoman.brief.material import DONE, Event, Figure, Instrument, Material, Statement, Text
from dragoman.brief.verify.words import countries
from dragoman.settings import Settings

PUBLIC = frozenset({"GOV", "MIL", "LEG", "COP", "JUD", "IGO"})
"""Sectors that act for a state; a company or a private person matters less for relations between states."""


CURRENCY = re.compile(r"\b(?:US|HK|NT|A|C|S)(?=\$)")
"""The letters before a sign of currency, which name no state of the sentence."""


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


def ahead(told: tuple[Told, ...], material: Material) -> list[Told]:
    """What is planned or only possible, plans first.

    A plan for a day that the newest report already looks back on is none; nor is one that a later row shows as done, or that
    its own sentence tells as past."""
    newest = max((t.event.published for t in told if t.event.published), default=None)
    done = [m for t in told if t.event.modality in DONE for m in t.mentions]
    still = [
        t
        for t in told
        if t.event.modality in ("planned", "hypothetical")
        and not (t.event.date and newest and _settled(t.event) and t.event.date.last < newest)
        and not any(_fulfils(event, t.event) for event in done)
        and not _looked_back_on(t.event, material)
    ]
    return sorted(still, key=lambda t: t.event.modality != "planned")  # stable: by weight within each


def _looked_back_on(event: Event, material: Material) -> bool:
    """Whether the sentence has the plan itself in the past: "was developing plans to attack"."""
    text = material.texts.get(event.document)
    if text is None or not 0 <= event.sentence < len(text.sentences):
        return False
    before = text.text[text.sentences[event.sentence][1] : event.trigger[0]]
    helpers = re.findall(r"\b(?:will|would|shall|is|are|has|have|due|was|were|had)\b", before)
    return bool(helpers) and helpers[-1] in ("was", "were", "had")


def _fulfils(done: Event, plan: Event) -> bool:
    """Whether a row shows a plan as done: the same act between the same two, reported later, on a day that the plan allows."""
    sides = {(plan.source.country, plan.target.country)} | (
        {(plan.target.country, plan.source.country)} if plan.mutual else set()
    )
    same = done.root == plan.root and done.mode == plan.mode and (done.source.country, done.target.country) in sides
    later = done.published and plan.published and done.published > plan.published
    if not (same and later):
        return False
    if done.date is not None and _settled(done) and plan.published is not None and done.date.last < plan.published:
        return False  # an earlier one of its kind
    return plan.date is None or done.date is None or (done.date.first <= plan.date.last and plan.date.first <= done.date.last)


def _settled(event: Event) -> bool:
    """Whether an event's date is a real one, and not the open range before or after a day."""
    return event.date is not None and event.date.precision in ("day", "week", "month", "year")


_FORWARD = re.compile(r"\b(?:will|shall|plans? to|intends? to|going to|aims? to|(?:is|are) (?:ready|set|about) to|won['’]t)\b")


def looks_ahead(statement: Statement) -> bool:
    """Whether somebody says what his or her own side will do: "China will work with Russia", "nothing will keep us"."""
    found = _FORWARD.search(statement.content)
    if found is None or re.search(r"\b(?:if|unless|whether)\b", statement.content[: found.start()], re.IGNORECASE):
        return False
    before = " ".join(statement.content[: found.start()].split()[-8:])
    clause = re.split(r"[.;:!?]", statement.content[found.end() :])[0]
    own = re.search(r"\b(?:we|I|our|both)\b", before, re.IGNORECASE) or re.match(r"[\w ]{0,40}\b(?:us|me)\b", clause)
    return own is not None or (statement.speaker.country is not None and statement.speaker.country in countries(before))


def is_old(event: Event, material: Material, settings: Settings) -> bool:
    """Whether an event lies so far before the newest report that it is background: ``brief_background_years``."""
    newest = max((e.published for e in material.events if e.published), default=None)
    if event.date is None or newest is None:
        return False
    return (newest - event.date.last).days > 365.25 * settings.brief_background_years


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
            or is_old(event, material, settings)
            or not _touches_both(event, material)
        ):
            continue
        seen[other] += 1
        out.append(told)
    return out


def _touches_both(event: Event, material: Material) -> bool:
    """Whether an event with somebody else is told beside both parties: in its title, its sentence or the two next to it."""
    text = material.texts.get(event.document)
    if text is None:
        return False
    around = " ".join(text.words(i) for i in (event.sentence - 1, event.sentence, event.sentence + 1))
    here = countries(f"{text.title or ''} {around}")
    return all(set(p.countries) & here for p in material.question.parties)


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
    beside = countries(" ".join(text.words(i) for i in (statement.sentence - 1, statement.sentence, statement.sentence + 1)))
    words = countries(statement.content) | {c for c in about if c in beside}  # coded about a state that stands nowhere near
    rest = words - set(side.countries)
    titled = others is not None and all(set(p.countries) & countries(text.title or "") for p in parties)
    touches = bool(rest & others) if others is not None else bool(rest)
    joined = any(e.document == statement.document for e in material.events)
    if not touches and not (_marked(statement, text) and joined and _near(statement, material, others, titled)):
        return 0.0
    person = text.actors.get(statement.speaker.actor or "")
    office = 1.0 if person is not None and person.role else 0.4
    direct = 1.0 if statement.kind == "direct" else 0.7
    return (1.0 if touches else 0.6) * office * direct * (1.3 if statement.stance else 1.0)


def _marked(statement: Statement, text: Text) -> bool:
    """Whether the words stand in quotation marks; reported speech counts only where it names the other side."""
    start = statement.content_span[0]
    return statement.kind == "mixed" or bool(set(text.text[max(0, start - 1) : start + 1]) & set("“\"‘'"))


def _near(statement: Statement, material: Material, others: set[str] | None, titled: bool) -> bool:
    """Whether a sentence around the statement names the other side, so that "we" means both.

    Under a title that names both, others may be named beside them; the title alone joins no words to the other side."""
    if others is None or not re.search(
        r"\b(?:we|our|us|both|two countries|two nations|each other|ties|relations\w*)\b", statement.content, re.IGNORECASE
    ):
        return False
    if countries(statement.content) - material.question.countries:
        return False  # "our Chinese friends" are not the other side
    text = material.texts[statement.document]
    around = countries(" ".join(text.words(i) for i in (statement.sentence - 1, statement.sentence + 1)))
    return bool(around & others) and (titled or around <= material.question.countries)


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
        if not any(_same_name(row.name, other.name) or (row.status is None and _same_thing(row, other)) for other in out):
            out.append(row)
    return out


def _same_thing(one: Instrument, other: Instrument) -> bool:
    """Whether two names of one article are likely those of one instrument: "the US embargo", "the embargo by the US"."""
    return (
        one.document == other.document
        and one.kind == other.kind
        and set(one.parties) == set(other.parties)
        and _head(one.name) == _head(other.name)
    )


def _head(name: str) -> str:
    return re.split(r"\s(?:of|on|for|against|between|with|by|to|in|from|over)\s", name)[0].split()[-1].lower()


def _same_name(one: str, two: str) -> bool:
    a, b = set(one.lower().split()), set(two.lower().split())
    return len(a & b) >= 0.7 * min(len(a), len(b))


def figures(material: Material) -> list[Figure]:
    """Quantities of one party on the other, then those in sentences that name every party, in articles that join them.

    Under a title that names both, one of them may be named in the sentence beside it; the title alone joins no figure to both.
    """
    parties = material.question.parties
    joined = {e.document for e in material.events}
    out = []
    for row in material.figures:
        trivial = row.value < 10 and not (row.unit in ("percent", "killed", "injured") or row.unit.isupper())
        if row.document not in joined or row.what is None or trivial:
            continue
        owners = {c for c in (row.of, row.on) if c}
        text = material.texts[row.document]
        here = countries(CURRENCY.sub(" ", text.words(row.sentence)))
        near = here | countries(text.words(row.sentence - 1))
        owned = sum(bool(set(p.countries) & owners) for p in parties)
        titled = all(set(p.countries) & countries(text.title or "") for p in parties)
        beside = near | countries(text.words(row.sentence + 1))
        joined_here = titled and bool(here & material.question.countries) and all(set(p.countries) & beside for p in parties)
        named = all(set(p.countries) & here for p in parties) or joined_here
        if material.question.second is None:  # against all others, a figure on the state alone is no relation
            named = named and bool({c for c in here if codebook.load().state(c)} - material.question.countries)
        if named or (owned == 2 and all(set(p.countries) & near for p in parties)):
            out.append((0 if owned == 2 else 1, row))
    return [row for _, row in sorted(out, key=lambda x: (x[0], x[1].document, x[1].sentence, x[1].id))][:6]
