"""The lines of the codebook's CSV files. Every mistake is a ``CodebookError`` that names file and line."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from dragoman.codebook.tables import SECTORS
from dragoman.errors import CodebookError

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


class Row(NamedTuple):
    """One line of a data file, with what an error message needs."""

    file: str
    line: int
    cells: dict[str, str]

    def fail(self, message: str) -> CodebookError:
        return CodebookError(f"{self.file} line {self.line}: {message}")

    def one(self, column: str) -> str | None:
        """The cell, None where it is empty."""
        return self.cells.get(column, "").strip() or None

    def must(self, column: str) -> str:
        """The cell, which must not be empty."""
        value = self.one(column)
        if value is None:
            raise self.fail(f"column {column} is empty; it needs a value")
        return value

    def many(self, column: str) -> tuple[str, ...]:
        """The parts of a cell like ``Peking;Beijing``."""
        values = tuple(v.strip() for v in self.cells.get(column, "").split(";") if v.strip())
        if len(set(values)) < len(values):
            raise self.fail(f"column {column} names the same thing twice: {'; '.join(values)}")
        return values

    def date(self, column: str) -> str | None:
        """A day, a month or a year; None where it is not known."""
        value = self.one(column)
        if value is not None and not _DATE.fullmatch(value):
            raise self.fail(f"column {column} is {value!r}; a date is 2012, 2012-05 or 2012-05-07")
        return value

    def spell(self) -> tuple[str | None, str | None]:
        """The dates ``from`` and ``to``."""
        from_, to = self.date("from"), self.date("to")
        if from_ and to and from_[: len(to)] > to[: len(from_)]:
            raise self.fail(f"it ends ({to}) before it begins ({from_})")
        return from_, to

    def sector(self) -> str:
        """The sector, one of ``SECTORS``."""
        value = self.must("sector")
        if value not in SECTORS:
            raise self.fail(f"unknown sector {value!r}; the sectors are {' '.join(SECTORS)}")
        return value


def rows(path: Path, needed: tuple[str, ...]) -> Iterator[Row]:
    """The lines of a file that has the ``needed`` columns, and perhaps others."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        missing = [c for c in needed if c not in (reader.fieldnames or ())]
        if missing:
            raise CodebookError(f"{path.name} line 1: no column {', '.join(missing)}; it needs {','.join(needed)}")
        for cells in reader:
            row = Row(path.name, reader.line_num, {k: v or "" for k, v in cells.items() if isinstance(v, str | None) and k})
            if None in cells:
                raise row.fail("more cells than columns; a comma inside a cell needs quotation marks")
            yield row


def in_order(found: Iterable[Row], key: str) -> list[Row]:
    """The rows; an error where one is out of order or has the key of another."""
    out = list(found)
    for before, row in pairwise(out):
        a, b = before.must(key), row.must(key)
        if b == a:
            raise row.fail(f"duplicate {key} {b!r}, already in line {before.line}")
        if b < a:
            raise row.fail(f"unsorted: {b!r} comes after {a!r}; sort the file by {key}")
    return out
