from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ballot_files import ballots, column, csv_votes, rda, reference, united_nations
from dragoman.errors import DragomanError, EmptyInput, InputError, MissingInput, UsageError
from dragoman.measure import frames
from dragoman.measure.ballots import read_votes
from dragoman.measure.votes import agreement, matrix, pair_table, seat_name, similarity


def test_unanimous_roll_calls_are_dropped_and_absence_is_no_position(tmp_path: Path) -> None:
    #                      all yes, contested, contested, absent
    votes = csv_votes(tmp_path / "v.csv", ballots(60, CHN="yyn-", RUS="yyan", USA="ynyy"))
    found = similarity(votes, "CHN", "RUS", session=60)
    assert found.n == 2  # roll calls 1 and 2
    assert found.agreement == 0.75


def test_years_and_sessions_choose_the_same_roll_calls(tmp_path: Path) -> None:
    rows = ballots(60, CHN="yn", RUS="yy", USA="nn") + ballots(61, CHN="nn", RUS="nn", USA="yy")
    votes = csv_votes(tmp_path / "v.csv", rows)
    assert agreement(votes, "CHN", "RUS", session=61) == agreement(votes, "CHN", "RUS", since=2006, until=2006) == 1.0
    assert agreement(votes, "CHN", "RUS") == 0.75  # all roll calls count the same


def test_names_and_codes_are_the_same_state(tmp_path: Path) -> None:
    votes = csv_votes(tmp_path / "v.csv", ballots(60, China="yn", RUS="yy", USA="nn"))
    assert agreement(votes, "china", "Russia") == agreement(votes, "CHN", "RUS") == 0.5


def test_a_pair_has_a_row_for_each_session_and_null_where_nothing_is_shared(tmp_path: Path) -> None:
    rows = ballots(60, CHN="yn", RUS="yy", USA="nn") + ballots(61, CHN="--", RUS="ny", USA="yn")
    table = pair_table(csv_votes(tmp_path / "v.csv", rows), "CHN", "RUS")
    assert frames.unit_of(table) == "dyad-session"
    first, second = table.to_pylist()
    assert (first["session"], first["year"], first["n"], first["same"], first["opposed"]) == (60, 2005, 2, 1, 1)
    assert (second["n"], second["agreement"], second["kappa"]) == (0, None, None)


def test_the_matrix_holds_what_the_pairs_give(tmp_path: Path) -> None:
    votes = csv_votes(tmp_path / "v.csv", ballots(60, CHN="ynay", RUS="yyan", USA="nnny"))
    every = matrix(votes, session=60)
    for i, a in enumerate(every.states):
        for j, b in enumerate(every.states):
            if a != b:
                assert every.get("agreement")[i, j] == pytest.approx(agreement(votes, a, b, session=60))
    with pytest.raises(UsageError, match="no measure 'cosine'"):
        every.get("cosine")


# Seats


def test_the_soviet_union_votes_from_the_seat_of_russia_until_its_end(tmp_path: Path) -> None:
    rows = ballots(40, SUN="yn", USA="ny") + ballots(60, Russia="yn", USA="nn")
    votes = csv_votes(tmp_path / "v.csv", rows)
    assert votes.states == ("RUS", "USA")
    assert agreement(votes, "SUN", "USA", session=40) == 0.0
    assert (seat_name("RUS", 1985), seat_name("RUS", 2005)) == ("Soviet Union", "Russia")
    with pytest.raises(UsageError, match="ended on 1991-12-26, before session 60; ask for RUS"):
        agreement(votes, "SUN", "USA", session=60)


def test_yugoslavia_is_a_seat_of_its_own_and_serbia_begins_in_2000(tmp_path: Path) -> None:
    rows = ballots(40, Yugoslavia="yn", USA="ny") + ballots(56, Yugoslavia="yn", USA="nn")
    votes = csv_votes(tmp_path / "v.csv", rows)
    assert votes.states == ("SRB", "USA", "YUG")
    assert votes.voted("YUG") == (40,)
    assert votes.voted("SRB") == (56,)


def test_the_two_germanys_are_two_seats(tmp_path: Path) -> None:
    rows = [
        ("1", 40, "Federal Republic of Germany", "yes"),
        ("1", 40, "German Democratic Republic", "no"),
        ("2", 60, "Germany", "no"),
    ]
    votes = csv_votes(tmp_path / "v.csv", [*rows, ("2", 60, "USA", "yes")])
    assert votes.states == ("DDR", "DEU", "USA")
    assert votes.voted("DEU") == (40, 60)


def test_ballots_of_an_unknown_name_are_counted_as_left_out(tmp_path: Path) -> None:
    votes = csv_votes(tmp_path / "v.csv", [*ballots(18, USA="yn", FRA="nn"), ("18/0", 18, "Zanzibar", "yes")])
    assert [(left.label, left.ballots) for left in votes.left_out] == [("Zanzibar", 1)]
    assert "no state of that name" in votes.left_out[0].reason


# Files


def test_an_r_file_and_a_csv_file_of_the_same_votes_are_the_same(tmp_path: Path) -> None:
    rcid, state, vote = [3.0, 3.0, 4.0, 4.0], ["China", "Russia", "China", "Russia"], ["yes", "no", "abstain", "no"]
    columns = {"rcid": column(rcid, "double"), "country": column(state, "string"), "vote": column(vote, "factor")}
    (tmp_path / "un_votes.rda").write_bytes(rda("un_votes", columns))
    calls = {"rcid": [3, 4], "session": [60.0, 60.0], "date": [13000.0, None]}
    kinds = {"rcid": "integer", "session": "double", "date": "date"}
    frame = rda("un_roll_calls", {name: column(values, kinds[name]) for name, values in calls.items()})
    (tmp_path / "un_roll_calls.rda").write_bytes(frame)
    votes = read_votes(tmp_path / "un_votes.rda")
    same = csv_votes(tmp_path / "v.csv", [(str(int(r)), 60, s, v) for r, s, v in zip(rcid, state, vote, strict=True)])
    assert votes.states == same.states
    assert np.array_equal(votes.ballots, same.ballots)
    assert votes.source.first == "2005-08-05"


def test_the_layout_with_numbers_is_read_too(tmp_path: Path) -> None:
    rows = [("1", 60, "CHN", "1"), ("1", 60, "RUS", "3"), ("1", 60, "USA", "8"), ("2", 60, "CHN", "2"), ("2", 60, "RUS", "9")]
    votes = csv_votes(tmp_path / "v.csv", rows, header="rcid,session,country,vote")
    assert votes.ballots.tolist() == [[1, 3], [2, 0]]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no column roll_call"),
        ("a,b\n1,2\n", "no column roll_call; found a, b"),
        ("roll_call,session,state,vote\n", "no ballot in the file"),
        ("roll_call,session,state,vote\n1,spring,CHN,yes\n", "session is 'spring'"),
        ("roll_call,session,state,vote\n1,60,CHN,maybe\n", "'maybe' is no vote"),
        ("roll_call,session,state,vote\n1,60,CHN,yes\n1,61,RUS,yes\n", "roll call 1 is in session 60 and in 61"),
        ("roll_call,session,state,vote\n1,60,CHN,yes\n1,60,China,no\n", "CHN votes more than once on roll call 1"),
        ("roll_call,session,state,vote\n1,60,Atlantis,yes\n", "no ballot of a known state"),
        ("roll_call,session,state,vote,date\n1,60,CHN,yes,soon\n", "not written as YYYY-MM-DD"),
    ],
)
def test_a_file_of_another_layout_is_refused_with_what_was_found(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "v.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(InputError, match=words):
        read_votes(path)


def test_missing_and_wrong_files_are_said(tmp_path: Path) -> None:
    with pytest.raises(MissingInput):
        read_votes(tmp_path / "none.csv")
    (tmp_path / "un_votes.rda").write_bytes(rda("un_votes", {"rcid": column([], "double"), "a": column([], "string")}))
    with pytest.raises(InputError, match="expected the columns rcid, country, vote"):
        read_votes(tmp_path / "un_votes.rda")
    whole = {"rcid": column([1.0], "double"), "country": column(["China"], "string"), "vote": column(["yes"], "string")}
    (tmp_path / "un_votes.rda").write_bytes(rda("un_votes", whole))
    with pytest.raises(MissingInput, match=r"un_roll_calls[.]rda is not there; put both files into one folder"):
        read_votes(tmp_path / "un_votes.rda")


@pytest.mark.parametrize(
    ("a", "b", "choice", "words"),
    [
        ("CHN", "CHN", {}, "two seats, found CHN twice"),
        ("Chna", "RUS", {}, "no state 'Chna'"),
        ("VAT", "RUS", {}, "has no ballot"),
        ("CHN", "RUS", {"session": 99}, "no roll call in session 99; the votes cover sessions 60 to 61"),
        ("CHN", "RUS", {"since": 2010, "until": 2000}, "end .2000. before they begin .2010."),
        ("CHN", "RUS", {"session": 60, "since": 2000}, "session and years were both given"),
        ("CHN", "RUS", {"session": 61}, "never voted on the same contested roll call"),
    ],
)
def test_a_choice_without_an_answer_is_said(tmp_path: Path, a: str, b: str, choice: dict[str, int], words: str) -> None:
    votes = csv_votes(tmp_path / "v.csv", ballots(60, CHN="yn", RUS="yy", USA="nn") + ballots(61, CHN="y-", RUS="-y", USA="nn"))
    with pytest.raises(UsageError, match=words):
        similarity(votes, a, b, **choice)


def test_a_session_of_unanimous_roll_calls_has_no_matrix(tmp_path: Path) -> None:
    votes = csv_votes(tmp_path / "v.csv", ballots(60, CHN="yy", RUS="yy"))
    with pytest.raises(UsageError, match="unanimous"):
        matrix(votes, session=60)


def test_an_empty_file_is_an_error_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(EmptyInput) as error:
        csv_votes(tmp_path / "v.csv", [])
    assert isinstance(error.value, DragomanError)


# The real votes


def test_the_united_nations_votes_are_read_whole() -> None:
    votes = united_nations()
    assert len(votes.ids) == 6203
    assert int((votes.ballots > 0).sum()) + sum(left.ballots for left in votes.left_out) == 870_109
    assert [left.label for left in votes.left_out] == ["Zanzibar"]
    assert (votes.source.first, votes.source.last) == ("1946-01-01", "2020-01-14")


def test_china_is_the_peoples_republic_from_1971_on() -> None:
    votes = united_nations()
    assert votes.voted("CHN")[0] == 26
    assert votes.voted("TWN")[-1] == 26


@pytest.mark.parametrize(("session", "value"), [(46, 0.761), (60, 0.847), (70, 0.833), (74, 0.874)])
def test_published_agreement_of_china_and_russia(session: int, value: float) -> None:
    assert round(agreement(united_nations(), "CHN", "RUS", session=session), 3) == value


def test_reference_files_of_the_same_folder_are_found() -> None:
    assert reference("votes", "un_roll_calls.rda").is_file()
