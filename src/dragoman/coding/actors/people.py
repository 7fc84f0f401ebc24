"""The persons and other named things of one article: full name first, surname and title later, one entity each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from dragoman.codebook import Codebook, Holding
from dragoman.codebook.towns import folded
from dragoman.coding.actors.descriptions import read
from dragoman.coding.actors.given_names import gender
from dragoman.coding.actors.holders import HIGH, Holders, same_office
from dragoman.coding.actors.phrases import Chooser, Phrase
from dragoman.coding.actors.units import Unit, name_words, title_of

MODERN = "1988"  # of an article without a date, a surname alone means someone who left office after this year
COMMON_SURNAMES = frozenset(
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
_COPULA = frozenset("is was are were became becomes".split())


@dataclass(slots=True, eq=False)
class Entity:
    """An actor while an article is being read. ``sure`` is how certain its country is, 0 to 1."""

    kind: str
    name: str
    words: tuple[str, ...] = ()
    country: str | None = None
    sector: str | None = None
    organisation: str | None = None
    role: str | None = None
    id: str | None = None
    former: bool = False
    plural: bool = False
    gender: str | None = None
    head: str = ""
    sure: float = 0.0
    owner: Unit | None = None
    members: tuple[Entity, ...] = ()
    role_from: str | None = None
    role_to: str | None = None
    alternatives: tuple[tuple[str, float], ...] = ()
    places: list[tuple[int, int, int]] = field(default_factory=list)  # sentence, start, end
    asked: tuple[int, int, str, tuple[str, ...], str | None] | None = None  # what the focus was asked, for training
    weak: bool = False  # its role is a word like "brother" or "critic", no office
    roles: list[str] = field(default_factory=list)
    called: set[str] = field(default_factory=set)  # the words that the article describes a person with
    away: set[str] = field(default_factory=set)  # countries that the article says are not a person's

    @property
    def is_person(self) -> bool:
        return self.kind == "person"


def described(found: Sequence[Unit], k: int, choose: Chooser) -> list[Phrase]:
    """What stands directly before and behind a name and says who that is."""
    out = []
    low = k
    while low > 0 and found[low - 1].kind in (
        "word",
        "adjective",
        "state",
        "organisation",
        "former",
        "hyphen",
        "place",
        "region",
        "name",
    ):
        low -= 1
    if low > 1 and found[low - 1].kind in ("preposition",) and found[low - 1].low in ("of", "for", "to"):
        stop = low - 1
        while stop > 0 and found[stop - 1].kind in ("word", "adjective", "former", "organisation", "state", "place"):
            stop -= 1
        low = stop if stop < low - 1 and any(u.kind in ("state", "organisation", "word") for u in found[low:k]) else low
    while low > 0 and found[low - 1].kind in ("other", "determiner") and _leads(found, low - 1):
        low -= 1
    if low < k:
        phrase = read(found[low:k], choose)
        if phrase.kind in ("described", "organisation", "state"):
            out.append(phrase)
    ahead = _introduced(found, k)
    if ahead:
        phrase = read(ahead, choose)
        if phrase.kind == "described" and phrase.word is not None and not phrase.plural:
            out.append(phrase)
    twice = _first_calling(found, low, k)
    if twice:
        phrase = read(twice, choose)
        if phrase.kind == "described" and phrase.country is not None:
            out.append(phrase)
    behind = _apposition(found, k)
    home = _home_behind(found, k)
    if home:
        phrase = read(home, choose)
        if phrase.kind == "state" and phrase.country is not None:
            out.append(replace(phrase, kind="described", sector=None, organisation=None))
    if behind:
        phrase = read(behind, choose)
        if phrase.kind == "described" and phrase.word is not None:
            out.append(phrase)
    return out


def _first_calling(found: Sequence[Unit], low: int, k: int) -> Sequence[Unit]:
    """The units of "a Peruvian journalist" before "and author Luis Quispe"."""
    if low < 2 or low == k or found[low - 1].low != "and" or found[low].kind != "word":
        return ()
    calling = found[low - 2]
    if calling.kind != "word" or calling.plural or calling.possessive or calling.entry.detail not in ("office", "person"):
        return ()
    start = low - 2
    while start > 0 and found[start - 1].kind in ("adjective", "word", "former", "other", "determiner"):
        start -= 1
    return found[start : low - 1]


def _introduced(found: Sequence[Unit], k: int) -> Sequence[Unit]:
    """The units of "Bulgaria's Minister for Foreign Affairs, " before a name."""
    if k < 2 or found[k - 1].text != ",":
        return ()
    low = k - 1
    while low > 0 and found[low - 1].kind not in ("mark", "verb", "relative", "pronoun", "conjunction") and k - low < 9:
        low -= 1
    part = list(found[low : k - 1])
    while part and part[0].kind in ("preposition", "other"):
        part.pop(0)
    if not part or not any(u.kind == "word" and (u.entry.detail == "office" or u.low == "counterpart") for u in part):
        return ()
    if any(u.kind in ("name", "person") and not u.possessive for u in part) or (part[0].low in ("a", "an") and low == 0):
        return ()
    return part


def _home_behind(found: Sequence[Unit], k: int) -> Sequence[Unit]:
    """The state of "Prime Minister Anne Moreau of Canada"; nothing for an organisation or a town."""
    if k + 2 >= len(found) or found[k + 1].low != "of" or found[k].possessive:
        return ()
    state = next((n for n in (k + 2, k + 3) if n < len(found) and found[n].kind == "state"), None)
    if state is None or (state == k + 3 and found[k + 2].low != "the") or found[state].possessive:
        return ()
    after = found[state + 1] if state + 1 < len(found) else None
    return () if after is not None and after.kind in ("name", "word", "organisation") else found[state : state + 1]


def _leads(found: Sequence[Unit], n: int) -> bool:
    unit = found[n]
    return unit.kind == "determiner" or (
        unit.kind == "other" and unit.low in ("senior", "top", "deputy", "chief", "acting", "incoming", "then")
    )


def _apposition(found: Sequence[Unit], k: int) -> Sequence[Unit]:
    """The units of ", a spokesman for the ministry" or "is the president of ..." behind a name."""
    n = k + 1
    if n >= len(found):
        return ()
    if found[n].text == ",":
        n += 1
        if n + 1 < len(found) and found[n].kind == "number" and found[n + 1].text == ",":
            n += 2
        if n < len(found) and found[n].low == "who" and n + 1 < len(found) and found[n + 1].low in _COPULA:
            n += 2
    elif found[n].low in _COPULA and n + 1 < len(found) and found[n + 1].kind in ("determiner", "adjective", "word", "state"):
        n += 1
    elif found[n].text == "(":
        return ()
    else:
        return ()
    last = n
    while last < len(found) and found[last].kind not in ("mark", "verb", "relative", "pronoun"):
        last += 1
    part = found[n:last]
    if not part or part[0].kind in ("preposition", "name", "person", "relative", "conjunction"):
        return ()
    if part[0].kind == "state" and not part[0].possessive and len(part) == 1:
        return ()
    return part


class People:
    """Names of the article, by the words they are made of."""

    def __init__(self, codebook: Codebook, on: str | None, holders: Holders, named: Counter[str | None], dated: bool) -> None:
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
        known = self._by_word.get(words[-1], []) or self._by_word.get(words[0], [])
        best: tuple[bool, int, int, Entity] | None = None
        title = gender((), title_of(unit))
        for entity in known:
            rank = _fit(words, entity.words)
            if rank == 0 or (title and entity.gender and title != entity.gender):
                continue
            near = max((p[1] for p in entity.places if position is None or p[1] <= position), default=-1)
            met = near >= 0 or rank == 4  # who is only named later is meant where nobody before fits: a headline's surname
            if best is None or (met, rank, near) > best[:3]:
                best = (met, rank, near, entity)
        return best[3] if best else None

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
        if phrase.word is not None and phrase.word.detail in ("office", "person"):
            if entity.kind == "name":
                entity.kind = "person"
            entity.roles.append(phrase.word.form)
        if (
            phrase.kind == "state"
            and phrase.unit is not None
            and phrase.unit.entry.kind == "state"
            and phrase.unit.text.istitle()
        ):
            return
        if entity.country is None and phrase.country is not None:
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

    def consult(self, entity: Entity) -> None:
        """Fills from the tables what the article left open, for the article's date."""
        rows = self._holders.named(entity.id or entity.name)
        if not rows and entity.role is not None and not entity.former and self._dated and self._on:
            rows = self._holders.in_office(entity.name, entity.role, self._on, entity.country)
        if not rows and len(entity.words) == 1:
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
        if not here and entity.words[0] in COMMON_SURNAMES:
            great = tuple(h for h in rows if h.office in _GREAT and h.country in _POWERS and h.holds(self._on or ""))
            return great if len({h.person for h in great}) == 1 else ()
        rows = here or rows
        return rows if len({self._codebook.country(h.country or "") for h in rows}) == 1 else ()


def _modern(rows: Sequence[Holding]) -> tuple[Holding, ...]:
    """Those of our time; where there are none, the one person of that surname who ever held a high office."""
    late = tuple(h for h in rows if (h.to or "9999") > MODERN)
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
        states = [c for c in now if c not in (None, "IGO", "NGO")]
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
        return 4
    short, long = (words, full) if len(words) < len(full) else (full, words)
    if short[-1] == long[-1] and (len(short) == 1 or short[0][0] == long[0][0]):
        return 3
    if long[-len(short) :] == short or (len(short) > 1 and long[: len(short)] == short):
        return 3
    return 2 if len(short) == 1 and words[0] == full[0] else 0
