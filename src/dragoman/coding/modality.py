"""Modality by the words around a trigger, where the event model has four classes and the record five; and PLOVER's folding
of it."""

from __future__ import annotations

import re

from dragoman.records import Modality

# "is attacking", "have been negotiating", "continues to bomb": going on while the article is written.
_ONGOING = re.compile(
    r"\b(?:(?:is|are|am|'s|'re)\s+(?:\w+ly\s+|currently\s+|now\s+|still\s+|not\s+only\s+)?|(?:has|have|'ve)\s+been\s+(?:\w+ly\s+)?"
    r"|(?:continue[sd]?|keeps?|kept|remains?)\s+(?:on\s+)?(?:to\s+(?:be\s+)?)?)$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"\b(?:continu(?:es|ing)|ongoing|on-going|still|keeps? on)\b[^,;.]{0,24}$", re.IGNORECASE)
_PLANS = frozenset({"going", "planning", "preparing", "expected", "scheduled", "set", "due", "considering"})


def refine(modality: Modality, sentence: str, trigger: tuple[int, int]) -> Modality:
    """``happened`` becomes ``ongoing`` where the sentence says that it goes on: a progressive, or words such as "continues"."""
    if modality != "happened":
        return modality
    before, words = sentence[: trigger[0]], sentence[trigger[0] : trigger[1]].split()
    first = words[0].lower() if words else ""
    if first in _PLANS:
        return modality
    if first.endswith("ing") and _ONGOING.search(before):
        return "ongoing"
    if re.search(r"\b(?:continues?|keeps?)\s+(?:on\s+|to\s+)?(?:\w+\s+)?$", before, re.IGNORECASE) or _GOES_ON.search(before):
        return "ongoing"
    return modality


def fold(root: str, modality: Modality, quad: int) -> str:
    """The one PLOVER class that the field codes for a root and its modality.

    Future cooperation is AGREE, negated cooperation REJECT, future conflict THREATEN, negated conflict YIELD (CODEBOOK.md);
    CONCEDE and RETREAT are YIELD. What is only said (REQUEST, ACCUSE, REJECT, THREATEN) is said now and keeps its root.
    """
    if modality in ("happened", "ongoing", "hypothetical") or root in ("REQUEST", "ACCUSE", "REJECT", "THREATEN", "AGREE"):
        return "YIELD" if root in ("CONCEDE", "RETREAT") else root
    if quad <= 2:
        return "AGREE" if modality == "planned" else "REJECT"
    return "THREATEN" if modality == "planned" else "YIELD"
