"""Files of many articles that are no text: Parquet tables, web archives (WARC) and feeds saved on disk.

Each gives rows as ``tables`` does, and a row that is no article comes as the error that says why. Nothing is fetched: of a feed
only what its entries hold is read.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from dragoman.errors import InputError, TextlessInput
from dragoman.read.article import Metadata, metadata_date
from dragoman.read.decode import decode
from dragoman.read.sources import Source
from dragoman.read.tables import Row, row_of
from dragoman.settings import Settings

_PAGES = ("text/html", "application/xhtml", "text/plain")
_BATCH = 256  # rows of a Parquet table held at once


def rows(source: Source, form: str, settings: Settings) -> Iterator[Row | InputError]:
    """The articles of a container, streaming: these files may be larger than ``settings.max_bytes``, which holds for each
    article of theirs."""
    if form == "feed":
        yield from _feed(source.read_bytes(settings), source.name)
        return
    with _opened(source) as file:
        yield from _parquet(file, source.name) if form == "parquet" else _warc(file, source.name, settings)


@contextmanager
def _opened(source: Source) -> Iterator[IO[bytes]]:
    if source.data is not None:
        yield io.BytesIO(source.data)
        return
    try:
        file = (source.path or Path(source.name)).open("rb")
    except OSError as error:
        raise InputError(f"cannot be opened ({error.strerror}); check its path and permissions", source.name) from None
    with file:
        yield file


def _parquet(file: IO[bytes], name: str) -> Iterator[Row | InputError]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    number = 0
    try:
        for batch in pq.ParquetFile(file).iter_batches(_BATCH):
            for item in batch.to_pylist():
                number += 1
                yield row_of(item, f"row {number}", name)
    except (pa.ArrowException, OSError) as error:
        yield InputError(
            f"found a Parquet file that breaks off after {number} rows ({_words(error)}); expected a whole one; save it again",
            name,
        )


def _warc(file: IO[bytes], name: str, settings: Settings) -> Iterator[Row | InputError]:
    """Pages that a server answered with: HTML and plain text, status 200."""
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError:
        raise InputError("found a WARC file; reading these needs fastwarc; install dragoman[warc]", name) from None
    found = 0
    try:
        for number, record in enumerate(ArchiveIterator(file, record_types=WarcRecordType.response), 1):
            headers = record.http_headers
            if headers is None or headers.status_code != 200 or not (record.http_content_type or "").startswith(_PAGES):
                continue
            found += 1
            data, place = record.reader.read(settings.max_bytes + 1), f"record {number}"
            if len(data) > settings.max_bytes:
                yield InputError(f"{place} is larger than {settings.max_bytes:,} bytes (settings.max_bytes)", name)
            elif not data.strip():
                yield TextlessInput(f"{place} is empty; expected a page", name)
            else:
                yield Row(place, decode(data, name).text, Metadata(url=record.headers.get("WARC-Target-URI")))
    except (OSError, ValueError) as error:
        yield InputError(f"found a WARC file that breaks off after {found} pages ({_words(error)}); save it again", name)
        return
    if not found:
        raise TextlessInput("found a WARC file without a page that a server answered with; expected HTML or text", name)


def _feed(data: bytes, name: str) -> Iterator[Row | InputError]:
    """The entries of an RSS or Atom feed, with the fullest text that each holds."""
    import feedparser

    parsed = feedparser.parse(data)
    outlet = _line(parsed.feed.get("title"))
    for number, entry in enumerate(parsed.entries, 1):
        place = f"entry {number}"
        texts = [part.get("value") or "" for part in entry.get("content", ())] + [entry.get("summary") or ""]
        text = max(texts, key=len)
        if not text.strip():
            yield TextlessInput(
                f"{place} has no text; expected a feed that holds its articles; save the pages themselves", name
            )
            continue
        day, raw = metadata_date(entry.get("published") or entry.get("updated"))
        known = Metadata(
            title=_line(entry.get("title")),
            outlet=outlet,
            authors=tuple(filter(None, (_line(author.get("name")) for author in entry.get("authors", ())))),
            url=entry.get("link"),
            published=day,
            published_raw=raw,
        )
        yield Row(place, _as_page(text), known)


def _as_page(text: str) -> str:
    """Texts of feeds are pieces of HTML, or plain."""
    return f"<html><body><article>{text}</article></body></html>" if "</" in text or "<p" in text or "<br" in text else text


def _line(value: Any) -> str | None:
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _words(error: Exception) -> str:
    return " ".join(str(error).split())[:120]
