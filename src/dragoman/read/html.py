"""HTML to paragraphs: trafilatura finds the main text, the page's own tree says what each paragraph is and gives the captions.

Nothing is fetched: the page is read as it was saved, without its scripts.
"""

from __future__ import annotations

import html as entities
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import trafilatura
from lxml import etree
from lxml import html as lxml_html

from dragoman.errors import OversizeInput, TextlessInput
from dragoman.read import datelines, furniture, pagemeta
from dragoman.read.article import Metadata, Piece
from dragoman.read.captions import credit
from dragoman.records import Discard
from dragoman.settings import Settings

for _name in ("trafilatura", "htmldate", "courlan"):
    logging.getLogger(_name).addHandler(logging.NullHandler())

_BLOCKS = frozenset(
    [
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "blockquote",
        "figcaption",
        "td",
        "th",
        "pre",
        "dt",
        "dd",
        "div",
        "section",
        "article",
        "span",
        "center",
    ]
)
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_PICTURES = frozenset(["img", "picture", "svg", "video", "iframe", "amp-img"])
_UNSEEN = frozenset(
    ["script", "style", "noscript", "template", "svg", "head", "select", "option", "button", "textarea", "iframe", "object"]
)
_FURNITURE_TAGS = frozenset(["nav", "aside", "footer", "form", "header"])
_FURNITURE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:related|newsletter|subscribe|signup|share|sharing|social|comments?|cookies?|consent|menu|nav(?:bar|igation)?|breadcrumbs?|"
    r"promo|advert(?:isement)?|sponsored|trending|most-?(?:read|popular|viewed)|recommend(?:ed|ations)?|footer|sidebar|copyright)(?:$|[\s_-])",
    re.I,
)
_CAPTION_CLASS = re.compile(
    r"(?:^|[\s_-])(?:caption|cutline|wp-caption-text|img-caption|image-?caption|photo-?caption)(?:$|[\s_-])", re.I
)
_PICTURE_CLASS = re.compile(r"pic|image|img|photo|figure|media|slide|gallery|video|thumb", re.I)
_CREDIT_CLASS = re.compile(r"credit|copyright|img-author|photographer|image-source|picture-source", re.I)
_CAPTION_LONGEST = 600  # characters
_DROPPED_SHOWN = 40  # pieces of furniture listed one by one
_TOKEN = re.compile(r"<!--|</?([a-zA-Z][\w:-]*)[^<>]*>|<[!?][^<>]*>")
_PARTING = _BLOCKS | frozenset(
    ["br", "ul", "ol", "tr", "table", "header", "footer", "figure", "hr", "main", "aside", "nav", "title"]
)
_NO_SCRIPT = re.compile(
    r"(?:enable|requires?|turn on|activate|without) javascript|javascript (?:is|must|has)|browser (?:is not|does not|doesn't)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Page:
    """What a page holds: paragraphs in reading order, metadata, and what was left out."""

    pieces: list[Piece]
    known: Metadata
    dropped: list[Discard]


@dataclass(frozen=True, slots=True)
class _Block:
    """One element of the page that holds words: its place in the page, its words without white space, and what it is."""

    place: int
    words: str
    tag: str
    caption: bool
    credit: str | None


def parse(text: str, settings: Settings, source: str | None = None, known: Metadata | None = None) -> Page:
    """The article of a page. ``known``: what a table says of it, which goes before what the page says.

    Raises TextlessInput for a page without text (menus or scripts only) and OversizeInput above settings.max_page_characters.
    """
    if len(text) > settings.max_page_characters:
        raise OversizeInput(
            f"found a page of {len(text):,} characters; at most {settings.max_page_characters:,} are read "
            "(settings.max_page_characters); save the article without its site",
            source,
        )
    tree, whole = _tree(text)
    extracted = _extract(text) if tree is not None and whole else None
    meta = pagemeta.metadata(tree, extracted) if tree is not None else Metadata()
    blocks = _blocks(tree) if tree is not None and whole else []
    pieces = _main_text(extracted, blocks, tree)
    dropped = _furniture(tree) if tree is not None and whole else []
    if not pieces:
        pieces = [piece for piece in _stripped(text) if not _NO_SCRIPT.search(piece.words)]
    if not any(len(piece.words.split()) >= 3 and furniture.recognise(piece.words) is None for piece in pieces):
        raise TextlessInput(
            "found a page without text, perhaps only menus or scripts; expected an article; save the page as shown", source
        )
    return Page(pieces, _merged(known, meta), dropped)


def _merged(known: Metadata | None, meta: Metadata) -> Metadata:
    if known is None:
        return meta
    return replace(meta, **{name: value for name in Metadata.__dataclass_fields__ if (value := getattr(known, name))})


def _tree(text: str) -> tuple[Any, bool]:
    """The page's tree, and whether it is whole: the parser gives up below 256 levels, and what stands deeper is lost."""
    parser = lxml_html.HTMLParser(encoding="utf-8")
    try:
        tree = lxml_html.document_fromstring(text.encode("utf-8", "replace").replace(b"\x00", b""), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None, False
    return tree, not any("xcessive depth" in entry.message for entry in parser.error_log)


def _extract(text: str) -> Any:
    """trafilatura's document; None where it finds no main text or stumbles over the page."""
    try:
        return trafilatura.bare_extraction(
            text,
            with_metadata=True,
            include_comments=False,
            include_tables=True,
            include_images=False,
            include_formatting=False,
        )
    except (etree.LxmlError, ValueError, TypeError, AttributeError, RecursionError, LookupError):
        return None  # a page that breaks the extractor still has words; they are taken without it


def _plain(words: str) -> str:
    return "".join(words.split())


def _words(element: Any) -> str:
    return " ".join(" ".join(element.itertext()).split())


def _blocks(tree: Any) -> list[_Block]:
    """The elements that hold words of their own, in the page's order. Words inside scripts and forms do not count."""
    out: list[_Block] = []
    for place, element in enumerate(tree.iter()):
        if not isinstance(element.tag, str) or element.tag not in _BLOCKS or element.tag in _UNSEEN:
            continue
        own = (element.text or "").strip() or any((child.tail or "").strip() for child in element)
        inline = element.tag in {"p", "figcaption", "li"} or element.tag in _HEADINGS
        is_caption = element.tag == "figcaption" or bool(_CAPTION_CLASS.search(element.get("class") or ""))
        if not (own or inline or is_caption):
            continue
        words = _words(element)
        if not words or len(words) > 20_000:
            continue
        named = _credit_of(element) if is_caption else None
        tag = "heading" if element.tag in _HEADINGS or _is_bold(element) else element.tag
        out.append(
            _Block(
                place,
                _plain(words),
                tag,
                (is_caption or _below_picture(element, words)) and len(words) <= _CAPTION_LONGEST,
                named,
            )
        )
    return out


def _is_bold(element: Any) -> bool:
    """A paragraph that is nothing but strong type: a heading of those who have no style for headings."""
    if element.tag != "p" or len(element) != 1 or (element.text or "").strip() or (element[0].tail or "").strip():
        return False
    return element[0].tag in {"strong", "b"} and 2 <= len(_words(element).split()) <= 15


def _below_picture(element: Any, words: str) -> bool:
    """The words are all that stands in a box with a picture."""
    parent = element.getparent()
    for _ in range(3):
        if parent is None or parent.tag in {"body", "article", "main", "td"}:
            return False
        pictured = any(child.tag in _PICTURES for child in parent.iter() if isinstance(child.tag, str))
        text = _words(parent)
        if len(text) > len(words) + 120:
            return False
        if pictured:
            named = f"{parent.get('class') or ''} {parent.get('id') or ''} {element.get('class') or ''}"
            return parent.tag == "figure" or bool(_PICTURE_CLASS.search(named))
        parent = parent.getparent()
    return False


def _credit_of(element: Any) -> str | None:
    for child in element.iter():
        if (
            isinstance(child.tag, str)
            and child is not element
            and _CREDIT_CLASS.search(f"{child.get('class') or ''} {child.get('itemprop') or ''}")
        ):
            words = _words(child).strip(" ()[]")
            if 2 < len(words) <= 120:
                return re.sub(
                    r"^(?:(?:image|photo|picture)s?\s*)?(?:credit|by|source|courtesy|copyright)?\s*[:/©]\s*",
                    "",
                    words,
                    flags=re.I,
                )
    return None


def _main_text(extracted: Any, blocks: list[_Block], tree: Any) -> list[Piece]:
    """trafilatura's paragraphs with the captions of the pictures between them."""
    body = getattr(extracted, "body", None)
    found = list(_extracted(body)) if body is not None else []
    article = pagemeta.article_body(tree) if tree is not None else None
    if article and len(article) > 2 * sum(len(words) for _, words in found):
        # The page shows its text by script and repeats it as data.
        return [Piece(part) for part in re.split(r"\n\s*\n|\r\n\r\n|\n", article) if part.strip()]
    placed = _located(found, blocks)
    used = {block.place for _, block in placed if block is not None}
    places = [block.place for _, block in placed if block is not None]
    pieces: list[tuple[int, Piece]] = []
    last = places[0] if places else 0
    for (tag, words), block in placed:
        last = block.place if block is not None else last
        if block is not None and block.caption and not _dated(words):
            pieces.append((last, _caption(words, block)))
        else:
            heading = tag == "head" or (block is not None and block.tag == "heading")
            pieces.append((last, Piece(words, "heading" if heading else "item" if tag == "item" else None)))
    if places:
        texts = {block.words for _, block in placed if block is not None}
        for block, words in _captions_between(tree, blocks, min(places), max(places)):
            if block.place not in used and block.words not in texts:
                texts.add(block.words)
                pieces.append((block.place, _caption(words, block)))
        pieces.sort(key=lambda item: item[0])
    return [piece for _, piece in pieces]


def _caption(words: str, block: _Block) -> Piece:
    """A caption; a credit that the markup names but does not bracket is set apart, so that it is known from the words."""
    if block.credit and credit(words) is None and words.endswith(block.credit) and len(words) > len(block.credit) + 3:
        words = f"{words[: -len(block.credit)].rstrip(' |,–-')} (Photo: {block.credit})"
    return Piece(words, "caption", block.credit)


def _extracted(body: Any) -> Iterator[tuple[str, str]]:
    """trafilatura's elements as (kind, words): p, head, item. Line breaks part paragraphs where a sentence ends before them."""
    for element in body.iter():
        if element.tag not in {"p", "head", "item", "cell", "quote", "code", "ab"} or (
            element.tag == "quote" and element.find(".//p") is not None
        ):
            continue
        if element.tag in {"item", "cell"} and any(child.tag in {"p", "list", "item"} for child in element.iterdescendants()):
            continue
        parts = "\n".join(_with_breaks(element)) if element.find(".//lb") is not None else "".join(element.itertext())
        for part in (
            re.split(r"(?<=[.!?:\"”’)])\s*\n\s*|\n\s*\n", parts)
            if "\n" in parts and element.find(".//lb") is not None
            else [parts]
        ):
            words = " ".join(part.split())
            if words and not (element.tag == "cell" and len(words.split()) < 5):
                yield element.tag, words


def _with_breaks(element: Any) -> Iterator[str]:
    gathered = element.text or ""
    for child in element.iterdescendants():
        if child.tag == "lb":
            yield gathered
            gathered = child.tail or ""
        else:
            gathered += (child.text or "") + (child.tail or "")
    yield gathered


def _located(found: list[tuple[str, str]], blocks: list[_Block]) -> list[tuple[tuple[str, str], _Block | None]]:
    """Each extracted paragraph with the element that it comes from: the next one with the same words, looked up in order."""
    where: dict[str, list[int]] = {}
    for i, block in enumerate(blocks):
        where.setdefault(block.words, []).append(i)
    out: list[tuple[tuple[str, str], _Block | None]] = []
    last = -1
    for tag, words in found:
        places = where.get(_plain(words), [])
        at = next((i for i in places if i > last), None)
        if at is None and places:
            at = places[0]
        elif at is not None:
            last = at
        out.append(((tag, words), blocks[at] if at is not None else None))
    return out


def _captions_between(tree: Any, blocks: list[_Block], first: int, last: int) -> Iterator[tuple[_Block, str]]:
    """Captions that the main text lacks, from shortly before its first paragraph (the lead picture) to its last."""
    candidates = {block.place: block for block in blocks if block.caption and first - 150 <= block.place <= last}
    if not candidates:
        return
    for place, element in enumerate(tree.iter()):
        block = candidates.get(place)
        if block is None or element.tag not in {"figcaption", "p", "span", "div"}:
            continue
        words = _words(element)
        if (
            len(re.findall(r"[^\W\d_]{2,}", words)) >= 4
            and not _dated(words)
            and not _inside_furniture(element)
            and furniture.recognise(words) is None
        ):
            yield block, words


def _dated(words: str) -> bool:
    return datelines.date_line(words) is not None or datelines.byline(words) is not None


def _inside_furniture(element: Any) -> bool:
    for parent in element.iterancestors():
        if parent.tag in {"nav", "aside", "footer", "form", "a"} or _FURNITURE_CLASS.search(parent.get("class") or ""):
            return parent.tag not in {"body", "html", "article", "main"}
    return False


def _furniture(tree: Any) -> list[Discard]:
    """The page's menus and boxes, outermost only, as discards with their words."""
    out: list[Discard] = []
    more = 0
    seen: set[str] = set()
    within: Any = None
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag in _UNSEEN or element.tag in {"html", "body", "article", "main"}:
            continue
        if within is not None and any(parent is within for parent in element.iterancestors()):
            continue
        marked = _FURNITURE_CLASS.search(f"{element.get('class') or ''} {element.get('id') or ''}")
        if element.tag not in _FURNITURE_TAGS and not marked:
            continue
        if element.find(".//article") is not None or element.find(".//main") is not None or element.find(".//h1") is not None:
            continue
        within = element
        words = " ".join(" ".join(_seen_text(element)).split())
        if not words or words in seen:
            continue
        seen.add(words)
        if len(out) < _DROPPED_SHOWN:
            what = (
                marked.group().strip(" _-").lower()
                if marked
                else {"nav": "menu", "aside": "box beside the text", "header": "page header"}.get(element.tag, element.tag)
            )
            out.append(Discard("read", f"page furniture: {what}", detail=words if len(words) <= 300 else words[:299] + "…"))
        else:
            more += 1
    if more:
        out.append(Discard("read", "page furniture: more of it", detail=f"{more} more pieces left out"))
    return out


def _seen_text(element: Any) -> Iterator[str]:
    for part in element.iter():
        if not isinstance(part.tag, str) or part.tag in _UNSEEN:
            continue
        if part.text:
            yield part.text
        for child in part:
            if child.tail:
                yield child.tail


def _stripped(text: str) -> list[Piece]:
    """The words of a page that no parser holds (too deep, too broken), without tags, scripts and comments; in linear time."""
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
        elif name in {"script", "style", "noscript", "template", "title", "svg", "textarea"} and not found.group().startswith(
            "</"
        ):
            end = lower.find(f"</{name}", at)
            at = len(text) if end < 0 else end
        elif name in _PARTING:
            parts.append("\n")
    rows = entities.unescape("".join(parts)).split("\n")
    return [Piece(words) for row in rows if (words := " ".join(row.split()))]
