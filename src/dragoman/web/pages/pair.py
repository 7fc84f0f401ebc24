"""The page of a pair of states, and its events by year."""

from __future__ import annotations

from datetime import date

from dragoman.web import addresses, charts, words
from dragoman.web.data import Data, Row, discrepancies, events, instruments, statements
from dragoman.web.data.filters import EventFilter
from dragoman.web.pages import shown
from dragoman.web.problems import NotFound
from dragoman.web.site import Page, Site

LEAST = 8  # event groups: with fewer a picture of levels shows noise, and a brief repeats the list
EVENTS, STATEMENTS, INSTRUMENTS, DISPUTES = 20, 6, 12, 5
YEAR_EVENTS = 300  # on one page; a reader scrolls no further, and the data has all


def pair(site: Site, one: str, two: str) -> Page:
    """Raises NotFound where the record has nothing of the two."""
    one, two = sorted((one, two))
    data = site.data
    wanted = EventFilter(pair=(one, two))
    found = shown.events(events.groups(data, wanted, limit=EVENTS))
    said = statements.between(data, one, two, limit=STATEMENTS)
    if one == two or not (found or said):
        raise NotFound(f"the record has no event between {words.state(one)} and {words.state(two)}")
    months = events.months(data, one, two)
    quads = {name: sum(row[name] for row in months) for name in ("q1", "q2", "q3", "q4", "not_done")}
    address = addresses.pair(one, two)
    title = f"{words.state(one)} and {words.state(two)}"
    context = {
        "one": one,
        "two": two,
        "events": found,
        "statements": said,
        "instruments": instruments.between(data, (one, two), limit=INSTRUMENTS),
        "disputes": shown.disputes(discrepancies.newest(data, states=(one, two), limit=DISPUTES)),
        "bars": charts.bars(months),
        "quads": quads,
        "years": _years(months),
        "summary": _summary(months, quads),
        "picture": sum(quads.values()) >= LEAST,
        "brief": sum(quads.values()) >= LEAST,
        "cite_day": max((row["published"] for row in found if row["published"]), default=None),
    }
    return Page("pair.html", address, title, f"{title}: {context['summary']}", "Dataset", context=context)


def pair_year(site: Site, one: str, two: str, year: int) -> Page:
    """Every event of a pair in one year."""
    one, two = sorted((one, two))
    if not 1 <= year <= 9999:
        raise NotFound(f"there is no year {year}")
    wanted = EventFilter(pair=(one, two), since=date(year, 1, 1), until=date(year, 12, 31))
    total, rows = events.found(site.data, wanted, limit=YEAR_EVENTS)
    found = shown.events(rows)
    if not found:
        raise NotFound(f"the record has no event between {words.state(one)} and {words.state(two)} in {year}")
    context = {
        "one": one,
        "two": two,
        "year": year,
        "events": found,
        "total": total,
        "shown": len(found),
        "years": _years(events.months(site.data, one, two)),
    }
    title = f"{words.state(one)} and {words.state(two)} in {year}"
    about = f"{title}: {words.count(total, 'event')}."
    return Page("pair_year.html", addresses.pair_year(one, two, year), title, about, "Dataset", context=context)


def years(data: Data, one: str, two: str) -> list[Row]:
    """The years that have a page, newest first: ``year``, ``events``."""
    return _years(events.months(data, one, two))


def _years(months: list[Row]) -> list[Row]:
    """Newest first, with the number of events of each."""
    counted: dict[int, int] = {}
    for row in months:
        counted[row["month"].year] = counted.get(row["month"].year, 0) + sum(
            row[k] for k in ("q1", "q2", "q3", "q4", "not_done")
        )
    return [{"year": year, "events": number} for year, number in sorted(counted.items(), reverse=True)]


def _summary(months: list[Row], quads: dict[str, int]) -> str:
    """What the record has of the pair, in two sentences of figures."""
    total = sum(quads.values())
    done = total - quads["not_done"]
    if not total:
        return "No dated event; what was said is below."
    dated = [row["month"] for row in months if not row["wide"]] or [row["month"] for row in months]
    first, last = dated[0], dated[-1]
    time = f"in {words.month(first)}" if first == last else f"from {words.month(first)} to {words.month(last)}"
    text = f"{words.count(total, 'event')} {time}."
    if done:
        counts = [quads["q1"] + quads["q2"], quads["q3"] + quads["q4"], quads["q1"] + quads["q3"], quads["q2"] + quads["q4"]]
        together, against, said, deeds = (_share(count, done) for count in counts)
        text += f" Of the {done:,} that happened: {together} together, {against} against; {said} words, {deeds} deeds."
    return text


def _share(part: int, whole: int) -> str:
    """A percentage, or the count itself where there are too few for one."""
    return f"{100 * part / whole:.0f}%" if whole >= 20 else f"{part:,}"
