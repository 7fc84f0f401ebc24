"""Page furniture by its wording: one line at a time, patterns as data.

``recognise`` says what a line is when it is no text of the article; where a line stands is judged in layout.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_LONGEST = 400  # characters; longer lines are text, whatever they begin with
_ALONE = 160  # characters of a line that must be furniture as a whole

_NETWORK = (
    r"(?:facebook|twitter|x|whatsapp|linked ?in|telegram|reddit|pinterest|instagram|youtube|e-?mail|print|save|flipboard)"
)
_SHARE = (
    r"(?:share(?:\s+(?:this|it|on|via|with|by|to)\b.{0,60})?|tweet|pin it|copy (?:the )?link|copied"
    rf"|click to (?:share|e-?mail|print|tweet)\b.{{0,60}}|{_NETWORK})"
)
_RELATED_WORD = r"(?:related|recommended|more|most|latest|popular|trending|top|editor'?s'?|other|similar|previous|recent)"
_RELATED_THING = (
    r"(?:articles?|stories|story|posts?|news|content|topics?|coverage|reading|links|read|viewed|headlines|picks|videos?)"
)
_PAGE_LINKS = (
    r"(?:go |return )?(?:back )?to (?:the )?top(?: of (?:the )?page)?|top of page|home ?page|home|menu|main menu|open menu"
    r"|skip to .{3,40}|search(?:\s*(?:for)?:)?|sign in|log ?in|log ?out|sign out|my account|register|close|toggle .{3,40}"
    r"|contact(?: us)?|about(?: us)?|(?:next|previous|prev|older|newer)(?: (?:article|post|story|page|entry))?\s*[»«>←→]*"
    r"|[»«>←→]+\s*(?:next|previous)"
    r"|privacy(?: policy| notice| statement)?|terms (?:of|and|&) (?:use|service|conditions)|site ?map|faqs?"
    r"|rss(?: feeds?)?|accessibility|page \d+ of \d+|print this(?: page| article)?|listen to (?:this )?(?:article|story)"
    r"|image|video|audio|play(?: video)?"
    r"|loading\W*"
)

# (what it is, alternatives of which the whole line must match one)
_WHOLE_PATTERNS = (
    (
        "advertisement",
        r"[-–—\s]*(?:advertisements?|sponsored(?: content)?|paid content|promoted)[-–—:.\s]*",
        r"(?:story|article|text|content)?\s*continues? (?:below|after)\b.{0,60}",
        r"scroll (?:down )?(?:to|for) (?:continue|more)\b.{0,40}",
    ),
    (
        "share buttons",
        rf"{_SHARE}(?:[\s|,/·•&:-]+(?:and\s+)?{_SHARE})*[\s:!.]*",
        r"\d+(?:[.,]\d+)?k?\s+(?:shares?|likes?|views?|retweets?)",
        r"follow (?:us|me|our|@\w+)\b.{0,120}|e-?mail (?:this|to a friend)\b.{0,40}",
        r"\(opens in (?:a )?new (?:window|tab)\)",
    ),
    (
        "related articles",
        rf"{_RELATED_WORD}\s+{_RELATED_THING}\W*",
        r"related\W*|(?:also|must|don't miss|you may like)\s*[:!]*|most read|most viewed|up next|what to read next",
        r"you (?:may|might|could) (?:also )?(?:like|be interested in|enjoy|have missed)\W*|people also read\W*",
        r"(?:in case you missed it|(?:more )?on this (?:story|topic)|(?:from )?around the web|recommended for you)\W*",
        r"more (?:from|in|on) [^.!?]{2,60}\W*",
        r"(?:read|see|also) (?:also|more|next|on|read)\W*|read (?:the )?(?:full|whole|original|rest)\b[^.]{0,40}",
        r"(?:continue|keep) reading\b.{0,60}|(?:show|load|view|see) (?:more|all|less)\b[^.]{0,40}",
        r"learn more\W*|find out more\W*|click here\b[^.]{0,80}",
    ),
    (
        "comments",
        r"(?:leave|post|add|write|submit) (?:a |your |us a )?(?:comments?|reply|response)\b.{0,60}",
        r"(?:no|one|\d+) (?:comments?|responses?|replies)(?: yet)?",
        r"comments?(?:\s*\(?\d+\)?)?(?: are (?:closed|off)\b.{0,60}| policy| section)?\W*",
        r"(?:your e-?mail address will not be published|required fields are marked)\b.{0,120}",
        r"join the (?:conversation|discussion)\b.{0,120}",
        r"(?:view|show|see|read|hide) (?:all )?(?:the )?(?:\d+ )?comments\b.{0,120}",
        r"(?:cancel reply|be the first to comment|log ?in to (?:comment|reply|post)|you must be logged in)\b.{0,120}",
    ),
    (
        "newsletter box",
        r"(?:subscribe|sign up|register)(?: now| today| here| free)?(?: to| for| and|,|!|\.|$).{0,200}",
        r"(?:please )?enter your e-?mail(?: address)?\b.{0,80}|(?:your )?e-?mail address\W*|unsubscribe\b.{0,80}",
        r"(?:get|receive|have) .{3,120}\b(?:in|to) your (?:inbox|e-?mail)\b.{0,80}",
        r"thank(?:s| you) for (?:subscribing|signing up)\b.{0,80}",
        r"(?:our|the|a|your)?\s*(?:free |daily |weekly |morning |e-?mail )*newsletters?\W*",
    ),
    ("navigation", rf"(?:{_PAGE_LINKS})\.?", r"home\s*[>»/|›]\s*.{1,120}|you are here:.{0,120}"),
    ("about us", r"about (?:the author|the authors|the writer|us|this site)\b[^.]{0,40}|our standards:.{0,80}"),
)
_CREDITED = r"(?:(?:additional )?reporting|(?:additional )?(?:writing|editing)|edited|compiled|translated|produced)"
# (what it is, alternatives with one of which the line must begin)
_BEGINNING_PATTERNS = (
    (
        "related articles",
        r"(?:read more|also read|read also|read next|see also|related|must read|don't miss|further reading)\s*[:|–—»>-]+\s+\S",
        r"(?:more on this(?: story| topic)?|watch(?: now| also| video)?|listen)\s*[:|–—»>-]+\s+\S",
    ),
    (
        "editorial credit",
        rf"\(?{_CREDITED}(?: and (?:writing|editing))? by:?\s+[A-Z]",
        r"\(?with (?:inputs?|reporting|additional reporting|files|information) (?:from|by)\b",
        r"this (?:article|story|report|piece) (?:was|has been|is|first|originally)\b.{0,60}"
        r"(?:published|appeared|updated|corrected|republished|reprinted|produced|part of|permission|edited|amended)",
        r"(?:originally published|first published|reprinted) (?:in|on|at|by|from|with)\b",
    ),
    (
        "contact line",
        r"(?:for (?:more|further) (?:information|details)|to (?:get|request|contact|reach)|contact|e-?mail|write to"
        r"|reach (?:the|us))\b[^.]{0,120}\S+@\S+\.\w+",
    ),
    (
        "cookie notice",
        r"(?:we|this (?:web)?site|our (?:web)?site|by (?:using|continuing|clicking))\b.{0,200}\bcookies?\b",
        r"(?:accept|manage|reject) (?:all )?cookies|cookie (?:policy|settings|preferences|notice)$",
    ),
)


def _compiled(patterns: Iterable[tuple[str, ...]]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each kind with one pattern of its alternatives; the order is that of the table."""
    return tuple((what, re.compile("|".join(f"(?:{one})" for one in alternatives), re.I)) for what, *alternatives in patterns)


_WHOLE = _compiled(_WHOLE_PATTERNS)
_BEGINNING = _compiled(_BEGINNING_PATTERNS)
_COPYRIGHT = re.compile(
    r"(?:^|\s)(?:copyright\b|©|&copy;|\(c\)\s*(?=(?:19|20)\d\d))|\ball rights reserved\b|^this material may not be\b", re.I
)
_COPYRIGHT_OWNER = re.compile(
    r"(?:copyright|©|\(c\))(?:\s|©|copyright|\(c\))*(?P<years>(?:19|20)\d\d(?:\s*[-–—,/]\s*(?:19|20)?\d\d)?)?,?\s*(?:by\s+)?"
    r"(?P<owner>[^©|]{0,120}?)\s*(?P<late>(?:19|20)\d\d)?\s*(?:$|[|©]|\.?\s*all rights|\.\s)",
    re.I,
)
_MINUTES = re.compile(
    r"(?:(?:estimated |average )?reading time\s*[:–-]?\s*|read time\s*[:–-]?\s*)?"
    r"(?P<n>\d{1,3})[\s-]*min(?:ute)?s?\.?(?:\s*(?:read|reading|to read|reading time)\b)?\W*",
    re.I,
)
_CATEGORIES = re.compile(r"(?P<names>[^.!?]{2,120}?)\s+(?:no|one|\d+)\s+comments?\s+on\s+(?P<title>.+)", re.I)
_FILED = re.compile(
    r"(?:filed (?:under|in)|posted (?:in|under)|published in|categor(?:y|ies)|sections?|topics?|tags?|tagged(?: with)?"
    r"|keywords)\s*:?\s+(?P<names>[A-Z#][^.!?]{1,200})$",
    re.I,
)
_CRUMBS = re.compile(r"home\s*[>»›]\s*(?P<names>.+)", re.I)  # with bars between them they are a menu, not a path


@dataclass(frozen=True, slots=True)
class Found:
    """A line of furniture: what it is, and what it tells about the article."""

    what: str
    minutes: int | None = None
    categories: tuple[str, ...] = ()
    owner: str | None = None
    years: str | None = None
    title: str | None = None
    tags: bool = False


def recognise(words: str) -> Found | None:
    """What kind of page furniture ``words`` (one line, white space joined) is; None for text of the article."""
    if len(words) > _LONGEST or not any(character.isalnum() for character in words):
        return None if any(character.isalnum() for character in words) else Found("rule")
    told = _telling(words)
    if told:
        return told
    if len(words) <= _ALONE:
        for what, pattern in _WHOLE:
            if pattern.fullmatch(words):
                return Found(what)
    for what, pattern in _BEGINNING:
        if pattern.match(words):
            return Found(what)
    return None


def _telling(words: str) -> Found | None:
    """Furniture that says something about the article."""
    if _COPYRIGHT.search(words) and (len(words) <= _ALONE or re.match(r"copyright|©|\(c\)", words, re.I)):
        owner = _COPYRIGHT_OWNER.search(words)
        named = _owner(owner["owner"]) if owner else None
        years = " ".join(part for part in (owner["years"], owner["late"]) if part) if owner else ""
        if named or years or re.search(r"all rights|may not be|©", words, re.I):
            return Found("copyright line", owner=named, years=years or None)
    parts = re.split(r"\s*[|·•]\s*", words) if len(words) <= _ALONE else [words]
    for part in parts:
        found = _MINUTES.fullmatch(part)
        if found and re.search(r"read", part, re.I):
            sections = ";".join(other for other in parts if other != part and not re.search(r"\d|^by\b", other, re.I))
            return Found("reading time", minutes=int(found["n"]), categories=_names(sections))
    found = _CATEGORIES.fullmatch(words)
    if found:
        return Found("category line", categories=_names(found["names"]), title=found["title"])
    found = _FILED.fullmatch(words)
    if found and len(words) <= _ALONE:
        tags = words.lower().startswith(("tag", "keyword", "topic"))
        return Found("category line", categories=() if tags else _names(found["names"]), tags=tags)
    found = _CRUMBS.fullmatch(words)
    if found and len(words) <= _ALONE:
        return Found("navigation", categories=_names(found["names"], r"[>»/|›]")[:3])
    return None


def _names(listed: str, parts: str = r"[,;|/•·]") -> tuple[str, ...]:
    names = (" ".join(name.split()).strip(" #") for name in re.split(parts, listed))
    return tuple(dict.fromkeys(name for name in names if 1 < len(name) <= 40))


def _owner(words: str) -> str | None:
    """The owner in a copyright line, without its subtitle and its reservation of rights."""
    owner = re.split(r"\s+[-–—|:]\s+|\s*[,.;]?\s*all rights|\.\s|;|,\s", " ".join(words.split()), maxsplit=1, flags=re.I)[0]
    owner = re.sub(r"^(?:the\s+)?(?:by|of)\s+|[\s.,:;|-]+$", "", owner)
    if not owner or len(owner) > 60 or (not owner[0].isupper() and not owner[0].isdigit()):
        return None
    return None if re.match(r"(?:all rights|copyright|contact|terms|privacy|this|for)\b", owner, re.I) else owner
