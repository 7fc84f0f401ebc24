"""The lines around pictures: captions, credits, and the alternative texts that repeat them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from dragoman.read import captions
from dragoman.read.lines import Line
from dragoman.read.roles import FINISHED, Draft, Role, plain

_CAPTIONS = 200  # captions compared with each other; no article has more
_LONGEST = 400  # characters of a caption above a line that is only its credit
_ALT_SHORTEST = 12  # letters from which a caption's start is no chance


def place(draft: Draft) -> None:
    """Gives lines with a credit their role, and the alternative texts that stand before them."""
    lines, roles = draft.lines, draft.roles
    for i, line in enumerate(lines):
        role = roles[i]
        if role is not None and (role.kind is not None or line.tag != "caption"):
            continue
        alone = captions.credit_alone(line.words)
        if alone is not None:
            roles[i] = Role(None, "image credit")
            _credit_above(draft, i, alone)
            continue
        found = captions.credit(line.words)
        if found and len(re.findall(r"[.!?]\s", line.words[: found[0]])) <= 3:
            roles[i] = Role("caption", stop=found[0], credit=found[1])
        elif line.tag == "caption":
            roles[i] = Role("caption")
    _drop_repeated(draft)
    for i, (line, following) in enumerate(itertools.pairwise(lines)):
        if roles[i] is None and _is_alt(line, following):
            roles[i] = Role(None, "image alt text repeated in its caption")
            if roles[i + 1] is None:
                roles[i + 1] = Role("caption")


def _credit_above(draft: Draft, i: int, credit: str) -> None:
    """Gives a credit that is alone on its line to the caption above it."""
    if i == 0:
        return
    role, line = draft.roles[i - 1], draft.lines[i - 1]
    if role is None and len(line.words) <= _LONGEST and line.block == draft.lines[i].block:
        if line.tag == "caption" or not _mid_text(draft.lines, i - 1):
            draft.roles[i - 1] = Role("caption", credit=credit)
    elif role is not None and role.kind == "caption" and not role.credit:
        draft.roles[i - 1] = replace(role, credit=credit)


def _drop_repeated(draft: Draft) -> None:
    """A caption that another of the article's captions holds: the same picture shown twice."""
    captioned = [i for i, role in enumerate(draft.roles) if role is not None and role.kind == "caption"]
    seen: list[tuple[int, str]] = []
    for i in captioned[:_CAPTIONS]:
        words = plain(draft.lines[i].words)
        twin = next((k for k, (_, other) in enumerate(seen) if words.startswith(other) or other.startswith(words)), None)
        if twin is None:
            seen.append((i, words))
        elif len(words) > len(seen[twin][1]):
            draft.roles[seen[twin][0]] = Role(None, "repeated caption")
            seen[twin] = (i, words)
        else:
            draft.roles[i] = Role(None, "repeated caption")


def _mid_text(lines: Sequence[Line], i: int) -> bool:
    """The line follows another text line of its block: a sentence on its own line, not a caption."""
    return i > 0 and lines[i - 1].block == lines[i].block and bool(FINISHED.search(lines[i - 1].words))


def _is_alt(line: Line, following: Line) -> bool:
    """A picture's alternative text: the start of the caption below it, or the whole of it."""
    alt, caption = plain(line.words), plain(following.words)
    begins = following.block == line.block and len(alt) >= _ALT_SHORTEST and caption.startswith(alt)
    return begins and not re.search(r"[.!?]$", line.words)
