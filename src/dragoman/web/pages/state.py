"""The pages of a state and of an actor."""

from __future__ import annotations

from dragoman.web import addresses, words
from dragoman.web.data import Row, actors, events, pairs, statements
from dragoman.web.data.filters import EventFilter
from dragoman.web.pages import shown
from dragoman.web.problems import NotFound
from dragoman.web.site import Page, Site

PARTNERS, EVENTS, STATEMENTS, PEOPLE, ARTICLES = 40, 20, 6, 30, 20


def state(site: Site, code: str) -> Page:
    """Raises NotFound where the record has nothing of the state."""
    data = site.data
    partners = pairs.pairs(data, state=code, limit=PARTNERS)
    found = shown.events(events.groups(data, EventFilter(state=code), limit=EVENTS))
    people = pairs.state_actors(data, code, limit=PEOPLE)
    if not (partners or found or people):
        raise NotFound(f"the record has nothing of {words.state(code)}")
    summary = (
        f"{words.count(len(partners), 'partner')} and {words.count(sum(row['events'] for row in partners), 'event')} with them"
    )
    if len(partners) == PARTNERS:
        summary = f"The {PARTNERS} partners with most events, of more"
    context = {
        "code": code,
        "pairs": partners,
        "events": found,
        "actors": people,
        "statements": statements.by(data, "country", code, limit=STATEMENTS),
        "summary": summary + ".",
        "cite_day": max((row["published"] for row in found if row["published"]), default=None),
    }
    name = words.state(code)
    return Page("state.html", addresses.state(code), name, f"{name} in the record: {summary}.", "Dataset", context=context)


def actor(site: Site, id_: str) -> Page:
    """Raises NotFound for an id that no article gives."""
    data = site.data
    rows = shown.events(events.groups(data, EventFilter(actor=id_), limit=EVENTS))
    said = statements.by(data, "actor", id_, limit=STATEMENTS)
    found = actors.by_id(data, id_) or _unlisted(id_, rows, said)
    context = {
        "actor": found,
        "events": rows,
        "statements": said,
        "articles": actors.articles_of(data, id_, limit=ARTICLES),
    }
    about = f"{found['name']}: events and statements, named in {words.count(found['articles'], 'article')}."
    return Page("actor.html", addresses.actor(id_), found["name"], about, "ProfilePage", context=context)


def _unlisted(id_: str, rows: list[Row], said: list[Row]) -> Row:
    """An actor that only rows name, as those of an imported archive do. Raises NotFound where none does."""
    sides = [(row, side) for row in rows for side in ("source", "target") if row[f"{side}_actor"] == id_]
    sides += [(row, "speaker") for row in said]
    if not sides:
        raise NotFound(f"the record has no actor {id_}")
    row, side = sides[0]
    named = {"name": row[f"{side}_text"] or id_, "country": row[f"{side}_country"], "sector": row[f"{side}_sector"]}
    return {"id": id_, **named, "roles": [], "articles": len({row["document"] for row, _ in sides if row["document"]})}
