"""The actors of one article: read once, then asked for any span."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dragoman.coding.actors import bodies, coreference, implied, reading
from dragoman.coding.actors.entities import Entity
from dragoman.coding.actors.given_names import GIVEN
from dragoman.coding.actors.homes import as_place
from dragoman.coding.actors.identifiers import actor_id
from dragoman.coding.actors.implied import Near, Side
from dragoman.coding.actors.notes import Chunk, Notes
from dragoman.coding.actors.ranking import Features
from dragoman.records import Actor, ActorRef, Mention


class ArticleActors:
    """Who the words of an article name. Offsets are into the article's text."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._ids: dict[int, str] = {}
        self._by_id: dict[str, Entity] = {}

    def at(self, start: int, end: int) -> tuple[ActorRef, ...]:
        """Who the words of a span name: one for most, several for plurals and lists.

        Empty where they name nobody; a ref with ``country`` None where it is an actor but unclear of which country.
        """
        text = self._notes.article.text[start:end]
        return tuple(self._ref(e, text, start, end) for e in reading.resolve(self._notes, start, end))

    def candidates(self, sentence: int) -> tuple[Mention, ...]:
        """Actor-like phrases of a sentence (names, offices, groups, pronouns) with exact spans, in the order of the text."""
        text = self._notes.article.text
        found = self._notes.text.sentences[sentence]
        index = {u.start: n for n, u in enumerate(found)}
        return tuple(
            Mention(sentence, c.start, c.end, text[c.start : c.end])
            for c in self._notes.chunks[sentence]
            if not as_place(text, found, index[c.start], c.phrase) and self._acts(c)
        )

    def _acts(self, chunk: Chunk) -> bool:
        """Whether a chunk can be an actor: a name that nothing explains ("Victory Day") is none unless a person's."""
        entities = self._notes.found[chunk.start, chunk.end]
        if len(entities) != 1 or entities[0].kind != "name":
            return True
        return entities[0].words[:1] != () and entities[0].words[0] in GIVEN

    def agrees(self, ref: ActorRef, pronoun: str) -> bool:
        """Whether "he", "she", "it" or "they" can mean an actor: person or thing, one or many, and the sex if it is known."""
        entity = self._by_id.get(ref.actor or "")
        if entity is None:
            return False
        if pronoun in coreference.HE | coreference.SHE:
            sex = "m" if pronoun in coreference.HE else "f"
            return entity.kind in ("person", "name") and not entity.plural and entity.gender in (None, sex)
        if pronoun in coreference.IT:
            return not entity.is_person and not entity.plural
        return entity.plural or entity.kind in ("organisation", "organ", "group")

    def implied(self, sentence: int, side: Side) -> ActorRef | None:
        """Who an event's side without words is, where another sentence names it: the nearest of the likeliest country that is
        not on the other side; None where nobody fits."""
        near = self._near(sentence)
        country = implied.country(self.implied_choices(sentence, side, near))
        if country is None:
            return None
        taken = {ref.actor for ref in side.other}
        gains: dict[str, float] = {}
        refs = {n.ref.actor: n.ref for n in near if n.ref.actor and n.ref.country == country and n.ref.actor not in taken}
        for n in near:
            gains[n.ref.actor or ""] = gains.get(n.ref.actor or "", 0.0) + n.gain
        if refs:
            return refs[min(refs, key=lambda a: (-gains[a or ""], a))]
        return None if any(ref.country == country for ref in side.other) else self.state(country)

    def implied_choices(self, sentence: int, side: Side, near: Sequence[Near] | None = None) -> dict[str, Features]:
        """The countries that a side without words can be of, with what speaks for each; for training."""
        start = self._notes.article.sentences[sentence].start
        named = dict.fromkeys(country for _, country in self.named())
        return implied.features(side, self._near(sentence) if near is None else near, named, lambda c: self.share(c, start))

    def _near(self, sentence: int) -> list[Near]:
        return [
            Near(sentence - number, chunk.first, self._ref(entity, None, None, None))
            for number in range(sentence, max(-1, sentence - implied.REACH - 1), -1)
            for chunk in filter(self._acts, self._notes.chunks[number])
            for entity in self._notes.found[chunk.start, chunk.end]
        ]

    def state(self, country: str) -> ActorRef | None:
        """A state as an actor without words; None for codes of no state (IGO, NGO)."""
        if self._notes.text.codebook.state(country) is None:
            return None
        return self._ref(bodies.state(self._notes, country), None, None, None)

    def table(self, refs: Iterable[ActorRef]) -> tuple[Actor, ...]:
        """The actors of these refs with all their mentions in the article, in the order of their first mention."""
        wanted = dict.fromkeys(r.actor for r in refs if r.actor is not None)
        places: dict[str, list[Mention]] = {actor: [] for actor in wanted}
        reach = dict.fromkeys(wanted, 0)  # mentions come by their start, so one that ends no later lies inside another
        for (start, end), entities in sorted(self._notes.found.items()):
            for entity in entities:
                actor = self._id(entity)
                if actor in places and end > reach[actor]:
                    reach[actor] = end
                    places[actor].append(
                        Mention(self._notes.text.sentence_at(start), start, end, self._notes.article.text[start:end])
                    )
        last = len(self._notes.article.text)
        order = sorted(places, key=lambda a: (places[a][0].start if places[a] else last, a))
        return tuple(self._row(actor, tuple(places[actor])) for actor in order if actor in self._by_id)

    def share(self, country: str | None, position: int) -> float:
        """How much of what the story at a position names of countries is a country, 0 to 1."""
        return self._notes.focus.share(country, position)

    def explain(self, ref: ActorRef) -> tuple[tuple[str, float], ...]:
        """Countries that the ref could have had, with scores, best first ("" is none); empty where its own words say it."""
        entity = self._by_id.get(ref.actor or "")
        return entity.alternatives if entity else ()

    def choices(self, start: int, end: int) -> tuple[str, int, list[tuple[str | None, Features]]]:
        """The weighted choice behind a span, for training: its table of weights, the position that it was made for, each
        candidate's country and features."""
        return reading.choices(self._notes, start, end)

    def named(self) -> tuple[tuple[int, str], ...]:
        """Positions at which the article names countries, by themselves or through a person or body of theirs."""
        return self._notes.focus.named()

    def _ref(self, entity: Entity, text: str | None, start: int | None, end: int | None) -> ActorRef:
        return ActorRef(self._id(entity), text, start, end, _country(entity), entity.sector)

    def _id(self, entity: Entity) -> str:
        """The entity's id; a second person of the same name, country and sector gets a number."""
        if id(entity) not in self._ids:
            plain = chosen = actor_id(entity)
            n = 2
            while chosen in self._by_id and not _one(self._by_id[chosen], entity):
                chosen, n = f"{plain}-{n}", n + 1
            self._ids[id(entity)] = chosen
            self._by_id.setdefault(chosen, entity)
        return self._ids[id(entity)]

    def _row(self, actor: str, mentions: tuple[Mention, ...]) -> Actor:
        e = self._by_id[actor]
        state = self._notes.text.codebook.state(actor)
        name = state.name if state else e.name  # "the northern state" is Nigeria where it means Nigeria
        return Actor(actor, name, _country(e), e.sector, e.organisation, e.role, e.role_from, e.role_to, mentions)


def _one(one: Entity, other: Entity) -> bool:
    """Whether two entities with the same id are one actor: states and bodies are, two persons of one name are not."""
    return one is other or not (one.is_person and other.is_person)


def _country(entity: Entity) -> str | None:
    """The entity's country; "the alliance" and "the agency" of states are of no state, which is known and not unclear."""
    return "IGO" if entity.country is None and entity.sector == "IGO" else entity.country
