from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ballot_files import column, rda, reference
from dragoman.errors import BinaryInput, EmptyInput, InputError, MissingInput
from dragoman.measure.rfile import read_rda


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("format_", [2, 3])
def test_a_data_frame_comes_back_with_its_types_and_its_missing_values(tmp_path: Path, packed: bool, format_: int) -> None:
    columns = {
        "country": column(["Chad", None, "Chad", "Côte d’Ivoire"], "string"),
        "vote": column(["yes", "no", None, "abstain"], "factor"),
        "n": column([1, None, 3, -4], "integer"),
        "x": column([1.5, None, 0.0, -2.25], "double"),
        "day": column([0.0, 18275.0, None, -8766.0], "date"),
    }
    tables = read_rda(written(tmp_path / "a.rda", rda("votes", columns, packed=packed, format_=format_)))
    assert list(tables) == ["votes"]
    found = tables["votes"].to_pydict()
    assert found["country"] == ["Chad", None, "Chad", "Côte d’Ivoire"]
    assert found["vote"] == ["yes", "no", None, "abstain"]
    assert found["n"] == [1, None, 3, -4]
    assert found["x"] == [1.5, None, 0.0, -2.25]
    assert found["day"] == [date(1970, 1, 1), date(2020, 1, 14), None, date(1946, 1, 1)]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.none() | st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=8), max_size=12)
)
def test_any_strings_come_back(tmp_path: Path, values: list[str | None]) -> None:
    path = written(tmp_path / "s.rda", rda("f", {"s": column(values, "string")}, packed=False))
    assert read_rda(path)["f"]["s"].to_pylist() == values


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(min_size=1, max_size=60), st.integers(0, 120))
def test_damaged_bytes_give_one_clear_error(tmp_path: Path, noise: bytes, at: int) -> None:
    whole = rda("f", {"n": column([1, 2, 3], "integer"), "s": column(["a", "b", "c"], "string")}, packed=False)
    path = written(tmp_path / "d.rda", whole[:at] + noise)
    found: object = None
    try:
        found = read_rda(path)
    except InputError as error:
        found = str(error)
    assert isinstance(found, dict) or (isinstance(found, str) and "\n" not in found)


def test_what_is_no_r_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(MissingInput, match="no such file"):
        read_rda(tmp_path / "none.rda")
    with pytest.raises(EmptyInput, match="empty"):
        read_rda(written(tmp_path / "empty.rda", b""))
    with pytest.raises(BinaryInput, match="no R data file"):
        read_rda(written(tmp_path / "text.rda", b"rcid,country,vote\n"))


def test_the_reference_file_has_the_rows_that_the_package_rdata_finds() -> None:
    tables = read_rda(reference("votes", "un_roll_calls.rda"))
    table = tables["un_roll_calls"]
    assert table.num_rows == 6203
    assert table["rcid"][0].as_py() == 3
    assert table["date"][0].as_py() == date(1946, 1, 1)
