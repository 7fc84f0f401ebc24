"""Forms of English words that writer and verifier both need: inflection, articles of states, dates and numbers in words.

Facts about the language only; how a sentence is built is the writer's affair, how it is read the verifier's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from types import MappingProxyType

IRREGULAR = MappingProxyType(
    {
        "beat": ("beat", "beaten"),
        "become": ("became", "become"),
        "begin": ("began", "begun"),
        "break": ("broke", "broken"),
        "bring": ("brought", "brought"),
        "build": ("built", "built"),
        "buy": ("bought", "bought"),
        "catch": ("caught", "caught"),
        "come": ("came", "come"),
        "cost": ("cost", "cost"),
        "cut": ("cut", "cut"),
        "deal": ("dealt", "dealt"),
        "draw": ("drew", "drawn"),
        "fall": ("fell", "fallen"),
        "fight": ("fought", "fought"),
        "find": ("found", "found"),
        "fly": ("flew", "flown"),
        "forbid": ("forbade", "forbidden"),
        "give": ("gave", "given"),
        "go": ("went", "gone"),
        "hit": ("hit", "hit"),
        "have": ("had", "had"),
        "hold": ("held", "held"),
        "keep": ("kept", "kept"),
        "lead": ("led", "led"),
        "leave": ("left", "left"),
        "lend": ("lent", "lent"),
        "let": ("let", "let"),
        "lose": ("lost", "lost"),
        "make": ("made", "made"),
        "meet": ("met", "met"),
        "pay": ("paid", "paid"),
        "put": ("put", "put"),
        "rise": ("rose", "risen"),
        "run": ("ran", "run"),
        "say": ("said", "said"),
        "see": ("saw", "seen"),
        "seek": ("sought", "sought"),
        "sell": ("sold", "sold"),
        "send": ("sent", "sent"),
        "set": ("set", "set"),
        "shoot": ("shot", "shot"),
        "shut": ("shut", "shut"),
        "speak": ("spoke", "spoken"),
        "stand": ("stood", "stood"),
        "strike": ("struck", "struck"),
        "swear": ("swore", "sworn"),
        "take": ("took", "taken"),
        "tell": ("told", "told"),
        "undertake": ("undertook", "undertaken"),
        "win": ("won", "won"),
        "withdraw": ("withdrew", "withdrawn"),
        "withhold": ("withheld", "withheld"),
        "write": ("wrote", "written"),
    }
)
_DOUBLED = frozenset(
    "ban plan drop rebut stop refer transfer "
    "permit commit admit expel compel rebel equip submit cut put let shut hit quit".split()
)
_VOWELS = "aeiou"


def _ending(base: str, suffix: str) -> str:
    """``suffix`` is ed or ing, joined with the spelling that it asks for."""
    if base.endswith("e") and not (suffix == "ing" and base.endswith(("ee", "oe", "ye"))):
        return base[:-1] + suffix if suffix == "ing" else base + "d"
    if suffix == "ed" and base.endswith("y") and base[-2:-1] not in _VOWELS:
        return base[:-1] + "ied"
    return base + (base[-1] if base in _DOUBLED else "") + suffix


def past(base: str) -> str:
    return IRREGULAR[base][0] if base in IRREGULAR else _ending(base, "ed")


def participle(base: str) -> str:
    return IRREGULAR[base][1] if base in IRREGULAR else _ending(base, "ed")


def gerund(base: str) -> str:
    return _ending(base, "ing")


def third(base: str) -> str:
    """The form of he, she and it."""
    if base == "have":
        return "has"
    if base.endswith(("s", "x", "z", "ch", "sh", "o")):
        return base + "es"
    if base.endswith("y") and base[-2:-1] not in _VOWELS:
        return base[:-1] + "ies"
    return base + "s"


def forms(bases: Iterable[str]) -> Mapping[str, tuple[str, frozenset[str]]]:
    """Each form of the verbs with its base and what it can be: base, third, past, participle, gerund."""
    out: dict[str, tuple[str, set[str]]] = {}
    for base in bases:
        made = (
            ("base", base),
            ("third", third(base)),
            ("past", past(base)),
            ("participle", participle(base)),
            ("gerund", gerund(base)),
        )
        for kind, form in made:
            out.setdefault(form, (base, set()))[1].add(kind)
    return MappingProxyType({form: (base, frozenset(kinds)) for form, (base, kinds) in out.items()})


# Names of states

_WITH_ARTICLE = frozenset(
    "Netherlands|Philippines|Bahamas|Gambia|Maldives|Seychelles|Comoros|Vatican|Holy See|Soviet Union|European Union|"
    "United Nations|African Union|Arab League|Kremlin|White House|Pentagon|Taliban|Palestinian Authority".split("|")
)
_ARTICLE_WORDS = re.compile(
    r"\b(?:Republic|Kingdom|States|Emirates|Islands|Union|Federation|League|Organi[sz]ation|Council|Service|Department|Ministry|"
    r"Agency|Bureau|Commission|Committee|Court|Parliament|Senate|Assembly|Bank|Fund|Army|Navy|Police|Government|Embassy|"
    r"Administration|Authority|Party|Tribunal|Forces?|Summit)\b"
)


def with_article(name: str) -> str:
    """``the United States``, ``Russia``: the name as it stands inside a sentence."""
    if name in _WITH_ARTICLE or (_ARTICLE_WORDS.search(name) and not name.startswith(("The ", "the "))):
        return f"the {name}"
    return name


def possessive(name: str) -> str:
    return name + ("’" if name.endswith("s") else "’s")


def sentence(words: str) -> str:
    """Words as a sentence: one space between them, a capital, a full stop."""
    words = re.sub(r"\s+", " ", words).strip()
    words = words[0].upper() + words[1:]
    return words if words.endswith((".", ".”")) else words + "."


def listed(names: Iterable[str]) -> str:
    """``A, B and C``."""
    every = list(names)
    return every[0] if len(every) == 1 else f"{', '.join(every[:-1])} and {every[-1]}" if every else ""


# Dates and numbers

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
SMALL = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)


def day_words(day: date) -> str:
    """``9 May 2025``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def iso_words(iso: str) -> str:
    """An ISO day, month or year in words: ``9 May 2025``, ``May 2025``, ``2025``."""
    year, *rest = iso.split("-")
    if not rest:
        return year
    month = MONTHS[int(rest[0]) - 1]
    return f"{int(rest[1])} {month} {year}" if len(rest) > 1 else f"{month} {year}"


def number(n: int) -> str:
    """A whole number, in words up to twelve."""
    return SMALL[n] if 0 <= n < len(SMALL) else f"{n:,}"


def count_words(n: int, one: str, many: str | None = None) -> str:
    """``one article``, ``12 articles``, ``no articles``: whole numbers up to twelve in words."""
    return f"{number(n)} {one if n == 1 else many or one + 's'}"


@cache
def number_words() -> Mapping[str, int]:
    """Number words up to twelve, and the round ones after it."""
    tens = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
    out = {word: n for n, word in enumerate(SMALL) if n}
    out |= {word: 10 * n for n, word in enumerate(tens, 2)}
    out |= {"thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19}
    return MappingProxyType(out)
