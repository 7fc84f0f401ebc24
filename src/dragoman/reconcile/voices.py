"""The same quotation put in two mouths."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from dragoman.reconcile.findings import Finding, Place
from dragoman.reconcile.lexicon import word_set
from dragoman.reconcile.passages import Passage

LEAST_WORDS = 5  # shorter ones are slogans that many say ("Never again")
_QUOTE = re.compile(r"[“\"]([^“”\"]{15,400})[”\"]")
_CUE = (
    r"(?:said|says|told|added|declared|warned|wrote|tweeted|stated|announced|"
    r"insisted|argued|replied|asserted|remarked|noted|explained|stressed)"
)
_NAME = r"((?:[A-Z][\w’'.-]+\s+(?:(?:of|al|bin|van|von|de|for|the|and)\s+)?){0,6}[A-Z][\w’'-]+)"
_AFTER = (
    re.compile(rf"^,?\s*{_CUE}\s+(?:the\s+)?(?:[a-z’' -]{{0,40}}\s)?{_NAME}"),
    re.compile(rf"^,?\s*(?:the\s+)?(?:[a-z’' -]{{0,40}}\s)?{_NAME}(?:,[^,“\"]{{2,60}},)?\s+(?:also\s+|later\s+)?{_CUE}\b"),
)
_BEFORE = re.compile(rf"{_NAME}(?:,[^,“\"]{{2,80}},)?\s+(?:also\s+|later\s+)?{_CUE}\b[^“\".]{{0,40}}$")
_TITLES = word_set(
    "president prime minister foreign defence defense secretary general chancellor "
    "king queen mr mrs ms dr state ambassador premier chief leader spokesman "
    "spokeswoman senator"
)


@dataclass(frozen=True, slots=True)
class Voice:
    passage: Passage
    start: int
    end: int
    words: tuple[str, ...]
    speaker: str
    names: frozenset[str]


def voice_findings(passages: Sequence[Passage]) -> Iterator[Finding]:
    """Quotations of five words or more that two persons of different names are said to have spoken."""
    voices = [voice for passage in passages for voice in _voices(passage)]
    for a, b in combinations(voices, 2):
        if a.passage.i == b.passage.i or a.names & b.names or not _same_words(a.words, b.words) or _quoting(a, b):
            continue
        sides = tuple((x.speaker, (Place(x.passage.i, x.start, x.end),)) for x in (a, b))
        yield Finding(
            "attribution",
            " ".join(a.words[:12]),
            sides,
            None,
            f"the same words are given to {a.speaker} and to {b.speaker}",
            0.8,
        )


def _voices(passage: Passage) -> Iterator[Voice]:
    offset = passage.sentence.start
    for quote in _QUOTE.finditer(passage.text):
        words = tuple(re.findall(r"[a-z0-9’']+", quote[1].lower()))
        speaker = _speaker(passage.text, quote)
        if len(words) < LEAST_WORDS or speaker is None:
            continue
        names = frozenset(word.lower() for word in re.findall(r"[A-Z][\w-]+", speaker) if word.lower() not in _TITLES)
        if names:
            yield Voice(passage, offset + quote.start(), offset + quote.end(), words, speaker, names)


def _speaker(text: str, quote: re.Match[str]) -> str | None:
    for pattern in _AFTER:
        found = pattern.match(text[quote.end() :])
        if found:
            return found[1]
    before = _BEFORE.search(text[: quote.start()])
    return before[1] if before else None


def _same_words(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    less, more = sorted((a, b), key=len)
    return len(less) >= LEAST_WORDS and any(more[k : k + len(less)] == less for k in range(len(more) - len(less) + 1))


def _quoting(a: Voice, b: Voice) -> bool:
    """Whether one repeats the other on purpose."""
    return any(
        re.search(
            r"\b(?:quot\w+|echo\w+|repeat\w+|recall\w+|cit\w+|words of|as .{1,30} (?:said|put it)|paraphras\w+|borrow\w+)\b",
            x.passage.text,
        )
        for x in (a, b)
    )
