"""HTML to paragraphs: trafilatura finds the main text, the page's own tree says what each paragraph is and gives the captions.

Nothing is fetched: the page is read as it was saved, without its scripts.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import trafilatura
from lxml import etree
from lxml import html as lxml_html

from dragoman.errors import OversizeInput, TextlessInput
from dragoman.read import datelines, furniture, pageblocks, pagefurniture, pagemeta, untagged
from dragoman.read.article import Metadata, Piece
from dragoman.read.captions import credit
from dragoman.read.pageblocks import Block
from dragoman.records import Discard
from dragoman.settings import Settings

for _name in ("trafilatura", "htmldate", "courlan"):
    logging.getLogger(_name).addHandler(logging.NullHandler())

_LEAD = 150  # elements before the first paragraph among which the lead picture's caption stands
_BREAK = re.compile(r"(?<=[.!?:\"”’)])\s*\n\s*|\n\s*\n")
_PARAGRAPHS = frozenset("p head item cell quote code ab".split())  # trafilatura's elements that hold words


@dataclass(frozen=True, slots=True)
class Page:
    """What a page holds: paragraphs in reading order, metadata, and what was left out."""

    pieces: list[Piece]
    known: Metadata
    dropped: list[Discard]


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
    blocks = pageblocks.blocks(tree) if tree is not None and whole else []
    pieces = _main_text(extracted, blocks, tree)
    dropped = pagefurniture.discards(tree) if tree is not None and whole else []
    if not pieces:
        pieces = untagged.pieces(text)
    if not any(len(piece.words.split()) >= 3 and furniture.recognise(piece.words) is None for piece in pieces):
        raise TextlessInput(
            "found a page without text, perhaps only menus or scripts; expected an article; save the page as shown", source
        )
    return Page(pieces, _merged(known, meta), dropped)


def _merged(known: Metadata | None, meta: Metadata) -> Metadata:
    """What is known, and for the rest what the page says."""
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


def _main_text(extracted: Any, blocks: list[Block], tree: Any) -> list[Piece]:
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


def _caption(words: str, block: Block) -> Piece:
    """A caption; a credit that the markup names but does not bracket is set apart, so that it is known from the words."""
    if block.credit and credit(words) is None and words.endswith(block.credit) and len(words) > len(block.credit) + 3:
        words = f"{words[: -len(block.credit)].rstrip(' |,–-')} (Photo: {block.credit})"
    return Piece(words, "caption", block.credit)


def _extracted(body: Any) -> Iterator[tuple[str, str]]:
    """trafilatura's elements as (kind, words): p, head, item. Line breaks part paragraphs where a sentence ends before them."""
    for element in body.iter():
        if element.tag not in _PARAGRAPHS or _holds_others(element):
            continue
        broken = element.find(".//lb") is not None
        for part in _BREAK.split("\n".join(_with_breaks(element))) if broken else ["".join(element.itertext())]:
            words = " ".join(part.split())
            if words and not (element.tag == "cell" and len(words.split()) < 5):
                yield element.tag, words


def _holds_others(element: Any) -> bool:
    """Whether a quotation, an item or a cell is made of paragraphs, which come by themselves."""
    if element.tag == "quote":
        return element.find(".//p") is not None
    return element.tag in {"item", "cell"} and any(child.tag in {"p", "list", "item"} for child in element.iterdescendants())


def _with_breaks(element: Any) -> Iterator[str]:
    """The words between an element's line breaks."""
    gathered = element.text or ""
    for child in element.iterdescendants():
        if child.tag == "lb":
            yield gathered
            gathered = child.tail or ""
        else:
            gathered += (child.text or "") + (child.tail or "")
    yield gathered


def _located(found: list[tuple[str, str]], blocks: list[Block]) -> list[tuple[tuple[str, str], Block | None]]:
    """Each extracted paragraph with the element that it comes from: the next one with the same words, looked up in order."""
    where: dict[str, list[int]] = {}
    for i, block in enumerate(blocks):
        where.setdefault(block.words, []).append(i)
    out: list[tuple[tuple[str, str], Block | None]] = []
    last = -1
    for tag, words in found:
        places = where.get(pageblocks.plain(words), [])
        at = next((i for i in places if i > last), None)
        if at is None and places:
            at = places[0]
        elif at is not None:
            last = at
        out.append(((tag, words), blocks[at] if at is not None else None))
    return out


def _captions_between(tree: Any, blocks: list[Block], first: int, last: int) -> Iterator[tuple[Block, str]]:
    """Captions that the main text lacks, from shortly before its first paragraph (the lead picture) to its last."""
    candidates = {block.place: block for block in blocks if block.caption and first - _LEAD <= block.place <= last}
    if not candidates:
        return
    for place, element in enumerate(tree.iter()):
        block = candidates.get(place)
        if block is None or element.tag not in {"figcaption", "p", "span", "div"}:
            continue
        words = pageblocks.words_of(element)
        if (
            len(re.findall(r"[^\W\d_]{2,}", words)) >= 4
            and not _dated(words)
            and not pagefurniture.is_inside(element)
            and furniture.recognise(words) is None
        ):
            yield block, words


def _dated(words: str) -> bool:
    """Whether words are a date or a byline, which stand below pictures as captions do."""
    return datelines.date_line(words) is not None or datelines.byline(words) is not None
