"""Whether the evidence itself tells the action: its own sentences, read without the row."""

from __future__ import annotations

import re

from dragoman.brief.document import Passage
from dragoman.brief.material import DONE, Event, Text
from dragoman.brief.verify import evidence as reading
from dragoman.brief.verify.lexicon import FORMS, HELPERS, REPORTING, SAYING_FORMS
from dragoman.brief.verify.offices import called_otherwise, split_office
from dragoman.brief.verify.persons import last_named, persons_before
from dragoman.brief.verify.told import Told, subjects
from dragoman.brief.verify.words import countries, tokens


def action_faults(told: Told, row: Event, text: Text, passages: tuple[Passage, ...]) -> list[str]:
    """The evidence's own sentence, read without the row: is this subject there doing this to that?"""
    if told.verb == "visit" and len(passages) >= 1 and _visit(told, text, passages):
        return []
    reasons: list[str] = ["action: the evidence does not tell it of this subject"]
    for p in passages:
        words = p.words.replace("\n", " ")
        places = _places(told, row, text, p, words)
        for found in reading.find(places, told.verb, words, told.passive):
            problem = _mismatch(told, row, words, found, text)
            if problem is None:
                return []
            reasons = [problem]
    return reasons


def _places(told: Told, row: Event, text: Text, p: Passage, words: str) -> list[tuple[int, int]]:
    """Where the subject stands: every part of a joint subject must be somewhere, the first gives the places."""
    parts = subjects(told.subject)
    whole = re.sub(r"^[Tt]he ", "", told.subject)
    literal = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(whole)}(?!\w)", words, re.IGNORECASE)]
    if literal and len(parts) > 1:  # "talks between China and India" is one subject
        return literal
    if literal:  # with all that stands before a name ("opposition leader")
        name = split_office(whole, text)[1]
        return sorted({*literal, *reading.subject_spans(name, words, _pronoun(whole, row, p, text, told.passive))})
    spans: list[list[tuple[int, int]]] = []
    for part in parts:
        name = split_office(part, text)[1]
        spans.append(reading.subject_spans(name, words, _pronoun(part, row, p, text, told.passive)))
    return sorted(spans[0]) if spans and all(spans) else []


def _pronoun(part: str, row: Event, p: Passage, text: Text, passive: bool) -> tuple[int, int] | None:
    """The pronoun that the row takes for the subject, if the passage before names that person alone."""
    if not passive and (said := _said_by_pronoun(part, p, text)) is not None:
        return said
    ref = row.target if passive else row.source
    called, begin = (ref.text or "").lower(), p.start
    if ref.start is None or ref.end is None or not begin <= ref.start < p.end:
        return None
    if called in ("they", "it"):
        return (ref.start - begin, ref.end - begin) if _opens_both(part, ref.start - begin, p) else None
    if called not in ("he", "she"):
        return None
    last, surname = p.before.split("\n")[-1], part.split()[-1]
    people = persons_before(last)
    opening = re.match(r"(?:[A-Z][\w.’'-]* ){0,4}?([A-Z][\w’'-]+)(?= [a-z])", last)
    if opening and any(opening[1] == a.name.split()[-1] for a in text.actors.values() if " " in a.name):
        people.append(opening[1])  # a known surname counts at the beginning of a sentence too
    if people and not all(surname in one or one in part for one in people):
        return None
    if not people and surname not in p.before.split("\n")[0]:
        return None
    return (ref.start - begin, ref.end - begin)


def _said_by_pronoun(part: str, p: Passage, text: Text) -> tuple[int, int] | None:
    """The "he" of a passage that opens with "He said", if the sentences before name that person alone."""
    opening = re.match(r"(?:He|She)(?=\s(?:also |later )?(?:" + "|".join(sorted(SAYING_FORMS)) + r")\b)", p.words)
    people = last_named(p.before, text) if opening else []
    name = split_office(part, text)[1].split()
    same = bool(people) and all(name[-1] in one or name[0] in one for one in people)
    return opening.span() if opening and same else None


def _opens_both(part: str, at: int, p: Passage) -> bool:
    """Whether "they" or "it" opens its sentence as the subject, and the one told of so opened the sentence before."""
    last = p.before.split("\n")[-1]
    if at > 2 or last.count(".") > 3:
        return False
    for start, end in reading.subject_spans(part, last, None):
        verb = next(iter(tokens(last[end:])), None)
        if last[:start].lower() in ("", "the ") and verb is not None and (verb.low in FORMS or verb.low in HELPERS | REPORTING):
            return True
    return False


def _mismatch(told: Told, row: Event, words: str, found: reading.Found, text: Text) -> str | None:
    """Why a place in the evidence does not bear the sentence out, None where it does."""
    if found.modality != told.modality and not (found.modality in DONE and told.modality in DONE):
        return f"modality: the evidence has it as {found.modality}"
    if told.modality in DONE and reading.doubtful(words, found, told.rest):
        return "modality: the evidence puts it under a condition"
    rest = told.rest
    whom = text.actors.get(row.target.actor or "")
    allowed = frozenset(whom.name.split()) if whom is not None else frozenset()
    if found.passive:
        if not reading.before_passive(split_office(rest.strip(), text)[1], words, found.verb):
            return "direction: the evidence has another object"
    elif not reading.follows(rest, words, found.verb.end, allowed if called_otherwise(row, text) else frozenset()):
        return "direction: the words after the verb are not so in the evidence"
    if _DENIED.search(words, found.verb.end) and not _DENIED.search(f" {rest}"):
        return "modality: the evidence goes on that it is denied"
    if reading.reported(words, found):
        if told.attributed is None:
            return "attribution: the evidence gives it on somebody's word"
    elif told.attributed is not None and not any(t.low in REPORTING for t in tokens(words)) and "ccording to" not in words:
        return "attribution: the evidence gives it on nobody's word"
    return None


_DENIED = re.compile(
    r",?\s(?:which|a (?:claim|charge|report|allegation)(?: that| which)?)\s(?:[\w.’'-]+\s){1,5}?"
    r"(?:denied|denies|deny|rejected|rejects|disputed|disputes)\b"
)


def _visit(told: Told, text: Text, passages: tuple[Passage, ...]) -> bool:
    """``X's visit`` in one of the passages, and in one of them that it went to that state."""
    parts = subjects(told.subject)
    words = [p.words.replace("\n", " ") for p in passages]
    owned = any(
        re.match(r"[’']s?\s+(?:[\w-]+\s+){0,3}visit\b|\s+(?:\w+\s+){0,2}(?:arrived|landed|flew|travelled|traveled)\b", w[end:])
        for w in words
        for _, end in reading.subject_spans(split_office(parts[0], text)[1], w, None)
    )
    goal = countries(told.rest)
    there = any(
        goal & countries(w[x.end() : x.end() + 40])
        for w in words
        for x in re.finditer(r"\b(?:arriv\w+ in|visit\w*(?: to)?|travel\w+ to|flew to|landed in)\b", w)
    )
    return len(parts) == 1 and owned and there and told.modality == "happened"
