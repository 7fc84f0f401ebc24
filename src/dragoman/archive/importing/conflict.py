"""Two data sets of violence inside and between states: UCDP GED and ACLED (csv, header)."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Any

from dragoman import codebook
from dragoman.archive.importing.actors import actor, coded, country
from dragoman.archive.importing.layout import BadRow, Cells, Layout, on
from dragoman.codebook import foreign

# UCDP GED

UCDP_COLUMNS = (
    "id",
    "type_of_violence",
    "side_a",
    "side_b",
    "date_prec",
    "date_start",
    "date_end",
    "country_id",
    "gwnoa",
    "gwnob",
)
_PRECISION = {"1": "day", "2": "range", "3": "week", "4": "month", "5": "year"}
"""date_prec: the day; up to six days; a week; a month; more than a month."""


def _ucdp(cells: Cells) -> dict[str, Any]:
    first, last = cells.day("date_start"), cells.day("date_end")
    if first > last:
        raise BadRow(f"date_start {first} is after date_end {last}")
    kind = cells.take("type_of_violence")
    meaning = foreign.foreign_events("ucdp-ged").get(kind or "")
    if meaning is None:
        raise BadRow(f"type_of_violence {kind or ''!r} is not 1, 2 or 3")
    precision = _PRECISION.get(cells.take("date_prec") or "", "range")
    if first != last and precision == "day":
        precision = "range"
    cells.keep("type_of_violence", "date_prec")
    return {
        **_ucdp_side(cells, "source", "side_a", "gwnoa", first),
        **_ucdp_side(cells, "target", "side_b", "gwnob", first),
        **coded(cells, meaning, None, f"kind of violence {kind}"),
        **on(first, last, precision),
        "place_name": cells.take("where_coordinates"),
        "place_country": country(cells, "gw", cells.get("country_id")),
        "place_lat": cells.number("latitude"),
        "place_lon": cells.number("longitude"),
    }


def _ucdp_side(cells: Cells, side: str, column: str, number: str, when: date) -> dict[str, Any]:
    """A government has a number of Gleditsch and Ward; who is attacked one-sidedly are civilians; others are armed groups."""
    name = cells.take(column)
    gw = (cells.get(number) or "").removesuffix(".0")
    if gw:
        state = country(cells, "gw", gw)
        return actor(side, name, state, "GOV", when)
    if name == "Civilians":
        return actor(side, name, None, "CVL", when)
    return actor(side, name, None, "REB" if name else None, when)


# ACLED

ACLED_COLUMNS = ("event_id_cnty", "event_date", "time_precision", "event_type", "sub_event_type", "actor1", "actor2", "iso")
_OF = re.compile(r"(?:Military|Police) Forces of (?:the )?(.+?) \(")


def _acled(cells: Cells) -> dict[str, Any]:
    when = cells.day("event_date")
    kind = cells.take("sub_event_type")
    meaning = foreign.foreign_events("acled").get(kind or "")
    if meaning is None:
        raise BadRow(f"sub_event_type {kind or ''!r} is not in the codebook")
    cells.keep("sub_event_type")
    precision = {"1": "day", "2": "week", "3": "month"}.get(cells.get("time_precision") or "1", "range")
    return {
        **_acled_side(cells, "source", "1", when),
        **_acled_side(cells, "target", "2", when),
        **coded(cells, meaning, None, f"sub-event {kind}"),
        **_spread(when, precision),
        "place_name": cells.take("location"),
        "place_country": _acled_country(cells),
        "place_lat": cells.number("latitude"),
        "place_lon": cells.number("longitude"),
    }


def _acled_country(cells: Cells) -> str | None:
    """By its ISO number; Kosovo has none and stands there as 0."""
    if cells.get("iso") in (None, "0"):
        return _named(cells.get("country"))
    return country(cells, "iso-numeric", cells.get("iso"))


def _spread(when: date, precision: str) -> dict[str, Any]:
    """ACLED gives one day even where it knows only the week or the month: then that whole week or month is the interval."""
    if precision == "week":
        return on(when - timedelta(days=when.weekday()), when + timedelta(days=6 - when.weekday()), precision)
    if precision == "month":
        return on(when.replace(day=1), when.replace(day=monthrange(when.year, when.month)[1]), precision)
    return on(when, None, precision)


def _acled_side(cells: Cells, side: str, number: str, when: date) -> dict[str, Any]:
    name = cells.take(f"actor{number}")
    if name is None:
        return {}
    kind = cells.get(f"inter{number}") or ""
    if kind in ("1", "State forces", "State Forces"):
        kind = next((k for k in ("Military forces", "Police forces") if name.lower().startswith(k.lower())), "State forces")
    found = _OF.match(name) or re.search(r"\(([^()\d-]+)\)", name)
    return actor(side, name, _named(found[1]) if found else None, foreign.sector("acled", (kind, kind.capitalize())), when)


def _named(name: str | None) -> str | None:
    states = codebook.load().states_by("name", name or "")
    return states[0].id if len(states) == 1 else None


UCDP = Layout("ucdp-ged", UCDP_COLUMNS, _ucdp, "id", delimiter=",", quoted=True)
ACLED = Layout("acled", ACLED_COLUMNS, _acled, "event_id_cnty", delimiter=",", quoted=True)
