"""The routes of the review: the only ones that write."""

from __future__ import annotations

from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from dragoman.web import parameters, review
from dragoman.web.pages import reviewing
from dragoman.web.review import Desk
from dragoman.web.server import Server
from dragoman.web.site import render


def review_routes(server: Server) -> list[Route]:
    """None of them exists unless a token was given."""
    desk = server.desk
    if desk is None:
        return []
    return [
        Route("/review", partial(_show, server, desk)),
        Route("/review/enter", partial(_enter, desk), methods=["POST"]),
        Route("/review/act", partial(_act, server, desk), methods=["POST"]),
        Route("/review/leave", partial(_leave, desk), methods=["POST"]),
    ]


async def _show(server: Server, desk: Desk, request: Request) -> Response:
    asked = parameters.read((parameters.row_id("event", "the event to review"),), request.query_params.multi_items())
    session = desk.session(request)

    def work() -> str:
        site = server.site()
        return render(site, reviewing.page(site, session, asked["event"]))

    return HTMLResponse(await run_in_threadpool(work), headers={"cache-control": "no-store"})


async def _enter(desk: Desk, request: Request) -> Response:
    review.own(request)
    fields = await review.form(request)
    cookie = desk.enter(fields.get("token", ""), fields.get("by", ""))
    response = RedirectResponse("/review", 303)
    secure = request.url.scheme == "https"
    response.set_cookie(review.COOKIE, cookie, httponly=True, samesite="strict", secure=secure, path="/review")
    return response


async def _act(server: Server, desk: Desk, request: Request) -> Response:
    review.own(request)
    fields = await review.form(request)
    session = review.checked(desk.session(request), fields)
    await run_in_threadpool(reviewing.act, server.archive, session.by, fields)
    return RedirectResponse("/review", 303)


async def _leave(desk: Desk, request: Request) -> Response:
    review.own(request)
    review.checked(desk.session(request), await review.form(request))
    desk.leave(request)
    return RedirectResponse("/review", 303)
