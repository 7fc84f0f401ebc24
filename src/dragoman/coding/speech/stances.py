"""Whether words about a state are friendly or hostile: a small word list, negation, and silence where the signs disagree."""

from __future__ import annotations

import re
from collections.abc import Sequence

_FRIENDLY_CUES = "praise laud hail welcome thank congratulate applaud commend salute endorse back"
_HOSTILE_CUES = (
    "accuse criticise criticize blame condemn denounce threaten slam blast deplore decry rebuke lambast protest scold"
)
_FRIENDLY = (
    "friend friendship friendly ally partner partnership cooperation cooperate praise welcome support grateful thank thankful "
    "applaud admire trust trustworthy brotherly brother solidarity congratulate respect goodwill hospitality commend "
    "constructive helpful"
)
_HOSTILE = (
    "aggressor aggression aggressive enemy threat threaten violate violation condemn accuse blame lie liar illegal unlawful "
    "criminal crime terrorist terrorism bully bullying hegemony hegemonic provoke provocation provocative hostile sabotage "
    "undermine punish retaliate brutal occupation occupier invade invasion interfere interference meddle meddling betray "
    "betrayal unacceptable irresponsible reckless barbaric"
)
_NEGATIONS = frozenset(
    re.findall(
        r"\S+",
        "not no never without neither nor hardly isn't aren't wasn't weren't don't doesn't didn't won't cannot can't "
        "fail fails failed failing failure refuse refuses refused refusal lack lacks lacked",
    )
)
_WORDS = re.compile(r"[a-z]+(?:['’]t)?")
_CLAUSE = re.compile(r"[,;:.!?—–]")
CLOSE = 6  # words between a sign and the name that it is about
REACH = 3  # words before a hit in which a negation turns it to silence: "no enemy" is not friendship


def _stem(word: str) -> str:
    for end in ("ations", "ation", "ing", "ies", "ied", "ers", "ed", "es", "s", "e", "y"):
        if word.endswith(end) and len(word) - len(end) >= 4:
            return word[: -len(end)]
    return word


_SIGNS = {_stem(w): 1 for w in _FRIENDLY.split()} | {_stem(w): -1 for w in _HOSTILE.split()}
_CUE_SIGNS = {_stem(w): 1 for w in _FRIENDLY_CUES.split()} | {_stem(w): -1 for w in _HOSTILE_CUES.split()}


def stance_of(cue: str, content: str, named: Sequence[tuple[int, int]]) -> int:
    """1 friendly, -1 hostile, 0 neither or unclear, towards whoever stands in ``content`` at the spans ``named``.

    The verb of saying decides; else the signs in the content that stand near a name, if all of them agree. "Hegemony must end,
    Oslo and Lima will see to it together" says nothing hostile of Lima.
    """
    found = {sign for _, sign in _signs(cue, _CUE_SIGNS) if sign}
    if not found:
        near = _near(content, named)
        found = {sign for at, sign in _signs(content, _SIGNS) if sign and at in near}
    return found.pop() if len(found) == 1 else 0


def _near(content: str, named: Sequence[tuple[int, int]]) -> frozenset[int]:
    """Offsets of the words that stand in the same clause as a name and at most ``CLOSE`` words from it."""
    out: list[int] = []
    for start, end in named:
        clause_start = max((m.end() for m in _CLAUSE.finditer(content, 0, start)), default=0)
        clause_end = next((m.start() for m in _CLAUSE.finditer(content, end)), len(content))
        before = [m.start() for m in _WORDS.finditer(content.lower(), clause_start, start)]
        behind = [m.start() for m in _WORDS.finditer(content.lower(), end, clause_end)]
        out.extend([*before[-CLOSE:], *behind[:CLOSE]])
    return frozenset(out)


def _signs(words: str, signs: dict[str, int]) -> list[tuple[int, int]]:
    """Offset and sign of each word of the list; sign 0 behind a negation."""
    tokens = [(m.start(), m.group()) for m in _WORDS.finditer(words.lower().replace("’", "'"))]
    out = []
    for i, (at, token) in enumerate(tokens):
        stem = _stem(token)
        if stem in signs:
            negated = _NEGATIONS.intersection(word for _, word in tokens[max(0, i - REACH) : i])
            out.append((at, 0 if negated else signs[stem]))
    return out
