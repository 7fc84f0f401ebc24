"""Atom feeds (RFC 4287) of the newest events: of all, of a state, of a pair."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from xml.etree import ElementTree

from dragoman.web import addresses, words
from dragoman.web.data import Row, events
from dragoman.web.data.filters import EventFilter
from dragoman.web.pages.event import heading
from dragoman.web.problems import NotFound
from dragoman.web.site import Site

ENTRIES = 50
TYPE = "application/atom+xml; charset=utf-8"
NAMESPACE = "http://www.w3.org/2005/Atom"


def feed(site: Site, address: str, title: str, wanted: EventFilter) -> bytes:
    """The feed of the events that fit, newest first. Raises NotFound where there is none, but for the whole record."""
    rows = events.groups(site.data, wanted, limit=ENTRIES)
    if not rows and wanted != EventFilter():
        raise NotFound(f"the record has no event of {title}")
    root = ElementTree.Element("feed", xmlns=NAMESPACE)
    _text(root, "title", f"{title} – {site.title}" if title != site.title else title)
    _text(root, "id", f"urn:dragoman:feed:{address}")
    _text(root, "updated", _moment(max((row["published"] for row in rows if row["published"]), default=None)))
    _link(site, root, address, address, "self")
    _link(site, root, address, address.removesuffix("feed.atom").rstrip("/"), "alternate")
    author = ElementTree.SubElement(root, "author")
    _text(author, "name", site.title)
    for row in rows:
        _entry(site, root, address, row)
    ElementTree.indent(root)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def of_pair(site: Site, one: str, two: str) -> bytes:
    title = f"{words.state(one)} and {words.state(two)}"
    return feed(site, f"{addresses.pair(one, two)}/feed.atom", title, EventFilter(pair=(one, two)))


def of_state(site: Site, code: str) -> bytes:
    return feed(site, f"{addresses.state(code)}/feed.atom", words.state(code), EventFilter(state=code))


def of_all(site: Site) -> bytes:
    return feed(site, "feed.atom", site.title, EventFilter())


def _entry(site: Site, root: ElementTree.Element, address: str, row: Row) -> None:
    entry = ElementTree.SubElement(root, "entry")
    _text(entry, "title", heading(row))
    _text(entry, "id", f"urn:dragoman:event:{row['group']}")
    _text(entry, "updated", _moment(row["published"]))
    _link(site, entry, address, addresses.event(row["group"]), "alternate")
    source = ", ".join(_parts((row["title"], row["outlet"], words.day(row["published_from"]))))
    said = f" (according to {row['asserted_name'] or row['asserted_by']})" if row["asserted_by"] else ""
    _text(
        entry,
        "summary",
        f"{row['modality']}{said}: {row['passage'] or 'no sentence, imported row'} [{source or row['origin']}]",
    )


def _parts(parts: Iterable[str | None]) -> list[str]:
    return [part for part in parts if part]


def _text(parent: ElementTree.Element, name: str, text: str) -> None:
    """XML 1.0 has no control characters and no lone surrogates; they are left out."""
    kept = "".join(c for c in text if c in "\t\n" or (c >= " " and not 0xD800 <= ord(c) <= 0xDFFF and c not in "\ufffe\uffff"))
    ElementTree.SubElement(parent, name).text = kept


def _link(site: Site, parent: ElementTree.Element, here: str, there: str, relation: str) -> None:
    kind = "application/atom+xml" if relation == "self" else "text/html"
    if site.base:
        href = f"{site.base.rstrip('/')}/{addresses.file(there) if site.files else there}"
    else:
        href = addresses.relative(here, there, files=site.files)
    ElementTree.SubElement(parent, "link", rel=relation, type=kind, href=href)


def _moment(on: date | None) -> str:
    return f"{(on or date(1970, 1, 1)).isoformat()}T00:00:00Z"
