"""On whose word an event is told: the row's speaker by name, or an unnamed voice that may be cited as such."""

from __future__ import annotations

import re

from dragoman.brief.material import Event, Ref, Text
from dragoman.brief.writing import names


def attribution(event: Event, text: Text, known: frozenset[str]) -> str | None:
    """``According to X, ``; empty where the article says it itself, None where nobody can be named for it."""
    if event.asserted_by is None:
        return ""
    if event.asserted_by == event.source.actor:  # "Annan said that Annan discussed": nobody's report but the actor's own
        return None
    speaker = text.actors.get(event.asserted_by)
    if speaker is None:
        return None
    if speaker.id == speaker.country and (unnamed := _UNNAMED.search(text.words(event.sentence))):
        return f"according to {unnamed[1]}, "
    said = names.phrase(Ref(speaker.id, None, None, None, speaker.country, speaker.sector), text, known) or _voice(speaker.name)
    if said is None and (after := _SAID_AFTER.search(text.words(event.sentence).replace("\n", " "))):
        words = after[1].split()
        said = after[1].strip() if speaker.country in names.inside(after[1]) and speaker.name.split()[0] in words else None
    return f"according to {said}, " if said else None


_SAID_AFTER = re.compile(r",[”\"]?\s((?:the\s)?(?:[\w’'.-]+\s){1,5}?)(?:said|says)\b(?:[^,]{0,25})\.?[”\"]?$")
"""Who said it, after the words: "..., Palestinian security sources said on Sunday."."""
_UNNAMED = re.compile(r",[”\"]?\s(authorities|officials|sources)\s(?:said|say|added|confirmed)\b")
"""A state's word that the passage gives to nobody by name."""
_VOICE = re.compile(
    r"(?:[a-z-]+ ){0,2}(?:analysts|officials|experts|observers|sources|intelligence|critics|investigators|prosecutors)",
    re.IGNORECASE,
)
_COMMON = frozenset({"analysts", "officials", "experts", "observers", "sources", "critics"})
"""Words that lose the capital of a beginning; "Western" keeps it."""


def _voice(name: str) -> str | None:
    """Unnamed voices that a brief may cite as such: "analysts", "Western intelligence"."""
    if _VOICE.fullmatch(name) is None:
        return None
    return name[0].lower() + name[1:] if name.split()[0].lower() in _COMMON else name
