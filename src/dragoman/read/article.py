"""Puts an Article together from paragraphs, their roles and what metadata say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from dragoman.errors import EmptyInput, OversizeInput
from dragoman.read import language
from dragoman.read.layout import arrange
from dragoman.read.lines import Line, Tag, letters_are_small, paragraphs
from dragoman.read.published import from_url, from_value
from dragoman.read.roles import Facts, Layout, Role
from dragoman.read.sentences import split
from dragoman.records import Article, Caption, Discard, Interval, Sentence, SentenceKind, content_id
from dragoman.settings import Settings

_DETAIL = 300  # characters of dropped words that a discard quotes
_DISCARDS = 200  # rows; what is beyond is counted in one more


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a format says of an article outside its text; None and empty where it says nothing."""

    title: str | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    url: str | None = None
    published: Interval | None = None
    published_raw: str | None = None
    categories: tuple[str, ...] = ()
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph of a format that marks them (HTML, Markdown, PDF); ``credit`` of a caption where the markup names it."""

    words: str
    tag: Tag | None = None
    credit: str | None = None


@dataclass(frozen=True, slots=True)
class _Draft:
    text: str
    lines: Sequence[Line]
    layout: Layout
    dropped: list[Discard] = field(default_factory=list)


def from_plain(text: str, known: Metadata, settings: Settings, source: str | None = None) -> Article:
    """An article from plain text. The stored text is ``text`` itself, below its title where metadata give one that it lacks."""
    _check(text, settings, source)
    lines = paragraphs(text)
    if known.title and not _begins_with(lines, known.title):
        text = f"{known.title}\n\n{text}"
        lines = paragraphs(text)
    return _assemble(_Draft(text, lines, arrange(lines, known.title)), known, settings)


def from_pieces(
    pieces: Sequence[Piece], known: Metadata, settings: Settings, dropped: Iterable[Discard] = (), source: str | None = None
) -> Article:
    """An article from marked paragraphs. The stored text is what is kept, the title first, blank lines between paragraphs."""
    pieces = [Piece(" ".join(piece.words.split()), piece.tag, piece.credit) for piece in pieces]
    pieces = [piece for piece in pieces if piece.words]
    _check("\n\n".join(piece.words for piece in pieces), settings, source)
    title = known.title
    if title and not any(_same(piece.words, title) for piece in pieces):
        pieces.insert(0, Piece(title, "title"))
    loose = [Line(piece.words, 0, len(piece.words), i, piece.tag) for i, piece in enumerate(pieces)]
    layout = arrange(loose, title)
    order = sorted(range(len(pieces)), key=lambda i: (layout.roles[i].kind != "title", i))
    discards = list(dropped)
    parts: list[str] = []
    lines: list[Line] = []
    roles: list[Role] = []
    length = 0
    for i in order:
        role, words = layout.roles[i], pieces[i].words
        if role.kind is None:
            discards.append(_outside(f"page furniture: {role.what}", words))
            continue
        if role.what:
            discards.append(_outside(f"page furniture: {role.what}", words[: role.skip]))
        kept = words[role.skip : role.stop].strip() if role.kind != "caption" else words.strip()
        if not kept:
            continue
        lines.append(Line(kept, length, length + len(kept), len(lines), pieces[i].tag))
        roles.append(Role(role.kind, None, 0, role.stop if role.kind == "caption" else None, role.credit or pieces[i].credit))
        parts.append(kept)
        length += len(kept) + 2
    return _assemble(_Draft("\n\n".join(parts), lines, Layout(tuple(roles), layout.facts), discards), known, settings)


def _check(text: str, settings: Settings, source: str | None) -> None:
    if not text.strip("\ufeff\u200b \t\r\n\x0b\x0c\u00a0"):
        raise EmptyInput("found no words; expected an article; check that the right file was given", source)
    if len(text) > settings.max_characters:
        raise OversizeInput(
            f"found an article of {len(text):,} characters; at most {settings.max_characters:,} are read "
            "(settings.max_characters); give its articles one by one, or as JSONL or CSV",
            source,
        )


def _same(one: str, other: str) -> bool:
    return "".join(filter(str.isalnum, one.casefold())) == "".join(filter(str.isalnum, other.casefold()))


def _begins_with(lines: Sequence[Line], title: str) -> bool:
    return any(_same(line.words, title) for line in lines[:6])


def _outside(reason: str, words: str) -> Discard:
    detail = words if len(words) <= _DETAIL else words[: _DETAIL - 1] + "…"
    return Discard("read", reason, detail=detail)


@dataclass(slots=True)
class _Contents:
    """What the walk over the paragraphs gathers: sentences, headings, captions, and the spans left out."""

    spans: list[tuple[SentenceKind, int, int]] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    captions: list[Caption] = field(default_factory=list)
    left: list[tuple[str, int, int]] = field(default_factory=list)

    def leave(self, text: str, what: str, start: int, end: int) -> None:
        """One more span left out; spans of one kind that follow each other are one row."""
        reason = f"page furniture: {what}"
        if self.left and self.left[-1][0] == reason and not text[self.left[-1][2] : start].strip():
            self.left[-1] = (reason, self.left[-1][1], end)
        elif end > start:
            self.left.append((reason, start, end))


def _assemble(draft: _Draft, known: Metadata, settings: Settings) -> Article:
    text, facts = draft.text, draft.layout.facts
    contents = _contents(draft, settings)
    body = " ".join(text[low:high] for kind, low, high in contents.spans[:400] if kind != "caption")
    code = language.identify(body, settings.language_certainty, known.language)
    return Article(
        id=content_id(text),
        title=known.title or facts.title,
        outlet=known.outlet or facts.outlet or facts.agency,
        authors=known.authors or facts.authors,
        language=code,
        url=known.url,
        published=_published(known, facts),
        categories=known.categories or facts.categories,
        reading_minutes=known.minutes or facts.minutes or _minutes(text, contents.spans, settings),
        text=text,
        sentences=tuple(Sentence(i, kind, low, high) for i, (kind, low, high) in enumerate(contents.spans)),
        headings=tuple(contents.headings),
        captions=tuple(contents.captions),
        discards=tuple(_discards(draft, contents, code, known)),
    )


def _contents(draft: _Draft, settings: Settings) -> _Contents:
    text, out = draft.text, _Contents()
    small = letters_are_small(draft.lines)
    for line, role in zip(draft.lines, draft.layout.roles, strict=True):
        if role.kind is None:
            out.leave(text, role.what or "", line.start, line.end)
            continue
        start = line.start + _stored_length(text, line, role.skip)
        end = line.start + _stored_length(text, line, role.stop) if role.stop is not None else line.end
        if start > line.start:
            out.leave(text, role.what or "dateline", line.start, _unspaced(text, line.start, start))
        if end < line.end:
            out.leave(text, "image credit" if role.kind == "caption" else "name of the outlet", end, line.end)
        end = _unspaced(text, start, end)
        if role.kind == "heading":
            out.headings.append(" ".join(text[start:end].split()))
        elif role.kind == "caption":
            out.captions.append(Caption(text[start:end], start, end, role.credit))
        whole = role.kind == "title" and end - start <= settings.max_sentence_characters
        found = [(start, end)] if whole else split(text, start, end, settings.max_sentence_characters, lower=small)
        out.spans.extend((role.kind, low, high) for low, high in found if low < high)
    return out


def _discards(draft: _Draft, contents: _Contents, code: str | None, known: Metadata) -> list[Discard]:
    """The language first where it is not English; then what the format left out, then what the layout did, in order."""
    out = [Discard("read", f"language: {language.name(code or '')}, only English is coded")] if code not in (None, "en") else []
    if known.published_raw and known.published is None:
        out.append(Discard("read", "published date not understood", detail=known.published_raw[:_DETAIL]))
    out.extend(draft.dropped)
    out.extend(Discard("read", reason, draft.text[start:end], start, end) for reason, start, end in contents.left)
    if len(out) <= _DISCARDS:
        return out
    more = f"{len(out) - _DISCARDS} more pieces left out"
    return [*out[:_DISCARDS], Discard("read", "page furniture: more of it", detail=more)]


def _published(known: Metadata, facts: Facts) -> Interval | None:
    """Metadata first, then a line of the text, then the address; the address goes before what is only inferred."""
    if known.published is not None:
        return known.published
    if facts.published is not None and facts.published.how != "inferred":
        return facts.published
    return from_url(known.url) or facts.published


def _stored_length(text: str, line: Line, count: int | None) -> int:
    """How many stored characters the first ``count`` of ``line.words`` take: wrapped rows have line breaks and indents."""
    if not count:
        return 0
    if line.end - line.start == len(line.words):
        return count
    taken, at, spaced = 0, line.start, False
    while at < line.end and taken < count:
        if text[at].isspace():
            taken, spaced = taken + (not spaced), True
        else:
            taken, spaced = taken + 1, False
        at += 1
    while at < line.end and text[at].isspace():
        at += 1
    return at - line.start


def _unspaced(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _minutes(text: str, spans: Sequence[tuple[SentenceKind, int, int]], settings: Settings) -> int | None:
    words = sum(len(re.findall(r"\S+", text[low:high])) for _, low, high in spans)
    return max(1, round(words / settings.words_per_minute)) if words else None


def metadata_date(raw: object) -> tuple[Interval | None, str | None]:
    """A published date as given, and its words where they are not understood."""
    day = from_value(raw)
    return day, None if day is not None or raw in (None, "") else str(raw)
