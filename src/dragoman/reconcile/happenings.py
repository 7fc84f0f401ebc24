"""What a passage says happened, and the date beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dragoman.reconcile.findings import Place
from dragoman.reconcile.lexicon import Lexicon
from dragoman.reconcile.passages import Passage, Written, stem

_CLAUSE = re.compile(r"[;:]|,?\s+(?:but|while|whereas|although|though)\s|,\s+and\s|\)\s|\(")
_PLANNED = re.compile(
    r"\b(?:to|will|would|could|should|may|might|if|expected|due|scheduled|plan\w*|"
    r"not|never|be|before|until|had hoped)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
WORD = re.compile(r"[A-Za-zÀ-ÿ][\w-]*")
_ACTIVE = re.compile(r"\b(?:was|were|been|being|is|are|be)\s+(?:\w+\s+)?$")
_BORN = re.compile(r"\s+(?:(?:in|on|at|near|to)\b[^.;]*)?$")
_NOTHING = re.compile("")
_REACH = 90  # characters between a verb and its date; a longer gap holds another clause


@dataclass(frozen=True, slots=True)
class Dated:
    """A happening and the date beside it. ``names`` and ``stems`` are those of its clause, ``subject`` the names before the
    trigger."""

    passage: Passage
    when: Written
    kind: str
    trigger: str
    passive: bool
    subject: frozenset[str]
    names: frozenset[str]
    stems: frozenset[str]
    clause: str


def dated(passage: Passage, lexicon: Lexicon) -> Iterator[Dated]:
    """The dated happenings of a passage: what happens once, and who is where."""
    dates = [when for when in passage.dates if when.year is not None or when.day is not None]
    if not dates:
        return
    once = [(match, match.lastgroup or "") for match in lexicon.dated.finditer(passage.text)]
    present = [(match, "presence") for match in lexicon.presence.finditer(passage.text)]
    if passage.sentence.kind == "caption" and not present:
        present = [(match, "presence") for match in _NOTHING.finditer(passage.text, 0, 0)]  # a picture shows who is where
    for when in dates:
        for triggers in (once, present):
            nearest = _nearest(passage, when, triggers)
            if nearest is None:
                continue
            yield _happening(passage, when, nearest[1], nearest[0], lexicon)


def _nearest(
    passage: Passage, when: Written, triggers: Sequence[tuple[re.Match[str], str]]
) -> tuple[re.Match[str], str] | None:
    """The trigger of its clause that a date belongs to, None where another date stands nearer to it."""
    start, end = when.start - passage.sentence.start, when.end - passage.sentence.start
    caption = passage.sentence.kind == "caption"
    near = []
    for match, kind in triggers:
        if _PLANNED.search(passage.text[: match.start()]):
            continue
        gap = start - match.end() if match.end() <= start else match.start() - end
        clear = gap <= _REACH and not _CLAUSE.search(passage.text, *_between(match, start, end))
        if (caption or clear) and (kind != "birth" or (0 <= gap <= 40 and _BORN.match(passage.text[match.end() : start]))):
            near.append((gap, match.start(), match, kind))
    if not near:
        return None
    _, at, match, kind = min(near, key=lambda entry: entry[:2])
    others = (other.start - passage.sentence.start for other in passage.dates if other is not when and other.year is not None)
    return None if any(abs(other - at) < abs(start - at) for other in others) else (match, kind)


def _between(match: re.Match[str], start: int, end: int) -> tuple[int, int]:
    return (match.end(), start) if match.end() <= start else (end, match.start())


def _happening(passage: Passage, when: Written, kind: str, match: re.Match[str], lexicon: Lexicon) -> Dated:
    begin, finish = 0, len(passage.text)
    for stop in _CLAUSE.finditer(passage.text):
        if stop.end() <= match.start():
            begin = stop.end()
        elif stop.start() >= max(match.end(), when.end - passage.sentence.start):
            finish = stop.start()
            break
    clause = passage.text[begin:finish]
    own = {word.lower() for word in WORD.findall(match.group())}
    words = [word.lower() for word in WORD.findall(clause)]
    before = {word.lower() for word in WORD.findall(passage.text[begin : match.start()])}
    if kind == "presence":
        before = set(words)  # who is there: places are taken off where company is compared
    if kind in ("birth", "death"):
        before = {word.lower() for word in WORD.findall(_subject(passage.text[begin : match.start()]))}
    return Dated(
        passage, when, kind, match.group().lower(), _is_passive(passage.text, match),
        passage.names_in(before), passage.names_in(words),
        frozenset(stem(word, lexicon) for word in words if word not in own) & passage.stems, clause,
    )  # fmt: skip


def _is_passive(text: str, match: re.Match[str]) -> bool:
    """ "was signed", or the participle of "the agreement, signed on 3 May"."""
    before, after = text[: match.start()], text[match.end() :]
    return bool(_ACTIVE.search(before)) or (bool(re.search(r",\s+$", before)) and bool(re.match(r"\s+(?:on|in|by)\b", after)))


def _subject(before: str) -> str:
    """The words before a verb without what stands between commas: "Salim Rahbi, who served in Paris, died"."""
    pieces = before.split(",")
    if len(pieces) >= 3 and re.match(r"\s*(?:who|which|whose|a |an |the )", pieces[-2]):
        return pieces[-3]
    return (
        " ".join(pieces[-2:])
        if not pieces[-1].strip() or re.fullmatch(r"\s*(?:was|is|who was)?\s*", pieces[-1])
        else pieces[-1]
    )


def place_of(x: Dated) -> Place:
    """Where its date stands."""
    return Place(x.passage.i, x.when.start, x.when.end)


def clause_of(x: Dated) -> str:
    """The clause that tells it, for a reader: at most 90 characters."""
    words = " ".join(x.clause.split())
    return words if len(words) <= 90 else words[:87].rsplit(" ", 1)[0] + " ..."
