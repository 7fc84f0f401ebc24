"""Event groups of a pair by period and kind, counted from what the archive keeps beside its tables (``archive.pairs``).

The same figures as the SQL of ``events`` and ``pair_series`` gives, row by row and in the same order, with numpy on columns of
codes: there is one definition, in SQL, and tests/measure/test_counted.py holds this one to it. Rows that only SQL can tell
apart (corrected into the pair, or imported with one row for each direction of a meeting) are left to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dragoman.archive.pairs import NO_DAY, PairRows
from dragoman.codebook.events import MUTUAL

EPOCH = date(1970, 1, 1).toordinal()
MODALITIES = ("happened", "ongoing", "planned", "hypothetical")  # in the order of what says most; any other comes after
DATED = ("article", "event", None)  # where the day of a group comes from
_UNITS = {"day": "D", "month": "M", "year": "Y"}
_DENSE = 1 << 22  # cells that may be counted in one array; with more of them they are sorted
_MARKS = 22  # bits of an id that tell quickly that no row of ``groups`` has it

Ints = NDArray[np.int64]
Days = NDArray[np.int32]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Told:
    """Event groups: the row that stands for each, its tellings, and the day of the first article that tells it."""

    row: Ints
    mentions: Ints
    told: Days


def imported_twice(rows: PairRows) -> bool:
    """Whether a meeting may be there once for each direction."""
    return any(
        kind[5] not in (None, "dragoman") and kind[0] in MUTUAL and bool((rows.kind == k).any())
        for k, kind in enumerate(rows.kinds)
    )


def count(rows: PairRows, by: str, since: date | None, until: date | None) -> pa.Table:
    """The cells of a series (``pair_series.cells``): how many groups each period has of each kind."""
    groups = _groups(rows)
    kind, forward = rows.kind[groups.row], rows.forward[groups.row]
    happened = np.array([values[3] in ("happened", "ongoing") for values in rows.kinds], dtype=bool)
    first, last = rows.date_from[groups.row], rows.date_to[groups.row]
    own = (happened[kind] & (first != NO_DAY)) | (groups.told == NO_DAY)
    begin = np.where(own, first, groups.told)
    end = np.where(own, np.where(last == NO_DAY, first, last), groups.told)
    unsaid = np.array([values[3] is None for values in rows.kinds], dtype=bool)[kind] & ~own & (first != NO_DAY)
    dated = np.where(own, np.where(first == NO_DAY, 2, 1), np.where(unsaid, 2, 0))
    columns = (begin, end, kind, forward, dated, groups.mentions)
    if since is not None or until is not None:
        lowest, highest = (None if day is None else day.toordinal() - EPOCH for day in (since, until))
        kept = (begin == NO_DAY) | ((lowest is None or end >= lowest) & (highest is None or begin <= highest))
        columns = tuple(column[kept] for column in columns)
    return _cells(rows.kinds, by, *columns)


# Groups


def _groups(rows: PairRows) -> _Told:
    """One entry a group: rows of no group, or alone in theirs, and of each other group the row that says most."""
    row, group = _members(rows)
    alone = np.ones(len(rows.id), dtype=bool)
    alone[row] = False
    single = np.flatnonzero(alone)
    if not len(row):
        return _Told(single, np.ones(len(single), dtype=np.int64), rows.published[single])
    order = np.argsort(group, kind="stable")
    row = row[order]
    begins = np.flatnonzero(np.diff(group[order], prepend=~group[order][:1]))
    many = _told_again(rows, row, begins)
    return _Told(
        np.concatenate((single, many.row)),
        np.concatenate((np.ones(len(single), dtype=np.int64), many.mentions)),
        np.concatenate((rows.published[single], many.told)),
    )


def _members(rows: PairRows) -> tuple[Ints, NDArray[np.uint64]]:
    """Rows in groups that have more than their first mention, and the groups, which have the id of that one."""
    event, group = np.concatenate((rows.event, rows.group)), np.concatenate((rows.group, rows.group))
    order = np.lexsort((group, event))
    event, group = event[order], group[order]
    once = np.ones(len(event), dtype=bool)
    once[1:] = (event[1:] != event[:-1]) | (group[1:] != group[:-1])
    event, group = event[once], group[once]
    # Ids are hashes, so their first bits mark most rows that are in no group without a search.
    shift = np.uint64(64 - _MARKS)
    marks = np.zeros(1 << _MARKS, dtype=bool)
    marks[event >> shift] = True
    near = np.flatnonzero(marks[rows.id >> shift])
    asked = rows.id[near]
    low, high = np.searchsorted(event, asked, "left"), np.searchsorted(event, asked, "right")
    times = high - low
    within = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
    return np.repeat(near, times), group[np.repeat(low, times) + within]


def _told_again(rows: PairRows, row: Ints, begins: Ints) -> _Told:
    """Of rows that lie group by group the one of each that stands for it: that it happened before that it was planned, then the
    narrowest date, the best score, the first id."""
    mentions = np.diff(begins, append=len(row))
    of = np.repeat(np.arange(len(begins)), mentions)
    weight = np.array([MODALITIES.index(k[3]) if k[3] in MODALITIES else len(MODALITIES) for k in rows.kinds], dtype=np.int64)
    first, last = rows.date_from[row].astype(np.int64), rows.date_to[row].astype(np.int64)
    known = (first != NO_DAY) & (last != NO_DAY)
    alive = np.ones(len(row), dtype=bool)
    most = np.iinfo(np.int64).max
    for key, top in (
        (weight[rows.kind[row]], most),
        (np.where(known, last - first, most), most),
        (-rows.score[row], np.inf),
        (rows.id[row], np.iinfo(np.uint64).max),
    ):
        least = np.minimum.reduceat(np.where(alive, key, top), begins)
        alive &= key == least[of]
    left = np.flatnonzero(alive)
    best = left[np.diff(of[left], prepend=-1) > 0]
    published = rows.published[row].astype(np.int64)
    told = np.minimum.reduceat(np.where(published == NO_DAY, most, published), begins)
    return _Told(row[best], mentions, np.where(told == most, NO_DAY, told).astype(np.int32))


# Cells


def _cells(
    kinds: Sequence[tuple[Any, ...]], by: str, begin: Days, end: Days, kind: Ints, forward: Flags, dated: Ints, mentions: Ints
) -> pa.Table:
    """Equal groups as one row with their number, in the order of the columns, nulls last."""
    periods, place, until = _periods(by, begin, end)
    fits = np.where(begin == NO_DAY, 2, (place == until).astype(np.int64))  # false, true, null
    alike, rank = _ranks(kinds)
    width = 3 * max(1, len(alike))
    code = place * width + fits * max(1, len(alike)) + rank[kind * 6 + forward * 3 + dated]
    if width * (len(periods) + 1) <= _DENSE:
        n, told = np.bincount(code), np.bincount(code, mentions)
        used = np.flatnonzero(n)
        n, told = n[used], told[used]
    else:
        used, back, n = np.unique(code, return_inverse=True, return_counts=True)
        told = np.bincount(back, mentions)
    at, rest = np.divmod(used, width)
    fit, same = np.divmod(rest, max(1, len(alike)))
    columns: dict[str, pa.Array] = {
        "period": pa.array([*periods.tolist(), None], pa.int32()).cast(pa.date32()).take(pa.array(at)),
        "fits": pa.array([False, True, None]).take(pa.array(fit)),
    }
    for k, (name, type_) in enumerate(_COLUMNS):
        columns[name] = pa.array([one[k] for one in alike], type_).take(pa.array(same))
    return pa.table({**columns, "n": pa.array(n, pa.int64()), "mentions": pa.array(told.astype(np.int64))})


_COLUMNS = (
    ("root", pa.string()),
    ("quad", pa.int32()),
    ("intensity", pa.float64()),
    ("modality", pa.string()),
    ("ab", pa.bool_()),
    ("ba", pa.bool_()),
    ("dated", pa.string()),
    ("imported", pa.bool_()),
)


def _ranks(kinds: Sequence[tuple[Any, ...]]) -> tuple[list[tuple[Any, ...]], Ints]:
    """What a cell can be, sorted, and the place there of each kind, direction and origin of the day."""
    every = []
    for root, quad, intensity, modality, mutual, origin in kinds:
        for forward in (False, True):
            for dated in DATED:
                both = bool(mutual)
                sides = (both or forward, both or not forward)
                every.append((root, quad, intensity, modality, *sides, dated, (origin or "dragoman") != "dragoman"))
    alike = sorted(set(every), key=_last)
    place = {one: k for k, one in enumerate(alike)}
    return alike, np.array([place[one] for one in every], dtype=np.int64)


def _last(values: tuple[Any, ...]) -> tuple[tuple[bool, Any], ...]:
    """A key that sorts nulls last."""
    return tuple((True, 0) if value is None else (False, value) for value in values)


def _periods(by: str, begin: Days, end: Days) -> tuple[Ints, Ints, Ints]:
    """The first days of the periods there are, and of each row the place there of its first and its last day; a row without a
    day has the place behind all."""
    known = begin != NO_DAY
    if not known.any():
        none = np.zeros(len(begin), dtype=np.int64)
        return np.empty(0, dtype=np.int64), none, none
    both = np.concatenate((begin[known], end[known]))
    first = int(both.min())
    days = np.arange(first, int(both.max()) + 1)
    starts = _starts(by, days)
    periods, of_day = np.unique(starts, return_inverse=True)
    places = [np.where(known, of_day[np.where(known, day - first, 0)], len(periods)) for day in (begin, end)]
    return periods, places[0], places[1]


def _starts(by: str, days: Ints) -> Ints:
    """The first day of the period that each day lies in; weeks begin on Monday, as 1970-01-01 was a Thursday."""
    if by == "week":
        return (days + 3) // 7 * 7 - 3
    if by == "quarter":
        months = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
        return (months // 3 * 3).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    return days.astype("datetime64[D]").astype(f"datetime64[{_UNITS[by]}]").astype("datetime64[D]").astype(np.int64)
