"""Ideal points: where each state stands on the main line of conflict in the General Assembly, session by session.

The published ones of Bailey, Strezhnev and Voeten are read from their file; ``estimate_ideal_points`` makes own ones from any
``Votes``. Both place states on one line on which the United States is on the positive side; only distances and order mean
something.

References
----------
Bailey, Michael A., Anton Strezhnev and Erik Voeten (2017): Estimating Dynamic State Preferences from United Nations Voting
Data. Journal of Conflict Resolution 61(2), 430-456.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import pyarrow as pa

from dragoman.errors import EmptyInput, InputError, MissingInput, UsageError
from dragoman.measure import frames
from dragoman.measure.cow import state_of
from dragoman.measure.datasets import DataSet, source
from dragoman.measure.votes import seat_among, year_of

UNIT = "state-session"
_NEEDED = ("ccode", "session", "NVotes", "IdealPoint")
_LOW, _HIGH = "Q5%", "Q95%"


@dataclass(frozen=True, slots=True)
class Point:
    """A state's place in one session, with the bounds that hold it in 90 of 100 draws (None where not given) and its
    ballots."""

    value: float
    low: float | None
    high: float | None
    votes: int


@dataclass(frozen=True, slots=True)
class IdealPoints:
    """Points by state and session."""

    points: Mapping[tuple[str, int], Point]
    source: DataSet
    method: str

    def at(self, state: str, *, session: int | None = None, year: int | None = None) -> Point:
        """The point of a state in a session, or in the session that opened in a year.

        Raises UsageError for an unknown state, and where the state has no point then, with the sessions in which it has.
        """
        number = _one_session(session, year)
        seat = self.seat(state, number)
        found = self.points.get((seat, number))
        if found is None:
            own = sorted(s for code, s in self.points if code == seat)
            reach = f"{own[0]} to {own[-1]} ({year_of(own[0])} to {year_of(own[-1])})"
            raise UsageError(f"{seat} has no ideal point in session {number} ({year_of(number)}); it has in sessions {reach}")
        return found

    def seat(self, state: str, session: int | None = None) -> str:
        """The code of the seat that has the state's points, from its code or name. Raises UsageError where there is none."""
        return seat_among(state, {code for code, _ in self.points}, session)

    def distance(self, a: str, b: str, *, session: int | None = None, year: int | None = None) -> float:
        """How far apart two states stand: |a - b|. Errors as in ``at``, and for a pair of one state."""
        frames.pair(a, b)
        return abs(self.at(a, session=session, year=year).value - self.at(b, session=session, year=year).value)

    def table(self) -> pa.Table:
        """One row a state and session: state, session, year, value, low, high, votes. Unit: state-session."""
        rows = [
            {"state": state, "session": s, "year": year_of(s), "value": p.value, "low": p.low, "high": p.high, "votes": p.votes}
            for (state, s), p in sorted(self.points.items())
        ]
        kinds = {"state": pa.string(), "session": pa.int32(), "year": pa.int32(), "votes": pa.int32()}
        table = pa.Table.from_pylist(rows, pa.schema([(name, kinds.get(name, pa.float64())) for name in rows[0]]))
        return frames.mark(table, UNIT, {"source": self.source.short, "method": self.method})


def _one_session(session: int | None, year: int | None) -> int:
    if (session is None) == (year is None):
        raise UsageError("give either a session or a year")
    return session if session is not None else (year or 0) - year_of(0)


def ideal_points(path: str | Path) -> IdealPoints:
    """The published ideal points.

    Parameters: ``path`` is the authors' CSV file, in latin-1 or UTF-8, with the columns ccode (Correlates of War), session,
    NVotes, IdealPoint and, for the bounds, Q5% and Q95%.

    Returns ``IdealPoints``; low and high are the 5% and 95% quantiles of the posterior.

    Raises MissingInput, EmptyInput, or InputError for another layout.
    """
    name = str(path)
    try:
        raw = Path(path).read_bytes()
    except (FileNotFoundError, IsADirectoryError):
        raise MissingInput("no such file; give the CSV file of ideal points", name) from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    reader = csv.DictReader(text.splitlines())
    columns = reader.fieldnames or ()
    if lacking := [c for c in _NEEDED if c not in columns]:
        found = ", ".join(columns) or "nothing"
        raise InputError(f"these are no ideal points: no column {', '.join(lacking)}; found {found}", name)
    points: dict[tuple[str, int], Point] = {}
    for row in reader:
        try:
            session = int(float(row["session"]))
            state = state_of(int(float(row["ccode"])), year_of(session))
            value, votes = float(row["IdealPoint"]), int(float(row["NVotes"]))
            point = Point(value, _number(row.get(_LOW)), _number(row.get(_HIGH)), votes)
        except (ValueError, TypeError):
            raise InputError(
                f"line {reader.line_num}: a number is missing or is none: {list(row.values())[:5]}", name
            ) from None
        if state is None:
            raise InputError(f"line {reader.line_num}: no state has the Correlates of War number {row['ccode']}", name)
        if points.setdefault((state, session), point) is not point:
            raise InputError(f"line {reader.line_num}: {state} has two points in session {session}", name)
    if not points:
        raise EmptyInput("no ideal point in the file", name)
    return IdealPoints(
        MappingProxyType(points), source("ideal-points"), "as published: dynamic ordinal model, Bailey et al. 2017"
    )


def _number(cell: str | None) -> float | None:
    return None if cell in (None, "", "NA") else float(str(cell))
