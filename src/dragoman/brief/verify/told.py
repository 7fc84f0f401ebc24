"""Reading a finished sentence of a brief: who, does what, to whom, when, on whose word, how certain. Its words alone count."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dragoman.brief.verify.lexicon import CLASSES, FORMS, POSSIBLE
from dragoman.brief.verify.words import Days, named, told_dates

_FRONT = re.compile(r"^(?:On|In|Between|In the week of) [^,]*?\d{4}, ")
_ATTRIBUTED = re.compile(r"^according to ((?:[^,]|, (?=[a-z]))+?), ", re.IGNORECASE)
_REPORT = re.compile(r" \(undated(?:, in a report(?: by (?P<outlet>.+?))? of (?P<day>[^()]+))?\)(?=\.?$)")
_DISPUTED = re.compile(r" \(date disputed: ([^()]+)\)(?=\.?$)")
_GROUP = re.compile(
    r"(?<![-’'])\b(?P<plan>(?:plans?|is|are) to )?(?P<not>did not )?(?:(?P<modal>could|would|may|might|should|can|must) )?"
    r"(?:(?P<be>is|are|was|were) (?P<unmade>not )?)?(?P<verb>[a-z]+)\b(?!-)"
)


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence taken apart. ``modality`` as in the records; ``dates`` are those the sentence gives the event.

    ``roots`` are the classes that the verb tells by itself; ``passive`` where the subject is who it is done to.
    """

    subject: str
    verb: str
    roots: frozenset[str]
    modality: str
    rest: str
    dates: tuple[Days, ...]
    inner_dates: tuple[Days, ...]
    disputed: tuple[Days, ...]
    attributed: str | None
    undated: bool
    outlet: str | None
    report_day: str | None
    passive: bool


def read(sentence: str) -> Told | None:
    """The parts of an event's sentence; None where it cannot be read, so that it cannot be printed either."""
    text = sentence.strip().removesuffix(".")
    report, disputed = _REPORT.search(text), _DISPUTED.search(text)
    text = _DISPUTED.sub("", _REPORT.sub("", text))
    front = _FRONT.match(text)
    dates, _ = told_dates(front[0]) if front else ([], "")
    text = text[front.end() :] if front else text
    by = _ATTRIBUTED.match(text)
    text = text[by.end() :] if by else text
    found = _verb(text)
    if found is None:
        return None
    subject, modality, base, roots, rest, passive = found
    inner, rest = told_dates(rest, keep_years=True)
    return Told(
        subject,
        base,
        roots,
        modality,
        rest,
        tuple(dates),
        tuple(inner),
        tuple(told_dates(disputed[1])[0]) if disputed else (),
        by[1] if by else None,
        report is not None,
        report["outlet"] if report else None,
        report["day"] if report else None,
        passive,
    )


def subjects(subject: str) -> list[str]:
    """``A and B`` in two, unless the whole is one name."""
    if any(n.end - n.start == len(subject) for n in named(subject)):
        return [subject]
    return [re.sub(r"^[Tt]he ", "", part.strip()) for part in re.split(r",? and |, ", subject) if part.strip()]


def _verb(text: str) -> tuple[str, str, str, frozenset[str], str, bool] | None:
    """The first verb group that can stand after a subject."""
    for m in _GROUP.finditer(text):
        if m.start() == 0 or m["verb"] not in FORMS:
            continue
        base, kinds = FORMS[m["verb"]]
        modality, passive = "happened", False
        if m["plan"]:
            modality, needed = "planned", "base"
        elif m["not"]:
            modality, needed = "denied", "base"
        elif m["modal"] in POSSIBLE:
            modality, needed = "hypothetical", "base"
        elif m["be"] in ("is", "are"):
            modality, needed = "ongoing", "gerund"
        elif m["be"]:
            modality, needed, passive = "denied" if m["unmade"] else "happened", "participle", True
        else:
            needed = "past"
        if needed in kinds:
            return text[: m.start()].strip(), modality, base, CLASSES[base], text[m.end() :].strip(), passive
    return None
