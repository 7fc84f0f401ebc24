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

import pyarrow as pa
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from dragoman.archive.archive import Archive
from dragoman.errors import DragomanError, MissingArchive
from dragoman.web import api, feeds, parameters, review, security
from dragoman.web.data import TimedOut, tables
from dragoman.web.data.copies import Copies
from dragoman.web.data.filters import EventFilter
from dragoman.web.formats import FORMS, written
from dragoman.web.pages import article, event, front, lists, measured, pair, reviewing, search, state
from dragoman.web.problems import NotFound
from dragoman.web.review import Desk
from dragoman.web.site import Page, Site, render
from dragoman.web.static import TYPES, static_files

LOG = logging.getLogger("dragoman.web")
ROWS = 1_000  # of a page's table as data; more by the API, page by page

Parts = Mapping[str, str]
MakePage = Callable[[Site, Parts, Request], Page]
MakeData = Callable[[Site, Parts, Request], Response]


@dataclass(frozen=True, slots=True)
class Options:
    """How the site is served. ``hosts`` are the names that it answers to; ``seconds`` bound every query; ``copy`` has large
    archives asked from a copy that is made in the background."""

    title: str = "Dragoman"
    base: str | None = None
    hosts: Sequence[str] = ("localhost", "127.0.0.1", "::1")
    seconds: float = 5.0
    votes: str | None = None
    review_token: str | None = None
    copy: bool = False


@dataclass(frozen=True, slots=True)
class Server:
    """What the handlers share."""

    archive: Archive
    options: Options
    version: str
    copies: Copies
    desk: Desk | None = None

    def site(self) -> Site:
        """The site over the archive's newest batch."""
        options = self.options
        return Site(
            self.copies.data(),
            options.title,
            options.base,
            review=self.desk is not None,
            version=self.version,
            votes=options.votes,
            archive=self.archive,
        )

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
    options = options or Options()
    desk = Desk(options.review_token) if options.review_token else None
    copies = Copies(archive, options.seconds, options.copy)
    server = Server(archive, options, metadata.version("dragoman"), copies, desk)
    handlers: dict[Any, Any] = {
        HTTPException: _http_problem(server),
        DragomanError: _problem(server),
        Exception: _unexpected(server),
    }
    app = Starlette(routes=[*_review(server), *_routes(server)], exception_handlers=handlers)
    app.router.redirect_slashes = False
    app.state.copies = copies
    app.add_middleware(security.Guard, hosts=tuple(options.hosts), writes=("/review/",) if desk else ())
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
    files: dict[str, MakeData] = {
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
    return [
        *(Route(path, data(make)) for path, make in files.items()),
        *(Route(path, page(make)) for path, make in pages.items()),
        Route("/static/{name:path}", _static),
    ]


# The review


def _review(server: Server) -> list[Route]:
    """The only routes that write; none of them exists unless a token was given."""
    desk = server.desk
    if desk is None:
        return []

    async def show(request: Request) -> Response:
        asked = parameters.read((parameters.row_id("event", "the event to review"),), request.query_params.multi_items())
        session = desk.session(request)

        def work() -> str:
            site = server.site()
            return render(site, reviewing.page(site, session, asked["event"]))

        return HTMLResponse(await run_in_threadpool(work), headers={"cache-control": "no-store"})

    async def enter(request: Request) -> Response:
        review.own(request)
        fields = await review.form(request)
        cookie = desk.enter(fields.get("token", ""), fields.get("by", ""))
        response = RedirectResponse("/review", 303)
        secure = request.url.scheme == "https"
        response.set_cookie(review.COOKIE, cookie, httponly=True, samesite="strict", secure=secure, path="/review")
        return response

    async def act(request: Request) -> Response:
        review.own(request)
        fields = await review.form(request)
        session = review.checked(desk.session(request), fields)
        await run_in_threadpool(reviewing.act, server.archive, session.by, fields)
        return RedirectResponse("/review", 303)

    async def leave(request: Request) -> Response:
        review.own(request)
        review.checked(desk.session(request), await review.form(request))
        desk.leave(request)
        return RedirectResponse("/review", 303)

    return [
        Route("/review", show),
        Route("/review/enter", enter, methods=["POST"]),
        Route("/review/act", act, methods=["POST"]),
        Route("/review/leave", leave, methods=["POST"]),
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
