"""What every page shares: the archive, the site's name and address, and the way from a page to its HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from dragoman.archive.archive import Archive
from dragoman.codebook.events import PLAIN_QUADS
from dragoman.web import addresses, words
from dragoman.web.data import Data


@dataclass(frozen=True, slots=True, eq=False)
class Site:
    """``base`` is the public address (for canonical links, feeds, the site map); ``files`` links to files."""

    data: Data
    title: str = "Dragoman"
    base: str | None = None
    files: bool = False
    review: bool = False
    version: str = ""
    votes: str | None = None  # the file of UN votes
    archive: Archive | None = None  # what measures and briefs ask
    known: frozenset[str] | None = None  # addresses of a published site; None: all


@dataclass(frozen=True, slots=True)
class Page:
    """One page before it is HTML. ``address`` is its permanent address; ``about`` is one sentence for search engines."""

    template: str
    address: str
    title: str
    about: str = ""
    kind: str = "WebPage"  # of schema.org
    status: int = 200
    context: Mapping[str, Any] = field(default_factory=dict)


def render(site: Site, page: Page, **more: Any) -> str:
    """The HTML of a page. Everything from outside is escaped: autoescape is on, and no template turns it off."""
    template = _environment().get_template(page.template)
    return template.render(site=site, page=page, address=page.address, **page.context, **more)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("dragoman.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters: dict[str, Callable[..., Any]] = {
        "state": words.state,
        "day": words.day,
        "dates": words.dates,
        "month": words.month,
        "count": words.count,
        "signed": _signed,
        "moment": _moment,
        "iso": _iso,
    }
    environment.filters.update(filters)
    environment.globals.update(
        schema=_schema, link=_link, there=_there, words=words, quads=PLAIN_QUADS, to=addresses, absolute=_absolute
    )
    return environment


@pass_context
def _link(context: Context, there: str) -> str:
    """The link from the page being written to another address."""
    return addresses.relative(context["address"], there, files=context["site"].files)


@pass_context
def _schema(context: Context, page: Page) -> dict[str, Any]:
    """What the page is, in the terms of schema.org, for search engines and reference managers."""
    site: Site = context["site"]
    told: dict[str, Any] = {"@context": "https://schema.org", "@type": page.kind, "name": page.title}
    told["isPartOf"] = {"@type": "WebSite", "name": site.title}
    if page.about:
        told["description"] = page.about
    if site.base:
        told["url"] = _absolute(context, page.address)
    article = page.context.get("article")
    if page.kind == "NewsArticle" and article:  # the page is about an article that others wrote
        told |= {"@type": "WebPage", "about": _article(article)}
    return told


def _article(article: Mapping[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {"@type": "NewsArticle", "headline": article["title"] or "Untitled"}
    if article["published_from"]:
        told["datePublished"] = article["published_from"].isoformat()
    if article["authors"]:
        told["author"] = [{"@type": "Person", "name": name} for name in article["authors"]]
    if article["outlet"]:
        told["publisher"] = {"@type": "Organization", "name": article["outlet"]}
    if re.match(r"https?://", article["url"] or ""):
        told["url"] = article["url"]
    return told


@pass_context
def _there(context: Context, address: str) -> bool:
    """Whether the site has this page: a published site leaves out pages that would say nothing of their own."""
    known = context["site"].known
    return known is None or re.sub(r"[?#].*", "", address, flags=re.S) in known


@pass_context
def _absolute(context: Context, there: str) -> str:
    """The public address of a page; its path where the site's address is not known."""
    site: Site = context["site"]
    return f"{(site.base or '').rstrip('/')}/{addresses.file(there) if site.files and there else there}"


def _signed(value: float | None) -> str:
    """A mean intensity with its sign, as ``+2.4`` or ``−3.1``; a dash where there is none."""
    if value is None:
        return "–"
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{abs(value):.1f}"


def _moment(at: datetime | None) -> str:
    return f"{words.day(at.date())}, {at:%H:%M} UTC" if at else "–"


def _iso(on: date | datetime | None) -> str | Markup:
    return on.isoformat() if on else ""
