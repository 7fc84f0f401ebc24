from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.codebook import load
from dragoman.coding.places.events import Places
from dragoman.coding.places.gazetteer import landmarks
from dragoman.records import Article, Place, Sentence, content_id


@pytest.fixture(scope="module")
def places() -> Places:
    return Places(load())


def article(text: str) -> Article:
    return Article(content_id(text), None, None, (), "en", None, None, (), None, text, (Sentence(0, "body", 0, len(text)),))


def where(places: Places, text: str, trigger: str) -> Place | None:
    at = text.index(trigger)
    return places.of(article(text), 0, at, at + len(trigger))


@pytest.mark.parametrize(
    ("text", "trigger", "name", "country"),
    [
        ("Xi met Putin in Moscow on Friday.", "met", "Moscow", "RUS"),
        ("Talks were held at the Kremlin.", "held", "Kremlin", "RUS"),
        ("Syrian forces shelled rebels near Aleppo.", "shelled", "Aleppo", "SYR"),
        ("He flew to Beijing.", "flew", "Beijing", "CHN"),
        ("Russian forces captured the eastern Ukrainian town of Avdiivka.", "captured", "Avdiivka", "UKR"),
        ("The Geneva talks collapsed.", "talks", "Geneva", "CHE"),
        ("Putin visited North Korea.", "visited", "North Korea", "PRK"),
        ("Police arrested him in Paris, Texas.", "arrested", "Paris", "USA"),
        ("Libyan militias clashed in Tripoli.", "clashed", "Tripoli", "LBY"),
        ("Lebanese soldiers clashed with gunmen in Tripoli.", "clashed", "Tripoli", "LBN"),
        ("Ships collided in the South China Sea.", "collided", "South China Sea", None),
    ],
)
def test_a_place_is_taken_from_the_words_around_the_event(
    places: Places, text: str, trigger: str, name: str, country: str | None
) -> None:
    found = where(places, text, trigger)
    assert found is not None
    assert (found.name, found.country) == (name, country)


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Moscow said Kyiv attacked Belgorod.", "said"),
        ("Ukraine sent aid to Warsaw.", "sent"),
        ("Minister Smith spoke in Parliament.", "spoke"),
        ("China condemned Moscow's invasion.", "condemned"),
        ("MOSCOW (Wire) - Putin condemned the West.", "condemned"),
    ],
)
def test_an_actor_or_a_dateline_is_no_place(places: Places, text: str, trigger: str) -> None:
    assert where(places, text, trigger) is None


def test_a_small_town_needs_its_country_in_the_article(places: Places) -> None:
    assert where(places, "They met in Union City.", "met") is None


def test_lookup_gives_the_larger_place_first(places: Places) -> None:
    countries = [country for country, *_ in places.lookup("Tripoli")]
    assert countries[:2] == ["LBY", "LBN"]
    assert places.lookup("Nowhere-on-Sea") == []


def test_names_of_other_things_are_not_places(places: Places) -> None:
    assert [n.name for n in places.find("Georgetown University praised the Paris Agreement in Vienna.")] == ["Vienna"]


def test_landmarks_are_sorted_and_named_once() -> None:
    names = [spot.name for spot in dict.fromkeys(landmarks().values())]
    assert names == sorted(names)


@given(st.text(max_size=120))
def test_any_text_gives_names_that_stand_in_it(text: str) -> None:
    for named in Places(load()).find(text, states=True):
        assert text[named.start : named.end].strip()


@pytest.mark.parametrize(
    ("text", "trigger", "name"),
    [
        ("At talks in Geneva last week, Han told Reardon a lie.", "told", "Geneva"),
        ("Speaking in Brussels, the minister warned Russia.", "warned", "Brussels"),
        ("During a visit to Beijing, the minister signed an accord.", "signed", "Beijing"),
    ],
)
def test_what_leads_in_a_sentence_of_telling_says_where(places: Places, text: str, trigger: str, name: str) -> None:
    found = where(places, text, trigger)
    assert found is not None
    assert found.name == name
