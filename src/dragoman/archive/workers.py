"""Coding in several processes: each loads the reader once; outcomes come in the order of the tasks."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import connection, get_context, parent_process
from threading import Thread

from dragoman.archive.inputs import Coder, Outcome, Step, Task, code
from dragoman.errors import ArchiveError

Loader = Callable[[], Coder]
_AHEAD = 24  # tasks a worker that are handed out before the first is back: they go on being coded while a batch is written
_coder: list[Coder] = []  # of this worker process


def in_order(steps: Iterable[Step], load: Loader, workers: int) -> Iterator[Outcome]:
    """The outcomes of all steps, in their order. With one worker everything happens in this process.

    Raises ArchiveError where a worker process ends by itself (killed, or out of memory).
    """
    if workers <= 1:
        yield from _here(steps, load)
        return
    waiting: deque[Outcome | Future[Outcome]] = deque()
    with ProcessPoolExecutor(workers, get_context("spawn"), _begin, (load,)) as pool:
        try:
            for step in steps:
                waiting.append(pool.submit(_work, step) if isinstance(step, Task) else step)
                while waiting and (len(waiting) > workers * _AHEAD or _ready(waiting[0])):
                    yield _result(waiting.popleft())
            while waiting:
                yield _result(waiting.popleft())
        except BrokenProcessPool:
            raise ArchiveError(
                "a worker process ended before its work was done (killed, out of memory, or its reader could not be loaded); "
                "the batches published so far are in the archive; run it again, with fewer workers if memory is short"
            ) from None
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _here(steps: Iterable[Step], load: Loader) -> Iterator[Outcome]:
    coder: Coder | None = None
    for step in steps:
        if isinstance(step, Outcome):
            yield step
            continue
        coder = coder or load()
        yield code(step, coder)


def _ready(item: Outcome | Future[Outcome]) -> bool:
    return isinstance(item, Outcome) or item.done()


def _result(item: Outcome | Future[Outcome]) -> Outcome:
    return item if isinstance(item, Outcome) else item.result()


def _begin(load: Loader) -> None:
    Thread(target=_end_with_parent, daemon=True).start()
    _coder.append(load())


def _end_with_parent() -> None:
    """A parent that was killed cannot end its workers, and they would wait for it for ever."""
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def _work(task: Task) -> Outcome:
    return code(task, _coder[0])
