"""Datelines and bylines: "MOSCOW, May 8 (Xinhua) --" and "By Jane Doe". They tell place, day, agency and author."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dragoman.read.published import DATE, MONTHS, find, find_short
from dragoman.read.words import SPEAKERS, WEEKDAYS
from dragoman.records import Interval

_UPPER = r"[A-ZÀ-Þ][A-ZÀ-Þ'’.-]+(?:[ -][A-ZÀ-Þ'’.-]+){0,4}"
_MIXED = r"[A-ZÀ-Þ][\w'’.-]+(?: [A-ZÀ-Þ][\w'’.-]+){0,3}"
_REGION = r"(?:\s?[,/]\s?[A-ZÀ-Þ][\w.'’]*(?:[ -][A-ZÀ-Þ][\w.'’]*){0,3}){0,2}"
_MONTH = r"(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
_DATE = rf"(?:\s?[,/]?\s?(?:(?i:{_MONTH})\s+\d{{1,2}}(?:\s?,\s?\d{{4}})?|\d{{1,2}}\s+(?i:{_MONTH})(?:\s+\d{{2,4}})?))"
_AGENCY = r"\s?[(\[](?P<agency>[A-Z][\w.&' /-]{1,30})[)\]]"
_DASH = r"\s?(?:--+|[–—_―]|-(?=\s))\s*"
_FORMS = (
    re.compile(rf"{_AGENCY}{_DASH}"),
    re.compile(rf"(?:{_UPPER}){_REGION}{_DATE}?{_AGENCY}(?:{_DASH}|\s*:\s+|\s*$)"),
    re.compile(rf"(?:{_MIXED}){_REGION}{_DATE}?{_AGENCY}{_DASH}"),
    re.compile(rf"(?:{_UPPER}){_REGION}{_DATE}(?:{_DASH}|\s*:\s+)"),
    re.compile(rf"(?:{_MIXED}){_REGION}{_DATE}{_DASH}"),
    re.compile(rf"(?=[A-ZÀ-Þ]{{3}}[A-ZÀ-Þ. ])(?:{_UPPER}){_REGION}\s(?:--+|[–—―_]|-(?=\s))\s*"),
)
_COLON = re.compile(rf"(?P<place>{_UPPER}){_REGION}:\s+(?=\S)")
_STAMP = re.compile(
    r"(?:(?:19|20)\d\d-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d)?)?(?: [A-Z]{2,4})?\s+)(?:[A-Z][A-Z ,.]{2,60}\s?(?:--?|[–—])\s+)*"
)
_DAY = re.compile(rf"(?:{_MONTH}\s+\d{{1,2}},\s+\d{{4}}|\d{{1,2}}\s+{_MONTH}\s+\d{{4}}){_DASH}", re.I)
_NAME = r"[A-ZÀ-Þ][\w.'’-]*(?:\s+(?:[A-ZÀ-Þ][\w.'’-]*|de|da|di|van|von|der|bin|al|el|la|du)){1,4}"
_BYLINE = re.compile(
    rf"(?:[Bb]y|BY|Written by|Author|Story by|Report by)\s*:?\s+(?P<names>{_NAME}(?:\s*(?:,|\||\band\b|&|;|/)\s*{_NAME})*)"
    r"(?P<rest>(?:\s*[,|/–—(-]\s*[^!?]{0,80}|\s+(?:Follow|\d+ min|(?:in|for|at) [A-Z]|Updated|Published|Posted|\d).{0,80})?)\.?"
)
_BY_AGENCY = re.compile(
    r"by:?\s+(?P<agency>reuters|afp|ap|(?:the )?associated press|xinhua|agencies|agence france-presse"
    r"|staff(?: report(?:er)?| writer)?|our (?:correspondent|staff)|news desk|web desk)\.?(?:\s*[|,].{0,60})?",
    re.I,
)
_POST = re.compile(
    r"\s+(?:(?:The )?Associated Press|AP|Reuters|AFP|Xinhua|UPI|Staff|Special|Senior|Chief|Political|Diplomatic|Foreign"
    r"|National|Times|Post|Follow)\b.*$"
)
_PREFIX = re.compile(
    r"(?:(?:first |last |originally )?(?:published|posted|updated|modified|issued|created|released|printed|date|dated|uploaded)"
    r"(?: on| at| date)?|on|updated at|last modified)\s*[:|–-]?\s*",
    re.I,
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s*)?"
_CLOCK = (
    r"(?:[\s,|@–-]*(?:at\s+)?\d{1,2}[:.h]\d\d(?::\d\d)?\s*(?:[ap]\.?m\.?)?\s*(?:\(?[A-Z]{2,5}\)?)?"
    r"|[\s,|]*\d{1,2}\s*[ap]\.?m\.?)?"
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """``length`` characters at the start of a paragraph; the day is None where it has no year, as agencies print it."""

    length: int
    agency: str | None
    published: Interval | None


def dateline(words: str, *, capitals: bool, colons: bool) -> Dateline | None:
    """The dateline that a paragraph begins with. ``capitals``: the text is in capitals throughout, so that they say nothing.

    ``colons``: a place before a colon counts ("KARACHI: The army said"); not in a transcript, where speakers stand there.
    """
    head = words[:160]
    stamp = _STAMP.match(head)
    if stamp:
        return Dateline(stamp.end(), None, find(stamp.group(), "dateline"))
    day = _DAY.match(head)
    if day:
        return Dateline(day.end(), None, find(day.group(), "dateline"))
    for form in _FORMS[:4] if capitals else _FORMS:
        found = form.match(head)
        rest = head[found.end() :] if found else ""
        if found and not _speaks(found.group()) and (not rest or not rest[0].islower()):
            agency = found.groupdict().get("agency")
            if agency and re.fullmatch(r"(?i:text|excerpts?|begin.*|passage.*)|\d+|[A-Z]", agency):
                agency = None
            when = find(found.group(), "dateline") or find_short(found.group(), "dateline")
            return Dateline(found.end(), agency, when)
    if colons and not capitals:
        found = _COLON.match(head)
        if found and not _speaks(found.group()) and len(found["place"]) > 3:
            return Dateline(found.end(), None, None)
    return None


def _speaks(start: str) -> bool:
    return bool({word.strip(".,:").lower() for word in start.split()[:2]} & SPEAKERS)


def speaker_like(words: str) -> bool:
    """The paragraph begins with a name in capitals and a colon: a place in a dateline, or a speaker in a transcript."""
    return bool(_COLON.match(words[:120]))


def byline(words: str) -> tuple[str, ...] | None:
    """The authors whom a line names that is nothing but a byline; an empty tuple where it names only an agency or "staff"."""
    if len(words) > 200:
        return None
    if _BY_AGENCY.fullmatch(words):
        return ()
    found = _BYLINE.fullmatch(words)
    if not found:
        return None
    names = re.split(r"\s*(?:,|\||\band\b|&|;|/)\s*", found["names"])
    cleaned = (_POST.sub("", " ".join(name.split())) for name in names)
    people = tuple(name for name in cleaned if name and name.split()[0].lower() not in WEEKDAYS)
    return people or None


def date_line(words: str) -> Interval | None:
    """The day of a line that is nothing but a date ("Published: Thursday, 8 May 2025, 14:30 GMT"); None for any other line."""
    if len(words) > 120:
        return None
    found = DATE.search(words)
    if not found:
        return None
    before, after = words[: found.start()], words[found.end() :]
    if not re.fullmatch(rf"(?:{_PREFIX.pattern})?\s*{_WEEKDAY}{_CLOCK}[\s,|–-]*{_WEEKDAY}", before, re.I):
        return None
    if not re.fullmatch(
        rf"{_CLOCK}(?:[\s,|/·•–-]*(?:{_PREFIX.pattern}).{{0,60}}|[\s,|/·•–-]*(?:report|by .{{3,40}}|\d+ min.{{0,15}}))?[\s.|]*",
        after,
        re.I,
    ):
        return None
    return find(words, "explicit")


def place_and_date(words: str) -> Interval | None:
    """The day of a line that is only a place and a date, as letters have it ("Washington, August 29, 1958, 3 p.m.")."""
    if len(words) > 100:
        return None
    found = DATE.search(words)
    if not found or not re.fullmatch(rf"{_MIXED}{_REGION}[,\s]+{_WEEKDAY}", words[: found.start()]):
        return None
    if not re.fullmatch(
        r"[\s,–—-]*(?:\d{1,2}(?::\d\d)?\s*(?:[ap]\.?\s?m\.?|noon|hours)?[.\s]*|\d{4}\s?[A-Z]?[.\s]*)?",
        words[found.end() :],
        re.I,
    ):
        return None
    return find(words, "dateline")
