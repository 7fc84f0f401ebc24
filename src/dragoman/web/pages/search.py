"""Search with facets: events, statements and articles that hold all the words, and the pairs and states that they name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cache
from itertools import combinations
from typing import Any

from dragoman.archive import filters as archive_filters
from dragoman.codebook.events import PLAIN_QUADS, ROOTS
from dragoman.web import addresses, parameters, words
from dragoman.web.data import articles, events, pairs, searching, statements, status
from dragoman.web.data.filters import EventFilter
from dragoman.web.data.whole import Row
from dragoman.web.pages import shown
from dragoman.web.site import Page, Site

PARAMETERS = (
    parameters.QUERY,
    parameters.STATE,
    parameters.ROOT,
    parameters.QUAD,
    parameters.MODALITY,
    parameters.OUTLET,
    parameters.SINCE,
    parameters.UNTIL,
    parameters.PAGE,
)
ON_PAGE, BESIDE = 20, 8


def search(site: Site, given: Iterable[tuple[str, str]]) -> Page:
    """Raises BadRequest."""
    asked = parameters.read(PARAMETERS, given)
    query = asked["q"] or ""
    parts = parameters.parts(query)
    wanted = EventFilter(
        state=asked["state"],
        root=asked["root"],
        quad=asked["quad"],
        modality=asked["modality"],
        outlet=asked["outlet"],
        since=asked["since"],
        until=asked["until"],
        words=parts,
    )
    given_any = any(value is not None for name, value in asked.items() if name != "page")
    context: dict[str, Any] = {
        "query": query,
        "asked": given_any,
        "direct": direct(query) if query else [],
        "total": 0,
        "events": [],
    }
    context |= {
        "statements": [],
        "articles": [],
        "pages": [],
        "page_number": asked["page"],
        "data_query": "",
        "data_address": "",
    }
    if given_any:
        context |= _found(site, wanted, parts, asked)
    chosen = {name: _text(value) for name, value in asked.items() if value is not None}
    context |= {"chosen": chosen, "facets": _facets(site)}
    title = f"Search: {query}" if query else "Search"
    return Page("search.html", "search", title, kind="SearchResultsPage", context=context)


def of_files(_: Site) -> Page:
    """The search of a published site: a script over an index of its pages."""
    return Page("search_files.html", "search", "Search", kind="SearchResultsPage")


def _found(site: Site, wanted: EventFilter, parts: tuple[str, ...], asked: dict[str, Any]) -> dict[str, Any]:
    data = site.data
    number = asked["page"]
    wanted = searching.narrowed(data, wanted)
    among = wanted.articles
    total, rows = events.found(data, wanted, limit=ON_PAGE, offset=(number - 1) * ON_PAGE)
    kept = {name: _text(value) for name, value in asked.items() if value is not None and name != "page"}
    last = min(-(-total // ON_PAGE), 50)
    near = sorted({1, last, *range(max(1, number - 3), min(last, number + 3) + 1)}) if last > 1 else []
    return {
        "total": total,
        "events": shown.events(rows),
        "statements": statements.with_words(data, parts, limit=BESIDE, among=among) if parts and number == 1 else [],
        "articles": _articles(site, parts, asked["outlet"], among) if parts and number == 1 else [],
        "pages": [(n, addresses.with_query("search", **kept, page=n)) for n in near],
        "data_query": addresses.with_query("", **kept).lstrip("?"),
    }


def _articles(site: Site, parts: tuple[str, ...], outlet: str | None, among: tuple[int, ...] | None) -> list[Row]:
    return articles.with_words(site.data, parts, outlet=outlet, limit=BESIDE, among=among)


def direct(query: str) -> list[tuple[str, str]]:
    """The pairs and states that the words name: where most searches want to go."""
    codes = []
    text = " ".join(query.replace('"', " ").split())
    names = sorted(_names(), key=len, reverse=True)
    rest = f" {text.casefold()} "
    for name in names:
        if f" {name} " in rest:
            codes.append(_names()[name])
            rest = rest.replace(f" {name} ", "  ", 1)
    codes += [
        found for word in re.findall(r"\b[A-Z]{3}\b", text) if (found := archive_filters.state(word)) and found not in codes
    ]
    codes = [code for code in dict.fromkeys(codes) if code not in words.OTHERS][:4]
    pairs_named = [
        (f"{words.state(a)} and {words.state(b)}", addresses.pair(a, b)) for a, b in map(sorted, combinations(codes, 2))
    ]
    return pairs_named + [(words.state(code), addresses.state(code)) for code in codes]


@cache
def _names() -> dict[str, str]:
    return {name.casefold(): code for code, name in words.states().items()}


def _facets(site: Site) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Select fields: name, label, options."""
    found = pairs.all_states(site.data)
    outlets = status.by_outlet(site.data, limit=40)
    return [
        (
            "state",
            "State",
            sorted(((r["code"], words.state(r["code"])) for r in found[:250] if len(r["code"]) == 3), key=lambda o: o[1]),
        ),
        ("root", "Root", [(root, words.ROOTS[root]) for root in ROOTS]),
        ("quad", "Kind", [(str(quad), name) for quad, name in PLAIN_QUADS.items()]),
        ("modality", "Modality", [(m, words.MODALITIES[m]) for m in parameters.MODALITIES]),
        (
            "outlet",
            "Outlet",
            [(r["outlet"], r["outlet"]) for r in outlets if r["outlet"] and len(r["outlet"]) <= parameters.LONGEST],
        ),
    ]


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
