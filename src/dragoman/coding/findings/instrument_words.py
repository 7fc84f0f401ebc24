"""The word lists of ``codebook/data/instruments.toml``, loaded once and made into patterns."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

STATUSES = ("ended", "in force", "signed", "stalled", "negotiated", "proposed")


@dataclass(frozen=True, slots=True)
class InstrumentWords:
    """``head`` finds a head or a listed name; ``family_of`` word -> (kind, family); ``status`` in the order of their weight."""

    head: re.Pattern[str]
    family_of: dict[str, tuple[str, str]]
    names: dict[str, str]
    same: dict[str, str]
    capital_only: frozenset[str]
    weak: frozenset[str]
    topics: frozenset[str]
    light: frozenset[str]
    determiners_out: frozenset[str]
    status: tuple[tuple[str, re.Pattern[str]], ...]


@cache
def load() -> InstrumentWords:
    data = tomllib.loads(files("dragoman.codebook").joinpath("data/instruments.toml").read_text("utf-8"))
    family_of = {
        word: (kind, family) for kind, families in data["heads"].items() for family, words in families.items() for word in words
    }
    names = dict(data["names"])
    heads = sorted(family_of, key=lambda word: (-len(word), word))
    listed = sorted(names, key=lambda word: (-len(word), word))
    pattern = "|".join([f"(?-i:{re.escape(name)})" for name in listed] + [re.escape(head) for head in heads])
    rules = data["rules"]
    status = tuple(
        (name, re.compile(r"\b(?:" + "|".join(data["status"][name.replace(" ", "_")]) + r")\b", re.IGNORECASE))
        for name in STATUSES
    )
    return InstrumentWords(
        head=re.compile(rf"(?<![\w-])(?:{pattern})(?![\w]|-\w)", re.IGNORECASE),
        family_of=family_of,
        names=names,
        same=dict(data["same"]),
        capital_only=frozenset(rules["capital_only"]),
        weak=frozenset(rules["weak"]),
        topics=frozenset(rules["topics"]),
        light=frozenset(rules["light"]),
        determiners_out=frozenset(rules["determiners_out"]),
        status=status,
    )
