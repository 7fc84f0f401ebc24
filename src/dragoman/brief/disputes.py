"""Which of the record's discrepancies concern a brief: for its disputed points, and for the dates that it tells."""

from __future__ import annotations

from datetime import date

from dragoman.brief.material import Discrepancy, Material
from dragoman.brief.verify.words import countries
from dragoman.brief.writing.events import Dispute


def joining(material: Material) -> list[Discrepancy]:
    """Discrepancies whose passages name every party, in and between articles that join them."""
    documents = {e.document for e in material.events}
    out = []
    for row in material.discrepancies:
        places = {place for side in row.sides for place in side.evidence}
        here = countries(" ".join(material.texts[d].words(i) for d, i in sorted(places)))
        if all(set(p.countries) & here for p in material.question.parties) and any(d in documents for d, _ in places):
            out.append(row)
    return out


def disputed_dates(material: Material) -> dict[str, tuple[Dispute, ...]]:
    """By article the dates that it cannot all have right, so that none of them is told as certain."""
    out: dict[str, list[Dispute]] = {}
    for row in material.discrepancies:
        if row.kind != "date":
            continue
        days = [_day(s.value) for s in row.sides]
        if any(d is None for d in days):
            continue
        favoured = days[row.favoured] if row.favoured is not None else None
        for document in {d for s in row.sides for d, _ in s.evidence}:
            cited = tuple(next((i for d, i in s.evidence if d == document), -1) for s in row.sides)
            if -1 not in cited:
                out.setdefault(document, []).append(Dispute(tuple(d for d in days if d), favoured, cited))
    return {k: tuple(v) for k, v in out.items()}


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
