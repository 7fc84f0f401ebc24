"""An article taken apart: the units of every sentence, which countries it names, and what its ambiguous terms mean in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from dragoman.codebook import Codebook
from dragoman.codebook.towns import CLEAR, PROVINCE, folded
from dragoman.coding.actors import quoted
from dragoman.coding.actors.given_names import GIVEN
from dragoman.coding.actors.holders import HIGH, Holders
from dragoman.coding.actors.lexicon import Entry, Lexicon, Match, foremost, style
from dragoman.coding.actors.units import Unit, UnitKind, units
from dragoman.coding.places.gazetteer import spots
from dragoman.records import Article

_TWINS = {"Georgia": "USA"}  # states with the name of another's province
# States and provinces as North American papers write them behind a town: "Bethesda, Md.".
_SHORTENED = {
    "USA": "ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev n.h n.j n.m n.y "
    "n.c n.d okla ore pa r.i s.c s.d tenn vt va wash wis wyo",
    "CAN": "ont que alta sask man b.c n.s n.b",
}
_SHORT_STATES = {short: country for country, words in _SHORTENED.items() for short in words.split()}
_SETTLERS = ("AUS", "CAN", "GBR", "USA")  # full of towns that are called as Europe's capitals are
_RIVAL = 6  # times as many people make a capital the town that is always meant
_WORD = re.compile(r"\b[a-z]{3,}\b")


class ArticleUnits:
    """``named`` counts every country's certain names, ``sentences`` holds the units, ``open`` where a quotation goes on."""

    def __init__(self, codebook: Codebook, lexicon: Lexicon, holders: Holders, article: Article, year: int | None) -> None:
        self.codebook = codebook
        self._holders = holders
        self._year = year
        self._lexicon = lexicon
        self.article = article
        text = article.text
        self.matches = lexicon.find(text, style(text))
        self.named = _counted(self.matches)
        self._forms: dict[str | None, set[str]] = {}
        for match in self.matches:
            self._forms.setdefault(match.entries[0].country, set()).add(match.entries[0].form)
        self.starts = [s.start for s in article.sentences]
        self.open = quoted.runs(text, [(s.start, s.end) for s in article.sentences])
        self.upper = style(text) == "upper"
        self._ordinary = frozenset(_WORD.findall(text))
        self._hong_kong = "HKG" if self.named["CHN"] else "CHN"
        rough = [units(text, s.start, s.end, self.matches, self._ordinary, upper=self.upper) for s in article.sentences]
        inner = _inner_names(rough)
        rough = [_sentence_start(found, inner) for found in rough]
        self._surnames = _surnames_here(rough)
        self._parts = self._provinces(rough)
        self.sentences = [self._placed(found) for found in rough]

    def sentence_at(self, position: int) -> int:
        """The sentence in which a position stands."""
        return max(0, bisect_right(self.starts, position) - 1)

    def span(self, start: int, end: int) -> list[Unit]:
        """The units of any span, one that cuts a longer name included ("Pakistan" of "East Pakistan")."""
        matches = self.matches
        cut = self.article.text[max(0, end - 1) : end + 1].isalnum()  # "StateSource: ..."
        if cut or any(m.start < start < m.end or m.start < end < m.end for m in self._around(start, end)):
            inner = self._lexicon.find(self.article.text[start:end], "mixed")
            matches = [replace(m, start=m.start + start, end=m.end + start) for m in inner]
        return self._placed(units(self.article.text, start, end, matches, self._ordinary, upper=self.upper))

    def _around(self, start: int, end: int) -> list[Match]:
        """The matches that touch a span."""
        first = max(0, bisect_right(self.matches, start, key=lambda m: m.start) - 1)
        return [m for m in self.matches[first : first + 40] if m.start < end]

    def choose(self, entries: Sequence[Entry]) -> Entry | None:
        """Of what a term can stand for, the country that the article names otherwise; None where that leaves several."""
        if entries[0].country == "HKG" and self._hong_kong != "HKG":
            return replace(entries[0], country=self._hong_kong)
        best: dict[str | None, Entry] = {}
        for entry in foremost(entries):
            best.setdefault(entry.country, entry)
        council = best.get("IGO")
        if council is not None and council.kind == "short" and set(self.named) - set(best):
            return council  # "the Security Council" is another only in an article that names that one country alone
        if len(best) == 1:
            entry = next(iter(best.values()))
            if entry.detail != "short" and entry.kind != "short":
                return entry
            return entry if self.named[entry.country] or not self.named else None
        counts = sorted(((self._speaks_of(c), c or "") for c in best), reverse=True)
        if counts[0][0] > counts[1][0]:
            return best[counts[0][1] or None]
        if "IGO" in best and not any(self.named[c] for c in best):
            return best["IGO"]
        certain = [e for e in best.values() if e.detail != "short" and e.kind != "short"]
        return certain[0] if len(certain) == 1 else None

    def _speaks_of(self, country: str | None) -> int:
        """How often the article names a country or a province of it."""
        return self.named[country] + self._parts[country]

    def _placed(self, found: list[Unit]) -> list[Unit]:
        """Names that are towns or provinces, and "the South" of two states, as such."""
        out = []
        for n, unit in enumerate(found):
            if unit.kind in ("other", "name") and unit.low.endswith("-based") and " " not in unit.low:
                front = unit.text[: -len("-based")]
                entries = self._town(Unit("name", unit.start, unit.start + len(front), front, front.lower()))
                out.append(replace(unit, kind="hyphen", entries=entries) if entries else unit)
                continue
            if (there := self._shortened(found, n) or self._shortened(found, n + 2)) is not None:
                entry = Entry("place", unit.text, f"{there}.{unit.text}", there, "CVL")
                out.append(replace(unit, kind="place", entries=(entry,)))
                continue
            if self._surname_again(found, n):
                out.append(replace(unit, kind="name"))
                continue
            entries = (self._region(found, n) or self._namesake(unit)) or (
                () if self._titled(found, n) else self._town(unit) if unit.kind == "name" else self._half(found, n)
            )
            kind: UnitKind = "state" if unit.kind in ("other", "determiner") else "place"
            out.append(Unit(kind, unit.start, unit.end, unit.text, unit.low, entries, unit.possessive) if entries else unit)
        return out

    def _shortened(self, found: Sequence[Unit], n: int) -> str | None:
        """The country of the state or province that is written short behind a town, "Mich." of "Lansing, Mich."."""
        if not 1 < n < len(found) or found[n - 1].text != "," or found[n].kind != "name":
            return None
        town, unit = found[n - 2], found[n]
        named = town.kind in ("name", "state", "place") and not (" " in town.low and town.low.split()[0] in GIVEN)
        dotted = unit.text.endswith(".") or self.article.text[unit.end : unit.end + 1] == "."
        return _SHORT_STATES.get(unit.low.rstrip(".")) if named and dotted else None

    def _provinces(self, rough: Sequence[Sequence[Unit]]) -> Counter[str | None]:
        """How often the provinces of every country are named: "Florida" speaks for the United States."""
        names = [u.text for found in rough for u in found if u.kind == "name" and u.low not in self._surnames]
        towns = [self.codebook.towns.get(folded(name), ()) for name in names]
        return Counter(self.codebook.country(t[0][0]) for t in towns if len(t) == 1 and t[0][1] >= PROVINCE)

    def _namesake(self, unit: Unit) -> tuple[Entry, ...]:
        """The other Georgia, the other Tripoli: where the article names that country and nothing else of the usual one."""
        if unit.kind != "state" or unit.entry.kind not in ("state", "capital") or len({e.country for e in unit.entries}) > 1:
            return ()
        usual = unit.entry.country
        if self._forms.get(usual, set()) - {unit.entry.form} or self._parts[usual]:
            return ()
        if unit.entry.kind == "state":
            there = _TWINS.get(unit.entry.form)
            return (Entry("place", unit.text, f"{there}.{unit.text}", there, "GOV"),) if there and self._parts[there] else ()
        known = [s for s in spots(unit.text) if s.own and s.country not in _SETTLERS]
        rivals = [s for s in known if s.country != usual and known[0].population <= _RIVAL * s.population]
        here = dict.fromkeys(s.country for s in rivals if self._speaks_of(s.country))
        return tuple(Entry("place", unit.text, f"{c}.{unit.text}", c, "CVL") for c in here) if len(here) == 1 else ()

    def _surname_again(self, found: Sequence[Unit], n: int) -> bool:
        """Whether a month's or colour's name is a person's of this article: "May said" after "Theresa May"."""
        unit = found[n]
        if unit.kind not in ("other", "verb") or not unit.text.istitle() or unit.low not in self._surnames:
            return False
        before, after = found[n - 1] if n else None, found[n + 1] if n + 1 < len(found) else None
        dated = before is not None and before.kind in ("preposition", "number", "determiner")
        return not dated and (after is None or after.kind != "number")

    def _titled(self, found: Sequence[Unit], n: int) -> bool:
        """Whether a name is a person's because of the office before it ("President Bush"), or a holder's of these years."""
        unit, before = found[n], found[n - 1] if n else None
        if unit.kind != "name" or before is None:
            return unit.kind == "name" and self._in_power(unit)
        if before.kind == "word" and not before.plural and before.entry.detail == "office" and before.text[0].isupper():
            return True
        listed = before.low == "," and n > 1 and found[n - 2].kind in ("name", "state", "region", "place")
        listed = listed and (n + 1 == len(found) or found[n + 1].kind == "mark")  # "Austin, Texas."
        return before.low not in ("in", "at", "near", "from", "to") and not listed and self._in_power(unit)

    def _in_power(self, unit: Unit) -> bool:
        """Whether a surname is that of a head of state or government, or of their like, about the article's date."""
        persons = self._holders.surnames.get(folded(unit.text).lower(), ()) if self._year is not None else ()
        year = self._year or 0
        return any(
            h.office in HIGH and int((h.from_ or "9999")[:4]) <= year <= int((h.to or "9999")[:4]) + 4
            for p in persons
            for h in self.codebook.holdings_of(p)
        )

    def _region(self, found: Sequence[Unit], n: int) -> tuple[Entry, ...]:
        """The town that "Moscow, Idaho" means: one of that name in the state or province behind the comma."""
        unit = found[n]
        if unit.kind not in ("name", "state") or n + 2 >= len(found) or found[n + 1].text != ",":
            return ()
        behind = found[n + 2]
        entries = self._town(behind) if behind.kind == "name" else behind.entries if behind.kind in ("state", "region") else ()
        countries = {e.country for e in entries}
        if unit.kind == "state" and {e.country for e in unit.entries} & countries:
            return ()
        here = {s.country for s in spots(unit.text)} & countries if len(countries) == 1 else set()
        return tuple(Entry("place", unit.text, f"{c}.{unit.text}", c, "CVL") for c in here)

    def _town(self, unit: Unit) -> tuple[Entry, ...]:
        if unit.low in self._surnames:
            return ()
        name = folded(unit.text)
        found = self.codebook.towns.get(name, ()) or (
            self.codebook.towns.get(name.title(), ()) if name.isupper() and len(name) > 4 else ()
        )
        if len(found) > 1 and found[0][1] >= CLEAR * found[1][1] and not self._speaks_of(found[1][0]):
            found = found[:1]
        detail = "short" if len(found) > 1 else None
        return tuple(Entry("place", unit.text, f"{c}.{unit.text}", self.codebook.country(c), "CVL", detail) for c, _ in found)

    def _half(self, found: Sequence[Unit], n: int) -> tuple[Entry, ...]:
        """The state that "the North" or "the South" means where the article names both halves."""
        unit = found[n]
        if unit.text not in ("North", "South", "Northerners", "Southerners") or n == 0 or found[n - 1].low != "the":
            return ()
        for north, south in (("PRK", "KOR"), ("SDN", "SSD"), ("VNM", "RVN")):
            if self.named[north] and self.named[south]:
                code = north if unit.text[0] == "N" else south
                return (Entry("state", unit.text, code, self.codebook.country(code), "GOV"),)
        return ()


def _counted(matches: Sequence[Match]) -> Counter[str | None]:
    """How often every country is named by a term that only it has."""
    out: Counter[str | None] = Counter()
    for match in matches:
        countries = {e.country for e in match.entries if e.kind != "word"}
        if len(countries) == 1 and match.entries[0].detail != "short" and match.entries[0].kind != "short":
            country = next(iter(countries))
            if country is not None:
                out[country] += 1
    return out


def _inner_names(sentences: Sequence[Sequence[Unit]]) -> frozenset[str]:
    """Words of names that stand inside sentences, where a capital means something."""
    return frozenset(w for found in sentences for u in found[1:] if u.kind in ("name", "person") for w in u.low.split())


def _sentence_start(found: list[Unit], inner: frozenset[str]) -> list[Unit]:
    """A capitalised first word that is no name elsewhere and does nothing here is an ordinary word."""
    for n, unit in enumerate(found[:2]):
        if n and found[0].kind != "mark":
            break
        head, _, tail = unit.text.partition(" ")
        if tail and unit.kind == "name" and not unit.entries and _leads_in(head.lower(), tail.lower(), inner):
            first = Unit("other", unit.start, unit.start + len(head), head, head.lower())
            rest = Unit("name", unit.end - len(tail), unit.end, tail, tail.lower(), (), unit.possessive)
            return [*found[:n], first, rest, *found[n + 1 :]]
        if (
            unit.kind != "name"
            or " " in unit.text
            or unit.low in inner
            or unit.low in GIVEN
            or unit.possessive
            or (len(unit.text) > 1 and unit.text.isupper())
        ):
            continue
        after = found[n + 1] if n + 1 < len(found) else None
        if after is not None and after.kind != "verb" and not after.low.endswith("ed") and after.text not in {"'", "’", "("}:
            return [*found[:n], Unit("other", unit.start, unit.end, unit.text, unit.low), *found[n + 1 :]]
    return found


def _leads_in(head: str, tail: str, inner: frozenset[str]) -> bool:
    """Whether the first word before a known name is no part of it: "Yet Nixon"."""
    return head not in inner and tail.split()[0] in inner and not head.endswith(".") and head not in GIVEN


def _surnames_here(sentences: Sequence[Sequence[Unit]]) -> frozenset[str]:
    """Last words of names of several words: alone they are that person, not a town of the name."""
    out = set()
    for found in sentences:
        for unit in found:
            if unit.kind in ("name", "person") and " " in unit.low:
                out.add(unit.low.split()[-1])
    return frozenset(out)
