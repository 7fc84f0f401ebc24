"""Who held which office on a day, and what the table of holders may not contain."""

from __future__ import annotations

from itertools import pairwise

import pytest

from dragoman import codebook
from dragoman.codebook import Codebook

SINGLE = {
    "president",
    "prime minister",
    "foreign minister",
    "defence minister",
    "secretary of state",
    "premier",
    "chancellor",
    "emir",
}
TOGETHER = {"KHM", "VUT", "AND"}  # two prime ministers by treaty; holders put out of office for a few days by a court


@pytest.fixture(scope="module")
def book() -> Codebook:
    return codebook.load()


@pytest.mark.parametrize(
    ("country", "office", "on", "person"),
    [
        ("RUS", "president", "2010-06-01", "Dmitry Medvedev"),
        ("RUS", "president", "2014-06-01", "Vladimir Putin"),
        ("RUS", "prime minister", "2010-06-01", "Vladimir Putin"),
        ("USA", "president", "2001-01-21", "George W. Bush"),
        ("USA", "secretary of state", "1975-05-01", "Henry Kissinger"),
        ("SUN", "foreign minister", "1988-01-01", "Eduard Shevardnadze"),
        ("CHN", "paramount leader", "1984-12-19", "Deng Xiaoping"),
        ("IRN", "supreme leader", "1990-01-01", "Ali Khamenei"),
        ("CZE", "president", "1994-01-01", "Václav Havel"),
        ("CSK", "president", "1990-01-01", "Václav Havel"),
        ("GBR", "prime minister", "2022-10-01", "Liz Truss"),
        ("SYR", "president", "2025-03-01", "Ahmed al-Sharaa"),
    ],
)
def test_the_holder_of_an_office_on_a_day(book: Codebook, country: str, office: str, on: str, person: str) -> None:
    assert book.holders(country, office, on) == (person,)


@pytest.mark.parametrize("name", ["Moammar Gadhafi", "Muammar al-Gaddafi", "Muammar Qaddafi"])
def test_spellings_name_one_person(book: Codebook, name: str) -> None:
    assert {h.person for h in book.holdings_of(name)} == {"Muammar Gaddafi"}


def test_a_person_before_and_after_office_holds_nothing(book: Codebook) -> None:
    assert book.offices_on("Boris Yeltsin", "2001-01-01") == ()
    assert book.offices_on("Angela Merkel", "1999-01-01") == ()


def test_heads_of_organisations_act_for_the_organisation(book: Codebook) -> None:
    (held,) = book.offices_on("Ban Ki Moon", "2010-01-01")
    assert (held.country, held.organisation, held.sector) == ("IGO", "UN", "IGO")
    (held,) = book.offices_on("Ban Ki-moon", "2005-01-01")
    assert (held.country, held.office, held.sector) == ("KOR", "foreign minister", "GOV")


def test_rebels_and_oppositions_are_no_governments(book: Codebook) -> None:
    assert {h.sector for h in book.offices_on("Velupillai Prabhakaran", "2000-01-01")} == {"REB"}
    assert {h.sector for h in book.offices_on("Aung San Suu Kyi", "2000-01-01")} == {"OPP"}
    assert {h.sector for h in book.offices_on("Aung San Suu Kyi", "2018-01-01")} == {"GOV"}


def test_after_the_coverage_nobody_is_certain(book: Codebook) -> None:
    assert book.offices_on("Xi Jinping", "2025-06-01") != ()
    assert book.offices_on("Xi Jinping", "2040-01-01") == ()


def test_no_two_persons_hold_one_office_for_long(book: Codebook) -> None:
    offices: dict[tuple[str | None, str], list[tuple[str, str, str]]] = {}
    for h in book.holdings:
        if h.office in SINGLE and h.from_ and len(h.from_) > 4 and h.country not in TOGETHER and h.organisation is None:
            offices.setdefault((h.country, h.office), []).append((h.from_, h.to or "9999", h.person))
    clashes = []
    for key, spells in offices.items():
        for (_, to, a), (from_, _, b) in pairwise(sorted(spells)):
            if a != b and to[:7] > from_[:7] and (to == "9999" or len(to) > 4):
                clashes.append((key, a, to, b, from_))
    assert clashes == []


def test_no_spell_begins_after_the_coverage(book: Codebook) -> None:
    late = [h.person for h in book.holdings if h.from_ and h.coverage and h.from_[:7] > h.coverage[:7]]
    assert late == []
