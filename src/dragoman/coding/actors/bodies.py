"""States, organisations and groups of an article: every one is a single entity, however often it is named or described."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.coding.actors import homes
from dragoman.coding.actors.coreference import COUNTRIES, is_state_word
from dragoman.coding.actors.entities import Entity
from dragoman.coding.actors.notes import Notes
from dragoman.coding.actors.phrases import Phrase
from dragoman.coding.actors.units import Unit

# Without a country in their own words these mean nobody in particular.
_NOWHERE = frozenset(
    "group;groups;coalition;allies;enemies;governments;countries;world;community;international community;heads of state;"
    "western;foreigners;reports;media reports;sources;suicide bomber;suicide bombers;bombers;terrorist;criminals;"
    "secessionists;asylum seekers;donors;another;others".split(";")
)
_REACH = 40  # sentences back in which a body was named in full that "the Council" stands for


def state(notes: Notes, code: str) -> Entity:
    """The state of a country's code."""
    states = notes.states.items()
    entity = next((e for (_, c), e in states if c == code and e.kind == "state" and e.sector == "GOV"), None)
    if entity is None:
        row = notes.text.codebook.state(code)
        entity = Entity("state", row.name if row else code, (), code, "GOV", None, None, code, sure=0.8)
        notes.states[code, code] = entity
    return entity


def known(notes: Notes, phrase: Phrase, number: int, start: int) -> Entity:
    """The state or organisation that a phrase calls by name."""
    key = (phrase.id or phrase.head, phrase.country)
    entity = notes.states.get(key)
    if entity is None:
        entity = Entity(
            phrase.kind, phrase.name or phrase.head, (), phrase.country, phrase.sector, phrase.organisation, None,
            phrase.id, head=phrase.head, sure=0.95 if phrase.country else 0.0,
        )  # fmt: skip
        if phrase.kind == "state" and phrase.id:
            row = notes.text.codebook.state(phrase.id)
            entity.name = row.name if row else entity.name
        if phrase.country is None and phrase.kind == "organisation" and phrase.how == "ambiguous":
            entity.id = None
            homes.by_focus(notes, entity, number, start, phrase)
        notes.states[key] = entity
    return entity


def remember_alias(notes: Notes, found: Sequence[Unit], j: int, entity: Entity) -> None:
    """Remembers the "(WDA)" behind a name that ends before ``j``."""
    if j + 2 < len(found) and found[j].text == "(" and found[j + 2].text == ")" and entity.kind not in ("person", "state"):
        short = found[j + 1].text
        if short.isupper() and 1 < len(short) < 9 and short.isalpha():
            notes.aliases.setdefault(short, entity)


def by_short_name(notes: Notes, phrase: Phrase, number: int, start: int) -> Entity | None:
    """The body that "the Council" or an acronym in brackets stands for."""
    unit = phrase.unit
    if unit is None:
        return None
    if unit.text in notes.aliases:
        return notes.aliases[unit.text]
    if not phrase.definite or " " in unit.text or phrase.word is not None:
        return None
    for seen in notes.memory.before(start, number, _REACH):
        entity = seen.entity
        if entity.kind in ("organisation", "organ") and " " in entity.name and unit.low in entity.name.lower().split():
            return entity
    return None


def in_full(notes: Notes, phrase: Phrase, number: int, start: int) -> Entity | None:
    """The body that was named in full before, which "the Commission" with a capital means; None for another phrase."""
    unit = phrase.unit
    if unit is None or not phrase.definite or phrase.plural or phrase.country is not None or phrase.owner is not None:
        return None
    if not unit.text[0].isupper() or unit.text.isupper() or (phrase.name or "").lower() != unit.low:
        return None
    for seen in notes.memory.before(start, number, _REACH):
        entity = seen.entity
        named = entity.kind == "organisation" or (entity.kind == "organ" and entity.name[:1].isupper())
        if named and " " in entity.name and unit.low in entity.name.lower().split():
            return entity
    return None


def group(
    notes: Notes, phrase: Phrase, country: str | None, sure: float, number: int, start: int, like: str | None = None
) -> Entity:
    """The entity of a description: the same words of the same country are one, unless they are told anew ("a group")."""
    if country is None and phrase.sector == "IGO" and phrase.word is not None and phrase.word.detail == "office":
        country, sure = "IGO", 0.7  # "the Secretary-General"
    if country is None and phrase.how == "nothing" and (party := homes.of_party(notes, phrase)) is not None:
        country, sure = party, 0.8
    name = phrase.name or phrase.head
    key = (name.lower(), country)
    if country is not None and key in notes.groups:
        return notes.groups[key]
    entity = Entity(
        _kind_of(phrase), name, (), country, phrase.sector, phrase.organisation, phrase.role, None, phrase.former,
        phrase.plural, head=phrase.head, sure=sure if country else 0.0,
    )  # fmt: skip
    if country is None and phrase.how != "organisation" and not phrase.general and not _nowhere(phrase):
        homes.by_focus(notes, entity, number, start, phrase, like)
        key = (name.lower(), entity.country)
        if not phrase.indefinite and key in notes.groups:
            return notes.groups[key]
    if entity.country and entity.sector == "GOV" and is_state_word(phrase):
        entity.kind = "organ"
    if not phrase.indefinite or phrase.country is not None:
        notes.groups.setdefault(key, entity)
    return entity


def _kind_of(phrase: Phrase) -> str:
    if phrase.plural:
        return "group"
    return "organ" if phrase.word is not None and phrase.word.detail == "organ" else "described"


def _nowhere(phrase: Phrase) -> bool:
    """Whether a phrase means nobody in particular; "another country", "all states" too, but "70 others" are counted people
    and "local sources" of the place."""
    if (phrase.other or phrase.lead in ("all", "no")) and (phrase.head in COUNTRIES or is_state_word(phrase)):
        return True
    counted = phrase.head == "others" and phrase.count is not None
    return phrase.head in _NOWHERE and not counted and "local" not in (phrase.name or "").lower().split()
