"""Of which country an actor without words in its sentence is, where another sentence names it ("the embargo goes on").

A weighted choice (``ranking``) between the countries that the article names. Its weights, ``weights.IMPLIED``, are learned from
the marked sides without words; that two sides are of one country is told by the event model, so it counts for little here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from dragoman.codebook.tables import NO_STATE
from dragoman.coding.actors import weights
from dragoman.coding.actors.ranking import Features, probabilities
from dragoman.records import ActorRef

REACH = 4  # sentences back
CLEAR = 0.5  # probability of a country from which it is meant


@dataclass(frozen=True, slots=True)
class Near:
    """An actor named before: how many sentences back, and whether it begins its sentence."""

    back: int
    first: bool
    ref: ActorRef

    @property
    def gain(self) -> float:
        return (1.5 if self.first else 1.0) * 0.5**self.back


@dataclass(frozen=True, slots=True)
class Side:
    """What is known of an event's side without words: the root, whether it is the target, and who the other side is."""

    root: str
    target: bool
    other: Sequence[ActorRef]


def features(side: Side, near: Sequence[Near], named: Iterable[str], share: Callable[[str], float]) -> dict[str, Features]:
    """What speaks for each country: who is named nearby, how much of the article is about it, and the other side's country."""
    others = {ref.country for ref in side.other if ref.country is not None}
    rows: dict[str, dict[str, float]] = {country: {} for country in (*named, *sorted(others))}
    gains: dict[str, float] = {}
    for n in near:
        if n.ref.country is None:
            continue
        row = rows.setdefault(n.ref.country, {})
        gains[n.ref.country] = gains.get(n.ref.country, 0.0) + n.gain
        row[f"at{n.back}"] = 1.0
        if n.first:
            row[f"first{n.back}"] = 1.0
        if n.ref.sector:
            row[n.ref.sector] = 1.0
    whole = sum(gains.values()) or 1.0
    for country, row in rows.items():
        row["gain"] = gains.get(country, 0.0) / whole
        row["share"] = share(country)
        if country in others:
            row["other"] = row[f"other {side.root}"] = 1.0
        else:
            row["share, not other"] = row["share"]
        if country in NO_STATE:
            row["organisation"] = 1.0
        if side.target:
            row |= {f"target {k}": row[k] for k in ("gain", "share", "other", "organisation") if k in row}
    return dict(rows)


def country(rows: dict[str, Features]) -> str | None:
    """The likeliest country; None where the article names none or none is likelier than all others together."""
    names = sorted(rows)
    chances = probabilities([rows[n] for n in names], weights.IMPLIED)
    chance, likeliest = max(zip(chances, names, strict=True), default=(0.0, ""))
    return likeliest if chance >= CLEAR else None
