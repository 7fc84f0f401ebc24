"""Where articles disagree on one event: its day, a count, whether it happened, who it was.

Works on event groups: that two sentences tell one event is settled there. What is left is to see whether they can both be
true. A toll that rises from one day to the next is an update and no discrepancy; a month and a day in it agree; a plan and what
came of it are two things. Near-copies of one text speak with one voice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import combinations, pairwise

from dragoman import codebook
from dragoman.reconcile import lexicon as lexicons
from dragoman.reconcile.counts import Count, cannot_agree, count_of, value_of
from dragoman.reconcile.mentions import Mention
from dragoman.reconcile.passages import contrasted, other_place, passages
from dragoman.reconcile.sameness import person, told_by
from dragoman.reconcile.told import Told, corrected, favoured
from dragoman.records import Article, Discrepancy, DiscrepancyKind, Sentence, Side, content_id

RISING = frozenset(
    {"killed", "injured", "arrested", "displaced", "evacuated", "missing", "infected", "rescued", "captured", "destroyed"}
)
"""Fates whose count grows while the news comes in."""
_POINTS = frozenset("sign expel release kidnap withdraw tariff recognise ceasefire invade".split())
"""Modes that last no time, whatever word tells them; a visit, a detention or a fight has a first day and others."""
_NOT = re.compile(
    r"\b(?:did|does|do|has|have|had|was|were|is|are)(?: not|n['’]t)\s+(?:\w+\s+){0,2}\w+$|\bnever\s+(?:\w+\s+)?\w+$", re.I
)
_FIRST = re.compile(r"(?:(?:did|does|do|has|have|had|was|were|is|are)(?: not|n['’]t)\s+)?\S*", re.I)
_SEVERAL = re.compile(
    r"\b(?:between|from)\b.{3,40}\b(?:and|to|until)\b|\b(?:two|three|four|five|several)[- ]days?\b", re.IGNORECASE
)
_DAY_SAID = re.compile(
    r"\d|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day|\b(?:yesterday|today|tonight)\b", re.IGNORECASE
)  # not "last week", "earlier"


@dataclass(frozen=True, slots=True)
class Update:
    """A count that grew as the news came in: no discrepancy, but the later one holds."""

    group: str
    about: str
    values: tuple[tuple[str, str], ...]
    """Day of publication and value, oldest first."""


@dataclass(frozen=True, slots=True)
class Across:
    """What was found: discrepancies with the group they are in, and updates."""

    discrepancies: tuple[tuple[str, Discrepancy], ...]
    updates: tuple[Update, ...]


def across(groups: Mapping[str, Sequence[Told]]) -> Across:
    """The discrepancies between the articles of each group, and the counts that rose; in the order of the groups' ids.

    The id of a discrepancy is a hash of its kind and passages: two rows on the same passages (a sentence coded twice) are one.

    Parameters: ``groups`` gives the mentions of each group id, all of them; groups told by one article alone give nothing,
    since what disagrees inside one article is found when it is read (``reconcile.discrepancies``). A side's ``value`` is an ISO
    date, a number, a modality or an actor's name. ``favoured`` is the side that most speaks for: a later correction, more
    independent sources, an official source, an article written nearer to the event; None where nothing or as much speaks for
    each.
    """
    found: list[tuple[str, Discrepancy]] = []
    updates: list[Update] = []
    for group in sorted(groups):
        told = sorted(groups[group], key=lambda t: (t.mention.published or date.max, t.mention.document, t.start, t.mention.id))
        if len({t.mention.document for t in told}) < 2:
            continue
        counted, rises = _counts(group, told)
        updates += rises
        rows = [*_dates(told), *counted, *_outcomes(told), *_persons(told)]
        told_already = {row.id for _, row in found}
        found += ((group, row) for row in sorted(rows, key=lambda row: (row.kind, row.id)) if row.id not in told_already)
    return Across(tuple(found), tuple(updates))


# Days


def _dates(told: Sequence[Told]) -> Iterator[Discrepancy]:
    """Two days for what one word tells: the arrival of Monday and the arrival of Tuesday, not the arrival and the talks."""
    by_day: dict[str, list[Told]] = {}
    if len({t.mention.date_from for t in told} - {None}) < 2:
        return
    dated = [t for t in told if _dated(t)]
    clash: set[str] = set()
    for a, b in combinations(dated, 2):
        if a.mention.date_from != b.mention.date_from and a.source != b.source and _one_act(a.mention, b.mention):
            clash |= {a.mention.id, b.mention.id}
    for t in dated:
        if t.mention.id in clash:
            by_day.setdefault(str(t.mention.date_from), []).append(t)
    if len(by_day) > 1:
        days = sorted(day for day in by_day)
        apart = (date.fromisoformat(days[-1]) - date.fromisoformat(days[0])).days
        note = "; a day apart, which time zones can explain" if apart == 1 else ""
        yield _row("date", _about(told), by_day, f"two days for one event: {' and '.join(days)}{note}", 0.5 if note else 0.7)


def _dated(t: Told) -> bool:
    """Whether the text itself gives one day for what was done."""
    m = t.mention
    return (
        m.date_precision == "day"
        and m.date_from is not None
        and m.modality in ("happened", "ongoing")
        and _DAY_SAID.search(t.date_text or t.text) is not None
        and _SEVERAL.search(t.text) is None
    )


def _one_act(m: Mention, n: Mention) -> bool:
    """Whether two mentions tell the same part of an event, by the word for it."""
    if m.root != n.root:
        return False
    return told_by(m) == told_by(n) or (m.mode in _POINTS and m.mode == n.mode)


# Counts


@dataclass(frozen=True, slots=True)
class _Counted:
    told: Told
    count: Count


def _counts(group: str, told: Sequence[Told]) -> tuple[list[Discrepancy], list[Update]]:
    """Two counts of one thing that no number satisfies; a toll that only grew from day to day is an update."""
    every = [_Counted(t, count) for t in told for count in _figures(t)]
    pairs = [(a, b) for a, b in combinations(every, 2) if a.told.mention.document != b.told.mention.document and _clash(a, b)]
    kinds: dict[tuple[str, str | None], list[_Counted]] = {}
    for pair in pairs:
        for one in pair:
            several = kinds.setdefault((one.count.unit, one.count.fate), [])
            if one not in several:
                several.append(one)
    rows, updates = [], []
    for (unit, fate), several in kinds.items():
        what = unit if fate is None else f"{unit} {fate}"
        sides: dict[str, list[Told]] = {}
        for one in sorted(several, key=lambda c: (c.told.mention.published or date.max, c.count.figure.value)):
            sides.setdefault(value_of(one.count), []).append(one.told)
        if fate in RISING and _rose(several):
            days = {value: str(of[0].mention.published) for value, of in sides.items()}
            updates.append(Update(group, what, tuple((day, value) for value, day in days.items())))
            continue
        if len({t.source for of in sides.values() for t in of}) < 2:
            continue  # the copies of one text, of which the newest holds
        words = " and ".join(sides)
        rows.append(_row("number", f"{what}: {_about(told)}", sides, f"two counts of {what}: {words}", 0.7))
    return rows, updates


def _figures(t: Told) -> Iterator[Count]:
    """The counts of a sentence, in an article of that sentence alone."""
    if not t.figures:
        return
    sentence = Sentence(0, "body", 0, len(t.text))
    article = Article(t.mention.document, None, None, (), "en", None, None, (), None, t.text, (sentence,))
    lists = lexicons.load()
    (passage,) = passages(article, lists)
    for figure in t.figures:
        at = figure.evidence[0]
        moved = replace(at, sentence=0, start=at.start - t.start, end=at.end - t.start)
        if 0 <= moved.start < moved.end <= len(t.text):
            count = count_of(article, replace(figure, evidence=(moved,)), passage, lists)
            if not count.part:
                yield count


def _clash(a: _Counted, b: _Counted) -> bool:
    """Whether two counts are of one thing and cannot both be true."""
    x, y = a.count, b.count
    if x.unit != y.unit or x.fate != y.fate or not cannot_agree(x.figure, y.figure):
        return False
    if x.unit == "persons" and x.fate is None:
        return False
    if (x.unit == "percent" or x.figure.unit.isupper()) and x.figure.what != y.figure.what:
        return False
    if x.unit == "percent" and x.figure.what is None:
        return False
    if None in (x.figure.what, y.figure.what) and not (_alone(a) and _alone(b)):
        return False  # a sum that is not named is of the event only where the sentence has no other
    if x.modifiers and y.modifiers and not x.modifiers & y.modifiers:
        return False
    if None not in (x.figure.of, y.figure.of) and x.figure.of != y.figure.of:
        return False
    corrects = corrected(a.told.text) or corrected(b.told.text)  # "an earlier toll" is of the same event then
    return (corrects or not contrasted(x.passage, y.passage)) and not other_place(x.passage, y.passage)


def _alone(one: _Counted) -> bool:
    """Whether a sentence has one figure of this unit only."""
    return sum(figure.unit == one.count.figure.unit for figure in one.told.figures) == 1


def _rose(several: Sequence[_Counted]) -> bool:
    """Whether the count only grew from one day of publication to the next."""
    by_day: dict[date, set[float]] = {}
    for one in several:
        if one.told.mention.published is None:
            return False
        by_day.setdefault(one.told.mention.published, set()).add(one.count.figure.value)
    days = sorted(by_day)
    return (
        len(days) > 1
        and all(max(by_day[earlier]) <= min(by_day[later]) for earlier, later in pairwise(days))
        and all(len(values) == 1 for values in by_day.values())
    )


# What became of it, and who it was


def _outcomes(told: Sequence[Told]) -> Iterator[Discrepancy]:
    """One article tells what another says did not happen."""
    denied = [t for t in told if _denied(t)]
    done = [t for t in told if t.mention.modality in ("happened", "ongoing") and t not in denied]
    if denied and {t.source for t in done} - {t.source for t in denied}:
        sides = {"happened": done, "denied": denied}
        yield _row("outcome", _about(told), sides, "one side says it happened, the other that it did not", 0.7)


def _denied(t: Told) -> bool:
    """Whether it is told as not having happened."""
    return t.mention.modality == "denied" or _NOT.search(_until(t)) is not None


def _until(t: Told) -> str:
    """The sentence to the end of its trigger's first word, or of the negation that the trigger begins with."""
    first = _FIRST.match(t.mention.trigger_text)
    return t.text[: t.mention.trigger_start - t.start + (first.end() if first else 0)]


def _persons(told: Sequence[Told]) -> Iterator[Discrepancy]:
    """Two persons of one state for one part in a meeting, a visit or a signing."""
    done = [t for t in told if t.mention.modality in ("happened", "ongoing")]
    for country in sorted({c for t in done for c in (t.mention.source_country, t.mention.target_country) if c}):
        named = [(t, name) for t in done if (name := _name(t.mention, country))]
        sides: dict[str, list[Told]] = {}
        for t, name in named:
            sides.setdefault(name, []).append(t)
        for one, other in combinations(sorted(sides), 2):
            a, b = sides[one], sides[other]
            apart = not set(one.split("-")) & set(other.split("-"))
            if (
                apart
                and _one_place(a[0], b[0])
                and not _both_named(told, one, other)
                and {t.source for t in a} != {t.source for t in b}
            ):
                words = f"two persons for one part: {one.replace('-', ' ')} and {other.replace('-', ' ')}"
                yield _row("actor", f"{country} in {_about(told)}", {one: a, other: b}, words, 0.6)


def _name(m: Mention, country: str) -> str | None:
    """The name of the person that stands for a state in a mention, as in its id."""
    for own, actor in ((m.source_country, m.source_actor), (m.target_country, m.target_actor)):
        if (
            own == country
            and m.source_country != m.target_country
            and actor
            and len(person(actor)) > 1
            and actor.count(".") == 2
        ):
            return actor.split(".", 2)[2]
    return None


def _one_place(a: Told, b: Told) -> bool:
    """Whether two mentions tell one meeting so plainly that another person is another claim: same mode, same day."""
    m, n = a.mention, b.mention
    return _one_act(m, n) and m.date_from is not None and m.date_from == n.date_from


def _both_named(told: Sequence[Told], one: str, other: str) -> bool:
    """Whether some article names both, so that both were there."""
    words: dict[str, set[str]] = {}
    for t in told:
        words.setdefault(t.mention.document, set()).update(re.findall(r"[a-z]+", t.text.lower()))
    return any(one.split("-")[-1] in of and other.split("-")[-1] in of for of in words.values())


# Rows


def _row(kind: DiscrepancyKind, about: str, sides: Mapping[str, Sequence[Told]], reason: str, score: float) -> Discrepancy:
    best, why = favoured(sides)
    rows = tuple(Side(value, tuple(t.evidence for t in of)) for value, of in sides.items())
    places = [(value, [(t.mention.document, t.start) for t in of]) for value, of in sides.items()]
    return Discrepancy(
        content_id("across", kind, places), kind, about, rows, best, f"{reason}; {why}" if why else reason, score
    )


def _about(told: Sequence[Told]) -> str:
    """The event in a few words: the trigger and the pair of its first mention."""
    m = told[0].mention
    return f"{m.trigger_text}, {' and '.join(_state(code) for code in m.pair)}"


@cache
def _names() -> dict[str, str]:
    return {state.id: state.name for state in codebook.load().states}


def _state(code: str | None) -> str:
    return _names().get(code, code) if code else "nobody known"
