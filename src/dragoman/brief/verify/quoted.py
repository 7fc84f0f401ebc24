"""Events told by a quotation of the report: the words must be the report's, and name both sides."""

from __future__ import annotations

import re

from dragoman.brief.document import Line
from dragoman.brief.english import iso_words
from dragoman.brief.material import Event, Material, Text
from dragoman.brief.verify.events import asserts
from dragoman.brief.verify.offices import person_faults, split_office
from dragoman.brief.verify.words import countries, named, plain, tokens

_SHAPE = re.compile(
    r"^(?:An undated report|A report)(?: by (?P<outlet>.+?))?(?: of (?P<day>[^:“,]+))?(?:, citing (?P<citing>[^:“]+),)? "
    r"(?:says|is headed): “(?P<words>.+)”$",
    re.DOTALL,
)


def _is_named(who: str, text: str, known: Text) -> bool:
    """Whether all of a name stands in a text, the names of states under any of their names."""
    who = split_office(who, known)[1]
    states = [n for n in named(who) if n.kind in ("state", "adjective")]
    if not {n.country for n in states} <= countries(text):
        return False
    if not states and not any(t.text[0].isupper() for t in tokens(who)):  # "analysts", "a official": nothing else to go by
        return re.search(rf"(?<!\w){re.escape(re.sub(r'^(?:the|an?) ', '', who))}(?!\w)", text, re.IGNORECASE) is not None
    rest = [t for t in tokens(who) if t.text[0].isupper() and not any(n.start <= t.start < n.end for n in states)]
    return all(re.search(rf"\b{re.escape(t.text)}\b", text, re.IGNORECASE) for t in rest)


def _bare(words: str) -> str:
    """Words without quotation marks, which the writer changes inside a quotation."""
    return re.sub(r"[\"']", "", plain(words)).rstrip(" .")


_MARKS = {
    "happened": re.compile(""),
    "ongoing": re.compile(""),
    "planned": re.compile(
        r"\b(?:will|shall|plan\w*|intend\w*|expected|scheduled|set|due|to|would|going|agreed|vow\w*|pledg\w*)\b"
    ),
    "hypothetical": re.compile(
        r"\b(?:would|could|may|might|should|can|if|unless|possib\w+|consider\w*|propos\w+|call\w*|urg\w+|to)\b"
    ),
    "denied": re.compile(r"\b(?:not|no|never|den(?:y|ies|ied)|refus\w+|reject\w*|without|neither|nor)\b|n['’]t\b"),
}


def is_quoted(sentence: str) -> bool:
    return _SHAPE.match(sentence) is not None


def faults(line: Line, row: Event, material: Material) -> tuple[str, ...]:
    told = _SHAPE.match(line.text)
    if told is None or not line.passages:
        return ("the sentence cannot be read",)
    passage = line.passages[0]
    out = []
    if _bare(told["words"]) not in _bare(passage.words):
        out.append("quotation: its words are not in the evidence")
    day = iso_words(passage.published) if passage.published else None
    if told["day"] != day:
        out.append("date: the report is of another day")
    if told["outlet"] != passage.outlet:
        out.append("attribution: the report is of another outlet")
    if (told["citing"] is None) != (row.asserted_by is None):
        out.append("attribution: the row has the words on another's word")
    elif told["citing"] and person_faults(told["citing"], material.texts[row.document], passage.words, line.passages, row)[0]:
        out.append("attribution: whom the report cites is not so known there")
    elif told["citing"] and not _is_named(
        told["citing"], f"{passage.title or ''} {passage.before} {passage.words} {passage.after}", material.texts[row.document]
    ):
        out.append("attribution: whom the report cites is not named there")
    if told["citing"] and row.asserted_by and not asserts(told["citing"], row.asserted_by, material.texts[row.document]):
        out.append("attribution: the report cites another")
    if not _MARKS[row.modality].search(told["words"]):
        out.append(f"modality: the words quoted do not have it as {row.modality}")
    here = countries(told["words"]) | {n.country for n in named(told["words"])}
    for side in (row.source.country, row.target.country):
        if side is None or side not in here:
            out.append("actor: the words quoted do not name both sides")
    return tuple(out)
