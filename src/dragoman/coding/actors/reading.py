"""Reads one article from left to right: names over the whole text first, then phrases and pronouns in their order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dragoman.codebook import Codebook
from dragoman.coding.actors import coreference, opposites, quoted
from dragoman.coding.actors.article_units import ArticleUnits
from dragoman.coding.actors.chunks import chunks
from dragoman.coding.actors.coreference import Asked, Memory, Seen
from dragoman.coding.actors.descriptions import Phrase, read
from dragoman.coding.actors.focus import NOBODY, Focus
from dragoman.coding.actors.holders import Holders
from dragoman.coding.actors.lexicon import Lexicon
from dragoman.coding.actors.people import Entity, People, described
from dragoman.coding.actors.ranking import Features
from dragoman.coding.actors.units import CONTINENTS, Unit
from dragoman.records import Article

_YEAR = re.compile(r"\b(19[3-9]\d|20[0-4]\d)\b")
_DATELINE = re.compile(
    r"\s*[A-Z][A-Z .'’]{2,40}(?:, [A-Z][A-Za-z. ]{2,30})?,?\s*"
    r"(?:[A-Z][a-z]+ \d+\s*)?(?:\([A-Z][A-Za-z ]{1,20}\)\s*)?(?:--|—|–|_|-|:)"
)
_DOCUMENT = re.compile(
    r"\b(?:Telegram|Memorandum|Letter|Airgram|Despatch|Dispatch|Cable|Note|Minutes)\b[^.\n]{0,40}?\b[Ff]rom\b(.+?)(?:\b[Tt]o\b(.+))?$",
    re.MULTILINE,
)
_PLACE_BEFORE = frozenset("in at near outside inside around across".split())
_MOVES = re.compile(
    r"\b(?:arriv\w+|left|leav\w+|flew|fl(?:y|ies|ying|ight)|travel\w*|went|go(?:es|ing)?|return\w*|visit\w*|trip|drove|came|com(?:e|es|ing)"
    r"|sent|held|hosted|meeting|summit|talks|tour\w*|head(?:ed|ing|s)?|march\w*)\b[^.;]{0,40}$"
)
_PARTICULAR = frozenset(
    "group organization organisation party company agency movement outfit militia network gang cartel".split()
)
# Without a country in their own words these mean nobody in particular.
_NOWHERE = frozenset(
    "group;groups;coalition;allies;enemies;governments;countries;world;community;international community;heads of state;"
    "western;foreigners;reports;media reports;sources;suicide bomber;suicide bombers;bombers;terrorist;criminals;"
    "secessionists;asylum seekers;donors;another;others".split(";")
)
_LENT = ("USA", "IND", "GBR")
_SURE = 0.34  # probability a country needs to count; below, it is right for less than a third (training/actors.py)


@dataclass(frozen=True, slots=True)
class Chunk:
    sentence: int
    start: int
    end: int
    phrase: Phrase
    first: bool


class Reader:
    """One article's names, groups and antecedents. Made by ``Resolver.article``; asked through ``ArticleActors``."""

    def __init__(self, codebook: Codebook, lexicon: Lexicon, holders: Holders, article: Article) -> None:
        self.article = article
        on = article.published.from_ if article.published else _latest_year(article.text)
        self.text = ArticleUnits(codebook, lexicon, holders, article, int(on[:4]) if on else None)
        self.people = People(codebook, on, holders, self.text.named, article.published is not None)
        self.focus = Focus()
        self.memory = Memory(self.focus)
        self.states: dict[tuple[str | None, str | None], Entity] = {}
        self.groups: dict[tuple[str, str | None], Entity] = {}
        self.aliases: dict[str, Entity] = {}
        self.found: dict[tuple[int, int], tuple[Entity, ...]] = {}
        self.chunks: list[list[Chunk]] = []
        self._read()

    def _read(self) -> None:
        for number, found in enumerate(self.text.sentences):
            self._names(number, found)
        self._weigh()
        for entity in self.people.all:
            self.people.consult(entity)
        self._mention_people()
        for found in self.text.sentences:
            for unit, country in opposites.apart(found, self.text.choose):
                entity = self.people.find(unit, unit.start)
                if entity is not None:
                    entity.away.add(country)
        for entity in self.people.all:
            self._home(entity)
        for number, found in enumerate(self.text.sentences):
            self._phrases(number, found)

    def _names(self, number: int, found: list[Unit]) -> None:
        for k, unit in enumerate(found):
            if unit.kind not in ("name", "person"):
                continue
            after = found[k + 1] if k + 1 < len(found) else None
            if unit.kind == "name" and after is not None and _part_of_body(unit, after):
                continue
            entity = self.people.meet(unit, number, "person" if unit.kind == "person" else "name")
            for phrase in described(found, k, self.text.choose):
                self.people.learn(entity, self._sober(phrase))
                entity.called.update(u.low for u in found[:k] if u.kind == "other" and u.end + 1 == phrase.start)

    def _weigh(self) -> None:
        """Tells the focus which countries are named where."""
        for number, found in enumerate(self.text.sentences):
            for n, unit in enumerate(found):
                if unit.kind in ("state", "adjective", "organisation", "region", "place"):
                    entry = self.text.choose(unit.entries)
                    if entry is not None:
                        where = n > 0 and found[n - 1].low in ("in", "at", "near", "across") and unit.kind != "organisation"
                        how = "place" if where or unit.kind == "place" else unit.kind
                        self.focus.add(unit.start, number, entry.country, 0.8 if unit.kind == "organisation" else 1.0, how)
                elif unit.kind == "hyphen":
                    for entry in unit.entries[:1]:
                        self.focus.add(unit.start, number, entry.country, 0.4, "hyphen")
        for sentence in self.article.sentences[:4]:
            line = _DATELINE.match(self.article.text, sentence.start, min(sentence.end, sentence.start + 120))
            named = [
                m
                for m in self.text.matches
                if line and line.start() <= m.start and m.end <= line.end() and m.entries[0].country
            ]
            if named:
                self.focus.dateline(named[0].entries[0].country or "")
                break

    def _mention_people(self) -> None:
        for entity in self.people.all:
            for number, start, _ in entity.places:
                self.focus.add(start, number, entity.country, 0.7, "person")
        self.focus.settle()

    def _home(self, entity: Entity) -> None:
        """The country of a person of whom neither the article nor a table says it: the one in focus at the first mention."""
        if entity.country is not None or " ".join(entity.words) in CONTINENTS:
            return
        if entity.sector == "IGO" and entity.role is not None:
            entity.country, entity.sure = "IGO", 0.7
            return
        if entity.owner is not None and entity.owner.kind in ("person", "name"):
            owner = self.people.find(entity.owner)
            if owner is not None and owner is not entity and owner.country:
                entity.country, entity.sure = owner.country, 0.8
                return
        number, start, _ = entity.places[0]
        self._by_focus(entity, start, number)

    def _by_focus(self, entity: Entity, start: int, number: int, phrase: Phrase | None = None, like: str | None = None) -> None:
        sort, marks = _sort_of(entity, phrase)
        entity.asked = (start, number, sort, marks, like)
        ranked = self.focus.ranked(start, number, sort, marks, like)
        away = entity.away | ({phrase.away} if phrase is not None and phrase.away is not None else set())
        if away:
            rest = sum(p for c, p in ranked if c not in away) or 1.0
            ranked = [(c, round(p / rest, 4)) for c, p in ranked if c not in away]
        entity.alternatives = tuple(ranked[:4])
        if ranked and ranked[0][0] != NOBODY and ranked[0][1] >= _SURE:
            entity.country, entity.sure = ranked[0]

    # phrases

    def _phrases(self, number: int, found: list[Unit]) -> None:
        out: list[Chunk] = []
        first = True
        for i, j in chunks(found):
            start, end = found[i].start, found[j - 1].end
            phrase = self._sober(read(found[i:j], self.text.choose))
            if phrase.kind == "none":
                continue
            entities = self._entities(phrase, number, start)
            self.found[start, end] = entities
            out.append(Chunk(number, start, end, phrase, first))
            if len(entities) == 1:
                self._alias(found, j, entities[0])
            if len(entities) == 1 and not as_place(self.article.text, found, i, phrase):
                quotes = quoted.inside(self.article.text, self.text.starts[number], end, start, self.text.open[number])
                speaks = not quotes and _speaks(found, i, j)
                self.memory.note(Seen(start, number, entities[0], first, quotes, speaks))
            first = first and phrase.kind == "pronoun" and phrase.head in {"it", "there"}
        self.chunks.append(out)

    def _sober(self, phrase: Phrase) -> Phrase:
        """Takes back a country that only the word suggests ("Sen.") in an article that names others and not that one."""
        if phrase.how == "word" and phrase.country in _LENT and self.text.named and not self.text.named[phrase.country]:
            return replace(phrase, country=None, how="nothing")
        return phrase

    def _entities(self, phrase: Phrase, number: int, start: int) -> tuple[Entity, ...]:
        if phrase.kind == "pronoun":
            return self._pronoun(phrase, number, start)
        if phrase.kind in ("state", "organisation"):
            return (self._known(phrase, number, start),)
        if phrase.kind == "name" and phrase.unit is not None:
            body = self._body(phrase, number, start)
            if body is not None:
                return (body,)
        if phrase.kind in ("person", "name") and phrase.unit is not None:
            entity = self.people.find(phrase.unit, start)
            if entity is None:
                entity = self.people.meet(phrase.unit, number, phrase.kind)
                self.people.learn(entity, phrase)
                self.people.consult(entity)
                self._home(entity)
            return (entity,)
        return self._described(phrase, number, start)

    def _body(self, phrase: Phrase, number: int, start: int) -> Entity | None:
        """The body that "the Council" or an acronym in brackets stands for."""
        unit = phrase.unit
        if unit is None:
            return None
        if unit.text in self.aliases:
            return self.aliases[unit.text]
        if not phrase.definite or " " in unit.text or phrase.word is not None:
            return None
        for seen in self.memory.before(start, number, 40):
            entity = seen.entity
            if entity.kind in ("organisation", "organ") and " " in entity.name and unit.low in entity.name.lower().split():
                return entity
        return None

    def _alias(self, found: Sequence[Unit], j: int, entity: Entity) -> None:
        """Remembers "(WDA)" behind a name."""
        if j + 2 < len(found) and found[j].text == "(" and found[j + 2].text == ")" and entity.kind not in ("person", "state"):
            short = found[j + 1].text
            if short.isupper() and 1 < len(short) < 9 and short.isalpha():
                self.aliases.setdefault(short, entity)

    def _known(self, phrase: Phrase, number: int, start: int) -> Entity:
        key = (phrase.id or phrase.head, phrase.country)
        entity = self.states.get(key)
        if entity is None:
            entity = Entity(
                phrase.kind, phrase.name or phrase.head, (), phrase.country, phrase.sector, phrase.organisation, None,
                phrase.id, head=phrase.head, sure=0.95 if phrase.country else 0.0,
            )  # fmt: skip
            if phrase.kind == "state" and phrase.id:
                state = self.text.codebook.state(phrase.id)
                entity.name = state.name if state else entity.name
            if phrase.country is None and phrase.kind == "organisation" and phrase.how == "ambiguous":
                entity.id = None
                self._by_focus(entity, start, number, phrase)
            self.states[key] = entity
        return entity

    def _described(self, phrase: Phrase, number: int, start: int) -> tuple[Entity, ...]:
        country, sure = phrase.country, 0.9
        if phrase.owner is not None:
            owner = self._owner(phrase.owner, number, start)
            if owner is not None:
                country, sure = owner.country, 0.8 * owner.sure
        elif coreference.is_pair(phrase):
            members = coreference.pair(phrase, self.memory, self.article.text, start, number)
            if members:
                return tuple(m if isinstance(m, Entity) else self._state(m) for m in members)
        elif coreference.bare(phrase) or phrase.definite:
            earlier = self._antecedent(phrase, number, start)
            if earlier is not None and not _common(phrase):
                return (earlier,)
            if earlier is not None and earlier.kind != "state":
                entity = self._group(phrase, country, sure, number, start, earlier.country)
                return (earlier if entity.country == earlier.country else entity,)
        return (self._group(phrase, country, sure, number, start),)

    def _antecedent(self, phrase: Phrase, number: int, start: int) -> Entity | None:
        if phrase.general:
            return None
        if phrase.head in coreference.COUNTRIES and phrase.country is None and not phrase.plural and not phrase.indefinite:
            near = self.focus.states(start, number)
            return self._state(near[0]) if near else None
        if phrase.indefinite or phrase.other:
            return None
        return self.memory.description(phrase, start, number)

    def _group(
        self, phrase: Phrase, country: str | None, sure: float, number: int, start: int, like: str | None = None
    ) -> Entity:
        if country is None and phrase.sector == "IGO" and phrase.word is not None and phrase.word.detail == "office":
            country, sure = "IGO", 0.7  # "the Secretary-General"
        name = phrase.name or phrase.head
        state = country is not None and coreference.is_state_word(phrase) and phrase.sector == "GOV" and not phrase.former
        key = (name.lower(), country)
        if country is not None and key in self.groups:
            return self.groups[key]
        kind = (
            "group" if phrase.plural else "organ" if phrase.word is not None and phrase.word.detail == "organ" else "described"
        )
        entity = Entity(
            kind, name, (), country, phrase.sector, phrase.organisation, phrase.role, None, phrase.former, phrase.plural,
            head=phrase.head, sure=sure if country else 0.0,
        )  # fmt: skip
        if country is None and phrase.how != "organisation" and not phrase.general and not _nowhere(phrase):
            self._by_focus(entity, start, number, phrase, like)
            key = (name.lower(), entity.country)
            if not phrase.indefinite and key in self.groups:
                return self.groups[key]
        if state or (entity.country and coreference.is_state_word(phrase) and entity.sector == "GOV"):
            entity.kind = "organ"
        if not phrase.indefinite or phrase.country is not None:
            self.groups.setdefault(key, entity)
        return entity

    def _state(self, code: str) -> Entity:
        entity = next((e for (_, c), e in self.states.items() if c == code and e.kind == "state" and e.sector == "GOV"), None)
        if entity is None:
            state = self.text.codebook.state(code)
            entity = Entity("state", state.name if state else code, (), code, "GOV", None, None, code, sure=0.8)
            self.states[code, code] = entity
        return entity

    def _owner(self, unit: Unit, number: int, start: int) -> Entity | None:
        if unit.kind == "pronoun":
            phrase = Phrase(unit.start, unit.end, "pronoun", unit.low, unit=unit)
            found = self._pronoun(phrase, number, unit.start)
            return found[0] if len(found) == 1 else None
        return self.people.find(unit, start)

    def _pronoun(self, phrase: Phrase, number: int, start: int) -> tuple[Entity, ...]:
        head = phrase.head
        entity: Entity | None = None
        asked = self._asked(head, number, start)
        if asked is not None:
            entity = self.memory.pronoun(asked)
        elif head in coreference.WE | coreference.ME:
            entity = self._speaker(number, start)
            if (
                entity is not None
                and head in coreference.WE
                and entity.country not in (None, "IGO", "NGO")
                and entity.sector == "GOV"
            ):
                entity = self._state(entity.country or "")
        return (entity,) if entity is not None else ()

    def _asked(self, head: str, number: int, start: int) -> Asked | None:
        """The question that a pronoun of the third person asks."""
        if head in coreference.HE | coreference.SHE:
            table, sex = "HE", "m" if head in coreference.HE else "f"
        elif head in coreference.IT | coreference.THEY:
            table, sex = "IT" if head in coreference.IT else "THEY", None
        else:
            return None
        text, begin = self.article.text, self.text.starts[number]
        quotes = quoted.inside(text, begin, start, start, self.text.open[number])
        tail = text[start : start + 40]
        return Asked(start, number, table, sex, quotes, start - begin < 3, bool(quoted.SAYS.match(tail)))

    def _speaker(self, number: int, start: int) -> Entity | None:
        """Who says the quotation in which a position stands; outside of quotations whoever wrote the document."""
        text, sentences = self.article.text, self.article.sentences
        sentence = sentences[number]
        if not quoted.inside(text, sentence.start, sentence.end, start, self.text.open[number]):
            return self._author()
        ahead = number + 1 < len(sentences) and self.text.open[number + 1]
        for n in (number, number + 1, number - 1, number - 2) if ahead else (number, number - 1, number - 2):
            if n < 0:
                break
            at = quoted.cue(text, sentences[n].start, sentences[n].end, self.text.open[n])
            if at is not None:
                near = self._nearest(n, at)
                if near is not None:
                    return near
        return None

    def _author(self) -> Entity | None:
        """The state that writes a "Telegram From the Embassy ... to the Department of State": its own, else the receiver's."""
        if not self.article.sentences:
            return None
        numbered = [s for s in self.article.sentences[:2] if s.end - s.start > 5]  # the first may be "33."
        first = (numbered or self.article.sentences)[0]
        line = _DOCUMENT.search(self.article.text, first.start, min(first.end, first.start + 300))
        for part in (1, 2) if line is not None else ():
            if line is not None and line.start(part) >= 0:
                end = self.article.text.find("Source:", line.start(part), line.end(part))
                phrase = read(self.text.span(line.start(part), line.end(part) if end < 0 else end), self.text.choose)
                person = self.people.find(phrase.unit) if phrase.kind == "person" and phrase.unit is not None else None
                country = phrase.country or (person.country if person is not None else None)
                if country not in (None, "IGO", "NGO") and phrase.sector == "GOV":
                    return self._state(country or "")
        return None

    def _nearest(self, number: int, position: int) -> Entity | None:
        """The actor that stands nearest to a speech verb: before it, or directly behind it."""
        if number >= len(self.chunks):
            options = self._pending(number)
        else:
            options = [(c.start, c.end, self.found[c.start, c.end]) for c in self.chunks[number]]
        best: tuple[int, Entity] | None = None
        for start, end, entities in options:
            if len(entities) != 1 or (entities[0].kind == "group" and entities[0].sector is None):
                continue
            told = self.article.text.startswith("told", position)  # who is told something speaks not
            gap = position - end if end <= position else (start - position) if start - position < 14 and not told else 999
            if gap >= 0 and (best is None or gap < best[0]):
                best = (gap, entities[0])
        return best[1] if best and best[0] < 120 else None

    def _pending(self, number: int) -> list[tuple[int, int, tuple[Entity, ...]]]:
        """Names of the sentence that is just being read."""
        out: list[tuple[int, int, tuple[Entity, ...]]] = []
        for unit in self.text.sentences[number]:
            if unit.kind in ("name", "person"):
                entity = self.people.find(unit, unit.start)
                if entity is not None:
                    out.append((unit.start, unit.end, (entity,)))
        out += [(s, e, found) for (s, e), found in self.found.items() if s >= self.article.sentences[number].start and found]
        return out

    # questions

    def resolve(self, start: int, end: int) -> tuple[Entity, ...]:
        """The entities that a span names."""
        known = self.found.get((start, end))
        if known is not None:
            return known
        number = self.text.sentence_at(start)
        found = self.text.span(start, end)
        out: dict[int, Entity] = {}
        parts = _parts(found)
        for part in parts:
            phrase = self._sober(read(part, self.text.choose))
            if part[0].low == "whose" and phrase.kind == "described" and phrase.country is None:
                phrase = replace(phrase, country=self._just_before(part[0].start))
            if phrase.kind == "none" and len(parts) == 1:
                phrase = _unnamed(phrase, part)
            for entity in self._entities(phrase, number, part[0].start) if phrase.kind != "none" else ():
                out.setdefault(id(entity), entity)
        self.found[start, end] = tuple(out.values())
        return self.found[start, end]

    def _just_before(self, start: int) -> str | None:
        """The country of the actor that ends where a relative clause begins: "Iran, whose leaders"."""
        near = [(b, -a) for a, b in self.found if 0 <= start - b <= 2 and len(self.found[a, b]) == 1]
        if not near:
            return None
        end, begin = max(near)
        return self.found[-begin, end][0].country

    def choices(self, start: int, end: int) -> tuple[str, list[tuple[str | None, Features]]]:
        """The weighted choice behind a span: its table of weights, each candidate's country and features (for training)."""
        found = self.resolve(start, end)
        number = self.text.sentence_at(start)
        asked = self._asked(self.article.text[start:end].lower(), number, start)
        if asked is not None:
            return asked.table, [(e.country, f) for e, f in self.memory.antecedents(asked)]
        if len(found) == 1 and found[0].asked is not None:
            rows = self.focus.features(*found[0].asked)
            return "FOCUS", [(c or None, f) for c, f in sorted(rows.items())]
        return "", []


def _nowhere(phrase: Phrase) -> bool:
    """Whether a phrase means nobody in particular; "another country" too, but "70 others" are counted people."""
    if phrase.other and (phrase.head in coreference.COUNTRIES or coreference.is_state_word(phrase)):
        return True
    return phrase.head in _NOWHERE and not (phrase.head == "others" and phrase.count is not None)


def _speaks(found: Sequence[Unit], i: int, j: int) -> bool:
    """Whether a phrase is the subject of a verb of speech: "X said", "said X"."""
    after = [u.low for u in found[j : j + 2]]
    return any(w in quoted.SPEECH for w in after) or (i > 0 and found[i - 1].low in quoted.SPEECH)


def _common(phrase: Phrase) -> bool:
    """Whether every country has its own: another "police" need not be the one before."""
    if phrase.word is None or phrase.country is not None or phrase.head in _PARTICULAR:
        return False
    return phrase.plural or phrase.word.detail == "organ"


def _unnamed(phrase: Phrase, part: Sequence[Unit]) -> Phrase:
    """A phrase without a word that the codebook knows: a number of people, or some thing said to act."""
    number = any(u.kind == "number" for u in part) or phrase.head in ("some", "most", "all", "few", "percent")
    if not number and not phrase.head.isalpha():
        return phrase
    name = " ".join(u.text for u in part if u.kind != "determiner") or phrase.head
    return replace(phrase, kind="described", name=name, sector="CVL" if number else None, plural=number or phrase.plural)


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


def _latest_year(text: str) -> str | None:
    """The latest year that the article talks about, for the offices' dates; None without one."""
    years = _YEAR.findall(text)
    return max(years) if years else None


def _part_of_body(unit: Unit, after: Unit) -> bool:
    """Whether a capitalised name is the front of a body's name: "National Telecommunications Commission"."""
    return after.kind == "word" and after.text[0].isupper() and after.entry.detail == "organ" and not unit.possessive


def _parts(found: Sequence[Unit]) -> list[Sequence[Unit]]:
    """A list of actors in its members; anything else whole."""
    cuts = [n for n, u in enumerate(found) if (u.kind == "conjunction" and u.low == "and") or u.text == ","]
    if not any(found[n].kind == "conjunction" for n in cuts):
        return [found] if found else []
    parts: list[Sequence[Unit]] = []
    last = 0
    for n in [*cuts, len(found)]:
        if n > last:
            parts.append(found[last:n])
        last = n + 1
    bearing = {"state", "organisation", "person", "name", "region", "adjective"}
    whole = all(p and (any(u.kind in bearing for u in p) or any(u.kind == "word" for u in p)) for p in parts)
    if (
        whole
        and all(not any(u.kind == "preposition" for u in p[:1]) for p in parts)
        and any(u.kind in bearing for u in parts[-1])
    ):
        return _shared(parts)
    return _shared(parts) if whole and _nationality(parts[0]) else [found]


def _shared(parts: list[Sequence[Unit]]) -> list[Sequence[Unit]]:
    """Gives each member what one says for all: "Pakistani and Uzbek militants", "the ministers of Chad and Niger"."""
    last = parts[-1]
    n = next((n for n, u in enumerate(last) if u.kind in ("adjective", "state")), None)
    tail = last[n + 1 :] if n is not None else last
    if tail and tail[-1].kind == "word" and all(_nationality(p) for p in parts[:-1]):
        return [*([*p, *tail] for p in parts[:-1]), last]
    first = parts[0]
    of = next((n for n, u in enumerate(first) if u.low == "of"), None)
    if of and len(first) == of + 2 and first[of - 1].plural and all(len(p) == 1 and p[0].kind == "state" for p in parts[1:]):
        return [first, *([*first[: of + 1], *p] for p in parts[1:])]
    return parts


def _nationality(part: Sequence[Unit]) -> bool:
    """Whether words are only a nationality: "the U.S.", "senior Pakistani"."""
    return (
        bool(part)
        and part[-1].kind in ("adjective", "state")
        and all(u.kind in ("determiner", "number", "other", "adjective", "state") for u in part)
    )


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
