"""Votes files for tests: small ones made here, and where the reference data lies."""

from __future__ import annotations

import bz2
import struct
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

import pytest

from bench.reference import Absent, folder
from dragoman.measure.ballots import read_votes
from dragoman.measure.votes import Votes

Row = tuple[str, int, str, str]


def csv_votes(path: Path, rows: Iterable[Row], header: str = "roll_call,session,state,vote") -> Votes:
    """Votes read from a CSV file with these rows."""
    path.write_text("\n".join([header, *(",".join(map(str, row)) for row in rows)]) + "\n", "utf-8")
    return read_votes(path)


def ballots(session: int, **votes: str) -> list[Row]:
    """Rows of one session: for each state a word of y, a, n and - (absent), one letter a roll call."""
    words = {"y": "yes", "a": "abstain", "n": "no", "-": "absent"}
    return [
        (f"{session}/{number}", session, state, words[letter])
        for state, letters in votes.items()
        for number, letter in enumerate(letters)
    ]


@cache
def united_nations() -> Votes:
    """The real votes. Skips the test where the reference data is not here."""
    try:
        return read_votes(folder() / "votes" / "un_votes.rda")
    except Absent as reason:
        pytest.skip(str(reason))


def reference(*parts: str) -> Path:
    """A file of the reference data. Skips the test where it is not here."""
    try:
        return folder().joinpath(*parts)
    except Absent as reason:
        pytest.skip(str(reason))


# R's serialisation, written by hand: the tests do not trust the reader's own idea of it


def _item(kind: int, flags: int = 0) -> bytes:
    return struct.pack(">I", kind | flags)


def _string(text: str | None) -> bytes:
    raw = b"" if text is None else text.encode()
    return _item(9, 64 << 12) + struct.pack(">i", -1 if text is None else len(raw)) + raw


def _strings(values: Sequence[str | None]) -> bytes:
    return _item(16) + struct.pack(">i", len(values)) + b"".join(map(_string, values))


def _attributes(pairs: Mapping[str, bytes]) -> bytes:
    return b"".join(_item(2, 0x400) + _item(1) + _string(name) + value for name, value in pairs.items()) + _item(254)


def column(values: Sequence[object], kind: str) -> bytes:
    """A column of strings, integer, double, date or factor; None is R's NA."""
    size = struct.pack(">i", len(values))
    if kind == "string":
        return _strings([None if v is None else str(v) for v in values])
    if kind == "integer":
        return _item(13) + size + b"".join(struct.pack(">i", -(2**31) if v is None else v) for v in values)
    if kind == "factor":
        levels = sorted({str(v) for v in values if v is not None})
        codes = b"".join(struct.pack(">i", -(2**31) if v is None else levels.index(str(v)) + 1) for v in values)
        return _item(13, 0x300) + size + codes + _attributes({"levels": _strings(levels), "class": _strings(["factor"])})
    na = struct.pack(">II", 0x7FF00000, 1954)
    body = size + b"".join(na if v is None else struct.pack(">d", v) for v in values)
    if kind == "date":
        return _item(14, 0x300) + body + _attributes({"class": _strings(["Date"])})
    return _item(14) + body


def rda(name: str, columns: Mapping[str, bytes], *, packed: bool = True, format_: int = 2) -> bytes:
    """The bytes of an R file with one data frame."""
    body = _item(19, 0x300) + struct.pack(">i", len(columns)) + b"".join(columns.values())
    body += _attributes({"names": _strings(list(columns)), "class": _strings(["data.frame"])})
    head = f"RDX{format_}\nX\n".encode() + struct.pack(">iii", format_, 0x40002, 0x20300)
    head += struct.pack(">i", 5) + b"UTF-8" if format_ == 3 else b""
    whole = head + _item(2, 0x400) + _item(1) + _string(name) + body + _item(254)
    return bz2.compress(whole) if packed else whole
