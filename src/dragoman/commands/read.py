"""``dragoman read``: articles in, records out."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.commands import common
from dragoman.commands.common import Progress, complain, day, failure, leave_the_pipe
from dragoman.errors import UsageError

if TYPE_CHECKING:
    from dragoman.read import Source
    from dragoman.reader import Reader
    from dragoman.records import Record

TABLES = ("actors", "events", "statements", "instruments", "figures", "discrepancies", "discards", "sentences")


def register(app: typer.Typer) -> None:
    app.command(
        no_args_is_help=True,
        epilog="Example: dragoman read article.html 'news/*.txt' --published 2031-03-02",
    )(read)


def read(
    articles: Annotated[
        list[str],
        typer.Argument(
            metavar="ARTICLE",
            help="Files (HTML, text, Markdown, PDF, JSONL, CSV, Parquet, WARC, saved feeds), folders or quoted globs; "
            "- for standard input.",
            show_default=False,
        ),
    ],
    as_json: Annotated[
        bool,
        typer.Option("--json", help="A JSON record for one article, an array for several; with --table an array of rows."),
    ] = False,
    as_lines: Annotated[bool, typer.Option("--jsonl", help="One JSON record (with --table: row) a line.")] = False,
    table: Annotated[str | None, typer.Option("--table", metavar="NAME", help=f"Only one table: {', '.join(TABLES)}.")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Give for each row the words, rule or model it rests on.")] = False,
    published: Annotated[
        str | None,
        typer.Option("--published", metavar="DATE", help="Publication date (YYYY-MM-DD) that goes before the article's own."),
    ] = None,
    profile: Annotated[
        str | None, typer.Option("--profile", metavar="NAME", help="Model profile; fast is for volume.", show_default=False)
    ] = None,
) -> None:
    """Read articles and print who did and said what to whom, with the sentence behind every row."""
    if as_json and as_lines:
        raise UsageError("--json and --jsonl were both given; choose one")
    if table is not None and table not in TABLES:
        raise UsageError(f"there is no table {table!r}; choose one of {', '.join(TABLES)}")
    if published is not None:
        published = day(published)
    job = _Job(articles, published, profile)
    try:
        if as_lines:
            _print_lines(job, table, explain)
        elif as_json:
            _print_json(job, table, explain)
        else:
            _print_for_people(job, table, explain)
        sys.stdout.flush()
    except BrokenPipeError:
        leave_the_pipe()
    finally:
        job.progress.clear()
    if job.failed:
        if job.tried > 1:
            complain(f"{job.failed} of {job.tried} inputs failed")
        raise typer.Exit(1)


# What is read


@dataclass
class _Job:
    """One run of ``read``: its inputs, and the count of those that failed."""

    arguments: list[str]
    published: str | None
    profile: str | None
    tried: int = 0
    failed: int = 0
    progress: Progress = field(default_factory=lambda: Progress(sys.stderr))

    def records(self) -> Iterator[Record]:
        """The records in the order of the arguments; what fails is named on standard error and counted."""
        from dragoman.read import sources

        reader: Reader | None = None
        for source in sources(self.arguments):
            self.progress.say(f"reading {source.name}")
            if reader is None:
                reader = common.load_reader(self.profile)
            yield from self._read(reader, source)

    def _read(self, reader: Reader, source: Source) -> Iterator[Record]:
        records = reader.pipe([source], published=self.published)
        while True:
            # Only what reading raises is caught here, not what happens to the record where it is printed.
            try:
                record = next(records, None)
            except UsageError:
                raise
            except Exception as error:
                self._fail(error, source.name)
                return
            if record is None:
                return
            self.tried += 1
            if record.article.language not in (None, "en"):
                self._foreign(record.article.language, source.name)
            yield record

    def _foreign(self, language: str, source: str) -> None:
        from dragoman.read.language import name

        self.failed += 1
        self.progress.clear()
        complain(f"{source}: the text is in {name(language)}; Dragoman codes English, so nothing was coded")

    def _fail(self, error: Exception, source: str) -> None:
        self.tried += 1
        self.failed += 1
        self.progress.clear()
        failure(error, source)

    @property
    def single(self) -> bool:
        """One file or standard input was named, so that ``--json`` prints an object and not an array."""
        return len(self.arguments) == 1 and (Path(self.arguments[0]).is_file() or self.arguments[0] == "-")


# What is printed


def _print_for_people(job: _Job, table: str | None, explain: bool) -> None:
    from rich.console import Console

    from dragoman.show.record import DEFAULT_SECTIONS, show

    console = Console(highlight=False, markup=False, emoji=False)
    sections = (table,) if table else DEFAULT_SECTIONS
    for number, record in enumerate(job.records()):
        job.progress.clear()
        if number:
            console.rule(style="dim")
        show(record, console, sections=sections, explain=explain)


def _print_lines(job: _Job, table: str | None, explain: bool) -> None:
    for record in job.records():
        job.progress.clear(sys.stdout)
        for row in _rows(record, table, explain):
            print(json.dumps(row, ensure_ascii=False))


def _print_json(job: _Job, table: str | None, explain: bool) -> None:
    rows = (row for record in job.records() for row in _rows(record, table, explain))
    first, second = next(rows, None), next(rows, None)
    if job.single and table is None and second is None:
        if first is not None:
            job.progress.clear(sys.stdout)
            print(json.dumps(first, ensure_ascii=False, indent=2))
        return
    separator = "[\n"
    for row in _chain(first, second, rows):
        job.progress.clear(sys.stdout)
        print(separator + json.dumps(row, ensure_ascii=False), end="")
        separator = ",\n"
    print("[]" if separator == "[\n" else "\n]")


def _chain(first: Any, second: Any, rest: Iterator[Any]) -> Iterator[Any]:
    yield from (row for row in (first, second) if row is not None)
    yield from rest


def _rows(record: Record, table: str | None, explain: bool) -> Iterator[dict[str, Any]]:
    """The record, or the rows of one of its tables with the id of their article."""
    whole = record.to_dict(explain=explain)
    if table is None:
        yield whole
        return
    for row in whole["article"]["sentences"] if table == "sentences" else whole[table]:
        yield {"article": record.article.id, **row}
