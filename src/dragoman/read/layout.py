"""What each paragraph of an article is: title, heading, text, caption or furniture, and what the furniture tells.

Works on paragraphs in reading order, from any format. Only wording and place decide, no site's name.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from dragoman.read import captions, datelines, furniture
from dragoman.read.lines import Line, letters_are_capital
from dragoman.read.published import from_copyright
from dragoman.read.words import AGENCIES
from dragoman.records import Interval, SentenceKind

_FINISHED = re.compile(r"[.!?…:;,][\"'”’»)\]]*$")
_MARKS = re.compile(r"[\W_]+")
_BULLET = re.compile(r"[-–—*•·‣▪◦>]\s|\(?\d{1,3}[.)]\s")
_SUFFIX = re.compile(r"\s+[-–—|·:]\s+(?P<site>[^-–—|·]{2,40})$")
_CHANGED = re.compile(r"(?:last )?(?:updated|modified|changed)", re.I)
_HEAD = 8  # paragraphs after the title among which byline, date and section stand
_TITLE_LONGEST = 250  # characters
_HEADING_LONGEST = 120
_HEADING_WORDS = 18
_CAPTIONS = 200  # captions compared with each other; no article has more
_TEXT_SHORTEST = 80  # characters from which a paragraph counts as running text


@dataclass(frozen=True, slots=True)
class Role:
    """What one paragraph is. Its text runs from ``skip`` to ``stop`` (offsets into the paragraph; None: to its end)."""

    kind: SentenceKind | None
    what: str | None = None
    skip: int = 0
    stop: int | None = None
    credit: str | None = None


@dataclass(slots=True)
class Facts:
    """What titles, datelines and furniture say of the article; None and empty where they say nothing."""

    title: str | None = None
    outlet: str | None = None
    agency: str | None = None
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    minutes: int | None = None
    published: Interval | None = None
    years: str | None = None
    site_suffix: str | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """One role for each paragraph, and the facts."""

    roles: tuple[Role, ...]
    facts: Facts


@dataclass(slots=True)
class _Work:
    lines: Sequence[Line]
    capitals: bool
    roles: list[Role | None]
    facts: Facts = field(default_factory=Facts)


def arrange(lines: Sequence[Line], title: str | None = None) -> Layout:
    """The layout of an article. ``title``: its title where metadata give it; else the first line is judged."""
    work = _Work(lines, letters_are_capital(lines), [None] * len(lines))
    work.facts.title = title
    _furniture(work)
    _title(work)
    _head(work)
    _captions(work)
    _tail(work)
    _related(work)
    _datelines(work)
    for i, line in enumerate(lines):
        if work.roles[i] is None:
            work.roles[i] = Role("heading" if _is_heading(work, i) else "body") if line.tag != "heading" else Role("heading")
    if not any(role and role.kind for role in work.roles):
        work.roles = [Role("body") for _ in lines]  # nothing but furniture: then it is the text
    if work.facts.published is None and work.facts.years:
        told = " ".join(line.words for line, role in zip(lines, work.roles, strict=True) if role and role.kind == "caption")
        work.facts.published = from_copyright(work.facts.years, told)
    return Layout(tuple(role or Role("body") for role in work.roles), work.facts)


def _furniture(work: _Work) -> None:
    facts = work.facts
    for i, line in enumerate(work.lines):
        found = furniture.recognise(line.words)
        if found is None or (i == 0 and len(work.lines) > 1 and found.what == "related articles" and len(line.words) > 40):
            continue  # "Watch: ..." in the first line is a title
        work.roles[i] = Role(None, found.what)
        facts.minutes = facts.minutes or found.minutes
        for part in (
            re.split(r"\s*[|·•]\s*", line.words) if found.minutes else []
        ):  # "World | By Jane Doe | 8 May 2025 | 3 min read"
            facts.authors = facts.authors or datelines.byline(part) or ()
            facts.published = facts.published or (None if _CHANGED.match(part) else datelines.date_line(part))
        if found.categories and not found.tags:
            facts.categories = tuple(dict.fromkeys(facts.categories + found.categories))
        facts.outlet = facts.outlet or found.owner
        facts.years = facts.years or found.years


def _same(one: str, other: str) -> bool:
    if len(one) > 2 * len(other) + 20 or len(other) > 2 * len(one) + 20:
        return False
    return _plain(one) == _plain(other) != ""


def _plain(words: str) -> str:
    return _MARKS.sub("", words.casefold())


def _title(work: _Work) -> None:
    """The title stands first and once; the same words again are furniture."""
    free = [i for i, role in enumerate(work.roles) if role is None]
    first = _below_menu(work, free) if free else None
    facts = work.facts
    if facts.title is None and first is not None and len(free) > 1 and _could_be_title(work, first):
        words = work.lines[first].words
        repeated = sum(_same(words, line.words) for line in work.lines[: _HEAD * 2]) > 1
        suffix = _SUFFIX.search(words)
        if suffix and not repeated and _is_site(work, suffix["site"]):
            facts.site_suffix = suffix["site"]
            facts.outlet = facts.outlet or suffix["site"]
            work.roles[first] = Role("title", stop=suffix.start())
            facts.title = words[: suffix.start()]
        else:
            work.roles[first] = Role("title")
            facts.title = words
    if facts.title is None:
        return
    seen = False
    for i, line in enumerate(work.lines):
        role = work.roles[i]
        if role is not None and role.kind == "title":
            seen = True
        elif (role is None or role.kind is None) and _same(line.words, facts.title):
            work.roles[i] = Role(None, "repeated title") if seen else Role("title")
            seen = True


def _below_menu(work: _Work, free: list[int]) -> int:
    """The first free line, or the one that is stated twice below it: a page's title under the words of its menu."""
    for at, i in enumerate(free[:_HEAD]):
        words = work.lines[i].words
        if at and (len(words) > _TITLE_LONGEST or words.endswith(".")):
            break
        if len(words.split()) >= 4 and any(_same(words, other.words) for other in work.lines[i + 1 : i + 4]):
            for menu in free[:at]:
                work.roles[menu] = Role(None, "navigation")
            return i
        if work.lines[i].tag is not None or datelines.byline(words) is not None or _FINISHED.search(words):
            break
    return free[0]


def _is_site(work: _Work, site: str) -> bool:
    """The words after the last dash of a title name the outlet: they stand elsewhere too, or are an agency."""
    elsewhere = " ".join(line.words for line in work.lines[1:6])
    return (
        site.lower() in AGENCIES
        or bool(re.fullmatch(r"[\w-]+\.(?:com|org|net|info|tv|co\.\w\w|\w\w)", site))
        or f"({site})" in elsewhere
        or bool(work.facts.outlet and _same(site, work.facts.outlet))
    )


def _could_be_title(work: _Work, i: int) -> bool:
    line = work.lines[i]
    if line.tag in {"title", "heading"}:
        return True
    words = line.words
    if line.tag is not None or len(words) > _TITLE_LONGEST or _BULLET.match(words) or datelines.byline(words) is not None:
        return False
    if datelines.date_line(words) or datelines.place_and_date(words):
        return False
    if not words.endswith(".") and any(_same(words, other.words) for other in work.lines[i + 1 : i + 4]):
        return True
    if words.endswith("...") or words.endswith("…"):
        return True
    if re.search(r"[.;,:][\"'”’»)\]]*$", words) and not re.search(r"[\"'”’][.,]?$|[A-Z]\.$", words):
        return False
    if re.search(r"[a-z][.!?][\"'”’]+$", words) and re.search(r"\b(?:said|says|told|added)\b|[.!?][\"'”’]*\s", words):
        return False  # text that ends with a quotation, where a title would not report it
    if work.capitals and datelines.dateline(words, capitals=True, colons=False):
        return False
    return datelines.dateline(words, capitals=work.capitals, colons=False) is None and not datelines.speaker_like(words)


def _head(work: _Work) -> None:
    """Bylines and dates between the title and the text."""
    seen = 0
    for i, line in enumerate(work.lines):
        if seen > _HEAD or (work.roles[i] is None and len(line.words) > _TEXT_SHORTEST * 2):
            break
        seen += 1
        if work.roles[i] is not None and work.roles[i] != Role(None, "navigation"):
            continue
        names = datelines.byline(line.words)
        if names is not None:
            work.roles[i] = Role(None, "byline")
            work.facts.authors = work.facts.authors or names
            for part in re.split(r"\s*[|·•]\s*", line.words)[1:]:  # "By Jane Doe | 8 May 2025"
                if not _CHANGED.match(part):
                    work.facts.published = work.facts.published or datelines.date_line(part)
            continue
        day = datelines.date_line(line.words)
        if day is not None:
            work.roles[i] = Role(None, "date line")
            if not _CHANGED.match(line.words):
                work.facts.published = work.facts.published or day
            continue
        day = datelines.place_and_date(line.words)
        if day is not None:
            work.facts.published = work.facts.published or day
            if not line.words.endswith("."):
                work.roles[i] = Role(None, "dateline")


def _captions(work: _Work) -> None:
    """Lines with a credit, and the alternative texts that stand before them."""
    lines, roles = work.lines, work.roles
    for i, line in enumerate(lines):
        if roles[i] is not None and (roles[i] or Role(None)).kind is not None:
            continue
        if roles[i] is not None and line.tag != "caption":
            continue
        alone = captions.credit_alone(line.words)
        if alone is not None:
            roles[i] = Role(None, "image credit")
            before = i - 1
            if before >= 0 and roles[before] is None and len(lines[before].words) <= 400 and lines[before].block == line.block:
                if lines[before].tag == "caption" or not _mid_text(lines, before):
                    roles[before] = Role("caption", credit=alone)
            elif before >= 0 and (roles[before] or Role(None)).kind == "caption" and not (roles[before] or Role(None)).credit:
                roles[before] = replace(roles[before] or Role("caption"), credit=alone)
            continue
        found = captions.credit(line.words)
        if found and len(re.findall(r"[.!?]\s", line.words[: found[0]])) <= 3:
            roles[i] = Role("caption", stop=found[0], credit=found[1])
        elif line.tag == "caption":
            roles[i] = Role("caption")
    _repeated_captions(work)
    for i, (line, following) in enumerate(itertools.pairwise(lines)):
        if roles[i] is None and _is_alt(line, following):
            roles[i] = Role(None, "image alt text repeated in its caption")
            if roles[i + 1] is None:
                roles[i + 1] = Role("caption")


def _repeated_captions(work: _Work) -> None:
    """A caption that another of the article's captions holds: the same picture shown twice."""
    captioned = [i for i, role in enumerate(work.roles) if role is not None and role.kind == "caption"]
    seen: list[tuple[int, str]] = []
    for i in captioned[:_CAPTIONS]:
        words = _plain(work.lines[i].words)
        twin = next((k for k, (_, other) in enumerate(seen) if words.startswith(other) or other.startswith(words)), None)
        if twin is None:
            seen.append((i, words))
        elif len(words) > len(seen[twin][1]):
            work.roles[seen[twin][0]] = Role(None, "repeated caption")
            seen[twin] = (i, words)
        else:
            work.roles[i] = Role(None, "repeated caption")


def _mid_text(lines: Sequence[Line], i: int) -> bool:
    """The line follows another text line of its block: a sentence on its own line, not a caption."""
    return i > 0 and lines[i - 1].block == lines[i].block and bool(_FINISHED.search(lines[i - 1].words))


def _is_alt(line: Line, following: Line) -> bool:
    """A picture's alternative text: the start of the caption below it, or the whole of it."""
    alt, caption = _plain(line.words), _plain(following.words)
    return following.block == line.block and len(alt) >= 12 and caption.startswith(alt) and not re.search(r"[.!?]$", line.words)


def _tail(work: _Work) -> None:
    """After the copyright line or the comment form nothing of the article follows."""
    sizes = [len(line.words) if role is None or role.kind else 0 for line, role in zip(work.lines, work.roles, strict=True)]
    total, before = sum(sizes), 0
    for i, role in enumerate(work.roles):
        before += sizes[i]
        what = role.what if role is not None and role.kind is None else None
        form = what == "comments" and re.match(
            r"(?:leave|post|write|submit|your e-?mail|be the first)", work.lines[i].words, re.I
        )
        if not (what == "copyright line" or form) or before < _TEXT_SHORTEST or before < total - before:
            continue
        outlet = _plain(work.facts.outlet or "")
        for j in range(i + 1, len(work.lines)):
            if (work.roles[j] or Role("body")).kind not in {None, "title"}:
                about = what == "copyright line" or bool(outlet and _plain(work.lines[j].words).startswith(outlet))
                work.roles[j] = Role(None, "about the outlet" if about else "after the comment form")
        return


def _related(work: _Work) -> None:
    """Headlines listed below "Related Articles", up to the next running text."""
    lines, roles = work.lines, work.roles
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
            if roles[j] is not None or len(words) > _TITLE_LONGEST or re.search(r"[.:;,][\"'”’)]*$", words):
                break
            run.append(j)
        ends_in_text = bool(run) and run[-1] + 1 < len(lines) and roles[run[-1] + 1] is None
        if ends_in_text and lines[run[-1]].block != lines[i].block:
            run.pop()  # the last line before text is a heading
        for j in run:
            roles[j] = Role(None, "related articles")


def _datelines(work: _Work) -> None:
    """The dateline of the first text, alone on its line or before the first sentence."""
    spoken = sum(datelines.speaker_like(line.words) for line in work.lines)
    looked = 0
    for i, line in enumerate(work.lines):
        if work.roles[i] is not None:
            continue
        looked += 1
        found = datelines.dateline(line.words, capitals=work.capitals, colons=spoken == 1)
        if found is not None:
            facts = work.facts
            facts.agency = facts.agency or found.agency
            facts.published = facts.published or found.published
            rest = line.words[found.length :]
            work.roles[i] = Role("body", "dateline", skip=found.length) if rest else Role(None, "dateline")
            return
        if looked >= 3:
            return


def _is_heading(work: _Work, i: int) -> bool:
    line = work.lines[i]
    words = line.words
    if len(words) > _HEADING_LONGEST or len(words.split()) > _HEADING_WORDS or _BULLET.match(words) or line.tag is not None:
        return False
    if not (words[0].isupper() or words[0].isdigit() or words[0] in "\"'“‘¿¡«"):
        return False
    following = next(
        (j for j in range(i + 1, len(work.lines)) if work.roles[j] is None or (work.roles[j] or Role("body")).kind), None
    )
    if following is None or (i == 0 and len(work.lines) == 1):
        return False
    alone = (i == 0 or work.lines[i - 1].block != line.block) and work.lines[following].block != line.block
    if words.endswith(("?", "!")):
        return (
            alone
            and len(words) <= 80
            and not datelines.speaker_like(words)
            and len(re.findall(r"[.!?]", words)) == 1
            and words[0] not in "\"'“‘«"
        )
    quoted = words[0] in '"“«' and words[-1] in '"”»' and len(words.split()) > 5
    if quoted or _FINISHED.search(words) or words.endswith(("-", "–", "—")) or datelines.speaker_like(words):
        return False
    return alone or not work.capitals
