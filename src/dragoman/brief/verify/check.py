"""``faults``: the checks of one line, by its kind."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

from dragoman.brief.document import Line
from dragoman.brief.material import Material
from dragoman.brief.verify import events, findings, quoted, statements


class _Row(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=_Row)


def faults(line: Line, material: Material) -> tuple[str, ...]:
    """What in a line its cited passages do not bear out, one short reason each; empty where all of it is supported."""
    id_ = line.rows[0] if line.rows else None
    missing = ("no such row",)
    if line.kind == "event":
        event = _row((*material.events, *material.third), id_)
        if event is None:
            return missing
        return quoted.faults(line, event, material) if quoted.is_quoted(line.text) else events.faults(line, event, material)
    if line.kind == "statement":
        statement = _row(material.statements, id_)
        return statements.statement(line, statement, material) if statement else missing
    if line.kind == "instrument":
        instrument = _row(material.instruments, id_)
        return findings.instrument(line, instrument, material) if instrument else missing
    if line.kind == "figure":
        figure = _row(material.figures, id_)
        return findings.figure(line, figure, material) if figure else missing
    if line.kind == "discrepancy":
        discrepancy = _row(material.discrepancies, id_)
        return findings.discrepancy(line, discrepancy, material) if discrepancy else missing
    return ("nothing is known of this kind of line",)


def _row(rows: Iterable[T], id_: str | None) -> T | None:
    return next((r for r in rows if r.id == id_), None)
