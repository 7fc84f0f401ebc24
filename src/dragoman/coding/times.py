"""When: time expressions, the calendar of an article, and the years that its anniversaries imply."""

from __future__ import annotations

from dragoman.coding.time_reading import times

__all__ = ["times"]
