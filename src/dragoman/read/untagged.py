"""The words of a page that no parser holds (too deep, too broken), without tags, scripts and comments."""

from __future__ import annotations

import html as entities
import re

from dragoman.read.article import Piece
from dragoman.read.pageblocks import BLOCKS

_TOKEN = re.compile(r"<!--|</?([a-zA-Z][\w:-]*)[^<>]*>|<[!?][^<>]*>")
_PARTING = BLOCKS | frozenset("br ul ol tr table header footer figure hr main aside nav title".split())
_WORDLESS = frozenset("script style noscript template title svg textarea".split())
_NO_SCRIPT = re.compile(
    r"(?:enable|requires?|turn on|activate|without) javascript|javascript (?:is|must|has)|browser (?:is not|does not|doesn't)",
    re.I,
)


def pieces(text: str) -> list[Piece]:
    """A page's paragraphs, in linear time; lines that only ask for JavaScript are none."""
    lower = text.lower()
    parts: list[str] = []
    at = 0
    while at < len(text):
        found = _TOKEN.search(text, at)
        if not found:
            parts.append(text[at:])
            break
        parts.append(text[at : found.start()])
        at = found.end()
        name = (found.group(1) or "").lower()
        if found.group() == "<!--":
            end = text.find("-->", at)
            at = len(text) if end < 0 else end + 3
        elif name in _WORDLESS and not found.group().startswith("</"):
            end = lower.find(f"</{name}", at)
            at = len(text) if end < 0 else end
        elif name in _PARTING:
            parts.append("\n")
    rows = [" ".join(row.split()) for row in entities.unescape("".join(parts)).split("\n")]
    return [Piece(words) for words in rows if words and not _NO_SCRIPT.search(words)]
