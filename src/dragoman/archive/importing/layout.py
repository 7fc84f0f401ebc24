"""What a layout is: the columns of a file of events, and how one of its rows becomes a row of ``events``."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


class BadRow(ValueError):
    """A row that cannot be imported, with the reason: a date that is none, a cell too few. Others are still imported."""


@dataclass(slots=True)
class Cells:
    """The cells of one row by the name of their column. What is taken is in a column of ours; the rest is kept beside it."""

    values: Mapping[str, str]
    missing: str = ""  # the layout's mark for an empty cell
    notes: list[str] = field(default_factory=list)  # what could not be translated
    _taken: set[str] = field(default_factory=set)
    _marked: set[str] = field(default_factory=set)

    def get(self, column: str) -> str | None:
        """A cell without surrounding white space, None where it is empty."""
        value = self.values.get(column, "").strip()
        return None if value in ("", self.missing) else value

    def take(self, column: str) -> str | None:
        """As ``get``; the cell need not be kept, since a column of ours holds it."""
        self._taken.add(column)
        return self.get(column)

    def keep(self, *columns: str) -> None:
        """Keep cells that were taken, because our columns do not hold all that they say."""
        self._taken.difference_update(columns)

    def number(self, column: str) -> float | None:
        """A cell as a number; the cell is kept where it is no number, or would be written otherwise (``1.50``)."""
        text = self.get(column)
        if text is None:
            return None
        try:
            value = float(text)
        except ValueError:
            self.notes.append(f"{column} is no number")
            return None
        if value != value or value in (float("inf"), float("-inf")):
            self.notes.append(f"{column} is no number")
            return None
        if written(value) == text:
            self._taken.add(column)
        return value

    def day(self, column: str) -> date:
        """A cell as a day. Raises BadRow where it is none."""
        text = self.take(column)
        found = day(text)
        if found is None:
            raise BadRow(f"{column} {text or ''!r} is not a date")
        return found

    def note(self, words: str) -> None:
        self.notes.append(words)

    def mark(self, column: str) -> None:
        """Keep that the cell was empty, because a column of ours was filled from another one."""
        self._marked.add(column)

    def rest(self) -> str | None:
        """JSON of the cells that no column of ours holds."""
        left = {
            c: v
            for c, v in self.values.items()
            if c in self._marked or (c not in self._taken and v.strip() not in ("", self.missing))
        }
        return json.dumps(left, ensure_ascii=False) if left else None


@dataclass(frozen=True, slots=True)
class Layout:
    """A file format of event data.

    ``columns`` are those a header must have, or, of a file without header, all of them in order. ``event`` turns the cells of a
    row into columns of ``events``; ``origin_id`` names the column of the row's id.
    """

    name: str
    columns: tuple[str, ...]
    event: Callable[[Cells], dict[str, Any]]
    origin_id: str | None
    delimiter: str = "\t"
    quoted: bool = False
    header: bool = True
    missing: str = ""
    both_ways: Callable[[Mapping[str, str]], tuple[str, str, str] | None] | None = None
    """Where the data set stores one act once for each direction: of a row's cells what both share, and the two sides; None for
    a row that stands alone."""


def written(value: float) -> str:
    """A number as short as it can be read back: 15, not 15.0."""
    return repr(int(value)) if value == int(value) else repr(value)


def day(text: str | None) -> date | None:
    """A day from ``2031-03-02``, ``20310302``, ``20310302174500`` or ``2031-03-02 00:00:00.000``."""
    if text is None:
        return None
    words = text.split()[0].split("T")[0]
    digits = words if "-" in words else f"{words[:4]}-{words[4:6]}-{words[6:8]}" if words.isdigit() else ""
    try:
        return date.fromisoformat(digits) if len(digits) == 10 else None
    except ValueError:
        return None


def on(first: date, last: date | None = None, precision: str = "day") -> dict[str, Any]:
    """The date columns of a row: both ends included; found in the other data set, so ``metadata``."""
    return {"date_from": first, "date_to": last or first, "date_precision": precision, "date_how": "metadata"}
