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


@pytest.mark.parametrize(
    ("address", "ids"),
    [
        ("instruments.json?q=accord+krill&limit=1", ["i1"]),
        ('instruments.json?q="krill accord"&limit=1', ["i1"]),
        ('instruments.json?q="accord krill"', []),
        ("articles.json?q=talks+krill", ["r"]),
        ('articles.json?q="talks krill"', []),
        ("events.json?q=peru+chile+overfishing", ["e3"]),
        ('events.json?q="accused chile"', ["e3"]),
        ('events.json?q="chile accused"', []),
        ("statements.json?q=krill+agreed+last", ["s1"]),
        ("actors.json?q=brigade+second", ["PER.MIL.unit"]),
        ("actors.json?q=+", None),
    ],
)
def test_words_and_phrases_are_asked_for_in_one_way_of_every_table(
    client: TestClient, address: str, ids: list[str] | None
) -> None:
    rows = client.get(f"/api/{address}").json()
    every = client.get(f"/api/{address.split('?')[0]}").json()
    assert [row["id"] for row in rows] == (ids if ids is not None else [row["id"] for row in every])


@pytest.mark.parametrize("name", ["events", "articles", "statements"])
def test_more_words_than_a_search_takes_are_refused_and_none_is_dropped(client: TestClient, name: str) -> None:
    assert client.get(f"/api/{name}.json?q=a+b+c+d+e+f+g+h").status_code == 200
    answer = client.get(f"/api/{name}.json?q=a+b+c+d+e+f+g+h+i")
    assert answer.status_code == 400
    assert answer.json()["error"].startswith("q has 9 words; a search takes at most 8")


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
