"""The title of an article: which line it is, where its site's name is cut off, and where it is repeated."""

from __future__ import annotations

import re

from dragoman.read import datelines
from dragoman.read.roles import BULLET, FINISHED, HEAD, TITLE_LONGEST, Draft, Role, same
from dragoman.read.words import AGENCIES

_SUFFIX = re.compile(r"\s+[-–—|·:]\s+(?P<site>[^-–—|·]{2,40})$")


def place(draft: Draft) -> None:
    """Gives the title its role: it stands first and once; the same words again are furniture."""
    _find(draft)
    title = draft.facts.title
    if title is None:
        return
    seen = False
    for i, line in enumerate(draft.lines):
        role = draft.roles[i]
        if role is not None and role.kind == "title":
            seen = True
        elif (role is None or role.kind is None) and same(line.words, title):
            draft.roles[i] = Role(None, "repeated title") if seen else Role("title")
            seen = True


def _find(draft: Draft) -> None:
    """Takes the first line as the title where it can be one and no metadata give another."""
    free = [i for i, role in enumerate(draft.roles) if role is None]
    first = _below_menu(draft, free) if free else None
    facts = draft.facts
    if facts.title is not None or first is None or len(free) == 1 or not _could_be_title(draft, first):
        return
    words = draft.lines[first].words
    repeated = sum(same(words, line.words) for line in draft.lines[: HEAD * 2]) > 1
    suffix = _SUFFIX.search(words)
    if suffix and not repeated and _is_site(draft, suffix["site"]):
        facts.site_suffix = suffix["site"]
        facts.outlet = facts.outlet or suffix["site"]
        draft.roles[first] = Role("title", stop=suffix.start())
        facts.title = words[: suffix.start()]
    else:
        draft.roles[first] = Role("title")
        facts.title = words


def _below_menu(draft: Draft, free: list[int]) -> int:
    """The first free line, or the one that is stated twice below it: a page's title under the words of its menu."""
    for at, i in enumerate(free[:HEAD]):
        words = draft.lines[i].words
        if at and (len(words) > TITLE_LONGEST or words.endswith(".")):
            break
        if len(words.split()) >= 4 and any(same(words, other.words) for other in draft.lines[i + 1 : i + 4]):
            for menu in free[:at]:
                draft.roles[menu] = Role(None, "navigation")
            return i
        if draft.lines[i].tag is not None or datelines.byline(words) is not None or FINISHED.search(words):
            break
    return free[0]


def _is_site(draft: Draft, site: str) -> bool:
    """The words after the last dash of a title name the outlet: they stand elsewhere too, or are an agency."""
    elsewhere = " ".join(line.words for line in draft.lines[1:6])
    return (
        site.lower() in AGENCIES
        or bool(re.fullmatch(r"[\w-]+\.(?:com|org|net|info|tv|co\.\w\w|\w\w)", site))
        or f"({site})" in elsewhere
        or bool(draft.facts.outlet and same(site, draft.facts.outlet))
    )


def _could_be_title(draft: Draft, i: int) -> bool:
    line = draft.lines[i]
    if line.tag in {"title", "heading"}:
        return True
    words = line.words
    if line.tag is not None or len(words) > TITLE_LONGEST or BULLET.match(words) or datelines.byline(words) is not None:
        return False
    if datelines.date_line(words) or datelines.place_and_date(words):
        return False
    if not words.endswith(".") and any(same(words, other.words) for other in draft.lines[i + 1 : i + 4]):
        return True
    if words.endswith("...") or words.endswith("…"):
        return True
    if re.search(r"[.;,:][\"'”’»)\]]*$", words) and not re.search(r"[\"'”’][.,]?$|[A-Z]\.$", words):
        return False
    if re.search(r"[a-z][.!?][\"'”’]+$", words) and re.search(r"\b(?:said|says|told|added)\b|[.!?][\"'”’]*\s", words):
        return False  # text that ends with a quotation, where a title would not report it
    if draft.capitals and datelines.dateline(words, capitals=True, colons=False):
        return False
    return datelines.dateline(words, capitals=draft.capitals, colons=False) is None and not datelines.speaker_like(words)
