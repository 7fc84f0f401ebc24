"""Event data in and out: ``import`` and ``export``."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.commands import options as o
from dragoman.commands.common import Progress, complain, open_archive

if TYPE_CHECKING:
    from dragoman.archive.importing import Report

IN = "gdelt, icews, icews14, polecat, ucdp-ged, acled"
OUT = "icews, polecat, csv, parquet, jsonld, graphml, edges"
LISTED = 10  # reasons and bad lines that are printed; --json has all


def register(app: typer.Typer) -> None:
    app.command("import", no_args_is_help=True, epilog="Example: dragoman import 20310302.export.CSV.zip icews.tab")(import_)
    app.command(no_args_is_help=True, epilog="Example: dragoman export pairs.graphml --since 2025 --quad deeds")(export)


def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Files as downloaded; .gz and .zip need no unpacking.")],
    layout: Annotated[str | None, o.one("layout", "NAME", f"{IN}; recognised without this.")] = None,
    archive: o.Folder = None,
    as_json: o.AsJson = False,
) -> None:
    """Import event data of others. Rows keep their origin and id and have no sentence; a second time adds nothing."""
    progress = Progress(sys.stderr)
    try:
        reports = open_archive(archive).import_events(
            list(files), layout, lambda r: progress.say(f"importing {r.path}: {r.rows:,} rows read, {r.added:,} added")
        )
    finally:
        progress.clear()
    if as_json:
        print(json.dumps([_row(report) for report in reports], ensure_ascii=False, indent=1))
    else:
        for report in reports:
            _print(report)
    if any(report.failed or report.bad for report in reports):
        raise typer.Exit(1)


def _row(report: Report) -> dict[str, Any]:
    return {
        "file": report.path,
        "layout": report.layout,
        "rows": report.rows,
        "added": report.added,
        "known": report.known,
        "imported before": report.before,
        "untranslated": dict(report.notes.most_common()),
        "left out": [{"line": line, "reason": why} for line, why in report.bad],
        "failed": report.failed,
    }


def _print(report: Report) -> None:
    if report.failed is not None:
        complain(report.failed)
        if report.added:
            complain(f"{report.path}: {report.added:,} rows before that place were imported; the same file again adds the rest")
        return
    if report.before:
        print(f"{report.path}: imported before, nothing added")
        return
    known = f", {report.known:,} known already" if report.known else ""
    bad = f", {len(report.bad):,} left out" if report.bad else ""
    print(f"{report.path}: {report.rows:,} rows of {report.layout}, {report.added:,} added{known}{bad}")
    for words, count in report.notes.most_common(LISTED):
        print(f"  {count:>7,}  {words}")
    if len(report.notes) > LISTED:
        print(f"  and {len(report.notes) - LISTED} more reasons; --json has all")
    for line, why in report.bad[:LISTED]:
        complain(f"{report.path} line {line}: {why}")
    if len(report.bad) > LISTED:
        complain(f"{report.path}: {len(report.bad) - LISTED:,} more lines were left out; the table failures has all")


def export(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that is not there yet.")],
    layout: Annotated[str | None, o.one("layout", "NAME", f"{OUT}; by the file's ending without this.")] = None,
    source: o.Source = None,
    target: o.Target = None,
    pair: o.Pair = None,
    root: o.Roots = None,
    quad: o.Quads = None,
    modality: o.Modalities = None,
    since: o.Since = None,
    until: o.Until = None,
    place: o.Place = None,
    sector: o.Sectors = None,
    text: o.Words = None,
    group: o.Groups = None,
    document: o.Documents = None,
    origin: o.Origins = None,
    once: o.Once = False,
    machine: o.Machine = False,
    archive: o.Folder = None,
) -> None:
    """Write events to a file in another layout, or the network of their pairs."""
    asked: dict[str, Any] = {
        "source": source,
        "target": target,
        "pair": pair,
        "root": root,
        "quad": quad,
        "modality": modality,
        "since": since,
        "until": until,
        "place": place,
        "sector": sector,
        "text": text,
        "group": group,
        "document": document,
        "origin": origin,
        "once": once,
        "machine": machine,
    }
    done = open_archive(archive).export(file, layout, **{name: value for name, value in asked.items() if value})
    what = "pairs of states" if done.layout in ("graphml", "edges") else "rows"
    left = f"; {done.left_out:,} events have no place in this layout" if done.left_out else ""
    print(f"{done.rows:,} {what} written to {done.path} as {done.layout}{left}", file=sys.stderr)
