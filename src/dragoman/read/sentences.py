"""Text to sentences with exact offsets: rules over candidate borders, linear in the length of the text.

A candidate is a mark of sentence end, what closes after it, and white space. Each is decided by the word before and the word
after it. Marks inside paired quotation marks or brackets end nothing: a quotation stays whole with the words that report it.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right

from dragoman.read.words import (
    ENDING_ABBREVIATIONS,
    MONTHS,
    NEVER_ENDING_ABBREVIATIONS,
    NUMBER_ABBREVIATIONS,
    STARTERS,
    ZONES_AND_DAYS,
)

_CANDIDATE = re.compile(r"(?P<mark>[.!?…]+|[。！？])(?P<close>(?:''|[\"'”’»)\]])*)(?P<space>\s+|$|(?<=[。！？]))")
_OPENING = re.compile(r"(?:``|''|[\"'“‘«(\[¿¡*_]|\.\.\.\s?|…\s?|\[?\.\.\.\]?\s?|[-–—•]+\s+)*")
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?")
_PARTICLE = re.compile(r"(?:al|el|an|as|ad|ash|az|de|du|di|da|von|van|bin|ibn|ben|abu|i|e)[- ]?[A-Z]")
_REPORTING = re.compile(
    r"(?:[\w.’'-]+,?\s+){1,7}?(?:said|says|say|told|asked|asks|added|wrote|writes|cried|shouted|tweeted|replied|demanded|wondered|declared)\b"
)
_PAIRS = re.compile(r"``|''|[\"“”«»()\[\]‘’']")
_LISTED = re.compile(r"(?:\(?(?:\d{1,5}|[A-Za-z]|[ivxIVX]{1,5})\)?|§+)$")
_DOUBLE = {'"': '"', "“": "”", "``": "''", "''": "''"}
_LISTED_LONGEST = 12  # characters of a list's number with the white space before it
_QUOTE_LIMIT = 1_000  # characters of a quotation kept whole; the longest sentence of the coded set has 1,241


def split(text: str, start: int, end: int, limit: int, *, lower: bool = False) -> list[tuple[int, int]]:
    """The sentences of one paragraph ``text[start:end]`` as half-open spans into ``text``, without white space around them.

    ``limit`` is the most characters of one sentence, longer ones are cut at white space; ``lower`` is for texts without capital
    letters, in which a lower-case word may begin a sentence.
    """
    part = text[start:end]
    inside = _enclosed(part)
    starts = [low for low, _ in inside]
    cuts = [0]
    for found in _CANDIDATE.finditer(part):
        position = found.end()
        if position >= len(part):
            break
        k = bisect_right(starts, found.start()) - 1
        within = k >= 0 and found.start() < inside[k][1]
        # A mark inside a pair may end a sentence only where the pair itself ends with it.
        if within and (found.end("close") <= inside[k][1] or not found.group("close")):
            continue
        if _ends(part, cuts[-1], found, lower):
            cuts.append(position)
    cuts.append(len(part))
    spans: list[tuple[int, int]] = []
    for low, high in itertools.pairwise(cuts):
        spans.extend(_fitting(text, *_trimmed(text, start + low, start + high), limit))
    return spans


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _fitting(text: str, start: int, end: int, limit: int) -> list[tuple[int, int]]:
    """The span itself, or pieces of it of at most ``limit`` characters, cut at white space where there is any."""
    spans = []
    while end - start > limit:
        cut = start + limit
        while cut > start and not text[cut].isspace():
            cut -= 1
        cut = cut if cut > start else start + limit
        spans.append(_trimmed(text, start, cut))
        start = _trimmed(text, cut, end)[0]
    if start < end:
        spans.append((start, end))
    return [span for span in spans if span[0] < span[1]]


def _enclosed(part: str) -> list[tuple[int, int]]:
    """Spans between paired quotation marks or brackets, in order and not nested: (after the opener, at the closer)."""
    spans: list[tuple[int, int]] = []
    opened: tuple[str, int] | None = None
    for found in _PAIRS.finditer(part):
        mark, at = found.group(), found.start()
        if opened is None:
            closer = _closer(part, mark, at, found.end())
            if closer:
                opened = (closer, found.end())
        elif mark == opened[0] and _closes(part, mark, at, found.end()):
            if at - opened[1] <= _QUOTE_LIMIT:
                spans.append((opened[1], at))
            opened = None
        elif at - opened[1] > _QUOTE_LIMIT:
            opened = None
        elif mark in _DOUBLE and _DOUBLE[mark] == opened[0] and _closer(part, mark, at, found.end()):
            opened = (opened[0], found.end())  # opened again before it was closed: the first goes on over paragraphs
    return spans


def _closer(part: str, mark: str, at: int, after: int) -> str | None:
    """What closes the pair that ``mark`` opens here; None where it opens none."""
    before = part[at - 1] if at else " "
    following = part[after] if after < len(part) else " "
    if mark in {"'", "''", '"'} and (before.isalnum() or before in ".,!?" or following.isspace()):
        return None
    if mark == "'" and following.isdigit():
        return None  # the '90s
    return {"``": "''", "''": "''", '"': '"', "“": "”", "«": "»", "(": ")", "[": "]", "‘": "’", "'": "'"}.get(mark)


def _closes(part: str, mark: str, at: int, after: int) -> bool:
    """An apostrophe is no closing quotation mark: those stand after a mark of punctuation and before no letter."""
    if mark in {'"', "''"}:
        return at > 0 and not part[at - 1].isspace() and part[at - 1] not in "([—"
    if mark not in {"'", "’"}:
        return True
    return at > 0 and part[at - 1] in ".,!?…" and not (after < len(part) and part[after].isalnum())


def _ends(part: str, begun: int, found: re.Match[str], lower: bool) -> bool:
    """Whether the candidate ends the sentence that began at ``begun``."""
    mark, close = found.group("mark"), found.group("close")
    if mark in "。！？":
        return True
    rest = _OPENING.match(part, found.end())
    opened = rest.end() if rest else found.end()
    following = part[opened : opened + 24]
    if not following:
        return True
    opening = part[found.end() : opened]
    first = following[0]
    if not (first.isupper() or first.isdigit() or lower or not first.isascii() or first in "#@$£€") and not _PARTICLE.match(
        following
    ):
        return False
    if first.islower() and not lower and not _PARTICLE.match(following):
        return False
    if mark[-1] in "?!" and close and _REPORTING.match(part, found.end(), found.end() + 90):
        return False
    if mark != ".":
        return not (mark[-1] in ".…" and opening.startswith(("...", "…")))
    if opening[:1] in {"-", "–", "—"} and not close:
        return not _abbreviation(part, begun, found.start())
    if close and close not in {")", "]"}:
        return True
    return _full_stop(part, begun, found.start(), following, opening)


def _abbreviation(part: str, begun: int, at: int) -> str:
    """The abbreviation whose last full stop is at ``at``, lower case and without that stop; empty where the word is none."""
    low = max(begun, at - 14)
    word = re.split(r"[\s(\[\"“‘`/–—]", part[low:at])[-1].lower().lstrip("'")
    bare = word.rsplit("-", 1)[-1]
    if "." in bare and all(len(piece) <= 2 for piece in bare.split(".")):
        return bare
    if bare in NEVER_ENDING_ABBREVIATIONS or bare in ENDING_ABBREVIATIONS or bare in MONTHS or bare in NUMBER_ABBREVIATIONS:
        return bare
    return bare if len(bare) == 1 and bare.isalpha() else ""


def _full_stop(part: str, begun: int, at: int, following: str, opening: str) -> bool:
    """Whether a single full stop, with a capital or digit after it, ends the sentence."""
    if at - begun <= _LISTED_LONGEST and _LISTED.fullmatch(part[begun:at].strip()):
        return False  # "1. The parties agree"
    short = _abbreviation(part, begun, at)
    if not short:
        return True
    found = _WORD.match(following)
    word = found.group().rstrip(".") if found else ""
    starter = word.lower() in STARTERS and not following.startswith(("U.S", "I."))
    if short in NEVER_ENDING_ABBREVIATIONS:
        return False
    if short in NUMBER_ABBREVIATIONS:
        return not following[0].isdigit() and (starter or bool(opening))
    if short in MONTHS:
        return not following[0].isdigit() and (starter or bool(opening.strip()) or not word.isupper())
    if len(short) == 1:
        return starter and not part[at - 1].isdigit() and (bool(opening) or not _name_before(part, begun, at))
    if short in {"a.m", "p.m"}:
        return not following[0].isdigit() and word not in ZONES_AND_DAYS
    if "." in short:
        return starter or bool(re.match(r"``|''|[\"“‘]", opening))
    quoted = bool(opening.strip()) and not opening.strip().startswith(("(", "["))
    return (
        starter
        or quoted
        or (ENDING_ABBREVIATIONS[short] and not opening.strip() and part[max(begun, at - 30) : at].rpartition(",")[1] != "")
    )


def _name_before(part: str, begun: int, at: int) -> bool:
    """A capitalised word stands before the initial: "George W." is a name, "plan B." is none."""
    words = part[max(begun, at - 40) : at].split()
    return len(words) >= 2 and (words[-2][:1].isupper() or words[-2].endswith("."))
