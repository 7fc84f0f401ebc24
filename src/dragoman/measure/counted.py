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
    kind, forward = rows.kind.take(groups.row), rows.forward.take(groups.row)
    happened = np.array([values[3] in ("happened", "ongoing") for values in rows.kinds], dtype=bool)
    unsaid = np.array([values[3] is None for values in rows.kinds], dtype=bool)
    first, last = rows.date_from.take(groups.row), rows.date_to.take(groups.row)
    known = first != NO_DAY
    own = (happened[kind] & known) | (groups.told == NO_DAY)
    begin = np.where(own, first, groups.told)
    end = np.where(own & (last != NO_DAY), last, begin)
    dated = own.astype(np.int64)
    dated[own & ~known] = 2
    if unsaid.any():
        dated[unsaid[kind] & ~own & known] = 2
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
    grouped = np.zeros(len(rows.id), dtype=bool)
    grouped[row] = True
    order = np.argsort(group)
    row, group = row[order], group[order]
    begins = np.flatnonzero(_firsts(group))
    mentions = np.diff(begins, append=len(row))
    several = np.repeat(mentions > 1, mentions)  # of most groups the pair has one row, which stands for it
    many = _told_again(rows, row[several], np.flatnonzero(_firsts(group[several])))
    single = np.concatenate((np.flatnonzero(~grouped), row[~several]))
    return _Told(
        np.concatenate((single, many.row)),
        np.concatenate((np.ones(len(single), dtype=np.int64), many.mentions)),
        np.concatenate((rows.published[single], many.told)),
    )


def _firsts(values: NDArray[Any]) -> Flags:
    """Which of sorted values are the first of their equals."""
    found = np.ones(len(values), dtype=bool)
    found[1:] = values[1:] != values[:-1]
    return found


def _members(rows: PairRows) -> tuple[Ints, NDArray[np.uint64]]:
    """Rows in groups that have more than their first mention, and the groups, which have the id of that one."""
    own = np.sort(rows.group)
    own = own[_firsts(own)]
    event, group = np.concatenate((rows.event, own)), np.concatenate((rows.group, own))
    if not len(event):
        return np.empty(0, dtype=np.int64), group
    order = np.argsort(event)
    event, group = event[order], group[order]
    again = np.flatnonzero(~_firsts(event))
    if len(again):  # the few events with several entries: sorted by group too, each of these once
        tied = np.union1d(again - 1, again)
        group[tied] = group[tied][np.lexsort((group[tied], event[tied]))]
        once = _firsts(event) | _firsts(group)
        event, group = event[once], group[once]
    # Ids are hashes, so their first bits mark most rows that are in no group without a search.
    shift = np.uint64(64 - _MARKS)
    marks = np.zeros(1 << _MARKS, dtype=bool)
    marks[event >> shift] = True
    near = np.flatnonzero(marks[rows.id >> shift])
    low = np.minimum(np.searchsorted(event, rows.id[near]), len(event) - 1)
    there = event[low] == rows.id[near]
    near, low = near[there], low[there]
    begins = _firsts(event)
    if begins.all():
        return near, group[low]
    times = np.diff(np.flatnonzero(begins), append=len(event))[np.cumsum(begins)[low] - 1]
    within = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
    return np.repeat(near, times), group[np.repeat(low, times) + within]


def _told_again(rows: PairRows, row: Ints, begins: Ints) -> _Told:
    """Of rows that lie group by group the one of each that stands for it: that it happened before that it was planned, then the
    narrowest date, the best score, the first id."""
    mentions = np.diff(begins, append=len(row))
    if not len(row):
        return _Told(row, mentions, rows.published[row])
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
    periods, place, fits = _periods(by, begin, end)
    alike, rank = _ranks(kinds)
    width = 3 * max(1, len(alike))
    what = kind * 2
    what += forward
    what *= 3
    what += dated
    code = rank.take(what)
    code += place * width
    code += fits * np.int64(max(1, len(alike)))
    if width * (len(periods) + 1) <= _DENSE:
        n = np.bincount(code)
        used = np.flatnonzero(n)
        n, told = n[used], n
        several = np.flatnonzero(mentions > 1)
        np.add.at(told, code[several], mentions[several] - 1)
        told = told[used]
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


def _periods(by: str, begin: Days, end: Days) -> tuple[Ints, Ints, NDArray[np.int8]]:
    """The first days of the periods there are; of each row the place there of its first day, and whether its last day is in the
    same (0 no, 1 yes). A row without a day has the place behind all, and 2."""
    known = begin != NO_DAY
    if not known.any():
        return np.empty(0, dtype=np.int64), np.zeros(len(begin), dtype=np.int64), np.full(len(begin), 2, dtype=np.int8)
    every = bool(known.all())
    both = (begin, end) if every else (begin[known], end[known])
    first = min(int(day.min()) for day in both)
    starts = _starts(by, np.arange(first, max(int(day.max()) for day in both) + 1))
    new = _firsts(starts)
    of_day = np.append(np.cumsum(new) - 1, new.sum())
    place = of_day.take((begin if every else np.where(known, begin, first + len(starts))) - first)
    fits = np.ones(len(begin), dtype=np.int8)
    long = np.flatnonzero((end != begin) & known)
    fits[long] = of_day[end[long] - first] == place[long]
    fits[~known] = 2
    return starts[new], place, fits


def _starts(by: str, days: Ints) -> Ints:
    """The first day of the period that each day lies in; weeks begin on Monday, as 1970-01-01 was a Thursday."""
    if by == "week":
        return (days + 3) // 7 * 7 - 3
    if by == "quarter":
        months = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
        return (months // 3 * 3).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    return days.astype("datetime64[D]").astype(f"datetime64[{_UNITS[by]}]").astype("datetime64[D]").astype(np.int64)
