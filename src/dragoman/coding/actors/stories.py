"""Where a text of several stories goes from one to the next: digests, news in brief, a page with a second article on it.

A new story begins with a dateline of its own where it takes up no name of the story before, or with a line like a headline
behind which neither a name nor a country of the story before comes again. A heading inside one article ("What happens next")
goes on with the same names, so it is no border.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from dragoman.coding.actors.lexicon import Match
from dragoman.coding.actors.units import Unit
from dragoman.records import Article

DATELINE = re.compile(
    r"\s*[A-Z][A-Z .'’]{2,40}(?:, [A-Z][A-Za-z. ]{2,30})?,?\s*"
    r"(?:[A-Z][a-z]+ \d+\s*|\d+ [A-Z][a-z]+\s*)?(?:\([A-Z][A-Za-z ]{1,20}\)\s*)?(?:--|—|–|_|-|:)"
)
_MIDWAY = re.compile(  # stricter: behind a story's text a speaker in capitals is no dateline
    r"[A-Z][A-Z .'’]{2,40}(?:, [A-Z][A-Za-z. ]{2,30})?(?:,? (?:[A-Z][a-z]+\.? \d+|\d+ [A-Z][a-z]+))?"
    r"(?: ?\([A-Z][A-Za-z ]{1,20}\))? ?(?:--|—|–|_|- )"
)
_FINISHED = re.compile(r"[.!?…;,][\"'”’)\]]*$")
_HEADLINE = (4, 16)  # words
_TOLD = 2  # finished sentences that make a story


class Stories:
    """Numbers the stories of an article from 0. ``borders`` are the positions where the second and later ones begin."""

    def __init__(self, borders: Sequence[int] = ()) -> None:
        self.borders = tuple(borders)

    def at(self, position: int) -> int:
        """The number of the story in which a position stands."""
        return bisect_right(self.borders, position) if self.borders else 0


def stories(article: Article, sentences: Sequence[Sequence[Unit]], matches: Sequence[Match]) -> Stories:
    """The stories of an article whose sentences are taken apart; nearly always one."""
    heads = [n for n in range(1, len(article.sentences)) if _opens(article, n)]
    if not heads:
        return Stories()
    ends = [*heads[1:], len(article.sentences)]
    names = [_named(article, sentences, matches, a, b) for a, b in pairwise([0, *heads, len(article.sentences)])]
    borders: list[int] = []
    (known, places), since = names[0], 0
    for n, (first, end) in enumerate(zip(heads, ends, strict=True)):
        own, there = names[n + 1]
        told = _finished(article, since, first) >= _TOLD
        dated = any(_dated(article, k) for k in (first, first + 1) if k < end)
        apart = dated or (there.isdisjoint(places) and bool(own | there) and _finished(article, first, end) >= _TOLD)
        if told and apart and own.isdisjoint(known):
            borders.append(article.sentences[first].start)
            known, places, since = own, there, first
        else:
            known, places = known | own, places | there
    return Stories(borders)


def _opens(article: Article, n: int) -> bool:
    """Whether a sentence can open a story: a headline's line, or a dateline that no headline stands before."""
    if _headline(article, n):
        return not _headline(article, n - 1)
    return _dated(article, n) and not _headline(article, n - 1)


def _headline(article: Article, n: int) -> bool:
    """Whether a sentence is a line by itself that does not end as sentences do."""
    sentence = article.sentences[n]
    words = article.text[sentence.start : sentence.end]
    if not _line_starts(article, n) or not _HEADLINE[0] <= len(words.split()) <= _HEADLINE[1] or not words[0].isupper():
        return False
    after = article.sentences[n + 1] if n + 1 < len(article.sentences) else None
    alone = after is None or "\n" in article.text[sentence.end : after.start]
    return alone and not _FINISHED.search(words) and not words.endswith((":", "-"))


def _dated(article: Article, n: int) -> bool:
    """Whether a sentence begins with a dateline at the head of a line."""
    sentence = article.sentences[n]
    return _line_starts(article, n) and _MIDWAY.match(article.text, sentence.start, sentence.end) is not None


def _line_starts(article: Article, n: int) -> bool:
    return n == 0 or "\n" in article.text[article.sentences[n - 1].end : article.sentences[n].start]


def _finished(article: Article, first: int, end: int) -> int:
    """How many sentences of a part end as sentences do."""
    return sum(bool(_FINISHED.search(article.text[s.start : s.end])) for s in article.sentences[first:end])


def _named(
    article: Article, sentences: Sequence[Sequence[Unit]], matches: Sequence[Match], first: int, end: int
) -> tuple[frozenset[str], frozenset[str]]:
    """What a part of an article names: the last words of names, and countries."""
    begin, stop = article.sentences[first].start, article.sentences[end - 1].end
    low = bisect_right(matches, begin - 1, key=lambda m: m.start)
    high = bisect_right(matches, stop, key=lambda m: m.start)
    found = {e.country for m in matches[low:high] for e in m.entries if m.entries[0].kind != "word" and e.country}
    units = [u for part in sentences[first:end] for u in part if u.kind in ("name", "person", "place")]
    found |= {e.country for u in units if u.kind == "place" for e in u.entries if e.country}
    return frozenset(u.low.split()[-1] for u in units), frozenset(found - {"IGO", "NGO"})
