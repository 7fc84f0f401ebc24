"""When: time expressions, the calendar of an article, and the years that its anniversaries imply."""

from __future__ import annotations

from dragoman.coding.times.anniversaries import implied_years
from dragoman.coding.times.calendar import Calendar
from dragoman.coding.times.reading import times

__all__ = ["Calendar", "implied_years", "times"]
