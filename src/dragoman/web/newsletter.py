"""What is new of watched pairs, as a mail file (.eml) or a page (.html) for a mail program to send. Nothing is sent here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from dragoman.archive import filters as archive_filters
from dragoman.archive.archive import Archive
from dragoman.archive.outputs import writing
from dragoman.errors import UsageError
from dragoman.web import words
from dragoman.web.data import Row, discrepancies, events, open_data, pairs
from dragoman.web.data.filters import EventFilter
from dragoman.web.pages import shown
from dragoman.web.pages.event import heading
from dragoman.web.site import Page, Site, render

DAYS, EVENTS, DISPUTES = 7, 12, 3


@dataclass(frozen=True, slots=True)
class Watched:
    """One pair of a newsletter with what is new of it."""

    one: str
    two: str
    total: int
    events: list[Row]
    disputes: list[Row]


def pair_of(text: str) -> tuple[str, str]:
    """``CHN-RUS`` or two names joined by a hyphen. Raises UsageError."""
    sides = [archive_filters.country(side) for side in archive_filters.apart(text)]
    if len(sides) != 2 or sides[0] == sides[1]:
        raise UsageError(f"--watch {text!r} is no pair; write it as CHN-RUS")
    return min(sides), max(sides)


def write(
    archive: Archive,
    out: Path,
    watch: Sequence[str],
    *,
    title: str = "Dragoman",
    base: str | None = None,
    since: archive_filters.Day = None,
) -> int:
    """Write the newsletter of the watched pairs; returns the number of events told.

    Told is what was published from ``since`` on: without it, the last seven days that the record has. The same batch gives the
    same file. Raises UsageError for no pair, another ending than .eml or .html, a file that cannot be written.
    """
    if out.suffix.lower() not in (".eml", ".html"):
        raise UsageError(f"--newsletter {out} ends in neither .eml nor .html")
    if not watch:
        raise UsageError("a newsletter needs pairs; name each with --watch CHN-RUS")
    begin = archive_filters.day("since", since)
    site = Site(open_data(archive, 60.0), title, base)
    newest = pairs.newest_day(site.data) or date(1970, 1, 1)
    first = begin or newest - timedelta(days=DAYS - 1)
    told = [_watched(site, *pair_of(text), first) for text in watch]
    context = {"pairs": told, "first": first, "newest": newest, "heading": heading}
    page = Page("newsletter.html", "", f"{title}: {words.day(first)} to {words.day(newest)}", context=context)
    html = render(site, page)
    content = html.encode() if out.suffix.lower() == ".html" else bytes(_mail(page.title, html, _plain(told, base), newest))
    with writing(out):
        out.write_bytes(content)
    return sum(len(pair.events) for pair in told)


def _watched(site: Site, one: str, two: str, first: date) -> Watched:
    wanted = EventFilter(pair=(one, two), published_since=first)
    found = shown.events(events.groups(site.data, wanted, limit=EVENTS))
    disputes = [
        row
        for row in discrepancies.newest(site.data, states=(one, two), limit=DISPUTES)
        if (row["published"] or date.min) >= first
    ]
    return Watched(one, two, events.count(site.data, wanted), found, disputes)


def _mail(subject: str, html: str, plain: str, on: date) -> EmailMessage:
    """Without sender and receiver: the mail program adds them. The date is the record's, not the clock's."""
    mail = EmailMessage()
    mail["Subject"] = subject
    mail["Date"] = format_datetime(datetime.combine(on, time(), UTC))
    mail["X-Unsent"] = "1"
    mail.set_content(plain)
    mail.add_alternative(html, subtype="html")
    mail.set_boundary("=_dragoman")
    return mail


def _plain(told: Sequence[Watched], base: str | None) -> str:
    lines = []
    for pair in told:
        lines += [f"{words.state(pair.one)} and {words.state(pair.two)}: {words.count(pair.total, 'new event')}", ""]
        for row in pair.events:
            lines += [f"* {heading(row)}", f"  {row['passage'] or ''}"]
            lines += [f"  {base.rstrip('/')}/event/{row['group']}"] if base else []
        lines.append("")
    return "\n".join(lines)
