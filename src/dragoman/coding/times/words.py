"""The vocabulary of time: which letter each word gets, and the numbers behind the words.

Letters: M month, D weekday, U unit, S season, P part of a day, T today and its like, H holiday; 0 small number, n number
word, v vague number, o ordinal, Y year, s decade in digits; l last, q past, p previous, x next, f following, t this, c
current, z latest, h that, m same; a/d articles, e early or late, J beginning or end (of), k earlier, K later, G ago, b before
or after, y about, Q more, V than; A and, B between, F from, R to, i in and its like, O of, u fiscal, N half, I a quarter or
half in figures (Q3); w, W other words; the rest is punctuation.
"""

from __future__ import annotations

MONTHS = {
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6,
    "july": 7, "august": 8, "september": 9, "october": 10, "november": 11, "december": 12,
}  # fmt: skip
ABBREVIATED_MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10,
    "nov": 11, "dec": 12,
}  # fmt: skip
WEEKDAYS = {"monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6}
ABBREVIATED_DAYS = {
    "mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6,
}  # fmt: skip
SEASONS = {"spring": 0, "summer": 1, "autumn": 2, "fall": 2, "winter": 3}
SMALL = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
    "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90,
    "hundred": 100, "dozen": 12, "couple": 2,
}  # fmt: skip
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10,
    "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17,
    "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30, "fortieth": 40, "fiftieth": 50, "final": 4,
}  # fmt: skip
UNITS = {
    "day": "day", "days": "day", "week": "week", "weeks": "week", "fortnight": "fortnight", "month": "month", "months": "month",
    "year": "year", "years": "year", "quarter": "quarter", "quarters": "quarter", "decade": "decade", "decades": "decade",
    "century": "century", "centuries": "century", "weekend": "weekend", "weekends": "weekend", "hour": "hour", "hours": "hour",
    "minute": "hour", "minutes": "hour", "period": "period", "trimester": "quarter", "semester": "half",
}  # fmt: skip
DECADE_WORDS = {
    "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80,
    "nineties": 90,
}  # fmt: skip
HOLIDAYS = {"christmas": "christmas", "thanksgiving": "thanksgiving", "easter": "easter", "halloween": "halloween"}

_GROUPS: dict[str, str] = {
    "T": "today yesterday tomorrow tonight overnight",
    "P": "morning afternoon evening night noon midday midnight dawn nighttime",
    "l": "last",
    "q": "past",
    "p": "previous preceding prior",
    "x": "next coming upcoming forthcoming",
    "f": "following subsequent ensuing",
    "t": "this",
    "c": "current",
    "z": "latest comparable corresponding",
    "h": "that",
    "m": "same",
    "a": "a an",
    "d": "the",
    "e": "early late mid end start beginning middle close",
    "k": "earlier",
    "K": "later",
    "G": "ago",
    "b": "before after",
    "y": "about around nearly almost some roughly approximately exactly barely just",
    "V": "than",
    "Q": "more less fewer",
    "A": "and or",
    "B": "between",
    "F": "from",
    "R": "to through until till thru",
    "i": "in on at during since by within for",
    "O": "of",
    "u": "fiscal financial fy",
    "N": "half",
    "v": "few several couple many",
    "E": "starting beginning ending ended",
}


def _codes() -> dict[str, str]:
    codes = {word: letter for letter, words in _GROUPS.items() for word in words.split()}
    codes |= dict.fromkeys((*MONTHS, *ABBREVIATED_MONTHS), "M")
    codes |= dict.fromkeys((*WEEKDAYS, *ABBREVIATED_DAYS), "D")
    codes |= (
        dict.fromkeys(SEASONS, "S")
        | dict.fromkeys(UNITS, "U")
        | dict.fromkeys(HOLIDAYS, "H")
        | dict.fromkeys(DECADE_WORDS, "s")
    )
    codes |= {word: "n" for word in SMALL if word not in ("a", "an", "couple")} | dict.fromkeys(ORDINALS, "o")
    codes["beginning"] = codes["end"] = "e"
    return codes


CODES = _codes()
LEADS_TO_MONTH = frozenset("ilqpxtfeOFBRAd-Jb,(kKhym0o")
"""Letters after which "May", "March" or a short month name is read as the month."""

NUMBERED = frozenset(
    "no nos resolution resolutions article articles section room flight route highway boeing page chapter law act decree "
    "number unit channel bus "
    "apartment model iso".split()
)
"""Words that make the number behind them a name and not a year."""

COUNTED = frozenset(
    "people troops soldiers men women children dead points feet meters metres miles km kilometers kilometres dollars euros "
    "pounds tons tonnes "
    "barrels refugees prisoners civilians officers police students workers members delegates homes houses families cases "
    "deaths votes "
    "employees years days hours minutes months weeks times percent per shares acres hectares yards volts megawatts mw mhz "
    "gmt hrs meals "
    "guests passengers units copies jobs protesters demonstrators migrants casualties missiles rockets tanks vehicles "
    "aircraft".split()
)
"""What is counted: a number of four digits in front of it is no year."""
