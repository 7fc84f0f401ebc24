"""``dragoman votes``: how alike two states vote in the General Assembly, session by session."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.commands import options as o
from dragoman.commands.common import Progress
from dragoman.commands.options import Output

if TYPE_CHECKING:
    from dragoman.measure.votes import Votes


def register(app: typer.Typer) -> None:
    app.command(no_args_is_help=True, epilog="Example: dragoman votes un_votes.rda CHN RUS --since 2010")(votes)


def year(name: str, text: str | None) -> int | None:
    """The year of the day, month or year given to ``since`` or ``until``."""
    from dragoman.archive.filters import day

    found = day(name, text)
    return None if found is None else found.year


def votes(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="un_votes.rda (un_roll_calls.rda beside it), or a CSV file.", show_default=False),
    ],
    a: Annotated[str, typer.Argument(metavar="STATE", help="A state's code or name.", show_default=False)],
    b: Annotated[str, typer.Argument(metavar="STATE", help="The other state.", show_default=False)],
    session: Annotated[int | None, o.one("session", "N", "Only this session: 74 opened in 2019.", least=1)] = None,
    since: Annotated[
        str | None, o.one("since", "DATE", "From the year of this date on; a session's year is the one it opened in.")
    ] = None,
    until: Annotated[str | None, o.one("until", "DATE", "Up to the year of this date, included.")] = None,
    limit: o.Limit = None,
    as_json: o.AsJson = False,
    as_csv: o.AsCsv = False,
    parquet: o.ToParquet = None,
) -> None:
    """Agreement, S, kappa and pi of two states, a row a session, over the contested roll calls on which both voted."""
    from dragoman.measure.ballots import read_votes
    from dragoman.measure.votes import pair_table

    output = Output(as_json, as_csv, parquet, limit)
    first, last = year("since", since), year("until", until)
    progress = Progress(sys.stderr)
    progress.say(f"reading {file.name}")
    try:
        read = read_votes(file)
    finally:
        progress.clear()
    table = pair_table(read, a, b, session=session, since=first, until=last)
    output.give(table, lambda rows: _show(rows, read, a, b))


def _show(rows: list[dict[str, Any]], votes: Votes, a: str, b: str) -> None:
    from rich.console import Console
    from rich.table import Table

    from dragoman.measure.votes import seat_name

    console = Console(highlight=False, markup=False, emoji=False)
    one, two = votes.seat(a), votes.seat(b)
    names = [" / ".join(dict.fromkeys(seat_name(seat, row["year"]) for row in rows)) for seat in (one, two)]
    table = Table(title=f"{names[0]} and {names[1]} in the UN General Assembly", box=None, title_justify="left")
    for name in ("session", "year", "agreement", "S", "kappa", "pi", "n", "same", "one step", "opposed"):
        table.add_column(name, justify="right")
    for row in rows:
        likeness = (_figure(row[name]) for name in ("agreement", "s", "kappa", "pi"))
        counts = (str(row[name]) for name in ("n", "same", "near", "opposed"))
        table.add_row(str(row["session"]), str(row["year"]), *likeness, *counts)
    console.print(table)
    console.print(
        "n: contested roll calls on which both voted. Agreement 1 - |x - y| / 2; kappa and pi are 0 as by chance;"
        f" - is not defined.\nSource: {votes.source.short}; coverage {votes.source.coverage}.",
        style="dim",
    )


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
