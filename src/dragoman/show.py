"""A record as a person wants to see it: who with whom, each row with the number of its sentence and its words.

Everything that comes from outside goes through ``clean`` and into ``rich.text.Text``, never into rich's markup: a headline that
holds ``[bold]`` or an escape sequence is shown, not obeyed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dragoman import codebook
from dragoman.records import Actor, ActorRef, Discard, Event, Evidence, Interval, Record, Statement, Why

SECTIONS = ("pairs", "events", "statements", "instruments", "figures", "discrepancies", "actors", "sentences", "discards")
DEFAULT_SECTIONS = ("pairs", "events", "statements", "instruments", "figures", "discrepancies", "discards")
DONE = ("happened", "ongoing")
QUADS = {1: "words together", 2: "deeds together", 3: "words against", 4: "deeds against"}
_COLUMNS = {**QUADS, 0: "not done"}  # planned, hypothetical or denied
QUAD_STYLE = {1: "green", 2: "bold green", 3: "red", 4: "bold red"}
HOW = {
    "explicit": "written in the text",
    "relative": "reckoned from the publication date",
    "dateline": "from the dateline",
    "metadata": "from the page's metadata",
    "inferred": "inferred",
}
STANCE = {1: "friendly to", -1: "hostile to", 0: "about"}


def clean(text: str) -> str:
    """One line without control characters, escape sequences' introducers and text-direction overrides."""
    kept = (c if c.isprintable() else " " for c in text if c.isprintable() or c.isspace())
    return " ".join("".join(kept).split())


def shorten(text: str, width: int, start: int = 0, end: int = 0) -> str:
    """At most ``width`` characters of a text around ``start``..``end``, cut at spaces, with dots where it was cut."""
    if len(text) <= width:
        return clean(text)
    room = max(width - (end - start) - 2, 20)
    left = max(0, min(start - room // 3, len(text) - width + 1))
    right = min(len(text), left + width - 2)
    if left > 0:
        space = text.find(" ", left, start)
        left = space + 1 if space >= 0 else left
    if right < len(text):
        space = text.rfind(" ", max(end, left), right)
        right = space if space > 0 else right
    return ("…" if left else "") + clean(text[left:right]) + ("…" if right < len(text) else "")


@dataclass(frozen=True, slots=True)
class _View:
    """What every section needs: the record, the console, its lookups and whether to say why."""

    record: Record
    console: Console
    explain: bool
    actors: dict[str, Actor]
    why: dict[str, list[Why]]

    @property
    def width(self) -> int:
        return self.console.width

    def line(self, *parts: str | tuple[str, str], indent: int = 2, hang: int = 0) -> None:
        """One wrapped paragraph, its continuation lines ``hang`` columns further in, without trailing spaces."""
        lines = Text.assemble(*parts).wrap(self.console, max(self.width - indent - hang, 16))
        for number, line in enumerate(lines):
            line.rstrip()
            margin = " " * (indent + (hang if number else 0))
            self.console.print(Text(margin).append_text(line), no_wrap=True, overflow="ignore", crop=False)

    def row(self, evidence: Sequence[Evidence], *parts: str | tuple[str, str]) -> None:
        """The line of a row, with the number of its sentence before it."""
        self.line((_number(evidence), "cyan"), *parts, hang=4)

    def head(self, title: str, note: str = "") -> None:
        self.console.print()
        self.line((title, "bold"), (f"  {note}" if note else "", "dim"), indent=0)

    def name(self, reference: ActorRef) -> str:
        """The actor's name, with its country where the name does not say it; the article's words where nobody was found."""
        actor = self.actors.get(reference.actor or "")
        name = actor.name if actor else (reference.text or reference.country or "unknown")
        country = reference.country
        return clean(f"{name} ({country})" if country and country not in (name, reference.actor) else name)

    def side(self, reference: ActorRef) -> str:
        """The name that a pair is listed under: the state, else the actor."""
        country = reference.country
        if country and country not in ("IGO", "NGO"):
            state = codebook.load().state(country)
            return clean(state.name if state else country)
        return self.name(reference)

    def who(self, actor_id: str | None) -> str:
        actor = self.actors.get(actor_id or "")
        return clean(actor.name if actor else actor_id or "")

    def quote(self, evidence: Sequence[Evidence], start: int, end: int, indent: int = 6) -> None:
        """The sentence of a row, cut around its words unless reasons are asked for."""
        if not evidence:
            return
        sentence = self.record.article.sentences[evidence[0].sentence]
        text = self.record.article.text[sentence.start : sentence.end]
        room = max(len(text) + 1, 40) if self.explain else max(self.width - indent, 40)
        self.line((shorten(text, room, start - sentence.start, end - sentence.start), "dim"), indent=indent)

    def reasons(self, row: str) -> None:
        """The lines of ``--explain`` for one row."""
        if not self.explain:
            return
        for why in self.why.get(row, []):
            score = "" if why.score is None else f", score {why.score:.2f}"
            other = ", ".join(f"{clean(name)} {value:.2f}" for name, value in why.alternatives)
            self.line(
                ("why  ", "cyan"),
                f"“{clean(why.words)}” by {clean(why.by)}{score}",
                f"; else {other}" if other else "",
                indent=6,
            )


def show(record: Record, console: Console, *, sections: Sequence[str] = DEFAULT_SECTIONS, explain: bool = False) -> None:
    """Print a record, or some ``sections`` of it.

    ``explain`` adds to each row the words, the rule or model and the score it rests on, prints sentences whole, and lists every
    discard with its reason.
    """
    why: dict[str, list[Why]] = defaultdict(list)
    for reason in record.explanations:
        why[reason.row].append(reason)
    view = _View(record, console, explain, {actor.id: actor for actor in record.actors}, why)
    _article(view)
    for section in sections:
        _SECTION[section](view)


def _article(view: _View) -> None:
    article = view.record.article
    view.line((clean(article.title or "(no title)"), "bold"), indent=0)
    facts = [clean(article.outlet or ""), ", ".join(clean(author) for author in article.authors)]
    facts.append(_date(article.published, how=True) or "no publication date found")
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


def _pairs(view: _View) -> None:
    """Counts of what was done by quad class; what is planned, hypothetical or denied stands apart as not done."""
    counts: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)
    for event in view.record.events:
        counts[_pair(view, event)][event.quad if event.modality in DONE else 0] += 1
    if not counts:
        return
    view.head("Who with whom")
    ranked = sorted(counts.items(), key=lambda item: (-item[1].total(), item[0]))
    if view.width < 64:
        for pair, count in ranked:
            view.line(
                " – ".join(pair), ": ", ", ".join(f"{count[quad]} {title}" for quad, title in _COLUMNS.items() if count[quad])
            )
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=True, header_style="dim")
    table.add_column("", min_width=12)
    for quad, title in _COLUMNS.items():
        heading = title if view.width >= 100 else title.replace(" ", "\n", 1)
        table.add_column(heading, justify="right", style=QUAD_STYLE.get(quad, ""))
    for pair, count in ranked:
        table.add_row(Text(" – ".join(pair)), *(Text(str(count[quad] or "·")) for quad in _COLUMNS))
    view.console.print(Padding(table, (0, 0, 0, 2), expand=False))


def _pair(view: _View, event: Event) -> tuple[str, str]:
    first, second = sorted((view.side(event.source), view.side(event.target)))
    return first, second


def _events(view: _View) -> None:
    if not view.record.events:
        view.head("Events", "none found")
        return
    groups: dict[tuple[str, str], list[Event]] = defaultdict(list)
    for event in view.record.events:
        groups[_pair(view, event)].append(event)
    view.head("Events", "number in brackets: the sentence")
    for pair, events in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])):
        view.line((" – ".join(pair), "underline"))
        for event in sorted(events, key=lambda e: (_sentence(e.evidence), e.trigger.start, e.id)):
            _event(view, event)


def _event(view: _View, event: Event) -> None:
    arrow = "↔" if event.mutual else "→"
    what = f"{event.root}/{event.mode}" if event.mode else event.root
    facts = [_date(event.date) or "no date"]
    if event.place:
        facts.append(f"in {clean(event.place.name)}")
    if event.asserted_by:
        facts.append(f"according to {view.who(event.asserted_by)}")
    if view.explain:
        facts.append(f"score {event.score:.2f}")
    view.row(
        event.evidence,
        (what, QUAD_STYLE.get(event.quad, "")),
        "  ",
        (event.modality, "" if event.modality in DONE else "yellow"),
        f"  {view.name(event.source)} {arrow} {view.name(event.target)}  ",
        (f"“{clean(event.trigger.text)}”", "italic"),
        (f"  {' · '.join(facts)}", "dim"),
    )
    view.quote(event.evidence, event.trigger.start, event.trigger.end)
    view.reasons(event.id)


def _statements(view: _View) -> None:
    if not view.record.statements:
        return
    view.head("Statements")
    for statement in sorted(view.record.statements, key=lambda s: (s.content.start, s.id)):
        _statement(view, statement)


def _statement(view: _View, statement: Statement) -> None:
    actor = view.actors.get(statement.speaker.actor or "")
    role = f", {clean(actor.role)}" if actor and actor.role else ""
    about = f"{STANCE[statement.stance]} {', '.join(map(clean, statement.about))}" if statement.about else ""
    heard = f"to {view.name(statement.addressee)}" if statement.addressee else ""
    facts = " · ".join(fact for fact in (statement.kind, heard, about) if fact)
    view.row(
        statement.evidence,
        f"{view.name(statement.speaker)}{role}",
        (f"  {clean(statement.cue.text)}" if statement.cue else "", "italic"),
        (f"  {facts}", "dim"),
    )
    content = clean(statement.content.text)
    view.line(content if view.explain else shorten(content, max(3 * (view.width - 6), 120)), indent=6)
    view.reasons(statement.id)


def _instruments(view: _View) -> None:
    if not view.record.instruments:
        return
    view.head("Instruments")
    for item in view.record.instruments:
        facts = [item.kind, "–".join(map(clean, item.parties)), item.status or "status not said", _date(item.date) or "no date"]
        view.row(item.evidence, clean(item.name), (f"  {' · '.join(f for f in facts if f)}", "dim"))
        view.reasons(item.id)


def _figures(view: _View) -> None:
    if not view.record.figures:
        return
    view.head("Figures")
    for figure in view.record.figures:
        sides = [f"of {view.who(figure.of)}" if figure.of else "", f"on {view.who(figure.on)}" if figure.on else ""]
        what = " ".join(part for part in (clean(figure.what or ""), *sides) if part)
        number = f"{figure.value:,.10g}" + ("" if figure.to is None else f" to {figure.to:,.10g}")
        bound = f"{clean(figure.bound)} " if figure.bound else ""
        view.row(
            figure.evidence,
            f"{bound}{number} {clean(figure.unit)}",
            f"  {what}" if what else "",
            (f"  “{clean(figure.text)}”", "dim"),
        )


def _discrepancies(view: _View) -> None:
    if not view.record.discrepancies:
        return
    view.head("Discrepancies", "passages that cannot all be true")
    for item in view.record.discrepancies:
        view.line((f"{item.kind}: {clean(item.about)}", "yellow"))
        for index, side in enumerate(item.sides):
            numbers = ", ".join(str(n) for n in sorted({e.sentence for e in side.evidence}))
            mark = "  favoured" if index == item.favoured else ""
            view.line((f"[{numbers}] ", "cyan"), clean(side.value), (mark, "green"), indent=4)
            if side.evidence:
                view.quote(side.evidence, side.evidence[0].start, side.evidence[0].start)
        decided = "" if item.favoured is not None else " (nothing decides)"
        view.line(("because  ", "dim"), clean(item.reason), decided, indent=4)
        view.reasons(item.id)


def _actors(view: _View) -> None:
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


def _sentences(view: _View) -> None:
    view.head("Sentences")
    for sentence in view.record.article.sentences:
        kind = "" if sentence.kind == "body" else f"{sentence.kind}: "
        view.line((f"[{sentence.i}] ", "cyan"), (kind, "dim"), clean(view.record.article.words(sentence.i)))


def _discards(view: _View) -> None:
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


def _sentence(evidence: Sequence[Evidence]) -> int:
    return evidence[0].sentence if evidence else -1


def _number(evidence: Sequence[Evidence]) -> str:
    return f"[{_sentence(evidence)}] " if evidence else ""


def _date(interval: Interval | None, *, how: bool = False) -> str:
    """The days with the text's own words, or with how they were found; an empty string where there are none."""
    if interval is None or (interval.from_ is None and interval.to is None):
        return ""
    note = HOW[interval.how] if how else (clean(interval.text or "") or interval.how)
    return f"{_days(interval.from_, interval.to)} ({note})"


def _days(first: str | None, last: str | None) -> str:
    """``2031`` for a whole year, ``2031-07`` for a whole month, else the days; an open end is said."""
    if first is None or last is None:
        return f"until {last}" if first is None else f"from {first}"
    if first == last:
        return clean(first)
    if first[:4] == last[:4] and (first[4:], last[4:]) == ("-01-01", "-12-31"):
        return clean(first[:4])
    next_day = date.fromisoformat(last) + timedelta(days=1)
    if first[:7] == last[:7] and first[7:] == "-01" and next_day.day == 1:
        return clean(first[:7])
    return f"{clean(first)} to {clean(last)}"


_SECTION: dict[str, Callable[[_View], None]] = {
    "pairs": _pairs,
    "events": _events,
    "statements": _statements,
    "instruments": _instruments,
    "figures": _figures,
    "discrepancies": _discrepancies,
    "actors": _actors,
    "sentences": _sentences,
    "discards": _discards,
}
