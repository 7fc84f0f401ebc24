"""Pages that measures and briefs stand behind: a pair's picture and series, its brief, blocs, the map, votes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import pyarrow as pa

from dragoman import brief as briefs
from dragoman import measure
from dragoman.archive.archive import Archive
from dragoman.errors import UsageError
from dragoman.measure import frames, read_votes, series
from dragoman.measure.blocs import Period, find_blocs
from dragoman.measure.networks import NoEvents, events_network
from dragoman.measure.pictures import graph, world
from dragoman.measure.pictures.series import draw
from dragoman.measure.votes import Votes, matrix, pair_table
from dragoman.web import addresses, parameters, words
from dragoman.web.problems import NotFound
from dragoman.web.site import Page, Site

MONTHS = 120  # a series by month as long as this, else by year
COUNCIL = ("CHN", "FRA", "GBR", "RUS", "USA")
DRAWS = 20  # of the stability of blocs
VOTE_PARAMETERS = (parameters.code("one", "first state"), parameters.code("two", "second state"))


@dataclass(frozen=True, slots=True)
class _Batch:
    """What a measure is kept under: an archive's folder and batch. The archive itself is no part of the key."""

    path: str
    batch: str
    archive: Archive = field(compare=False)


@lru_cache(maxsize=64)
def _series(of: _Batch, one: str, two: str) -> pa.Table:
    """A pair's series by month or, where that is too long, by year; with intervals where the extra ``measure`` is installed."""
    archive, whole = of.archive, frames.installed()
    found = series(archive, one, two, by="month", intervals=whole)
    return found if len(found) <= MONTHS else series(archive, one, two, by="year", intervals=whole)


def pair_series(site: Site, one: str, two: str) -> pa.Table:
    """The table of the series. Raises NotFound where the pair has no dated event."""
    try:
        found = _series(_batch(site), one, two)
    except UsageError as error:
        raise NotFound(str(error)) from error
    if not len(found):
        raise NotFound(f"no dated event between {words.state(one)} and {words.state(two)}")
    return found


def pair_picture(site: Site, one: str, two: str) -> bytes:
    """The series as an SVG: level with its interval, changes, deeds and words, what was read."""
    found = pair_series(site, one, two)
    try:
        changes = measure.change_points(found)
    except UsageError:  # too short for a change, or the extra is not installed
        changes = None
    return draw(found, changes=changes, source=site.title, standalone=True).encode()


@lru_cache(maxsize=64)
def _brief(of: _Batch, one: str, two: str) -> briefs.Brief:
    return briefs.make(of.archive, briefs.question(one, two))


def pair_brief(site: Site, one: str, two: str) -> Page:
    """The backgrounder of a pair, each sentence with its source. Raises NotFound where there is nothing to tell."""
    made = _brief(_batch(site), one, two)
    if not any(True for _ in made.lines()):
        raise NotFound(f"the record has nothing to tell of {words.state(one)} and {words.state(two)}")
    context = {"brief": made, "one": one, "two": two, "cite_day": None}
    lead = " ".join(line.text for line in made.lead)
    return Page("brief.html", f"{addresses.pair(one, two)}/brief", made.title, lead[:200], "Report", context=context)


@lru_cache(maxsize=4)
def _period(of: _Batch) -> Period:
    return find_blocs([events_network(of.archive)], draws=DRAWS)[0]


def period(site: Site) -> Period:
    """The blocs of the whole record. Raises NotFound where no event is between two states, or the extra is missing."""
    if not frames.installed():
        raise NotFound("blocs and the map need the extra measure, which is not installed: pip install 'dragoman[measure]'")
    try:
        return _period(_batch(site))
    except NoEvents as error:
        raise NotFound(str(error)) from error


def blocs_page(site: Site) -> Page:
    found = period(site)
    shown = [{"bloc": bloc, "sure": _sure(found, bloc.states)} for bloc in found.blocs]
    context = {"period": found, "blocs": shown}
    return Page("blocs.html", "blocs", "Blocs", "Which states stand together in the record.", context=context)


def bloc_picture(site: Site) -> bytes:
    return graph.bloc_graph(period(site), standalone=True).encode()


def map_page(site: Site) -> Page:
    found = period(site)
    arcs = world.busiest(found.network, 25)
    place = {state: i for i, state in enumerate(found.network.states)}
    rows = [
        {"one": min(arc.a, arc.b), "two": max(arc.a, arc.b), "events": int(found.network.n[place[arc.a], place[arc.b]])}
        for arc in arcs
    ]
    return Page("map.html", "map", "Map", "The busiest pairs on a map.", context={"pairs": rows})


def map_picture(site: Site) -> bytes:
    return world.bloc_map(period(site), standalone=True).encode()


@lru_cache(maxsize=1)
def votes_of(path: str) -> Votes:
    """The roll calls of a file. Raises UsageError for another layout."""
    found: Votes = read_votes(path)
    return found


def votes_page(site: Site, given: Iterable[tuple[str, str]]) -> Page:
    """UN votes: the permanent members in the last session, and any two states by session. Raises NotFound without a file."""
    if site.votes is None:
        raise NotFound("no votes file was given; start with dragoman serve --votes FILE")
    asked = parameters.read(VOTE_PARAMETERS, given)
    votes = votes_of(site.votes)
    one, two = asked["one"], asked["two"]
    rows = pair_table(votes, one, two).to_pylist()[::-1] if one and two else []
    last = max(int(session) for session in votes.sessions)
    table = matrix(votes, session=last)
    seats = [state for state in COUNCIL if state in table.states]
    values = {(a, b): table.values["agreement"][table.states.index(a), table.states.index(b)] for a in seats for b in seats}
    context: dict[str, Any] = {"one": one, "two": two, "rows": rows, "last": last, "seats": seats, "values": values}
    return Page("votes.html", "votes", "UN votes", "How alike states vote in the UN General Assembly.", context=context)


def _sure(found: Period, states: tuple[str, ...]) -> float | None:
    """How often members sit together when events are redrawn, mean over members."""
    known = [found.sure[state] for state in states if state in found.sure]
    return sum(known) / len(known) if known else None


def _batch(site: Site) -> _Batch:
    if site.archive is None:
        raise NotFound("measures need the archive")
    return _Batch(str(site.archive.path), site.data.batch, site.archive)
