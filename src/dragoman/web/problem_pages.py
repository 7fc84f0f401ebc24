"""Errors told in one line: as JSON where data was asked for, else on a page."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from dragoman.errors import DragomanError, MissingArchive
from dragoman.web.data import TimedOut
from dragoman.web.server import Server
from dragoman.web.site import Page, Site, render

LOG = logging.getLogger("dragoman.web")


def handlers(server: Server) -> dict[Any, Any]:
    """By class of error, what answers a request that ended in it."""
    return {HTTPException: _http_problem(server), DragomanError: _problem(server), Exception: _unexpected(server)}


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


def _served(path: str, query: str) -> str:
    """Where the server has a page of the published site; on this host, whatever was asked: ``//other`` names another one."""
    page = path.removesuffix(".html").lstrip("/")
    return "/" + ("" if page == "index" else page) + (f"?{query}" if query else "")


def _told(server: Server, request: Request, status: int, message: str) -> Response:
    """One line: as JSON where data was asked for, else on a page."""
    path = request.url.path
    if status == 404 and path.endswith(".html"):  # the address of a page of the published site
        return RedirectResponse(_served(path, request.url.query), 308)
    if path.startswith("/api/") or path.endswith((".json", ".csv", ".parquet", ".atom")):
        return JSONResponse({"error": message}, status)
    titles = {404: "Not found", 400: "That does not read", 503: "Too much at once", 403: "Not allowed"}
    context = {"message": f"{message[:1].upper()}{message[1:]}."}
    address = "/".join("x" for _ in path[1:].split("/"))  # links are relative: only the depth of the address asked for counts
    page = Page("problem.html", address, titles.get(status, "Something went wrong"), status=status, context=context)
    empty = Site(None, server.options.title, server.options.base, version=server.version)  # type: ignore[arg-type]
    return HTMLResponse(render(empty, page), status)
