"""Reads one article from left to right: names over the whole text first, then phrases and pronouns in their order.

What it finds is in ``Notes``: ``people`` holds who has a name, ``bodies`` who is called by what they are, ``pronouns`` and
``coreference`` find whom a phrase takes up again, ``homes`` the country of those of whom the words do not say it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dragoman.codebook import Codebook
from dragoman.coding.actors import bodies, coreference, homes, introductions, lists, opposites, pronouns, quoted
from dragoman.coding.actors.article_units import ArticleUnits
from dragoman.coding.actors.chunks import chunks
from dragoman.coding.actors.coreference import Memory, Seen
from dragoman.coding.actors.descriptions import read
from dragoman.coding.actors.entities import Entity
from dragoman.coding.actors.focus import Focus, Hints
from dragoman.coding.actors.holders import Holders
from dragoman.coding.actors.lexicon import Lexicon
from dragoman.coding.actors.notes import Chunk, Notes
from dragoman.coding.actors.people import People
from dragoman.coding.actors.phrases import Phrase
from dragoman.coding.actors.ranking import Features
from dragoman.coding.actors.stories import stories
from dragoman.coding.actors.units import DETERMINERS, Unit
from dragoman.coding.speech.hearing import Said
from dragoman.records import Article

_YEAR = re.compile(r"\b(19[3-9]\d|20[0-4]\d)\b")
_PARTICULAR = frozenset(
    "group organization organisation party company agency movement outfit militia network gang cartel".split()
)
_WHOSE = ("of", "from", "for")
_SEATED = ("COP", "GOV", "JUD", "LEG")  # of the state where they are: "police in Accra"
_COMPLEMENT = re.compile(r" (?:of|for) (.+)")
_WORD = re.compile(r"[a-z][\w-]+")
_RELATIVE = frozenset(("who", "which", "that", "whom"))
_LED_BY_PLACE = re.compile(r"In (?:the capital,? (?:of )?)?[^,.;:]{2,30}, ")
_LED_IN = re.compile(r",?\s+(?:(?:to|with|from|of|against|for|by|in|on)\s+)?$")  # ", which", " to whom"
_FRIENDS = frozenset("allies neighbours neighbors".split())  # of a state: other states
_LENT = ("USA", "IND", "GBR")  # whose words for offices others use too: "Sen.", "MP"


def read_article(
    codebook: Codebook,
    lexicon: Lexicon,
    holders: Holders,
    article: Article,
    hints: Hints | None = None,
    said: Sequence[Said] = (),
) -> Notes:
    """Who is named in an article, with every phrase that can be an actor."""
    on = article.published.from_ if article.published else _latest_year(article.text)
    text = ArticleUnits(codebook, lexicon, holders, article, int(on[:4]) if on else None)
    parts = stories(article, text.sentences, text.matches)
    people = People(codebook, on, holders, text.named, article.published is not None, parts)
    focus = Focus(parts, hints)
    notes = Notes(article, text, people, focus, Memory(focus, parts), parts, said=said)
    for number, found in enumerate(text.sentences):
        _meet_names(notes, number, found)
    homes.note_countries(notes)
    homes.note_offices(notes)
    homes.note_parties(notes)
    for entity in people.all:
        people.consult(entity)
    homes.note_people(notes)
    _set_apart(notes)
    for entity in people.all:
        homes.of_person(notes, entity)
    for number, found in enumerate(text.sentences):
        notes.chunks.append(_read_sentence(notes, number, found))
    return notes


def _latest_year(text: str) -> str | None:
    """The latest year that the article talks about, for the offices' dates; None without one."""
    years = _YEAR.findall(text)
    return max(years) if years else None


def _meet_names(notes: Notes, number: int, found: list[Unit]) -> None:
    """Takes up the names of a sentence, with what stands around them and says who that is."""
    for k, unit in enumerate(found):
        if unit.kind not in ("name", "person"):
            continue
        after = found[k + 1] if k + 1 < len(found) else None
        if unit.kind == "name" and after is not None and _part_of_body(unit, after):
            continue
        entity = notes.people.meet(unit, number, unit.kind)
        relative = introductions.kin_of(found, k)
        if relative is not None:
            entity.kin, entity.owner = True, entity.owner or relative[0]
            entity.gender = entity.gender or relative[1]
        for phrase in introductions.told(found, k, notes.text.choose):
            notes.people.learn(entity, _sober(notes, phrase))
            entity.called.update(u.low for u in found[:k] if u.kind == "other" and u.end + 1 == phrase.start)


def _part_of_body(unit: Unit, after: Unit) -> bool:
    """Whether a capitalised name is the front of a body's name: "National Telecommunications Commission"."""
    return after.kind == "word" and after.text[0].isupper() and after.entry.detail == "organ" and not unit.possessive


def _set_apart(notes: Notes) -> None:
    """Notes of which country a person is not, since a counterpart or colleague is of it."""
    for found in notes.text.sentences:
        for unit, country in opposites.apart(found, notes.text.choose):
            entity = notes.people.find(unit, unit.start)
            if entity is not None:
                entity.away.add(country)


def _read_sentence(notes: Notes, number: int, found: list[Unit]) -> list[Chunk]:
    """Resolves a sentence's phrases in their order, each with what the ones before it have told."""
    out: list[Chunk] = []
    text = notes.article.text
    first = True
    spans = chunks(found)
    for n, (i, j) in enumerate(spans):
        start, end = found[i].start, found[j - 1].end
        phrase = _sober(notes, read(found[i:j], notes.text.choose))
        if phrase.kind == "none":
            continue
        whose = (*_WHOSE, "in") if phrase.sector in _SEATED else _WHOSE
        if n + 1 < len(spans) and spans[n + 1][0] == i and found[j].low in whose:
            phrase = _of_whom(notes, phrase, found[i : spans[n + 1][1]])
        entities = _beside(notes, phrase, found, i, j) or _entities(notes, phrase, number, start)
        notes.found[start, end] = entities
        out.append(Chunk(start, end, phrase, first))
        if len(entities) == 1:
            bodies.remember_alias(notes, found, j, entities[0])
            if not homes.as_place(text, found, i, phrase):
                in_quotation = quoted.inside(text, notes.text.starts[number], end, start, notes.text.open[number])
                speaks = not in_quotation and _speaks(found, i, j)
                acts = j < len(found) and _is_verb(found[j])
                notes.memory.note(Seen(start, number, entities[0], first, in_quotation, speaks, acts))
        first = first and phrase.kind == "pronoun" and phrase.head in {"it", "there"}
    return out


def _of_whom(notes: Notes, phrase: Phrase, longer: Sequence[Unit]) -> Phrase:
    """A description with the country that its complement says: "the leaders" of "the leaders of Chad"."""
    if phrase.kind != "described" or phrase.country is not None or phrase.owner is not None or coreference.is_pair(phrase):
        return phrase
    whole = _sober(notes, read(longer, notes.text.choose))
    if whole.kind != "described" or whole.how != "complement" or whole.country is None:
        return phrase
    return replace(phrase, country=whole.country, sector=whole.sector, organisation=whole.organisation, how="complement")


def _sober(notes: Notes, phrase: Phrase) -> Phrase:
    """Takes back a country that only the word suggests ("Sen.") in an article that names others and not that one."""
    named = notes.text.named
    if phrase.how == "word" and phrase.country in _LENT and named and not named[phrase.country]:
        return replace(phrase, country=None, how="nothing")
    return phrase


def _speaks(found: Sequence[Unit], i: int, j: int) -> bool:
    """Whether a phrase is the subject of a verb of speech: "X said", "said X"."""
    after = [u.low for u in found[j : j + 2]]
    return any(w in quoted.SPEECH for w in after) or (i > 0 and found[i - 1].low in quoted.SPEECH)


def _beside(notes: Notes, phrase: Phrase, found: Sequence[Unit], i: int, j: int) -> tuple[Entity, ...]:
    """The person whom a description and the name beside it both mean; nothing where they are of two countries."""
    unit = introductions.name_beside(found, i, j) if phrase.kind == "described" else None
    entity = notes.people.find(unit, unit.start) if unit is not None else None
    if entity is None or not entity.is_person or (phrase.country is not None and entity.country != phrase.country):
        return ()
    return (entity,)


def _is_verb(unit: Unit) -> bool:
    """Whether a unit behind a phrase can be its verb."""
    return unit.kind == "verb" or (unit.kind == "other" and unit.low.endswith(("ed", "es", "s")))


def _entities(notes: Notes, phrase: Phrase, number: int, start: int) -> tuple[Entity, ...]:
    """Whom a phrase means where it stands."""
    if phrase.kind == "pronoun":
        entity = pronouns.meant(notes, phrase.head, number, start)
        return (entity,) if entity is not None else ()
    if phrase.kind in ("state", "organisation"):
        return (_called_as_a_town(notes, phrase, start) or bodies.known(notes, phrase, number, start),)
    if phrase.kind == "name":
        body = bodies.by_short_name(notes, phrase, number, start)
        if body is not None:
            return (body,)
    if phrase.kind in ("person", "name") and phrase.unit is not None:
        return (_person(notes, phrase, phrase.unit, number, start),)
    return _described(notes, phrase, number, start)


def _called_as_a_town(notes: Notes, phrase: Phrase, start: int) -> Entity | None:
    """The person named in full before, whose surname is a capital's name: "Ana Lima", then "Lima"."""
    unit = phrase.unit
    if unit is None or not unit.entries or unit.entry.kind != "capital" or (phrase.name or "").lower() != unit.low:
        return None
    entity = notes.people.find(unit, start)
    if entity is None or len(entity.words) < 2 or entity.words[-1] != unit.low or entity.places[0][1] > start:
        return None
    return entity


def _person(notes: Notes, phrase: Phrase, unit: Unit, number: int, start: int) -> Entity:
    entity = notes.people.find(unit, start)
    if entity is None:
        entity = notes.people.meet(unit, number, phrase.kind)
        notes.people.learn(entity, phrase)
        notes.people.consult(entity)
        homes.of_person(notes, entity)
    _settle_owner(notes, entity, number)
    return entity


def _settle_owner(notes: Notes, entity: Entity, number: int) -> None:
    """Gives the "national security adviser" of "his" the country of whom "his" means, which the focus only guessed."""
    owner = entity.owner
    guessed = entity.country is None or entity.asked is not None
    if owner is None or owner.kind != "pronoun" or not guessed or notes.text.sentence_at(owner.start) != number:
        return
    whose = pronouns.meant(notes, owner.low, number, owner.start, without=entity)
    entity.owner = None
    if whose is None or whose.country is None:
        return
    if entity.abroad:
        entity.away.add(whose.country)
        entity.country = None
        homes.by_focus(notes, entity, *entity.places[0][:2])
    else:
        entity.country, entity.sure, entity.asked = whose.country, 0.8 * whose.sure, None


def _described(notes: Notes, phrase: Phrase, number: int, start: int) -> tuple[Entity, ...]:
    country, sure = phrase.country, 0.9
    if phrase.owner is not None:
        owner = _owner(notes, phrase.owner, number, start)
        if owner is not None and _is_of_states(owner) and phrase.head.split()[-1] in _FRIENDS:
            return (Entity("group", phrase.name or phrase.head, sector=phrase.sector, plural=True, head=phrase.head),)
        if owner is not None:
            country, sure = owner.country, 0.8 * owner.sure
    elif coreference.is_pair(phrase):
        members = coreference.pair(phrase, notes.memory, notes.article.text, start, number)
        if members:
            return tuple(m if isinstance(m, Entity) else bodies.state(notes, m) for m in members)
    elif (seat := _seat(notes, phrase, number, start)) is not None:
        country = seat
    elif coreference.bare(phrase) or phrase.definite:
        body = bodies.in_full(notes, phrase, number, start)
        if body is not None:
            return (body,)
        earlier = _antecedent(notes, phrase, number, start)
        if earlier is not None and (not _common(phrase) or earlier.country == "IGO"):
            return (earlier,)
        if earlier is not None and earlier.kind != "state":
            entity = bodies.group(notes, phrase, country, sure, number, start, earlier.country)
            return (earlier if entity.country == earlier.country else entity,)
    return (bodies.group(notes, phrase, country, sure, number, start),)


def _is_of_states(owner: Entity) -> bool:
    return owner.kind == "state" or (owner.kind == "organisation" and owner.country == "IGO")


def _seat(notes: Notes, phrase: Phrase, number: int, start: int) -> str | None:
    """The country of an organ of state right behind the place that leads the sentence: "In Havana, the government"."""
    if phrase.country is not None or phrase.sector not in _SEATED or phrase.indefinite or phrase.general:
        return None
    lead = notes.article.text[notes.text.starts[number] : start]
    return notes.focus.led(start, number, notes.text.starts) if _LED_BY_PLACE.fullmatch(lead) else None


def _owner(notes: Notes, unit: Unit, number: int, start: int) -> Entity | None:
    """Whose a described actor is: "its", "Obama's"."""
    if unit.kind == "pronoun":
        return pronouns.meant(notes, unit.low, number, unit.start)
    return notes.people.find(unit, start)


def _antecedent(notes: Notes, phrase: Phrase, number: int, start: int) -> Entity | None:
    """Whom a description takes up again."""
    if phrase.general:
        return None
    if phrase.head in coreference.COUNTRIES and phrase.country is None and not phrase.plural and not phrase.indefinite:
        near = notes.focus.states(start, number)
        return bodies.state(notes, near[0]) if near else None
    if phrase.indefinite or phrase.other:
        return None
    behind = _COMPLEMENT.search(notes.article.text, phrase.start, phrase.end)
    words = frozenset(_WORD.findall(behind.group(1).lower())) - DETERMINERS if behind is not None else frozenset()
    return notes.memory.description(phrase, start, number, words)


def _common(phrase: Phrase) -> bool:
    """Whether every country has its own: another "police" need not be the one before."""
    if phrase.word is None or phrase.country is not None or phrase.head in _PARTICULAR:
        return False
    return phrase.plural or phrase.word.detail == "organ"


def resolve(notes: Notes, start: int, end: int) -> tuple[Entity, ...]:
    """The entities that any span of the article names."""
    known = notes.found.get((start, end))
    if known is not None:
        return known
    if notes.article.text[start:end].lower() in _RELATIVE:
        notes.found[start, end] = _just_before(notes, start)
        return notes.found[start, end]
    number = notes.text.sentence_at(start)
    out: dict[int, Entity] = {}
    parts = lists.members(notes.text.span(start, end))
    for part in parts:
        phrase = _sober(notes, read(part, notes.text.choose))
        if part[0].low == "whose" and phrase.kind == "described" and phrase.country is None:
            owner = _just_before(notes, part[0].start)
            phrase = replace(phrase, country=owner[0].country if len(owner) == 1 else None)
        if phrase.kind == "none" and len(parts) == 1:
            phrase = _unnamed(phrase, part)
        for entity in _entities(notes, phrase, number, part[0].start) if phrase.kind != "none" else ():
            out.setdefault(id(entity), entity)
    notes.found[start, end] = tuple(out.values())
    return notes.found[start, end]


def _just_before(notes: Notes, start: int) -> tuple[Entity, ...]:
    """The actors that end where a relative clause begins: "Iran, whose leaders", "the envoys to whom"; the longest words."""
    stop = _LED_IN.search(notes.article.text, max(0, start - 12), start)
    at = stop.start() if stop is not None else start
    near = [(end, -begin) for begin, end in notes.found if 0 <= at - end <= 1 and notes.found[begin, end]]
    if not near:
        return ()
    end, begin = max(near)
    return notes.found[-begin, end]


def _unnamed(phrase: Phrase, part: Sequence[Unit]) -> Phrase:
    """A phrase without a word that the codebook knows: a number of people, or some thing said to act."""
    number = any(u.kind == "number" for u in part) or phrase.head in ("some", "most", "all", "few", "percent")
    if not number and not phrase.head.isalpha():
        return phrase
    name = " ".join(u.text for u in part if u.kind != "determiner") or phrase.head
    return replace(phrase, kind="described", name=name, sector="CVL" if number else None, plural=number or phrase.plural)


def choices(notes: Notes, start: int, end: int) -> tuple[str, int, list[tuple[str | None, Features]]]:
    """The weighted choice behind a span, for training: its table of weights, the position that it was made for, each
    candidate's country and features."""
    found = resolve(notes, start, end)
    number = notes.text.sentence_at(start)
    asked = pronouns.asked(notes, notes.article.text[start:end].lower(), number, start)
    if asked is not None:
        return asked.table, start, [(e.country, f) for e, f in notes.memory.antecedents(asked)]
    if len(found) == 1 and found[0].asked is not None:
        rows = notes.focus.features(*found[0].asked)
        return "FOCUS", found[0].asked[0], [(c or None, f) for c, f in sorted(rows.items())]
    return "", start, []
