"""The page of an article: its text with what was found marked, and notes in the margin."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from dragoman.archive.outside import safe_url
from dragoman.web import addresses, words
from dragoman.web.data import Row, actors, articles, discrepancies, events, instruments, statements
from dragoman.web.pages import shown
from dragoman.web.passages import Mark, Piece, pieces
from dragoman.web.problems import NotFound
from dragoman.web.site import Page, Site

TAGS = {"title": "h2", "heading": "h2"}


@dataclass(frozen=True, slots=True)
class Note:
    """One line in the margin, beside the paragraph that it is about."""

    kind: str
    head: str
    link: str
    words: str = ""
    badge: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """``number`` is the sentence's number in the article; None for text between sentences."""

    number: int | None
    pieces: tuple[Piece, ...]


@dataclass(slots=True)
class Block:
    """A paragraph: ``kind`` is body, heading, caption, or furniture, which was not coded."""

    kind: str
    start: int
    end: int
    sentences: list[Sentence] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    @property
    def tag(self) -> str:
        return TAGS.get(self.kind, "p")


def article(site: Site, id_: str) -> Page:
    """Raises NotFound for an id that the archive has not."""
    data = site.data
    found = articles.by_id(data, id_)
    if found is None:
        raise NotFound(f"the archive has no article {id_}")
    rows = events.of_document(data, id_)
    said = statements.of_document(data, id_)
    figures = articles.figures(data, id_)
    disputes = shown.disputes(discrepancies.newest(data, document=id_))
    people = actors.of_document(data, id_)
    marks = _marks(rows, said, figures, disputes, articles.mentions(data, id_), id_)
    sentences = articles.sentences(data, id_)
    told = blocks(found, sentences, marks, _notes(rows, said, disputes, id_))
    numbers = {s.number for block in told for s in block.sentences}
    context = {
        "article": found,
        "blocks": told,
        "headline": [s["i"] for s in sentences if s["kind"] == "title" and s["i"] not in numbers],
        "actors": people,
        "figures": figures,
        "instruments": instruments.of_document(data, id_),
        "disputes": disputes,
        "copies": articles.copies(data, id_),
        "related": articles.related(data, id_, rows),
        "discards": articles.discards(data, id_),
        "safe_url": safe_url(found["url"]),
        "cite_day": found["published_from"],
    }
    title = found["title"] or "Untitled"
    outlet = f" {found['outlet']}." if found["outlet"] else ""
    about = f"{words.count(len(rows), 'event')} and {words.count(len(said), 'statement')} with their sentences.{outlet}"
    return Page("article.html", addresses.article(id_), title, about, "NewsArticle", context=context)


def _marks(rows: list[Row], said: list[Row], figures: list[Row], disputes: list[Row], named: list[Row], id_: str) -> list[Mark]:
    marks = [Mark(r["content_start"], r["content_end"], "said") for r in said if r["content_start"] is not None]
    marks += [Mark(r["start"], r["end"], "actor", addresses.actor(r["actor"])) for r in named]
    marks += [
        Mark(f["start"] + place, f["start"] + place + len(f["text"]), "figure")
        for f in figures
        if (place := (f["passage"] or "").find(f["text"])) >= 0
    ]
    for r in rows:
        if r["trigger_start"] is not None:
            marks.append(Mark(r["trigger_start"], r["trigger_end"], f"trigger q{r['quad']}", addresses.event(r["group"])))
    for d in disputes:
        for side in d["sides"]:
            marks += [
                Mark(e["start"], e["end"], "disputed", f"{addresses.article(id_)}#d{d['id']}")
                for e in side["evidence"]
                if e["document"] == id_
            ]
    return marks


def _notes(rows: list[Row], said: list[Row], disputes: list[Row], id_: str) -> list[tuple[int, Note]]:
    """Notes with the offset that they belong to."""
    found = []
    for r in rows:
        one, two = (r[f"{s}_name"] or r[f"{s}_text"] or words.state(r[f"{s}_country"]) for s in ("source", "target"))
        badge = r["modality"] if r["modality"] != "happened" else ""
        when = words.interval(r["date_from"], r["date_to"], r["date_precision"])
        line = f"{one} {'↔' if r['mutual'] else '→'} {two}" + (f", {when}" if when else "")
        found.append(
            (r["start"] or 0, Note(f"q{r['quad']}", words.root(r["root"], r["mode"]), addresses.event(r["group"]), line, badge))
        )
    for s in said:
        name = s["speaker_name"] or s["speaker_text"] or words.state(s["speaker_country"])
        there = addresses.actor(s["speaker_actor"]) if s["speaker_actor"] else f"{addresses.article(id_)}#s{s['sentence']}"
        about = (
            f" {words.STANCES[s['stance']]} {', '.join(map(words.state, s['about']))}"
            if s["about"] and s["stance"] in words.STANCES
            else ""
        )
        found.append((s["content_start"] or 0, Note("said-note", name, there, f"{s['cue_text'] or 'says'}{about}")))
    for d in disputes:
        values = " or ".join(words.dates(side["value"]) for side in d["sides"])
        for side in d["sides"]:
            for e in side["evidence"]:
                if e["document"] == id_:
                    found.append((e["start"], Note("dispute-note", "Disputed", f"{addresses.article(id_)}#d{d['id']}", values)))
    return sorted(found, key=lambda item: item[0])


def blocks(found: Row, sentences: list[Row], marks: list[Mark], notes: list[tuple[int, Note]]) -> list[Block]:
    """The text by paragraphs (runs between line breaks), each with its sentences and the notes that belong to it."""
    text: str = found["text"] or ""
    out = []
    for line in re.finditer(r"[^\n]+", text):
        if not line.group().strip():
            continue
        start, end = line.span()
        inside = [s for s in sentences if s["start"] < end and s["end"] > start]
        kind = inside[0]["kind"] if inside else "furniture"
        block = Block(kind, start, end)
        at = start
        for s in inside:
            left, right = max(s["start"], start), min(s["end"], end)
            if at < left:
                block.sentences.append(Sentence(None, pieces(text[at:left], (), start=at)))
            number = s["i"] if s["start"] >= start else None
            block.sentences.append(Sentence(number, pieces(text[left:right], marks, start=left)))
            at = right
        if at < end:
            block.sentences.append(Sentence(None, pieces(text[at:end], (), start=at)))
        block.notes = list(dict.fromkeys(note for offset, note in notes if start <= offset < end))
        if kind != "title" or block.notes:
            out.append(block)
    return out
