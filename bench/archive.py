"""The archive at size: ``python -m bench.archive [--short] [--events 10000000]``.

Synthetic events of states, from a seed: pairs heavy-tailed over all states of the codebook, days over thirty years with more in
the later ones, roots and modalities about as often as the coder gives them. They go into an archive in many appends, with
their event groups and articles; at one and at ten million it is compacted and measured: a pair's monthly series, filtered
queries of 1,000 rows, one row by its id, adding a batch of 1,000 articles' rows, bytes on disk. ``--short`` is for CI: fifty
and two hundred thousand events and no limits. Ends with 1 where a limit is not held.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute

import dragoman as dm
from bench import standin
from dragoman import codebook
from dragoman.archive import pairs, upkeep
from dragoman.archive.archive import new_run
from dragoman.archive.incoming import Incoming
from dragoman.archive.rows import conform, prepared
from dragoman.codebook import events as event_codebook
from dragoman.measure import series
from dragoman.read import from_text

DAYS = 30 * 365
FIRST = date(1996, 1, 1)
CHUNK = 250_000
LIMITS = {"series": 150.0, "filtered": 200.0, "batch": 1_000.0}  # milliseconds, at the largest size
MODALITIES = ("happened", "planned", "ongoing", "hypothetical", "denied")


@dataclass(frozen=True, slots=True)
class World:
    """What events are drawn from: pairs with their shares, roots, and sentences reduced to the stems that grouping keeps."""

    states: list[str]
    weights: np.ndarray[Any, Any]
    roots: list[Any]
    names: pa.Array
    words: pa.Array


def world(seed: int) -> World:
    """States in an order by chance; the share of the k-th falls with k to the power of 1.1, as that of states in news does."""
    rng = np.random.default_rng(seed)
    states = sorted({state.id for state in codebook.load().states})
    rng.shuffle(states)
    weights = 1.0 / np.arange(1, len(states) + 1) ** 1.1
    stems = np.array([f"{a}{b}{c}" for a in "bdfgklmnprst" for b in ("ar", "el", "in", "ov", "um") for c in "abcdefghik"])
    sentences = [" ".join(sorted(rng.choice(stems, 11))) for _ in range(200_000)]
    people = [
        f"{stem.title()} {other.title()}"
        for stem, other in zip(rng.choice(stems, 20_000), rng.choice(stems, 20_000), strict=True)
    ]
    roots = list(event_codebook.load().roots.values())
    return World(states, weights / weights.sum(), roots, pa.array(people), pa.array(sentences))


def hexes(rng: np.random.Generator, count: int) -> pa.Array:
    """Random ids of 16 hex digits."""
    digits = np.frombuffer(rng.bytes(8 * count).hex().encode(), dtype="S16")
    return pa.array(digits.tolist(), pa.binary()).cast(pa.string())


def days(rng: np.random.Generator, count: int) -> np.ndarray[Any, Any]:
    """Days since ``FIRST``: news of states grows over the years and falls on working days more often."""
    found = (DAYS * rng.power(1.8, count)).astype(np.int32)
    weekend = ((found + FIRST.weekday()) % 7 >= 5) & (rng.random(count) < 0.6)
    return np.clip(found - 2 * weekend, 0, DAYS - 1)


def chunk(w: World, count: int, seed: int) -> dict[str, pa.Table]:
    """Rows of ``events``, ``groups`` and ``articles``: five events an article, a fifth of the events told a second time."""
    rng = np.random.default_rng(seed)
    source = rng.choice(len(w.states), count, p=w.weights)
    target = rng.choice(len(w.states), count, p=w.weights)
    target = np.where(target == source, (target + 1 + rng.integers(0, 20, count)) % len(w.states), target)
    root = rng.choice(len(w.roots), count, p=np.arange(len(w.roots), 0, -1) / np.arange(1, len(w.roots) + 1).sum())
    articles = count // 5
    article = np.sort(rng.integers(0, articles, count))
    published = days(rng, articles)
    when = published[article] - rng.geometric(0.3, count).astype(np.int32)
    ids, documents = hexes(rng, count), hexes(rng, articles)
    epoch = (FIRST - date(1970, 1, 1)).days
    day = pa.array(when + epoch, pa.int32()).cast(pa.date32())
    told = pa.array(published + epoch, pa.int32()).cast(pa.date32())
    dated = pa.array(rng.random(count) < 0.85)
    at = rng.integers(0, 4_000, count).astype(np.int32)
    document = documents.take(pa.array(article))
    countries, codes = pa.array(w.states), [r.name for r in w.roots]

    def by_root(values: list[Any], kind: pa.DataType) -> pa.Array:
        return pa.array(values, kind).take(pa.array(root))

    def maybe(values: pa.Array) -> pa.Array:
        return pa.compute.if_else(dated, values, pa.nulls(count, values.type))

    null = pa.nulls(count, pa.string())
    events = pa.table(
        {
            "id": ids,
            "source_actor": countries.take(pa.array(source)),
            "source_text": w.names.take(pa.array(rng.integers(0, len(w.names), count))),
            "source_start": at,
            "source_end": at + 12,
            "source_country": countries.take(pa.array(source)),
            "source_sector": pa.array(["GOV", "MIL", "LEG", "CVL"]).take(
                pa.array(rng.integers(0, 4, count) * (rng.random(count) < 0.3))
            ),
            "target_actor": countries.take(pa.array(target)),
            "target_text": w.names.take(pa.array(rng.integers(0, len(w.names), count))),
            "target_start": at + 30,
            "target_end": at + 42,
            "target_country": countries.take(pa.array(target)),
            "target_sector": pa.array(["GOV"]).take(pa.array(np.zeros(count, dtype=np.int8))),
            "root": by_root(codes, pa.string()),
            "quad": by_root([r.quad for r in w.roots], pa.int8()),
            "cameo": by_root([r.cameo for r in w.roots], pa.string()),
            "intensity": by_root([r.intensity for r in w.roots], pa.float64()),
            "modality": pa.array(MODALITIES).take(pa.array(rng.choice(5, count, p=[0.6, 0.15, 0.1, 0.1, 0.05]))),
            "mutual": by_root([r.mutual for r in w.roots], pa.bool_()),
            "date_from": maybe(day),
            "date_to": maybe(day),
            "date_precision": maybe(pa.array(["day"]).take(pa.array(np.zeros(count, dtype=np.int8)))),
            "trigger_text": by_root([r.name.lower() + "ed" for r in w.roots], pa.string()),
            "trigger_start": at + 20,
            "trigger_end": at + 28,
            "score": np.round(rng.beta(5, 2, count), 4),
            "document": document,
            "sentence": (at // 150).astype(np.int32),
            "start": at,
            "end": at + 140,
            "words": w.words.take(pa.array(rng.integers(0, len(w.words), count))),
            "published": told.take(pa.array(article)),
            "origin": pa.array(["dragoman"]).take(pa.array(np.zeros(count, dtype=np.int8))),
            "models": null.fill_null("coder-1"),
            "codebook": null.fill_null("1"),
        }
    )
    again = np.where(rng.random(count) < 0.2, rng.integers(0, count, count), np.arange(count))
    groups = pa.table(
        {
            "event": ids,
            "group": ids.take(pa.array(again)),
            "source_country": events["source_country"],
            "target_country": events["target_country"],
            "joined_to": null,
            "reason": null.fill_null("first told"),
            "document": document,
        }
    )
    text = pa.compute.binary_join_element_wise(w.words.take(pa.array(rng.integers(0, len(w.words), articles))), documents, ". ")
    read = pa.table(
        {
            "id": documents,
            "document": documents,
            "published_from": told,
            "published_to": told,
            "text": text,
            "language": pa.repeat("en", articles),
        }
    )
    return {"events": events, "groups": groups, "articles": read}


def fill(archive: dm.Archive, w: World, events: int, seed: int) -> float:
    """Append so many events; returns the seconds of writing, without those of making them up."""
    spent = 0.0
    for number in range(0, events, CHUNK):
        made = chunk(w, min(CHUNK, events - number), seed + number)
        pa.default_memory_pool().release_unused()
        began = time.perf_counter()
        with archive.change(new_run("bench")) as change:
            for table, rows in made.items():
                change.append(table, conform(rows, table, change.run))
        spent += time.perf_counter() - began
    return spent


def timed(call: Callable[[], Any], repeat: int = 7) -> tuple[float, float]:
    """Milliseconds: of the first call, and the best of the next, since these machines are shared."""
    times = []
    for _ in range(repeat + 1):
        began = time.perf_counter()
        call()
        times.append((time.perf_counter() - began) * 1000)
    return times[0], min(times[1:])


def batch(archive: dm.Archive, seed: int) -> tuple[float, float]:
    """Milliseconds to put 1,000 coded articles into the archive: near-copies, event groups, discrepancies and commit, with all
    waiting for the lock; and those spent before, as the articles come, on what depends on each alone: its sketch, the words of
    its events, its rows. With several workers the one is done beside coding, and the other in the workers or between batches.
    """
    reader = standin.load()
    documents = standin.documents(1_020, seed)
    records = [reader.code(from_text(row["text"], published=row["published"] or None)) for row in documents]
    unique = list({record.article.id: record for record in records}.values())[:1_000]
    began = time.perf_counter()
    incoming = Incoming(prepared(record) for record in unique)
    made = time.perf_counter()
    assert archive.write(incoming) == len(unique)
    return (time.perf_counter() - made) * 1000, (made - began) * 1000


def measure(archive: dm.Archive, w: World, seed: int) -> dict[str, float]:
    """All figures of an archive as it stands."""
    first, second, tenth, middle = w.states[0], w.states[1], w.states[9], w.states[len(w.states) // 2]
    some = archive.query("select id, document from events using sample reservoir(1 rows) repeatable (7)").to_pylist()[0]
    until = (FIRST + timedelta(days=DAYS)).isoformat()
    asked: dict[str, Callable[[], Any]] = {
        "series, the largest pair": lambda: series(archive, first, second, by="month"),
        "series, a middling pair": lambda: series(archive, tenth, middle, by="month"),
        "1,000 rows: source, root": lambda: archive.events(source=tenth, root="SANCTION", limit=1_000),
        "1,000 rows: pair, years": lambda: archive.events(
            pair=f"{first}-{second}", since="2020-01-01", until=until, limit=1_000
        ),
        "1,000 rows: target, quad, year": lambda: archive.events(target=tenth, quad=4, since="2021-01-01", limit=1_000),
        "rows of one document": lambda: archive.events(document=some["document"]),
        "one row by its id": lambda: archive.query("select * from events where id = ?", [some["id"]]),
    }
    found: dict[str, float] = {}
    for name, call in asked.items():
        cold, warm = timed(call)
        found[name] = warm
        print(f"  {name:34} {warm:8.0f} ms   (first time {cold:.0f})", flush=True)
    found["batch"], found["batch, beside coding"] = batch(archive, seed)
    for name, words in (("batch", "batch of 1,000 articles"), ("batch, beside coding", "made of them beside coding")):
        print(f"  {words:34} {found[name]:8.0f} ms", flush=True)
    held = archive.snapshot().tables
    for table in ("events", "groups", "articles"):
        each = held[table].bytes / max(1, held[table].rows)
        found[f"bytes, {table}"] = each
        print(
            f"  bytes a row of {table:19} {each:8.1f}      {held[table].rows:,} rows in {len(held[table].parts)} files",
            flush=True,
        )
    beside = [pairs.place(archive.path, table, part) for table in pairs.COLUMNS for part in held[table].parts]
    found["bytes, pairs"] = sum(path.stat().st_size for path in beside if path.exists()) / max(1, held["events"].rows)
    print(f"  {'bytes an event beside the tables':34} {found['bytes, pairs']:8.1f}      to count pairs", flush=True)
    return found


def grow(folder: Path, sizes: list[int], seed: int) -> dict[int, dict[str, float]]:
    """An archive that grows from size to size, measured at each."""
    w = world(seed)
    archive, found = dm.Archive(folder), {}
    for size in sizes:
        held = archive.count("events") if archive.exists() else 0
        if held < size:
            spent = fill(archive, w, size - held, seed + size)
            print(f"{size:,} events: {spent:.0f} s to write {size - held:,}", flush=True)
            began = time.perf_counter()
            upkeep.compact(archive)
            print(f"  compacted in {time.perf_counter() - began:.0f} s", flush=True)
            upkeep.vacuum(archive, hours=0)
        found[size] = measure(archive, w, seed + size)
    return found


def missed(last: dict[str, float]) -> list[str]:
    """The limits that the largest size does not hold."""
    kinds = {
        name: "series" if name.startswith("series") else "filtered" for name in last if name.startswith(("series", "1,000"))
    }
    kinds["batch"] = "batch"
    return [
        f"{name}: {last[name]:.0f} ms, limit {LIMITS[kind]:.0f}" for name, kind in kinds.items() if last[name] > LIMITS[kind]
    ]


def main() -> int:
    a = argparse.ArgumentParser(prog="python -m bench.archive", description=__doc__)
    a.add_argument("--events", type=int, default=10_000_000)
    a.add_argument("--short", action="store_true", help="fifty and two hundred thousand events, no limits")
    a.add_argument("--keep", type=Path, help="make the archive here and leave it, or measure the one that is there")
    a.add_argument("--seed", type=int, default=1)
    o = a.parse_args()
    sizes = [50_000, 200_000] if o.short else [o.events // 10, o.events]
    folder = o.keep or Path(tempfile.mkdtemp(prefix="bench-archive-"))
    print(
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start; the first time of a query opens its files",
        flush=True,
    )
    try:
        found = grow(folder, sizes, o.seed)
    finally:
        if o.keep is None:
            shutil.rmtree(folder, ignore_errors=True)
    print(f"{'growth':36} {sizes[0]:>12,} {sizes[1]:>12,}   times")
    for name, value in found[sizes[0]].items():
        print(f"  {name:34} {value:12.1f} {found[sizes[1]][name]:12.1f}   {found[sizes[1]][name] / value:.1f}")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    over = [] if o.short else missed(found[sizes[1]])
    for line in over:
        print(f"above its limit: {line}", file=sys.stderr)
    return int(bool(over))


if __name__ == "__main__":
    sys.exit(main())
