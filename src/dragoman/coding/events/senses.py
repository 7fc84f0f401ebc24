"""Words that look like an act and mean something else where they stand; each rule with what marked articles say of it."""

from __future__ import annotations

import re

from dragoman.records import ActorRef, Span

# 207 of the 210 marked acts told by such a noun are of a quarrel; the three others end one.
_QUARREL = re.compile(
    r"\b(?:tensions?|wars?|disputes?|frictions?|stand-?offs?|feuds?|rifts?|conflicts?|cris[ie]s|quarrels?|rivalr(?:y|ies)|strains?)$",
    re.IGNORECASE,
)
_STRAIN = re.compile(r"\b(?:tensions?|frictions?|strains?|rifts?)$", re.IGNORECASE)  # no marked sanction of 1,671 is told so
_ENDS = re.compile(r"\b(?:end|eas|resol|settl|defus|sol|calm|overc|mend|heal)\w*\b", re.IGNORECASE)
_TOGETHER = frozenset(("AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID"))
_MEASURE = re.compile(r"\b(?:sanctions?|embargo(?:es)?|boycotts?)$", re.IGNORECASE)
_AMID = re.compile(r"\b(?:amid|amidst|despite)\s+(?:[a-z-]+\s+){0,2}$", re.IGNORECASE)
_ON_WHOM = re.compile(r"\s+(?:on|against|by|from|that|which|imposed)\b", re.IGNORECASE)
_WHERE = re.compile(r"\b(?:in|inside|within)\s+(?:the\s+)?$", re.IGNORECASE)
_FEAST = re.compile(
    r"\b(?:join|attend|march in|take part in|taking part in|participate in|for)\s+(?:[\w’'“”\"-]+\s+){0,4}"
    r"(?:parades?|ceremon(?:y|ies)|celebrations?|festivities|commemorations?)\b",
    re.IGNORECASE,
)
_SPEAKS_OF = re.compile(r"\b(?:discuss(?:e[sd]|ing)?)$", re.IGNORECASE)
_PARTNER = re.compile(r"\b(?:with|between|among|by|from)\b", re.IGNORECASE)


def another(root: str, text: str, end: int, trigger: Span, target: ActorRef) -> str | None:
    """What the words of an act mean instead, in a sentence of ``text`` that ends at ``end``; None where nothing speaks against
    them."""
    if root == "CONSULT" and _is_topic(text, trigger, target):
        return "what is discussed, not with whom"
    if root in _TOGETHER and _QUARREL.search(trigger.text) and not _ENDS.search(trigger.text):
        return "words of a quarrel"
    if root == "SANCTION" and _STRAIN.search(trigger.text):
        return "words of a quarrel"
    if root == "SANCTION" and _MEASURE.search(trigger.text):
        if _is_place(text, trigger, target):
            return "where, not on whom"
        if _AMID.search(text[: trigger.start]) and not _ON_WHOM.match(text, trigger.end):
            return "what goes on around, nobody's act here"
    if root == "MOBILIZE" and _FEAST.search(text, trigger.end, end):
        return "for a parade or ceremony"
    return None


def _is_topic(text: str, trigger: Span, target: ActorRef) -> bool:
    """Whether a target is what is discussed and not with whom: behind the verb, with no word that leads to a partner between.
    Every partner of the verb in marked and in written articles has such a word."""
    if target.start is None or target.start < trigger.end or _SPEAKS_OF.search(trigger.text) is None:
        return False
    return _PARTNER.search(text[trigger.end : target.start]) is None


def _is_place(text: str, trigger: Span, target: ActorRef) -> bool:
    """Whether a target behind the words is led to by "in": no marked sanction, embargo or boycott is on such a one."""
    return target.start is not None and target.start >= trigger.end and _WHERE.search(text[: target.start]) is not None
