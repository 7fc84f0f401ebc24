"""Contrast pairs: ``python -m bench.contrast [--profile default] [--wrong]``.

Two short texts of a pair use nearly the same words for different events (or different words for the same one): roles swapped,
denied, planned, only possible, put as a noun, without an agent, no event at all. ``bench/data/contrast.jsonl`` holds them, all
written for this project. Each line is a pair::

    {"id": "denied-01", "kind": "denied", "halves": [{
        "text": "...",
        "events": [[source, target, root, modality], ...],
        "absent": [[source, target, root or null, modality or null], ...],
        "allowed": [[source, target, root, modality], ...],
        "asserted_by": country or null}, ...]}

States are ISO alpha-3, IGO and NGO for organisations, XXX for nobody known. ``allowed`` (may be left out) names rows on which
careful readers differ, such as the hypothetical withdrawal in "urged X to withdraw". ``asserted_by`` (may be left out) is the
country of whoever asserts the half's events, null for the text itself; it has a figure of its own.

A half is right when every one of its events is found, no row is one of ``absent``, and no other row lies between two of the
states that the pair names. ``ongoing`` counts as happened; the direction of AGREE, CONSULT and COOPERATE does not count.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import dragoman as dm
from dragoman.codebook.events import MUTUAL

FILE = Path(__file__).parent / "data" / "contrast.jsonl"


@dataclass(frozen=True, slots=True, order=True)
class Row:
    """Source and target country, root and modality. In ``absent`` a root or modality of None is any."""

    source: str
    target: str
    root: str | None
    modality: str | None

    def __str__(self) -> str:
        return f"{self.source} {self.root or 'anything'} {self.target} ({self.modality or 'any'})"

    def covers(self, other: Row) -> bool:
        """Whether ``other`` is this row, in either order for the mutual roots."""
        straight = (self.source, self.target) == (other.source, other.target)
        turned = other.root in MUTUAL and (self.source, self.target) == (other.target, other.source)
        return (straight or turned) and self.root in (None, other.root) and self.modality in (None, other.modality)


@dataclass(frozen=True, slots=True)
class Half:
    text: str
    events: tuple[Row, ...]
    absent: tuple[Row, ...]
    allowed: tuple[Row, ...] = ()
    asserted_by: str | None = None
    tells_who: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    id: str
    kind: str
    halves: tuple[Half, Half]

    @property
    def states(self) -> frozenset[str]:
        """The countries that either half names in its rows."""
        rows = [r for h in self.halves for r in (*h.events, *h.absent, *h.allowed)]
        return frozenset(c for r in rows for c in (r.source, r.target))


@dataclass
class Kind:
    """Counts of one kind of pair."""

    pairs: int = 0
    right: int = 0
    halves: int = 0
    halves_right: int = 0


@dataclass
class Result:
    kinds: dict[str, Kind] = field(default_factory=lambda: defaultdict(Kind))
    told: int = 0
    told_right: int = 0
    wrong: list[str] = field(default_factory=list)

    def shares(self) -> dict[str, float]:
        """Shares of pairs with both halves right, of halves right, and of right asserters where a found row has one to tell."""
        kinds = list(self.kinds.values())
        return {
            "pairs": sum(k.right for k in kinds) / max(1, sum(k.pairs for k in kinds)),
            "halves": sum(k.halves_right for k in kinds) / max(1, sum(k.halves for k in kinds)),
            "asserted_by": self.told_right / max(1, self.told),
        }


def _rows(rows: Iterable[Sequence[str | None]]) -> tuple[Row, ...]:
    return tuple(Row(str(s), str(t), root, modality) for s, t, root, modality in rows)


def _half(h: dict[str, Any]) -> Half:
    rows = (_rows(h["events"]), _rows(h["absent"]), _rows(h.get("allowed", ())))
    return Half(h["text"], *rows, asserted_by=h.get("asserted_by"), tells_who="asserted_by" in h)


def load(file: Path = FILE) -> list[Pair]:
    """The pairs in the order of the file."""
    pairs = []
    for line in file.read_text("utf-8").splitlines():
        p = json.loads(line)
        first, second = p["halves"]
        pairs.append(Pair(p["id"], p["kind"], (_half(first), _half(second))))
    return pairs


def found(record: dm.Record) -> list[tuple[Row, str | None]]:
    """The record's events as rows, each with the country of whoever asserts it."""
    countries = {a.id: a.country or "XXX" for a in record.actors}
    out = []
    for e in record.events:
        modality = "happened" if e.modality == "ongoing" else e.modality
        by = None if e.asserted_by is None else countries.get(e.asserted_by, "XXX")
        out.append((Row(e.source.country or "XXX", e.target.country or "XXX", e.root, modality), by))
    return out


def faults(half: Half, states: frozenset[str], rows: Iterable[Row]) -> list[str]:
    """What is wrong with the rows given for a half; empty where it is right."""
    given = sorted(set(rows), key=str)
    out = [f"missed {want}" for want in half.events if not any(want.covers(r) for r in given)]
    for r in given:
        if any(want.covers(r) for want in (*half.events, *half.allowed)):
            continue
        if {r.source, r.target} <= states or any(a.covers(r) for a in half.absent):
            out.append(f"too much {r}")
    return out


def run(pairs: Iterable[Pair], reader: dm.Reader) -> Result:
    """Read both halves of every pair and count."""
    result = Result()
    for pair in pairs:
        kind, states, right = result.kinds[pair.kind], pair.states, 0
        for half in pair.halves:
            rows = found(reader.read_text(half.text))
            bad = faults(half, states, [r for r, _ in rows])
            right += not bad
            if bad:
                result.wrong.append(f"{pair.id}: {half.text}\n    " + "; ".join(bad))
            for want in half.events if half.tells_who else ():
                by = [who for r, who in rows if want.covers(r)]
                result.told += bool(by)
                result.told_right += half.asserted_by in by
        kind.pairs += 1
        kind.halves += 2
        kind.halves_right += right
        kind.right += right == 2
    return result


def figures() -> dict[str, float]:
    """Shares of pairs with both halves right, and of halves right."""
    return run(load(), dm.load()).shares()


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--profile", default="default")
    a.add_argument("--wrong", action="store_true", help="every wrong half with what is wrong")
    o = a.parse_args()
    result = run(load(), dm.load(profile=o.profile))
    shares = result.shares()
    print(f"{sum(k.pairs for k in result.kinds.values())} contrast pairs, share with both halves right {shares['pairs']:.3f}")
    print(f"  halves right {shares['halves']:.3f}   asserted by {shares['asserted_by']:.3f}")
    for name, k in result.kinds.items():
        print(f"  {name:14} pairs {k.right:3}/{k.pairs:<3}  halves {k.halves_right:3}/{k.halves}")
    for line in result.wrong if o.wrong else ():
        print(line)


if __name__ == "__main__":
    main()
