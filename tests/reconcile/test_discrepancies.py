"""Passages that cannot all be true: the planted ones are found with their reason, look-alikes are not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman import codebook
from dragoman.coding.actors.resolver import Resolver
from dragoman.coding.findings.figures import figures
from dragoman.reconcile.discrepancies import discrepancies
from dragoman.records import Article, Discrepancy, Interval, Sentence, content_id

RESOLVER = Resolver(codebook.load())
ROWS = [
    json.loads(line) for path in sorted(Path(__file__).parent.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()
]


def article(sentences: list[list[str]], published: str | None = None) -> Article:
    text, spans = "", []
    for i, (kind, words) in enumerate(sentences):
        spans.append(Sentence(i, kind, len(text), len(text) + len(words)))  # type: ignore[arg-type]
        text += words + (" " if kind == "body" else "\n")
    day = Interval(published, published, "day", "metadata") if published else None
    return Article(content_id(text), None, None, (), "en", None, day, (), None, text, tuple(spans))


def read(sentences: list[list[str]], published: str | None = None) -> tuple[Discrepancy, ...]:
    made = article(sentences, published)
    actors = RESOLVER.article(made)
    return discrepancies(made, actors, (), figures(made, actors), ())


@pytest.mark.parametrize("row", [row for row in ROWS if not row["expected"]], ids=lambda row: row["id"])
def test_look_alikes_raise_no_alarm(row: dict[str, Any]) -> None:
    assert [one.reason for one in read(row["sentences"], row["published"])] == []


def test_seven_of_eight_planted_contradictions_are_found_and_nothing_else() -> None:
    planted = [row for row in ROWS if row["expected"]]
    found = 0
    for row in planted:
        (wanted,) = row["expected"]
        for one in read(row["sentences"], row["published"]):
            assert one.kind == wanted["kind"], (row["id"], one.reason)
            assert set(wanted["sides"]) <= {span.sentence for side in one.sides for span in side.evidence}, row["id"]
            found += 1
    assert found >= 7 / 8 * len(planted)


def test_captions_an_anniversary_and_the_year_of_a_war_decide_an_arrival() -> None:
    (one,) = read(
        [
            ["body", "President Xi Jinping of China arrived in Russia on May 8, 2024, for a state visit."],
            ["body", "The two states mark the 80th anniversary of the Allied victory over Nazi Germany."],
            ["body", "Russia's war in Ukraine enters its fourth year."],
            ["caption", "Xi Jinping and Vladimir Putin in Moscow, Russia, on May 8, 2025."],
        ]
    )
    assert [side.value for side in one.sides] == ["2024-05-08", "2025-05-08"]
    assert one.favoured == 1
    assert "one caption says 2025" in one.reason
    assert "80th anniversary" in one.reason


def test_two_sources_are_told_and_neither_is_favoured() -> None:
    (one,) = read(
        [
            ["body", "The government said 12 soldiers were killed in the fighting at Bentiu."],
            ["body", "The rebels said 40 soldiers were killed in the fighting."],
        ]
    )
    assert (one.kind, one.favoured) == ("number", None)
    assert "by government" in one.reason
    assert "by rebels" in one.reason


def test_the_count_that_is_said_more_often_is_favoured() -> None:
    (one,) = read(
        [
            ["title", "Blast at Karachi market kills 23"],
            ["body", "A bomb killed 23 people at a market in Karachi on Monday."],
            ["body", "The explosion at the market killed 32 people, a hospital said."],
        ]
    )
    assert one.sides[one.favoured or 0].value == "23"


def test_a_weekday_that_is_not_that_of_its_date_is_told() -> None:
    (one,) = read([["body", "They met in Lima on Friday, 17 August 2022."]])
    assert one.reason == "2022-08-17 was a Wednesday, not a Friday"


def test_a_caption_a_day_later_shows_that_the_arrival_has_the_wrong_year() -> None:
    (one,) = read(
        [
            ["body", "Chilean President Rosa Vidal landed in Lima on May 3, 2027, for a visit of three days."],
            ["caption", "Rosa Vidal signs the treaty in Lima, May 4, 2028."],
            ["body", "The two states mark the 50th anniversary of the diplomatic relations that they opened in June 1978."],
        ]
    )
    assert one.favoured is not None
    assert [side.value for side in one.sides] == ["2027-05-03", "2028-05-04"]
    assert one.sides[one.favoured].value == "2028-05-04"


def test_evidence_of_each_side_lies_in_its_sentence() -> None:
    for row in ROWS:
        made = article(row["sentences"], row["published"])
        for one in read(row["sentences"], row["published"]):
            for side in one.sides:
                for span in side.evidence:
                    sentence = made.sentences[span.sentence]
                    assert sentence.start <= span.start < span.end <= sentence.end, row["id"]


def test_the_same_article_gives_the_same_ids() -> None:
    row = next(row for row in ROWS if row["expected"])
    assert [one.id for one in read(row["sentences"])] == [one.id for one in read(row["sentences"])]


@given(
    st.lists(
        st.text(alphabet="Xi arrived in Moscow on May 8, 2024 killed 12 people “said” \n.", min_size=1, max_size=80),
        min_size=1,
        max_size=5,
    )
)
@settings(max_examples=50, deadline=None)
def test_any_text_is_read_without_a_crash(sentences: list[str]) -> None:
    for one in read([["body", words] for words in sentences]):
        assert len(one.sides) >= 2
