"""Dates in words, as precise as they are known, and the days that a passage names in passing."""

from __future__ import annotations

import re
from datetime import date

from dragoman.brief.english import MONTHS, day_words, iso_words
from dragoman.brief.material import Text, When, iso
from dragoman.coding.times import times
from dragoman.records import Time


def front(when: When) -> str | None:
    """``On 9 May 2025``, ``In May 2025``: None for a span that no plain phrase tells (a season, an open range)."""
    if when.precision == "day":
        return f"On {day_words(when.first)}"
    if when.precision in ("month", "year"):
        return f"In {iso_words(iso(when) or '')}"
    if when.precision == "week":
        return f"In the week of {day_words(when.first)}"
    if when.precision == "range" and when.first.year > 1000 and when.last > when.first:
        return f"Between {day_words(when.first)} and {day_words(when.last)}"
    return None


def reported(text: Text) -> str:
    """How the article that tells something undated is itself dated."""
    day = iso(text.published)
    outlet = f" by {text.outlet}" if text.outlet else ""
    return f"undated, in a report{outlet} of {iso_words(day)}" if day else "undated"


_LEAD = re.compile(r"(?:\b(?:on|in|at|during|this|last|next)\s+(?:the\s+)?)$", re.IGNORECASE)


def settled(words: str, published: str | None, dropped: When | None, *, loose: bool = False) -> str | None:
    """Words with their passing dates made absolute: "on Friday" becomes "on 9 May 2025".

    The expression that gives the event's own date is taken out, since it stands at the front. None where an expression counts
    from a day that is not known: outside its article "last week" would mislead. With ``loose`` such an expression is left out,
    and the sentence is told as undated.
    """
    out = words
    for t in sorted(times(words, published), key=lambda t: -t.start):
        lead = _LEAD.search(out[: t.start])
        if dropped is not None and _same(t, dropped):
            begin = lead.start() if lead else t.start
            out = (out[:begin].rstrip(" ,") + out[t.end :]).strip()
            continue
        if re.search(r"\d{4}", t.text) or t.text.lower() in ("then", "now", "later", "again", "once"):
            continue
        exact = _absolute(t)
        if exact is None:
            if not loose:
                return None
            begin = lead.start() if lead else t.start
            out = (out[:begin].rstrip(" ,") + out[t.end :]).strip()
            continue
        preposition, day = exact
        begin = lead.start() if lead else t.start
        keep = lead[0].lower().split()[0] if lead else None
        out = f"{out[:begin]}{preposition if keep in (None, 'this', 'last', 'next', 'on', 'in') else keep} {day}{out[t.end :]}"
    return re.sub(r"\s{2,}", " ", out)


def _same(t: Time, when: When) -> bool:
    return t.from_ == when.first.isoformat() and t.to == when.last.isoformat()


def _absolute(t: Time) -> tuple[str, str] | None:
    if t.from_ is None or t.precision not in ("day", "week", "month", "year") or re.search(r"\bago\b|\bsince\b", t.text):
        return None
    first = date.fromisoformat(t.from_)
    if t.precision == "day":
        return "on", day_words(first)
    if t.precision == "week":
        return "in", f"the week of {day_words(first)}"
    return "in", f"{MONTHS[first.month - 1]} {first.year}" if t.precision == "month" else str(first.year)
