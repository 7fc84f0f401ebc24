"""A phrase by itself: country by its nearest nationality, sector by its head noun, persons by words, then by tables."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman import codebook
from dragoman.coding.actors.resolver import Resolver

RESOLVER = Resolver(codebook.load())


@pytest.mark.parametrize(
    ("phrase", "country", "sector"),
    [
        ("the Interior Ministry of Ghana", "GHA", "GOV"),
        ("Ghanaian police", "GHA", "COP"),
        ("police in Accra", "GHA", "COP"),
        ("two Malian soldiers", "MLI", "MIL"),
        ("a senior Turkish diplomat", "TUR", "GOV"),
        ("Colombia's largest rebel group", "COL", "REB"),
        ("U.S. embassies in Kenya and Tanzania", "USA", "GOV"),
        ("Israeli commandos", "ISR", "MIL"),
        ("Peruvian lawmakers", "PER", "LEG"),
        ("the Supreme Court of Chile", "CHL", "JUD"),
        ("protesters in Athens", "GRC", "CVL"),
        ("the US-backed Syrian rebels", "SYR", "REB"),
        ("anti-American Iraqi cleric", "IRQ", "NGO"),
        ("Estonian opposition leader", "EST", "OPP"),
        ("a Finnish presidential candidate", "FIN", "PTY"),
        ("a Nairobi-based company", "KEN", "BUS"),
        ("the Texas governor", "USA", "GOV"),
        ("a spokesman for the Danish police", "DNK", "COP"),
        ("the Norwegian army's chief of staff", "NOR", "MIL"),
        ("journalists from Portugal", "PRT", "JRN"),
        ("Zambian police officers", "ZMB", "COP"),
        ("the Kremlin", "RUS", "GOV"),
        ("Beijing", "CHN", "GOV"),
        ("the Soviet Union", "RUS", "GOV"),
    ],
)
def test_country_and_sector_of_a_description(phrase: str, country: str, sector: str) -> None:
    actor = RESOLVER.actor(phrase)
    assert actor is not None
    assert (actor.country, actor.sector) == (country, sector)


@pytest.mark.parametrize(
    "phrase", ["police", "the president", "opposition leader", "Congolese troops", "Korean officials", "lawmakers"]
)
def test_a_country_that_the_words_do_not_say_is_none(phrase: str) -> None:
    actor = RESOLVER.actor(phrase)
    assert actor is not None
    assert actor.country is None


@pytest.mark.parametrize("phrase", ["he", "the weather", "", "   ", "on Tuesday", "Smith"])
def test_words_that_name_nobody_give_none(phrase: str) -> None:
    assert RESOLVER.actor(phrase) is None


@pytest.mark.parametrize(
    "phrase", ["ex-minister", "the former Peruvian president", "former Latvian prime minister Janis Ozols"]
)
def test_a_former_office_is_not_the_government(phrase: str) -> None:
    actor = RESOLVER.actor(phrase)
    assert actor is not None
    assert actor.sector != "GOV"


def test_an_office_in_front_of_the_name_names_the_role() -> None:
    actor = RESOLVER.actor("Icelandic Foreign Minister Jon Bergsson")
    assert actor is not None
    assert (actor.id, actor.name, actor.role) == ("ISL.GOV.jon-bergsson", "Jon Bergsson", "foreign minister")


def test_an_apposition_beats_the_tables() -> None:
    actor = RESOLVER.actor("Ahmed Karzai, a spokesman for the Turkish Foreign Ministry")
    assert actor is not None
    assert (actor.name, actor.country, actor.sector, actor.role) == ("Ahmed Karzai", "TUR", "GOV", "spokesman")


def test_a_complement_can_stand_between_office_and_name() -> None:
    actor = RESOLVER.actor("Mayor of London Ruth Abney")
    assert actor is not None
    assert (actor.name, actor.country, actor.role) == ("Ruth Abney", "GBR", "mayor")


@pytest.mark.parametrize(
    ("name", "on", "role"),
    [
        ("Dmitry Medvedev", "2010-06-01", "president"),
        ("Dmitry Medvedev", "2014-06-01", "prime minister"),
        ("Angela Merkel", "2012-06-01", "chancellor"),
    ],
)
def test_a_leader_has_the_office_of_the_day(name: str, on: str, role: str) -> None:
    actor = RESOLVER.actor(name, on=on)
    assert actor is not None
    assert (actor.sector, actor.role) == ("GOV", role)


@pytest.mark.parametrize(
    ("phrase", "on", "person", "country"),
    [
        ("Prime Minister Malcolm B. Turnbull", "2016-05-01", "Malcolm Turnbull", "AUS"),
        ("President Wahid", "2001-05-01", "Abdurrahman Wahid", "IDN"),
        ("President Nicloas Sarkozy", "2010-04-12", "Nicolas Sarkozy", "FRA"),
        ("Prime Minister Abbas el-Fassi", "2008-05-01", "Abbas El Fassi", "MAR"),
        ("Suharto", "1997-05-01", "Suharto", "IDN"),
        ("Interim President Jeanine Anez", "2020-05-01", "Jeanine Áñez", "BOL"),
    ],
)
def test_an_office_holder_is_found_by_office_day_and_spelling(phrase: str, on: str, person: str, country: str) -> None:
    actor = RESOLVER.actor(phrase, on=on)
    assert actor is not None
    assert (actor.name, actor.country, actor.sector) == (person, country, "GOV")


@pytest.mark.parametrize("phrase", ["President Harold Quist", "President Alexander", "Prime Minister Wahid"])
def test_a_name_that_no_holder_of_the_day_has_stays_without_a_country(phrase: str) -> None:
    actor = RESOLVER.actor(phrase, on="2012-05-01")
    assert actor is not None
    assert actor.country is None


@pytest.mark.parametrize(
    ("phrase", "country", "sector"),
    [
        ("Japanese whalers", "JPN", "CVL"),
        ("Kosovo Serbs", "XKX", "CVL"),
        ("Cuban-Americans", "USA", "CVL"),
        ("the White House", "USA", "GOV"),
        ("the People 's Republic of China", "CHN", "GOV"),
        ("the Peoples' Republic of China", "CHN", "GOV"),
        ("the Republic of China", "TWN", "GOV"),
    ],
)
def test_peoples_and_seats(phrase: str, country: str, sector: str) -> None:
    actor = RESOLVER.actor(phrase)
    assert actor is not None
    assert (actor.country, actor.sector) == (country, sector)


def test_a_leader_is_not_the_government_before_the_office() -> None:
    actor = RESOLVER.actor("Emmanuel Macron", on="2010-06-01")
    assert actor is not None
    assert actor.country == "FRA"
    assert actor.sector != "GOV"


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_answered_without_an_error(text: str) -> None:
    actor = RESOLVER.actor(text)
    assert actor is None or actor.id
