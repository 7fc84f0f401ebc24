"""Who a sentence names, each name with the key under which columns tell whose something is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from dragoman.codebook.tables import NO_STATE
from dragoman.records import ActorRef, Mention


class Actors(Protocol):
    """What figures and instruments ask of ``coding.actors.ArticleActors``."""

    def at(self, start: int, end: int) -> tuple[ActorRef, ...]: ...

    def candidates(self, sentence: int) -> tuple[Mention, ...]: ...


@dataclass(frozen=True, slots=True)
class Named:
    """Words that name one actor: its country, or its id where it has none."""

    start: int
    end: int
    key: str


def key_of(ref: ActorRef) -> str | None:
    """The country of an actor, the actor's id for an organisation of no state; None for a group of no known state."""
    return ref.actor if ref.country in NO_STATE else ref.country


def named(actors: Actors, sentence: int) -> tuple[Named, ...]:
    """Who a sentence names, in the order of the text; a phrase for several actors gives one entry each."""
    found = []
    for mention in actors.candidates(sentence):
        for ref in actors.at(mention.start, mention.end):
            key = key_of(ref)
            if key is not None:
                article = 4 if mention.text[:4].lower() == "the " else 0  # names are compared from their first word
                found.append(Named(mention.start + article, mention.end, key))
    return tuple(sorted(set(found), key=lambda name: (name.start, name.end, name.key)))
