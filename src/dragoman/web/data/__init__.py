"""What the site asks of an archive: the only place of ``web`` that reads tables."""

from __future__ import annotations

from dragoman.web.data.connection import Data, Row, TimedOut, open_data

__all__ = ["Data", "Row", "TimedOut", "open_data"]
