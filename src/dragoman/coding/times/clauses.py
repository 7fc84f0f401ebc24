"""The clauses of a sentence, without a parser: which time or place belongs to which trigger.

A sentence is cut at subordinators, quotation marks, closing commas and tails such as ", the ministry said on Monday". Inside
a clause a time or place counts for the nearest trigger, unless a verb that stands between claims it. Where that leaves doubt
the answer is no: an event without a date is better than one with another event's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dragoman.coding.times.tense import past_form
from dragoman.coding.times.words import MONTHS, WEEKDAYS

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*|[^\w\s]")
_OPENERS = frozenset(
    "who whom whose which where when while after before because although though if unless whereas until following "
    "despite".split()
)
_SAYING = frozenset(
    "said says say told reported announced added noted warned claimed stated declared insisted according wrote saying "
    "reports believe believes believed argued confirmed denied acknowledged showed shows suggests alleged".split()
)
_LIGHT = frozenset(
    "held hold holds holding made make makes making paid pay pays paying launched launch carried carry conducted conduct "
    "began begin started start had have has opened open staged stage took take takes taking signed sign issued issue "
    "imposed impose gave give reached reach concluded conclude attended attend hosted host hosts ended end ends finished "
    "finish completed complete arrived arrive exchanged exchange resumed resume was were is are been be being will "
    "kicked".split()
)
_OCCURS = frozenset(
    "began begins begin started starts opened opens took takes held concluded resumed happened occurred was were is are "
    "will has had have would "
    "erupted broke".split()
)
FAR = 18
"""Words between a trigger and its time or place at most: beyond it another noun has claimed it more often than not."""
_LEADS = frozenset("during at in after following on for with".split())
_BEFORE_VERBS = frozenset("will would can could may might must shall should to not never".split())
BOUNDS = frozenset("until till by before after from through ahead than to".split())
_AUXILIARIES = frozenset("is are was were be has have had will would may can could".split())
PREPOSITIONS = frozenset("on in at during since over throughout within".split())
DEFINITE = frozenset("the his her its their this that these those our".split())
_AND = ("and", "then", "but", "or")
_CLOSED_BY_COMMA = frozenset(_OPENERS | {"as"})
_TIME_HEADS = frozenset((*MONTHS, *WEEKDAYS, "early", "late", "mid"))


@dataclass(frozen=True, slots=True)
class Word:
    """One word, lower case, with its clause and the number of the marked span (time or place) that it is part of."""

    text: str
    start: int
    end: int
    clause: int
    mark: int | None


def clauses(text: str, start: int, end: int, marks: Sequence[tuple[int, int, int]]) -> list[Word]:
    """The words of the sentence ``text[start:end]``. ``marks`` are (number, start, end) of the times or places in it."""
    out: list[Word] = []
    stack: list[tuple[int, str]] = [(0, "")]
    count = 0
    quoted = False
    raw = list(_WORD.finditer(text, start, end))
    for k, m in enumerate(raw):
        word = m.group().lower()
        mark = next((n for n, a, b in marks if a < m.end() and m.start() < b), None)
        following = raw[k + 1] if k + 1 < len(raw) else None
        before_mark = following is not None and any(a <= following.start() < b for _, a, b in marks)
        if mark is None:
            if word in '“”"«»' or word in ("``", "''"):
                quoted = not quoted if word == '"' else word in "“«"
                count += 1
                stack = [*stack, (count, '"')] if quoted else ([s for s in stack if s[1] != '"'] or [(0, "")])
            elif word in ";:—–":
                count += 1
                stack = [(count, "")]
            elif word == "," and stack[-1][1] in _CLOSED_BY_COMMA:
                stack.pop()
            elif word in ("and", "but") and _new_subject(raw, k, before_mark):
                count += 1
                stack = [*stack[:-1], (count, "")]
            elif word == "," and _tail_of_saying(raw, k):
                count += 1
                stack = [(count, "said")]
            elif _opens(word, raw, k, before_mark):
                count += 1
                stack.append((count, word))
        out.append(Word(word, m.start(), m.end(), stack[-1][0], mark))
    return out


def _opens(word: str, raw: list[re.Match[str]], k: int, before_mark: bool) -> bool:
    """Whether a clause of its own begins at this word."""
    if before_mark:
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


def _new_subject(raw: list[re.Match[str]], k: int, before_mark: bool) -> bool:
    """Whether "and" or "but" begins a clause with a time or a subject of its own (after a comma, and no verb follows at
    once)."""
    following = [m.group().lower() for m in raw[k + 1 : k + 3]]
    if before_mark or (
        following[:1] in (["in"], ["on"], ["at"])
        and len(following) > 1
        and (following[1][:1].isdigit() or following[1] in _TIME_HEADS)
    ):
        return True
    if not k or raw[k - 1].group() != ",":
        return False
    return (
        bool(following)
        and not past_form(following[0])
        and not any(past_form(w) for w in following[1:2] if following[0].endswith("ly"))
    )


def _tail_of_saying(raw: list[re.Match[str]], k: int) -> bool:
    """ ", the ministry said on Monday" at the end of a sentence."""
    front, tail = [m.group().lower() for m in raw[:k]], [m.group().lower() for m in raw[k + 1 :]]
    if front and (front[0] in PREPOSITIONS or front[0].endswith("ing")) and not any(_told(w) for w in front[1:]):
        return False  # "At talks in Lima, the minister told": nothing is said before the comma
    return len(tail) <= 24 and any(w in _SAYING for w in tail[:9]) and not any(w in (",", "and") for w in tail[:3])


def _told(word: str) -> bool:
    """Whether a word is surely a verb that tells something."""
    return past_form(word) or word in _AUXILIARIES


def spans(words: list[Word]) -> Iterator[tuple[int, tuple[int, int]]]:
    """The marked spans of a sentence with the words they cover (half-open)."""
    k = 0
    while k < len(words):
        number = words[k].mark
        j = k + 1
        if number is not None:
            while j < len(words) and words[j].mark == number:
                j += 1
            yield number, (k, j)
        k = j


def cost(words: list[Word], first: int, last: int, span: tuple[int, int]) -> int | None:
    """How far the marked span is from the trigger, in words; None where it is not the trigger's."""
    begin, end = span
    if words[begin].clause != words[first].clause:
        return None
    if attributive(words, begin, end):
        if finite(words[first].text):
            return None
        between = [w.text for w in words[end:first] if w.text not in ("'s", "’s", "'", "’", "s")]
        return len(between) if first >= end and len(between) <= 3 and not any(_breaks(w) for w in between) else None
    far = _following(words, first, last, begin) if begin > last else _preceding(words, first, end) if end <= first else None
    return far if far is not None and far <= FAR else None


def attributive(words: list[Word], begin: int, end: int) -> bool:
    """The time stands before a noun: "the 1978 treaty", "Monday's attack"."""
    before = words[begin - 1].text if begin else ""
    after = words[end] if end < len(words) else None
    if after is None:
        return False
    possessive = after.text in ("'", "’") or words[end - 1].text.endswith(("'s", "’s"))
    plain = (
        after.text[:1].isalpha() and after.text not in PREPOSITIONS and after.text not in BOUNDS and after.text not in _OPENERS
    )
    return possessive or (
        plain and (before in DEFINITE or before in ("a", "an")) and after.text not in ("and", "or", "of", "with", "for", "as")
    )


def _breaks(word: str) -> bool:
    return not word[:1].isalnum() or word in ("and", "of", "with", "for", "in", "on", "at") or past_form(word)


def _verbs(words: list[Word], start: int, end: int, clause: int) -> list[int]:
    return [k for k in range(start, end) if words[k].clause == clause and words[k].mark is None and finite(words[k].text)]


def finite(word: str) -> bool:
    return past_form(word) or word in _SAYING or word in ("will", "would", "has", "have", "is", "are")


def _coordinated(words: list[Word], k: int) -> bool:
    """Whether the verb shares its subject with the one before: "and signed", "and later signed"."""
    before = [w.text for w in words[max(0, k - 2) : k]]
    return bool(before) and (
        before[-1] in _AND
        or (before[0] in _AND and (before[-1].endswith("ly") or before[-1] in ("later", "also", "then", "has")))
    )


def _following(words: list[Word], first: int, last: int, begin: int) -> int | None:
    """A time after the trigger: no other verb may stand between, unless it is joined to the trigger's by "and"."""
    clause = words[first].clause
    verbs = [k for k in _verbs(words, last + 1, begin, clause) if not _coordinated(words, k)]
    is_verb = finite(words[first].text) or _infinitive(words, first)
    if verbs and not is_verb:
        return begin - last if all(words[k].text in _OCCURS for k in verbs) else None
    if verbs and not all(words[k].text in _LIGHT and k == last + 1 for k in verbs):
        return None
    if not is_verb and not _adverbial(words, first, clause):
        return None
    return begin - last


def _infinitive(words: list[Word], k: int) -> bool:
    """Whether a word is the verb of "would lift" or "agreed to lift", to which what stands behind belongs."""
    if not k or words[k - 1].text not in _BEFORE_VERBS or words[k].text in ("be", "have", "the", "a", "an"):
        return False
    return words[k - 1].text not in ("to", "not", "never") or not words[k].text.endswith(("ing", "ed", "s"))


def _adverbial(words: list[Word], first: int, clause: int) -> bool:
    """Whether a time behind a noun can be the noun's: nothing governs it but a light verb ("held talks on Monday") or a
    preposition."""
    governing = _verbs(words, 0, first, clause)
    if not governing or words[governing[-1]].text in _LIGHT:
        return True
    return any(w.text in _LEADS for w in words[max(0, first - 4) : first] if w.start > words[governing[-1]].start)


def _preceding(words: list[Word], first: int, end: int) -> int | None:
    """A time before the trigger: at the head of the clause, or right before the verb; a verb between must be light or joined
    by "and"."""
    clause = words[first].clause
    verbs = _verbs(words, end, first, clause)
    joined = _coordinated(words, first) or words[first].text.endswith("ing")
    if _verbs(words, 0, end, clause) and not joined:  # the time stands behind a verb of its own
        near = [w.text for w in words[end:first]]
        return (
            first - end
            if not finite(words[first].text) and len(near) < 6 and any(w in ("for", "during", "at") for w in near)
            else None
        )
    if not verbs:
        return first - end
    noun = not finite(words[first].text)
    helping = all((noun and words[k].text in _LIGHT) or k == first - 1 for k in verbs)
    saying = any(words[k].text in _SAYING for k in verbs)
    return first - end if not saying and (joined or helping) else None
