"""The archive's files, a server's copy and the record in memory give the same rows."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection

from dragoman.archive.archive import Archive
from dragoman.web import charts, parameters
from dragoman.web.data import Data, articles, events, open_copy, open_data, pairs, searching, statements, status, tables
from dragoman.web.data.connection import LOOKED_UP
from dragoman.web.data.copies import Copies
from dragoman.web.data.filters import EventFilter

FILTERS = (
    EventFilter(),
    EventFilter(pair=("CHL", "PER")),
    EventFilter(state="NOR"),
    EventFilter(actor="CHL"),
    EventFilter(between_states=True),
    EventFilter(pair=("CHL", "NOR"), since=date(2031, 1, 1), until=date(2031, 12, 31)),
    EventFilter(published_since=date(2031, 3, 4)),
    EventFilter(between_states=True, published_since=date(2031, 3, 4)),
    EventFilter(pair=("CHL", "NOR"), state="NOR", actor="CHL"),
)


@pytest.fixture(scope="module")
def copy(archive: Archive, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Data]:
    data = open_copy(archive, tmp_path_factory.mktemp("copy"))
    yield data
    data.connection.close()


@pytest.mark.parametrize("wanted", FILTERS)
def test_three_ways_give_the_same_events(archive: Archive, copy: Data, wanted: EventFilter) -> None:
    files, memory = open_data(archive), replace(copy, whole=events.everything(copy))
    columns = ("group", "id", "mentions", "documents", "passage", "source_name", "day")
    told = [events.groups(data, wanted, limit=50) for data in (files, copy, memory)]
    found = [[tuple(row[column] for column in columns) for row in rows] for rows in told]
    assert found[0]
    assert found[0] == found[1] == found[2]


@pytest.mark.parametrize("wanted", [EventFilter(root="ACCUSE"), EventFilter(quad=1, words=("krill",)), EventFilter(group="g1")])
def test_what_the_record_in_memory_is_not_asked_by_is_refused_and_not_ignored(copy: Data, wanted: EventFilter) -> None:
    memory = replace(copy, whole=events.everything(copy))
    with pytest.raises(NotImplementedError, match="not asked by"):
        events.groups(memory, wanted, limit=9)


@pytest.mark.parametrize("wanted", FILTERS)
def test_events_as_data_and_their_number_are_the_same_from_files_and_copy(
    archive: Archive, copy: Data, wanted: EventFilter
) -> None:
    files = open_data(archive)
    assert tables.events(files, wanted, limit=4, offset=1).equals(tables.events(copy, wanted, limit=4, offset=1))
    for data in (files, copy):
        total, rows = events.found(data, wanted, limit=2, offset=1)
        assert total == events.count(data, wanted)
        assert rows == events.groups(data, wanted, limit=2, offset=1)
    assert events.found(copy, wanted, limit=2, offset=1000) == (events.count(files, wanted), [])


def test_what_a_copy_has_reckoned_is_what_the_files_give(archive: Archive, copy: Data) -> None:
    files = open_data(archive)
    newest = pairs.newest_day(files)
    assert newest is not None
    assert newest == pairs.newest_day(copy)
    assert copy.since(newest - timedelta(weeks=30)) == "recent" != copy.since(newest - timedelta(weeks=31))
    for since in (None, newest - timedelta(days=6), newest - timedelta(days=600)):
        assert pairs.pairs(files, since=since, state="CHL") == pairs.pairs(copy, since=since, state="CHL")
    assert pairs.changes(files, newest, least=1) == pairs.changes(copy, newest, least=1)
    assert pairs.all_states(files) == pairs.all_states(copy)
    assert pairs.all_pairs(files) == pairs.all_pairs(copy)
    late = EventFilter(published_since=newest - timedelta(days=28))
    assert [row["id"] for row in events.groups(files, late, limit=9)] == [
        row["id"] for row in events.groups(copy, late, limit=9)
    ]
    of_article = events.of_document(files, "m")
    assert next(row["id"] for row in articles.related(files, "m", of_article)) == "r"
    assert articles.related(files, "m", of_article) == articles.related(copy, "m", events.of_document(copy, "m"))


def test_what_is_set_for_a_copy_holds_for_every_query(copy: Data) -> None:
    asked = "SELECT current_setting('dynamic_or_filter_threshold') AS most, current_setting('timezone') AS zone"
    assert copy.one(asked) == {"most": LOOKED_UP, "zone": "UTC"}


def test_a_batch_published_while_an_archive_is_opened_is_not_taken_for_another(
    own_archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = own_archive.connection

    def overtaken() -> DuckDBPyConnection:
        monkeypatch.setattr(own_archive, "connection", connect)
        made = connect()
        own_archive.correct("e3", {"root": "REJECT"}, why="a refusal", by="A. Reader")
        return made

    monkeypatch.setattr(own_archive, "connection", overtaken)
    data = open_data(own_archive)
    assert data.batch == str(own_archive.snapshot().batch)
    assert [row["root"] for row in events.mentions(data, "e3")] == ["REJECT"]


def test_three_ways_give_the_same_months_and_pairs(archive: Archive, copy: Data) -> None:
    files, memory = open_data(archive), replace(copy, whole=events.everything(copy))
    assert events.months(files, "CHL", "NOR") == events.months(copy, "CHL", "NOR") == events.months(memory, "NOR", "CHL")
    assert pairs.pairs(files) == pairs.pairs(copy)


def test_what_is_told_by_the_year_is_counted_and_gets_no_bar_in_january(own_archive: Archive, tmp_path: Path) -> None:
    own_archive.correct("e5", {"date_from": "2030-01-01", "date_to": "2030-12-31"}, why="the year only", by="A. Reader")
    files, copied = open_data(own_archive), open_copy(own_archive, tmp_path)
    memory = replace(copied, whole=events.everything(copied))
    found = events.months(files, "CHL", "PER")
    assert found == events.months(copied, "CHL", "PER") == events.months(memory, "CHL", "PER")
    assert [(row["month"].isoformat(), row["wide"]) for row in found] == [("2030-01-01", True), ("2031-03-01", False)]
    bars = charts.bars(found)
    assert bars is not None
    assert (bars.wide, [row[0] for row in bars.rows]) == (1, ["March 2031"])
    assert charts.bars(found[:1]) is None
    copied.connection.close()


def test_the_bars_end_with_the_record_and_a_short_one_is_labelled_by_month() -> None:
    def bars(*months: date) -> charts.Bars:
        quads = {"q1": 1, "q2": 0, "q3": 2, "q4": 0}
        found = charts.bars([{"month": month, "wide": False, **quads} for month in months])
        assert found is not None
        return found

    short = bars(date(2031, 11, 1), date(2032, 2, 1))
    assert short.ticks == ((0.0, "Nov 2031"), (25.0, "Dec"), (50.0, "Jan 2032"), (75.0, "Feb"))
    assert max(rect.x for rect in short.rects) > 75
    assert max(rect.width for rect in short.rects) <= charts.WIDEST
    year = bars(date(2031, 1, 1), date(2031, 12, 1))
    assert [label for _, label in year.ticks] == ["Jan 2031", "Mar", "May", "Jul", "Sep", "Nov"]
    assert [label for _, label in bars(date(2030, 3, 1), date(2031, 12, 1)).ticks] == ["2030", "2031"]


def test_an_event_told_twice_is_listed_once_with_its_sources(archive: Archive) -> None:
    rows = events.groups(open_data(archive), EventFilter(pair=("CHL", "NOR")), limit=50)
    told = [row for row in rows if row["id"] in ("e1", "e2")]
    assert [(row["mentions"], row["documents"]) for row in told] == [(2, 2)]


def test_a_server_asks_the_files_until_its_copy_is_ready_and_again_after_a_new_batch(own_archive: Archive) -> None:
    copies = Copies(own_archive, 5.0, rest_s=0.0)
    assert not copies.data().grouped
    wait(copies)
    assert copies.data().grouped
    own_archive.correct("e3", {"root": "REJECT"}, why="a refusal", by="A. Reader")
    assert not copies.data().grouped
    wait(copies)
    assert [row["root"] for row in events.mentions(copies.data(), "e3")] == ["REJECT"]
    copies.close()


def test_a_server_that_ends_waits_for_no_copy_and_leaves_none_running(own_archive: Archive) -> None:
    copies = Copies(own_archive, 5.0)
    copies.data()
    copies.close()
    assert not [thread.name for thread in threading.enumerate() if thread.name.startswith("copy of batch")]
    assert not copies.data().grouped  # and it begins no other


def wait(copies: Copies) -> None:
    end = time.monotonic() + 60
    while not copies.ready():
        assert time.monotonic() < end
        copies.data()
        time.sleep(0.05)


def test_a_copy_that_cannot_be_written_leaves_the_files(own_archive: Archive, tmp_path: Path) -> None:
    from dragoman.errors import DragomanError

    with pytest.raises(DragomanError, match="cannot be written"):
        open_copy(own_archive, tmp_path / "no" / "such" / "folder")


SEARCHES = (
    *("norway", "NORWAY", "warn", "chile", "orway", "norway.", "chile &", "no-such-word", "script", ".", "& peru"),
    *('"norway warned"', '"ay and ch" krill', '"chile norway"', '"accused chile" peru'),
)


@pytest.mark.parametrize("query", SEARCHES)
def test_a_search_by_the_index_of_words_finds_what_reading_every_text_finds(archive: Archive, copy: Data, query: str) -> None:
    files, words = open_data(archive), parameters.parts(query)
    wanted = searching.narrowed(copy, EventFilter(words=words))
    assert searching.narrowed(files, EventFilter(words=words)).articles is None
    (total, rows), plain = events.found(copy, wanted, limit=9), events.found(files, EventFilter(words=words), limit=9)
    assert (total, [row["id"] for row in rows]) == (plain[0], [row["id"] for row in plain[1]])
    for found in (articles.with_words, statements.with_words):
        more = {"outlet": None} if found is articles.with_words else {}
        ids = [
            [row["id"] for row in found(data, words, limit=9, **more, **among)]
            for data, among in ((files, {}), (copy, {"among": wanted.articles}))  # type: ignore[operator]
        ]
        assert ids[0] == ids[1]


def test_the_index_of_words_is_left_alone_where_it_would_not_narrow(copy: Data, monkeypatch: pytest.MonkeyPatch) -> None:
    assert searching.holding(copy, ("...",)) is None
    assert searching.holding(copy, ("no-such-word",)) == ()
    held = searching.holding(copy, ("norway",))
    assert held
    monkeypatch.setattr(searching, "MOST", len(held) - 1)
    assert searching.holding(copy, ("norway",)) is None


def test_counts_that_a_copy_keeps_are_those_of_the_files(archive: Archive, copy: Data) -> None:
    files = open_data(archive)
    assert status.totals(files) == status.totals(copy)
    assert status.coverage(files) == status.coverage(copy)


def test_rows_that_lie_together_are_read_as_blocks_and_others_looked_up_to_the_same_end(
    copy: Data, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up = tables.events(copy, EventFilter(), limit=9)
    monkeypatch.setattr(tables, "LOOK_UPS", 0)
    assert tables.events(copy, EventFilter(), limit=9).equals(looked_up)
