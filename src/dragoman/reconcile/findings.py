"""What each check returns before it becomes a row: sides with their spans, a reason, a score."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dragoman.records import Article, Discrepancy, DiscrepancyKind, Evidence, Side, content_id


@dataclass(frozen=True, slots=True)
class Place:
    """A span of a sentence."""

    sentence: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Finding:
    """``sides`` in the order of the text; ``favoured`` is a value of a side or None."""

    kind: DiscrepancyKind
    about: str
    sides: tuple[tuple[str, tuple[Place, ...]], ...]
    favoured: str | None
    reason: str
    score: float


def rows(article: Article, findings: Iterable[Finding]) -> tuple[Discrepancy, ...]:
    """Rows in the order of their first side; findings that share a pair of sentences are told once, the surest first."""
    told: list[Finding] = []
    for finding in sorted(findings, key=lambda f: (-f.score, f.sides[0][1][0].start, f.kind)):
        if not any(
            _pair(finding) & _pair(earlier) for earlier in told if earlier.kind == finding.kind or finding.score < earlier.score
        ):
            told.append(finding)
    told.sort(key=lambda f: (f.sides[0][1][0].start, f.sides[1][1][0].start, f.kind))
    return tuple(_row(article, finding) for finding in told)


def _pair(finding: Finding) -> set[tuple[int, int]]:
    first, second = ({place.sentence for place in places} for _, places in finding.sides[:2])
    return {(min(a, b), max(a, b)) for a in first for b in second}


def _row(article: Article, finding: Finding) -> Discrepancy:
    sides = tuple(
        Side(value, tuple(Evidence(article.id, place.sentence, place.start, place.end) for place in places))
        for value, places in finding.sides
    )
    values = [value for value, _ in finding.sides]
    favoured = values.index(finding.favoured) if finding.favoured in values else None
    spans = [(value, [(place.start, place.end) for place in places]) for value, places in finding.sides]
    return Discrepancy(
        content_id("discrepancy", article.id, finding.kind, spans),
        finding.kind,
        finding.about,
        sides,
        favoured,
        finding.reason,
        finding.score,
    )


def grouped(pairs: Iterable[tuple[str, Place]]) -> tuple[tuple[str, tuple[Place, ...]], ...]:
    """One side a value, in the order in which the values first stand in the text."""
    sides: dict[str, list[Place]] = {}
    for value, place in sorted(set(pairs), key=lambda pair: (pair[1].start, pair[0])):
        sides.setdefault(value, []).append(place)
    return tuple((value, tuple(places)) for value, places in sides.items())
