"""Whether two mentions are of one event: what agrees and what does not, the score, and the reason in words.

Only the two mentions count, never what else is in the archive, so that the answer is the same on every day and in every order.
The weights are those of a logistic model fitted on the first half of ``bench/data/groups.jsonl`` (docs/groups.md).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

from dragoman.codebook import events as codebook
from dragoman.reconcile import lexicon
from dragoman.reconcile.lexicon import word_set
from dragoman.reconcile.mentions import Mention, stem
from dragoman.settings import Settings

_ACROSS = frozenset(
    frozenset(pair.split())
    for pair in ("AGREE COOPERATE", "SUPPORT AID", "CONSULT COOPERATE", "AGREE CONCEDE", "AGREE RETREAT", "SANCTION REJECT")
)
OCCASIONS = frozenset({"CONSULT"})
"""Roots whose events a day and a pair nearly name: two states seldom meet twice on a day."""
ONCE = frozenset({"CONSULT", "AGREE", "SANCTION", "CONCEDE", "RETREAT", "AID", "COERCE"})
"""Roots whose events do not come again next day in the same words: there another day is doubt, not difference."""
WORDS_OF_MOUTH = frozenset({"SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
"""Roots of which a pair may have many on one day, told apart by what is said."""
_ORDINALS = frozenset("123456")
_ANYBODY = word_set(
    "president prime minister foreign defence defense secretary general leader chancellor king state ministry of the "
    "police man men woman women people rioters troops soldiers officials protesters forces army government ministry citizens "
    "embassy members group militants gunmen rebels"
)


_EITHER_WAY = frozenset(stem(word) for word in ("spoke", "spoken", "speak", "speaks", "talked", "discussed"))
# Other modes are not held against each other: on the marked set they told events apart no better than chance.
_FAMILIES = {
    ("CONSULT", "phone"): "phone",
    ("CONSULT", "third-party"): "third-party",
    ("ASSAULT", "kidnap"): "kidnap",
    ("ASSAULT", "torture"): "torture",
    ("PROTEST", "boycott"): "boycott",
    ("PROTEST", "hunger"): "hunger",
}


@dataclass(frozen=True, slots=True)
class Reach:
    """A mention with the days, as ordinals, between which its event can lie; both 0 where neither date nor day is known."""

    mention: Mention
    first: int
    last: int
    told: bool  # the date is the text's own, not the day of publication
    fine: bool  # and a single day
    back: bool  # no date, and the words look back


class Said(NamedTuple):
    """What a mention says, whatever its days: what comparing asks for again and again."""

    trigger: str
    weights: dict[str, float]
    total: float
    loose: bool  # the pair is one state with itself or with nobody known
    own: frozenset[str]
    cues: frozenset[str]
    names: frozenset[str]
    numbers: frozenset[str]
    source: frozenset[str]
    target: frozenset[str]


@dataclass(frozen=True, slots=True)
class Prepared(Reach):
    """A mention with its days and what it says."""

    says: Said


def said(mention: Mention) -> Said:
    """What a mention says."""
    weights: dict[str, float] = {}
    own, cues, names, numbers = set(), set(), set(), set()
    pair = mention.pair
    loose = pair[0] == pair[1] or "" in pair
    for token in mention.words.split():
        mark, rest = token[0], token[1:]
        if mark == "!":
            cues.add(rest)
        elif mark == "@":
            if rest not in pair:
                weights[token] = 1.5
        elif mark == "#":
            weights[token] = 1.0 if len(rest) < 3 else 1.5
            numbers.add(rest)
        elif mark == "^":
            weights[stem(rest)] = 2.0
            names.add(stem(rest))
        elif mark == "=":
            weights.setdefault(rest, 1.0)
            own.add(rest)
            if loose:
                names.add(rest)
        elif mark != "~":
            weights.setdefault(token, 1.0)
    trigger = told_by(mention)
    weights.pop(trigger, None)  # it tells the root again, which is compared already
    return Said(
        trigger,
        weights,
        sum(weight for word, weight in weights.items() if word not in own),
        loose,
        frozenset(own),
        frozenset(cues),
        frozenset(names),
        frozenset(numbers),
        person(mention.source_actor),
        person(mention.target_actor),
    )


def told_by(mention: Mention) -> str:
    """The stem of the first word of its trigger, which may be long ("arrived in Chile on March 1 for talks")."""
    words = mention.trigger_text.lower().split()
    return stem(words[0]) if words else ""


def person(actor: str | None) -> frozenset[str]:
    """The words of a person's or body's name; none for a state itself or for people in general."""
    if actor is None or (len(actor) == 3 and actor.isupper()):
        return frozenset()
    if actor.count(".") < 2:
        return frozenset([actor.lower()])
    words = frozenset(actor.split(".", 2)[2].split("-")) - _ANYBODY
    return frozenset(word for word in words if word not in lexicon.load().state_of)


# Pairs that may be one


def neighbours(one: str, other: str) -> bool:
    """Whether two roots tell acts near each other: of one quad class, or named as such here."""
    return codebook.quad(one) == codebook.quad(other) or frozenset((one, other)) in _ACROSS


# The score


@dataclass(frozen=True, slots=True)
class Match:
    """How surely two mentions are of one event (0 to 1), and why."""

    score: float
    one: Prepared
    other: Prepared
    found: dict[str, float]

    @property
    def reason(self) -> str:
        """Why, in words."""
        return reason(self.one, self.other, self.found)


def features(a: Prepared, b: Prepared, settings: Settings) -> dict[str, float]:
    """What speaks for and against one event, each between 0 and 1 (some to 3)."""
    m, n, x, y = a.mention, b.mention, a.says, b.says
    one_text = m.document == n.document
    found: dict[str, float] = {"bias": 1.0}
    found["root"] = 1.0 if m.root == n.root else 0.0
    if m.root == n.root and m.mode and n.mode:
        if m.mode == n.mode:
            found["mode"] = 1.0
        elif _family(m.root, m.mode) != _family(m.root, n.mode) and not ({x.trigger, y.trigger} & _EITHER_WAY):
            found["other mode"] = 1.0
    if x.trigger and x.trigger == y.trigger:
        found["trigger"] = 1.0
    for like in _actors(a, b):
        if like:
            name = "actor" if like > 0 else "other party" if x.loose else "other actor"
            found[name] = found.get(name, 0.0) + 1.0
    relation = _day_relation(a, b)
    if relation in ("next day", "other day") and _one_news(a, b, settings):
        relation = "day in doubt"
    if relation == "other day" and one_text and not (a.told and b.told):
        relation = "day open"  # an article that dates a thing once may go on speaking of it
    found[relation] = 1.0
    common = common_words(a, b)
    shared = sum([max(x.weights[w], y.weights[w]) for w in common])
    found["words"] = min(1.0, shared / (min(x.total, y.total) + settings.group_smooth))
    if not common and min(len(x.weights), len(y.weights)) > 2:
        found["no words"] = 1.0
    if m.root in WORDS_OF_MOUTH:
        found["speech"], found["speech words"] = 1.0, found["words"]
        found["speech alone"] = 0.0 if common else 1.0
        found["speech again"] = 1.0 if one_text and len(common) < 2 else 0.0
    if x.names and y.names:
        found["names"] = min(2.0, len(x.names & y.names))
    if x.numbers and y.numbers:
        found["numbers"] = min(2.0, len({k for k in x.numbers & y.numbers if len(k) > 1}))
    if x.names and y.names and x.names.isdisjoint(y.weights) and y.names.isdisjoint(x.weights):
        found["other names"] = max(0.0, 1.0 - 2 * found["words"])
    if m.place_name and n.place_name:
        found["place" if m.place_name == n.place_name else "other place"] = 1.0
    if x.cues or y.cues:
        if (x.cues & _ORDINALS) and (y.cues & _ORDINALS) and not x.cues & y.cues & _ORDINALS:
            found["cue"] = 3.0  # the first debate and the second
        elif x.cues - {"1"} != y.cues - {"1"}:
            found["cue"] = 1.0
    if one_text:
        found["document"] = 1.0
        if _ahead(m) != _ahead(n) and not (a.told and b.told):
            found["plan apart"] = 1.0  # an article that tells a deed and a plan tells two things
    if m.modality != n.modality:
        found["modality"] = 1.0 if "denied" not in (m.modality, n.modality) else 0.5
    if m.root in OCCASIONS and n.root in OCCASIONS:
        found["occasion"] = 1.0
    if x.loose:
        found["loose pair"] = 1.0
    return found


def _ahead(m: Mention) -> bool:
    return m.modality in ("planned", "hypothetical")


def common_words(a: Prepared, b: Prepared) -> set[str]:
    """The words of both, without those that name the actors in both: two sentences on one pair share these in any case."""
    x, y = a.says, b.says
    return (x.weights.keys() & y.weights.keys()) - (x.own & y.own)


def _family(root: str, mode: str) -> str:
    """Modes that one event may be told in: a visit is a meeting, a telephone call is not."""
    return _FAMILIES.get((root, mode), "")


def _actors(a: Prepared, b: Prepared) -> tuple[int, int]:
    """For each side 1 where the same person is named, -1 where two are, 0 where one text names only the state."""
    m, n, x, y = a.mention, b.mention, a.says, b.says
    source, target = y.source, y.target
    if (m.mutual or n.mutual) and (m.source_country != n.source_country or m.target_country != n.target_country):
        source, target = target, source
    return _like(x.source, source, x.loose), _like(x.target, target, x.loose)


def _like(mine: frozenset[str], theirs: frozenset[str], loose: bool) -> int:
    if not mine or not theirs:
        return 0
    if mine & theirs:
        return 1
    # A lone word may be a description; inside one state the two sides are all that tells one event from another.
    return -1 if loose or min(len(mine), len(theirs)) > 1 else 0


def _one_news(a: Prepared, b: Prepared, settings: Settings) -> bool:
    """Whether two told days that differ may be one event's: an act that is done once, told within a few days of each other."""
    m, n = a.mention, b.mention
    if not (a.fine and b.fine) or m.root not in ONCE or m.published is None or n.published is None:
        return False
    return (
        m.document != n.document
        and abs((m.published - n.published).days) <= settings.group_slack_days
        and a.says.cues == b.says.cues
    )


def _day_relation(a: Prepared, b: Prepared) -> str:
    m, n = a.mention, b.mention
    if not (a.first and b.first):
        return "day unknown"
    if a.told and b.told:
        if a.fine and b.fine:
            apart = abs(a.first - b.first)
            return "same day" if apart == 0 else "next day" if apart == 1 else "other day"
        overlap = a.first <= b.last and b.first <= a.last
        if not overlap:
            return "other day"
        widths = a.last - a.first, b.last - b.first
        return "same week" if max(widths) <= 10 else "same month" if max(widths) <= 31 else "same year"
    if a.back != b.back:
        return "day before" if a.first <= b.last and b.first <= a.last else "other day"
    if a.told or b.told:
        told = a if a.told else b
        if told.last - told.first > 31:
            return "same year"
        return "day near" if a.first <= b.last and b.first <= a.last else "other day"
    assert m.published is not None
    assert n.published is not None
    apart = abs((m.published - n.published).days)
    return "news of a day" if apart <= 1 else "news of a week"


def match(a: Prepared, b: Prepared, settings: Settings) -> Match | None:
    """The match of two of ``columns.candidates``, None where they are told apart."""
    found = features(a, b, settings)
    total = sum([WEIGHTS[name] * value for name, value in found.items()])
    score = 1 / (1 + math.exp(-total))
    if score < settings.group_score:
        return None
    return Match(round(score, 3), a, b, found)


WEIGHTS = {
    "bias": -3.9,
    "root": 2.9,
    "mode": 0.1,
    "other mode": -2.0,
    "trigger": 0.9,
    "actor": 0.5,
    "other actor": -2.3,
    "other party": -4.0,
    "same day": 2.2,
    "next day": -2.6,
    "other day": -4.6,
    "day in doubt": -1.7,
    "day open": -1.0,
    "same week": 1.2,
    "same month": 0.3,
    "same year": -1.5,
    "day near": 0.8,
    "day before": 0.4,
    "speech": -0.5,
    "speech words": 2.8,
    "speech alone": -1.5,
    "speech again": -1.5,
    "news of a day": 1.2,
    "news of a week": -2.0,
    "day unknown": 0.0,
    "words": 5.4,
    "no words": -1.8,
    "names": 0.0,
    "numbers": 1.4,
    "other names": -4.5,
    "place": 0.5,
    "other place": -1.3,
    "cue": -1.0,
    "document": -0.2,
    "modality": 0.0,
    "plan apart": -1.5,
    "occasion": 0.3,
    "loose pair": -2.0,
}


def reason(a: Prepared, b: Prepared, found: dict[str, float]) -> str:
    """Why two mentions are one event, in words."""
    m, n = a.mention, b.mention
    parts = [f"{m.root} of {' and '.join(x or 'nobody known' for x in m.pair)}"]
    if m.root != n.root:
        parts[0] += f", told as {n.root} too"
    elif m.mode and m.mode == n.mode:
        parts[0] += f" ({m.mode})"
    parts.append(_day_words(a, b))
    common = sorted(common_words(a, b), key=lambda w: (-a.says.weights[w], w))
    if common:
        parts.append("both say " + ", ".join(w.lstrip("#@").lower() for w in common[:5]))
    if found.get("actor"):
        parts.append("the same persons" if found["actor"] > 1 else "the same person")
    if found.get("place"):
        parts.append(f"both in {m.place_name}")
    if m.modality != n.modality:
        parts.append(f"{m.modality} in one, {n.modality} in the other")
    return "; ".join(parts)


def _day_words(a: Prepared, b: Prepared) -> str:
    m, n = a.mention, b.mention
    relation = _day_relation(a, b)
    if m.document == n.document and not (a.told and b.told):
        return "told again in one article"
    if relation == "same day":
        return f"both on {m.date_from}"
    if a.told and b.told:
        return f"{_span(m)} in one, {_span(n)} in the other"
    if a.told or b.told:
        dated, other = (m, n) if a.told else (n, m)
        return f"{_span(dated)} in one, news of {other.published} in the other"
    return f"news of {m.published} and of {n.published}" if m.published != n.published else f"both news of {m.published}"


def _span(m: Mention) -> str:
    if m.date_from == m.date_to or m.date_to is None:
        return str(m.date_from)
    return f"{m.date_from} to {m.date_to}"
