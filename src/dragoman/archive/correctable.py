"""Which columns people can correct, what values they take, and what follows from them by the codebook."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from dragoman import codebook
from dragoman.archive import filters
from dragoman.codebook import events as event_codebook
from dragoman.codebook.tables import NO_STATE, SECTORS
from dragoman.errors import UsageError

Check = Callable[[str, str], Any]
"""From a column's name and the text given for it to its value. Raises UsageError that says what is known."""


def _word(column: str, text: str) -> str:
    return text


def _country(column: str, text: str) -> str:
    return filters.country(text)


def _countries(column: str, text: str) -> list[str]:
    return sorted({filters.country(part.strip()) for part in text.replace(";", ",").split(",") if part.strip()})


def _number(column: str, text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise UsageError(f"{column} {text!r} is no number; write it as 12.5")
    most = _DEGREES.get(column, math.inf)
    if abs(value) > most:
        raise UsageError(f"{column} {text!r} is no place on the globe; give degrees from -{most} to {most}")
    return value


def _whole(column: str, text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise UsageError(f"{column} {text!r} is no whole number") from None


def _truth(column: str, text: str) -> bool:
    return filters.one_of(column, text, ("true", "false")) == ["true"]


def _day(column: str, text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise UsageError(f"{column} {text!r} is not a date; write it as 2031-03-02") from None


def _of(*known: str) -> Check:
    return lambda column, text: filters.one_of(column, text, known)[0]


def _contexts(column: str, text: str) -> list[str]:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    return filters.one_of(column, parts, tuple(event_codebook.load().contexts))


def _stance(column: str, text: str) -> int:
    return int(filters.one_of(column, text, ("1", "0", "-1"))[0])


_DEGREES = {"place_lat": 90, "place_lon": 180}
PRECISIONS = ("day", "week", "month", "season", "quarter", "year", "decade", "century", "range")
_ACTOR: dict[str, Check] = {"actor": _word, "country": _country, "sector": _of(*SECTORS)}
_DATE: dict[str, Check] = {"date_from": _day, "date_to": _day, "date_precision": _of(*PRECISIONS)}


def _sides(*sides: str) -> dict[str, Check]:
    return {f"{side}_{column}": check for side in sides for column, check in _ACTOR.items()}


CORRECTABLE: dict[str, dict[str, Check]] = {
    "events": {
        **_sides("source", "target"),
        "root": _of(*event_codebook.ROOTS),
        "mode": _word,
        "context": _contexts,
        "modality": _of(*filters.MODALITIES),
        "asserted_by": _word,
        "mutual": _truth,
        **_DATE,
        "place_name": _word,
        "place_country": _country,
        "place_lat": _number,
        "place_lon": _number,
    },
    "statements": {
        **_sides("speaker", "addressee"),
        "kind": _of("direct", "indirect", "mixed"),
        "about": _countries,
        "stance": _stance,
    },
    "instruments": {
        "name": _word,
        "kind": _of("agreement", "statement", "project", "sanction", "tariff", "exercise"),
        "parties": _countries,
        "status": _of("proposed", "negotiated", "signed", "in force", "stalled", "ended"),
        **_DATE,
    },
    "figures": {
        "value": _number,
        "to": _number,
        "bound": _of("at least", "at most", "about"),
        "unit": _word,
        "what": _word,
        "of": _word,
        "on": _word,
    },
    "discrepancies": {"about": _word, "favoured": _whole, "reason": _word},
}
"""Table and column. Offsets and words of the text are not among them: they are what the article says."""
_NEEDED = ("root", "modality", "kind", "name", "value", "unit", "about", "mutual", "stance", "reason")
_FOLLOW = {"quad": "root", "cameo": "root or mode", "intensity": "root or mode"}


def changes(table: str, was: Mapping[str, Any], given: Mapping[str, str | None]) -> dict[str, Any]:
    """The columns that change and their new values, in JSON's types: those given, and those that follow from them."""
    checks = CORRECTABLE[table]
    new: dict[str, Any] = {}
    for column, text in _spelled_out(table, given).items():
        if column in _FOLLOW and table == "events":
            raise UsageError(f"{column} follows from {_FOLLOW[column]}; correct that instead")
        if column not in checks:
            raise UsageError(f"{table} has no column {column!r} that can be corrected; it has {', '.join(checks)}")
        if text is None or text.strip() in ("", "null"):
            if column in _NEEDED:
                raise UsageError(f"{column} cannot be empty; give a value, or reject the row")
            new[column] = None
        else:
            new[column] = checks[column](column, text.strip())
    for side in ("source", "target", "speaker", "addressee"):
        if new.get(f"{side}_country") or new.get(f"{side}_sector"):
            _actor_follows(side, was, new)
    if table == "events":
        _root_follows(was, new)
    if table == "discrepancies" and new.get("favoured") is not None and not 0 <= new["favoured"] < len(was["sides"]):
        raise UsageError(f"favoured {new['favoured']} is no side; there are {len(was['sides'])}, counted from 0")
    _dates_follow(was, new)
    return new


def _spelled_out(table: str, given: Mapping[str, str | None]) -> dict[str, str | None]:
    """``source=RUS`` and ``date=2031-03-02`` as the columns they stand for."""
    out: dict[str, str | None] = {}
    for name, text in given.items():
        if f"{name}_actor" in CORRECTABLE[table]:
            actor, country, sector = _actor(text) if text else (None, None, None)
            out |= {f"{name}_actor": actor, f"{name}_country": country, f"{name}_sector": sector}
        elif name == "date" and "date_from" in CORRECTABLE[table]:
            out |= {"date_from": text, "date_to": text, "date_precision": "day" if text else None}
        else:
            out[name] = text
    return out


def _actor(text: str) -> tuple[str, str | None, str | None]:
    """Actor id, country and sector of a state, an organisation, or an id such as ``NOR.GOV.jonas-dahl``."""
    code = filters.state(text)
    if code is not None and code not in NO_STATE:
        return code, code, "GOV"
    body = codebook.load().organisation(text)
    if body is not None:
        return body.id, body.country, body.sector
    parts = text.split(".", 2)
    if len(parts) == 3:
        country = None if parts[0] == "XXX" else filters.country(parts[0])
        return text, country, filters.one_of("sector", parts[1], SECTORS)[0]
    raise UsageError(
        f"no state or organisation {text!r} in the codebook; give a code (CHN), a name, NATO, or NOR.GOV.jonas-dahl"
    )


def _actor_follows(side: str, was: Mapping[str, Any], new: dict[str, Any]) -> None:
    """An actor's id names its country and sector: ``CHN`` becomes ``RUS``, ``CHN.GOV.envoy`` becomes ``RUS.GOV.envoy``."""
    if f"{side}_actor" in new or was[f"{side}_actor"] is None:
        return
    country = new.get(f"{side}_country", was[f"{side}_country"]) or "XXX"
    sector = new.get(f"{side}_sector", was[f"{side}_sector"]) or "UNK"
    parts = was[f"{side}_actor"].split(".", 2)
    if len(parts) == 3:
        new[f"{side}_actor"] = f"{country}.{sector}.{parts[2]}"
    elif was[f"{side}_actor"] == was[f"{side}_country"] and sector == "GOV":
        new[f"{side}_actor"] = country


def _root_follows(was: Mapping[str, Any], new: dict[str, Any]) -> None:
    if "root" not in new and "mode" not in new:
        return
    name = new.get("root", was["root"])
    if name is None:
        raise UsageError("the row has no root, so it has no mode; correct root too")
    root = event_codebook.load().roots[name]
    modes = {mode.name: mode for mode in root.modes}
    given = new.get("mode")
    if given is not None and given not in modes:
        raise UsageError(f"root {name} has no mode {given!r}; its modes are {', '.join(modes)}")
    kept = given if "mode" in new else was["mode"] if was["mode"] in modes else None
    mode = modes.get(kept or "")
    new["mode"] = kept
    new["quad"] = root.quad
    new["cameo"] = mode.cameo if mode and mode.cameo else root.cameo
    new["intensity"] = mode.intensity if mode and mode.intensity is not None else root.intensity
    if not root.mutual and "mutual" not in new:
        new["mutual"] = False


def _dates_follow(was: Mapping[str, Any], new: dict[str, Any]) -> None:
    if "date_from" not in new and "date_to" not in new:
        return
    first, last = (new[c] if c in new else was[c] and str(was[c]) for c in ("date_from", "date_to"))
    if first and last and first > last:
        raise UsageError(f"the date would end ({last}) before it begins ({first}); give both date_from and date_to")
    if "date_precision" not in new:
        new["date_precision"] = None if not (first or last) else "day" if first == last else "range"
    new["date_how"] = "explicit" if first or last else None
