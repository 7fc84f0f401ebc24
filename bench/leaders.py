"""The table of office holders against other people's lists: rulers of all states, and visits of foreign leaders.

    python bench/leaders.py [--data ../shared/data] [--since 1990] [--list]

table    a ruler's spell counts as found where the codebook has a person of that name and country in an office on a day of the spell.
start    of those found, the share whose first day in a top office is at most 31 days from the list's (the list starts a spell with
         power, the codebook with the office: juntas, regents and acting leaders differ by rule).
on       the full name, on a day in the middle of the spell, resolves to the country and GOV.
before   the same name on the day before the person's first office of all: the resolver gives no role (the name alone is no office).
visits   "President Rene Preval" on the first day of the visit: the name stands in the table in an office of that state, and the
         phrase resolves to the state.
Names are compared without accents; transliterations may differ by a letter or two. ``--list`` prints what was not found.
Skips with a reason where the data are absent.
"""

from __future__ import annotations

import argparse
import csv
import os
import re
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman import codebook
from dragoman.codebook import Codebook
from dragoman.codebook.tables import Holding

if TYPE_CHECKING:
    from dragoman.coding.actors import Resolver

# The list's abbreviations of states; those that are the ISO code are left out.
STATES = """
AAB ATG ALG DZA ANG AGO AUL AUS AUS AUT BAH BHR BAR BRB BFO BFA BHM BHS BHU BTN BNG BGD BOS BIH BOT BWA BRU BRN BUI BDI BUL BGR CAM KHM CAO CMR
CAP CPV CDI CIV CEN CAF CHA TCD CON COG COS CRI CRO HRV CZE CSK CZR CZE DEN DNK DRC COD DRV VNM EQG GNQ ETM TLS FIJ FJI FRN FRA GAM GMB GDR DDR
GFR DEU GMY DEU GRG GEO GRN GRD GUA GTM GUI GIN HAI HTI HON HND ICE ISL INS IDN IRE IRL KOS XKX KUW KWT KYR KGZ KZK KAZ LAT LVA LEB LBN LES LSO
LIB LBY LIT LTU MAA MRT MAC MKD MAD MDV MAG MDG MAL MYS MAS MUS MAW MWI MLD MDA MNC MCO MNG MNE MON MNG MOR MAR MSI MHL MYA MMR MZM MOZ NAU NRU
NEP NPL NEW NZL NIG NGA NIR NER NTH NLD OMA OMN PAL PLW PAR PRY PHI PHL POR PRT ROK KOR ROM ROU SAF ZAF SAL SLV SEY SYC SIE SLE SIN SGP SKN KNA
SLO SVK SLU LCA SLV SVN SNM SMR SOL SLB SPN ESP SRI LKA SUD SDN SVG VCT SWA SWZ SWD SWE SWZ CHE TAJ TJK TAZ TZA THI THA TOG TGO TRI TTO UAE ARE
UKG GBR URU URY VAN VUT YAR YEM YPR YMD ZAM ZMB ZIM ZWE
""".split()
CODES = dict(zip(STATES[::2], STATES[1::2], strict=True))
UNDER = {"SRB": ("YUG", "SCG"), "YUG": ("SRB", "SCG"), "RUS": ("SUN",)}  # the list keeps one state where the codebook changes the code
COUNTRIES = {
    "China, People’s Republic of": "CHN", "Congo, Democratic Republic of": "COD", "Congo, Republic of": "COG", "Cote d’Ivoire": "CIV",
    "Democratic Republic of the Congo (Zaire)": "COD", "Korea": "KOR", "Korea, South": "KOR", "The Gambia": "GMB", "Burma": "MMR",
    "Macedonia, Former Yugoslav Republic of": "MKD", "Afghanistan (Interim Authority)": "AFG", "Vatican City": "VAT", "Georgia": "GEO",
    "Micronesia": "FSM", "Macedonia": "MKD", "Yugoslavia": "YUG", "Jordan": "JOR", "Ireland": "IRL",
}  # fmt: skip
TITLES = (
    r"president[- ]elect|president|prime minister(-designate)?|(federal )?chancellor|chairman|interim|acting|vice|premier|crown prince|king|queen|"
    r"sultan|amir|emir|sheikh|pope|his majesty|her majesty|deputy|of the|general|council|national"
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
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.replace("ı", "i").replace("Đ", "Dj").replace("đ", "dj").replace("ł", "l").replace("ø", "o")) if not unicodedata.combining(c))
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
        if hits * 2 > len(wanted) or (hits * 2 == len(wanted) and not set(wanted).isdisjoint(own[1:])):  # one of two surnames, no first name
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
            code = CODES.get(row["stateabb"], row["stateabb"])
            if row["stateabb"] == "SWZ":  # two states share it in one table of abbreviations
                code = "SWZ" if row["ccode"] == "572" else "CHE"
            code = {"SVN": "SVN", "SLV": "SLV"}.get(code, code)
            yield Spell(" ".join(row["leader"].split()), code, from_, to)


def visits(folder: Path, book: Codebook) -> Iterator[Spell]:
    for path in sorted(folder.glob("visits_*.xml")):
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


def share(label: str, right: int, of: int) -> None:
    print(f"{label:8} {right / max(of, 1):.3f}  ({right} of {of})")


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


def leaders(table: Table, resolver: Resolver | None, spells: Sequence[Spell], show: bool) -> None:
    found = near = on = before = befores = 0
    missing: list[str] = []
    for spell in spells:
        rows = table.find(spell, spell.name)
        if not rows:
            missing.append(f"  not found: {spell.country} {spell.name} {spell.from_}..{spell.to or ''}")
            continue
        found += 1
        starts = [full(h.from_, False) for h in rows if h.from_]
        gap = min((abs((s - full(spell.from_, False)).days) for s in starts), default=9999)
        near += gap <= 31
        if gap > 31:
            missing.append(f"  start: {spell.country} {spell.name} {spell.from_}, here {rows[0].person} {sorted(h.from_ or '?' for h in rows)}")
        if resolver is None:
            continue
        best = min(rows, key=lambda h: (h.sector != "GOV", abs((full(h.from_ or "1900", False) - full(spell.from_, False)).days)))
        actor = resolver.actor(best.person, on=middle(best, spell))
        want = {table.book.country(c) for c in (spell.country, *UNDER.get(spell.country, ()))}
        good = actor is not None and actor.country in want and actor.sector == "GOV"
        on += good
        if not good:
            missing.append(f"  on {middle(best, spell)}: {best.person} ({spell.country}) is {actor and (actor.country, actor.sector, actor.role)}")
        first = table.first(best.person)
        if first is not None:
            befores += 1
            actor = resolver.actor(best.person, on=(full(first, False) - timedelta(days=1)).isoformat())
            clear = actor is None or (actor.role is None and actor.sector != "GOV")
            before += clear
            if not clear:
                missing.append(f"  before {first}: {best.person} is {actor and (actor.country, actor.sector, actor.role)}")
    share("table", found, len(spells))
    share("start", near, found)
    if resolver is not None:
        share("on", on, found)
        share("before", before, befores)
    if show:
        print("\n".join(missing))


def guests(table: Table, resolver: Resolver | None, spells: Sequence[Spell], show: bool) -> None:
    listed = right = 0
    missing: list[str] = []
    for spell in spells:
        name = re.sub(rf"\b({TITLES})\b", " ", spell.name, flags=re.IGNORECASE).strip(" -,")
        known = bool(table.find(spell, name or spell.name) or table.find(spell, spell.name))
        listed += known
        actor = resolver.actor(spell.name, on=spell.from_) if resolver else None
        want = {table.book.country(c) for c in (spell.country, *UNDER.get(spell.country, ()))}
        good = actor is not None and actor.country in want
        right += good
        if not (known and (good or resolver is None)):
            missing.append(f"  {'' if known else 'not in the table: '}{spell.name} ({spell.country}) {spell.from_}: {actor and (actor.name, actor.country, actor.role)}")
    share("visitors", listed, len(spells))
    if resolver is not None:
        share("visits", right, len(spells))
    if show:
        print("\n".join(missing))


def resolver_of(book: Codebook) -> Resolver:
    from dragoman.coding.actors import Resolver  # here, so that the table can be checked alone while the resolver is at work

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
    leaders(table, resolver, list(rulers(lists[0], given.since)), given.list)
    folder = given.data / "visits"
    if folder.exists():
        guests(table, resolver, list(visits(folder, book)), given.list)
    else:
        print(f"skipped: no visits in {folder}")


if __name__ == "__main__":
    main()
