"""Words of time: every token of a text becomes one letter, so that the grammar can be patterns over a string of letters.

One pass, linear in the text. A word that can mean something else ("may", "march", "second", "fall") keeps its letter of time
only where its neighbours allow it; the grammar then needs no look at the words themselves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dragoman.coding.times.words import (
    ABBREVIATED_DAYS,
    ABBREVIATED_MONTHS,
    CODES,
    COUNTED,
    LEADS_TO_MONTH,
    MONTHS,
    NUMBERED,
    ORDINALS,
    SEASONS,
    SMALL,
    WEEKDAYS,
)

_ISO_DATE = r"\d{4}-\d{2}-\d{2}(?:T[\d:.]+Z?)?|\d{4}/\d{1,2}/\d{1,2}(?![\d/])"
_NUMERIC_DATE = rf"{_ISO_DATE}|\d{{1,2}}/\d{{1,2}}/\d{{2,4}}(?![\d/])|\d{{1,2}}\.\d{{1,2}}\.\d{{4}}(?!\d)"
_CLOCK = r"\d{1,2}(?:[:.]\d{2})?\s?(?:[ap]\.m\.?(?!\w)|[ap]m\b|[AP]\.M\.?(?!\w)|[AP]M\b)|\d{1,2}:\d{2}(?::\d{2})?(?!\d)"
_TOKEN = re.compile(
    rf"(?P<Z>{_NUMERIC_DATE})|(?P<C>{_CLOCK})"
    r"|(?P<s>[12]\d\d0s|[’'‘`]?\d0s)\b"
    r"|(?P<I>[QH][1-4]\b)"
    r"|(?P<o>\d{1,2}(?:st|nd|rd|th)\b)"
    r"|(?P<a>['’‘`]\d\d\b(?!['’]))"
    r"|(?P<n>\d+(?:,\d{3})*(?:\.\d+)?)"
    r"|(?P<q>['’]s\b)"
    r"|(?P<w>FY(?=\d)|[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)*)"
    r"|(?P<b>\n\s*\n)"
    r"|(?P<p>[^\w\s])"
)
_PUNCTUATION = {",": ",", ".": ".", "-": "-", "–": "-", "—": "_", "/": "/", ":": ":", "(": "(", ")": ")"}
_STOPS = frozenset(".!?;")


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text: one letter, one lower-case word and one span each. ``sentence`` numbers the sentences, roughly."""

    text: str
    codes: str
    words: list[str]
    spans: list[tuple[int, int]]
    sentence: list[int]
    paragraph: list[int]

    def value(self, i: int) -> int:
        """The number that token ``i`` stands for: a day, month, weekday, season, ordinal or count; -1 where it is none."""
        return number(self.words[i], self.codes[i])


def number(word: str, code: str) -> int:
    """The number of one word under its letter."""
    if code == "M":
        return MONTHS.get(word) or ABBREVIATED_MONTHS.get(word, -1)
    if code == "D":
        return WEEKDAYS[word] if word in WEEKDAYS else ABBREVIATED_DAYS.get(word, -1)
    if code == "S":
        return SEASONS.get(word, -1)
    if word.isdigit():
        return int(word)
    if code == "Y":
        return int(word[1:])
    digits = word.rstrip("stndrh")
    if digits.isdigit():
        return int(digits)
    return SMALL.get(word, ORDINALS.get(word, -1))


def tokens(text: str) -> Tokens:
    """Cut ``text`` into tokens and give each its letter (``words`` has the legend)."""
    words: list[str] = []
    raw: list[str] = []
    spans: list[tuple[int, int]] = []
    codes: list[str] = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "p"
        word = match.group()
        raw.append(word)
        words.append(word.lower())
        spans.append(match.span())
        codes.append(_code(kind, word, words[-1]))
    shouting = _all_capitals(text)
    for i, code in enumerate(codes):
        if code in "MDSoVe":
            codes[i] = _checked(i, codes, words, raw, shouting)
        elif code == "Y" and not _is_year(i, codes, words, raw):
            codes[i] = "9"
    sentence, paragraph = _numbered(codes, words, raw)
    return Tokens(text, "".join(codes), words, spans, sentence, paragraph)


def _code(kind: str, word: str, lower: str) -> str:
    if kind == "w":
        code = CODES.get(lower)
        if code:
            return code
        return "W" if word[0].isupper() else "w"
    if kind == "n":
        if word.isdigit():
            if len(word) <= 2:
                return "0"
            if len(word) == 4 and 1000 <= int(word) <= 2100:
                return "Y"
        return "9"
    if kind == "p":
        return _PUNCTUATION.get(word, ";" if word in _STOPS else '"')
    return {"Z": "Z", "C": "C", "I": "I", "a": "Y", "s": "s", "o": "o", "q": "'", "b": "|"}[kind]


def _all_capitals(text: str) -> bool:
    letters = text[:4000]
    lower = sum(map(str.islower, letters))
    upper = sum(map(str.isupper, letters))
    return upper > 4 * lower


def _checked(i: int, codes: list[str], words: list[str], raw: list[str], shouting: bool) -> str:
    """The letter of an ambiguous word, or that of a plain word where its neighbours do not speak of time."""
    word, before, after = words[i], codes[i - 1] if i else "|", codes[i + 1] if i + 1 < len(codes) else "|"
    plain = "W" if raw[i][0].isupper() else "w"
    previous = words[i - 1] if i else ""
    if codes[i] == "M":
        return "M" if _is_month(i, codes, words, raw, shouting) else plain
    if codes[i] == "D" and word in ABBREVIATED_DAYS:
        dated = after in "M" or (after in ".,0" and i + 2 < len(codes) and codes[i + 2] in "M0")
        return "D" if raw[i][0].isupper() and (dated or before in "(") else plain
    if codes[i] == "S":
        if word in ("fall", "spring"):
            named = raw[i][0].isupper() and before in "wW" and not shouting
            led = before in "lqpxtfhmceiOY-',J" or previous in ("since", "until", "by", "the", "that", "mid") or after == "Y"
            of_something = after == "O" and (i + 2 >= len(codes) or codes[i + 2] != "Y")
            return "S" if led and not named and not of_something else plain
        return "S"
    if codes[i] == "e" and word in ("end", "start", "beginning", "middle", "close", "turn"):
        return "J" if after == "O" or (word == "end" and before in "-U") else plain
    return codes[i]


def _is_month(i: int, codes: list[str], words: list[str], raw: list[str], shouting: bool) -> bool:
    word, before, after = words[i], codes[i - 1] if i else "|", codes[i + 1] if i + 1 < len(codes) else "|"
    after2 = codes[i + 2] if i + 2 < len(codes) else "|"
    dated = after in "0oY" or (after == "." and after2 in "0oY") or (after == "," and after2 == "Y") or before in "0o"
    dated = dated or (after == "-" and after2 == "M")
    if before == "o" and after in "wW" and word in ("may", "march"):
        dated = False
    led = before in LEADS_TO_MONTH or (i > 0 and words[i - 1] in ("since", "until", "till", "by", "mid", "through"))
    if word in ABBREVIATED_MONTHS and word not in MONTHS:
        return (raw[i][0].isupper() or after == ".") and (dated or (led and after != "W" and after2 != "W"))
    if word not in ("may", "march", "august"):
        return raw[i][0].isupper() or led or dated
    if word == "august":
        return raw[i][0].isupper() or led or dated
    if dated and (raw[i][0].isupper() or before in "0o" or led):
        return True
    if word == "march" and before == "d" and after in "OiR" and after2 != "Y":
        return False
    if raw[i][0].islower():
        return led and before in "iFB" and after in ",.;|)0oY" and words[i - 1] in ("in", "since", "until", "from", "by")
    if shouting:
        return led and before not in ",d" and (word == "march" or before in "iFBltxOeE-")
    return led or before in "'"


def _is_year(i: int, codes: list[str], words: list[str], raw: list[str]) -> bool:
    """Whether a number of four digits is a year: not a count, a price, a resolution or a part of a longer number."""
    if not words[i].isdigit():  # '89
        return i > 0 and (codes[i - 1] in "iOFRdSMe,-" or words[i - 1] in ("and", "class"))
    value = int(words[i])
    before, previous = (codes[i - 1], words[i - 1]) if i else ("|", "")
    following = words[i + 1] if i + 1 < len(words) else ""
    if previous in NUMBERED or (previous in "$£€#¥" and previous):
        return False
    if before == "." and i >= 2 and words[i - 2] in ("no", "res", "nos"):
        return False
    if following in COUNTED or (following == "%"):
        return False
    if before == "-" and i >= 2 and codes[i - 2] in "09":
        return False
    if 1900 <= value <= 2060:
        return (
            previous not in ("than", "least", "most", "about", "some", "nearly", "almost", "approximately", "over")
            or before == "i"
        )
    return previous in (
        "in",
        "since",
        "of",
        "from",
        "by",
        "until",
        "to",
        "between",
        "early",
        "late",
        "year",
        "(",
        "and",
        "after",
        "before",
        "circa",
    ) or (before == "M" or (before == "," and i >= 2 and codes[i - 2] in "0o"))


def _numbered(codes: list[str], words: list[str], raw: list[str]) -> tuple[list[int], list[int]]:
    """Rough sentence and paragraph numbers of the tokens. A full stop ends a sentence where a capital follows and no
    abbreviation stands before it; its letter becomes ";", which no pattern of the grammar crosses."""
    sentence: list[int] = []
    paragraph: list[int] = []
    s = p = 0
    last = len(codes) - 1
    for i, code in enumerate(codes):
        sentence.append(s)
        paragraph.append(p)
        if code == "|":
            p += 1
            s += 1
        elif code == ";" and raw[i] != ";":
            s += 1
        elif code == "." and i and i < last:
            following = raw[i + 1]
            month = codes[i - 1] in "MD" and words[i - 1] not in MONTHS and words[i - 1] not in WEEKDAYS
            abbreviated = (
                month
                or codes[i - 1] == "C"
                or len(words[i - 1]) == 1
                or words[i - 1] in ("mr", "mrs", "dr", "gen", "lt", "col", "sen", "rep", "st")
            )
            if not abbreviated and (following[0].isupper() or following in "\"“'`‘("):
                codes[i] = ";"
                s += 1
    return sentence, paragraph
