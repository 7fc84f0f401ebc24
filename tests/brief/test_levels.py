"""The measured part of a brief."""

from __future__ import annotations

import pyarrow as pa
import pytest

from dragoman.brief import levels
from dragoman.settings import DEFAULT, Settings


def test_changes_are_looked_for_by_the_settings_of_the_brief(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[Settings] = []

    def change_points(series: pa.Table, *, settings: Settings) -> pa.Table:
        given.append(settings)
        return pa.table({"period": ["2031-03"]})

    monkeypatch.setattr(levels.frames, "installed", lambda: True)
    monkeypatch.setattr("dragoman.measure.changes.change_points", change_points)
    series = pa.table({"groups": [1, 2, 0, 1]})  # three months with events
    quick = Settings(change_periods=1)
    assert levels._changes(series, quick) == [{"period": "2031-03"}]
    assert given == [quick]
    assert levels._changes(series, DEFAULT) == []
