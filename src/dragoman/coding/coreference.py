"""Antecedents: whom "he", "the group", "the president", "both leaders" or a bare "police" means at a place in the article."""

from __future__ import annotations

from dragoman.coding.descriptions import STATE_WORDS, Phrase
from dragoman.coding.focus import Focus
from dragoman.coding.people import Entity

HE = frozenset("he him his himself".split())
SHE = frozenset("she her hers herself".split())
IT = frozenset("it its itself".split())
THEY = frozenset("they them their theirs themselves".split())
WE = frozenset("we us our ours ourselves".split())
ME = frozenset("i me my mine".split())

COUNTRIES = frozenset("country countries nation nations state states side sides neighbour neighbor neighbours neighbors republic".split())
_PAIRS = frozenset("countries nations sides leaders presidents governments states neighbours neighbors ministers parties powers".split())
_LEADERS = frozenset(
    "president leader premier chancellor king queen emperor prime-minister prime minister dictator ruler monarch taoiseach strongman".split()
)
_BODIES = ("organisation", "organ", "state", "group")
FAR = 12  # sentences back in which a description still finds its antecedent


class Memory:
    """The actors met so far, with every place; asked only for what stands before a position."""

    def __init__(self, focus: Focus) -> None:
        self.focus = focus
        self.entities: list[Entity] = []
        self._mentions: list[tuple[int, int, Entity, bool]] = []  # start, sentence, entity, whether first in its sentence
        self._seen: set[int] = set()

    def note(self, entity: Entity, sentence: int, start: int, first: bool) -> None:
        """Remembers a mention. Mentions come in the order of the text."""
        self._mentions.append((start, sentence, entity, first))
        if id(entity) not in self._seen:
            self._seen.add(id(entity))
            self.entities.append(entity)

    def before(self, position: int, sentence: int, reach: int = FAR) -> list[tuple[int, int, Entity, bool]]:
        """Mentions before a position, nearest first."""
        out = []
        for mention in reversed(self._mentions):
            if mention[0] >= position:
                continue
            if sentence - mention[1] > reach:
                break
            out.append(mention)
        return out

    def person(self, position: int, sentence: int, sex: str | None, avoid: Entity | None = None) -> Entity | None:
        """The person a pronoun means: subjects of near sentences first, never one of the other sex."""
        score: dict[int, float] = {}
        found: dict[int, Entity] = {}
        for start, where, entity, first in self.before(position, sentence, 5):
            if entity.kind not in ("person", "name") or entity is avoid or entity.plural:
                continue
            if sex and entity.gender and entity.gender != sex:
                continue
            key = id(entity)
            weight = 1.0 if entity.kind == "person" else 0.35
            if sex and entity.gender == sex:
                weight *= 1.5
            gain = weight * (1.6 if first else 1.0) * 0.5 ** (sentence - where)
            found.setdefault(key, entity)
            score[key] = score.get(key, 0.0) * 0.5 + gain if key in score else gain
        if not found:
            return None
        best = max(score, key=lambda k: score[k])
        return found[best]

    def body(self, position: int, sentence: int, plural: bool) -> Entity | None:
        """What "it" or "they" means: organisations, organs and states for the one, groups and several for the other."""
        best: tuple[float, int, Entity] | None = None
        for start, where, entity, first in self.before(position, sentence, 3):
            if entity.is_person and not plural:
                continue
            fits = 1.0
            if plural:
                fits = 1.0 if entity.plural or entity.kind == "group" else 0.35 if entity.kind in _BODIES else 0.15
            elif entity.plural:
                fits = 0.25
            elif entity.kind == "name":
                fits = 0.5
            value = fits * (1.8 if first else 1.0) * 0.45 ** (sentence - where)
            if best is None or value > best[0] + 1e-9:
                best = (value, start, entity)
        return best[2] if best else None

    def description(self, phrase: Phrase, position: int, sentence: int) -> Entity | None:
        """The antecedent of a definite description: the nearest actor that was called so, or can be."""
        head = phrase.head
        words = {w.lower().rstrip("'s") for w in (phrase.name or "").split()}
        for start, where, entity, first in self.before(position, sentence):
            if phrase.country is not None and entity.country != phrase.country:
                continue
            if _agrees(phrase, head, words, entity):
                return entity
        return None


def _agrees(phrase: Phrase, head: str, words: set[str], entity: Entity) -> bool:
    if entity.is_person:
        if phrase.plural or phrase.word is None or phrase.word.detail not in ("office", "person"):
            return False
        if any(head == r or head.split()[-1] == r.split()[-1] for r in entity.roles):
            return True
        if entity.role is not None and (entity.role == head or entity.role.split()[-1] == head.split()[-1]):
            return True
        return head == "leader" and bool(entity.roles or entity.role) and _leads(entity)
    if entity.plural != phrase.plural and not (entity.kind == "group" and phrase.plural):
        return False
    names = {w.lower() for w in entity.name.split()} | {entity.head}
    if entity.kind == "state":
        return False
    if head.split()[-1] in names:
        return True
    if phrase.word is None:
        return False
    same = phrase.word.sector == entity.sector and phrase.word.detail == "organ"
    return same and head in ("group", "organization", "organisation", "party", "company", "court", "agency", "movement", "outfit", "militia", "network")


def _leads(entity: Entity) -> bool:
    said = [*entity.roles, entity.role or ""]
    return any(r.split()[-1] in _LEADERS for r in said if r) or entity.sector in ("REB", "OPP", "PTY")


def pair(phrase: Phrase, memory: Memory, position: int, sentence: int) -> tuple[Entity, ...] | tuple[str, ...]:
    """The members of "the two countries", "both leaders": two persons of two countries, or two country codes; else nothing."""
    if phrase.head.split()[-1] not in _PAIRS and phrase.kind != "pronoun":
        return ()
    wanted = phrase.count or 2
    if phrase.word is not None and phrase.word.detail == "office" or phrase.head in ("leaders", "presidents", "ministers"):
        persons: dict[str, Entity] = {}
        for _, _, entity, _ in memory.before(position, sentence, 4):
            if entity.is_person and entity.country and entity.sector in ("GOV", "IGO", None):
                persons.setdefault(entity.country, entity)
        if len(persons) >= wanted:
            return tuple(reversed(list(persons.values())[:wanted]))
    countries = memory.focus.states(position, sentence)
    return tuple(sorted(countries[:wanted])) if len(countries) >= wanted else ()


def is_pair(phrase: Phrase) -> bool:
    """Whether a phrase names several actors by their number: "both sides", "the two countries"."""
    last = phrase.head.split()[-1]
    return last in _PAIRS and phrase.country is None and (phrase.count is not None and 1 < phrase.count < 6)


def bare(phrase: Phrase) -> bool:
    """Whether a described actor has no country in its own words."""
    return phrase.kind == "described" and phrase.country is None and phrase.how in ("nothing", "ambiguous")


def is_state_word(phrase: Phrase) -> bool:
    return phrase.head in STATE_WORDS


