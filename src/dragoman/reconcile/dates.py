"""Two dates for one happening, a date that an anniversary excludes, a weekday that is not that of its date.

Two passages speak of one happening only if words, names and definiteness say so; what can happen twice (visits, elections,
invasions) needs dates that differ in one part alone, since people misprint a year or a day but live through many.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from dragoman.reconcile.findings import Finding, Place, grouped
from dragoman.reconcile.implied import Implied, implied, present_year, supports
from dragoman.reconcile.lexicon import Lexicon
from dragoman.reconcile.passages import WEEKDAYS, Passage, Written, contrasted, dates_clash, stem, true_weekday, unlike
from dragoman.records import Article

ONCE = frozenset({"birth", "death", "founding", "signing", "effect"})
_CLAUSE = re.compile(r"[;:]|,?\s+(?:but|while|whereas|although|though)\s|,\s+and\s|\)\s|\(")
_PLANNED = re.compile(
    r"\b(?:to|will|would|could|should|may|might|if|expected|due|scheduled|plan\w*|"
    r"not|never|be|before|until|had hoped)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_RELATION = re.compile(
    r"[’']s\s+(?:\w+\s+)?(?:father|mother|son|daughter|wife|husband|brother|"
    r"sister|widow|uncle|nephew|grandfather|predecessor|successor|deputy|aide)\b|"
    r"\b(?:his|her|whose)\s+(?:\w+\s+)?(?:father|mother|son|daughter|wife|husband|"
    r"brother|sister|grandfather)\b"
)
_INDEFINITE = r"\b(?:a|an|another|several|many|two|three)\s+(?:[\w-]+\s+){0,3}"
_WORD = re.compile(r"[A-Za-zÀ-ÿ][\w-]*")
_ACTIVE = re.compile(r"\b(?:was|were|been|being|is|are|be)\s+(?:\w+\s+)?$")
_BORN = re.compile(r"\s+(?:(?:in|on|at|near|to)\b[^.;]*)?$")
_NOTHING = re.compile("")
_REACH = 90  # characters between a verb and its date; a longer gap holds another clause
_BEGAN = re.compile(r"began|started|broke out|erupted")
_SHARE = re.compile(r"\d\s*(?:%|percent|per cent)")
_NEW = re.compile(
    r"\s*(?:(?:when|since|after|as)\s+)?(?:an?|another)\s", re.IGNORECASE
)  # "a memorandum on the truce was signed"
_SAME_WORD = frozenset({"office", "outbreak", "killing", "movement"})
_STAY = 5  # days that a visit may last
_ARRIVAL = re.compile(r"arriv|landed|flew")


@dataclass(frozen=True, slots=True)
class Dated:
    """A happening and the date beside it. ``names`` and ``stems`` are those of its clause, ``subject`` the names before the
    trigger."""

    passage: Passage
    when: Written
    kind: str
    trigger: str
    passive: bool
    subject: frozenset[str]
    names: frozenset[str]
    stems: frozenset[str]
    clause: str


def date_findings(article: Article, passages: Sequence[Passage], lexicon: Lexicon) -> Iterator[Finding]:
    """Every finding about dates."""
    yield from _weekdays(passages)
    happenings = [found for passage in passages for found in _dated(passage, lexicon)]
    yield from _twice(happenings, lexicon)
    if not any(x.when.year is not None and x.when.month is not None for x in happenings):
        return
    said = implied(article, passages)
    visits = list(_visits(article, passages, said, happenings, lexicon))
    yield from visits
    if not visits:
        yield from _anniversaries(article, passages, said, happenings)


def _weekdays(passages: Sequence[Passage]) -> Iterator[Finding]:
    for passage in passages:
        for when in passage.dates:
            if when.year is None or when.day is None or when.month is None:
                continue
            true = true_weekday(when)
            place = Place(passage.i, when.start, when.end)
            if true is None:
                yield Finding(
                    "date",
                    f"the date {when.iso}",
                    ((when.iso, (place,)), ("no such day", (place,))),
                    None,
                    f"there is no day {when.iso}",
                    0.8,
                )
            elif when.weekday is not None and when.weekday != true and when.year >= 1930:
                said, is_ = WEEKDAYS[when.weekday].title(), WEEKDAYS[true].title()
                reason = f"{when.iso} was a {is_}, not a {said}"
                yield Finding(
                    "date", f"the day {when.iso}", ((said, (place,)), (f"{when.iso}, a {is_}", (place,))), None, reason, 0.85
                )


def _dated(passage: Passage, lexicon: Lexicon) -> Iterator[Dated]:
    dates = [when for when in passage.dates if when.year is not None or when.day is not None]
    if not dates:
        return
    once = [(match, match.lastgroup or "") for match in lexicon.dated.finditer(passage.text)]
    present = [(match, "presence") for match in lexicon.presence.finditer(passage.text)]
    if passage.sentence.kind == "caption" and not present:
        present = [(match, "presence") for match in _NOTHING.finditer(passage.text, 0, 0)]  # a picture shows who is where
    for when in dates:
        for triggers in (once, present):
            nearest = _nearest(passage, when, triggers)
            if nearest is None:
                continue
            yield _happening(passage, when, nearest[1], nearest[0], lexicon)


def _nearest(
    passage: Passage, when: Written, triggers: Sequence[tuple[re.Match[str], str]]
) -> tuple[re.Match[str], str] | None:
    """The trigger of its clause that a date belongs to, None where another date stands nearer to it."""
    start, end = when.start - passage.sentence.start, when.end - passage.sentence.start
    caption = passage.sentence.kind == "caption"
    near = []
    for match, kind in triggers:
        if _PLANNED.search(passage.text[: match.start()]):
            continue
        gap = start - match.end() if match.end() <= start else match.start() - end
        clear = gap <= _REACH and not _CLAUSE.search(passage.text, *_between(match, start, end))
        if (caption or clear) and (kind != "birth" or (0 <= gap <= 40 and _BORN.match(passage.text[match.end() : start]))):
            near.append((gap, match.start(), match, kind))
    if not near:
        return None
    _, at, match, kind = min(near, key=lambda entry: entry[:2])
    others = (other.start - passage.sentence.start for other in passage.dates if other is not when and other.year is not None)
    return None if any(abs(other - at) < abs(start - at) for other in others) else (match, kind)


def _between(match: re.Match[str], start: int, end: int) -> tuple[int, int]:
    return (match.end(), start) if match.end() <= start else (end, match.start())


def _happening(passage: Passage, when: Written, kind: str, match: re.Match[str], lexicon: Lexicon) -> Dated:
    begin, finish = 0, len(passage.text)
    for stop in _CLAUSE.finditer(passage.text):
        if stop.end() <= match.start():
            begin = stop.end()
        elif stop.start() >= max(match.end(), when.end - passage.sentence.start):
            finish = stop.start()
            break
    clause = passage.text[begin:finish]
    own = {word.lower() for word in _WORD.findall(match.group())}
    words = [word.lower() for word in _WORD.findall(clause)]
    before = {word.lower() for word in _WORD.findall(passage.text[begin : match.start()])}
    if kind == "presence":
        before = set(words)  # who is there: places are taken off where company is compared
    if kind in ("birth", "death"):
        before = {word.lower() for word in _WORD.findall(_subject(passage.text[begin : match.start()]))}
    return Dated(
        passage, when, kind, match.group().lower(), _is_passive(passage.text, match),
        passage.names_in(before), passage.names_in(words),
        frozenset(stem(word, lexicon) for word in words if word not in own) & passage.stems, clause,
    )  # fmt: skip


def _is_passive(text: str, match: re.Match[str]) -> bool:
    """ "was signed", or the participle of "the agreement, signed on 3 May"."""
    before, after = text[: match.start()], text[match.end() :]
    return bool(_ACTIVE.search(before)) or (bool(re.search(r",\s+$", before)) and bool(re.match(r"\s+(?:on|in|by)\b", after)))


def _subject(before: str) -> str:
    """The words before a verb without what stands between commas: "Salim Rahbi, who served in Paris, died"."""
    pieces = before.split(",")
    if len(pieces) >= 3 and re.match(r"\s*(?:who|which|whose|a |an |the )", pieces[-2]):
        return pieces[-3]
    return (
        " ".join(pieces[-2:])
        if not pieces[-1].strip() or re.fullmatch(r"\s*(?:was|is|who was)?\s*", pieces[-1])
        else pieces[-1]
    )


def _twice(happenings: Sequence[Dated], lexicon: Lexicon) -> Iterator[Finding]:
    for a, b in combinations(happenings, 2):
        if a.kind != b.kind or a.kind == "presence" or a.passage.i == b.passage.i or not dates_clash(a.when, b.when):
            continue
        if contrasted(a.passage, b.passage) or not _one_happening(a, b, lexicon):
            continue
        pairs = [
            (x.when.iso, _place(x))
            for x in happenings
            if x.kind == a.kind
            and x.when.iso in (a.when.iso, b.when.iso)
            and (x is a or x is b or _one_happening(x, a, lexicon))
        ]
        sides = grouped(pairs)
        if len(sides) < 2:
            continue
        counts = {value: len(places) for value, places in sides}
        first, second = sides[0][0], sides[1][0]
        favoured = first if counts[first] > counts[second] else second if counts[second] > counts[first] else None
        why = f"; {favoured} is said {counts[favoured]} times" if favoured else ""
        about = _about(a)
        yield Finding(
            "date", about, sides[:2], favoured, f"two dates for one happening ({about}): {first} and {second}{why}", 0.75
        )


def _one_happening(a: Dated, b: Dated, lexicon: Lexicon) -> bool:
    if a.kind in ("birth", "death"):
        less, more = sorted((a.subject, b.subject), key=len)
        return bool(less) and less <= more and not _RELATION.search(a.clause) and not _RELATION.search(b.clause)
    common = a.stems & b.stems
    if not common or _SHARE.search(a.clause) or _SHARE.search(b.clause) or not _same_doers(a, b, lexicon):
        return False
    near = _one_part_differs(a.when, b.when) or _one_beginning(a, b)
    once = a.kind in ONCE and a.passive == b.passive and (a.kind != "signing" or a.passive or a.subject == b.subject)
    if not (once or near) or (a.kind in _SAME_WORD and a.trigger != b.trigger):
        return False
    enough = len(common) >= 2 and len(common) >= 0.5 * min(len(a.stems), len(b.stems))
    known = not _NEW.match(b.clause) and not _indefinite(b, common, lexicon) and (near or not _indefinite(a, common, lexicon))
    return known and (enough or _bare_again(a, b, common, lexicon))


def _same_doers(a: Dated, b: Dated, lexicon: Lexicon) -> bool:
    """No doer of one that the other does not know, where one tells it in the passive; no names on both sides that the other
    lacks."""
    if a.passive != b.passive:
        active, other = (b, a) if a.passive else (a, b)
        if active.subject - other.passage.names:
            return False
    return not (unlike(a.names, b.passage.names, lexicon) and unlike(b.names, a.passage.names, lexicon))


def _one_beginning(a: Dated, b: Dated) -> bool:
    """ "Work on the canal began in 1881 ... when the work on the canal began in 1889": what is known begins in one year."""
    years = a.when.month is None and b.when.month is None
    known = " the " in f" {a.clause[:40].lower()}" and " the " in f" {b.clause[:40].lower()}"
    return a.kind == "outbreak" and bool(_BEGAN.match(a.trigger)) and years and known and len(a.stems & b.stems) >= 2


def _one_part_differs(a: Written, b: Written) -> bool:
    """Only the year, or only month and day within a year."""
    if a.day is not None and b.day is not None and a.month == b.month and a.day == b.day:
        return a.year != b.year
    return a.year == b.year and a.year is not None and a.month is not None and b.month is not None


def _bare_again(a: Dated, b: Dated, common: frozenset[str], lexicon: Lexicon) -> bool:
    """ "The truce took effect" after "the truce between X and Y took effect": one shared word, definite, right before the
    verb."""
    heads = []
    for x in (a, b):
        before = x.clause[: x.clause.lower().find(x.trigger)] if x.trigger in x.clause.lower() else ""
        found = re.search(r"\b[Tt]he\s+((?:[\w-]+\s+){1,3})(?:between[^,]*|of[^,]*|was\s+|had\s+|were\s+)*$", before)
        heads.append(frozenset(stem(word.lower(), lexicon) for word in _WORD.findall(found[1])) if found else frozenset())
    return bool(heads[0] & heads[1] & common) and a.when.year == b.when.year


def _indefinite(x: Dated, common: frozenset[str], lexicon: Lexicon) -> bool:
    found = re.finditer(_INDEFINITE + r"[\w-]+", x.clause, re.IGNORECASE)
    return any(stem(word.lower(), lexicon) in common for match in found for word in match.group().split()[1:3])


def _visits(
    article: Article, passages: Sequence[Passage], said: Sequence[Implied], happenings: Sequence[Dated], lexicon: Lexicon
) -> Iterator[Finding]:
    """The same people in the same place on the same day of two years, or arriving on two days of a month."""
    present = [x for x in happenings if x.kind == "presence" and x.when.day is not None]
    for a, b in combinations(present, 2):
        if a.passage.i == b.passage.i or not dates_clash(a.when, b.when) or a.when.month != b.when.month:
            continue
        captions = "caption" in (a.passage.sentence.kind, b.passage.sentence.kind)
        if (
            (contrasted(a.passage, b.passage) and not captions)
            or a.passage.relative
            or b.passage.relative
            or not _same_company(a, b)
        ):
            continue
        if a.when.day == b.when.day or (captions and _one_stay(a.when, b.when)):
            if (a.when.month, a.when.day) in lexicon.annual and not captions:
                continue
        elif not (_ARRIVAL.search(a.trigger) and _ARRIVAL.search(b.trigger) and a.when.year == b.when.year):
            continue
        values = (a.when.iso, b.when.iso)
        sides = grouped(
            [
                (x.when.iso, _place(x))
                for x in present
                if x.when.iso in values and (x in (a, b) or _same_company(x, a) or _same_company(x, b))
            ]
        )
        yield _visit(article, passages, said, a, b, sides)
        return


def _one_stay(a: Written, b: Written) -> bool:
    """Whether two days of one month, in years next to each other, would be days of one visit if the years agreed."""
    if a.day is None or b.day is None or a.year is None or b.year is None:
        return False
    return abs(a.year - b.year) == 1 and abs(a.day - b.day) <= _STAY


def _same_company(a: Dated, b: Dated) -> bool:
    """Who and where agree: the same subject (of a caption, anyone named in it), and a place of one is named by the other."""
    who_a = a.passage.names if a.passage.sentence.kind == "caption" else a.subject
    who_b = b.passage.names if b.passage.sentence.kind == "caption" else b.subject
    where = (a.passage.places & b.passage.names) | (b.passage.places & a.passage.names)
    return bool((who_a & who_b) - a.passage.places - b.passage.places) and bool(where)


def _visit(
    article: Article,
    passages: Sequence[Passage],
    said: Sequence[Implied],
    a: Dated,
    b: Dated,
    sides: tuple[tuple[str, tuple[Place, ...]], ...],
) -> Finding:
    years = [year for year in (a.when.year, b.when.year) if year is not None]
    favoured, why = None, ""
    if len(set(years)) == 2:
        support = supports(article, passages, said, years)
        weight = {year: sum(w for _, w in support[year]) for year in years}
        best = max(years, key=lambda year: weight[year])
        other = min(years, key=lambda year: weight[year])
        if weight[best] - weight[other] >= 0.8:
            favoured = (a if a.when.year == best else b).when.iso
            why = f"; {_list([words for words, _ in support[best]])}"
    about = _about(a)
    score = 0.9 if favoured else 0.75
    return Finding(
        "date", about, sides[:2], favoured, f"{about} is given two dates, {sides[0][0]} and {sides[1][0]}{why}", score
    )


def _list(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]


def _anniversaries(
    article: Article, passages: Sequence[Passage], said: Sequence[Implied], happenings: Sequence[Dated]
) -> Iterator[Finding]:
    """A dated happening on an occasion that fixes another year."""
    published = present_year(article)
    for one in said:
        holder = next(passage for passage in passages if passage.i == one.place.sentence)
        for x in happenings:
            year = x.when.year
            if year is None or year == one.year or abs(year - one.year) > 2 or x.when.month is None:
                continue
            same = x.passage.i == holder.i and one.place.start >= x.when.start
            linked = (
                0 < holder.i - x.passage.i <= 3
                and bool(x.passage.names & holder.names)
                and not holder.dates
                and not contrasted(x.passage, holder)
            )
            ordinal = re.search(r"([\w-]+)\s+year\b", one.words)
            echo = (
                ordinal is not None
                and x.passage.i != holder.i
                and re.search(rf"\b{re.escape(ordinal[1])}\s+year\b", x.passage.text) is not None
            )
            early = "enter" in one.words and year == one.year + 1  # the fourth year runs into the next calendar year
            if not (same or linked or echo) or early or (published == year and not same and not echo):
                continue
            support = supports(article, passages, said, [year, one.year])
            weight = {y: sum(w for words, w in support[y] if words != one.words) for y in (year, one.year)}
            favoured = None
            if abs(weight[year] - weight[one.year]) >= 0.7:
                favoured = x.when.iso if weight[year] > weight[one.year] else str(one.year)
            sides = ((x.when.iso, (_place(x),)), (str(one.year), (one.place,)))
            yield Finding("date", _about(x), sides, favoured, f"the date is {x.when.iso}, but {one.words}", 0.7)


def _place(x: Dated) -> Place:
    return Place(x.passage.i, x.when.start, x.when.end)


def _about(x: Dated) -> str:
    words = " ".join(x.clause.split())
    return words if len(words) <= 90 else words[:87].rsplit(" ", 1)[0] + " ..."
