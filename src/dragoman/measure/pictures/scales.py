"""Scales of a picture, and the round values and days that an axis is labelled with."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Scale:
    """From values to pixels: ``low`` lies at ``start``, ``high`` at ``end``."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        if self.high == self.low:
            return (self.start + self.end) / 2
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


def round_step(span: float, parts: int) -> float:
    """The step of 1, 2 or 5 times a power of ten that cuts a span into at most so many parts."""
    if span <= 0:
        return 1.0
    rough = span / max(1, parts)
    power = 10.0 ** math.floor(math.log10(rough))
    return next((m * power for m in (1, 2, 5) if m * power >= rough * (1 - 1e-9)), 10 * power)


def ticks(low: float, high: float, parts: int = 5) -> list[float]:
    """Round values between two ends."""
    step = round_step(high - low, parts)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [i * step for i in range(first, last + 1)]


def date_ticks(first: date, last: date, parts: int) -> list[tuple[date, str]]:
    """Days to label between two days: years where the span is long, then months, then days."""
    months = (last.year - first.year) * 12 + last.month - first.month
    if months >= 24:
        step = int(max(1, math.ceil(months / 12 / max(1, parts))))
        step = next(s for s in (1, 2, 5, 10, 20, 50, 100, 1000) if s >= step)
        years = range(first.year, last.year + 1)
        return [(date(y, 1, 1), str(y)) for y in years if y % step == 0 and first <= date(y, 1, 1) <= last]
    if months >= 3:
        step = next(s for s in (1, 2, 3, 6, 12) if s * max(1, parts) >= months or s == 12)
        found: list[tuple[date, str]] = []
        for m in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
            day = date(m // 12, m % 12 + 1, 1)
            if m % step == 0 and first <= day <= last:
                found.append((day, f"{day:%b %Y}" if not found or day.month == 1 else f"{day:%b}"))
        return found
    days = max(1, (last - first).days)
    step = next(s for s in (1, 2, 7, 14, 31, 93) if s * max(1, parts) >= days or s == 93)
    shown_days = [first + timedelta(n) for n in range(0, days + 1, step)]
    return [(d, f"{d:%d %b %Y}".lstrip("0") if d == first else f"{d:%d %b}".lstrip("0")) for d in shown_days]
