from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from ballot_files import ballots, column, csv_votes, rda, reference
from dragoman.errors import InputError, UsageError
from dragoman.measure import frames
from dragoman.measure.alignment import about_columns, align, align_pairs
from dragoman.measure.cow import in_system, members, state_of
from dragoman.measure.ideal import ideal_points
from dragoman.measure.treaties import Treaties, read_treaties
from made_events import event, table

NAMES = ("defense", "offense", "neutral", "nonagg", "consul")


def treaties(path: Path, *rows: tuple[int, ...]) -> Treaties:
    """Treaties from rows (ccode1, ccode2, year, defense, offense, neutral, nonagg, consul)."""
    names = ("ccode1", "ccode2", "year", *(f"atop_{name}" for name in NAMES))
    columns = {name: column([float(row[i]) for row in rows], "double") for i, name in enumerate(names)}
    path.write_bytes(rda("atop_alliance", columns))
    return read_treaties(path)


def made(tmp_path: Path) -> Treaties:
    usa, canada, russia, china, cuba = 2, 20, 365, 710, 40
    pact, partners = (1, 0, 0, 1, 1), (0, 0, 0, 1, 1)
    years = (2000, 2001)
    rows = [(usa, canada, y, *pact) for y in years] + [(russia, china, 2001, *partners), (russia, cuba, 2000, *pact)]
    return treaties(tmp_path / "atop.rda", *rows)


# Treaties


def test_a_pledge_to_fight_makes_an_alliance_and_other_pledges_a_partnership(tmp_path: Path) -> None:
    held = made(tmp_path)
    kinds = {pair: held.between(*pair, 2001) for pair in (("USA", "CAN"), ("RUS", "CHN"), ("RUS", "USA"))}
    assert [found.kind if found else None for found in kinds.values()] == ["alliance", "partnership", "none"]
    assert [found.strength if found else None for found in kinds.values()] == [3, 2, 0]


def test_no_treaty_is_zero_inside_the_coverage_and_missing_outside(tmp_path: Path) -> None:
    held = made(tmp_path)
    rows = held.table("RUS", "CHN").to_pylist()
    assert [row["consul"] for row in rows] == [0, 1]
    assert held.between("RUS", "CHN", 2002) is None  # after the data
    assert held.between("SSD", "CHN", 2001) is None  # before South Sudan


def test_alliances_of_states_with_the_same_allies_are_alike(tmp_path: Path) -> None:
    held = made(tmp_path)
    near, far = held.similarity("USA", "CAN", 2001), held.similarity("USA", "RUS", 2001)
    assert near.s > far.s
    assert near.n == len(members(2001))
    with pytest.raises(UsageError, match="data cover independent states, 2000 to 2001"):
        held.similarity("USA", "CAN", 1990)


def test_a_file_of_other_columns_is_no_treaties(tmp_path: Path) -> None:
    path = tmp_path / "x.rda"
    path.write_bytes(rda("x", {"a": column([1], "integer")}))
    with pytest.raises(InputError, match="these are no treaties: expected the columns ccode1"):
        read_treaties(path)


def test_states_have_their_number_in_their_years() -> None:
    assert [state_of(345, year) for year in (1900, 1960, 2010)] == ["SRB", "YUG", "SRB"]
    assert state_of(260, 1980) == state_of(255, 2000) == "DEU"
    assert state_of(267, 1850) is None  # Baden
    assert (in_system("SSD", 2010), in_system("SSD", 2011)) == (False, True)


def test_russia_and_china_are_partners_and_no_allies() -> None:
    held = read_treaties(reference("alliances", "atop_alliance.rda"))
    for year in (2016, 2017, 2018):
        found = held.between("RUS", "CHN", year)
        assert found is not None
        assert (found.consul, found.nonagg, found.neutral, found.defense, found.kind) == (1, 1, 0, 0, "partnership")


# Alignment


def ideal(path: Path) -> Path:
    path.write_text("ccode,session,NVotes,IdealPoint\n710,56,80,-0.5\n365,56,80,0.25\n", "utf-8")
    return path


def whole(tmp_path: Path) -> pa.Table:
    votes = csv_votes(tmp_path / "v.csv", ballots(56, CHN="yn", RUS="yy", USA="nn"))
    events = table([event("2001-03-01", "CHN", "RUS", "CONSULT"), event("2001-05-01", "RUS", "CHN", "ACCUSE")])
    points = ideal_points(ideal(tmp_path / "i.csv"))
    return align("CHN", "RUS", events=events, votes=votes, ideal=points, treaties=made(tmp_path))


def test_each_source_has_its_own_columns_and_is_null_where_it_says_nothing(tmp_path: Path) -> None:
    before, year = whole(tmp_path).to_pylist()
    assert (before["year"], before["un_agreement"], before["events"], before["ideal_distance"]) == (2000, None, None, None)
    assert (before["atop_consul"], before["atop_kind"]) == (0, "none")
    assert (year["un_agreement"], year["un_votes"], year["ideal_distance"], year["atop_kind"]) == (0.5, 2, 0.75, "partnership")
    assert (year["events"], year["events_conflict"], year["events_conflict_share"]) == (2, 1, 0.5)
    assert not [name for name in year if "index" in name]


def test_every_column_says_its_formula_source_and_coverage(tmp_path: Path) -> None:
    rows = {row["column"]: row for row in about_columns(whole(tmp_path)).to_pylist()}
    assert set(rows) == set(whole(tmp_path).column_names) - {"a", "b", "year"}
    assert rows["un_agreement"]["formula"] == "1 - sum|x - y| / (2 n)"
    assert rows["atop_consul"]["coverage"] == "2000-01-01 to 2001-12-31"
    assert (rows["un_agreement"]["known"], rows["atop_consul"]["known"]) == (1, 2)


def test_the_table_carries_its_unit_and_refuses_another(tmp_path: Path) -> None:
    found = whole(tmp_path)
    assert frames.unit_of(found) == "dyad-year"
    with pytest.raises(frames.WrongUnit, match="one row a dyad-year, found one row a event"):
        about_columns(table([event("2001-03-01", "CHN", "RUS", "CONSULT")]))
    with pytest.raises(frames.WrongUnit, match="found one row a dyad-year"):
        align("CHN", "RUS", events=found)


def test_several_pairs_stand_in_one_table(tmp_path: Path) -> None:
    found = align_pairs([("USA", "CAN"), ("RUS", "CHN")], treaties=made(tmp_path))
    assert [(row["a"], row["b"], row["year"]) for row in found.to_pylist()] == [
        ("USA", "CAN", 2000),
        ("USA", "CAN", 2001),
        ("RUS", "CHN", 2000),
        ("RUS", "CHN", 2001),
    ]


@pytest.mark.parametrize(
    ("pair", "more", "words"),
    [
        (("CHN", "RUS"), {}, "needs at least one source"),
        (("CHN", "China"), {"treaties": True}, "found CHN twice"),
        (("CHN", "Atlantis"), {"treaties": True}, "no state 'Atlantis'"),
        (("CHN", "RUS"), {"treaties": True, "since": 2005, "until": 2001}, "end .2001. before they begin .2005."),
        (
            ("CHN", "RUS"),
            {"treaties": True, "since": 2010},
            "no source covers CHN and RUS in that time; they reach",
        ),
    ],
)
def test_bad_input_is_one_clear_error(tmp_path: Path, pair: tuple[str, str], more: dict[str, int], words: str) -> None:
    given = dict(more)
    if given.pop("treaties", False):
        given["treaties"] = made(tmp_path)  # type: ignore[assignment]
    with pytest.raises(UsageError, match=words):
        align(*pair, **given)  # type: ignore[arg-type]
