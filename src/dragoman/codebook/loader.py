"""Loads a folder of data files as one codebook, indexed for its lookups."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from dragoman.codebook import reading
from dragoman.codebook.book import Codebook
from dragoman.codebook.tables import State
from dragoman.codebook.towns import read_towns
from dragoman.errors import CodebookError

_COLUMNS: dict[str, Callable[[State], tuple[str, ...]]] = {
    "name": lambda s: (s.name, *s.names),
    "adjective": lambda s: s.adjectives,
    "people": lambda s: s.people,
    "capital": lambda s: s.capital,
    "seat": lambda s: tuple(seat.name for seat in s.seats),
    "short": lambda s: s.short,
}
T = TypeVar("T")


def load_from(folder: Path) -> Codebook:
    """The codebook of another folder of data files.

    Raises CodebookError with file and line for a duplicate, an overlapping term, an unknown code or sector, a bad date,
    an unsorted file.
    """
    try:
        return _build(folder)
    except FileNotFoundError as error:
        raise CodebookError(
            f"{folder}: no file {error.filename}; a codebook needs states, organisations and sectors"
        ) from error


@cache
def load() -> Codebook:
    """The codebook of this package, read once a process."""
    with resources.as_file(resources.files("dragoman.codebook") / "data") as folder:
        return load_from(folder)


def _build(folder: Path) -> Codebook:
    sources_file = folder / "SOURCES.toml"
    sources: dict[str, dict[str, str]] = tomllib.loads(sources_file.read_text("utf-8")) if sources_file.exists() else {}
    offices = sorted(folder.glob("offices*.csv"))

    def coverage(file: str) -> str | None:
        entry = sources.get(file.removesuffix(".csv")) or sources.get("offices") or {}
        return str(entry["coverage"]) if entry.get("coverage") else None

    states = reading.states(folder / "states.csv")
    codes = frozenset(s.id for s in states)
    organisations = reading.organisations(folder / "organisations.csv", codes)
    regions = reading.regions(folder / "regions.csv", codes) if (folder / "regions.csv").exists() else ()
    holdings = reading.holdings(offices, codes, coverage)
    words = reading.words(folder / "sectors.csv")
    _check_sources(sources, ["states", "organisations", "sectors", *(file.stem for file in offices)])
    return Codebook(
        states=states,
        organisations=organisations,
        regions=regions,
        holdings=holdings,
        words=words,
        sources=MappingProxyType({k: MappingProxyType(v) for k, v in sources.items()}),
        towns=read_towns(folder),
        _state_by_id=MappingProxyType({s.id: s for s in states}),
        _states_by=MappingProxyType({column: _index(states, terms) for column, terms in _COLUMNS.items()}),
        _organisation_by_id=MappingProxyType({o.id: o for o in organisations}),
        _organisations_by_name=_index(organisations, lambda o: (o.name, *o.names)),
        _holdings_by_name=_index(holdings, lambda h: (h.person, *h.names)),
        _word=MappingProxyType({w.word: w for w in words}),
    )


def _check_sources(sources: Mapping[str, Mapping[str, str]], files: Iterable[str]) -> None:
    """Every file of a codebook that tells its sources has an entry; the files of offices may share one."""
    for file in files:
        if sources and file not in sources and not (file.startswith("offices") and "offices" in sources):
            raise CodebookError(f"{file}.csv: no entry [{file}] in SOURCES.toml; name its origin, licence and coverage")


def _index(items: Iterable[T], names: Callable[[T], Iterable[str]]) -> Mapping[str, tuple[T, ...]]:
    out: dict[str, list[T]] = {}
    for item in items:
        for name in dict.fromkeys(names(item)):
            out.setdefault(name, []).append(item)
    return MappingProxyType({name: tuple(found) for name, found in out.items()})
