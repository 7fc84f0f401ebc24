"""``dragoman publish``: the archive as a folder of files that needs no server, or as a newsletter."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from dragoman.commands.common import Progress, archive_option, open_archive
from dragoman.errors import UsageError


def register(app: typer.Typer) -> None:
    app.command(no_args_is_help=True, epilog="Example: dragoman publish site --base https://example.org/record/")(publish)


def publish(
    out: Annotated[
        Path | None,
        typer.Argument(
            metavar="[OUT]", help="The folder to write; a site published there before is replaced.", show_default=False
        ),
    ] = None,
    archive: Annotated[Path | None, archive_option()] = None,
    title: Annotated[str, typer.Option("--title", metavar="TEXT", help="Name of the site.")] = "Dragoman",
    base: Annotated[
        str | None, typer.Option("--base", metavar="URL", help="Public address, for canonical links, feeds and the site map.")
    ] = None,
    newsletter: Annotated[
        Path | None,
        typer.Option("--newsletter", metavar="FILE", help="Write what is new of the watched pairs as a mail: .eml or .html."),
    ] = None,
    watch: Annotated[
        list[str] | None,
        typer.Option("--watch", metavar="A-B", help="A pair for the newsletter: CHN-RUS. Give it again for several."),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--since", metavar="DATE", help="The newsletter's first day of publication, month or year; seven days without it."
        ),
    ] = None,
) -> None:
    """Write the whole record as a site of files: pages, tables, feeds, a search index. Open OUT/index.html."""
    if out is None and newsletter is None:
        raise UsageError("nothing to write; name a folder for the site, or --newsletter FILE")
    if newsletter is None and (watch or since):
        raise UsageError("--watch and --since are for a newsletter; add --newsletter FILE")
    opened = open_archive(archive)
    opened.snapshot()  # says at once where there is none
    if newsletter is not None:
        from dragoman.web import newsletter as letters

        told = letters.write(opened, newsletter, watch or (), title=title, base=base, since=since)
        print(f"{newsletter}: {told} events of {len(watch or ())} pairs", file=sys.stderr)
    if out is not None:
        from dragoman.web.publish import publish as write

        progress = Progress(sys.stderr)
        try:
            done = write(opened, out, title=title, base=base, progress=progress.say)
        finally:
            progress.clear()
        print(f"{out}: {done.pages:,} pages, {done.files:,} files, {done.bytes / 1e6:.1f} MB", file=sys.stderr)
