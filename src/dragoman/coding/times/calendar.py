"""Which time expression dates an event: ``Calendar``.

An event takes a date only from its own clause. The sentence is cut into clauses at subordinators, quotation marks and closing
commas; inside the trigger's clause the nearest expression counts, unless a verb that stands between claims it. Nothing is
filled in from the day of publication, and where the sentence's only time belongs to another clause the event stays without a
date.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from dragoman.coding.times.clauses import BOUNDS, DEFINITE, PREPOSITIONS, Word, clauses, cost, spans
from dragoman.coding.times.reading import times
from dragoman.coding.times.tense import past_form
from dragoman.records import Article, Interval, Modality, Time

_WEEKDAY = re.compile(r"(?i)\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b")
_FIXED = re.compile(r"(?i)\d|\b(?:next|last|this|previous|following|before)\b")
CARRY = 12
"""How many sentences back a definite mention ("the visit") looks for the same word with a date."""


class Calendar:
    """The dates of one article's events.

    ``times`` are all time expressions of the article (``coding.times.times``), counted from its day of publication where it
    has one.
    """

    def __init__(self, article: Article) -> None:
        self._article = article
        self._published = reference(article.published)
        self.times: tuple[Time, ...] = tuple(times(article.text, self._published))
        self._words: dict[int, list[Word]] = {}

    def date_of(self, sentence: int, trigger_start: int, trigger_end: int, modality: Modality) -> Interval | None:
        """The interval in which the event at the trigger took, takes or will take place, or None.

        Parameters: ``sentence`` is the number of the trigger's sentence, the offsets are into the article's text.
        ``modality`` decides between two weeks for a bare weekday: what happened lies back, what is planned ahead.
        """
        words = self._sentence(sentence)
        at = [k for k, w in enumerate(words) if w.start < trigger_end and trigger_start < w.end]
        if not at:
            return None
        first, last = at[0], at[-1]
        best: tuple[int, int] | None = None
        for number, span in spans(words):
            far = cost(words, first, last, span)
            if far is not None and (best is None or (far, number) < best):
                best = (far, number)
        if best is not None:
            return self._interval(words, best[1], modality)
        if any(w.mark is not None for w in words):
            return None
        return self._carried(sentence, words, first, last)

    def _sentence(self, i: int) -> list[Word]:
        if i not in self._words:
            s = self._article.sentences[i]
            inside = [(k, t.start, t.end) for k, t in enumerate(self.times) if s.start <= t.start and t.end <= s.end]
            self._words[i] = clauses(self._article.text, s.start, s.end, inside)
        return self._words[i]

    def _interval(self, words: list[Word], number: int, modality: Modality) -> Interval | None:
        time = self.times[number]
        if time.from_ is None or time.to is None or time.precision is None or time.how is None:
            return None
        first = next(k for k, w in enumerate(words) if w.mark == number)
        lead = words[first - 1] if first else None
        if lead is not None and lead.text == "the" and first > 1:
            lead = words[first - 2]
        word = lead.text if lead else ""
        start = lead.start if lead and word in PREPOSITIONS else time.start
        found = Interval(time.from_, time.to, time.precision, time.how, self._article.text[start : time.end])
        if word == "since":
            until = self._published if self._published and len(self._published) == 10 else None
            return replace(found, to=until, precision="range") if until is None or time.from_ <= until else None
        if word in BOUNDS and time.precision != "range":
            return None
        return self._agreeing(found, time, modality)

    def _agreeing(self, found: Interval, time: Time, modality: Modality) -> Interval:
        """A bare weekday on the side of today that the event's modality asks for."""
        if self._published is None or len(self._published) < 10 or found.from_ is None or time.precision != "day":
            return found
        if not _WEEKDAY.search(time.text) or _FIXED.search(time.text):
            return found
        day, today = date.fromisoformat(found.from_), date.fromisoformat(self._published)
        if modality == "happened" and day > today:
            day -= timedelta(7)
        elif modality == "planned" and day < today - timedelta(1):
            day += timedelta(7)
        return replace(found, from_=day.isoformat(), to=day.isoformat())

    def _carried(self, sentence: int, words: list[Word], first: int, last: int) -> Interval | None:
        """A definite noun ("the visit", "Xi's visit") takes the date of the same noun before it, where only one date stands
        there."""
        before = words[first - 1].text if first else ""
        noun = words[last].text
        if not (before in DEFINITE or before.endswith(("'s", "’s"))) or past_form(noun) or len(noun) < 4:
            return None
        found: set[tuple[str | None, str | None]] = set()
        carried: Interval | None = None
        for i in range(max(0, sentence - CARRY), sentence):
            earlier = self._sentence(i)
            if not any(w.mark is not None for w in earlier):
                continue
            for k, w in enumerate(earlier):
                if w.text == noun and w.mark is None:
                    options = [(c, n) for n, span in spans(earlier) if (c := cost(earlier, k, k, span)) is not None]
                    interval = self._interval(earlier, min(options)[1], "happened") if options else None
                    if interval is not None:
                        found.add((interval.from_, interval.to))
                        carried = replace(interval, how="inferred")
        return carried if len(found) == 1 else None


def reference(published: Interval | None) -> str | None:
    """The day, month or year of publication, as ``times`` takes it; None where it is not known or only as a longer span."""
    if published is None or published.from_ is None:
        return None
    return {"day": published.from_[:10], "month": published.from_[:7], "year": published.from_[:4]}.get(published.precision)
