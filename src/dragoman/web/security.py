"""What every answer and every request is held to, whatever page it is."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LONGEST_URL = 4_000  # bytes of path and query
LARGEST_BODY = 64_000  # bytes; the only bodies are forms of the review
READS = ("GET", "HEAD", "OPTIONS")

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
"""No inline script or style, nothing from another host. Text of an article could only run if both this and escaping failed."""

PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
"""A picture opened by itself: it may style itself and do nothing else."""

HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",  # no-referrer would have browsers send the review's own forms with the origin "null"
    "permissions-policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


@dataclass(frozen=True, slots=True)
class Guard:
    """Refuses what no page needs before any page runs, and sets the headers of every answer.

    ``hosts`` are the names that this server answers to: a page elsewhere cannot make a browser read from it under another name
    (DNS rebinding). ``*`` answers to all.
    """

    app: ASGIApp
    hosts: Sequence[str]
    writes: tuple[str, ...] = ()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        refusal = self._refusal(scope)

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    if name not in headers:
                        headers[name] = value
            await send(message)

        if refusal is not None:
            await refusal(scope, receive, with_headers)
        else:
            await self.app(scope, _limited(receive), with_headers)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        headers = Headers(scope=scope)
        if not self._known(headers.get("host", "")):
            return _line("this server does not answer to that host name; start it with --host NAME to add one", 421)
        path = scope["path"]
        if len(scope.get("raw_path") or path) + len(scope["query_string"]) > LONGEST_URL:
            return _line(f"the address is longer than {LONGEST_URL} bytes", 414)
        if scope["method"] not in READS and not (scope["method"] == "POST" and path.startswith(self.writes)):
            return _line(
                f"{scope['method'][:20]} is not possible here: the site is read-only", 405, {"allow": ", ".join(READS)}
            )
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > LARGEST_BODY:
            return _line(f"the request's body is larger than {LARGEST_BODY} bytes", 413)
        return None

    def _known(self, host: str) -> bool:
        name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
        return "*" in self.hosts or name.strip("[]").lower() in self.hosts


def hosts_of(bound: str, more: Sequence[str] = ()) -> tuple[str, ...]:
    """Host names to answer to when bound to an address: the machine itself, the address, and those named.

    >>> hosts_of("127.0.0.1")
    ('127.0.0.1', '::1', 'localhost')
    """
    names = {"localhost", "127.0.0.1", "::1", *(name.lower() for name in more)}
    try:
        if not ipaddress.ip_address(bound).is_unspecified:
            names.add(bound)
    except ValueError:
        names.add(bound.lower())
    return tuple(sorted(names))


def _line(text: str, status: int, headers: dict[str, str] | None = None) -> PlainTextResponse:
    return PlainTextResponse(text + "\n", status, headers)


def _limited(receive: Receive) -> Receive:
    """Stop reading a body that says no length, or another one than it has."""
    seen = 0

    async def limited() -> Message:
        nonlocal seen
        message = await receive()
        if message["type"] == "http.request":
            seen += len(message.get("body", b""))
            if seen > LARGEST_BODY:
                return {"type": "http.disconnect"}
        return message

    return limited
