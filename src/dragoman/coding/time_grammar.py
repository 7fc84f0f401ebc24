"""The grammar of time expressions: patterns over the letters of ``time_words``, each giving one ``Expr``.

An ``Expr`` says what the words mean before any calendar is looked at ("the month 5 of an unnamed year, early in it"). Rules are tried
in order, longer and surer ones first; a token belongs to one expression. Every pattern is a regular one without nested repeats, so the
time is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from dragoman.coding.time_lexicon import Tokens, number
from dragoman.coding.time_words import DECADE_WORDS, HOLIDAYS, MONTHS, UNITS

RELATIONS = {
    "l": "last", "q": "last", "p": "previous", "x": "next", "f": "following", "t": "this", "c": "this", "z": "latest", "h": "that", "m": "that",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Expr:
    """What one expression means. ``first`` and ``end`` are tokens (half-open); numbers are -1 where the words do not give them.

    ``kind``: date, month, year, decade, century, season, quarter, half, weekday, weekend, day (today and its like), unit (a unit by its
    relation: last year), shift (n units before or after ``base``, "now" or "then"), stretch (the past n units), holiday, clock, range.
    """

    kind: str
    first: int
    end: int
    year: int = -1
    month: int = -1
    day: int = -1
    weekday: int = -1
    number: int = -1
    unit: str = ""
    relation: str = ""
    base: str = ""
    last_day: int = -1
    left: Expr | None = None
    right: Expr | None = None


Builder = Callable[[Tokens, "re.Match[str]"], "Expr | None"]

_APPROX = r"(?:y|QV)?"
_NUM = r"(?P<n>[0a]|[n0]N?(?:-?n)?|a?vO?|y?v)"
_PART = r"(?P<part>P)?"
_WD = r"(?:(?P<w>D)\.?,?)?"
_CLOCK = r"(?:C[W ]?,?i?)?"
_REL = r"(?P<r>[lqpxftchmz])"


def _get(t: Tokens, m: re.Match[str], group: str) -> int:
    """The number under a group of the match, -1 where it did not take part."""
    try:
        i = m.start(group)
    except IndexError:
        return -1
    return -1 if i < 0 else t.value(i)


def _word(t: Tokens, m: re.Match[str], group: str) -> str:
    i = m.start(group) if group in m.re.groupindex else -1
    return "" if i < 0 else t.words[i]


def _relation(m: re.Match[str]) -> str:
    code = m.group("r") if "r" in m.re.groupindex else None
    return RELATIONS.get(code or "", "")


def _year(t: Tokens, m: re.Match[str]) -> int:
    """A year of four digits, or of two after an apostrophe or in an old date (14 MAR 90)."""
    value = _get(t, m, "y")
    if 0 <= value < 100:
        return value + (1900 if value >= 40 else 2000)
    return value


def _count(t: Tokens, m: re.Match[str]) -> int:
    """A number in words or digits ("twenty-one", "a", "2"); 0 for a vague one ("several"), -1 for none."""
    total = 0
    for i in range(*m.span("n")):
        code = t.codes[i]
        if code == "v":
            return 2 if t.words[i] == "couple" else 0
        if code in "0na":
            value = number(t.words[i], code)
            total = total * value if value == 100 and total else total + max(value, 0)
    return total or -1


def _numeric(t: Tokens, m: re.Match[str]) -> Expr | None:
    """2025-05-08, 2025/5/8, 8.5.2025, 10/31/1998; 3/5/1998 stays without a date, for nobody can tell which is the month."""
    word = t.words[m.end() - 1]
    parts = [int(x) for x in re.findall(r"\d+", word)[:3]]
    known = Expr("date", m.start(), m.end())
    if parts[0] > 31:
        return replace(known, year=parts[0], month=parts[1], day=parts[2])
    first, second, year = parts
    year += 0 if year > 99 else 1900 if year >= 40 else 2000
    if "." in word or first > 12:
        return replace(known, year=year, month=second, day=first)
    if second > 12 or first == second:
        return replace(known, year=year, month=first, day=second)
    return replace(known, kind="unknown")


def _date(t: Tokens, m: re.Match[str]) -> Expr | None:
    day, last = _get(t, m, "d"), _get(t, m, "d2")
    if not 1 <= day <= 31 or last > 31:
        return None
    weekday = _get(t, m, "w")
    return Expr(
        "date", m.start(), m.end(), _year(t, m), _get(t, m, "m"), day, weekday, relation=_relation(m), last_day=last if last > day else -1
    )


def _month(t: Tokens, m: re.Match[str]) -> Expr | None:
    return Expr("month", m.start(), m.end(), _year(t, m), _get(t, m, "m"), relation=_relation(m), unit="year" if m.group(0)[-1] == "U" else "")


def _plain_year(t: Tokens, m: re.Match[str]) -> Expr | None:
    return Expr("year", m.start(), m.end(), _year(t, m))


def _spoken_year(t: Tokens, m: re.Match[str]) -> Expr | None:
    """"nineteen ninety-seven", "the year two thousand" without its thousand is left alone."""
    values = [t.value(i) for i in range(*m.span("n")) if t.codes[i] == "n"]
    if len(values) < 2 or not 17 <= values[0] <= 20 or values[1] < 20 and len(values) > 2:
        return None
    if values[1] < 10 or sum(values[1:]) > 99:
        return None
    return Expr("year", m.start(), m.end(), values[0] * 100 + sum(values[1:]))


def _short_range(t: Tokens, m: re.Match[str]) -> Expr | None:
    """1979-89 and 2014/15: two years written as one."""
    a = t.value(m.start("y"))
    word = t.words[m.start("b")]
    if len(word) != 2:
        return None
    b = a // 100 * 100 + int(word)
    b += 100 if b < a else 0
    if not 0 < b - a < 60:
        return None
    left = Expr("year", m.start(), m.start() + 1, a)
    return Expr("range", m.start(), m.end(), left=left, right=Expr("year", m.end() - 1, m.end(), b))


def _decade(t: Tokens, m: re.Match[str]) -> Expr | None:
    word = t.words[m.start("s")]
    digits = "".join(c for c in word if c.isdigit())
    value = DECADE_WORDS.get(word, int(digits) if digits else -1)
    if value < 0:
        return None
    if digits and len(digits) == 2 and word[0].isdigit():
        return None
    return Expr("decade", m.start(), m.end(), value + 1900 if value < 100 else value)


def _century(t: Tokens, m: re.Match[str]) -> Expr | None:
    value = sum(max(t.value(i), 0) for i in range(*m.span("o")) if t.codes[i] != "-")
    return Expr("century", m.start(), m.end(), number=value) if UNITS[_word(t, m, "u")] == "century" and 0 < value < 30 else None


def _season(t: Tokens, m: re.Match[str]) -> Expr | None:
    return Expr("season", m.start(), m.end(), _year(t, m), number=_get(t, m, "s"), relation=_relation(m), unit="year" if "U" in m.group(0) else "")


def _quarter(t: Tokens, m: re.Match[str]) -> Expr | None:
    unit = UNITS[_word(t, m, "u")] if "u" in m.re.groupindex and m.start("u") >= 0 else "half"
    n = _get(t, m, "o")
    if unit not in ("quarter", "half") or not 1 <= n <= (4 if unit == "quarter" else 2):
        return None
    return Expr(unit, m.start(), m.end(), _year(t, m), number=n, relation=_relation(m))


def _figured(t: Tokens, m: re.Match[str]) -> Expr | None:
    """Q3 2023, 2022-H1."""
    word = t.words[m.start() if m.start("y2") < 0 else m.end() - 1]
    kind, n = "quarter" if word[0] == "q" else "half", int(word[1])
    year = max(_get(t, m, "y"), _get(t, m, "y2"))
    return Expr(kind, m.start(), m.end(), year, number=n) if kind == "quarter" or n < 3 else None


def _new_year(t: Tokens, m: re.Match[str]) -> Expr | None:
    """New Year's Day and New Year's Eve."""
    words = t.words[m.start() : m.start() + 4]
    if words[:2] != ["new", "year"] or words[3] not in ("day", "eve"):
        return None
    return Expr("holiday", m.start(), m.end(), _year(t, m), unit="new-year" if words[3] == "day" else "new-year-eve")


def _earlier_quarter(t: Tokens, m: re.Match[str]) -> Expr | None:
    """"the year-ago third quarter", "the year-earlier period", "the 1988 quarter"."""
    return Expr("shift", m.start(), m.end(), number=-1, unit="year", base="quarter", month=_get(t, m, "o"))


def _quarter_of_year(t: Tokens, m: re.Match[str]) -> Expr | None:
    """"the 1988 period" is its year, "the 1988 quarter" the quarter this text is about, of that year."""
    if _unit_of(t, m) == "quarter":
        return Expr("unit", m.start(), m.end(), _year(t, m), unit="quarter", relation="the")
    return Expr("year", m.start(), m.end(), _year(t, m)) if _unit_of(t, m) == "period" else None


def _weekday(t: Tokens, m: re.Match[str]) -> Expr | None:
    return Expr("weekday", m.start(), m.end(), weekday=_get(t, m, "w"), relation=_relation(m))


def _weekday_week(t: Tokens, m: re.Match[str]) -> Expr | None:
    """"Monday last week", "Tuesday of next week"."""
    if _unit_of(t, m) != "week":
        return None
    return Expr("weekday", m.start(), m.end(), weekday=_get(t, m, "w"), relation=_relation(m), unit="week")


def _day(t: Tokens, m: re.Match[str]) -> Expr | None:
    word = _word(t, m, "t")
    shift = {"yesterday": -1, "tomorrow": 1}.get(word, 0)
    return Expr("day", m.start(), m.end(), number=shift)


def _part(t: Tokens, m: re.Match[str]) -> Expr | None:
    """"this morning", "last night", "that evening", "the next morning"."""
    relation = _relation(m)
    if relation in ("this", "last"):
        return Expr("day", m.start(), m.end(), number=-1 if relation == "last" else 0)
    if relation in ("next", "following"):
        return Expr("shift", m.start(), m.end(), number=1, unit="day", base="then")
    if relation == "that":
        return Expr("unit", m.start(), m.end(), unit="day", relation="that")
    return Expr("shift", m.start(), m.end(), number=-1, unit="day", base="then") if relation == "previous" else None


def _unit_of(t: Tokens, m: re.Match[str]) -> str:
    return UNITS.get(_word(t, m, "u"), "")


def _unit(t: Tokens, m: re.Match[str]) -> Expr | None:
    """A unit by its relation: last year, this week, the following month, the latest quarter."""
    unit, relation = _unit_of(t, m), _relation(m)
    plural = _word(t, m, "u").endswith("s")
    if unit == "hour" or plural or (unit == "half" and relation != "this"):
        return None
    if unit == "period" and relation != "latest":
        return None
    if relation == "latest" and unit not in ("quarter", "period"):
        return None
    if unit == "day" and relation in ("last", "this"):
        return None
    if relation in ("previous", "following") or (unit == "day" and relation == "next"):
        return Expr("shift", m.start(), m.end(), number=-1 if relation == "previous" else 1, unit=unit, base="then")
    return Expr("unit", m.start(), m.end(), unit="quarter" if unit == "period" else unit, relation=relation)


def _whole(t: Tokens, m: re.Match[str]) -> Expr | None:
    """"the end of the year", "the end of this month", "the quarter", "earlier in the year", "year-end"."""
    unit = _unit_of(t, m)
    if unit not in ("year", "month", "week", "quarter", "decade", "century"):
        return None
    return Expr("unit", m.start(), m.end(), unit=unit, relation=_relation(m) or "the")


def _the_unit(t: Tokens, m: re.Match[str]) -> Expr | None:
    unit = _unit_of(t, m)
    if t.words[m.end() - 1] not in ("quarter", "weekend"):
        return None
    return Expr("unit" if unit == "quarter" else "weekend", m.start(), m.end(), unit=unit, relation="the")


def _year_end(t: Tokens, m: re.Match[str]) -> Expr | None:
    return Expr("yearend", m.start(), m.end(), _year(t, m)) if _unit_of(t, m) == "year" else None


def _shift(t: Tokens, m: re.Match[str]) -> Expr | None:
    """"two weeks ago", "a year earlier", "three days later", "the day before"."""
    unit, n = _unit_of(t, m), _count(t, m)
    code = m.group("g")
    if unit in ("weekend", "period") or n < 0:
        return None
    if unit == "hour":
        return Expr("day", m.start(), m.end()) if code == "G" and 0 < n < 6 else None
    sign = 1 if code == "K" or t.words[m.start("g")] == "after" else -1
    base = "now" if code == "G" else "then"
    return Expr("shift", m.start(), m.end(), number=sign * n, unit=unit, base=base)


def _year_earlier(t: Tokens, m: re.Match[str]) -> Expr | None:
    """"year-earlier" and "year-ago" before a noun: the period of the year before."""
    return Expr("shift", m.start(), m.end(), number=-1, unit="year", base="quarter") if _unit_of(t, m) == "year" else None


def _stretch(t: Tokens, m: re.Match[str]) -> Expr | None:
    """"the past three years", "the next two weeks"."""
    unit, n, relation = _unit_of(t, m), _count(t, m), _relation(m)
    if unit in ("hour", "weekend", "period") or relation not in ("last", "next") or n < 0:
        return None
    return Expr("stretch", m.start(), m.end(), number=n if relation == "next" else -n, unit=unit, relation="vague" if n == 0 else relation)


def _months_of(t: Tokens, m: re.Match[str]) -> Expr | None:
    """"the first nine months of 1989"."""
    unit, n = _unit_of(t, m), _count(t, m)
    if unit != "month" or not 1 <= n <= 11 or t.words[m.start("o")] not in ("first", "last", "final"):
        return None
    return Expr("months", m.start(), m.end(), _year(t, m), number=n if t.words[m.start("o")] == "first" else -n, relation=_relation(m))


def _week_of(t: Tokens, m: re.Match[str]) -> Expr | None:
    return Expr("weekof", m.start(), m.end(), _year(t, m), _get(t, m, "m"), _get(t, m, "d")) if _unit_of(t, m) == "week" else None


def _anniversary_day(t: Tokens, m: re.Match[str]) -> Expr | None:
    """Christmas, Thanksgiving, Easter, with Day or Eve, New Year's Day and Eve."""
    words = t.words[m.start() : m.end()]
    name = next((HOLIDAYS[w] for w in words if w in HOLIDAYS), "")
    if "eve" in words:
        name += "-eve"
    return Expr("holiday", m.start(), m.end(), _year(t, m), unit=name, relation=_relation(m))


def _clock(t: Tokens, m: re.Match[str]) -> Expr | None:
    return Expr("clock", m.start(), m.end())


_YEAR_OF = r"(?:,?O?(?:d?U?)?(?P<y>Y))"
_RULES: tuple[tuple[str, Builder], ...] = (
    # Whole dates
    (rf"{_CLOCK}Z", _numeric),
    (rf"{_CLOCK}{_WD}(?P<m>M)\.?(?P<d>[0o])(?:[-AR](?P<d2>[0o]))?,?(?:O)?(?P<y>Y)", _date),
    (rf"{_CLOCK}{_WD}(?P<d>[0o])(?:[-AR](?P<d2>[0o]))?(?:O|-)?(?P<m>M)\.?,?-?(?P<y>Y)", _date),
    (r"(?P<d>0)(?P<m>M)\.?(?P<y>0)(?![0A-])", _date),
    (rf"d(?P<u>U)O{_WD}(?P<m>M)\.?(?P<d>[0o])(?:,?(?P<y>Y))?", _week_of),
    # Months with a year
    (r"(?:e-?|dJO|J-?O?)?(?P<m>M)\.?(?:,|O|(?:OdU))?(?P<y>Y)", _month),
    (rf"(?:e-?|dJO)?(?P<m>M)\.?O?d?(?P<r>[lxth])U", _month),
    # Days without a year
    (r"(?P<r>[lxt])(?P<m>M)\.?(?P<d>[0o])", _date),
    (rf"{_CLOCK}{_WD}(?P<m>M)\.?(?P<d>[0o])(?:[-AR](?P<d2>[0o]))?(?!%)", _date),
    (rf"{_CLOCK}{_WD}d?(?P<d>[0o])(?:[-AR](?P<d2>[0o]))?O?(?P<m>M)\.?", _date),
    # Years, decades, centuries
    (r"(?P<y>Y)[-/](?P<b>0)(?![-/0])", _short_range),
    (r"d?(?:e-?)?(?P<s>s)", _decade),
    (r"(?:d)?(?:e-?)?(?P<o>o|n-o)-?(?P<u>U)(?<=U)", _century),
    (r"(?:dU)?(?P<n>nn-?n|nn)(?!U)", _spoken_year),
    # Quarters, halves, seasons
    (r"I[O,-]?(?P<y>Y)?|(?P<y2>Y)-?I", _figured),
    (r"(?:d?U-?[Gk])u?-?(?P<o>o)-?U", _earlier_quarter),
    (r"d?(?P<y>Y)u?(?P<o>o)-?(?P<u>U)", _quarter),
    (r"(?P<r>[lxth])U'u?(?P<o>o)-?(?P<u>U)", _quarter),
    (r"(?P<r>l)U'(?P<u>U)", lambda t, m: _earlier_quarter(t, m) if _unit_of(t, m) in ("quarter", "period") else None),
    (r"dz?(?P<u>U)(?P<r>l)U", lambda t, m: _earlier_quarter(t, m) if _unit_of(t, m) in ("quarter", "period") else None),
    (r"d(?P<y>Y)(?P<u>U)", lambda t, m: _quarter_of_year(t, m)),
    (r"(?:d|W')?u?-?(?P<o>o)u?-?(?P<u>U)(?:,?O?(?:uU?|dU)?(?P<y>Y)|Od?(?P<r>[lxthf])U)?", _quarter),
    (r"d?(?P<o>o)-?N(?:O(?:u)?(?P<y>Y)|Od?(?P<r>[lxth])U)", _quarter),
    (r"(?:e-?|dJO)?d?(?P<s>S)(?:OdU|O|,)?(?P<y>Y)", _season),
    (r"(?:e-?)?(?P<r>[lqtxfh]|tq)(?P<s>S)", _season),
    (r"(?:e-?|dJO)?d?(?P<s>S)O?(?P<r>[lxth])U", _season),
    (r"(?<=[iR])d?(?:e-?)?(?P<s>S)", _season),
    (r"(?<=[ikK])d(?:e-)?(?P<s>S)", _season),
    (r"d(?P<o>o)n(?P<u>U)", lambda t, m: None),
    (r"d(?P<o>[ol])(?P<n>[n0])(?P<u>U)O(?:u?(?P<y>Y)|d?(?P<r>[txl])?U)", _months_of),
    (r"d?(?:z)?U-?[Gk]-?U", lambda t, m: _earlier_quarter(t, m) if t.words[m.end() - 1] in ("quarter", "period") else None),
    # Units by relation
    (rf"d?(?P<r>[lqx])(?P<n>[n0]N?(?:-?n)?|v|a?vO?)(?P<u>U)", _stretch),
    (rf"{_APPROX}(?P<n>[0an](?:-?n)?|avO?|v)(?P<u>U)(?P<g>[GkK])", _shift),
    (r"(?P<u>U)-(?P<g>[kG])", _year_earlier),
    (r"d?(?P<u>U)b(?P<r>l)(?P<w>D)", lambda t, m: Expr("weekday", m.start(), m.end(), weekday=_get(t, m, "w"), relation="last", unit=_unit_of(t, m))),
    (r"dJO(?P<r>[tclxh])u?(?P<u>U)", _whole),
    (r"(?:dJO|dJOd|[kKe]id|[kK]i)d?(?P<u>U)(?!-)", _whole),
    (r"dJO(?P<y>Y)", _plain_year),
    (r"y?(?P<u>U)-?J", lambda t, m: _year_end(t, m) if t.words[m.end() - 1] == "end" else None),
    (rf"{_WD}O?(?P<r>[ltx])(?P<u>U)", lambda t, m: _weekday_week(t, m) if m.start("w") >= 0 else None),
    (rf"(?:[kK]|e-?)?d?{_REL}u?(?P<u>U)(?!-U)", _unit),
    # Days of the week and today
    (rf"{_CLOCK}(?P<r>[lxt])(?P<w>D)P?", _weekday),
    (rf"{_CLOCK}(?P<r>p)(?P<w>D)P?", _weekday),
    (rf"(?:d(?P<r>[pfx]))(?P<w>D)P?", _weekday),
    (rf"(?:e-?Pi)?P?{_CLOCK}(?P<w>D)P?(?:i?C)?", _weekday),
    (r"(?:e)(?P<t>T)", _day),
    (rf"{_CLOCK}(?P<t>T)P?", _day),
    (r"d?(?P<r>[tlhxfp])P", _part),
    (r"(?P<r>[tlxp])?H[WUD]?(?:,?(?P<y>Y))?", _anniversary_day),
    (r"WU'[WwU](?:,?(?P<y>Y))?", _new_year),
    # Bare months, years, clocks, "the quarter"
    (r"(?:e-?|dJO)?(?P<r>[lxtpfq]|tq)?(?P<m>M)\.?", _month),
    (r"(?:e-?|u)?(?:uU|u|dU)?(?P<y>Y)", _plain_year),
    (r"d(?P<u>U)(?!-)", _the_unit),
    (r"C", _clock),
)
_COMPILED = tuple((re.compile(pattern), build) for pattern, build in _RULES)


def expressions(t: Tokens) -> list[Expr]:
    """Every time expression in the tokens, in order of the text, without overlaps; ranges joined."""
    taken = bytearray(len(t.codes))
    found: list[Expr] = []
    for pattern, build in _COMPILED:
        for m in pattern.finditer(t.codes):
            if any(taken[m.start() : m.end()]):
                continue
            expr = build(t, m)
            if expr is not None:
                if t.codes[expr.end - 1] in ".,-" and (t.codes[expr.end - 1] != "." or t.words[expr.end - 2] in MONTHS):
                    expr = replace(expr, end=expr.end - 1)
                found.append(expr)
                taken[expr.first : expr.end] = b"\x01" * (expr.end - expr.first)
    found.sort(key=lambda e: e.first)
    return list(_joined(t, found))


_RANGE_KINDS = frozenset(("date", "month", "year", "weekday", "season", "quarter", "decade"))


def _joined(t: Tokens, found: list[Expr]) -> Iterator[Expr]:
    """Two expressions of a kind joined by "from - to", "between - and", a dash or "to" become one range."""
    i = 0
    while i < len(found):
        here = found[i]
        after = found[i + 1] if i + 1 < len(found) else None
        if after is not None and _range(t, here, after):
            yield Expr("range", here.first, after.end, left=here, right=after)
            i += 2
        elif after is not None and _with_year(t, here, after):
            yield replace(here, end=after.end, year=after.year)
            i += 2
        else:
            yield here
            i += 1


def _with_year(t: Tokens, a: Expr, b: Expr) -> bool:
    """A month or season directly before a year that the rules read alone ("January nineteen ninety-seven")."""
    return a.kind in ("month", "season") and a.year < 0 and not a.relation and b.kind == "year" and t.codes[a.end : b.first] in ("", "O", ",")


def _range(t: Tokens, a: Expr, b: Expr) -> bool:
    if a.kind not in _RANGE_KINDS or b.kind not in _RANGE_KINDS:
        return False
    between = t.codes[a.end : b.first].replace("d", "")
    before = t.words[a.first - 1] if a.first else ""
    if before == "the" and a.first > 1:
        before = t.words[a.first - 2]
    same = a.kind == b.kind or {a.kind, b.kind} <= {"date", "month", "year"}
    if not same:
        return False
    if between == "-":
        return a.kind == b.kind and t.spans[b.first][0] - t.spans[a.end - 1][1] <= 3
    if between == "R" and t.words[b.first - 1] != "until":
        return before == "from" or a.kind == b.kind and before not in ("since",)
    return between == "A" and before == "between"
