"""The command line: gathers the commands of ``commands/``; they are thin over ``Reader``, ``Archive`` and ``show``.

Exit codes: 0 done; 1 some inputs failed, each named by one line on standard error, the others done; 2 wrong usage. An article
that is not in English is a failed input: its record is printed, with nothing coded. Ctrl-C ends with 130; a reader that closes
the pipe early (``| head``) is no failure. ``DRAGOMAN_DEBUG=1`` shows the traceback of an unexpected error.
"""

from __future__ import annotations

import logging
import sys
import warnings
from typing import Annotated

import typer

from dragoman.commands import archive, blocs, brief, corrections, dyad, exchange, publish, query, read, serve, votes
from dragoman.commands.common import debug, failure

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main() -> None:
    """The ``dragoman`` command. Never ends in a traceback unless ``DRAGOMAN_DEBUG`` is set."""
    if not debug():
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
        sys.exit(failure(error))


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


for topic in (read, archive, brief, query, corrections, exchange, dyad, votes, blocs, serve, publish):
    topic.register(app)


if __name__ == "__main__":
    main()
