"""Lists of actors: "Kenya, Uganda and Rwanda", and what one says for all, as in "Pakistani and Uzbek militants"."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.coding.actors.units import Unit

_NATIONAL = ("adjective", "state")
_NAMES = frozenset(("state", "organisation", "person", "name", "region", "adjective"))


def members(found: Sequence[Unit]) -> list[Sequence[Unit]]:
    """The units of every member of a list of actors; anything else whole."""
    cuts = [n for n, u in enumerate(found) if (u.kind == "conjunction" and u.low == "and") or u.text == ","]
    if not any(found[n].kind == "conjunction" for n in cuts):
        return [found] if found else []
    parts: list[Sequence[Unit]] = []
    last = 0
    for n in [*cuts, len(found)]:
        if n > last:
            parts.append(found[last:n])
        last = n + 1
    if not parts or not all(any(u.kind in _NAMES or u.kind == "word" for u in p) for p in parts):
        return [found]
    named = any(u.kind in _NAMES for u in parts[-1]) and not any(p[0].kind == "preposition" for p in parts)
    return _shared(parts) if named or _is_nationality(parts[0]) else [found]


def _shared(parts: list[Sequence[Unit]]) -> list[Sequence[Unit]]:
    """Gives each member what one says for all: "Pakistani and Uzbek militants", "the ministers of Chad and Niger"."""
    last = parts[-1]
    n = next((n for n, u in enumerate(last) if u.kind in _NATIONAL), None)
    tail = last[n + 1 :] if n is not None else last
    if tail and tail[-1].kind == "word" and all(_is_nationality(p) for p in parts[:-1]):
        return [*([*p, *tail] for p in parts[:-1]), last]
    first = parts[0]
    of = next((n for n, u in enumerate(first) if u.low == "of"), None)
    if of and len(first) == of + 2 and first[of - 1].plural and all(len(p) == 1 and p[0].kind == "state" for p in parts[1:]):
        return [first, *([*first[: of + 1], *p] for p in parts[1:])]
    return parts


def _is_nationality(part: Sequence[Unit]) -> bool:
    """Whether words are only a nationality: "the U.S.", "senior Pakistani"."""
    return (
        bool(part) and part[-1].kind in _NATIONAL and all(u.kind in ("determiner", "number", "other", *_NATIONAL) for u in part)
    )
