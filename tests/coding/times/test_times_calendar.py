from __future__ import annotations

import re

import pytest

from dragoman.coding.times import Calendar, implied_years
from dragoman.records import Article, Interval, Modality, Sentence, content_id


def article(text: str, published: str | None = "2025-05-14") -> Article:
    ends = [m.end() for m in re.finditer(r"[.!?](?=\s+[A-Z“]|$)", text)]
    starts = [0, *(e + 1 for e in ends[:-1])]
    rows = tuple(Sentence(i, "body", a, b) for i, (a, b) in enumerate(zip(starts, ends, strict=True)))
    day = Interval(published, published, "day", "metadata") if published else None
    return Article(content_id(text), None, None, (), "en", None, day, (), None, text, rows)


def dated(text: str, trigger: str, modality: Modality = "happened", published: str | None = "2025-05-14") -> Interval | None:
    a = article(text, published)
    at = text.index(trigger)
    sentence = next(s.i for s in a.sentences if s.start <= at < s.end)
    return Calendar(a).date_of(sentence, at, at + len(trigger), modality)


def day(text: str, trigger: str, modality: Modality = "happened", published: str | None = "2025-05-14") -> str | None:
    found = dated(text, trigger, modality, published)
    return found.from_ if found else None


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        ("Xi arrived in Russia on May 8, 2024, for his visit.", "arrived", "2024-05-08"),
        ("On Monday, Xi met Putin and signed a statement.", "met", "2025-05-12"),
        ("On Monday, Xi met Putin and signed a statement.", "signed", "2025-05-12"),
        ("On Monday, Xi held talks with Putin.", "talks", "2025-05-12"),
        ("The EU condemned Monday's attack on Odesa.", "attack", "2025-05-12"),
        ("The 1978 treaty ended decades of hostility.", "treaty", "1978-01-01"),
        ("Wang, who arrived on Sunday, met Lavrov on Monday.", "arrived", "2025-05-11"),
        ("Wang, who arrived on Sunday, met Lavrov on Monday.", "met", "2025-05-12"),
        ("In March, the two countries signed a deal, and in April they opened embassies.", "opened", "2025-04-01"),
        ("Russia attacked Kharkiv, the ministry said on Monday.", "said", "2025-05-12"),
        ("Kallas said that the EU would lift its ban on steel in June 2025.", "lift", "2025-06-01"),
        ("Lavrov announced that he would visit Cairo on May 20, 2025.", "visit", "2025-05-20"),
        ("Chad agreed to open the border in July 2025.", "open", "2025-07-01"),
    ],
)
def test_an_event_takes_the_date_of_its_own_clause(text: str, trigger: str, expected: str) -> None:
    assert day(text, trigger) == expected


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Putin said on Monday that Russian troops had attacked Kharkiv.", "attacked"),
        ("Russia attacked Kharkiv, the ministry said on Monday.", "attacked"),
        ("After Russia invaded Ukraine in 2022, the West imposed sanctions.", "imposed"),
        ("The EU condemned Monday's attack on Odesa.", "condemned"),
        ("The visit was postponed on Monday.", "visit"),
        ("Chad refused to lift the ban that it had imposed in 2022.", "lift"),
        ("Israel bombed Beirut on Friday and Tehran vowed revenge.", "vowed"),
        ("Iran must answer by Friday.", "answer"),
        ("Xi met Putin.", "met"),
    ],
)
def test_a_date_of_another_clause_is_not_taken(text: str, trigger: str) -> None:
    assert day(text, trigger) is None


def test_since_gives_a_span_up_to_the_day_of_publication() -> None:
    assert dated("Turkey has fought the rebels since 1984.", "fought") == Interval(
        "1984-01-01", "2025-05-14", "range", "explicit", "since 1984"
    )


def test_modality_decides_between_two_weekdays() -> None:
    assert day("The leaders meet on Sunday.", "meet", "planned") == "2025-05-18"
    assert day("The leaders meet on Sunday.", "meet", "happened") == "2025-05-11"


def test_the_visit_takes_the_date_of_the_visit_told_before() -> None:
    text = "Xi began a visit to Paris on May 5, 2024. He praised Macron. The visit angered Washington."
    a = article(text)
    at = text.rindex("visit")
    found = Calendar(a).date_of(2, at, at + 5, "happened")
    assert found is not None
    assert (found.from_, found.how) == ("2024-05-05", "inferred")


def test_two_dates_of_the_same_visit_carry_none() -> None:
    text = "Xi began a visit to Paris on May 5, 2024. The visit began on May 6, 2024, say others. The visit angered Washington."
    at = text.rindex("visit")
    assert Calendar(article(text)).date_of(2, at, at + 5, "happened") is None


def test_the_words_of_the_date_include_its_preposition() -> None:
    found = dated("Xi met Putin on March 1.", "met")
    assert found is not None
    assert found.text == "on March 1"


@pytest.mark.parametrize(
    ("text", "words", "year"),
    [
        ("They mark the 80th anniversary of the victory over Nazi Germany.", "80th anniversary of the victory over nazi", 2025),
        ("China celebrates the seventy-fifth anniversary of the founding of the People's Republic.", "", 2024),
        ("Russia's war in Ukraine enters its fourth year.", "enters its fourth year", 2025),
        ("Three years after Russia invaded Ukraine, talks began.", "Three years after Russia invaded Ukraine", 2025),
        (
            "It is the 75th anniversary of diplomatic ties. The two established diplomatic relations in 1950.",
            "75th anniversary",
            2025,
        ),
    ],
)
def test_anniversaries_give_the_year_of_writing(text: str, words: str, year: int) -> None:
    rows = implied_years(article(text, None))
    assert [row[3] for row in rows] == [year]
    start, end, told, _, reason = rows[0]
    assert text[start:end] == told
    assert told.lower().startswith(words.lower())
    assert reason


@pytest.mark.parametrize(
    "text", ["It is the 10th anniversary of the shop.", "The company enters its fourth year.", "Ten years after that, he left."]
)
def test_an_anniversary_of_something_unknown_gives_no_year(text: str) -> None:
    assert implied_years(article(text, None)) == []
