"""Files of many articles that are no text: Parquet, WARC, feeds."""

from __future__ import annotations

import gzip
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dragoman.errors import InputError
from dragoman.read import Source, items, read
from dragoman.records import Article

PAGE = "<html><head><title>Harbour talks</title></head><body><article><h1>Harbour talks</h1><p>{}</p></article></body></html>"
WORDS = "Norway and Chile met in Santiago on Monday to speak about the harbour, and both ministers said the talks went well."


def articles(source: Source) -> list[Article]:
    return [item for item in items(source) if isinstance(item, Article)]


def warc(*bodies: tuple[str, str, int, str]) -> bytes:
    """A web archive of answers: address, content type, status, body."""
    out = b""
    for address, kind, status, body in bodies:
        answer = f"HTTP/1.1 {status} OK\r\nContent-Type: {kind}\r\n\r\n{body}".encode()
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2031-03-02T08:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:{len(out):036}>\r\nContent-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(answer)}\r\n\r\n"
        ).encode()
        out += head + answer + b"\r\n\r\n"
    return out


FEED = f"""<?xml version="1.0"?>
<rss version="2.0"><channel><title>Harbour Post</title>
<item><title>Harbour talks</title><link>http://a.example/1</link><pubDate>Sun, 02 Mar 2031 08:00:00 GMT</pubDate>
<description>&lt;p&gt;{WORDS}&lt;/p&gt;</description></item>
<item><title>Only a title</title></item></channel></rss>"""


def test_rows_of_a_parquet_table_are_articles(tmp_path: Path) -> None:
    table = pa.table({"headline": ["Harbour talks", None], "body": [WORDS, None], "published": ["2031-03-02", None]})
    pq.write_table(table, tmp_path / "news.parquet")
    first, second = items(Source("news.parquet", path=tmp_path / "news.parquet"))
    assert isinstance(first, Article)
    assert (first.title, first.published.from_ if first.published else None) == ("Harbour talks", "2031-03-02")
    assert isinstance(second, InputError)
    assert "row 2 has no text" in str(second)


def test_day_of_a_parquet_column_of_dates_is_kept(tmp_path: Path) -> None:
    import datetime

    pq.write_table(pa.table({"text": [WORDS], "date": [datetime.date(2031, 3, 2)]}), tmp_path / "a.parquet")
    (article,) = articles(Source("a.parquet", path=tmp_path / "a.parquet"))
    assert article.published is not None
    assert article.published.from_ == "2031-03-02"


@pytest.mark.parametrize("packed", [False, True])
def test_pages_of_a_web_archive_are_articles_with_their_address(tmp_path: Path, packed: bool) -> None:
    data = warc(
        ("http://a.example/1", "text/html; charset=utf-8", 200, PAGE.format(WORDS)),
        ("http://a.example/missing", "text/html", 404, PAGE.format("Not found, try another page.")),
        ("http://a.example/picture", "image/png", 200, "..."),
        ("http://a.example/2", "text/html", 200, PAGE.format(WORDS.replace("Chile", "Peru"))),
    )
    path = tmp_path / ("crawl.warc.gz" if packed else "crawl.warc")
    path.write_bytes(gzip.compress(data) if packed else data)
    found = articles(Source(path.name, path=path))
    assert [article.url for article in found] == ["http://a.example/1", "http://a.example/2"]
    assert "Peru" in found[1].text


def test_entries_of_a_saved_feed_are_articles(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(FEED)
    first, second = items(Source("feed.xml", path=tmp_path / "feed.xml"))
    assert isinstance(first, Article)
    assert (first.title, first.outlet, first.url) == ("Harbour talks", "Harbour Post", "http://a.example/1")
    assert WORDS in first.text
    assert first.published is not None
    assert first.published.from_ == "2031-03-02"
    assert isinstance(second, InputError)
    assert "entry 2 has no text" in str(second)


@pytest.mark.parametrize("name", ["a.parquet", "b.warc", "c.warc.gz", "d.rss"])
@pytest.mark.parametrize("data", [b"PAR1 broken", b"WARC/1.0\r\nbroken", b"\x1f\x8bbroken", b"<rss>", b"\x00\x01\x02"])
def test_damaged_container_is_one_clear_error(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError) as caught:
        list(read(tmp_path / name))
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)
