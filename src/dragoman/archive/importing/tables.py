"""Files of event data: opened as they were downloaded, their layout recognised, their rows one by one with their line."""

from __future__ import annotations

import csv
import gzip
import hashlib
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from dragoman.archive.importing.conflict import ACLED, UCDP
from dragoman.archive.importing.gdelt import GDELT
from dragoman.archive.importing.icews import ICEWS, ICEWS14
from dragoman.archive.importing.layout import Layout, day
from dragoman.archive.importing.polecat import POLECAT
from dragoman.errors import BinaryInput, EmptyInput, InputError, MissingInput, UsageError

LAYOUTS = {layout.name: layout for layout in (GDELT, ICEWS, ICEWS14, POLECAT, UCDP, ACLED)}
_CELL = 1_000_000  # characters; longer is an open quotation mark, not a cell


def layout_named(name: str) -> Layout:
    if name not in LAYOUTS:
        raise UsageError(f"there is no layout {name!r}; choose one of {', '.join(LAYOUTS)}")
    return LAYOUTS[name]


def sha256(path: Path) -> str:
    """Of the file's bytes as they lie on disk."""
    with opened(path, raw=True) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]


@contextmanager
def opened(path: Path, *, raw: bool = False) -> Iterator[IO[bytes]]:
    """The bytes of a file, of the one inside ``.gz`` or ``.zip`` unless ``raw``. Raises InputError that says what is wrong."""
    name = str(path)
    try:
        with path.open("rb") as file:
            start = file.read(4)
            file.seek(0)
            if not start:
                raise EmptyInput("the file is empty; expected rows of events", name)
            if raw or start[:2] not in (b"\x1f\x8b", b"PK"):
                yield file
            elif start[:2] == b"\x1f\x8b":
                with gzip.open(file) as inside:
                    yield inside  # type: ignore[misc]
            else:
                with zipfile.ZipFile(file) as packed:
                    members = [m for m in packed.namelist() if not m.endswith("/") and not m.startswith("__MACOSX")]
                    if len(members) != 1:
                        raise InputError(f"found {len(members)} files in it, expected one; unpack it and name the files", name)
                    with packed.open(members[0]) as inside:
                        yield inside
    except FileNotFoundError:
        raise MissingInput("no such file", name) from None
    except (OSError, EOFError, zipfile.BadZipFile, RuntimeError) as error:
        words = " ".join(str(error).split()) or type(error).__name__
        raise InputError(f"it cannot be read to its end ({words}); it may be cut: fetch it again", name) from error


def recognised(path: Path) -> Layout:
    """The layout of a file by its first line. Raises InputError that says what was found."""
    with opened(path) as file:
        line = _text(file.readline(_CELL), path).strip("\r\n")
    tabs, commas = line.split("\t"), _commas(line)
    for layout in LAYOUTS.values():
        if layout.header and set(layout.columns) <= set(tabs if layout.delimiter == "\t" else commas):
            return layout
    if len(tabs) == len(GDELT.columns) and day(tabs[1]) is not None:
        return GDELT
    if len(tabs) == len(ICEWS14.columns) and day(tabs[-1]) is not None:
        return ICEWS14
    if not line.strip():
        raise EmptyInput("the first line is empty; expected a header or a row of events", str(path))
    raise InputError(
        f"no layout has these {max(len(tabs), len(commas))} columns ({line[:60]!r}...); known are {', '.join(LAYOUTS)} "
        "(gdelt is version 2.0, 61 columns); name it with --layout to see what is missing",
        str(path),
    )


def _commas(line: str) -> list[str]:
    """The cells of a first line as CSV; none where it is no CSV."""
    try:
        return next(csv.reader([line]), [])
    except csv.Error:
        return []


def rows(path: Path, layout: Layout) -> Iterator[tuple[int, dict[str, str] | str]]:
    """The rows of a file with the number of their line: the cells by column, or why there are none (too few, too many).

    Raises InputError where the header lacks columns, the bytes are not UTF-8, or the file is cut.
    """
    with opened(path) as file:
        reader = csv.reader(
            _lines(file, path),
            delimiter=layout.delimiter,
            quoting=csv.QUOTE_MINIMAL if layout.quoted else csv.QUOTE_NONE,
        )
        columns = _header(reader, path, layout) if layout.header else layout.columns
        while True:
            try:
                cells = next(reader, None)
            except csv.Error as error:
                raise InputError(
                    f"line {reader.line_num} is no row ({error}); a quotation mark may be open", str(path)
                ) from None
            if cells is None:
                return
            if not cells or cells == [""]:
                continue
            if len(cells) != len(columns):
                yield reader.line_num, f"{len(cells)} cells, expected {len(columns)}; the line may be cut"
            else:
                yield reader.line_num, dict(zip(columns, cells, strict=True))


def _header(reader: Iterator[list[str]], path: Path, layout: Layout) -> list[str]:
    header = [cell.strip() for cell in next(reader, [])]
    missing = [column for column in layout.columns if column not in header]
    if missing:
        raise InputError(
            f"no column {', '.join(missing[:5])}; layout {layout.name} begins with {', '.join(layout.columns[:6])} ...",
            str(path),
        )
    return header


def _lines(file: IO[bytes], path: Path) -> Iterable[str]:
    """The lines of a file as text; a line that is not UTF-8, or never ends, is named."""
    for number, line in enumerate(iter(lambda: file.readline(_CELL), b""), 1):
        if len(line) == _CELL:
            raise InputError(f"line {number} has more than {_CELL:,} bytes; expected a row of events", str(path))
        yield _text(line, path, number)


def _text(line: bytes, path: Path, number: int = 1) -> str:
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BinaryInput(
            f"line {number} is not UTF-8 (byte {line[error.start]:#x}); expected text in UTF-8: save it so, for example "
            "iconv -f latin1 -t utf-8",
            str(path),
        ) from None
    return text.removeprefix("\ufeff") if number == 1 else text


__all__ = ["LAYOUTS", "layout_named", "recognised", "rows", "sha256"]
