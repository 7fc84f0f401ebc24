"""The menus and boxes of a page, known by their tags and class names: what is beside the article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from dragoman.read.pageblocks import UNSEEN
from dragoman.records import Discard

_TAGS = {"nav": "menu", "aside": "box beside the text", "header": "page header", "footer": "footer", "form": "form"}
_CLASS = re.compile(
    r"(?:^|[\s_-])(?:related|newsletter|subscribe|signup|share|sharing|social|comments?|cookies?|consent|menu|nav(?:bar|igation)?|breadcrumbs?|"
    r"promo|advert(?:isement)?|sponsored|trending|most-?(?:read|popular|viewed)|recommend(?:ed|ations)?|footer|sidebar|copyright)(?:$|[\s_-])",
    re.I,
)
_SHOWN = 40  # pieces listed one by one


def is_inside(element: Any) -> bool:
    """Whether an element stands in a menu, a box or a link."""
    for parent in element.iterancestors():
        if parent.tag in {"nav", "aside", "footer", "form", "a"} or _CLASS.search(parent.get("class") or ""):
            return parent.tag not in {"body", "html", "article", "main"}
    return False


def discards(tree: Any) -> list[Discard]:
    """The page's menus and boxes, outermost only, with their words."""
    out: list[Discard] = []
    seen: set[str] = set()
    for what, element in _outermost(tree):
        words = " ".join(" ".join(_seen_text(element)).split())
        if words and words not in seen:
            seen.add(words)
            if len(out) < _SHOWN:
                out.append(Discard("read", f"page furniture: {what}", detail=words if len(words) <= 300 else words[:299] + "…"))
    if len(seen) > len(out):
        out.append(Discard("read", "page furniture: more of it", detail=f"{len(seen) - len(out)} more pieces left out"))
    return out


def _outermost(tree: Any) -> Iterator[tuple[str, Any]]:
    """What each box is, by its class else its tag, and the box. None that holds the article or its title."""
    within: Any = None
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag in UNSEEN or element.tag in {"html", "body", "article", "main"}:
            continue
        if within is not None and any(parent is within for parent in element.iterancestors()):
            continue
        marked = _CLASS.search(f"{element.get('class') or ''} {element.get('id') or ''}")
        if element.tag not in _TAGS and not marked:
            continue
        if any(element.find(f".//{tag}") is not None for tag in ("article", "main", "h1")):
            continue
        within = element
        yield marked.group().strip(" _-").lower() if marked else _TAGS[element.tag], element


def _seen_text(element: Any) -> Iterator[str]:
    for part in element.iter():
        if not isinstance(part.tag, str) or part.tag in UNSEEN:
            continue
        if part.text:
            yield part.text
        for child in part:
            if child.tail:
                yield child.tail
