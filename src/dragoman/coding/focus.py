"""Which country an article is about at a place in it: what decides for a bare "police" or "the government"."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter

# Found by search on four folds of the marked articles (bench/actors.py): how fast a mention fades, and what the rest weighs.
FADE = 1.6  # sentences
BEHIND = 0.45  # a mention behind the place counts this much of one before it
SHARE = 2.2  # of the article's share of mentions
TITLE = 0.5
DATELINE = 1.0


class Focus:
    """Mentions of countries by sentence. Filled in the order of the text, then asked."""

    def __init__(self) -> None:
        self._mentions: list[tuple[int, int, str, float]] = []  # position, sentence, country, weight
        self._total: Counter[str] = Counter()
        self._extra: Counter[str] = Counter()

    def add(self, position: int, sentence: int, country: str | None, weight: float = 1.0) -> None:
        if country is not None and country not in ("IGO", "NGO"):
            self._mentions.append((position, sentence, country, weight))
            self._total[country] += weight

    def favour(self, country: str, weight: float) -> None:
        self._extra[country] += weight

    def settle(self) -> None:
        """Puts the mentions into the order of the text."""
        self._mentions.sort()

    def ranked(self, position: int, sentence: int, reach: int = 6) -> list[tuple[str, float]]:
        """Countries with shares of all weight, best first; empty where no country is named near."""
        score: dict[str, float] = {}
        total = sum(self._total.values()) or 1.0
        for country, weight in self._total.items():
            score[country] = SHARE * weight / total
        for country, weight in self._extra.items():
            score[country] = score.get(country, 0.0) + weight
        middle = bisect_left(self._mentions, (position,))
        for mention in reversed(self._mentions[:middle]):
            if sentence - mention[1] > reach:
                break
            score[mention[2]] = score.get(mention[2], 0.0) + mention[3] * math.exp((mention[1] - sentence) / FADE)
        for mention in self._mentions[middle:]:
            if mention[1] - sentence > 1:
                break
            fade = math.exp((sentence - mention[1]) / FADE)
            score[mention[2]] = score.get(mention[2], 0.0) + BEHIND * mention[3] * fade
        whole = sum(score.values()) or 1.0
        return sorted(((c, round(s / whole, 4)) for c, s in score.items()), key=lambda item: (-item[1], item[0]))

    def states(self, position: int, sentence: int, reach: int = 4) -> list[str]:
        """The countries named before the place, the nearest sentences first, each once."""
        seen: dict[str, float] = {}
        middle = bisect_left(self._mentions, (position,))
        for mention in reversed(self._mentions[:middle]):
            if sentence - mention[1] > reach:
                break
            seen.setdefault(mention[2], 0.0)
            seen[mention[2]] += mention[3] * math.exp((mention[1] - sentence) / FADE)
        for country, weight in self._total.items():
            if country in seen:
                seen[country] += SHARE * weight / (sum(self._total.values()) or 1.0)
        return sorted(seen, key=lambda c: (-seen[c], c))
