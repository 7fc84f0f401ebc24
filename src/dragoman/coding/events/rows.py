"""From what the event model finds in each sentence to the event rows of the record: actors resolved, dated, placed,
attributed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dragoman.codebook import events as codebook
from dragoman.coding.events import rivals, senses, weighing
from dragoman.coding.events.article_context import Context
from dragoman.coding.events.candidates import candidates
from dragoman.coding.events.contests import is_contest, is_sport
from dragoman.coding.events.modality import refine
from dragoman.coding.events.model import Found
from dragoman.coding.events.modes import contexts_of, mode_of
from dragoman.records import ActorRef, Article, Discard, Event, Evidence, Span, Why, content_id


def events(
    article: Article, found: Sequence[Sequence[Found]], context: Context
) -> tuple[tuple[Event, ...], tuple[Discard, ...], tuple[Why, ...]]:
    """Event rows in the order of the text, what was left out and why, and the reasons of each row.

    ``found`` holds the model's events of every sentence of the article, spans relative to the sentence.
    """
    stated, discards = candidates(article, found, context)
    weighed = weighing.scores([c for c, _ in stated], len(article.sentences), context.weights)
    sport = is_sport(article.text)
    rows: dict[str, Event] = {}
    reasons: list[Why] = []
    for n, ((c, trigger), score) in enumerate(zip(stated, weighed, strict=True)):
        least = context.thresholds[c.found.root]
        why: str | None
        if score < least:
            if c.found.score < least:
                continue  # the model itself did not hold it likely
            why = f"probability {score:.2f} of being right, below {least:.2f}"
        elif sport and is_contest(trigger.text, c.found.root, states=_are_states(c)):
            why = "a match, not an act of a state"
        else:
            why = senses.another(c.found.root, article.text, article.sentences[c.sentence].end, trigger, c.target)
            why = why or rivals.reason(n, stated, weighed, article.text)
        if why is not None:
            discards.append(Discard("code", f"{c.found.root}: {why}", trigger.text, trigger.start, trigger.end))
            continue
        row = _row(article, c, trigger, round(score, 4), context)
        rows.setdefault(row.id, row)
        reasons.append(Why(row.id, "events", trigger.text, context.model, row.score, _others(c.found)))
        reasons.extend(_countries(row, context))
    return tuple(sorted(rows.values(), key=_order)), tuple(discards), tuple(reasons)


def _order(e: Event) -> tuple[object, ...]:
    """The order of the text, then of the actors: the same in every run."""
    sides = (e.source, e.target)
    return e.evidence[0].sentence, e.trigger.start, *(r.start or -1 for r in sides), *(r.actor or "" for r in sides), e.root


def _are_states(c: weighing.Candidate) -> bool:
    return all(side.actor is not None and side.actor == side.country for side in (c.source, c.target))


def _others(f: Found) -> tuple[tuple[str, float], ...]:
    ranked = sorted(f.scores.items(), key=lambda kv: (-kv[1], kv[0]))
    return tuple((root, score) for root, score in ranked[:3] if root != f.root)


def _countries(row: Event, context: Context) -> Iterator[Why]:
    """For each side whose own words do not say its country: the country taken, and the others that it could have had."""
    for ref in (row.source, row.target):
        chances = dict(context.actors.explain(ref)) if ref.text is not None else {}
        if chances:
            others = tuple((country or "none", chance) for country, chance in chances.items() if country != (ref.country or ""))
            by = f"what is named around: {ref.country or 'no country'}"
            yield Why(row.id, "actors", ref.text or "", by, chances.get(ref.country or ""), others)


def _row(article: Article, c: weighing.Candidate, trigger: Span, score: float, context: Context) -> Event:
    f, sentence, source, target = c.found, c.sentence, c.source, c.target
    s = article.sentences[sentence]
    words = article.text[s.start : s.end]
    root = codebook.load().roots[f.root]
    mode = mode_of(root, trigger.text)
    modality = refine(f.modality, words, f.trigger, (source.text, target.text))
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
