"""The codebook's terms in one automaton: a text is searched for all of them in one pass."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import ahocorasick_rs

from dragoman.codebook import Codebook
from dragoman.codebook.towns import PROVINCE

EntryKind = Literal[
    "state", "adjective", "people", "capital", "seat", "organisation", "short", "person", "region", "place", "word"
]

# Names that are also ordinary words: in a text without capitals they are not taken for names.
_COMMON = frozenset(
    "us who it turkey chad mali guinea jordan niger oman togo georgia cuba libre polish cook may march un eu as is so "
    "no in ice man can reading nice bath split mobile male lima said rice bush brown major powell pope king bill mark".split()
)
_PEOPLES = re.compile(r"\b[Pp](?:eoples?|EOPLES?)\s?['’`´]?\s?[sS]?['’`´]?\s+$")
_LETTERS = frozenset("mp mps mep meps mla mlas pm fm vp ceo ngo ngos dsp sup supt mep".split())


@dataclass(frozen=True, slots=True)
class Entry:
    """What a term can stand for. ``id`` is a state's code, an organisation's id or a person's usual name."""

    kind: EntryKind
    form: str
    id: str
    country: str | None
    sector: str | None
    detail: str | None = None  # of a word: office, organ, group or person; of an organisation: its kind
    plural: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    start: int
    end: int
    entries: tuple[Entry, ...]


def foremost(entries: Sequence[Entry]) -> Sequence[Entry]:
    """The states and their seats among what a term can stand for, where there are any: a town is called "White House" too."""
    return [e for e in entries if e.kind in ("state", "capital", "seat")] or entries


def lowered(text: str) -> str:
    """Lower case and straight apostrophes, character for character, so that offsets stay true."""
    text = text.replace("’", "'")
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(c if len(c.lower()) != 1 else c.lower() for c in text)


def style(text: str) -> Literal["upper", "lower", "mixed"]:
    """How a text uses capitals: in one all in capitals or all in small letters they tell nothing about names."""
    letters = sum(map(str.isalpha, text))
    capitals = sum(map(str.isupper, text))
    if letters and capitals > 0.7 * letters:
        return "upper"
    return "lower" if letters > 200 and capitals < 0.004 * letters else "mixed"


class Lexicon:
    """All terms of a codebook, with what each can stand for. Immutable after building; ``find`` is safe between threads."""

    def __init__(self, codebook: Codebook) -> None:
        terms: dict[str, list[Entry]] = {}
        for entry in _entries(codebook):
            terms.setdefault(lowered(entry.form), []).append(entry)
        self._patterns = sorted(terms)
        self._entries = [tuple(dict.fromkeys(terms[p])) for p in self._patterns]
        self._by_term = {p: e for p, e in zip(self._patterns, self._entries, strict=True) if p.startswith("people's ")}
        self._automaton = ahocorasick_rs.AhoCorasick(self._patterns)

    def find(self, text: str, manner: Literal["upper", "lower", "mixed"] | None = None) -> list[Match]:
        """Terms in the text, longest first from the left, at word boundaries, in a case that the term allows."""
        manner = manner or style(text)
        low = lowered(text)
        found = self._automaton.find_matches_as_indexes(low, overlapping=True)
        found.sort(key=lambda m: (m[1], -m[2]))
        out: list[Match] = []
        reach = 0
        for pattern, start, end in found:
            if start < reach or not _bounded(low, start, end):
                continue
            named = self._entries[pattern]
            if low.startswith("republic of ", start):
                whose = _PEOPLES.search(text, max(0, start - 14), start)
                if whose is not None:  # misspelt, "People 's Republic of China" is still not the Republic of China
                    named = self._by_term.get(f"people's {low[start:end]}", ())
                    out += [Match(whose.start(), end, named)] if named else []
                    reach = end
                    continue
            written = text[start:end].replace("’", "'")
            entries = tuple(e for e in named if _cased(e, written, manner))
            if entries:
                out.append(Match(start, end, entries))
                reach = end
        return out


def _bounded(text: str, start: int, end: int) -> bool:
    before = start == 0 or not text[start - 1].isalnum()
    return before and (end == len(text) or not (text[end].isalnum() or text[end] == "$"))  # "US$" is money


def _cased(entry: Entry, written: str, manner: str) -> bool:
    form = entry.form.replace("’", "'")
    if entry.kind == "word":
        return form not in _LETTERS or written != written.lower() or manner == "lower"
    if written == form:
        return True
    if manner == "lower":
        return lowered(form) == written and written not in _COMMON and len(written) > 2
    if manner == "upper":
        return written == form.upper()
    if written == form.upper():  # a heading or dateline in capitals
        return len(form) > 3
    capital = form[:1].upper() + form[1:]
    return written == capital or (" " in form and written.istitle() and written.lower() == form.lower())


def _entries(codebook: Codebook) -> list[Entry]:
    out: list[Entry] = []
    for s in codebook.states:
        now = codebook.country(s.id)
        for kind, forms in (("state", (s.name, *s.names)), ("adjective", s.adjectives), ("people", s.people)):
            out += [Entry(kind, form, s.id, now, "GOV") for form in forms]  # type: ignore[arg-type]
        out += [Entry("state", form, s.id, now, "GOV", "short") for form in s.short]
        out += [Entry("capital", form, s.id, now, "GOV", "capital") for form in s.capital]
        out += [Entry("seat", seat.name, s.id, now, seat.sector, "seat") for seat in s.seats]
    for o in codebook.organisations:
        country = codebook.country(o.country) if o.country else None
        out += [Entry("organisation", form, o.id, country, o.sector, o.kind) for form in (o.name, *o.names)]
        out += [Entry("short", form, o.id, country, o.sector, o.kind) for form in o.short]
    for r in codebook.regions:
        country = codebook.country(r.country) if r.country else None
        out += [Entry("region", form, r.id, country, "GOV") for form in (r.name, *r.names)]
        out += [Entry("adjective", form, r.id, country, "GOV", "region") for form in (*r.adjectives, *r.people)]
    for h in codebook.holdings:
        country = codebook.country(h.country) if h.country else None
        out += [Entry("person", form, h.person, country, None) for form in (h.person, *h.names) if " " in form]
    for name, found in codebook.towns.items():
        if " " in name and found[0][1] >= PROVINCE:  # "New Mexico" is not a new Mexico
            out += [Entry("place", name, f"{c}.{name}", codebook.country(c), "CVL") for c, _ in found[:1]]
    out += [Entry("word", w.word, w.word, w.country, w.sector, w.kind, w.plural) for w in codebook.words]
    return out
