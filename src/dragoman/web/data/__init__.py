"""What the site asks of an archive: the only place of ``web`` that reads tables."""

from __future__ import annotations

from dragoman.web.data.connection import Data, TimedOut, open_copy, open_data
from dragoman.web.data.whole import Row

__all__ = ["Data", "Row", "TimedOut", "open_copy", "open_data"]
