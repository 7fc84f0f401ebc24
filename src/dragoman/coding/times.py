"""When: time expressions, the calendar of an article, and the years that its anniversaries imply."""

from __future__ import annotations

from dragoman.coding.anniversaries import implied_years
from dragoman.coding.calendar import Calendar
from dragoman.coding.time_reading import times

__all__ = ["Calendar", "implied_years", "times"]
