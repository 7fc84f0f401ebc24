"""The codebook as a whole: every table, and the lookups that all stages ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dragoman.codebook.tables import Holding, Organisation, Region, SectorWord, State, covers, day
from dragoman.codebook.towns import Towns


@dataclass(frozen=True, slots=True)
class Codebook:
    """The whole codebook, immutable; safe to share between threads. Lookups give empty tuples for what it does not know."""

    states: tuple[State, ...]
    organisations: tuple[Organisation, ...]
    regions: tuple[Region, ...]
    holdings: tuple[Holding, ...]
    words: tuple[SectorWord, ...]
    sources: Mapping[str, Mapping[str, str]]
    towns: Towns
    _state_by_id: Mapping[str, State]
    _states_by: Mapping[str, Mapping[str, tuple[State, ...]]]
    _organisation_by_id: Mapping[str, Organisation]
    _organisations_by_name: Mapping[str, tuple[Organisation, ...]]
    _holdings_by_name: Mapping[str, tuple[Holding, ...]]
    _word: Mapping[str, SectorWord]

    def state(self, code: str) -> State | None:
        """The state with that alpha-3 code."""
        return self._state_by_id.get(code)

    def country(self, code: str) -> str:
        """The code under which a state is counted today (``SUN`` gives ``RUS``); any other code unchanged."""
        state = self._state_by_id.get(code)
        while state is not None and state.successor:
            code, state = state.successor, self._state_by_id.get(state.successor)
        return code

    def states_by(self, column: str, term: str) -> tuple[State, ...]:
        """States with that term as ``name``, ``adjective``, ``people``, ``capital``, ``seat`` or ``short``."""
        return self._states_by[column].get(term, ())

    def organisation(self, id_: str) -> Organisation | None:
        return self._organisation_by_id.get(id_)

    def organisations_by_name(self, name: str) -> tuple[Organisation, ...]:
        return self._organisations_by_name.get(name, ())

    def holdings_of(self, name: str) -> tuple[Holding, ...]:
        """Every spell of the person or persons of that full name."""
        return self._holdings_by_name.get(name, ())

    def offices_on(self, name: str, on: date | str) -> tuple[Holding, ...]:
        """The offices that the person certainly held on that day."""
        when = day(on) or ""
        return tuple(h for h in self.holdings_of(name) if h.holds(when))

    def holders(self, country: str, office: str, on: date | str) -> tuple[str, ...]:
        """Who held that office of that country on that day."""
        when = day(on) or ""
        return tuple(
            dict.fromkeys(h.person for h in self.holdings if h.country == country and h.office == office and h.holds(when))
        )

    def members(self, id_: str, on: date | str | None = None) -> tuple[str, ...]:
        """Members of an organisation or region; those with dates (``POL:2004-05:``) only while they are members on that day."""
        body = self._organisation_by_id.get(id_) or next((r for r in self.regions if r.id == id_), None)
        out = []
        for member in body.members if body else ():
            code, *ends = member.split(":")
            from_, to = (*[e or None for e in ends], None, None)[:2]
            if on is None or covers(from_, to, day(on) or ""):
                out.append(code)
        return tuple(out)

    def word(self, word: str) -> SectorWord | None:
        """The sector word, in lower case as in the file, singular or plural."""
        return self._word.get(word)
