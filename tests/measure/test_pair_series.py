"""The series of a pair: what is counted, where it is placed, and what is missing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa
import pytest

from dragoman.archive.schema import schema
from dragoman.errors import UsageError
from dragoman.measure import coverage, event_groups, facts_of, series, unit_of
from dragoman.measure.frames import WrongUnit
from made_events import articles, event, table

WINTER = articles("2020-01-01", "2020-04-10")


def rows(*events: dict[str, Any], **more: Any) -> list[dict[str, Any]]:
    return list(series(table([*events]), "CHN", "RUS", articles=more.pop("articles", WINTER), **more).to_pylist())


def test_one_row_a_month_with_what_was_read_beside_it() -> None:
    found = rows(event("2020-01-05", "CHN", "RUS", "CONSULT"))
    assert [r["period"] for r in found] == [date(2020, m, 1) for m in (1, 2, 3, 4)]
    assert [r["period_end"] for r in found] == [date(2020, 1, 31), date(2020, 2, 29), date(2020, 3, 31), date(2020, 4, 30)]
    assert [r["articles"] for r in found] == [31, 29, 31, 10]
    assert [r["days"] for r in found] == [31, 29, 31, 10]


def test_zero_inside_coverage_and_missing_outside() -> None:
    read = pa.concat_tables([articles("2020-01-01", "2020-01-31"), articles("2020-03-01", "2020-03-31")])
    found = rows(event("2020-01-05", "CHN", "RUS", "CONSULT"), articles=read)
    assert [(r["covered"], r["groups"]) for r in found] == [(True, 1), (False, None), (True, 0)]
    assert found[1]["articles"] == 0
    assert found[2]["intensity_mean"] is None, "no event has no mean"
    assert found[2]["intensity_sum"] == 0.0


def test_an_event_told_three_times_counts_once() -> None:
    told = [event(f"2020-01-0{d}", "CHN", "RUS", "ACCUSE", group="g") for d in (5, 6, 7)]
    first = rows(*told, event("2020-01-09", "CHN", "RUS", "ACCUSE"))[0]
    assert (first["groups"], first["mentions"], first["conflict"]) == (2, 4, 2)


def test_groups_can_stand_in_a_table_beside_the_events() -> None:
    events = table([event("2020-01-05", "CHN", "RUS", "ACCUSE"), event("2020-01-06", "CHN", "RUS", "ACCUSE")]).drop(["group"])
    beside = pa.Table.from_pylist(
        [{"event": f"e0000{i}", "group": "e00000", "source_country": "CHN", "target_country": "RUS"} for i in (0, 1)],
        schema("groups"),
    )
    assert series(events, "CHN", "RUS", groups=beside, articles=WINTER)["groups"][0].as_py() == 1
    assert series(events, "CHN", "RUS", articles=WINTER)["groups"][0].as_py() == 2


def test_a_mutual_event_counts_in_both_directions_and_once_in_the_pair() -> None:
    first = rows(event("2020-01-05", "CHN", "RUS", "CONSULT"), event("2020-01-06", "RUS", "CHN", "ACCUSE"))[0]
    assert (first["groups"], first["groups_ab"], first["groups_ba"], first["groups_difference"]) == (2, 1, 2, -1)
    assert first["intensity_sum_ab"] == 2.5
    assert first["intensity_sum_ba"] == -0.5
    assert first["intensity_sum_difference"] == 3.0


def test_a_meeting_imported_once_for_each_direction_counts_once() -> None:
    sides: list[dict[str, Any]] = [
        {"source_text": "Xi", "target_text": "Putin", "cameo": "040"},
        {"source_text": "Putin", "target_text": "Xi", "cameo": "040"},
    ]
    both = [
        event("2020-01-05", *pair, "CONSULT", mutual=False, origin="icews", document=None, published=None, **side)
        for pair, side in zip((("CHN", "RUS"), ("RUS", "CHN")), sides, strict=True)
    ]
    found = series(table([*both, *both]), "CHN", "RUS").to_pylist()[0]
    assert (found["groups"], found["groups_ab"], found["groups_ba"], found["mentions"]) == (2, 2, 2, 4)


def test_imported_code_that_is_no_root_is_left_out_and_told() -> None:
    odd = {**event("2020-01-05", "CHN", "RUS", "CONSULT", origin="icews"), "root": None, "quad": None, "intensity": None}
    assert facts_of(series(table([odd]), "CHN", "RUS"))["without_root"] == 1


def test_words_deeds_cooperation_and_conflict_follow_the_quad_classes() -> None:
    roots = ("CONSULT", "AID", "ACCUSE", "SANCTION", "SANCTION")
    first = rows(*(event("2020-01-05", "CHN", "RUS", root) for root in roots))[0]
    assert [first[k] for k in ("words", "deeds", "cooperation", "conflict")] == [2, 3, 2, 3]
    assert first["conflict_share"] == 0.6
    assert first["intensity_mean"] == pytest.approx((2.5 + 10 - 3 - 6 - 6) / 5)


def test_planned_and_hypothetical_events_are_columns_of_their_own() -> None:
    planned = event("2020-03-20", "CHN", "RUS", "CONSULT", modality="planned", published="2020-01-10")
    found = rows(planned, event("2020-01-11", "CHN", "RUS", "SANCTION", modality="hypothetical"))
    assert (found[0]["groups"], found[0]["planned"], found[0]["hypothetical"]) == (0, 1, 1)
    assert found[2]["planned"] == 0, "it stands where it was said, not where it is planned"
    assert rows(planned, modality=("planned",))[0]["groups"] == 1


def test_an_event_that_happened_after_it_was_planned_happened() -> None:
    first = rows(
        event("2020-01-20", "CHN", "RUS", "CONSULT", modality="planned", published="2020-01-10", group="g"),
        event("2020-01-20", "CHN", "RUS", "CONSULT", published="2020-01-21", group="g"),
    )[0]
    assert (first["groups"], first["planned"], first["mentions"]) == (1, 0, 2)


def test_an_event_without_a_date_stands_on_its_articles_day_and_is_counted_as_such() -> None:
    first = rows(event(None, "CHN", "RUS", "ACCUSE", published="2020-01-09"))[0]
    assert (first["groups"], first["dated_by_article"]) == (1, 1)


def test_an_event_dated_wider_than_the_period_is_in_none_and_told() -> None:
    wide = event("2020-01-01", "CHN", "RUS", "ACCUSE") | {"date_to": date(2020, 2, 29)}
    found = series(table([wide]), "CHN", "RUS", articles=WINTER)
    assert sum(found["groups"].to_pylist()) == 0
    assert facts_of(found)["too_wide"] == 1
    assert series(table([wide]), "CHN", "RUS", "year", articles=WINTER)["groups"].to_pylist() == [1]


def test_an_event_recalled_from_before_coverage_is_told_but_in_no_row() -> None:
    old = event("1999-05-01", "CHN", "RUS", "ACCUSE", published="2020-01-09")
    found = series(table([old]), "CHN", "RUS", articles=WINTER)
    assert (sum(found["groups"].to_pylist()), facts_of(found)["outside"]) == (0, 1)
    wide = series(table([old]), "CHN", "RUS", "year", since="1999", articles=WINTER).to_pylist()
    assert (wide[0]["groups"], wide[0]["recalled"], wide[0]["covered"]) == (None, 1, False)


@pytest.mark.parametrize(
    ("by", "count", "second"),
    [("day", 60, "2020-01-02"), ("week", 9, "2020-01-06"), ("month", 2, "2020-02-01"), ("quarter", 1, None), ("year", 1, None)],
)
def test_periods(by: str, count: int, second: str | None) -> None:
    found = series(table([]), "CHN", "RUS", by, articles=articles("2020-01-01", "2020-02-29"))
    assert found.num_rows == count
    assert unit_of(found) == f"dyad-{by}"
    if second:
        assert found["period"][1].as_py().isoformat() == second


def test_a_span_cuts_events_and_coverage() -> None:
    both = (event("2020-01-05", "CHN", "RUS", "ACCUSE"), event("2020-03-05", "CHN", "RUS", "ACCUSE"))
    found = rows(*both, since="2020-02", until="2020-03")
    assert [(r["period"].month, r["groups"]) for r in found] == [(2, 0), (3, 1)]


def test_the_series_is_the_same_from_event_groups_and_from_events() -> None:
    events = table([event("2020-01-05", "CHN", "RUS", "CONSULT"), event("2020-02-06", "RUS", "CHN", "ACCUSE")])
    groups = event_groups(events, "CHN", "RUS")
    assert unit_of(groups) == "event-group"
    assert series(groups, "CHN", "RUS", articles=WINTER).equals(series(events, "CHN", "RUS", articles=WINTER))


def test_the_other_order_of_the_pair_swaps_the_directions() -> None:
    events = table([event("2020-01-05", "CHN", "RUS", "AID")])
    one, two = (series(events, *pair, articles=WINTER).to_pylist()[0] for pair in (("CHN", "RUS"), ("RUS", "CHN")))
    assert (one["groups_ab"], one["groups_ba"]) == (two["groups_ba"], two["groups_ab"]) == (1, 0)


def test_imported_rows_cover_their_days_without_articles() -> None:
    imported = event("2020-01-05", "USA", "RUS", "AID", origin="icews", document=None, published=None)
    found = series(table([imported]), "CHN", "RUS", "day").to_pylist()
    assert [(r["covered"], r["articles"], r["groups"]) for r in found] == [(True, None, 0)]
    assert coverage(table([imported]), "day").num_rows == 1


def test_an_article_dated_by_its_year_covers_the_year_and_no_month() -> None:
    year = articles("2020-01-01", "2020-01-01").to_pylist()[0] | {"published_to": date(2020, 12, 31)}
    read = pa.Table.from_pylist([year], schema("articles"))
    events = table([event("2020-03-05", "CHN", "RUS", "AID")])
    assert series(events, "CHN", "RUS", "year", articles=read)["groups"].to_pylist() == [1]
    months = series(events, "CHN", "RUS", articles=read)
    assert months.num_rows == 0
    assert "within one month; try a longer period" in facts_of(months)["empty"]


def test_an_empty_table_gives_no_rows_and_the_reason() -> None:
    found = series(table([]), "CHN", "RUS")
    assert found.num_rows == 0
    assert "nothing was read" in facts_of(found)["empty"]
    assert "no event" in facts_of(series(table([]), "CHN", "RUS", articles=WINTER))["empty"]
    assert "groups" in found.column_names


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("CHN", "CHN"), "two states"),
        (("CHN", "China"), "two states"),
        (("CHN", "RUSS"), r"did you mean Russia \(RUS\)"),
        (("CHN", "RUS", "fortnight"), "there is no period"),
    ],
)
def test_bad_input_is_named(arguments: tuple[str, ...], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        series(table([]), *arguments)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"since": "2020-02-01", "until": "2020-01-01"}, "ends .* before it begins"),
        ({"since": "2020-13"}, "not a date"),
        ({"modality": ("done",)}, "no modality"),
        ({"modality": ()}, "no modality"),
    ],
)
def test_bad_options_are_named(options: dict[str, Any], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        series(table([]), "CHN", "RUS", **options)


def test_another_unit_is_refused_by_name() -> None:
    with pytest.raises(WrongUnit, match="one row a event, found"):
        series(WINTER, "CHN", "RUS")
    with pytest.raises(WrongUnit, match="Archive or a pyarrow Table"):
        series("relations", "CHN", "RUS")
    groups = event_groups(table([]), "CHN", "RUS")
    with pytest.raises(WrongUnit, match="CHN and RUS, not of CHN and USA"):
        series(groups, "CHN", "USA")
