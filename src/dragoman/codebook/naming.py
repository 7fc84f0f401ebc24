"""States as people name them, by code or by name in any case; and what comes near a word that nobody knows."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from functools import cache

from dragoman.codebook.loader import load
from dragoman.codebook.tables import Organisation, Region, State
from dragoman.errors import UsageError


def state_of(text: str) -> str | None:
    """The alpha-3 code of a state, from its code or one of its English names; None where no state is so called."""
    return _codes().get(" ".join(text.split()).casefold())


def require_state(text: str) -> str:
    """As ``state_of``. Raises UsageError naming what comes near."""
    code = state_of(text)
    if code is None:
        near = near_named(text, load().states)
        raise UsageError(f"there is no state {text!r} in the codebook{near}; give an alpha-3 code (CHN) or a name (China)")
    return code


def near_named(text: str, things: Iterable[State | Organisation | Region]) -> str:
    """As ``near``, among the ids and names of states, organisations and regions: ``Chile (CHL)``."""
    return near(text, {term.casefold(): _label(thing) for thing in things for term in (thing.id, thing.name, *thing.names)})


def near(text: str, known: Mapping[str, str]) -> str:
    """`` (did you mean A or B?)``, of the terms in small letters that come near a text what they stand for; or nothing."""
    terms = difflib.get_close_matches(text.casefold(), known, n=3, cutoff=0.6)
    found = dict.fromkeys(known[term] for term in terms)
    return f" (did you mean {' or '.join(found)}?)" if found else ""


def _label(thing: State | Organisation | Region) -> str:
    """Name and id; the name alone where the id is only another spelling of it."""
    same = thing.id.replace("-", " ").casefold() == thing.name.replace("-", " ").casefold()
    return thing.name if same else f"{thing.name} ({thing.id})"


@cache
def _codes() -> Mapping[str, str]:
    """By names and codes in small letters. A name that two states bore in turn is that of the living one."""
    living_last = sorted(load().states, key=lambda state: state.to is None)
    names = {name.casefold(): state.id for state in living_last for name in (*state.names, state.name)}
    return names | {state.id.casefold(): state.id for state in living_last}
