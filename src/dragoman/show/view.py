"""One record on one console: what every section of it needs to write its lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.text import Text

from dragoman import codebook
from dragoman.archive.outside import clean
from dragoman.codebook.tables import NO_STATE
from dragoman.records import Actor, ActorRef, Evidence, Record, Why
from dragoman.show.words import shorten


@dataclass(frozen=True, slots=True)
class View:
    """``actors`` by id, ``why`` by the row that is explained; ``explain``: whether to say why."""

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
        self.line((number(evidence), "cyan"), *parts, hang=4)

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
        if country and country not in NO_STATE:
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


def sentence(evidence: Sequence[Evidence]) -> int:
    """The number of a row's first sentence; -1 for a row without one, so that it comes first."""
    return evidence[0].sentence if evidence else -1


def number(evidence: Sequence[Evidence]) -> str:
    """``[3] ``, the mark of a row's sentence."""
    return f"[{sentence(evidence)}] " if evidence else ""
