"""The site as an ASGI application, with nothing that writes unless review is on."""

from __future__ import annotations

from importlib import metadata
from pathlib import Path

from starlette.applications import Starlette

from dragoman.archive.archive import Archive
from dragoman.web import security
from dragoman.web.data.copies import Copies
from dragoman.web.problem_pages import handlers
from dragoman.web.review import Desk
from dragoman.web.review_routes import review_routes
from dragoman.web.routes import routes
from dragoman.web.server import Options, Server


def create_app(archive: Archive, options: Options | None = None) -> Starlette:
    """The application over an archive. Raises nothing by itself: a missing archive is told on every page."""
    options = options or Options()
    desk = Desk(options.review_token) if options.review_token else None
    copies = Copies(archive, options.seconds, options.copy)
    server = Server(archive, options, metadata.version("dragoman"), copies, desk, _stamp(options.votes))
    app = Starlette(routes=[*review_routes(server), *routes(server)], exception_handlers=handlers(server))
    app.router.redirect_slashes = False
    app.state.copies = copies
    app.add_middleware(security.Guard, hosts=tuple(options.hosts), writes=("/review/",) if desk else ())
    return app


def _stamp(file: str | None) -> tuple[int, int] | None:
    """What tells a file from another one of its name. Votes are read once, so their file is looked at once."""
    if file is None or not Path(file).is_file():
        return None
    found = Path(file).stat()
    return found.st_mtime_ns, found.st_size
