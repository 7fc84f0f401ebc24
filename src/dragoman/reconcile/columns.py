"""Many mentions as columns: which pairs of them can be of one event, and where others can be, found without an object for each.

A batch of an archive meets ten times as many stored mentions as it is linked with. So days, pairs and documents are compared
here as numbers, and a ``Mention`` is made only of a row that is left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from dragoman.reconcile.clusters import stretches
from dragoman.reconcile.mentions import BODIES, LONG_BACK, Mention
from dragoman.reconcile.sameness import neighbours
from dragoman.settings import Settings

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]

_KINDS: dict[str, pa.DataType] = {
    "sentence": pa.int32(), "mutual": pa.bool_(), "date_from": pa.date32(), "date_to": pa.date32(), "published": pa.date32(),
    "trigger_start": pa.int32(),
}  # fmt: skip
SHAPE = pa.schema([(field.name, _KINDS.get(field.name, pa.string())) for field in fields(Mention)])
"""The columns of a table of mentions."""
WINDOWS = pa.schema(
    [
        ("one", pa.string()),
        ("other", pa.string()),
        ("since", pa.date32()),
        ("until", pa.date32()),
        ("document", pa.string()),
        ("near_since", pa.date32()),
        ("near_until", pa.date32()),
    ]
)
"""The columns of a table of windows (``mentions.Window``): the pair's two sides, then the days."""
_EPOCH = date(1970, 1, 1).toordinal()
_ENDS = (date.min.toordinal(), date.max.toordinal())
_SPAN = 2 * date.max.toordinal()  # of the numbers of a pair's days: those of two pairs lie too far apart to meet
_ARRAYS = (
    "pair", "document", "root", "source", "target", "mutual", "sentence", "trigger", "told", "fine", "back", "first", "last",
    "begin", "end", "year", "day", "far",
)  # fmt: skip


class Codes:
    """Numbers for the values of columns, the same in every table of one grouping."""

    def __init__(self) -> None:
        self._of: dict[str, dict[Any, int]] = {}

    def numbers(self, name: str, column: pa.ChunkedArray) -> Numbers:
        known = self._of.setdefault(name, {})
        coded = pa.chunked_array(column.chunks, column.type).combine_chunks().dictionary_encode("encode")
        places = np.array([known.setdefault(value, len(known)) for value in coded.dictionary.to_pylist()], dtype=np.int64)
        found: Numbers = places[coded.indices.to_numpy(zero_copy_only=False)]
        return found

    def values(self, name: str) -> list[Any]:
        """The values by their numbers."""
        return list(self._of.get(name, ()))


@dataclass(frozen=True, slots=True)
class Columns:
    """Mentions of a table (``SHAPE``, and what else is kept with them), row by row as numbers.

    ``pair``, ``document``, ``root``, ``source`` and ``target`` (countries) are numbers of ``Codes``. Days are ordinals, 0 where
    there is none: ``first`` and ``last`` between which the event can lie, ``begin`` and ``end`` as told, or of publication.
    ``told``, ``fine``, ``back`` are those of ``sameness.Reach``; ``far`` tells that the text looks far back. ``year`` and
    ``day`` (of the year) are those of the date.
    """

    table: pa.Table
    pair: Numbers
    document: Numbers
    root: Numbers
    source: Numbers
    target: Numbers
    mutual: Flags
    sentence: Numbers
    trigger: Numbers
    told: Flags
    fine: Flags
    back: Flags
    first: Numbers
    last: Numbers
    begin: Numbers
    end: Numbers
    year: Numbers
    day: Numbers
    far: Flags


def table_of(mentions: Sequence[Mention]) -> pa.Table:
    """Mentions as a table."""
    return pa.table({name: [getattr(one, name) for one in mentions] for name in SHAPE.names}, schema=SHAPE)


def told(events: pa.Table) -> pa.Table:
    """The mentions that rows of ``events`` are: those with words, which imported ones have not."""
    return events.filter(pc.is_valid(events["words"])).select(SHAPE.names)


def mentions_of(table: pa.Table) -> list[Mention]:
    """The mentions of a table."""
    return list(map(Mention, *(table[name].to_pylist() for name in SHAPE.names)))


def columns_of(table: pa.Table, codes: Codes, settings: Settings) -> Columns:
    """The mentions of a table as numbers."""
    since, until, published = (_ordinals(table[name]) for name in ("date_from", "date_to", "published"))
    told = since > 0
    begin = np.where(told, since, published)
    end = np.where(told, np.where(until > 0, until, since), published)
    back = ~told & (begin > 0) & _flags(pc.match_substring(table["words"], "~"))
    news = ~told & (begin > 0) & ~back
    ahead = _flags(pc.is_in(table["modality"], pa.array(["planned", "hypothetical"])))
    one, other = (_side(table, name) for name in ("source", "target"))
    pair = pc.binary_join_element_wise(pc.min_element_wise(one, other), pc.max_element_wise(one, other), "\n")
    return Columns(
        table=table,
        pair=codes.numbers("pair", pair),
        document=codes.numbers("document", table["document"]),
        root=codes.numbers("root", table["root"]),
        source=codes.numbers("country", table["source_country"]),
        target=codes.numbers("country", table["target_country"]),
        mutual=_flags(table["mutual"]),
        sentence=_integers(table["sentence"]),
        trigger=_integers(table["trigger_start"]),
        told=told,
        fine=told & _flags(pc.equal(table["date_precision"], "day")),
        back=back,
        first=begin - np.where(back, settings.group_past_days, np.where(news, settings.group_news_days, 0)),
        last=end + np.where(back, -1, np.where(news, np.where(ahead, settings.group_plan_days, 1), 0)),
        begin=begin,
        end=end,
        year=_integers(pc.year(table["date_from"])),
        day=_integers(pc.add(pc.multiply(pc.month(table["date_from"]), 32), pc.day(table["date_from"]))),
        far=(until > 0) & (published > 0) & (published - until > LONG_BACK),
    )


def together(one: Columns, other: Columns) -> Columns:
    """The rows of both."""
    arrays = {name: np.concatenate([getattr(one, name), getattr(other, name)]) for name in _ARRAYS}
    return Columns(pa.concat_tables([one.table, other.table]), **arrays)


def windows_of(columns: Columns, rows: Numbers, codes: Codes, settings: Settings) -> pa.Table:
    """Where mentions of the same events as these rows can be: wider where the day is not told, years where the text looks
    back. A mention without any day has no neighbours."""
    rows = rows[columns.begin[rows] > 0]
    far = columns.far[rows]
    slack = np.where(far, settings.group_back_days, settings.group_window_days)
    since, until = columns.begin[rows] - slack, columns.end[rows] + slack
    # A day of the year may be misprinted by a year, where the text looks back.
    near_since = np.where(far, since, columns.first[rows] - settings.group_slack_days)
    near_until = np.where(far, until, columns.last[rows] + settings.group_slack_days)
    pairs = pa.array(codes.values("pair"), pa.string()).take(pa.array(columns.pair[rows]))
    sides = pc.split_pattern(pairs, "\n")
    document = pa.array(codes.values("document"), pa.string()).take(pa.array(columns.document[rows]))
    days = map(_dates, (since, until)), map(_dates, (near_since, near_until))
    return pa.table([pc.list_element(sides, 0), pc.list_element(sides, 1), *days[0], document, *days[1]], schema=WINDOWS)


# Pairs that may be one


def candidates(columns: Columns, frontier: Numbers, codes: Codes, settings: Settings) -> tuple[Numbers, Numbers]:
    """Pairs of rows that ``sameness.match`` has to tell about, at least one of them of the frontier: of one pair of states,
    with roots that a reader may take for each other, in one direction, and days within reach.

    Those of one article are all compared; of two articles, those whose days can meet, found in the order of the days, so that a
    pair of states with news on every day costs no more than its days.
    """
    new = np.zeros(len(columns.pair), dtype=bool)
    new[frontier] = True
    asked = np.zeros(len(codes.values("pair")), dtype=bool)
    asked[columns.pair[new]] = True
    some = np.flatnonzero(asked[columns.pair])
    some = some[np.lexsort((_ranks(columns.table["id"], some), ~new[some]))]  # the new ones first, then by id
    slack = settings.group_slack_days
    ones, others = zip(
        _of_one(columns, new, some, columns.document),
        _apart(columns, _days_meet(columns, new, some[columns.first[some] != 0], slack)),
        _apart(columns, _calendar_days(columns, new, some[columns.fine[some] & columns.far[some]], slack)),
        strict=True,
    )
    one, other = np.concatenate(ones), np.concatenate(others)
    kept = _may_match(columns, one, other, codes, slack)
    return one[kept], other[kept]


Pairs = tuple[Numbers, Numbers]


def _of_one(columns: Columns, new: Flags, some: Numbers, what: Numbers) -> Pairs:
    """Pairs of rows of one pair of states that have one number, at least one of them new: the earlier in ``some`` first."""
    key = columns.pair[some] * (int(what.max(initial=0)) + 1) + what[some]
    order = np.argsort(key, kind="stable")
    key, rows = key[order], some[order]
    mine = np.flatnonzero(new[rows])
    at, other = stretches(mine + 1, np.searchsorted(key, key[mine], "right"))
    return rows[mine[at]], rows[other]


def _days_meet(columns: Columns, new: Flags, some: Numbers, slack: int) -> Pairs:
    """Pairs of rows of which the later begins before the earlier has ended: the later first."""
    key = columns.pair[some] * _SPAN + columns.first[some]
    order = np.argsort(key, kind="stable")
    key, rows = key[order], some[order]
    until = np.searchsorted(key, columns.pair[rows] * _SPAN + columns.last[rows] + slack, "right")
    is_new = new[rows]
    mine, old = np.flatnonzero(is_new), np.flatnonzero(~is_new)
    at, later = stretches(mine + 1, until[mine])
    behind, place = stretches(*(np.searchsorted(mine, ends) for ends in (old + 1, until[old])))
    return np.concatenate([rows[later], rows[mine[place]]]), np.concatenate([rows[mine[at]], rows[old[behind]]])


def _calendar_days(columns: Columns, new: Flags, some: Numbers, slack: int) -> Pairs:
    """Pairs of rows of one day of two years: a slip may be among them."""
    one, other = _of_one(columns, new, some, columns.day)
    far = abs(columns.first[one] - columns.first[other]) > slack
    return one[far], other[far]


def _apart(columns: Columns, pairs: Pairs) -> Pairs:
    """Those of two articles."""
    two = columns.document[pairs[0]] != columns.document[pairs[1]]
    return pairs[0][two], pairs[1][two]


def _may_match(c: Columns, a: Numbers, b: Numbers, codes: Codes, slack: int) -> Flags:
    """The cheap test: roots that a reader may take for each other, the same direction, days within reach. A sentence that tells
    two things with two words tells no event twice."""
    roots = codes.values("root")
    near = np.array([[m == n or neighbours(m, n) for n in roots] for m in roots], dtype=bool).reshape(len(roots), len(roots))
    against = (c.source[a] != c.target[a]) & ((c.source[a] != c.source[b]) | (c.target[a] != c.target[b]))
    one_text = c.document[a] == c.document[b]
    overlap = (c.first[a] <= c.last[b] + slack) & (c.first[b] <= c.last[a] + slack)
    slip = c.fine[a] & c.fine[b] & c.far[a] & c.far[b] & (c.day[a] == c.day[b]) & (abs(c.year[a] - c.year[b]) <= 1)
    days = (c.first[a] != 0) & (c.first[b] != 0) & (overlap | slip)
    twice = one_text & (c.sentence[a] == c.sentence[b]) & (c.trigger[a] != c.trigger[b])
    found: Flags = (
        near[c.root[a], c.root[b]]
        & ~(against & ~c.mutual[a] & ~c.mutual[b])
        & ((one_text & ~(c.told[a] & c.told[b])) | days)
        & ~twice
    )
    return found


def _ranks(ids: pa.ChunkedArray, rows: Numbers) -> Numbers:
    """The place of each row's id in the order of the alphabet."""
    found = np.empty(len(rows), dtype=np.int64)
    found[pc.sort_indices(ids.take(pa.array(rows))).to_numpy()] = np.arange(len(rows))
    return found


# From Arrow to numbers


def _side(table: pa.Table, name: str) -> pa.ChunkedArray:
    """``mentions.side``."""
    country, actor = table[f"{name}_country"], pc.fill_null(table[f"{name}_actor"], "")
    return pc.if_else(pc.or_(pc.is_null(country), pc.is_in(country, pa.array(BODIES))), actor, country)


def _ordinals(column: pa.ChunkedArray) -> Numbers:
    days = pc.fill_null(column.cast(pa.int32()), -_EPOCH).to_numpy()
    found: Numbers = days.astype(np.int64) + _EPOCH
    return found


def _dates(ordinals: Numbers) -> pa.Array:
    """Days of ordinals, held inside the calendar."""
    return pa.array((np.clip(ordinals, *_ENDS) - _EPOCH).astype(np.int32)).cast(pa.date32())


def _integers(column: pa.ChunkedArray) -> Numbers:
    found: Numbers = pc.fill_null(column, 0).to_numpy().astype(np.int64)
    return found


def _flags(column: pa.ChunkedArray) -> Flags:
    found: Flags = np.asarray(pc.fill_null(column, False).to_numpy(zero_copy_only=False), dtype=bool)
    return found
