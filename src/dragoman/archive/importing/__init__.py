"""Event data of others into the table ``events``: GDELT, ICEWS, ICEWS14, POLECAT, UCDP GED, ACLED.

A row keeps its origin and its id there, has no sentence, and is translated by the codebook. What has no translation is null,
and counted with its reason; what cannot be a row is listed. Cells without a column of ours stay in ``origin_row``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.archive.importing.layout import BadRow, Cells, Layout
from dragoman.archive.importing.tables import LAYOUTS, layout_named, recognised, rows, sha256
from dragoman.codebook import events as event_codebook
from dragoman.errors import InputError
from dragoman.records import content_id

if TYPE_CHECKING:
    import os

    from dragoman.archive.archive import Archive, Run

BATCH = 20_000  # rows of one transaction: what a kill costs is at most their translation, some seconds


@dataclass(slots=True)
class Report:
    """What one file gave. ``notes`` count what was imported with an empty column, by reason; ``bad`` are lines left out."""

    path: str
    layout: str = ""
    rows: int = 0
    added: int = 0
    known: int = 0  # in the archive already, or twice in the file
    notes: Counter[str] = field(default_factory=Counter)
    bad: list[tuple[int, str]] = field(default_factory=list)
    before: bool = False  # the same bytes were imported before
    failed: str | None = None  # why the file as a whole, or its rest, could not be read


@dataclass(slots=True)
class Pairs:
    """Rows that tell one act from its two sides: they become one event group, with the first row as its first mention."""

    _open: dict[tuple[str, str, str], dict[str, Any]] = field(default_factory=dict)
    _paired: set[str] = field(default_factory=set)
    _rows: list[dict[str, Any]] = field(default_factory=list)

    def see(self, id_: str, event: dict[str, Any], found: tuple[str, str, str] | None) -> None:
        if found is None or id_ in self._paired:
            return
        place, source, target = found
        told = {"event": id_, **{side: event.get(side) for side in ("source_country", "target_country")}}
        first = self._open.pop((place, target, source), None)
        if first is None or first["event"] == id_:
            self._open[place, source, target] = told
            return
        group = {"group": first["event"]}
        self._rows.append({**first, **group, "reason": "the first of its group"})
        joined = {"joined_to": first["event"], "reason": "the same act in the same sentence, told from the other side"}
        self._rows.append({**told, **group, **joined})
        self._paired |= {first["event"], id_}

    def rows(self) -> list[dict[str, Any]]:
        """The rows of ``groups`` found since the last call."""
        rows, self._rows = self._rows, []
        return rows


Progress = Callable[[Report], None]


def import_events(
    archive: Archive, paths: Sequence[str | os.PathLike[str]], layout: str | None = None, progress: Progress | None = None
) -> list[Report]:
    """Import files into an archive, in batches that are each published as a whole; the same file or row again adds nothing.

    ``layout`` is one of ``LAYOUTS``, by default recognised for each file. A file that cannot be read has ``failed`` in its
    report; the others are still imported.
    """
    from dragoman.archive.archive import new_run

    given = None if layout is None else layout_named(layout)
    run = new_run("import")
    reports = []
    for path in paths:
        report = Report(str(path))
        reports.append(report)
        try:
            run = _file(archive, Path(path), given, run, report, progress)
        except InputError as error:
            report.failed = str(error)
    return reports


def translated(path: Path, layout: Layout, report: Report, pairs: Pairs | None = None) -> Iterator[dict[str, Any]]:
    """The rows of a file as rows of ``events``; what cannot be one is noted in the report, what is told from both sides in
    ``pairs``."""
    pairs = pairs or Pairs()
    version = event_codebook.load().version
    for line, cells in rows(path, layout):
        report.rows += 1
        if isinstance(cells, str):
            report.bad.append((line, cells))
            continue
        row = Cells(cells, layout.missing)
        try:
            event = layout.event(row)
        except BadRow as error:
            report.bad.append((line, str(error)))
            continue
        report.notes.update(row.notes)
        origin_id = row.take(layout.origin_id) if layout.origin_id else None
        id_ = content_id("import", layout.name, *cells.values())
        if layout.both_ways is not None:
            pairs.see(id_, event, layout.both_ways(cells))
        yield {
            "id": id_,
            **event,
            "origin": layout.name,
            "origin_id": origin_id,
            "origin_row": row.rest(),
            "codebook": version,
        }


def _file(archive: Archive, path: Path, given: Layout | None, run: Run, report: Report, progress: Progress | None) -> Run:
    from dragoman.archive.archive import counted

    digest = sha256(path)
    layout = given or recognised(path)
    report.layout = layout.name
    if archive.known("inputs", "input_sha256", [digest]):
        report.before = True
        return run
    seen: set[str] = set()
    pairs = Pairs()
    batch: list[dict[str, Any]] = []

    def publish(last: bool) -> Run:
        with archive.store.change(run.id, archive.settings.lock_seconds) as change:
            known = archive.known("events", "id", [row["id"] for row in batch], change)
            new = [row for row in batch if row["id"] not in known]
            change.append("events", new)
            groups = pairs.rows()
            grouped = archive.known("groups", "event", [row["event"] for row in groups], change)
            change.append("groups", [row for row in groups if row["event"] not in grouped])
            report.added += len(new)
            report.known += len(known)
            if last:
                change.append("inputs", [_input(path, digest, report)])
                change.append("failures", [_failure(path, digest, line, why) for line, why in report.bad])
            so_far = counted(run, events=len(new), failed=len(report.bad) if last else 0)
            archive.note(change, so_far, "done" if last else "stopped")
        return so_far

    for row in translated(path, layout, report, pairs):
        if row["id"] in seen:
            report.known += 1
            continue
        seen.add(row["id"])
        batch.append(row)
        if len(batch) == BATCH:
            run = publish(False)
            batch.clear()
            if progress:
                progress(report)
    return publish(True)


def _input(path: Path, digest: str, report: Report) -> dict[str, Any]:
    from datetime import UTC, datetime

    counts = {"articles": 0, "failed": len(report.bad)}
    return {"input": str(path), "input_sha256": digest, "bytes": path.stat().st_size, **counts, "at": datetime.now(UTC)}


def _failure(path: Path, digest: str, line: int, why: str) -> dict[str, Any]:
    from datetime import UTC, datetime

    return {"input": f"{path}:{line}", "input_sha256": digest, "reason": why, "at": datetime.now(UTC)}


__all__ = ["LAYOUTS", "Report", "import_events", "translated"]
