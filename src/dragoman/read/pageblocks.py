"""The elements of a page that hold words: where each stands, and whether it is a heading or a picture's caption."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

BLOCKS = frozenset("p h1 h2 h3 h4 h5 h6 li blockquote figcaption td th pre dt dd div section article span center".split())
UNSEEN = frozenset("script style noscript template svg head select option button textarea iframe object".split())
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_PICTURES = frozenset("img picture svg video iframe amp-img".split())
_CAPTION_CLASS = re.compile(
    r"(?:^|[\s_-])(?:caption|cutline|wp-caption-text|img-caption|image-?caption|photo-?caption)(?:$|[\s_-])", re.I
)
_PICTURE_CLASS = re.compile(r"pic|image|img|photo|figure|media|slide|gallery|video|thumb", re.I)
_CREDIT_CLASS = re.compile(r"credit|copyright|img-author|photographer|image-source|picture-source", re.I)
_CAPTION_LONGEST = 600  # characters
_CREDIT_LABEL = re.compile(r"^(?:(?:image|photo|picture)s?\s*)?(?:credit|by|source|courtesy|copyright)?\s*[:/©]\s*", re.I)
_CREDIT_LONGEST = 120
_LONGEST = 20_000  # characters; what is longer is the page as a whole
_LEVELS = 3  # that a caption lies below the box with its picture


@dataclass(frozen=True, slots=True)
class Block:
    """One element of the page that holds words: its place in the page, its words without white space, and what it is."""

    place: int
    words: str
    tag: str
    caption: bool
    credit: str | None


def plain(words: str) -> str:
    """Words without white space, as ``Block.words`` has them."""
    return "".join(words.split())


def words_of(element: Any) -> str:
    """All words below an element, on one line."""
    return " ".join(" ".join(element.itertext()).split())


def blocks(tree: Any) -> list[Block]:
    """The elements that hold words of their own, in the page's order. Words inside scripts and forms do not count."""
    out: list[Block] = []
    for place, element in enumerate(tree.iter()):
        if not isinstance(element.tag, str) or element.tag not in BLOCKS or element.tag in UNSEEN:
            continue
        own = (element.text or "").strip() or any((child.tail or "").strip() for child in element)
        inline = element.tag in {"p", "figcaption", "li"} or element.tag in _HEADINGS
        is_caption = element.tag == "figcaption" or bool(_CAPTION_CLASS.search(element.get("class") or ""))
        if not (own or inline or is_caption):
            continue
        words = words_of(element)
        if not words or len(words) > _LONGEST:
            continue
        captioned = (is_caption or _below_picture(element, words)) and len(words) <= _CAPTION_LONGEST
        tag = "heading" if element.tag in _HEADINGS or _is_bold(element) else element.tag
        out.append(Block(place, plain(words), tag, captioned, _credit_of(element) if is_caption else None))
    return out


def _is_bold(element: Any) -> bool:
    """A paragraph that is nothing but strong type: a heading of those who have no style for headings."""
    if element.tag != "p" or len(element) != 1 or (element.text or "").strip() or (element[0].tail or "").strip():
        return False
    return element[0].tag in {"strong", "b"} and 2 <= len(words_of(element).split()) <= 15


def _below_picture(element: Any, words: str) -> bool:
    """The words are all that stands in a box with a picture."""
    parent = element.getparent()
    for _ in range(_LEVELS):
        if parent is None or parent.tag in {"body", "article", "main", "td"}:
            return False
        pictured = any(child.tag in _PICTURES for child in parent.iter() if isinstance(child.tag, str))
        text = words_of(parent)
        if len(text) > len(words) + 120:
            return False
        if pictured:
            named = f"{parent.get('class') or ''} {parent.get('id') or ''} {element.get('class') or ''}"
            return parent.tag == "figure" or bool(_PICTURE_CLASS.search(named))
        parent = parent.getparent()
    return False


def _credit_of(element: Any) -> str | None:
    """Who a caption's own element for it names as the photographer or source."""
    for child in element.iterdescendants():
        named = isinstance(child.tag, str) and f"{child.get('class') or ''} {child.get('itemprop') or ''}"
        if named and _CREDIT_CLASS.search(named):
            words = words_of(child).strip(" ()[]")
            if 2 < len(words) <= _CREDIT_LONGEST:
                return _CREDIT_LABEL.sub("", words)
    return None
