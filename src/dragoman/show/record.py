"""Prints a record: the article's own facts, then the sections asked for, and at the end what was left out.

Everything that comes from outside goes through ``clean`` and into ``rich.text.Text``, never into rich's markup: a headline that
holds ``[bold]`` or an escape sequence is shown, not obeyed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from rich.console import Console

from dragoman.archive.outside import clean
from dragoman.records import Discard, Record, Why
from dragoman.show import events, findings
from dragoman.show.view import View
from dragoman.show.words import dated

DEFAULT_SECTIONS = ("pairs", "events", "statements", "instruments", "figures", "discrepancies", "discards")


def show(record: Record, console: Console, *, sections: Sequence[str] = DEFAULT_SECTIONS, explain: bool = False) -> None:
    """Print a record, or some ``sections`` of it.

    ``explain`` adds to each row the words, the rule or model and the score it rests on, prints sentences whole, and lists every
    discard with its reason.
    """
    why: dict[str, list[Why]] = defaultdict(list)
    for reason in record.explanations:
        why[reason.row].append(reason)
    view = View(record, console, explain, {actor.id: actor for actor in record.actors}, why)
    _article(view)
    for section in sections:
        _SECTION[section](view)


def _article(view: View) -> None:
    article = view.record.article
    view.line((clean(article.title or "(no title)"), "bold"), indent=0)
    facts = [clean(article.outlet or ""), ", ".join(clean(author) for author in article.authors)]
    facts.append(dated(article.published, how=True) or "no publication date found")
    if article.reading_minutes is not None:
        facts.append(f"{article.reading_minutes} min read")
    facts += [clean(category) for category in article.categories]
    if article.language not in (None, "en"):
        facts.append(f"language {clean(article.language or '')}")
    view.line((" · ".join(fact for fact in facts if fact), "dim"), indent=0)
    if article.headings:
        view.line(("Sections  ", "dim"), " · ".join(clean(heading) for heading in article.headings), indent=0, hang=10)
    for caption in article.captions:
        words = clean(caption.text)
        credit = clean(caption.credit or "")
        view.line(("Picture   ", "dim"), words, f" ({credit})" if credit and credit not in words else "", indent=0, hang=10)


def _actors(view: View) -> None:
    if not view.record.actors:
        return
    view.head("Actors")
    for actor in view.record.actors:
        facts = [actor.country, actor.sector, actor.organisation, actor.role]
        first = actor.mentions[0].sentence if actor.mentions else None
        times = f"{len(actor.mentions)} mention{'' if len(actor.mentions) == 1 else 's'}"
        view.line(
            ("" if first is None else f"[{first}] ", "cyan"),
            clean(actor.name),
            (f"  {' · '.join(clean(f) for f in facts if f)} · {times}", "dim"),
        )
        view.reasons(actor.id)


def _sentences(view: View) -> None:
    view.head("Sentences")
    for sentence in view.record.article.sentences:
        kind = "" if sentence.kind == "body" else f"{sentence.kind}: "
        view.line((f"[{sentence.i}] ", "cyan"), (kind, "dim"), clean(view.record.article.words(sentence.i)))


def _discards(view: View) -> None:
    discards = view.record.discards
    if not discards:
        return
    total = f"{len(discards)} passage{'' if len(discards) == 1 else 's'}"
    view.head("Left out", total if view.explain else f"{total}; --explain lists them")
    if view.explain:
        for discard in discards:
            words = clean(discard.text or discard.detail or "")
            extra = f" ({clean(discard.detail)})" if discard.text and discard.detail else ""
            view.line((f"{discard.stage}: {clean(discard.reason)}  ", "dim"), words, (extra, "dim"))
    else:
        view.line("; ".join(_reasons(discards)))


def _reasons(discards: Iterable[Discard]) -> Iterator[str]:
    """``page furniture 3 (image credit 2, byline)``: reasons counted, those of one sort together."""
    sorts: dict[str, Counter[str]] = defaultdict(Counter)
    for discard in discards:
        sort, _, detail = discard.reason.partition(": ")
        sorts[sort][detail] += 1
    for sort, details in sorted(sorts.items(), key=lambda item: (-item[1].total(), item[0])):
        ranked = sorted(details.items(), key=lambda item: (-item[1], item[0]))
        named = ", ".join(f"{clean(detail)} {count}" if count > 1 else clean(detail) for detail, count in ranked if detail)
        yield f"{clean(sort)} {details.total()}" + (f" ({named})" if named else "")


_SECTION: dict[str, Callable[[View], None]] = {
    "pairs": events.pairs,
    "events": events.events,
    "statements": findings.statements,
    "instruments": findings.instruments,
    "figures": findings.figures,
    "discrepancies": findings.discrepancies,
    "actors": _actors,
    "sentences": _sentences,
    "discards": _discards,
}
