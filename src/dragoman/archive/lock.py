"""One writer at a time: a lock file in the archive's folder, which the system lets go when its holder dies."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dragoman.errors import ArchiveError

try:
    import fcntl
except ImportError:  # Windows has another call for the same
    fcntl = None  # type: ignore[assignment]

NAME = ".lock"
_POLL = 0.02  # seconds between two tries; a batch holds the lock for some tenths of a second


@contextmanager
def locked(folder: Path, wait: float) -> Iterator[None]:
    """Hold the archive's lock; wait for another writer at most ``wait`` seconds. Raises ArchiveError then, and where the
    folder cannot be written to."""
    try:
        file = os.open(folder / NAME, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise ArchiveError(
            f"{folder} cannot be written to ({error.strerror}); nothing was changed; "
            "make the folder writable, or copy the archive to one that is"
        ) from None
    try:
        end = time.monotonic() + wait
        while not _taken(file):
            if time.monotonic() > end:
                raise ArchiveError(
                    f"another program has been writing to {folder} for {wait:.0f} seconds; nothing was changed; "
                    "wait until it has ended, then run this again"
                )
            time.sleep(_POLL)
        yield
    finally:
        os.close(file)  # lets the lock go too


def _taken(file: int) -> bool:
    try:
        if fcntl is not None:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        else:
            import msvcrt

            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
    except OSError:
        return False
    return True
