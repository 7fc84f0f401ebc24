"""Unit of analysis: what one row of a frame stands for, kept in the frame and checked before a measure is taken of it.

Every table of ``dm.measure`` is a pyarrow Table that carries, in its schema's metadata, its unit (``dyad-month``: one row a
pair and month) and facts about itself (the pair, what was left out, the method). They survive Parquet and Feather. Counting
events in a table of articles, or taking the mean of yearly means, is the commonest silent mistake with such frames, so a
function that is handed the wrong unit says so and stops (the habit of ``peacesciencer``, Miller 2022).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from importlib.util import find_spec
from typing import Any

import pyarrow as pa

from dragoman import codebook
from dragoman.archive import filters
from dragoman.errors import UsageError

PERIODS = ("day", "week", "month", "quarter", "year")
EVENT = "event"  # one row a mention of an event in one article
GROUP = "event-group"  # one row an event, however often it is told
DYAD_PERIODS = tuple(f"dyad-{p}" for p in PERIODS)
EXTRA = ("igraph", "leidenalg", "networkx", "ruptures", "scipy")  # what the extra ``measure`` brings
_UNIT, _FACTS = b"dragoman.unit", b"dragoman.facts"


class WrongUnit(UsageError):
    """A frame has another unit of analysis than the measure needs."""


def mark(table: pa.Table, unit: str, facts: Mapping[str, Any] | None = None) -> pa.Table:
    """The table with its unit and JSON facts in the metadata; facts already there are kept unless given anew."""
    kept = dict(table.schema.metadata or {})
    merged = {**facts_of(table), **(facts or {})}
    kept[_UNIT] = unit.encode()
    kept[_FACTS] = json.dumps(merged, ensure_ascii=False, sort_keys=True, default=str).encode()
    return table.replace_schema_metadata(kept)


def unit_of(table: pa.Table) -> str | None:
    """The unit that a table carries; ``event`` for a bare table with the columns of the archive's events; else None."""
    marked = (table.schema.metadata or {}).get(_UNIT)
    if marked is not None:
        return str(marked.decode())
    names = set(table.column_names)
    return EVENT if {"source_country", "target_country", "root"} <= names else None


def facts_of(table: pa.Table) -> dict[str, Any]:
    """What a table says about itself: the pair, what was left out and why, methods."""
    raw = (table.schema.metadata or {}).get(_FACTS)
    return json.loads(raw) if raw else {}


def require(table: Any, units: str | tuple[str, ...], what: str) -> pa.Table:
    """The table, if its unit is one of ``units``. Raises WrongUnit naming the unit found and the one needed."""
    wanted = (units,) if isinstance(units, str) else units
    if not isinstance(table, pa.Table):
        raise WrongUnit(f"{what} needs a pyarrow Table with one row a {_or(wanted)}, found {type(table).__name__}")
    found = unit_of(table)
    if found not in wanted:
        have = f"one row a {found}" if found else f"no unit; its columns are {', '.join(table.column_names[:6]) or 'none'}"
        raise WrongUnit(f"{what} needs a table with one row a {_or(wanted)}, found {have}; {_make(wanted)}")
    return table


def columns(table: pa.Table, needed: tuple[str, ...], what: str) -> None:
    """Raise UsageError naming the columns that a table lacks."""
    missing = [name for name in needed if name not in table.column_names]
    if missing:
        raise UsageError(f"{what} needs the column {', '.join(missing)}; found {', '.join(table.column_names) or 'none'}")


def _or(words: tuple[str, ...]) -> str:
    return " or ".join(words)


def _make(wanted: tuple[str, ...]) -> str:
    makers = {EVENT: "archive.events()", GROUP: "measure.event_groups(archive, a, b)"}
    if any(unit in DYAD_PERIODS for unit in wanted):
        return "make one with measure.series(archive, a, b, by=...)"
    return f"make one with {makers[wanted[0]]}" if wanted[0] in makers else "see docs/measures.md"


def installed() -> bool:
    """Whether the packages of the extra ``measure`` are there, so that a page can leave out what needs them."""
    return all(find_spec(name) is not None for name in EXTRA)


def extra(error: ImportError) -> UsageError:
    """What to raise where a package of the extra ``measure`` is not installed."""
    return UsageError(f"this measure needs {error.name}, which is not installed: pip install 'dragoman[measure]'")


# What a caller names


def state(code: str) -> str:
    """The code of a state, from its code in any case or its English name. Raises UsageError naming what comes near."""
    return codebook.require_state(code)


def state_name(code: str) -> str:
    """The short English name of a state; the code itself where the codebook has none."""
    found = codebook.load().state(code)
    return found.name if found is not None else code


def pair(a: str, b: str) -> tuple[str, str]:
    """Both states of a pair, checked. Raises UsageError where they are the same or unknown."""
    first, second = state(a), state(b)
    if first == second:
        raise UsageError(f"a pair needs two states, found {first} twice")
    return first, second


def span(since: str | date | None, until: str | date | None) -> tuple[date | None, date | None]:
    """Both ends of a period, both included. Raises UsageError where it ends before it begins."""
    first, last = filters.day("since", since), filters.day("until", until)
    if first and last and last < first:
        raise UsageError(f"the period ends ({last}) before it begins ({first}); give since before until")
    return first, last


def period(by: str) -> str:
    """The name of a period. Raises UsageError for another one."""
    if by not in PERIODS:
        raise UsageError(f"there is no period {by!r}; choose one of {', '.join(PERIODS)}")
    return by
