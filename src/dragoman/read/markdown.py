"""Markdown to paragraphs: marks taken off, headings, pictures' captions and front matter kept for what they are."""

from __future__ import annotations

import re

from dragoman.read.article import Metadata, Piece, metadata_date
from dragoman.read.tables import listed

_FRONT = re.compile(r"\A---[ \t]*\r?\n(?P<body>.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.S)
_FIELD = re.compile(r"^(?P<key>[A-Za-z_-]{2,30}):[ \t]*(?P<value>.*)$")
_FENCE = re.compile(r"\s{0,3}(?:```|~~~)")
_HEADING = re.compile(r"\s{0,3}#{1,6}[ \t]+(?P<words>.*?)[ \t]*#*\s*$")
_UNDERLINE = re.compile(r"\s{0,3}(?:=+|-{3,})\s*$")
_RULE = re.compile(r"\s{0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$")
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])[ \t]+(?P<words>.*)$")
_QUOTE = re.compile(r"\s{0,3}>\s?")
_PICTURE = re.compile(
    r"!\[(?P<alt>[^\]\n]{0,500})\](?:\([^)\s]{0,500}(?:\s+[\"'(](?P<title>[^)\n]{0,500})[\"')])?\)|\[[^\]\n]{0,200}\])"
)
_LINK = re.compile(
    r"\[(?P<words>[^\[\]\n]{0,500})\](?:\([^()\s]{0,500}(?:\([^()\s]*\))?(?:\s+\"[^\"\n]*\")?\)|\[[^\]\n]{0,200}\])"
)
_REFERENCE = re.compile(r"\s{0,3}\[[^\]\n]{1,200}\]:\s+\S+")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,40}\]")
_STRONG = re.compile(r"(?<![\w*_])(\*\*\*|\*\*|\*|___|__|_)(?=\S)(?P<words>[^*_\n]{1,1000}?)(?<=\S)\1(?![\w*_])")
_BARE_LINK = re.compile(r"<(?:https?://|mailto:)[^>\s]{1,2000}>")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>|<!--.{0,2000}?-->", re.S)
_MARKED_LONGEST = 50_000  # characters of a paragraph whose marks are taken off; longer ones are data, not prose
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|<>~-])")


def parse(text: str) -> tuple[list[Piece], Metadata]:
    """The paragraphs of a Markdown text without its marks, and what its front matter says."""
    known = Metadata()
    front = _FRONT.match(text[:20_000])
    if front:
        known = _front_matter(front["body"])
        text = text[front.end() :]
    pieces: list[Piece] = []
    gathered: list[str] = []
    kind: str | None = None
    fenced = False

    def close() -> None:
        nonlocal kind
        if gathered:
            _add(pieces, " ".join(gathered), "item" if kind == "item" else None)
        gathered.clear()
        kind = None

    for row in text.splitlines():
        if _FENCE.match(row):
            close()
            fenced = not fenced
            continue
        row = _QUOTE.sub("", row) if row.lstrip().startswith(">") and not fenced else row
        heading = _HEADING.match(row)
        item = _ITEM.match(row)
        if fenced or not row.strip() or _REFERENCE.match(row) or (_RULE.match(row) and not gathered):
            close()
        elif heading:
            close()
            _add(pieces, heading["words"], "heading")
        elif _UNDERLINE.match(row) and len(gathered) == 1 and kind is None:
            words = gathered.pop()
            _add(pieces, words, "heading")
        elif item and not _RULE.match(row):
            close()
            kind = "item"
            gathered.append(item["words"])
        else:
            gathered.append(row.strip())
            if row.endswith("  ") and re.search(r"[.!?:]\W*$", row):
                close()
    close()
    return pieces, known


def _add(pieces: list[Piece], words: str, tag: str | None) -> None:
    """One paragraph; its pictures first, each with the caption that its alternative text or title is."""
    for picture in _PICTURE.finditer(words):
        caption = picture["title"] or ""
        if len(caption.split()) >= 3:
            pieces.append(Piece(_bare(caption), "caption"))
        elif len((picture["alt"] or "").split()) >= 5:
            pieces.append(Piece(_bare(picture["alt"]), "caption"))
    bare = _bare(_PICTURE.sub(" ", words))
    if bare:
        shown = bool(pieces and pieces[-1].tag == "caption" and _PICTURE.search(words))
        tagged = "caption" if shown else tag
        pieces.append(
            Piece(
                bare,
                "heading"
                if tagged == "heading"
                else "caption"
                if tagged == "caption"
                else "item"
                if tagged == "item"
                else None,
            )
        )


def _bare(words: str) -> str:
    """Words without marks of emphasis, links, notes and tags."""
    if len(words) > _MARKED_LONGEST:
        return " ".join(words.split())
    for _ in range(3):  # marks inside marks: "**[*a*](b)**" is as deep as people write
        before = words
        words = _LINK.sub(lambda found: found["words"], words)
        words = _STRONG.sub(lambda found: found["words"], words)
        if words == before:
            break
    words = _TAG.sub(" ", _BARE_LINK.sub(" ", _FOOTNOTE.sub("", words)))
    words = _ESCAPE.sub(r"\1", words.replace("`` ", "``"))
    return " ".join(words.split())


def _front_matter(body: str) -> Metadata:
    fields: dict[str, str] = {}
    key = ""
    for row in body.splitlines():
        found = _FIELD.match(row)
        if found:
            key = found["key"].lower()
            fields[key] = found["value"].strip().strip("\"'")
        elif key and row.strip().startswith("- "):
            fields[key] = f"{fields[key]}; {row.strip()[2:].strip()}".lstrip("; ")
    day, raw = metadata_date(fields.get("date") or fields.get("published"))
    return Metadata(
        title=fields.get("title") or None,
        outlet=fields.get("outlet") or fields.get("source") or fields.get("publisher") or None,
        authors=listed(fields.get("author") or fields.get("authors")),
        language=fields.get("lang") or fields.get("language") or None,
        url=fields.get("url") or fields.get("link") or None,
        published=day,
        published_raw=raw,
        categories=listed(fields.get("categories") or fields.get("category")),
    )
