"""Questions to an archive: conditions, codes and names, days, order, passages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import archived
from dragoman.archive import filters
from dragoman.archive.archive import Archive
from dragoman.errors import DragomanError, UsageError


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return archived.small(tmp_path_factory.mktemp("queries") / "relations")


def ids(archive: Archive, **asked: Any) -> list[str]:
    return archive.events(**asked)["id"].to_pylist()


def test_events_come_by_date_those_without_any_last(archive: Archive) -> None:
    assert ids(archive) == ["e1", "e2", "e3", "e4", "e5", "e6"]
    assert ids(archive, newest=True) == ["e5", "e3", "e4", "e1", "e2", "e6"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"source": "PER"}, ["e3", "e5", "e6"]),
        ({"source": "Peru"}, ["e3", "e5", "e6"]),
        ({"source": ["NOR", "Chile"]}, ["e1", "e2", "e4"]),
        ({"source": "PER.MIL.unit"}, ["e6"]),
        ({"target": "CHL", "root": "accuse"}, ["e3"]),
        ({"pair": ("CHL", "PER")}, ["e3", "e4", "e5"]),
        ({"pair": "Peru-Chile", "quad": 4}, ["e4", "e5"]),
        ({"pair": "NOR-PER"}, []),
        ({"pair": "Guinea-Bissau-Senegal"}, []),
        ({"pair": ("PER.MIL.unit", "CHL")}, []),
        ({"quad": "verbal conflict"}, ["e3"]),
        ({"quad": "words"}, ["e1", "e2", "e3"]),
        ({"quad": [2, 4]}, ["e4", "e5", "e6"]),
        ({"modality": "hypothetical"}, ["e4"]),
        ({"sector": "MIL"}, ["e6"]),
        ({"place": "santiago"}, ["e1"]),
        ({"place": "Chile"}, ["e1"]),
        ({"group": "g1"}, ["e1", "e2"]),
        ({"once": True, "root": "CONSULT"}, ["e1"]),
        ({"once": True, "document": "r"}, ["e2", "e3", "e4"]),
        ({"document": "o"}, ["e5", "e6"]),
        ({"origin": "icews"}, []),
        ({"limit": 2}, ["e1", "e2"]),
        ({"limit": 0}, []),
        ({"limit": 1, "newest": True}, ["e5"]),
        ({"text": "krill"}, ["e2"]),
        ({"text": "KRILL norway"}, ["e2"]),
        ({"text": '"talked about"'}, ["e2"]),
        ({"text": '"about talked"'}, []),
        ({"text": "%"}, []),
    ],
)
def test_conditions(archive: Archive, asked: dict[str, Any], found: list[str]) -> None:
    assert ids(archive, **asked) == found


def test_a_row_without_a_date_is_found_by_the_day_of_its_article(archive: Archive) -> None:
    assert ids(archive, since="2031-03-04", until="2031-03-04") == ["e3", "e4"]
    assert archive.events(document="r", root="ACCUSE")["date_from"].to_pylist() == [None]


def test_a_month_and_a_year_stand_for_all_their_days(archive: Archive) -> None:
    assert (
        ids(archive, since="2031", until="2031")
        == ids(archive, since="2031-03", until="2031-03")
        == ["e1", "e2", "e3", "e4", "e5"]
    )
    assert ids(archive, until="2031-02") == []


def test_every_row_brings_its_passage_and_article(archive: Archive) -> None:
    row = archive.events(document="r", root="ACCUSE").to_pylist()[0]
    assert row["passage"] == "Peru accused Chile of overfishing."
    assert (row["title"], row["outlet"]) == ("Krill talks", "Inland News")
    assert "passage" not in archive.events(passages=False).column_names


def test_offsets_count_characters_not_bytes(archive: Archive) -> None:
    statement = archive.statements(speaker="NOR").to_pylist()[0]
    assert statement["passage"] == "“We agreed on krill – at last,” Norway’s minister said."


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({"about": "Chile"}, 1),
        ({"about": "PER"}, 0),
        ({"stance": 1, "kind": "direct"}, 1),
        ({"stance": -1}, 0),
        ({"addressee": "CHL"}, 0),
        ({"text": '"at last"', "since": "2031-03"}, 1),
    ],
)
def test_statements(archive: Archive, asked: dict[str, Any], count: int) -> None:
    assert len(archive.statements(**asked)) == count


def test_discrepancies_show_the_sentence_of_every_side(archive: Archive) -> None:
    row = archive.discrepancies(kind="date", text="krill").to_pylist()[0]
    assert row["passages"] == [["Norwegian and Chilean ministers met in Santiago."], ["Norway and Chile talked about krill."]]
    assert len(archive.discrepancies(document="m")) == len(archive.discrepancies(group="g1")) == 1
    assert len(archive.discrepancies(document="o")) == 0


def test_instruments_and_figures(archive: Archive) -> None:
    assert archive.instruments(party=["NOR", "CHL"], kind="agreement")["name"].to_pylist() == ["Krill accord"]
    assert len(archive.instruments(party="PER")) == 0
    figure = archive.figures(of="Chile", unit="percent", text="minister agreed").to_pylist()[0]
    assert figure["value"] == 12.0
    assert figure["passage"] == "“We agreed on krill – at last,” Norway’s minister said."  # the sentence, not its own words


def test_articles_have_their_text_only_where_it_is_asked_for(archive: Archive) -> None:
    found = archive.articles(text="krill", since="2031-03-03")
    assert found["id"].to_pylist() == ["r"]
    assert "text" not in found.column_names
    assert archive.articles(title="envoy", full=True)["text"].to_pylist() == [archived.OTHER]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"source": "Chlie"}, "did you mean Chile"),
        ({"root": "ACUSE"}, "did you mean ACCUSE"),
        ({"quad": 5}, "verbal cooperation"),
        ({"modality": "maybe"}, "hypothetical"),
        ({"sector": "ARMY"}, "GOV"),
        ({"since": "yesterday"}, "2031-03-02"),
        ({"since": "2031-13"}, "2031-03-02"),
        ({"since": "2032", "until": "2031"}, "exchange them"),
        ({"pair": "CHL"}, "two sides"),
        ({"pair": "CHL-NOR-PER"}, "two sides"),
        ({"pair": "Chlie-PER"}, "did you mean Chile"),
        ({"text": '"krill'}, "quotation mark"),
        ({"text": " "}, "empty"),
        ({"limit": -1}, "below 0"),
        ({"sorce": "CHL"}, "known are"),
    ],
)
def test_a_wrong_condition_says_what_is_known(archive: Archive, asked: dict[str, Any], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        archive.events(**asked)


def test_nothing_of_a_caller_becomes_sql(archive: Archive) -> None:
    assert ids(archive, text="' OR true --") == []
    assert ids(archive, document="x') OR (true") == []
    assert ids(archive, place="%' OR '1'='1") == []


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from(["source", "pair", "root", "text", "place", "since", "document", "group"]), st.text(max_size=12)
    )
)
def test_any_words_give_rows_or_a_clear_error(archive: Archive, asked: dict[str, str]) -> None:
    try:
        found = len(archive.events(**asked))  # type: ignore[arg-type]
    except DragomanError:
        found = 0
    assert found <= 6


def test_names_of_states_of_today_go_before_those_that_have_dissolved() -> None:
    assert filters.state("Vietnam") == "VNM"
    assert filters.state("germany") == "DEU"
    assert filters.state("igo") == "IGO"
    assert filters.state("Ruritania") is None


def test_three_lines_to_a_pandas_frame(tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    archive = archived.small(tmp_path / "relations")
    frame = archive.events(pair="CHL-PER").to_pandas()
    assert isinstance(frame, pandas.DataFrame)
    assert list(frame["root"]) == ["ACCUSE", "SANCTION", "SANCTION"]


def test_three_lines_to_a_polars_frame(tmp_path: Path) -> None:
    polars = pytest.importorskip("polars")
    archive = archived.small(tmp_path / "relations")
    frame = polars.from_arrow(archive.events(pair="CHL-PER"))
    assert frame.filter(polars.col("root") == "SANCTION").height == 2
