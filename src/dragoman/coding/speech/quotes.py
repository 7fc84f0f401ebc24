"""Quotation marks: which stretches of a text stand inside them, whatever the marks and however badly they are closed.

Known are “curly”, „low“, «angled», "straight", ``TeX'' and ‘single’ marks, one inside the other. A quotation that goes on in
the
next paragraph, where the opening mark is repeated and the closing one left out, is given paragraph by paragraph. A mark that is
never closed ends with its line: one typing error must not put the rest of an article into somebody's mouth.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST = 4_000  # characters between two marks; longer ones in 919 news texts were all typing errors

_MARK = re.compile(r"``|''|[“”„«»\"‘’‚'`]")
_NEW_SENTENCE = re.compile(r"[.!?…]\s+$")
_BEFORE_OPENING = frozenset(" \t\n\r\u00a0([{—–-/“‘\"'„«")
_AFTER_CLOSING = frozenset(" \t\n\r\u00a0.,;:!?)]}—–-/”’\"'»…")
_DOUBLE_OPENING = {"“": "curly", "„": "low", "«": "angled", "``": "tex"}
_DOUBLE_CLOSING = {"”": ("curly", "low"), "»": ("angled",), "''": ("tex", "curly", "twice")}


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation with its marks (``start``, ``end``) and without them (``inner_start``, ``inner_end``); half-open offsets.

    ``closed`` is False where the closing mark is missing; ``continues`` where it is missing because the next paragraph opens
    anew.
    ``depth`` counts the quotations around this one; ``single`` says that its marks are single ones.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    depth: int
    single: bool
    closed: bool
    continues: bool = False


@dataclass(slots=True)
class _Open:
    kind: str
    start: int
    inner: int


def quotations(text: str) -> tuple[Quotation, ...]:
    """All quotations of a text by their start, the outer before the inner. Time is linear in the length of the text."""
    found: list[Quotation] = []
    stack: list[_Open] = []
    for match in _MARK.finditer(text):
        _take(text, match.group(), match.start(), match.end(), stack, found)
    while stack:
        _give_up(text, stack, found)
    return tuple(sorted(found, key=lambda q: (q.start, -q.end)))


def _take(text: str, mark: str, start: int, end: int, stack: list[_Open], found: list[Quotation]) -> None:
    before = text[start - 1] if start else "\n"
    after = text[end] if end < len(text) else "\n"
    while stack and start - stack[0].start > LONGEST:
        _give_up(text, stack, found, bottom=True)
    can_open = before in _BEFORE_OPENING and not after.isspace()
    can_close = not before.isspace() and (after in _AFTER_CLOSING or not after.isalnum())
    if mark in "‘’‚'`":
        _take_single(text, mark, start, can_open, can_close, stack, found)
    elif mark == "“" and any(o.kind == "low" for o in stack) and not can_open:  # German „...“
        _pop(("low",), start, end, text, stack, found)
    elif mark in _DOUBLE_OPENING:
        _push(text, _Open(_DOUBLE_OPENING[mark], start, end), stack, found)
    elif mark == '"':
        straight = any(o.kind in ("straight", "curly") for o in stack)
        at_line_start = not text[text.rfind("\n", 0, start) + 1 : start].strip()
        if (can_open and (not straight or not can_close or at_line_start)) or (not straight and not after.isspace()):
            _push(text, _Open("straight", start, end), stack, found)
        elif straight:
            _pop(("straight", "curly"), start, end, text, stack, found)
    elif mark == "''" and not any(o.kind in ("tex", "curly", "twice") for o in stack):
        if can_open:
            _push(text, _Open("twice", start, end), stack, found)
    else:
        kinds = _DOUBLE_CLOSING.get(mark, ())
        if any(o.kind in kinds for o in stack):
            _pop(kinds, start, end, text, stack, found)
        elif mark == "”" and any(o.kind == "straight" for o in stack):
            _pop(("straight",), start, end, text, stack, found)


def _take_single(
    text: str, mark: str, start: int, can_open: bool, can_close: bool, stack: list[_Open], found: list[Quotation]
) -> None:
    inside = any(o.kind == "single" for o in stack)
    if inside and mark in "’'" and can_close:
        _pop(("single",), start, start + 1, text, stack, found)
    elif not inside and can_open and mark in "‘‚'`" and _single_closes(text, start + 1):
        _push(text, _Open("single", start, start + 1), stack, found)


def _single_closes(text: str, start: int) -> bool:
    """Whether a single mark opened here is closed in its line: else it is an apostrophe ('em, '90s)."""
    line = text[start : start + 600].split("\n", 1)[0]
    if line[:1].isdigit() and line[2:3] == "s":
        return False
    return re.search(r"[^\s]['’](?=$|[\s.,;:!?)\]”\"—–-])", line) is not None


def _push(text: str, opened: _Open, stack: list[_Open], found: list[Quotation]) -> None:
    line_start = text.rfind("\n", 0, opened.start) + 1
    if (
        opened.kind != "single"
        and stack
        and stack[-1].kind == opened.kind
        and _NEW_SENTENCE.search(text, opened.start - 4, opened.start)
    ):
        last = stack.pop()  # the paragraphs of a quotation, run together in one line
        end = len(text[: opened.start].rstrip())
        found.append(_quotation(last, end, end, len(stack), closed=False, continues=True))
    elif opened.kind != "single" and not text[line_start : opened.start].strip():
        while stack and stack[-1].start < line_start:  # the opening mark repeated at the head of the next paragraph
            last = stack.pop()
            if last.kind == opened.kind:
                end = len(text[: opened.start].rstrip())
                found.append(_quotation(last, end, end, len(stack), closed=False, continues=True))
                break
            found.append(_unclosed(text, last, len(stack)))
    stack.append(opened)


def _pop(kinds: tuple[str, ...], start: int, end: int, text: str, stack: list[_Open], found: list[Quotation]) -> None:
    while stack and stack[-1].kind not in kinds:
        _give_up(text, stack, found)
    found.append(_quotation(stack.pop(), start, end, len(stack), closed=True))


def _give_up(text: str, stack: list[_Open], found: list[Quotation], *, bottom: bool = False) -> None:
    opened = stack.pop(0 if bottom else -1)
    found.append(_unclosed(text, opened, 0 if bottom else len(stack)))


def _unclosed(text: str, opened: _Open, depth: int) -> Quotation:
    line_end = text.find("\n", opened.inner)
    line_end = len(text) if line_end < 0 else line_end
    end = opened.inner + len(text[opened.inner : line_end].rstrip())
    return _quotation(opened, end, end, depth, closed=False)


def _quotation(opened: _Open, inner_end: int, end: int, depth: int, *, closed: bool, continues: bool = False) -> Quotation:
    inner_end = max(inner_end, opened.inner)
    return Quotation(
        opened.start, max(end, opened.inner), opened.inner, inner_end, depth, opened.kind == "single", closed, continues
    )
