"""Text for a person's eyes: the words for codes, dates, and text from outside without what a terminal would obey."""

from __future__ import annotations

from datetime import date, timedelta

from dragoman.archive.outside import clean
from dragoman.records import Interval

QUAD_STYLE = {1: "green", 2: "bold green", 3: "red", 4: "bold red"}
HOW = {
    "explicit": "written in the text",
    "relative": "reckoned from the publication date",
    "dateline": "from the dateline",
    "metadata": "from the page's metadata",
    "inferred": "inferred",
}
STANCE = {1: "friendly to", -1: "hostile to", 0: "about"}


def shorten(text: str, width: int, start: int = 0, end: int = 0) -> str:
    """At most ``width`` characters of a text around ``start``..``end``, cut at spaces, with dots where it was cut."""
    if len(text) <= width:
        return clean(text)
    room = max(width - (end - start) - 2, 20)
    left = max(0, min(start - room // 3, len(text) - width + 1))
    right = min(len(text), left + width - 2)
    if left > 0:
        space = text.find(" ", left, start)
        left = space + 1 if space >= 0 else left
    if right < len(text):
        space = text.rfind(" ", max(end, left), right)
        right = space if space > 0 else right
    return ("…" if left else "") + clean(text[left:right]) + ("…" if right < len(text) else "")


def dated(interval: Interval | None, *, how: bool = False) -> str:
    """The days with the text's own words, or with how they were found; an empty string where there are none."""
    if interval is None or (interval.from_ is None and interval.to is None):
        return ""
    note = HOW[interval.how] if how else (clean(interval.text or "") or interval.how)
    return f"{_days(interval.from_, interval.to)} ({note})"


def _days(first: str | None, last: str | None) -> str:
    """``2031`` for a whole year, ``2031-07`` for a whole month, else the days; an open end is said."""
    if first is None or last is None:
        return f"until {last}" if first is None else f"from {first}"
    if first == last:
        return clean(first)
    if first[:4] == last[:4] and (first[4:], last[4:]) == ("-01-01", "-12-31"):
        return clean(first[:4])
    next_day = date.fromisoformat(last) + timedelta(days=1)
    if first[:7] == last[:7] and first[7:] == "-01" and next_day.day == 1:
        return clean(first[:7])
    return f"{clean(first)} to {clean(last)}"
