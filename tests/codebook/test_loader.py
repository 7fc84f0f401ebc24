"""The loader: what it finds, and the mistake it names with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman import codebook
from dragoman.codebook import load_from
from dragoman.codebook.plurals import plural
from dragoman.codebook.tables import covers
from dragoman.errors import CodebookError

STATES = """id,name,names,short,adjectives,people,capital,seats,from,to,successor
FRA,France,French Republic,,French,Frenchman;Frenchmen,Paris,Elysee,,,
RUS,Russia,,,Russian,Russian;Russians,Moscow,Kremlin;Frunzenskaya|MIL,,,
SUN,Soviet Union,USSR,,Soviet,Soviets,Moscow,,1922-12-30,1991-12-26,RUS
"""
ORGANISATIONS = """id,name,names,short,kind,country,sector,members,from,to
EU,European Union,EU,,igo,IGO,IGO,FRA;RUS:2004-05:2009,1993-11,
court-fra,Court of Cassation,,Supreme Court,court,FRA,JUD,,,
"""
OFFICES = """person,names,country,organisation,office,sector,from,to
Anna Blanc,,FRA,,president,GOV,2010-05,2015-05
Anna Blanc,,FRA,,prime minister,GOV,2008,2010-05
Boris Volkov,Boris A. Volkov,RUS,,foreign minister,GOV,2012-03-01,
"""
SECTORS = """words,sector,kind,country
police;secret police,COP,organ,
foreign minister;secretary of state,GOV,office,
authorities,GOV,group,
pope,GOV,office,FRA
"""
SOURCES = """[states]
coverage = "2020-06-30"
[organisations]
coverage = "2020-06-30"
[offices]
coverage = "2020-06-30"
[sectors]
coverage = "2020-06-30"
"""


def folder(tmp_path: Path, **files: str) -> Path:
    texts = {
        "states.csv": STATES,
        "organisations.csv": ORGANISATIONS,
        "offices.csv": OFFICES,
        "sectors.csv": SECTORS,
        "SOURCES.toml": SOURCES,
    }
    for name, text in (texts | {k.replace("_", "."): v for k, v in files.items()}).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_state_is_found_by_name_adjective_people_capital_and_seat(tmp_path: Path) -> None:
    book = load_from(folder(tmp_path))
    for column, term in (
        ("name", "French Republic"),
        ("adjective", "French"),
        ("people", "Frenchmen"),
        ("capital", "Paris"),
        ("seat", "Elysee"),
    ):
        assert [s.id for s in book.states_by(column, term)] == ["FRA"]
    assert book.states_by("name", "Atlantis") == ()


def test_a_dissolved_state_is_counted_as_its_successor(tmp_path: Path) -> None:
    assert load_from(folder(tmp_path)).country("SUN") == "RUS"


def test_a_seat_can_name_another_sector_than_the_government(tmp_path: Path) -> None:
    (russia,) = load_from(folder(tmp_path)).states_by("seat", "Kremlin")
    assert [(s.name, s.sector) for s in russia.seats] == [("Kremlin", "GOV"), ("Frunzenskaya", "MIL")]


def test_an_office_is_valid_on_a_date(tmp_path: Path) -> None:
    book = load_from(folder(tmp_path))
    assert [h.office for h in book.offices_on("Anna Blanc", "2009-01-01")] == ["prime minister"]
    assert [h.office for h in book.offices_on("Anna Blanc", "2014-12-31")] == ["president"]
    assert book.offices_on("Anna Blanc", "2016-01-01") == ()
    assert book.holders("FRA", "president", "2012-01-01") == ("Anna Blanc",)


def test_an_open_spell_is_certain_only_up_to_the_coverage(tmp_path: Path) -> None:
    book = load_from(folder(tmp_path))
    assert [h.office for h in book.offices_on("Boris A. Volkov", "2020-06-30")] == ["foreign minister"]
    assert book.offices_on("Boris A. Volkov", "2020-07-01") == ()


def test_members_are_given_for_a_day(tmp_path: Path) -> None:
    book = load_from(folder(tmp_path))
    assert book.members("EU", "2006-01-01") == ("FRA", "RUS")
    assert book.members("EU", "2012-01-01") == ("FRA",)


def test_plurals_of_sector_words_are_known(tmp_path: Path) -> None:
    book = load_from(folder(tmp_path))
    word = book.word("foreign ministers")
    assert word is not None
    assert (word.sector, word.plural) == ("GOV", True)
    assert book.word("secretaries of state") is not None


@pytest.mark.parametrize(
    ("word", "many"),
    [("policeman", "policemen"), ("minister of defence", "ministers of defence"), ("deputy", "deputies"), ("coach", "coaches")],
)
def test_plural_is_that_of_the_head(word: str, many: str) -> None:
    assert plural(word) == many


@pytest.mark.parametrize(
    ("file", "line", "message"),
    [
        ({"states_csv": STATES + "SYR,Syria,,,,,Damascus,,,,\nSYR,Syria,,,,,Damascus,,,,\n"}, 6, "duplicate id"),
        ({"states_csv": STATES + "AFG,Afghanistan,,,Afghan,Afghans,Kabul,,,,\n"}, 5, "unsorted"),
        ({"states_csv": STATES + "SYR,Syria,USSR,,Syrian,Syrians,Damascus,,,,\n"}, 5, "overlapping term"),
        ({"states_csv": STATES + "SYR,Syria,,,Syrian,Syrians,Damascus,,1946-13,,\n"}, 5, "a date is"),
        ({"states_csv": STATES + "SYR,Syria,,,Syrian,Syrians,Damascus,,1946,1940,\n"}, 5, "before it begins"),
        ({"states_csv": STATES + "Syr,Syria,,,Syrian,Syrians,Damascus,,,,\n"}, 5, "three capital letters"),
        ({"organisations_csv": ORGANISATIONS + "x,X,,,igo,ZZZ,IGO,,,\n"}, 4, "unknown code 'ZZZ'"),
        ({"organisations_csv": ORGANISATIONS + "x,X,,,igo,FRA,XYZ,,,\n"}, 4, "unknown sector"),
        ({"organisations_csv": ORGANISATIONS + "x,X,EU,,igo,IGO,IGO,,,\n"}, 4, "overlapping term"),
        ({"offices_csv": OFFICES + "Boris Volkov,,RUS,,foreign minister,GOV,2012-03-01,\n"}, 5, "duplicate"),
        ({"offices_csv": OFFICES + "Anna Aal,,FRA,,president,GOV,2010,\n"}, 5, "unsorted"),
        ({"sectors_csv": SECTORS + "police,MIL,organ,\n"}, 6, "overlapping term"),
        ({"sectors_csv": SECTORS + "nurse,CVL,human,\n"}, 6, "unknown kind"),
    ],
)
def test_a_mistake_is_named_with_file_and_line(tmp_path: Path, file: dict[str, str], line: int, message: str) -> None:
    name = next(iter(file)).replace("_", ".")
    with pytest.raises(CodebookError, match=message) as caught:
        load_from(folder(tmp_path, **file))
    assert str(caught.value).startswith(f"{name} line {line}: ")


def test_a_file_without_a_source_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match="no entry"):
        load_from(folder(tmp_path, SOURCES_toml='[states]\ncoverage = "2020"\n'))


def test_imprecise_ends_count_whole() -> None:
    assert covers("2012", "2014", "2012-01-01")
    assert covers("2012", "2014", "2014-12-31")
    assert not covers("2012-05", None, "2012-04-30")
    assert covers(None, None, "1800-01-01")


def test_the_codebook_of_the_package_loads_and_is_read_once() -> None:
    book = codebook.load()
    assert book is codebook.load()
    assert len(book.states) > 190
    assert book.state("CHN") is not None
