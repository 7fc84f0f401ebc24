"""Where a pair stands, in words: what the record holds of cooperation and conflict, words and deeds. Counted, not judged."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman import codebook
from dragoman.brief import english
from dragoman.brief.choosing import Told
from dragoman.brief.document import Line
from dragoman.brief.material import DONE, Material

QUADS = {1: "cooperative words", 2: "cooperative deeds", 3: "hostile words", 4: "hostile deeds"}


def standing(material: Material, told: Sequence[Told]) -> tuple[Line, ...]:
    """Sentences on the whole record of the pair; they count event groups, each once however many articles tell it."""
    counts = tally(told)
    total = sum(counts.values())
    articles = len({d for t in told for d in t.documents})
    if not total:
        return (Line(f"The archive holds no event that happened {between(material)} in the time asked.", "measure"),)
    groups = [english.count_words(n, QUADS[q][:-1], QUADS[q]) for q, n in counts.items() if n]
    first = (
        f"{_capital(english.count_words(articles, 'article'))} {'tells' if articles == 1 else 'tell'} of "
        f"{english.count_words(total, 'event')} {between(material)}: {english.listed(groups)}."
    )
    return (
        Line(first, "measure", rows=("events",)),
        *(Line(text, "measure", rows=("events",)) for text in (_direction(material, told), _others(material, told)) if text),
    )


def tally(told: Sequence[Told]) -> dict[int, int]:
    """Event groups by quad class 1 to 4, of what happened or is happening."""
    done = {(t.event.group, t.event.quad) for t in told if t.event.modality in DONE}
    return {quad: sum(q == quad for _, q in done) for quad in QUADS}


def balance(told: Sequence[Told]) -> tuple[Line, ...]:
    """Whether words and deeds point the same way, where there are both."""
    text = _balance(tally(told))
    return (Line(text, "measure", rows=("events",)),) if text else ()


def _balance(counts: dict[int, int]) -> str | None:
    """Whether words and deeds point the same way."""
    words, deeds = counts[1] - counts[3], counts[2] - counts[4]
    if not any(counts.values()):
        return None
    if not (counts[1] + counts[3] and counts[2] + counts[4]):
        some, none = ("words", "deeds") if counts[1] + counts[3] else ("deeds", "words")
        return f"The record holds {some} only and no {none}, so that the two cannot be set against each other."
    lean = {True: "cooperative", False: "hostile"}
    if words == 0 or deeds == 0:
        even = "words" if words == 0 else "deeds"
        other = "deeds" if words == 0 else "words"
        side = deeds if words == 0 else words
        return f"The {even} are evenly divided; the {other} are {'mostly ' + lean[side > 0] if side else 'evenly divided too'}."
    said = _share(counts[1 if words > 0 else 3], counts[1] + counts[3], "words")
    done = _share(counts[2 if deeds > 0 else 4], counts[2] + counts[4], "deeds")
    if (words > 0) == (deeds > 0):
        return f"Words and deeds point the same way: {said} and {done} are {lean[words > 0]}."
    return f"Words and deeds part: {said} are {lean[words > 0]}, {done} {lean[deeds > 0]}."


def _share(n: int, of: int, what: str) -> str:
    """``three of four words``, ``all eleven deeds``, ``the one deed``."""
    if of == 1:
        return f"the one {what[:-1]}"
    whole = "both" if of == 2 else f"all {english.number(of)}"
    return f"{whole} {what}" if n == of else f"{english.number(n)} of {english.number(of)} {what}"


def _direction(material: Material, told: Sequence[Told]) -> str | None:
    """Who acts on whom, of the events that have a direction."""
    question = material.question
    if question.second is None:
        return None
    done = [t.event for t in told if t.event.modality in DONE and not t.event.mutual]
    one = sum(e.source.country in question.first.countries for e in done)
    two = len(done) - one
    if one + two < 3:
        return None
    a, b = english.with_article(question.first.name), english.with_article(question.second.name)
    joint = "; joint acts are not counted here" if any(t.event.mutual and t.event.modality in DONE for t in told) else ""
    many = english.count_words(one, "event")
    return f"{_capital(a)} acts on {b} in {many} and {b} on {a} in {english.number(two)}{joint}."


def between(material: Material) -> str:
    """Between whom, in the words that a sentence goes on with."""
    question = material.question
    return "between the two" if question.second else f"between {english.with_article(question.first.name)} and others"


def _others(material: Material, told: Sequence[Told]) -> str | None:
    """Of one party against all: with whom most of it is told."""
    question = material.question
    if question.second is not None:
        return None
    groups: dict[str, set[str]] = {}
    for t in told:
        for country in (t.event.source.country, t.event.target.country):
            if country and country not in question.countries and t.event.modality in DONE:
                groups.setdefault(country, set()).add(t.event.group)
    book = codebook.load()
    names = {c: state.name for c in groups if (state := book.state(c)) is not None}
    most = sorted(names, key=lambda c: (-len(groups[c]), c))[:5]
    if len(most) < 2:
        return None
    told_of = english.listed(f"{english.with_article(names[c])} ({len(groups[c])})" for c in most)
    return f"The others most told of, by their events, are {told_of}."


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
