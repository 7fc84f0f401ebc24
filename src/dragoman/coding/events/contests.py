"""Matches between national teams, told in the words of war: "Uruguay defeated Portugal 2-1" is no act of a state."""

from __future__ import annotations

import re

ENOUGH = 4  # points from which an article is one of sport
_SCORE = re.compile(r"(?<![\d/.$-])\d{1,2}\s?[-–]\s?\d{1,2}\b(?![-–/%\d]|\s?(?:per|p\.m|a\.m|days?|years?|vote))")
_SURE = re.compile(
    r"\b(?:striker|midfielder|goalkeeper|goalless|(?:semi|quarter)-?\s?finals?|world cup|kick-?off|half-?time|referee|innings"
    r"|wickets?|batsm[ae]n|championships?|medal(?:list)?s?|hat-trick|penalty shoot-?out|defender|olympics|playoffs?|scored)\b",
    re.IGNORECASE,
)
_LIKELY = re.compile(
    r"\b(?:final|match(?:es)?|goals?|coach|cup|tournament|teams?|stadium|league|players?|captain|fans)\b", re.IGNORECASE
)
_CONTEST = re.compile(
    r"(?:defeat|beat|fac(?:e|ing)\b|los(?:e|ing)\b|lost|w[io]n|thrash|edg(?:e|ing)|crush|dr[ae]w|eliminat|knock|overc[ao]me|rout|stunn|upset)",
    re.IGNORECASE,
)
_OF_TEAMS = re.compile(r"(?:attack|fac(?:e|ed|es|ing)\b|meets?\b|met\b|play|took on|takes? on)", re.IGNORECASE)


def is_sport(text: str) -> bool:
    """Whether an article reports a match: scores and words of the field in its first 3,000 characters, a word counted once."""
    head = text[:3000]
    points = 2 * bool(_SCORE.search(head))
    points += 2 * len({m.group().lower() for m in _SURE.finditer(head)})
    points += len({m.group().lower() for m in _LIKELY.finditer(head)})
    return points >= ENOUGH


def is_contest(trigger: str, root: str, *, states: bool) -> bool:
    """Whether the words that state an act are ones in which matches are told too; ``states``: both sides are states by their
    name, as teams are called ("Portugal attacked from the start"), who attack nobody and meet for nothing else there."""
    words = trigger.strip()
    return (root == "ASSAULT" and _CONTEST.match(words) is not None) or (states and _OF_TEAMS.match(words) is not None)
