"""The same people in the same place on days that cannot both be true."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from dragoman.reconcile.findings import Finding, Place, grouped
from dragoman.reconcile.happenings import Dated, clause_of, place_of
from dragoman.reconcile.implied import Implied, supports
from dragoman.reconcile.lexicon import Lexicon
from dragoman.reconcile.passages import Passage, Written, contrasted, dates_clash
from dragoman.records import Article

_STAY = 5  # days that a visit may last
_ARRIVAL = re.compile(r"arriv|landed|flew")


def visit_findings(
    article: Article, passages: Sequence[Passage], said: Sequence[Implied], happenings: Sequence[Dated], lexicon: Lexicon
) -> Iterator[Finding]:
    """The same people in the same place on the same day of two years, or arriving on two days of a month."""
    present = [x for x in happenings if x.kind == "presence" and x.when.day is not None]
    for a, b in combinations(present, 2):
        if a.passage.i == b.passage.i or not dates_clash(a.when, b.when) or a.when.month != b.when.month:
            continue
        captions = "caption" in (a.passage.sentence.kind, b.passage.sentence.kind)
        if (
            (contrasted(a.passage, b.passage) and not captions)
            or a.passage.relative
            or b.passage.relative
            or not _same_company(a, b)
        ):
            continue
        if a.when.day == b.when.day or (captions and _one_stay(a.when, b.when)):
            if (a.when.month, a.when.day) in lexicon.annual and not captions:
                continue
        elif not (_ARRIVAL.search(a.trigger) and _ARRIVAL.search(b.trigger) and a.when.year == b.when.year):
            continue
        values = (a.when.iso, b.when.iso)
        sides = grouped(
            [
                (x.when.iso, place_of(x))
                for x in present
                if x.when.iso in values and (x in (a, b) or _same_company(x, a) or _same_company(x, b))
            ]
        )
        yield _visit(article, passages, said, a, b, sides)
        return


def _one_stay(a: Written, b: Written) -> bool:
    """Whether two days of one month, in years next to each other, would be days of one visit if the years agreed."""
    if a.day is None or b.day is None or a.year is None or b.year is None:
        return False
    return abs(a.year - b.year) == 1 and abs(a.day - b.day) <= _STAY


def _same_company(a: Dated, b: Dated) -> bool:
    """Who and where agree: the same subject (of a caption, anyone named in it), and a place of one is named by the other."""
    who_a = a.passage.names if a.passage.sentence.kind == "caption" else a.subject
    who_b = b.passage.names if b.passage.sentence.kind == "caption" else b.subject
    where = (a.passage.places & b.passage.names) | (b.passage.places & a.passage.names)
    return bool((who_a & who_b) - a.passage.places - b.passage.places) and bool(where)


def _visit(
    article: Article,
    passages: Sequence[Passage],
    said: Sequence[Implied],
    a: Dated,
    b: Dated,
    sides: tuple[tuple[str, tuple[Place, ...]], ...],
) -> Finding:
    years = [year for year in (a.when.year, b.when.year) if year is not None]
    favoured, why = None, ""
    if len(set(years)) == 2:
        support = supports(article, passages, said, years)
        weight = {year: sum(w for _, w in support[year]) for year in years}
        best = max(years, key=lambda year: weight[year])
        other = min(years, key=lambda year: weight[year])
        if weight[best] - weight[other] >= 0.8:
            favoured = (a if a.when.year == best else b).when.iso
            why = f"; {_list([words for words, _ in support[best]])}"
    about = clause_of(a)
    score = 0.9 if favoured else 0.75
    return Finding(
        "date", about, sides[:2], favoured, f"{about} is given two dates, {sides[0][0]} and {sides[1][0]}{why}", score
    )


def _list(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]
