"""Roots, quad classes, intensities, modes, contexts and CAMEO codes of events: data/events.toml, loaded and checked.

PLOVER (Halterman et al. 2023) is the successor of CAMEO; docs/codebook.md describes each root and the choices made here.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from dragoman.errors import CodebookError

FILE = Path(__file__).parent / "data" / "events.toml"
QUADS = MappingProxyType({1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict"})
PLAIN_QUADS = MappingProxyType(
    {1: "words together", 2: "deeds together", 3: "words against", 4: "deeds against"}
)  # for readers


@dataclass(frozen=True, slots=True)
class Mode:
    """How a root was done: words that show it, and its own intensity and CAMEO code where they differ from the root's."""

    name: str
    words: tuple[str, ...]
    intensity: float | None
    cameo: str | None


@dataclass(frozen=True, slots=True)
class Root:
    name: str
    quad: int
    intensity: float
    cameo: str
    mutual: bool
    covers: str
    modes: tuple[Mode, ...]


@dataclass(frozen=True, slots=True)
class Events:
    roots: MappingProxyType[str, Root]
    contexts: MappingProxyType[str, tuple[str, ...]]
    version: str


def _root(name: str, row: dict[str, object]) -> Root:
    try:
        modes = tuple(
            Mode(m, tuple(v["words"]), v.get("intensity"), v.get("cameo"))
            for m, v in row.get("modes", {}).items()  # type: ignore[attr-defined]
        )
        quad, intensity, mutual = int(str(row["quad"])), float(str(row["intensity"])), bool(row["mutual"])
        root = Root(name, quad, intensity, str(row["cameo"]), mutual, str(row["covers"]), modes)
    except (KeyError, TypeError, ValueError) as e:
        raise CodebookError(
            f"{FILE.name}: root {name} lacks or misstates {e}; it needs quad, intensity, cameo, mutual, covers, modes"
        ) from e
    if root.quad not in QUADS or not -10 <= root.intensity <= 10 or len(root.cameo) != 2 or not root.cameo.isdigit():
        raise CodebookError(
            f"{FILE.name}: root {name} needs a quad 1-4, an intensity -10 to 10, and a CAMEO root of two digits"
        )
    return root


@cache
def load(file: Path = FILE) -> Events:
    """The event codebook. Raises CodebookError naming the root that breaks the rules."""
    with file.open("rb") as f:
        raw = tomllib.load(f)
    roots = {name: _root(name, row) for name, row in raw["roots"].items()}
    return Events(
        MappingProxyType(roots),
        MappingProxyType({name: tuple(words) for name, words in raw["contexts"].items()}),
        str(raw["version"]),
    )


ROOTS = tuple(load().roots)
# The 15 coded classes of the PLV set: CONCEDE and RETREAT are one, YIELD.
PLOVER = tuple(dict.fromkeys("YIELD" if r in ("CONCEDE", "RETREAT") else r for r in ROOTS))
MUTUAL = frozenset(r.name for r in load().roots.values() if r.mutual)


def quad(code: str) -> int:
    """Quad class 1-4 of a root, or of YIELD."""
    return 2 if code == "YIELD" else load().roots[code].quad
