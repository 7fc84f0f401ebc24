"""Mode and contexts of an event by the words of its trigger and sentence (codebook/data/events.toml)."""

from __future__ import annotations

import re
from functools import cache

from dragoman.codebook.events import Mode, Root, load

_NEAR = 120  # characters to each side of the trigger in which a context's words count: a clause or two


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Whole words of a list in which ``*`` ends a stem: "sign*", "step* down"."""
    stems = (re.escape(w).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for w in words)
    return re.compile(r"(?<!\w)(?:" + "|".join(stems) + r")(?!\w)", re.IGNORECASE)


def mode_of(root: Root, trigger: str) -> Mode | None:
    """The first mode of the root that the trigger's words show; None where they show none."""
    return next((m for m in root.modes if _pattern(m.words).search(trigger)), None)


def contexts_of(sentence: str, trigger: tuple[int, int]) -> tuple[str, ...]:
    """What the event is about, in the codebook's order; empty where no words tell."""
    near = sentence[max(0, trigger[0] - _NEAR) : trigger[1] + _NEAR]
    return tuple(name for name, words in load().contexts.items() if _pattern(words).search(near))
