"""Numbers as a text writes them: "1.5 million", "two dozen", "$5 to $10 billion", "at least 12", "145%".

What is no quantity is left out here: years, days of a month, times of day, ages, ordinals, scores, numbers in names
("Boeing 737", "Resolution 1701", "F-16") and numbers that only count time ("six years"). Vague words ("hundreds of",
"dozens") have no number and give none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.coding.findings.number_words import (
    BOUND_AFTER,
    BOUND_BEFORE,
    CURRENCY_AFTER,
    CURRENCY_WORDS,
    DATE_AFTER,
    DATE_BEFORE,
    DIGITS,
    NAME_BEFORE,
    NUMBER,
    PERSONS_AFTER,
    QUALIFIED,
    SCALES,
    SCORE_BEFORE,
    SMALL,
    SYMBOLS,
    TIME_AFTER,
    YEAR,
)


@dataclass(frozen=True, slots=True)
class Number:
    """One quantity. ``start``/``end`` span its words with symbol, scale and percent sign, ``hull`` starts at its bound ("at
    least").

    ``to`` is the upper end of a range; ``value`` then is the lower. ``bound`` is at least, at most, about, or None for an
    exact figure. ``currency`` is an ISO 4217 code.
    """

    start: int
    end: int
    hull: int
    value: float
    to: float | None
    bound: str | None
    currency: str | None
    percent: bool


def value_of(words: str) -> float | None:
    """The number that the words name, None where they name none: ``value_of("1.5 million") == 1_500_000.0``."""
    text = words.strip().lower()
    digits = re.match(DIGITS, text)
    total = 0.0
    current: float | None = None
    if digits:
        current = float(digits.group().replace(",", ""))
        text = text[digits.end() :]
    for word in re.findall(r"[a-z]+", text):
        if word in ("and", "a", "an"):
            continue
        if word == "half":
            current = 0.5 if current is None else current + 0.5
        elif word in SMALL:
            current = (current or 0.0) + SMALL[word]
        elif word in SCALES:
            scaled = (1.0 if current is None else current) * SCALES[word]
            if word in ("hundred", "dozen"):
                current = scaled
            else:
                total, current = total + scaled, None
        else:
            return None
    if digits is None and current is None and total == 0.0:
        return None
    return round(total + (current or 0.0), 6)


def numbers(text: str, start: int = 0, end: int | None = None) -> Iterator[Number]:
    """The quantities of ``text[start:end]`` in order; offsets are into ``text``."""
    end = len(text) if end is None else end
    at = start
    while at < end:
        match = NUMBER.search(text, at, end)
        if match is None:
            return
        at = max(match.end(), at + 1)
        found = _read(text, match, start, end)
        if found is None:
            continue
        yield from found
        at = max(at, found[-1].end)


def _read(text: str, match: re.Match[str], start: int, end: int) -> list[Number] | None:
    """The one or two quantities of a match; None where it is no quantity."""
    before = text[max(start, match.start() - 60) : match.start()]
    joint = (match["joint"] or "").strip().lower()
    if match["b"] is None:
        one = _single(text, match, match["a"], match.end("a"), bool(match["pa"]), before, end)
        return None if one is None else [one]
    ends = _ends(match, joint, before)
    if ends is not None:
        return _range(text, match, ends, before, end)
    if joint not in ("and", "to", "or") or (joint != "and" and SCORE_BEFORE.search(before)):
        return None
    first = _single(text, match, match["a"], match.end("a"), bool(match["pa"]), before, end, followed=match["b"])
    second = NUMBER.match(text, match.start("symbol2") if match["symbol2"] else match.start("b"), end)
    later = None if second is None else _read(text, second, start, end)
    return ([first] if first else []) + (later or []) or None


def _ends(match: re.Match[str], joint: str, before: str) -> tuple[float, float] | None:
    """The ends of a range, a scale said once for both ("5 to 10 billion"); None where two numbers are no range."""
    low, high = value_of(match["a"]), value_of(match["b"])
    if low is None or high is None:
        return None
    if _scale(match["a"]) == 1:
        low *= _scale(match["b"])
    if not low < high or not _joins(match, joint, before):
        return None
    return low, high


def _joins(match: re.Match[str], joint: str, before: str) -> bool:
    """Whether what stands between and before two numbers makes them the ends of a range."""
    if YEAR.match(match["a"]) or SCORE_BEFORE.search(before):
        return False
    if joint == "and":
        return bool(re.search(r"\bbetween\s+$", before, re.IGNORECASE))
    if joint in ("to", "or"):
        return not re.search(r"\bfrom\s+$", before, re.IGNORECASE)
    return True


def _scale(words: str) -> float:
    """What the last word multiplies by: a million for "2 million", 1 for a bare number."""
    tail = re.search(r"([a-z]+)$", words.lower())
    return SCALES.get(tail[1], 1.0) if tail else 1.0


def _range(text: str, match: re.Match[str], ends: tuple[float, float], before: str, end: int) -> list[Number] | None:
    percent = bool(match["pb"])
    stop = match.end()
    currency, stop = _currency(text, match["symbol"] or match["symbol2"], stop, end)
    if currency is None and not percent and _is_none(text, match.end(), match["b"], before, end):
        return None
    hull = match.start() - _bound_length(before)[0]
    return [Number(match.start(), stop, hull, *ends, None, currency, percent)]


def _single(
    text: str, match: re.Match[str], words: str, stop: int, percent: bool, before: str, end: int, followed: str | None = None
) -> Number | None:
    value = value_of(words)
    if value is None or (followed is not None and YEAR.match(words)):
        return None  # "in 2009 to $5 million": the year takes no money from the sum behind it
    if percent:
        stop = match.end("pa")
    currency, stop = _currency(text, match["symbol"], stop, end)
    if followed is not None and currency is None and not percent:
        # "10 to 15 percent", "5 and 6 million dollars": the unit and scale stand once, at the second.
        if match["pb"]:
            percent = True
        else:
            currency = _currency(text, match["symbol2"], match.end(), end)[0]
            if currency and _scale(words) == 1:
                value *= _scale(followed)
    if currency is None and not percent and _is_none(text, match.end("a"), words, before, end):
        return None
    length, bound = _bound_length(before)
    after = BOUND_AFTER.match(text, stop, end)
    if after and bound is None:
        bound = {"more": "at least", "so": "about"}.get(after[1].lower(), "at most")
    return Number(match.start(), stop, match.start() - length, value, None, bound, currency, percent)


def _bound_length(before: str) -> tuple[int, str | None]:
    """How many characters a bound takes directly before a number, and its name; 0 and None without one."""
    for pattern, name in BOUND_BEFORE:
        found = pattern.search(before)
        if found:
            return len(found[1]), name
    return 0, None


def _currency(text: str, symbol: str | None, stop: int, end: int) -> tuple[str | None, int]:
    """ISO code of the money named by the symbol or by the word after, and where its words end."""
    code = SYMBOLS.get(symbol.strip().lower()) if symbol else None
    after = CURRENCY_AFTER.match(text, stop, end)
    if code is not None or after is None:
        return code, stop
    word = after["word"].lower()
    code = CURRENCY_WORDS[word]
    adjective = (after["adjective"] or "").lower()
    return QUALIFIED.get((adjective, code), code), after.end()


def _is_none(text: str, stop: int, words: str, before: str, end: int) -> bool:
    """Whether a number is no quantity: a year, a day, a time, an age, a part of a name, the marker of a list."""
    after = text[stop : min(end, stop + 40)]
    if YEAR.match(words) and not (words.endswith("00") and PERSONS_AFTER.match(after)):
        return True
    if TIME_AFTER.match(after) or DATE_AFTER.match(after) or NAME_BEFORE.search(before) or DATE_BEFORE.search(before):
        return True
    if re.match(r"^(?:,\s|\)|\.\s*[A-Z(])", after) and re.search(r"[A-Z][\w’'.-]+(?:,\s|\s\()$", before):
        return True  # an age in apposition ("Anna Berg, 45, said") or the marker of a list
    return bool(re.search(r"(?:^|\n)\s*[(\[]?$", before) and re.match(r"^[.)\]]\s", after))
