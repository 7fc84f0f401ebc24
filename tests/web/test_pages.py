"""Every page answers, says what it should, and gives nothing from outside a chance to run."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import samples
from ballot_files import ballots, csv_votes
from dragoman.archive.archive import Archive
from dragoman.web.app import create_app
from dragoman.web.server import Options

PAGES = (
    "/",
    "/pairs",
    "/states",
    "/disputed",
    "/map",
    "/blocs",
    "/status",
    "/about",
    "/api",
    "/search",
    "/search?q=krill",
    "/search?q=norway+chile&quad=1",
    "/pair/CHL-NOR",
    "/pair/CHL-NOR/2031",
    "/pair/CHL-NOR/brief",
    "/state/CHL",
    "/actor/NOR.GOV.evil",
    "/event/e1",
    "/event/bad",
    "/article/evil",
    f"/article/{samples.ID}",
)


class Seen(HTMLParser):
    """Whatever in a page could run, or is styled where the policy forbids it."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in ("style", "iframe", "object", "embed", "base") or (tag == "img" and given.get("src") == "x"):
            self.faults.append(tag)
        if tag == "script" and "src" not in given and given.get("type") != "application/ld+json":
            self.faults.append("script")
        for name, value in attrs:
            if name.startswith("on") or name == "style" or (value or "").strip().lower().startswith(("javascript:", "data:")):
                self.faults.append(f"{tag} {name}={value}")


@pytest.mark.parametrize("address", PAGES)
def test_every_page_answers_with_no_script_from_outside(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    seen = Seen()
    seen.feed(answer.text)
    assert not seen.faults
    assert answer.headers["content-security-policy"].startswith("default-src 'none'; style-src 'self'; script-src 'self'")


def test_every_link_of_a_page_leads_somewhere(client: TestClient) -> None:
    links: dict[str, str] = {}
    for address in PAGES:
        base = client.build_request("GET", "http://localhost" + address).url
        for link in re.findall(r'(?:href|src)="([^"]+)"', client.get(address).text):
            links.setdefault(str(base.join(unescape(link))).split("#")[0], address)
    inside = {link: address for link, address in links.items() if link.startswith("http://localhost")}
    assert len(inside) > 50
    assert not {link: address for link, address in inside.items() if client.get(link).status_code != 200}


def test_pair_page_tells_events_with_their_sentences(client: TestClient) -> None:
    text = client.get("/pair/CHL-NOR").text
    assert "Chile" in text
    assert "Norway" in text
    assert "krill" in text
    assert "consultation" in text


def test_pair_has_one_page_whatever_the_order(client: TestClient) -> None:
    assert client.get("/pair/NOR-CHL").text.count("<h1>") == client.get("/pair/CHL-NOR").text.count("<h1>") == 1


def test_event_page_shows_every_mention_and_says_why(client: TestClient) -> None:
    text = client.get("/event/e2").text
    assert "2 mentions in 2 articles" in text
    assert "Talks in Santiago" in text
    assert "Krill talks" in text
    assert "Why this row" in text


def test_the_days_of_a_dispute_are_written_as_everywhere_else(client: TestClient) -> None:
    text = client.get("/event/e2").text
    assert '<p class="value">1 March 2031' in text
    assert '<p class="value">3 March 2031' in text
    assert "or 3 March 2031" in re.sub(r"<[^>]+>", "", client.get("/").text)


@pytest.mark.parametrize("id_", ["evil", samples.ID])
def test_every_sentence_can_be_linked_to_the_title_too(client: TestClient, archive: Archive, id_: str) -> None:
    table, _ = archive.sql(f"SELECT i FROM sentences WHERE document = '{id_}'")
    page = client.get(f"/article/{id_}").text
    numbers = table.column("i").to_pylist()
    assert numbers
    assert [page.count(f'id="s{i}"') for i in numbers] == [1] * len(numbers)


def test_article_page_marks_the_words_and_gives_each_sentence_an_anchor(client: TestClient) -> None:
    text = client.get(f"/article/{samples.ID}").text
    assert 'id="s1"' in text
    assert re.search(r'class="mark [^"]*trigger q1">arrived</a>', text)
    assert "Dahl&#39;s arrival in Santiago" in text
    assert "min read" in text


def test_a_denied_event_is_marked_and_not_counted_as_done(client: TestClient) -> None:
    text = client.get("/pair/CHL-NOR").text
    assert '<span class="badge denied">denied</span>' in text


def test_planned_and_hypothetical_are_not_counted_in_words_and_deeds(client: TestClient) -> None:
    text = client.get("/pair/CHL-PER").text
    assert "1 more event planned, hypothetical or denied" in text


NOWHERE = """/nothing /pair/CHL /pair/XXX-YYY /pair/CHL-NOR/1900 /pair/chl-nor /state/ZZZ /event/0000 /article/none /actor/X
/static/../app.py /static/%2e%2e/app.py /api/nothing.json /api/events.xls /pair/CHL-NOR/events.xls /votes /review"""
WRONG = """root=LOVE quad=5 since=yesterday since=2031-02-30 since=2031-02-01&until=2030-01-01 nonsense=1 page=0 state=China
q=a&q=b q=a+b+c+d+e+f+g+h+i q="krill"""


@pytest.mark.parametrize("address", NOWHERE.split())
def test_bad_addresses_give_404_and_one_line(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("query", WRONG.split())
def test_bad_parameters_give_one_clear_400_line(client: TestClient, query: str) -> None:
    answer = client.get(f"/search?{query}")
    assert answer.status_code == 400
    told = re.search(r'<p class="standfirst">(.+?)</p>', answer.text)
    assert told
    assert len(told[1]) < 300


def test_address_of_a_published_page_leads_to_the_served_one(client: TestClient) -> None:
    answer = client.get("/pair/CHL-NOR.html")
    assert (answer.status_code, answer.headers["location"]) == (308, "/pair/CHL-NOR")


@pytest.mark.parametrize(
    ("asked", "location"),
    [
        ("//evil.example/x.html", "/evil.example/x"),
        ("///evil.example/x.html", "/evil.example/x"),
        ("/%2F/evil.example/x.html", "/evil.example/x"),
        ("/%5Cevil.example/x.html", "/%5Cevil.example/x"),
        ("/search.html?q=krill&page=2", "/search?q=krill&page=2"),
        ("/index.html", "/"),
    ],
)
def test_address_of_a_published_page_never_leads_to_another_host(client: TestClient, asked: str, location: str) -> None:
    answer = client.get(f"http://localhost{asked}")
    assert (answer.status_code, answer.headers["location"]) == (308, location)


def test_an_article_whose_address_is_none_has_a_page_without_a_link_to_it(client: TestClient) -> None:
    answer = client.get("/article/mislinked")
    assert answer.status_code == 200
    assert 'href="http://[x/' not in answer.text


def test_a_page_that_the_reader_has_is_not_sent_again(client: TestClient) -> None:
    tag = client.get("/pairs").headers["etag"]
    assert client.get("/pairs", headers={"if-none-match": tag}).status_code == 304


def test_a_page_is_sent_again_when_the_server_was_started_otherwise(archive: Archive, tmp_path: Path) -> None:
    votes = tmp_path / "votes.csv"

    def tag(options: Options) -> str:
        client = TestClient(create_app(archive, options), base_url="http://localhost")
        return str(client.get("/pairs").headers["etag"])

    csv_votes(votes, ballots(40, USA="yn", RUS="ny"))
    options = Options(), Options(review_token="a-token-for-tests"), Options(votes=str(votes))
    tags = [tag(each) for each in options]
    assert [tag(each) for each in options] == tags
    csv_votes(votes, ballots(41, USA="yny", RUS="nyn"))
    tags.append(tag(options[-1]))
    assert len(set(tags)) == 4


def test_the_same_archive_gives_the_same_page(client: TestClient) -> None:
    assert client.get("/pair/CHL-NOR").text == client.get("/pair/CHL-NOR").text


def test_an_empty_archive_says_what_to_do(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "empty")
    with archive.change("test"):
        pass
    assert "dragoman add" in TestClient(create_app(archive), base_url="http://localhost").get("/").text


def test_no_archive_gives_one_line(tmp_path: Path) -> None:
    answer = TestClient(create_app(Archive(tmp_path / "none")), base_url="http://localhost").get("/")
    assert answer.status_code == 503
    assert "no archive" in answer.text


def test_search_leads_to_the_pair_that_is_named(client: TestClient) -> None:
    assert 'href="pair/CHL-NOR">Chile and Norway</a>' in client.get("/search?q=norway+chile").text


def test_a_correction_shows_on_the_page_and_undoing_it_takes_it_away(own_archive: Archive) -> None:
    client = TestClient(create_app(own_archive), base_url="http://localhost")
    act = own_archive.correct("e3", {"root": "REJECT"}, why="a refusal", by="A. Reader")
    text = client.get("/event/e3").text
    assert "rejection" in text
    assert "a refusal" in text
    own_archive.undo(act, by="A. Reader")
    assert "accusation" in client.get("/event/e3").text
