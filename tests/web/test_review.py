"""The review writes for those with the token, and for nobody else."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from dragoman.archive.archive import Archive
from dragoman.web.app import create_app
from dragoman.web.review import TRIES
from dragoman.web.server import Options

TOKEN = "a-token-for-tests"


def key(client: TestClient) -> str:
    found = re.search(r'name="key" value="([^"]+)"', client.get("/review").text)
    assert found
    return found[1]


def act(client: TestClient, kind: str, row: str, **fields: str) -> int:
    return client.post("/review/act", data={"key": key(client), "act": kind, "row": row, **fields}).status_code


def hexed(archive: Archive) -> str:
    """The id of an event as real archives have it."""
    from dragoman.records import content_id

    new = content_id("an event")
    with archive.change("test") as change:
        row = next(row for row in change.rows("events").to_pylist() if row["id"] == "e1")
        change.append("events", [{**row, "id": new, "score": 0.36}])
    return new


def test_without_a_session_the_review_asks_for_the_token(own_archive: Archive) -> None:
    client = TestClient(create_app(own_archive, Options(review_token=TOKEN)), base_url="http://localhost")
    assert "Token" in client.get("/review").text
    assert client.post("/review/act", data={"act": "reject", "row": "0" * 16}).status_code == 403
    assert own_archive.count("corrections") == 0


def test_a_wrong_token_is_refused_and_many_shut_the_door(own_archive: Archive) -> None:
    client = TestClient(
        create_app(own_archive, Options(review_token=TOKEN)), base_url="http://localhost", follow_redirects=False
    )
    for _ in range(TRIES):
        assert client.post("/review/enter", data={"token": "guess", "by": "X"}).status_code == 403
    assert client.post("/review/enter", data={"token": TOKEN, "by": "X"}).status_code == 403


def test_the_cookie_is_out_of_reach_for_script_and_other_sites(own_archive: Archive) -> None:
    client = TestClient(
        create_app(own_archive, Options(review_token=TOKEN)), base_url="http://localhost", follow_redirects=False
    )
    cookie = client.post("/review/enter", data={"token": TOKEN, "by": "A. Reader"}).headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


def test_accept_correct_reject_and_undo(reviewer: TestClient, own_archive: Archive) -> None:
    row = hexed(own_archive)
    assert row in reviewer.get("/review").text
    assert act(reviewer, "correct", row, root="ACCUSE", why="a rebuke") == 303
    assert own_archive.events(root="ACCUSE", document="m")["id"].to_pylist() == [row]
    assert act(reviewer, "undo", own_archive.history(row)["id"][0].as_py()) == 303
    assert not len(own_archive.events(root="ACCUSE", document="m"))
    assert act(reviewer, "accept", row) == 303
    assert f'id="r{row}"' not in reviewer.get("/review").text
    assert act(reviewer, "reject", row) == 303
    assert row not in own_archive.events(document="m")["id"].to_pylist()


def test_a_forged_form_changes_nothing(reviewer: TestClient, own_archive: Archive) -> None:
    row, good = hexed(own_archive), key(reviewer)
    form = {"act": "reject", "row": row}
    assert reviewer.post("/review/act", data=form).status_code == 403
    assert reviewer.post("/review/act", data={**form, "key": "wrong"}).status_code == 403
    for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}, {"origin": "null"}):
        assert reviewer.post("/review/act", data={**form, "key": good}, headers=headers).status_code == 403
    assert reviewer.post("/review/act", json={**form, "key": good}).status_code == 400
    assert own_archive.count("corrections") == 0


@pytest.mark.parametrize(
    "fields",
    [{"act": "fly"}, {"act": "correct", "root": "LOVE", "why": "x"}, {"act": "correct", "root": "ACCUSE"}, {"act": "note"}],
)
def test_a_wrong_correction_gives_one_line(reviewer: TestClient, own_archive: Archive, fields: dict[str, str]) -> None:
    row = hexed(own_archive)
    answer = reviewer.post("/review/act", data={"key": key(reviewer), "row": row, **fields})
    assert answer.status_code == 400
    assert own_archive.count("corrections") == 0


def test_a_note_is_shown_when_it_was_approved(reviewer: TestClient, own_archive: Archive) -> None:
    row = hexed(own_archive)
    assert act(reviewer, "note", row, text="See <b>the communique</b>.") == 303
    assert "communique" not in reviewer.get(f"/event/{row}").text
    note = own_archive.history(row)["id"][0].as_py()
    assert act(reviewer, "approve", note) == 303
    assert "See &lt;b&gt;the communique&lt;/b&gt;." in reviewer.get(f"/event/{row}").text


def test_leaving_ends_the_session(reviewer: TestClient) -> None:
    assert reviewer.post("/review/leave", data={"key": key(reviewer)}).status_code == 303
    assert "Token" in reviewer.get("/review").text
