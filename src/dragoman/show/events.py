"""The sections of who with whom, and of events."""

from __future__ import annotations

from collections import Counter, defaultdict

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dragoman.archive.outside import clean
from dragoman.codebook.events import PLAIN_QUADS
from dragoman.records import Event
from dragoman.show.view import View, sentence
from dragoman.show.words import QUAD_STYLE, dated

_DONE = ("happened", "ongoing")
_COLUMNS = {**PLAIN_QUADS, 0: "not done"}  # planned, hypothetical or denied


def pairs(view: View) -> None:
    """Counts of what was done by quad class; what is planned, hypothetical or denied stands apart as not done."""
    counts: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)
    for event in view.record.events:
        counts[_pair(view, event)][event.quad if event.modality in _DONE else 0] += 1
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


def _pair(view: View, event: Event) -> tuple[str, str]:
    first, second = sorted((view.side(event.source), view.side(event.target)))
    return first, second


def events(view: View) -> None:
    """The events of each pair, the pair with most of them first."""
    if not view.record.events:
        view.head("Events", "none found")
        return
    groups: dict[tuple[str, str], list[Event]] = defaultdict(list)
    for event in view.record.events:
        groups[_pair(view, event)].append(event)
    view.head("Events", "number in brackets: the sentence")
    for pair, told in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])):
        view.line((" – ".join(pair), "underline"))
        for event in sorted(told, key=lambda e: (sentence(e.evidence), e.trigger.start, e.id)):
            _event(view, event)


def _event(view: View, event: Event) -> None:
    arrow = "↔" if event.mutual else "→"
    what = f"{event.root}/{event.mode}" if event.mode else event.root
    facts = [dated(event.date) or "no date"]
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
        (event.modality, "" if event.modality in _DONE else "yellow"),
        f"  {view.name(event.source)} {arrow} {view.name(event.target)}  ",
        (f"“{clean(event.trigger.text)}”", "italic"),
        (f"  {' · '.join(facts)}", "dim"),
    )
    view.quote(event.evidence, event.trigger.start, event.trigger.end)
    view.reasons(event.id)
