"""One row of the table ``events`` as grouping sees it: its pair, its days, and the words of its sentence as a short string."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from dragoman.reconcile import lexicon
from dragoman.records import ActorRef, Article, Event, Interval

_TOKEN = re.compile(r"[^\W\d_][\w’'-]*|\d[\d.,]*\d|\d")
_POSSESSIVE = re.compile(r"[’']s?$")
_STOP = lexicon.word_set(
    "the a an and or but of in on at to from by for with as is are was were be been being has have had will would "
    "could may might must should not no it its he his him she her hers they them their theirs we us our you your i "
    "my me who whom whose which that this these those when while where what how why after before since until during "
    "over into onto than then there here also only more most some any all both each such about among between "
    "against through because out up down off if so just very still do does did done can said says say saying told "
    "tell tells added according told reported reports reporting report news agency statement year years month "
    "months week weeks day days time today yesterday tomorrow tonight morning afternoon evening night date earlier "
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august "
    "september october november december mr mrs ms dr sir"
)
_OFFICES = lexicon.word_set(
    "president presidents minister ministers ministry ministries secretary chancellor premier king queen leader leaders "
    "government governments official officials spokesman spokeswoman state states country countries nation nations people "
    "ambassador counterpart"
)
_NUMBERS = {
    word: str(k) for k, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
}
_CUES = re.compile(
    r"\b(?:another|again|separate|fresh|renewed|further|follow-up|followup|next round|resum\w+|repeat(?:ed)?|"
    r"(first|second|third|fourth|fifth|sixth|latest|last|previous|earlier|new)\s+(?:\w+\s+){0,2}?"
    r"(?:rounds?|visits?|trips?|meetings?|debates?|sessions?|talks|attacks?|strikes?|bombings?|blasts?|summits?|calls?|exercises?|drills?|tests?|sanctions|packages?|protests?|raids?|wave|"
    r"batch|convoy|shipment|time))\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\b(?:had\s+(?:\w+ly\s+|also\s+|already\s+)?\w+(?:ed|en|id|et|ut|ent|old|aid|nt|ng|eld|ook|ept|ft)\b|"
    r"(?:last|the previous|earlier this|earlier in the)\s+(?:week|month|year)|"
    r"(?:days?|weeks?|months?|years?)\s+(?:ago|earlier|before)|"
    r"earlier|previously|since then)",
    re.IGNORECASE,
)
_ENDINGS = ("ing", "ed", "es", "s", "e", "er", "ers", "ion", "ions")
_LATER = {"first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6"}
BODIES = ("IGO", "NGO")
"""What bodies of states and others have in place of a country."""
LONG_BACK = 60
"""Days after an event's last day from which on a text looks far back."""


@dataclass(frozen=True, slots=True)
class Mention:
    """An event as one sentence tells it. Names are those of the archive's columns; dates are days, None where not known.

    ``words`` is what ``words_of`` makes of the sentence.
    """

    id: str
    document: str
    sentence: int
    source_actor: str | None
    source_country: str | None
    target_actor: str | None
    target_country: str | None
    root: str
    mode: str | None
    modality: str
    mutual: bool
    date_from: date | None
    date_to: date | None
    date_precision: str | None
    published: date | None
    place_name: str | None
    trigger_text: str
    trigger_start: int
    words: str

    @property
    def pair(self) -> tuple[str, str]:
        """Its two sides in the order of the alphabet: states by country, others by actor, "" where nobody is known."""
        first, second = side(self.source_country, self.source_actor), side(self.target_country, self.target_actor)
        return (first, second) if first <= second else (second, first)

    @property
    def days(self) -> tuple[date, date] | None:
        """The days it is told of; without a date that of publication, without both None."""
        if self.date_from is not None:
            return self.date_from, self.date_to or self.date_from
        return None if self.published is None else (self.published, self.published)


@dataclass(frozen=True, slots=True)
class Window:
    """Mentions of ``pair`` whose ``days`` share a day with ``from_`` to ``to``, both ends included.

    A store may leave out those that have a date of their own, stand in another article than ``document`` and share no day with
    ``near_from`` to ``near_to``: none of them can be linked (``columns.candidates``).
    """

    pair: tuple[str, str]
    from_: date
    to: date
    document: str
    near_from: date
    near_to: date


def side(country: str | None, actor: str | None) -> str:
    """One side of a pair: the country, or the actor itself where it has none or is a body of states."""
    if country is None or country in BODIES:
        return actor or ""
    return country


def mention(event: Event, article: Article) -> Mention:
    """The mention that an event row of an article is."""
    at = event.evidence[0].sentence
    day = _day(article.published) if article.published and article.published.precision == "day" else None
    return Mention(
        id=event.id,
        document=article.id,
        sentence=at,
        source_actor=event.source.actor,
        source_country=event.source.country,
        target_actor=event.target.actor,
        target_country=event.target.country,
        root=event.root,
        mode=event.mode,
        modality=event.modality,
        mutual=event.mutual,
        date_from=_day(event.date),
        date_to=None if event.date is None or event.date.to is None else date.fromisoformat(event.date.to),
        date_precision=event.date.precision if event.date else None,
        published=day,
        place_name=event.place.name if event.place else None,
        trigger_text=event.trigger.text,
        trigger_start=event.trigger.start,
        words=words_around(event, article),
    )


def words_around(event: Event, article: Article) -> str:
    """``Mention.words`` of an event row: what an archive keeps with it."""
    return words_of(article.words(event.evidence[0].sentence), *_named(event.source), *_named(event.target))


def _named(ref: ActorRef) -> tuple[str | None, str | None]:
    return ref.text, ref.actor


def _day(interval: Interval | None) -> date | None:
    return None if interval is None or interval.from_ is None else date.fromisoformat(interval.from_)


# The words of a sentence


@lru_cache(maxsize=4096)
def words_of(sentence: str, *actors: str | None) -> str:
    """What a sentence says, in the order of the alphabet.

    Words are stems, ``^name``, ``#number``, ``@state``; ``=word`` is of the actors themselves (their texts and ids are given),
    which two sentences on one pair share whatever they tell; ``!`` is a cue that tells one event from another of its kind ("the
    second round", "again"), ``~`` stands where the sentence looks back ("had met", "last week").
    """
    own = {word.lower() for actor in actors if actor for word in re.findall(r"[^\W\d_]+", actor)}
    lists = lexicon.load()
    tokens = _TOKEN.findall(sentence)
    capitals = sum(token[0].isupper() for token in tokens)
    headline = capitals > 0.6 * len([token for token in tokens if token[0].isalpha()])
    found: set[str] = set()
    before = ""
    for k, token in enumerate(tokens):
        lower = _POSSESSIVE.sub("", token).lower()
        two = f"{before} {lower}"
        if two in lists.state_of and token[0].isupper():
            found.discard("^" + before)
            found.add("@" + lists.state_of[two])
        elif lower in lists.state_of and token[0].isupper():
            found.add("@" + lists.state_of[lower])
        elif token[0].isdigit():
            found.add("#" + token.replace(",", "").rstrip("."))
        elif lower in _NUMBERS:
            found.add("#" + _NUMBERS[lower])
        elif lower not in _STOP and lower not in _OFFICES and len(lower) > 1:
            named = token[0].isupper() and not headline and k > 0
            kind = "=" if lower in own else "^" if named else ""
            found.add(kind + (lower if kind == "^" else stem(lower)))
        before = lower
    for cue in _CUES.finditer(sentence):
        word = (cue[1] or cue[0]).lower()
        found.add("!" + _LATER.get(word, "again"))
    if _BEFORE.search(sentence):
        found.add("~")
    return " ".join(sorted(found))


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """What the forms of a word have in common, in capitals where it is a class of happening (``codebook/data/discrepancies``):
    shells, shelled and shelling are one; bombed is BLAST as bombing is, and expel EXPULSION as expelled is."""
    found = lexicon.load().class_of.get(word) or _classes().get(_plain(word))
    return found.upper() if found else _plain(word)[:7]


def _plain(word: str) -> str:
    """A word without its ending, at least three letters of it."""
    shortest = min(
        (word[: -len(end)] for end in _ENDINGS if word.endswith(end) and len(word) - len(end) > 2), key=len, default=word
    )
    if len(shortest) > 4 and shortest[-1] == shortest[-2] and shortest[-1] not in "s":
        shortest = shortest[:-1]
    return shortest


@cache
def _classes() -> dict[str, str]:
    """The class of every word without its ending; of two classes the first in the alphabet of the words."""
    found: dict[str, str] = {}
    for word, name in sorted(lexicon.load().class_of.items()):
        if len(_plain(word)) > 3:
            found.setdefault(_plain(word), name)
    return found
