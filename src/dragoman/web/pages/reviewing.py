"""The page of the review, and what its forms do to the archive."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime

from dragoman.archive.archive import Archive
from dragoman.archive.corrections import REJECT
from dragoman.codebook.events import ROOTS
from dragoman.errors import UsageError
from dragoman.records import content_id
from dragoman.web.data import reviewing
from dragoman.web.data.corrections import NOTES
from dragoman.web.pages import shown
from dragoman.web.parameters import MODALITIES
from dragoman.web.problems import BadRequest
from dragoman.web.review import Session
from dragoman.web.site import Page, Site

ON_PAGE = 10
COLUMNS = ("root", "modality", "source_country", "target_country", "date_from", "date_to")


def page(site: Site, session: Session | None, event: str | None) -> Page:
    """The queue for a session, or the field for the token."""
    if session is None:
        return Page("review_enter.html", "review", "Review", context={})
    data = site.data
    context = {
        "session": session,
        "queue": shown.events(reviewing.queue(data, limit=ON_PAGE, event=event)),
        "acts": reviewing.last_acts(data, session.by),
        "waiting": reviewing.waiting_notes(data),
        "roots": ROOTS,
        "modalities": MODALITIES,
    }
    return Page("review.html", "review", "Review", context=context)


def act(archive: Archive, by: str, fields: Mapping[str, str]) -> None:
    """Do what one form asks for: accept, correct, reject, undo, note, approve. Raises UsageError for what cannot be done."""
    kind, row = fields.get("act", ""), fields.get("row", "")
    if not re.fullmatch("[0-9a-f]{16}", row):
        raise BadRequest("the form names no row")
    why = fields.get("why", "").strip()
    if kind == "accept":
        _remark(archive, reviewing.REVIEW, row, reviewing.ACCEPT, True, why, by)
    elif kind == "correct":
        values: dict[str, str | None] = {name: fields[name] for name in COLUMNS if fields.get(name, "").strip()}
        archive.correct(row, values, why=why, by=by)
    elif kind == "reject":
        archive.correct(row, REJECT, why=why or "not in the text", by=by)
    elif kind == "undo":
        archive.undo(row, by=by)
    elif kind == "note":
        text = fields.get("text", "").strip()
        if not text:
            raise BadRequest("the note is empty")
        _remark(archive, NOTES, row, "note", text, why, by)
    elif kind == "approve":
        _remark(archive, NOTES, row, "approve", True, why, by)
    else:
        raise BadRequest(f"there is no act {kind[:20]!r}")


def _remark(archive: Archive, table: str, row: str, column: str, value: object, why: str, by: str) -> None:
    """A row of ``corrections`` that changes no value."""
    with archive.connection() as connection:
        known = "SELECT 1 FROM events WHERE id = $1 UNION ALL SELECT 1 FROM corrections WHERE id = $1 LIMIT 1"
        if not connection.execute(known, [row]).fetchone():
            raise UsageError(f"there is no row {row}")
    at = datetime.now(UTC)
    told = json.dumps(value, ensure_ascii=False)
    act_id = content_id("remark", table, row, column, told, by, at.isoformat())
    made = {"id": act_id, "table": table, "row": row, "column": column, "value": told, "was": "null", "why": why}
    with archive.change("review") as change:
        change.append("corrections", [{**made, "by": by, "at": at}])
