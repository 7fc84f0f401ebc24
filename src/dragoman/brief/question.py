"""What a brief is asked: whose relations, since when, on what topic, how long."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from dragoman import codebook
from dragoman.archive import filters
from dragoman.errors import UsageError


@dataclass(frozen=True, slots=True)
class Party:
    """One side of the question: a state, or a bloc with its members.

    ``countries`` are ISO alpha-3 codes; ``organisation`` is the bloc's own id where it is an organisation.
    """

    code: str
    name: str
    countries: tuple[str, ...]
    organisation: str | None = None

    @property
    def is_bloc(self) -> bool:
        return len(self.countries) > 1


@dataclass(frozen=True, slots=True)
class Question:
    """``second`` None means the first party against everybody else."""

    first: Party
    second: Party | None
    since: date | None = None
    until: date | None = None
    topic: tuple[str, ...] = field(default=())
    minutes: int = 6

    @property
    def parties(self) -> tuple[Party, ...]:
        return (self.first,) if self.second is None else (self.first, self.second)

    @property
    def countries(self) -> frozenset[str]:
        return frozenset(c for party in self.parties for c in party.countries)


def party(code: str) -> Party:
    """The state or bloc of a code or name: ``CHN``, ``EU``, ``European Union``. Raises UsageError where none is so called."""
    book = codebook.load()
    known = book.state(codebook.state_of(code) or "")
    if known is not None:
        today = book.state(book.country(known.id)) or known
        return Party(today.id, today.name, (today.id,))
    body = book.organisation(code) or next(iter(book.organisations_by_name(code)), None)
    if body is not None and body.members:
        return Party(body.id, body.name, book.members(body.id), body.id)
    region = next((r for r in book.regions if r.members and code in (r.id, r.name, *r.names)), None)
    if region is not None:
        return Party(region.id, region.name, book.members(region.id))
    bodies, regions = (body for body in book.organisations if body.members), (area for area in book.regions if area.members)
    raise UsageError(
        f"{code!r} is no state and no bloc with members{codebook.near_named(code, (*book.states, *bodies, *regions))}; "
        "give an alpha-3 code (CHN), a state's name, or an organisation such as EU"
    )


def question(
    first: str,
    second: str | None,
    *,
    since: filters.Day = None,
    until: filters.Day = None,
    topic: str | None = None,
    minutes: int = 6,
) -> Question:
    """The question put in codes. ``since`` and ``until`` are days, months or years, both included.

    Raises UsageError for an unknown party, for a party against itself, for what is no date and for reversed dates.
    """
    first_day, last_day = filters.day("since", since), filters.day("until", until)
    one, two = party(first), party(second) if second else None
    if two is not None and set(one.countries) & set(two.countries):
        if one.code == two.code or not (one.is_bloc or two.is_bloc):
            raise UsageError(f"{first} and {second} are the same party; a brief needs two, or one alone for one against all")
        one, two = _apart(one, two)
    if first_day and last_day and first_day > last_day:
        raise UsageError(f"--since {first_day} lies after --until {last_day}; exchange them")
    if minutes < 1:
        raise UsageError(f"--minutes {minutes} is no reading time; give 1 or more")
    words = tuple(w for w in (topic or "").lower().split() if w)
    return Question(one, two, first_day, last_day, words, minutes)


def _apart(one: Party, two: Party) -> tuple[Party, Party]:
    """A state that is a member of the bloc on the other side counts for its own side only."""
    wide, narrow = (one, two) if len(one.countries) > len(two.countries) else (two, one)
    rest = tuple(c for c in wide.countries if c not in narrow.countries)
    wide = Party(wide.code, wide.name, rest, wide.organisation)
    return (wide, narrow) if len(one.countries) > len(two.countries) else (narrow, wide)
