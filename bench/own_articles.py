"""Scores the reader on the project's own short articles (``tests/articles``).

Each article is a plain text beside an ``.expected.toml`` of three tables:

    events      words of the sentence, source, target, root, modality, asserted by
    statements  speaker, first words
    absent      words of the sentence, source, target, root, modality, why no such row may be there

States are ISO alpha-3, IGO for organisations of states, ``-`` for nobody known. Where readers may differ, a cell names the
readings with a slash; ``*`` is anything. ``ongoing`` counts as ``happened``. Direction does not count for AGREE, CONSULT
and COOPERATE.

    python -m bench.own_articles            counts, and every row that is missed or should not be there
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.records import ActorRef, Document, Event, Record, Statement

if TYPE_CHECKING:
    from dragoman.reader import Reader

FOLDER = Path(__file__).parents[1] / "tests" / "articles"
MUTUAL = ("AGREE", "CONSULT", "COOPERATE")


@dataclass(frozen=True, slots=True)
class Expected:
    """A row of ``events`` or ``absent``; ``note`` is who asserts the event, or why it may not be there."""

    words: str
    source: str
    target: str
    root: str
    modality: str
    note: str

    def __str__(self) -> str:
        return f"{self.source} {self.root} {self.target} ({self.modality}): “{self.words}”"


@dataclass(frozen=True, slots=True)
class OwnArticle:
    name: str
    kind: str
    text: str
    published: str | None
    events: tuple[Expected, ...]
    statements: tuple[tuple[str, str], ...]
    absent: tuple[Expected, ...]

    @property
    def document(self) -> Document:
        return Document(text=self.text, published=self.published)


@dataclass(slots=True)
class Score:
    """Counts of expected rows and of those found; ``missed`` and ``forbidden`` name the others."""

    events: int = 0
    found: int = 0
    modality: int = 0
    modality_right: int = 0
    asserted: int = 0
    asserted_right: int = 0
    statements: int = 0
    statements_found: int = 0
    absent: int = 0
    missed: list[str] = field(default_factory=list)
    forbidden: list[str] = field(default_factory=list)

    def shares(self) -> dict[str, float]:
        """What has a floor: the share found or right, and of the forbidden rows the share that is not there."""
        return {
            "events": self.found / max(self.events, 1),
            "modality": self.modality_right / max(self.modality, 1),
            "asserted_by": self.asserted_right / max(self.asserted, 1),
            "statements": self.statements_found / max(self.statements, 1),
            "forbidden_left_out": 1 - len(self.forbidden) / max(self.absent, 1),
        }

    def __str__(self) -> str:
        rows = (
            ("required events found", self.found, self.events),
            ("modality right, of those", self.modality_right, self.modality),
            ("asserted_by right, of those", self.asserted_right, self.asserted),
            ("required statements found", self.statements_found, self.statements),
            ("forbidden rows produced", len(self.forbidden), self.absent),
        )
        return "\n".join(f"{title:<28} {part:>4} of {whole:>4}  {part / max(whole, 1):.2f}" for title, part, whole in rows)


def load(folder: Path = FOLDER) -> list[OwnArticle]:
    """The articles in the order of their names.

    Raises ValueError where a file breaks the format: a row whose words do not stand exactly once in its text.
    """
    articles = []
    for path in sorted(folder.glob("*.txt")):
        table = tomllib.loads(path.with_suffix(".expected.toml").read_text("utf-8"))
        published = table.get("published")
        article = OwnArticle(
            name=path.stem,
            kind=table["kind"],
            text=path.read_text("utf-8"),
            published=published.isoformat() if published else None,
            events=tuple(Expected(*row) for row in table.get("events", [])),
            statements=tuple((speaker, words) for speaker, words in table.get("statements", [])),
            absent=tuple(Expected(*row) for row in table.get("absent", [])),
        )
        words = [row.words for row in (*article.events, *article.absent)] + [first for _, first in article.statements]
        for phrase in words:
            if article.text.count(phrase) != 1:
                raise ValueError(
                    f"{path.name}: {phrase!r} stands {article.text.count(phrase)} times in the text, expected once"
                )
        articles.append(article)
    return articles


def score(reader: Reader, articles: Iterable[OwnArticle]) -> Score:
    """Read the articles and count."""
    total = Score()
    for article in articles:
        for record in reader.pipe([article.document]):
            add(total, article, record)
    return total


def add(total: Score, article: OwnArticle, record: Record) -> None:
    """Add the counts of one article's record to ``total``."""
    sector = {actor.id: actor.country for actor in record.actors}
    for row in article.events:
        total.events += 1
        hits = [event for event in _in_sentence(record, row.words) if _fits(event, row, modality=False)]
        if not hits:
            total.missed.append(f"{article.name}: {row}")
            continue
        total.found += 1
        if row.modality != "*":
            total.modality += 1
            total.modality_right += any(_fits(event, row) for event in hits)
        if row.note != "*":
            total.asserted += 1
            total.asserted_right += any((sector.get(event.asserted_by or "") or "") == row.note for event in hits)
    for speaker, first in article.statements:
        total.statements += 1
        if any(_is(statement.speaker, speaker) for statement in _said(record, first)):
            total.statements_found += 1
        else:
            total.missed.append(f"{article.name}: {speaker} says “{first}”")
    for row in article.absent:
        total.absent += 1
        if any(_fits(event, row, mutual=False) for event in _in_sentence(record, row.words)):
            total.forbidden.append(f"{article.name}: {row}, but {row.note}")


def _span(record: Record, words: str) -> tuple[int, int]:
    start = record.article.text.find(words)
    return (start, start + len(words)) if start >= 0 else (-1, -1)


def _in_sentence(record: Record, words: str) -> list[Event]:
    """The events whose evidence overlaps the words' own sentence."""
    start, end = _span(record, words)
    own = [sentence.i for sentence in record.article.sentences if sentence.start < end and sentence.end > start]
    return [event for event in record.events if event.evidence[0].sentence in own]


def _said(record: Record, words: str) -> list[Statement]:
    start, end = _span(record, words)
    return [s for s in record.statements if s.content.start < end and s.content.end > start]


def _is(reference: ActorRef, country: str) -> bool:
    return country == "*" or (reference.country or "-") == country


def _fits(event: Event, row: Expected, *, modality: bool = True, mutual: bool = True) -> bool:
    straight = _is(event.source, row.source) and _is(event.target, row.target)
    turned = (mutual and event.root in MUTUAL) or event.mutual
    if not straight and not (turned and _is(event.source, row.target) and _is(event.target, row.source)):
        return False
    if row.root != "*" and event.root not in row.root.split("/"):
        return False
    plain = "happened" if event.modality == "ongoing" else event.modality
    return not modality or row.modality == "*" or plain in row.modality.split("/")


def figures() -> dict[str, float]:
    """The shares, for ``python -m bench``."""
    from dragoman.reader import load as load_reader

    return score(load_reader(), load()).shares()


def main(arguments: Sequence[str] = ()) -> int:
    from dragoman.reader import load as load_reader

    articles = load()
    total = score(load_reader(), articles)
    out = [
        f"{len(articles)} own articles",
        str(total),
        "",
        "Missed:",
        *total.missed,
        "",
        "Forbidden but there:",
        *total.forbidden,
    ]
    sys.stdout.write("\n".join(out) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
