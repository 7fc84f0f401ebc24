"""``dragoman serve``: the archive in the browser."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from dragoman.commands.common import archive_option, open_archive
from dragoman.errors import DragomanError, UsageError

LEAST_TOKEN = 12  # characters of a review token given by hand


def register(app: typer.Typer) -> None:
    app.command(epilog="Example: dragoman serve --archive relations --port 8080")(serve)


def serve(
    archive: Annotated[Path | None, archive_option()] = None,
    port: Annotated[int, typer.Option("--port", metavar="N", min=1, max=65_535, help="Port to listen on.")] = 8080,
    bind: Annotated[
        str, typer.Option("--bind", metavar="ADDRESS", help="Address to listen on; 0.0.0.0 is every one.")
    ] = "127.0.0.1",
    host: Annotated[
        list[str] | None, typer.Option("--host", metavar="NAME", help="A host name to answer to, behind a proxy say.")
    ] = None,
    title: Annotated[str, typer.Option("--title", metavar="TEXT", help="Name of the site.")] = "Dragoman",
    base: Annotated[
        str | None, typer.Option("--base", metavar="URL", help="Public address, for canonical links and feeds.")
    ] = None,
    votes: Annotated[
        Path | None, typer.Option("--votes", metavar="FILE", help="UN votes (un_votes.rda or CSV), for the page of votes.")
    ] = None,
    seconds: Annotated[
        float, typer.Option("--seconds", metavar="S", min=0.1, help="The longest that one query may take.")
    ] = 5.0,
    copy: Annotated[
        bool, typer.Option("--copy/--no-copy", help="Ask a copy of the archive in a temporary file: faster, twice the disk.")
    ] = True,
    review: Annotated[
        bool, typer.Option("--review", help="Let people with the token correct rows; without it nothing writes.")
    ] = False,
    token: Annotated[
        str | None,
        typer.Option(
            "--token",
            metavar="TEXT",
            envvar="DRAGOMAN_REVIEW_TOKEN",
            help="The review's token; made up and printed where none is given.",
        ),
    ] = None,
) -> None:
    """Open the archive in the browser: read-only pages, tables, feeds, and the review if asked for."""
    import secrets

    import uvicorn

    from dragoman.web.app import create_app
    from dragoman.web.pages.measured import votes_of
    from dragoman.web.security import hosts_of
    from dragoman.web.server import Options

    if token is not None and not review:
        raise UsageError("--token is for the review; add --review")
    if token is not None and len(token) < LEAST_TOKEN:
        raise UsageError(f"the token has {len(token)} characters; give at least {LEAST_TOKEN}, or leave it out")
    opened = open_archive(archive)
    opened.snapshot()  # says at once where there is none
    if votes is not None:
        votes_of(str(votes))
    secret = (token or secrets.token_urlsafe(18)) if review else None
    options = Options(title, base, hosts_of(bind, host or ()), seconds, str(votes) if votes else None, secret, copy)
    print(
        f"dragoman: serving {opened.path} at http://{'localhost' if bind == '127.0.0.1' else bind}:{port}/ (Ctrl-C ends)",
        file=sys.stderr,
    )
    if review and token is None:
        print(f"dragoman: review at /review with the token {secret}", file=sys.stderr)
    app = create_app(opened, options)
    try:
        uvicorn.run(
            app,
            host=bind,
            port=port,
            log_level="warning",
            server_header=False,
            h11_max_incomplete_event_size=16_384,
        )
    except SystemExit as error:
        if error.code:
            raise DragomanError(
                f"the server did not start on {bind}:{port}; is the port taken? give another with --port"
            ) from None
    finally:
        app.state.copies.close()
