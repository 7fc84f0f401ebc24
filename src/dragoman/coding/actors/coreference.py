"""Antecedents: whom "he", "the group", "the president", "both leaders" or a bare "police" means at a place in the article."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from dragoman.coding.actors.entities import Entity
from dragoman.coding.actors.focus import NOBODY, Focus
from dragoman.coding.actors.holders import HIGH
from dragoman.coding.actors.phrases import STATE_WORDS, Phrase
from dragoman.coding.actors.ranking import Features, probabilities
from dragoman.coding.actors.stories import Stories
from dragoman.coding.actors.weights import HE as HE_WEIGHTS
from dragoman.coding.actors.weights import IT as IT_WEIGHTS
from dragoman.coding.actors.weights import THEY as THEY_WEIGHTS

HE = frozenset("he him his himself".split())
SHE = frozenset("she her hers herself".split())
IT = frozenset("it its itself".split())
THEY = frozenset("they them their theirs themselves".split())
WE = frozenset("we us our ours ourselves".split())
ME = frozenset("i me my mine".split())
YOU = frozenset("you your yours".split())

COUNTRIES = frozenset(
    "country countries nation nations state states side sides neighbour neighbor neighbours neighbors republic".split()
)
_PAIRS = frozenset(
    "countries nations sides leaders presidents governments states neighbours neighbors ministers parties powers democracies "
    "members capitals superpowers leadership parliaments armies militaries peoples".split()
)
_LEADERS = frozenset(
    "president leader premier chancellor king queen emperor prime-minister prime minister dictator ruler monarch "
    "taoiseach strongman".split()
)
_HOLDERS = frozenset("presidents ministers premiers chancellors kings".split())
# What stands before the two sides that somebody else turns to: "urged both sides", "talks with the two countries".
_TOWARDS = re.compile(r"\b(?:on|with|to|from|against|called for|\w+(?:ed|es|ing)|urge|ask|told|tell|meet|met|press|warn)\s+$")
_TOWNS = frozenset("city town village province district region island port suburb neighbourhood neighborhood".split())
_NUMBERS = frozenset("two three four five".split())
_WEIGHTS = {"HE": HE_WEIGHTS, "IT": IT_WEIGHTS, "THEY": THEY_WEIGHTS}
_HEARD = {"HE": 0.75, "IT": 0.0, "THEY": 0.75}  # share of what the words around say of the country (docs/decisions.md)
_TELLS_SEX = 0.8  # how likely "he" must be somebody to tell that he is a man
FAR = 12  # sentences back in which a description still finds its antecedent


@dataclass(frozen=True, slots=True)
class Seen:
    """One mention of an entity: where, whether first in its sentence, inside a quotation, and subject of a verb of speech.

    ``acts``: a verb stands behind it.
    """

    start: int
    sentence: int
    entity: Entity
    first: bool
    quoted: bool
    speaks: bool
    acts: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A pronoun: where it stands, its sex, whether in a quotation, first in its sentence, or subject of a verb of speech.

    ``bound_from`` is where the clause of an object ("him") begins: its subject is somebody else; None for others.
    """

    start: int
    sentence: int
    table: str
    sex: str | None
    quoted: bool
    first: bool
    speaks: bool
    bound_from: int | None = None


class Memory:
    """The actors met so far, with every place; asked only for what stands before a position."""

    def __init__(self, focus: Focus, stories: Stories) -> None:
        self.focus = focus
        self._stories = stories
        self._mentions: list[Seen] = []

    def note(self, seen: Seen) -> None:
        """Remembers a mention. Mentions come in the order of the text."""
        self._mentions.append(seen)

    def before(self, position: int, sentence: int, reach: int = FAR) -> list[Seen]:
        """Mentions before a position in its story, nearest first."""
        out = []
        story = self._stories.at(position)
        for mention in reversed(self._mentions):
            if mention.start >= position:
                continue
            if sentence - mention.sentence > reach or self._stories.at(mention.start) != story:
                break
            out.append(mention)
        return out

    def antecedents(self, asked: Asked) -> list[tuple[Entity, Features]]:
        """Whom a pronoun can mean, with what speaks for each; the nearest first."""
        found: dict[int, tuple[Entity, dict[str, float]]] = {}
        persons = asked.table == "HE"
        for seen in self.before(asked.start, asked.sentence, 5 if persons else 3):
            entity = seen.entity
            if persons and (
                entity.kind not in ("person", "name")
                or entity.plural
                or not _TOWNS.isdisjoint(entity.called)
                or (asked.sex and (entity.gender or entity.sex) not in (None, asked.sex))
            ):
                continue
            if asked.table == "IT" and entity.is_person:
                continue
            if (
                seen.acts
                and seen.sentence == asked.sentence
                and asked.bound_from is not None
                and seen.start >= asked.bound_from
            ):
                continue
            known = found.get(id(entity))
            if known is not None:
                known[1]["again"] = min(3.0, known[1].get("again", 0.0) + 1.0)
                known[1]["spoke"] = max(known[1].get("spoke", 0.0), float(seen.speaks))
                continue
            found[id(entity)] = (entity, _traits(entity, seen, asked, len(found)))
        return list(found.values())

    def pronoun(self, asked: Asked, without: Entity | None = None, foreign: Collection[str] = ()) -> Entity | None:
        """The likeliest antecedent but ``without`` and those of ``foreign`` countries; None where there is none."""
        options = [(e, f) for e, f in self.antecedents(asked) if e is not without and e.country not in foreign]
        if not options:
            return None
        heard = _HEARD[asked.table]
        hints = self.focus.hints(asked.start) if heard else {}
        given = [heard * hints.get(e.country or NOBODY, 0.0) for e, _ in options]
        found = probabilities([f for _, f in options], _WEIGHTS[asked.table], given)
        best = max(range(len(options)), key=lambda k: found[k])
        entity = options[best][0]
        if asked.sex is not None and found[best] > _TELLS_SEX:
            entity.sex = entity.sex or asked.sex
        return entity

    def description(
        self, phrase: Phrase, position: int, sentence: int, complement: frozenset[str] = frozenset()
    ) -> Entity | None:
        """The antecedent of a definite description: the nearest actor that was called so, else the nearest that can be.

        A person must have been called by the words of its ``complement`` too: "the leader of the gang" is no president.
        """
        head = phrase.head
        words = {w.lower().removesuffix("'s") for w in (phrase.name or "").split()}
        further = words - set(head.split())  # "municipal" of "the municipal commissioner", who is not the police commissioner
        other: Entity | None = None
        for entity in (seen.entity for seen in self.before(position, sentence)):
            if phrase.country is not None and entity.country != phrase.country:
                continue
            if complement and phrase.country is None and entity.is_person and complement.isdisjoint(entity.called):
                continue
            if _agrees(phrase, head, words, entity):
                if further <= entity.called:
                    return entity
                other = other or entity
        return other


def _traits(entity: Entity, seen: Seen, asked: Asked, rank: int) -> dict[str, float]:
    back = asked.sentence - seen.sentence
    out = {
        f"back{back}": 1.0,
        f"rank{min(rank, 3)}": 1.0,
        "first": float(seen.first),
        "speaks": float(seen.speaks),
        f"kind-{entity.kind}": 1.0,
        "same-quote": float(seen.quoted == asked.quoted),
        "sex": float(entity.gender is not None and asked.sex is not None),
        "plural": float(entity.plural),
        "role": float(entity.role is not None),
        "country": float(entity.country is not None),
    }
    if back == 0:
        out["here-first"] = float(seen.first)
    if asked.first:
        out |= {"top:first": float(seen.first and back == 1), f"top:back{back}": 1.0}
    if asked.speaks:
        out |= {"says:speaks": float(seen.speaks), "says:quoted": float(seen.quoted), f"says:back{back}": 1.0}
    if asked.quoted:
        out |= {"in:speaks": float(seen.speaks), "in:quoted": float(seen.quoted), f"in:back{back}": 1.0}
    return out


def _agrees(phrase: Phrase, head: str, words: set[str], entity: Entity) -> bool:
    if entity.is_person:
        if phrase.plural or phrase.word is None or phrase.word.detail not in ("office", "person"):
            return False
        if any(_holds(r, head) for r in (*entity.roles, entity.role) if r is not None):
            return True
        if (
            head.split()[-1] in entity.titles and head not in HIGH
        ):  # "municipal commissioner Major Hiremath" is the commissioner too
            return True
        return head == "leader" and bool(entity.roles or entity.role) and _leads(entity)
    if phrase.how == "people":  # "the Europeans" are no European Commission
        return False
    if entity.plural != phrase.plural and not (entity.kind == "group" and phrase.plural):
        return False
    if entity.kind == "state":
        return False
    # "Police" is no "former police agent": people are called again by the noun that says what they are.
    called = entity.head if entity.kind == "described" else f"{entity.name} {entity.head}"
    names = {w.lower() for w in called.split()} | {entity.head}
    if head.split()[-1] in names:
        return True
    if phrase.word is None:
        return False
    same = phrase.word.sector == entity.sector and phrase.word.detail == "organ"
    return same and head in (
        "group",
        "organization",
        "organisation",
        "party",
        "company",
        "court",
        "agency",
        "movement",
        "outfit",
        "militia",
        "network",
    )


def _holds(role: str, head: str) -> bool:
    """Whether an office's holder can be called so: any minister "the minister", only a prime minister "the prime minister"."""
    return role == head or (role.split()[-1] == head.split()[-1] and head not in HIGH)


def _leads(entity: Entity) -> bool:
    said = [*entity.roles, entity.role or ""]
    return any(r.split()[-1] in _LEADERS for r in said if r) or entity.sector in ("REB", "OPP", "PTY")


def pair(phrase: Phrase, memory: Memory, text: str, position: int, sentence: int) -> tuple[Entity, ...] | tuple[str, ...]:
    """The members of "the two countries", "both leaders": two persons of two countries, or two country codes; else nothing."""
    wanted = phrase.count or 2
    if (phrase.word is not None and phrase.word.detail == "office") or phrase.head in ("leaders", "presidents", "ministers"):
        persons: dict[str, Entity] = {}
        for entity in (seen.entity for seen in memory.before(position, sentence)):
            if entity.country and not entity.plural and _has_office(entity, phrase.head):
                persons.setdefault(entity.country, entity)
        if len(persons) >= wanted:
            return tuple(reversed(list(persons.values())[:wanted]))
    if phrase.head == "two" and (two := _two_persons(memory, position, sentence)):
        return two
    towards = _TOWARDS.search(text, max(0, position - 20), position)
    speaks = memory.focus.named_here(position, sentence) if towards else frozenset()
    focus = memory.focus
    coupled = focus.coupled(text, position, sentence, without=speaks) if wanted == 2 else focus.listed(text, position, wanted)
    if coupled:
        return coupled
    if phrase.head in _NUMBERS:
        return ()
    countries = focus.states(position, sentence)
    others = [c for c in countries if c not in speaks]
    countries = others if len(others) >= wanted else countries
    return tuple(sorted(countries[:wanted])) if len(countries) >= wanted else ()


def _two_persons(memory: Memory, position: int, sentence: int) -> tuple[Entity, ...]:
    """The two persons of two countries whom the last sentence names, and nobody else: "He met Mr Khalil. The two had ..."."""
    persons = {id(s.entity): s.entity for s in memory.before(position, sentence, 1) if s.entity.kind in ("person", "name")}
    two = tuple(reversed(persons.values()))
    countries = {e.country for e in two} - {None}
    return two if len(two) == 2 == len(countries) else ()


def _has_office(entity: Entity, head: str) -> bool:
    """Whether a person can be one of "the leaders", "both presidents"."""
    said = [r for r in (*entity.roles, entity.role) if r] if entity.kind in ("person", "described") else []
    last = head.split()[-1]
    if last == "leaders":
        return any(r in HIGH or r.split()[-1] in _LEADERS for r in said)
    if last in _HOLDERS:
        return any(r.split()[-1] == last.removesuffix("s") for r in said)
    return entity.is_person and entity.sector in ("GOV", "IGO", None)


def is_pair(phrase: Phrase) -> bool:
    """Whether a phrase names several actors by their number: "both sides", "the two countries"."""
    last = phrase.head.split()[-1]
    if phrase.each:
        return last in ("side", "country", "nation", "state", "government", "party")
    several = phrase.count is not None and 1 < phrase.count < 6
    if phrase.lead == "the" and last in _NUMBERS:
        return several
    return last in _PAIRS and phrase.country in (None, "IGO") and several


def bare(phrase: Phrase) -> bool:
    """Whether a described actor has no country in its own words."""
    return phrase.kind == "described" and phrase.country is None and phrase.how in ("nothing", "ambiguous")


def is_state_word(phrase: Phrase) -> bool:
    return phrase.head in STATE_WORDS
