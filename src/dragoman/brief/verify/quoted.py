"""Events told by a quotation of the report: the words must be the report's, and name both sides."""

from __future__ import annotations

import re

from dragoman import codebook
from dragoman.brief.document import Line
from dragoman.brief.english import iso_words
from dragoman.brief.material import DONE, Event, Material, Ref, Text
from dragoman.brief.verify.events import asserts, names_side, voiced
from dragoman.brief.verify.lexicon import DOUBT, POSSIBLE, REPORTING
from dragoman.brief.verify.offices import person_faults, shares_surname, split_office
from dragoman.brief.verify.words import countries, named, outside_quotations, plain, tokens
from dragoman.coding.actors.given_names import gender

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


def _conditional(words: str, row: Event, text: Text) -> bool:
    """Whether a condition or a possibility stands before what made the row, in its clause."""
    trigger = plain(text.text[slice(*row.trigger)])
    before, found, _ = plain(words).partition(trigger)
    clause = re.split(r"[;:]|, (?:and|but) ", before)[-1] if found else ""
    return any(t.low in DOUBT | POSSIBLE for t in tokens(clause))


def _who_is_who(line: Line, row: Event, text: Text) -> list[str]:
    """What is said beside a quotation of whom it calls by surname: the row's own person, the only one so called there."""
    out = []
    for part in (line.note or "").split("; "):
        surname, said, whole = part.partition(" is ")
        if not said:
            continue
        name = split_office(whole, text)[1]
        person = next((a for a in text.actors.values() if a.name == name), None)
        ids = (row.source.actor, row.target.actor, row.asserted_by)
        if person is None or person.id not in ids or name.split()[-1] != surname or shares_surname(person, text):
            out.append(f"actor: who {surname} is, is not known there")
            continue
        told = outside_quotations(line.text) + line.text
        if surname not in told or person_faults(whole, text, told, line.passages, row)[0]:
            out.append(f"actor: {whole} is not so known in the article")
        theirs = {"f": {"he", "him", "his"}, "m": {"she", "her", "hers"}}.get(gender(tuple(name.split()), None) or "", set())
        if theirs & {t.low for t in tokens(told)}:
            out.append(f"actor: {surname} is somebody else there")
    return out


def _is_of(side: Ref, text: Text) -> bool:
    """Whether the article, or the tables of office-holders, say that a person is of the row's state."""
    person = text.actors.get(side.actor or "")
    if person is None or side.country is None:
        return False
    if any(h.country == side.country for h in codebook.load().holdings_of(person.name)):
        return True
    last = re.escape(person.name.split()[-1])
    near = (text.text[max(0, m.start() - 60) : m.start()] for m in re.finditer(rf"(?<![\w-]){last}(?![\w-])", text.text))
    return any(side.country in countries(re.split(r"[.;!?]\s", before)[-1]) for before in near)


def _says_whose(words: str, row: Event, text: Text) -> bool:
    """Whether the quoted words themselves give their speaker, who is the one of the row: "Qureshi said it was India"."""
    speaker = text.actors.get(row.asserted_by or "")
    if speaker is None or " " not in speaker.name:
        return False
    last = speaker.name.split()[-1]
    others = [a for a in text.actors.values() if a.id != speaker.id and a.name.split()[-1] == last and " " in a.name]
    said = re.search(rf"(?<![\w-]){re.escape(last)}\b(?P<between>[^.;:“”\"]{{0,40}}?)\s(?P<verb>[a-z]+)\b", words)
    according = re.search(rf"\baccording to (?:[^,;.“”\"]{{0,60}} )?{re.escape(last)}\b", words)
    return not others and (according is not None or (said is not None and said["verb"] in REPORTING))


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
    itself = told["citing"] is None and _says_whose(told["words"], row, material.texts[row.document])
    if (told["citing"] is None) != (row.asserted_by is None) and not itself:
        out.append("attribution: the row has the words on another's word")
    elif told["citing"] and person_faults(told["citing"], material.texts[row.document], passage.words, line.passages, row)[0]:
        out.append("attribution: whom the report cites is not so known there")
    elif told["citing"] and not _is_named(
        told["citing"], f"{passage.title or ''} {passage.before} {passage.words} {passage.after}", material.texts[row.document]
    ):
        out.append("attribution: whom the report cites is not named there")
    if told["citing"] and not voiced(told["citing"], passage):
        out.append("attribution: the state cited is not the one that speaks there")
    if told["citing"] and row.asserted_by and not asserts(told["citing"], row.asserted_by, material.texts[row.document]):
        out.append("attribution: the report cites another")
    if not _MARKS[row.modality].search(told["words"]):
        out.append(f"modality: the words quoted do not have it as {row.modality}")
    out += _who_is_who(line, row, material.texts[row.document])
    if row.modality in DONE and _conditional(told["words"], row, material.texts[row.document]):
        out.append("modality: the words quoted put it under a condition")
    for side in (row.source, row.target):
        text = material.texts[row.document]
        by_name = _is_of(side, text) and names_side(told["words"], side, text)
        if side.country not in countries(told["words"]) and not by_name:
            out.append("actor: the words quoted do not name both sides")
    return tuple(out)
