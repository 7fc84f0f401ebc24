"""HTML, Markdown, PDF, JSONL and CSV into articles."""

from __future__ import annotations

import json
import re
import socket
from pathlib import Path

import pytest

from dragoman import read
from dragoman.errors import BinaryInput, EmptyInput, InputError, MissingInput, TextlessInput
from dragoman.records import Article, Document

PARAGRAPHS = [
    "Norway recalled its ambassador to Chile on Sunday, officials in Oslo said, after weeks of a quarrel over fishing rights.",
    "The move came after Chile seized two Norwegian trawlers off Cape Horn and arrested their crews, eleven men in all.",
    "Chile's foreign ministry rejected the claim and said that the trawlers had fished in its waters without a licence.",
]
PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>Norway recalls envoy | The Northern Post</title>
<meta property="og:site_name" content="The Northern Post"><meta property="article:section" content="World">
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Norway recalls envoy from Chile",
"datePublished": "2031-03-02T14:30:00+01:00", "dateModified": "2031-03-09", "author": [{{"name": "Jane Doe"}}]}}</script>
<link rel="canonical" href="https://northern.example/world/envoy"></head><body>
<nav><a href="/">Home</a> <a href="/world">World</a></nav>
<article><h1>Norway recalls envoy from Chile</h1><p>{PARAGRAPHS[0]}</p>
<figure><img src="a.jpg" alt="Dahl"><figcaption>Jonas Dahl speaks in Oslo on Sunday. Photo: K. Moe/NTB</figcaption></figure>
<h2>Two trawlers</h2><p>{PARAGRAPHS[1]}</p><p>{PARAGRAPHS[2]}</p></article>
<aside class="related">Related: Chile's fleet grows</aside><footer>© 2031 The Northern Post</footer></body></html>"""


def one(source: bytes | Path | Document) -> Article:
    (article,) = read.read(source)
    return article


def sentences(article: Article) -> list[tuple[str, str]]:
    return [(s.kind, article.text[s.start : s.end]) for s in article.sentences]


def test_a_page_gives_its_text_in_reading_order() -> None:
    article = one(PAGE.encode())
    assert sentences(article) == [
        ("title", "Norway recalls envoy from Chile"),
        ("body", PARAGRAPHS[0]),
        ("caption", "Jonas Dahl speaks in Oslo on Sunday."),
        ("heading", "Two trawlers"),
        ("body", PARAGRAPHS[1]),
        ("body", PARAGRAPHS[2]),
    ]
    assert article.text.split("\n\n")[0] == "Norway recalls envoy from Chile"
    assert article.captions[0].credit == "K. Moe/NTB"


def test_a_page_gives_its_metadata_and_the_day_of_publication_not_of_change() -> None:
    article = one(PAGE.encode())
    assert article.published is not None
    assert (article.published.from_, article.published.how) == ("2031-03-02", "metadata")
    assert (article.outlet, article.authors, article.categories) == ("The Northern Post", ("Jane Doe",), ("World",))
    assert (article.url, article.language) == ("https://northern.example/world/envoy", "en")


def test_a_pages_menus_are_discards_without_a_span() -> None:
    dropped = [d for d in one(PAGE.encode()).discards if d.text == ""]
    assert any("Chile's fleet grows" in (d.detail or "") for d in dropped)
    assert all(d.start == d.end == 0 and len(d.detail or "") <= 300 for d in dropped)


def test_the_day_in_a_pages_address_is_used_where_it_states_none() -> None:
    page = re.sub(r"(?s)<script.*?</script>", "", PAGE).replace("/world/envoy", "/2031/03/05/envoy")
    published = one(page.encode()).published
    assert published is not None
    assert (published.from_, published.how) == ("2031-03-05", "metadata")


def test_a_page_without_any_date_has_none() -> None:
    assert one(re.sub(r"(?s)<script.*?</script>", "", PAGE).replace("2031", "").encode()).published is None


def test_a_page_that_shows_its_text_by_script_is_read_from_its_data() -> None:
    data = json.dumps({"@type": "NewsArticle", "headline": "Norway recalls envoy", "articleBody": "\n\n".join(PARAGRAPHS)})
    page = f'<html><head><script type="application/ld+json">{data}</script></head><body><div id="app"></div></body></html>'
    assert [words for kind, words in sentences(one(page.encode())) if kind == "body"] == PARAGRAPHS


@pytest.mark.parametrize(
    "page",
    [
        "<html><body>" + "<div>" * 100_000 + f"<p>{PARAGRAPHS[0]}</p>",
        f"<html><body><p>{PARAGRAPHS[0]}</i></b><div><a href='x>",
        f"<p>{PARAGRAPHS[0]}",
        f"<html><body><!-- <p>{PARAGRAPHS[0]}</p> --><p>{PARAGRAPHS[0]}</p>",
    ],
)
def test_deep_and_broken_pages_still_give_their_words(page: str) -> None:
    assert PARAGRAPHS[0] in one(page.encode()).text


def test_a_page_of_scripts_is_textless() -> None:
    page = b"<html><body><script>var a = 1;</script><noscript>Please enable JavaScript to go on.</noscript></body></html>"
    with pytest.raises(TextlessInput, match="found a page without text"):
        one(page)


def test_reading_opens_no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was tried")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert one(PAGE.encode()).title == "Norway recalls envoy from Chile"


MARKDOWN = """---
title: "Norway recalls envoy"
date: 2031-03-02
author: Jane Doe
---

# Norway recalls envoy

**Norway** [recalled](https://a.example/b) its *ambassador* to Chile on
Sunday.

## Two trawlers

- Chile seized two boats.
- Norway protested.

![Jonas Dahl speaks to reporters in Oslo](a.jpg)
"""


def test_markdown_is_read_without_its_marks(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(MARKDOWN, encoding="utf-8")
    article = one(path)
    assert sentences(article) == [
        ("title", "Norway recalls envoy"),
        ("body", "Norway recalled its ambassador to Chile on Sunday."),
        ("heading", "Two trawlers"),
        ("body", "Chile seized two boats."),
        ("body", "Norway protested."),
        ("caption", "Jonas Dahl speaks to reporters in Oslo"),
    ]
    assert article.authors == ("Jane Doe",)
    assert article.published is not None
    assert article.published.from_ == "2031-03-02"


def pdf(*pages: list[str]) -> bytes:
    """A PDF with rows of text, as small as the format allows."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    for i, rows in enumerate(pages):
        shown = " ".join(f"({row}) Tj T*" for row in rows)
        stream = f"BT /F1 11 Tf 14 TL 50 750 Td {shown} ET".encode()
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> "
            f"/Contents {5 + 2 * i} 0 R >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    out, places = b"%PDF-1.4\n", []
    for i, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (i, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    return out + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)


def test_a_pdf_is_read_with_its_wrapped_rows_joined_and_its_hyphens_healed() -> None:
    article = one(
        pdf(
            [
                "Norway recalled its ambassador to Chile on Sunday, offi-",
                "cials said, after weeks of a quarrel over fishing rights",
                "off Cape Horn. Chile protested.",
            ]
        )
    )
    assert [words for _, words in sentences(article)] == [
        "Norway recalled its ambassador to Chile on Sunday, officials said, after weeks of a quarrel over "
        "fishing rights off Cape Horn.",
        "Chile protested.",
    ]


def test_page_headers_and_numbers_of_a_pdf_are_left_out() -> None:
    body = [
        "Norway left the talks on Monday.",
        "Chile stayed in Lima for a week.",
        "Peru protested in the council.",
        "Bolivia was silent on it all.",
    ]
    article = one(pdf(*[["Gulf Lens Quarterly 2031", line, *body, f"{n}"] for n, line in enumerate(body, 1)]))
    assert "Quarterly" not in article.text
    assert any("Quarterly" in (d.detail or "") for d in article.discards)


def test_a_pdf_without_text_is_textless_and_a_damaged_one_is_binary() -> None:
    with pytest.raises(TextlessInput, match="scan"):
        one(pdf([]))
    with pytest.raises(BinaryInput, match="damaged PDF"):
        one(b"%PDF-1.4\nnothing of the kind\n%%EOF")


ROWS = (
    "url,date,headline,body,byline\n"
    "https://a.example/1,2031-03-02,Norway recalls envoy,Norway recalled its envoy.,Jane Doe and John Roe\n"
)


def test_csv_by_the_usual_names_of_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(ROWS, encoding="utf-8")
    article = one(path)
    assert (article.title, article.url, article.authors) == (
        "Norway recalls envoy",
        "https://a.example/1",
        ("Jane Doe", "John Roe"),
    )
    assert article.published is not None
    assert (article.published.from_, article.published.how) == ("2031-03-02", "metadata")


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_other_separators_are_found(tmp_path: Path, separator: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"title{separator}text\nNorway leaves{separator}Norway left, and Chile stayed.\n", encoding="utf-8")
    assert one(path).title == "Norway leaves"


def test_jsonl_an_array_and_a_news_api_give_the_same_article(tmp_path: Path) -> None:
    row = {
        "title": "Norway leaves",
        "content": "Norway left.",
        "publishedAt": "2031-03-02T10:00:00Z",
        "source": {"name": "NTB"},
    }
    texts = {"a.jsonl": json.dumps(row) + "\n", "b.json": json.dumps([row]), "c.json": json.dumps({"articles": [row]})}
    articles = []
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        articles.append(one(tmp_path / name))
    assert articles[0] == articles[1] == articles[2]
    assert articles[0].outlet == "NTB"


def test_good_rows_are_read_before_the_bad_ones_are_named(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "Norway left."}\n{nonsense\n{"title": "empty"}\n{"text": "Chile stayed."}\n', encoding="utf-8")
    reading = read.read(path)
    assert [next(reading).text, next(reading).text] == ["Norway left.", "Chile stayed."]
    with pytest.raises(InputError, match=r"2 of 4 .*line 2 is no JSON"):
        next(reading)
    assert [type(item).__name__ for item in read.items(path)] == ["Article", "InputError", "TextlessInput", "Article"]


def test_a_table_without_a_text_column_says_which_columns_it_has(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(InputError, match="columns a, b; expected one named text"):
        one(path)


def test_a_document_keeps_what_is_known_of_it() -> None:
    article = one(
        Document(
            "Norway left.",
            title="Norway leaves",
            published="2 March 2031",
            url="https://a.example",
            outlet="NTB",
            authors=("J. Doe",),
        )
    )
    assert (article.outlet, article.url, article.authors) == ("NTB", "https://a.example", ("J. Doe",))
    assert article.published is not None
    assert (article.published.from_, article.published.how) == ("2031-03-02", "metadata")


def test_a_date_not_understood_is_null_and_said_so() -> None:
    article = read.from_text("Norway left.", published="the day before yesterday")
    assert article.published is None
    assert [(d.reason, d.detail) for d in article.discards] == [("published date not understood", "the day before yesterday")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_encodings_are_found(encoding: str) -> None:
    text = "“Norway’s envoy left Málaga,” the minister said on Monday. Chile’s envoy stayed."
    assert one(text.encode(encoding)).text == text


def test_an_encoding_declared_is_used_and_one_declared_wrongly_is_not() -> None:
    page = f"<html><head><meta charset='%s'></head><body><p>Président Łukasz. {PARAGRAPHS[0]}</p></body></html>"
    assert "Łukasz" in one((page % "iso-8859-2").replace("é", "e").encode("iso-8859-2")).text
    assert "Président Łukasz" in one((page % "ascii").encode("utf-8")).text
    assert "Président" in one((page % "klingon").replace("Ł", "L").encode("cp1252")).text


def test_folders_and_globs_are_expanded_in_order_and_hidden_files_left_out(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", ".hidden.txt", "c.xyz", "sub/d.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("Norway left.", encoding="utf-8")
    assert [Path(s.name).name for s in read.sources([tmp_path])] == ["a.md", "b.txt", "d.html"]
    assert [Path(s.name).name for s in read.sources([str(tmp_path / "*.txt")])] == ["b.txt"]


def test_what_names_nothing_raises_only_when_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    found = list(read.sources([tmp_path / "none.txt", tmp_path / "empty", str(tmp_path / "*.pdf")]))
    for source in found:
        with pytest.raises(MissingInput):
            list(read.read(source))
    assert len(found) == 3


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    import io
    import types

    monkeypatch.setattr("sys.stdin", types.SimpleNamespace(buffer=io.BytesIO(b"Norway left.")))
    (source,) = read.sources(["-"])
    assert one(source).text == "Norway left."  # type: ignore[arg-type]


@pytest.mark.parametrize("data", [b"", b" \n\t", b"\xef\xbb\xbf", b"\xef\xbb\xbf \n"])
def test_nothing_is_empty(data: bytes) -> None:
    with pytest.raises(EmptyInput):
        one(data)


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n" + bytes(99), b"PK\x03\x04" + bytes(99), bytes(range(256)) * 40, b"\x7fELF" + bytes(400)]
)
def test_binary_is_named(data: bytes) -> None:
    with pytest.raises(BinaryInput, match="expected HTML, text, Markdown, PDF, JSONL or CSV"):
        one(data)


def test_a_text_given_as_a_file_is_told_from_a_missing_file_and_not_repeated_whole() -> None:
    text = "Norway recalled its ambassador from Chile on Monday. " * 20
    with pytest.raises(MissingInput, match=r"found a text of 1,0\d\d characters where a file's name was expected") as found:
        list(read.read(text))
    assert len(str(found.value)) < 250
