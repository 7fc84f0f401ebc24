"""Reads, checks and indexes the codebook's data files. Every mistake is a ``CodebookError`` that names file and line."""

from __future__ import annotations

import csv
import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from dragoman.codebook.plurals import plural
from dragoman.codebook.tables import SECTORS, WORD_KINDS, Holding, Organisation, Region, Seat, SectorWord, State, covers, day
from dragoman.codebook.towns import Towns, read_towns
from dragoman.errors import CodebookError

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_CODE = re.compile(r"[A-Z]{3}")
# Letters that Unicode does not take apart.
_PLAIN = (*"lLoOdDdDihte", "th", "Th", "ae", "Ae", "oe", "ss")
_LETTERS = str.maketrans(dict(zip("łŁøØđĐðÐıħŧəþÞæÆœß", _PLAIN, strict=True)))
_NO_STATE = ("IGO", "NGO")

T = TypeVar("T")


class Row(NamedTuple):
    """One line of a data file, with what an error message needs."""

    file: str
    line: int
    cells: dict[str, str]

    def fail(self, message: str) -> CodebookError:
        return CodebookError(f"{self.file} line {self.line}: {message}")

    def one(self, column: str) -> str | None:
        return self.cells.get(column, "").strip() or None

    def must(self, column: str) -> str:
        value = self.one(column)
        if value is None:
            raise self.fail(f"column {column} is empty; it needs a value")
        return value

    def many(self, column: str) -> tuple[str, ...]:
        values = tuple(v.strip() for v in self.cells.get(column, "").split(";") if v.strip())
        if len(set(values)) < len(values):
            raise self.fail(f"column {column} names the same thing twice: {'; '.join(values)}")
        return values

    def date(self, column: str) -> str | None:
        value = self.one(column)
        if value is not None and not _DATE.fullmatch(value):
            raise self.fail(f"column {column} is {value!r}; a date is 2012, 2012-05 or 2012-05-07")
        return value

    def spell(self) -> tuple[str | None, str | None]:
        from_, to = self.date("from"), self.date("to")
        if from_ and to and from_[: len(to)] > to[: len(from_)]:
            raise self.fail(f"it ends ({to}) before it begins ({from_})")
        return from_, to

    def sector(self) -> str:
        value = self.must("sector")
        if value not in SECTORS:
            raise self.fail(f"unknown sector {value!r}; the sectors are {' '.join(SECTORS)}")
        return value


def _rows(path: Path, needed: tuple[str, ...]) -> Iterator[Row]:
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


def _sorted(rows: Iterable[Row], key: str) -> list[Row]:
    """The rows, in order and each key once."""
    out = list(rows)
    for before, row in pairwise(out):
        a, b = before.must(key), row.must(key)
        if b == a:
            raise row.fail(f"duplicate {key} {b!r}, already in line {before.line}")
        if b < a:
            raise row.fail(f"unsorted: {b!r} comes after {a!r}; sort the file by {key}")
    return out


def _states(path: Path) -> tuple[State, ...]:
    rows = _sorted(
        _rows(path, ("id", "name", "names", "adjectives", "people", "capital", "seats", "from", "to", "successor")), "id"
    )
    codes = {row.must("id") for row in rows}
    out = []
    terms: dict[str, tuple[Row, str]] = {}
    for row in rows:
        code, successor = row.must("id"), row.one("successor")
        if not _CODE.fullmatch(code):
            raise row.fail(f"unknown code {code!r}; a state's id is three capital letters")
        if successor is not None and successor not in codes:
            raise row.fail(f"unknown code {successor!r} as successor")
        from_, to = row.spell()
        parts = {c: row.many(c) for c in ("names", "short", "adjectives", "people", "capital")}
        state = State(code, row.must("name"), seats=_seats(row), from_=from_, to=to, successor=successor, **parts)
        for term in (state.name, *state.names, *(s.name for s in state.seats)):
            other, owner = terms.setdefault(term, (row, code))
            if owner != code and successor != owner and successor is None and not _relieves(other, row):
                raise row.fail(f"overlapping term: {term!r} already names {owner} in line {other.line}")
            if owner == code and other is not row:
                raise row.fail(f"{term!r} is named twice")
        out.append(state)
    return tuple(out)


def _seats(row: Row) -> tuple[Seat, ...]:
    """Seats of power; ``Pentagon|MIL`` names the sector where it is not the government."""
    out = []
    for cell in row.many("seats"):
        name, _, sector = cell.partition("|")
        if sector and sector not in SECTORS:
            raise row.fail(f"unknown sector {sector!r} of the seat {name!r}")
        out.append(Seat(name, sector or "GOV"))
    return tuple(out)


def _relieves(one: Row, two: Row) -> bool:
    """Whether two states with the same name never existed at the same time, or one is counted as the other."""
    if two.must("id") == one.one("successor") or one.must("id") == two.one("successor"):
        return True
    return bool((one.one("to") and (two.one("from") or "") >= (one.one("to") or "")) or two.one("to"))


def _country(row: Row, codes: frozenset[str], column: str = "country") -> str | None:
    value = row.one(column)
    if value is not None and value not in codes and value not in _NO_STATE:
        raise row.fail(f"unknown code {value!r}; a country is a state of states.csv, IGO or NGO")
    return value


def _known(row: Row, codes: frozenset[str], members: tuple[str, ...]) -> tuple[str, ...]:
    for member in members:
        if member.split(":")[0] not in codes:
            raise row.fail(f"unknown code {member!r} among the members")
    return members


def _organisations(path: Path, codes: frozenset[str]) -> tuple[Organisation, ...]:
    columns = ("id", "name", "names", "kind", "country", "sector", "members", "from", "to")
    out = []
    terms: dict[str, tuple[int, str, str | None]] = {}
    for row in _sorted(_rows(path, columns), "id"):
        from_, to = row.spell()
        org = Organisation(
            row.must("id"),
            row.must("name"),
            row.many("names"),
            row.must("kind"),
            _country(row, codes),
            row.sector(),
            _known(row, codes, row.many("members")),
            from_,
            to,
            row.many("short"),
        )
        for term in (org.name, *org.names):
            line, owner, country = terms.setdefault(term, (row.line, org.id, org.country))
            if owner != org.id and country == org.country:
                raise row.fail(f"overlapping term: {term!r} already names {owner} in line {line}")
        out.append(org)
    return tuple(out)


def _regions(path: Path, codes: frozenset[str]) -> tuple[Region, ...]:
    out = []
    for row in _sorted(_rows(path, ("id", "name", "names", "adjectives", "people", "country", "members")), "id"):
        members = _known(row, codes, row.many("members"))
        words = (row.many("names"), row.many("adjectives"), row.many("people"))
        out.append(Region(row.must("id"), row.must("name"), *words, _country(row, codes), members))
    return tuple(out)


def _holdings(paths: Iterable[Path], codes: frozenset[str], coverage: Callable[[str], str | None]) -> tuple[Holding, ...]:
    out = []
    for path in paths:
        seen: dict[tuple[str | None, ...], int] = {}
        last = ""
        for row in _rows(path, ("person", "names", "country", "organisation", "office", "sector", "from", "to")):
            person = row.must("person")
            if _folded(person) < _folded(last):
                raise row.fail(f"unsorted: {person!r} comes after {last!r}; sort the file by person")
            last = person
            from_, to = row.spell()
            office = row.must("office")
            key = (person, office, from_, row.one("country"), row.one("organisation"))
            if seen.setdefault(key, row.line) != row.line:
                raise row.fail(f"duplicate: the same spell is in line {seen[key]}")
            names, country, organisation = row.many("names"), _country(row, codes), row.one("organisation")
            out.append(Holding(person, names, country, organisation, office, row.sector(), from_, to, coverage(path.name)))
    return tuple(out)


def _folded(name: str) -> str:
    """A name without accents and in small letters: the order in which persons are sorted."""
    plain = unicodedata.normalize("NFKD", name.translate(_LETTERS))
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def _words(path: Path) -> tuple[SectorWord, ...]:
    listed: dict[str, SectorWord] = {}
    lines: dict[str, int] = {}
    for row in _rows(path, ("words", "sector", "kind")):
        kind, sector = row.must("kind"), row.sector()
        if kind not in WORD_KINDS:
            raise row.fail(f"unknown kind {kind!r}; the kinds are {' '.join(WORD_KINDS)}")
        for word in row.many("words"):
            if word in listed:
                raise row.fail(f"overlapping term: {word!r} is already in line {lines[word]}")
            listed[word], lines[word] = SectorWord(word, sector, kind, kind == "group", row.one("country")), row.line
    for one in tuple(listed.values()):  # a listed plural keeps its own sector: "authorities" are no agencies
        if one.kind != "group":
            many = plural(one.word)
            listed.setdefault(many, SectorWord(many, one.sector, one.kind, True, one.country))
    return tuple(listed.values())


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


def _index(items: Iterable[T], names: Callable[[T], Iterable[str]]) -> Mapping[str, tuple[T, ...]]:
    out: dict[str, list[T]] = {}
    for item in items:
        for name in dict.fromkeys(names(item)):
            out.setdefault(name, []).append(item)
    return MappingProxyType({name: tuple(found) for name, found in out.items()})


def _build(folder: Path) -> Codebook:
    sources_file = folder / "SOURCES.toml"
    sources: dict[str, dict[str, str]] = tomllib.loads(sources_file.read_text("utf-8")) if sources_file.exists() else {}
    states = _states(folder / "states.csv")
    codes = frozenset(s.id for s in states)
    organisations = _organisations(folder / "organisations.csv", codes)
    regions = _regions(folder / "regions.csv", codes) if (folder / "regions.csv").exists() else ()

    def coverage(file: str) -> str | None:
        entry = sources.get(file.removesuffix(".csv")) or sources.get("offices") or {}
        return str(entry["coverage"]) if entry.get("coverage") else None

    holdings = _holdings(sorted(folder.glob("offices*.csv")), codes, coverage)
    words = _words(folder / "sectors.csv")
    for file in (
        folder / "states.csv",
        folder / "organisations.csv",
        folder / "sectors.csv",
        *sorted(folder.glob("offices*.csv")),
    ):
        if sources and file.stem not in sources and not (file.stem.startswith("offices") and "offices" in sources):
            raise CodebookError(f"{file.name}: no entry [{file.stem}] in SOURCES.toml; name its origin, licence and coverage")
    columns: dict[str, Callable[[State], tuple[str, ...]]] = {
        "name": lambda s: (s.name, *s.names),
        "adjective": lambda s: s.adjectives,
        "people": lambda s: s.people,
        "capital": lambda s: s.capital,
        "seat": lambda s: tuple(seat.name for seat in s.seats),
        "short": lambda s: s.short,
    }
    return Codebook(
        states=states,
        organisations=organisations,
        regions=regions,
        holdings=holdings,
        words=words,
        sources=MappingProxyType({k: MappingProxyType(v) for k, v in sources.items()}),
        towns=read_towns(folder),
        _state_by_id=MappingProxyType({s.id: s for s in states}),
        _states_by=MappingProxyType({c: _index(states, f) for c, f in columns.items()}),
        _organisation_by_id=MappingProxyType({o.id: o for o in organisations}),
        _organisations_by_name=_index(organisations, lambda o: (o.name, *o.names)),
        _holdings_by_name=_index(holdings, lambda h: (h.person, *h.names)),
        _word=MappingProxyType({w.word: w for w in words}),
    )


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
