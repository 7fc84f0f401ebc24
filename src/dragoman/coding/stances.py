"""Whether words about a state are friendly or hostile: a small word list, negation, and silence where the signs disagree."""

from __future__ import annotations

import re

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
        r"\S+", "not no never without neither nor hardly isn't aren't wasn't weren't don't doesn't didn't won't cannot can't"
    )
)
_WORDS = re.compile(r"[a-z]+(?:['’]t)?")
REACH = 3  # words before a hit in which a negation turns it to silence: "no enemy" is not friendship


def _stem(word: str) -> str:
    for end in ("ations", "ation", "ing", "ies", "ied", "ers", "ed", "es", "s", "e", "y"):
        if word.endswith(end) and len(word) - len(end) >= 4:
            return word[: -len(end)]
    return word


_SIGNS = {_stem(w): 1 for w in _FRIENDLY.split()} | {_stem(w): -1 for w in _HOSTILE.split()}
_CUE_SIGNS = {_stem(w): 1 for w in _FRIENDLY_CUES.split()} | {_stem(w): -1 for w in _HOSTILE_CUES.split()}


def stance_of(cue: str, content: str) -> int:
    """1 friendly, -1 hostile, 0 neither or unclear. The verb of saying decides; else the content, if all its signs agree."""
    for words, signs in ((cue, _CUE_SIGNS), (content, _SIGNS)):
        found = {sign for sign in _signs(words, signs) if sign}
        if len(found) == 1:
            return found.pop()
        if len(found) > 1:
            return 0
    return 0


def _signs(words: str, signs: dict[str, int]) -> list[int]:
    tokens = _WORDS.findall(words.lower().replace("’", "'"))
    return [
        0 if _NEGATIONS.intersection(tokens[max(0, i - REACH) : i]) else signs[stem]
        for i, token in enumerate(tokens)
        if (stem := _stem(token)) in signs
    ]
