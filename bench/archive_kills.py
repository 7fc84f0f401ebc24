"""Kills and crowds: ``python -m bench.archive_kills [--kills 200] [--minutes 5]``.

Kills: ``add`` is killed (SIGKILL) at random moments, with one and with two workers, and started again until it ends by itself;
the tables must then be those of an undisturbed run with one worker, row for row, and ``verify`` must find nothing. One process
for each number of workers imports everything and loads the reader once; every add is a fork of it, which calls ``Archive.add``
(or ``adding.add``, for the stand-in) and is killed alone, so that its workers must notice, or with them, as a machine that goes
down would. Workers are started by ``add`` itself, as in any program. The moments are drawn evenly over the time that an
undisturbed add took, so they fall from the making of the archive to the last commit; an add that ends before its moment is no
kill, and its archive is the one that is compared. How many batches were published when kills fell is printed.

Crowd: two writers add, one compacts, four readers read; in every snapshot the counts in ``runs`` must be those of the tables,
and no row may miss its article. Ends with 1 where one row is lost, doubled or torn. ``--reader`` kills the real reader instead
of the stand-in.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from importlib import import_module
from multiprocessing import get_context
from multiprocessing.context import ForkProcess
from pathlib import Path
from typing import Any

import dragoman as dm
from bench import standin
from dragoman.archive import adding
from dragoman.archive.inputs import Coder
from dragoman.archive.upkeep import compact
from dragoman.archive.verify import verify
from dragoman.errors import ArchiveError
from dragoman.settings import Settings

SMALL = Settings(batch_articles=12)  # so that an add of some dozen articles has several batches to be killed in
OF_THE_RUN = {"run", "added", "at"}  # columns that tell when and by whom a row was written
ROOT = Path(__file__).parents[1]
FORK = get_context("fork")
LATE = ("duckdb", "deltalake.transaction", "deltalake.exceptions", "dragoman.archive.change")  # else imported by every fork


def add(archive: Path, inputs: str, workers: int, coder: Coder) -> None:
    """What a fork does until it is killed."""
    os.setsid()
    opened = dm.Archive(archive, settings=SMALL)
    if isinstance(coder, standin.StandIn):
        adding.add(opened, [inputs], (lambda: coder) if workers == 1 else partial(standin.load, SMALL), workers=workers)
    else:
        opened.add(inputs, reader=coder, workers=workers)


def rows(archive: dm.Archive) -> dict[str, list[str]]:
    """Every table but ``runs``, as sorted rows without what belongs to the run."""
    out = {}
    for table in archive.snapshot().tables:
        if table != "runs":
            found = archive.table(table)
            found = found.drop_columns([name for name in found.column_names if name in OF_THE_RUN])
            out[table] = sorted(repr(row) for row in found.to_pylist())
    return out


def differences(found: dict[str, list[str]], expected: dict[str, list[str]]) -> dict[str, tuple[int, int]]:
    """For each table that differs: rows lost, rows too many."""
    out = {}
    for table, right in expected.items():
        here, there = Counter(found.get(table, [])), Counter(right)
        if here != there:
            out[table] = ((there - here).total(), (here - there).total())
    return out


def start(what: str, *arguments: object) -> subprocess.Popen[bytes]:
    command = [
        sys.executable,
        "-W",
        "ignore:resource_tracker",
        "-m",
        "bench.archive_kills",
        f"--child={what}",
        *map(str, arguments),
    ]
    return subprocess.Popen(command, cwd=ROOT, start_new_session=True)


def kills(count: int, folder: Path, *, articles: int = 96, seed: int = 1, reader: bool = False) -> int:
    """Kill ``count`` adds, half of them with two workers; returns how many of the two processes found something wrong."""
    inputs = folder / "inputs"
    standin.write_inputs(inputs, articles, seed)
    shares = {workers: share for workers, share in ((1, count - count // 2), (2, count // 2)) if share}
    began = time.monotonic()
    lanes = [
        start("kills", folder / f"workers-{workers}", inputs, workers, share, seed, int(reader))
        for workers, share in shares.items()
    ]
    wrong = sum(lane.wait() != 0 for lane in lanes)
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(
        f"{count} kills in {time.monotonic() - began:.0f} s, {spent.ru_utime + spent.ru_stime:.0f} s of one core: "
        f"{'same rows' if not wrong else 'WRONG'}",
        flush=True,
    )
    return wrong


def killed(folder: Path, inputs: str, workers: int, count: int, seed: int, coder: Coder) -> int:
    """``count`` kills with so many workers; returns the archives that came out wrong. Nothing here opens an archive but in a
    fork: delta-rs cannot be used on both sides of one."""
    folder.mkdir()
    for module in LATE:
        import_module(module)
    undisturbed(folder / "reference", inputs, 1, coder)
    expected: dict[str, list[str]] = apart(lambda: rows(dm.Archive(folder / "reference")))
    length = undisturbed(folder / "alone", inputs, workers, coder)
    problem, batches = apart(lambda: compared(folder / "alone", expected))
    print(f"{workers} workers: {sum(map(len, expected.values())):,} rows, {batches} batches, {length:.1f} s alone", flush=True)
    rng, done, archives, wrong = random.Random(seed + workers), 0, 0, int(bool(problem))
    fell: Counter[int] = Counter()
    while done < count:
        place = folder / f"killed-{archives}"
        archives += 1
        code, began = None, time.monotonic()
        while code is None:  # until it ends by itself
            process = forked(add, place, inputs, workers, coder)
            if done < count:
                process.join(rng.uniform(0, length))
                if ended(process, rng.random() < 0.5):
                    done, began = done + 1, 0.0
                    fell[published(place)] += 1
                    continue
            process.join()
            code = process.exitcode
        if began:  # never killed: it is known anew how long an add takes while others use the machine
            length = min(length, time.monotonic() - began)
        problem = f"add ended with {code}" if code else apart(lambda: compared(place, expected))[0]  # noqa: B023
        wrong += bool(problem)
        if problem:
            print(f"{workers} workers, {done} kills, {place}: {problem}", flush=True)
        shutil.rmtree(place)
    moments = ", ".join(f"{batch}: {times}" for batch, times in sorted(fell.items()))
    print(
        f"{workers} workers: {done} kills in {archives} archives, {wrong} with rows lost, doubled or wrong; kills by batches "
        f"published: {moments}",
        flush=True,
    )
    return wrong


def undisturbed(place: Path, inputs: str, workers: int, coder: Coder) -> float:
    """Add everything once; the seconds that it took."""
    began = time.monotonic()
    process = forked(add, place, inputs, workers, coder)
    process.join()
    if process.exitcode:
        raise ArchiveError(f"an undisturbed add ended with {process.exitcode}")
    return time.monotonic() - began


def forked(call: Callable[..., None], *given: Any) -> ForkProcess:
    process = FORK.Process(target=call, args=given)
    process.start()
    return process


def apart(call: Callable[[], Any]) -> Any:
    """What a call gives in a fork."""
    here, there = FORK.Pipe(duplex=False)
    process = forked(lambda: there.send(call()))
    there.close()
    answer = here.recv()
    process.join()
    return answer


def ended(process: ForkProcess, whole_group: bool) -> bool:
    """Kill the process alone, or with its group; False where it had ended before."""
    assert process.pid is not None
    try:
        os.killpg(process.pid, signal.SIGKILL) if whole_group and process.exitcode is None else process.kill()
    except ProcessLookupError:  # it is so young that it has no group
        process.kill()
    process.join()
    return process.exitcode == -signal.SIGKILL


def published(place: Path) -> int:
    """The batches that an archive has, by the names in its log; -1 where there is no archive yet."""
    store = dm.Archive(place).store
    return store.batch() if store.exists() else -1


def compared(place: Path, expected: dict[str, list[str]]) -> tuple[str, int]:
    """What is wrong with an archive ("" for nothing), and its batches."""
    archive = dm.Archive(place)
    found, problems = differences(rows(archive), expected), verify(archive)
    return (f"{found} {list(map(str, problems))}" if found or problems else ""), archive.snapshot().batch


def write(archive: str, seed: int, seconds: float) -> None:
    """A writer of the crowd: adds batch after batch of new articles, and now and then compacts."""
    ends = time.monotonic() + seconds
    opened = dm.Archive(archive, settings=SMALL)
    turn = 0
    while time.monotonic() < ends:
        with tempfile.TemporaryDirectory() as folder:
            inputs = standin.write_inputs(Path(folder), 36, seed + turn)
            adding.add(opened, inputs, partial(standin.load, SMALL))
        turn += 2
        if seed % 2 and turn % 10 == 0:
            compact(opened)


def read(archive: str, seconds: float) -> int:
    """A reader of the crowd: the number of torn snapshots it saw."""
    ends, torn, seen, batches = time.monotonic() + seconds, 0, 0, set()
    opened = dm.Archive(archive)
    while time.monotonic() < ends:
        if not opened.exists():
            time.sleep(0.01)
            continue
        counts = opened.query(
            "select (select count(*) from articles) = (select coalesce(sum(articles), 0) from runs) and "
            "(select count(*) from events) = (select coalesce(sum(events), 0) from runs) and "
            "(select count(*) from groups) = (select count(*) from events) and "
            "not exists (from events anti join articles on articles.id = events.document) as whole"
        )
        torn += not counts["whole"][0].as_py()
        seen += 1
        batches.add(opened.snapshot().batch)
    print(f"reader: {seen} reads of {len(batches)} batches, {torn} torn", flush=True)
    return torn


def crowd(seconds: float, folder: Path) -> int:
    """Two writers and four readers at once; returns the number of processes that saw or did something wrong."""
    place = folder / "crowd"
    processes = [start("write", place, 10_000 + k, seconds) for k in (0, 1)] + [start("read", place, seconds) for _ in range(4)]
    wrong = sum(process.wait() != 0 for process in processes)
    archive = dm.Archive(place)
    problems = verify(archive)
    counts: dict[str, Any] = {table: archive.count(table) for table in ("articles", "events", "runs")}
    print(
        f"two writers and four readers, {seconds:.0f} s: {counts}, {wrong} failed, verify: {[*map(str, problems)] or 'clean'}"
    )
    return wrong + len(problems)


def main() -> int:
    a = argparse.ArgumentParser(prog="python -m bench.archive_kills", description=__doc__)
    a.add_argument("--kills", type=int, default=200)
    a.add_argument("--minutes", type=float, default=5.0)
    a.add_argument("--reader", action="store_true")
    a.add_argument("--seed", type=int, default=1)
    a.add_argument("--child", choices=("kills", "write", "read"), help=argparse.SUPPRESS)
    a.add_argument("arguments", nargs="*", help=argparse.SUPPRESS)
    o = a.parse_args()
    rest = o.arguments
    try:
        if o.child == "kills":
            coder: Coder = dm.load() if rest[5] == "1" else standin.load(SMALL)
            workers, count, seed = map(int, rest[2:5])
            return int(killed(Path(rest[0]), rest[1], workers, count, seed, coder) > 0)
        if o.child == "write":
            write(rest[0], int(rest[1]), float(rest[2]))
        elif o.child == "read":
            return int(read(rest[0], float(rest[1])) > 0)
    except ArchiveError as error:
        print(error, file=sys.stderr)
        return 1
    if o.child:
        return 0
    with tempfile.TemporaryDirectory() as folder:
        wrong = kills(o.kills, Path(folder), seed=o.seed, reader=o.reader) if o.kills else 0
        wrong += crowd(o.minutes * 60, Path(folder)) if o.minutes else 0
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
