"""Roll-call votes of the United Nations General Assembly: reading them, and how alike two states vote.

A ballot is yes 1, abstain 2 or no 3. Two states are compared on the contested roll calls of a session (not all ballots the
same) on which both cast a ballot; absence is no position (Bailey, Strezhnev and Voeten 2017). The formulas stand in
``dragoman.measure.likeness``. A session's year is session + 1945, the year in which it opened; it may run into the next one.

Seats, not names: the Soviet Union and Russia are one seat (RUS), West Germany and Germany another (DEU), so are North Yemen and
Yemen (YEM). East Germany (DDR), South Yemen (YMD), Czechoslovakia (CSK) and Yugoslavia (YUG) end; Czechia, Slovakia, Serbia and
the others begin anew. China is the People's Republic from its first ballot in 1971; the Republic of China before it is TWN.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dragoman import codebook
from dragoman.errors import UsageError
from dragoman.measure import frames
from dragoman.measure.datasets import DataSet
from dragoman.measure.likeness import MEASURES, Alike, Floats, alike, alike_all

YES, ABSTAIN, NO = 1, 2, 3
BALLOTS = (YES, ABSTAIN, NO)
FIRST_YEAR = 1945  # session 1 opened in January 1946 and is counted to 1946
UNIT = "dyad-session"
# Seats that went on under another name, and the year from whose session on.
_FORMER = (("RUS", 1991, "Soviet Union"), ("DEU", 1990, "West Germany"), ("YEM", 1990, "North Yemen"))


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Ballots that were not taken, and why."""

    label: str
    ballots: int
    reason: str


@dataclass(frozen=True, eq=False)
class Votes:
    """Roll-call votes as one table of ballots.

    ``ballots`` has a row for each roll call and a column for each state of ``states``: 1 yes, 2 abstain, 3 no, 0 where none was
    cast (absent, or no member). ``sessions`` and ``days`` go with the rows; a day is NaT where the file has none.
    """

    states: tuple[str, ...]
    ids: tuple[str, ...]
    sessions: npt.NDArray[np.int16]
    days: npt.NDArray[np.datetime64]
    ballots: npt.NDArray[np.int8]
    source: DataSet
    left_out: tuple[LeftOut, ...] = ()

    @cached_property
    def contested(self) -> npt.NDArray[np.bool_]:
        """For each roll call whether at least two different ballots were cast."""
        kinds = sum((self.ballots == ballot).any(axis=1).astype(int) for ballot in BALLOTS)
        return np.asarray(kinds > 1)

    @cached_property
    def span(self) -> tuple[int, int]:
        """The first and the last session."""
        return int(self.sessions.min()), int(self.sessions.max())

    def of(self, sessions: Iterable[int], *, contested: bool = True) -> Votes:
        """The roll calls of some sessions; all of them with ``contested=False``."""
        rows = np.isin(self.sessions, list(sessions))
        if contested:
            rows &= self.contested
        return self.rows(rows)

    def rows(self, chosen: npt.NDArray[Any]) -> Votes:
        """The roll calls that a mask or an array of row numbers chooses."""
        ids = tuple(np.asarray(self.ids, dtype=object)[chosen].tolist())
        return replace(self, ids=ids, sessions=self.sessions[chosen], days=self.days[chosen], ballots=self.ballots[chosen])

    def seat(self, name: str, session: int | None = None) -> str:
        """The code of the seat that a state votes from, from its code or name (``SUN`` votes from ``RUS``).

        Raises UsageError for an unknown state, one without a ballot in this file, and a dissolved one after its end.
        """
        return seat_among(name, set(self.states), session)

    def voted(self, seat: str) -> tuple[int, ...]:
        """The sessions in which a seat cast a ballot."""
        return tuple(np.unique(self.sessions[self.ballots[:, self.states.index(seat)] > 0]).tolist())


def year_of(session: int) -> int:
    """The year in which a session opened: 1946 for session 1, 2019 for session 74."""
    return session + FIRST_YEAR


def seat_among(name: str, seats: Collection[str], session: int | None = None) -> str:
    """The seat from which a state votes, out of those that a data set has; errors as in ``Votes.seat``."""
    code = frames.state(name)
    state, now = codebook.load().state(code), codebook.load().country(code)
    if session is not None and state is not None and state.to and year_of(session) > int(state.to[:4]):
        raise UsageError(f"{state.name} ended on {state.to}, before session {session}; ask for {now}")
    seat = code if code in seats else now
    if seat not in seats:
        raise UsageError(
            f"{frames.state_name(code)} ({code}) has no ballot in these votes; it may be no member of the Assembly"
        )
    return seat


def seat_name(seat: str, year: int | None = None) -> str:
    """The name of a seat, in a year the one it had then: RUS was the Soviet Union until 1990.

    >>> seat_name("RUS", 1985), seat_name("RUS", 2019)
    ('Soviet Union', 'Russia')
    """
    for code, until, name in _FORMER:
        if year is not None and seat == code and year < until:
            return name
    return frames.state_name(seat)


def sessions_of(
    votes: Votes, session: int | None = None, since: int | None = None, until: int | None = None
) -> tuple[int, ...]:
    """The sessions of a choice: one by number, or those opened in the years ``since`` to ``until``, both included.

    Raises UsageError for both at once, for years reversed, and for a choice without a roll call.
    """
    held = tuple(np.unique(votes.sessions).tolist())
    if session is not None and (since is not None or until is not None):
        raise UsageError("a session and years were both given; choose one")
    if since is not None and until is not None and until < since:
        raise UsageError(f"the years end ({until}) before they begin ({since}); give since before until")
    if session is not None:
        chosen = tuple(s for s in held if s == session)
        asked = f"session {session}"
    else:
        chosen = tuple(s for s in held if (since is None or year_of(s) >= since) and (until is None or year_of(s) <= until))
        asked = f"the years {since or year_of(held[0])} to {until or year_of(held[-1])}"
    if not chosen:
        first, last = votes.span
        raise UsageError(
            f"no roll call in {asked}; the votes cover sessions {first} to {last} ({year_of(first)} to {year_of(last)})"
        )
    return chosen


def shared(votes: Votes, a: str, b: str, sessions: Iterable[int]) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.int8]]:
    """The ballots of two seats on the contested roll calls on which both voted."""
    chosen = votes.of(sessions)
    first, second = chosen.ballots[:, votes.states.index(a)], chosen.ballots[:, votes.states.index(b)]
    both = (first > 0) & (second > 0)
    return first[both], second[both]


def similarity(
    votes: Votes, a: str, b: str, *, session: int | None = None, since: int | None = None, until: int | None = None
) -> Alike:
    """Agreement, S, kappa and pi of two states, with the number of roll calls they rest on.

    Parameters: ``a`` and ``b`` are codes or names; one ``session``, or all that opened in the years ``since`` to ``until``. All
    roll calls count the same, so that long sessions weigh more.

    Raises UsageError for an unknown state, a pair of one state, a choice without roll calls, or no contested roll call on which
    both voted.
    """
    chosen = sessions_of(votes, session, since, until)
    first, second = (votes.seat(name, max(chosen) if session is not None else None) for name in (a, b))
    if first == second:
        raise UsageError(f"a pair needs two seats, found {first} twice ({a} and {b})")
    x, y = shared(votes, first, second, chosen)
    if not x.size:
        spans = "; ".join(_voted(votes, seat) for seat in (first, second))
        raise UsageError(f"{first} and {second} never voted on the same contested roll call of {_sessions(chosen)}: {spans}")
    return alike(x.astype(float), y.astype(float), span=NO - YES)


def agreement(
    votes: Votes, a: str, b: str, *, session: int | None = None, since: int | None = None, until: int | None = None
) -> float:
    """Agreement of two states, 0 (always opposed) to 1 (always the same): 1 - |x - y| / 2, mean over shared contested roll
    calls.

    Bailey, Strezhnev and Voeten 2017. Parameters and errors as in ``similarity``.
    """
    return similarity(votes, a, b, session=session, since=since, until=until).agreement


def matrix(votes: Votes, *, session: int | None = None, since: int | None = None, until: int | None = None) -> Matrix:
    """Agreement, S, kappa, pi and n of all pairs at once. Raises UsageError for a choice without contested roll calls."""
    chosen = votes.of(sessions_of(votes, session, since, until))
    if not chosen.ids:
        raise UsageError("all roll calls of this choice are unanimous; likeness needs contested ones")
    seats = np.flatnonzero((chosen.ballots > 0).any(axis=0))
    values = alike_all(chosen.ballots[:, seats], BALLOTS)
    return Matrix(tuple(votes.states[i] for i in seats), values.pop("n"), values, len(chosen.ids))


@dataclass(frozen=True, slots=True, eq=False)
class Matrix:
    """Likeness of all pairs. ``values`` maps each measure to a states x states array, nan where it is not defined.

    ``n`` holds the number of roll calls each pair shares, ``roll_calls`` their number in all.
    """

    states: tuple[str, ...]
    n: Floats
    values: dict[str, Floats]
    roll_calls: int

    def get(self, measure: str) -> Floats:
        if measure not in self.values:
            raise UsageError(f"there is no measure {measure!r}; choose one of {', '.join(MEASURES)}")
        return self.values[measure]


def pair_table(
    votes: Votes, a: str, b: str, *, session: int | None = None, since: int | None = None, until: int | None = None
) -> pa.Table:
    """One row a session: session, year, agreement, s, kappa, pi, n (shared contested roll calls), and how both voted.

    A session in which the two share no contested roll call has n 0 and null measures. ``same``, ``near`` and ``opposed`` count
    roll calls with the same ballot, one step apart, and yes against no. Unit: dyad-session. Errors as in ``similarity``.
    """
    chosen = sessions_of(votes, session, since, until)
    similarity(votes, a, b, session=session, since=since, until=until)  # says at once where nothing can be compared
    first, second = votes.seat(a), votes.seat(b)
    rows = []
    for number in chosen:
        x, y = shared(votes, first, second, (number,))
        found = alike(x.astype(float), y.astype(float), span=NO - YES) if x.size else None
        gap = np.abs(x.astype(int) - y.astype(int))
        rows.append(
            {
                "session": number,
                "year": year_of(number),
                **{name: getattr(found, name) if found else None for name in MEASURES},
                "n": int(x.size),
                "same": int((gap == 0).sum()),
                "near": int((gap == 1).sum()),
                "opposed": int((gap == 2).sum()),
            }
        )
    kinds = [(name, pa.float64() if name in MEASURES else pa.int32()) for name in rows[0]]
    facts = {"pair": [first, second], "source": votes.source.short, "coverage": votes.source.coverage}
    return frames.mark(pa.Table.from_pylist(rows, pa.schema(kinds)), UNIT, facts)


def _sessions(chosen: tuple[int, ...]) -> str:
    return f"session {chosen[0]}" if len(chosen) == 1 else f"sessions {chosen[0]} to {chosen[-1]}"


def _voted(votes: Votes, seat: str) -> str:
    sessions = votes.voted(seat)
    return f"{seat} voted in sessions {sessions[0]} to {sessions[-1]}"
