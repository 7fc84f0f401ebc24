"""The published site: every link leads to a file, the same batch gives the same bytes, nothing of others is overwritten."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urljoin
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from dragoman.archive.archive import Archive
from dragoman.errors import UsageError
from dragoman.web import newsletter
from dragoman.web.publish import Published, publish


@pytest.fixture(scope="session")
def published(archive: Archive, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Published]:
    out = tmp_path_factory.mktemp("published") / "site"
    return out, publish(archive, out, base="https://example.org/record/")


def test_every_link_leads_to_a_file_and_to_its_anchor(published: tuple[Path, Published]) -> None:
    out, done = published
    pages = sorted(out.rglob("*.html"))
    assert len(pages) == done.pages
    lost = []
    for page in pages:
        for link in map(unescape, re.findall(r'(?:href|src|action)="([^"]*)"', page.read_text("utf-8"))):
            if re.match(r"https?:", link):
                continue
            path, _, anchor = unquote(urljoin(f"/{page.relative_to(out).as_posix()}", link).split("?")[0]).partition("#")
            target = out / path.lstrip("/")
            if not target.is_file() or (anchor and f'id="{anchor}"' not in target.read_text("utf-8")):
                lost.append((page.name, link))
    assert not lost


def test_a_page_tells_the_same_served_and_published(published: tuple[Path, Published], client: TestClient) -> None:
    def told(html: str) -> list[str]:
        words = re.sub(r"<[^>]+>", " ", html.split("<main", 1)[1].split("</main>")[0])
        without_base = re.sub(r"https://example.org\S+", "", " ".join(words.split()))
        return without_base.replace("As data: JSON · CSV · Parquet", "").split()  # not every page's table is published

    out, _ = published
    for name in ("pair/CHL-NOR", "pair/CHL-PER/2031", "event/g1", "article/m", "disputed", "pairs"):
        assert told((out / f"{name}.html").read_text("utf-8")) == told(client.get(f"/{name}").text), name


def test_publishing_again_gives_the_same_bytes(published: tuple[Path, Published], archive: Archive, tmp_path: Path) -> None:
    out, _ = published
    publish(archive, tmp_path / "again", base="https://example.org/record/")
    for file in sorted(path for path in out.rglob("*") if path.is_file()):
        assert (tmp_path / "again" / file.relative_to(out)).read_bytes() == file.read_bytes(), file


def test_a_folder_of_something_else_is_not_touched(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(UsageError, match="no published site"):
        publish(archive, tmp_path)
    assert (tmp_path / "thesis.txt").exists()


def test_the_site_map_names_every_page(published: tuple[Path, Published]) -> None:
    out, done = published
    urls = [element.text or "" for element in ElementTree.parse(out / "sitemap.xml").iter() if element.tag.endswith("loc")]
    assert len(urls) == done.pages
    assert "https://example.org/record/pair/CHL-NOR.html" in urls


def test_a_base_that_is_no_address_is_refused(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="public address"):
        publish(archive, tmp_path / "x", base="javascript:alert(1)")


def test_no_published_page_runs_what_an_article_says(published: tuple[Path, Published]) -> None:
    out, _ = published
    for page in out.rglob("*.html"):
        text = page.read_text("utf-8")
        assert "<script>document" not in text
        assert "<img src=x" not in text
        assert "Content-Security-Policy" in text


def test_a_newsletter_tells_the_watched_pairs(archive: Archive, tmp_path: Path) -> None:
    out = tmp_path / "week.eml"
    assert newsletter.write(archive, out, ["CHL-NOR", "Peru-Chile"], base="https://example.org/") > 0
    mail = message_from_bytes(out.read_bytes(), policy=policy.default)
    assert "March 2031" in mail["subject"]
    html = mail.get_body(("html",)).get_content()  # type: ignore[union-attr]
    assert "Chile and Norway" in html
    assert "<script>" not in html
    again = tmp_path / "again.eml"
    newsletter.write(archive, again, ["CHL-NOR", "Peru-Chile"], base="https://example.org/")
    assert again.read_bytes() == out.read_bytes()


@pytest.mark.parametrize(
    ("name", "watch"), [("week.pdf", ["CHL-NOR"]), ("week.eml", []), ("week.eml", ["CHL"]), ("week.eml", ["CHL-CHL"])]
)
def test_a_newsletter_that_cannot_be_written_says_why(archive: Archive, tmp_path: Path, name: str, watch: list[str]) -> None:
    with pytest.raises(UsageError):
        newsletter.write(archive, tmp_path / name, watch)
