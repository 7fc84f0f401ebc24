"""When an article was published: by its metadata, a line of its own, its dateline or its address. Never the day of reading."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from dragoman.records import How, Interval

_MONTH_NAMES = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
MONTHS = {name: i + 1 for i, name in enumerate(_MONTH_NAMES)}
MONTHS |= {name[:3]: i + 1 for i, name in enumerate(_MONTH_NAMES)} | {"sept": 9}
_MONTH = r"(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)"
DATE = re.compile(
    rf"(?<![\w-])(?:{_MONTH}\s+{_DAY},?\s+{_YEAR}(?!\d)|(?:{_DAY}\s+{_MONTH},?\s+{_YEAR}(?!\d))|{_YEAR}[-/.](?P<month2>[01]?\d)[-/.](?P<day2>[0-3]?\d)(?!\d))".replace(
        "(?P<month>", "(?P<month0>", 1
    )
    .replace("(?P<day>", "(?P<day0>", 1)
    .replace("(?P<year>", "(?P<year0>", 1)
    .replace("(?P<year>", "(?P<year1>", 1)
    .replace("(?P<year>", "(?P<year2>", 1),
    re.I,
)
SHORT_DATE = re.compile(rf"(?<![\w-])(?P<day>[0-3]?\d)\s+{_MONTH},?\s+(?P<year>\d\d)(?![\d:])", re.I)
_NUMERIC = re.compile(r"(?<!\d)(?P<a>[0-3]?\d)[./](?P<b>[0-3]?\d)[./](?P<year>(?:19|20)\d\d)(?!\d)")
_MONTH_ONLY = re.compile(rf"^\W*{_MONTH},?\s+{_YEAR}\W*$", re.I)
_PATHS = (
    re.compile(r"/(?P<year>(?:19|20)\d\d)[/-]?(?P<month>0[1-9]|1[0-2])[/-]?(?P<day>0[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(r"/(?P<year>(?:19|20)\d\d)/(?P<name>[a-z]{3,9})/(?P<day>[0-3]?\d)(?!\d)", re.I),
    re.compile(r"[-_](?P<year>(?:19|20)\d\d)-?(?P<month>0[1-9]|1[0-2])-?(?P<day>0[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(r"/(?P<year>(?:19|20)\d\d)[/-](?P<month>0?[1-9]|1[0-2])(?:/|$|-(?=[a-z]))", re.I),
)


def interval(year: int, month: int | None, day: int | None, how: How, text: str | None = None) -> Interval | None:
    """A day, a month or a year as an interval; None for a date that no calendar has."""
    try:
        if month is None:
            first, last, precision = date(year, 1, 1), date(year, 12, 31), "year"
        elif day is None:
            first, last, precision = date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month"
        else:
            first = last = date(year, month, day)
            precision = "day"
    except ValueError:
        return None
    return Interval(first.isoformat(), last.isoformat(), precision, how, text)


def find(text: str, how: How) -> Interval | None:
    """The first full date in ``text``: day, month and year. "5/8/2025" may be two days and so is none; "25/8/2025" is one."""
    found = DATE.search(text)
    if found:
        got = {key.rstrip("0123456789"): value for key, value in found.groupdict().items() if value}
        month = got["month"]
        number = int(month) if month.isdigit() else MONTHS[month.lower()]
        return interval(int(got["year"]), number, int(got["day"]), how, found.group())
    found = _NUMERIC.search(text)
    if found:
        a, b = int(found["a"]), int(found["b"])
        if a > 12 or (a == b) or "." in found.group():  # full stops between the numbers: day first, wherever they are used
            return interval(int(found["year"]), b, a, how, found.group())
        return interval(int(found["year"]), a, b, how, found.group()) if b > 12 else None
    return None


def find_short(text: str, how: How) -> Interval | None:
    """A date whose year has two digits, as agencies wrote it ("22 MAR 90"): 1930 to 2029."""
    found = SHORT_DATE.search(text)
    if not found:
        return None
    year = int(found["year"])
    return interval(
        year + (1900 if year >= 30 else 2000), MONTHS[found["month"].lower()], int(found["day"]), how, found.group()
    )


def from_value(value: object, how: How = "metadata") -> Interval | None:
    """A field of a table, of a page's metadata or of a call: ISO 8601, RFC 2822, seconds since 1970, or a date in words.

    The day is the one written, in the time zone in which it is written. None where nothing is understood.
    """
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _epoch(float(value), how)
    text = str(value).strip() if value is not None else ""
    if not text or len(text) > 200:
        return None
    found = re.match(r"(\d{4})-?(\d\d)-?(\d\d)(?!\d)", text)
    if found:
        return interval(int(found[1]), int(found[2]), int(found[3]), how)
    found = re.fullmatch(r"((?:1[5-9]|20)\d\d)(?:[-/](\d\d?))?", text)
    if found:
        return interval(int(found[1]), int(found[2]) if found[2] else None, None, how)
    if re.fullmatch(r"\d{10}(?:\d{3})?(?:\.\d+)?", text):
        return _epoch(float(text), how)
    try:
        day = parsedate_to_datetime(text).date()
        return interval(day.year, day.month, day.day, how)
    except (ValueError, TypeError, IndexError, OverflowError):
        pass
    written = find(text, how)
    if written is None:
        alone = _MONTH_ONLY.match(text)
        written = interval(int(alone["year"]), MONTHS[alone["month"].lower()], None, how) if alone else None
    return Interval(written.from_, written.to, written.precision, how) if written else None


def _epoch(seconds: float, how: How) -> Interval | None:
    if seconds > 1e11:
        seconds /= 1000  # milliseconds
    if not 0 < seconds < 4e9:
        return None
    day = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)).date()
    return interval(day.year, day.month, day.day, how)


def from_url(url: str | None) -> Interval | None:
    """The date in an address ("/2025/05/08/", "/2025/may/08/", "-20250508"), or its month; None without one."""
    if not url:
        return None
    try:
        path = urlsplit(url).path
    except ValueError:
        return None
    for pattern in _PATHS:
        found = pattern.search(path)
        if not found:
            continue
        got = found.groupdict()
        month = int(got["month"]) if got.get("month") else MONTHS.get(got["name"].lower())
        if month:
            day = interval(
                int(got["year"]), month, int(got["day"]) if got.get("day") else None, "metadata", found.group().strip("/")
            )
            if day:
                return day
    return None


def from_copyright(years: str, captions: str) -> Interval | None:
    """The year, where a copyright line's last year and the latest day told in the captions agree on it.

    Pictures are older than the article that shows them, and the copyright year is no earlier than it: where both give one
    year, the article is of that year. Either alone proves nothing, as pages of any age carry the year of their last visit.
    """
    ends = [int(year) for year in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", years)]
    days = list(DATE.finditer(captions))
    if not ends or not days:
        return None
    latest = max(days, key=lambda found: (find(found.group(), "explicit") or Interval("", "", "", "explicit")).from_ or "")
    day = find(latest.group(), "explicit")
    if day is None or day.from_ is None or int(day.from_[:4]) != max(ends):
        return None
    return interval(max(ends), None, None, "inferred", f"{years.strip()}; caption of {latest.group()}")
