"""``dragoman add``, and what keeps an archive in order: ``runs``, ``verify``, ``compact``, ``vacuum``."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.commands.common import Progress, complain, day, open_archive, print_rows
from dragoman.commands.options import AsJson, Folder
from dragoman.errors import UsageError

if TYPE_CHECKING:
    from dragoman.archive import adding

Workers = Annotated[int, typer.Option("--workers", metavar="N", min=1, help="Processes that read at the same time.")]


def register(app: typer.Typer) -> None:
    examples: dict[Callable[..., None], str] = {
        add: "dragoman add 'news/*.html' dispatches.csv --workers 2",
        runs: "dragoman runs --archive relations",
        verify: "dragoman verify --archive relations",
        compact: "dragoman compact events --archive relations",
        vacuum: "dragoman vacuum --hours 24 --dry-run",
        migrate: "dragoman migrate --archive relations",
        reread: "dragoman reread --archive relations --json",
    }
    for command, example in examples.items():
        app.command(epilog=f"Example: {example}")(command)


def add(
    articles: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="ARTICLE",
            help="Files (HTML, text, Markdown, PDF, JSONL, CSV, Parquet, WARC, saved feeds), folders or quoted globs; "
            "- for standard input.",
            show_default=False,
        ),
    ] = None,
    archive: Folder = None,
    workers: Workers = 1,
    ray: Annotated[
        str | None,
        typer.Option("--ray", metavar="ADDRESS", help="Read on a Ray cluster instead, or local.", show_default=False),
    ] = None,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Read the inputs that failed before, and no others.")
    ] = False,
    published: Annotated[
        str | None,
        typer.Option("--published", metavar="DATE", help="Publication date (YYYY-MM-DD) that goes before the articles' own."),
    ] = None,
    profile: Annotated[
        str | None, typer.Option("--profile", metavar="NAME", help="Model profile; fast is for volume.", show_default=False)
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Read articles into the archive. What is in it already is passed over; stopping and starting again loses nothing."""
    if not articles and not retry_failed:
        raise UsageError("no article was named; give files, folders or globs, or --retry-failed")
    if articles and retry_failed:
        raise UsageError("articles and --retry-failed were both given; --retry-failed takes the inputs that failed before")
    progress = Progress(sys.stderr)
    try:
        added = open_archive(archive).add(
            articles or [],
            workers=workers,
            ray=ray,
            profile=profile,
            published=None if published is None else day(published),
            retry_failed=retry_failed,
            tell=lambda told: progress.say(_words(told)),
        )
    finally:
        progress.clear()
    _report(added, as_json)
    if added.failures:
        raise typer.Exit(1)


def _words(told: adding.Progress) -> str:
    words = f"{told.inputs:,} of {told.of:,} inputs, {told.articles:,} articles, {told.rate:.1f} a second"
    if told.failed:
        words += f", {told.failed:,} failed"
    if told.left is not None:
        words += f", {_time(told.left)} left"
    return f"{words}: {told.doing}"


def _time(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return (
        f"{minutes // 60} h {minutes % 60:02d} min"
        if minutes >= 60
        else f"{minutes} min {rest:02d} s"
        if minutes
        else f"{rest} s"
    )


def _report(added: adding.Added, as_json: bool) -> None:
    for failure in added.failures:
        complain(failure.words)
    row = {
        "run": added.run,
        "articles": added.articles,
        "events": added.events,
        "passed over": added.passed,
        "failed": len(added.failures),
        "seconds": round(added.seconds, 1),
    }
    if as_json:
        print(json.dumps([{**row, "failures": [failure.words for failure in added.failures]}], ensure_ascii=False, indent=1))
        return
    print(
        f"{added.articles:,} articles with {added.events:,} events added in {added.seconds:.1f} s; "
        f"{added.passed:,} were there already, {len(added.failures):,} failed"
    )
    if added.failures:
        complain("what failed is in the table failures; dragoman add --retry-failed reads it again")


def runs(
    archive: Folder = None,
    last: Annotated[int, typer.Option("--last", metavar="N", min=1, help="Only the last N.")] = 20,
    as_json: AsJson = False,
) -> None:
    """List the commands that wrote to the archive, the last ones first."""
    table = open_archive(archive).table("runs").sort_by([("started", "descending"), ("id", "ascending")])
    rows = table.slice(0, last).to_pylist()
    if as_json:
        print_rows([{name: _plain(value) for name, value in row.items()} for row in rows], as_json)
        return
    counts = ("status", "articles", "events", "failed")
    print_rows(
        [{"run": row["id"], "command": row["command"], **_when(row), **{c: row[c] for c in counts}} for row in rows], False
    )


def _plain(value: Any) -> Any:
    return value.isoformat(timespec="seconds") if isinstance(value, datetime) else value


def _when(row: dict[str, Any]) -> dict[str, str]:
    """When a run began, in UTC as all times of an archive, and how long it took."""
    return {"started (UTC)": f"{row['started']:%Y-%m-%d %H:%M}", "took": _time((row["ended"] - row["started"]).total_seconds())}


def verify(archive: Folder = None, as_json: AsJson = False) -> None:
    """Check that every row stands where it says: files, ids, offsets, evidence, references. Ends with 1 if not."""
    from dragoman.archive.verify import verify as check

    opened, progress = open_archive(archive), Progress(sys.stderr)
    try:
        found = check(opened, tell=lambda what: progress.say(f"checking {what}"))
    finally:
        progress.clear()
    rows = [{"table": f.table, "problem": f.problem, "rows": f.count, "examples": ", ".join(f.examples)} for f in found]
    if as_json or rows:
        print_rows(rows, as_json)
    else:
        held = opened.snapshot().tables
        total = sum(table.rows for table in held.values())
        print(f"{total:,} rows in {len(held)} tables: every one stands where it says")
    if found:
        raise typer.Exit(1)


def compact(
    tables: Annotated[list[str] | None, typer.Argument(metavar="TABLE", help="Only these tables.", show_default=False)] = None,
    archive: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Sort the rows of the tables into few files, so that queries read less. Others may read and add meanwhile."""
    from dragoman.archive.upkeep import compact as run

    progress = Progress(sys.stderr)
    try:
        done = run(open_archive(archive), tables or (), tell=progress.say)
    finally:
        progress.clear()
    rows = [
        {
            "table": d.table,
            "rows": d.rows,
            "files before": d.files_before,
            "files": d.files_after,
            "bytes before": d.bytes_before,
            "bytes": d.bytes_after,
        }
        for d in done
    ]
    print_rows(rows, as_json, empty="nothing to compact")


def vacuum(
    archive: Folder = None,
    hours: Annotated[
        float, typer.Option("--hours", help="Keep files that a batch of the last so many hours had; a reader may have it open.")
    ] = 168.0,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be removed.")] = False,
    as_json: AsJson = False,
) -> None:
    """Remove files that no batch names any more: what compacting replaced, and what killed programs left."""
    from dragoman.archive.upkeep import vacuum as run

    gone = run(open_archive(archive), hours=hours, dry_run=dry_run)
    if as_json:
        print_rows([{"file": name} for name in gone], as_json)
    else:
        print(f"{len(gone):,} files {'would be' if dry_run else 'were'} removed")


def migrate(archive: Folder = None) -> None:
    """Bring an archive that an older Dragoman made into the present shape. One of this version stays as it is."""
    from dragoman.archive.migrating import migrate as run

    progress = Progress(sys.stderr)
    try:
        changed = run(open_archive(archive), tell=progress.say)
    finally:
        progress.clear()
    print(f"migrated: {', '.join(changed)}" if changed else "nothing to migrate")


def reread(
    archive: Folder = None,
    every: Annotated[bool, typer.Option("--all", help="Also what the same models made, because the code has changed.")] = False,
    workers: Workers = 1,
    profile: Annotated[
        str | None, typer.Option("--profile", metavar="NAME", help="Model profile; fast is for volume.", show_default=False)
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Code the stored articles anew after a change of models, and list the rows that are added, gone or changed."""
    progress = Progress(sys.stderr)
    try:
        done = open_archive(archive).reread(
            every=every, workers=workers, profile=profile, tell=lambda n, of: progress.say(f"{n:,} of {of:,} articles")
        )
    finally:
        progress.clear()
    for words in done.failed:
        complain(words)
    for row in done.orphaned:
        complain(f"row {row} is gone, and the correction of it with it; it holds again if the row comes back")
    rows = [{"table": c.table, "row": c.row, "document": c.document, "change": c.how} for c in done.changed]
    print_rows(rows, as_json, empty="no row has changed")
    if not as_json:
        print(f"{done.articles:,} articles coded anew; {sum(done.same.values()):,} rows are the same, {len(rows):,} are not")
    if done.failed:
        raise typer.Exit(1)
