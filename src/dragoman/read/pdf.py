"""PDF to paragraphs: pypdf's text, with page headers, page numbers and end-of-line hyphens taken out."""

from __future__ import annotations

import io
import logging
import re
import warnings
from collections import Counter

import pypdf

from dragoman.errors import BinaryInput, InputError, OversizeInput, TextlessInput
from dragoman.read.article import Metadata, Piece
from dragoman.read.lines import paragraphs
from dragoman.read.tables import listed
from dragoman.records import Discard
from dragoman.settings import Settings

_EDGE = 3  # rows at the top and bottom of a page among which headers and footers stand
_PAGE_NUMBER = re.compile(r"[-–—\s]*(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?[-–—\s.]*|[ivxlc]{1,6}", re.I)
_MADE_UP_TITLE = re.compile(
    r"(?:microsoft word|untitled|document\d*|print|layout|slide)\b|\.(?:docx?|pdf|indd|qxd|tex|dvi|rtf)\b|^[\W\d_]*$", re.I
)
_HYPHEN = re.compile(r"(?<=[a-zà-ÿ])[-\u00ad]\n(?=[a-zà-ÿ])")


def parse(data: bytes, settings: Settings, source: str | None = None) -> tuple[list[Piece], Metadata, list[Discard]]:
    """Paragraphs, metadata (never the day: a PDF says when the file was made) and what was left out.

    Raises TextlessInput for a scan, OversizeInput above settings.max_characters, BinaryInput for a damaged file, InputError for
    one with a password.
    """
    pages, info = _pages(data, settings, source)
    if not "".join(pages).strip():
        raise TextlessInput(
            f"found a PDF of {len(pages)} page(s) without text, perhaps a scan; expected text; "
            "run it through character recognition first",
            source,
        )
    running = _running(pages)
    discards = [Discard("read", "page furniture: page header or footer", detail=words[:300]) for words in sorted(running)]
    kept = []
    for page in pages:
        rows = page.split("\n")
        kept.append("\n".join(row for i, row in enumerate(rows) if not _is_furniture(row, i, len(rows), running)))
    text = _HYPHEN.sub("", _joined(kept))
    pieces = [Piece(line.words) for line in paragraphs(text)]
    return pieces, info, discards


def _pages(data: bytes, settings: Settings, source: str | None) -> tuple[list[str], Metadata]:
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL)  # what pypdf repairs is no news to the user
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            reader = pypdf.PdfReader(io.BytesIO(data))
            if reader.is_encrypted and not reader.decrypt(""):
                raise InputError(
                    "found a PDF locked with a password; expected an open one; save it without the password", source
                )
            pages, size = [], 0
            for page in reader.pages:
                pages.append(_page_text(page))
                size += len(pages[-1])
                if size > settings.max_characters:
                    raise OversizeInput(
                        f"found a PDF of more than {settings.max_characters:,} characters; no more are read "
                        "(settings.max_characters); split it",
                        source,
                    )
            return pages, _info(reader)
    except InputError:
        raise
    except Exception as error:  # pypdf raises a dozen kinds on damaged files, RecursionError and KeyError among them
        reason = " ".join(str(error).split())[:80] or type(error).__name__
        raise BinaryInput(
            f"found a damaged PDF ({reason}); expected a readable one; open and save it again, or give its text", source
        ) from None
    finally:
        logger.setLevel(level)


def _page_text(page: pypdf.PageObject) -> str:
    text = page.extract_text() or ""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def _info(reader: pypdf.PdfReader) -> Metadata:
    info = reader.metadata
    title = " ".join(str(info.title).split()) if info and info.title else ""
    author = str(info.author) if info and info.author else ""
    good = 8 <= len(title) <= 250 and " " in title and not _MADE_UP_TITLE.search(title)
    return Metadata(title=title if good else None, authors=listed(author) if " " in author.strip() else ())


def _shape(row: str) -> str:
    """A row without its numbers: the header "Page 3 of 9" is the same on every page."""
    return re.sub(r"\d+", "#", " ".join(row.split()))


def _edges(page: str) -> list[str]:
    rows = [row for row in page.split("\n") if row.strip()]
    return rows[:_EDGE] + rows[max(_EDGE, len(rows) - _EDGE) :]


def _running(pages: list[str]) -> frozenset[str]:
    """Rows at the edge of most pages: running headers and footers."""
    if len(pages) < 3:
        return frozenset()
    counts = Counter(shape for page in pages for shape in {_shape(row) for row in _edges(page)})
    return frozenset(shape for shape, n in counts.items() if n >= max(3, len(pages) // 2) and len(shape) > 1)


def _is_furniture(row: str, i: int, rows: int, running: frozenset[str]) -> bool:
    at_edge = i < _EDGE + 1 or i >= rows - _EDGE - 1
    return at_edge and (_shape(row) in running or bool(row.strip() and _PAGE_NUMBER.fullmatch(row.strip())))


def _joined(pages: list[str]) -> str:
    """Pages as one text: a paragraph that runs over the page's end goes on, others are parted."""
    out = ""
    for page in pages:
        page = page.strip("\n ")
        if not page:
            continue
        if out and not re.search(r"[.!?:][\"'”’)\]]*\s*$", out) and page[:1].islower():
            out += "\n" + page
        else:
            out += ("\n\n" if out else "") + page
    return out
