"""Every error a user can meet, in one tree.

    DragomanError                 (exit code 1)
    ├── UsageError                wrong arguments                                   (exit code 2)
    ├── InputError                one input cannot be read; the others are still done
    │   ├── MissingInput          no such file, or a folder or glob without articles
    │   ├── EmptyInput            nothing in it
    │   ├── BinaryInput           bytes that are no text in any encoding, or no known format
    │   ├── OversizeInput         above a limit of settings
    │   └── TextlessInput         a known format without text (a scanned PDF, a page of scripts)
    ├── ArchiveError              an archive cannot be read or written; what was published in it stays as it was
    │   └── MissingArchive        there is no archive in that place
    ├── CodebookError             a data file of the codebook is wrong
    └── ModelError                a model is missing, damaged or of another version

A message says what was found, what was expected, and what to do. It is one line.
"""

from __future__ import annotations


class DragomanError(Exception):
    """Base of all errors raised on purpose. ``exit_code`` is what the command line ends with."""

    exit_code = 1

    def __init__(self, message: str) -> None:
        super().__init__(" ".join(message.split()))


class UsageError(DragomanError):
    """The call itself is wrong: an unknown option, a table that does not exist, dates reversed."""

    exit_code = 2


class InputError(DragomanError):
    """One input cannot be read. ``source`` names it; a run goes on with the other inputs."""

    def __init__(self, message: str, source: str | None = None) -> None:
        super().__init__(f"{source}: {message}" if source else message)
        self.source = source


class MissingInput(InputError):
    """No such file, or a folder or glob in which no article was found."""


class EmptyInput(InputError):
    """A file of no bytes, or of white space only."""


class BinaryInput(InputError):
    """Bytes that are neither text in a known encoding nor a format that Dragoman reads."""


class OversizeInput(InputError):
    """An input larger than a limit of ``settings``."""


class TextlessInput(InputError):
    """A format Dragoman reads, but without text: a scanned PDF, a page made of scripts."""


class ArchiveError(DragomanError):
    """An archive is damaged, full, locked, read-only or of another version; the batches published in it are as they were."""


class MissingArchive(ArchiveError):
    """No archive in this place: nothing was added yet, or the path is wrong."""


class CodebookError(DragomanError):
    """A data file of the codebook breaks its rules; the message names file and line."""


class ModelError(DragomanError):
    """A model's files are missing, damaged (sha256 differs) or of a version this package does not know."""
