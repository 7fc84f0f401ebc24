"""Statements: every attribution of an article as a row, with the speaker resolved to an actor, addressee, states and stance.

One quotation is one row, however many sentences it runs over; ``evidence`` lists each sentence in which a part of it stands.
Where the clause that names the speaker stands between two quotations ("“We sail,” he said. “They wait.”") each of them is a
row. Several speakers of the same words ("both Oslo and Lima accuse ...") give a row each.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from dragoman.coding.speech import addressees
from dragoman.coding.speech import speakers as speaking
from dragoman.coding.speech.decoding import Linked
from dragoman.coding.speech.parts import parts
from dragoman.coding.speech.quotes import Quotation, quotations
from dragoman.coding.speech.stances import stance_of
from dragoman.records import ActorRef, Article, Evidence, Mention, Sentence, Span, Statement, StatementKind, content_id

CARRY = 2  # sentences over which a quotation without words of its speaker still goes on with the last one's
NOBODY = ActorRef(None, None, None, None, None, None)


class Actors(Protocol):
    """What statements need of the actors of an article (``coding.actors.ArticleActors``)."""

    def at(self, start: int, end: int) -> tuple[ActorRef, ...]: ...

    def candidates(self, sentence: int) -> tuple[Mention, ...]: ...

    def agrees(self, ref: ActorRef, pronoun: str) -> bool: ...


@dataclass(frozen=True, slots=True)
class Said:
    """A piece of a content and who asserts it: the actor's id, or None for a speaker who is not resolved."""

    start: int
    end: int
    by: str | None


@dataclass(frozen=True, slots=True)
class _Last:
    """The statement before: the sentence of its cue, the last one of its content, and its speakers."""

    cue: int
    end: int
    speakers: tuple[ActorRef, ...]


def statements(
    article: Article, actors: Actors, attributions: Sequence[Linked], *, threshold: float = 0.2
) -> tuple[tuple[Statement, ...], tuple[Said, ...]]:
    """The statements of an article in order of their contents, and the pieces of their contents with who asserts them.

    ``attributions`` are those of ``only_sentences(article)``, by the guide "statements".
    A speaker without words of its own (a quotation that goes on) has the actor of the statement before and no offsets. A
    content with neither speaker nor cue that goes on with nothing is left out, as are contents below ``threshold`` (score from
    0 to 1).
    """
    quoted = quotations(only_sentences(article))
    rows: list[Statement] = []
    said: list[Said] = []
    last: _Last | None = None
    for found in attributions:
        a = _mended(article, actors, found, quoted, last)
        pieces = parts(a, article.text, article.sentences, quoted) if a is not None and a.score >= threshold else ()
        pieces = tuple(piece for piece in pieces if a is not None and not _unreported(article, a, piece, quoted))
        if a is None or not pieces:
            continue
        a = replace(a, content=pieces)
        evidence = _evidence(article, a)
        speakers = _speakers(article, actors, a, last, evidence[0].sentence) if evidence else ()
        if not speakers:
            continue
        last = _Last(_number(article, a.cue[0]) if a.cue else evidence[0].sentence, evidence[-1].sentence, speakers)
        for piece in pieces:
            part = replace(a, content=(piece,))
            rows.extend(_row(article, actors, part, speaker, _evidence(article, part), quoted) for speaker in speakers)
        only = speakers[0].actor if len(speakers) == 1 else None
        said.extend(Said(start, end, only) for start, end in pieces)
    unique = {row.id: row for row in rows if row.evidence}
    return tuple(unique.values()), tuple(said)


def who_asserts(said: Sequence[Said], start: int, end: int) -> str | None:
    """The actor in whose words the span stands, the innermost one; None where the article says it itself or the speaker is
    unknown.
    """
    around = [s for s in said if s.start <= start and end <= s.end]
    return min(around, key=lambda s: (s.end - s.start, s.start)).by if around else None


def kind_of(start: int, end: int, text: str, quoted: Sequence[Quotation]) -> StatementKind:
    """Direct where all words of a content stand in quotation marks, mixed where some do, else indirect."""
    words = [m.span() for m in re.finditer(r"\w+", text[start:end])]
    inside = sum(any(q.inner_start <= start + s and start + e <= q.inner_end for q in quoted) for s, e in words)
    if not inside:
        return "indirect"
    return "direct" if inside == len(words) else "mixed"


def only_sentences(article: Article) -> str:
    """The text with everything that is no sentence blanked out, offsets kept: page furniture says nothing and names no
    speaker.
    """
    out, at = [], 0
    for s in sorted(article.sentences, key=lambda s: s.start):
        if s.start >= at:
            out.append(re.sub(r"[^\n]", " ", article.text[at : s.start]))
            out.append(article.text[s.start : s.end])
            at = s.end
    out.append(re.sub(r"[^\n]", " ", article.text[at:]))
    return "".join(out)


def _evidence(article: Article, a: Linked) -> tuple[Evidence, ...]:
    """For each sentence that holds a word of the content: the hull of content, and of source and cue that stand in it."""
    sentences = sorted(article.sentences, key=lambda s: s.start)
    starts = [s.start for s in sentences]
    found: dict[int, tuple[Sentence, int, int]] = {}
    for start, end in a.content:
        for s in sentences[max(0, bisect_right(starts, start) - 1) :]:
            if s.start >= end:
                break
            low, high = max(start, s.start), min(end, s.end)
            if low < high and re.search(r"\w", article.text[low:high]):
                before = found.get(s.i, (s, low, high))
                found[s.i] = s, min(before[1], low), max(before[2], high)
    out = []
    for s, low, high in found.values():
        spans = [span for span in (a.source, a.cue) if span and s.start <= span[0] and span[1] <= s.end]
        out.append(Evidence(article.id, s.i, min([low, *(x for x, _ in spans)]), max([high, *(y for _, y in spans)])))
    return tuple(sorted(out, key=lambda e: e.start))


def _mended(article: Article, actors: Actors, a: Linked, quoted: Sequence[Quotation], last: _Last | None) -> Linked | None:
    """An attribution with its source made whole, or taken away where it is nobody's; None where nothing is said."""
    text = article.text
    outer = [q for q in quoted if q.depth == 0]
    if speaking.is_noun(a, text) or speaking.is_unsaid(a, text):
        return None
    if speaking.from_elsewhere(a, outer):
        inside = a.cue and any(q.inner_start <= a.cue[0] and a.cue[1] <= q.inner_end for q in outer)
        a = replace(a, source=None, cue=None if inside else a.cue)
    if a.source is None:
        return a
    if a.cue is not None and speaking.goes_on(a, text):
        number = _number(article, a.cue[0])
        near = a.source[1] <= a.cue[0] and not re.search(r"[,\"”]", text[a.source[1] : a.cue[0]])
        if last is not None and last.cue == number and not near:
            same = {ref.actor for ref in actors.at(*a.source)} & {ref.actor for ref in last.speakers}
            if not same or a.source[1] > a.cue[0]:
                return replace(a, source=None)
        elif not near and re.search(r"\b(?:with|to|by|in|from)\s+(?:the\s+)?$", text[max(0, a.source[0] - 12) : a.source[0]]):
            mentions = actors.candidates(number)
            first = speaking.subject(a, mentions, text, lambda at: not any(q.start <= at < q.end for q in outer))
            if first is not None:
                return replace(a, source=(first.start, first.end))
    source = speaking.whole_source(text, a.source, a.cue, actors.candidates(_number(article, a.source[0])))
    return replace(a, source=source)


def _unreported(article: Article, a: Linked, piece: tuple[int, int], quoted: Sequence[Quotation]) -> bool:
    """Whether words without quotation marks have a speaker but nothing in their own sentence that reports them. Of 37 such
    statements in marked articles 2 were right; a quotation goes on over sentences, reported words do not."""
    if kind_of(*piece, article.text, quoted) != "indirect":
        return False
    if a.cue is None:
        return a.source is not None
    return _number(article, a.cue[0]) < _number(article, piece[0])


def _number(article: Article, at: int) -> int:
    """The sentence in which a character stands, or the last one before it."""
    before = [s.i for s in article.sentences if s.start <= at]
    return before[-1] if before else 0


def _speakers(article: Article, actors: Actors, a: Linked, last: _Last | None, sentence: int) -> tuple[ActorRef, ...]:
    if speaking.is_told(a, article.text):
        return (NOBODY,)
    if a.source:
        return _named(article, actors, a, a.source, last)
    if last and (sentence - last.end <= CARRY) and (a.cue is None or last.cue <= sentence):
        return tuple(replace(ref, text=None, start=None, end=None) for ref in last.speakers)
    return (NOBODY,) if a.cue else ()


def _named(article: Article, actors: Actors, a: Linked, source: tuple[int, int], last: _Last | None) -> tuple[ActorRef, ...]:
    """The speakers whom the words of a source name: nobody known where they name a thing that does not speak."""
    start, end = source
    words = article.text[start:end]
    nobody = ActorRef(None, words, start, end, None, None)
    if speaking.is_label(a, article.text):
        mentions = [m for s in article.sentences for m in actors.candidates(s.i)]
        found = speaking.of_initials(words, mentions, article.text)
        refs = actors.at(found.start, found.end) if found else ()
        return tuple(replace(ref, text=words, start=start, end=end) for ref in refs[:1]) or (nobody,)
    refs = tuple(dict.fromkeys(actors.at(start, end)))
    pronoun = words.lower()
    near = last is not None and _number(article, start) - max(last.cue, last.end) <= 1
    before = last.speakers[0] if last is not None and near and len(last.speakers) == 1 else NOBODY
    if before.actor and (speaking.goes_back(words) or (pronoun in speaking.PRONOUNS and actors.agrees(before, pronoun))):
        return (replace(before, text=words, start=start, end=end),)
    if pronoun == "it":
        refs = tuple(ref for ref in refs if actors.agrees(ref, pronoun))
    return (refs if speaking.speaks(words) else ()) or (nobody,)


def _row(
    article: Article, actors: Actors, a: Linked, speaker: ActorRef, evidence: tuple[Evidence, ...], quoted: Sequence[Quotation]
) -> Statement:
    text = article.text
    start, end = _clause(*a.hull, text)
    kind = kind_of(start, end, text, quoted)
    if kind == "direct":
        start, end = _without_marks(start, end, text, quoted)
    mentions = [(m, ref) for e in evidence for m in actors.candidates(e.sentence) for ref in actors.at(m.start, m.end)]
    states = addressees.about(a, speaker, mentions)
    told = addressees.places(mentions, states, start, end)
    cue = Span(text[a.cue[0] : a.cue[1]], *a.cue) if a.cue else None
    return Statement(
        id=content_id("statement", article.id, speaker.actor, speaker.start, start, end),
        speaker=speaker,
        cue=cue,
        kind=kind,
        content=Span(text[start:end], start, end),
        addressee=addressees.addressee(text, a, speaker, mentions),
        about=states,
        stance=stance_of(cue.text if cue else "", text[start:end], told) if states else 0,
        evidence=evidence,
    )


def _without_marks(start: int, end: int, text: str, quoted: Sequence[Quotation]) -> tuple[int, int]:
    """Quoted words without the quotation marks at their ends."""
    for q in quoted:
        if q.start == start and q.inner_start < min(end, q.inner_end):
            start = q.inner_start
        if q.closed and q.end == end and start < q.inner_end:
            end = q.inner_end
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _clause(start: int, end: int, text: str) -> tuple[int, int]:
    """A reported clause without the conjunction that leads into it."""
    lead = re.match(r"(?:[,\s]+|(?:and|but|that)\s+)+(?=\w)", text[start:end])
    return (start + lead.end(), end) if lead else (start, end)
