"""Which country an article is about at a place in it: what decides for a bare "police" or a person never explained."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from dragoman.codebook.tables import NO_STATE
from dragoman.coding.actors.ranking import Features, probabilities
from dragoman.coding.actors.stories import Stories
from dragoman.coding.actors.weights import FOCUS

_JOINS = re.compile(r"(?:,| and|, and)(?: the)? (?:\w+ )?$")
Hints = Callable[[int, Sequence[tuple[int, str]]], Mapping[str, float]]
"""What the words around a position say of an actor's country there: given where countries are named, a score to add to each's,
``NOBODY`` included."""

NOBODY = ""  # the candidate "of no country that the article tells"
_FAR = 4  # sentences back that count one by one
_LEADING = 8  # characters from the start of a sentence to the place that it is about: "In Asmara"
_SEATS = ("BEL", "CHE", "LUX")  # where organisations of states sit: a dateline there says little
_MOST = 8  # candidates, the most named countries of the article


class Focus:
    """Mentions of countries by sentence. Filled once, settled, then asked; every story of the article by itself."""

    def __init__(self, stories: Stories, hints: Hints | None = None) -> None:
        self._stories = stories
        self._hints = hints
        self._mentions: list[tuple[int, int, str, float, str]] = []  # position, sentence, country, weight, how
        self._totals: dict[int, dict[str, float]] = {}
        self._titles: dict[int, tuple[int, set[str]]] = {}
        self._leads: dict[int, tuple[int, str]] = {}  # the country that a story's first sentence names first
        self._datelines: dict[int, str] = {}

    def add(self, position: int, sentence: int, country: str | None, weight: float, how: str) -> None:
        """A country named in a sentence; ``how`` is state, adjective, place, organisation, person or hyphen."""
        if country is not None and country not in NO_STATE:
            self._mentions.append((position, sentence, country, weight, how))
            story = self._stories.at(position)
            total = self._totals.setdefault(story, {})
            total[country] = total.get(country, 0.0) + weight
            first, title = self._titles.setdefault(story, (sentence if story else 0, set()))
            if sentence == first:
                title.add(country)
                self._leads.setdefault(story, (position, country))
                self._leads[story] = min(self._leads[story], (position, country))

    def dateline(self, position: int, country: str) -> None:
        """The country of the dateline of the story in which a position stands; the first one told stays."""
        self._datelines.setdefault(self._stories.at(position), country)

    def home(self, position: int, sentence: int, starts: Sequence[int]) -> str | None:
        """Whose an office holder is where no state is told: of the place that leads the sentence or the one before ("In Asmara,
        the minister"), else of the dateline, unless the text has left for another country; None where neither says it.

        ``starts`` are the positions of the sentences.
        """
        middle = bisect_left(self._mentions, (position,))
        last = self._mentions[max(0, middle - 40) : middle]
        story = self._stories.at(position)
        title = self._titles.get(story, (0, set()))[0]
        near = [m for m in last if m[1] == sentence or (m[1] == sentence - 1 != title and self._together(m[0], position))]
        led = self.led(position, sentence, starts)
        if led is None and any(m[1] == sentence - 1 for m in near):
            led = self.led(starts[sentence], sentence - 1, starts)
        if led is not None:
            return led
        country = self._datelines.get(story)
        before = next((m for m in near if m[1] < sentence), None)
        away = any(m[4] == "place" and m[2] != country for m in near) or (before is not None and before[2] != country)
        return None if away or country in _SEATS else country

    def named(self) -> tuple[tuple[int, str], ...]:
        """Positions of mentions and their countries, in the order of the text."""
        return tuple((m[0], m[2]) for m in self._mentions)

    def share(self, country: str | None, position: int) -> float:
        """How much of what is named of countries in the story at a position is a country, by weight: 0 to 1."""
        total = self._totals.get(self._stories.at(position), {})
        return total.get(country or "", 0.0) / (sum(total.values()) or 1.0)

    def led(self, position: int, sentence: int, starts: Sequence[int]) -> str | None:
        """The country of the place that leads a sentence, before a position in it: "In Asmara"."""
        first = bisect_left(self._mentions, (starts[sentence],))
        mention = self._mentions[first] if first < len(self._mentions) else None
        if mention is None or mention[1] != sentence or mention[0] >= position or mention[4] != "place":
            return None
        return mention[2] if mention[0] - starts[sentence] < _LEADING else None

    def settle(self) -> None:
        """Puts the mentions into the order of the text."""
        self._mentions.sort()

    def features(
        self, position: int, sentence: int, sort: str, marks: tuple[str, ...], like: str | None = None
    ) -> dict[str, Features]:
        """What speaks for every country, and for none, for an actor of a sort ("organ", "people", "name", "other") at a place.

        ``like`` is the country of the last actor that was called the same.
        """
        rows = self._of_story(position)
        self._before(rows, position, sentence)
        self._behind(rows, position, sentence)
        if like in rows:
            rows[like]["like"] = 1.0
        out: dict[str, Features] = {}
        for country, row in rows.items():
            out[country] = row | {f"{sort}:{name}": value for name, value in row.items()}
        none = {"none": 1.0, f"{sort}:none": 1.0, "none:single": float(len(rows) == 1), "none:many": float(len(rows) > 3)}
        none |= {f"none:{mark}": 1.0 for mark in marks}
        out[NOBODY] = none
        return out

    def _of_story(self, position: int) -> dict[str, dict[str, float]]:
        """What the whole story says for each of its most named countries."""
        story = self._stories.at(position)
        total = self._totals.get(story, {})
        title = self._titles.get(story, (0, set()))[1]
        whole = sum(total.values()) or 1.0
        named = [c for c, _ in sorted(total.items(), key=lambda item: (-item[1], item[0]))[:_MOST]]
        return {
            country: {
                "share": total[country] / whole,
                "first": float(rank == 0),
                "title": float(country in title),
                "title-lead": float(country == self._leads.get(story, (0, ""))[1]),
                "dateline": float(country == self._datelines.get(story)),
            }
            for rank, country in enumerate(named)
        }

    def _before(self, rows: dict[str, dict[str, float]], position: int, sentence: int) -> None:
        """Adds what the mentions before a place say, sentence by sentence back, and those that lead their sentence."""
        story = self._stories.at(position)
        lead: dict[int, tuple[int, int, str, float, str]] = {}
        last = None
        for mention in reversed(self._mentions[: bisect_left(self._mentions, (position,))]):
            back = sentence - mention[1]
            if back > _FAR or self._stories.at(mention[0]) != story:
                break
            row = rows.setdefault(mention[2], {})
            name = f"back{back}"
            row[name] = 1.0 if name not in row else min(2.0, row[name] + 0.3)
            if mention[4] == "place":
                row[f"in{back}"] = 1.0
            if back == 0:
                row[f"here-{mention[4]}"] = 1.0
            lead[back] = mention
            if last is None:
                row["nearest"] = 1.0
                row["nearest-here"] = float(back == 0)
                row[f"nearest-{mention[4]}"] = 1.0
                row["close"] = math.exp((mention[0] - position) / 60)
                last = mention[2]
        if 0 in lead:
            rows[lead[0][2]][f"lead-{lead[0][4]}"] = 1.0
        if 1 in lead:
            rows[lead[1][2]]["lead-before"] = 1.0

    def _behind(self, rows: dict[str, dict[str, float]], position: int, sentence: int) -> None:
        """Adds what the mentions behind a place say, in its sentence and the next."""
        story = self._stories.at(position)
        for mention in self._mentions[bisect_left(self._mentions, (position,)) :]:
            if mention[1] > sentence + 1 or self._stories.at(mention[0]) != story:
                break
            row = rows.setdefault(mention[2], {})
            row["ahead0" if mention[1] == sentence else "ahead1"] = 1.0
            if mention[4] == "place" and mention[1] == sentence:
                row["in-ahead"] = 1.0

    def ranked(
        self, position: int, sentence: int, sort: str, marks: tuple[str, ...], like: str | None = None
    ) -> list[tuple[str, float]]:
        """Countries with their probabilities, the likeliest first; NOBODY ("") is one of them."""
        rows = self.features(position, sentence, sort, marks, like)
        if len(rows) == 1:
            return []
        names, hints = sorted(rows), self.hints(position)
        chance = probabilities([rows[n] for n in names], FOCUS, [hints.get(n, 0.0) for n in names])
        found = zip(names, chance, strict=True)
        return sorted(((n, round(p, 4)) for n, p in found), key=lambda item: (-item[1], item[0]))

    def hints(self, position: int) -> Mapping[str, float]:
        """What the words around a position add to the countries' scores; empty without a model."""
        return self._hints(position, self.named()) if self._hints is not None else {}

    def coupled(
        self, text: str, position: int, sentence: int, reach: int = 3, without: frozenset[str] = frozenset()
    ) -> tuple[str, ...]:
        """The two countries last named side by side before the place ("Kenya and Tanzania", "Kenyan-Tanzanian"); empty without
        such. Not two of whom one is among ``without``: "Egypt urged both" after "Egypt and Libya"."""
        middle = bisect_left(self._mentions, (position,))
        near = self._mentions[max(0, middle - 40) : middle]
        for one, two in reversed(list(pairwise(near))):
            if sentence - one[1] > reach or not self._together(one[0], position):
                break
            between = text[one[0] : two[0]]
            alike = (one[2] in without) == (two[2] in without)
            joined = one[4] == two[4] == "hyphen" if not between else between.endswith((" and ", " and the "))
            if alike and one[2] != two[2] and len(between) < 45 and joined:
                return one[2], two[2]
        return ()

    def listed(self, text: str, position: int, wanted: int) -> tuple[str, ...]:
        """The last list of so many countries before the place, else the first behind it: "Poland, Hungary and Malta"."""
        runs: list[list[tuple[int, str]]] = []
        for mention in self._mentions:
            if mention[4] not in ("state", "adjective", "place") or not self._together(mention[0], position):
                continue
            last = runs[-1][-1] if runs else None
            joined = last is not None and mention[0] - last[0] < 45 and _JOINS.search(text[last[0] : mention[0]])
            if joined and mention[2] not in [c for _, c in runs[-1]]:
                runs[-1].append((mention[0], mention[2]))
            else:
                runs.append([(mention[0], mention[2])])
        fit = [run for run in runs if len(run) == wanted]
        chosen = next((run for run in reversed(fit) if run[-1][0] < position), None) or next(iter(fit), None)
        return tuple(c for _, c in chosen) if chosen is not None else ()

    def _together(self, one: int, other: int) -> bool:
        """Whether two positions stand in one story."""
        return self._stories.at(one) == self._stories.at(other)

    def named_here(self, position: int, sentence: int) -> frozenset[str]:
        """The countries named before the place in its own sentence."""
        middle = bisect_left(self._mentions, (position,))
        return frozenset(m[2] for m in self._mentions[max(0, middle - 40) : middle] if m[1] == sentence)

    def states(self, position: int, sentence: int, reach: int = 4) -> list[str]:
        """The countries named before the place, the nearest and most named first, each once."""
        seen: dict[str, float] = {}
        total = self._totals.get(self._stories.at(position), {})
        whole = sum(total.values()) or 1.0
        middle = bisect_left(self._mentions, (position,))
        for mention in reversed(self._mentions[:middle]):
            if sentence - mention[1] > reach or not self._together(mention[0], position):
                break
            seen[mention[2]] = seen.get(mention[2], 0.0) + mention[3] * math.exp((mention[1] - sentence) / 1.6)
        for country, weight in total.items():
            if country in seen:
                seen[country] += 2.2 * weight / whole
        return sorted(seen, key=lambda c: (-seen[c], c))
