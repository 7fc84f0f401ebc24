"""Reading words: tokens with offsets, stems, numbers, quotations, dates and names, for sentences and for their evidence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from dragoman.brief.english import MONTHS, number_words
from dragoman.brief.lookup import lexicon
from dragoman.coding.times import times

_TOKEN = re.compile(r"(?:[A-Z]\.){2,}|[^\W_]+(?:[’'.,][^\W_]+)*|[^\W_]+")
_QUOTE = re.compile(r"“([^”]+)”|\"([^\"]+)\"")
_DAY = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})\b")
_WEEK = re.compile(rf"\bin the week of {_DAY.pattern}", re.IGNORECASE)
_MONTH = re.compile(rf"\b({'|'.join(MONTHS)}) (\d{{4}})\b")
_YEAR = re.compile(r"\b(1[5-9]\d\d|20\d\d)\b")


@dataclass(frozen=True, slots=True)
class Token:
    text: str
    start: int
    end: int

    @property
    def low(self) -> str:
        return self.text.lower().replace("’", "'")


def tokens(text: str) -> list[Token]:
    """Words and numbers; a possessive ending is cut off."""
    out = []
    for m in _TOKEN.finditer(text):
        word = re.sub(r"[’']s?$|[’']s$", "", m[0])
        out.append(Token(word, m.start(), m.start() + len(word)))
    return out


def stem(word: str) -> str:
    """A word without its commonest endings: enough to hold "signed" for "sign" and "talks" for "talk"."""
    low = word.lower().replace("’", "'")
    for ending in ("ing", "ied", "ies", "ed", "es", "s", "e", "y"):
        if low.endswith(ending) and len(low) - len(ending) >= 3:
            return low[: -len(ending)]
    return low


def quotations(text: str) -> list[str]:
    return [one or two for one, two in _QUOTE.findall(text)]


def outside_quotations(text: str) -> str:
    return _QUOTE.sub(" ", text)


def plain(text: str) -> str:
    """Spaces, quotation marks and apostrophes made alike, so that the same words compare equal."""
    text = re.sub(r"[“”\"«»„]", '"', re.sub(r"[‘’`´]", "'", text))
    return re.sub(r"\s+", " ", text).strip().lower()


@dataclass(frozen=True, slots=True, order=True)
class Days:
    """An interval as ISO days, both ends included."""

    first: str
    last: str


def month_days(year: int, month: int) -> Days:
    after = date(year + month // 12, month % 12 + 1, 1)
    return Days(date(year, month, 1).isoformat(), (after - timedelta(1)).isoformat())


def told_dates(text: str, *, keep_years: bool = False) -> tuple[list[Days], str]:
    """Every date that a finished sentence tells, and the sentence without them; bare years may be left standing."""
    found: list[Days] = []
    invalid = Days("", "")

    def day(m: re.Match[str]) -> str:
        try:
            iso = date(int(m[3]), MONTHS.index(m[2]) + 1, int(m[1])).isoformat()
            found.append(Days(iso, iso))
        except ValueError:
            found.append(invalid)
        return " "

    def week(m: re.Match[str]) -> str:
        try:
            first = date(int(m[3]), MONTHS.index(m[2]) + 1, int(m[1]))
            found.append(Days(first.isoformat(), (first + timedelta(6)).isoformat()))
        except (ValueError, OverflowError):
            found.append(invalid)
        return " "

    def month(m: re.Match[str]) -> str:
        found.append(month_days(int(m[2]), MONTHS.index(m[1]) + 1))
        return " "

    def year(m: re.Match[str]) -> str:
        found.append(Days(f"{m[1]}-01-01", f"{m[1]}-12-31"))
        return m[0] if keep_years else " "

    rest = _YEAR.sub(year, _MONTH.sub(month, _DAY.sub(day, _WEEK.sub(week, text))))
    return found, rest


def evidence_dates(text: str, published: str | None) -> set[Days]:
    """Every interval that the words of a passage name, with the years that stand in it, and the parts of named days."""
    out = {Days(t.from_, t.to) for t in times(text, published) if t.from_ and t.to}
    out |= {Days(f"{m[1]}-01-01", f"{m[1]}-12-31") for m in _YEAR.finditer(text)}
    return out


def numbers(text: str) -> set[str]:
    """The numbers of a text in digits; words up to ninety count as the number they name."""
    out = set()
    small = number_words()
    for t in tokens(text):
        bare = t.low.replace(",", "")
        if re.fullmatch(r"\d+(?:\.\d+)?", bare):
            out.add(bare)
        elif (m := re.match(r"\d+(?:\.\d+)?", bare)) is not None:
            out.add(m[0])
        elif t.low in small:
            out.add(str(small[t.low]))
    return out


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a text that the codebook knows: the country it stands for, and what kind of name it is."""

    start: int
    end: int
    text: str
    country: str
    kind: str
    id: str


@lru_cache(maxsize=4096)
def named(text: str) -> tuple[Name, ...]:
    """The states, their peoples, seats, capitals and bodies, and known persons that a text names."""
    out = []
    for m in lexicon().find(text, "mixed"):
        entry = next((e for e in m.entries if e.kind in ("state", "seat", "capital", "adjective", "people")), None)
        entry = entry or next((e for e in m.entries if e.kind in ("organisation", "short", "region", "person")), None)
        if entry is not None:
            out.append(Name(m.start, m.end, text[m.start : m.end], entry.country or entry.id, entry.kind, entry.id))
    return tuple(out)


def countries(text: str) -> set[str]:
    return {n.country for n in named(text)}
