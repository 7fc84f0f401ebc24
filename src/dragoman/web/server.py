"""What the handlers of the site share: its options, its archive, and how an answer is made and tagged."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from dragoman.archive.archive import Archive
from dragoman.measure import frames
from dragoman.web.data.copies import Copies
from dragoman.web.review import Desk
from dragoman.web.site import Page, Site, render

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
    votes_stamp: tuple[int, int] | None = None  # when the file of votes was last written, and its size

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
        """A page depends on its address, the batch, the program with its extra, and the options: nothing else, no clock."""
        program = (self.version, frames.installed())
        options = (site.title, site.base, site.review, site.votes, self.votes_stamp)
        parts = (program, options, site.data.batch, request.url.path, request.url.query)
        return f'"{hashlib.sha256(repr(parts).encode()).hexdigest()[:24]}"'
