"""What a brief rests on: how many articles, of which outlets and days, how it was made, and what was held back."""

from __future__ import annotations

from collections import Counter

from dragoman.brief import english
from dragoman.brief.document import Brief, Line
from dragoman.brief.material import Material


def coverage_lines(material: Material, brief: Brief) -> tuple[Line, ...]:
    """Sentences on coverage and method; every number is counted from the material and the brief itself."""
    joined = sorted({e.document for e in material.events})
    texts = [material.texts[d] for d in joined]
    was = "It was" if len(joined) == 1 else "They were"
    days = sorted(t.published.first for t in texts if t.published)
    outlets = Counter(t.outlet for t in texts if t.outlet)
    first = english.with_article(material.question.first.name)
    sides = "the two" if material.question.second else f"{first} and others"
    out = [
        f"The archive holds {english.count_words(material.archive_articles, 'article')}; "
        f"{english.count_words(len(joined), 'article')} {'joins' if len(joined) == 1 else 'join'} {sides} in an event."
    ]
    if days:
        span = (
            english.day_words(days[0])
            if days[0] == days[-1]
            else f"{english.day_words(days[0])} to {english.day_words(days[-1])}"
        )
        if all(t.published and t.published.precision == "year" for t in texts):
            years = sorted({d.year for d in days})
            span = str(years[0]) if len(years) == 1 else f"{years[0]} to {years[-1]}"
        out.append(f"{was} published {'in' if span.isdigit() else 'on' if days[0] == days[-1] else 'from'} {span}.")
    undated = sum(t.published is None for t in texts)
    if undated:
        out.append(f"{_capital(english.count_words(undated, 'article'))} {'has' if undated == 1 else 'have'} no date.")
    if outlets:
        out.append(f"Outlets: {english.listed(f'{name} ({n})' for name, n in outlets.most_common(8))}.")
    copies = sum(material.copies.get(d, d) != d for d in joined)
    if copies:
        out.append(
            f"{_capital(english.count_words(copies, 'article'))} {'repeats' if copies == 1 else 'repeat'} another "
            f"and {'is' if copies == 1 else 'are'} not counted as a further source."
        )
    printed = sum(line.kind not in ("measure", "coverage") for line in brief.lines())
    out.append(
        "Every sentence was written from coded rows by a fixed grammar and then read again, by a separate "
        "verifier, against the "
        "passage it cites: actors, action, direction, modality, date, number and attribution."
    )
    rows = {row for line in brief.lines() for row in line.rows}
    plainer = sum(refused.line.rows[0] in rows for refused in brief.refused)
    out.append(
        f"{_capital(english.count_words(printed, 'sentence'))} passed and {'is' if printed == 1 else 'are'} printed; "
        f"{english.count_words(len(brief.refused), 'sentence')} {'was' if len(brief.refused) == 1 else 'were'} "
        f"refused and left out{_for_plainer(plainer, len(brief.refused))}."
    )
    out.append(
        "Sentences that could not be put by the grammar are quoted as the report has them. “Undated” means that "
        "the passage gives "
        "the event no date; the report's date then stands in its place."
    )
    return tuple(Line(text, "coverage") for text in out)


def _for_plainer(some: int, refused: int) -> str:
    """How many of the refused sentences have a plainer one of the same row in their place."""
    if not some:
        return ""
    of = "" if some == refused else f"{english.number(some)} of them "
    return f", {of}for {'a plainer one of the same row' if some == 1 else 'plainer ones of the same rows'}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
