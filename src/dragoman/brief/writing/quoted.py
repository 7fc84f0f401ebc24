"""An event in the report's own sentence, where no grammar of ours tells it well."""

from __future__ import annotations

import re

from dragoman.brief import english
from dragoman.brief.document import Line
from dragoman.brief.material import Actor, Event, Ref, Text, iso
from dragoman.brief.writing import names
from dragoman.brief.writing.attributions import attribution
from dragoman.brief.writing.events import note
from dragoman.coding.actors.given_names import GIVEN, gender

_NOT_QUOTED = re.compile(
    r"\b(?:Photos?|Image|Picture|File|Getty)\b(?: ?[/:]| Images)|\?|\b(?:I|we|my|our|you|your)\b|\(\(|"
    r"\b(?:fake|hoax|satir\w+|ibid|memorandum of|see footnote|central files)\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|today|tomorrow|last|next|recent\w*|currently)\b", re.IGNORECASE
)
_DANGLING = re.compile(
    r"(?:he|she|it|they|this|these|those|but|and|however|also|such|both|the (?:move|decision|deal|strike|attack|two|latter|"
    r"former|announcement|statement|incident|report|letter))\b",
    re.IGNORECASE,
)


_DATELINE = re.compile(r"^[A-Z][A-Z .,’'-]{3,40}(?: \([A-Z]\w+\))?\s?(?::|--|[–—-])\s+(?=[A-Z])")
_UNNAMED = re.compile(r"[A-Z][^A-Z.;]{0,60}, (?:he|she|they|it)\b")
"""A pronoun for a subject before anybody is named: "To settle this, they invited ..."."""
LONGEST = 40
"""Words of a report's sentence that is quoted whole."""


def quoted_line(event: Event, text: Text, sources: int = 1) -> Line | None:
    """The report's own sentence, for an event that no grammar of ours tells well; only where it names both sides itself."""
    kind, _, _ = text.sentences[event.sentence]
    words = " ".join(text.words(event.sentence).split())
    named = all(_names(words, side, text) for side in (event.source, event.target))
    if _NOT_QUOTED.search(words) or not 5 <= len(words.split()) <= LONGEST or not named:
        return None
    by = attribution(event, text, frozenset())
    ahead = event.modality == "planned"  # "set for Monday" of an undated report says more than that a plan is coded
    if iso(text.published) is None and _RELATIVE.search(words) and not ahead:
        return None
    if _DANGLING.match(words) or _UNNAMED.match(words) or by is None:
        return None
    by = "" if by and _gives_speaker(words, event, text) else by
    citing = f", citing {by.removeprefix('according to ').removesuffix(', ')}," if by else ""
    day = iso(text.published)
    outlet = f" by {text.outlet}" if text.outlet else ""
    report = f"A report{outlet} of {english.iso_words(day)}" if day else f"An undated report{outlet}"
    words = _DATELINE.sub("", words)
    words = words.replace("“", "‘").replace("”", "’") if "“" in words else re.sub(r'"([^"]*)"', r"‘\1’", words)
    ending = "" if words[-1] in ".!’" else "."
    says = "is headed" if kind in ("title", "heading") else "says"
    told = f"{report}{citing} {says}: “{words}{ending}”"
    about = "; ".join(filter(None, (note(event), _who(words, event, text))))
    return Line(told, "event", (text.passage(event.sentence),), (event.id,), sources, about or None)


def _names(words: str, side: Ref, text: Text) -> bool:
    """Whether words name a side of a row: its state, or the person by surname."""
    person = _person(side, text)
    return side.country in names.inside(words) or (person is not None and _surname_in(person.name, words))


def _person(side: Ref, text: Text) -> Actor | None:
    """The person that a side of a row is, if the article has the full name and nobody else of that surname."""
    actor = text.actors.get(side.actor or "")
    if actor is None or actor.country != side.country or not names.person(actor.name):
        return None
    if not _is_of(actor, text):
        return None
    surname = actor.name.split()[-1]
    alike = [a for a in text.actors.values() if names.person(a.name) and a.name.split()[-1] == surname]
    return actor if len(alike) == 1 else None


def _is_of(actor: Actor, text: Text) -> bool:
    """Whether an office says of which state a person is, or the state's name before the full name in the article."""
    if names.phrase(Ref(actor.id, None, None, None, actor.country, actor.sector), text) != actor.name:
        return True
    places = re.finditer(rf"(?<![\w-]){re.escape(actor.name.split()[-1])}(?![\w-])", text.text)
    return any(
        actor.country in names.inside(re.split(r"[,.;:]\s", text.text[max(0, m.start() - 40) : m.start()])[-1]) for m in places
    )


def _surname_in(name: str, words: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(name.split()[-1])}(?![\w-])", words) is not None


def _who(words: str, event: Event, text: Text) -> str | None:
    """Who they are whom the quoted words call by surname alone: "Trump is American President Donald Trump"."""
    known = []
    asserter = Ref(event.asserted_by, None, None, None, None, None)
    speaker = text.actors.get(event.asserted_by or "")
    asserter = Ref(event.asserted_by, None, None, None, speaker.country, speaker.sector) if speaker else asserter
    for side in (asserter, event.source, event.target):
        person = _person(side, text)
        if person is None or not _surname_in(person.name, words):
            continue
        first, *_, last = person.name.split()
        if re.search(rf"\b{first[0]}[\w.]+ (?:[A-Z][\w.]* )*{re.escape(last)}(?![\w-])", words):
            continue  # in full, perhaps in another spelling
        if not _alone_so_called(person, words, text):
            continue
        long = names.phrase(Ref(person.id, None, None, None, person.country, person.sector), text)
        known.append(f"{person.name.split()[-1]} is {long}")
    return "; ".join(dict.fromkeys(known)) or None


def _alone_so_called(person: Actor, words: str, text: Text) -> bool:
    """Whether a surname can only mean this person: no other given name or Mr and Mrs before it, no "his" of a woman."""
    first, *_, last = person.name.split()
    before = re.findall(rf"\b([A-Z][\w.’'-]*) (?:[A-Z][\w.]* )?{re.escape(last)}(?![\w-])", text.text)
    own = gender((first, last), None)
    titled = {"Mr": "m", "Mrs": "f", "Ms": "f"}
    if any(word[0] != first[0] and word.lower() in GIVEN for word in before):
        return False
    if own is not None and any(titled.get(word.rstrip("."), own) != own for word in before):
        return False
    other = {"f": r"\b(?:he|him|his)\b", "m": r"\b(?:she|her|hers)\b"}.get(own or "")
    return other is None or re.search(other, words, re.IGNORECASE) is None


def _gives_speaker(words: str, event: Event, text: Text) -> bool:
    """Whether the words quoted say themselves whose word they are: "Qureshi said ...", "..., the envoy said"."""
    speaker = text.actors.get(event.asserted_by or "")
    if speaker is None or not names.person(speaker.name):
        return False
    surname = re.escape(speaker.name.split()[-1])
    if re.search(rf"\baccording to (?:[\w.’'-]+ ){{0,6}}{surname}\b", words):
        return True
    return re.search(rf"(?<![\w-]){surname}(?: of [A-Z][\w ]+?)? (?:also |later )?(?:{_SAYING})\b", words) is not None


_SAYING = "said|says|told|claimed|noted|added|stated|argued|insisted|announced|confirmed|alleged|believed"
