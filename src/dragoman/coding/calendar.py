"""Which time expression dates an event: ``Calendar``.

An event takes a date only from its own clause. The sentence is cut into clauses at subordinators, quotation marks and closing commas;
inside the trigger's clause the nearest expression counts, unless a verb that stands between claims it. Nothing is filled in from the
day of publication, and where the sentence's only time belongs to another clause the event stays without a date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dragoman.coding.time_reading import times
from dragoman.coding.time_tense import past_form
from dragoman.coding.time_words import MONTHS, WEEKDAYS
from dragoman.records import Article, Interval, Modality, Time

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*|[^\w\s]")
_OPENERS = frozenset("who whom whose which where when while after before because although though if unless whereas until following despite".split())
_SAYING = frozenset(
    "said says say told reported announced added noted warned claimed stated declared insisted according wrote saying reports believe believes "
    "believed argued confirmed denied acknowledged showed shows suggests alleged".split()
)
_LIGHT = frozenset(
    "held hold holds holding made make makes making paid pay pays paying launched launch carried carry conducted conduct began begin started start "
    "had have has opened open staged stage took take takes taking signed sign issued issue imposed impose gave give reached reach concluded conclude "
    "attended attend hosted host hosts ended end ends finished finish completed complete arrived arrive exchanged exchange resumed resume was were "
    "is are been be being will kicked".split()
)
_LEADS = frozenset("during at in after following on for with".split())
_BOUNDS = frozenset("until till by before after from through ahead than to".split())
_PREPOSITIONS = frozenset("on in at during since over throughout within".split())
_DEFINITE = frozenset("the his her its their this that these those our".split())
_AND = ("and", "then", "but", "or")
_CLOSED_BY_COMMA = frozenset(_OPENERS | {"as"})
_WEEKDAY = re.compile(r"(?i)\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b")
_FIXED = re.compile(r"(?i)\d|\b(?:next|last|this|previous|following|before)\b")
_TIME_HEADS = frozenset((*MONTHS, *WEEKDAYS, "early", "late", "mid"))
CARRY = 12
"""How many sentences back a definite mention ("the visit") looks for the same word with a date."""


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int
    clause: int
    time: int | None


class Calendar:
    """The dates of one article's events.

    ``times`` are all time expressions of the article (``coding.times.times``), counted from its day of publication where it has one.
    """

    def __init__(self, article: Article) -> None:
        self._article = article
        self._published = reference(article.published)
        self.times: tuple[Time, ...] = tuple(times(article.text, self._published))
        self._words: dict[int, list[_Word]] = {}

    def date_of(self, sentence: int, trigger_start: int, trigger_end: int, modality: Modality) -> Interval | None:
        """The interval in which the event at the trigger took, takes or will take place, or None.

        Parameters: ``sentence`` is the number of the trigger's sentence, the offsets are into the article's text. ``modality`` decides
        between two weeks for a bare weekday: what happened lies back, what is planned ahead.
        """
        words = self._sentence(sentence)
        at = [k for k, w in enumerate(words) if w.start < trigger_end and trigger_start < w.end]
        if not at:
            return None
        first, last = at[0], at[-1]
        best: tuple[int, int] | None = None
        for number, span in _time_spans(words):
            cost = _cost(words, first, last, span)
            if cost is not None and (best is None or (cost, number) < best):
                best = (cost, number)
        if best is not None:
            return self._interval(words, best[1], modality)
        if any(w.time is not None for w in words):
            return None
        return self._carried(sentence, words, first, last)

    def _sentence(self, i: int) -> list[_Word]:
        if i not in self._words:
            s = self._article.sentences[i]
            inside = [(k, t) for k, t in enumerate(self.times) if s.start <= t.start and t.end <= s.end]
            self._words[i] = _clauses(self._article.text, s.start, s.end, inside)
        return self._words[i]

    def _interval(self, words: list[_Word], number: int, modality: Modality) -> Interval | None:
        time = self.times[number]
        if time.from_ is None or time.to is None or time.precision is None or time.how is None:
            return None
        first = next(k for k, w in enumerate(words) if w.time == number)
        lead = words[first - 1] if first else None
        if lead is not None and lead.text == "the" and first > 1:
            lead = words[first - 2]
        word = lead.text if lead else ""
        start = lead.start if lead and word in _PREPOSITIONS else time.start
        found = Interval(time.from_, time.to, time.precision, time.how, self._article.text[start : time.end])
        if word == "since":
            return replace(found, to=self._published if self._published and len(self._published) == 10 else None, precision="range")
        if word in _BOUNDS and time.precision != "range":
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

    def _carried(self, sentence: int, words: list[_Word], first: int, last: int) -> Interval | None:
        """A definite noun ("the visit", "Xi's visit") takes the date of the same noun before it, where only one date stands there."""
        before = words[first - 1].text if first else ""
        noun = words[last].text
        if not (before in _DEFINITE or before.endswith(("'s", "’s"))) or past_form(noun) or len(noun) < 4:
            return None
        found: set[tuple[str | None, str | None]] = set()
        carried: Interval | None = None
        for i in range(max(0, sentence - CARRY), sentence):
            earlier = self._sentence(i)
            if not any(w.time is not None for w in earlier):
                continue
            for k, w in enumerate(earlier):
                if w.text == noun and w.time is None:
                    options = [(c, n) for n, span in _time_spans(earlier) if (c := _cost(earlier, k, k, span)) is not None]
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


def _clauses(text: str, start: int, end: int, inside: list[tuple[int, Time]]) -> list[_Word]:
    """The words of a sentence, each with the number of its clause and of the time expression that it is part of."""
    out: list[_Word] = []
    stack: list[tuple[int, str]] = [(0, "")]
    count = 0
    quoted = False
    raw = list(_WORD.finditer(text, start, end))
    for k, m in enumerate(raw):
        word = m.group().lower()
        time = next((n for n, t in inside if t.start < m.end() and m.start() < t.end), None)
        following = raw[k + 1] if k + 1 < len(raw) else None
        before_time = following is not None and any(t.start <= following.start() < t.end for _, t in inside)
        if time is None:
            if word in "“”\"«»" or word in ("``", "''"):
                quoted = not quoted if word == '"' else word in "“«"
                count += 1
                stack = [*stack, (count, '"')] if quoted else ([s for s in stack if s[1] != '"'] or [(0, "")])
            elif word in ";:—–":
                count += 1
                stack = [(count, "")]
            elif word == "," and stack[-1][1] in _CLOSED_BY_COMMA:
                stack.pop()
            elif word in ("and", "but") and _new_subject(raw, k, before_time):
                count += 1
                stack = [*stack[:-1], (count, "")]
            elif word == "," and _tail_of_saying(raw, k):
                count += 1
                stack = [(count, "said")]
            elif _opens(word, raw, k, before_time):
                count += 1
                stack.append((count, word))
        out.append(_Word(word, m.start(), m.end(), stack[-1][0], time))
    return out


def _opens(word: str, raw: list[re.Match[str]], k: int, before_time: bool) -> bool:
    """Whether a clause of its own begins at this word."""
    if before_time:
        return False
    if word in _OPENERS:
        return True
    previous = raw[k - 1].group().lower() if k else ""
    if word == "that":
        said = any(m.group().lower() in _SAYING for m in raw[max(0, k - 4) : k])
        return said or previous in (",", "fact", "claim", "report", "reports", "news", "hope", "idea")
    if word == "as":
        following = raw[k + 1].group() if k + 1 < len(raw) else ""
        return following.lower() in ("he", "she", "it", "they", "we", "the", "his", "its", "their") or following[:1].isupper()
    return previous in ("said", "says", "believe", "reported") and k > 1


def _new_subject(raw: list[re.Match[str]], k: int, before_time: bool) -> bool:
    """Whether "and" or "but" begins a clause with a time or a subject of its own (after a comma, and no verb follows at once)."""
    following = [m.group().lower() for m in raw[k + 1 : k + 3]]
    if before_time or following[:1] in (["in"], ["on"], ["at"]) and len(following) > 1 and (following[1][:1].isdigit() or following[1] in _TIME_HEADS):
        return True
    if not k or raw[k - 1].group() != ",":
        return False
    return bool(following) and not past_form(following[0]) and not any(past_form(w) for w in following[1:2] if following[0].endswith("ly"))


def _tail_of_saying(raw: list[re.Match[str]], k: int) -> bool:
    """", the ministry said on Monday" at the end of a sentence."""
    tail = [m.group().lower() for m in raw[k + 1 :]]
    return len(tail) <= 24 and any(w in _SAYING for w in tail[:9]) and not any(w in (",", "and") for w in tail[:3])


def _time_spans(words: list[_Word]) -> Iterator[tuple[int, tuple[int, int]]]:
    """The time expressions of a sentence with the words they cover."""
    k = 0
    while k < len(words):
        number = words[k].time
        j = k + 1
        if number is not None:
            while j < len(words) and words[j].time == number:
                j += 1
            yield number, (k, j)
        k = j


def _cost(words: list[_Word], first: int, last: int, span: tuple[int, int]) -> int | None:
    """How far the time is from the trigger, None where it cannot date it."""
    begin, end = span
    if words[begin].clause != words[first].clause:
        return None
    if _attributive(words, begin, end):
        if _finite(words[first].text):
            return None
        between = [w.text for w in words[end:first] if w.text not in ("'s", "’s", "'", "’", "s")]
        return len(between) if first >= end and len(between) <= 3 and not any(_breaks(w) for w in between) else None
    if begin > last:
        return _following(words, first, last, begin)
    return _preceding(words, first, end) if end <= first else None


def _attributive(words: list[_Word], begin: int, end: int) -> bool:
    """The time stands before a noun: "the 1978 treaty", "Monday's attack"."""
    before = words[begin - 1].text if begin else ""
    after = words[end] if end < len(words) else None
    if after is None:
        return False
    possessive = after.text in ("'", "’") or words[end - 1].text.endswith(("'s", "’s"))
    plain = after.text.isalpha() and after.text not in _PREPOSITIONS and after.text not in _BOUNDS and after.text not in _OPENERS
    return possessive or (plain and (before in _DEFINITE or before in ("a", "an")) and after.text not in ("and", "or", "of", "with", "for", "as"))


def _breaks(word: str) -> bool:
    return not word[:1].isalnum() or word in ("and", "of", "with", "for", "in", "on", "at") or past_form(word)


def _verbs(words: list[_Word], start: int, end: int, clause: int) -> list[int]:
    return [k for k in range(start, end) if words[k].clause == clause and words[k].time is None and _finite(words[k].text)]


def _finite(word: str) -> bool:
    return past_form(word) or word in _SAYING or word in ("will", "would", "has", "have", "is", "are")


def _coordinated(words: list[_Word], k: int) -> bool:
    """Whether the verb shares its subject with the one before: "and signed", "and later signed"."""
    before = [w.text for w in words[max(0, k - 2) : k]]
    return bool(before) and (before[-1] in _AND or (before[0] in _AND and (before[-1].endswith("ly") or before[-1] in ("later", "also", "then", "has"))))


def _following(words: list[_Word], first: int, last: int, begin: int) -> int | None:
    """A time after the trigger: no other verb may stand between, unless it is joined to the trigger's by "and"."""
    clause = words[first].clause
    verbs = [k for k in _verbs(words, last + 1, begin, clause) if not _coordinated(words, k)]
    is_verb = _finite(words[first].text)
    if verbs and not (is_verb and all(words[k].text in _LIGHT and k == last + 1 for k in verbs)):
        return None
    if not is_verb and not _adverbial(words, first, clause):
        return None
    return begin - last


def _adverbial(words: list[_Word], first: int, clause: int) -> bool:
    """Whether a time behind a noun can be the noun's: nothing governs it but a light verb ("held talks on Monday") or a preposition."""
    governing = _verbs(words, 0, first, clause)
    if not governing or words[governing[-1]].text in _LIGHT:
        return True
    return any(w.text in _LEADS for w in words[max(0, first - 4) : first] if w.start > words[governing[-1]].start)


def _preceding(words: list[_Word], first: int, end: int) -> int | None:
    """A time before the trigger: at the head of the clause, or right before the verb; a verb between must be light or joined by "and"."""
    clause = words[first].clause
    verbs = _verbs(words, end, first, clause)
    joined = _coordinated(words, first) or words[first].text.endswith("ing")
    if _verbs(words, 0, end, clause) and not joined:  # the time stands behind a verb of its own
        near = [w.text for w in words[end:first]]
        return first - end if not _finite(words[first].text) and len(near) < 6 and any(w in ("for", "during", "at") for w in near) else None
    if not verbs:
        return first - end
    noun = not _finite(words[first].text)
    helping = all((noun and words[k].text in _LIGHT) or k == first - 1 for k in verbs)
    saying = any(words[k].text in _SAYING for k in verbs)
    return first - end if not saying and (joined or helping) else None
