"""An event in the report's own sentence, where no grammar of ours tells it well."""

from __future__ import annotations

import re

from dragoman.brief import english
from dragoman.brief.document import Line
from dragoman.brief.material import Event, Text, iso
from dragoman.brief.writing import names
from dragoman.brief.writing.attributions import attribution
from dragoman.brief.writing.events import note

_NOT_QUOTED = re.compile(
    r"\b(?:Photos?|Image|Picture|File|Getty)\b(?: ?[/:]| Images)|\?|\b(?:I|we|my|our|you|your)\b|\(\(", re.IGNORECASE
)
_RELATIVE = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|today|tomorrow|last|next|recent\w*)\b", re.IGNORECASE
)
_DANGLING = re.compile(
    r"(?:he|she|it|they|this|these|those|but|and|however|also|such|both|the (?:move|decision|deal|strike|attack|two|latter|"
    r"former|announcement|statement|incident|report|letter))\b",
    re.IGNORECASE,
)


def quoted_line(event: Event, text: Text, sources: int = 1) -> Line | None:
    """The report's own sentence, for an event that no grammar of ours tells well; only where it names both sides itself."""
    kind, _, _ = text.sentences[event.sentence]
    words = " ".join(text.words(event.sentence).split())
    sides = {event.source.country, event.target.country}
    if _NOT_QUOTED.search(words) or not 5 <= len(words.split()) <= 34 or not sides <= names.inside(words):
        return None
    by = attribution(event, text, frozenset())
    ahead = event.modality == "planned"  # "set for Monday" of an undated report says more than that a plan is coded
    if iso(text.published) is None and _RELATIVE.search(words) and not ahead:
        return None
    if _DANGLING.match(words) or by is None:
        return None
    citing = f", citing {by.removeprefix('according to ').removesuffix(', ')}," if by else ""
    day = iso(text.published)
    outlet = f" by {text.outlet}" if text.outlet else ""
    report = f"A report{outlet} of {english.iso_words(day)}" if day else f"An undated report{outlet}"
    words = words.replace("“", "‘").replace("”", "’") if "“" in words else words.replace('"', "’")
    ending = "" if words[-1] in ".!’" else "."
    says = "is headed" if kind in ("title", "heading") else "says"
    told = f"{report}{citing} {says}: “{words}{ending}”"
    return Line(told, "event", (text.passage(event.sentence),), (event.id,), sources, note(event))
