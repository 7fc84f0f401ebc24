"""``dm.Archive``: the archive of tables, joined to the reader that fills it.

The archive's own layer lies below the reader and takes one from its caller; here the two meet, so that
``archive.add(paths)`` is all that a user writes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from os import PathLike
from typing import TYPE_CHECKING

from dragoman.archive import archive
from dragoman.errors import UsageError

if TYPE_CHECKING:
    from dragoman.archive.adding import Added, Progress
    from dragoman.archive.inputs import Coder
    from dragoman.archive.rereading import Reread
    from dragoman.settings import Settings


class Archive(archive.Archive):
    __doc__ = archive.Archive.__doc__

    def add(
        self,
        paths: str | PathLike[str] | Iterable[str | PathLike[str]] = (),
        *,
        reader: Coder | None = None,
        profile: str | None = None,
        workers: int = 1,
        ray: str | None = None,
        published: str | None = None,
        retry_failed: bool = False,
        tell: Callable[[Progress], None] | None = None,
    ) -> Added:
        """Read articles and put them with all their rows into the archive, in batches that are published as a whole.

        ``paths`` are files (HTML, text, Markdown, PDF, JSONL, CSV, Parquet, WARC, saved feeds), folders or globs. What the
        archive has already is passed over: the same file, and the same text from another one. ``reader`` is one that is loaded
        already; otherwise one of ``profile`` is loaded with the archive's settings when there is something to code. ``workers``
        processes code at the same time (each loads its own reader), or ``ray`` (an address, or ``local``) actors of a Ray
        cluster; the tables are the same. ``published`` (ISO day) goes before the articles' own dates. ``retry_failed`` takes
        the inputs that failed before, and no paths. ``tell`` is called with the progress after every article.

        Stopping it at any point and calling it again gives the same tables as calling it once. Inputs that cannot be read are
        rows of the table ``failures``, with the reason. Raises ArchiveError where the archive cannot be written.
        """
        from dragoman.archive import adding
        from dragoman.read.published import from_value

        day = None if published is None else from_value(published)
        if published is not None and day is None:
            raise UsageError(f"{published!r} is no publication date; expected one such as 2031-03-02")
        named = [paths] if isinstance(paths, (str, PathLike)) else list(paths)
        if retry_failed and named:
            raise UsageError("paths and retry_failed were both given; retry_failed takes the inputs that failed before")
        return adding.add(
            self,
            named,
            loader(reader, profile, self.settings, alone=workers == 1 and ray is None),
            workers=workers,
            ray=ray,
            profile=reader.profile if reader else profile or "default",
            published=day,
            retry=retry_failed,
            tell=tell,
        )

    def reread(
        self,
        *,
        reader: Coder | None = None,
        profile: str | None = None,
        every: bool = False,
        workers: int = 1,
        tell: Callable[[int, int], None] | None = None,
    ) -> Reread:
        """Code the stored articles anew: those that other models or another codebook made, or with ``every`` all.

        Rows that are found again keep their ids; corrections stay with their rows, also where an id changes, and a corrected
        row that is not found again is kept. Returns what was added, is gone, or has other values in some column. ``tell`` is
        called with the articles done and their number.
        """
        from dragoman.archive import rereading

        load = loader(reader, profile, self.settings, alone=workers == 1)
        named = reader.profile if reader else profile or "default"
        return rereading.reread(self, load, every=every, workers=workers, profile=named, tell=tell)


def loader(reader: Coder | None, profile: str | None, settings: Settings, *, alone: bool) -> Callable[[], Coder]:
    """What makes the reader where coding happens: the given one in this process, one like it in every other; where none is
    given, one with these settings."""
    if reader is not None and alone:
        return lambda: reader
    if reader is not None:
        return partial(_load, reader.profile, reader.settings)
    return partial(_load, profile or "default", settings)


def _load(profile: str, settings: Settings) -> Coder:
    from dragoman.reader import load  # imported where something is coded: querying needs no models

    return load(profile=profile, settings=settings)
