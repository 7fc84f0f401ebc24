"""From what the event model finds in each sentence to the event rows of the record: actors resolved, dated, placed,
attributed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Protocol

from dragoman.codebook import events as codebook
from dragoman.coding.events import weighing
from dragoman.coding.events.modality import refine
from dragoman.coding.events.model import Found
from dragoman.coding.events.modes import contexts_of, mode_of
from dragoman.records import ActorRef, Article, Discard, Event, Evidence, Interval, Modality, Place, Span, Why, content_id

LISTED = 60  # characters between two actors of one list, at most
_JOINS = re.compile(r",|\b(?:and|or|with)\b")
_OWNER = re.compile(r"(?:['’]s?)(?:\s[\w.-]+){0,7},?\s")  # "'s former campaign manager, "
_OWNS = re.compile(r"['’]s?\s(?:[\w-]+\s){0,2}")  # "'s renewed "
CLEARER = 1.25  # times as likely a reading of the same words must be to leave another out
NOBODY = ActorRef(None, None, None, None, None, None)


class Actors(Protocol):
    """What the event rows need of ``actors.ArticleActors``."""

    def at(self, start: int, end: int) -> tuple[ActorRef, ...]: ...

    def implicit(self, sentence: int) -> tuple[ActorRef, ...]: ...


@dataclass(frozen=True, slots=True)
class Context:
    """The rest of the article, as the event rows ask for it."""

    actors: Actors
    date_of: Callable[[int, int, int, Modality], Interval | None]
    place_of: Callable[[int, int, int], Place | None]
    asserted_by: Callable[[int, int], str | None]
    model: str
    subjects: Sequence[tuple[int, int]]  # what agreements and statements are about, by their titles: told, not done
    weights: weighing.Weights
    thresholds: Mapping[str, float]  # by root


def events(
    article: Article, found: Sequence[Sequence[Found]], context: Context
) -> tuple[tuple[Event, ...], tuple[Discard, ...], tuple[Why, ...]]:
    """Event rows in the order of the text, what was left out and why, and the reasons of each row.

    ``found`` holds the model's events of every sentence of the article, spans relative to the sentence.
    """
    candidates, discards = _candidates(article, found, context)
    weighed = weighing.scores([c for c, _ in candidates], len(article.sentences), context.weights)
    rows: dict[str, Event] = {}
    reasons: list[Why] = []
    for n, ((c, trigger), score) in enumerate(zip(candidates, weighed, strict=True)):
        least = context.thresholds[c.found.root]
        if score >= least and (better := _better(n, candidates, weighed)) is not None:
            why = f"{c.found.root}: the same words say {better} between the two"
            discards.append(Discard("code", why, trigger.text, trigger.start, trigger.end))
            continue
        if score >= least and (rival := _rival(n, candidates, weighed, article.text)) is not None:
            why = f"{c.found.root}: the same words are rather {rival}'s"
            discards.append(Discard("code", why, trigger.text, trigger.start, trigger.end))
            continue
        if score >= least and (owned := _owned(n, candidates, article.text)) is not None:
            why = f"{c.found.root}: it is {owned} that is meant, not the owner"
            discards.append(Discard("code", why, trigger.text, trigger.start, trigger.end))
            continue
        if score >= least and (doer := _of_another(n, candidates, weighed, article.text)) is not None:
            why = f"{c.found.root}: the words are {doer}'s own act"
            discards.append(Discard("code", why, trigger.text, trigger.start, trigger.end))
            continue
        if score < least:
            if c.found.score >= least:
                why = f"{c.found.root}: probability {score:.2f} of being right, below {least:.2f}"
                discards.append(Discard("code", why, trigger.text, trigger.start, trigger.end))
            continue
        row = _row(article, c, trigger, round(score, 4), context)
        rows.setdefault(row.id, row)
        reasons.append(Why(row.id, "events", trigger.text, context.model, row.score, _others(c.found)))
    return tuple(sorted(rows.values(), key=_order)), tuple(discards), tuple(reasons)


def _better(n: int, candidates: Sequence[tuple[weighing.Candidate, Span]], weighed: Sequence[float]) -> str | None:
    """The likelier root that the same words state between the same two countries: one act is one row, not one a reading."""
    c, trigger = candidates[n]
    pair = {c.source.country, c.target.country}
    for m, (other, words) in enumerate(candidates):
        if (
            other.sentence == c.sentence
            and other.found.root != c.found.root
            and {other.source.country, other.target.country} == pair
            and words.start < trigger.end
            and trigger.start < words.end
            and weighed[m] > CLEARER * weighed[n]
        ):
            return other.found.root
    return None


def _rival(n: int, candidates: Sequence[tuple[weighing.Candidate, Span]], weighed: Sequence[float], text: str) -> str | None:
    """The words of a likelier source of the same act towards the same country, not listed beside this one: one verb has one
    subject. Of such rows the less likely was right in 14 of 74 (unseen marks and folds 1 to 4)."""
    c, trigger = candidates[n]
    if c.found.root in codebook.MUTUAL or c.source.start is None:
        return None
    for m, (other, words) in enumerate(candidates):
        if (
            other.sentence == c.sentence
            and other.found.root == c.found.root
            and other.source.start is not None
            and other.source.country != c.source.country
            and other.target.country == c.target.country
            and words.start < trigger.end
            and trigger.start < words.end
            and weighed[m] > weighed[n]
            and not _listed(text, c.source, other.source)
        ):
            return text[other.source.start : other.source.end]
    return None


def _owned(n: int, candidates: Sequence[tuple[weighing.Candidate, Span]], text: str) -> str | None:
    """The words of another candidate's side, where this one's is only the owner in front of it: "the premier's aide, Dahl". Of
    one state both, since elsewhere the owner may be meant ("struck Syria's ally, Iran")."""
    c, trigger = candidates[n]
    for other, words in candidates:
        if other.sentence != c.sentence or other.found.root != c.found.root or words != trigger:
            continue
        sides = ((c.source, other.source), (c.target, other.target))
        for (mine, its), (here, there) in (sides, sides[::-1]):
            between = text[mine.end : its.start] if mine.end is not None and its.start is not None else ""
            if _same(here, there) and mine.country == its.country and _OWNER.fullmatch(between):
                return text[its.start : its.end]
    return None


def _of_another(
    n: int, candidates: Sequence[tuple[weighing.Candidate, Span]], weighed: Sequence[float], text: str
) -> str | None:
    """The owner right in front of an event noun, where the same noun is likelier to be its act ("as Chad's war in Mali goes
    on and Niger waits"): no other's act towards it, though alone the owner may be the target ("Libya's invasion")."""
    c, trigger = candidates[n]
    if c.found.root in codebook.MUTUAL or c.target.start is None:
        return None
    for m, (other, words) in enumerate(candidates):
        if (
            words == trigger
            and other.found.root == c.found.root
            and other.source.country == c.target.country
            and other.source.country is not None
            and other.target.country != c.source.country
            and other.source.end is not None
            and _OWNS.fullmatch(text[other.source.end : trigger.start])
            and weighed[m] > weighed[n]
        ):
            return text[other.source.start : other.source.end]
    return None


def _same(one: ActorRef, other: ActorRef) -> bool:
    return (one.actor, one.start) == (other.actor, other.start)


def _listed(text: str, one: ActorRef, other: ActorRef) -> bool:
    """Whether two actors stand side by side: "Kenya and Uganda", "Kenya, its neighbour Uganda", or in the same words."""
    first, last = sorted((one, other), key=lambda ref: ref.start or 0)
    if (last.start or 0) < (first.end or 0):
        return True
    between = text[first.end : last.start]
    return len(between) < LISTED and bool(_JOINS.search(between))


def _candidates(
    article: Article, found: Sequence[Sequence[Found]], context: Context
) -> tuple[list[tuple[weighing.Candidate, Span]], list[Discard]]:
    """Every pair of actors that an event of the model resolves to, once for its root, with the words that state it."""
    candidates: list[tuple[weighing.Candidate, Span]] = []
    discards: list[Discard] = []
    for sentence, here in zip(article.sentences, found, strict=True):
        taken: set[tuple[str | None, str | None, str]] = set()
        stated: list[tuple[tuple[str, str, str], Span]] = []
        for f in here:
            trigger = Span(
                article.text[sentence.start + f.trigger[0] : sentence.start + f.trigger[1]], *_moved(f.trigger, sentence.start)
            )
            if any(start <= trigger.start and trigger.end <= end for start, end in context.subjects):
                if f.score >= context.thresholds[f.root]:
                    why = f"{f.root}: words of a document's title"
                    discards.append(Discard("code", why, trigger.text, trigger.start, trigger.end))
                continue
            sides = tuple(_pairs(article, sentence.i, f, context.actors, here))
            if not sides and f.score >= context.thresholds[f.root]:
                discards.append(
                    Discard("code", f"{f.root}: no two actors that the text tells", trigger.text, trigger.start, trigger.end)
                )
            for source, target in sides:
                key = _key(source, target, f.root)
                if key in taken or _again(source, target, f.root, trigger, stated):
                    continue
                taken.add(key)
                quoted = context.asserted_by(trigger.start, trigger.end) is not None
                candidates.append((weighing.Candidate(f, source, target, sentence.i, sentence.kind, quoted), trigger))
    return candidates, discards


def _order(e: Event) -> tuple[object, ...]:
    """The order of the text, then of the actors: the same in every run."""
    sides = (e.source, e.target)
    return e.evidence[0].sentence, e.trigger.start, *(r.start or -1 for r in sides), *(r.actor or "" for r in sides), e.root


def _moved(span: tuple[int, int], by: int) -> tuple[int, int]:
    return span[0] + by, span[1] + by


def _others(f: Found) -> tuple[tuple[str, float], ...]:
    ranked = sorted(f.scores.items(), key=lambda kv: (-kv[1], kv[0]))
    return tuple((root, score) for root, score in ranked[:3] if root != f.root)


def _key(source: ActorRef, target: ActorRef, root: str) -> tuple[str | None, str | None, str]:
    """Two candidates for one event (a long and a short span of one actor) have one key."""
    s = source.actor or (f"@{source.start}" if source.start is not None else None)
    t = target.actor or (f"@{target.start}" if target.start is not None else None)
    if root in codebook.MUTUAL and (t or "") < (s or ""):
        s, t = t, s
    return s, t, root


def _pairs(
    article: Article, sentence: int, f: Found, actors: Actors, here: Sequence[Found]
) -> Iterator[tuple[ActorRef, ActorRef]]:
    """Source and target of an event: one pair, or several where the words name several."""
    start = article.sentences[sentence].start
    if f.root not in codebook.MUTUAL and _joined(article.text[start : article.sentences[sentence].end], f.source, f.target):
        return
    sources = _side(f.source, f.source_like, sentence, start, actors, f.target)
    pairs: Iterable[tuple[ActorRef, ActorRef]]
    if _reciprocal(article.text, start, f.target):
        pairs = _each_other(article, sentence, f, actors, here, sources)
    else:
        targets = _side(f.target, f.target_like, sentence, start, actors, f.source)
        if f.root in codebook.MUTUAL and f.target is None and len(sources) > 1:
            sources, targets = sources[:1], sources[1:]  # "both leaders met"
        pairs = product(sources, targets)
    for source, target in pairs:
        if (source.actor is not None and source.actor == target.actor) or _itself(source, target):
            continue
        if not _told(source) and not _told(target):
            continue
        yield source, target


_RECIPROCAL = re.compile(r"(?:each other|one another)\b", re.IGNORECASE)


def _reciprocal(text: str, start: int, span: tuple[int, int] | None) -> bool:
    return span is not None and _RECIPROCAL.match(text, start + span[0]) is not None


def _each_other(
    article: Article, sentence: int, f: Found, actors: Actors, here: Sequence[Found], sources: Sequence[ActorRef]
) -> Iterator[tuple[ActorRef, ActorRef]]:
    """Each of those who "expelled each other's envoys" with every other of them, under the words that say so."""
    start = article.sentences[sentence].start
    members = {r.actor: r for r in sources if r.actor is not None}
    for other in here:
        if other.root == f.root and other.trigger[0] < f.trigger[1] and f.trigger[0] < other.trigger[1]:
            spans = (other.source, None if _reciprocal(article.text, start, other.target) else other.target)
            found = (ref for span in spans if span is not None for ref in actors.at(*_moved(span, start)))
            members |= {ref.actor: ref for ref in found if ref.actor is not None}
    at = _moved(f.target, start) if f.target is not None else (start, start)
    for source, member in product(sources, members.values()):
        if source.actor is not None and source.country != member.country:
            yield source, replace(member, text=article.text[slice(*at)], start=at[0], end=at[1])


_AND = re.compile(r"\s*(?:,|,?\s*(?:and|or)(?:\s+(?:the|its|their))?)\s*")
_BETWEEN = re.compile(r"\b(?:between|among|each other|one another)\b", re.IGNORECASE)


def _joined(words: str, source: tuple[int, int] | None, target: tuple[int, int] | None) -> bool:
    """Whether the two stand side by side in a list ("police and soldiers fired"): they act together, not on each other."""
    if source is None or target is None or _BETWEEN.search(words):
        return False
    first, second = sorted((source, target))
    return _AND.fullmatch(words, first[1], second[0]) is not None if first[1] <= second[0] else False


def _again(
    source: ActorRef, target: ActorRef, root: str, trigger: Span, stated: list[tuple[tuple[str, str, str], Span]]
) -> bool:
    """Whether these words already gave a row for the same two states ("Xi and Putin signed": not Xi with Russia too); notes
    it if not."""
    if source.country is None or target.country is None or source.country == target.country:
        return False
    s, t = source.country, target.country
    key = (*(sorted((s, t)) if root in codebook.MUTUAL else (s, t)), root)
    if any(key == other and trigger.start < span.end and span.start < trigger.end for other, span in stated):
        return True
    stated.append(((key[0], key[1], key[2]), trigger))
    return False


def _itself(source: ActorRef, target: ActorRef) -> bool:
    """A state or its government on one side and the same state on the other: nothing between two actors."""
    if source.country is None or source.country != target.country:
        return False
    own = (None, "GOV", "MIL")
    return (source.actor == source.country and target.sector in own) or (
        target.actor == target.country and source.sector in own
    )


def _told(ref: ActorRef) -> bool:
    """Whether a state or a named organisation stands behind the words; "three men" alone say nothing of states."""
    return ref.country is not None or (ref.actor is not None and not ref.actor.startswith("XXX."))


def _side(
    span: tuple[int, int] | None,
    like: tuple[int, int] | str | None,
    sentence: int,
    start: int,
    actors: Actors,
    other: tuple[int, int] | None,
) -> tuple[ActorRef, ...]:
    if span is not None:
        return actors.at(*_moved(span, start)) or (NOBODY,)
    if isinstance(like, tuple):
        pointed = actors.at(*_moved(like, start))
        return tuple(_wordless(r) for r in pointed) or (NOBODY,)
    if like == "outside":
        taken = {r.actor for r in actors.at(*_moved(other, start))} if other else set()
        for ref in actors.implicit(sentence):
            if ref.actor not in taken:
                return (_wordless(ref),)
    return (NOBODY,)


def _wordless(ref: ActorRef) -> ActorRef:
    return ActorRef(ref.actor, None, None, None, ref.country, ref.sector)


def _row(article: Article, c: weighing.Candidate, trigger: Span, score: float, context: Context) -> Event:
    f, sentence, source, target = c.found, c.sentence, c.source, c.target
    s = article.sentences[sentence]
    words = article.text[s.start : s.end]
    root = codebook.load().roots[f.root]
    mode = mode_of(root, trigger.text)
    modality = refine(f.modality, words, f.trigger)
    place = context.place_of(sentence, trigger.start, trigger.end)
    return Event(
        id=content_id(article.id, s.start, s.end, source.actor, source.start, target.actor, target.start, f.root),
        source=source,
        target=target,
        root=f.root,
        mode=mode.name if mode else None,
        context=contexts_of(words, f.trigger),
        quad=root.quad,
        cameo=(mode.cameo if mode else None) or root.cameo,
        intensity=mode.intensity if mode and mode.intensity is not None else root.intensity,
        modality=modality,
        asserted_by=context.asserted_by(trigger.start, trigger.end),
        mutual=root.mutual,
        date=context.date_of(sentence, trigger.start, trigger.end, modality),
        place=place,
        trigger=trigger,
        score=score,
        evidence=(Evidence(article.id, sentence, s.start, s.end),),
    )


def in_order(refs: Iterable[Event]) -> tuple[ActorRef, ...]:
    """Every actor that the rows name, sources before targets, in the order of the rows."""
    return tuple(ref for e in refs for ref in (e.source, e.target) if ref.actor is not None)
