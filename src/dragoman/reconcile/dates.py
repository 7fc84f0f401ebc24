"""Two dates for one happening, a date that an anniversary excludes, a weekday that is not that of its date.

Two passages speak of one happening only if words, names and definiteness say so; what can happen twice (visits, elections,
invasions) needs dates that differ in one part alone, since people misprint a year or a day but live through many.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from dragoman.reconcile.findings import Finding, Place, grouped
from dragoman.reconcile.happenings import WORD, Dated, clause_of, dated, place_of
from dragoman.reconcile.implied import Implied, implied, present_year, supports
from dragoman.reconcile.lexicon import Lexicon
from dragoman.reconcile.passages import WEEKDAYS, Passage, Written, contrasted, dates_clash, stem, true_weekday, unlike
from dragoman.reconcile.visits import visit_findings
from dragoman.records import Article

ONCE = frozenset({"birth", "death", "founding", "signing", "effect"})
_RELATION = re.compile(
    r"[’']s\s+(?:\w+\s+)?(?:father|mother|son|daughter|wife|husband|brother|"
    r"sister|widow|uncle|nephew|grandfather|predecessor|successor|deputy|aide)\b|"
    r"\b(?:his|her|whose)\s+(?:\w+\s+)?(?:father|mother|son|daughter|wife|husband|"
    r"brother|sister|grandfather)\b"
)
_INDEFINITE = r"\b(?:a|an|another|several|many|two|three)\s+(?:[\w-]+\s+){0,3}"
_BEGAN = re.compile(r"began|started|broke out|erupted")
_SHARE = re.compile(r"\d\s*(?:%|percent|per cent)")
_NEW = re.compile(
    r"\s*(?:(?:when|since|after|as)\s+)?(?:an?|another)\s", re.IGNORECASE
)  # "a memorandum on the truce was signed"
_SAME_WORD = frozenset({"office", "outbreak", "killing", "movement"})


def date_findings(article: Article, passages: Sequence[Passage], lexicon: Lexicon) -> Iterator[Finding]:
    """Every finding about dates."""
    yield from _weekdays(passages)
    happenings = [found for passage in passages for found in dated(passage, lexicon)]
    yield from _twice(happenings, lexicon)
    if not any(x.when.year is not None and x.when.month is not None for x in happenings):
        return
    said = implied(article, passages)
    found = list(visit_findings(article, passages, said, happenings, lexicon))
    yield from found
    if not found:
        yield from _anniversaries(article, passages, said, happenings)


def _weekdays(passages: Sequence[Passage]) -> Iterator[Finding]:
    for passage in passages:
        for when in passage.dates:
            if when.year is None or when.day is None or when.month is None:
                continue
            true = true_weekday(when)
            place = Place(passage.i, when.start, when.end)
            if true is None:
                yield Finding(
                    "date",
                    f"the date {when.iso}",
                    ((when.iso, (place,)), ("no such day", (place,))),
                    None,
                    f"there is no day {when.iso}",
                    0.8,
                )
            elif when.weekday is not None and when.weekday != true and when.year >= 1930:
                said, is_ = WEEKDAYS[when.weekday].title(), WEEKDAYS[true].title()
                reason = f"{when.iso} was a {is_}, not a {said}"
                yield Finding(
                    "date", f"the day {when.iso}", ((said, (place,)), (f"{when.iso}, a {is_}", (place,))), None, reason, 0.85
                )


def _twice(happenings: Sequence[Dated], lexicon: Lexicon) -> Iterator[Finding]:
    for a, b in combinations(happenings, 2):
        if a.kind != b.kind or a.kind == "presence" or a.passage.i == b.passage.i or not dates_clash(a.when, b.when):
            continue
        if contrasted(a.passage, b.passage) or not _one_happening(a, b, lexicon):
            continue
        pairs = [
            (x.when.iso, place_of(x))
            for x in happenings
            if x.kind == a.kind
            and x.when.iso in (a.when.iso, b.when.iso)
            and (x is a or x is b or _one_happening(x, a, lexicon))
        ]
        sides = grouped(pairs)
        if len(sides) < 2:
            continue
        counts = {value: len(places) for value, places in sides}
        first, second = sides[0][0], sides[1][0]
        favoured = first if counts[first] > counts[second] else second if counts[second] > counts[first] else None
        why = f"; {favoured} is said {counts[favoured]} times" if favoured else ""
        about = clause_of(a)
        yield Finding(
            "date", about, sides[:2], favoured, f"two dates for one happening ({about}): {first} and {second}{why}", 0.75
        )


def _one_happening(a: Dated, b: Dated, lexicon: Lexicon) -> bool:
    if a.kind in ("birth", "death"):
        less, more = sorted((a.subject, b.subject), key=len)
        return bool(less) and less <= more and not _RELATION.search(a.clause) and not _RELATION.search(b.clause)
    common = a.stems & b.stems
    if not common or _SHARE.search(a.clause) or _SHARE.search(b.clause) or not _same_doers(a, b, lexicon):
        return False
    near = _one_part_differs(a.when, b.when) or _one_beginning(a, b)
    once = a.kind in ONCE and a.passive == b.passive and (a.kind != "signing" or a.passive or a.subject == b.subject)
    if not (once or near) or (a.kind in _SAME_WORD and a.trigger != b.trigger):
        return False
    enough = len(common) >= 2 and len(common) >= 0.5 * min(len(a.stems), len(b.stems))
    known = not _NEW.match(b.clause) and not _indefinite(b, common, lexicon) and (near or not _indefinite(a, common, lexicon))
    return known and (enough or _bare_again(a, b, common, lexicon))


def _same_doers(a: Dated, b: Dated, lexicon: Lexicon) -> bool:
    """No doer of one that the other does not know, where one tells it in the passive; no names on both sides that the other
    lacks."""
    if a.passive != b.passive:
        active, other = (b, a) if a.passive else (a, b)
        if active.subject - other.passage.names:
            return False
    return not (unlike(a.names, b.passage.names, lexicon) and unlike(b.names, a.passage.names, lexicon))


def _one_beginning(a: Dated, b: Dated) -> bool:
    """ "Work on the canal began in 1881 ... when the work on the canal began in 1889": what is known begins in one year."""
    years = a.when.month is None and b.when.month is None
    known = " the " in f" {a.clause[:40].lower()}" and " the " in f" {b.clause[:40].lower()}"
    return a.kind == "outbreak" and bool(_BEGAN.match(a.trigger)) and years and known and len(a.stems & b.stems) >= 2


def _one_part_differs(a: Written, b: Written) -> bool:
    """Only the year, or only month and day within a year."""
    if a.day is not None and b.day is not None and a.month == b.month and a.day == b.day:
        return a.year != b.year
    return a.year == b.year and a.year is not None and a.month is not None and b.month is not None


def _bare_again(a: Dated, b: Dated, common: frozenset[str], lexicon: Lexicon) -> bool:
    """ "The truce took effect" after "the truce between X and Y took effect": one shared word, definite, right before the
    verb."""
    heads = []
    for x in (a, b):
        before = x.clause[: x.clause.lower().find(x.trigger)] if x.trigger in x.clause.lower() else ""
        found = re.search(r"\b[Tt]he\s+((?:[\w-]+\s+){1,3})(?:between[^,]*|of[^,]*|was\s+|had\s+|were\s+)*$", before)
        heads.append(frozenset(stem(word.lower(), lexicon) for word in WORD.findall(found[1])) if found else frozenset())
    return bool(heads[0] & heads[1] & common) and a.when.year == b.when.year


def _indefinite(x: Dated, common: frozenset[str], lexicon: Lexicon) -> bool:
    found = re.finditer(_INDEFINITE + r"[\w-]+", x.clause, re.IGNORECASE)
    return any(stem(word.lower(), lexicon) in common for match in found for word in match.group().split()[1:3])


def _anniversaries(
    article: Article, passages: Sequence[Passage], said: Sequence[Implied], happenings: Sequence[Dated]
) -> Iterator[Finding]:
    """A dated happening on an occasion that fixes another year."""
    published = present_year(article)
    for one in said:
        holder = next(passage for passage in passages if passage.i == one.place.sentence)
        for x in happenings:
            year = x.when.year
            if year is None or year == one.year or abs(year - one.year) > 2 or x.when.month is None:
                continue
            same = x.passage.i == holder.i and one.place.start >= x.when.start
            linked = (
                0 < holder.i - x.passage.i <= 3
                and bool(x.passage.names & holder.names)
                and not holder.dates
                and not contrasted(x.passage, holder)
            )
            ordinal = re.search(r"([\w-]+)\s+year\b", one.words)
            echo = (
                ordinal is not None
                and x.passage.i != holder.i
                and re.search(rf"\b{re.escape(ordinal[1])}\s+year\b", x.passage.text) is not None
            )
            early = "enter" in one.words and year == one.year + 1  # the fourth year runs into the next calendar year
            if not (same or linked or echo) or early or (published == year and not same and not echo):
                continue
            support = supports(article, passages, said, [year, one.year])
            weight = {y: sum(w for words, w in support[y] if words != one.words) for y in (year, one.year)}
            favoured = None
            if abs(weight[year] - weight[one.year]) >= 0.7:
                favoured = x.when.iso if weight[year] > weight[one.year] else str(one.year)
            sides = ((x.when.iso, (place_of(x),)), (str(one.year), (one.place,)))
            yield Finding("date", clause_of(x), sides, favoured, f"the date is {x.when.iso}, but {one.words}", 0.7)
