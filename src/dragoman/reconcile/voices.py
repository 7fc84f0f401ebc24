"""The same quotation put in two mouths."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from dragoman.reconcile.findings import Finding, Place
from dragoman.reconcile.lexicon import Lexicon, word_set
from dragoman.reconcile.passages import Passage

LEAST_WORDS = 5  # shorter ones are slogans that many say ("Never again")
_QUOTE = re.compile(r"[“\"]([^“”\"]{15,400})[”\"]")
_CUE = (
    r"(?:said|says|told|added|declared|warned|wrote|tweeted|stated|announced|"
    r"insisted|argued|replied|asserted|remarked|noted|explained|stressed)"
)
_AFTER_CUE = re.compile(
    rf"^,?\s*{_CUE}\s+([^.;“\"]{{3,90}}?)(?=,\s+(?:who|which|in|on|at|during|"
    rf"after)\b|\s+(?:on|in|at|during|after|to)\s|[.;]|,?$)"
)
_BEFORE_CUE = re.compile(rf"^,?\s*([^.;“\"]{{3,110}}?)\s+(?:also\s+|later\s+)?{_CUE}\b")
_LEADING = re.compile(rf"(?:^|[.;]\s+|[”\"]\s+)([^.;“\"]{{3,110}}?)\s+(?:also\s+|later\s+)?{_CUE}\b[^“\".]{{0,40}}$")
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


def voice_findings(passages: Sequence[Passage], lexicon: Lexicon) -> Iterator[Finding]:
    """Quotations of five words or more that two persons of different names are said to have spoken."""
    voices = [voice for passage in passages for voice in _voices(passage, lexicon)]
    for a, b in combinations(voices, 2):
        if (
            a.passage.i == b.passage.i
            or a.names & b.names
            or _named(a) != _named(b)
            or not _same_words(a.words, b.words)
            or _quoting(a, b)
        ):
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


def _voices(passage: Passage, lexicon: Lexicon) -> Iterator[Voice]:
    offset = passage.sentence.start
    for quote in _QUOTE.finditer(passage.text):
        words = tuple(re.findall(r"[a-z0-9’']+", quote[1].lower()))
        found = _speaker(passage.text, quote, lexicon) if len(words) >= LEAST_WORDS else None
        if found is not None:
            yield Voice(passage, offset + quote.start(), offset + quote.end(), words, *found)


def _speaker(text: str, quote: re.Match[str], lexicon: Lexicon) -> tuple[str, frozenset[str]] | None:
    """Words and names of who is said to have spoken; the states of a description ("the Polish president") where it has no
    name."""
    after = _AFTER_CUE.match(text[quote.end() :]) or _BEFORE_CUE.match(text[quote.end() :])
    before = None if after else _LEADING.search(text[: quote.start()])
    words = (after or before or [None, None])[1]
    if not words:
        return None
    tokens = [token for token in re.findall(r"[A-ZÀ-Þ][\w-]+", re.sub(r"[’']s\b", "", words)) if token.lower() not in _TITLES]
    names = frozenset(token.lower() for token in tokens if token.lower() not in lexicon.state_of)
    states = frozenset(lexicon.state_of[token.lower()] for token in tokens if token.lower() in lexicon.state_of)
    return (" ".join(words.split()).strip(" ,"), names or states) if names or states else None


def _same_words(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    less, more = sorted((a, b), key=len)
    return len(less) >= LEAST_WORDS and any(more[k : k + len(less)] == less for k in range(len(more) - len(less) + 1))


def _named(voice: Voice) -> bool:
    """Whether the speaker has a name, not only a description by state: "the president" may be the one named elsewhere."""
    return not all(name.isupper() for name in voice.names)


def _quoting(a: Voice, b: Voice) -> bool:
    """Whether one repeats the other on purpose."""
    return any(
        re.search(
            r"\b(?:quot\w+|echo\w+|repeat\w+|recall\w+|cit\w+|words of|as .{1,30} (?:said|put it)|paraphras\w+|borrow\w+)\b",
            x.passage.text,
        )
        for x in (a, b)
    )
