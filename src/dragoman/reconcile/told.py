"""A mention with its sentence and its voice, and which side of a disagreement most speaks for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dragoman.reconcile.mentions import Mention
from dragoman.records import Evidence, Figure

_BODY = (
    r"(?:ministry|ministries|government|officials?|spokes(?:man|woman|person)|army|military|police|authorities|governor|"
    r"court|statistics office|central bank|united nations|embassy|customs|coast guard)"
)
_SAYS = r"(?:said|says|announced|confirmed|reported|stated|put|counted)"
_OFFICIAL = re.compile(
    rf"\b{_BODY}\b[^.;]{{0,40}}\b{_SAYS}\b|\b(?:according to|{_SAYS})\s+(?:the |an? )?(?:[\w-]+ ){{0,2}}{_BODY}\b",
    re.IGNORECASE,
)
_CORRECTS = re.compile(
    r"\b(?:correct(?:s|ed|ing|ion)|revis(?:ed?|es|ing)|not \S+ as (?:first |earlier |previously )?(?:reported|said|stated)|"
    r"earlier (?:reports?|versions?|figure|toll|count)|mistaken(?:ly)?|wrongly|amended|clarif(?:ied|ies|ication))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Told:
    """A mention of a group with what the article says beside it.

    ``text`` is the sentence and ``start`` its offset in the article's text; ``figures`` are those of the sentence, with
    offsets into the article's text. ``source`` is the document that this one is a copy, rewrite or update of, itself where it
    is none: they speak with one voice. ``updates`` is the original that it is a later version of, None for others.
    """

    mention: Mention
    text: str
    start: int
    source: str
    updates: str | None = None
    outlet: str | None = None
    asserted_by: str | None = None
    date_text: str | None = None
    figures: tuple[Figure, ...] = ()

    @property
    def evidence(self) -> Evidence:
        """The sentence."""
        return Evidence(self.mention.document, self.mention.sentence, self.start, self.start + len(self.text))


def corrected(text: str) -> bool:
    """Whether a text says that it puts right what was told before."""
    return _CORRECTS.search(text) is not None


def favoured(sides: Mapping[str, Sequence[Told]]) -> tuple[int | None, str]:
    """The side that most speaks for, and what does: a correction counts three, the others one."""
    weights: list[int] = []
    words: list[list[str]] = []
    sources = [len({t.source for t in of}) for of in sides.values()]
    official = [any(_OFFICIAL.search(t.text) for t in of) for of in sides.values()]
    near = [min((_distance(t.mention) for t in of), default=9_999) for of in sides.values()]
    replaced = {t.updates for of in sides.values() for t in of if t.updates}
    for k, (value, of) in enumerate(sides.items()):
        weight, why = 0, []
        others = [t for j, rest in enumerate(sides.values()) if j != k for t in rest]
        if _corrects(of, others) and not all(t.mention.document in replaced for t in of):
            weight += 3
            why.append(f"a later correction gives {value}")
        if sources[k] > max(s for j, s in enumerate(sources) if j != k):
            weight += 1
            why.append(f"{sources[k]} independent sources give {value}")
        if official[k] and not any(o for j, o in enumerate(official) if j != k):
            weight += 1
            why.append(f"an official source gives {value}")
        if near[k] + 30 < min(d for j, d in enumerate(near) if j != k):
            weight += 1
            why.append(f"{value} was written nearer to the event")
        weights.append(weight)
        words.append(why)
    best = max(weights)
    if best == 0 or weights.count(best) > 1:
        return None, "as much speaks for each" if best else ""
    k = weights.index(best)
    return k, "; ".join(words[k])


def _corrects(of: Sequence[Told], others: Sequence[Told]) -> bool:
    """Whether a text says that it puts something right, or is a later version of one on another side."""
    documents = {t.mention.document for t in others}
    return any(corrected(t.text) or (t.updates is not None and t.updates in documents) for t in of)


def _distance(m: Mention) -> int:
    """Days between the event as told and the article."""
    return 9_999 if m.published is None or m.date_from is None else abs((m.published - m.date_from).days)
