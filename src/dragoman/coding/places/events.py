"""Where: the place in which an event took place, and what country a name of a city or province belongs to.

A place counts only where the words say so: behind a preposition of place in the trigger's own clause ("in Moscow", "at the
Kremlin", "near Aleppo"), as the goal of a movement ("flew to Beijing"), as what an attack hits ("shelled Kharkiv"), or in
front of the event's noun ("the Geneva talks"). A capital that acts ("Moscow said") is no place, an actor's country is none,
and a dateline is none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from math import log10

from dragoman.codebook import Codebook
from dragoman.coding.places.gazetteer import Spot, spots
from dragoman.coding.places.words import FOLLOWERS, HITS, INNER, KINDS, LOCATIVE, MODALS, MOVES, NAME, NAMESAKES, NOT_PLACES
from dragoman.coding.times.clauses import BOUNDS, PREPOSITIONS, Word, clauses, cost, finite, spans
from dragoman.records import Article, Place

SURE = 100_000
"""People from which a city may be meant where nothing in the article names its country; smaller ones share their names with
people and things too often."""

_STAYS = frozenset("visit trip tour".split())


@dataclass(frozen=True, slots=True)
class Named:
    """A name of a place in a text. ``hint`` is the country, or state of the USA, that follows it ("Paris, Texas")."""

    start: int
    end: int
    name: str
    spots: tuple[Spot, ...]
    hint: str | None = None


class Places:
    """Places of events and names of places. Holds the codebook's names of states; safe to share between threads."""

    def __init__(self, codebook: Codebook) -> None:
        self._countries: dict[str, str] = {}
        self._adjectives: dict[str, str] = {}
        self._regions: dict[str, str] = {}
        self._capitals = {(name, s.successor or s.id) for s in codebook.states for name in s.capital}
        for state in codebook.states:
            for name in (*state.name.split(";"), *state.names):
                self._countries.setdefault(name, state.successor or state.id)
            for word in (*state.adjectives, *state.people):
                self._adjectives.setdefault(word, state.successor or state.id)
        for region in codebook.regions:
            if region.country:
                for name in (region.name, *region.names):
                    self._regions.setdefault(name, region.country)
        self._demonyms = frozenset(word.lower() for word in self._adjectives)
        self._seen: tuple[Article | None, Counter[str], dict[int, list[Named]]] = (None, Counter(), {})

    def lookup(self, name: str) -> list[tuple[str | None, int, float | None, float | None]]:
        """What a name of a city, province or landmark can be: (country, population, lat, lon), most people first; empty where
        unknown.

        The population of a province or landmark is a rank, not a count. A sea has no country.
        """
        found: list[tuple[str | None, int, float | None, float | None]] = [
            (s.country, s.population, s.lat, s.lon) for s in spots(name)
        ]
        region = self._regions.get(name)
        if region is not None and all(country != region for country, *_ in found):
            found.insert(0, (region, 2_000_000, None, None))
        return found

    def find(self, text: str, *, states: bool = False) -> list[Named]:
        """Names of cities, provinces and landmarks in a text, longest first from the left; with ``states`` also those of
        states.

        "Moscow, Russia" and "Paris, Texas" are one name with a hint.
        """
        return [n for n in self._with_countries(text, 0, len(text)) if states or n.spots]

    def of(self, article: Article, sentence: int, trigger_start: int, trigger_end: int) -> Place | None:
        """The place where the event at the trigger took place, None where its clause names none.

        A country stands for itself, without coordinates, where nothing finer is named ("in Ukraine").
        """
        context, names = self._read(article)
        s = article.sentences[sentence]
        if sentence not in names:
            names[sentence] = list(self._with_countries(article.text, s.start, s.end))
        here = names[sentence]
        words = clauses(article.text, s.start, s.end, [(k, n.start, n.end) for k, n in enumerate(here)])
        at = [k for k, w in enumerate(words) if w.start < trigger_end and trigger_start < w.end]
        if not at:
            return None
        best: tuple[int, int] | None = None
        for k, span in spans(words):
            if not _is_place(words, span, at[0], at[-1], self._demonyms, here[k]):
                continue
            far = cost(words, at[0], at[-1], span)
            if far is not None and (best is None or (far, k) < best):
                best = (far, k)
        return (
            self._place(here[best[1]], context, self._countries_in(article.text, s.start, s.end)) if best is not None else None
        )

    def resolve(self, named: Named, article: Article) -> Place | None:
        """Which place a name means in this article, by its population, the countries named beside it, and those of the
        article."""
        context, _ = self._read(article)
        s = next((s for s in article.sentences if s.start <= named.start < s.end), None)
        near = self._countries_in(article.text, s.start, s.end) if s else Counter()
        return self._place(named, context, near)

    def _read(self, article: Article) -> tuple[Counter[str], dict[int, list[Named]]]:
        """Countries named in the article, and what was read of its sentences; kept for the article read last."""
        seen = self._seen
        if seen[0] is not article:
            seen = self._seen = (article, self._countries_in(article.text, 0, len(article.text)), {})
        return seen[1], seen[2]

    def _countries_in(self, text: str, start: int, end: int) -> Counter[str]:
        """How often each country is named there, by its names, adjectives and regions."""
        found: Counter[str] = Counter()
        for _, _, words in _sequences(text, start, end):
            i = 0
            while i < len(words):
                step = 1
                for j in range(min(len(words), i + 5), i, -1):
                    name = _joined(text, words[i][0], words[j - 1][1])
                    country = self._countries.get(name) or self._adjectives.get(name) or self._regions.get(name)
                    if country:
                        found[country] += 1
                        step = j - i
                        break
                i += step
        return found

    def _names(self, text: str, start: int, end: int, states: bool = False) -> Iterator[Named]:
        for _, _, words in _sequences(text, start, end):
            i = taken = 0
            while i < len(words):
                step = 1
                for j in range(min(len(words), i + 5), i, -1):
                    name = _joined(text, words[i][0], words[j - 1][1])
                    if j < len(words) and text[words[j][0] : words[j][1]] in NAMESAKES:
                        step = j + 1 - i
                        break
                    if name in NOT_PLACES or (j == i + 1 and name.lower() in KINDS):
                        continue
                    if name in self._countries or (name in self._adjectives and j > i + 1):
                        taken = j
                        if states and name in self._countries:
                            yield Named(words[i][0], words[j - 1][1], name, ())
                        step = j - i
                        break
                    found = spots(name)
                    if not found and name in self._regions:
                        found = (Spot(name, self._regions[name], "", 91.0, 0.0, 2_000_000, True, "admin"),)
                    if found and i > taken and found[0].population < SURE:
                        break  # "the Central Highlands" is no town of Highlands
                    if found:
                        taken = j
                        yield Named(words[i][0], words[j - 1][1], name, found)
                        step = j - i
                        break
                i += step

    def _with_countries(self, text: str, start: int, end: int) -> Iterator[Named]:
        """Names in a sentence, states too; "Moscow, Russia" and "Paris, Texas" become one name with a hint."""
        pending: Named | None = None
        for named in self._names(text, start, end, states=True):
            if pending is not None and text[pending.end : named.start] in (", ", ","):
                hint = self._countries.get(named.name) or self._state_hint(named)
                if hint and pending.spots and any(hint in (s.country, s.state) for s in pending.spots):
                    yield Named(pending.start, pending.end, pending.name, pending.spots, hint)
                    pending = None
                    continue
            if pending is not None:
                yield pending
            pending = named
        if pending is not None:
            yield pending

    def _state_hint(self, named: Named) -> str | None:
        return next((s.state for s in named.spots if s.state and s.population > 500_000 and s.country == "USA"), None)

    def _place(self, named: Named, context: Counter[str], near: Counter[str]) -> Place | None:
        if not named.spots:
            return Place(named.name, self._countries[named.name], None, None)
        ranked = sorted(named.spots, key=lambda s: (-self._score(s, named, context, near), s))
        best = ranked[0]
        known = best.country in context or (named.hint or "?") in (best.country, best.state) or best.kind != "city"
        if not known and best.population < SURE and (named.name, best.country) not in self._capitals:
            return None
        coordinates = (best.lat, best.lon) if best.lat <= 90 else (None, None)
        return Place(named.name, best.country, *coordinates)

    def _score(self, spot: Spot, named: Named, context: Counter[str], near: Counter[str]) -> float:
        """How likely a name means this place: people, its own name, a capital, and above all what the text says around it."""
        score = log10(spot.population + 1) + 0.7 * spot.own
        weight = 0.5 if spot.country == "USA" else 1.0  # named in most articles, and full of towns with borrowed names
        if named.hint is not None and named.hint in (spot.country, spot.state):
            score += 10
        if spot.country is not None and near[spot.country]:
            score += 1.6 * weight
        if spot.country is not None and context[spot.country]:
            score += (0.8 + min(context[spot.country], 8) * 0.05) * weight
        return score + (1.0 if (named.name, spot.country) in self._capitals else 0.0)


def _sequences(text: str, start: int, end: int) -> Iterator[tuple[int, int, list[tuple[int, int]]]]:
    """Runs of words with capitals, joined over "of", "de", "al-" and the like: (start, end, spans of the words)."""
    run: list[tuple[int, int]] = []
    for m in NAME.finditer(text, start, end):
        stop = m.end()
        if text[stop - 1] == "." and stop - m.start() > 3 and not text[m.start() : stop - 1].count("."):
            stop -= 1
        for mark in ("'s", "’s"):
            if text[m.start() : stop].endswith(mark):
                stop -= 2
        gap = text[run[-1][1] : m.start()] if run else ""
        if run and not (
            gap in (" ", "-")
            or gap.strip(" ").lower() in INNER
            or (all(w in INNER for w in gap.lower().split()) and gap.strip())
        ):
            yield run[0][0], run[-1][1], run
            run = []
        run.append((m.start(), stop))
    if run:
        yield run[0][0], run[-1][1], run


def _joined(text: str, start: int, end: int) -> str:
    """A name as the tables write it: one space, plain apostrophes, capitals only at the head in a text all in capitals."""
    name = " ".join(text[start:end].replace("’", "'").split())
    if len(name) > 4 and name.isupper() and text[max(0, start - 40) : end + 40].isupper():
        return name.title()
    return name


def _is_place(words: list[Word], span: tuple[int, int], first: int, last: int, demonyms: frozenset[str], named: Named) -> bool:
    """Whether the words in front of a name, or the trigger itself, make it a place of the event."""
    begin, end = span
    after = words[end] if end < len(words) else None
    if (after is not None and after.text in ("'", "’")) or words[end - 1].text.endswith(("'s", "’s")):
        return False
    if (
        named.spots and begin > 0 and words[begin - 1].text in ("the", "a", "an") and end <= first <= end + 2
    ):  # "the Geneva talks"
        return not any(finite(w.text) or not w.text[:1].isalpha() or w.text in MODALS for w in words[end : last + 1])
    if not named.spots and after is not None and _goes_on(after):
        return False  # "outside U.S. embassies"
    k = begin - 1
    while k >= 0 and begin - k < 7 and (words[k].text in KINDS or words[k].text in demonyms):
        k -= 1
    lead = words[k].text if k >= 0 else ""
    if lead in LOCATIVE:
        return lead != "on" or any(s.kind != "city" for s in named.spots)
    trigger = " ".join(w.text for w in words[first : last + 1])
    staying = k > 0 and words[k - 1].text in _STAYS and any(w.text in ("during", "on") for w in words[max(0, k - 5) : k])
    if lead == "to" and staying:  # "during a visit to Beijing"
        return True
    if lead in ("to", "from", "for") and MOVES.search(trigger):
        return 0 <= k - last <= 6
    if not HITS.search(trigger):
        return False
    straight = last == k or (k - 1 == last and lead in ("of", "on", "against", "at"))
    return last < begin and (straight or (words[begin - 1].text == "of" and begin - 2 == last))


def _goes_on(after: Word) -> bool:
    """Whether the word behind a state's name is the noun that it qualifies."""
    plain = after.text.isalpha() and after.mark is None and not finite(after.text)
    return plain and after.text not in PREPOSITIONS and after.text not in BOUNDS and after.text not in FOLLOWERS
