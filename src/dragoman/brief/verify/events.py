"""Whether a finished sentence about an event is borne out by the passages it cites."""

from __future__ import annotations

import re

from dragoman import codebook
from dragoman.brief.document import Line, Passage
from dragoman.brief.english import iso_words
from dragoman.brief.material import DONE, Discrepancy, Event, Material, Ref, Text
from dragoman.brief.verify import evidence as reading
from dragoman.brief.verify.action import action_faults
from dragoman.brief.verify.lexicon import FORMS, SAYING
from dragoman.brief.verify.offices import has_pronoun, person_faults
from dragoman.brief.verify.told import Told, read, subjects
from dragoman.brief.verify.words import (
    Days,
    countries,
    evidence_dates,
    named,
    numbers,
    outside_quotations,
    plain,
    quotations,
    stem,
    tokens,
    told_dates,
)


def faults(line: Line, row: Event, material: Material) -> tuple[str, ...]:
    """Everything in the sentence that the evidence does not support; empty for a sentence that may be printed."""
    told = read(line.text)
    if told is None or not line.passages:
        return ("the sentence cannot be read",)
    text = material.texts[row.document]
    out: list[str] = []
    out += _against_row(told, row, text, line.passages)
    if told.attributed and not all(voiced(told.attributed, p) for p in line.passages[:1]):
        out.append("attribution: the state is not the one that speaks there")
    out += _dates(told, row, line.passages)
    if told.disputed and not any(_disputes(d, told.disputed) for d in material.discrepancies):
        out.append("date: no discrepancy of the record has these days")
    words = " ".join(p.words.replace("\n", " ") for p in line.passages)
    out += _wording(told, row, text, words, line.passages)
    out += _quotes_and_numbers(line.text, told, words)
    out += action_faults(told, row, text, line.passages)
    return tuple(out)


def _against_row(told: Told, row: Event, text: Text, passages: tuple[Passage, ...]) -> list[str]:
    """The coder must say the same: class, modality, who and whom."""
    out = []
    if row.root not in told.roots or told.passive:
        out += _in_own_words(told, row, text)
    elif told.modality != row.modality and not (told.modality in DONE and row.modality in DONE):
        out.append(f"modality: told as {told.modality}, coded as {row.modality}")
    own_word = told.verb in SAYING and not told.passive and row.asserted_by and asserts(told.subject, row.asserted_by, text)
    if row.asserted_by and not told.attributed and not own_word:
        out.append("attribution: the row is somebody's word, the sentence is not")
    unnamed = told.attributed in _UNNAMED and _voice_in(told.attributed or "", passages[0].words)
    if told.attributed and row.asserted_by and not unnamed and not asserts(told.attributed, row.asserted_by, text):
        out.append("attribution: it is another's word")
    ours = {row.source.country, row.target.country} if row.mutual else {row.source.country}
    within = countries(told.subject)
    if within and not within & ours and row.root in told.roots and not told.passive:
        out.append("actor: the subject is of another country than the row's source")
    return out


def _in_own_words(told: Told, row: Event, text: Text) -> list[str]:
    """A clause whose verb does not tell the row's class by itself: the words that made the row must stand in it, both sides
    be named in it, and what has happened not be told as anything else."""
    out = []
    claim = f"{told.subject} {told.verb} {told.rest}"
    trigger = tokens(text.text[slice(*row.trigger)])
    have = {stem(t.text) for t in tokens(claim)} | {told.verb, stem(told.verb)}
    if not trigger or any(stem(t.text) not in have and FORMS.get(t.low, ("",))[0] != told.verb for t in trigger):
        out.append(f"action: the verb tells {'/'.join(sorted(told.roots)) or 'no class'}, the row {row.root}")
    if not told.passive and row.root not in told.roots and all(FORMS.get(t.low, ("",))[0] == told.verb for t in trigger):
        out.append(f"action: the verb alone does not tell {row.root}")
    own = any(FORMS.get(t.low, ("",))[0] == told.verb for t in trigger)  # the row is about this very verb
    same = told.modality == row.modality or (told.modality in DONE and row.modality in DONE)
    if not same and (own or row.modality == "denied" or told.modality == "denied" or row.modality in DONE):
        out.append(f"modality: told as {told.modality}, coded as {row.modality}")
    out += [
        "actor: the sentence does not name both sides" for side in (row.source, row.target) if not names_side(claim, side, text)
    ]
    return out


def names_side(claim: str, side: Ref, text: Text) -> bool:
    """Whether a sentence names a side of a row: its state, or the person by surname."""
    known = text.actors.get(side.actor or "")
    if side.country is None or side.country in countries(claim):
        return side.country is not None
    person = known is not None and " " in known.name and known.name[0].isupper()
    return (
        person
        and known is not None
        and re.search(rf"(?<![\w-]){re.escape(known.name.split()[-1])}(?![\w-])", claim) is not None
    )


def _disputes(row: Discrepancy, days: tuple[Days, ...]) -> bool:
    return row.kind == "date" and sorted(s.value for s in row.sides) == sorted(d.first for d in days)


def asserts(named_for: str, asserter: str, text: Text) -> bool:
    """Whether the one named for a claim is the one whose word the row says it is."""
    actor, body = text.actors.get(asserter), codebook.load().organisation(asserter)
    if actor is None and body is None:
        return False
    called = {t.low for known in (actor, body) if known is not None for t in tokens(known.name)}
    shared = {t.low for t in tokens(named_for)} & called
    same_state = actor is not None and actor.id == actor.country and actor.country in countries(named_for)
    return same_state or bool(shared - {"the", "of", "and"})


_UNNAMED = frozenset({"authorities", "officials", "sources"})
_SPEAKS = r"(?:said|says|say|told|added|noted|claimed|announced|confirmed|reported|stated|insisted|argued|warned)\b"


def _voice_in(voice: str, words: str) -> bool:
    """Whether a passage gives its words to somebody whom it only calls so: "..., authorities said"."""
    return re.search(rf",[”\"]?\s{re.escape(voice)}\s{_SPEAKS}", words) is not None


def voiced(named_for: str, passage: Passage) -> bool:
    """Whether a state named for a claim speaks in the passage: its name, or that of a body of its, beside a verb of saying.

    Whoever is not called by a state's name alone is judged elsewhere."""
    bare = re.sub(r"^the ", "", named_for)
    of = next((n for n in named(bare) if n.end - n.start == len(bare) and n.kind == "state"), None)
    if of is None:
        return True
    for words in (passage.words, passage.before, passage.after):
        for n in named(words):
            if n.country != of.country:
                continue
            before, after = words[: n.start], words[n.end :]
            if re.match(rf"(?:[’']s?)?(?:\s[\w’'.-]+){{0,5}}?\s{_SPEAKS}", after):
                return True
            if re.search(rf"(?:\b{_SPEAKS}|[Aa]ccording to|\bin the words of)(?:\s[\w’'.-]+){{0,2}}\s$", before):
                return True
    return False


def _dates(told: Told, row: Event, passages: tuple[Passage, ...]) -> list[str]:
    out = []
    known: set[Days] = set()
    for p in passages:
        known |= evidence_dates(p.words, p.published) | evidence_dates(f"{p.before}\n{p.words}", p.published)
    own = Days(row.date.first.isoformat(), row.date.last.isoformat()) if row.date else None
    for day in told.dates:
        if own is None or not (day == own or day in (Days(own.first, own.first), Days(own.last, own.last))):
            out.append("date: not the row's")
        elif own not in known and day not in known:
            out.append("date: not in the evidence")
    out += ["date: a day named in passing is not in the evidence" for day in told.inner_dates if day not in known]
    out += ["date: a disputed day is not in the evidence" for day in told.disputed if day not in known]
    if len(set(told.disputed)) < len(told.disputed) or len(told.disputed) == 1:
        out.append("date: nothing is disputed between a day and itself")
    if told.undated and (told.report_day != (iso_words(passages[0].published) if passages[0].published else None)):
        out.append("date: the report is of another day")
    if told.undated and told.report_day and told.outlet != passages[0].outlet:
        out.append("attribution: the report is of another outlet")
    return out


def _quotes_and_numbers(sentence: str, told: Told, words: str) -> list[str]:
    out = []
    flat = plain(words)
    out += [f"quotation: “{q[:40]}” is not in the evidence" for q in quotations(sentence) if plain(q).rstrip(" .,") not in flat]
    body = told_dates(f"{told.subject} {told.rest}")[1]
    extra = numbers(body) - numbers(words)
    out += [f"number: {n} is not in the evidence" for n in sorted(extra)]
    return out


def _wording(told: Told, row: Event, text: Text, words: str, passages: tuple[Passage, ...]) -> list[str]:
    """Names and content words: each in the evidence, or the full name of somebody whom the evidence names shorter."""
    out = []
    allowed: set[str] = set()
    for part in subjects(told.subject) + ([told.attributed] if told.attributed else []):
        fault, more = person_faults(part, text, words, passages, row)
        out += fault
        allowed |= more
    for actor in text.actors.values():
        if actor.id in (row.target.actor, row.source.actor) and actor.name in told.rest:
            fault, more = person_faults(_with_office(actor.name, told.rest), text, words, passages, row)
            out += fault
            allowed |= more
    claim = outside_quotations(f"{told.subject} {told.rest} {told.attributed or ''}")
    here = countries(words) | {c for p in passages for c in countries(p.before)} if has_pronoun(words) else countries(words)
    for n in named(claim):
        if n.kind == "state" and n.country not in here:
            out.append(f"actor: {n.text} is not in the evidence")
    missing = reading.unsupported_words(claim, words, frozenset(allowed))
    if missing:
        out.append(f"wording: {', '.join(missing[:4])} not in the evidence")
    return out


def _with_office(name: str, rest: str) -> str:
    """The name with the office before it, as the sentence has it."""
    m = re.search(rf"((?:[A-Z][\w-]+ |of ){{0,4}}){re.escape(name)}", rest)
    return m[0] if m else name
