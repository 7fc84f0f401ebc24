"""Alignment of a pair, year by year: what events, votes, treaties and ideal points each say, side by side.

One row a pair and year, each measure in a column of its own, with its formula, source and coverage in the column's metadata
(``about_columns`` gives them as a table). A measure is 0 only where its source covers the pair's year and found nothing, and
null outside. There is no mixed index: the measures answer different questions and often disagree, which is a finding.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from dragoman.errors import UsageError
from dragoman.measure import frames
from dragoman.measure.datasets import DataSet
from dragoman.measure.ideal import IdealPoints
from dragoman.measure.likeness import MEASURES, alike
from dragoman.measure.networks import data_of
from dragoman.measure.pair_series import series
from dragoman.measure.treaties import OBLIGATIONS, Treaties
from dragoman.measure.votes import NO, YES, Votes, shared, year_of

UNIT = "dyad-year"
Cells = dict[int, dict[str, Any]]

_EVENTS = ("groups", "cooperation", "conflict", "conflict_share", "intensity_mean", "articles")


@dataclass(frozen=True, slots=True)
class Column:
    """A measure of the table: its formula, and which data set it is taken from."""

    name: str
    kind: pa.DataType
    formula: str
    source: str


COLUMNS = (
    Column("events", pa.int64(), "event groups between the two that happened or go on, each once", "dragoman"),
    Column("events_cooperation", pa.int64(), "those of quad classes 1 and 2", "dragoman"),
    Column("events_conflict", pa.int64(), "those of quad classes 3 and 4", "dragoman"),
    Column("events_conflict_share", pa.float64(), "conflict / events; null without an event", "dragoman"),
    Column("events_intensity", pa.float64(), "mean intensity, -10 to 10; null without an event", "dragoman"),
    Column("events_articles", pa.int64(), "articles read that were published in the year; null for imported rows", "dragoman"),
    Column("un_agreement", pa.float64(), "1 - sum|x - y| / (2 n)", "un-votes"),
    Column("un_s", pa.float64(), "1 - 2 sum|x - y| / (2 n)", "un-votes"),
    Column("un_kappa", pa.float64(), "1 - D / E, own margins", "un-votes"),
    Column("un_pi", pa.float64(), "1 - D / E, pooled margins", "un-votes"),
    Column("un_votes", pa.int32(), "n: contested roll calls on which both voted", "un-votes"),
    Column("ideal_a", pa.float64(), "ideal point of a", "ideal-points"),
    Column("ideal_b", pa.float64(), "ideal point of b", "ideal-points"),
    Column("ideal_distance", pa.float64(), "|ideal_a - ideal_b|", "ideal-points"),
    *(Column(f"atop_{name}", pa.int8(), f"1 if a treaty in force holds it ({name})", "atop") for name in OBLIGATIONS),
    Column("atop_kind", pa.string(), "alliance (a pledge to fight), partnership (another pledge), none", "atop"),
    Column("atop_s", pa.float64(), "1 - 2 sum|x - y| / (3 N) over the allies of both, N states", "atop"),
    Column("atop_kappa", pa.float64(), "1 - D / E, own margins, over the allies of both", "atop"),
)


def align(
    a: str,
    b: str,
    *,
    events: Any = None,
    votes: Votes | None = None,
    ideal: IdealPoints | None = None,
    treaties: Treaties | None = None,
    since: int | None = None,
    until: int | None = None,
    data: DataSet | None = None,
) -> pa.Table:
    """One row a year of the pair, oldest first. Unit: dyad-year.

    Parameters: any of the sources: ``events`` is an Archive, or a table of events or event groups as ``measure.series`` takes
    it (``data`` names its data set where it is not the reader's own archive); ``votes`` from ``read_votes``, ``ideal`` from
    ``ideal_points`` or ``estimate_ideal_points``, ``treaties`` from ``read_treaties``. Years run from ``since`` to ``until``,
    else as far as any source reaches.

    Returns the columns a, b, year and those of the sources that were given (``COLUMNS``), null outside their coverage. A year
    in which the two share no contested roll call has un_votes 0 where both voted in it, and no likeness.

    Raises UsageError for an unknown state, a pair of one state, years reversed, no source at all, or no year in any of them;
    WrongUnit for events of another unit of analysis.
    """
    one, two = frames.pair(a, b)
    if since is not None and until is not None and until < since:
        raise UsageError(f"the years end ({until}) before they begin ({since}); give since before until")
    found: dict[str, Cells] = {}
    about: dict[str, DataSet] = {}
    if events is not None:
        found["dragoman"], about["dragoman"] = _of_events(events, one, two), data or data_of(events)
    if votes is not None:
        found["un-votes"], about["un-votes"] = _of_votes(votes, one, two), votes.source
    if ideal is not None:
        found["ideal-points"], about["ideal-points"] = _of_points(ideal, one, two), ideal.source
    if treaties is not None:
        found["atop"], about["atop"] = _of_treaties(treaties, one, two), treaties.source
    if not found:
        raise UsageError("alignment needs at least one source: events, votes, ideal or treaties")
    reached = sorted({year for cells in found.values() for year in cells})
    years = [y for y in reached if (since is None or y >= since) and (until is None or y <= until)]
    if not years:
        span = f"{reached[0]} to {reached[-1]}" if reached else "no year"
        raise UsageError(f"no source covers {one} and {two} in that time; they reach {span}")
    every = range(since or years[0], (until or years[-1]) + 1)
    rows: list[dict[str, Any]] = [{"a": one, "b": two, "year": y} for y in every]
    for row in rows:
        for cells in found.values():
            row.update(cells.get(row["year"], {}))
    return frames.mark(pa.Table.from_pylist(rows, _schema(about)), UNIT, {"pairs": [[one, two]]})


def align_pairs(pairs: Iterable[tuple[str, str]], **sources: Any) -> pa.Table:
    """The rows of several pairs in one table, in their order; parameters and errors as in ``align``."""
    tables = [align(a, b, **sources) for a, b in pairs]
    if not tables:
        raise UsageError("alignment needs at least one pair of states")
    facts = {"pairs": [pair for table in tables for pair in frames.facts_of(table)["pairs"]]}
    return frames.mark(pa.concat_tables(tables), UNIT, facts)


def about_columns(table: pa.Table) -> pa.Table:
    """One row a measure of such a table: column, formula, source, version, citation, coverage, and in how many rows it is
    known.

    Raises WrongUnit for a table of another unit.
    """
    frames.require(table, UNIT, "about_columns")
    rows = []
    for field in table.schema:
        facts = {key.decode(): value.decode() for key, value in (field.metadata or {}).items()}
        if facts:
            rows.append({"column": field.name, **facts, "known": table.num_rows - table[field.name].null_count})
    if not rows:
        raise UsageError("this table does not say where its columns are from; make one with measure.align")
    return frames.mark(pa.Table.from_pylist(rows), "column")


def _schema(about: dict[str, DataSet]) -> pa.Schema:
    fields = [pa.field("a", pa.string()), pa.field("b", pa.string()), pa.field("year", pa.int32())]
    for column in COLUMNS:
        if column.source in about:
            data = about[column.source]
            facts = {"formula": column.formula, "source": data.name, "version": data.version}
            facts |= {"citation": data.citation, "coverage": data.coverage}
            fields.append(pa.field(column.name, column.kind, metadata=facts))
    return pa.schema(fields)


def _of_events(events: Any, a: str, b: str) -> Cells:
    out: Cells = {}
    for row in series(events, a, b, by="year").to_pylist():
        if row["covered"]:
            names = ("events", *(f"events_{n}" for n in ("cooperation", "conflict", "conflict_share", "intensity", "articles")))
            out[row["period"].year] = dict(zip(names, (row[name] for name in _EVENTS), strict=True))
    return out


def _of_votes(votes: Votes, a: str, b: str) -> Cells:
    one, two = votes.seat(a), votes.seat(b)
    out: Cells = {}
    for session in sorted(set(votes.voted(one)) & set(votes.voted(two))):
        x, y = shared(votes, one, two, (session,))
        found = alike(x.astype(float), y.astype(float), span=NO - YES) if x.size else None
        values = {f"un_{name}": getattr(found, name) if found else None for name in MEASURES}
        out[year_of(session)] = {**values, "un_votes": int(x.size)}
    return out


def _of_points(ideal: IdealPoints, a: str, b: str) -> Cells:
    seats = ideal.seat(a), ideal.seat(b)
    out: Cells = {}
    for session in sorted({s for _, s in ideal.points}):
        one, two = (ideal.points.get((seat, session)) for seat in seats)
        if one or two:
            apart = abs(one.value - two.value) if one and two else None
            values = (one.value if one else None, two.value if two else None, apart)
            out[year_of(session)] = dict(zip(("ideal_a", "ideal_b", "ideal_distance"), values, strict=True))
    return out


def _of_treaties(treaties: Treaties, a: str, b: str) -> Cells:
    out: Cells = {}
    for year in range(treaties.first, treaties.last + 1):
        held = treaties.between(a, b, year)
        if held is None:
            continue
        likeness = treaties.similarity(a, b, year) if treaties.covers(a, b, year) else None
        out[year] = {f"atop_{name}": getattr(held, name) for name in OBLIGATIONS} | {
            "atop_kind": held.kind,
            "atop_s": likeness.s if likeness else None,
            "atop_kappa": likeness.kappa if likeness else None,
        }
    return out
