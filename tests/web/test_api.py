"""Tables by address, in three forms, as the OpenAPI document says."""

from __future__ import annotations

import csv
import io
from xml.etree import ElementTree

import pyarrow.parquet as pq
import pytest
from starlette.testclient import TestClient

from dragoman.web.api import ENDPOINTS
from dragoman.web.formats import FORMS

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.mark.parametrize("name", ENDPOINTS)
def test_every_table_has_the_columns_that_are_documented(client: TestClient, name: str) -> None:
    document = client.get("/api/openapi.json").json()
    columns = list(document["components"]["schemas"][name]["properties"])
    rows = client.get(f"/api/{name}.json").json()
    assert all(list(row) == columns for row in rows)
    assert next(csv.reader(io.StringIO(client.get(f"/api/{name}.csv").text))) == columns
    assert pq.read_table(io.BytesIO(client.get(f"/api/{name}.parquet").content)).column_names == columns


def test_the_document_names_every_address_and_parameter(client: TestClient) -> None:
    document = client.get("/api/openapi.json").json()
    assert set(document["paths"]) == {f"/api/{name}.{form}" for name in ENDPOINTS for form in FORMS}
    told = {q["name"] for q in document["paths"]["/api/events.json"]["get"]["parameters"]}
    assert {"source", "target", "root", "since", "q", "limit"} <= told


def test_events_are_asked_for_by_source_and_root(client: TestClient) -> None:
    rows = client.get("/api/events.json?source=PER&root=ACCUSE").json()
    assert [row["id"] for row in rows] == ["e3"]
    assert rows[0]["passage"] == "Peru accused Chile of overfishing."


def test_the_next_rows_are_named_by_the_header_link(client: TestClient) -> None:
    seen, address = [], "/api/events.json?limit=2"
    while address:
        answer = client.get(address)
        seen += [row["id"] for row in answer.json()]
        address = answer.links["next"]["url"] if "next" in answer.links else ""
    assert len(seen) == len(set(seen)) == len(client.get("/api/events.json").json())


@pytest.mark.parametrize("query", ["limit=0", "limit=1001", "limit=ten", "source=CH", "q=a&q=b", "other=1", "document=../x"])
def test_a_parameter_that_does_not_read_gives_one_line(client: TestClient, query: str) -> None:
    answer = client.get(f"/api/events.json?{query}")
    assert answer.status_code == 400
    assert "\n" not in answer.json()["error"]


def test_a_text_that_a_spreadsheet_would_run_is_marked_in_csv_alone(client: TestClient) -> None:
    csv_title = next(row for row in csv.DictReader(io.StringIO(client.get("/api/articles.csv").text)) if row["id"] == "evil")[
        "title"
    ]
    json_title = next(row for row in client.get("/api/articles.json").json() if row["id"] == "evil")["title"]
    assert csv_title == f"'{json_title}"


def test_feeds_are_well_formed_and_lead_to_the_pages(client: TestClient) -> None:
    for address in ("/feed.atom", "/pair/CHL-NOR/feed.atom", "/state/CHL/feed.atom"):
        answer = client.get(address)
        root = ElementTree.fromstring(answer.content)
        entries = root.findall(f"{ATOM}entry")
        assert entries
        for entry in entries:
            link = entry.find(f"{ATOM}link")
            assert link is not None
            assert client.get(link.attrib["href"].replace("https://example.org", "")).status_code == 200


def test_a_series_is_given_as_data_and_as_a_picture(client: TestClient) -> None:
    assert {"period", "cooperation", "conflict"} <= set(client.get("/pair/CHL-NOR/series.json").json()[0])
    picture = client.get("/pair/CHL-NOR/series.svg")
    assert picture.headers["content-type"] == "image/svg+xml"
    assert ElementTree.fromstring(picture.content).tag.endswith("svg")
    assert "sandbox" in picture.headers["content-security-policy"]
