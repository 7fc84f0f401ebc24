"""The site as an ASGI application: addresses to pages, errors to one line, and nothing that writes unless review is on."""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import PurePosixPath
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from dragoman.archive.archive import Archive
from dragoman.errors import DragomanError, MissingArchive
from dragoman.web import api, feeds, security
from dragoman.web.data import TimedOut, open_data, tables
from dragoman.web.data.filters import EventFilter
from dragoman.web.formats import FORMS, written
from dragoman.web.pages import article, event, front, lists, pair, search, state
from dragoman.web.problems import NotFound
from dragoman.web.site import Page, Site, render
from dragoman.web.static import TYPES, static_files

LOG = logging.getLogger("dragoman.web")
ROWS = 1_000  # of a page's table as data; more by the API, page by page

Parts = Mapping[str, str]
MakePage = Callable[[Site, Parts, Request], Page]
MakeData = Callable[[Site, Parts, Request], Response]


@dataclass(frozen=True, slots=True)
class Options:
    """How the site is served. ``hosts`` are the names that it answers to; ``seconds`` bound every query."""

    title: str = "Dragoman"
    base: str | None = None
    hosts: Sequence[str] = ("localhost", "127.0.0.1", "::1")
    seconds: float = 5.0


@dataclass(frozen=True, slots=True)
class Server:
    """What the handlers share."""

    archive: Archive
    options: Options
    version: str

    def site(self) -> Site:
        """The site over the archive's newest batch."""
        options = self.options
        return Site(open_data(self.archive, options.seconds), options.title, options.base, version=self.version)

    def page(self, make: MakePage) -> Callable[[Request], Any]:
        """A handler that answers with a page, or with 304 where the reader has it already."""
        return self._handler(lambda site, parts, request: HTMLResponse(render(site, make(site, parts, request))))

    def data(self, make: MakeData) -> Callable[[Request], Any]:
        return self._handler(make)

    def _handler(self, make: MakeData) -> Callable[[Request], Any]:
        def work(request: Request) -> Response:
            site = self.site()
            tag = self._tag(site, request)
            if request.headers.get("if-none-match") == tag:
                return Response(status_code=304, headers={"etag": tag})
            response = make(site, request.path_params, request)
            response.headers["etag"] = tag
            response.headers["cache-control"] = "no-cache"
            return response

        async def handle(request: Request) -> Response:
            return await run_in_threadpool(work, request)

        return handle

    def _tag(self, site: Site, request: Request) -> str:
        """A page depends on its address, the batch, and the program: nothing else, no clock."""
        parts = (self.version, site.data.batch, site.title, site.base, request.url.path, request.url.query)
        return f'"{hashlib.sha256(repr(parts).encode()).hexdigest()[:24]}"'


def create_app(archive: Archive, options: Options | None = None) -> Starlette:
    """The application over an archive. Raises nothing by itself: a missing archive is told on every page."""
    server = Server(archive, options or Options(), metadata.version("dragoman"))
    handlers: dict[Any, Any] = {
        HTTPException: _http_problem(server),
        DragomanError: _problem(server),
        Exception: _unexpected(server),
    }
    app = Starlette(routes=_routes(server), exception_handlers=handlers)
    app.router.redirect_slashes = False
    app.add_middleware(security.Guard, hosts=tuple(server.options.hosts))
    return app


def _routes(server: Server) -> list[Route]:
    page, data = server.page, server.data
    pages: dict[str, MakePage] = {
        "/": lambda site, _, __: front.front(site),
        "/pairs": lambda site, _, __: lists.pairs(site),
        "/states": lambda site, _, __: lists.states(site),
        "/disputed": lambda site, _, __: lists.disputed(site),
        "/status": lambda site, _, __: lists.state_of_record(site),
        "/about": lambda site, _, __: lists.about(site),
        "/api": lambda _, __, ___: lists.tables(tuple(api.ENDPOINTS.values())),
        "/search": lambda site, _, request: search.search(site, request.query_params.multi_items()),
        "/pair/{pair}": lambda site, parts, _: pair.pair(site, *_pair(parts)),
        "/pair/{pair}/{year}": lambda site, parts, _: pair.pair_year(site, *_pair(parts), _year(parts)),
        "/state/{code}": lambda site, parts, _: state.state(site, _code(parts)),
        "/actor/{actor}": lambda site, parts, _: state.actor(site, parts["actor"]),
        "/event/{id}": lambda site, parts, _: event.event(site, parts["id"]),
        "/article/{id}": lambda site, parts, _: article.article(site, parts["id"]),
    }
    files: dict[str, MakeData] = {
        "/feed.atom": lambda site, _, __: Response(feeds.of_all(site), media_type=feeds.TYPE),
        "/pair/{pair}/feed.atom": lambda site, parts, _: Response(feeds.of_pair(site, *_pair(parts)), media_type=feeds.TYPE),
        "/state/{code}/feed.atom": lambda site, parts, _: Response(feeds.of_state(site, _code(parts)), media_type=feeds.TYPE),
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
    return [
        *(Route(path, data(make)) for path, make in files.items()),
        *(Route(path, page(make)) for path, make in pages.items()),
        Route("/static/{name:path}", _static),
    ]


# Parts of addresses


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


# Data


def _events(site: Site, parts: Parts, wanted: EventFilter) -> Response:
    form = _form(parts)
    found = tables.events(site.data, wanted, limit=ROWS)
    if not len(found):
        raise NotFound("the record has no event here")
    return Response(written(found, form), media_type=FORMS[form])


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


# Problems


def _problem(server: Server) -> Callable[[Request, Exception], Response]:
    def handle(request: Request, error: Exception) -> Response:
        status = 503 if isinstance(error, TimedOut | MissingArchive) else getattr(error, "status", 500)
        if isinstance(error, DragomanError) and status == 500 and error.exit_code == 2:
            status = 400
        return _told(server, request, status, str(error))

    return handle


def _http_problem(server: Server) -> Callable[[Request, Exception], Response]:
    def handle(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        words = "there is no such page" if error.status_code == 404 else str(error.detail).lower()
        response = _told(server, request, error.status_code, words)
        response.headers.update(error.headers or {})
        return response

    return handle


def _unexpected(server: Server) -> Callable[[Request, Exception], Response]:
    def handle(request: Request, error: Exception) -> Response:
        LOG.error("%s: unexpected %s: %s", request.url.path, type(error).__name__, " ".join(str(error).split())[:200])
        return _told(server, request, 500, "something went wrong here that should not; the server's log says what")

    return handle


def _told(server: Server, request: Request, status: int, message: str) -> Response:
    """One line: as JSON where data was asked for, else on a page."""
    path = request.url.path
    if status == 404 and path.endswith(".html"):  # the address of a page of the published site
        return RedirectResponse("/" if path == "/index.html" else path.removesuffix(".html"), 308)
    if path.startswith("/api/") or path.endswith((".json", ".csv", ".parquet", ".atom")):
        return JSONResponse({"error": message}, status)
    titles = {404: "Not found", 400: "That does not read", 503: "Too much at once", 403: "Not allowed"}
    context = {"message": f"{message[:1].upper()}{message[1:]}."}
    address = "/".join("x" for _ in path[1:].split("/"))  # links are relative: only the depth of the address asked for counts
    page = Page("problem.html", address, titles.get(status, "Something went wrong"), status=status, context=context)
    empty = Site(None, server.options.title, server.options.base, version=server.version)  # type: ignore[arg-type]
    return HTMLResponse(render(empty, page), status)
