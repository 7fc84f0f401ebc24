"""Coding on a Ray cluster: Ray Data drives the same reader in actors; batches are published from here as ever.

The bytes of the inputs go to the actors, so a cluster needs Dragoman installed and no common file system.
"""

from __future__ import annotations

import logging
import pickle
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from dragoman.archive.inputs import Coder, Outcome, Step, Task, code
from dragoman.archive.workers import Loader
from dragoman.errors import ArchiveError, InputError, UsageError
from dragoman.settings import Settings

_TASKS = 20_000  # of one Ray data set: its actors load their reader once
_BYTES = 256 << 20  # of the inputs of one data set, which are held in memory here
_AT_ONCE = 8  # tasks that an actor takes at a time


def on_ray(steps: Iterable[Step], load: Loader, workers: int, address: str, settings: Settings) -> Iterator[Outcome]:
    """The outcomes of all steps, in their order, coded by ``workers`` actors of the cluster at ``address`` (or ``local``).

    Raises UsageError where Ray is not installed or the cluster cannot be reached, ArchiveError where actors are lost for good.
    """
    try:
        import ray
        import ray.data
        from ray.exceptions import RayError
    except ImportError:
        raise UsageError("--ray needs Ray, which is not installed; install dragoman[ray], or use --workers") from None
    started = not ray.is_initialized()
    if started:
        _start(ray, workers, address)
    try:
        left = iter(steps)
        while some := _some(left, settings):
            yield from _coded(ray, some, load, workers)
    except RayError as error:
        raise ArchiveError(
            f"the Ray cluster lost its work ({' '.join(str(error).split())[:200]}); the batches published so far are in the "
            "archive; run the same command again"
        ) from error
    finally:
        if started:
            ray.shutdown()


def _start(ray: Any, workers: int, address: str) -> None:
    quiet = {"log_to_driver": False, "logging_level": logging.ERROR, "configure_logging": False}
    try:
        if address == "local":
            ray.init(num_cpus=workers, include_dashboard=False, **quiet)
        else:
            ray.init(address=address, **quiet)
    except (ConnectionError, ValueError, RuntimeError) as error:
        raise UsageError(
            f"no Ray cluster at {address!r} ({' '.join(str(error).split())[:160]}); give its address, auto, or local"
        ) from None


def _some(left: Iterator[Step], settings: Settings) -> list[Step]:
    """The next steps, with the bytes of their inputs, as many as one data set takes."""
    found: list[Step] = []
    size = 0
    for step in islice(left, _TASKS):
        if isinstance(step, Task) and step.article is None:
            step = _with_bytes(step, settings)
            size += step.input.bytes
        found.append(step)
        if size > _BYTES:
            break
    return found


def _with_bytes(task: Task, settings: Settings) -> Task:
    source = task.input.source
    try:
        data = source.read_bytes(settings)
    except InputError as error:
        return replace(task, input=replace(task.input, source=replace(source, problem=error)))
    return replace(task, input=replace(task.input, source=replace(source, data=data)))


def _coded(ray: Any, steps: list[Step], load: Loader, workers: int) -> Iterator[Outcome]:
    tasks = [{"task": pickle.dumps(step)} for step in steps if isinstance(step, Task)]
    rows: Iterator[dict[str, Any]] = iter(())
    if tasks:
        context = ray.data.DataContext.get_current()
        context.execution_options.preserve_order = True
        context.enable_progress_bars = False
        data = ray.data.from_items(tasks, override_num_blocks=max(1, len(tasks) // _AT_ONCE)).map_batches(
            _Actor, fn_constructor_args=(load,), batch_size=_AT_ONCE, compute=ray.data.ActorPoolStrategy(size=workers)
        )
        rows = iter(data.iter_rows())
    for step in steps:
        yield step if isinstance(step, Outcome) else pickle.loads(next(rows)["outcome"])


class _Actor:
    """One process of the cluster, with a reader of its own."""

    def __init__(self, load: Loader) -> None:
        self.coder: Coder = load()

    def __call__(self, batch: dict[str, Any]) -> dict[str, list[bytes]]:
        return {"outcome": [pickle.dumps(code(pickle.loads(task), self.coder)) for task in batch["task"]]}
