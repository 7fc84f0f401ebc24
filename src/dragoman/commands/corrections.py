"""People correct rows: ``correct`` and ``undo``."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer

from dragoman.commands.common import open_archive
from dragoman.commands.options import AsCsv, AsJson, Folder, Output, ToParquet
from dragoman.errors import UsageError

By = Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who does this.", show_default=False)]


def register(app: typer.Typer) -> None:
    app.command(epilog="Example: dragoman correct 4be1f0c2a9d7e356 root=ACCUSE --why 'a rebuke' --by 'A. Reader'")(correct)
    app.command(epilog="Example: dragoman undo 4be1f0c2a9d7e356 --by 'A. Reader'")(undo)


def correct(
    row: Annotated[str | None, typer.Argument(metavar="ID", help="The row's id.", show_default=False)] = None,
    changes: Annotated[
        list[str] | None,
        typer.Argument(metavar="COLUMN=VALUE", help="What holds instead, such as root=ACCUSE; or reject.", show_default=False),
    ] = None,
    why: Annotated[str | None, typer.Option("--why", metavar="REASON", help="Why.", show_default=False)] = None,
    by: By = None,
    history: Annotated[bool, typer.Option("--history", help="Show the corrections of the row, or without ID all.")] = False,
    archive: Folder = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    parquet: ToParquet = None,
) -> None:
    """Correct a row, or reject it. The machine's row stays (--machine shows it) and the correction can be undone.

    source=RUS and date=2031-03-02 stand for all their columns; a new root brings its class, CAMEO code and intensity.
    """
    if history:
        if changes:
            raise UsageError("--history only shows; leave out what to change")
        output = Output(as_json, as_csv, parquet)
        output.give(open_archive(archive).history(row), _show)
        return
    if as_json or as_csv or parquet:
        raise UsageError("--json, --csv and --parquet go with --history")
    if row is None or not changes:
        raise UsageError("nothing to correct was given; write dragoman correct ID root=ACCUSE --why REASON --by NAME")
    if why is None or by is None:
        raise UsageError("a correction says why and by whom; add --why REASON and --by NAME")
    act = open_archive(archive).correct(row, _values(changes), why=why, by=by)
    print(f"corrected {row}; dragoman undo {act} --by NAME takes it back", file=sys.stderr)


def undo(
    act: Annotated[str, typer.Argument(metavar="ID", help="A correction's id; or a row's, for its newest that stands.")],
    by: By = None,
    archive: Folder = None,
) -> None:
    """Undo a correction. It stays in the row's history."""
    if by is None:
        raise UsageError("who undoes this? add --by NAME")
    undone = open_archive(archive).undo(act, by=by)
    print(f"undid correction {undone}", file=sys.stderr)


def _values(changes: list[str]) -> dict[str, str | None] | str:
    if changes == ["reject"]:
        return "reject"
    values: dict[str, str | None] = {}
    for change in changes:
        column, equals, value = change.partition("=")
        if not equals or not column:
            raise UsageError(f"{change!r} is no correction; write column=value, such as root=ACCUSE, or reject alone")
        if column in values:
            raise UsageError(f"{column} was given twice; give it once")
        values[column] = value
    return values


def _show(rows: list[dict[str, Any]]) -> None:
    from dragoman.archive.outside import clean
    from dragoman.commands.listing import console

    out = console()
    for row in rows:
        change = "rejected" if row["column"] == "reject" else f"{row['column']}: {row['was']} to {row['value']}"
        undone = f"  undone by {row['undone_by']} {row['undone_at']:%Y-%m-%d %H:%M}" if row["undone_at"] else ""
        out.print(f"{row['at']:%Y-%m-%d %H:%M}  {row['id']}  {row['table']} {row['row']}  {clean(change)}", soft_wrap=True)
        out.print(f"    {clean(row['why'])}, {clean(row['by'])}{clean(undone)}", soft_wrap=True, style="dim")
