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
    max_page_characters: int = 4_000_000  # of one HTML page; the text is found in 4 s a million, the largest saved page has 0.7
    max_sentence_characters: int = 2_000  # longer runs without an end are cut at white space, for the encoder's sake
    words_per_minute: int = 200  # adult silent reading of non-fiction, Brysbaert 2019: 175 to 300
    language_certainty: float = 0.80  # probability below which a language is "not known"

    # Coding
    event_threshold: float = 0.35  # score of a row; .30 gives F1 .36 at precision .45, .35 .35 at .47
    root_thresholds: tuple[tuple[str, float], ...] = ()  # by root, where another value won on held-out articles
    mention_floor: float = -2.0  # logit a span needs to be a candidate; 0 is the model's border, lower trades time for recall
    mentions_per_sentence: int = 8  # candidates of each role; 1 in 500 marked sentences has more
    pair_floor: float = 0.03  # probability the cheap step must give a pair before it is judged
    pairs_per_sentence: int = 16  # pairs judged in one sentence, best first
    widest_trigger: int = 8  # word pieces; 99 in 100 marked triggers are shorter
    max_pieces: int = 200  # word pieces encoded at once; longer sentences are read in windows
    threads: int = 1  # sentences coded at the same time


DEFAULT = Settings()
