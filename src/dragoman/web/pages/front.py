"""The front page: what changed, the week's pairs, what is disputed, what is new."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from dragoman.web import words
from dragoman.web.data import Row, articles, discrepancies, events, pairs, status
from dragoman.web.data.filters import EventFilter
from dragoman.web.pages import shown
from dragoman.web.site import Page, Site

EVENTS, ARTICLES, PAIRS, DISPUTES = 12, 8, 12, 4
DAYS = 28  # of what counts as new


def front(site: Site) -> Page:
    """Counts from the day of the newest article, not from the clock: the same archive gives the same page."""
    data = site.data
    totals = status.totals(data)
    newest = pairs.newest_day(data)
    week = pairs.pairs(data, since=newest - timedelta(days=6), limit=PAIRS) if newest else []
    quiet = len(week) < 3
    context = {
        "totals": totals,
        "newest": newest,
        "changes": pairs.changes(data, newest) if newest else [],
        "pairs": pairs.pairs(data, limit=PAIRS) if quiet else week,
        "week_title": "Most frequent pairs" if quiet else f"The week to {words.day(newest)}",
        "events": shown.events(_varied(_newest(site, newest))),
        "disputes": shown.disputes(discrepancies.newest(data, limit=DISPUTES)),
        "articles": articles.latest(data, limit=ARTICLES),
    }
    about = f"A sourced record of relations between states: {words.count(totals.get('articles') or 0, 'article')} read."
    return Page("front.html", "", site.title, about, "WebSite", context=context)


def _newest(site: Site, newest: date | None) -> list[Row]:
    """Events between states of the last weeks, or of all time where these have few."""
    if newest is not None:
        recent = EventFilter(between_states=True, published_since=newest - timedelta(days=DAYS))
        found = events.groups(site.data, recent, limit=EVENTS * 5)
        if len(found) >= EVENTS:
            return found
    return events.groups(site.data, EventFilter(between_states=True), limit=EVENTS * 5)


def _varied(rows: list[Row]) -> list[Row]:
    """At most two events of one article and one of a passage: a front page is no list of one long article."""
    of_article: Counter[str | None] = Counter()
    passages: set[tuple[str | None, int | None]] = set()
    kept = []
    for row in rows:
        passage = (row["document"], row["sentence"])
        if of_article[row["document"]] < 2 and passage not in passages:
            of_article[row["document"]] += 1
            passages.add(passage)
            kept.append(row)
    return kept[:EVENTS]
