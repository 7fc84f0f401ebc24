"""Years that an article implies without naming them: "the 80th anniversary of the victory over Nazi Germany" is 2025.

The start is a known date: of the codebook's dated wars, foundings and treaties, or a year that the article itself gives for
the same thing. What is not known implies nothing.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import NamedTuple

from dragoman.coding.times.words import ORDINALS, SMALL
from dragoman.errors import CodebookError
from dragoman.records import Article

_ORDINAL_WORDS = "|".join(sorted(ORDINALS, key=len, reverse=True))
_COUNT_WORDS = "|".join(sorted((w for w in SMALL if w not in ("a", "an", "couple")), key=len, reverse=True))
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_LATE_ORDINALS = {"sixtieth": 60, "seventieth": 70, "eightieth": 80, "ninetieth": 90, "hundredth": 100}
_ORDINAL = rf"(?P<n>\d{{1,3}}(?:st|nd|rd|th)|(?:(?:{_TENS})[- ])?(?:{_ORDINAL_WORDS}|{'|'.join(_LATE_ORDINALS)}))"
_COUNT = rf"(?P<n>\d{{1,3}}|(?:(?:{_TENS})[- ])?(?:{_COUNT_WORDS}))"
_ANNIVERSARY = re.compile(rf"(?i)\b{_ORDINAL}[- ](?:year[- ])?anniversary\b")
_CARDINAL_ANNIVERSARY = re.compile(rf"(?i)\b{_COUNT}[- ]years?[- ]anniversary\b")
_NTH_YEAR = re.compile(
    r"(?i)\b(?:(?:enter(?:s|ed|ing)?|began|begins|beginning|start(?:s|ed|ing)?) |in |into )"
    rf"(?:its|the|a|their) {_ORDINAL} year\b"
)
_YEARS_AFTER = re.compile(
    rf"(?i)\b(?:(?:mark(?:s|ed|ing)?|commemorat\w+|celebrat\w+) )?{_COUNT} years (?P<w>after|since|on from|into|of)\b"
)
_TIES = re.compile(r"(?i)diplomatic (?:relations|ties|links)")
_TIES_SINCE = re.compile(
    r"(?i)(?:diplomatic (?:relations|ties|links)[^.]{0,40}?|ties )(?:in|since) (?:[a-z]+ )?(?P<y>1[89]\d\d|20\d\d)\b"
)
WINDOW = 160
"""Characters after the anniversary's words in which what it is of is looked for: the longest noun phrase seen was 150."""


class Start(NamedTuple):
    """A dated beginning: ``names`` are tuples of phrases that must follow one another in the text, lower case; ``year`` and
    ISO ``day``."""

    id: str
    names: tuple[tuple[str, ...], ...]
    day: str

    @property
    def year(self) -> int:
        return int(self.day[:4])


@cache
def starts() -> tuple[Start, ...]:
    """The codebook's dated beginnings. Raises ``CodebookError`` where a line has no names or no date."""
    path = resources.files("dragoman.codebook") / "data" / "anniversaries.csv"
    out = []
    with path.open(encoding="utf-8") as file:
        for line, row in enumerate(csv.DictReader(file), 2):
            names = tuple(tuple(p.strip() for p in name.split("+")) for name in (row["names"] or "").split(";") if name.strip())
            if not names or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", row["start"] or ""):
                raise CodebookError(
                    f"anniversaries.csv line {line}: a beginning needs names and a date like 1949-04-04, found {dict(row)}"
                )
            out.append(Start(row["id"], names, row["start"]))
    return tuple(out)


def implied_years(article: Article) -> list[tuple[int, int, str, int, str]]:
    """The years that anniversaries and counted years give the article, in order of the text.

    Returns (start, end, text, year, reason): the offsets of the words in ``article.text``, the year that they imply for the
    time of writing, and why ("80 years after 1945-05-09, wwii-end"). Nothing where what is counted from is not known.
    """
    found = sorted(set(_found(article.text)))
    out: list[tuple[int, int, str, int, str]] = []
    for start, end, year, reason in found:
        if not out or start >= out[-1][1]:
            out.append((start, end, article.text[start:end], year, reason))
    return out


def _found(text: str) -> Iterator[tuple[int, int, int, str]]:
    for pattern in (_ANNIVERSARY, _CARDINAL_ANNIVERSARY):
        for m in pattern.finditer(text):
            n = _number(m["n"])
            origin = _origin(text, m.end(), m.start())
            if origin and n:
                start, end, where = origin
                yield m.start(), max(m.end(), end), int(start[:4]) + n, f"{n} years after {start}, {where}"
    for m in _NTH_YEAR.finditer(text):
        n, known = _number(m["n"]), _around(text, m.start(), m.end())
        if known and 1 <= n <= 30:
            year = known.year + n - 1
            yield m.start(), m.end(), year, f"year {n} from {known.day}, {known.id}"
    for m in _YEARS_AFTER.finditer(text):
        n = _number(m["n"])
        later = _named(_clause(text, m.end(), 90))
        if later and n and (m["w"].lower() != "of" or n <= 30) and later[1] < 40:
            known = later[0]
            yield m.start(), m.end() + later[2], known.year + n, f"{n} years after {known.day}, {known.id}"


def _number(words: str) -> int:
    """ "80th", "eightieth", "twenty-fifth", "ten" as a number; 0 where it is none."""
    if words[0].isdigit():
        return int(re.match(r"\d+", words)[0])  # type: ignore[index]
    total = 0
    for part in re.split(r"[- ]", words.lower()):
        total += SMALL.get(part, ORDINALS.get(part, _LATE_ORDINALS.get(part, 0)))
    return total


def _clause(text: str, start: int, size: int = WINDOW) -> str:
    """The words after ``start`` up to the end of the sentence, lower case, with plain apostrophes."""
    piece = text[start : start + size]
    stop = re.search(r"[.!?](?=\s+[A-Z“\"]|\s*$)|\n\s*\n", piece)
    return (piece[: stop.start()] if stop else piece).lower().replace("’", "'")


def _named(piece: str) -> tuple[Start, int, int] | None:
    """The beginning named first in the piece, with the offsets of its words; of several at one place the longest."""
    best: tuple[Start, int, int] | None = None
    for known in starts():
        for name in known.names:
            span = _sequence(piece, name)
            if span and (best is None or (span[0], -span[1]) < (best[1], -best[2])):
                best = (known, *span)
    return best


def _sequence(piece: str, phrases: tuple[str, ...]) -> tuple[int, int] | None:
    at, first = 0, -1
    for phrase in phrases:
        m = re.compile(rf"(?<!\w){re.escape(phrase)}").search(piece, at)
        if m is None or (first >= 0 and m.start() - at > 60):
            return None
        first = m.start() if first < 0 else first
        at = m.end()
    return first, at


def _origin(text: str, end: int, start: int) -> tuple[str, int, str] | None:
    """What the anniversary is of: a known beginning, or the diplomatic ties whose year the article gives."""
    piece = _clause(text, end)
    if not re.match(r"\s*(?:celebrations? |commemorations? |ceremon\w+ )?(?:of|since|from|for|in)\b", piece):
        return None
    found = _named(piece)
    if found:
        known, _, stop = found
        return known.day, end + stop, known.id
    if _TIES.search(piece[:60]):
        years = {m["y"] for m in _TIES_SINCE.finditer(text)}
        if len(years) == 1:
            return years.pop(), end, "diplomatic ties by the article's own words"
    return None


def _around(text: str, start: int, end: int) -> Start | None:
    """A war named in the same sentence as "its fourth year": before it, or right behind ("its fourth year of war in
    Ukraine")."""
    after = _named(_clause(text, end, 60))
    head = text[max(0, start - 200) : start]
    cut = max((m.end() for m in re.finditer(r"[.!?]\s+(?=[A-Z“\"])|\n\s*\n", head)), default=0)
    before = head[cut:].lower().replace("’", "'")
    found = [(after[0], after[1])] if after else []
    for known in starts():
        if "war" in known.id or "invasion" in known.id:
            spans = [s for name in known.names if (s := _sequence(before, name))]
            if spans:
                found.append((known, len(before) - max(s[1] for s in spans)))
    return min(found, key=lambda item: (item[1], item[0].id))[0] if found else None
