"""The review: the one part of the site that writes. A token opens a session, a session corrects rows; all else stays read-only.

Sessions are kept in memory and end with the server. A form is taken only with the session's own key in it (against forged
requests) and from this site's own pages. Corrections, acceptances and notes are rows of the archive's corrections.
"""

from __future__ import annotations

import hmac
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from starlette.requests import Request

from dragoman.web.problems import BadRequest, Refused

COOKIE = "dragoman_review"
HOURS = 12
TRIES, PAUSE_S = 10, 60.0  # wrong tokens before the door is shut for so long
LONGEST = 2_000  # characters of one field


@dataclass(frozen=True, slots=True)
class Session:
    """Who reviews, until when, and the key that every form of the session carries."""

    by: str
    key: str
    ends: float


@dataclass(slots=True)
class Desk:
    """The sessions of one server."""

    token: str
    sessions: dict[str, Session] = field(default_factory=dict)
    wrong: list[float] = field(default_factory=list)

    def enter(self, token: str, by: str) -> str:
        """Open a session; returns the cookie's value. Raises Refused for a wrong token, BadRequest without a name."""
        now = time.monotonic()
        self.wrong = [moment for moment in self.wrong if now - moment < PAUSE_S]
        if len(self.wrong) >= TRIES:
            raise Refused(f"too many wrong tokens; wait {PAUSE_S:.0f} seconds")
        if not hmac.compare_digest(token.encode(), self.token.encode()):
            self.wrong.append(now)
            raise Refused("the token is wrong; it was printed when the server started")
        name = " ".join(by.split())
        if not 1 <= len(name) <= 80 or not name.isprintable():
            raise BadRequest("give your name, at most 80 characters: corrections say who made them")
        self.sessions = {key: kept for key, kept in self.sessions.items() if kept.ends > now}
        cookie = secrets.token_urlsafe(32)
        self.sessions[cookie] = Session(name, secrets.token_urlsafe(32), now + HOURS * 3600)
        return cookie

    def session(self, request: Request) -> Session | None:
        found = self.sessions.get(request.cookies.get(COOKIE, ""))
        return found if found and found.ends > time.monotonic() else None

    def leave(self, request: Request) -> None:
        self.sessions.pop(request.cookies.get(COOKIE, ""), None)


def own(request: Request) -> None:
    """Raises Refused where a form was sent from another site's page."""
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    foreign = site not in (None, "same-origin", "none")
    if foreign or (origin is not None and origin.partition("://")[2] != request.headers.get("host")):
        raise Refused("the form was sent from another site; open the review here and send it again")


async def form(request: Request) -> dict[str, str]:
    """The fields of a form. Raises BadRequest for another kind of body, a field given twice or too long."""
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise BadRequest("a form of the review is sent as application/x-www-form-urlencoded")
    try:
        pairs = parse_qsl((await request.body()).decode("ascii"), keep_blank_values=True, max_num_fields=20, errors="strict")
    except ValueError:
        raise BadRequest("the form does not read") from None
    fields = dict(pairs)
    if len(fields) != len(pairs) or any(len(value) > LONGEST for value in fields.values()):
        raise BadRequest(f"a field is given twice, or is longer than {LONGEST:,} characters")
    return fields


def checked(session: Session | None, fields: Mapping[str, str]) -> Session:
    """Raises Refused unless the form carries the key of the session."""
    if session is None:
        raise Refused("the review needs a session; enter the token first")
    if not hmac.compare_digest(fields.get("key", "").encode(), session.key.encode()):
        raise Refused("the form is not of this session; open the review again and send it from there")
    return session
