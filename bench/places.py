"""Places: the country of 348 names of places in sentences of our own, on all continents.

    python -m bench.places [--errors]

``bench/data/places.jsonl`` holds a sentence, the offsets of one name in it, and the country that it belongs to; null for a
sea, and for words that are no place. Right means the same country, and nothing for null. The cases are split by country (hash
of the code): those of ``held`` were not looked at while writing the rules. Cases about one name in two countries ("Tripoli")
are shown apart.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import time
from collections import Counter
from pathlib import Path
from typing import Any

from dragoman.codebook import load
from dragoman.coding.places.events import Places
from dragoman.records import Article, Sentence, content_id

CASES = Path(__file__).resolve().parent / "data" / "places.jsonl"


def held_out(country: str | None) -> bool:
    """Whether the cases of a country were kept from the eyes of the rules' author."""
    return int(hashlib.sha256((country or "none").encode()).hexdigest(), 16) % 3 == 0


def article(text: str) -> Article:
    """A sentence as an article of its own."""
    return Article(content_id(text), None, None, (), "en", None, None, (), None, text, (Sentence(0, "body", 0, len(text)),))


def answer(places: Places, case: dict[str, Any]) -> str | None:
    """The country found for the case's name, None for none."""
    for named in places.find(case["text"], states=True):
        if named.start < case["end"] and case["start"] < named.end:
            place = places.resolve(named, article(case["text"]))
            return place.country if place else None
    return None


def cases() -> list[dict[str, Any]]:
    """The cases of ``bench/data/places.jsonl``."""
    return [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]


def tally(rows: list[dict[str, Any]]) -> tuple[dict[str, list[int]], list[str]]:
    """Right and total by group, and the wrong ones of the countries that were looked at."""
    places = Places(load())
    names = Counter(c["mention"] for c in rows)
    counts: dict[str, list[int]] = {}
    wrong = []
    for case in rows:
        found = answer(places, case)
        right = found == case["country"]
        groups = ["all", "held" if held_out(case["country"]) else "read"]
        groups += ["null"] if case["country"] is None else []
        groups += ["ambiguous"] if names[case["mention"]] > 1 else []
        for group in groups:
            counts.setdefault(group, [0, 0])
            counts[group][0] += right
            counts[group][1] += 1
        if not right and not held_out(case["country"]):
            wrong.append(f"{case['country']} found {found}: {case['text']}")
    return counts, wrong


def figures() -> dict[str, float]:
    """What ``bench/floors.toml`` holds."""
    counts, _ = tally(cases())
    return {"country": counts["all"][0] / counts["all"][1], "held_country": counts["held"][0] / counts["held"][1]}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--errors", action="store_true", help="print the wrong cases of the countries that were looked at")
    args = parser.parse_args()
    rows = cases()
    began = time.perf_counter()
    counts, wrong = tally(rows)
    spent = time.perf_counter() - began
    for group in ("all", "read", "held", "ambiguous", "null"):
        right, total = counts.get(group, [0, 0])
        print(f"{group:10} {right:4} of {total:4}  {right / max(total, 1):.3f}")
    print(f"{1000 * spent / len(rows):.2f} ms a sentence, loading included")
    if args.errors:
        print("\n".join(wrong))


if __name__ == "__main__":
    main()
