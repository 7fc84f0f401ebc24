"""A clause told as it stands: its own subject, its verb put into the past, the words after it.

For happenings that a noun tells, or a verb that says little by itself: "Israeli commandos exchanged gunfire with ...", "a
conflict between the two erupted", "three protesters were injured in clashes with ...". The clause must name both sides and
hold the words that made the row; then nothing has to be turned round, and the article need not be quoted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.brief import english
from dragoman.brief.material import DONE, Event, Ref, Text, iso
from dragoman.brief.writing import names
from dragoman.brief.writing.clauses import LONGEST, denied_after, second_clause, tail_end
from dragoman.brief.writing.dates import settled
from dragoman.brief.writing.verbs import EVERY_FORM, Group, group
from dragoman.coding.times import times

_LEADING = re.compile(
    r"(?:[“\"]?(?:[A-Z][\w .,’'-]{2,40}(?: \([A-Z]\w+\))?\s?(?::|--|[–—-])\s+)?)"
    r"(?:(?:On|In|At|After|Before|Since|During|By|For|Earlier|Later|Last|This|Meanwhile|However|Yesterday|Today|Also|"
    r"Additionally|Furthermore|Moreover|Instead|Then|Still|Following|Despite|Besides|[A-Z]\w+day|[A-Z]\w+ly)\b"
    r"[^,;:“”\"]{0,70}(?:, \d{4})?,\s+|"
    r"(?:On|In) (?:[A-Z]\w+day(?: (?:night|morning|evening))?|[A-Z]\w+ \d{1,2}|\d{4}) )?"
)
_INNER = re.compile(
    r";\s+|,\s+(?:and|but|while|although|though|as|because)\s+|\b(?:said|says|confirmed|claimed|reported|announced|added|noted|found|"
    r"stated|alleged|saying|adding)\s+(?:that\s+)?|\b(?:as|because|although|while|after|when|where)\s+"
)
_BREAKS = re.compile(
    r"[;:“”\"()]|\s[–—-]{1,2}\s|\b(?:that|which|who|whom|whose|if|whether|because|when|while|where|as|than|however|is|are|was|were|"
    r"has|have|had|will|would|could|may|can|did|does|do|said|says|say|come|comes|came|appears?|seems?|"
    r"reported|claimed|announced|confirmed|stated|alleged)\b"
)
_NOUNS = frozenset(
    (
        "talks talk strikes strike attacks attack visits visit deals reports report plans plan claims claim calls call raids "
        "raid fires forces moves move works work support exports export imports import trade aid help offers offer tests "
        "test rule rules protests protest ban bans order orders trains train votes vote raises cuts cut end ends fight cost "
        "costs step steps stage use uses press state sanctions sanction arms march honor honour launch launches bomb bombs "
        "air"
    ).split()
)
"""Forms that are more often nouns before a finite verb."""
_NOT_FINITE_AFTER = re.compile(
    r"\b(?:the|an?|his|her|its|their|our|of|in|on|at|for|by|with|from|to|no|any|some|this|that|these|those|and|or|more|most|into|"
    r"between|against|[a-z]+ly)$|[’']s?$",
    re.IGNORECASE,
)
_FINITE = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|could|may|can)\b")
_SUBORDINATE = re.compile(
    r"\b(?:that|which|who|whom|whose|and|but|as|when|after|because|where|while|before|if|although|said|since|how)\b"
)
_STRAY = re.compile(
    r"\b(?:he|she|they|we|you|i|it|him|them|us|me|my|our|your|here|there|these|those|today|tonight|this|ibid)\b", re.IGNORECASE
)
_POINTING = re.compile(r"\b(?:his|her|its|their)\b", re.IGNORECASE)
_PLURAL = re.compile(r"\b(?:police|people|troops|militants|forces|[a-z]{2,}[^s’'\W]s)$")
_ADVERBIAL = re.compile(r"(?: in turn| also| too| however|,)+$")
_DANGLING = re.compile(
    r"\s+(?:late|early|mid|starting|beginning|since|until|till|over|by|from|on|in|at|during|after|before|around|through|between|up|for|"
    r"the|and|of)+$"
)
_LAST = re.compile(r",?\s(?:even\s)?(?:after|before|when|because|while|as)\s(?=(?:he|she|it|they|we)\b)")
_SAYING = re.compile(r",\s[^,]{0,60}\b(?:told|reported)\b|\b(?:said|says|saying|adding|noting|claiming)\b")


@dataclass(frozen=True, slots=True)
class _Clause:
    subject: tuple[int, int]
    verbs: Group
    tail: tuple[int, int]


def plain_tellings(event: Event, text: Text, known: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Subjects and predicates of clauses that tell the event in the article's own order; none where no clause holds it all."""
    kind, begin, end = text.sentences[event.sentence]
    if kind in ("title", "heading"):  # no articles before nouns, no plain tense: these are quoted
        return
    sentence = text.text[begin:end].replace("\n", " ")
    if event.source.start is None and event.target.start is None:
        return
    for clause in _clauses(sentence, event, begin):
        yield from _told(clause, sentence, event, text, known, begin)


def _starts(sentence: str) -> list[int]:
    lead = _LEADING.match(sentence)
    return sorted({0, lead.end() if lead else 0, *(m.end() for m in _INNER.finditer(sentence))})


def _clauses(sentence: str, event: Event, begin: int) -> Iterator[_Clause]:
    """Clauses from the left that hold trigger and both sides, as far as these stand in the sentence."""
    needed = [
        event.trigger,
        *((r.start, r.end) for r in (event.source, event.target) if r.start is not None and r.end is not None),
    ]
    first, last = min(s for s, _ in needed) - begin, max(e for _, e in needed) - begin
    if first < 0 or last > len(sentence):
        return
    for start in _starts(sentence):
        if start > first:
            break
        found = _after_mention(sentence, start, event, begin) or _predicate(sentence, start, event.trigger[0] - begin)
        if found is None:
            continue
        at, verbs = found
        end = tail_end(sentence, verbs.end, max(last, verbs.end))
        if end is None or end < last or len(sentence[verbs.end : end].split()) > LONGEST:
            continue
        if not _describes(sentence, verbs, end) and not second_clause(sentence, verbs.end, end):
            yield _Clause((start, at), verbs, (verbs.end, end))


def _after_mention(sentence: str, start: int, event: Event, begin: int) -> tuple[int, Group] | None:
    """The verb group of a side that begins a clause, over an apposition: "Adil Abdul-Mahdi, the premier, urged"."""
    for side in (event.source, event.target):
        if side.start is None or side.end is None or side.start - begin not in (start, start + 4):
            continue
        between = _APPOSITION.match(sentence, side.end - begin)
        verbs = group(sentence, between.end(), EVERY_FORM) if between else None
        if verbs is not None and not verbs.helpers.lower().startswith("to "):
            return side.end - begin, verbs
    return None


_APPOSITION = re.compile(r"(?:,\s[^,;:“”\"]{2,70},|\s\([^()]{1,60}\))\s+")


def _predicate(sentence: str, start: int, trigger: int) -> tuple[int, Group] | None:
    """Where the subject that begins at ``start`` ends, and the verb group after it."""
    for space in re.finditer(r"\s+", sentence[start : start + 160]):
        at, after = start + space.start(), start + space.end()
        subject = sentence[start:at]
        if (
            len(subject.split()) > 16
            or _BREAKS.search(subject.rstrip(","))
            or (subject.endswith(",") and len(subject.split()) < 2)
        ):
            return None
        verbs = group(sentence, after, EVERY_FORM)
        if verbs is None or not subject or _NOT_FINITE_AFTER.search(subject):
            continue
        kinds = EVERY_FORM[sentence[verbs.verb_start : verbs.end]][1]
        if (later := _past_description(sentence, start, verbs, trigger)) is not None:
            return later
        if verbs.helpers.strip() or "past" in kinds or (verbs.verb_start == trigger and "base" not in kinds):
            return None if verbs.helpers.lower().startswith("to ") else (at, verbs)
        if sentence[verbs.verb_start : verbs.end] not in _NOUNS:
            return None
    return None


def _past_description(sentence: str, start: int, verbs: Group, trigger: int) -> tuple[int, Group] | None:
    """The verb that made the row, over a participle that only describes the subject: "rockets fired from Gaza targeted ..."."""
    kinds = EVERY_FORM[sentence[verbs.verb_start : verbs.end]][1]
    if verbs.helpers.strip() or "participle" not in kinds or verbs.end >= trigger:
        return None
    between = sentence[verbs.end : trigger]
    described = re.match(r"\s(?:from|by|in|at|near|on|for|with|against)\s", between)
    if described is None or re.search(r"[,;:“”\"]|\b(?:and|that|which|who|when|while|as|after|before)\b", between):
        return None
    at = trigger - 1
    found = group(sentence, trigger, EVERY_FORM)
    if found is None or "past" not in EVERY_FORM[sentence[found.verb_start : found.end]][1]:
        return None
    return (at, found) if len(sentence[start:at].split()) <= 16 and not _NOT_FINITE_AFTER.search(sentence[start:at]) else None


def _describes(sentence: str, verbs: Group, end: int) -> bool:
    """Whether the form only describes its noun: "the agreement signed between the two infringes", "a plan set out is"."""
    if verbs.helpers.strip():
        return False
    rest = sentence[verbs.end : end]
    if re.match(r"\s+(?:(?:out|up|down|off|over)\s+)?(?:by|between)\b", rest):
        return True
    finite = _FINITE.search(rest)
    return finite is not None and not _SUBORDINATE.search(rest[: finite.start()])


def _told(
    clause: _Clause, sentence: str, event: Event, text: Text, known: frozenset[str], begin: int
) -> Iterator[tuple[str, str]]:
    words = _ADVERBIAL.sub("", sentence[slice(*clause.subject)])
    tail = settled(sentence[slice(*clause.tail)].strip(), iso(text.published), event.date, loose=True)
    tail = _shortened(tail, event, text) if tail else None
    if not tail or _strays(tail) or _SAYING.search(_unquoted(tail)):
        return
    tail = _DANGLING.sub("", tail)
    if tail.endswith("”") and "“" not in tail:
        tail = tail[:-1]
    verb = _verb(clause, words, event, begin)
    if verb is None or denied_after(sentence, clause.tail[1]):
        return
    for who in dict.fromkeys(_subjects(words, clause, event, text, known, begin)):
        if _names_both(f"{who} {tail}", event, text):
            yield who, f"{verb} {tail}"


def _shortened(tail: str, event: Event, text: Text) -> str:
    """Without a last clause that speaks of "he" or "they", if what made the row stands before it. A condition stays."""
    last = list(_LAST.finditer(tail))
    trigger = text.text[slice(*event.trigger)].split()[-1]
    if last and _strays(tail) and (trigger not in tail or tail.rfind(trigger) < last[0].start()):
        return tail[: last[0].start()]
    return tail


def _subjects(words: str, clause: _Clause, event: Event, text: Text, known: frozenset[str], begin: int) -> Iterator[str]:
    """The full name where the subject is one side's mention, then the subject's own words."""
    for side in (event.source, event.target):
        mentioned = side.start is not None and side.end is not None and _is_mention(words, clause, side, begin)
        if mentioned and (name := names.phrase(side, text, known)):
            yield name
    if words.count(",") == 1 and not re.search(r",.*\band\b", words):
        return  # neither a list nor an apposition: a phrase that runs on into another subject
    if _strays(words) or _POINTING.match(words) or times(words, None):
        return
    if _UNTOLD.match(words):
        return
    if len(words.split()) == 1 and (names.alone(words) or not names.inside(words)):
        return  # a surname alone ("English said"), or a capital that stands for its state
    first = words.split()[0]
    yield words[0].lower() + words[1:] if first.lower() in _LOWERED else words


_UNTOLD = re.compile(
    r"(?:(?:and|or|but|nor|so|[a-z]+ing|both|such|one)\b|(?:in|on|at)\s|the [a-z-]+(?: [a-z-]+)?$|that$)", re.IGNORECASE
)
"""Subjects that point back ("the move", "both sides") or are none."""
_LOWERED = frozenset(
    "a an the two three four five six seven eight nine ten several many some hundreds thousands dozens travel senior former "
    "recent talks relations trade".split()
)


def _is_mention(words: str, clause: _Clause, side: Ref, begin: int) -> bool:
    start, end = (side.start or 0) - begin, (side.end or 0) - begin
    return (
        end == clause.subject[1]
        and start - clause.subject[0] in (0, 4)
        and (start == clause.subject[0] or words[:4].lower() == "the ")
    )


def _verb(clause: _Clause, subject: str, event: Event, begin: int) -> str | None:
    """The verb group for the new sentence, None where it says otherwise than the row."""
    verbs, done = clause.verbs, event.modality in DONE
    own = verbs.verb_start < event.trigger[1] - begin and event.trigger[0] - begin < verbs.end
    same = verbs.modality == event.modality or (done and verbs.modality == "happened")
    if not same and (own or done or "denied" in (event.modality, verbs.modality)):
        return None
    many = _is_plural(subject, verbs)
    if verbs.passive:
        be = "were" if many else "was"
        return f"{be} {english.participle(verbs.base)}" if verbs.modality == "happened" else None
    if verbs.modality == "planned" and not _acts(clause, event, begin):
        return f"{'are' if many else 'is'} to {verbs.base}"
    return verbs.told(many)


def _acts(clause: _Clause, event: Event, begin: int) -> bool:
    """Whether the subject is somebody who can plan: the row's source stands in it."""
    start = event.source.start
    return start is not None and clause.subject[0] <= start - begin < clause.subject[1]


def _is_plural(subject: str, verbs: Group) -> bool:
    helped = verbs.helpers.lower().split()
    if {"are", "were", "have"} & set(helped):
        return True
    if {"is", "was", "has"} & set(helped):
        return False
    head = re.split(r"\s(?:of|in|from|to|by|with|for|against|between|at|over)\s", subject)[0]
    return " and " in head or _PLURAL.search(head) is not None


def _names_both(claim: str, event: Event, text: Text) -> bool:
    here = names.inside(claim)
    for side in (event.source, event.target):
        actor = text.actors.get(side.actor or "")
        surname = actor.name.split()[-1] if actor is not None and names.person(actor.name) else None
        if side.country not in here and not (surname and re.search(rf"(?<![\w-]){re.escape(surname)}(?![\w-])", claim)):
            return False
    return True


def _unquoted(words: str) -> str:
    return re.sub(r"“[^”]*”|\"[^\"]*\"", " ", words)


def _strays(words: str) -> bool:
    return _STRAY.search(re.sub(r"\b(?:U\.?S\.?|US)\b", " ", _unquoted(words))) is not None
