"""Times against TimeBank and AQUAINT (TempEval-3): spans found and calendar intervals right, by kind of expression.

    python -m bench.times [--errors N]

How it counts:

* Gold is every marked expression whose value is a calendar interval: YYYY, YYYY-MM, YYYY-MM-DD, YYYY-Wnn (also with -WE),
  YYYY-Qn, YYYY-Hn, YYYY-SP/SU/FA/WI, a decade (199 or 199X), a century (19 or 19XX); times of day count as their day (T...,
  TMO, TNI). Not gold: durations and sets (P3Y, XXXX-...), PAST_REF, PRESENT_REF, FUTURE_REF, and values with an unknown part
  (1989-WXX, 1998-XX).
* Found is every expression that ``times`` gives with an interval. One that overlaps only marked expressions of the other sort
  is neither right nor wrong ("the past two months" is an interval here and P2M there); ``strict`` counts it as wrong. One
  that overlaps nothing marked is wrong in both.
* Spans: one to one, in order of the text, exact or with an overlap. Value: both days of the interval equal, over all of gold.
  TimeBank leaves the weeks and seasons without days: a week is Monday to Sunday, a season three calendar months from March.
* A range is one expression here and two in TimeBank ("from 1991 to 1997"): it counts as both, the first right where the first
  days agree, the second where the last days do.
* The grammar is written by hand, so a fifth of the documents (by hash of their id) was never read while writing it: ``held``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from bench.reference import folder
from dragoman.coding.times import times
from dragoman.coding.times.arithmetic import (
    Days,
    century_of,
    decade_of,
    half_of,
    month_of,
    quarter_of,
    season_of,
    week_of,
    year_of,
)
from dragoman.records import Time

_SEASONS = {"SP": 0, "SU": 1, "FA": 2, "WI": 3}


def held_out(document: str) -> bool:
    """Whether the document is in the fifth that was never read."""
    return int(hashlib.sha256(document.encode()).hexdigest(), 16) % 5 == 0


def interval(value: str) -> tuple[str, str, str] | None:
    """First day, last day and kind of a TIMEX3 value, None where it is no calendar interval."""
    value = re.sub(r"T.*$", "", value)
    days: Days | None = None
    kind = ""
    if m := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", value):
        day = date(*map(int, m.groups()))
        return day.isoformat(), day.isoformat(), "day"
    if m := re.fullmatch(r"(\d{4})-W(\d{1,2})(-WE)?", value):
        days = week_of(date.fromisocalendar(int(m[1]), int(m[2]), 1))
        kind = "weekend" if m[3] else "week"
        days = Days(days.end - timedelta(1), days.end, "range") if m[3] else days
    elif m := re.fullmatch(r"(\d{4})-(\d\d)", value):
        days, kind = month_of(int(m[1]), int(m[2])), "month"
    elif m := re.fullmatch(r"(\d{4})-Q([1-4])", value):
        days, kind = quarter_of(int(m[1]), int(m[2])), "quarter"
    elif m := re.fullmatch(r"(\d{4})-H([12])", value):
        days, kind = half_of(int(m[1]), int(m[2])), "half"
    elif m := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", value):
        days, kind = season_of(int(m[1]), _SEASONS[m[2]]), "season"
    elif re.fullmatch(r"\d{4}", value):
        days, kind = year_of(int(value)), "year"
    elif m := re.fullmatch(r"(\d{3})X?", value):
        days, kind = decade_of(int(m[1]) * 10), "decade"
    elif m := re.fullmatch(r"(\d\d)(?:XX)?", value):
        days, kind = century_of(int(m[1]) + 1), "century"
    return (days.start.isoformat(), days.end.isoformat(), kind) if days else None


@dataclass
class Score:
    gold: int = 0
    found: int = 0
    ignored: int = 0
    overlap: int = 0
    exact: int = 0
    value: int = 0
    kinds: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    errors: list[tuple[str, str]] = field(default_factory=list)

    def f1(self, right: int, strict: bool = False) -> float:
        found = self.found + (self.ignored if strict else 0)
        return 2 * right / (self.gold + found) if self.gold + found else 0.0


def score(documents: list[dict[str, Any]]) -> Score:
    """Counts over documents."""
    s = Score()
    for d in documents:
        gold = [(t["start"], t["end"], interval(t["value"]), t["value"]) for t in d["times"]]
        found = [t for t in times(d["text"], d["published"]) if t.from_ is not None]
        calendar = [g for g in gold if g[2]]
        found = [part for t in found for part in halves(t, calendar)]
        other = [g for g in gold if not g[2]]
        s.gold += len(calendar)
        used: set[int] = set()
        for start, end, value, raw in calendar:
            kind = s.kinds[value[2]]  # type: ignore[index]
            kind["gold"] += 1
            pick = next((k for k, t in enumerate(found) if k not in used and (t.start, t.end) == (start, end)), None)
            if pick is None:
                pick = next((k for k, t in enumerate(found) if k not in used and t.start < end and start < t.end), None)
            where = " ".join(d["text"][max(0, start - 90) : end + 50].split())
            words = d["text"][start:end]
            if pick is None:
                s.errors.append(("missed", f"{d['id']} {d['published']} [{words}|{raw}] {where}"))
                continue
            used.add(pick)
            t = found[pick]
            s.overlap += 1
            kind["overlap"] += 1
            same = (t.start, t.end) == (start, end)
            s.exact += same
            kind["exact"] += same
            if not same:
                s.errors.append(("span", f"[{words}] found [{t.text}] {where}"))
            if value and (t.from_, t.to) == value[:2]:
                s.value += 1
                kind["value"] += 1
            else:
                s.errors.append(
                    ("value", f"{d['id']} {d['published']} [{words}|{raw}] found {t.from_}..{t.to} {t.how} :: {where}")
                )
        for k, t in enumerate(found):
            if k in used:
                s.found += 1
            elif any(t.start < e and b < t.end for b, e, _, _ in other):
                s.ignored += 1
            else:
                s.found += 1
                where = " ".join(d["text"][max(0, t.start - 60) : t.end + 50].split())
                s.errors.append(("false", f"[{t.text}] {t.from_} {where}"))
    return s


def halves(t: Time, gold: list[tuple[int, int, Any, str]]) -> list[Time]:
    """A range as the two expressions that TimeBank marks in it, where it does; else the expression itself."""
    inside = [g for g in gold if t.start <= g[0] and g[1] <= t.end]
    if t.precision != "range" or len(inside) != 2 or inside[0][0] != t.start or inside[1][1] != t.end:
        return [t]
    (s0, e0, v0, _), (s1, e1, v1, _) = inside
    first = v0[1] if v0[0] == t.from_ else t.from_
    second = v1[0] if v1[1] == t.to else t.to
    return [
        replace(t, start=s0, end=e0, text=t.text[: e0 - s0], to=first),
        replace(t, start=s1, end=e1, text=t.text[s1 - t.start :], from_=second),
    ]


def show(name: str, s: Score, table: bool) -> None:
    p, r = s.overlap / max(s.found, 1), s.overlap / max(s.gold, 1)
    print(f"{name}: {s.gold} gold expressions")
    strict = s.f1(s.overlap, strict=True)
    print(f"  spans found      F1 {s.f1(s.overlap):.3f} (precision {p:.3f}, recall {r:.3f}), strict {strict:.3f}")
    print(f"  spans exact      F1 {s.f1(s.exact):.3f}, strict {s.f1(s.exact, strict=True):.3f}")
    print(f"  interval right   {s.value / max(s.gold, 1):.3f} of gold, {s.value / max(s.overlap, 1):.3f} of those found")
    if table:
        print(f"  {'kind':9} {'gold':>5} {'found':>6} {'exact':>6} {'interval':>8}")
        for kind, c in sorted(s.kinds.items(), key=lambda item: -item[1]["gold"]):
            n = c["gold"]
            print(f"  {kind:9} {n:5} {c['overlap'] / n:6.2f} {c['exact'] / n:6.2f} {c['value'] / n:8.2f}")


def read() -> list[dict[str, Any]]:
    """The marked documents. Raises ``Absent`` where the data is not on this machine."""
    path = folder() / "dates" / "timebank.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def figures() -> dict[str, float]:
    """What ``bench/floors.toml`` holds: over all documents, and over the fifth never read."""
    documents = read()
    whole, held = score(documents), score([d for d in documents if held_out(d["id"])])
    return {
        "spans": whole.f1(whole.overlap),
        "spans_exact": whole.f1(whole.exact),
        "interval": whole.value / whole.gold,
        "held_spans": held.f1(held.overlap),
        "held_interval": held.value / held.gold,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--errors", type=int, default=0, help="print so many errors of each sort, of the documents read")
    args = parser.parse_args()
    documents = read()
    dev = [d for d in documents if not held_out(d["id"])]
    test = [d for d in documents if held_out(d["id"])]
    began = time.process_time()
    everything = score(documents)
    spent = time.process_time() - began
    show("all", everything, True)
    development = score(dev)
    show("read", development, False)
    show("held", score(test), True)
    words = sum(len(d["text"].split()) for d in documents)
    print(f"speed: {1000 * spent / words * 400:.2f} ms for 400 words")
    by_sort = defaultdict(list)
    for sort, line in development.errors:
        by_sort[sort].append(line)
    for sort, lines in sorted(by_sort.items()):
        if args.errors:
            print(f"== {sort}: {len(lines)}")
            print("\n".join(lines[: args.errors]))


if __name__ == "__main__":
    main()
