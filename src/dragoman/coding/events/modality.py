"""Modality by the words before a trigger: the record's fifth class, and what plain words say against the model."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.records import Modality

# "is attacking", "have been negotiating", "continues to bomb": going on while the article is written.
_ONGOING = re.compile(
    r"\b(?:(?:is|are|am|'s|'re)\s+(?:\w+ly\s+|currently\s+|now\s+|still\s+|not\s+only\s+)?|(?:has|have|'ve)\s+been\s+(?:\w+ly\s+)?"
    r"|(?:continue[sd]?|keeps?|kept|remains?)\s+(?:on\s+)?(?:to\s+(?:be\s+)?)?)$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"\b(?:continu(?:es|ing)|ongoing|on-going|still|keeps? on)\b[^,;.]{0,24}$", re.IGNORECASE)
_PLANS = frozenset({"going", "planning", "preparing", "expected", "scheduled", "set", "due", "considering"})


# "could push", "might have been attacked": hypothetical in 48 of 51 marked events (folds 1 to 4). May in capitals is a month.
_MIGHT = re.compile(r"\b(?:could|might|may|Could|Might)\b[^,;.]{0,25}$")
# "has not attacked", "did not sign": denied in 13 of the 16 that are not hypothetical. "would not" was tried and lost .01.
_NOT = re.compile(
    r"\b(?:has|have|had|did|does|do|was|were|is|are)(?:n['’]t|\s+not|\s+never)\s+(?:(?:yet|been|be|(?!(?:only|merely|simply)\b)\w+ly)\s+)*$",
    re.IGNORECASE,
)
# "did not see any joint action": what somebody did not have or take, said by a noun right behind; a preposition between leads
# to another act ("no consensus on the demands").
_NONE_OF = re.compile(
    r"\b(?:has|have|had|did|does|do)(?:n['’]t|\s+not|\s+never)\s+(?:yet\s+)?(?:see|seen|have|had|hold|held|make|made|take|taken|reach|reached)\s+"
    r"(?:(?!(?:in|on|of|with|to|for|at|from|about|by|that)\b)[\w-]+\s+){0,3}$",
    re.IGNORECASE,
)
# "are not only standing together": that is said to be so.
_NOT_ONLY = re.compile(r"\bnot\s+(?:only|just|merely|simply)\s+(?:[\w-]+\s+){0,2}$", re.IGNORECASE)

# "the shelling has not ended": it goes on.
_UNENDED = re.compile(
    r"\b(?:has|have|had|did|does|do|is|are|was|were)(?:n['’]t|\s+not|\s+never)\s+(?:yet\s+)?(?:end(?:ed)?|stop(?:ped)?|ceased?)\b"
)

# "after approving", "having signed": happened in 69 of 70 marked events, whatever the verb before it plans.
_AFTER = re.compile(r"\b(?:after|since|following|having)\s+(?:\w+ly\s+|having\s+)?$", re.IGNORECASE)

_NONE = re.compile(r"(?:neither|none|nobody|no one|no)\b", re.IGNORECASE)


def refine(modality: Modality, sentence: str, trigger: tuple[int, int], sides: Sequence[str | None] = ()) -> Modality:
    """The model's modality, mended where plain words before the trigger say otherwise.

    "could", "might" and "may" make it hypothetical, "has not" denied; what a plan comes "after" happened; ``happened`` becomes
    ``ongoing`` where the sentence says that it goes on: a progressive, or words such as "continues". ``sides`` are the words
    of source and target: what "neither side" does, or is done to it, is denied.
    """
    if any(_NONE.match(words) for words in sides if words):
        return "denied"
    if modality == "denied" and _UNENDED.search(sentence[trigger[1] :]):
        return "ongoing"
    if modality == "denied" and _NOT_ONLY.search(sentence[: trigger[0]]):
        modality = "happened"
    if modality in ("happened", "planned") and _MIGHT.search(sentence[: trigger[0]]):
        return "hypothetical"
    if modality == "planned" and _AFTER.search(sentence[: trigger[0]]) and re.match(r"\w+ing\b", sentence[trigger[0] :]):
        return "happened"
    if modality != "happened":
        return modality
    if _NOT.search(sentence[: trigger[0]]) or _NONE_OF.search(sentence[: trigger[0]]):
        return "denied"
    before, words = sentence[: trigger[0]], sentence[trigger[0] : trigger[1]].split()
    first = words[0].lower() if words else ""
    if first in _PLANS:
        return modality
    if first.endswith("ing") and _ONGOING.search(before):
        return "ongoing"
    if re.search(r"\b(?:continues?|keeps?)\s+(?:on\s+|to\s+)?(?:\w+\s+)?$", before, re.IGNORECASE) or _GOES_ON.search(before):
        return "ongoing"
    return modality
