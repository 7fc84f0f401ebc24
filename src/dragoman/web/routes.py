"""Which address is which page, picture, feed or table."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

import pyarrow as pa
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from dragoman.web import api, feeds, security
from dragoman.web.data import tables
from dragoman.web.data.filters import EventFilter
from dragoman.web.formats import FORMS, written
from dragoman.web.pages import article, event, front, lists, measured, pair, search, state
from dragoman.web.problems import NotFound
from dragoman.web.server import MakeData, MakePage, Parts, Server
from dragoman.web.site import Site
from dragoman.web.static import TYPES, static_files

ROWS = 1_000  # of a page's table as data; more by the API, page by page


def routes(server: Server) -> list[Route]:
    """Every route that only reads."""
    return [
        *(Route(path, server.data(make)) for path, make in FILES.items()),
        *(Route(path, server.page(make)) for path, make in PAGES.items()),
        Route("/static/{name:path}", _static),
    ]


def _code(parts: Parts) -> str:
    if not re.fullmatch("[A-Z]{3}", parts["code"]):
        raise NotFound(f"there is no state {parts['code'][:40]!r}; a state's page is state/CHN")
    return parts["code"]


def _pair(parts: Parts) -> tuple[str, str]:
    if not re.fullmatch("[A-Z]{3}-[A-Z]{3}", parts["pair"]):
        raise NotFound(f"there is no pair {parts['pair'][:40]!r}; a pair's page is pair/CHN-RUS")
    one, two = sorted(parts["pair"].split("-"))
    return one, two


def _year(parts: Parts) -> int:
    if not re.fullmatch("[0-9]{4}", parts["year"]):
        raise NotFound(f"there is no year {parts['year'][:40]!r}")
    return int(parts["year"])


def _form(parts: Parts) -> str:
    if parts["form"] not in FORMS:
        raise NotFound(f"there is no form {parts['form'][:40]!r}; tables come as {', '.join(FORMS)}")
    return parts["form"]


def _events(site: Site, parts: Parts, wanted: EventFilter) -> Response:
    found = tables.events(site.data, wanted, limit=ROWS)
    if not len(found):
        raise NotFound("the record has no event here")
    return _table(found, parts)


def _table(found: pa.Table, parts: Parts) -> Response:
    form = _form(parts)
    return Response(written(found, form), media_type=FORMS[form])


def _picture(drawn: bytes) -> Response:
    return Response(drawn, media_type="image/svg+xml", headers={"content-security-policy": security.PICTURE_POLICY})


def _api_table(site: Site, parts: Parts, request: Request) -> Response:
    form = _form(parts)
    if parts["table"] not in api.ENDPOINTS:
        raise NotFound(f"there is no table {parts['table'][:40]!r}; tables are {', '.join(api.ENDPOINTS)}")
    found, after = api.answer(site.data, parts["table"], request.query_params.multi_items())
    headers = {"link": f'<{request.url.include_query_params(offset=after)}>; rel="next"'} if after is not None else {}
    return Response(written(found, form), media_type=FORMS[form], headers=headers)


async def _static(request: Request) -> Response:
    """A file of the package's static folder, by its exact name: nothing else can be asked for."""
    name = request.path_params["name"]
    if name not in static_files():
        raise NotFound(f"there is no file {name[:40]!r}")
    kind = TYPES[PurePosixPath(name).suffix]
    return Response(static_files()[name], media_type=kind, headers={"cache-control": "public, max-age=3600"})


PAGES: dict[str, MakePage] = {
    "/": lambda site, _, __: front.front(site),
    "/pairs": lambda site, _, __: lists.pairs(site),
    "/states": lambda site, _, __: lists.states(site),
    "/disputed": lambda site, _, __: lists.disputed(site),
    "/status": lambda site, _, __: lists.state_of_record(site),
    "/about": lambda site, _, __: lists.about(site),
    "/api": lambda _, __, ___: lists.tables(tuple(api.ENDPOINTS.values())),
    "/search": lambda site, _, request: search.search(site, request.query_params.multi_items()),
    "/pair/{pair}": lambda site, parts, _: pair.pair(site, *_pair(parts)),
    "/map": lambda site, _, __: measured.map_page(site),
    "/blocs": lambda site, _, __: measured.blocs_page(site),
    "/votes": lambda site, _, request: measured.votes_page(site, request.query_params.multi_items()),
    "/pair/{pair}/brief": lambda site, parts, _: measured.pair_brief(site, *_pair(parts)),
    "/pair/{pair}/{year}": lambda site, parts, _: pair.pair_year(site, *_pair(parts), _year(parts)),
    "/state/{code}": lambda site, parts, _: state.state(site, _code(parts)),
    "/actor/{actor}": lambda site, parts, _: state.actor(site, parts["actor"]),
    "/event/{id}": lambda site, parts, _: event.event(site, parts["id"]),
    "/article/{id}": lambda site, parts, _: article.article(site, parts["id"]),
}
FILES: dict[str, MakeData] = {
    "/feed.atom": lambda site, _, __: Response(feeds.of_all(site), media_type=feeds.TYPE),
    "/pair/{pair}/feed.atom": lambda site, parts, _: Response(feeds.of_pair(site, *_pair(parts)), media_type=feeds.TYPE),
    "/state/{code}/feed.atom": lambda site, parts, _: Response(feeds.of_state(site, _code(parts)), media_type=feeds.TYPE),
    "/map.svg": lambda site, _, __: _picture(measured.map_picture(site)),
    "/blocs.svg": lambda site, _, __: _picture(measured.bloc_picture(site)),
    "/pair/{pair}/series.svg": lambda site, parts, _: _picture(measured.pair_picture(site, *_pair(parts))),
    "/pair/{pair}/series.{form}": lambda site, parts, _: _table(measured.pair_series(site, *_pair(parts)), parts),
    "/api/openapi.json": lambda site, _, __: JSONResponse(api.openapi(site.title, site.version)),
    "/api/{table}.{form}": _api_table,
    "/pairs.{form}": lambda site, parts, request: _api_table(site, {**parts, "table": "pairs"}, request),
    "/disputed.{form}": lambda site, parts, request: _api_table(site, {**parts, "table": "discrepancies"}, request),
    "/pair/{pair}/events.{form}": lambda site, parts, _: _events(site, parts, EventFilter(pair=_pair(parts))),
    "/state/{code}/events.{form}": lambda site, parts, _: _events(site, parts, EventFilter(state=_code(parts))),
    "/actor/{actor}/events.{form}": lambda site, parts, _: _events(site, parts, EventFilter(actor=parts["actor"])),
    "/article/{id}/events.{form}": lambda site, parts, _: _events(site, parts, EventFilter(document=parts["id"])),
    "/event/{id}/mentions.{form}": lambda site, parts, _: _events(site, parts, EventFilter(group=parts["id"])),
}
"""What is no page: feeds, pictures and tables. Asked before the pages, whose addresses would take some of theirs."""
