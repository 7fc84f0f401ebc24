"""The first stage: files, bytes and texts to articles ready to be coded.

    read.sources(["news/", "-"])          paths, folders, globs and standard input, as inputs
    read.read(source, settings)           the articles of one input
    read.from_text(text, title=...)       an article from a text at hand

All errors are errors.InputError or below it, one line each. Nothing is ever fetched.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from dragoman.errors import EmptyInput, InputError, TextlessInput
from dragoman.read import article, markdown, tables
from dragoman.read.article import Metadata
from dragoman.read.decode import decode
from dragoman.read.sources import CONTAINERS, Source, head_of, sniff, sources
from dragoman.records import Article, Document
from dragoman.settings import DEFAULT, Settings

__all__ = ["Source", "from_text", "items", "read", "sources"]


def read(source: Source | Path | str | bytes | Document, settings: Settings = DEFAULT) -> Iterator[Article]:
    """The articles of one input: one for most formats, one a row for JSONL and CSV.

    ``source`` is a Source, a path (``str`` is a path too), bytes of any known format, or a Document. Raises an InputError; rows
    of a table that are no articles are passed over, and named in one InputError after the last good row.
    """
    bad: list[InputError] = []
    good = 0
    for item in items(source, settings):
        if isinstance(item, InputError):
            bad.append(item)
            continue
        good += 1
        yield item
    if len(bad) == 1 and not good:
        raise bad[0]
    if bad:
        more = f" (and {len(bad) - 1} more)" if len(bad) > 1 else ""
        raise InputError(f"{len(bad)} of {len(bad) + good} articles were left out{more}: {bad[0]}")


def items(source: Source | Path | str | bytes | Document, settings: Settings = DEFAULT) -> Iterator[Article | InputError]:
    """As ``read``, but a row that is no article comes as its error, in its place. Errors of the input as a whole are raised."""
    if isinstance(source, Document):
        yield _from_document(source, settings)
        return
    if isinstance(source, bytes):
        source = Source("bytes", data=source)
    elif not isinstance(source, Source):
        source = Source(str(source), path=Path(source))
    if source.problem is None and (form := sniff(source.name, head_of(source))) in CONTAINERS:
        from dragoman.read import containers  # a file larger than settings.max_bytes can be one of these

        yield from _articles(containers.rows(source, form, settings), settings, source.name)
        return
    data = source.read_bytes(settings)
    form = sniff(source.name, data)
    if form == "pdf":
        yield _from_pdf(data, settings, source.name)
        return
    text = decode(data, source.name).text
    if not text.strip():
        raise EmptyInput("found white space only; expected an article; check that it was saved whole", source.name)
    if form in {"jsonl", "json", "csv"}:
        yield from _articles(tables.rows(text, form, source.name), settings, source.name)
    elif form == "html":
        yield _from_html(text, settings, source.name)
    elif form == "markdown":
        yield _from_markdown(text, settings, source.name)
    else:
        yield article.from_plain(text, Metadata(), settings, source.name)


def from_text(
    text: str,
    title: str | None = None,
    published: str | None = None,
    *,
    url: str | None = None,
    outlet: str | None = None,
    authors: tuple[str, ...] = (),
    settings: Settings = DEFAULT,
) -> Article:
    """An article from plain text. The stored text is ``text``; a title that it does not begin with is put above it.

    ``published`` is ISO 8601, RFC 2822 or a date in words; not understood, it is null and a discard says so. Raises EmptyInput
    and OversizeInput.
    """
    return _from_document(Document(text, title, published, url, outlet, authors), settings)


def _from_document(document: Document, settings: Settings) -> Article:
    if not document.text.strip():
        raise EmptyInput("found a text of white space only; expected an article; check what the text is taken from")
    day, raw = article.metadata_date(document.published)
    known = Metadata(
        title=" ".join(document.title.split()) or None if document.title else None,
        outlet=document.outlet,
        authors=document.authors,
        url=document.url,
        published=day,
        published_raw=raw,
    )
    return article.from_plain(document.text, known, settings)


def _from_pdf(data: bytes, settings: Settings, name: str) -> Article:
    from dragoman.read import pdf  # pypdf takes 0.2 s to load, and most runs hold no PDF

    pieces, known, dropped = pdf.parse(data, settings, name)
    return article.from_pieces(pieces, known, settings, dropped, name)


def _from_html(text: str, settings: Settings, name: str) -> Article:
    from dragoman.read import html  # trafilatura takes 0.5 s to load

    page = html.parse(text, settings, name)
    return article.from_pieces(page.pieces, page.known, settings, page.dropped, name)


def _from_markdown(text: str, settings: Settings, name: str) -> Article:
    pieces, known = markdown.parse(text)
    if not pieces:
        raise TextlessInput("found Markdown without a paragraph of text; expected an article; check the file", name)
    return article.from_pieces(pieces, known, settings, source=name)


def _articles(rows: Iterable[tables.Row | InputError], settings: Settings, name: str) -> Iterator[Article | InputError]:
    """The articles of the rows of a table; a row may hold a page of HTML."""
    found = False
    for row in rows:
        found = True
        if isinstance(row, InputError):
            yield row
            continue
        place = f"{name}, {row.place}"
        try:
            if sniff("", row.text[:4_096].encode("utf-8", "replace")) == "html":
                from dragoman.read import html

                page = html.parse(row.text, settings, place, row.known)
                yield article.from_pieces(page.pieces, page.known, settings, page.dropped, place)
            else:
                yield article.from_plain(row.text, row.known, settings, place)
        except InputError as error:
            yield error
    if not found:
        raise TextlessInput("found a table without rows; expected one article a row; check the file", name)
