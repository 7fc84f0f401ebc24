from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.coding.times import times

MONDAY = "2025-05-12"


def found(text: str, published: str | None = MONDAY) -> list[tuple[str, str | None, str | None]]:
    return [(t.text, t.from_, t.to) for t in times(text, published)]


@pytest.mark.parametrize(
    ("text", "words", "first", "last"),
    [
        ("The pact of May 8, 2025, holds.", "May 8, 2025", "2025-05-08", "2025-05-08"),
        ("The pact of 8 May 2025 holds.", "8 May 2025", "2025-05-08", "2025-05-08"),
        ("Signed 2025-05-08 in Minsk.", "2025-05-08", "2025-05-08", "2025-05-08"),
        ("Signed 31/12/2024 in Minsk.", "31/12/2024", "2024-12-31", "2024-12-31"),
        ("Signed 8.5.2025 in Minsk.", "8.5.2025", "2025-05-08", "2025-05-08"),
        ("They met on May 8-9, 2024.", "May 8-9, 2024", "2024-05-08", "2024-05-09"),
        ("They met on 3 to 5 June 2024.", "3 to 5 June 2024", "2024-06-03", "2024-06-05"),
        ("The attacks of Sept. 11, 2001, killed thousands.", "Sept. 11, 2001", "2001-09-11", "2001-09-11"),
        ("It began in February 2022.", "February 2022", "2022-02-01", "2022-02-28"),
        ("It grew in early 2011.", "early 2011", "2011-01-01", "2011-12-31"),
        ("It grew in the 1990s.", "the 1990s", "1990-01-01", "1999-12-31"),
        ("It grew in the 19th century.", "the 19th century", "1801-01-01", "1900-12-31"),
        ("It grew in the second quarter of 2023.", "the second quarter of 2023", "2023-04-01", "2023-06-30"),
        ("It grew in Q3 2023.", "Q3 2023", "2023-07-01", "2023-09-30"),
        ("It grew in the first half of 2024.", "the first half of 2024", "2024-01-01", "2024-06-30"),
        ("It grew in the summer of 1990.", "the summer of 1990", "1990-06-01", "1990-08-31"),
        ("It lasted from 1979 to 1989.", "1979 to 1989", "1979-01-01", "1989-12-31"),
        ("It lasted between May and July 1998.", "May and July 1998", "1998-05-01", "1998-07-31"),
        ("The 2014-15 war ended.", "2014-15", "2014-01-01", "2015-12-31"),
        ("January nineteen ninety-seven was cold.", "January nineteen ninety-seven", "1997-01-01", "1997-01-31"),
    ],
)
def test_whole_dates_need_no_day_of_publication(text: str, words: str, first: str, last: str) -> None:
    assert found(text, None) == [(words, first, last)]


@pytest.mark.parametrize(
    ("text", "words", "first", "last"),
    [
        ("They met on Friday.", "Friday", "2025-05-09", "2025-05-09"),
        ("They will meet on Friday.", "Friday", "2025-05-16", "2025-05-16"),
        ("The vote was put off until Friday.", "Friday", "2025-05-16", "2025-05-16"),
        ("He landed ahead of Thursday's vote.", "Thursday", "2025-05-15", "2025-05-15"),
        ("They met on Monday.", "Monday", "2025-05-12", "2025-05-12"),
        ("They met yesterday.", "yesterday", "2025-05-11", "2025-05-11"),
        ("They meet tonight.", "tonight", "2025-05-12", "2025-05-12"),
        ("Exports fell last year.", "last year", "2024-01-01", "2024-12-31"),
        ("They met two weeks ago.", "two weeks ago", "2025-04-28", "2025-05-04"),
        ("They met ten days ago.", "ten days ago", "2025-05-02", "2025-05-02"),
        ("They will meet next month.", "next month", "2025-06-01", "2025-06-30"),
        ("They met last week.", "last week", "2025-05-05", "2025-05-11"),
        ("Spending rises this fiscal year.", "this fiscal year", "2025-01-01", "2025-12-31"),
        ("It grew over the past three years.", "the past three years", "2022-05-12", "2025-05-12"),
        ("He will visit in May.", "May", "2025-05-01", "2025-05-31"),
        ("He will visit in March.", "March", "2026-03-01", "2026-03-31"),
        ("He visited in July.", "July", "2024-07-01", "2024-07-31"),
        ("He arrived on May 9.", "May 9", "2025-05-09", "2025-05-09"),
        ("He resigned last December.", "last December", "2024-12-01", "2024-12-31"),
        ("He resigned in December of last year.", "December of last year", "2024-12-01", "2024-12-31"),
        ("They clashed over the weekend.", "the weekend", "2025-05-10", "2025-05-11"),
        ("They clashed at Christmas.", "Christmas", "2024-12-25", "2024-12-25"),
        ("Exports fell in the first quarter.", "the first quarter", "2025-01-01", "2025-03-31"),
    ],
)
def test_relative_and_partial_expressions_count_from_the_day_of_publication(
    text: str, words: str, first: str, last: str
) -> None:
    assert found(text) == [(words, first, last)]


def test_without_a_day_of_publication_nothing_relative_is_guessed() -> None:
    assert found("They met on Friday, and last year too.", None) == [("Friday", None, None), ("last year", None, None)]


def test_a_narrative_carries_its_own_time() -> None:
    story = (
        "On June 17, 1972, men broke in. The next day he denied it. In December of that year they met, and a year later left."
    )
    assert found(story, None) == [
        ("June 17, 1972", "1972-06-17", "1972-06-17"),
        ("The next day", "1972-06-18", "1972-06-18"),
        ("December of that year", "1972-12-01", "1972-12-31"),
        ("a year later", "1973-01-01", "1973-12-31"),
    ]


def test_without_publication_a_day_takes_the_year_that_most_dates_of_the_article_have() -> None:
    text = "He came on May 8, 2024. He met them. They spoke. The parade is on May 9. Photo of May 8, 2025, and May 8, 2025."
    assert ("May 9", "2025-05-09", "2025-05-09") in found(text, None)


def test_dateline_is_the_day_that_weekdays_count_from() -> None:
    text = "SAN SALVADOR, 14 MAR 90 (WIRE) -- THE ARMY SAID TODAY THAT FIVE SOLDIERS WERE KILLED ON MONDAY."
    rows = times(text, None)
    assert [(t.text, t.from_, t.how) for t in rows] == [
        ("14 MAR 90", "1990-03-14", "explicit"),
        ("TODAY", "1990-03-14", "dateline"),
        ("MONDAY", "1990-03-12", "dateline"),
    ]


def test_dateline_without_a_year_takes_that_of_the_publication() -> None:
    rows = times("MINSK, December 30 (Wire) -- The treaty was signed on Tuesday.", "2025-01-02")
    assert [(t.text, t.from_) for t in rows] == [("December 30", "2024-12-30"), ("Tuesday", "2024-12-24")]


@pytest.mark.parametrize(
    "text",
    [
        "Theresa May said she may resign.",
        "The Security Council adopted Resolution 1973 on Libya.",
        "About 2000 troops and 1500 people left.",
        "They march on; the fall of the city and a second look.",
        "Jan Kavan and Mar del Plata.",
        "A quarter of the vote went to the party.",
    ],
)
def test_words_that_only_look_like_times_are_left_alone(text: str) -> None:
    assert found(text) == []


def test_a_date_that_can_be_read_two_ways_stays_without_days() -> None:
    assert found("Signed 03/05/2024 in Minsk.") == [("03/05/2024", None, None)]


def test_a_day_that_is_not_in_the_calendar_stays_without_days() -> None:
    assert found("Signed on June 31, 2024.") == [("June 31, 2024", None, None)]


def test_a_day_of_publication_known_by_its_month_does_not_date_weekdays() -> None:
    assert found("He left on Friday. Last year he came.", "2025-05") == [
        ("Friday", None, None),
        ("Last year", "2024-01-01", "2024-12-31"),
    ]


def test_weekday_decides_the_year_of_a_day() -> None:
    assert found("They met on Friday, April 25.") == [("Friday, April 25", "2025-04-25", "2025-04-25")]


WORDS = st.lists(
    st.sampled_from(
        "the last next this May March 8 2025 1990s , . - and from to between week weeks two ago later year quarter third of "
        "Friday 's in on "
        "early morning that following fiscal 31 99 century Christmas day will arrived \n\n 14 MAR 90".split(" ")
    ),
    max_size=40,
).map(" ".join)


@given(
    st.one_of(st.text(max_size=200), WORDS),
    st.sampled_from([None, MONDAY, "2025-05", "2025", "", "no date", "9999-12-31", "0001-01-01"]),
)
def test_any_text_gives_spans_in_order_that_hold_their_words(text: str, published: str | None) -> None:
    rows = times(text, published)
    assert all(text[t.start : t.end] == t.text and t.text for t in rows)
    assert all(a.end <= b.start for a, b in pairwise(rows))
    assert all((t.from_ is None) == (t.to is None) == (t.precision is None) == (t.how is None) for t in rows)
    assert all(t.from_ <= t.to for t in rows if t.from_ is not None and t.to is not None)


def test_a_long_text_takes_time_in_proportion_to_its_length() -> None:
    import time

    line = "On May 8 the ministers met, and two weeks later they left for Paris in the second quarter of 2024. "
    spent = []
    for copies in (50, 400):
        began = time.perf_counter()
        assert times(line * copies, MONDAY)
        spent.append(time.perf_counter() - began)
    assert spent[1] < 8 * spent[0] * 4
