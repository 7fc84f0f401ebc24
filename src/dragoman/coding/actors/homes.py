"""The country of an actor whose own words do not say it: the one that the article is about where the actor is named.

The article's named countries are noted in ``focus``, each with its place; what is open afterwards asks there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.coding.actors.entities import Entity
from dragoman.coding.actors.focus import NOBODY
from dragoman.coding.actors.notes import Notes
from dragoman.coding.actors.phrases import Phrase
from dragoman.coding.actors.units import CONTINENTS, Unit

_DATELINE = re.compile(
    r"\s*[A-Z][A-Z .'’]{2,40}(?:, [A-Z][A-Za-z. ]{2,30})?,?\s*"
    r"(?:[A-Z][a-z]+ \d+\s*)?(?:\([A-Z][A-Za-z ]{1,20}\)\s*)?(?:--|—|–|_|-|:)"
)
_PLACE_BEFORE = frozenset("in at near outside inside around across".split())
_MOVES = re.compile(
    r"\b(?:arriv\w+|left|leav\w+|flew|fl(?:y|ies|ying|ight)|travel\w*|went|go(?:es|ing)?|return\w*|visit\w*|trip|drove|came|com(?:e|es|ing)"
    r"|sent|held|hosted|meeting|summit|talks|tour\w*|head(?:ed|ing|s)?|march\w*)\b[^.;]{0,40}$"
)
_SURE = 0.34  # probability a country needs to count; below, it is right for less than a third (training/actors.py)


def note_countries(notes: Notes) -> None:
    """Tells the focus which countries are named where, and in the dateline."""
    for number, found in enumerate(notes.text.sentences):
        for n, unit in enumerate(found):
            if unit.kind in ("state", "adjective", "organisation", "region", "place"):
                entry = notes.text.choose(unit.entries)
                if entry is not None:
                    where = n > 0 and found[n - 1].low in ("in", "at", "near", "across") and unit.kind != "organisation"
                    how = "place" if where or unit.kind == "place" else unit.kind
                    notes.focus.add(unit.start, number, entry.country, 0.8 if unit.kind == "organisation" else 1.0, how)
            elif unit.kind == "hyphen":
                for entry in unit.entries[:1]:
                    notes.focus.add(unit.start, number, entry.country, 0.4, "hyphen")
    country = _dateline(notes)
    if country is not None:
        notes.focus.dateline(country)


def _dateline(notes: Notes) -> str | None:
    """The country of the town before an article's first sentence: "NAIROBI, Kenya (AP) --"."""
    for sentence in notes.article.sentences[:4]:
        line = _DATELINE.match(notes.article.text, sentence.start, min(sentence.end, sentence.start + 120))
        if line is not None:
            for match in notes.text.matches:
                if line.start() <= match.start and match.end <= line.end() and match.entries[0].country:
                    return match.entries[0].country
    return None


def note_people(notes: Notes) -> None:
    """Tells the focus where persons of known countries are named."""
    for entity in notes.people.all:
        for number, start, _ in entity.places:
            notes.focus.add(start, number, entity.country, 0.7, "person")
    notes.focus.settle()


def of_person(notes: Notes, entity: Entity) -> None:
    """The country of a person of whom neither the article nor a table says it: the one in focus at the first mention."""
    if entity.country is not None or " ".join(entity.words) in CONTINENTS:
        return
    if entity.sector == "IGO" and entity.role is not None:
        entity.country, entity.sure = "IGO", 0.7
        return
    if entity.owner is not None and entity.owner.kind in ("person", "name"):
        owner = notes.people.find(entity.owner)
        if owner is not None and owner is not entity and owner.country:
            entity.country, entity.sure = owner.country, 0.8
            return
    number, start, _ = entity.places[0]
    by_focus(notes, entity, number, start)


def by_focus(
    notes: Notes, entity: Entity, number: int, start: int, phrase: Phrase | None = None, like: str | None = None
) -> None:
    """Gives an entity the likeliest country in focus; ``like`` is that of the last actor that was called the same."""
    sort, marks = _sort_of(entity, phrase)
    entity.asked = (start, number, sort, marks, like)
    ranked = notes.focus.ranked(start, number, sort, marks, like)
    away = entity.away | ({phrase.away} if phrase is not None and phrase.away is not None else set())
    if away:
        rest = sum(p for c, p in ranked if c not in away) or 1.0
        ranked = [(c, round(p / rest, 4)) for c, p in ranked if c not in away]
    entity.alternatives = tuple(ranked[:4])
    if ranked and ranked[0][0] != NOBODY and ranked[0][1] >= _SURE:
        entity.country, entity.sure = ranked[0]


def _sort_of(entity: Entity, phrase: Phrase | None) -> tuple[str, tuple[str, ...]]:
    """What sort of actor asks for a country, and what speaks against its having one."""
    if phrase is None or phrase.kind == "name":
        return "name", ("person",) if entity.is_person else ("name",)
    marks = [m for m, on in (("indefinite", phrase.indefinite), ("definite", phrase.definite), ("plural", phrase.plural)) if on]
    marks += ["counted"] if phrase.count else []
    marks += [f"sector-{entity.sector}", f"head-{phrase.head}"]
    if entity.sector in ("GOV", "MIL", "COP", "JUD", "LEG"):
        return "organ", tuple(marks)
    return ("people" if entity.sector == "CVL" else "other"), tuple(marks)


def as_place(text: str, found: Sequence[Unit], k: int, phrase: Phrase) -> bool:
    """Whether a capital or a seat is only where something happens: "in Moscow", "flew to Beijing"."""
    unit = phrase.unit
    if phrase.kind != "state" or unit is None or unit.entry.kind not in ("capital", "place") or unit.possessive:
        return False
    before = found[k - 1] if k else None
    if before is None or before.kind != "preposition":
        return False
    if before.low in _PLACE_BEFORE:
        return True
    return before.low in ("to", "from", "for") and bool(_MOVES.search(text[max(0, before.start - 60) : before.start]))
