"""What each batch changes beyond its own rows: near-copies (table ``copies``), event groups (table ``groups``), and where the
articles of a group disagree (``crossing``).

Which rows there are is decided in ``reconcile`` by functions that know nothing of the archive; here they are given the stored
neighbours of the batch, and their answer replaces the stored rows that differ.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from dragoman.archive.change import Change
from dragoman.archive.crossing import PLACE, cross
from dragoman.archive.narrowing import Days, all_known, between, may_hold, span
from dragoman.archive.narrowing import joined as stretches
from dragoman.archive.schema import schema
from dragoman.reconcile import copies, groups
from dragoman.reconcile.columns import SHAPE
from dragoman.reconcile.mentions import Mention
from dragoman.settings import Settings

_SIDE = "case when {0}_country is null or {0}_country in ('IGO', 'NGO') then coalesce({0}_actor, '') else {0}_country end"
_FROM = "coalesce(date_from, published)"
_TO = "coalesce(case when date_from is null then published else date_to end, date_from)"
_TEXT = ["id", "published_from", "published_precision", "outlet", "sketch"]
_HELD = 500_000  # rows of the files of which a batch holds those of its pairs in memory
_STANDS = pa.schema([*SHAPE, *(schema("events").field(name) for name in PLACE)])
TOLD = f"""
    select {", ".join(f'"{name}"' for name in _STANDS.names)}, {_FROM} as first, {_TO} as last,
    least({_SIDE.format("source")}, {_SIDE.format("target")}) as one,
    greatest({_SIDE.format("source")}, {_SIDE.format("target")}) as other
    from {{events}} where words is not null and {{sides}}
"""
MENTIONS = f"""
    select {", ".join(f'"{name}"' for name in _STANDS.names)}
    from {{told}} told semi join asked
    on asked.one = told.one and asked.other = told.other
    and told.first <= asked.until and told.last >= asked.since
    and (told.date_from is null or told.document = asked.document
        or (told.first <= asked.near_until and told.last >= asked.near_since))
"""
LEFT_BEHIND = f"""
    select {", ".join(f'events."{name}"' for name in _STANDS.names)}
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


def link(
    change: Change,
    new: Mapping[str, pa.Table],
    settings: Settings,
    *,
    again: Sequence[str] = (),
    said: groups.Known | None = None,
) -> None:
    """Find the near-copies and the event groups that these new rows belong to, and change the tables accordingly.

    ``again``: documents whose stored events these new ones replace; the groups they were in are made anew. ``said``: the new
    events made ready for grouping, where that was done before.
    """
    clusters = _copies(change, new["articles"], settings) if "articles" in new else None
    if "events" in new or again:
        joined, met, places, before = _groups(change, new.get("events"), settings, frozenset(again), said)
        cross(change, new, joined, met, places, clusters, before, frozenset(again))


def _copies(change: Change, articles: pa.Table, settings: Settings) -> copies.Clusters:
    new = _rows_as_texts(articles.filter(pc.is_valid(articles["sketch"])))
    clusters = copies.link(new, lambda days: _texts(change, days), settings=settings)
    rows = [asdict(row) for row in clusters.rows]
    stored = _stored(change, "copies", "document", [*_keys(rows, "document"), *clusters.originals])
    _replace(change, "copies", "document", rows, stored)
    return clusters


def _groups(
    change: Change, events: pa.Table | None, settings: Settings, again: frozenset[str], said: groups.Known | None
) -> tuple[Sequence[groups.Joined], Mapping[str, Mention], pa.Table, set[str]]:
    """The rows of every group that changes, with their mentions, where these stand (``_STANDS``), and the groups that they were
    in before."""
    several = [_STANDS.empty_table()]
    if events is not None:
        several.append(events.filter(pc.is_valid(events["words"])).select(_STANDS.names))
    gone: set[str] = set()
    replaced = pa.array(sorted(again), pa.string())
    if again:
        asked = pa.table({"value": replaced})
        sql = "select event from groups semi join asked on document = asked.value"
        gone = set(change.ask(sql, ["groups"], asked=asked)["event"].to_pylist())
        several.append(change.ask(LEFT_BEHIND, ["groups", "events"], asked=asked).cast(_STANDS))
    new = pa.concat_tables(several)

    stored_mentions = _mentions(change)

    def nearby(windows: pa.Table) -> pa.Table:
        found = stored_mentions(windows)
        several.append(found.filter(pc.invert(pc.is_in(found["document"], replaced))) if again else found)
        return several[-1].select(SHAPE.names)

    joined, met = groups.grouped(new.select(SHAPE.names), nearby, said, settings=settings)
    rows = [_joined(row, met[row.event]) for row in joined]
    unknown = set() if again else set(new["id"].to_pylist())  # events of articles that are new: no row of theirs is stored
    told_of = [one for one in rows if one["event"] not in unknown]
    sides = None if again else {one[side] for one in told_of for side in ("source_country", "target_country")}
    windows = None if again else all_known(_days(met[one["event"]]) for one in told_of)
    stored = _stored(change, "groups", "event", [*_keys(told_of, "event"), *(gone - set(met))], sides, windows)
    # The days of an event that is read anew may have changed, and with them the files that its group is looked for in.
    _replace(change, "groups", "event", rows, stored, windows, lambda event: _days(met[event]), anew=bool(again))
    return joined, met, pa.concat_tables(several), set(stored["group"].to_pylist())


def _days(told: Mention) -> Days | None:
    """The days of a mention, as ``narrowing`` counts those of its row."""
    days, until = told.days, told.date_to
    if until is None:
        return days
    return (until, until) if days is None else (min(days[0], until), max(days[1], until))


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
    same = {row[key]: row for row in stored.select(names).to_pylist()} if rows and not anew else {}
    fresh = [row for row in rows if same.get(row[key]) != row]
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


def _mentions(change: Change) -> Callable[[pa.Table], pa.Table]:
    """Gives the stored mentions of windows. Rows of the pairs asked for first are held in memory where their files are not too
    large: later windows are of the same pairs, and mostly of the same days."""
    parts = change.before.tables["events"].parts
    held: set[str] = set()

    def mentions(windows: pa.Table) -> pa.Table:
        ends = windows.select(["since", "until"]).group_by(["since", "until"]).aggregate([])
        days = stretches(zip(ends["since"].to_pylist(), ends["until"].to_pylist(), strict=True))
        files = {part.name: part.rows for part in parts if may_hold(part.name, days)}
        if not files:
            return _STANDS.empty_table()
        sides = {side for name in ("one", "other") for side in pc.unique(windows[name]).to_pylist()}
        told = TOLD.format(events=change.relation("events", days), sides=between(sides))
        if not held and sum(files.values()) <= _HELD:
            pairs = windows.select(["one", "other"])
            change.hold("held", f"select * from ({told}) t semi join pairs using (one, other)", pairs=pairs)
            held.update(files)
        source = "held" if held.issuperset(files) else f"({told})"
        return change.ask(MENTIONS.format(told=source), [], asked=windows).cast(_STANDS)

    return mentions


def _dates(columns: dict[str, list[str | None]]) -> pa.Table:
    return pa.table({name: pa.array(values, pa.string()).cast(pa.date32()) for name, values in columns.items()})
