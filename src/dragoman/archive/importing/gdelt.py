"""GDELT 2.0 events: 61 columns, tab, without header, one file for every fifteen minutes."""

from __future__ import annotations

from datetime import date
from typing import Any

from dragoman.archive.importing.actors import actor, coded, country
from dragoman.archive.importing.layout import BadRow, Cells, Layout, day, on
from dragoman.codebook import foreign

_ACTOR = "Code Name CountryCode KnownGroupCode EthnicCode Religion1Code Religion2Code Type1Code Type2Code Type3Code".split()
_GEO = "Type FullName CountryCode ADM1Code ADM2Code Lat Long FeatureID".split()
COLUMNS = (
    *"GLOBALEVENTID SQLDATE MonthYear Year FractionDate".split(),
    *(f"Actor1{name}" for name in _ACTOR),
    *(f"Actor2{name}" for name in _ACTOR),
    *"IsRootEvent EventCode EventBaseCode EventRootCode QuadClass GoldsteinScale".split(),
    *"NumMentions NumSources NumArticles AvgTone".split(),
    *(f"{place}Geo_{name}" for place in ("Actor1", "Actor2", "Action") for name in _GEO),
    *"DATEADDED SOURCEURL".split(),
)
_REPEATED = "MonthYear Year FractionDate EventBaseCode EventRootCode QuadClass".split()
"""What the day and the code say already."""


def _event(cells: Cells) -> dict[str, Any]:
    when = cells.day("SQLDATE")
    code = cells.take("EventCode")
    known = foreign.cameo().get(code or "")
    if known is None:
        raise BadRow(f"EventCode {code or ''!r} is not in the codebook")
    for column in _REPEATED:
        cells.take(column)
    return {
        **_side(cells, "source", "Actor1", when),
        **_side(cells, "target", "Actor2", when),
        **coded(cells, known.meaning, known.code, f"CAMEO {known.code} ({known.label})"),
        **on(when),
        **_place(cells),
        "published": day(cells.get("DATEADDED")),
    }


def _side(cells: Cells, side: str, prefix: str, when: date) -> dict[str, Any]:
    name = cells.take(f"{prefix}Name")
    kinds = [kind for n in (1, 2, 3) if (kind := cells.get(f"{prefix}Type{n}Code"))]
    state = country(cells, "cameo", cells.take(f"{prefix}CountryCode"))
    if state is None:
        cells.keep(f"{prefix}CountryCode")
    # A code of three letters is the state itself, whatever word of the text stood for it ("BEIJING").
    alone = state is not None and not kinds and cells.get(f"{prefix}Code") == cells.get(f"{prefix}CountryCode")
    found = actor(side, name, state, foreign.sector("cameo", kinds), when, alone=alone)
    return {**found, f"{side}_actor": state, f"{side}_sector": "GOV"} if alone else found


def _place(cells: Cells) -> dict[str, Any]:
    state = country(cells, "fips", cells.take("ActionGeo_CountryCode"))
    if state is None:
        cells.keep("ActionGeo_CountryCode")
    return {
        "place_name": cells.take("ActionGeo_FullName"),
        "place_country": state,
        "place_lat": cells.number("ActionGeo_Lat"),
        "place_lon": cells.number("ActionGeo_Long"),
    }


GDELT = Layout("gdelt", COLUMNS, _event, "GLOBALEVENTID", header=False)
