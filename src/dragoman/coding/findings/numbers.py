"""Numbers as a text writes them: "1.5 million", "two dozen", "$5 to $10 billion", "at least 12", "145%".

What is no quantity is left out here: years, days of a month, times of day, ages, ordinals, scores, numbers in names
("Boeing 737", "Resolution 1701", "F-16") and numbers that only count time ("six years"). Vague words ("hundreds of",
"dozens") have no number and give none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


def _list(words: str) -> list[str]:
    return words.split()


_UNITS = _list(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen "
    "fourteen fifteen sixteen seventeen eighteen nineteen"
)
_TENS = _list("twenty thirty forty fifty sixty seventy eighty ninety")
_SMALL = {word: float(n) for n, word in enumerate(_UNITS)} | {word: 20.0 + 10 * n for n, word in enumerate(_TENS)}
_SCALES = {
    "dozen": 12.0,
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "lakh": 1e5,
    "crore": 1e7,
    "bn": 1e9,
    "tn": 1e12,
    "mn": 1e6,
    "m": 1e6,
    "k": 1e3,
}
_SYMBOLS = {
    "$": "USD",
    "us$": "USD",
    "usd": "USD",
    "a$": "AUD",
    "c$": "CAD",
    "hk$": "HKD",
    "nz$": "NZD",
    "nt$": "TWD",
    "€": "EUR",
    "eur": "EUR",
    "£": "GBP",
    "gbp": "GBP",
    "¥": "JPY",
    "rs": "INR",
    "rs.": "INR",
    "₹": "INR",
    "₽": "RUB",
    "₩": "KRW",
    "₪": "ILS",
    "₴": "UAH",
}
_CURRENCY_WORDS = {
    "dollar": "USD",
    "euro": "EUR",
    "pound": "GBP",
    "sterling": "GBP",
    "yuan": "CNY",
    "renminbi": "CNY",
    "rmb": "CNY",
    "ruble": "RUB",
    "rouble": "RUB",
    "yen": "JPY",
    "rupee": "INR",
    "shekel": "ILS",
    "hryvnia": "UAH",
    "hryvnias": "UAH",
    "franc": "CHF",
    "zloty": "PLN",
    "riyal": "SAR",
    "dirham": "AED",
    "rial": "IRR",
    "lira": "TRY",
    "baht": "THB",
    "rand": "ZAR",
    "naira": "NGN",
}
# The same word is the money of several states: an adjective before it decides ("Canadian dollars").
_QUALIFIED = {
    ("australian", "USD"): "AUD",
    ("canadian", "USD"): "CAD",
    ("singapore", "USD"): "SGD",
    ("taiwan", "USD"): "TWD",
    ("hong kong", "USD"): "HKD",
    ("new zealand", "USD"): "NZD",
    ("pakistani", "INR"): "PKR",
    ("lankan", "INR"): "LKR",
    ("nepalese", "INR"): "NPR",
    ("egyptian", "GBP"): "EGP",
    ("syrian", "GBP"): "SYP",
    ("lebanese", "GBP"): "LBP",
    ("sudanese", "GBP"): "SDG",
    ("belarusian", "RUB"): "BYN",
    ("cfa", "CHF"): "XOF",
    ("omani", "IRR"): "OMR",
    ("qatari", "SAR"): "QAR",
}

_DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:,\d{2})*,\d{3}|\d+(?:\.\d+)?)"
_SCALE = r"(?:dozen|hundred|thousand|million|billion|trillion|lakh|crore)"
_ABBREVIATED = r"(?:bn|tn|mn|m|k)(?![A-Za-z])"
_WORD = "(?:" + "|".join(sorted(_SMALL, key=lambda w: (-len(w), w))) + ")"
_WORDS = (
    rf"(?:half\s+an?\s+{_SCALE}|an?\s+(?:half\s+)?{_SCALE}|(?:{_WORD}|{_SCALE})(?![A-Za-z])"
    rf"(?:(?:\s+and\s+a\s+half)?(?:[\s-]+and[\s-]+(?={_WORD}\b)|[\s-]+)(?:{_WORD}|{_SCALE})(?![A-Za-z]))*)"
)
_ONE = rf"(?:{_DIGITS}(?:\s*{_ABBREVIATED}|[\s-]+{_SCALE}(?![A-Za-z]))?|{_WORDS}(?![A-Za-z]))"
_SYMBOL = r"(?:(?:US|A|C|HK|NZ|NT)?\$|[€£¥₹₽₩₪₴]|(?:USD|EUR|GBP|Rs\.?)\s?)"
_PERCENT = r"(?:\s*%|[\s-]+per\s?cent(?:age\s+points?)?\b|[\s-]+percentage\s+points?\b)"
_NUMBER = re.compile(
    rf"(?P<symbol>(?<![A-Za-z]){_SYMBOL}\s?)?(?<![\w.,/:\-–−+#])(?P<a>{_ONE})(?P<pa>{_PERCENT})?"
    rf"(?:(?P<joint>\s+to\s+|\s?[-–—]\s?|\s+and\s+|\s+or\s+)(?P<symbol2>{_SYMBOL}\s?)?(?P<b>{_ONE})(?P<pb>{_PERCENT})?)?(?![A-Za-z\d])",
    re.IGNORECASE,
)
_BOUNDS = (
    (
        r"at least|no fewer than|no less than|not less than|more than|over|above|"
        r"upwards of|a minimum of|in excess of|exceeding",
        "at least",
    ),
    (
        r"up to|as many as|as much as|at most|no more than|not more than|fewer than|" r"less than|under|below|a maximum of",
        "at most",
    ),
    (
        r"about|around|some|approximately|roughly|an estimated|estimated|nearly|"
        r"almost|close to|circa|just over|just under|well over",
        "about",
    ),
)
_BOUND = tuple(
    (re.compile(rf"(?:^|[^A-Za-z])(?<!\bno )(?<!\bnot )((?:{words})\s+(?:a\s+further\s+|another\s+)?)$", re.IGNORECASE), name)
    for words, name in _BOUNDS
)
_AFTER_BOUND = re.compile(r"\s+or\s+(more|so|less|fewer)\b", re.IGNORECASE)
_CURRENCY_AFTER = re.compile(
    r"\s+(?:(?P<adjective>[A-Z][a-z]+|US|U\.S\.)\s+)?(?P<word>"
    + "|".join(_CURRENCY_WORDS)
    + r")s?\b(?!\s+of\b(?!\s+(?:aid|debt|money|damage)))",
    re.IGNORECASE,
)
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)|Apr(?:il|\.)|May|June?|"
    r"July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|"
    r"Dec(?:ember|\.)?)"
)
_DATE_BEFORE = re.compile(rf"(?:\b{_MONTH}(?:\s+\d{{1,2}}(?:st|nd|rd|th)?)?(?:\s*[,–-]\s*|\s+and\s+|\s+to\s+|\s+))$")
_DATE_AFTER = re.compile(rf"^(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?![a-z])")
_NAMES_BEFORE = re.compile(
    r"\b(?:Resolution|Article|Articles|Section|Chapter|Page|Pages|Paragraph|"
    r"Number|No|No\.|Nos\.|Flight|Room|Route|Highway|Interstate|Boeing|Airbus|"
    r"Phase|Tier|Barrio|Grade|Level|Type|Mark|Agenda|Vision|Unit|Battalion|Brigade|"
    r"Division|Squadron|Line|Annex|Protocol|Figure|Table|Item|Order|Decree|"
    r"Proposition|Law|Act|Channel|Group|Top|Category|Stage|Version|Reactor|Block|"
    r"Siberia|Stream|Apollo|Soyuz|Class|Mach|Gate|aged|age|ages|"
    r"resolution|article|section|chapter|page|paragraph|flight|room|route|highway|"
    r"phase|level|number|magnitude|decree|order|reactor|group|channel)"
    r"(?:\s+\d[\d.,]*\s*(?:and|or|,|to)?)?[\s#(]+$"
)
_TIME_AFTER = re.compile(
    r"^(?::\d\d|\s*[ap]\.?m\b|\s+o['’]clock|\s*(?:GMT|UTC|EST|EDT)\b|(?:st|nd|"
    r"rd|th)\b|[\s-]*(?:full\s+|consecutive\s+|straight\s+|working\s+|more\s+|"
    r"whole\s+|long\s+)*"
    r"(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?|decades?|centur(?:y|"
    r"ies)|nights?|mornings?|weekends?|generations?|times)\b"
    r"|-(?:year|month|week|day|hour|minute|point|member|man|person|seat|nation|"
    r"page|storey|story|mile|time|part|way|star|party|sided|fold|run|goal)\b)",
    re.IGNORECASE,
)
_SCORE_BEFORE = re.compile(
    r"(?:\b(?:won|lost|beat|beaten|defeated|score|scored|draw|drew|led|leads|"
    r"trail\w*|victory|defeat|vote|voted|votes|passed|approved|by|lead)\b[^.;]{0,40})$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"^(?:1[5-9]|20)\d\d$")
_PERSONS_AFTER = re.compile(
    r"^\s+(?:people|persons|civilians|soldiers|troops|men|women|children|tons|tonnes|refugees|protesters)\b"
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
    digits = re.match(_DIGITS, text)
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
        elif word in _SMALL:
            current = (current or 0.0) + _SMALL[word]
        elif word in _SCALES:
            scaled = (1.0 if current is None else current) * _SCALES[word]
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
        match = _NUMBER.search(text, at, end)
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
    if _is_range(match, joint, before):
        return _range(text, match, before, end)
    if joint not in ("and", "to", "or") or (joint != "and" and _SCORE_BEFORE.search(before)):
        return None
    first = _single(text, match, match["a"], match.end("a"), bool(match["pa"]), before, end, followed=match["b"])
    second = _NUMBER.match(text, match.start("symbol2") if match["symbol2"] else match.start("b"), end)
    later = None if second is None else _read(text, second, start, end)
    return ([first] if first else []) + (later or []) or None


def _is_range(match: re.Match[str], joint: str, before: str) -> bool:
    low, high = value_of(match["a"]), value_of(match["b"])
    if low is None or high is None:
        return False
    scale = _scale(match["b"])
    low_scaled = low * scale if scale > 1 and _scale(match["a"]) == 1 else low
    if not low_scaled < high:
        return False
    if _YEAR.match(match["a"]) or _SCORE_BEFORE.search(before):
        return False
    if joint == "and":
        return bool(re.search(r"\bbetween\s+$", before, re.IGNORECASE))
    if joint in ("to", "or"):
        return not re.search(r"\bfrom\s+$", before, re.IGNORECASE)
    return True


def _scale(words: str) -> float:
    tail = re.search(r"([a-z]+)$", words.lower())
    return _SCALES.get(tail[1], 1.0) if tail else 1.0


def _range(text: str, match: re.Match[str], before: str, end: int) -> list[Number] | None:
    low, high = value_of(match["a"]), value_of(match["b"])
    assert low is not None
    assert high is not None
    if _scale(match["b"]) > 1 and _scale(match["a"]) == 1:
        low *= _scale(match["b"])
    percent = bool(match["pb"])
    stop = match.end()
    currency, stop = _currency(text, match["symbol"] or match["symbol2"], stop, end)
    if currency is None and not percent and _excluded(text, match.start(), match.end(), match["b"], before, end):
        return None
    hull = match.start() - _bound_length(before)[0]
    return [Number(match.start(), stop, hull, low, high, None, currency, percent)]


def _single(
    text: str, match: re.Match[str], words: str, stop: int, percent: bool, before: str, end: int, followed: str | None = None
) -> Number | None:
    value = value_of(words)
    if value is None:
        return None
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
    if currency is None and not percent and _excluded(text, match.start(), match.end("a"), words, before, end):
        return None
    length, bound = _bound_length(before)
    after = _AFTER_BOUND.match(text, stop, end)
    if after and bound is None:
        bound = {"more": "at least", "so": "about"}.get(after[1].lower(), "at most")
    return Number(match.start(), stop, match.start() - length, value, None, bound, currency, percent)


def _bound_length(before: str) -> tuple[int, str | None]:
    for pattern, name in _BOUND:
        found = pattern.search(before)
        if found:
            return len(found[1]), name
    return 0, None


def _currency(text: str, symbol: str | None, stop: int, end: int) -> tuple[str | None, int]:
    """ISO code of the money named by the symbol or by the word after, and where its words end."""
    code = _SYMBOLS.get(symbol.strip().lower()) if symbol else None
    after = _CURRENCY_AFTER.match(text, stop, end)
    if code is not None or after is None:
        return code, stop
    word = after["word"].lower()
    code = _CURRENCY_WORDS[word]
    adjective = (after["adjective"] or "").lower()
    return _QUALIFIED.get((adjective, code), code), after.end()


def _excluded(text: str, start: int, stop: int, words: str, before: str, end: int) -> bool:
    after = text[stop : min(end, stop + 40)]
    if _YEAR.match(words) and not (words.endswith("00") and _PERSONS_AFTER.match(after)):
        return True
    if _TIME_AFTER.match(after) or _DATE_AFTER.match(after) or _NAMES_BEFORE.search(before) or _DATE_BEFORE.search(before):
        return True
    if re.match(r"^(?:,\s|\)|\.\s*[A-Z(])", after) and re.search(r"[A-Z][\w’'.-]+(?:,\s|\s\()$", before):
        return True  # an age in apposition ("Anna Berg, 45, said") or the marker of a list
    return bool(re.search(r"(?:^|\n)\s*[(\[]?$", before) and re.match(r"^[.)\]]\s", after))
