"""Paragraphs of a text, with offsets: what the layout of an article is read from."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Tag = Literal["title", "heading", "caption", "item"]

_ROW = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_BULLET = re.compile(r"\s*(?:[-–—*•·‣▪◦>]+\s|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,5})[.)]\s|[QA][.:]\s|[A-Z][A-Z .'-]{2,40}:\s)")
_FINISHED = re.compile(r"[.!?…:;][\"'”’»)\]]*$")
_WIDEST_WRAP = 110  # columns; mail and telegrams wrap at 65 to 80, hardly anything above 100
_NARROWEST_WRAP = 40
_SAMPLE = 4_000  # characters from which the case of a text is judged
_FULL = 0.85  # a wrapped row and the next row's first word together reach this share of the width


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph: ``text[start:end]`` without white space around it, wrapped rows joined.

    ``block`` counts the groups that blank lines separate; ``tag`` is what markup says of it, None in plain text.
    """

    words: str
    start: int
    end: int
    block: int
    tag: Tag | None = None


def paragraphs(text: str) -> list[Line]:
    """The paragraphs of a plain text. A blank line parts them, and so does a line break unless the text is wrapped there."""
    rows = _rows(text)
    width = _wrap_width(rows)
    telex = bool(width) and text[:2_000].isupper()
    out: list[Line] = []
    for block, group in enumerate(_groups(text, rows)):
        joined = [group[0]]
        for before, row in itertools.pairwise(group):
            if before == rows[0] and before[1] - before[0] <= _WIDEST_WRAP < (row[1] - row[0]) / 2:
                joined.append(row)  # a short row on top of a whole paragraph is its headline
                continue
            opening = telex and before[0] == rows[0][0] and not _FINISHED.search(text[before[0] : before[1]])
            if opening or _continues(
                text, before, row, width
            ):  # a telex has no title: its first row may end where a dateline was
                joined[-1] = (joined[-1][0], row[1])
            else:
                joined.append(row)
        out.extend(Line(" ".join(text[start:end].split()), start, end, block) for start, end in joined)
    return out


def _rows(text: str) -> list[tuple[int, int]]:
    rows = []
    for found in _ROW.finditer(text):
        words = found.group().strip()
        if words:
            start = found.start() + found.group().index(words[0])
            rows.append((start, start + len(words)))
    return rows


def _groups(text: str, rows: list[tuple[int, int]]) -> Iterable[list[tuple[int, int]]]:
    group: list[tuple[int, int]] = []
    for row in rows:
        if group and len(_BREAK.findall(text[group[-1][1] : row[0]])) > 1:
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _wrap_width(rows: list[tuple[int, int]]) -> int:
    """The column at which a text is wrapped; 0 where it is not. Most rows of a wrapped text end near one column."""
    lengths = sorted(end - start for start, end in rows)
    if len(lengths) < 3:
        return 0
    width = lengths[int(len(lengths) * 0.98)]
    if not _NARROWEST_WRAP <= width <= _WIDEST_WRAP or lengths[-1] > 2 * width:
        return 0
    near = sum(1 for length in lengths if length >= 0.8 * width)
    return width if near >= 0.5 * len(lengths) else 0


def _continues(text: str, before: tuple[int, int], row: tuple[int, int], width: int) -> bool:
    """Whether ``row`` goes on with the paragraph of the row before it."""
    last, first = text[before[0] : before[1]], text[row[0] : row[1]]
    if _BULLET.match(first) and not first.startswith("--"):
        return False
    finished = bool(_FINISHED.search(last))
    length = before[1] - before[0]
    if not finished and length >= _NARROWEST_WRAP and first[0].islower() and (last[-1].isalnum() or last[-1] in ",-–—'’\"”"):
        return True
    if not width or length > width * 1.1:
        return False
    word = len(first.split(maxsplit=1)[0])
    return length + 1 + word >= _FULL * width and not (finished and length + 1 + word < width)


def letters_are_capital(lines: Iterable[Line]) -> bool:
    """A text in capitals throughout, as agencies sent by telex: capitals then say nothing."""
    upper, lower = _cases(lines)
    return upper > 0.9 * max(1, upper + lower)


def letters_are_small(lines: Iterable[Line]) -> bool:
    """A text without capitals: a small letter may then begin a sentence."""
    upper, lower = _cases(lines)
    return lower > 50 and upper < 0.002 * lower


def _cases(lines: Iterable[Line]) -> tuple[int, int]:
    """How many capitals and how many small letters the beginning of the text has."""
    sample = "".join(line.words for line in lines)[:_SAMPLE]
    return sum(map(str.isupper, sample)), sum(map(str.islower, sample))
