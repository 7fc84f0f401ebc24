"""The rows of the codebook's files. Dates are ISO strings as precise as they are certain: 2012, 2012-05, 2012-05-07."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

NO_STATE = ("IGO", "NGO")  # codes in a country's place, of organisations between states and of others
SECTORS = ("GOV", "MIL", "COP", "JUD", "LEG", "PTY", "OPP", "REB", "BUS", "JRN", "NGO", "IGO", "CVL", "UNK")
WORD_KINDS = ("office", "organ", "group", "person")


def covers(from_: str | None, to: str | None, on: str) -> bool:
    """Whether the day ``on`` (YYYY-MM-DD, or a coarser YYYY-MM, YYYY) lies in a spell whose ends may be imprecise.

    An imprecise end counts whole: a spell that begins in ``2012`` covers every day of 2012. A missing end is open.
    """
    after = from_ is None or from_[: len(on)] <= on[: len(from_)]
    before = to is None or on[: len(to)] <= to[: len(on)]
    return after and before


def day(on: date | str | None) -> str | None:
    """A date in the form that ``covers`` compares."""
    return on.isoformat() if isinstance(on, date) else on


class Seat(NamedTuple):
    """A building, street or town that stands for those who work there."""

    name: str
    sector: str


@dataclass(frozen=True, slots=True)
class State:
    """A state. ``id`` is ISO 3166-1 alpha-3; a dissolved state has ``to`` and the ``successor`` that it is counted as today.

    ``short`` are names that other states share ("Korea"): they count only where the article makes the state clear.
    """

    id: str
    name: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    capital: tuple[str, ...]
    seats: tuple[Seat, ...]
    from_: str | None
    to: str | None
    successor: str | None
    short: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Region:
    """A part of a state (``country`` set) or several states together (``members``, as "the Baltic states")."""

    id: str
    name: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    country: str | None
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation, armed group, party, company, court, agency or news outlet.

    ``country`` is alpha-3, or IGO or NGO for those of no state; ``short`` are names that count only where the country is clear.
    """

    id: str
    name: str
    names: tuple[str, ...]
    kind: str
    country: str | None
    sector: str
    members: tuple[str, ...]
    from_: str | None
    to: str | None
    short: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Holding:
    """One spell of one person in one office. ``to`` is None for an office held at the end of the file's coverage."""

    person: str
    names: tuple[str, ...]
    country: str | None
    organisation: str | None
    office: str
    sector: str
    from_: str | None
    to: str | None
    coverage: str | None = None

    def holds(self, on: str) -> bool:
        """Whether the person certainly held the office on that day: after the file's coverage an open spell is not certain."""
        to = self.to or self.coverage
        return covers(self.from_, to, on)


@dataclass(frozen=True, slots=True)
class SectorWord:
    """A word for an office, an organ, a group or a kind of person, with the sector that it stands for.

    ``plural`` says its number; ``country`` is set where one state alone has such ("pope") or is meant unless another is named.
    """

    word: str
    sector: str
    kind: str
    plural: bool
    country: str | None = None
