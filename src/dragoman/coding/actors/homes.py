"""The country of an actor whose own words do not say it: the one that the article is about where the actor is named.

The article's named countries are noted in ``focus``, each with its place; what is open afterwards asks there.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from dragoman.codebook.tables import NO_STATE
from dragoman.coding.actors.entities import Entity
from dragoman.coding.actors.focus import NOBODY
from dragoman.coding.actors.heads import DESCENT, SETTLED
from dragoman.coding.actors.notes import Notes
from dragoman.coding.actors.phrases import Phrase
from dragoman.coding.actors.stories import DATELINE
from dragoman.coding.actors.units import CONTINENTS, Unit

_COMMISSION = ("EU", "European-Commission")  # whose commissioners are told without it
_WHERE = ("in", "at", "near", "across")
_PLACE_BEFORE = frozenset("in at near outside inside around across".split())
_MOVES = re.compile(
    r"\b(?:arriv\w+|left|leav\w+|flew|fl(?:y|ies|ying|ight)|travel\w*|went|go(?:es|ing)?|return\w*|visit\w*|trip|drove|came|com(?:e|es|ing)"
    r"|sent|held|hosted|meeting|summit|talks|tour\w*|head(?:ed|ing|s)?|march\w*)\b[^.;]{0,40}$"
)
_PARTISANS = ("PTY", "REB", "OPP")
_OF_STATES = ("GOV", "MIL", "COP", "JUD", "LEG")
# Heads that say how likely their bearers are of no state in particular.
_KINDS = {
    kind: frozenset(words.split())
    for kind, words in {
        "believers": "muslims christians jews hindus sikhs buddhists catholics protestants sunnis shiites shias believers "
        "pilgrims",
        "experts": "analysts analyst experts expert observers observer critics scientists researchers economists historians "
        "scholars commentators pundits diplomats strategists",
        "migrants": "migrants migrant refugees refugee immigrants asylum-seekers exiles emigrants expatriates",
        "everybody": "people persons men women children others individuals humans adults teenagers youths girls boys man woman "
        "child person",
        "fighters": "terrorists terrorist extremists extremist militants militant jihadists jihadis gunmen gunman bombers "
        "fighters attackers attacker assailants insurgents",
        "suspects": "suspects suspect traffickers smugglers criminals gangs gang cartels cartel dealers robbers "
        "kidnappers killers",
        "hurt": "victims casualties dead wounded injured survivors hostages passengers crew bodies",
        "markets": "investors traders companies firms banks markets businesses exporters producers consumers buyers",
        "tellers": "sources reports report media reporters journalists newspapers witnesses observers correspondents",
        "rulers": "leaders ministers presidents governments countries states nations politicians lawmakers",
    }.items()
}
_UNKNOWN = re.compile(r"\b(?:unknown|unidentified|masked)\b", re.IGNORECASE)  # of no country in 4 of 4 marked (folds 1 to 4)
_BOUND = re.compile(
    r"\s(?:(?:will|would|has|have|had|is|are|was|were|also|then)\s)*(?:head\w*|travel\w*|fl(?:y|ies|ew|ying)|go(?:es|ing)?|went|sail\w*"
    r"|arriv\w*)\s(?:to|for|in)\s(?:the\s)?"
)
_NAMING = ("state", "adjective", "organisation", "region", "place")
_SURE = 0.34  # probability a country needs to count; below, it is right for less than a third (training/actors.py)


def note_countries(notes: Notes) -> None:
    """Tells the focus which countries are named where, and in the datelines."""
    for number, found in enumerate(notes.text.sentences):
        _note_units(notes, number, found)
    for number, start, end in _datelines(notes):
        units = [u for u in notes.text.span(start, end) if u.kind != "organisation"]  # an agency's name
        if start < notes.text.starts[number]:
            _note_units(notes, number, units)
        entries = [e for u in units if u.entries and u.kind != "word" if (e := notes.text.choose(u.entries)) is not None]
        country = next((e.country for e in entries if e.country), None)
        if country is not None:
            notes.focus.dateline(notes.text.starts[number], country)


def _note_units(notes: Notes, number: int, found: Sequence[Unit]) -> None:
    """Tells the focus which countries some units of a sentence name."""
    for n, unit in enumerate(found):
        if unit.kind in ("state", "adjective", "organisation", "region", "place"):
            entry = notes.text.choose(unit.entries)
            if entry is not None and not _descent(found, n):
                where = n > 0 and unit.kind != "organisation" and (found[n - 1].low in _WHERE or _goal(notes, found, n))
                how = "place" if where or unit.kind == "place" else unit.kind
                notes.focus.add(unit.start, number, entry.country, 0.8 if unit.kind == "organisation" else 1.0, how)
        elif unit.kind == "hyphen":
            two = [word[:1].isupper() for word in unit.text.split("-")] == [True, True]  # "U.S.-Soviet"
            for country in dict.fromkeys(e.country for e in (unit.entries[0], unit.entries[-1 if two else 0])):
                notes.focus.add(unit.start, number, country, 0.4, "hyphen")


def _descent(found: Sequence[Unit], n: int) -> bool:
    """Whether a nationality says where somebody's family is from: "Cuban Americans", "of Cuban descent"."""
    after = found[n + 1] if n + 1 < len(found) and found[n].kind == "adjective" else None
    return after is not None and (after.low in SETTLED or after.low in DESCENT)


def _goal(notes: Notes, found: Sequence[Unit], n: int) -> bool:
    """Whether somebody goes to a town: "flew to Tokyo"."""
    unit, before = found[n], found[n - 1]
    town = unit.kind in ("place", "state") and unit.entry.kind in ("place", "capital") and not unit.possessive
    return town and before.low == "to" and bool(_MOVES.search(notes.article.text[max(0, before.start - 60) : before.start]))


def note_offices(notes: Notes) -> None:
    """Remembers the offices that are told with their state and no name: "Kenya's trade minister said"."""
    for found in notes.text.sentences:
        for n, unit in enumerate(found):
            if unit.kind != "word" or unit.entry.detail != "office" or _holder_behind(found, n):
                continue
            before = found[n - 1] if n else None
            home = before if before is not None and before.kind in ("state", "adjective") else None
            if home is None and n + 2 < len(found) and found[n + 1].low == "of" and found[n + 2].kind == "state":
                home = found[n + 2]
            entry = notes.text.choose(home.entries) if home is not None else None
            if entry is not None and entry.country not in (None, *NO_STATE):
                notes.offices.setdefault(unit.entry.form.removesuffix("s"), []).append((unit.start, entry.country or ""))


def note_parties(notes: Notes) -> None:
    """Remembers with which nationalities the article calls parties and armed groups: "Chinese Communists"."""
    for found in notes.text.sentences:
        told = [(u, u) for u in found if u.kind == "organisation" and " " in u.low]
        told += [(home, u) for home, u in pairwise(found) if u.kind == "word" and home.kind in ("state", "adjective")]
        for home, unit in told:
            entry = notes.text.choose(home.entries) if unit.entry.sector in _PARTISANS else None
            if entry is not None and entry.country not in (None, *NO_STATE):
                notes.parties.setdefault(_stem(unit.low), set()).add(entry.country or "")


def of_party(notes: Notes, phrase: Phrase) -> str | None:
    """The one country whose such party or group the article names elsewhere."""
    return _with_party(notes, phrase.head) if phrase.sector in _PARTISANS else None


def _with_party(notes: Notes, words: str) -> str | None:
    told = notes.parties.get(_stem(words), set())
    return next(iter(told)) if len(told) == 1 else None


def _stem(words: str) -> str:
    return words.split()[-1].removesuffix("s")


def _holder_behind(found: Sequence[Unit], n: int) -> bool:
    """Whether the holder of an office is named behind it: "President X", "president, X"."""
    return any(u.kind in ("name", "person") for u in found[n + 1 : n + 3])


def _datelines(notes: Notes) -> Iterator[tuple[int, int, int]]:
    """The datelines of an article, "NAIROBI, Kenya (AP) --": the sentence that each leads, its start and end.

    The first is no part of a sentence where the article was read by ``read``, which sets it aside.
    """
    text, sentences, starts = notes.article.text, notes.article.sentences, notes.text.starts
    for left in notes.article.discards:
        number = bisect_left(starts, left.end)
        if left.reason.endswith("dateline") and left.start < left.end and number < len(starts):
            yield number, left.start, left.end
    openings = [0, *(bisect_left(starts, b) for b in notes.stories.borders)]
    for opening in openings:
        for number in range(opening, min(opening + 4, len(sentences))):
            sentence = sentences[number]
            line = DATELINE.match(text, sentence.start, min(sentence.end, sentence.start + 120))
            if line is not None:
                yield number, line.start(), line.end()


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
    if entity.role == "commissioner" and any(e.id in _COMMISSION for m in notes.text.matches for e in m.entries[:1]):
        entity.country, entity.sector, entity.sure = "IGO", "IGO", 0.7
        return
    if entity.owner is not None and entity.owner.kind in ("person", "name"):
        owner = notes.people.find(entity.owner)
        if entity.abroad:
            entity.away |= {owner.country} if owner is not None and owner.country is not None else set()
        elif owner is not None and owner is not entity and owner.country:
            entity.country, entity.sure = owner.country, 0.8
            return
    party = _with_party(notes, entity.words[0]) if len(entity.words) == 1 else None  # "Communist shelling"
    if party is not None:
        entity.country, entity.sure = party, 0.8
        return
    number, start, _ = entity.places[0]
    here = notes.stories.at(start)
    told = {c for at, c in notes.offices.get(entity.role or "", ()) if at < start and notes.stories.at(at) == here}
    if len(told) == 1 and not entity.former:
        entity.country, entity.sure = next(iter(told)), 0.8
        return
    if _settled_acronym(notes, entity):
        return
    home = notes.focus.home(start, number, notes.text.starts) if _sort_of(entity, None)[0] == "holder" else None
    if home is not None and not entity.former and home not in entity.away:
        entity.country, entity.sure = home, 0.8  # ministers of the place itself are told without their state
        return
    by_focus(notes, entity, number, start)


def _settled_acronym(notes: Notes, entity: Entity) -> bool:
    """Whether a name is an acronym whose country is settled: its long form's where the article spells it out, none for the
    tag of an interviewer or agency in brackets, "((WSS))"."""
    short = entity.name
    if entity.is_person or not (short.isupper() and short.isalpha() and 2 < len(short) < 8) or notes.text.upper:
        return False
    long = _spelled_out(notes, short)
    if long is None:
        _, start, end = entity.places[0]
        return notes.article.text[start - 1 : start] == "(" and notes.article.text[end : end + 1] == ")"
    entry = next((e for u in long if u.entries and u.kind in _NAMING and (e := notes.text.choose(u.entries)) is not None), None)
    if entry is not None:
        entity.country, entity.sure = entry.country, 0.8
    return entry is not None


def _spelled_out(notes: Notes, short: str) -> Sequence[Unit] | None:
    """The units of the words that an acronym stands for: "(ABC)" behind them, or they in brackets behind it; else None."""
    text = notes.article.text
    initials = r"[\s-]+(?:(?:of|for|the|and|de|la|on|in)[\s-]+)*".join(rf"{letter}\w+" for letter in short)
    found = re.search(rf"\b({initials})[\s\"”’,]*\({short}\)|\b{short} \(\W?({initials})\W?\)", text)
    if found is None:
        return None
    return notes.text.span(*(found.span(1) if found.group(1) is not None else found.span(2)))


def by_focus(
    notes: Notes, entity: Entity, number: int, start: int, phrase: Phrase | None = None, like: str | None = None
) -> None:
    """Gives an entity the likeliest country in focus; ``like`` is that of the last actor that was called the same."""
    if entity.name.lower() in CONTINENTS:
        return
    if phrase is not None and _UNKNOWN.search(notes.article.text[phrase.start : phrase.end + len(" unknown")]):
        return
    sort, marks = _sort_of(entity, phrase)
    entity.asked = (start, number, sort, marks, like)
    ranked = notes.focus.ranked(start, number, sort, marks, like)
    away = entity.away | ({phrase.away} if phrase is not None and phrase.away is not None else set())
    away |= _bound_for(notes, number, phrase.end) if phrase is not None else set()
    if away:
        rest = sum(p for c, p in ranked if c not in away) or 1.0
        ranked = [(c, round(p / rest, 4)) for c, p in ranked if c not in away]
    entity.alternatives = tuple(ranked[:4])
    if ranked and ranked[0][0] != NOBODY and ranked[0][1] >= _SURE:
        entity.country, entity.sure = ranked[0]


def _bound_for(notes: Notes, number: int, end: int) -> set[str]:
    """The country that an actor is on the way to, which is not its own: "the team headed to Chad"."""
    found = notes.text.sentences[number]
    way = _BOUND.match(notes.article.text, end)
    goal = next((u for u in found if way and u.start == way.end() and u.kind in ("state", "place")), None)
    entry = notes.text.choose(goal.entries) if goal is not None else None
    return {entry.country} if entry is not None and entry.country else set()


def _sort_of(entity: Entity, phrase: Phrase | None) -> tuple[str, tuple[str, ...]]:
    """What sort of actor asks for a country, and what speaks against its having one."""
    if phrase is None or phrase.kind == "name":
        sort = "holder" if entity.role is not None and not entity.weak and entity.sector in _OF_STATES else "name"
        return sort, (f"{sort}-person",) if entity.is_person else ("name",)
    marks = [m for m, on in (("indefinite", phrase.indefinite), ("definite", phrase.definite), ("plural", phrase.plural)) if on]
    marks += ["counted"] if phrase.count else []
    marks += [f"sector-{entity.sector}", f"head-{phrase.head}"]
    marks += [f"kind-{kind}" for kind, heads in _KINDS.items() if phrase.head.split()[-1] in heads]
    if entity.sector in _OF_STATES:
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
