"""What a sentence says, for comparing it with another: its words, names, places, written dates, source, and signs of
difference.

Dates are kept as written (a year, a month, a day, a weekday, each or none), since two passages contradict each other in
what they say, not in how it resolves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from dragoman.reconcile.lexicon import Lexicon, word_set
from dragoman.records import Article, Sentence

_MONTHS = {
    name: k
    for k, names in enumerate(
        (
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ),
        1,
    )
    for name in names.split()
}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_CALENDAR = frozenset(_MONTHS) | frozenset(WEEKDAYS)
_M = (
    r"(?:January|February|March|April|May|June|July|August|September|October|"
    r"November|December|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?)"
)
_W = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_DATE = re.compile(
    rf"(?:\b(?P<w>{_W}),?\s+(?:the\s+)?)?(?:"
    rf"\b(?P<m1>{_M})\s+(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s*[-–]\s*\d)(?:,?\s+(?P<y1>1[5-9]\d\d|20\d\d)\b)?"
    rf"|\b(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m2>{_M})\b(?:,?\s+(?P<y2>1[5-9]\d\d|20\d\d)\b)?"
    rf"|\b(?P<m3>{_M})\s+(?:of\s+)?(?P<y3>1[5-9]\d\d|20\d\d)\b"
    rf"|\b(?P<y5>1[5-9]\d\d|20\d\d)-(?P<m5>[01]\d)-(?P<d5>[0-3]\d)\b"
    rf"|(?<![\d$€£,.:/–-])(?P<y4>1[5-9]\d\d|20[0-9]\d)\b(?![%\d]|,\d|\.\d|[-–/]\d|"
    rf"\s+(?:people|soldiers|troops|tonnes|tons|men|dollars|euros|km|miles|metres|"
    rf"meters|feet)))"
    rf"|\b(?P<only>{_W})\b"
)
_RELATIVE = re.compile(
    r"\b(?:last|this|previous|earlier this|later this|that|the same|the following|"
    r"the previous)\s+(?:year|month|week|spring|summer|autumn|winter|decade|"
    r"century|night)\b|"
    r"\b(?:yesterday|today|tomorrow|tonight)\b|\b(?:\w+)\s+(?:years?|months?|"
    r"weeks?|days?|hours?|decades?)\s+(?:ago|earlier|later|before|after)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-Za-zÀ-ÿ][\w’'-]*")
_STOP = word_set(
    "the a an and or but of in on at to from by for with as is are was were "
    "be been has have had will would could may might must should not no it "
    "its he she they his her "
    "their them him who which that this these those when while after before "
    "since until during over into onto than then there here also only more "
    "most some any all both each "
    "said says say told according about between among against through because "
    "where what how out up down off if so we you i our your my us one two three "
    "four five six seven "
    "eight nine ten least very still just being do does did can percent"
)
_NO_NAME = word_set(
    "under president minister prime foreign king queen general chancellor photo "
    "image credit officials according lawyers authorities monday "
    "mr mrs ms dr sir secretary state ambassador premier today"
)
_DIFFERENT = re.compile(
    r"\b(?:another|separate|separately|earlier|previous|previously|again|revised|"
    r"remaining|respectively|similar|since then|compared|"
    r"(?:first|second|third|fourth|fifth|last|latest|final)\s+(?:[\w-]+\s+)?(?:rounds?|"
    r"explosions?|attacks?|blasts?|bombs?|bombings?|phases?|legs?|stages?|waves?|"
    r"attempts?|votes?|day|night|groups?|ships?|agreements?|summits?|meetings?|"
    r"half|quarter|war|elections?|terms?|strikes?|tests?|launch\w*|ballots?|"
    r"reading|draft|sessions?|"
    r"incidents?|cases?|teams?|trains?|planes?|treaty|talks|one|two|three)|(?:at|"
    r"the)\s+first(?=[,.]|\s+said|\s+reported)|at first|first(?=\s+(?:said|reported|"
    r"met|entered|invaded|visited|signed))|"
    r"initially|originally|so far|eventually|finally|afterwards|subsequently|"
    r"overturned|appeals court|on appeal|retrial|amended|new (?:agreement|treaty|"
    r"deal|law|bill|vote|round|draft|plan|offer)|"
    r"renewed|annual|annually|every year|elsewhere|other|others|the rest|former(?=\s+and)|"
    r"formerly|by then|at the time|meanwhile|in turn|instead|changed|"
    r"reversed|reversing|no longer|the next|reluctantly|despite|in spite|then|later)\b",
    re.IGNORECASE,
)
_CONTRASTS = tuple(
    frozenset(pair.split())
    for pair in (
        "north south east west northern southern eastern western",
        "upper lower",
        "men women children",
        "democratic republican",
        "morning afternoon evening night",
        "presidential parliamentary legislative local municipal regional gubernatorial mayoral congressional",
        "civilians soldiers",
        "imports exports",
        "male female",
        "civilian military",
        "senate house committee subcommittee assembly council congress chamber commission cabinet board panel",
        "preliminary final provisional",
        "spring summer autumn winter",
        "naval army air",
        "import export",
        "bilateral multilateral",
        "qualifying semi-final final",
        "january february march april june july august september october november december",
    )
)
_CUE = r"(?:said|says|announced|confirmed|reported|reports|claimed|claims|told|stated|put)"
_SOURCE_AFTER = re.compile(rf"(?:,|[”\"])\s+((?:[\w’'.-]+\s+){{1,6}}?){_CUE}\b(?:[^,]*)[.,]?\s*$")
_SOURCE_BEFORE = re.compile(rf"^(?:[^,.;]*,\s+)?((?:[\w’'.-]+\s+){{1,6}}?){_CUE}\b")
_ACCORDING = re.compile(r"\b[Aa]ccording to ([^,.;]+)")
_SAID_BY = re.compile(r"(?:,|[”\"])\s+(?:said|says)\s+([^,.;]+)")
_PLACE = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]ff|outside|inside|around|to|from|into|of|across)\s+(?:the\s+)?((?:[A-ZÀ-Þ][\w’'-]+)(?:\s+[A-ZÀ-Þ][\w’'-]+)*)"
)


@dataclass(frozen=True, slots=True)
class Written:
    """A date as written. ``weekday`` counts from Monday = 0."""

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None

    @property
    def iso(self) -> str:
        """ISO 8601 as far as it goes; ``--05-08`` without a year."""
        if self.year is None:
            return f"--{self.month:02}-{self.day:02}" if self.month and self.day else WEEKDAYS[self.weekday or 0].title()
        parts = [f"{self.year:04}"] + [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence. ``stems`` are its content words, ``names`` the words with capitals, ``places`` those after "in", "at",
    "near"; ``named_by`` gives the names that a word in lower case stands for."""

    sentence: Sentence
    text: str
    stems: frozenset[str]
    names: frozenset[str]
    places: frozenset[str]
    dates: tuple[Written, ...]
    named_by: dict[str, tuple[str, ...]]

    @property
    def i(self) -> int:
        return self.sentence.i

    @property
    def relative(self) -> frozenset[str]:
        """Its times that only another time explains: "last year"."""
        return frozenset(found.lower() for found in _RELATIVE.findall(self.text))

    def names_in(self, words: Iterable[str]) -> frozenset[str]:
        """The names that these words in lower case stand for."""
        return frozenset(name for word in words for name in self.named_by.get(word, ()))

    @property
    def source(self) -> str | None:
        """Who says it."""
        return source_of(self.text)

    @property
    def different(self) -> bool:
        """Whether it speaks of one of several, of a change, or of an earlier state."""
        return _DIFFERENT.search(self.text) is not None


def passages(article: Article, lexicon: Lexicon) -> tuple[Passage, ...]:
    """Every sentence but headings, in order."""
    known_lower = frozenset(re.findall(r"\b[a-z]{3,}\b", article.text))
    return tuple(
        _passage(article, sentence, lexicon, known_lower) for sentence in article.sentences if sentence.kind != "heading"
    )


def _passage(article: Article, sentence: Sentence, lexicon: Lexicon, known_lower: frozenset[str]) -> Passage:
    text = article.text[sentence.start : sentence.end]
    spelled: dict[str, tuple[str, ...]] = {}
    stems: set[str] = set()
    before = ""
    for token in _WORD.finditer(text):
        word = _bare(token.group())
        lower = word.lower()
        if lower not in _STOP and len(lower) > 2 and lower not in _CALENDAR:
            stems.add(stem(lower, lexicon))
            initial = sentence.kind == "title" or not text[: token.start()].strip("“\"'( ")
            if word[0].isupper() and lower not in _NO_NAME and not (initial and lower in known_lower):
                if f"{before} {lower}" in lexicon.state_of:
                    spelled.pop(before, None)
                spelled[lower] = _name(before, lower, lexicon)
        elif word[0].isupper() and lower in lexicon.state_of:
            spelled[lower] = (lexicon.state_of[lower],)
        before = lower
    places: set[str] = set()
    for found in _PLACE.findall(text):
        before = ""
        for word in found.split():
            lower = _bare(word).lower()
            if lower not in _CALENDAR:
                places.update(_name(before, lower, lexicon))
            before = lower
    names = frozenset(name for several in spelled.values() for name in several)
    return Passage(sentence, text, frozenset(stems), names, frozenset(places), tuple(written(text, sentence.start)), spelled)


def _bare(word: str) -> str:
    return re.sub(r"[’']s?$", "", word)


def _name(before: str, lower: str, lexicon: Lexicon) -> tuple[str, ...]:
    """A name as it is compared: a state by its code whatever form stands in the text, a capital by itself and the code."""
    two = f"{before} {lower}"
    if two in lexicon.state_of:
        return (lexicon.state_of[two],)
    if lower in lexicon.state_of:
        return (lexicon.state_of[lower],)
    return (lower, lexicon.capital_of[lower]) if lower in lexicon.capital_of else (lower,)


def unlike(mine: frozenset[str], theirs: frozenset[str], lexicon: Lexicon) -> frozenset[str]:
    """Names of one side that the other lacks; a capital is not lacking where its state is named."""
    return frozenset(name for name in mine - theirs if lexicon.capital_of.get(name) not in theirs)


def stem(word: str, lexicon: Lexicon) -> str:
    """The class of happening of a word, else its first six letters without a plural's s."""
    found = lexicon.class_of.get(word)
    if found:
        return found.upper()
    return (word[:-1] if word.endswith("s") and not word.endswith("ss") else word)[:6]


def written(text: str, offset: int = 0) -> Iterable[Written]:
    """The dates that a text writes out, in order; offsets are moved by ``offset``."""
    if "day" not in text and not any(character.isdigit() for character in text):
        return
    for match in _DATE.finditer(text):
        if match["only"]:
            yield Written(match.start() + offset, match.end() + offset, weekday=WEEKDAYS.index(match["only"].lower()))
            continue
        month = match["m1"] or match["m2"] or match["m3"]
        number = _MONTHS[month.lower().rstrip(".")] if month else (int(match["m5"]) if match["m5"] else None)
        day = match["d1"] or match["d2"] or match["d5"]
        year = match["y1"] or match["y2"] or match["y3"] or match["y4"] or match["y5"]
        weekday = WEEKDAYS.index(match["w"].lower()) if match["w"] else None
        if day and not 1 <= int(day) <= 31:
            continue
        yield Written(
            match.start() + offset,
            match.end() + offset,
            int(year) if year else None,
            number,
            int(day) if day else None,
            weekday,
        )


def source_of(text: str) -> str | None:
    """The words that name who says it, in lower case without articles; None where the text says it itself."""
    for pattern in (_ACCORDING, _SAID_BY, _SOURCE_AFTER, _SOURCE_BEFORE):
        found = pattern.search(text)
        if found:
            words = [
                word
                for word in re.findall(r"[\w’'.-]+", found[1].lower())
                if word not in ("the", "a", "an", "on", "later", "also", "has", "have")
            ]
            return " ".join(words[:5]) or None
    return None


def dates_clash(a: Written, b: Written) -> bool:
    """Whether two written dates cannot name the same day: some part that both write differs."""
    pairs = ((a.year, b.year), (a.month, b.month), (a.day, b.day))
    return any(x is not None and y is not None and x != y for x, y in pairs)


def other_time(p: Passage, q: Passage, present: int | None) -> bool:
    """Whether two passages may speak of different times, so that differing numbers are no contradiction."""
    if p.relative != q.relative:
        return True
    for kind in ("year", "month", "day", "weekday"):
        mine = {value for when in p.dates if (value := getattr(when, kind)) is not None}
        theirs = {value for when in q.dates if (value := getattr(when, kind)) is not None}
        if mine and theirs and not mine & theirs:
            return True
        if kind == "year" and bool(mine) != bool(theirs) and present not in (mine | theirs):
            return True
    return False


def contrasted(p: Passage, q: Passage) -> bool:
    """Whether the passages stand against each other: north and south, upper and lower house, the first and the second."""
    if p.different or q.different:
        return True
    mine, theirs = (set(_WORD.findall(x.text.lower())) for x in (p, q))
    return any((mine & pair) and (theirs & pair) and mine & pair != theirs & pair for pair in _CONTRASTS)


def other_place(p: Passage, q: Passage) -> bool:
    """Whether both name places and none in common."""
    return bool(p.places and q.places and not p.places & q.names and not q.places & p.names)


def true_weekday(when: Written) -> int | None:
    """The weekday of a full date, None for an impossible one (31 June) or an incomplete one."""
    if when.year is None or when.month is None or when.day is None:
        return None
    try:
        return date(when.year, when.month, when.day).weekday()
    except ValueError:
        return None


def shared(p: Passage, q: Passage, without: Sequence[str] = ()) -> frozenset[str]:
    """Content words of both."""
    return (p.stems & q.stems) - frozenset(without)
