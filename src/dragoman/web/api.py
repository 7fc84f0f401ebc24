"""The tables by address, and the OpenAPI document that describes them; both made from one declaration."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from dragoman.web import parameters as p
from dragoman.web.data import Data, tables
from dragoman.web.data import pairs as pair_data
from dragoman.web.data.filters import EventFilter
from dragoman.web.formats import FORMS
from dragoman.web.parameters import Parameter

Fields = tuple[tuple[str, pa.DataType], ...]

_DECLARED: Mapping[str, Parameter] = {
    "speaker": p.code("speaker", "country of the speaker"),
    "about": p.code("about", "a state that is spoken about"),
    "party": p.code("party", "a state that is a party"),
    "country": p.code("country", "country of the actor"),
    "kind": p.choice("kind", "how it is told", ("direct", "indirect", "mixed")),
    "group": p.row_id("group", "id of the event group"),
    "event": p.row_id("event", "id of the event mention"),
    "row": p.row_id("row", "id of the row"),
    "actor": p.ACTOR,
    "q": p.query("text"),
    "document": p.DOCUMENT,
    "outlet": p.OUTLET,
    "since": p.SINCE,
    "until": p.UNTIL,
}
_PAGING = (p.LIMIT, p.OFFSET)
_EVENTS = (
    p.SOURCE,
    p.TARGET,
    p.STATE,
    p.ACTOR,
    p.ROOT,
    p.QUAD,
    p.MODALITY,
    p.PLACE,
    p.OUTLET,
    p.QUERY,
    p.DOCUMENT,
    p.SINCE,
    p.UNTIL,
    *_PAGING,
)
_INT, _REAL = pa.int64(), pa.float64()
_PAIRS: Fields = (
    ("one", pa.string()),
    ("two", pa.string()),
    ("events", _INT),
    *((f"q{quad}", _INT) for quad in (1, 2, 3, 4)),
    ("intensity", _REAL),
    ("last", pa.date32()),
)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One table at ``/api/NAME.FORM``: what it holds, what may be asked, and how its rows are found."""

    name: str
    about: str
    parameters: tuple[Parameter, ...]
    fields: Fields
    find: Callable[[Data, Mapping[str, Any]], pa.Table]


def _events(data: Data, asked: Mapping[str, Any]) -> pa.Table:
    names = ("source", "target", "state", "actor", "root", "quad", "modality", "place", "outlet", "document", "since", "until")
    wanted = EventFilter(**{name: asked[name] for name in names}, words=p.parts(asked["q"]))
    return tables.events(data, wanted, limit=asked["limit"], offset=asked["offset"])


def _pairs(data: Data, asked: Mapping[str, Any]) -> pa.Table:
    rows = pair_data.pairs(data, since=asked["since"], until=asked["until"], state=asked["state"], limit=asked["limit"])
    return pa.Table.from_pylist(rows, schema=pa.schema(list(_PAIRS)))


def _served(table: tables.Table) -> Endpoint:
    declared = (*(_DECLARED[name] for name in table.conditions), *_PAGING)

    def find(data: Data, asked: Mapping[str, Any]) -> pa.Table:
        wanted = {**asked, "q": p.parts(asked.get("q"))}
        return tables.rows(data, table, wanted, limit=asked["limit"], offset=asked["offset"])

    return Endpoint(table.name, table.about, declared, table.columns, find)


ENDPOINTS: Mapping[str, Endpoint] = {
    endpoint.name: endpoint
    for endpoint in (
        Endpoint("events", "Event mentions with their passages, newest first.", _EVENTS, tables.EVENT_COLUMNS, _events),
        Endpoint(
            "pairs",
            "Pairs of states by number of events; since and until are days of publication.",
            (p.STATE, p.SINCE, p.UNTIL, p.LIMIT),
            _PAIRS,
            _pairs,
        ),
        *map(_served, tables.TABLES_SERVED),
    )
}


def answer(data: Data, name: str, given: Iterable[tuple[str, str]]) -> tuple[pa.Table, int | None]:
    """The rows asked for, and the offset of the next ones or None. Raises BadRequest, and KeyError for an unknown table."""
    endpoint = ENDPOINTS[name]
    asked = p.read(endpoint.parameters, given)
    found = endpoint.find(data, asked)
    full = "offset" in asked and len(found) == asked["limit"]
    after = asked["offset"] + asked["limit"] if full else None
    return found, after if after is not None and after <= p.OFFSET.schema["maximum"] else None


def openapi(title: str, version: str) -> dict[str, Any]:
    """The OpenAPI 3.1 document of the tables."""
    paths = {f"/api/{e.name}.{form}": {"get": _operation(e, form)} for e in ENDPOINTS.values() for form in FORMS}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{title}: the record as tables",
            "version": version or "0",
            "summary": "Every table of the archive by its address, read-only.",
            "description": (
                "Dates are ISO 8601, codes are strings, missing is null. A text in CSV that a spreadsheet would run as a "
                "formula has an apostrophe in front. The header Link names the address of the next rows."
            ),
        },
        "paths": paths,
        "components": {
            "schemas": {
                "Problem": {"type": "object", "properties": {"error": {"type": "string"}}, "required": ["error"]},
                **{endpoint.name: _row(endpoint.fields) for endpoint in ENDPOINTS.values()},
            }
        },
    }


def _operation(endpoint: Endpoint, form: str) -> dict[str, Any]:
    problem = {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    rows: dict[str, Any] = {"type": "array", "items": {"$ref": f"#/components/schemas/{endpoint.name}"}}
    schema = rows if form == "json" else {"type": "string"}
    return {
        "summary": endpoint.about,
        "operationId": f"{endpoint.name}_{form}",
        "parameters": [_query(parameter) for parameter in endpoint.parameters],
        "responses": {
            "200": {"description": "the rows", "content": {FORMS[form]: {"schema": schema}}},
            "400": {"description": "a parameter does not read", "content": problem},
            "503": {"description": "the query took too long", "content": problem},
        },
    }


def _query(parameter: Parameter) -> dict[str, Any]:
    about = {"description": parameter.about, "schema": parameter.schema}
    return {"name": parameter.name, "in": "query", "required": False, **about}


def _row(fields: Fields) -> dict[str, Any]:
    properties = {name: _kind(kind) for name, kind in fields}
    return {"type": "object", "properties": properties, "required": list(properties)}


def _kind(kind: pa.DataType) -> dict[str, Any]:
    if pa.types.is_list(kind):
        return {"type": ["array", "null"], "items": _kind(kind.value_type)}
    if pa.types.is_struct(kind):
        fields = [kind.field(i) for i in range(kind.num_fields)]
        return {"type": ["object", "null"], "properties": {f.name: _kind(f.type) for f in fields}}
    if pa.types.is_boolean(kind):
        return {"type": ["boolean", "null"]}
    if pa.types.is_integer(kind):
        return {"type": ["integer", "null"]}
    if pa.types.is_floating(kind):
        return {"type": ["number", "null"]}
    if pa.types.is_date(kind):
        return {"type": ["string", "null"], "format": "date"}
    if pa.types.is_timestamp(kind):
        return {"type": ["string", "null"], "format": "date-time"}
    return {"type": ["string", "null"]}
