"""Passages of one article that cannot all be true, each side with its sentence and the reason.

Works from words, names and dates as written, so that it needs no coded event. Silence is the rule where two passages may
speak of different times, places, parts or persons: a false alarm costs a reader more than a missed one.
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.reconcile import lexicon
from dragoman.reconcile.clashing_counts import count_findings
from dragoman.reconcile.dates import date_findings
from dragoman.reconcile.findings import rows
from dragoman.reconcile.implied import present_year
from dragoman.reconcile.outcomes import outcome_findings
from dragoman.reconcile.passages import passages
from dragoman.reconcile.voices import voice_findings
from dragoman.records import Article, Discrepancy, Event, Figure, Time


def discrepancies(
    article: Article,
    actors: object = None,
    events: Sequence[Event] = (),
    figures: Sequence[Figure] = (),
    times: Sequence[Time] = (),
) -> tuple[Discrepancy, ...]:
    """The discrepancies of an article in the order of the text, none where its passages agree.

    Parameters: ``figures`` are those of ``coding.findings.figures``; without them no counts are compared. ``actors``,
    ``events`` and ``times`` are part of the stage's interface and not needed. A side's ``value`` is an ISO date, a number,
    the words of an outcome, or a name; ``favoured`` is None where nothing in the article decides; ``score`` ranks the
    findings by how surely the words show that both sides speak of one thing; it is no probability (bench/discrepancies.py).
    """
    del actors, events, times
    lists = lexicon.load()
    read = passages(article, lists)
    present = present_year(article)
    found = [
        *date_findings(article, read, lists),
        *count_findings(article, read, figures, lists, present),
        *outcome_findings(read, lists, present),
        *voice_findings(read, lists),
    ]
    return rows(article, found)
