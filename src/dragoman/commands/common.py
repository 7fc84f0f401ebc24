"""What every command shares: errors in one line, progress on a terminal, the reader, days."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from dragoman.errors import DragomanError, UsageError

if TYPE_CHECKING:
    from dragoman.library import Archive
    from dragoman.reader import Reader

# What the plain install leaves out, by the extra that brings it.
EXTRAS = {
    "docx": "docx",
    "fastwarc": "warc",
    "igraph": "measure",
    "leidenalg": "measure",
    "networkx": "measure",
    "pandas": "frames",
    "ray": "ray",
    "resvg_py": "plots",
    "ruptures": "measure",
    "scipy": "measure",
    "weasyprint": "pdf",
}
ISSUES = "please report it with the input and the lines that DRAGOMAN_DEBUG=1 shows"


def load_reader(profile: str | None) -> Reader:
    """The reader, imported only now: ``--help`` and a wrong option do not wait for models."""
    from dragoman.reader import load

    return load(profile=profile) if profile else load()


def day(text: str) -> str:
    """An ISO day as given to ``--published``."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise UsageError(f"--published {text!r} is not a date; write it as 2031-03-02") from None


def failure(error: Exception, source: str | None = None) -> int:
    """Name an error in one line on standard error; return the exit code."""
    if debug():
        import traceback

        traceback.print_exception(error)
    if isinstance(error, DragomanError):
        complain(str(error))
        return error.exit_code
    if isinstance(error, ModuleNotFoundError) and (extra := EXTRAS.get((error.name or "").split(".")[0])):
        complain(f"this needs {error.name}, which is not installed; run: pip install 'dragoman[{extra}]'")
        return UsageError.exit_code
    kind = type(error).__name__
    place = f"{source}: " if source else ""
    complain(f"{place}unexpected {kind}: {' '.join(str(error).split())[:200]}; {ISSUES}")
    return 1


def complain(message: str) -> None:
    from dragoman.archive.outside import clean

    print(f"dragoman: {clean(message)}", file=sys.stderr)


def write_picture(path: Path, drawn: str) -> None:
    """A drawing as the file's ending says: a .png, or the SVG that it is."""
    from dragoman.archive.outputs import writing
    from dragoman.measure.pictures.png import png

    content = png(drawn) if path.suffix.lower() == ".png" else drawn.encode()
    with writing(path):
        path.write_bytes(content)


def leave_the_pipe() -> None:
    """Nobody reads any more: end quietly, without the interpreter's complaint when it flushes at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(0)


def debug() -> bool:
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

        from dragoman.archive.outside import clean

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


# Archives


def archive_option() -> Any:
    """``--archive DIR`` of every command that uses one."""
    import typer

    return typer.Option(
        "--archive", metavar="DIR", envvar="DRAGOMAN_ARCHIVE", help="The archive's folder.", show_default="relations"
    )


def json_option() -> Any:
    """``--json`` of every command that prints a table."""
    import typer

    return typer.Option("--json", help="An array of rows in JSON.")


def open_archive(folder: Path | None) -> Archive:
    """The archive in a folder (by default ``./relations``), imported only now. It need not exist: reading it then says so."""
    from dragoman.library import Archive

    return Archive(folder or Path("relations"))


def print_rows(rows: Sequence[Mapping[str, Any]], as_json: bool, *, empty: str = "no rows") -> None:
    """Rows as a JSON array, or for people as a table; ``empty`` is said on standard error where there are none.

    A table that a terminal has no room for is printed row by row, a line a column; what is piped has its lines whole.
    """
    if as_json:
        print(json.dumps(list(rows), ensure_ascii=False, indent=1, default=str))
        return
    if not rows:
        print(empty, file=sys.stderr)
        return
    from rich.cells import cell_len
    from rich.console import Console
    from rich.table import Table

    from dragoman.archive.outside import clean

    table = Table(box=None, pad_edge=False, header_style="bold")
    names = list(rows[0])
    for name in names:
        value = next((row[name] for row in rows if row[name] is not None), None)
        table.add_column(name, justify="right" if isinstance(value, (int, float)) else "left", overflow="fold")
    cells = [[clean(_shown(value)) for value in row.values()] for row in rows]
    for row in cells:
        table.add_row(*row)
    wide = sum(max(map(cell_len, column)) + 2 for column in zip(names, *cells, strict=True))
    console = Console(highlight=False, markup=False, emoji=False)
    if wide <= console.width or not console.is_terminal:
        Console(highlight=False, markup=False, emoji=False, width=max(wide, console.width)).print(table)
        return
    longest = max(map(cell_len, names))
    for number, row in enumerate(cells, 1):
        console.print(f"{number} of {len(cells)}", style="dim")
        for name, value in zip(names, row, strict=True):
            console.print(f"  {name:{longest}}  {value}", soft_wrap=True)


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else f"{value:,}" if isinstance(value, int) else str(value)
