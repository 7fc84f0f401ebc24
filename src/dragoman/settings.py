"""The one table of settings: every number that changes results, with its unit and what decided it.

A frozen dataclass, passed to ``dm.load(settings=...)``; nothing reads a module global at run time.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    # Reading
    max_bytes: int = 64_000_000  # bytes of one input; a book is 2 MB, larger is a wrong file
    max_characters: int = 2_000_000  # characters of one article; the rest would be many articles
    max_sentence_characters: int = 2_000  # longer runs without an end are cut at white space, for the encoder's sake
    words_per_minute: int = 200  # adult silent reading of non-fiction, Brysbaert 2019: 175 to 300
    language_certainty: float = 0.80  # probability below which a language is "not known"

    # Coding
    event_threshold: float = 0.50  # probability a pair needs to become a row
    mention_threshold: float = 0.30  # probability a span needs to become a candidate
    threads: int = 0  # of onnxruntime; 0 lets it choose
    batch_sentences: int = 32  # sentences encoded together, sorted by length


DEFAULT = Settings()
