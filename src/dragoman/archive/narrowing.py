"""Reading little of a large archive: which files can hold rows of some days, which row groups rows of some states.

A file of ``events`` or ``groups`` says in its name from which day to which its rows are, so the files that a question or a
batch needs are known before any is opened. ``compact`` lays the rows in stretches of days, the newest short, since new articles
tell mostly of these; in a stretch they lie by pair. A file whose name says nothing (of an older archive) may hold any day.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

Days = tuple[date, date]
"""Two days, both included."""


@dataclass(frozen=True, slots=True)
class Within:
    """One batch of an archive by days (``Archive.reading``): ``relation`` is SQL to select from, a table's rows of some days,
    and others; ``files`` are the names of a table's files with their rows."""

    relation: Callable[[str, Collection[Days]], str]
    files: Callable[[str], Collection[tuple[str, int]]]


TABLES = ("events", "groups")
LONGEST = 400  # days from a row's first to its last; rows that last longer lie by themselves and widen no other stretch
STRETCH = 524_288  # rows of a stretch: 1,000 rows of some months lie in half as many row groups as with a million
FRESH = 131_072  # rows of each of the newest stretches: what a batch changes in one is that much written anew
FRESH_STRETCHES = 4
LOOK = 400_000  # rows looked at first for the nearest of many; about one stretch
STATES = 64  # with more of them hardly a row group is left out

_LATE = "case when date_from is null then published end"  # grouping takes the day of publication wherever no first day is told
FIRST_DAY = f"least(coalesce(date_from, date_to, published), {_LATE})"
LAST_DAY = f"greatest(coalesce(date_to, date_from, published), {_LATE})"
"""SQL of the first and last day that an event can be looked for at; null where it has none."""
_NAME = re.compile(r"part-(\d{4}-\d\d-\d\d)_(\d{4}-\d\d-\d\d)-")
_COUNTRY = "({0}_country is null or {0}_country in ({1}))"


def label(days: Days | None) -> str:
    """The part of a file's name that says its days."""
    return "" if days is None else f"{days[0].isoformat()}_{days[1].isoformat()}-"


def named(name: str) -> Days | None:
    """The days that a file's name says; None where it says none."""
    found = _NAME.match(name)
    return None if found is None else (date.fromisoformat(found[1]), date.fromisoformat(found[2]))


def may_hold(name: str, windows: Iterable[Days] | None) -> bool:
    """Whether a file can hold a row with a day in one of the windows; rows without a day are in no window."""
    days = named(name)
    return windows is None or days is None or any(first <= days[1] and last >= days[0] for first, last in windows)


def joined(windows: Iterable[Days]) -> list[Days]:
    """Windows that overlap made one."""
    found: list[Days] = []
    for first, last in sorted(windows):
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def span(several: Iterable[Days | None]) -> Days | None:
    """The first and the last of several days, those left out that are not known; None where none is."""
    known = [days for days in several if days is not None]
    return (min(first for first, _ in known), max(last for _, last in known)) if known else None


def all_known(several: Iterable[Days | None]) -> list[Days] | None:
    """Windows for rows of these days; None, which is every file, where one of them has no day."""
    listed = list(several)
    return None if None in listed else joined(days for days in listed if days is not None)


def looks(files: Collection[tuple[str, int]], window: Days, newest: bool) -> list[tuple[date, int]]:
    """Days on which files end (with ``newest`` begin), in the order in which they are met from the window's first day on (its
    last), each with the rows of all files that can hold a day of the window up to there; of a file that the window cuts, so
    many as its days in it let expect. Files that say no day are in each."""
    held = [(named(name), _inside(name, rows, window)) for name, rows in files if may_hold(name, [window])]
    known = [days for days, _ in held if days is not None]
    edges = sorted({first if newest else last for first, last in known}, reverse=newest)
    found = []
    for edge in edges:
        met = [rows for days, rows in held if days is None or (days[1] >= edge if newest else days[0] <= edge)]
        found.append((edge, sum(met)))
    return found


def _inside(name: str, rows: int, window: Days) -> int:
    """How many of a file's rows have a day of a window, were they spread evenly over its days."""
    days = named(name)
    if days is None:
        return rows
    within = (min(days[1], window[1]) - max(days[0], window[0])).days + 1
    return rows * within // ((days[1] - days[0]).days + 1)


def days_of(events: pa.Table) -> Days | None:
    """The first and the last day of rows of ``events``: ``FIRST_DAY`` and ``LAST_DAY`` of a table at hand."""
    since, until, published = events["date_from"], events["date_to"], events["published"]
    late = pc.if_else(pc.is_null(since), published, pa.scalar(None, published.type))
    first = pc.min(pc.min_element_wise(pc.coalesce(since, until, published), late)).as_py()
    last = pc.max(pc.max_element_wise(pc.coalesce(until, since, published), late)).as_py()
    return None if first is None or last is None else (first, last)


def cuts(counts: Sequence[tuple[date, int]]) -> list[date]:
    """The first day of every stretch but the oldest, from the rows of each day in order: from the newest backward, stretches of
    ``FRESH`` rows, then of ``STRETCH``. A day is never parted."""
    found: list[date] = []
    rows = 0
    for k in range(len(counts) - 1, 0, -1):
        rows += counts[k][1]
        if rows >= (FRESH if len(found) < FRESH_STRETCHES else STRETCH):
            found.append(counts[k][0])
            rows = 0
    return found[::-1]


def stretch(days: Sequence[date]) -> str:
    """SQL of the number of the stretch that a row with ``first_`` and ``last_`` lies in; rows that are long, or without a day,
    lie behind all others."""
    behind = f"when first_ is null or last_ - first_ > {LONGEST} then {len(days) + 1}"
    earlier = " ".join(f"when first_ < date '{day.isoformat()}' then {k}" for k, day in enumerate(days))
    return f"case {behind} {earlier} else {len(days)} end"


def between(sides: Collection[str | None]) -> str:
    """SQL that the countries of a row are among these, or not known; "true" where there are too many to be worth it."""
    if len(sides) > STATES:
        return "true"
    listed = ", ".join(_literals({side or "" for side in sides} | {"IGO", "NGO"}))
    return " and ".join(_COUNTRY.format(side, listed) for side in ("source", "target"))


def _literals(values: Collection[str]) -> Iterator[str]:
    for value in sorted(values):
        yield "'" + value.replace("'", "''") + "'"
