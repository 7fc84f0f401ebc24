"""The sections of statements, instruments, figures and discrepancies."""

from __future__ import annotations

from dragoman.archive.outside import clean
from dragoman.records import Statement
from dragoman.show.view import View
from dragoman.show.words import STANCE, dated, shorten


def statements(view: View) -> None:
    """Who said what to whom, in the order of the text."""
    if not view.record.statements:
        return
    view.head("Statements")
    for statement in sorted(view.record.statements, key=lambda s: (s.content.start, s.id)):
        _statement(view, statement)


def _statement(view: View, statement: Statement) -> None:
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


def instruments(view: View) -> None:
    """Agreements, sanctions and the like, with their parties and status."""
    if not view.record.instruments:
        return
    view.head("Instruments")
    for item in view.record.instruments:
        facts = [item.kind, "–".join(map(clean, item.parties)), item.status or "status not said", dated(item.date) or "no date"]
        view.row(item.evidence, clean(item.name), (f"  {' · '.join(f for f in facts if f)}", "dim"))
        view.reasons(item.id)


def figures(view: View) -> None:
    """Quantities, with what they count and whose they are."""
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


def discrepancies(view: View) -> None:
    """Passages that contradict each other, side by side, with the reason."""
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
