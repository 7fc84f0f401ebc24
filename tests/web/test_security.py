"""The site answers to its own name, reads within limits, and writes nothing."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from dragoman.archive.archive import Archive
from dragoman.web.app import create_app
from dragoman.web.data import TimedOut, open_data
from dragoman.web.security import LARGEST_BODY, hosts_of
from dragoman.web.server import Options


def test_another_host_name_is_refused(client: TestClient) -> None:
    assert client.get("/", headers={"host": "evil.example"}).status_code == 421


def test_hosts_of_an_address_are_the_machine_and_those_named() -> None:
    assert hosts_of("127.0.0.1") == ("127.0.0.1", "::1", "localhost")
    assert "record.example.org" in hosts_of("0.0.0.0", ["Record.example.org"])
    assert "0.0.0.0" not in hosts_of("0.0.0.0")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "NONSENSE"])
def test_nothing_but_reading_is_possible(client: TestClient, method: str) -> None:
    for address in ("/", "/review/act", "/api/events.json"):
        assert client.request(method, address).status_code == 405


def test_a_long_address_is_refused(client: TestClient) -> None:
    assert client.get("/search?q=" + "a" * 5_000).status_code == 414


def test_a_large_body_is_refused(client: TestClient) -> None:
    assert client.request("GET", "/", content=b"x" * (LARGEST_BODY + 1)).status_code == 413


@pytest.mark.parametrize("address", ["/", "/nothing", "/api/events.json", "/static/site.css", "/feed.atom"])
def test_every_answer_has_the_headers(client: TestClient, address: str) -> None:
    headers = client.get(address).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]


def test_a_query_is_interrupted_at_its_limit(archive: Archive) -> None:
    data = open_data(archive, seconds=0.2)
    with pytest.raises(TimedOut, match=r"longer than 0.2 seconds"):
        data.rows("SELECT count(*) FROM range(100000000000) a, range(1000) b WHERE a.range % 7 = b.range % 5")


def test_a_query_too_long_is_told_as_503(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    from dragoman.web.pages import front

    def late(site: object) -> None:
        raise TimedOut("the query took longer than 5 seconds; ask for fewer rows or a shorter time")

    monkeypatch.setattr(front, "front", late)
    assert TestClient(create_app(archive), base_url="http://localhost").get("/").status_code == 503


def test_a_bug_is_one_line_without_a_traceback(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    from dragoman.web.pages import front

    def broken(site: object) -> None:
        raise ZeroDivisionError("secret path /home/someone")

    monkeypatch.setattr(front, "front", broken)
    client = TestClient(create_app(archive), base_url="http://localhost", raise_server_exceptions=False)
    answer = client.get("/")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "went wrong" in answer.text


def test_no_review_route_exists_without_a_token(archive: Archive) -> None:
    client = TestClient(create_app(archive, Options()), base_url="http://localhost")
    assert client.get("/review").status_code == 404
