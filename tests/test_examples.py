"""The examples come out as their README promises."""

from __future__ import annotations

from pathlib import Path

import pytest

import dragoman as dm
from support import check_record

EXAMPLES = Path(__file__).parents[1] / "examples"


@pytest.fixture(scope="module")
def records() -> dict[str, dm.Record]:
    reader = dm.load()
    return {path.name: reader.read(path) for path in sorted(EXAMPLES.iterdir()) if path.is_file() and path.name != "README.md"}


@pytest.fixture(scope="module")
def visit(records: dict[str, dm.Record]) -> dm.Record:
    return records["island_visit.txt"]


def test_every_example_keeps_the_contract(records: dict[str, dm.Record]) -> None:
    assert len(records) == 3
    assert all(check_record(record)["article"]["sentences"] for record in records.values())


def test_the_scraped_page_gives_title_author_categories_and_reading_time(visit: dm.Record) -> None:
    article = visit.article
    assert article.title == "Two islands, one coast guard: what Tokyo and Manila agreed in July"
    assert article.outlet == "Pacific Desk"
    assert article.authors == ("Teresa Lindqvist",)
    assert article.categories == ("Pacific", "Maritime Security")
    assert article.reading_minutes == 4
    assert article.headings == ("A treaty with small print", "Who backs whom", "A cable in waiting")


def test_the_scraped_page_is_dated_by_its_byline(visit: dm.Record) -> None:
    assert visit.article.published is not None
    assert visit.article.published.from_ == "2031-07-25"


def test_captions_have_their_credits(visit: dm.Record) -> None:
    assert [(caption.text.split(",")[0], caption.credit) for caption in visit.article.captions] == [
        (
            "Japanese Prime Minister Haruka Mori and Philippine President Elena Cruz sign the rescue agreement in Manila",
            "Pacific Desk/R. Santos",
        ),
        ("Haruka Mori visits the Japanese cemetery in Manila", "Pacific Desk/R. Santos"),
    ]


def test_furniture_is_set_aside_and_never_coded(visit: dm.Record) -> None:
    reasons = " ".join(discard.reason for discard in visit.discards)
    for part in ("comment", "newsletter", "related", "copyright"):
        assert part in reasons
    coded = "".join(visit.article.words(sentence.i) for sentence in visit.article.sentences)
    for furniture in ("Leave a comment", "Sungai Golok", "Subscribe", "Donate", "All rights reserved"):
        assert furniture not in coded
    countries = {event.source.country for event in visit.events} | {event.target.country for event in visit.events}
    assert not countries & {"THA", "MYS", "FJI"}, "those are in related articles only"


def test_both_years_of_the_arrival_are_found_and_the_later_favoured(visit: dm.Record) -> None:
    dates = [d for d in visit.discrepancies if d.kind == "date"]
    assert len(dates) == 1
    favoured = dates[0].favoured
    assert favoured is not None
    assert [side.value[:4] for side in dates[0].sides] == ["2030", "2031"]
    assert dates[0].sides[favoured].value.startswith("2031")


def test_the_treaty_is_signed_and_the_cable_is_not_told_as_done(visit: dm.Record) -> None:
    named = {instrument.name: instrument for instrument in visit.instruments}
    treaty = next(instrument for name, instrument in named.items() if "Manila Maritime Rescue Agreement" in name)
    assert treaty.status == "signed"
    assert set(treaty.parties) == {"JPN", "PHL"}
    assert not [i for name, i in named.items() if "cable" in name.lower() and i.status in ("signed", "in force")]
    cable = [
        event
        for event in visit.events
        if "The cable, if it is ever approved" in visit.article.words(event.evidence[0].sentence)
    ]
    assert all(event.modality in ("hypothetical", "planned") for event in cable)


def test_the_speakers_of_the_quotations_are_found(visit: dm.Record) -> None:
    said = {statement.content.text[:12]: statement.speaker for statement in visit.statements if statement.kind != "indirect"}
    speakers = {start: speaker.country for start, speaker in said.items()}
    assert speakers.get("A neighbour ") == "PHL"
    assert speakers.get("We are not b") == "JPN"
    assert speakers.get("My grandmoth") == "PHL"


def test_what_officials_claim_is_not_the_articles_own_voice(visit: dm.Record) -> None:
    claimed = [event for event in visit.events if "supplied radar parts" in visit.article.words(event.evidence[0].sentence)]
    assert all(event.asserted_by is not None for event in claimed)


def test_the_agency_page_is_dated_and_placed_by_its_metadata(records: dict[str, dm.Record]) -> None:
    article = records["agency_report.html"].article
    assert article.title == "South Sudan stops oil over transit fee, Kenya offers to mediate"
    assert (article.outlet, article.authors) == ("Lakes Wire", ("Grace Achieng",))
    assert article.published is not None
    assert (article.published.from_, article.published.how) == ("2031-11-14", "metadata")
    assert article.headings == ("Troops near Heglig",)
    coded = "".join(article.words(sentence.i) for sentence in article.sentences)
    assert "Most read" not in coded
    assert "Cookie settings" not in coded


def test_the_communique_is_dated_by_its_front_matter(records: dict[str, dm.Record]) -> None:
    article = records["communique.md"].article
    assert article.title == "Joint Communique of the Republic of Uzbekistan and Georgia"
    assert article.published is not None
    assert article.published.from_ == "2031-09-18"
    assert article.headings == ("Transport", "Energy", "Regional and international questions", "Education")


def test_the_two_sides_of_the_communique_are_not_made_attackers(records: dict[str, dm.Record]) -> None:
    wrong = {("UZB", "PAK"), ("GEO", "PAK"), ("UZB", "GEO"), ("GEO", "UZB")}
    events = records["communique.md"].events
    assert not [e for e in events if e.root == "ASSAULT" and (e.source.country, e.target.country) in wrong]
