"""Kills and crowds: ``python -m bench.archive_kills [--kills 200] [--minutes 5]``.

Kills: ``add`` is killed (SIGKILL) at random moments, with one and with two workers, and started again until it ends; the tables
must be those of an undisturbed run, row for row, and ``verify`` must find nothing. Crowd: two writers add, one compacts, four
readers read; in every snapshot the counts in ``runs`` must be those of the tables, and no row may miss its article.
Ends with 1 where one row is lost, doubled or torn. ``--reader`` kills the real reader instead of the stand-in.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import Any

import dragoman as dm
from bench import standin
from dragoman.archive import adding
from dragoman.archive.upkeep import compact
from dragoman.archive.verify import verify
from dragoman.errors import ArchiveError
from dragoman.settings import Settings

SMALL = Settings(batch_articles=12)  # so that an add of some hundred articles has many batches to be killed in
OF_THE_RUN = {"run", "added", "at"}  # columns that tell when and by whom a row was written
ROOT = Path(__file__).parents[1]


def add(archive: str, inputs: str, workers: int, reader: bool) -> None:
    """What the child process does."""
    opened = dm.Archive(archive, settings=SMALL)
    if reader:
        opened.add(inputs, workers=workers)
    else:
        adding.add(opened, [inputs], partial(standin.load, SMALL), workers=workers)


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
        missing, more = list(right), []
        for row in found.get(table, []):
            if row in missing:
                missing.remove(row)
            else:
                more.append(row)
        if missing or more:
            out[table] = (len(missing), len(more))
    return out


def start(what: str, *arguments: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "bench.archive_kills", f"--child={what}", *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, start_new_session=True)


def end(process: subprocess.Popen[bytes], whole_group: bool) -> None:
    """Kill the process alone, so that its workers must notice; or the group, as a machine that goes down would."""
    os.killpg(process.pid, signal.SIGKILL) if whole_group else process.kill()
    process.wait()


def kills(count: int, folder: Path, *, articles: int = 120, seed: int = 1, reader: bool = False, per_archive: int = 8) -> int:
    """Kill ``count`` adds; returns the number of archives that came out wrong."""
    inputs = folder / "inputs"
    standin.write_inputs(inputs, articles, seed)
    began = time.monotonic()
    add(str(folder / "reference"), str(inputs), 1, reader)
    alone = time.monotonic() - began
    expected = rows(dm.Archive(folder / "reference"))
    print(f"undisturbed: {sum(map(len, expected.values())):,} rows in {alone:.1f} s, then {count} kills", flush=True)
    rng, done, wrong, batches = random.Random(seed), 0, 0, 0
    while done < count:
        place = folder / f"killed-{done}"
        workers = 1 + done // per_archive % 2
        for _ in range(min(per_archive, count - done)):
            process = start("add", place, inputs, workers, int(reader))
            try:
                process.wait(rng.uniform(0.5, 2.0 + alone))
            except subprocess.TimeoutExpired:
                end(process, rng.random() < 0.5)
                done += 1
        batches += dm.Archive(place).snapshot().batch if dm.Archive(place).exists() else 0
        if start("add", place, inputs, workers, int(reader)).wait() != 0:
            print(f"{place}: add failed after the kills")
            wrong += 1
            continue
        archive = dm.Archive(place)
        found, problems = differences(rows(archive), expected), verify(archive)
        wrong += bool(found or problems)
        print(
            f"{done:4} kills, {workers} workers: "
            + (f"{found} {list(map(str, problems))}" if found or problems else "same rows"),
            flush=True,
        )
        shutil.rmtree(place)
    print(f"{done} kills over {batches} published batches: {wrong} archives with rows lost, doubled or wrong")
    return wrong


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
    a.add_argument("--child", choices=("add", "write", "read"), help=argparse.SUPPRESS)
    a.add_argument("arguments", nargs="*", help=argparse.SUPPRESS)
    o = a.parse_args()
    rest = o.arguments
    try:
        if o.child == "add":
            add(rest[0], rest[1], int(rest[2]), rest[3] == "1")
        elif o.child == "write":
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
