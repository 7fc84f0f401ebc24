"""Which articles hold certain words: a table that a copy keeps, in place of a reading of every text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.web.data.connection import Data
from dragoman.web.data.filters import EventFilter
from dragoman.web.data.summaries import SIGNS

MOST = 20_000  # articles: a word that more of them hold narrows little, and their numbers cost more than a reading of all texts


def holding(data: Data, words: Sequence[str]) -> tuple[int, ...] | None:
    """The rows of ``articles`` whose title or text has all the words (of phrases each one) as parts of its words, and some that
    only seem to, where a word begins or ends with a sign. None where the index does not help: no copy, only signs, or too
    many articles."""
    kept = [bare for phrase in words for word in phrase.lower().split() if (bare := word.strip(SIGNS))]
    if not (data.grouped and kept):
        return None
    held = " INTERSECT ".join("SELECT unnest(articles) AS row FROM words WHERE contains(word, ?)" for _ in kept)
    found = data.table(f"SELECT DISTINCT row FROM ({held}) LIMIT {MOST + 1}", kept)["row"].to_pylist()
    return tuple(sorted(found)) if len(found) <= MOST else None


def narrowed(data: Data, wanted: EventFilter) -> EventFilter:
    """The same filter, which need look into those articles alone that hold its words."""
    held = holding(data, wanted.words)
    return replace(wanted, articles=held) if held is not None else wanted
