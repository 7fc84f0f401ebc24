"""What an address may ask for after its question mark: each parameter is declared once, checked by it, and documented by it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dragoman.archive import filters
from dragoman.codebook.events import PLAIN_QUADS, ROOTS
from dragoman.web.problems import BadRequest

MODALITIES = ("happened", "ongoing", "planned", "hypothetical", "denied")
LONGEST = 200  # characters of any value
MOST_WORDS = 8  # of a search: each is looked for in every text


@dataclass(frozen=True, slots=True)
class Parameter:
    """``read`` turns text into a value or raises ValueError; ``expected`` says what it takes; ``schema`` is its JSON schema."""

    name: str
    about: str
    read: Callable[[str], Any]
    expected: str
    schema: dict[str, Any]
    default: Any = None


def _code(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z]{3}", text):
        raise ValueError
    return text.upper()


def _one_of(allowed: Sequence[str]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in allowed:
            raise ValueError
        return text

    return read


def _whole(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", text) or not least <= int(text) <= most:
            raise ValueError
        return int(text)

    return read


def _day(text: str) -> date:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError
    return date.fromisoformat(text)


def _pattern(pattern: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise ValueError
        return text

    return read


def _words(text: str) -> str:
    """One line: control characters become spaces."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def code(name: str, about: str) -> Parameter:
    return Parameter(
        name, about, _code, "a state's code of three letters, such as CHN", {"type": "string", "pattern": "^[A-Za-z]{3}$"}
    )


def choice(name: str, about: str, allowed: Sequence[str], default: str | None = None) -> Parameter:
    return Parameter(
        name, about, _one_of(allowed), "one of " + ", ".join(allowed), {"type": "string", "enum": list(allowed)}, default
    )


def whole(name: str, about: str, least: int, most: int, default: int | None = None) -> Parameter:
    schema: dict[str, Any] = {"type": "integer", "minimum": least, "maximum": most}
    if default is not None:
        schema["default"] = default
    return Parameter(name, about, _whole(least, most), f"a whole number from {least} to {most}", schema, default)


def day(name: str, about: str) -> Parameter:
    return Parameter(name, about, _day, "a day, such as 2031-03-02", {"type": "string", "format": "date"})


def text(name: str, about: str) -> Parameter:
    return Parameter(name, about, _words, f"at most {LONGEST} characters", {"type": "string", "maxLength": LONGEST})


def query(where: str) -> Parameter:
    """The parameter ``q``, which ``parts`` takes apart."""
    return text("q", f"words that all stand in the {where}, at most {MOST_WORDS}; what stands in double quotation marks is one")


def parts(asked: str | None) -> tuple[str, ...]:
    """The words of a ``q`` in small letters, as of the option ``--text``. Raises BadRequest for too many."""
    found = tuple(filters.words(asked)) if asked else ()
    if len(found) > MOST_WORDS:
        raise BadRequest(
            f"q has {len(found)} words; a search takes at most {MOST_WORDS}: leave some out, or put a phrase in double "
            "quotation marks"
        )
    return found


def row_id(name: str, about: str) -> Parameter:
    return Parameter(
        name, about, _pattern("[0-9a-f]{16}"), "an id of sixteen hex digits", {"type": "string", "pattern": "^[0-9a-f]{16}$"}
    )


def actor(name: str, about: str) -> Parameter:
    pattern = r"[A-Za-z0-9_.'\-]{2,120}"
    return Parameter(
        name,
        about,
        _pattern(pattern),
        "an actor's id, such as NOR.GOV.jonas-dahl",
        {"type": "string", "pattern": f"^{pattern}$"},
    )


SOURCE = code("source", "country of the source")
TARGET = code("target", "country of the target")
STATE = code("state", "country of the source or of the target")
ACTOR = actor("actor", "id of the source or of the target")
ROOT = choice("root", "root of the event", ROOTS)
QUAD = whole("quad", ", ".join(f"{quad} {name}" for quad, name in PLAIN_QUADS.items()), 1, 4)
MODALITY = choice("modality", "whether it happened", MODALITIES)
PLACE = code("place", "country of the place")
OUTLET = text("outlet", "name of the outlet")
SINCE = day("since", "first day")
UNTIL = day("until", "last day")
QUERY = query("passage")
DOCUMENT = row_id("document", "id of the article")
LIMIT = whole("limit", "most rows", 1, 1000, 100)
OFFSET = whole("offset", "rows to pass over", 0, 1_000_000, 0)
PAGE = whole("page", "page of the results", 1, 50, 1)


def read(declared: Iterable[Parameter], given: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """The values of a query, defaults filled in; an empty value counts as not given.

    Raises BadRequest for an unknown name, a name given twice, and a value that does not read.
    """
    known = {parameter.name: parameter for parameter in declared}
    found: dict[str, Any] = {name: parameter.default for name, parameter in known.items()}
    seen: set[str] = set()
    for name, value in given:
        if name not in known:
            expected = ", ".join(known) or "none"
            raise BadRequest(f"there is no parameter {name[:40]!r} here; known are {expected}")
        if name in seen:
            raise BadRequest(f"{name} is given twice; give it once")
        seen.add(name)
        if value == "":
            continue
        try:
            if len(value) > LONGEST:
                raise ValueError
            found[name] = known[name].read(value)
        except ValueError:
            raise BadRequest(f"{name}={value[:40]!r} does not read; expected {known[name].expected}") from None
    if found.get("since") and found.get("until") and found["since"] > found["until"]:
        raise BadRequest(f"since {found['since']} is after until {found['until']}; exchange them")
    return found
