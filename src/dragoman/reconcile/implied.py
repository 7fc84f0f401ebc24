"""Years that an article's own words fix: anniversaries, "enters its fourth year", captions, the day of publication,
copyright lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.coding.times.anniversaries import implied_years
from dragoman.reconcile.findings import Place
from dragoman.reconcile.passages import Passage
from dragoman.records import Article

_COPYRIGHT = re.compile(r"(?:copyright|©|\(c\))[^\n]{0,20}?(?:\b(?:19|20)\d\d\s*[-–]\s*)?\b((?:19|20)\d\d)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Implied:
    """A year that words imply; ``words`` say how, for the reason."""

    year: int
    words: str
    place: Place
    weight: float


def implied(article: Article, passages: Sequence[Passage]) -> tuple[Implied, ...]:
    """The years in which the article's present lies, by its anniversaries and counted years."""
    found: list[Implied] = []
    for start, end, text, year, _ in implied_years(article):
        holder = next((passage.i for passage in passages if passage.sentence.start <= start < passage.sentence.end), None)
        if holder is not None:
            words = " ".join(text.split()[:9])
            if any(one.year == year and one.words[:6] == f"“{text[:5]}" for one in found):
                continue  # the same anniversary named again
            found.append(Implied(year, f"“{words}” gives {year}", Place(holder, start, end), 1.0))
    return tuple(found)


def present_year(article: Article) -> int | None:
    """The year of publication, None where it is not known."""
    day = article.published.from_ if article.published else None
    return int(day[:4]) if day and day[:4].isdigit() else None


def supports(
    article: Article, passages: Sequence[Passage], said: Sequence[Implied], years: Sequence[int]
) -> dict[int, list[tuple[str, float]]]:
    """For each of the years, what of the article's present speaks for it: words and weight."""
    found: dict[int, list[tuple[str, float]]] = {year: [] for year in years}
    captions = [when.year for passage in passages if passage.sentence.kind == "caption" for when in passage.dates if when.year]
    for year in years:
        told = captions.count(year)
        if told:
            found[year].append(
                (f"{_number(told)} caption{'s' if told > 1 else ''} say{'' if told > 1 else 's'} {year}", float(told))
            )
    for one in said:
        if one.year in found:
            found[one.year].append((one.words, one.weight))
    published = present_year(article)
    sure = (
        article.published is not None and article.published.how != "inferred"
    )  # inferred comes from captions and copyright itself
    if published in found and sure:
        found[published].append((f"the article was published in {published}", 0.8))
    text = article.text + "\n" + "\n".join(discard.detail or discard.text for discard in article.discards)
    copyright_year = max((int(year) for year in _COPYRIGHT.findall(text)), default=None)
    if copyright_year in found:
        found[copyright_year].append((f"the copyright line runs to {copyright_year}", 0.4))
    return found


def _number(n: int) -> str:
    return ("no", "one", "two", "three", "four", "five", "six")[n] if n < 7 else str(n)
