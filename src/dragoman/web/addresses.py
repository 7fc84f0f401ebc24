"""The address of every page, and links from one to another that hold on a server, in a subfolder and in a folder of files.

An address is a path without a leading slash: ``pair/CHN-RUS``. It does not change, so it can be cited. On disk it is
``pair/CHN-RUS.html``.
"""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache
from urllib.parse import quote, urlencode

CODE = r"[A-Z]{3}"
ACTOR = r"[A-Za-z0-9_.'\-]{2,120}"
SUFFIXES = (".html", ".json", ".csv", ".parquet", ".atom", ".svg", ".css", ".js", ".xml", ".woff2", ".txt")


def pair(one: str, two: str) -> str:
    """The codes in alphabetical order: a pair has one page."""
    return "pair/" + "-".join(sorted((one, two)))


def pair_year(one: str, two: str, year: int) -> str:
    return f"{pair(one, two)}/{year}"


def state(code: str) -> str:
    return f"state/{code}"


def actor(id_: str) -> str:
    """A state's actor is the state's page."""
    return state(id_) if re.fullmatch(CODE, id_) else f"actor/{id_}"


def event(group: str) -> str:
    return f"event/{group}"


def article(id_: str, sentence: int | None = None) -> str:
    return f"article/{id_}" + (f"#s{sentence}" if sentence is not None else "")


def with_query(address: str, **parameters: object) -> str:
    kept = {key: value for key, value in parameters.items() if value not in (None, "", [], ())}
    return f"{address}?{urlencode(kept, doseq=True)}" if kept else address


def file(address: str) -> str:
    """The file of an address in a published site."""
    if not address:
        return "index.html"
    return address if address.endswith(SUFFIXES) else f"{address}.html"


@lru_cache(maxsize=16_384)  # states and actors are linked to again and again
def relative(here: str, there: str, *, files: bool = False) -> str:
    """The link on page ``here`` that leads to ``there``, query and fragment kept; ``files`` links to files, with suffix."""
    rest = re.search(r"[?#].*$", there, re.S)
    tail = rest.group() if rest else ""
    path = there[: len(there) - len(tail)]
    if files:
        path = file(path)
    if path == here and tail.startswith("#"):
        return tail
    folder, name = posixpath.split(path)
    way = _way(posixpath.dirname(here), folder)
    link = name if way == "." else f"{way}/{name}"
    return quote(link or "./", safe="/.-_~") + tail


@lru_cache(maxsize=4_096)  # a page has hundreds of links into few folders
def _way(here: str, there: str) -> str:
    """The relative path from one folder to another."""
    return posixpath.relpath(f"/{there}", f"/{here}")
