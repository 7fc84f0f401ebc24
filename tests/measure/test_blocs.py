from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from ballot_files import ballots, csv_votes, united_nations
from dragoman.errors import UsageError
from dragoman.measure import frames
from dragoman.measure.balance import brokers, isolation, of_signs, places, triad_balance
from dragoman.measure.blocs import Period, bloc_table, communities, find_blocs, rand_index
from dragoman.measure.networks import NoEvents, events_network, events_networks, votes_networks
from dragoman.measure.votes import Votes
from made_events import event
from made_events import table as events_table

WEST = ("USA", "GBR", "FRA", "DEU", "ITA", "CAN")
EAST = ("RUS", "POL", "HUN", "BGR", "CSK", "UKR")
SOUTH = ("IND", "EGY", "IDN", "NGA", "MEX", "BRA")


def camps(path: Path, *sessions: int, moved: dict[int, tuple[str, str]] | None = None) -> Votes:
    """Three camps of six that vote together, with one vote in ten at odds; from a session of ``moved`` on a state votes with
    another camp."""
    random = np.random.default_rng(3)
    rows = []
    lines = {"west": "ynyn" * 10, "east": "nnyy" * 10, "south": "ynny" * 10}  # any two agree on half
    for session in sessions:
        camp = {s: name for name, states in (("west", WEST), ("east", EAST), ("south", SOUTH)) for s in states}
        camp |= {state: where for since, (state, where) in (moved or {}).items() if session >= since}
        words = {
            state: "".join("a" if random.random() < 0.1 else vote for vote in lines[where]) for state, where in camp.items()
        }
        rows += ballots(session, **words)
    return csv_votes(path, rows)


def members(period: Period) -> dict[str, set[str]]:
    return {bloc.name: set(bloc.states) for bloc in period.blocs}


def test_three_camps_are_found_and_are_sure(tmp_path: Path) -> None:
    (period,) = find_blocs(votes_networks(camps(tmp_path / "v.csv", 40)))
    assert sorted(map(sorted, members(period).values())) == sorted(map(sorted, (WEST, EAST, SOUTH)))
    assert period.alone == ()
    assert period.stability is not None
    assert period.stability > 0.95
    assert period.seeds == 1.0
    assert min(period.sure.values()) > 0.9
    for bloc in period.blocs:
        assert bloc.inside is not None
        assert bloc.outside is not None
        assert bloc.inside > bloc.outside


def test_a_bloc_keeps_its_name_when_a_state_moves(tmp_path: Path) -> None:
    votes = camps(tmp_path / "v.csv", 40, 41, 42, moved={41: ("POL", "west")})
    periods = find_blocs(votes_networks(votes), draws=0)
    assert len({period.bloc_of("USA") for period in periods}) == 1
    assert len({period.bloc_of("RUS") for period in periods}) == 1
    assert [period.bloc_of("POL") == period.bloc_of("USA") for period in periods] == [False, True, True]
    assert {name for period in periods for name in members(period)} == {"A", "B", "C"}


def test_without_drawing_nothing_is_said_about_stability(tmp_path: Path) -> None:
    (period,) = find_blocs(votes_networks(camps(tmp_path / "v.csv", 40)), draws=0)
    assert (period.stability, period.low, period.seeds, period.sure) == (None, None, None, {})


def test_the_same_votes_give_the_same_blocs(tmp_path: Path) -> None:
    networks = votes_networks(camps(tmp_path / "v.csv", 40, 41))
    first, second = (find_blocs(networks, draws=3, seed=5) for _ in range(2))
    assert bloc_table(first).equals(bloc_table(second))
    assert communities(networks[0], 1) == communities(networks[0], 2)


def test_a_state_that_seldom_votes_is_not_placed(tmp_path: Path) -> None:
    votes = camps(tmp_path / "v.csv", 40)
    few = csv_votes(
        tmp_path / "w.csv",
        [
            (id_, 40, state, {1: "yes", 2: "abstain", 3: "no"}[int(votes.ballots[i, j])])
            for i, id_ in enumerate(votes.ids)
            for j, state in enumerate(votes.states)
            if state != "CAN" or i < 5
        ],
    )
    (network,) = votes_networks(few)
    assert network.left_out == ("CAN",)
    rows = {row["state"]: row for row in bloc_table(find_blocs([network], draws=0)).to_pylist()}
    assert (rows["CAN"]["placed"], rows["CAN"]["bloc"], rows["USA"]["placed"]) == (False, None, True)


def test_the_table_has_a_row_for_each_state_and_period(tmp_path: Path) -> None:
    found = bloc_table(find_blocs(votes_networks(camps(tmp_path / "v.csv", 40, 41)), draws=0))
    assert frames.unit_of(found) == "state-period"
    assert found.num_rows == 2 * 18


def test_periods_of_several_years_are_one_network(tmp_path: Path) -> None:
    networks = votes_networks(camps(tmp_path / "v.csv", 40, 41, 42), every=2)
    assert [network.label for network in networks] == ["1985-1986", "1987"]
    assert networks[0].matters > networks[1].matters


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        ({"measure": "cosine"}, "no measure 'cosine'"),
        ({"every": 0}, "at least one year"),
        ({"since": 1990, "until": 1980}, "before they begin"),
        ({"since": 2010}, "no roll call in the years 2010"),
    ],
)
def test_a_choice_without_a_network_is_said(tmp_path: Path, choice: dict[str, int | str], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        votes_networks(camps(tmp_path / "v.csv", 40), **choice)  # type: ignore[arg-type]


def test_too_few_roll_calls_make_no_period(tmp_path: Path) -> None:
    votes = csv_votes(tmp_path / "v.csv", ballots(19, USA="y", RUS="n", FRA="y"))
    with pytest.raises(UsageError, match="10 contested roll calls"):
        votes_networks(votes)


@pytest.mark.parametrize(
    ("one", "two", "index"),
    [((0, 0, 1, 1), (1, 1, 0, 0), 1.0), ((0, 0, 1, 1), (0, 1, 0, 1), -0.5), ((0, 1, 2), (0, 1, 2), 1.0)],
)
def test_the_adjusted_rand_index_of_small_partitions(one: tuple[int, ...], two: tuple[int, ...], index: float) -> None:
    assert rand_index(one, two) == pytest.approx(index)


# Events


def friends_and_foes() -> list[dict[str, object]]:
    rows = []
    for camp in (WEST, EAST):
        rows += [event("2020-05-01", a, b, "COOPERATE", group=f"{a}{b}") for a in camp for b in camp if a < b]
    rows += [event("2020-06-01", a, b, "ACCUSE", group=f"{a}{b}") for a, b in zip(WEST, EAST, strict=True)]
    return rows


def test_blocs_of_events_are_those_who_cooperate() -> None:
    (period,) = find_blocs([events_network(events_table(friends_and_foes()), label="2020")])
    assert sorted(map(sorted, members(period).values())) == sorted(map(sorted, (WEST, EAST)))
    assert period.network.tie("USA", "RUS") == -1.0
    assert period.network.tie("USA", "GBR") == 1.0
    assert period.network.tie("USA", "POL") is None  # nothing known, not zero


def test_an_event_told_twice_counts_once_and_organisations_are_no_states() -> None:
    rows = [
        event("2020-05-01", "USA", "GBR", "CONSULT", group="one"),
        event("2020-05-01", "GBR", "USA", "CONSULT", group="one"),
        event("2020-05-02", "USA", "FRA", "CONSULT", group="two"),
        event("2020-05-03", "IGO", "USA", "CONSULT", group="three"),
        event("2020-05-04", "USA", "RUS", "CONSULT", group="four", modality="planned"),
    ]
    network = events_network(events_table(rows))
    assert network.states == ("FRA", "GBR", "USA")
    assert network.matters == 2


def test_years_without_an_event_are_left_out() -> None:
    rows = [event(f"{year}-05-01", a, b, "CONSULT") for year in (2015, 2018) for a, b in (("USA", "FRA"), ("FRA", "GBR"))]
    assert [n.label for n in events_networks(events_table(rows))] == ["2015", "2018"]
    assert [n.label for n in events_networks(events_table(rows), every=2)] == ["2015-2016", "2017-2018"]
    with pytest.raises(NoEvents, match="no event between two states"):
        events_network(events_table(rows), since="2016-01-01", until="2016-12-31")


def test_blocs_refuse_the_wrong_unit() -> None:
    monthly = frames.mark(events_table([]), "dyad-month")
    with pytest.raises(frames.WrongUnit, match="dyad-month"):
        events_network(monthly)


# Balance, brokers, isolation


def test_balance_of_triads_by_hand() -> None:
    two_friends_one_foe = np.array([[0, 1, -1], [1, 0, -1], [-1, -1, 0]])
    foes = -np.ones((3, 3)) + np.eye(3)
    mixed = np.array([[0, 1, 1], [1, 0, -1], [1, -1, 0]])
    assert [of_signs(s.astype(float)).balanced for s in (two_friends_one_foe, foes, mixed)] == [1.0, 0.0, 0.0]
    assert of_signs(foes).weakly_balanced == 1.0
    assert of_signs(np.zeros((4, 4))).balanced is None


def test_expected_balance_is_that_of_random_signs() -> None:
    random = np.random.default_rng(0)
    shares = []
    for _ in range(300):
        upper = np.triu(np.where(random.permutation(36).reshape(6, 6) < 20, 1.0, -1.0), 1)
        signs = upper + upper.T
        found = of_signs(signs)
        shares.append((found.balanced or 0) - (found.expected or 0))
    assert abs(np.mean(shares)) < 0.02


def test_two_camps_are_more_balanced_than_chance(tmp_path: Path) -> None:
    (network,) = votes_networks(camps(tmp_path / "v.csv", 40))
    found = triad_balance(network)
    assert found.triads > 0
    assert found.balanced is not None
    assert found.expected is not None
    assert found.balanced > found.expected


def test_who_talks_to_both_camps_is_the_broker() -> None:
    rows = friends_and_foes() + [event("2020-07-01", "TUR", other, "CONSULT", group=f"TUR{other}") for other in ("USA", "RUS")]
    (period,) = find_blocs([events_network(events_table(rows), label="2020")], draws=0)
    first = brokers(period)[0]
    assert first.state in ("TUR", "USA", "RUS")
    assert first.between > 0
    assert next(b for b in brokers(period) if b.state == "ITA").between == 0


def test_the_most_isolated_comes_first(tmp_path: Path) -> None:
    lines = {"USA": "n" * 20, **dict.fromkeys((*EAST, *SOUTH), "y" * 10 + "na" * 5)}
    (network,) = votes_networks(csv_votes(tmp_path / "v.csv", ballots(40, **lines)))
    first = isolation(network)[0]
    assert (first.state, first.rank) == ("USA", 1)
    rows = places(find_blocs([network], draws=0)[0]).to_pylist()
    assert rows[0]["state"] == "USA"
    assert rows[0]["isolation_rank"] == 1


# The United Nations from 1946 to 2019: named facts

WARSAW_PACT = ("RUS", "POL", "CSK", "HUN", "BGR", "ROU", "DDR")
NATO = ("USA", "GBR", "FRA", "CAN", "BEL", "NLD", "NOR", "DNK", "ITA", "DEU")


@cache
def of_year(year: int) -> Period:
    return find_blocs(votes_networks(united_nations(), since=year, until=year), draws=0)[0]


@pytest.mark.parametrize("year", [1950, 1956, 1960, 1975, 1985])
def test_the_warsaw_pact_votes_in_one_bloc_and_no_nato_state_in_it(year: int) -> None:
    period = of_year(year)
    east = {period.bloc_of(s) for s in WARSAW_PACT if s in period.network.states}
    west = {period.bloc_of(s) for s in NATO if s in period.network.states}
    assert len(east) == 1
    assert None not in east
    assert not east & west


@pytest.mark.parametrize("year", [1950, 1960, 1985])
def test_the_united_states_and_britain_are_in_one_bloc(year: int) -> None:
    period = of_year(year)
    assert period.bloc_of("USA") == period.bloc_of("GBR") is not None


@pytest.mark.parametrize("year", [1984])
def test_romania_goes_its_own_way(year: int) -> None:
    period = of_year(year)
    assert period.bloc_of("ROU") != period.bloc_of("RUS")


@pytest.mark.parametrize("year", [1995, 2019])
def test_after_the_cold_war_the_eastern_members_of_the_pact_vote_with_western_europe(year: int) -> None:
    period = of_year(year)
    assert {period.bloc_of(s) for s in ("POL", "HUN", "CZE", "BGR", "ROU")} == {period.bloc_of("FRA")}


def test_the_names_of_the_main_blocs_outlast_twenty_years() -> None:
    periods = find_blocs(votes_networks(united_nations(), since=1998, every=8), draws=0)
    assert len({period.bloc_of("FRA") for period in periods}) == 1
    assert len({period.bloc_of("IDN") for period in periods}) == 1
