"""Plain English for the record's codes: what a reader sees instead of ``AGREE``, ``planned`` or ``CHN``."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from dragoman import codebook
from dragoman.codebook.events import load as load_events

ROOTS = {
    "AGREE": "agreement",
    "CONSULT": "consultation",
    "SUPPORT": "support",
    "CONCEDE": "concession",
    "COOPERATE": "cooperation",
    "AID": "aid",
    "RETREAT": "retreat",
    "REQUEST": "request",
    "ACCUSE": "accusation",
    "REJECT": "rejection",
    "THREATEN": "threat",
    "PROTEST": "protest",
    "SANCTION": "sanction",
    "MOBILIZE": "mobilisation",
    "COERCE": "coercion",
    "ASSAULT": "assault",
}
MODALITIES = {
    "happened": "happened",
    "ongoing": "ongoing",
    "planned": "planned",
    "hypothetical": "hypothetical",
    "denied": "denied",
}
HOW = {
    "explicit": "written in the text",
    "relative": "reckoned from the day of publication",
    "dateline": "taken from the dateline",
    "metadata": "taken from the page's metadata",
    "inferred": "inferred",
}
SECTORS = {
    "GOV": "government",
    "MIL": "military",
    "COP": "police",
    "JUD": "courts",
    "LEG": "parliament",
    "PTY": "party",
    "OPP": "opposition",
    "REB": "armed group",
    "BUS": "business",
    "JRN": "press",
    "NGO": "non-governmental organisation",
    "IGO": "intergovernmental organisation",
    "CVL": "civilians",
    "UNK": "not known",
}
STANCES = {1: "friendly to", -1: "hostile to", 0: "about"}
MONTHS = "January February March April May June July August September October November December".split()
OTHERS = {"IGO": "International organisations", "NGO": "Non-governmental organisations", "XXX": "Unknown"}


@cache
def _states() -> dict[str, str]:
    return {state.id: state.name for state in codebook.load().states}


def state(code: str | None) -> str:
    """The name of a country code; the code itself where the codebook has no state of it."""
    if code is None:
        return "unknown"
    return _states().get(code) or OTHERS.get(code) or code


def states() -> dict[str, str]:
    """Every country code of the codebook with its name."""
    return dict(_states())


def root(code: str | None, mode: str | None = None) -> str:
    """``agreement (sign)``."""
    label = ROOTS.get(code or "", (code or "event").lower())
    return f"{label} ({mode})" if mode else label


def covers(code: str) -> str:
    """What a root covers, in the codebook's words."""
    found = load_events().roots.get(code)
    return found.covers if found else ""


def day(on: date | None) -> str:
    """``25 July 2031``."""
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}" if on else ""


def month(on: date) -> str:
    return f"{MONTHS[on.month - 1]} {on.year}"


def dates(text: str) -> str:
    """The text with its ISO dates as a reader writes them: ``2031-07-25`` is ``25 July 2031``. What no calendar has stays."""

    def written(found: re.Match[str]) -> str:
        try:
            return day(date.fromisoformat(found.group()))
        except ValueError:
            return found.group()

    return re.sub(r"(?<![\w-])\d{4}-\d\d-\d\d(?![\w-])", written, text)


def interval(start: date | None, end: date | None, precision: str | None) -> str:
    """A date as precise as it is known: ``June 2031``, ``2031``, ``28 July – 3 August 2031``; empty where there is none."""
    if start is None or end is None:
        return day(start or end)
    if start == end:
        return day(start)
    if precision == "month":
        return month(start)
    if precision == "year":
        return str(start.year)
    if precision == "decade":
        return f"the {start.year}s"
    if precision == "quarter":
        return f"{'first second third fourth'.split()[(start.month - 1) // 3]} quarter of {start.year}"
    if start.year == end.year:
        left = str(start.day) if start.month == end.month else f"{start.day} {MONTHS[start.month - 1]}"
        return f"{left} – {day(end)}"
    return f"{day(start)} – {day(end)}"


def count(number: int, one: str, many: str | None = None) -> str:
    """``1 event``, ``2,143 events``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
