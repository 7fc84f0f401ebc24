"""A small archive with an article that tries to run script on every page, and a client to the site over it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

import archived
import samples
from dragoman.archive.archive import Archive
from dragoman.web.app import create_app
from dragoman.web.server import Options

EVIL = "<script>document.title='run'</script><img src=x onerror=\"document.title='run'\">"
TOKEN = "a-token-for-tests"


def hostile(archive: Archive) -> None:
    """An article of the outside world at its worst: markup, a formula, control characters, a link that would run."""
    text = f'{EVIL} Norway warned Chile & Peru. =HYPERLINK("http://x") \u202e\u0007'
    start = text.index("Norway")
    end = start + len("Norway warned Chile & Peru.")
    article = {"id": "evil", "document": "evil", "title": f"=1+1 {EVIL}", "outlet": EVIL, "authors": [EVIL], "text": text}
    article |= {"url": "javascript:alert(1)", "categories": [EVIL], "language": "en", "published_from": date(2031, 3, 9)}
    event: dict[str, Any] = {"id": "bad", "document": "evil", "root": "THREATEN", "mode": EVIL, "quad": 3, "cameo": "13"}
    event |= {
        "source_actor": "NOR.GOV.evil",
        "source_country": "NOR",
        "source_text": EVIL,
        "source_start": start,
        "source_end": start + 6,
    }
    event |= {"target_country": "CHL", "target_actor": "CHL", "target_text": "Chile", "intensity": -4.4, "modality": "happened"}
    event |= {"trigger_text": EVIL, "trigger_start": start + 7, "trigger_end": start + 13, "score": 0.4, "sentence": 0}
    event |= {
        "start": start,
        "end": end,
        "published": date(2031, 3, 9),
        "origin": "dragoman",
        "mutual": False,
        "place_name": EVIL,
    }
    said = {
        "id": "sbad",
        "document": "evil",
        "speaker_country": "NOR",
        "speaker_text": EVIL,
        "content_text": EVIL,
        "kind": "direct",
    }
    said |= {
        "about": ["CHL"],
        "stance": -1,
        "sentence": 0,
        "start": start,
        "end": end,
        "content_start": 0,
        "content_end": len(EVIL),
    }
    side = {"value": EVIL, "evidence": [{"document": "evil", "sentence": 0, "start": start, "end": end}]}
    clash = {
        "id": "dbad",
        "document": "evil",
        "kind": "date",
        "about": EVIL,
        "reason": EVIL,
        "score": 0.5,
        "sides": [side, side],
    }
    with archive.change("test") as change:
        change.append("articles", [article])
        change.append("sentences", [{"document": "evil", "i": 0, "kind": "body", "start": start, "end": end}])
        change.append("events", [event])
        change.append("statements", [said])
        change.append("discrepancies", [clash])
        change.append("actors", [{"id": "NOR.GOV.evil", "document": "evil", "name": EVIL, "role": EVIL, "country": "NOR"}])
        change.append("discards", [{"document": "evil", "stage": "read", "reason": EVIL, "text": EVIL, "start": 0, "end": 1}])


def mislinked(archive: Archive) -> None:
    """An article whose address is none: it came unchecked from a page or a table."""
    with archive.change("test") as change:
        article = {"id": "mislinked", "document": "mislinked", "title": "Harbour notes", "text": "Nothing happened."}
        change.append("articles", [{**article, "url": "http://[x/", "language": "en"}])


def scored(archive: Archive) -> Archive:
    """The archive with a score on every event, as the coder gives one."""
    with archive.change("test") as change:
        rows = change.rows("events").to_pylist()
        change.overwrite("events", [{**row, "score": row["score"] if row["score"] is not None else 0.8} for row in rows])
    return archive


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """Three made-up articles, the sample record, the hostile one and the mislinked one. Tests only read it."""
    made = archived.small(tmp_path_factory.mktemp("site") / "relations")
    sample = samples.record()
    made.write([replace(sample, events=tuple(replace(event, id=f"sample-{event.id}") for event in sample.events))])
    hostile(made)
    mislinked(made)
    return scored(made)


@pytest.fixture(scope="session")
def client(archive: Archive) -> TestClient:
    return TestClient(
        create_app(archive, Options(base="https://example.org/")), base_url="http://localhost", follow_redirects=False
    )


@pytest.fixture
def own_archive(tmp_path: Path) -> Archive:
    """An archive of the test's own, to write to."""
    return scored(archived.small(tmp_path / "relations"))


@pytest.fixture
def reviewer(own_archive: Archive) -> TestClient:
    """A client that has entered the review as A. Reader."""
    app = create_app(own_archive, Options(review_token=TOKEN))
    client = TestClient(app, base_url="http://localhost", follow_redirects=False)
    assert client.post("/review/enter", data={"token": TOKEN, "by": "A. Reader"}).status_code == 303
    return client
