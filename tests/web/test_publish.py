"""The published site: every link leads to a file, the same batch gives the same bytes, nothing of others is overwritten."""

from __future__ import annotations

import errno
import os
import re
from email import message_from_bytes, policy
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urljoin
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from dragoman.archive.archive import Archive
from dragoman.errors import DragomanError, UsageError
from dragoman.measure import frames
from dragoman.web import addresses, newsletter
from dragoman.web.publish import MARK, Published, publish


@pytest.fixture(scope="session")
def published(archive: Archive, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Published]:
    out = tmp_path_factory.mktemp("published") / "site"
    return out, publish(archive, out, base="https://example.org/record/")


def dead_links(out: Path) -> list[tuple[str, str]]:
    lost = []
    for page in sorted(out.rglob("*.html")):
        for link in map(unescape, re.findall(r'(?:href|src|action)="([^"]*)"', page.read_text("utf-8"))):
            if re.match(r"https?:", link):
                continue
            path, _, anchor = unquote(urljoin(f"/{page.relative_to(out).as_posix()}", link).split("?")[0]).partition("#")
            target = out / path.lstrip("/")
            if not target.is_file() or (anchor and f'id="{anchor}"' not in target.read_text("utf-8")):
                lost.append((page.name, link))
    return lost


def test_every_link_leads_to_a_file_and_to_its_anchor(published: tuple[Path, Published]) -> None:
    out, done = published
    assert len(list(out.rglob("*.html"))) == done.pages
    assert not dead_links(out)


def test_without_the_extra_measure_the_site_lacks_only_blocs_and_map(
    published: tuple[Path, Published], archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frames, "EXTRA", ("a_package_that_nobody_has",))
    out = tmp_path / "site"
    publish(archive, out, base="https://example.org/record/")
    left, whole = ({str(path.relative_to(folder)) for path in folder.rglob("*.*")} for folder in (out, published[0]))
    assert whole - left == {"map.html", "map.svg", "blocs.html", "blocs.svg"}
    assert not dead_links(out)


def test_a_page_tells_the_same_served_and_published(published: tuple[Path, Published], client: TestClient) -> None:
    def told(html: str) -> list[str]:
        words = re.sub(r"<[^>]+>", " ", html.split("<main", 1)[1].split("</main>")[0])
        without_base = re.sub(r"https://example.org\S+", "", " ".join(words.split()))
        return without_base.replace("As data: JSON · CSV · Parquet", "").split()  # not every page's table is published

    out, _ = published
    for name in ("", "pair/CHL-NOR", "pair/CHL-PER/2031", "state/CHL", "event/g1", "article/m", "disputed", "pairs"):
        assert told((out / addresses.file(name)).read_text("utf-8")) == told(client.get(f"/{name}").text), name


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


def test_an_article_whose_address_is_none_is_published(published: tuple[Path, Published]) -> None:
    assert "Harbour notes" in (published[0] / "article/mislinked.html").read_text("utf-8")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("number", [errno.EXDEV, errno.ENOTEMPTY])
def test_a_site_that_cannot_be_put_in_place_leaves_the_earlier_one_as_it_was(
    own_archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    out, rename = tmp_path / "out" / "site", Path.rename
    publish(own_archive, out, title="Earlier")
    before = contents(out)

    def failing(self: Path, target: Path) -> Path:
        if Path(target) == out and (self / MARK).read_text("utf-8") == "Later\n":
            raise OSError(number, os.strerror(number))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(DragomanError, match="nothing of an earlier publication was changed") as told:
        publish(own_archive, out, title="Later")
    assert ("mount point" in str(told.value)) == (number == errno.EXDEV)
    assert contents(out) == before
    assert [path.name for path in out.parent.iterdir()] == ["site"]


def test_an_earlier_site_that_cannot_be_put_back_is_named(
    own_archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, rename = tmp_path / "out" / "site", Path.rename
    publish(own_archive, out)
    before = contents(out)

    def failing(self: Path, target: Path) -> Path:
        if Path(target) == out:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(DragomanError, match="the earlier publication is in") as told:
        publish(own_archive, out)
    (kept,) = out.parent.iterdir()
    assert str(kept) in str(told.value)
    assert contents(kept) == before


def test_a_page_that_cannot_be_made_leaves_the_earlier_site_and_nothing_beside_it(
    own_archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out" / "site"
    publish(own_archive, out)
    before = contents(out)

    def stopped(*_: object, **__: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("dragoman.web.publish.render", stopped)
    with pytest.raises(KeyboardInterrupt):
        publish(own_archive, out)
    assert contents(out) == before
    assert [path.name for path in out.parent.iterdir()] == ["site"]


def test_publishing_replaces_the_site_behind_a_link_and_touches_nothing_beside_it(own_archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "site.new").mkdir()
    (tmp_path / "site.new" / "thesis.txt").write_text("years of work")
    (tmp_path / "link").symlink_to(tmp_path / "site")
    publish(own_archive, tmp_path / "site", title="Earlier")
    (tmp_path / "site" / "article" / "gone.html").write_text("an article that the archive has no more")
    publish(own_archive, tmp_path / "link", title="Later")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "site" / MARK).read_text("utf-8") == "Later\n"
    assert not (tmp_path / "site" / "article" / "gone.html").exists()
    assert (tmp_path / "site").stat().st_mode == (tmp_path / "site.new").stat().st_mode  # a web server may read it
    assert (tmp_path / "site.new" / "thesis.txt").read_text() == "years of work"
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_the_folder_that_one_is_in_can_be_published_into(
    own_archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    publish(own_archive, Path())
    assert (tmp_path / "empty" / "index.html").exists()


def test_a_large_site_has_several_maps_that_name_every_page_once(
    own_archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dragoman.web.publish.MAP_ADDRESSES", 5)
    out, base = tmp_path / "site", "https://example.org/record/"
    done = publish(own_archive, out, base=base)
    maps = [(out / url.removeprefix(base)) for url in locations(out / "sitemap.xml")]
    named = [url for file in maps for url in locations(file)]
    assert len(maps) == -(-done.pages // 5) > 1
    assert len(named) == len(set(named)) == done.pages


def test_an_archive_with_more_rows_than_a_site_takes_is_refused(
    own_archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dragoman.web.publish.TABLE_ROWS", 5)
    with pytest.raises(DragomanError, match="the archive has 6 events, and a site of files takes at most 5 rows a table"):
        publish(own_archive, tmp_path / "site")
    assert not (tmp_path / "site").exists()


def locations(file: Path) -> list[str]:
    return [element.text or "" for element in ElementTree.parse(file).iter() if element.tag.endswith("loc")]


def test_the_site_map_names_every_page(published: tuple[Path, Published]) -> None:
    out, done = published
    urls = locations(out / "sitemap.xml")
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
