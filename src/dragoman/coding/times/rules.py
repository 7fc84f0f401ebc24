"""The rules of the time grammar: patterns over the letters of ``words``, and what joins two expressions into one.

Rules are tried in order, longer and surer ones first; a token belongs to one expression. Every pattern is a regular one
without nested repeats, so the time is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from dragoman.coding.times import dates, relative
from dragoman.coding.times.expressions import Builder, Expr, number_at, unit_of
from dragoman.coding.times.lexicon import Tokens
from dragoman.coding.times.words import MONTHS

_APPROX = r"(?:y|QV)?"
_WD = r"(?:(?P<w>D)\.?,?)?"
_CLOCK = r"(?:C[W ]?,?i?)?"
_REL = r"(?P<r>[lqpxftchmz])"

_RULES: tuple[tuple[str, Builder], ...] = (
    # Whole dates
    (rf"{_CLOCK}Z", dates.numeric),
    (rf"{_CLOCK}{_WD}(?P<m>M)\.?(?P<d>[0o])(?:[-AR](?P<d2>[0o]))?,?(?:O)?(?P<y>Y)", dates.date),
    (rf"{_CLOCK}{_WD}(?P<d>[0o])(?:[-AR](?P<d2>[0o]))?(?:O|-)?(?P<m>M)\.?,?-?(?P<y>Y)", dates.date),
    (r"(?P<d>0)(?P<m>M)\.?(?P<y>0)(?![0A-])", dates.date),
    (rf"d(?P<u>U)O{_WD}(?P<m>M)\.?(?P<d>[0o])(?:,?(?P<y>Y))?", dates.week_of),
    # Months with a year
    (r"(?:e-?|dJO|J-?O?)?(?P<m>M)\.?(?:,|O|(?:OdU))?(?P<y>Y)", dates.month),
    (r"(?:e-?|dJO)?(?P<m>M)\.?O?d?(?P<r>[lxth])U", dates.month),
    # Days without a year
    (r"(?P<r>[lxt])(?P<m>M)\.?(?P<d>[0o])", dates.date),
    (rf"{_CLOCK}{_WD}(?P<m>M)\.?(?P<d>[0o])(?:[-AR](?P<d2>[0o]))?(?!%)", dates.date),
    (rf"{_CLOCK}{_WD}d?(?P<d>[0o])(?:[-AR](?P<d2>[0o]))?O?(?P<m>M)\.?", dates.date),
    # Years, decades, centuries
    (r"(?P<y>Y)[-/](?P<b>0)(?![-/0])", dates.short_range),
    (r"d?(?:e-?)?(?P<s>s)", dates.decade),
    (r"(?:d)?(?:e-?)?(?P<o>o|n-o)-?(?P<u>U)(?<=U)", dates.century),
    (r"(?:dU)?(?P<n>nn-?n|nn)(?!U)", dates.spoken_year),
    # Quarters, halves, seasons
    (r"I[O,-]?(?P<y>Y)?|(?P<y2>Y)-?I", dates.figured),
    (r"(?:d?U-?[Gk])u?-?(?P<o>o)-?U", relative.earlier_quarter),
    (r"d?(?P<y>Y)u?(?P<o>o)-?(?P<u>U)", dates.quarter),
    (r"(?P<r>[lxth])U'u?(?P<o>o)-?(?P<u>U)", dates.quarter),
    (r"(?P<r>l)U'(?P<u>U)", lambda t, m: relative.earlier_quarter(t, m) if unit_of(t, m) in ("quarter", "period") else None),
    (r"dz?(?P<u>U)(?P<r>l)U", lambda t, m: relative.earlier_quarter(t, m) if unit_of(t, m) in ("quarter", "period") else None),
    (r"d(?P<y>Y)(?P<u>U)", dates.quarter_of_year),
    (r"(?:d|W')?u?-?(?P<o>o)u?-?(?P<u>U)(?:,?O?(?:uU?|dU)?(?P<y>Y)|Od?(?P<r>[lxthf])U)?", dates.quarter),
    (r"d?(?P<o>o)-?N(?:O(?:u)?(?P<y>Y)|Od?(?P<r>[lxth])U)", dates.quarter),
    (r"(?:e-?|dJO)?d?(?P<s>S)(?:OdU|O|,)?(?P<y>Y)", dates.season),
    (r"(?:e-?)?(?P<r>[lqtxfh]|tq)(?P<s>S)", dates.season),
    (r"(?:e-?|dJO)?d?(?P<s>S)O?(?P<r>[lxth])U", dates.season),
    (r"(?<=[iR])d?(?:e-?)?(?P<s>S)", dates.season),
    (r"(?<=[ikK])d(?:e-)?(?P<s>S)", dates.season),
    (r"d(?P<o>o)n(?P<u>U)", lambda t, m: None),
    (r"d(?P<o>[ol])(?P<n>[n0])(?P<u>U)O(?:u?(?P<y>Y)|d?(?P<r>[txl])?U)", dates.months_of),
    (
        r"d?(?:z)?U-?[Gk]-?U",
        lambda t, m: relative.earlier_quarter(t, m) if t.words[m.end() - 1] in ("quarter", "period") else None,
    ),
    # Units by relation
    (r"d?(?P<r>[lqx])(?P<n>[n0]N?(?:-?n)?|v|a?vO?)(?P<u>U)", relative.stretch),
    (rf"{_APPROX}(?P<n>[0an](?:-?n)?|avO?|v)(?P<u>U)(?P<g>[GkK])", relative.shift),
    (r"(?P<u>U)-(?P<g>[kG])", relative.year_earlier),
    (
        r"d?(?P<u>U)b(?P<r>l)(?P<w>D)",
        lambda t, m: Expr("weekday", m.start(), m.end(), weekday=number_at(t, m, "w"), relation="last", unit=unit_of(t, m)),
    ),
    (r"dJO(?P<r>[tclxh])u?(?P<u>U)", relative.whole),
    (r"(?:dJO|dJOd|[kKe]id|[kK]i)d?(?P<u>U)(?!-)", relative.whole),
    (r"dJO(?P<y>Y)", dates.plain_year),
    (r"y?(?P<u>U)-?J", lambda t, m: dates.year_end(t, m) if t.words[m.end() - 1] == "end" else None),
    (rf"{_WD}O?(?P<r>[ltx])(?P<u>U)", lambda t, m: relative.weekday_week(t, m) if m.start("w") >= 0 else None),
    (rf"(?:[kK]|e-?)?d?{_REL}u?(?P<u>U)(?!-U)", relative.unit),
    # Days of the week and today
    (rf"{_CLOCK}(?P<r>[lxt])(?P<w>D)P?", relative.weekday),
    (rf"{_CLOCK}(?P<r>p)(?P<w>D)P?", relative.weekday),
    (r"(?:d(?P<r>[pfx]))(?P<w>D)P?", relative.weekday),
    (rf"(?:e-?Pi)?P?{_CLOCK}(?P<w>D)P?(?:i?C)?", relative.weekday),
    (r"(?:e)(?P<t>T)", relative.day),
    (rf"{_CLOCK}(?P<t>T)P?", relative.day),
    (r"d?(?P<r>[tlhxfp])P", relative.part),
    (r"(?P<r>[tlxp])?H[WUD]?(?:,?(?P<y>Y))?", dates.holiday),
    (r"WU'[WwU](?:,?(?P<y>Y))?", dates.new_year),
    # Bare months, years, clocks, "the quarter"
    (r"(?:e-?|dJO)?(?P<r>[lxtpfq]|tq)?(?P<m>M)\.?", dates.month),
    (r"(?:e-?|u)?(?:uU|u|dU)?(?P<y>Y)", dates.plain_year),
    (r"d[uw](?P<u>U)(?!-)", relative.full_year),
    (r"d(?P<u>U)(?!-)", relative.the_unit),
    (r"C", dates.clock),
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
    return (
        a.kind in ("month", "season")
        and a.year < 0
        and not a.relation
        and b.kind == "year"
        and t.codes[a.end : b.first] in ("", "O", ",")
    )


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
        return before == "from" or (a.kind == b.kind and before not in ("since",))
    return between == "A" and before == "between"
