"""What is known of an article while it is read: its units, its people, and whom every phrase so far meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from dragoman.coding.actors.article_units import ArticleUnits
from dragoman.coding.actors.coreference import Memory
from dragoman.coding.actors.entities import Entity
from dragoman.coding.actors.focus import Focus
from dragoman.coding.actors.people import People
from dragoman.coding.actors.phrases import Phrase
from dragoman.coding.actors.stories import Stories
from dragoman.coding.speech.hearing import Said
from dragoman.records import Article


@dataclass(frozen=True, slots=True)
class Chunk:
    """A phrase that can name an actor; ``first`` that only "it" or "there" stands before it in its sentence."""

    start: int
    end: int
    phrase: Phrase
    first: bool


@dataclass(frozen=True, slots=True)
class Notes:
    """Filled by ``reading``. Actors without a name of their own are kept by their words and country: each is one entity."""

    article: Article
    text: ArticleUnits
    people: People
    focus: Focus
    memory: Memory
    stories: Stories
    offices: dict[str, list[tuple[int, str]]] = field(default_factory=dict)  # told without a name: where, and of which country
    parties: dict[str, set[str]] = field(default_factory=dict)  # "communist": the countries that it is told with
    states: dict[tuple[str | None, str | None], Entity] = field(default_factory=dict)
    groups: dict[tuple[str, str | None], Entity] = field(default_factory=dict)
    aliases: dict[str, Entity] = field(default_factory=dict)
    found: dict[tuple[int, int], tuple[Entity, ...]] = field(default_factory=dict)
    chunks: list[list[Chunk]] = field(default_factory=list)  # of every sentence read so far
    said: Sequence[Said] = ()  # contents with the words of their sources, as the model hears them
