"""The outside data sets that measures are taken from: version, citation, licence, unit and coverage, as code returns them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from dragoman.errors import UsageError


@dataclass(frozen=True, slots=True)
class DataSet:
    """One data set in one version.

    ``unit`` says what one of its rows stands for. ``first`` and ``last`` are the days it covers, both included, None where that
    is the reader's own archive. Inside the coverage what is not listed did not happen (zero); outside it nothing is known
    (missing).
    """

    id: str
    name: str
    version: str
    citation: str
    licence: str
    unit: str
    first: str | None
    last: str | None

    def covering(self, first: str | None, last: str | None) -> DataSet:
        """The same data set with the coverage that a loaded file really has."""
        return replace(self, first=first, last=last)

    @property
    def coverage(self) -> str:
        """``1946-01-01 to 2020-01-14``, for a caption."""
        return f"{self.first} to {self.last}" if self.first and self.last else "as far as the archive goes"

    @property
    def short(self) -> str:
        """Name and version in one line, for the foot of a picture or a table."""
        return f"{self.name} ({self.version})"


@cache
def sources() -> tuple[DataSet, ...]:
    """All data sets that measures know, by id.

    >>> [s.id for s in sources()]
    ['atop', 'cow-codes', 'dragoman', 'icews', 'ideal-points', 'un-votes', 'world-atlas']
    """
    text = (resources.files("dragoman.measure") / "data" / "sources.toml").read_text("utf-8")
    out = []
    for id_, entry in sorted(tomllib.loads(text).items()):
        first, last = (*entry.pop("coverage"), None, None)[:2]
        out.append(DataSet(id=id_, first=first, last=last, **entry))
    return tuple(out)


def source(id_: str) -> DataSet:
    """One data set. Raises UsageError for an unknown id.

    >>> source("atop").coverage
    '1815-01-01 to 2018-12-31'
    """
    for entry in sources():
        if entry.id == id_:
            return entry
    raise UsageError(f"there is no data set {id_!r}; known are {', '.join(s.id for s in sources())}")
