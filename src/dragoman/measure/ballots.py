"""Reads files of roll-call votes into ``Votes``: the R data of the package unvotes, and a CSV layout."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dragoman import codebook
from dragoman.errors import EmptyInput, InputError, MissingInput, UsageError
from dragoman.measure import frames
from dragoman.measure.datasets import source
from dragoman.measure.rfile import read_rda
from dragoman.measure.votes import ABSTAIN, FIRST_YEAR, NO, YES, LeftOut, Votes

Ints = npt.NDArray[np.int64]

_BALLOT = {"yes": YES, "y": YES, "1": YES, "abstain": ABSTAIN, "a": ABSTAIN, "2": ABSTAIN, "no": NO, "n": NO, "3": NO}
_NONE = {"", "absent", "8", "9", "na"}  # 8 absent, 9 not a member, as in the Dataverse layout
_COLUMNS = {  # our name, and others that the same column goes by
    "roll_call": ("roll_call", "rcid"),
    "session": ("session",),
    "state": ("state", "country", "iso3c"),
    "vote": ("vote",),
}
_LAYOUT = "roll_call,session,state,vote and, where known, date (YYYY-MM-DD); vote is yes, abstain, no or absent (or 1, 2, 3, 8)"
_ALWAYS = ("1900-01-01", "2999-12-31")


class _Seat(NamedTuple):
    state: str
    first: str
    last: str


def read_votes(path: str | Path, roll_calls: str | Path | None = None) -> Votes:
    """Roll-call votes from a file.

    Parameters: ``path`` is ``un_votes.rda`` of the R package unvotes, with ``un_roll_calls.rda`` beside it or given as
    ``roll_calls``; or a CSV file with the columns roll_call (or rcid), session, state (code or name; or country), vote, and
    where known date.

    Returns ``Votes``. Ballots of a state that the codebook does not know are left out and counted in ``Votes.left_out``.

    Raises MissingInput, EmptyInput, or InputError for another layout, naming what was found and what is needed.
    """
    if Path(path).suffix.lower() == ".csv":
        return _from_csv(Path(path))
    return _from_r(Path(path), Path(roll_calls) if roll_calls else Path(path).with_name("un_roll_calls.rda"))


def _from_r(path: Path, beside: Path) -> Votes:
    ballots = _frame(path, ("rcid", "country", "vote"), "un_votes.rda of the R package unvotes, or a CSV file")
    try:
        calls = _frame(beside, ("rcid", "session", "date"), "un_roll_calls.rda of the R package unvotes")
    except MissingInput:
        raise MissingInput(
            f"it needs the roll calls too, and {beside} is not there; put both files into one folder", str(path)
        ) from None
    ids, sessions = _whole(calls["rcid"]), _whole(calls["session"])
    days = np.array(calls["date"].to_pylist(), dtype="datetime64[D]")
    rows = _places(_whole(ballots["rcid"]), ids, path)
    labels, label_of = _coded(ballots["country"])
    words, word_of = _coded(ballots["vote"])
    return _votes(path, ids, sessions, days, rows, (labels, label_of), _cast(path, words, word_of))


def _frame(path: Path, needed: tuple[str, ...], what: str) -> pa.Table:
    tables = read_rda(path)
    for table in tables.values():
        if set(needed) <= set(table.column_names):
            return table
    found = "; ".join(f"{name} has {', '.join(table.column_names)}" for name, table in tables.items())
    raise InputError(f"these are no votes: expected the columns {', '.join(needed)} ({what}), {found}", str(path))


def _from_csv(path: Path) -> Votes:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            columns = _named(path, reader.fieldnames or ())
            cells = [tuple((row[name] or "").strip() if name else "" for name in columns) for row in reader]
    except (FileNotFoundError, IsADirectoryError):
        raise MissingInput("no such file; give a votes file", str(path)) from None
    except UnicodeDecodeError:
        raise InputError("the file is not UTF-8; save it as UTF-8", str(path)) from None
    if not cells:
        raise EmptyInput(f"no ballot in the file; it needs rows with {_LAYOUT}", str(path))
    calls: dict[str, tuple[int, str]] = {}
    for line, (id_, session, _, _, day) in enumerate(cells, 2):
        if not session.removesuffix(".0").isdigit():
            raise InputError(f"line {line}: session is {session!r}; a session is a whole number such as 74", str(path))
        known = calls.setdefault(id_, (int(session.removesuffix(".0")), day))
        if known[0] != int(session.removesuffix(".0")):
            raise InputError(
                f"line {line}: roll call {id_} is in session {known[0]} and in {session}; ids must differ", str(path)
            )
    order = {id_: i for i, id_ in enumerate(calls)}
    labels, label_of = np.unique(np.array([row[2] for row in cells], dtype=object).astype(str), return_inverse=True)
    words, word_of = np.unique(np.array([row[3] for row in cells]), return_inverse=True)
    return _votes(
        path,
        np.array(list(calls), dtype=object),
        np.array([session for session, _ in calls.values()]),
        _days(path, [day for _, day in calls.values()]),
        np.array([order[row[0]] for row in cells]),
        (labels.tolist(), label_of),
        _cast(path, words.tolist(), word_of),
    )


def _named(path: Path, found: Sequence[str]) -> list[str | None]:
    """The file's own names for roll_call, session, state, vote and date."""
    out: list[str | None] = []
    for wanted, names in _COLUMNS.items():
        name = next((n for n in names if n in found), None)
        if name is None:
            raise InputError(
                f"this is no votes file: no column {wanted}; found {', '.join(found) or 'nothing'}, needs {_LAYOUT}", str(path)
            )
        out.append(name)
    return [*out, "date" if "date" in found else None]


def _days(path: Path, words: list[str]) -> npt.NDArray[np.datetime64]:
    try:
        return np.array([word or "NaT" for word in words], dtype="datetime64[D]")
    except ValueError as error:
        raise InputError(f"a date is not written as YYYY-MM-DD ({error})", str(path)) from None


def _cast(path: Path, words: list[str], word_of: Ints) -> npt.NDArray[np.int8]:
    """Ballots as 1, 2 and 3, and 0 for none."""
    values = np.zeros(len(words) + 1, np.int8)
    for i, word in enumerate(words):
        plain = word.strip().casefold().removesuffix(".0")
        if plain not in _BALLOT and plain not in _NONE:
            raise InputError(f"{word!r} is no vote; a vote is yes, abstain, no or absent (or 1, 2, 3, 8)", str(path))
        values[i] = _BALLOT.get(plain, 0)
    return values[word_of]


def _votes(
    path: Path,
    ids: npt.NDArray[Any],
    sessions: Ints,
    days: npt.NDArray[np.datetime64],
    rows: Ints,
    labels: tuple[list[str], Ints],
    cast: npt.NDArray[np.int8],
) -> Votes:
    """The table of ballots, its columns the seats that the labels stand for on the day of the roll call."""
    order = np.lexsort((np.arange(len(ids)), sessions))
    place = np.empty(len(ids), np.int64)
    place[order] = np.arange(len(ids))
    days, sessions, rows = days[order], sessions[order], place[rows]
    names, label_of = labels
    seat_of, left_out = _columns(names, label_of, cast, _when(days, sessions), rows)
    states = tuple(sorted({state for state in seat_of if state}))
    column_of = np.array([states.index(state) if state else -1 for state in seat_of])
    columns = column_of[label_of]
    ballots = np.zeros((len(ids), len(states)), np.int8)
    taken = np.flatnonzero((cast > 0) & (columns >= 0))
    cells = rows[taken] * len(states) + columns[taken]
    if np.bincount(cells, minlength=1).max() > 1:
        twice = int(np.bincount(cells).argmax())
        roll_call, state = ids[order][twice // len(states)], states[twice % len(states)]
        raise InputError(f"{state} votes more than once on roll call {roll_call}; each seat has one ballot", str(path))
    if not taken.size:
        raise EmptyInput("no ballot of a known state in the file", str(path))
    ballots[rows[taken], columns[taken]] = cast[taken]
    voting = np.flatnonzero(ballots.any(axis=0))
    states, ballots = tuple(states[i] for i in voting), ballots[:, voting]
    known = days[~np.isnat(days)]
    years = (int(sessions.min()) + FIRST_YEAR, int(sessions.max()) + FIRST_YEAR)
    covered = (str(known.min()), str(known.max())) if known.size else (f"{years[0]}-01-01", f"{years[1]}-12-31")
    data = source("un-votes").covering(*covered)
    if path.suffix.lower() == ".csv":
        own = {"version": "as given", "citation": "The file's own.", "licence": "the file's own"}
        data = replace(data, name=f"Roll-call votes of {path.name}", **own)
    return Votes(states, tuple(str(v) for v in ids[order]), sessions.astype(np.int16), days, ballots, data, tuple(left_out))


def _columns(
    names: list[str], label_of: Ints, cast: npt.NDArray[np.int8], when: npt.NDArray[np.datetime64], rows: Ints
) -> tuple[list[str | None], list[LeftOut]]:
    """The state of each label, and what was left out.

    A label whose seat changed hands gets labels of its own for the later seats; ``label_of`` and ``cast`` are put right in
    place.
    """
    states: list[str | None] = [None] * len(names)
    left_out = []
    for i, label in enumerate(names):
        seats = _seats(label)
        if len(seats) == 1 and (seats[0].first, seats[0].last) == _ALWAYS:
            states[i] = seats[0].state
            continue
        here = np.flatnonzero((label_of == i) & (cast > 0))
        outside = np.ones(len(here), bool)
        for number, seat in enumerate(seats):
            day = when[rows[here]]
            inside = (day >= np.datetime64(seat.first)) & (day <= np.datetime64(seat.last))
            outside &= ~inside
            if number == 0:
                states[i] = seat.state
            elif inside.any():
                label_of[here[inside]] = len(states)
                states.append(seat.state)
        if outside.any():
            cast[here[outside]] = 0
            reason = "outside the dates of the seat" if seats else "no state of that name in the codebook"
            left_out.append(LeftOut(label, int(outside.sum()), reason))
    return states, left_out


def _when(days: npt.NDArray[np.datetime64], sessions: Ints) -> npt.NDArray[np.datetime64]:
    """The day of each roll call; without one, 1 November of the session's year, when most are held."""
    usual = (sessions + FIRST_YEAR - 1970).astype("datetime64[Y]").astype("datetime64[M]") + 10
    return np.where(np.isnat(days), usual.astype("datetime64[D]"), days)


@cache
def _listed() -> dict[str, tuple[_Seat, ...]]:
    out: dict[str, tuple[_Seat, ...]] = {}
    with (resources.files("dragoman.measure") / "data" / "un_seats.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            seat = _Seat(row["state"], row["from"] or _ALWAYS[0], row["to"] or _ALWAYS[1])
            out[row["label"]] = (*out.get(row["label"], ()), seat)
    return out


def _seats(label: str) -> tuple[_Seat, ...]:
    """The seats that a name or code in a votes file stands for, with their days; none for one that nobody knows."""
    plain = label.replace("’", "'").replace("\x92", "'")
    if plain in _listed():
        return _listed()[plain]
    code = _code(plain) or _code(plain.replace(" & ", " and "))
    if code is None:
        return ()
    for seats in _listed().values():
        if seats[0].state == code:  # a code has the dates of its name: YUG is Yugoslavia
            return seats
    return (_Seat(codebook.load().country(code), *_ALWAYS),)


def _code(name: str) -> str | None:
    try:
        return frames.state(name)
    except UsageError:
        return None


def _whole(column: pa.ChunkedArray) -> Ints:
    return np.asarray(column.to_numpy()).astype(np.int64)


def _coded(column: pa.ChunkedArray) -> tuple[list[str], Ints]:
    """A column of words as different words and their indices; a missing word has the last index, -1."""
    array = column.combine_chunks()
    if not pa.types.is_dictionary(array.type):
        array = array.cast(pa.string()).dictionary_encode()
    return array.dictionary.to_pylist(), np.asarray(array.indices.fill_null(-1)).astype(np.int64)


def _places(rcids: Ints, ids: Ints, path: Path) -> Ints:
    """The row of ``ids`` for every id of ``rcids``."""
    order = np.argsort(ids)
    at = np.minimum(np.searchsorted(ids[order], rcids), len(ids) - 1)
    rows = order[at]
    wrong = ids[rows] != rcids
    if wrong.any():
        raise InputError(
            f"roll call {rcids[wrong][0]} is not among the roll calls; the two files belong to different versions", str(path)
        )
    return np.asarray(rows)
