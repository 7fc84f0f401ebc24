"""The rest of the article, as the event rows ask for it: who is named, when and where things happen, on whose word."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from dragoman.coding.actors.implied import Side
from dragoman.coding.events import weighing
from dragoman.records import ActorRef, Interval, Modality, Place


class Actors(Protocol):
    """What the event rows need of ``actors.ArticleActors``."""

    def at(self, start: int, end: int) -> tuple[ActorRef, ...]: ...

    def implied(self, sentence: int, side: Side) -> ActorRef | None: ...

    def state(self, country: str) -> ActorRef | None: ...

    def share(self, country: str | None, position: int) -> float: ...

    def explain(self, ref: ActorRef) -> tuple[tuple[str, float], ...]: ...


@dataclass(frozen=True, slots=True)
class Context:
    """What ``rows.events`` needs besides the article and what the model finds in it."""

    actors: Actors
    date_of: Callable[[int, int, int, Modality], Interval | None]  # sentence, start and end of the trigger
    place_of: Callable[[int, int, int], Place | None]
    asserted_by: Callable[[int, int], str | None]  # an actor's id
    model: str
    subjects: Sequence[tuple[int, int]]  # what agreements and statements are about, by their titles: told, not done
    weights: weighing.Weights
    thresholds: Mapping[str, float]  # by root
