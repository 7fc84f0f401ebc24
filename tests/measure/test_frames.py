"""Units of analysis, states and days as a caller names them, and the public names."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

import dragoman as dm
from dragoman import measure
from dragoman.errors import UsageError
from dragoman.measure import frames
from made_events import event, table


def test_no_public_name_is_hidden_by_a_module_of_the_same_name() -> None:
    """``dm.measure.series`` would become the module once something imports ``dragoman.measure.series``."""
    modules = {path.stem for path in Path(measure.__file__).parent.glob("*.py")}
    assert not modules & set(measure.__all__)


def test_every_public_name_can_be_fetched() -> None:
    assert all(getattr(dm.measure, name) is not None for name in measure.__all__)


def test_a_unit_and_its_facts_stay_with_a_table(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    marked = frames.mark(pa.table({"x": [1]}), "dyad-month", {"a": "CHN", "n": 3})
    pq.write_table(marked, tmp_path / "t.parquet")
    back = pq.read_table(tmp_path / "t.parquet")
    assert frames.unit_of(back) == "dyad-month"
    assert frames.facts_of(frames.mark(back, "dyad-month", {"n": 4})) == {"a": "CHN", "n": 4}


def test_a_bare_table_of_events_is_known_and_another_is_not() -> None:
    assert frames.unit_of(table([event("2020-01-05", "CHN", "RUS", "AID")])) == "event"
    assert frames.unit_of(pa.table({"x": [1]})) is None
    with pytest.raises(frames.WrongUnit, match="found no unit; its columns are x"):
        frames.require(pa.table({"x": [1]}), "dyad-month", "this measure")


@pytest.mark.parametrize(
    ("words", "code"), [("CHN", "CHN"), ("chn", "CHN"), ("China", "CHN"), ("russia", "RUS"), (" United  States ", "USA")]
)
def test_states_by_code_or_name(words: str, code: str) -> None:
    assert frames.state(words) == code


@pytest.mark.parametrize(("words", "hint"), [("CHI", "CHN"), ("Rusia", "RUS"), ("", "alpha-3"), ("QQQQQQ", "alpha-3")])
def test_an_unknown_state_is_named_with_the_nearest(words: str, hint: str) -> None:
    with pytest.raises(UsageError, match=hint):
        frames.state(words)


def test_months_and_years_stand_for_their_first_and_last_days() -> None:
    assert frames.span("2020", "2020-02") == (date(2020, 1, 1), date(2020, 2, 29))
    assert frames.span(date(2020, 1, 5), None) == (date(2020, 1, 5), None)
    for wrong in ("2020-02-30", "2020-00", "soon", "2020-1"):
        with pytest.raises(UsageError, match="is not a date"):
            frames.span(wrong, None)
        with pytest.raises(UsageError, match="is not a date"):
            frames.span(None, wrong)
