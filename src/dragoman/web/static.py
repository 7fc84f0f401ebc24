"""The files of the package's static folder: style, script, fonts, icon."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from types import MappingProxyType

TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".txt": "text/plain",
}


@cache
def static_files() -> Mapping[str, bytes]:
    """Every file by its name in the folder."""
    folder = Path(str(resources.files("dragoman.web").joinpath("static")))
    files = sorted(file for file in folder.rglob("*") if file.suffix in TYPES)
    return MappingProxyType({file.relative_to(folder).as_posix(): file.read_bytes() for file in files})
