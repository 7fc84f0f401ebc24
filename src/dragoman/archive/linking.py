"""What each batch changes beyond its own rows: near-copies (table ``copies``), event groups (table ``groups``), and where the
articles of a group disagree (``crossing``).

Which rows there are is decided in ``reconcile`` by functions that know nothing of the archive; here they are given the stored
neighbours of the batch, and their answer replaces the stored rows that differ.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from dragoman.archive.change import Change
from dragoman.archive.crossing import cross
from dragoman.archive.narrowing import Days, all_known, between, span
from dragoman.archive.narrowing import joined as stretches
from dragoman.archive.schema import schema
from dragoman.reconcile import copies, groups
from dragoman.reconcile.mentions import Mention, Window
from dragoman.settings import Settings

_SIDE = "case when {0}_country is null or {0}_country in ('IGO', 'NGO') then coalesce({0}_actor, '') else {0}_country end"
_FROM = "coalesce(date_from, published)"
_TO = "coalesce(case when date_from is null then published else date_to end, date_from)"
_MENTION = [f.name for f in fields(Mention)]
_TEXT = ["id", "published_from", "published_precision", "outlet", "sketch"]
MENTIONS = f"""
    with told as (
        select *, {_SIDE.format("source")} as one, {_SIDE.format("target")} as other, {_FROM} as first, {_TO} as last
        from {{events}} where words is not null and {{sides}})
    select distinct on (id) {", ".join(_MENTION)}
    from told semi join asked
    on asked.one = least(told.one, told.other) and asked.other = greatest(told.one, told.other)
    and told.first <= asked.until and told.last >= asked.since
    and (told.date_from is null or told.document = asked.document
        or (told.first <= asked.near_until and told.last >= asked.near_since))
    order by id
"""
LEFT_BEHIND = f"""
    select {", ".join(f"events.{name}" for name in _MENTION)}
    from events join groups on groups.event = events.id
    where events.words is not null and groups."group" in (select g."group" from groups g join asked on g.document = asked.value)
    and events.document not in (select value from asked)
    order by events.id
"""
TEXTS = f"""
    select {", ".join(_TEXT)}
    from articles semi join asked on published_from between since and until
    where sketch is not null and published_precision = 'day' and published_from between {{earliest}} and {{latest}}
"""
UNDATED = f"""
    select {", ".join(_TEXT)}
    from articles where sketch is not null and (published_from is null or published_precision is distinct from 'day')
"""


def link(change: Change, new: Mapping[str, pa.Table], settings: Settings, *, again: Sequence[str] = ()) -> None:
    """Find the near-copies and the event groups that these new rows belong to, and change the tables accordingly.

    ``again``: documents whose stored events these new ones replace; the groups they were in are made anew.
    """
    clusters = _copies(change, new["articles"], settings) if "articles" in new else None
    if "events" in new or again:
        joined, met, before = _groups(change, new.get("events"), settings, frozenset(again))
        cross(change, new, joined, met, clusters, before, frozenset(again))


def _copies(change: Change, articles: pa.Table, settings: Settings) -> copies.Clusters:
    new = _rows_as_texts(articles.filter(pc.is_valid(articles["sketch"])))
    clusters = copies.link(new, lambda days: _texts(change, days), settings=settings)
    rows = [asdict(row) for row in clusters.rows]
    stored = _stored(change, "copies", "document", [*_keys(rows, "document"), *clusters.originals])
    _replace(change, "copies", "document", rows, stored)
    return clusters


def _groups(
    change: Change, events: pa.Table | None, settings: Settings, again: frozenset[str] = frozenset()
) -> tuple[Sequence[groups.Joined], Mapping[str, Mention], set[str]]:
    """The rows of every group that changes, with their mentions, and the groups that these were in before."""
    new = [] if events is None else [one for one in _rows_as_mentions(events) if one.words is not None]
    gone: set[str] = set()
    if again:
        asked = pa.table({"value": pa.array(sorted(again), pa.string())})
        gone = set(
            change.ask("select event from groups semi join asked on document = asked.value", ["groups"], asked=asked)[
                "event"
            ].to_pylist()
        )
        new += [Mention(**row) for row in change.ask(LEFT_BEHIND, ["groups", "events"], asked=asked).to_pylist()]
    met = {one.id: one for one in new}
    unknown = set() if again else set(met)  # events of articles that are new: no row of theirs is stored

    def nearby(windows: Sequence[Window]) -> Iterator[Mention]:
        for one in _mentions(change, windows):
            if one.document not in again:
                met.setdefault(one.id, one)
                yield one

    joined = groups.group(new, nearby, settings=settings)
    rows = [_joined(row, met[row.event]) for row in joined]
    told_of = [one for one in rows if one["event"] not in unknown]
    sides = None if again else {one[side] for one in told_of for side in ("source_country", "target_country")}
    windows = None if again else all_known(_days(met[one["event"]]) for one in told_of)
    stored = _stored(change, "groups", "event", [*_keys(told_of, "event"), *(gone - set(met))], sides, windows)
    # The days of an event that is read anew may have changed, and with them the files that its group is looked for in.
    _replace(change, "groups", "event", rows, stored, windows, lambda event: _days(met[event]), anew=bool(again))
    return joined, met, set(stored["group"].to_pylist())


def _days(told: Mention) -> Days | None:
    """The days of a mention, as ``narrowing`` counts those of its row."""
    return span((told.days, None if told.date_to is None else (told.date_to, told.date_to)))


def _joined(row: groups.Joined, told: Mention) -> dict[str, Any]:
    return {
        "event": row.event,
        "group": row.group,
        "source_country": told.source_country,
        "target_country": told.target_country,
        "joined_to": row.joined_to,
        "reason": row.reason,
        "score": row.score,
        "document": told.document,
    }


def _keys(rows: Sequence[Mapping[str, Any]], key: str) -> list[str]:
    return [str(row[key]) for row in rows]


def _stored(
    change: Change,
    table: str,
    key: str,
    values: Iterable[str],
    sides: Collection[str | None] | None = None,
    windows: Collection[Days] | None = None,
) -> pa.Table:
    """The stored rows of these keys, each with its file; all between ``sides``, or in ``windows``: only rows of these are
    read."""
    asked = pa.table({"value": pa.array(sorted(set(values)), pa.string())})
    if not len(asked) or not change.before.tables[table].parts:
        return schema(table).append(pa.field("filename", pa.string())).empty_table()
    near = "true" if sides is None else between(sides)
    held = change.relation(table, windows, filename=True)
    return change.ask(f'select * from (from {held} where {near}) t semi join asked on t."{key}" = asked.value', [], asked=asked)


def _replace(
    change: Change,
    table: str,
    key: str,
    rows: Sequence[dict[str, Any]],
    stored: pa.Table,
    windows: Collection[Days] | None = None,
    days: Callable[[str], Days | None] = lambda key: None,
    *,
    anew: bool = False,
) -> None:
    """Let ``rows`` hold in place of the ``stored`` ones (of these ``windows``); those that are stored just so are left alone,
    unless all are to be written ``anew``.
    ``days`` tells the days of a row by its key, where it has any."""
    names = [name for name in schema(table).names if name in ({*rows[0]} if rows else ())]
    same = {tuple(row[name] for name in names) for row in stored.select(names).to_pylist()} if rows and not anew else set()
    fresh = [row for row in rows if tuple(row[name] for name in names) not in same]
    kept = set(_keys(rows, key)) - set(_keys(fresh, key))
    held = zip(stored[key].to_pylist(), stored["filename"].to_pylist(), strict=True)
    old = {value: Path(file).name for value, file in held if value not in kept}
    change.remove_keys(table, key, old, windows, set(old.values()))
    change.append(table, fresh, span(days(row[key]) for row in fresh))


def _texts(change: Change, days: Sequence[copies.Days]) -> Iterator[copies.Text]:
    if not change.before.tables["articles"].parts:
        return
    told = [day for day in days if day.from_ is not None]
    if told:
        asked = _dates({"since": [day.from_ for day in told], "until": [day.to for day in told]})
        ends = {"earliest": pc.min(asked["since"]).as_py(), "latest": pc.max(asked["until"]).as_py()}
        sql = TEXTS.format(**{end: f"date '{day}'" for end, day in ends.items()})  # said so, row groups are passed over
        yield from _rows_as_texts(change.ask(sql, ["articles"], asked=asked))
    if len(told) < len(days):
        yield from _rows_as_texts(change.ask(UNDATED, ["articles"]))


def _rows_as_texts(articles: pa.Table) -> Iterator[copies.Text]:
    known = pc.equal(articles["published_precision"], "day")
    days = pc.if_else(known, articles["published_from"].cast(pa.string()), pa.scalar(None, pa.string()))
    return map(copies.Text, *(column.to_pylist() for column in (articles["id"], days, articles["outlet"], articles["sketch"])))


def _mentions(change: Change, windows: Sequence[Window]) -> Iterator[Mention]:
    if not change.before.tables["events"].parts:
        return
    asked = pa.table(
        {
            "one": pa.array([w.pair[0] for w in windows], pa.string()),
            "other": pa.array([w.pair[1] for w in windows], pa.string()),
            "since": pa.array([w.from_ for w in windows], pa.date32()),
            "until": pa.array([w.to for w in windows], pa.date32()),
            "document": pa.array([w.document for w in windows], pa.string()),
            "near_since": pa.array([w.near_from for w in windows], pa.date32()),
            "near_until": pa.array([w.near_to for w in windows], pa.date32()),
        }
    )
    events = change.relation("events", stretches((w.from_, w.to) for w in windows))
    sql = MENTIONS.format(events=events, sides=between({side for w in windows for side in w.pair}))
    yield from _rows_as_mentions(change.ask(sql, [], asked=asked))


def _rows_as_mentions(events: pa.Table) -> Iterator[Mention]:
    return map(Mention, *(events[name].to_pylist() for name in _MENTION))


def _dates(columns: dict[str, list[str | None]]) -> pa.Table:
    return pa.table({name: pa.array(values, pa.string()).cast(pa.date32()) for name, values in columns.items()})
