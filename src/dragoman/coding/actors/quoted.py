"""Who speaks in a quotation, as far as "we" and "I" need it: the speech verb next to the quotation marks, and its subject."""

from __future__ import annotations

import re

SPEECH = frozenset(
    "said says told added asked wrote tweeted warned stressed insisted declared explained argued noted stated replied "
    "announced claimed urged vowed observed recalled continued commented remarked acknowledged admitted believes "
    "believed thinks predicted testified".split()
)
SAYS = re.compile(r"\w+ (?:also |has |had )?(?:" + "|".join(sorted(SPEECH)) + r")\b")
QUOTE = re.compile(r"[\"“”]|``|''")
_SPEECH = re.compile(
    r"\b(?:said|says|told|added|asked|wrote|tweeted|warned|stressed|insisted|declared|explained|argued|according to|noted"
    r"|stated|replied|announced|claimed|urged|vowed|observed|recalled|continued|commented|remarked)\b"
)


def inside(text: str, start: int, end: int, position: int, opened: bool = False) -> bool:
    """Whether a position in a sentence stands inside quotation marks; ``opened`` that one was open before the sentence."""
    state = opened
    for mark in QUOTE.finditer(text, start, position):
        word = mark.group()
        state = True if word in ("“", "``") else False if word in ("”", "''") else not state
    return state


def runs(text: str, spans: list[tuple[int, int]]) -> list[bool]:
    """For every sentence whether a quotation is open at its start; a mark that is never closed ends with its paragraph."""
    out = []
    state = False
    before = 0
    for start, end in spans:
        if "\n" in text[before:start]:
            state = False
        out.append(state)
        state = inside(text, start, end, end, state)
        before = end
    return out


def cue(text: str, start: int, end: int, opened: bool) -> int | None:
    """Where the sentence's own speech verb stands, outside the quotation; None without one."""
    for found in _SPEECH.finditer(text, start, end):
        if not inside(text, start, end, found.start(), opened):
            return found.start()
    return None
