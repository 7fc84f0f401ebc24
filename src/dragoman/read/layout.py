"""What each paragraph of an article is: title, heading, text, caption or furniture, and what the furniture tells.

Works on paragraphs in reading order, from any format. Only wording and place decide, no site's name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.read import datelines, furniture, pictures, titles
from dragoman.read.lines import Line, letters_are_capital
from dragoman.read.published import from_copyright
from dragoman.read.roles import BULLET, FINISHED, HEAD, TITLE_LONGEST, Draft, Layout, Role, plain

_CHANGED = re.compile(r"(?:last )?(?:updated|modified|changed)", re.I)
_PARTS = re.compile(r"\s*[|·•]\s*")
_COMMENT_FORM = re.compile(r"(?:leave|post|write|submit|your e-?mail|be the first)", re.I)
_HEADING_LONGEST = 120
_HEADING_WORDS = 18
_TEXT_SHORTEST = 80  # characters from which a paragraph counts as running text


def arrange(lines: Sequence[Line], title: str | None = None) -> Layout:
    """The layout of an article. ``title``: its title where metadata give it; else the first line is judged."""
    draft = Draft(lines, letters_are_capital(lines), [None] * len(lines))
    draft.facts.title = title
    _furniture(draft)
    titles.place(draft)
    _head(draft)
    pictures.place(draft)
    _tail(draft)
    _related(draft)
    _datelines(draft)
    for i, line in enumerate(lines):
        if draft.roles[i] is None:
            draft.roles[i] = Role("heading" if _is_heading(draft, i) else "body") if line.tag != "heading" else Role("heading")
    if not any(role and role.kind for role in draft.roles):
        draft.roles = [Role("body") for _ in lines]  # nothing but furniture: then it is the text
    if draft.facts.published is None and draft.facts.years:
        told = " ".join(line.words for line, role in zip(lines, draft.roles, strict=True) if role and role.kind == "caption")
        draft.facts.published = from_copyright(draft.facts.years, told)
    return Layout(tuple(role or Role("body") for role in draft.roles), draft.facts)


def _furniture(draft: Draft) -> None:
    """Lines that are no text whatever stands around them, and what they tell."""
    facts = draft.facts
    for i, line in enumerate(draft.lines):
        found = furniture.recognise(line.words)
        if found is None or (i == 0 and len(draft.lines) > 1 and found.what == "related articles" and len(line.words) > 40):
            continue  # "Watch: ..." in the first line is a title
        draft.roles[i] = Role(None, found.what)
        facts.minutes = facts.minutes or found.minutes
        for part in _PARTS.split(line.words) if found.minutes else []:  # "World | By Jane Doe | 8 May 2025 | 3 min read"
            facts.authors = facts.authors or datelines.byline(part) or ()
            facts.published = facts.published or (None if _CHANGED.match(part) else datelines.date_line(part))
        if found.categories and not found.tags:
            facts.categories = tuple(dict.fromkeys(facts.categories + found.categories))
        facts.outlet = facts.outlet or found.owner
        facts.years = facts.years or found.years


def _head(draft: Draft) -> None:
    """Bylines and dates between the title and the text."""
    seen = 0
    for i, line in enumerate(draft.lines):
        if seen > HEAD or (draft.roles[i] is None and len(line.words) > _TEXT_SHORTEST * 2):
            break
        seen += 1
        if draft.roles[i] is not None and draft.roles[i] != Role(None, "navigation"):
            continue
        names = datelines.byline(line.words)
        if names is not None:
            draft.roles[i] = Role(None, "byline")
            draft.facts.authors = draft.facts.authors or names
            for part in _PARTS.split(line.words)[1:]:  # "By Jane Doe | 8 May 2025"
                if not _CHANGED.match(part):
                    draft.facts.published = draft.facts.published or datelines.date_line(part)
            continue
        day = datelines.date_line(line.words)
        if day is not None:
            draft.roles[i] = Role(None, "date line")
            if not _CHANGED.match(line.words):
                draft.facts.published = draft.facts.published or day
            continue
        day = datelines.place_and_date(line.words)
        if day is not None:
            draft.facts.published = draft.facts.published or day
            if not line.words.endswith("."):
                draft.roles[i] = Role(None, "dateline")


def _tail(draft: Draft) -> None:
    """After the copyright line or the comment form nothing of the article follows."""
    sizes = [len(line.words) if role is None or role.kind else 0 for line, role in zip(draft.lines, draft.roles, strict=True)]
    total, before = sum(sizes), 0
    for i, role in enumerate(draft.roles):
        before += sizes[i]
        what = role.what if role is not None and role.kind is None else None
        form = what == "comments" and _COMMENT_FORM.match(draft.lines[i].words)
        if not (what == "copyright line" or form) or before < _TEXT_SHORTEST or before < total - before:
            continue
        outlet = plain(draft.facts.outlet or "")
        for j in range(i + 1, len(draft.lines)):
            if (draft.roles[j] or Role("body")).kind not in {None, "title"}:
                about = what == "copyright line" or bool(outlet and plain(draft.lines[j].words).startswith(outlet))
                draft.roles[j] = Role(None, "about the outlet" if about else "after the comment form")
        return


def _related(draft: Draft) -> None:
    """Headlines listed below "Related Articles", up to the next running text."""
    lines, roles = draft.lines, draft.roles
    for i, role in enumerate(list(roles)):
        if (
            role is None
            or role.what != "related articles"
            or len(lines[i].words) > 60
            or re.search(r"[:–—|]\s*\S", lines[i].words)
        ):
            continue
        run = []
        for j in range(i + 1, len(lines)):
            words = lines[j].words
            if roles[j] is not None or len(words) > TITLE_LONGEST or re.search(r"[.:;,][\"'”’)]*$", words):
                break
            run.append(j)
        ends_in_text = bool(run) and run[-1] + 1 < len(lines) and roles[run[-1] + 1] is None
        if ends_in_text and lines[run[-1]].block != lines[i].block:
            run.pop()  # the last line before text is a heading
        for j in run:
            roles[j] = Role(None, "related articles")


def _datelines(draft: Draft) -> None:
    """The dateline of the first text, alone on its line or before the first sentence."""
    spoken = sum(datelines.speaker_like(line.words) for line in draft.lines)
    looked = 0
    for i, line in enumerate(draft.lines):
        if draft.roles[i] is not None:
            continue
        looked += 1
        found = datelines.dateline(line.words, capitals=draft.capitals, colons=spoken == 1)
        if found is not None:
            facts = draft.facts
            facts.agency = facts.agency or found.agency
            facts.published = facts.published or found.published
            rest = line.words[found.length :]
            draft.roles[i] = Role("body", "dateline", skip=found.length) if rest else Role(None, "dateline")
            return
        if looked >= 3:
            return


def _is_heading(draft: Draft, i: int) -> bool:
    line = draft.lines[i]
    words = line.words
    if len(words) > _HEADING_LONGEST or len(words.split()) > _HEADING_WORDS or BULLET.match(words) or line.tag is not None:
        return False
    if not (words[0].isupper() or words[0].isdigit() or words[0] in "\"'“‘¿¡«"):
        return False
    following = next(
        (j for j in range(i + 1, len(draft.lines)) if draft.roles[j] is None or (draft.roles[j] or Role("body")).kind), None
    )
    if following is None or (i == 0 and len(draft.lines) == 1):
        return False
    alone = (i == 0 or draft.lines[i - 1].block != line.block) and draft.lines[following].block != line.block
    if words.endswith(("?", "!")):
        return (
            alone
            and len(words) <= 80
            and not datelines.speaker_like(words)
            and len(re.findall(r"[.!?]", words)) == 1
            and words[0] not in "\"'“‘«"
        )
    quoted = words[0] in '"“«' and words[-1] in '"”»' and len(words.split()) > 5
    if quoted or FINISHED.search(words) or words.endswith(("-", "–", "—")) or datelines.speaker_like(words):
        return False
    return alone or not draft.capitals
