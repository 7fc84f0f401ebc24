"""Bytes to text: the encoding is found, not assumed.

In this order: byte order mark, UTF-16 or UTF-32 without a mark (seen by its zero bytes), the encoding that the document
declares, UTF-8, and what charset-normalizer makes of a sample. A text that is UTF-8 but for a few broken bytes is UTF-8.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

import charset_normalizer

from dragoman.errors import BinaryInput

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""(?:<meta[^>]{0,200}?charset\s*=\s*["']?|<\?xml[^>]{0,200}?encoding\s*=\s*["'])([A-Za-z0-9_.:-]{2,40})""", re.I
)
# Browsers read these names as Windows-1252, because that is what pages with them hold (the WHATWG encoding standard).
_LATIN = {"ascii", "iso8859-1", "latin-1", "cp1252"}
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HEAD = 4_096  # bytes searched for a declaration; HTML requires it in the first 1,024
_SAMPLE = 65_536  # bytes shown to charset-normalizer, whose time grows with the sample
_KNOWN_BINARY = (
    (b"PK\x03\x04", "a ZIP archive (a Word, OpenDocument or EPUB file is one)"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\xd0\xcf\x11\xe0", "an old Word, Excel or PowerPoint file"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a RIFF sound, video or picture"),
    (b"ID3", "an MP3 sound"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"SQLite format 3", "an SQLite database"),
    (b"PAR1", "a Parquet table"),
    (b"{\\rtf", "a Rich Text file"),
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text and the name of the encoding it was in."""

    text: str
    encoding: str


def decode(data: bytes, source: str | None = None) -> Decoded:
    """The text of ``data``; bytes that are no text raise BinaryInput, whose line says what they look like."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _checked(data[len(mark) :].decode(name, "replace"), name, source)
    for magic, what in _KNOWN_BINARY:
        if data.startswith(magic) and (len(magic) > 3 or b"\x00" in data[:_HEAD]):
            raise BinaryInput(
                f"found {what}; expected HTML, text, Markdown, PDF, JSONL or CSV; save it as one of these", source
            )
    name = _unmarked_wide(data) or _declared(data) or ""
    if name:
        try:
            return _checked(data.decode(name), name, source)
        except (UnicodeDecodeError, LookupError):
            pass  # the declaration lies: find out
    try:
        return _checked(data.decode("utf-8"), "utf-8", source)
    except UnicodeDecodeError:
        return _checked(*_guessed(data), source)


def _unmarked_wide(data: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark: every second (or three of four) bytes of Latin text are zero."""
    head = data[: _HEAD - _HEAD % 4]
    if len(head) < 4 or b"\x00" not in head:
        return None
    shares = [head[i::4].count(0) / max(1, len(head[i::4])) for i in range(4)]
    zero = [share > 0.7 for share in shares]
    return {
        (False, True, True, True): "utf-32-le",
        (True, True, True, False): "utf-32-be",
        (False, True, False, True): "utf-16-le",
        (True, False, True, False): "utf-16-be",
    }.get((zero[0], zero[1], zero[2], zero[3]))


def _declared(data: bytes) -> str | None:
    found = _DECLARED.search(data[:_HEAD])
    if not found:
        return None
    try:
        name = codecs.lookup(found.group(1).decode("ascii")).name
    except LookupError:
        return None
    if name in _LATIN:
        return "cp1252"
    return None if name.startswith(("utf-16", "utf-32")) else name  # an ASCII declaration of UTF-16 refutes itself


def _guessed(data: bytes) -> tuple[str, str]:
    text = data.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    right = sum(1 for character in text if character > "\x7f") - wrong
    if right > 9 * wrong:
        return text, "utf-8"
    sample = data[:_SAMPLE]
    high = sum(1 for byte in sample if byte > 0x7F)
    # Below one byte in twenty the text is Western punctuation and names; charset-normalizer needs more than that to be right.
    if high * 20 > len(sample):
        best = charset_normalizer.from_bytes(sample).best()
        if best is not None:
            try:
                return data.decode(best.encoding, "replace"), best.encoding
            except LookupError:
                pass
    return data.decode("cp1252", "replace"), "cp1252"


def _checked(text: str, encoding: str, source: str | None) -> Decoded:
    sample = text[:_SAMPLE]
    odd = len(_CONTROL.findall(sample)) + sample.count("\ufffd")
    if odd > 0.05 * len(sample):  # text as scraped holds none, or a stray one; programs and pictures hold a third
        raise BinaryInput(
            f"found bytes that are no text ({odd * 100 // len(sample)}% control characters read as {encoding}); "
            "expected HTML, text, Markdown, PDF, JSONL or CSV; give the text itself",
            source,
        )
    return Decoded(text, encoding)
