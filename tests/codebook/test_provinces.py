"""The table of provinces: one line a state, a name once, no plain words, and what an article's "police in ..." gets from it."""

from __future__ import annotations

import csv
from importlib import resources

import pytest

from dragoman import codebook
from dragoman.codebook.towns import PROVINCE, folded
from dragoman.coding.actors.given_names import FEMALE, MALE
from dragoman.coding.actors.resolver import Resolver
from dragoman.records import Article, Sentence, content_id

BOOK = codebook.load()
RESOLVER = Resolver(BOOK)
DATA = resources.files("dragoman.codebook") / "data"
TABLE, LANDMARKS = DATA / "provinces.csv", DATA / "landmarks.csv"
ROWS = [(country, names.split(";")) for country, names in list(csv.reader(TABLE.read_text("utf-8").splitlines()))[1:]]
HOLDERS: dict[str, set[str]] = {}
for _country, _names in ROWS:
    for _name in _names:
        HOLDERS.setdefault(folded(_name), set()).add(_country)
# Names that two states have: an article decides.
SHARED = {"Al Jawf", "Ash Sharqiyah", "La Rioja", "Los Rios", "North-West", "Punjab"}
ALSO_GIVEN = {"Cesar", "Farah"}  # a department of Colombia, a province of Afghanistan
# Parts of a state that are or were states of the codebook themselves; these win as states.
ALSO_STATES = {
    *("Aruba", "Biafra", "Bonaire", "Curacao", "Hong Kong SAR", "Jan Mayen", "La Reunion", "Macao SAR", "Saba"),
    *("Saint-Pierre-et-Miquelon", "Sikkim", "Sint Eustatius", "Sint Maarten", "Svalbard", "Tanganyika"),
}
PLACES = """
AFG Paktia; AGO Cunene; ALB Northern Epirus; ARG Buenos Aires province; ARG Formosa province; ARM Syunik; AUS Arnhem Land;
AUT Carinthia; AZE Kelbajar; BDI Cibitoke; BEL Wallonia; BFA Oudalan; BIH Herzegovina; BOL Chapare; CAF Vakaga;
CAN Newfoundland; CHE Grisons; CHL Araucania; CHN Szechwan; CMR Bakassi; COD Masisi territory; COG Likouala; COL Catatumbo;
CZE Sudetenland; DNK Jutland; EGY North Sinai; EGY Red Sea governorate; ESH Guerguerat; ESP Balearic Islands; ETH Gojjam;
FIN North Karelia; FRA Languedoc; GBR County Antrim; GBR Yorkshire; GEO Pankisi Gorge; GNQ Rio Muni; GRC Crete;
HRV Eastern Slavonia; IDN Bali; IDN East Java; IDN Irian Jaya; IND Goa; IND Punjab state; IRL Donegal; IRN East Azerbaijan;
IRQ Nineveh; IRQ Salahuddin province; ISR Negev; ITA Friuli; KEN Nyanza; KHM Ratanakiri; KOR North Cholla; LAO Xieng Khouang;
LBN Bekaa; LBR Lofa County; LBY Tripolitania; LKA Mullaitivu; MEX Guerrero state; MEX Michoacán; MMR Kokang; MMR Mon State;
MOZ Mocimboa da Praia; MYS Sabah; MYS Sarawak; NAM Ovamboland; NER Tillabery; NGA Niger State; NGA Plateau state;
NIC Rio San Juan; NPL Rolpa; OMN Dhofar; PAK Bajaur; PAK Punjab province; PAN Darien; PHL Maguindanao; PNG East New Britain;
POL Silesia; PRK North Hamgyong; PRT Algarve; ROU Transylvania; RUS North Caucasus; RUS Primorye; RWA Cyangugu; SAU Hejaz;
SDN Kordofan; SLV Chalatenango; SOM Galmudug; SOM Lower Juba; SRB Vojvodina; SSD Equatoria; SSD Unity State; SWE Gotland;
SYR Deir el-Zour; SYR Quneitra; TCD Tibesti; TJK Gorno-Badakhshan; TLS Oecusse; TZA Zanzibar; UGA Karamoja; UKR Zakarpattia;
USA New England; UZB Karakalpakstan; VEN Zulia; VEN Merida state; VNM Mekong Delta; XKX Drenica; YEM Saada; ZAF Transvaal;
ZMB Barotseland; ZWE Matabeleland
"""
# Names of states and provinces that hold, or stand behind, a name of the table.
KEPT = """
PNG Central Papua New Guinea; AUS New South Wales; CHN Inner Mongolia; GIN Guinea; IRL Ireland; GNB Guinea-Bissau;
USA New Mexico; ITA South Tyrol; PNG Papua New Guinea; BIH Bosnia and Herzegovina; XKX Kosovo and Metohija; AZE Azerbaijan
"""


def police(place: str) -> str | None:
    """The country of "police in ..." in an article that names no other."""
    words = f"police in {place}"
    text = f"On Monday {words} said they had arrested two men."
    sentence = Sentence(0, "body", 0, len(text))
    article = Article(content_id(text), None, None, (), "en", None, None, (), None, text, (sentence,))
    found = RESOLVER.article(article).at(10, 10 + len(words))
    return found[0].country if found else None


def test_lines_are_states_in_order_with_sorted_names() -> None:
    codes = [country for country, _ in ROWS]
    assert codes == sorted(set(codes))
    assert set(codes) <= {state.id for state in BOOK.states}
    assert all(names == sorted(names) for _, names in ROWS)


def test_no_name_is_empty_or_twice_in_a_line() -> None:
    for country, names in ROWS:
        forms = [folded(name) for name in names]
        assert all(form == form.strip() and len(form) > 1 for form in forms), country
        assert len(forms) == len(set(forms)), country


def test_only_the_known_names_are_of_two_states() -> None:
    assert {name for name, states in HOLDERS.items() if len(states) > 1} == SHARED


def test_no_name_is_a_word_of_the_codebook_or_a_given_name() -> None:
    names = {name.lower() for name in HOLDERS}
    assert not names & {word.word.lower() for word in BOOK.words}
    assert {name for name in HOLDERS if name.lower() in FEMALE | MALE} <= ALSO_GIVEN


def test_no_name_is_another_states() -> None:
    named = {form: state.id for state in BOOK.states for form in (state.name, *state.names)}
    assert {name for name, states in HOLDERS.items() if name in named and named[name] not in states} <= ALSO_STATES


def test_regions_and_landmarks_of_one_state_agree() -> None:
    known = {form: {r.country} for r in BOOK.regions if r.country for form in (r.name, *r.names)}
    for row in csv.DictReader(LANDMARKS.read_text("utf-8").splitlines()):
        known.update({form: {row["country"]} for form in (row["name"], *row["names"].split(";")) if row["country"]})
    other = {name: states for name, states in HOLDERS.items() if name in known and not known[name] & states}
    assert set(other) <= ALSO_STATES, other


def test_a_province_weighs_more_than_a_town_of_its_name_elsewhere() -> None:
    for name, states in HOLDERS.items():
        heaviest = {country for country, weight in BOOK.towns[name] if weight >= PROVINCE}
        assert heaviest & states == states, name


@pytest.mark.parametrize("line", [line.strip() for line in f"{PLACES.strip()};{KEPT.strip()}".split(";")])
def test_police_in_a_province_are_its_states(line: str) -> None:
    country, _, place = line.partition(" ")
    assert police(place) == country


def test_a_name_of_two_states_alone_is_left_open() -> None:
    assert police("Punjab") is None


def test_a_sample_of_all_names_gets_their_states() -> None:
    names = [(name, country) for country, row in ROWS for name in row if not HOLDERS[folded(name)] - {country}][::12]
    wrong = [(name, country, got) for name, country in names if (got := police(name)) not in (country, None)]
    assert wrong == []
