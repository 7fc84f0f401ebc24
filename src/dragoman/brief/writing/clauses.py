"""Finding in a sentence the clause that tells an event: subject, verb group, and the words after it.

The writer keeps the article's own words after the verb ("signed the joint statement on ..."), since they say more than the bare
root. It takes a clause only where subject, verb and object stand in plain order; everything else it leaves alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dragoman.brief.writing.verbs import Group, group

_CLAUSE_STARTS = frozenset(
    "that and but while as because since after when where before although though whereas so if however yet then until or says "
    "said which".split()
)
_REPORTING = frozenset(
    "say claim claims claimed note noted allege alleges alleged argue argues argued believe believes believed report reports "
    "reported state stated confirm confirmed announce announced add added insist insists insisted acknowledged "
    "suggested".split()
)
_TITLES = re.compile(
    r"(?:\b(?:the|a|an|its|his|her|both)\s+)?(?:[A-Z][\w.’'-]*\s+|(?:president|minister|foreign|prime|former|"
    r"secretary|of|state)\s+){0,5}$"
)
_APPOSITIVE = re.compile(r"\s*(?:,\s[^,;:.“”\"]{2,70},|\([^()]{1,60}\))?")
_PAIRED = re.compile(r"\s*(?:,\s*[A-Z][^,;:.“”\"]{1,50})*,?\s+and\s+(?:the\s+)?((?:[a-z-]+\s+){0,3}(?:[A-Z][\w.’'-]*\s?){1,7})")
_CUTS = re.compile(
    r";|:|\s[–—-]{1,2}\s|\s\(|,\s|\s(?:but|although|though|whereas|while|which|who|whom|whose|because|saying|"
    r"adding|citing|amid|"
    r"unless|as\s+(?!well|part|a\b|an\b|the\b|of\b|[a-z]+(?:less|able|ible|ful|ous|ive|al|ed)\b)|and\s+(?:then\s+)?(?:(?:also|later)\s+)?(?:became|[a-z]+ed|said|called|"
    r"told|asked|warned|urged|accused|"
    r"is|are|was|were|has|have|had|will|would|could|may|can|he|she|it|they|we|there))\b"
)
_DAY_COMMA = re.compile(r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w*\.?\s\d{1,2},\s\d{4}|\d,\d{3}")
_SAYING_THAT = re.compile(
    r"\b(?:said|says|told \w+|claim\w*|announc\w+|report\w*|believ\w*|confirm\w*|stat\w+|argu\w+|not\w+|add\w+|"
    r"insist\w*|warn\w*|alleg\w+|suggest\w*|indicat\w+|acknowledg\w+|den\w+|fact|so) that$"
)
_TITLE_NAME = re.compile(
    r"\b(?:general|president|minister|leader|chancellor|ambassador|commander|secretary|counterpart|spokes\w+)$", re.IGNORECASE
)
_LIST = re.compile(
    r",\s[a-z]+,?\sand\s[a-z]+[.,;]|"
    r",\s(?:[A-Z][\w’'-]*\s?){1,3}(?:,\s(?:[A-Z][\w’'-]*\s?){1,3})*,?\s?and\s(?:[A-Z][\w’'-]*\s?){1,3}[.,;]"
)
"""A comma inside a list: "swift, forceful and decisive", "Japan, China and Vietnam"."""
LONGEST = 38
"""Words of a told clause: longer ones are not sentences of a brief."""


@dataclass(frozen=True, slots=True)
class Clause:
    """``tail`` are the offsets of the words after the verb; ``partner`` those of a second subject joined by "and"."""

    verbs: Group
    tail: tuple[int, int]
    partner: tuple[int, int] | None


def clause(
    sentence: str, subject: tuple[int, int], other: tuple[int, int], trigger: tuple[int, int], mutual: bool
) -> Clause | None:
    """The clause in which ``subject`` acts on ``other`` through ``trigger``, all offsets into the sentence; None where the
    sentence does not put it plainly."""
    if not _heads_clause(sentence, subject[0]) or re.search(r"\b(?:like|such as|including)\s+\S*\s?$", sentence[: other[0]]):
        return None
    found = _verb_after(sentence, subject[1])
    if found is None:
        return None
    verbs, partner = found
    if partner is not None and re.search(r"[A-Z][\w’'-]*,\s(?:the\s)?$", sentence[: subject[0]]):
        return None  # the end of a longer list: "Cyprus, Greece and Israel"
    if verbs.passive or not (
        trigger[0] < verbs.end + 25 and verbs.verb_start < trigger[1] and verbs.verb_start <= trigger[0] + 25
    ):
        return None
    if verbs.verb_start > trigger[1]:
        return None
    together = partner is not None and partner[0] <= other[0] < partner[1]
    if together and not mutual:
        return None
    reach = verbs.end if together else other[1]
    if not together and other[0] < verbs.end:
        return None
    end = tail_end(sentence, verbs.end, max(reach, trigger[1] if trigger[0] < len(sentence) else reach))
    if end is None or end < max(reach, trigger[1]) or len(sentence[verbs.end : end].split()) > LONGEST:
        return None
    if second_clause(sentence, verbs.end, end) or denied_after(sentence, end):
        return None
    return Clause(verbs, (verbs.end, end), partner)


_FINITE = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|could|may|can|did|does)\b")
_NEXT_CLAUSE = re.compile(r"[;.]|,\s(?:while|which|who)\s")


def second_clause(sentence: str, start: int, end: int) -> bool:
    """Whether the words told run on into a clause with a subject of its own: "came to join them, and leaders from A, B and C"
    (will be present)."""
    joined = re.search(r",\s(?:and|but)\s", sentence[start:end])
    if joined is None:
        return False
    rest = _NEXT_CLAUSE.split(sentence[start + joined.end() :])[0]
    return _FINITE.search(rest) is not None


def denied_after(sentence: str, end: int) -> bool:
    """Whether the sentence goes on to say that somebody denies what it told: "..., which Trump denied"."""
    return _DENIAL.match(sentence, end) is not None


_DENIAL = re.compile(
    r",?\s(?:which|but|though|although|while|an? \w+(?: that)?)\s[^;.]{0,60}?"
    r"\b(?:denie[sd]|rejects?|rejected|disputed|disputes)\b"
)


def _heads_clause(sentence: str, start: int) -> bool:
    """Whether an actor's words begin a clause, so that they can be its subject."""
    before = sentence[:start]
    titled = _TITLES.search(before)
    before = before[: titled.start()] if titled and titled.start() < len(before) else before
    before = before.rstrip()
    if not before or before[-1] in ',;:.!?“"‘–—-)”':
        return True
    if re.search(r"\bthat$", before) and not _SAYING_THAT.search(before):
        return False
    word = re.search(r"[\w’']+$", before)
    last = word[0].lower() if word else ""
    return last in _CLAUSE_STARTS | _REPORTING or bool(
        re.search(r"\b(?:on|in)\s+(?:\w+\s)?\w+$", before, re.IGNORECASE) and len(before.split()) <= 4
    )


def _verb_after(sentence: str, at: int) -> tuple[Group, tuple[int, int] | None] | None:
    """The verb group after a subject, over an apposition or a second subject between."""
    if (verbs := group(sentence, at)) is not None:
        return verbs, None
    paired = _PAIRED.match(sentence, at)
    if paired is not None and (verbs := group(sentence, paired.end())) is not None:
        return verbs, (at, paired.end())
    between = _APPOSITIVE.match(sentence, at)
    if between is not None and between.end() > at and (verbs := group(sentence, between.end())) is not None:
        return verbs, None
    return None


def tail_end(sentence: str, start: int, reach: int) -> int | None:
    """Where the told part ends: at the first break after everything that must be in it, outside quotation marks."""
    kept = {m.start() + m[0].index(",") for m in _DAY_COMMA.finditer(sentence)}
    stop = len(sentence)
    for m in _CUTS.finditer(sentence, start):
        comma = m[0][0] == ","
        if m.start() < reach and not (not comma and m[0][0] in ";:"):
            continue
        if comma and (
            m.start() in kept or (_TITLE_NAME.search(sentence[: m.start()]) and sentence[m.end() : m.end() + 1].isupper())
        ):
            continue
        if comma and _LIST.match(sentence, m.start()):
            continue
        if _quoted(sentence, start, m.start()):
            continue
        stop = m.start()
        break
    words = sentence[start:stop].rstrip()
    words = words.rstrip(".,!?")
    return start + len(words) if not _quoted(sentence, start, start + len(words)) else _closing(sentence, start, stop)


def _closing(sentence: str, start: int, stop: int) -> int | None:
    """The end of the quotation that is open at ``stop``."""
    for i in range(stop, len(sentence)):
        if sentence[i] in '”"' and not _quoted(sentence, start, i + 1):
            return i + 1
    words = sentence[start:stop].rstrip(" .,")
    return (
        start + len(words) + 1 if sentence[start + len(words) : start + len(words) + 2].strip() in ("”", ".”", ",”") else None
    )


def _quoted(sentence: str, start: int, at: int) -> bool:
    """Whether a double quotation mark opened after ``start`` is still open at ``at``."""
    piece = sentence[start:at]
    if "“" in piece or "”" in piece:
        return piece.count("“") > piece.count("”")
    return piece.count('"') % 2 == 1
