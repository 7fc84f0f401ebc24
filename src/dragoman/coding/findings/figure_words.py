"""The word lists of ``codebook/data/figures.toml``, loaded once."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class FigureWords:
    """``unit_of`` word -> canonical unit; ``fate_of`` word -> fate; ``persons`` and ``things`` are sets of units."""

    unit_of: dict[str, str]
    persons: frozenset[str]
    things: frozenset[str]
    fate_of: dict[str, str]
    of_things: frozenset[str]
    measures: frozenset[str]
    skipped: frozenset[str]
    stops: frozenset[str]
    fate: re.Pattern[str]


@cache
def load() -> FigureWords:
    """The lists as sets and lookups in lower case."""
    data = tomllib.loads(files("dragoman.codebook").joinpath("data/figures.toml").read_text("utf-8"))
    fate_of = {word: fate for fate, words in data["fates"].items() for word in words}
    longest_first = sorted(fate_of, key=lambda word: (-len(word), word))
    return FigureWords(
        unit_of={word.lower(): unit for unit, words in data["units"].items() for word in words},
        persons=frozenset(data["classes"]["persons"]),
        things=frozenset(data["classes"]["things"]),
        fate_of=fate_of,
        of_things=frozenset(data["classes"]["fates_of_things"]),
        measures=frozenset(word.lower() for word in data["measures"]["words"]),
        skipped=frozenset(data["skip"]["nouns"]),
        stops=frozenset(data["skip"]["stops"]),
        fate=re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")\b", re.IGNORECASE),
    )
