"""What a page costs, counted in queries and in what they bring; and that nothing kept outlives its batch."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence

import pyarrow as pa
import pytest
from starlette.testclient import TestClient

from dragoman.archive.archive import Archive
from dragoman.web.app import create_app
from dragoman.web.data import Data
from dragoman.web.server import Options

MOST = {  # queries of a page asked from a copy; each costs some two milliseconds of planning, whatever it finds
    "/": 20,
    "/pairs": 1,
    "/states": 1,
    "/pair/CHL-NOR": 14,
    "/pair/CHL-NOR/2031": 5,
    "/state/CHL": 7,
    "/event/e2": 14,
    "/article/r": 22,
    "/search?state=CHL": 6,
    "/status": 6,
    "/api/events.json?source=NOR": 2,
}


@pytest.fixture(scope="module")
def served(archive: Archive) -> Iterator[TestClient]:
    """A client to a server that has its copy ready."""
    app = create_app(archive, Options(copy=True))
    ready(app.state.copies.ready, app.state.copies.data)
    yield TestClient(app, base_url="http://localhost", follow_redirects=False)
    app.state.copies.close()


def ready(holds: Callable[[], bool], ask: Callable[[], object]) -> None:
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end
        ask()
        time.sleep(0.05)


@pytest.mark.parametrize("address", MOST)
def test_a_page_asks_few_questions_and_none_twice(served: TestClient, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, str]] = []
    table = Data.table

    def counted(self: Data, sql: str, parameters: Sequence[object] = ()) -> pa.Table:
        asked.append((sql, repr(parameters)))
        return table(self, sql, parameters)

    monkeypatch.setattr(Data, "table", counted)
    assert served.get(address).status_code == 200
    assert len(asked) <= MOST[address], [sql for sql, _ in asked]
    if address != "/":  # which asks again for all time where the last weeks have few events
        assert len(set(asked)) == len(asked)


@pytest.mark.parametrize("copied", [False, True])
def test_what_is_added_while_serving_is_on_the_next_page(own_archive: Archive, copied: bool) -> None:
    app = create_app(own_archive, Options(copy=copied))
    client = TestClient(app, base_url="http://localhost")
    if copied:
        ready(app.state.copies.ready, app.state.copies.data)
    before = {address: client.get(address) for address in ("/pairs", "/pair/CHL-PER", "/state/PER", "/")}
    own_archive.correct("e5", {"target": "NOR", "root": "REJECT"}, why="another envoy", by="A. Reader")
    for address, answer in before.items():
        now = client.get(address, headers={"if-none-match": answer.headers["etag"]})
        assert now.status_code == 200, address
        assert now.text != answer.text, address
    assert "/NOR-PER" in client.get("/pairs").text
    assert client.get("/pair/NOR-PER").status_code == 200
    app.state.copies.close()


def test_without_a_copy_the_files_are_opened_once_a_batch(own_archive: Archive) -> None:
    copies = create_app(own_archive, Options()).state.copies
    first = copies.data()
    assert copies.data() is first
    own_archive.correct("e3", {"root": "REJECT"}, why="a refusal", by="A. Reader")
    assert copies.data() is not first
    assert copies.data().batch == str(own_archive.snapshot().batch)
