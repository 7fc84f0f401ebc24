"""Where a text names an instrument: the head word, what stands before it, and the phrase after it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dragoman.coding.findings.instrument_bounds import CONNECTING, DETERMINER, TITLE_STOP, left, right
from dragoman.coding.findings.instrument_words import InstrumentWords
from dragoman.coding.findings.named import Named
from dragoman.records import Sentence

_MAKES = re.compile(
    r"\b(?:sign\w*|reached|conclude\w*|struck|inked|sealed|ratif\w+|agreed (?:to|"
    r"on)|negotiat\w+|clinched|withdr\w+ from|held|holding|hold|"
    r"staged?|began|begin|launched|build\w*|built|issued|adopted)\s+(?:an?\s+|the\s+|their\s+|its\s+|new\s+|first\s+)*$"
)
_OTHER_SENSE = re.compile(
    r"\s+(?:Organi[sz]ation|countries|members?\b|states|allies|forces|troops|"
    r"bloc|stations?|ministers?|ministry|workers|officials|compan\w+|operators?|"
    r"tracks?|bridge|against\s+(?:him|her|them|it)\b)",
)
_GATHERING = re.compile(r"\b(?:National|Democratic|Republican|Constitutional|Annual|Party|party|annual)\s+[Cc]onvention$")
_KIND_BEHIND = re.compile(
    r"(?:\s+(?:natural\s+)?(?:gas|oil))?\s+(?:pipelines?|project|treaty|agreement|deal|pact|initiative)\b", re.IGNORECASE
)
_TOKEN = re.compile(r"[A-Za-zÀ-ÿ0-9][\w%-]*")
_DEFINITE = frozenset("the this that these those its their his her our".split())


@dataclass(frozen=True, slots=True)
class Candidate:
    """One naming. ``topics`` are its content words in lower case without those that name actors; ``named`` the actors in it
    that can be parties, ``inside`` all of its title too.

    ``bare`` is a short reference ("the pipeline") that says nothing by itself.
    """

    sentence: int
    start: int
    end: int
    kind: str
    family: str
    name: str
    topics: frozenset[str]
    named: tuple[str, ...]
    inside: tuple[str, ...]
    proper: bool
    bare: bool
    definite: bool


def candidates(text: str, sentence: Sentence, who: Sequence[Named], words: InstrumentWords) -> Iterator[Candidate]:
    """The instruments that a sentence names or refers to, in order."""
    at = sentence.start
    while match := words.head.search(text, at, sentence.end):
        at = match.end()
        found = _candidate(text, sentence, match, who, words)
        if found is not None:
            yield found
            at = max(at, found.end)


def _candidate(
    text: str, sentence: Sentence, match: re.Match[str], who: Sequence[Named], words: InstrumentWords
) -> Candidate | None:
    """The instrument whose head word was found; None where the word means something else, or nothing particular."""
    word = match.group()
    listed = words.names.get(word)
    if _OTHER_SENSE.match(text, match.end(), sentence.end) or _GATHERING.search(text, sentence.start, match.end()):
        return None
    kind, family = words.family_of.get(word.lower(), (listed or "", word.lower()))
    start = _without_light(text, left(text, sentence, match.start(), who, words), match.start(), words)
    end, titled = right(text, sentence, match, who, kind)
    if listed:
        end, family = _kind_behind(text, sentence, end, kind, family, words)
    determiner = DETERMINER.search(text[max(0, start - 10) : start])
    article = determiner[1].lower() if determiner else ""
    if article in words.determiners_out:
        return None
    before = text[start : match.start()]
    topics = _topics(text, start, end, match, who, words)
    inside = _keys(who, start, end)
    # A word of a listed name ("Siberia") is no party; a state before it may be ("Russia's Nord Stream 2").
    own = _keys(who, start, match.start() if listed else match.end() if titled else end)
    proper = bool(listed) or titled or (word[0].isupper() and bool(re.search(r"[A-Z]", before)))
    definite = article in _DEFINITE or proper
    bare = not topics and not inside and not proper
    name = " ".join(text[start:end].split())
    found = Candidate(sentence.i, start, end, kind, family, name, topics, own, inside, proper, bare, definite)
    if bare:
        return found if definite else None
    followed = end > match.end() or _held(text, sentence, start, who)
    return found if _is_particular(found, word.lower(), before, article, followed, words) else None


def _without_light(text: str, start: int, head: int, words: InstrumentWords) -> int:
    """Where a name begins without words that say little: "new", "major"."""
    while (first := text[start:head].split(" ")[0]).lower() in words.light:
        start += len(first) + 1
    return start


def _kind_behind(text: str, sentence: Sentence, end: int, kind: str, family: str, words: InstrumentWords) -> tuple[int, str]:
    """The end and family of a listed name, which may tell its kind behind it: "Nord Stream 2 gas pipeline"."""
    follow = _KIND_BEHIND.match(text, end, sentence.end)
    if follow is None:
        return end, "agreement" if kind == "agreement" else family
    return follow.end(), words.family_of.get(follow.group().split()[-1].lower(), (kind, family))[1]


def _keys(who: Sequence[Named], start: int, end: int) -> tuple[str, ...]:
    """The actors named inside a stretch of the text, each once."""
    return tuple(dict.fromkeys(name.key for name in who if name.start >= start and name.end <= end))


def _is_particular(found: Candidate, lower: str, before: str, article: str, followed: bool, words: InstrumentWords) -> bool:
    """Whether a naming means one instrument and not any of its kind; ``followed``: by its title, or by who makes it."""
    kind, topics, inside, definite = found.kind, found.topics, found.inside, found.definite
    capital = re.search(r"(?:^|[\s-])[A-Z]", before) is not None
    if found.proper or (capital and topics and (definite or followed) and kind not in ("sanction", "tariff")):
        return True
    if lower in words.capital_only:
        return False
    if kind in ("sanction", "tariff"):
        return bool(inside) or "%" in before
    if followed and kind == "statement" and lower.startswith("joint"):
        return True
    if followed and topics and (kind == "exercise" or not lower.endswith("s")):
        return True
    plural = lower.endswith("s") and lower not in ("sanctions", "drills", "manoeuvres")
    if plural and not inside:
        return False
    if lower in words.weak:
        return (bool(topics) and (definite or bool(inside))) or (bool(inside) and followed and not plural)
    return bool(inside) or (definite and bool(topics)) or (kind == "project" and article in ("a", "an") and bool(topics))


def _held(text: str, sentence: Sentence, start: int, who: Sequence[Named]) -> bool:
    """Whether the words before say who signs, holds, builds it: then an instrument with "a" is a particular one."""
    verb = _MAKES.search(text, max(sentence.start, start - 60), start)
    return verb is not None and any(name.end <= verb.start() for name in who)


def _topics(
    text: str, start: int, end: int, match: re.Match[str], who: Sequence[Named], words: InstrumentWords
) -> frozenset[str]:
    found = set()
    for token in _TOKEN.finditer(text, start, end):
        lower = token.group().lower()
        if match.start() <= token.start() < match.end() and match.group() not in words.names:
            continue
        if any(name.start <= token.start() < name.end for name in who) or lower in words.light:
            continue
        if (
            lower not in CONNECTING
            and lower not in TITLE_STOP
            and len(lower) > 1
            and lower not in ("s", "between", "against", "key", "hike", "increase")
        ) or lower.isdigit():
            found.add(lower)
    return frozenset(found)
