"""The persons and other named things of one article: full name first, surname and title later, one entity each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from dragoman.codebook import Codebook, Holding
from dragoman.codebook.tables import NO_STATE
from dragoman.codebook.towns import folded
from dragoman.coding.actors.entities import Entity
from dragoman.coding.actors.given_names import gender
from dragoman.coding.actors.holders import HIGH, Holders, same_office
from dragoman.coding.actors.phrases import Phrase
from dragoman.coding.actors.stories import Stories
from dragoman.coding.actors.units import Unit, name_words, title_of

_COMPLEMENT = re.compile(r" (?:of|for|from|at|in|with|to) ")
_SAME = 4  # how well a name fits itself
_FROM_ABROAD = frozenset("counterpart guest host visitor".split())  # of another state than whose they are
_MODERN = "1988"  # of an article without a date, a surname alone means someone who left office after this year
_COMMON_SURNAMES = frozenset(
    "smith brown jones johnson king cook rice martin martinez garcia lopez perez gonzalez rodriguez fernandez "
    "hernandez sanchez ramirez cruz torres rivera gomez diaz reyes morales ortiz silva santos souza costa pereira "
    "khan singh sharma kumar kim lee park choi chen wang li zhang liu yang huang wu nguyen tran le ali ahmed hassan "
    "hussein mohammed ibrahim abdullah jackson carter ford bush may hill young hall scott green baker clark white "
    "black wood stone west north day price powell james thomas paul george john david michael daniel peter robert "
    "mark philip simon adam adams walker turner wright harris lewis allen murphy kelly gray grey williams miller "
    "davis wilson taylor anderson moore thompson howard campbell stewart ross murray graham hunter marshall grant "
    "gordon major".split()
)
# Titles that say no office: the table's office on the day counts more.
_RANKS = frozenset(
    "general;lieutenant general;major general;brigadier general;brigadier;colonel;lieutenant colonel;major;captain;lieutenant;"
    "admiral;marshal;field marshal;commander;sergeant;sheikh;prince;princess;ayatollah;grand ayatollah;imam;cleric;leader;"
    "strongman;dictator;politician;businessman;lawmaker;professor;economist".split(";")
)
# Whose heads every paper calls by surname alone, even a common one.
_POWERS, _GREAT = ("CHN", "FRA", "GBR", "RUS", "USA"), ("president", "prime minister")


class People:
    """Names of the article, by the words they are made of."""

    def __init__(
        self,
        codebook: Codebook,
        on: str | None,
        holders: Holders,
        named: Counter[str | None],
        dated: bool,
        stories: Stories | None = None,
    ) -> None:
        self._stories = stories or Stories()
        self._named = named
        self._dated = dated
        self._codebook = codebook
        self._on = on
        self._holders = holders
        self._by_word: dict[str, list[Entity]] = {}
        self.all: list[Entity] = []

    def find(self, unit: Unit, position: int | None = None) -> Entity | None:
        """The entity that a name means here: same full name, else the nearest with that surname, else with that first name."""
        words = tuple(w.lower() for w in name_words(unit))
        if not words:
            return None
        first = self._by_word.get(words[0], [])
        known = [*self._by_word.get(words[-1], []), *(e for e in first if e.kin)] or first
        best: tuple[bool, int, int, Entity] | None = None
        title = gender((), title_of(unit))
        for entity in known:
            rank = _fit(words, entity.words)
            if rank < _SAME and position is not None and self._elsewhere(entity, position):
                continue  # in another story a surname alone is somebody else's
            if rank == 0 or (title and entity.gender and title != entity.gender):
                continue
            near = max((p[1] for p in entity.places if position is None or p[1] <= position), default=-1)
            met = near >= 0 or rank == _SAME  # who is only named later is meant where nobody before fits: a headline's surname
            if best is None or (met, rank, near) > best[:3]:
                best = (met, rank, near, entity)
        return best[3] if best else None

    def _elsewhere(self, entity: Entity, position: int) -> bool:
        """Whether an entity is named in other stories only."""
        story = self._stories.at(position)
        return bool(self._stories.borders) and all(self._stories.at(p[1]) != story for p in entity.places)

    def meet(self, unit: Unit, sentence: int, kind: str) -> Entity:
        """Finds or makes the entity of a name that stands in the text."""
        words = name_words(unit)
        entity = self.find(unit, unit.start)
        if entity is None:
            entity = Entity(kind, " ".join(words), tuple(w.lower() for w in words))
            self.all.append(entity)
            for word in dict.fromkeys(entity.words):
                self._by_word.setdefault(word, []).append(entity)
        elif len(words) > len(entity.words):
            for word in dict.fromkeys(w.lower() for w in words):
                if entity not in self._by_word.setdefault(word, []):
                    self._by_word[word].append(entity)
            entity.name, entity.words = " ".join(words), tuple(w.lower() for w in words)
        entity.gender = entity.gender or gender(words, title_of(unit))
        if kind == "person" and entity.kind == "name":
            entity.kind = "person"
        if title_of(unit):
            entity.kind = "person"
        if unit.entries and unit.entry.kind == "person":
            entity.id = entity.id or unit.entry.id
        entity.places.append((sentence, unit.start, unit.end))
        return entity

    def learn(self, entity: Entity, phrase: Phrase) -> None:
        """Adds what the article says about a person; what it said first stays."""
        if phrase.kind == "described":
            entity.called.update((phrase.name or "").lower().split())
            entity.titles.update(_COMPLEMENT.split((phrase.name or "").lower())[0].split())
        if phrase.word is not None and phrase.word.detail in ("office", "person"):
            if entity.kind == "name":
                entity.kind = "person"
            entity.roles.append(phrase.word.form)
        if (
            phrase.kind == "state"
            and phrase.unit is not None
            and phrase.unit.entry.kind == "state"
            and phrase.unit.text.istitle()
            and not phrase.unit.possessive
        ):
            return
        once = phrase.former and phrase.country in NO_STATE  # who served an organisation is of some state
        if entity.country is None and phrase.country is not None and not once:
            entity.country, entity.sure = phrase.country, 0.95
        office = phrase.word is not None and phrase.word.detail == "office" and phrase.role not in (None, *_RANKS)
        if phrase.role is not None and (entity.role is None or (office and entity.weak)):
            entity.role, entity.former, entity.sector = phrase.role, phrase.former, phrase.sector
            entity.weak = not office
            entity.organisation = entity.organisation or phrase.organisation
        elif entity.sector is None and phrase.sector is not None and not entity.former and phrase.kind == "described":
            entity.sector = phrase.sector
        if entity.owner is None and entity.country is None:
            entity.owner = phrase.owner
            entity.abroad = phrase.owner is not None and phrase.head.split()[-1] in _FROM_ABROAD

    def consult(self, entity: Entity) -> None:
        """Fills from the tables what the article left open, for the article's date."""
        rows = self._holders.named(entity.id or entity.name)
        if not rows and entity.role is not None and not entity.former and self._dated and self._on:
            rows = self._holders.in_office(entity.name, entity.role, self._on, entity.country)
        if not rows and len(entity.words) == 1 and not entity.kin:
            rows = self._likely(self._holders.surnames.get(folded(entity.words[0]), ()), entity)
        if entity.country is not None:
            rows = tuple(h for h in rows if h.country is None or self._codebook.country(h.country) == entity.country)
        if not rows:
            return
        rows = self._foremost(rows)
        entity.kind = "person"
        if len({h.person for h in rows}) == 1:
            entity.id = entity.name = rows[0].person
            rows = self._codebook.holdings_of(entity.id)
        fill(entity, rows, self._on, self._codebook)

    def _foremost(self, rows: tuple[Holding, ...]) -> tuple[Holding, ...]:
        """Of several persons of one name the one who held a high office on the day: the president before the first lady."""
        high = {h.person for h in rows if self._on is not None and h.office in HIGH and h.holds(self._on)}
        return tuple(h for h in rows if h.person in high) if len(high) == 1 else rows

    def _likely(self, persons: tuple[str, ...], entity: Entity) -> tuple[Holding, ...]:
        """A surname never explained: those of one country who held office about the article's date."""
        rows = tuple(h for p in persons for h in self._codebook.holdings_of(p))
        if entity.role is not None:
            same = tuple(h for h in rows if same_office(entity.role, h.office) or entity.role in h.office)
            rows = same if same or entity.role in HIGH else rows
        if self._on is not None:
            near = tuple(h for h in rows if _about(h, int(self._on[:4])))
            near = tuple(h for h in near if h.holds(self._on or "")) or near
            rows = near or (() if self._dated else _modern(rows))
        else:
            rows = _modern(rows)
        here = tuple(h for h in rows if h.country and self._named[self._codebook.country(h.country)])
        if not here and entity.words[0] in _COMMON_SURNAMES:
            great = tuple(h for h in rows if h.office in _GREAT and h.country in _POWERS and h.holds(self._on or ""))
            return great if len({h.person for h in great}) == 1 else ()
        rows = here or rows
        return rows if len({self._codebook.country(h.country or "") for h in rows}) == 1 else ()


def _modern(rows: Sequence[Holding]) -> tuple[Holding, ...]:
    """Those of our time; where there are none, the one person of that surname who ever held a high office."""
    late = tuple(h for h in rows if (h.to or "9999") > _MODERN)
    return late or (tuple(rows) if len({h.person for h in rows}) == 1 and any(h.office in HIGH for h in rows) else ())


def _about(holding: Holding, year: int) -> bool:
    """Whether a spell lies so near a year that its holder may be called by surname alone."""
    return int((holding.from_ or "0")[:4]) <= year + 3 and int((holding.to or "9999")[:4]) >= year - 12


def fill(entity: Entity, rows: Sequence[Holding], on: str | None, codebook: Codebook) -> None:
    """Country, sector and role of a person from the office tables: on a day, or where no day is known from any spell."""
    countries = dict.fromkeys(codebook.country(h.country) if h.country else None for h in rows)
    current = [h for h in rows if on is not None and h.holds(on)]
    chosen = current or (list(rows) if on is None else [])
    if entity.country is None:
        now = dict.fromkeys(codebook.country(h.country) if h.country else None for h in chosen) or countries
        states = [c for c in now if c not in (None, *NO_STATE)]
        if len(now) > 1 and not current and len(states) == 1:  # who served a state and an organisation is of the state
            now = dict.fromkeys(states)
        if len(now) == 1:
            entity.country = next(iter(now)) or _home(chosen or rows)
            entity.sure = 0.95 if current else 0.7
        entity.alternatives = tuple((c or "?", round(1 / len(countries), 2)) for c in countries)
    if current and (entity.weak or entity.sector == "PTY") and not entity.former:
        entity.role = entity.sector = None
    if chosen and (entity.role is None or entity.weak) and not entity.former:
        best = max(chosen, key=lambda h: (HIGH.get(h.office, 0), h.from_ or ""))
        entity.role, entity.role_from, entity.role_to = best.office, best.from_, best.to
        entity.sector = best.sector if entity.weak else entity.sector or best.sector
        entity.organisation = entity.organisation or best.organisation
    elif chosen and entity.sector is None and not entity.former:
        entity.sector = chosen[0].sector


def _home(rows: Sequence[Holding]) -> str | None:
    return "IGO" if any(h.sector == "IGO" for h in rows) else None


def _fit(words: tuple[str, ...], full: tuple[str, ...]) -> int:
    """How well a name fits an entity's: 4 the same, 3 its last words or longer with the same last, 2 its first word, 0 not."""
    if words == full:
        return _SAME
    short, long = (words, full) if len(words) < len(full) else (full, words)
    if short[-1] == long[-1] and (len(short) == 1 or short[0][0] == long[0][0]):
        return 3
    if long[-len(short) :] == short or (len(short) > 1 and long[: len(short)] == short):
        return 3
    return 2 if len(short) == 1 and words[0] == full[0] else 0
