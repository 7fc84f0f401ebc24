"""The word lists of ``codebook/data/discrepancies.toml``, loaded once."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from dragoman import codebook


@dataclass(frozen=True, slots=True)
class Lexicon:
    """``class_of`` word -> class of happening; the rest are compiled patterns.

    ``dated`` finds a happening that a date can be about (the group's name is its class); ``outcomes`` are triples of a
    name, the words for it and the words against it; ``state_of`` and ``capital_of`` give the country of one or two words in
    lower case.
    """

    class_of: dict[str, str]
    dated: re.Pattern[str]
    presence: re.Pattern[str]
    state_of: dict[str, str]
    capital_of: dict[str, str]
    annual: frozenset[tuple[int, int]]
    outcomes: tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]
    any_outcome: re.Pattern[str]


def word_set(words: str) -> frozenset[str]:
    """The words of a string, for lists that read better as a line of text."""
    return frozenset(words.split())


@cache
def load() -> Lexicon:
    state_of, capital_of = _countries()
    data = tomllib.loads(files("dragoman.codebook").joinpath("data/discrepancies.toml").read_text("utf-8"))
    dated = {name: words for name, words in data["dated"].items() if name != "presence"}
    groups = "|".join(f"(?P<{name}>{'|'.join(words)})" for name, words in dated.items())
    outcomes = tuple((group, _any(sides[0]), _any(sides[1])) for group, sides in data["outcomes"].items())
    return Lexicon(
        class_of={word: name for name, words in data["classes"].items() for word in words},
        dated=re.compile(rf"\b(?:{groups})\b", re.IGNORECASE),
        presence=re.compile(r"\b(?:" + "|".join(data["dated"]["presence"]) + r")\b", re.IGNORECASE),
        state_of=state_of,
        capital_of=capital_of,
        annual=frozenset((int(day[:2]), int(day[3:])) for day in data["annual"]["days"]),
        outcomes=outcomes,
        any_outcome=_any([word for sides in data["outcomes"].values() for side in sides for word in side]),
    )


def _any(words: list[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")\b", re.IGNORECASE)


def _countries() -> tuple[dict[str, str], dict[str, str]]:
    """Words for states and their capitals; a word of two states (Guinea, Congo) is left to the one that stands today."""
    states: dict[str, str] = {}
    capitals: dict[str, str] = {}
    for state in sorted(codebook.load().states, key=lambda state: (state.to is not None, state.id)):
        for word in (state.name, *state.names, *state.adjectives, *state.people):
            if word and len(word.split()) <= 2 and len(word) > 2:
                states.setdefault(word.lower(), state.id)
        for capital in state.capital:
            capitals.setdefault(capital.lower(), state.id)
    return states, capitals
