"""Event groups: the mentions of one event, in one article or in many, made one event with its sources.

Two mentions are linked where ``sameness.match`` finds them to be of one event. Links make components, found whole as by
``clusters.reach``, and each component is parted into groups, the surest links first, two parts only becoming one where a good
share of their mentions are linked with each other and their days agree: so A like B and B like C is not enough for A and C.
Both steps depend on the set of mentions alone; a batch that comes later joins, or joins together, what is there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from dragoman.reconcile.clusters import components
from dragoman.reconcile.columns import (
    Codes,
    Columns,
    Numbers,
    candidates,
    columns_of,
    mentions_of,
    table_of,
    together,
    windows_of,
)
from dragoman.reconcile.mentions import Mention, Window, mention
from dragoman.reconcile.sameness import Match, Prepared, Said, match, said
from dragoman.settings import DEFAULT, Settings

__all__ = ["Joined", "Mention", "Window", "group", "grouped", "mention"]

Links = dict[tuple[str, str], Match]


@dataclass(frozen=True, slots=True)
class Joined:
    """A row of the table ``groups``: which group an event belongs to and why.

    ``group`` is the id of the group's first event (by day of publication, then id); ``joined_to`` the event of the group that
    it was matched with, None for the first; ``score`` how sure that match is, None for the first. ``words`` is the mention's,
    to be kept for later batches.
    """

    event: str
    group: str
    joined_to: str | None
    reason: str
    score: float | None
    words: str


def group(
    new: Iterable[Mention],
    nearby: Callable[[Sequence[Window]], Iterable[Mention]] = lambda windows: (),
    *,
    settings: Settings = DEFAULT,
) -> tuple[Joined, ...]:
    """The rows of every group that the new mentions belong to, whole, in the order of the events' ids.

    Parameters: ``nearby`` gives the stored mentions of the windows it is asked for (the new ones may be among them); it is
    called once for a batch, again only where an old group reaches further. Each row replaces the stored one of its event: a
    new mention can join two old groups, whose rows then all come back.

    The result does not depend on the order of batches: after the last one, the rows are those that one call with all mentions
    gives (tests/reconcile/test_groups.py).
    """

    def stored(windows: pa.Table) -> pa.Table:
        return table_of(list(nearby(list(map(Window, *_listed(windows))))))

    return grouped(table_of(list(new)), stored, settings=settings)[0]


def _listed(windows: pa.Table) -> list[list[Any]]:
    """The fields of windows, column by column."""
    one, other, *rest = (column.to_pylist() for column in windows.columns)
    return [list(zip(one, other, strict=True)), *rest]


Known = dict[str, tuple[Mention, Said]]
"""Mentions by their ids, with what they say."""


def known_of(mentions: pa.Table) -> Known:
    """The mentions of a table, made ready for grouping before it begins: it depends on each alone."""
    return {one.id: (one, said(one)) for one in mentions_of(mentions)}


def grouped(
    new: pa.Table, nearby: Callable[[pa.Table], pa.Table], given: Known | None = None, *, settings: Settings = DEFAULT
) -> tuple[tuple[Joined, ...], dict[str, Mention]]:
    """``group`` for tables: mentions in the columns of ``columns.SHAPE``, windows in those of ``columns.WINDOWS``. Gives the
    mentions of the rows too, by their ids. ``given``: those of ``known_of`` that were made before; it grows by others."""
    given = {} if given is None else given
    codes, place = Codes(), _Places()
    known = columns_of(new.take(place.new(new["id"].to_pylist(), last=True)), codes, settings)
    reached = np.ones(len(known.pair), dtype=bool)
    frontier = np.flatnonzero(reached)
    ready: dict[int, Prepared] = {}
    links: Links = {}
    asked: set[tuple[Any, ...]] = set()
    while len(frontier):
        windows = _not_yet(windows_of(known, frontier, codes, settings), asked)
        if len(windows):
            found = nearby(windows)
            found = found.take(place.new(found["id"].to_pylist()))
            known = together(known, columns_of(found, codes, settings))
            reached = np.append(reached, np.zeros(len(found), dtype=bool))
        one, other = candidates(known, frontier, codes, settings)
        _make_ready(known, np.unique(np.concatenate([one, other])).tolist(), given, ready)
        touched = _link(one, other, ready, links, settings)
        frontier = np.array(sorted(row for row in touched if not reached[row]), dtype=np.int64)
        reached[frontier] = True
    ids = known.table["id"].take(pa.array(np.flatnonzero(reached))).to_pylist()
    _make_known(known, np.flatnonzero(reached).tolist(), ids, given)
    mentions = {k: given[k][0] for k in ids}
    return _joined(mentions, links, settings), mentions


class _Places:
    """Which ids were met."""

    def __init__(self) -> None:
        self._known: set[str] = set()

    def new(self, ids: list[str], *, last: bool = False) -> pa.Array:
        """The places of those not met before, each once: where it comes first, or last."""
        places = {k: i for i, k in enumerate(ids)} if last else {k: i for i, k in reversed(list(enumerate(ids)))}
        fresh = [i for k, i in places.items() if k not in self._known]
        self._known.update(places)
        return pa.array(sorted(fresh), pa.int64())


def _not_yet(windows: pa.Table, asked: set[tuple[Any, ...]]) -> pa.Table:
    """The windows that were not asked for, each once."""
    rows = dict(zip(zip(*(_plain(column) for column in windows.columns), strict=True), range(len(windows)), strict=True))
    fresh = sorted(place for row, place in rows.items() if row not in asked)
    asked.update(rows)
    return windows.take(pa.array(fresh, pa.int64()))


def _plain(column: pa.ChunkedArray) -> list[Any]:
    """Values that hash quickly: days as numbers."""
    return list((column.cast(pa.int32()) if pa.types.is_date32(column.type) else column).to_pylist())


def _order(one: Mention) -> tuple[str, str]:
    return (one.published.isoformat() if one.published else "9999"), one.id


# Links


def _make_ready(known: Columns, rows: Sequence[int], given: Known, ready: dict[int, Prepared]) -> None:
    """Let these rows be ready to be compared."""
    missing = [row for row in rows if row not in ready]
    at = np.array(missing, dtype=np.int64)
    ids = known.table["id"].take(pa.array(at)).to_pylist()
    _make_known(known, missing, ids, given)
    days = (getattr(known, name)[at].tolist() for name in ("first", "last", "told", "fine", "back"))
    for row, k, first, last, told, fine, back in zip(missing, ids, *days, strict=True):
        one, words = given[k]
        ready[row] = Prepared(one, first, last, told, fine, back, words)


def _make_known(known: Columns, rows: Sequence[int], ids: Sequence[str], given: Known) -> None:
    """Let ``given`` have these rows."""
    given.update(
        known_of(known.table.take(pa.array([row for row, k in zip(rows, ids, strict=True) if k not in given], pa.int64())))
    )


def _link(one: Numbers, other: Numbers, ready: Mapping[int, Prepared], links: Links, settings: Settings) -> set[int]:
    """Put the matches of candidates into ``links``; gives the rows that have any."""
    touched: set[int] = set()
    for p, q in zip(one.tolist(), other.tolist(), strict=True):
        a, b = ready[p], ready[q]
        if a.mention.id > b.mention.id:
            a, b = b, a
        found = match(a, b, settings)
        if found is not None:
            links[a.mention.id, b.mention.id] = found
            touched.update((p, q))
    return touched


# Groups


def _joined(mentions: dict[str, Mention], links: Links, settings: Settings) -> tuple[Joined, ...]:
    """The rows of all groups that these links make of the mentions."""
    rows: list[Joined] = []
    found = components(sorted(mentions), links)
    place = {k: i for i, component in enumerate(found) for k in component}
    inside: list[Links] = [{} for _ in found]
    for pair, link in links.items():
        inside[place[pair[0]]][pair] = link
    for component, own in zip(found, inside, strict=True):
        if len(component) == 1:
            rows.append(_first(mentions[component[0]]))
            continue
        for members in _parts([mentions[k] for k in component], own, settings):
            rows += _rows(members, own)
    return tuple(sorted(rows, key=lambda row: row.event))


def _parts(component: list[Mention], links: Links, settings: Settings) -> Iterator[list[Mention]]:
    """The groups of a component: parts grow together along the surest links, where enough of their mentions are linked."""
    by_id = {one.id: one for one in component}
    inside = sorted(links.items(), key=lambda item: (-item[1].score, item[0]))
    part = {one.id: k for k, one in enumerate(component)}
    members = {k: [one.id] for k, one in enumerate(component)}
    between: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for (a, b), _ in inside:
        between[part[a]][part[b]] += 1
        between[part[b]][part[a]] += 1
    changed = True
    while changed:
        changed = False
        for (a, b), _ in inside:
            x, y = part[a], part[b]
            if x == y or between[x][y] < settings.group_linked * len(members[x]) * len(members[y]):
                continue
            if len(members[x]) < len(members[y]):
                x, y = y, x
            for one in members[y]:
                part[one] = x
            members[x] += members.pop(y)
            for other, count in between.pop(y).items():
                between[other].pop(y, None)
                if other != x:
                    between[x][other] += count
                    between[other][x] += count
            changed = True
    for ids in members.values():
        yield [by_id[k] for k in ids]


def _first(one: Mention) -> Joined:
    return Joined(one.id, one.id, None, "first told", None, one.words)


def _rows(members: list[Mention], links: Links) -> Iterator[Joined]:
    """The rows of one group: each mention with the surest match among those already in, from the first on."""
    members = sorted(members, key=_order)
    name = members[0].id
    yield _first(members[0])
    inside = [members[0]]
    waiting = members[1:]
    while waiting:
        best: tuple[float, int, int, Match] | None = None
        for k, one in enumerate(waiting):
            for i, other in enumerate(inside):
                found = links.get((one.id, other.id) if one.id <= other.id else (other.id, one.id))
                if found is not None and (best is None or (-found.score, k, i) < best[:3]):
                    best = (-found.score, k, i, found)
        assert best is not None, "a group grows along links"
        _, k, i, found = best
        one = waiting.pop(k)
        yield Joined(one.id, name, inside[i].id, found.reason, found.score, one.words)
        inside.append(one)
