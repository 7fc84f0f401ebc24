"""From data files to the codebook's tables, each file with its own rules: codes that exist, terms that name one thing only."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path

from dragoman.codebook.plurals import plural
from dragoman.codebook.rows import Row, in_order, rows
from dragoman.codebook.tables import NO_STATE, SECTORS, WORD_KINDS, Holding, Organisation, Region, Seat, SectorWord, State

_CODE = re.compile(r"[A-Z]{3}")
# Letters that Unicode does not take apart.
_PLAIN = (*"lLoOdDdDihte", "th", "Th", "ae", "Ae", "oe", "ss")
_LETTERS = str.maketrans(dict(zip("łŁøØđĐðÐıħŧəþÞæÆœß", _PLAIN, strict=True)))


def states(path: Path) -> tuple[State, ...]:
    """``states.csv``. A term names one state, unless one is counted as the other or follows it in time."""
    columns = ("id", "name", "names", "adjectives", "people", "capital", "seats", "from", "to", "successor")
    found = in_order(rows(path, columns), "id")
    codes = {row.must("id") for row in found}
    out = []
    terms: dict[str, tuple[Row, str]] = {}
    for row in found:
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
    if value is not None and value not in codes and value not in NO_STATE:
        raise row.fail(f"unknown code {value!r}; a country is a state of states.csv, IGO or NGO")
    return value


def _known(row: Row, codes: frozenset[str], members: tuple[str, ...]) -> tuple[str, ...]:
    for member in members:
        if member.split(":")[0] not in codes:
            raise row.fail(f"unknown code {member!r} among the members")
    return members


def organisations(path: Path, codes: frozenset[str]) -> tuple[Organisation, ...]:
    """``organisations.csv``. Bodies of two countries may share a name: ``Supreme Court``."""
    columns = ("id", "name", "names", "kind", "country", "sector", "members", "from", "to")
    out = []
    terms: dict[str, tuple[int, str, str | None]] = {}
    for row in in_order(rows(path, columns), "id"):
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


def regions(path: Path, codes: frozenset[str]) -> tuple[Region, ...]:
    """``regions.csv``."""
    out = []
    for row in in_order(rows(path, ("id", "name", "names", "adjectives", "people", "country", "members")), "id"):
        members = _known(row, codes, row.many("members"))
        words = (row.many("names"), row.many("adjectives"), row.many("people"))
        out.append(Region(row.must("id"), row.must("name"), *words, _country(row, codes), members))
    return tuple(out)


def holdings(paths: Iterable[Path], codes: frozenset[str], coverage: Callable[[str], str | None]) -> tuple[Holding, ...]:
    """``offices*.csv``, each sorted by person; ``coverage`` gives the day until which a file is kept."""
    out = []
    for path in paths:
        seen: dict[tuple[str | None, ...], int] = {}
        last = ""
        for row in rows(path, ("person", "names", "country", "organisation", "office", "sector", "from", "to")):
            person = row.must("person")
            if _sort_key(person) < _sort_key(last):
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


def _sort_key(name: str) -> str:
    """A name without accents and in small letters: the order in which persons are sorted."""
    plain = unicodedata.normalize("NFKD", name.translate(_LETTERS))
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def words(path: Path) -> tuple[SectorWord, ...]:
    """``sectors.csv``, with the plural of every word that has one."""
    listed: dict[str, SectorWord] = {}
    lines: dict[str, int] = {}
    for row in rows(path, ("words", "sector", "kind")):
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
