"""Adding: articles read, coded and published in batches, so that stopping at any point loses no batch and doubles none.

A batch is one transaction: its articles with all their rows, the inputs that ended in it, the failures met. An input that ended
is passed over the next time; of one that did not, the articles that the archive has are passed over, the others coded.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from os import PathLike
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from dragoman.archive.archive import Archive, Run, counted, new_run
from dragoman.archive.change import Change
from dragoman.archive.incoming import Incoming
from dragoman.archive.inputs import Failure, Outcome, hashed, steps
from dragoman.archive.upkeep import settle
from dragoman.archive.workers import Loader, in_order
from dragoman.errors import UsageError
from dragoman.read.sources import Source, sources
from dragoman.records import Interval


@dataclass(frozen=True, slots=True)
class Added:
    """What one ``add`` did. ``passed`` counts inputs and articles that the archive had already; ``failures`` are reasons."""

    run: str
    articles: int
    events: int
    passed: int
    failures: tuple[Failure, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an ``add`` has come; ``left`` is an estimate in seconds, None as long as there is nothing to estimate from."""

    inputs: int
    of: int
    articles: int
    failed: int
    rate: float  # articles a second
    left: float | None
    doing: str


@dataclass(slots=True)
class _Batch:
    incoming: Incoming = field(default_factory=Incoming)
    ended: list[dict[str, Any]] = field(default_factory=list)  # rows of ``inputs``
    failures: list[dict[str, Any]] = field(default_factory=list)  # rows of ``failures``
    touched: set[str] = field(default_factory=set)  # inputs that this run met first in this batch

    @property
    def size(self) -> int:
        return max(self.incoming.given, len(self.failures), len(self.ended))


Tell = Callable[[Progress], None]


def add(
    archive: Archive,
    paths: Iterable[str | PathLike[str]],
    load: Loader,
    *,
    workers: int = 1,
    ray: str | None = None,
    profile: str | None = None,
    published: Interval | None = None,
    retry: bool = False,
    tell: Tell | None = None,
) -> Added:
    """Add what the paths name (files, folders, globs) to the archive.

    ``load`` makes the reader, once in each process. ``workers`` processes code; the tables are the same with any number.
    ``ray`` is the address of a Ray cluster, or ``local``. ``retry`` takes the inputs of the table ``failures``, not paths.
    ``tell`` is called after every outcome. Raises ArchiveError where the archive cannot be written; batches published before
    stay. An input that cannot be read is no error here: it is a row of ``failures``, and its reason is in the result.
    """
    if workers < 1:
        raise UsageError(f"{workers} workers were asked for; give 1 or more")
    named = failed_inputs(archive) if retry else list(paths)
    found = list(sources(str(path) for path in named))
    job = _Job(archive, new_run("add --retry-failed" if retry else "add", profile), found, tell)
    todo = steps(
        hashed(found, archive.settings),
        lambda table, values: archive.known(table, _KEYS[table], values),
        archive.settings,
        published=published,
        again=retry,
    )
    if ray is None:
        return job.done(in_order(todo, load, workers))
    from dragoman.archive.rays import on_ray

    return job.done(on_ray(todo, load, workers, ray, archive.settings))


_KEYS = {"inputs": "input_sha256", "articles": "id"}


def failed_inputs(archive: Archive) -> list[str]:
    """The inputs of the table ``failures``, each once, in order; not those of stored articles (not English)."""
    if not archive.exists():
        return []
    failures = archive.table("failures")
    return sorted(set(failures.filter(pc.is_null(failures["document"]))["input"].to_pylist()))


class _Job:
    """One ``add``: gathers outcomes into batches and publishes them."""

    def __init__(self, archive: Archive, run: Run, found: Sequence[Source], tell: Tell | None) -> None:
        self.archive, self.run, self.tell = archive, run, tell
        self.meter = Meter(len(found), sum(_size(source) for source in found))
        self.batch = _Batch()
        self.passed = 0
        self.failures: list[Failure] = []
        self.touched: set[str] = set()  # inputs of which this run has published something
        self.counts: dict[str, list[int]] = {}  # articles and failures of inputs that have not ended

    def done(self, outcomes: Iterable[Outcome]) -> Added:
        """Take all outcomes, publish the batches, and say what was done."""
        try:
            for outcome in outcomes:
                self._take(outcome)
                if self.batch.size >= self.archive.settings.batch_articles:
                    self._publish("stopped")
                    settle(self.archive)
        except KeyboardInterrupt:
            self._publish("stopped")  # what is coded is kept
            raise
        self._publish("done")
        run = self.run
        return Added(run.id, run.articles, run.events, self.passed, tuple(self.failures), self.meter.seconds)

    def _take(self, outcome: Outcome) -> None:
        batch, name = self.batch, outcome.input.name
        self.passed += outcome.passed
        self.failures += outcome.failures
        self.meter.take(outcome)
        counts = self.counts.setdefault(name, [0, 0])
        counts[0] += len(outcome.reads) + outcome.passed
        counts[1] += sum(failure.document is None for failure in outcome.failures)
        if outcome.reads or outcome.failures or outcome.ended:
            for read in outcome.reads:
                batch.incoming.take(read)
            batch.failures += [_failure(outcome, reason) for reason in outcome.failures]
            if name not in self.touched:
                self.touched.add(name)
                batch.touched.add(name)
        if outcome.ended:
            batch.ended.append(_ended(outcome, *self.counts.pop(name)))
        if self.tell is not None:
            self.tell(self.meter.progress(outcome, len(self.failures)))

    def _publish(self, status: str) -> None:
        batch, self.batch = self.batch, _Batch()
        now = datetime.now(UTC)
        with self.archive.store.change(self.run.id, self.archive.settings.lock_seconds) as change:
            new = self.archive.put(change, batch.incoming, now)
            self.passed += batch.incoming.given - len(new)
            stored = {None, *new}
            failures = [row for row in batch.failures if row["document"] in stored]  # else another writer has it
            for table, noted in (("inputs", batch.ended), ("failures", failures)):
                self._forget(change, table, batch.touched)
                change.append(table, [{**row, "at": now} for row in noted])
            self.run = counted(self.run, articles=len(new), events=sum(new.values()), failed=len(failures))
            self.archive.note(change, self.run, status)

    def _forget(self, change: Change, table: str, names: set[str]) -> None:
        """Take out what an earlier run said of these inputs, but for failures of an article that is stored: that is not met
        again, because its article is passed over."""
        if known := self.archive.known(table, "input", sorted(names), change):
            earlier = pa.array(sorted(known), pa.string())
            change.remove(
                table, lambda rows: pc.or_(pc.is_valid(rows["document"]), pc.invert(pc.is_in(rows["input"], earlier)))
            )


def _failure(outcome: Outcome, reason: Failure) -> dict[str, Any]:
    return {
        "input": outcome.input.name,
        "input_sha256": outcome.input.sha256,
        "reason": reason.words,
        "document": reason.document,
    }


def _ended(outcome: Outcome, articles: int, failed: int) -> dict[str, Any]:
    item = outcome.input
    return {"input": item.name, "input_sha256": item.sha256, "bytes": item.bytes, "articles": articles, "failed": failed}


class Meter:
    """Rate and time left, from the bytes of the inputs: a file may hold one article or a million."""

    def __init__(self, inputs: int, size: int) -> None:
        self._began = time.monotonic()
        self._inputs, self._size = inputs, size
        self._ended = self._bytes = self._within = self._articles = 0

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._began

    def take(self, outcome: Outcome) -> None:
        item = outcome.input
        if outcome.passed and not outcome.ended and item.bytes:
            self._size = max(0, self._size - item.bytes) if not outcome.reads else self._size
        self._articles += len(outcome.reads)
        self._within += sum(len(read.record.article.text) for read in outcome.reads)
        if outcome.ended:
            self._ended += 1
            self._bytes += item.bytes
            self._within = 0

    def progress(self, outcome: Outcome, failed: int) -> Progress:
        seconds = max(self.seconds, 1e-9)
        done = self._bytes + self._within
        left = seconds * (self._size - done) / done if 0 < done < self._size and seconds > 1 else None
        rate = self._articles / seconds
        return Progress(self._ended, self._inputs, self._articles, failed, rate, left, outcome.input.name)


def _size(source: Source) -> int:
    if source.data is not None:
        return len(source.data)
    try:
        return (source.path or Path(source.name)).stat().st_size
    except OSError:
        return 0
