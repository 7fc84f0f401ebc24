"""From words to actors: ``Resolver.actor`` for a phrase alone, ``Resolver.article`` for everything an article names.

One pass over the text finds the codebook's terms; the phrase grammar (``descriptions``) reads what stands around them;
``people`` gathers names and ``coreference`` finds antecedents. What stays unclear has country None.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from dragoman.codebook import Codebook
from dragoman.codebook.tables import day
from dragoman.coding.actors.article import ArticleActors
from dragoman.coding.actors.descriptions import read
from dragoman.coding.actors.entities import Entity
from dragoman.coding.actors.focus import Hints
from dragoman.coding.actors.holders import Holders
from dragoman.coding.actors.identifiers import actor_id
from dragoman.coding.actors.lexicon import Entry, Lexicon, foremost
from dragoman.coding.actors.people import People
from dragoman.coding.actors.phrases import Phrase
from dragoman.coding.actors.reading import read_article
from dragoman.coding.actors.units import Unit, units
from dragoman.coding.speech.hearing import Said
from dragoman.records import Actor, Article

__all__ = ["ArticleActors", "Resolver"]


class Resolver:
    """Resolves phrases and articles with one codebook. Build once; safe to share between threads."""

    def __init__(self, codebook: Codebook) -> None:
        self.codebook = codebook
        self.lexicon = Lexicon(codebook)
        self.holders = Holders(codebook)

    def actor(self, text: str, on: date | str | None = None) -> Actor | None:
        """The actor that a phrase names by itself, with the role valid on a day; None where the words name nobody.

        ``country`` is None where the words do not say it ("police", "the president").
        """
        found = units(text, 0, len(text), self.lexicon.find(text, "mixed"), frozenset())
        phrase = read(found, alone)
        if phrase.kind in ("none", "pronoun"):
            return None
        entity = Entity(
            phrase.kind,
            phrase.name or text,
            (),
            phrase.country,
            phrase.sector,
            phrase.organisation,
            phrase.role,
            phrase.id,
            phrase.former,
        )
        if phrase.kind in ("person", "name") and phrase.unit is not None:
            entity = self._person(phrase, phrase.unit, day(on))
            if entity.country is None and entity.sector is None:
                return None
        return Actor(
            actor_id(entity),
            entity.name,
            entity.country,
            entity.sector,
            entity.organisation,
            entity.role,
            entity.role_from,
            entity.role_to,
        )

    def _person(self, phrase: Phrase, unit: Unit, on: str | None) -> Entity:
        """Whom a name with its title means, by the tables of office holders."""
        people = People(self.codebook, on, self.holders, Counter(), on is not None)
        person = people.meet(unit, 0, phrase.kind)
        people.learn(person, phrase)
        people.consult(person)
        return person

    def article(self, article: Article, hints: Hints | None = None, said: Sequence[Said] = ()) -> ArticleActors:
        """Reads the article once; the result answers for any span of it. ``hints`` are what the words around an actor say of
        its country, beside what is counted (``coding.speech.hearing.Hearing.countries``), ``said`` contents with their sources
        (``hearing.sources``), which tell who "I" is."""
        return ArticleActors(read_article(self.codebook, self.lexicon, self.holders, article, hints, said))


def alone(entries: Sequence[Entry]) -> Entry | None:
    """Without context a term that several countries share says nothing."""
    entries = foremost(entries)
    if len({e.country for e in entries}) == 1:
        return entries[0]
    certain = [e for e in entries if e.detail != "short" and e.kind != "short"]
    if certain and len({e.country for e in certain}) == 1:
        return certain[0]
    return None
