"""One automaton of the codebook's names, which writer and verifier both look names up in."""

from __future__ import annotations

from functools import cache

from dragoman import codebook
from dragoman.coding.actors.lexicon import Lexicon


@cache
def lexicon() -> Lexicon:
    return Lexicon(codebook.load())
