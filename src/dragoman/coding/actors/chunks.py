"""Noun phrases that can name an actor, cut from a sentence's units without a parser."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.coding.actors.units import Unit

BEARING = frozenset({"state", "adjective", "organisation", "person", "place", "region", "name", "word"})
_INSIDE = BEARING | {"hyphen", "number", "former"}
_MODIFIERS = frozenset(
    "senior top high former new old young armed other local regional national international foreign federal central "
    "main major big small large largest biggest key leading ruling own close joint first second third last next early "
    "late outgoing incoming acting interim transitional ethnic religious political military civilian economic social "
    "democratic conservative liberal radical moderate hardline pro anti suspected alleged unidentified unknown masked "
    "heavily three-year-old angry wounded injured dead displaced elderly innocent unarmed ordinary fellow chief "
    "deputy-in-command prominent veteran longtime influential powerful rival hostile friendly neighbouring "
    "neighboring western eastern northern southern western-backed then current present".split()
)
_SUFFIXES = (
    "al",
    "ic",
    "ive",
    "ous",
    "ary",
    "ist",
    "less",
    "ful",
    "ern",
    "ior",
    "ish",
    "an",
    "ese",
    "-led",
    "-backed",
    "-based",
    "-trained",
    "armed",
)
_WHOSE = frozenset("his her its their our my your whose".split())
_CONTAINERS = ("of", "for", "from", "in", "at")


def chunks(found: Sequence[Unit]) -> list[tuple[int, int]]:
    """Half-open index ranges of actor-like phrases, in the order of the text; a phrase with its complement stands beside it."""
    out: list[tuple[int, int]] = []
    k = 0
    while k < len(found):
        unit = found[k]
        if unit.kind == "pronoun":
            out.append((k, k + 1))
            if unit.low not in _WHOSE:
                k += 1
                continue
        that = unit.low == "that" and k + 1 < len(found) and found[k + 1].kind in ("name", "person", "state", "organisation")
        if (unit.kind in _INSIDE or unit.kind in ("determiner", "pronoun")) and not that:
            end = _end(found, k)
            if any(u.kind in BEARING for u in found[k:end]):
                out.append((k, end))
                longer = _complement(found, end)
                if longer:
                    out.append((k, longer))
                k = end
                continue
        k += 1
    return out


def _end(found: Sequence[Unit], k: int) -> int:
    """Where the phrase that begins at ``k`` ends: behind its last bearing unit."""
    last = k
    n = k + 1 if found[k].kind in ("determiner", "pronoun") else k
    free = 1 if n > k or found[k].kind == "number" else 0
    while n < len(found):
        unit = found[n]
        if unit.kind in _INSIDE:
            last = n + 1 if unit.kind in BEARING or unit.kind == "hyphen" else last
            if (
                unit.kind in ("name", "person")
                and not unit.possessive
                and n + 1 < len(found)
                and found[n + 1].kind not in ("word", "name")
            ):
                break
            free = 0 if unit.kind in BEARING else free
        elif unit.kind == "other" and (unit.low in _MODIFIERS or unit.low.endswith(_SUFFIXES)):
            pass
        elif unit.kind == "other" and free:
            free -= 1
        else:
            break
        n += 1
    return max(last, k + 1)


def _complement(found: Sequence[Unit], end: int) -> int | None:
    """Behind a head with "of", "for", "from", "in" or "at" the end of that complement."""
    if end + 1 >= len(found) or found[end].low not in _CONTAINERS or found[end - 1].kind not in ("word", "number"):
        return None
    k = end + 1
    if found[k].kind in _INSIDE or found[k].kind == "determiner":
        stop = _end(found, k)
        if any(u.kind in BEARING for u in found[k:stop]):
            return stop
    return None
