"""What can be wrong with a request, each with the status it is answered with; the answer is one line, as a page or as JSON."""

from __future__ import annotations

from dragoman.errors import DragomanError, UsageError


class NotFound(DragomanError):
    """No such page or row: 404."""

    status = 404


class BadRequest(UsageError):
    """A parameter that does not read: 400."""

    status = 400


class Refused(DragomanError):
    """A write without a session, from another site, or where the site is read-only: 403."""

    status = 403
