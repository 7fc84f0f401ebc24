"""From what a user names to articles that are new to the archive, and from an article to its record: the work of ``add``.

A ``Task`` is what one process does at a time: a file of one article, or one article of a file of many. Outcomes come in the
order of the tasks, so that an archive is the same however many processes coded it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Protocol

from dragoman.archive.rows import Read, prepared
from dragoman.errors import DragomanError, InputError
from dragoman.read import Source, items
from dragoman.read.language import name as language_name
from dragoman.read.sources import MANY, head_of, sniff
from dragoman.records import Article, Interval, Record
from dragoman.settings import Settings

_AHEAD = 256  # inputs, or articles of one input, that are looked for in the archive at once
_CHUNK = 1 << 20

Known = Callable[[str, Sequence[str]], set[str]]
"""``known("inputs", hashes)`` and ``known("articles", ids)``: those that the archive has."""


class Coder(Protocol):
    """What is needed of a reader; ``dm.load()`` gives one."""

    @property
    def settings(self) -> Settings: ...

    @property
    def profile(self) -> str: ...

    def code(self, article: Article) -> Record: ...


@dataclass(frozen=True, slots=True)
class Input:
    """One input, and the hash and number of its bytes (None and 0 where it cannot be opened)."""

    source: Source
    sha256: str | None = None
    bytes: int = 0

    @property
    def name(self) -> str:
        return self.source.name


@dataclass(frozen=True, slots=True)
class Task:
    """What to code: an article of an input of many, or the input's only one, which is then read first."""

    input: Input
    article: Article | None = None
    place: str | None = None
    published: Interval | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """Why an input or an article of it failed; ``document`` where the article is stored all the same (it is not English)."""

    words: str
    document: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a task, or what needed no coding: what was read, reasons of failures, articles passed over because the
    archive has them. ``ended``: the input was read to its end."""

    input: Input
    reads: tuple[Read, ...] = ()
    failures: tuple[Failure, ...] = ()
    passed: int = 0
    ended: bool = False


Step = Task | Outcome


def hashed(sources: Iterable[Source], settings: Settings) -> Iterator[Input | Outcome]:
    """Each input with its hash; one that cannot be opened is an outcome already."""
    for source in sources:
        try:
            yield _hashed(source, settings)
        except InputError as error:
            yield Outcome(Input(source), failures=(Failure(str(error)),))


def steps(
    found: Iterable[Input | Outcome],
    known: Known,
    settings: Settings,
    *,
    published: Interval | None = None,
    again: bool = False,
) -> Iterator[Step]:
    """What there is to do, in order. Inputs that were read to their end before are passed over (unless ``again``), and so are
    articles that the archive has, before they are coded."""
    met: set[str] = set()
    left = iter(found)
    while some := list(islice(left, _AHEAD)):
        hashes = [item.sha256 for item in some if isinstance(item, Input) and item.sha256]
        done = set() if again else known("inputs", hashes)
        for item in some:
            if isinstance(item, Outcome):
                yield item
            elif item.sha256 in done or item.sha256 in met:
                yield Outcome(item, passed=1)
            elif _holds_many(item.source):
                yield from _of_many(item, known, settings, published)
            else:
                yield Task(item, published=published)
        met.update(hashes)


def code(task: Task, coder: Coder) -> Outcome:
    """Read and code. Whatever goes wrong with one article is its own failure, and no other's."""
    item = task.input
    try:
        if task.article is not None:
            found: Iterable[Article | InputError] = (task.article,)
        else:
            data = item.source.read_bytes(coder.settings)
            item = replace(item, sha256=hashlib.sha256(data).hexdigest(), bytes=len(data))
            found = items(replace(item.source, data=data), coder.settings)
        reads: list[Read] = []
        failures: list[Failure] = []
        for article in found:
            if isinstance(article, InputError):
                failures.append(Failure(str(article)))
                continue
            place = task.place or item.name
            dated = replace(article, published=task.published) if task.published else article
            reads.append(prepared(coder.code(dated), place, item.sha256))
            if article.language not in (None, "en"):
                failures.append(_foreign(article, place))
    except Exception as error:
        # One odd article must not end a run over a million: it becomes a row of ``failures`` with the reason.
        return Outcome(task.input, failures=(_reason(error, task),))
    return Outcome(item, tuple(reads), tuple(failures), ended=task.article is None)


def _of_many(item: Input, known: Known, settings: Settings, published: Interval | None) -> Iterator[Step]:
    """The articles of a file of many, and at last that the file was read to its end."""
    number = 0
    try:
        left = items(item.source, settings)
        while some := list(islice(left, _AHEAD)):
            have = known("articles", [article.id for article in some if isinstance(article, Article)])
            for article in some:
                number += 1
                if isinstance(article, InputError):
                    yield Outcome(item, failures=(Failure(str(article)),))
                elif article.id in have:
                    yield Outcome(item, passed=1)
                else:
                    yield Task(item, article, f"{item.name}, article {number}", published)
    except DragomanError as error:
        yield Outcome(item, failures=(Failure(str(error)),))
        return
    yield Outcome(item, ended=True)


def _hashed(source: Source, settings: Settings) -> Input:
    path = source.path or Path(source.name)
    if source.data is not None or source.problem is not None or not path.is_file():
        data = source.read_bytes(settings)  # raises for what is no file, in its own words
        return Input(source, hashlib.sha256(data).hexdigest(), len(data))
    digest, size = hashlib.sha256(), 0
    try:
        with path.open("rb") as file:
            while block := file.read(_CHUNK):
                digest.update(block)
                size += len(block)
    except OSError as error:
        raise InputError(f"cannot be opened ({error.strerror}); check its path and permissions", source.name) from None
    return Input(source, digest.hexdigest(), size)


def _holds_many(source: Source) -> bool:
    return sniff(source.name, head_of(source)) in MANY


def _foreign(article: Article, place: str) -> Failure:
    language = language_name(article.language or "")
    return Failure(f"{place}: the text is in {language}; Dragoman codes English, so nothing was coded", article.id)


def _reason(error: Exception, task: Task) -> Failure:
    if isinstance(error, DragomanError):
        return Failure(str(error))
    words = " ".join(str(error).split())[:200]
    place = task.place or task.input.name
    return Failure(f"{place}: unexpected {type(error).__name__}: {words}; please report it with the input")
