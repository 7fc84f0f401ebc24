"""To whom words are said, and about which states."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.coding.speech import speakers as speaking
from dragoman.coding.speech.decoding import Linked
from dragoman.records import ActorRef, Mention

Mentions = Sequence[tuple[Mention, ActorRef]]

_FOR_STATE = frozenset(("GOV", "MIL", "LEG", "COP", "JUD"))
_TELLS = re.compile(
    r"\b(?:told|tells?|telling|asks?|asked|asking|warn(?:s|ed|ing)?|assur(?:es?|ed|ing)|inform(?:s|ed|ing)?|remind(?:s|ed|ing)?"
    r"|urg(?:es?|ed|ing)|call(?:s|ed|ing)? (?:on|upon)|appeal(?:s|ed|ing)? to|wr(?:ote|ites?|iting) to|said to"
    r"|promis(?:es?|ed|ing)|thank(?:s|ed|ing)?|advis(?:es?|ed|ing)|implor(?:es?|ed|ing)|order(?:s|ed|ing)?)$",
    re.IGNORECASE,
)
_WRITES = re.compile(
    r"\b(?:(?:letter|message|note|telegram|cable|memo|address|appeal|speech|reply|answer|response|complaint)\s+to"
    r"|(?:phone\s+call|call|conversation|talks?|meeting|interview)\s+with|(?:said|speaking|spoke|writing|wrote)\s+to)"
    r"\s+(?:the\s+)?$",
    re.IGNORECASE,
)


def addressee(text: str, a: Linked, speaker: ActorRef, mentions: Mentions) -> ActorRef | None:
    """Whom the words are said to: named right behind a cue that takes an addressee, or behind "in a letter to" and the like.

    The subject of "were told" too.
    """
    start, end = a.hull
    told = a.source if speaking.is_told(a, text) else None
    for m, ref in mentions:
        if ref.actor is None or ref.actor == speaker.actor:
            continue
        if told and told[0] <= m.start and m.end <= told[1]:
            return ref
        outside = m.end <= start or m.start >= end or m.start - start < 5  # "asked Peru to ...": it begins the content
        if outside and (_behind_cue(text, a, m.start) or _WRITES.search(text[max(0, m.start - 60) : m.start])):
            return ref
    return None


def _behind_cue(text: str, a: Linked, start: int) -> bool:
    """Whether something that begins here stands right behind a cue that takes an addressee."""
    if a.cue is None or not 0 <= start - a.cue[1] <= 40 or not _TELLS.search(text[slice(*a.cue)]):
        return False
    return re.fullmatch(r"\s*(?:the\s+|his\s+|her\s+|its\s+)?", text[a.cue[1] : start]) is not None


def about(a: Linked, speaker: ActorRef, mentions: Mentions) -> tuple[str, ...]:
    """States named in the content, or the government that speaks for one, other than the speaker's own, in order."""
    states = [
        ref.country
        for m, ref in sorted(mentions, key=lambda pair: pair[0].start)
        if any(s < m.end and m.start < e for s, e in a.content)
        and ref.country not in (None, "IGO", "NGO", speaker.country)
        and (ref.actor == ref.country or ref.sector in _FOR_STATE)
    ]
    return tuple(dict.fromkeys(s for s in states if s))


def places(mentions: Mentions, states: Sequence[str], start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Where the states spoken about are named, counted from the start of the content."""
    inside = [m for m, ref in mentions if ref.country in states and m.start < end and m.end > start]
    return tuple((max(m.start, start) - start, min(m.end, end) - start) for m in inside)
