"""From what a user names (files, folders, globs, "-") to inputs, and from an input to its format."""

from __future__ import annotations

import glob
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from dragoman.errors import EmptyInput, InputError, MissingInput, OversizeInput
from dragoman.settings import Settings

Format = Literal["html", "text", "markdown", "pdf", "jsonl", "json", "csv", "parquet", "warc", "feed"]

EXTENSIONS: dict[str, Format] = {
    ".html": "html", ".htm": "html", ".xhtml": "html", ".shtml": "html", ".txt": "text", ".text": "text", ".md": "markdown",
    ".markdown": "markdown", ".pdf": "pdf", ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json", ".csv": "csv",
    ".tsv": "csv", ".parquet": "parquet", ".warc": "warc", ".warc.gz": "warc", ".rss": "feed", ".atom": "feed",
}  # fmt: skip
MANY: frozenset[Format] = frozenset(("jsonl", "json", "csv", "parquet", "warc", "feed"))  # of files that may hold many articles
CONTAINERS: frozenset[Format] = frozenset(("parquet", "warc", "feed"))  # of these, those that are no text, or not one
_FEED = re.compile(r"(?:<\?xml[^>]*>\s*|<!--.*?-->\s*|<\?[^>]*>\s*)*<(?:rss|feed|rdf:RDF)\b", re.DOTALL)
_TAGS = re.compile(r"<(?:!doctype\s+html|html|head|body|article|main|div|p|h1|meta|title|table)\b[^>]*>", re.I)
_HEADER_NAMES = frozenset(["url", "link", "date", "published", "title", "headline", "text", "body", "content", "article"])
_HEAD = 4_096
LONGEST_NAME = 255  # characters of a file's or folder's name, on the file systems in use


@dataclass(frozen=True, slots=True)
class Source:
    """One input: a file, or bytes with a name. ``problem`` is why it cannot be read, told when reading is tried."""

    name: str
    path: Path | None = None
    data: bytes | None = None
    problem: InputError | None = None

    def read_bytes(self, settings: Settings) -> bytes:
        """Its bytes. Raises MissingInput, EmptyInput or OversizeInput, and InputError where the system refuses."""
        if self.problem is not None:
            raise self.problem
        data = self.data
        if data is None:
            data = self._from_disk(settings)
        if len(data) > settings.max_bytes:
            raise self._oversize(len(data), settings)
        if not data.strip():
            found = "a file of 0 bytes" if not data else "white space only"
            raise EmptyInput(f"found {found}; expected an article; check that it was saved whole", self.name)
        return data

    def _from_disk(self, settings: Settings) -> bytes:
        path = self.path or Path(self.name)
        if max(map(len, path.parts), default=0) > LONGEST_NAME:
            raise MissingInput(
                f"found a text of {len(self.name):,} characters where a file's name was expected; a text goes to read_text(), "
                "or to dragoman read - by standard input",
                f"{self.name[:40].splitlines()[0]}…",
            )
        try:
            if path.is_dir():
                raise InputError("found a folder; expected a file; give it to sources() or on the command line", self.name)
            size = path.stat().st_size
            if size > settings.max_bytes:
                raise self._oversize(size, settings)
            return path.read_bytes()
        except FileNotFoundError:
            raise MissingInput("no such file; expected a file, a folder, a glob or -; check the path", self.name) from None
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise InputError(
                f"cannot be opened ({reason}); expected a readable file; check its path and permissions", self.name
            ) from None

    def _oversize(self, size: int, settings: Settings) -> OversizeInput:
        return OversizeInput(
            f"found {size:,} bytes; at most {settings.max_bytes:,} are read (settings.max_bytes); "
            "split it, or give its articles one by one",
            self.name,
        )


def sources(arguments: Iterable[str | Path]) -> Iterator[Source]:
    """The inputs that the arguments name, in order: files, folders and globs expanded and sorted, "-" standard input.

    A folder gives its files with a known extension, at any depth, hidden ones left out. Nothing is raised here: an argument
    that names nothing becomes a Source that raises MissingInput when it is read, so that the other inputs are still done.
    """
    for argument in arguments:
        name = str(argument)
        if name == "-":
            yield Source("standard input", data=sys.stdin.buffer.read())
            continue
        path = Path(name)
        if _is(path, "folder"):
            yield from _folder(path)
        elif not _is(path, "file") and glob.has_magic(name):
            yield from _glob(name)
        else:
            yield Source(name, path=path)


def _is(path: Path, kind: str) -> bool:
    try:
        return path.is_dir() if kind == "folder" else path.exists()
    except (OSError, ValueError):
        return False  # a name too long, or with a zero byte: no file has it


def _folder(folder: Path) -> Iterator[Source]:
    found = sorted(
        path
        for path in folder.rglob("*")
        if _extension(path.name) in EXTENSIONS
        and path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )
    if not found:
        known = ", ".join(sorted(EXTENSIONS))
        problem = MissingInput(
            f"found no article in this folder; expected files ending in {known}; name the files themselves", str(folder)
        )
        yield Source(str(folder), path=folder, problem=problem)
    for path in found:
        yield Source(str(path), path=path)


def _glob(pattern: str) -> Iterator[Source]:
    found = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 - takes absolute patterns, which Path.glob refuses
    if not found:
        yield Source(pattern, problem=MissingInput("no file matches; expected at least one; check the pattern", pattern))
    for name in found:
        path = Path(name)
        if path.is_dir():
            yield from _folder(path)
        else:
            yield Source(name, path=path)


def _extension(name: str) -> str:
    lower = name.lower()
    return ".warc.gz" if lower.endswith(".warc.gz") else Path(lower).suffix


def head_of(source: Source) -> bytes:
    """The first bytes of a source, enough to tell its format; none where it cannot be opened."""
    if source.data is not None:
        return source.data[:_HEAD]
    try:
        with (source.path or Path(source.name)).open("rb") as file:
            return file.read(_HEAD)
    except (OSError, ValueError):
        return b""


def sniff(name: str, data: bytes) -> Format:
    """The format of an input: by its first bytes where they say it, then by its name, then by what its text looks like."""
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"%PDF-") or b"%PDF-" in data[:1_024]:
        return "pdf"
    if head.startswith((b"PAR1", b"WARC/")):
        return "parquet" if head.startswith(b"PAR1") else "warc"
    named = EXTENSIONS.get(_extension(name))
    if named == "warc" or (named == "parquet" and b"\x00" in head):
        return named
    text = head.replace(b"\x00", b"").decode("latin-1")
    if _FEED.match(text):
        return "feed"
    if named in {"html", "csv", "jsonl", "json", "markdown", "feed", "parquet"}:
        return named
    if re.match(r"<(?:!doctype html|html)\b", text, re.I) or (named is None and text.startswith("<") and _TAGS.search(text)):
        return "html"
    if len(_TAGS.findall(text)) >= 3 and re.match(r"<(?:!doctype|html|head|body|div|article|\?xml|!--)", text, re.I):
        return "html"
    if named is not None:
        return named
    return _by_text(text)


def _by_text(text: str) -> Format:
    first = text.split("\n", 1)[0].strip()
    if re.match(r"\{\s*\"[^\"]+\"\s*:", text):
        return "jsonl" if first.endswith("}") else "json"
    if re.match(r"\[\s*\{\s*\"", text):
        return "json"
    columns = {column.strip(" \"'").lower() for column in re.split(r"[,;\t]", first)}
    if len(columns) >= 2 and len(columns & _HEADER_NAMES) >= 2:
        return "csv"
    if (
        re.match(r"---\s*\n(?:[\w-]+:.*\n)+---", text)
        or len(re.findall(r"(?m)^#{1,4} \S|^\[[^\]]+\]: |\]\(https?://", text)) >= 2
    ):
        return "markdown"
    return "text"
