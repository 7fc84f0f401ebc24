"""Words of an article with what was found in them marked: cut at every border, so that marks may overlap."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dragoman.web.data import Row

WIDTH = 360  # characters of a passage in a list: about four lines of a column


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of the text, the class that shows it, and where it leads."""

    start: int
    end: int
    kind: str
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text under the same marks. ``kinds`` are CSS classes; ``link`` is an address or None."""

    text: str
    kinds: tuple[str, ...] = ()
    link: str | None = None


def pieces(text: str, marks: Iterable[Mark], *, start: int = 0) -> tuple[Piece, ...]:
    """``text``, which begins at offset ``start`` of its article, cut into pieces. Marks outside it are left out."""
    end = start + len(text)
    inside = sorted(
        (m for m in marks if m.start < end and m.end > start and m.start < m.end), key=lambda m: (m.start, -m.end, m.kind)
    )
    if not inside:
        return (Piece(text),) if text else ()
    borders = sorted({start, end, *(min(max(edge, start), end) for m in inside for edge in (m.start, m.end))})
    found = []
    for left, right in pairwise(borders):
        over = [m for m in inside if m.start <= left and m.end >= right]
        kinds = tuple(dict.fromkeys(m.kind for m in over))
        link = next((m.link for m in reversed(over) if m.link), None)
        found.append(Piece(text[left - start : right - start], kinds, link))
    return tuple(found)


def window(text: str, start: int, end: int, width: int = WIDTH) -> tuple[int, int]:
    """The part of a long text to show around ``start``..``end``, cut at spaces."""
    if len(text) <= width:
        return 0, len(text)
    room = max(width - (end - start), 80)
    left = max(0, min(start - room // 2, len(text) - width))
    right = min(len(text), max(left + width, end))
    if left:
        space = text.find(" ", left, start)
        left = space + 1 if space >= 0 else left
    if right < len(text):
        space = text.rfind(" ", end, right)
        right = space if space > 0 else right
    return left, right


def excerpt(
    text: str | None, marks: Sequence[Mark], *, start: int, around: tuple[int, int] | None = None, width: int = WIDTH
) -> tuple[Piece, ...]:
    """A passage short enough for a list, its marks kept, with dots where it was cut."""
    if not text:
        return ()
    first, last = around or (start, start)
    left, right = window(text, max(first - start, 0), max(last - start, 0), width)
    found = pieces(text[left:right], marks, start=start + left)
    before = (Piece("… "),) if left else ()
    after = (Piece(" …"),) if right < len(text) else ()
    return (*before, *found, *after)


def event_marks(row: Row) -> list[Mark]:
    """Source, target and trigger of an event."""
    spots = (
        ("source_start", "source_end", "source"),
        ("target_start", "target_end", "target"),
        ("trigger_start", "trigger_end", f"trigger q{row['quad']}"),
    )
    return [Mark(row[a], row[b], kind) for a, b, kind in spots if row[a] is not None and row[b] is not None]


def event_excerpt(row: Row, width: int = WIDTH) -> tuple[Piece, ...]:
    """The passage of an event with its source, target and trigger marked; empty for an imported row, which has no sentence."""
    if row.get("start") is None:
        return ()
    around = (row["trigger_start"], row["trigger_end"]) if row["trigger_start"] is not None else None
    return excerpt(row["passage"], event_marks(row), start=row["start"], around=around, width=width)
