"""What an article's layout is made of: a role for each paragraph, and facts. ``layout`` and its steps fill them in turn."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from dragoman.read.lines import Line
from dragoman.records import Interval, SentenceKind

FINISHED = re.compile(r"[.!?…:;,][\"'”’»)\]]*$")
BULLET = re.compile(r"[-–—*•·‣▪◦>]\s|\(?\d{1,3}[.)]\s")
TITLE_LONGEST = 250  # characters
HEAD = 8  # paragraphs after the title among which byline, date and section stand
_MARKS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Role:
    """What one paragraph is. Its text runs from ``skip`` to ``stop`` (offsets into the paragraph; None: to its end)."""

    kind: SentenceKind | None
    what: str | None = None
    skip: int = 0
    stop: int | None = None
    credit: str | None = None


@dataclass(slots=True)
class Facts:
    """What titles, datelines and furniture say of the article; None and empty where they say nothing."""

    title: str | None = None
    outlet: str | None = None
    agency: str | None = None
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    minutes: int | None = None
    published: Interval | None = None
    years: str | None = None
    site_suffix: str | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """One role for each paragraph, and the facts."""

    roles: tuple[Role, ...]
    facts: Facts


@dataclass(slots=True)
class Draft:
    """A layout in the making: the role of a paragraph is None until one of the steps knows it."""

    lines: Sequence[Line]
    capitals: bool
    roles: list[Role | None]
    facts: Facts = field(default_factory=Facts)


def plain(words: str) -> str:
    """Words as they are compared: without marks, white space and case."""
    return _MARKS.sub("", words.casefold())


def same(one: str, other: str) -> bool:
    """Whether two lines say the same in the same words."""
    if len(one) > 2 * len(other) + 20 or len(other) > 2 * len(one) + 20:
        return False
    return plain(one) == plain(other) != ""
