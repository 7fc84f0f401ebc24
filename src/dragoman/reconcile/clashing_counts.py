"""Two counts of one thing that cannot both be true.

Numbers differ for many good reasons: another place, day or group, a part of a whole, a toll that rises, "at least". Each of
these is a reason to say nothing. Numbers by two named sources are told with their sources and no side is favoured.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from dragoman.reconcile.counts import Count, cannot_agree, count_of, value_of
from dragoman.reconcile.findings import Finding, Place, grouped
from dragoman.reconcile.lexicon import Lexicon, word_set
from dragoman.reconcile.passages import Passage, contrasted, other_place, other_time, shared, stem, unlike
from dragoman.records import Article, Figure

_UNREAL = re.compile(
    r"\b(?:if|would|could|might|may|plan(?:s|ned|ning)?|propos\w*|demand\w*|"
    r"need(?:s|ed)?|requir\w+|must|should|threshold|target|quota|limit|capacity|"
    r"eligible|maximum|minimum)\b"
)
_GENERAL = word_set(
    "city countr capita govern army town villag region police presid minist state people group statem report offici spokes"
)
_SHARED = 0.6  # of the shorter sentence's words; at .4 the finds on 1,781 unread articles were mostly false
_SCOPE = re.compile(r"(?:In|At|Near)\s+(?:the\s+)?([A-ZÀ-Þ][\w-]+)")
_STRICT = re.compile(r"\b(?:need(?:s|ed)?|requir\w+|threshold|target|quota|limit|capacity|eligible|maximum|minimum)\b")
_LEAD = 3  # sentences after a headline that repeat its news
_RISEN = re.compile(
    r"\b(?:pass(?:es|ed)|ris\w+|rose|climb\w*|so far|new|more|another|first|"
    r"second|per|each|every|daily|toll|record\w*|total)\b",
    re.IGNORECASE,
)
_REACH = 10  # sentences over which "the five diplomats" can point back
_HAPPENINGS = word_set(
    "BLAST ATTACK SHOOTING CRASH SINKING QUAKE FLOOD STORM FIRE FIGHTING PROTEST EXERCISE OFFENSIVE EXPULSION COUP"
)


def count_findings(
    article: Article, passages: Sequence[Passage], figures: Sequence[Figure], lexicon: Lexicon, present: int | None
) -> Iterator[Finding]:
    """Every finding about numbers."""
    at = {passage.i: passage for passage in passages}
    counts = [
        count_of(article, figure, at[figure.evidence[0].sentence], lexicon)
        for figure in figures
        if figure.evidence[0].sentence in at
    ]
    for a, b in combinations(counts, 2):
        if _contradict(a, b, article, lexicon, present):
            yield _finding(a, b, counts, article, lexicon, present)


def _around(count: Count) -> str:
    """The words beside the number."""
    at, end = count.start - count.passage.sentence.start, count.end - count.passage.sentence.start
    return count.passage.text[max(0, at - 30) : end + 20]


def _picks_others(a: Count, later: Count) -> bool:
    """Whether the later count is of some by a clause of its own, not by what was said of the first."""
    if later.participle is not None:
        return later.participle not in a.passage.stems and later.fate is None
    return later.picked


def _contradict(a: Count, b: Count, article: Article, lexicon: Lexicon, present: int | None) -> bool:
    if a.passage.i == b.passage.i or not cannot_agree(a.figure, b.figure):
        return False
    if _title(a) and b.passage.i <= _LEAD and _lead_repeats(a, b, lexicon):
        return True
    if a.unit != b.unit:
        return False
    if a.part or b.part or (a.fate != b.fate and not (a.definite or b.definite)):
        return False
    if a.fate and b.fate and a.fate != b.fate:
        return False
    if a.figure.of and b.figure.of and a.figure.of != b.figure.of:
        return False
    if not b.modifiers <= a.modifiers and not (a.passage.sentence.kind == "title" and a.modifiers <= b.modifiers):
        return False  # a thing named again loses words; a new word ("two major cities") makes it another
    if (a.unit == "percent" or a.figure.unit.isupper()) and (a.figure.what is None or a.figure.what != b.figure.what):
        return False
    if b.passage.i - a.passage.i > _REACH and not _title(a):
        return False
    if contrasted(a.passage, b.passage) or other_time(a.passage, b.passage, present) or other_place(a.passage, b.passage):
        return False
    scope = _SCOPE.match(b.passage.text)
    if scope and not b.passage.names_in([scope[1].lower()]) <= a.passage.names:
        return False  # "In Peru, of the 12 deaths" narrows what a total was said of
    extra = unlike(a.passage.places, b.passage.names, lexicon)
    if b.passage.places and extra and not unlike(b.passage.places, a.passage.names, lexicon):
        return False  # "in Nairobi and Dar es Salaam", then "in Dar es Salaam" alone
    if _UNREAL.search(a.passage.text) or (_UNREAL.search(b.passage.text) and not b.definite) or _STRICT.search(_around(b)):
        return False
    return _one_thing(a, b, lexicon)


def _lead_repeats(title: Count, lead: Count, lexicon: Lexicon) -> bool:
    """A headline and one of the first sentences tell the same news: half of the headline's words, unit and fate agree."""
    persons = title.fate is not None and title.fate == lead.fate and "persons" in (title.unit, lead.unit)
    if (title.unit != lead.unit and not persons) or title.fate != lead.fate or title.part or lead.part or lead.figure.bound:
        return False
    if title.figure.of and lead.figure.of and title.figure.of != lead.figure.of:
        return False
    if title.unit == "percent" or _UNREAL.search(title.passage.text) or _UNREAL.search(lead.passage.text):
        return False
    if _RISEN.search(title.passage.text) or _RISEN.search(lead.passage.text):
        return False
    kept = title.passage.stems - {stem(word, lexicon) for word in re.findall(r"[\w-]+", title.figure.text.lower())}
    others = [when.year for when in lead.passage.dates if when.year]
    return not others and len(kept & lead.passage.stems) >= max(2, 0.5 * len(kept))


def _one_thing(a: Count, b: Count, lexicon: Lexicon) -> bool:
    """Whether words and names say that both count the same."""
    without = {
        stem(word, lexicon)
        for count in (a, b)
        for word in re.findall(r"[\w-]+", f"{count.figure.text} {count.figure.what or ''} {count.figure.unit}".lower())
    }
    common = shared(a.passage, b.passage, sorted(without))
    happenings_a, happenings_b = a.passage.stems & _HAPPENINGS, b.passage.stems & _HAPPENINGS
    if happenings_a and happenings_b and not happenings_a & happenings_b:
        return False
    later = b
    if a.unit == "percent":  # shares of different wholes look alike; only "the 50 percent tariff" points back surely
        return _known_thing(a, later, common, lexicon)
    if _points_at(a, later):
        return True
    if later.definite and _points_back(a, later, common):
        return True
    names = a.passage.names & b.passage.names
    if not names and unlike(a.passage.names, b.passage.names, lexicon) and unlike(b.passage.names, a.passage.names, lexicon):
        return False
    same_happening = bool(happenings_a & happenings_b)
    if same_happening and not _new_happening(later.passage, happenings_a & happenings_b, lexicon):
        return len(common) >= 2 or bool(names) or _title(a) or _again(later.passage, lexicon)
    if _known_thing(a, later, common, lexicon):
        return True
    if _title(a) and a.fate is not None and a.fate == b.fate and later.every:
        return True
    if later.definite and (a.modifiers | b.modifiers or a.figure.what) and not _picks_others(a, later):
        return len(common) >= 1 and (bool(a.modifiers & b.modifiers) or len(common) >= 2)
    if a.unit == "votes":
        return len(common) >= 2 and _mostly_shared(a, b, common, without)
    days = {when.weekday for when in a.passage.dates} & {when.weekday for when in b.passage.dates} - {None}
    return len(common) >= 3 and bool(names or days) and a.fate is None and _mostly_shared(a, b, common, without)


def _mostly_shared(a: Count, b: Count, common: frozenset[str], without: set[str]) -> bool:
    """Whether the shorter sentence says little that the other does not."""
    return len(common) >= _SHARED * min(len(a.passage.stems - without), len(b.passage.stems - without))


def _known_thing(a: Count, later: Count, common: frozenset[str], lexicon: Lexicon) -> bool:
    """ "A ferry with 476 people on board ... the ferry had 459 people on board": the count is of a thing spoken of before."""
    if a.fate != later.fate or later.passage.i - a.passage.i > 4:
        return False
    if a.figure.what and a.unit == a.figure.unit and (a.unit == "percent" or a.unit.isupper()):
        before = later.passage.text[: later.start - later.passage.sentence.start]
        of = re.search(rf"\b[Tt]he\s+(?:[\w-]+\s+){{0,2}}{re.escape(a.figure.what)}\s+of\s+$", before)
        words = later.passage.text[later.start - later.passage.sentence.start :] if later.definite else of.group() if of else ""
        return a.figure.what in words.lower() and (bool(common) or a.figure.of == later.figure.of is not None)
    if a.fate is None or a.unit != "persons":
        return False
    return bool(_known_nouns(later.passage, lexicon) & common & _things(a.passage, lexicon))


def _things(passage: Passage, lexicon: Lexicon) -> frozenset[str]:
    """Nouns that a passage brings in: "a ferry", "an Air France plane"."""
    if passage.sentence.kind == "title":
        return passage.stems - _GENERAL
    found = re.findall(r"\b[Aa]n?\s+((?:[\w-]+\s+){0,2}[\w-]+)", passage.text)
    return frozenset(stem(word.lower(), lexicon) for phrase in found for word in phrase.split()) - _GENERAL


def _points_at(a: Count, later: Count) -> bool:
    """ "These 3 principles", or "The 21 foreigners" that opens a sentence right after "14 foreigners"."""
    distance = later.passage.i - a.passage.i
    specific = a.unit not in ("persons", "countries", "men", "women", "percent") and not a.unit.isupper()
    same = specific and not _picks_others(a, later) and later.fate in (None, a.fate) and not (a.definite and not later.opens)
    return same and ((later.opens and distance <= 2) or (later.these and distance <= 3))


def _points_back(a: Count, later: Count, common: frozenset[str]) -> bool:
    """ "39 bodies in a lorry ... the 31 bodies in the lorry": the same specific unit, near, and no clause that picks out
    some."""
    if (
        (a.unit == "persons" and not (a.fate and common))
        or later.passage.i - a.passage.i > 4
        or _picks_others(a, later)
        or a.fate != later.fate
    ):
        return False
    return bool(common) or (a.fate is not None and a.unit == later.unit)


def _title(count: Count) -> bool:
    return count.passage.sentence.kind == "title"


def _again(passage: Passage, lexicon: Lexicon) -> bool:
    """Whether the happening is spoken of as known: "the attack"."""
    return bool(_known_nouns(passage, lexicon) & _HAPPENINGS) or " when the " in passage.text


def _known_nouns(passage: Passage, lexicon: Lexicon) -> frozenset[str]:
    """The two words after every "the", "this" and "that"."""
    found = re.findall(r"\b[Tt]h(?:e|is|at)\s+([\w-]+)(?:\s+([\w-]+))?", passage.text)
    return frozenset(stem(word.lower(), lexicon) for pair in found for word in pair if word)


def _new_happening(passage: Passage, shared_happenings: frozenset[str], lexicon: Lexicon) -> bool:
    """Whether the passage brings the happening in as new: "a helicopter crash killed six"."""
    for match in re.finditer(r"\b(?:[Aa]n?|[Aa]nother|[Tt]wo|[Ss]everal)\s+((?:[\w-]+\s+){0,2}[\w-]+)", passage.text):
        if any(stem(word.lower(), lexicon) in shared_happenings for word in match[1].split()):
            return True
    return False


def _finding(a: Count, b: Count, counts: Sequence[Count], article: Article, lexicon: Lexicon, present: int | None) -> Finding:
    pairs = [(value_of(x), Place(x.passage.i, x.start, x.end)) for x in (a, b)]
    for x in counts:
        for mine, other in ((a, b), (b, a)):
            if (
                x.figure.value == mine.figure.value
                and x.unit == mine.unit
                and x.fate == mine.fate
                and x not in (a, b)
                and x.figure.bound == mine.figure.bound
            ) and (_contradict(x, other, article, lexicon, present) or _contradict(other, x, article, lexicon, present)):
                pairs.append((value_of(mine), Place(x.passage.i, x.start, x.end)))
    sides = grouped(pairs)
    sources = (a.passage.source, b.passage.source)
    what = " ".join(filter(None, [a.figure.what if a.figure.unit == a.unit else a.unit])) or a.unit
    told = {value: len(places) for value, places in sides}
    two_sources = None not in sources and sources[0] != sources[1]
    most = max(told.values())
    favoured = (
        next((value for value in told if told[value] == most), None)
        if not two_sources and list(told.values()).count(most) == 1
        else None
    )
    if two_sources:
        reason = f"the sources differ on the number of {what}: {a.figure.text} by {sources[0]}, {b.figure.text} by {sources[1]}"
    else:
        reason = f"two counts of {what} for one thing: {a.figure.text} and {b.figure.text}"
        if favoured:
            reason += f"; {favoured} is said {most} times"
    return Finding("number", what, sides, favoured, reason, 0.6 if two_sources else 0.7)
