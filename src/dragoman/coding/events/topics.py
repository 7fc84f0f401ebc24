"""What talks are about is nobody who takes part in them: "discussed Lebanon" tells of no meeting with Lebanon."""

from __future__ import annotations

import re

from dragoman.records import ActorRef, Span

_SPEAKS_OF = re.compile(r"\b(?:discuss(?:e[sd]|ing)?)$", re.IGNORECASE)
_PARTNER = re.compile(r"\b(?:with|between|among|by|from)\b", re.IGNORECASE)


def is_topic(text: str, trigger: Span, target: ActorRef) -> bool:
    """Whether a target is what is discussed and not with whom: behind the verb, with no word that leads to a partner between.
    Every partner of the verb in marked and in written articles has such a word."""
    if target.start is None or target.start < trigger.end or _SPEAKS_OF.search(trigger.text) is None:
        return False
    return _PARTNER.search(text[trigger.end : target.start]) is None
