"""The table of office holders against other people's lists: rulers of all states, and visits of foreign leaders.

    python -m bench.leaders [--data ../shared/data] [--since 1990] [--table] [--list]

table     a ruler's spell is found where the codebook has a person of that name and state in an office on a day of the spell.
but SMR   the same without San Marino, whose two captains change every half-year and do not act in the news.
start     of those found, the share with an office that begins within 31 days of the list's day. The list starts a spell with
          power (independence, a coup, the chair of a rotating presidency), the codebook with the office.
on        the full name, on a day in the middle of the spell, resolves to the state and GOV.
before    the same name on the day before the person's first office of all has no role and is not GOV.
visitors  the name of a visitor stands in the table in an office of that state on the day.
visits    "President Rene Preval" on the first day of the visit resolves to the state.

Names are compared without accents; transliterations may differ by a letter or two. ``--list`` prints what differs, ``--table``
checks the table alone. Skips with a reason where the data are absent.
"""

from __future__ import annotations

import argparse
import csv
import os
import re
import unicodedata
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING

from bench.reference import folder
from dragoman import codebook
from dragoman.codebook import Codebook
from dragoman.codebook.tables import Holding

if TYPE_CHECKING:
    from dragoman.coding.actors.resolver import Resolver
    from dragoman.records import Actor

# The list's abbreviations of states; those that are the ISO code are left out.
STATES = """
AAB ATG, ALG DZA, ANG AGO, AUL AUS, AUS AUT, BAH BHR, BAR BRB, BFO BFA, BHM BHS, BHU BTN, BNG BGD, BOS BIH, BOT BWA, BRU
BRN, BUI BDI, BUL BGR, CAM KHM, CAO CMR, CAP CPV, CDI CIV, CEN CAF, CHA TCD, CON COG, COS CRI, CRO HRV, CZE CSK, CZR
CZE, DEN DNK, DRC COD, DRV VNM, EQG GNQ, ETM TLS, FIJ FJI, FRN FRA, GAM GMB, GDR DDR, GFR DEU, GMY DEU, GRG GEO, GRN
GRD, GUA GTM, GUI GIN, HAI HTI, HON HND, ICE ISL, INS IDN, IRE IRL, KOS XKX, KUW KWT, KYR KGZ, KZK KAZ, LAT LVA, LEB
LBN, LES LSO, LIB LBY, LIT LTU, MAA MRT, MAC MKD, MAD MDV, MAG MDG, MAL MYS, MAS MUS, MAW MWI, MLD MDA, MNC MCO, MNG
MNE, MON MNG, MOR MAR, MSI MHL, MYA MMR, MZM MOZ, NAU NRU, NEP NPL, NEW NZL, NIG NGA, NIR NER, NTH NLD, OMA OMN, PAL
PLW, PAR PRY, PHI PHL, POR PRT, ROK KOR, ROM ROU, SAF ZAF, SAL SLV, SEY SYC, SIE SLE, SIN SGP, SKN KNA, SLO SVK, SLU
LCA, SLV SVN, SNM SMR, SOL SLB, SPN ESP, SRI LKA, SUD SDN, SVG VCT, SWA SWZ, SWD SWE, SWZ CHE, TAJ TJK, TAZ TZA, THI
THA, TOG TGO, TRI TTO, UAE ARE, UKG GBR, URU URY, VAN VUT, YAR YEM, YPR YMD, ZAM ZMB, ZIM ZWE
"""
CODES = dict(re.findall(r"([A-Z]{3})\s([A-Z]{3})", STATES))
UNDER = {"SRB": ("YUG", "SCG"), "YUG": ("SRB", "SCG"), "RUS": ("SUN",)}  # one state in the list, several codes in the codebook
COUNTRIES = {
    "Afghanistan (Interim Authority)": "AFG",
    "Burma": "MMR",
    "China, People’s Republic of": "CHN",
    "Congo, Democratic Republic of": "COD",
    "Congo, Republic of": "COG",
    "Cote d’Ivoire": "CIV",
    "Democratic Republic of the Congo (Zaire)": "COD",
    "Georgia": "GEO",
    "Ireland": "IRL",
    "Jordan": "JOR",
    "Korea": "KOR",
    "Korea, South": "KOR",
    "Macedonia": "MKD",
    "Macedonia, Former Yugoslav Republic of": "MKD",
    "Micronesia": "FSM",
    "The Gambia": "GMB",
    "Vatican City": "VAT",
    "Yugoslavia": "YUG",
}
LETTERS = str.maketrans(
    {"ı": "i", "Đ": "Dj", "đ": "dj", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O"}
)  # what Unicode does not take apart
TITLES = (
    r"president[- ]elect|president|prime minister(-designate)?|(federal )?chancellor|chairman|interim|acting|vice|premier|"
    r"crown prince|king|queen|sultan|amir|emir|sheikh|pope|his majesty|her majesty|deputy|of the|general|council|national"
)


@dataclass(frozen=True, slots=True)
class Spell:
    """A ruler in a list: ``country`` alpha-3, both days ISO, ``to`` None where the spell is open."""

    name: str
    country: str
    from_: str
    to: str | None


def words(name: str) -> list[str]:
    """The words of a name, folded; short particles and numerals are left out where something else remains."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.translate(LETTERS)) if not unicodedata.combining(c))
    found = re.findall(r"[a-z]+", re.sub(r"['’ʻ‘`]", "", plain.casefold()))
    return [w for w in found if len(w) > 2 and w not in {"von", "del", "ibn", "bin", "the", "iii"}] or found


def alike(a: str, b: str) -> bool:
    return a == b or (min(len(a), len(b)) > 3 and SequenceMatcher(None, a, b).ratio() >= 0.75)


def named(name: str, holding: Holding) -> bool:
    """Whether a listed name can be the person: most of its words are, or are nearly, words of one of the person's names."""
    wanted = words(re.sub(r"\(.*", "", name))
    for full in (holding.person, *holding.names):
        own = words(full)
        hits = sum(any(alike(w, o) for o in own) for w in wanted)
        surname = hits * 2 == len(wanted) and not set(wanted).isdisjoint(own[1:])  # one of two surnames, no first name
        if hits * 2 > len(wanted) or surname:
            return True
        if own and alike("".join(wanted), "".join(own)):
            return True
    return False


def at(holding: Holding, from_: str, to: str | None) -> bool:
    """Whether the spells overlap; a day that is not known gives way."""
    starts = (holding.from_ or "0000")[: len(to)] if to else ""
    ends = holding.to or "9999"
    return (to is None or starts <= to[: len(starts)]) and from_[: len(ends)] <= ends


def rulers(path: Path, since: int) -> Iterator[Spell]:
    """The spells of the list that reach into ``since`` or later. It gives the end by month only."""
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        for row in csv.DictReader(file):
            to = f"{int(row['eyear'])}-{int(row['emonth'] or 12):02}" if row["eyear"] else None
            if to is not None and to < str(since):
                continue
            from_ = f"{int(row['syear'])}-{int(row['smonth']):02}-{int(row['sdate']):02}"
            yield Spell(" ".join(row["leader"].split()), CODES.get(row["stateabb"], row["stateabb"]), from_, to)


def visits(at: Path, book: Codebook) -> Iterator[Spell]:
    for path in sorted(at.glob("visits_*.xml")):
        for visit in ET.parse(path).getroot().iter("visit"):
            text = {child.tag: (child.text or "").strip() for child in visit}
            place = text["from"]
            found = book.states_by("name", place)
            code = COUNTRIES.get(place) or (found[0].id if found else place)
            yield Spell(text["visitor"], code, text["start-date"], text["end-date"] or text["start-date"])


class Table:
    """The codebook's holdings by state."""

    def __init__(self, book: Codebook) -> None:
        self.book = book
        self.by_country: dict[str, list[Holding]] = {}
        for holding in book.holdings:
            self.by_country.setdefault(holding.country or "", []).append(holding)

    def find(self, spell: Spell, name: str) -> list[Holding]:
        codes = (spell.country, *UNDER.get(spell.country, ()))
        return [h for c in codes for h in self.by_country.get(c, ()) if named(name, h) and at(h, spell.from_, spell.to)]

    def first(self, person: str) -> str | None:
        days = [h.from_ for h in self.book.holdings_of(person)]
        return min((d for d in days if d), default=None) if all(days) else None


def middle(holding: Holding, spell: Spell) -> str:
    """A day in the middle of the days that both share, with day precision."""
    lows = [full(d, False) for d in (holding.from_, spell.from_) if d]
    highs = [full(d, True) for d in (holding.to, spell.to, holding.coverage) if d]
    low, high = max(lows), min(highs)
    return (low + (high - low) / 2).isoformat()


def full(day: str, last: bool) -> date:
    parts = [int(p) for p in day.split("-")]
    if len(parts) == 3:
        return date(*parts)
    year, month = parts[0], parts[1] if len(parts) == 2 else (12 if last else 1)
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1) if last else date(year, month, 1)


def wanted_countries(table: Table, spell: Spell) -> set[str]:
    return {table.book.country(c) for c in (spell.country, *UNDER.get(spell.country, ()))}


def told(actor: Actor | None) -> str:
    return f"{actor.name}, {actor.country}, {actor.sector}, {actor.role}" if actor else "nobody"


class Tally:
    """Counts of right ones by measure, and the differences to print."""

    def __init__(self) -> None:
        self.right: Counter[str] = Counter()
        self.all: Counter[str] = Counter()
        self.differences: list[str] = []

    def add(self, measure: str, right: bool, difference: str) -> None:
        self.all[measure] += 1
        self.right[measure] += right
        if not right:
            self.differences.append(f"  {measure}: {difference}")

    def print(self, differences: bool) -> None:
        for measure, all_ in self.all.items():
            print(f"{measure:9} {self.right[measure] / all_:.3f}  ({self.right[measure]} of {all_})")
        for line in self.differences if differences else ():
            print(line)


def leaders(table: Table, resolver: Resolver | None, spells: Sequence[Spell]) -> Tally:
    tally = Tally()
    for spell in spells:
        said = f"{spell.country} {spell.name} {spell.from_}..{spell.to or ''}"
        rows = table.find(spell, spell.name)
        if spell.country != "SMR":
            tally.add("but SMR", bool(rows), said)
        tally.add("table", bool(rows), said)
        if not rows:
            continue
        begun = full(spell.from_, False)
        gaps = [abs((full(h.from_, False) - begun).days) for h in rows if h.from_]
        here = " ".join(sorted(h.from_ or "?" for h in rows))
        tally.add("start", min(gaps, default=9999) <= 31, f"{said}, here {rows[0].person} {here}")
        if resolver is not None:
            best = min(rows, key=lambda h: (h.sector != "GOV", abs((full(h.from_ or "1900", False) - begun).days)))
            resolve(table, resolver, spell, best, tally)
    return tally


def resolve(table: Table, resolver: Resolver, spell: Spell, holding: Holding, tally: Tally) -> None:
    """The full name on a day in office, and on the day before the person's first office of all."""
    day = middle(holding, spell)
    actor = resolver.actor(holding.person, on=day)
    good = actor is not None and actor.country in wanted_countries(table, spell) and actor.sector == "GOV"
    tally.add("on", good, f"{holding.person} ({spell.country}) on {day} is {told(actor)}")
    first = table.first(holding.person)
    if first is not None:
        eve = (full(first, False) - timedelta(days=1)).isoformat()
        actor = resolver.actor(holding.person, on=eve)
        clear = actor is None or (actor.role is None and actor.sector != "GOV")
        tally.add("before", clear, f"{holding.person} on {eve} is {told(actor)}")


def guests(table: Table, resolver: Resolver | None, spells: Sequence[Spell]) -> Tally:
    tally = Tally()
    for spell in spells:
        name = re.sub(rf"\b({TITLES})\b", " ", spell.name, flags=re.IGNORECASE).strip(" -,")
        said = f"{spell.name} ({spell.country}) on {spell.from_}"
        tally.add("visitors", bool(table.find(spell, name or spell.name) or table.find(spell, spell.name)), said)
        if resolver is not None:
            actor = resolver.actor(spell.name, on=spell.from_)
            good = actor is not None and actor.country in wanted_countries(table, spell)
            tally.add("visits", good, f"{said} is {told(actor)}")
    return tally


def figures() -> dict[str, float]:
    """What ``bench/floors.toml`` holds, of 1990 and later: the table, a day in office, the day before it, and visits."""
    book = codebook.load()
    table, resolver = Table(book), resolver_of(book)
    lists = sorted((folder() / "leaders").glob("reign_*.csv"))
    found = [
        leaders(table, resolver, list(rulers(lists[0], 1990))),
        guests(table, resolver, list(visits(folder() / "visits", book))),
    ]
    return {name.replace(" ", "_"): t.right[name] / n for t in found for name, n in t.all.items()}


def resolver_of(book: Codebook) -> Resolver:
    from dragoman.coding.actors.resolver import (
        Resolver,  # here, so that the table can be checked alone while the resolver is at work
    )

    return Resolver(book)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("DRAGOMAN_DATA", "../shared/data")))
    parser.add_argument("--since", type=int, default=1990)
    parser.add_argument("--list", action="store_true", help="print every difference")
    parser.add_argument("--table", action="store_true", help="check the table alone, without resolving")
    given = parser.parse_args()
    lists = sorted((given.data / "leaders").glob("reign_*.csv"))
    if not lists:
        print(f"skipped: no list of rulers in {given.data / 'leaders'}; set DRAGOMAN_DATA or --data")
        return
    book = codebook.load()
    table, resolver = Table(book), None if given.table else resolver_of(book)
    print(f"{len(book.holdings)} spells of {len({h.person for h in book.holdings})} persons")
    leaders(table, resolver, list(rulers(lists[0], given.since))).print(given.list)
    visited = given.data / "visits"
    if visited.exists():
        guests(table, resolver, list(visits(visited, book))).print(given.list)
    else:
        print(f"skipped: no visits in {visited}")


if __name__ == "__main__":
    main()
