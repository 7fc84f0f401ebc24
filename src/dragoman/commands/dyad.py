"""``dragoman dyad``: how a pair of states is moving, as a table, as what changed, as a picture."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.commands import options as o
from dragoman.commands.common import Progress, complain, open_archive, write_picture
from dragoman.commands.options import SHOWN, Output
from dragoman.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    import pyarrow as pa

    from dragoman.measure.pictures.series import Marked

TABLES = ("series", "changes", "turning", "words", "followed", "ladder", "replies", "third", "baselines")
Row = dict[str, Any]


def register(app: typer.Typer) -> None:
    app.command(no_args_is_help=True, epilog="Example: dragoman dyad CHN RUS --by month --since 2024 --picture pair.svg")(dyad)


def dyad(
    first: Annotated[str, typer.Argument(metavar="STATE", help="A state's code or name: CHN, China.")],
    second: Annotated[str, typer.Argument(metavar="OTHER", help="The other state.")],
    by: Annotated[str, typer.Option("--by", metavar="PERIOD", help="day, week, month, quarter or year.")] = "month",
    since: o.Since = None,
    until: o.Until = None,
    figure: Annotated[
        str, typer.Option("--figure", metavar="NAME", help="What changes are looked for in, and the picture shows.")
    ] = "intensity_mean",
    table: Annotated[
        str | None,
        typer.Option("--table", metavar="NAME", help=f"Only one table: {', '.join(TABLES)}.", show_default=False),
    ] = None,
    picture: Annotated[
        Path | None,
        o.one(
            "picture", "FILE", "Draw it into a .svg or .png file: the series, with --table words the plane of words and deeds."
        ),
    ] = None,
    limit: o.Limit = None,
    archive: o.Folder = None,
    as_json: o.AsJson = False,
    as_csv: o.AsCsv = False,
    parquet: o.ToParquet = None,
) -> None:
    """How two states are moving: events by period with intervals, change points and turning events with their sentences.

    Every figure counts an event once, however often it is told. Brackets are 95% intervals from the events of the period.
    """
    if table is not None and table not in TABLES:
        raise UsageError(f"there is no table {table!r}; choose one of {', '.join(TABLES)}")
    if picture is not None and picture.suffix not in (".svg", ".png"):
        raise UsageError(f"{picture.name} is no picture that can be drawn; name a file that ends in .svg or .png")
    output = Output(as_json, as_csv, parquet, limit)
    progress = Progress(sys.stderr)
    progress.say(f"counting {first} and {second}")
    try:
        pair = Pair(open_archive(archive), first, second, by, since, until, figure)
        if picture is not None:
            write_picture(picture, pair.plane(picture) if table == "words" else pair.picture(picture))
            print(f"picture written to {picture}", file=sys.stderr)
        progress.clear()
        if table is not None or not output.for_people:
            name = table or "series"
            found = pair.table(name)
            _say_why(found)
            output.give(found, _print_rows, last=name == "series")
        elif picture is None:
            _for_people(pair, limit)
    finally:
        progress.clear()


class Pair:
    """What is asked about one pair; the scan of the archive is done once, each table when it is wanted."""

    def __init__(
        self, archive: Any, first: str, second: str, by: str, since: str | None, until: str | None, figure: str
    ) -> None:
        from dragoman import measure
        from dragoman.measure import frames

        self.measure, self.archive = measure, archive
        self.a, self.b = frames.pair(first, second)
        self.by, self.since, self.until, self.figure = frames.period(by), since, until, figure
        self.groups = measure.event_groups(archive, self.a, self.b, since=since, until=until)
        self.series: pa.Table = measure.series(archive, self.a, self.b, by, since=since, until=until, intervals=True)

    def table(self, name: str) -> pa.Table:
        m, span = self.measure, {"since": self.since, "until": self.until}
        makers: dict[str, Callable[[], pa.Table]] = {
            "series": lambda: self.series,
            "changes": lambda: m.change_points(self.series, self.figure, groups=self.groups),
            "turning": lambda: m.turning_events(self.groups, self.a, self.b),
            "words": lambda: m.words_and_deeds(self.series),
            "followed": lambda: m.words_followed(self.groups, self.a, self.b),
            "ladder": lambda: m.escalation(self.archive, self.a, self.b, self.by, **span),
            "replies": lambda: m.replies(self.archive, self.a, self.b, "week" if self.by == "month" else self.by, **span),
            "third": lambda: m.third_parties(self.archive, self.a, self.b, self.by, **span),
            "baselines": lambda: m.baselines(self.series, self.figure if self.figure in m.COUNTS else "groups"),
        }
        return makers[name]()

    def picture(self, file: Path) -> str:
        from dragoman.measure.pictures import series

        marks = [self._mark(row) for row in sorted(self.table("turning").to_pylist(), key=lambda r: r["date"])]
        return series.draw(
            self.series,
            figure=self.figure,
            changes=self.table("changes"),
            events=marks,
            source=self._source(),
            standalone=file.suffix == ".svg",
        )

    def plane(self, file: Path) -> str:
        from dragoman.measure.pictures import plane

        return plane.draw(self.table("words"), source=self._source(), standalone=file.suffix == ".svg")

    def passages(self, events: list[str]) -> dict[str, Row]:
        return dict(self.measure.passages(self.archive, events))

    def event_of(self, groups: list[str]) -> dict[str, Row]:
        """The event groups with these ids."""
        wanted = set(groups)
        return {row["group"]: row for row in self.groups.to_pylist() if row["group"] in wanted}

    def _mark(self, row: Row) -> Marked:
        from dragoman.measure.pictures.series import Marked

        told = (
            f"told by {row['documents']} articles" if row["documents"] > 1 else "told by 1 article" if row["documents"] else ""
        )
        words = f"{row['source']} to {row['target']}: {_what(row)}, tone {row['before']:.1f} before, {row['after']:.1f} after"
        return Marked(row["date"], f"{words} ({told})" if told else words)

    def _source(self) -> str:
        origins = sorted(set(self.groups["origin"].to_pylist()))
        return f"archive {Path(str(self.archive.path)).name}, events coded by {', '.join(origins)}" if origins else ""


def _what(row: Row) -> str:
    return f"{row['root']} ({row['mode']})" if row["mode"] else str(row["root"])


def _say_why(table: pa.Table) -> None:
    from dragoman.measure.frames import facts_of

    reason = facts_of(table).get("empty")
    if reason:
        complain(str(reason))


def _print_rows(rows: list[Row]) -> None:
    from dragoman.commands.common import print_rows

    print_rows([{k: _short(v) for k, v in row.items()} for row in rows], False)


def _short(value: Any) -> Any:
    if isinstance(value, float):
        return f"{value:.2f}"
    return ", ".join(map(str, value)) if isinstance(value, list) else value


# For people


def _for_people(pair: Pair, limit: int | None) -> None:
    from dragoman.commands.listing import console
    from dragoman.measure.frames import facts_of, state_name

    out = console()
    facts = facts_of(pair.series)
    rows = pair.series.to_pylist()
    out.print(f"{state_name(pair.a)} ({pair.a}) and {state_name(pair.b)} ({pair.b}), by {pair.by}", style="bold")
    _say_why(pair.series)
    if not rows:
        return
    out.print(_coverage(rows, facts), style="dim")
    shown = SHOWN if limit is None else limit
    out.print(_grid(rows[max(0, len(rows) - shown) :], pair, out.width))
    if len(rows) > shown:
        complain(f"these are the last {shown} of {len(rows)} periods; --limit N, --csv, --json or --parquet FILE give more")
    _tell_changes(pair, out)
    _tell_turns(pair, out)
    sys.stdout.flush()


def _coverage(rows: list[Row], facts: Row) -> str:
    covered = [r for r in rows if r["covered"]]
    groups, told = (sum(r[c] or 0 for r in covered) for c in ("groups", "mentions"))
    parts = [
        f"{groups:,} events told {told:,} times in {len(covered)} of {len(rows)} {facts['by']}s from which something was read"
    ]
    out_of = {
        "too_wide": f"dated wider than a {facts['by']}",
        "without_date": "without a date",
        "outside": "outside the period",
    }
    left = [f"{facts[k]:,} {words}" for k, words in out_of.items() if facts.get(k)]
    if left:
        parts.append("left out: " + ", ".join(left))
    placed = sum(r["dated_by_article"] or 0 for r in covered)
    if placed:
        parts.append(f"{placed:,} placed by the day of their article")
    return "; ".join(parts)


def _grid(rows: list[Row], pair: Pair, width: int) -> Any:
    """The table; what a narrow terminal has no room for is in --csv and --json."""
    from rich.table import Table

    wide = width >= 118
    grid = Table(box=None, pad_edge=False, header_style="bold")
    sides = (f"{pair.a}>{pair.b}", f"{pair.b}>{pair.a}") if wide else ()
    heads = [pair.by, "events", "words + \u2212", "deeds + \u2212", *sides, "intensity"]
    for head in [*heads, *(["conflict"] if wide else []), "articles"]:
        grid.add_column(head, justify="left" if head == pair.by else "right", no_wrap=True)
    for r in rows:
        articles = "not read" if not r["covered"] else "imported" if r["articles"] is None else f"{r['articles']:,}"
        cells = [_count(r, "groups"), *(_both(r, f"{kind}_cooperation", f"{kind}_conflict") for kind in ("verbal", "material"))]
        cells += [_plain(r[c]) for c in ("groups_ab", "groups_ba")] if wide else []
        cells += [_interval(r, "intensity_mean", 1)] + ([_interval(r, "conflict_share", 2)] if wide else [])
        grid.add_row(_period(r["period"], pair.by), *cells, articles)
    return grid


def _both(row: Row, friendly: str, hostile: str) -> str:
    return "" if row[friendly] is None else f"{row[friendly]:,} {row[hostile]:,}"


def _period(day: Any, by: str) -> str:
    if by == "year":
        return str(day.year)
    return (
        f"{day:%Y-%m}" if by == "month" else f"{day.year} Q{(day.month + 2) // 3}" if by == "quarter" else str(day.isoformat())
    )


def _plain(value: int | None) -> str:
    return "" if value is None else f"{value:,}"


def _count(row: Row, name: str) -> str:
    if row[name] is None:
        return ""
    return f"{row[name]:,} [{row[f'{name}_sampling_low']:.0f}, {row[f'{name}_sampling_high']:.0f}]"


def _interval(row: Row, name: str, digits: int) -> str:
    value, low, high = (row[name], row[f"{name}_sampling_low"], row[f"{name}_sampling_high"])
    if value is None:
        return ""
    return f"{value:.{digits}f}" if low is None else f"{value:.{digits}f} [{low:.{digits}f}, {high:.{digits}f}]"


def _tell_changes(pair: Pair, out: Any) -> None:
    changes = pair.table("changes")
    out.print(f"\nChanges of level ({pair.figure})", style="bold")
    if not changes.num_rows:
        out.print(_none(changes, "none that series without a change would not show as well"), style="dim")
    for c in changes.to_pylist():
        near = "" if c["period_low"] == c["period_high"] else f" (between {c['period_low']} and {c['period_high']})"
        out.print(
            f"{_period(c['period'], pair.by)}{near}: from {c['before']:.2f} to {c['after']:.2f}; found again in "
            f"{c['found_again']:.0%} of resampled series, p = {c['p']:.3f}"
        )
        known = pair.event_of(c["events"])
        _tell([known[g] for g in c["events"] if g in known], pair, out, lambda e: str(e["date_from"]))


def _tell_turns(pair: Pair, out: Any) -> None:
    turns = pair.table("turning")
    out.print("\nTurning events", style="bold")
    if not turns.num_rows:
        out.print(_none(turns, "none"), style="dim")
    shift = "tone {before:.1f} before, {after:.1f} after (shift {shift_low:.1f} to {shift_high:.1f}, p = {p:.3f})"
    _tell(turns.to_pylist(), pair, out, lambda e: str(e["date"]), lambda e: shift.format(**e))


def _none(table: pa.Table, otherwise: str) -> str:
    from dragoman.measure.frames import facts_of

    return str(facts_of(table).get("empty", otherwise))


def _tell(events: list[Row], pair: Pair, out: Any, day: Callable[[Row], str], more: Callable[[Row], str] | None = None) -> None:
    """Events, each with the sentence it rests on."""
    from dragoman.archive.outside import clean
    from dragoman.show.words import shorten

    texts = pair.passages([e["event"] for e in events if e["event"]])
    for e in events:
        told = f", told by {e['documents']} articles" if e["documents"] > 1 else ""
        extra = f"; {more(e)}" if more else ""
        out.print(clean(f"  {day(e)}  {e['source']} > {e['target']}  {_what(e)} {e['intensity']:g}{told}{extra}"))
        text = texts.get(e["event"])
        if text:
            where = ", ".join(part for part in (text["outlet"], text["title"], f"sentence {text['sentence']}") if part)
            out.print(clean(f"      {shorten(text['passage'], 300)}  [{where}]"), style="dim")
