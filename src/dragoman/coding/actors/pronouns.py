"""Whom a pronoun means: "he" and "it" somebody named before, "we" and "I" whoever speaks there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.codebook.tables import NO_STATE
from dragoman.coding.actors import bodies, coreference, quoted
from dragoman.coding.actors.coreference import Asked
from dragoman.coding.actors.descriptions import read
from dragoman.coding.actors.entities import Entity
from dragoman.coding.actors.focus import NOBODY
from dragoman.coding.actors.notes import Notes

_DOCUMENT = re.compile(
    r"\b(?:Telegram|Memorandum|Letter|Airgram|Despatch|Dispatch|Cable|Note|Minutes)\b[^.\n]{0,40}?\b[Ff]rom\b(.+?)(?:\b[Tt]o\b(.+))?$",
    re.MULTILINE,
)
_NOT_OWNED = ("preposition", "conjunction", "relative", "determiner", "mark")  # behind "her" as an object
_OPENING = ("mark", "relative", "conjunction")  # what a clause can begin behind
_BEHIND = 14  # characters from a speech verb to a speaker behind it: "said the minister"
_BEFORE = 120  # characters from a speaker to the verb
_NEVER = 999
_OUR_GUESTS = re.compile(
    r"\b[Oo]ur\s(?:[\w-]+\s){0,2}(?:friends?|partners?|colleagues?|allies|ally|neighbou?rs?|guests?|comrades?)\b"
)
_LABEL = re.compile(r"(?<=[\s.?!\"])\(([A-Z][A-Z .'-]{2,30})\) (?=[A-Z\"])")
_INTERVIEW = 4  # names or "(REPORTER)" in brackets from which a text is an interview
_CLEAR = 0.7  # how likely the country of an unknown speaker must be


def meant(notes: Notes, pronoun: str, number: int, start: int, without: Entity | None = None) -> Entity | None:
    """The entity that a pronoun in small letters means where it stands, not ``without``; None where nobody fits."""
    question = asked(notes, pronoun, number, start)
    if question is not None:
        return notes.memory.pronoun(question, without, _guests(notes, question))
    if pronoun in coreference.YOU:
        return _unnamed(notes, pronoun, number, start)
    if pronoun not in coreference.WE | coreference.ME:
        return None
    entity = _speaker(notes, number, start)
    if entity is None:
        return _unnamed(notes, pronoun, number, start)
    if pronoun in coreference.WE and entity.country not in (None, *NO_STATE) and entity.sector == "GOV":
        return bodies.state(notes, entity.country or "")
    return entity


def _guests(notes: Notes, question: Asked) -> frozenset[str]:
    """Countries that a speaker's own words tell as others' ("our Chinese friends", he said): he is of none of them."""
    if not question.speaks or question.quoted:
        return frozenset()
    begin, text = notes.text.starts[question.sentence], notes.article.text
    return frozenset(
        entity.country
        for (start, end), entities in notes.found.items()
        if begin <= start and end <= question.start and _OUR_GUESTS.search(text, max(begin, start - len("our ")), end)
        for entity in entities
        if entity.country is not None
    )


def asked(notes: Notes, pronoun: str, number: int, start: int) -> Asked | None:
    """The question that a pronoun of the third person asks; None for another word."""
    if pronoun in coreference.HE | coreference.SHE:
        table, sex = "HE", "m" if pronoun in coreference.HE else "f"
    elif pronoun in coreference.IT | coreference.THEY:
        table, sex = "IT" if pronoun in coreference.IT else "THEY", None
    else:
        return None
    text, begin = notes.article.text, notes.text.starts[number]
    quotes = quoted.inside(text, begin, start, start, notes.text.open[number])
    tail = text[start : start + 40]
    speaks = bool(quoted.SAYS.match(tail))
    clause = _clause_of_object(notes, pronoun, number, start)
    return Asked(start, number, table, sex, quotes, start - begin < 3, speaks, clause)


def _clause_of_object(notes: Notes, pronoun: str, number: int, start: int) -> int | None:
    """Where the clause begins in which a pronoun is the object of its verb; None for other pronouns."""
    found = notes.text.sentences[number]
    k = next((n for n, u in enumerate(found) if u.start == start), None)
    if not k or pronoun not in ("him", "her", "them") or found[k - 1].kind == "preposition":
        return None
    after = found[k + 1] if k + 1 < len(found) else None
    if pronoun == "her" and after is not None and after.kind not in _NOT_OWNED:
        return None
    opened = next((u.end for u in reversed(found[:k]) if u.kind in _OPENING or u.low in ("that", "said")), None)
    return opened if opened is not None else found[0].start


def _speaker(notes: Notes, number: int, start: int) -> Entity | None:
    """Who says the quotation in which a position stands; outside of quotations whoever wrote the document."""
    heard = _heard(notes, start) or _labelled(notes, start)
    if heard is not None:
        return heard
    text, sentences, opened = notes.article.text, notes.article.sentences, notes.text.open
    sentence = sentences[number]
    if not quoted.inside(text, sentence.start, sentence.end, start, opened[number]):
        return _author(notes)
    ahead = number + 1 < len(sentences) and opened[number + 1]
    for n in (number, number + 1, number - 1, number - 2) if ahead else (number, number - 1, number - 2):
        if n < 0:
            break
        at = quoted.cue(text, sentences[n].start, sentences[n].end, opened[n])
        if at is not None:
            near = _nearest(notes, n, at)
            if near is not None:
                return near
    return None


def _heard(notes: Notes, position: int) -> Entity | None:
    """Who says the content in which a position stands, as the model hears it: the innermost of several."""
    around = [(end - start, source) for (start, end), source in notes.said if start <= position < end]
    if not around:
        return None
    start, end = min(around)[1]
    known = [(b - a, entities) for (a, b), entities in notes.found.items() if start <= a and b <= end and len(entities) == 1]
    if known:
        return max(known, key=lambda k: k[0])[1][0]
    for unit in notes.text.span(start, end):  # what stands further on is not read yet
        if unit.kind in ("name", "person"):
            return notes.people.find(unit, unit.start)
        if unit.kind == "pronoun" and unit.low in coreference.HE | coreference.SHE:
            return meant(notes, unit.low, notes.text.sentence_at(start), start)
    return None


def _labelled(notes: Notes, position: int) -> Entity | None:
    """Whose turn it is in an interview that is written down with names in brackets: "(ORTEGA) We shall see"."""
    labels = list(_LABEL.finditer(notes.article.text))
    before = [m for m in labels if m.end() <= position]
    if len(labels) < _INTERVIEW or not before:
        return None
    names = [u for u in notes.text.span(*before[-1].span(1)) if u.kind in ("name", "person")]
    return notes.people.find(names[0], position) if names else None


def _unnamed(notes: Notes, pronoun: str, number: int, start: int) -> Entity | None:
    """Somebody of whom only the country can be told, by what the text is about there; None where that is not clear."""
    ranked = notes.focus.ranked(start, number, "people", ("definite",))
    country, sure = ranked[0] if ranked else (NOBODY, 0.0)
    if country == NOBODY or sure < _CLEAR:
        return None
    return Entity("group", pronoun, (), country, plural=pronoun not in coreference.ME, head=pronoun, sure=sure)


def _author(notes: Notes) -> Entity | None:
    """The state that writes a "Telegram From the Embassy ... to the Department of State": its own, else the receiver's."""
    text, sentences = notes.article.text, notes.article.sentences
    if not sentences:
        return None
    numbered = [s for s in sentences[:2] if s.end - s.start > 5]  # the first may be "33."
    first = (numbered or sentences)[0]
    line = _DOCUMENT.search(text, first.start, min(first.end, first.start + 300))
    for start, end in (line.span(1), line.span(2)) if line is not None else ():
        if start >= 0:
            source = text.find("Source:", start, end)
            phrase = read(notes.text.span(start, end if source < 0 else source), notes.text.choose)
            person = notes.people.find(phrase.unit) if phrase.kind == "person" and phrase.unit is not None else None
            country = phrase.country or (person.country if person is not None else None)
            if country not in (None, *NO_STATE) and phrase.sector == "GOV":
                return bodies.state(notes, country or "")
    return None


def _nearest(notes: Notes, number: int, position: int) -> Entity | None:
    """The actor that stands nearest to a speech verb: before it, or directly behind it."""
    if number < len(notes.chunks):
        options = [(c.start, c.end, notes.found[c.start, c.end]) for c in notes.chunks[number]]
    else:
        options = list(_pending(notes, number))
    best: tuple[int, Entity] | None = None
    for start, end, entities in options:
        if len(entities) != 1 or (entities[0].kind == "group" and entities[0].sector is None):
            continue
        told = notes.article.text.startswith("told", position)  # who is told something speaks not
        gap = position - end if end <= position else start - position if start - position < _BEHIND and not told else _NEVER
        if gap >= 0 and (best is None or gap < best[0]):
            best = (gap, entities[0])
    return best[1] if best and best[0] < _BEFORE else None


def _pending(notes: Notes, number: int) -> Iterator[tuple[int, int, tuple[Entity, ...]]]:
    """Names of a sentence that is not read yet, or only in part."""
    for unit in notes.text.sentences[number]:
        if unit.kind in ("name", "person"):
            entity = notes.people.find(unit, unit.start)
            if entity is not None:
                yield unit.start, unit.end, (entity,)
    begin = notes.article.sentences[number].start
    yield from ((start, end, found) for (start, end), found in notes.found.items() if start >= begin and found)
