"""Which of several readings of the same words stands: one act is one row, and its source is who does it.

Every function compares one candidate with the others and gives what is meant instead, in words for the reader; None where the
candidate stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dragoman.codebook import events as codebook
from dragoman.coding.events.candidates import Stated
from dragoman.coding.events.weighing import Candidate
from dragoman.records import ActorRef, Span

_LISTED = 60  # characters between two actors of one list, at most
_JOINS = re.compile(r",|\b(?:and|or|with)\b")
_OWNER = re.compile(r"(?:['’]s?)(?:\s[\w.-]+){0,7},?\s")  # "'s former campaign manager, "
_OWNS = re.compile(r"['’]s?\s(?:[\w-]+\s){0,2}")  # "'s renewed "

_BESIDE = re.compile(r"(?:['’]s\s+\w+)?(?:,|,?\s+(?:and|or|but also|as well as))\s+(?:the\s+|on\s+|against\s+)?(?:\w+\s+)?")
_GOVERNED = re.compile(r"\s(?:(?:in|on|against|of|with|for|to)\s)?(?:the\s)?")


def reason(n: int, candidates: Sequence[Stated], weighed: Sequence[float], text: str) -> str | None:
    """Why candidate ``n`` gives way to another."""
    if (better := _better(n, candidates, weighed)) is not None:
        return f"the same words say {better} between the two"
    if (rival := _rival(n, candidates, weighed, text)) is not None:
        return f"the same words are rather {rival}'s"
    if (owned := _owned(n, candidates, text)) is not None:
        return f"it is {owned} that is meant, not the owner"
    if (doer := _of_another(n, candidates, weighed, text)) is not None:
        return f"the words are {doer}'s own act"
    if (aim := _aimed(n, candidates, weighed, text)) is not None:
        return f"it is done to {aim}"
    if (third := _together_on(n, candidates, text)) is not None:
        return f"both do it to {third}"
    return None


def _better(n: int, candidates: Sequence[Stated], weighed: Sequence[float]) -> str | None:
    """The likelier root that the same words state between the same two countries: one act is one row, not one a reading."""
    c, trigger = candidates[n]
    pair = {c.source.country, c.target.country}
    for m, (other, words) in enumerate(candidates):
        if (
            other.sentence == c.sentence
            and other.found.root != c.found.root
            and {other.source.country, other.target.country} == pair
            and _overlap(words, trigger)
            and weighed[m] > weighed[n]
        ):
            return other.found.root
    return None


def _rival(n: int, candidates: Sequence[Stated], weighed: Sequence[float], text: str) -> str | None:
    """The words of a likelier source of the same act, not listed beside this one: one verb has one subject.

    How often the less likely was right: of two states towards one 14 of 74 (unseen marks and folds 1 to 4), of two actors of a
    state towards one target 18 of 61, of somebody without words beside a named source 1 of 8 (unseen marks and fold 0)."""
    c, _ = candidates[n]
    for other, words in _likelier(n, candidates, weighed):
        if other.source.start is not None and _two_sources(c, other):
            beside = c.source.start is not None and _listed(text, c.source, other.source)
            if not beside or _owns(text, other.source, words):
                return text[other.source.start : other.source.end]
    return None


def _two_sources(one: Candidate, other: Candidate) -> bool:
    """Whether two candidates tell of one act by two: states towards a country, or actors of a state, or somebody unnamed
    beside a named one, towards the same target."""
    if one.source.start is not None and one.source.country != other.source.country:
        return one.target.country == other.target.country
    return one.source.actor != other.source.actor and _same(one.target, other.target)


def _likelier(n: int, candidates: Sequence[Stated], weighed: Sequence[float]) -> Iterator[Stated]:
    """Likelier candidates that the same words state with the same root, which is none that holds both ways."""
    c, trigger = candidates[n]
    if c.found.root in codebook.MUTUAL:
        return
    for m, (other, words) in enumerate(candidates):
        if other.found.root == c.found.root and _overlap(words, trigger) and weighed[m] > weighed[n]:
            yield other, words


def _owned(n: int, candidates: Sequence[Stated], text: str) -> str | None:
    """The words of another candidate's side, where this one's is only the owner in front of it: "the premier's aide, Dahl". Of
    one state both, since elsewhere the owner may be meant ("struck Syria's ally, Iran")."""
    c, trigger = candidates[n]
    for other, words in candidates:
        if other.sentence != c.sentence or other.found.root != c.found.root or words != trigger:
            continue
        sides = ((c.source, other.source), (c.target, other.target))
        for (mine, its), (here, there) in (sides, sides[::-1]):
            between = text[mine.end : its.start] if mine.end is not None and its.start is not None else ""
            if _same(here, there) and mine.country == its.country and _OWNER.fullmatch(between):
                return text[its.start : its.end]
    return None


def _of_another(n: int, candidates: Sequence[Stated], weighed: Sequence[float], text: str) -> str | None:
    """The owner right in front of an event noun, where the same noun is likelier to be its act ("as Chad's war in Mali goes
    on and Niger waits"): no other's act towards it, though alone the owner may be the target ("Libya's invasion")."""
    c, _ = candidates[n]
    for other, words in _likelier(n, candidates, weighed):
        if (
            c.target.start is not None
            and other.source.country is not None
            and other.source.country == c.target.country
            and other.target.country != c.source.country
            and _owns(text, other.source, words)
        ):
            return text[other.source.start : other.source.end]
    return None


def _aimed(n: int, candidates: Sequence[Stated], weighed: Sequence[float], text: str) -> str | None:
    """The words of a likelier target right behind the act ("Chad's war in Mali enters its third year, and Niger waits"), not
    listed beside this one: whoever is named elsewhere is not what the same act of the same state is done to."""
    c, _ = candidates[n]
    for other, words in _likelier(n, candidates, weighed):
        if (
            c.target.start is not None
            and other.target.start is not None
            and other.source.country == c.source.country
            and other.target.country != c.target.country
            and _GOVERNED.fullmatch(text[words.end : other.target.start])
            and not _BESIDE.fullmatch(text[other.target.end or 0 : c.target.start])
        ):
            return text[other.target.start : other.target.end]
    return None


def _together_on(n: int, candidates: Sequence[Stated], text: str) -> str | None:
    """The words, behind the act, of those to whom source and target do it together, both in front of it: "Rao and another man
    shot at the guards". Of 2,932 such pairs in marked and written articles none did it to each other."""
    c, trigger = candidates[n]
    sides = {c.source.start, c.target.start}
    if c.found.root in codebook.MUTUAL or any(start is None or start >= trigger.start for start in sides):
        return None
    done: dict[int, set[int | None]] = {}
    for other, words in candidates:
        at = other.target.start
        if other.found.root == c.found.root and words == trigger and at is not None and at >= trigger.end:
            done.setdefault(at, set()).add(other.source.start)
    third = next((at for at, doers in done.items() if sides <= doers), None)
    return (
        None if third is None else next(text[o.target.start : o.target.end] for o, _ in candidates if o.target.start == third)
    )


def _owns(text: str, actor: ActorRef, trigger: Span) -> bool:
    """Whether an event noun has its doer right in front: "Chad's renewed war"."""
    return actor.end is not None and _OWNS.fullmatch(text[actor.end : trigger.start]) is not None


def _same(one: ActorRef, other: ActorRef) -> bool:
    return (one.actor, one.start) == (other.actor, other.start)


def _listed(text: str, one: ActorRef, other: ActorRef) -> bool:
    """Whether two actors stand side by side: "Kenya and Uganda", "Kenya, its neighbour Uganda", or in the same words."""
    first, last = sorted((one, other), key=lambda ref: ref.start or 0)
    if (last.start or 0) < (first.end or 0):
        return True
    between = text[first.end : last.start]
    return len(between) < _LISTED and bool(_JOINS.search(between))


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
