"""What a query asks for, in codes: names of states become codes, days and words are checked, SQL conditions carry bound values.

Nothing of a caller goes into the text of a query: every value is a parameter.
"""

from __future__ import annotations

import re
import shlex
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dragoman import codebook
from dragoman.codebook.events import QUADS, ROOTS
from dragoman.codebook.tables import NO_STATE
from dragoman.errors import UsageError

Codes = str | Sequence[str] | None
"""One code or name, several of them, or None for all."""
Day = str | date | None

MODALITIES = ("happened", "ongoing", "planned", "hypothetical", "denied")


@dataclass(slots=True)
class Where:
    """Conditions that must all hold, and the values of their question marks in order."""

    conditions: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)

    def add(self, condition: str, *values: Any) -> None:
        self.conditions.append(condition)
        self.values.extend(values)

    def among(self, column: str, values: Sequence[Any]) -> None:
        """The column holds one of the values; no values, no condition."""
        if values:
            self.add(f"{column} IN ({_marks(values)})", *values)

    def sql(self) -> str:
        return " AND ".join(f"({c})" for c in self.conditions) or "true"


def many(value: Any) -> tuple[Any, ...]:
    """A single value or None as a tuple."""
    if value is None:
        return ()
    return (value,) if isinstance(value, (str, int, date)) else tuple(value)


def party(side: str, value: Codes, where: Where) -> None:
    """The actor of a side is one of the states or actors named."""
    condition, values = _party(side, value)
    if condition:
        where.add(condition, *values)


def pair(value: str | Sequence[str], where: Where) -> None:
    """Two states or actors, either way round: ``("CHN", "RUS")`` or ``"CHN-RUS"``."""
    sides = apart(value) if isinstance(value, str) else list(value)
    if len(sides) != 2:
        raise UsageError(f"a pair has two sides, found {len(sides)} in {value!r}; write CHN-RUS or ('CHN', 'RUS')")
    (here, ones), (there, others) = (
        (f"({a}) AND ({b})", [*x, *y])
        for (a, x), (b, y) in (
            (_party("source", sides[0]), _party("target", sides[1])),
            (_party("source", sides[1]), _party("target", sides[0])),
        )
    )
    where.add(f"({here}) OR ({there})", *ones, *others)


def apart(text: str) -> list[str]:
    """``CHN-RUS`` in two; of several hyphens (Guinea-Bissau) the one with a known name on either side."""
    parts = text.split("-")
    splits = [["-".join(parts[:n]), "-".join(parts[n:])] for n in range(1, len(parts))]
    known = [split for split in splits if all(map(_found, split))]
    return known[0] if len(known) == 1 else splits[0] if len(splits) == 1 else parts


def _party(side: str, value: Codes) -> tuple[str, list[str]]:
    found = [actor_or_country(text) for text in many(value)]
    conditions, values = [], []
    for column in ("country", "actor"):
        codes = [code for kind, code in found if kind == column]
        if codes:
            conditions.append(f"{side}_{column} IN ({_marks(codes)})")
            values += codes
    return " OR ".join(conditions), values


def actor_or_country(text: str) -> tuple[str, str]:
    """``("country", code)`` of a state, ``("actor", id)`` of an organisation or a person's id. Raises UsageError for others."""
    found = _found(text)
    if found is None:
        book = codebook.load()
        raise UsageError(
            f"no state or organisation {text!r} in the codebook"
            f"{codebook.near_named(text, (*book.states, *book.organisations))}; give an alpha-3 code (CHN), a state's name, "
            "IGO, NGO, an organisation's id (NATO) or an actor's (NOR.GOV.jonas-dahl)"
        )
    return found


def _found(text: str) -> tuple[str, str] | None:
    words = text.strip()
    code = state(words)
    if code is not None:
        return "country", code
    book = codebook.load()
    if book.organisation(words) is not None:
        return "actor", words
    named = book.organisations_by_name(words)
    if len(named) == 1:
        return "actor", named[0].id
    if words.count(".") >= 2:  # NOR.GOV.jonas-dahl
        return "actor", words
    return None


def state(text: str) -> str | None:
    """The alpha-3 code (or IGO, NGO) that a code or a state's name in the codebook stands for; None where it is neither."""
    code = text.strip().upper()
    return code if code in NO_STATE else codebook.state_of(text)


def country(text: str) -> str:
    """As ``state``. Raises UsageError naming what comes near."""
    return state(text) or codebook.require_state(text)


def one_of(column: str, value: Codes, known: Sequence[str]) -> list[str]:
    """The values, each in the list of known ones whatever its case. Raises UsageError that says what is known."""
    spelled = {k.casefold(): k for k in known}
    out = []
    for text in many(value):
        if str(text).casefold() not in spelled:
            raise UsageError(f"no {column} {text!r}{codebook.near(str(text), spelled)}; known are {', '.join(known)}")
        out.append(spelled[str(text).casefold()])
    return out


def roots(value: Codes) -> list[str]:
    return one_of("root", value, ROOTS)


def quads(value: int | str | Sequence[int | str] | None) -> list[int]:
    """Quad classes 1 to 4, by number or by name (``verbal conflict``), ``words`` or ``deeds``."""
    names = {**{str(q): [q] for q in QUADS}, **{name: [q] for q, name in QUADS.items()}, "words": [1, 3], "deeds": [2, 4]}
    return [quad for text in one_of("quad", tuple(str(v) for v in many(value)), tuple(names)) for quad in names[text]]


def day(name: str, value: Day) -> date | None:
    """A day from ISO text; a month or a year stands for its first day (``since``) or its last (``until``)."""
    if value is None or isinstance(value, date):
        return value
    try:
        return outer(value.strip(), last=name == "until")
    except ValueError:
        raise UsageError(f"{name} {value!r} is not a date; write it as 2031-03-02, 2031-03 or 2031") from None


def outer(text: str, *, last: bool) -> date:
    """The first or the last day of a year, a month or a day in ISO text. Raises ValueError for another text."""
    if whole := re.fullmatch(r"([0-9]{4})(?:-([0-9]{2}))?", text):
        year, month = int(whole[1]), int(whole[2] or (12 if last else 1))
        return date(year, month, monthrange(year, month)[1] if last else 1)
    return date.fromisoformat(text)


def period(since: Day, until: Day, first: str, last: str, where: Where) -> None:
    """Rows whose days ``first`` to ``last`` (SQL) meet the interval, both ends included; a row without days is outside it."""
    begin, end = day("since", since), day("until", until)
    if begin and end and begin > end:
        raise UsageError(f"since {begin} is after until {end}; exchange them")
    if begin:
        where.add(f"{last} >= ?", begin)
    if end:
        where.add(f"{first} <= ?", end)


def words(text: str | None) -> list[str]:
    """The parts that a passage must hold, in lower case: single words, and whatever stands in double quotation marks."""
    if text is None:
        return []
    lexer = shlex.shlex(text, posix=True)
    lexer.whitespace_split, lexer.quotes, lexer.escape, lexer.commenters = True, '"', "", ""
    try:
        parts = [part.lower() for part in lexer if part]
    except ValueError:
        raise UsageError(f"a quotation mark is open in {text!r}; close it or leave it out") from None
    if not parts:
        raise UsageError("text is empty; give a word of the sentence, or leave it out")
    return parts


def positive(name: str, value: int | None) -> int | None:
    if value is not None and value < 0:
        raise UsageError(f"{name} {value} is below 0; give the number of rows wanted")
    return value


def _marks(values: Sequence[Any]) -> str:
    return ", ".join("?" * len(values))
