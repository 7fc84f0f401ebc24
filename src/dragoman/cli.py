"""The command line: thin over ``Reader`` and ``show``.

Exit codes: 0 done; 1 some inputs failed, each named by one line on standard error, the others done; 2 wrong usage. An article
that is not in English is a failed input: its record is printed, with nothing coded. Ctrl-C ends with 130; a reader that closes
the pipe early (``| head``) is no failure. ``DRAGOMAN_DEBUG=1`` shows the traceback of an unexpected error.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any

import typer

from dragoman.errors import DragomanError, UsageError

if TYPE_CHECKING:
    from dragoman.read import Source
    from dragoman.reader import Reader
    from dragoman.records import Record

TABLES = ("actors", "events", "statements", "instruments", "figures", "discrepancies", "discards", "sentences")
ISSUES = "please report it with the input and the lines that DRAGOMAN_DEBUG=1 shows"

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main() -> None:
    """The ``dragoman`` command. Never ends in a traceback unless ``DRAGOMAN_DEBUG`` is set."""
    if not _debug():
        # Parsers warn about every odd page they meet; what a user must know is said by our own errors and discards.
        warnings.simplefilter("ignore")
        logging.getLogger().addHandler(logging.NullHandler())
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character shows its escape, which is valid JSON too.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        app(prog_name="dragoman")
    except Exception as error:
        sys.exit(_failure(error))


def _version(wanted: bool) -> None:
    if wanted:
        from dragoman import __version__

        typer.echo(f"dragoman {__version__}")
        raise typer.Exit


@app.callback(no_args_is_help=True)
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Read news and documents about states into a sourced record of their relations."""


@app.command(
    no_args_is_help=True,
    epilog="Example: dragoman read article.html 'news/*.txt' --published 2031-03-02",
)
def read(
    articles: Annotated[
        list[str],
        typer.Argument(
            metavar="ARTICLE",
            help="Files (HTML, text, Markdown, PDF, JSONL, CSV), folders or quoted globs; - for standard input.",
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
        published = _day(published)
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
        _leave_the_pipe()
    finally:
        job.progress.clear()
    if job.failed:
        if job.tried > 1:
            _complain(f"{job.failed} of {job.tried} inputs failed")
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
                reader = load_reader(self.profile)
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
        _complain(f"{source}: the text is in {name(language)}; Dragoman codes English, so nothing was coded")

    def _fail(self, error: Exception, source: str) -> None:
        self.tried += 1
        self.failed += 1
        self.progress.clear()
        _failure(error, source)

    @property
    def single(self) -> bool:
        """One file or standard input was named, so that ``--json`` prints an object and not an array."""
        return len(self.arguments) == 1 and (Path(self.arguments[0]).is_file() or self.arguments[0] == "-")


def load_reader(profile: str | None) -> Reader:
    """The reader, imported only now: ``--help`` and a wrong option do not wait for models."""
    from dragoman.reader import load

    return load(profile=profile) if profile else load()


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise UsageError(f"--published {text!r} is not a date; write it as 2031-03-02") from None


# What is printed


def _print_for_people(job: _Job, table: str | None, explain: bool) -> None:
    from rich.console import Console

    from dragoman.show import DEFAULT_SECTIONS, show

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


# What goes wrong


def _failure(error: Exception, source: str | None = None) -> int:
    """Name an error in one line on standard error; return the exit code."""
    if _debug():
        import traceback

        traceback.print_exception(error)
    if isinstance(error, DragomanError):
        _complain(str(error))
        return error.exit_code
    kind = type(error).__name__
    place = f"{source}: " if source else ""
    _complain(f"{place}unexpected {kind}: {' '.join(str(error).split())[:200]}; {ISSUES}")
    return 1


def _complain(message: str) -> None:
    from dragoman.show import clean

    print(f"dragoman: {clean(message)}", file=sys.stderr)


def _leave_the_pipe() -> None:
    """Nobody reads any more: end quietly, without the interpreter's complaint when it flushes at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(0)


def _debug() -> bool:
    return os.environ.get("DRAGOMAN_DEBUG", "") not in ("", "0")


class Progress:
    """What is being done, on a terminal's standard error, once it has taken longer than two seconds."""

    def __init__(self, stream: IO[str], after: float = 2.0) -> None:
        self._stream = stream
        self._after = after
        self._status: Any = None
        self._timer: Any = None

    def say(self, words: str) -> None:
        """Show these words now if something is shown already, else when ``after`` seconds have passed."""
        if not self._stream.isatty():
            return
        from threading import Timer

        from rich.console import Console
        from rich.text import Text

        from dragoman.show import clean

        text = Text(clean(words))
        if self._status is not None:
            self._status.update(text)
            return
        self._status = Console(file=self._stream).status(text)
        self._timer = Timer(self._after, self._status.start)
        self._timer.daemon = True
        self._timer.start()

    def wait(self, seconds: float) -> None:
        """Wait until the words are shown, at most so long."""
        if self._timer is not None:
            self._timer.join(seconds)

    def clear(self, output: IO[str] | None = None) -> None:
        """Take the words away before something else is printed; with ``output`` only if that is a terminal too."""
        if self._status is None or (output is not None and not output.isatty()):
            return
        self._timer.cancel()
        self._status.stop()
        self._status = self._timer = None


if __name__ == "__main__":
    main()
