"""From words to actors: ``Resolver.actor`` for a phrase alone, ``Resolver.article`` for everything an article names.

One pass over the text finds the codebook's terms; the phrase grammar (``descriptions``) reads what stands around them;
``people`` gathers names and ``coreference`` finds antecedents. What stays unclear has country None.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from dragoman.codebook import Codebook
from dragoman.codebook.tables import day
from dragoman.codebook.towns import folded
from dragoman.coding.article_actors import ArticleActors
from dragoman.coding.article_reading import Reader
from dragoman.coding.descriptions import read
from dragoman.coding.identifiers import actor_id
from dragoman.coding.lexicon import Entry, Lexicon
from dragoman.coding.people import Entity, People, fill
from dragoman.coding.units import units
from dragoman.records import Actor, Article

__all__ = ["ArticleActors", "Resolver"]


class Resolver:
    """Resolves phrases and articles with one codebook. Build once; safe to share between threads."""

    def __init__(self, codebook: Codebook) -> None:
        self.codebook = codebook
        self.lexicon = Lexicon(codebook)
        self.surnames = _surnames(codebook)

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
        if phrase.unit is not None and phrase.unit.kind == "person":
            entity.kind = "person"
            entity.id = phrase.unit.entry.id
            rows = self.codebook.holdings_of(phrase.unit.entry.id)
            if phrase.country is not None:
                rows = tuple(h for h in rows if h.country is None or self.codebook.country(h.country) == phrase.country)
            if rows:
                entity.name = rows[0].person
                fill(entity, rows, day(on), self.codebook)
        elif phrase.kind == "name" and phrase.unit is not None and entity.country is None:
            people = People(self.codebook, day(on), self.surnames, Counter(), on is not None)
            known = people.meet(phrase.unit, 0, "name")
            people.consult(known)
            if known.country is None and entity.sector is None:
                return None
            entity = replace(known, sector=entity.sector or known.sector, role=entity.role or known.role)
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

    def article(self, article: Article) -> ArticleActors:
        """Reads the article once; the result answers for any span of it."""
        return ArticleActors(Reader(self.codebook, self.lexicon, self.surnames, article))


def alone(entries: Sequence[Entry]) -> Entry | None:
    """Without context a term that several countries share says nothing."""
    if len({e.country for e in entries}) == 1:
        return entries[0]
    certain = [e for e in entries if e.detail != "short" and e.kind != "short"]
    if certain and len({e.country for e in certain}) == 1:
        return certain[0]
    return None


def _surnames(codebook: Codebook) -> dict[str, tuple[str, ...]]:
    """Last words of holders' names without accents, "Sisi" also of "el-Sisi"; of East Asian names the first word too."""
    out: dict[str, list[str]] = {}
    for holding in codebook.holdings:
        for name in (holding.person, *holding.names):
            words = folded(name).lower().split()
            keys = {words[-1], words[-1].partition("-")[2] or words[-1]}
            if holding.country in ("CHN", "TWN", "VNM", "KOR", "PRK", "HUN", "KHM"):
                keys.add(words[0])
            for word in keys if len(words) > 1 else ():
                out.setdefault(word, []).append(holding.person)
    return {word: tuple(dict.fromkeys(names)) for word, names in out.items()}
