"""Dragoman reads news and documents about states and keeps a sourced record of their relations.

>>> import dragoman as dm
>>> reader = dm.load()                                    # doctest: +SKIP
>>> record = reader.read("examples/island_visit.txt")     # doctest: +SKIP

Importing the package loads nothing heavy: each public name is fetched when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dragoman import measure
    from dragoman.errors import DragomanError, InputError, UsageError
    from dragoman.library import Archive
    from dragoman.reader import Reader, load
    from dragoman.records import Document, Record
    from dragoman.settings import Settings

    __version__: str

__all__ = [
    "Archive",
    "Document",
    "DragomanError",
    "InputError",
    "Reader",
    "Record",
    "Settings",
    "UsageError",
    "__version__",
    "load",
    "measure",
]

_HOME = {
    "Archive": "dragoman.library",
    "Document": "dragoman.records",
    "DragomanError": "dragoman.errors",
    "InputError": "dragoman.errors",
    "Reader": "dragoman.reader",
    "Record": "dragoman.records",
    "Settings": "dragoman.settings",
    "UsageError": "dragoman.errors",
    "load": "dragoman.reader",
}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("dragoman")
    if name == "measure":
        return import_module("dragoman.measure")
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module 'dragoman' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
