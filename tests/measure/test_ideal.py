from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ballot_files import ballots, csv_votes, reference, united_nations
from dragoman.errors import EmptyInput, InputError, MissingInput, UsageError
from dragoman.measure import frames
from dragoman.measure.datasets import source
from dragoman.measure.ideal import ideal_points
from dragoman.measure.irt import NotConverged, estimate_ideal_points
from dragoman.measure.votes import Votes

HEAD = "Row,ccode,session,NVotes,IdealPoint,Q5%,Q95%,Countryname"


def made(path: Path, *rows: str, encoding: str = "latin-1") -> Path:
    path.write_bytes("\n".join([HEAD, *rows, ""]).encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["latin-1", "utf-8"])
def test_points_are_read_by_state_and_session_in_either_encoding(tmp_path: Path, encoding: str) -> None:
    rows = ("1,2,74,90,2.5,2.1,2.9,United States", "2,437,74,80,-0.5,NA,NA,Côte d'Ivoire", "3,365,40,70,-2,-3,-1,Russia")
    points = ideal_points(made(tmp_path / "i.csv", *rows, encoding=encoding))
    assert points.at("USA", year=2019).value == 2.5
    assert points.at("CIV", session=74).low is None
    assert points.at("Soviet Union", year=1985).value == -2
    assert points.distance("USA", "CIV", session=74) == 3
    table = points.table()
    assert frames.unit_of(table) == "state-session"
    assert table.column("state").to_pylist() == ["CIV", "RUS", "USA"]


def test_what_has_no_point_is_said_with_what_has(tmp_path: Path) -> None:
    points = ideal_points(made(tmp_path / "i.csv", "1,2,74,90,2.5,2.1,2.9,US", "2,365,40,70,-2,-3,-1,Russia"))
    with pytest.raises(UsageError, match=r"RUS has no ideal point in session 74 .2019.; it has in sessions 40 to 40"):
        points.at("RUS", year=2019)
    with pytest.raises(UsageError, match="China"):
        points.at("CHN", year=2019)
    with pytest.raises(UsageError, match="either a session or a year"):
        points.at("USA")


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (("1,2,74,90,much,2,3,US",), "a number is missing"),
        (("1,267,74,90,1,2,3,Baden",), "no state has the Correlates of War number 267"),
        (("1,2,74,90,1,2,3,US", "2,2,74,90,1,2,3,US"), "two points in session 74"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, rows: tuple[str, ...], words: str) -> None:
    with pytest.raises(InputError, match=f"line .*{words}"):
        ideal_points(made(tmp_path / "i.csv", *rows))


def test_other_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(MissingInput):
        ideal_points(tmp_path / "none.csv")
    with pytest.raises(EmptyInput):
        ideal_points(made(tmp_path / "i.csv"))
    (tmp_path / "o.csv").write_text("a,b\n1,2\n", "utf-8")
    with pytest.raises(InputError, match="no column ccode, session, NVotes, IdealPoint; found a, b"):
        ideal_points(tmp_path / "o.csv")


# Own estimates


def simulated(path: Path, sessions: int = 3, roll_calls: int = 40) -> tuple[Votes, np.ndarray]:  # type: ignore[type-arg]
    """Votes of 16 states whose places are known: from -1.5 to 1.5, the first the United States at the upper end."""
    random = np.random.default_rng(7)
    states = "USA GBR FRA DEU JPN CAN AUS ITA BRA IND EGY NGA IDN CUB CHN RUS".split()
    places = np.linspace(1.5, -1.5, len(states))
    rows = []
    for session in range(60, 60 + sessions):
        words = {}
        slopes, borders = random.normal(0, 1.5, roll_calls), random.normal(0, 0.8, roll_calls)
        for state, place in zip(states, places, strict=True):
            lean = slopes * place - borders + random.normal(0, 0.5, roll_calls)
            words[state] = "".join("y" if z < -0.3 else "n" if z > 0.3 else "a" for z in lean)
        rows += ballots(session, **words)
    return csv_votes(path, rows), places


def test_known_places_are_found_again(tmp_path: Path) -> None:
    votes, places = simulated(tmp_path / "v.csv")
    points = estimate_ideal_points(votes)
    states = "USA GBR FRA DEU JPN CAN AUS ITA BRA IND EGY NGA IDN CUB CHN RUS".split()
    found = [points.at(state, session=61).value for state in states]
    assert np.corrcoef(found, places)[0, 1] > 0.97
    point = points.at("USA", session=61)
    assert point.low is not None
    assert point.high is not None
    assert point.low < point.value < point.high
    assert 30 <= point.votes <= 40  # the contested ones of 40


def test_the_same_votes_give_the_same_points(tmp_path: Path) -> None:
    votes, _ = simulated(tmp_path / "v.csv", sessions=2)
    assert dict(estimate_ideal_points(votes).points) == dict(estimate_ideal_points(votes).points)


def test_what_does_not_converge_is_an_error_and_no_answer(tmp_path: Path) -> None:
    votes, _ = simulated(tmp_path / "v.csv", sessions=1)
    with pytest.raises(NotConverged, match="still move"):
        estimate_ideal_points(votes, rounds=2)


def test_unanimous_votes_give_no_points(tmp_path: Path) -> None:
    votes = csv_votes(tmp_path / "v.csv", ballots(60, USA="yy", RUS="yy"))
    with pytest.raises(UsageError, match="unanimous"):
        estimate_ideal_points(votes)


def test_own_points_of_four_sessions_go_with_the_published_ones() -> None:
    published = ideal_points(reference("votes", "idealpoints_all_apr2020.latin1.csv"))
    own = estimate_ideal_points(united_nations(), since=2016)
    both = sorted(own.points.keys() & published.points.keys())
    pairs = np.array([[own.points[key].value, published.points[key].value] for key in both])
    assert np.corrcoef(pairs.T)[0, 1] > 0.97


@pytest.mark.parametrize(("year", "value"), [(1991, 0.99), (2005, 0.82), (2015, 0.44), (2019, 0.48)])
def test_published_distances_of_china_and_russia(year: int, value: float) -> None:
    points = ideal_points(reference("votes", "idealpoints_all_apr2020.latin1.csv"))
    assert round(points.distance("CHN", "RUS", year=year), 2) == value


def test_the_data_set_has_its_citation_and_coverage() -> None:
    data = source("ideal-points")
    assert "Bailey" in data.citation
    assert data.coverage == "1946-01-01 to 2020-01-14"
    with pytest.raises(UsageError, match="no data set 'gdp'"):
        source("gdp")
