"""Many articles in one file: JSON lines, a JSON array or object, CSV with any usual separator."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dragoman.errors import InputError, TextlessInput
from dragoman.read.article import Metadata, metadata_date


def _names(words: str) -> tuple[str, ...]:
    return tuple(words.split())


# Usual names of the columns, the better first.
NAMES: dict[str, tuple[str, ...]] = {
    "text": _names(
        """text body content article_text full_text fulltext maintext main_text article story article_body articlebody
        raw_text plain_text document html"""
    ),
    "title": _names("""title headline heading head article_title name"""),
    "date": _names(
        """date published published_at publishedat publication_date publish_date date_publish date_published
        datepublished pubdate pub_date published_date datetime timestamp time created_at created"""
    ),
    "url": _names("""url link source_url article_url web_url permalink uri canonical_url"""),
    "outlet": _names(
        """outlet source publisher publication sitename site_name site source_name newspaper source_domain domain"""
    ),
    "authors": _names("""authors author byline creator writer"""),
    "language": _names("""language lang"""),
    "categories": _names("""categories category section"""),
}
_FIELD_LIMIT = 64_000_000  # characters of one cell: no smaller than settings.max_bytes, so that the file's limit is the one met


@dataclass(frozen=True, slots=True)
class Row:
    """One article of a table: where it stands ("row 3"), its text and what the other columns say."""

    place: str
    text: str
    known: Metadata


def rows(text: str, form: str, source: str | None = None) -> Iterator[Row | InputError]:
    """The articles of a table, in order; a row that is none comes as the error that says why, and the next rows go on."""
    if form == "csv":
        return _csv(text, source)
    return _json(text, source)


def _csv(text: str, source: str | None) -> Iterator[Row | InputError]:
    first = text.lstrip("\ufeff\r\n").split("\n", 1)[0]
    separator = max("\t;,|", key=lambda mark: (first.count(mark), mark == ","))
    previous = csv.field_size_limit(_FIELD_LIMIT)
    try:
        reader = csv.reader(io.StringIO(text.lstrip("\ufeff\r\n").replace("\x00", "")), delimiter=separator)
        header: list[str] | None = None
        for number, cells in enumerate(reader, 1):
            if header is None:
                header = cells
                if "text" not in _columns(header):
                    found = ", ".join(cells[:8])[:120] or "nothing"
                    yield InputError(
                        f"found a table with the columns {found}; "
                        "expected one named text, body, content or article; rename the column",
                        source,
                    )
                    return
                continue
            if any(cell.strip() for cell in cells):
                yield row_of(dict(zip(header, cells, strict=False)), f"row {number}", source)
    except csv.Error as error:
        yield InputError(
            f"found a table that breaks off ({error}); expected CSV with a header line; check its quotation marks", source
        )
    finally:
        csv.field_size_limit(previous)


def _json(text: str, source: str | None) -> Iterator[Row | InputError]:
    text = text.lstrip("\ufeff")
    whole = _whole(text)
    if whole is not None:
        for number, item in enumerate(whole, 1):
            yield row_of(item, f"article {number}", source)
        return
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        place = f"line {number}"
        try:
            item = json.loads(line)
        except (ValueError, RecursionError) as error:
            reason = getattr(error, "msg", None) or type(error).__name__
            yield InputError(f"{place} is no JSON ({reason}); expected one object a line; repair that line", source)
            continue
        yield row_of(item, place, source)


def _whole(text: str) -> list[Any] | None:
    """The articles of a file that is one JSON value: an array of objects, an object with such an array, or one article."""
    if text.lstrip()[:1] == "{" and re.match(r"\s*\{[^\n]*\}\s*\n\s*\{", text):
        return None  # lines of objects
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if isinstance(value, list):
        return value
    if isinstance(value, dict) and "text" not in _columns(list(value)):
        for key in ("articles", "documents", "items", "data", "results", "entries"):
            if isinstance(value.get(key), list):
                return list(value[key])
    return [value]


def _columns(header: list[str]) -> dict[str, str]:
    """Which column of the table holds what."""
    plain = {
        re.sub(r"[\s-]+", "_", name.strip().strip("\ufeff").lower()): name for name in reversed(header) if isinstance(name, str)
    }
    return {
        meaning: next(plain[name] for name in names if name in plain)
        for meaning, names in NAMES.items()
        if any(name in plain for name in names)
    }


def row_of(item: object, place: str, source: str | None) -> Row | InputError:
    """The article of one object or row, by the usual names of its fields; an error where it has no text."""
    if not isinstance(item, Mapping):
        return InputError(
            f"{place} is no object ({type(item).__name__}); expected one with a text; give one article a line", source
        )
    columns = _columns(list(item))
    text = item.get(columns["text"]) if "text" in columns else None
    if not isinstance(text, str) or not text.strip():
        found = ", ".join(str(key) for key in list(item)[:8])[:120] or "nothing"
        return TextlessInput(
            f"{place} has no text (its fields: {found}); expected text, body, content or article; rename the field", source
        )
    got = {meaning: item.get(columns[meaning]) for meaning in columns}
    day, raw = metadata_date(_plain(got.get("date")))
    return Row(
        place,
        text,
        Metadata(
            title=_words(got.get("title")),
            outlet=_words(got.get("outlet")),
            authors=listed(got.get("authors")),
            language=_words(got.get("language")),
            url=_words(got.get("url")),
            published=day,
            published_raw=raw,
            categories=listed(got.get("categories")),
        ),
    )


def _plain(value: object) -> object:
    if isinstance(value, date):  # of a Parquet column; JSON and CSV have words
        return value.isoformat()
    return value if isinstance(value, (str, int, float)) else None


def _words(value: object) -> str | None:
    """A cell as one line of words; the name of an object that has one (news APIs nest the source)."""
    if isinstance(value, Mapping):
        value = value.get("name")
    if not isinstance(value, str):
        return None
    words = " ".join(value.split())
    return words if words and words.lower() not in {"nan", "none", "null", "n/a", "-"} else None


def listed(value: object) -> tuple[str, ...]:
    """Names in a cell: a list, or words parted by semicolons, bars or commas; "[a, b]" and quotation marks taken off."""
    if isinstance(value, (list, tuple)):
        names = [_words(item) for item in value]
    else:
        words = _words(value) or ""
        if words.lower().startswith("by "):
            words = words[3:]
        names = [
            name.strip(" \"'")
            for name in re.split(r"\s*[;|]\s*" if re.search(r"[;|]", words) else r"\s*,\s*|\s+and\s+", words.strip("[]"))
        ]
    return tuple(dict.fromkeys(name for name in names if name))
