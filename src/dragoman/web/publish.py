"""The whole record as a folder of files that needs no server: every page, every table, feeds, a search index.

Links are relative, so it works from a disk, at the root of a host and in any subfolder. The same batch gives the same bytes.
"""

from __future__ import annotations

import json
import re
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from errno import EBUSY, EXDEV
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pyarrow as pa

from dragoman.archive.archive import Archive
from dragoman.errors import DragomanError, UsageError
from dragoman.measure import frames
from dragoman.web import addresses, api, feeds, words
from dragoman.web.data import Data, actors, articles, events, open_copy, pairs, tables
from dragoman.web.data.filters import EventFilter
from dragoman.web.formats import FORMS, written
from dragoman.web.pages import article, event, front, lists, measured, pair, search, state
from dragoman.web.site import Page, Site, render
from dragoman.web.static import static_files

MARK = ".dragoman-site"
"""A file in the folder: only a folder that has it is replaced."""
ACTOR_ARTICLES, ACTOR_EVENTS = 2, 3  # an actor named in fewer has no page: its one article says it all
TABLE_ROWS = 5_000_000  # the most of one table: all of it is in memory, and every article is a file
MAP_ADDRESSES = 50_000  # the most that one site map may have (sitemaps.org)
SITE_MAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
SECONDS = 600.0  # for one query of a publication, which nobody waits for at a screen

Make = Callable[[Site], "Page | bytes"]


@dataclass(frozen=True, slots=True)
class Published:
    """What was written: number of pages and of all files, and their bytes."""

    pages: int
    files: int
    bytes: int


def publish(
    archive: Archive,
    out: Path,
    *,
    title: str = "Dragoman",
    base: str | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Published:
    """Write the site of an archive into ``out``, in place of what an earlier publication left there.

    ``base`` is the public address (https://example.org/record/), which canonical links, feeds and the site map need. Raises
    UsageError where ``out`` holds something else, or ``base`` is no http address, and DragomanError where the archive has too
    many rows or the site cannot be written: an earlier one is then as it was.
    """
    if base is not None and not re.fullmatch(r"https?://[^\s\"'<>?#]+", base):
        raise UsageError(f"--base {base!r} is no public address; write it as https://example.org/record/")
    out = out.resolve()  # a link stays, and leads to the new site
    _refuse_other(out)
    progress("reading the archive")
    with tempfile.TemporaryDirectory(prefix="dragoman-publish-") as folder:
        data = open_copy(archive, Path(folder), SECONDS)
        try:
            _refuse_larger(data)
            return _publish(archive, replace(data, whole=events.everything(data)), out, title, base, progress)
        finally:
            data.connection.close()


def _publish(
    archive: Archive, data: Data, out: Path, title: str, base: str | None, progress: Callable[[str], None]
) -> Published:
    site = Site(data, title, base, files=True, version=metadata.version("dragoman"), archive=archive)
    wanted = dict(_wanted(site.data))
    site = replace(site, known=frozenset(wanted))
    old = out.with_name(f".{out.name}-{secrets.token_hex(4)}.old")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        # Beside ``out``, so that a rename puts it in place; in a folder of its own, which nobody else made.
        with tempfile.TemporaryDirectory(prefix=f".{out.name}-", dir=out.parent, ignore_cleanup_errors=True) as folder:
            fresh = Path(folder) / "new"
            found = _write(site, wanted, fresh, progress)
            _refuse_other(out)  # again: writing took minutes
            _put_in_place(fresh, out, old)
    except OSError as error:
        kept = f"the earlier publication is in {old}" if old.exists() else "nothing of an earlier publication was changed"
        hint = "; name a folder that can be renamed, which a mount point cannot" if error.errno in (EBUSY, EXDEV) else ""
        raise DragomanError(f"{out} cannot be written ({error.strerror or error}); {kept}{hint}") from error
    try:
        if old.exists():
            shutil.rmtree(old)
    except OSError as error:
        raise DragomanError(
            f"{out} is published, but the earlier one cannot be removed ({error.strerror or error}); delete {old}"
        ) from error
    return found


def _refuse_other(out: Path) -> None:
    """Raises UsageError where there is anything but a published site or an empty folder."""
    if out.exists() and (not out.is_dir() or (any(out.iterdir()) and not (out / MARK).exists())):
        raise UsageError(f"{out} exists and is no published site; name a new folder, or an empty one")


def _refuse_larger(data: Data) -> None:
    """Raises DragomanError where a table has more rows than a site of files takes: none is left out without a word."""
    for name in ("events", *(table.name for table in tables.TABLES_SERVED)):
        row = data.one(f'SELECT count(*) AS n FROM "{name}"')
        if row and row["n"] > TABLE_ROWS:
            raise DragomanError(
                f"the archive has {row['n']:,} {name}, and a site of files takes at most {TABLE_ROWS:,} rows a table; "
                "publish an archive of fewer articles, or serve this one (dragoman serve)"
            )


def _put_in_place(fresh: Path, out: Path, old: Path) -> None:
    """Rename ``out`` to ``old`` and ``fresh`` to ``out``; where the second fails, ``out`` is put back. Nothing is deleted."""
    try:
        if out.exists():
            out.rename(old)
        fresh.rename(out)
    except BaseException:  # an interruption too
        if old.exists() and not out.exists():
            old.rename(out)
        raise


def _write(site: Site, wanted: dict[str, Make], folder: Path, progress: Callable[[str], None]) -> Published:
    pages = files = size = 0
    paths = []
    for number, (address, make) in enumerate(wanted.items()):
        if number % 50 == 0:
            progress(f"writing {number:,} of {len(wanted):,} files")
        made = make(site)
        content = made if isinstance(made, bytes) else render(site, made).encode("utf-8", "replace")
        path = folder / addresses.file(address)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        files, size = files + 1, size + len(content)
        if not isinstance(made, bytes):
            pages += 1
            paths.append(address)
    extra = {MARK: f"{site.title}\n".encode(), **_for_robots(site.base, paths)}
    for name, content in extra.items():
        (folder / name).write_bytes(content)
    return Published(pages, files + len(extra), size + sum(map(len, extra.values())))


def _wanted(data: Data) -> Iterator[tuple[str, Make]]:
    """Every address of the site with what makes its content."""
    for name, content in static_files().items():
        yield f"static/{name}", lambda _, content=content: content  # type: ignore[misc]
    yield "", front.front
    yield "pairs", lists.pairs
    yield "states", lists.states
    yield "disputed", lists.disputed
    if pairs.all_pairs(data) and frames.installed():
        yield "map", measured.map_page
        yield "map.svg", measured.map_picture
        yield "blocs", measured.blocs_page
        yield "blocs.svg", measured.bloc_picture
    yield "status", lists.state_of_record
    yield "about", lists.about
    yield "api", lambda _: lists.tables(tuple(api.ENDPOINTS.values()))
    yield "search", search.of_files
    yield "static/search-index.js", search_index
    yield "feed.atom", feeds.of_all
    yield from _tables()
    yield from _pairs(data)
    yield from _states(data)
    for row in actors.with_pages(data, least_articles=ACTOR_ARTICLES, least_events=ACTOR_EVENTS):
        yield addresses.actor(row["id"]), lambda site, id_=row["id"]: state.actor(site, id_)  # type: ignore[misc]
    for id_ in sorted(data.whole.groups if data.whole else ()):
        yield addresses.event(id_), lambda site, id_=id_: event.event(site, id_)  # type: ignore[misc]
    for row in articles.latest(data, limit=TABLE_ROWS):
        yield addresses.article(row["id"]), lambda site, id_=row["id"]: article.article(site, id_)  # type: ignore[misc]


def _tables() -> Iterator[tuple[str, Make]]:
    for name, endpoint in api.ENDPOINTS.items():

        def table(site: Site, endpoint: api.Endpoint = endpoint) -> pa.Table:
            asked: dict[str, Any] = {parameter.name: None for parameter in endpoint.parameters}
            return endpoint.find(site.data, {**asked, "limit": TABLE_ROWS, "offset": 0})

        once = lru_cache(maxsize=1)(table)
        for form in FORMS:
            yield f"api/{name}.{form}", lambda site, form=form, once=once: written(once(site), form)  # type: ignore[misc]


def _pairs(data: Data) -> Iterator[tuple[str, Make]]:
    for one, two in pairs.all_pairs(data):
        address = addresses.pair(one, two)
        yield address, lambda site, one=one, two=two: pair.pair(site, one, two)  # type: ignore[misc]
        for year in (row["year"] for row in pair.years(data, one, two)):
            there = addresses.pair_year(one, two, year)
            yield there, lambda site, one=one, two=two, year=year: pair.pair_year(site, one, two, year)  # type: ignore[misc]
        yield f"{address}/feed.atom", lambda site, one=one, two=two: feeds.of_pair(site, one, two)  # type: ignore[misc]
        if sum(row["events"] for row in pair.years(data, one, two)) >= pair.LEAST:
            yield from _measured(address, one, two)
        yield from _events(address, EventFilter(pair=(one, two)))


def _measured(address: str, one: str, two: str) -> Iterator[tuple[str, Make]]:
    """What the page of a pair with enough events leads to."""
    yield f"{address}/brief", lambda site: measured.pair_brief(site, one, two)
    yield f"{address}/series.svg", lambda site: measured.pair_picture(site, one, two)
    for form in FORMS:
        yield f"{address}/series.{form}", lambda site, form=form: written(measured.pair_series(site, one, two), form)  # type: ignore[misc]


def _states(data: Data) -> Iterator[tuple[str, Make]]:
    for row in pairs.all_states(data):
        code = row["code"]
        if not re.fullmatch(addresses.CODE, code):
            continue
        address = addresses.state(code)
        yield address, lambda site, code=code: state.state(site, code)  # type: ignore[misc]
        yield f"{address}/feed.atom", lambda site, code=code: feeds.of_state(site, code)  # type: ignore[misc]


def _events(address: str, wanted: EventFilter) -> Iterator[tuple[str, Make]]:
    def table(site: Site) -> pa.Table:
        return tables.events(site.data, wanted, limit=TABLE_ROWS)

    once = lru_cache(maxsize=1)(table)  # the three forms follow each other
    for form in FORMS:
        yield f"{address}/events.{form}", lambda site, form=form: written(once(site), form)  # type: ignore[misc]


def search_index(site: Site) -> bytes:
    """A script that sets ``dragomanIndex``: rows of kind, words to find, address, and what is shown beside."""
    known = site.known or frozenset()
    rows: list[tuple[str, str, str, str]] = []
    for one, two in pairs.all_pairs(site.data):
        rows.append(("pair", f"{words.state(one)} and {words.state(two)}", addresses.pair(one, two), ""))
    rows += [("state", words.state(r["code"]), addresses.state(r["code"]), "") for r in pairs.all_states(site.data)]
    named = actors.with_pages(site.data, least_articles=ACTOR_ARTICLES, least_events=ACTOR_EVENTS)
    rows += [("actor", r["name"], addresses.actor(r["id"]), words.state(r["country"]) if r["country"] else "") for r in named]
    for r in articles.latest(site.data, limit=TABLE_ROWS):
        beside = ", ".join(part for part in (r["outlet"], words.day(r["published_from"])) if part)
        rows.append(("article", r["title"] or "Untitled", addresses.article(r["id"]), beside))
    for r in events.groups(site.data, EventFilter(), limit=TABLE_ROWS):
        rows.append(("event", event.heading(r), addresses.event(r["group"]), (r["passage"] or "")[:120]))
    kept = [(kind, text, addresses.file(there), beside) for kind, text, there, beside in rows if there in known]
    return b"window.dragomanIndex = " + json.dumps(kept, ensure_ascii=True, separators=(",", ":")).encode() + b";\n"


def _for_robots(public: str | None, paths: list[str]) -> dict[str, bytes]:
    """The site map, which needs the public address, and what points to it; of a large site several maps and their index."""
    if not public:
        return {}
    base = public.rstrip("/")
    pages = [f"{base}/{addresses.file(path) if path else ''}" for path in paths]
    parts = [pages[first : first + MAP_ADDRESSES] for first in range(0, len(pages), MAP_ADDRESSES)]
    robots = {"robots.txt": f"User-agent: *\nAllow: /\nSitemap: {base}/sitemap.xml\n".encode()}
    if len(parts) <= 1:
        return {"sitemap.xml": _site_map("urlset", "url", pages), **robots}
    maps = {f"sitemap-{number}.xml": _site_map("urlset", "url", part) for number, part in enumerate(parts, 1)}
    return {"sitemap.xml": _site_map("sitemapindex", "sitemap", [f"{base}/{name}" for name in maps]), **maps, **robots}


def _site_map(kind: str, item: str, urls: list[str]) -> bytes:
    root = ElementTree.Element(kind, xmlns=SITE_MAPS)
    for url in urls:
        ElementTree.SubElement(ElementTree.SubElement(root, item), "loc").text = url
    made: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return made
