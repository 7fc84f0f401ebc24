"""The words of quantities: numerals, money, bounds, and the words that show a number to be no quantity."""

from __future__ import annotations

import re

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen "
    "fourteen fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
SMALL = {word: float(n) for n, word in enumerate(_UNITS)} | {word: 20.0 + 10 * n for n, word in enumerate(_TENS)}
SCALES = {
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
SYMBOLS = {
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
CURRENCY_WORDS = {
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
QUALIFIED = {
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

DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:,\d{2})*,\d{3}|\d+(?:\.\d+)?)"
_SCALE = r"(?:dozen|hundred|thousand|million|billion|trillion|lakh|crore)"
_METRES = (  # what stands behind "5 m" where metres are meant
    r"(?:\s+(?:of|from|away|high|deep|long|wide|tall|thick|above|below|apart|off|under|underwater|sprint|race|hurdles|freestyle)\b"
    r"|-(?:high|deep|long|wide|tall|thick)\b|[²³]|\s+(?:up|down|to\s+the)\b)"
)
_ABBREVIATED = rf"(?:bn|tn|mn|m(?!{_METRES})|k)(?![A-Za-z])"
_WORD = "(?:" + "|".join(sorted(SMALL, key=lambda w: (-len(w), w))) + ")"
_WORDS = (
    rf"(?:half\s+an?\s+{_SCALE}|an?\s+(?:half\s+)?{_SCALE}|(?:{_WORD}|{_SCALE})(?![A-Za-z])"
    rf"(?:(?:\s+and\s+a\s+half)?(?:[\s-]+and[\s-]+(?={_WORD}\b)|[\s-]+)(?:{_WORD}|{_SCALE})(?![A-Za-z]))*)"
)
_ONE = rf"(?:{DIGITS}(?:\s*{_ABBREVIATED}|[\s-]+{_SCALE}(?![A-Za-z]))?|{_WORDS}(?![A-Za-z]))"
_SYMBOL = r"(?:(?:US|A|C|HK|NZ|NT)?\$|[€£¥₹₽₩₪₴]|(?:USD|EUR|GBP|Rs\.?)\s?)"
_PERCENT = r"(?:\s*%|[\s-]+per\s?cent(?:age\s+points?)?\b|[\s-]+percentage\s+points?\b)"
NUMBER = re.compile(
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
BOUND_BEFORE = tuple(
    (re.compile(rf"(?:^|[^A-Za-z])(?<!\bno )(?<!\bnot )((?:{words})\s+(?:a\s+further\s+|another\s+)?)$", re.IGNORECASE), name)
    for words, name in _BOUNDS
)
BOUND_AFTER = re.compile(r"\s+or\s+(more|so|less|fewer)\b", re.IGNORECASE)
CURRENCY_AFTER = re.compile(
    r"\s+(?:(?P<adjective>[A-Z][a-z]+|US|U\.S\.)\s+)?(?P<word>"
    + "|".join(CURRENCY_WORDS)
    + r")s?\b(?!\s+of\b(?!\s+(?:aid|debt|money|damage)))",
    re.IGNORECASE,
)
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)|Apr(?:il|\.)|May|June?|"
    r"July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|"
    r"Dec(?:ember|\.)?)"
)
DATE_BEFORE = re.compile(rf"(?:\b{_MONTH}(?:\s+\d{{1,2}}(?:st|nd|rd|th)?)?(?:\s*[,–-]\s*|\s+and\s+|\s+to\s+|\s+))$")
DATE_AFTER = re.compile(rf"^(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?![a-z])")
NAME_BEFORE = re.compile(
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
TIME_AFTER = re.compile(
    r"^(?::\d\d|\s*[ap]\.?m\b|\s+o['’]clock|\s*(?:GMT|UTC|EST|EDT)\b|(?:st|nd|"
    r"rd|th)\b|[\s-]*(?:full\s+|consecutive\s+|straight\s+|working\s+|more\s+|"
    r"whole\s+|long\s+)*"
    r"(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?|decades?|centur(?:y|"
    r"ies)|nights?|mornings?|weekends?|generations?|times)\b"
    r"|-(?:year|month|week|day|hour|minute|point|member|man|person|seat|nation|"
    r"page|storey|story|mile|time|part|way|star|party|sided|fold|run|goal)\b)",
    re.IGNORECASE,
)
SCORE_BEFORE = re.compile(
    r"(?:\b(?:won|lost|beat|beaten|defeated|score|scored|draw|drew|led|leads|"
    r"trail\w*|victory|defeat|vote|voted|votes|passed|approved|by|lead)\b[^.;]{0,40})$",
    re.IGNORECASE,
)
YEAR = re.compile(r"^(?:1[5-9]|20)\d\d$")
PERSONS_AFTER = re.compile(
    r"^\s+(?:people|persons|civilians|soldiers|troops|men|women|children|tons|tonnes|refugees|protesters)\b"
)
