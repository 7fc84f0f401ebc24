"""``dragoman blocs``: which states stand together, from UN votes or from an archive's events."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.commands import options as o
from dragoman.commands.common import Progress, open_archive, write_picture
from dragoman.commands.options import Output
from dragoman.commands.votes import year
from dragoman.errors import UsageError

if TYPE_CHECKING:
    from dragoman.measure.blocs import Period
    from dragoman.measure.networks import Network

KINDS = ("graph", "matrix", "map")
_NAMED = 12  # members of a bloc that are named for people
_PARTNERS = 3  # states that one must have a tie with to be listed as isolated: one event makes no outcast
_LISTED = 6  # brokers and lone states that are listed


def register(app: typer.Typer) -> None:
    app.command(epilog="Example: dragoman blocs --votes un_votes.rda --year 1985 --picture blocs.svg")(blocs)


def blocs(
    votes: Annotated[
        Path | None, o.one("votes", "FILE", "UN votes (un_votes.rda or CSV) in place of an archive's events.")
    ] = None,
    archive: o.Folder = None,
    one_year: Annotated[
        int | None, typer.Option("--year", metavar="YEAR", min=1, max=9999, help="Only this year.", show_default=False)
    ] = None,
    since: Annotated[
        str | None, o.one("since", "DATE", "From this day, month or year on; of votes and with --by its year counts.")
    ] = None,
    until: Annotated[str | None, o.one("until", "DATE", "Up to this day, month or year, included; likewise.")] = None,
    by: Annotated[
        int | None, o.one("by", "YEARS", "Years in a period: 1 for votes, the whole archive for events.", least=1)
    ] = None,
    measure: Annotated[str, typer.Option("--measure", metavar="NAME", help="Of votes: kappa, agreement, s or pi.")] = "kappa",
    draws: Annotated[
        int, typer.Option("--draws", metavar="N", min=0, help="Times redrawn for the stability; 0 for none.")
    ] = 20,
    picture: Annotated[Path | None, o.one("picture", "FILE", "Draw the last period: an .svg or .png file.")] = None,
    kind: Annotated[str, typer.Option("--kind", metavar="NAME", help="Of the picture: graph, matrix or map.")] = "graph",
    state: Annotated[list[str] | None, o.many("state", "STATE", "A state to name, or to show alone in a matrix.")] = None,
    limit: o.Limit = None,
    as_json: o.AsJson = False,
    as_csv: o.AsCsv = False,
    parquet: o.ToParquet = None,
) -> None:
    """Blocs of states, how sure they are, balance, brokers and lone states; with --json a row for each state and period."""
    from dragoman.measure.blocs import bloc_table, find_blocs

    output = Output(as_json, as_csv, parquet, limit)
    if one_year is not None and (since is not None or until is not None):
        raise UsageError("--year and --since or --until were both given; choose one")
    if kind not in KINDS:
        raise UsageError(f"there is no picture {kind!r}; choose one of {', '.join(KINDS)}")
    if picture is not None and picture.suffix.lower() not in (".svg", ".png"):
        raise UsageError(f"{picture} is no picture's name; it ends in .svg or .png")
    if one_year is not None:
        since = until = f"{one_year:04}"
    progress = Progress(sys.stderr)
    progress.say("reading")
    try:
        networks = _of_votes(votes, since, until, by, measure) if votes is not None else _of_events(archive, since, until, by)
        periods = find_blocs(networks, draws=draws, progress=lambda label: progress.say(f"blocs of {label}"))
    finally:
        progress.clear()
    if picture is not None:
        _draw(periods[-1], picture, kind, state or [])
    if output.for_people:
        _show(periods)
    else:
        output.give(bloc_table(periods), lambda _: None)


def _of_votes(path: Path, since: str | None, until: str | None, by: int | None, measure: str) -> tuple[Network, ...]:
    from dragoman.measure.ballots import read_votes
    from dragoman.measure.networks import votes_networks

    first, last = year("since", since), year("until", until)
    return votes_networks(read_votes(path), since=first, until=last, every=1 if by is None else by, measure=measure)


def _of_events(folder: Path | None, since: str | None, until: str | None, by: int | None) -> tuple[Network, ...]:
    from dragoman.measure.networks import events_network, events_networks

    opened = open_archive(folder)
    if by is not None:
        return events_networks(opened, since=year("since", since), until=year("until", until), every=by)
    return (events_network(opened, since=since, until=until),)


def _draw(period: Period, path: Path, kind: str, states: list[str]) -> None:
    from dragoman.measure.frames import state
    from dragoman.measure.pictures import graph, matrix, world

    chosen = [state(name) for name in states]
    look: dict[str, Any] = {"standalone": path.suffix.lower() == ".svg"}
    if kind == "matrix":
        drawn = matrix.dyad_matrix(period, states=chosen or None, **look)
    elif kind == "map":
        drawn = world.bloc_map(period, states=chosen or world.COUNCIL, **look)
    else:
        drawn = graph.bloc_graph(period, states=chosen, **look)
    write_picture(path, drawn)
    print(f"{kind} of {period.label} written to {path}", file=sys.stderr)


def _show(periods: tuple[Period, ...]) -> None:
    from rich.console import Console

    console = Console(highlight=False, markup=False, emoji=False)
    for period in periods:
        network = period.network
        unit = "contested roll calls" if network.ballots is not None else "event groups"
        console.print(f"{period.label}  {len(network.states)} states, {network.matters:,} {unit}", style="bold")
        if period.stability is not None and period.low is not None and period.seeds is not None:
            console.print(
                f"  stability {period.stability:.2f} (adjusted Rand index, {period.draws} redrawings; 5% of them below"
                f" {period.low:.2f}); other seeds {period.seeds:.2f}",
                style="dim",
            )
        for bloc in period.blocs:
            _show_bloc(console, period, bloc)
        if period.alone:
            console.print(f"  alone: {', '.join(period.alone)}")
    _show_places(console, periods[-1])
    source = periods[-1].network.source
    console.print(f"Source: {source.short}; coverage {source.coverage}.", style="dim")


def _show_bloc(console: Any, period: Period, bloc: Any) -> None:
    sure = sorted(bloc.states, key=lambda s: (-period.sure.get(s, 0.0), s))
    named = [*bloc.core, *(s for s in ("USA", "RUS", "CHN", "GBR", "FRA", "IND") if s in bloc.states and s not in bloc.core)]
    named += [s for s in sure if s not in named][: max(0, _NAMED - len(named))]
    more = f" and {len(bloc.states) - len(named)} more" if len(bloc.states) > len(named) else ""
    ties = f"mean tie {_figure(bloc.inside)} inside, {_figure(bloc.outside)} to others"
    console.print(f"  {bloc.name}  {len(bloc.states)} states, {ties}: {', '.join(named)}{more}")


def _show_places(console: Any, period: Period) -> None:
    """Balance, brokers and isolation of one period."""
    from dragoman.measure.balance import brokers, isolation, triad_balance

    found = triad_balance(period.network)
    if found.balanced is not None:
        console.print(
            f"balance {period.label}: {found.balanced:.2f} of {found.triads:,} triads are balanced"
            + (f" ({found.expected:.2f} if the same ties lay at random)" if found.expected is not None else "")
        )
    bridging = [f"{b.state} {b.between:,}" for b in brokers(period)[:_LISTED] if b.between]
    if bridging:
        console.print(f"brokers between blocs (pairs bridged): {', '.join(bridging)}")
    lone = [f"{s.state} {s.mean:.2f}" for s in isolation(period.network) if s.mean is not None and s.known >= _PARTNERS]
    what = "mean agreement" if period.network.ballots is not None else "net cooperation"
    if lone:
        console.print(f"most isolated ({what} with all others): {', '.join(lone[:_LISTED])}")


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"
