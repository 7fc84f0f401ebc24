"""Files that a caller names for what is written out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dragoman.errors import UsageError


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Raises UsageError, in one line with the reason, where the file cannot be written."""
    try:
        yield
    except OSError as error:
        raise UsageError(f"{path} cannot be written ({error.strerror or error}); give another place") from None
