"""Ids of actors: a state's code, an organisation's id, else country, sector and the words."""

from __future__ import annotations

from dragoman.coding.actors.entities import Entity
from dragoman.coding.actors.phrases import STATE_WORDS
from dragoman.coding.places.gazetteer import plain

_WORDS = 6  # of a description in its id; longer ones are cut


def slug(name: str) -> str:
    """Small ASCII letters and digits, joined with hyphens."""
    bare = plain(name.replace("'s", ""))
    kept = "".join(c.lower() if c.isascii() and c.isalnum() else " " if c.isspace() or c in "-/." else "" for c in bare)
    return "-".join(kept.split()[:_WORDS])


def actor_id(entity: Entity) -> str:
    """``CHN``, ``NATO``, ``CHN.GOV.xi-jinping``, ``MLI.MIL.two-malian-soldiers``; XXX and UNK stand for what is not known."""
    if entity.kind == "state" and entity.id and entity.sector == "GOV":
        return entity.id
    if entity.kind == "organisation" and entity.id:
        return entity.id
    if (
        entity.kind in ("described", "organ", "group")
        and entity.head in STATE_WORDS
        and entity.country
        and entity.sector == "GOV"
    ):
        return entity.country
    return f"{entity.country or 'XXX'}.{entity.sector or 'UNK'}.{slug(entity.name) or 'unnamed'}"
