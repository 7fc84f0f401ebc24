"""Reading the evidence sentence for one claim: does somebody there do this, to whom, and how certainly?

No parser: a claim is found only where the subject stands before its verb with nothing but helpers, an apposition or a joined
second subject between, or after "by" in the passive, and where the words after the verb follow in the evidence in the same
order. Evidence that says the same in a freer order is not recognised, and its sentence is not printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.brief.verify.lexicon import (
    ADVERBS,
    AHEAD,
    BE,
    DOUBT,
    FORMS,
    HELPERS,
    NEGATIONS,
    POSSIBLE,
    PRONOUNS,
    REPORTING,
    SMALL,
)
from dragoman.brief.verify.words import Token, named, stem, tokens

_APPOSITION = re.compile(r"^\s*(?:,\s[^,;:“”\"]{2,90},|\([^()]{1,60}\))")
_JOINED = re.compile(
    r"^(?:\s*,\s*(?:the\s+)?[A-Z][^,;:“”\"]{1,50})*,?\s+and\s+(?:the\s+)?(?:[a-z-]+\s+){0,3}(?:[A-Z][\w.’'-]*,?(?:\s+|$))+"
)
_TITLES = re.compile(
    r"(?:(?:^|\s)(?:the|a|an|its|both|[A-Z][\w.’'-]*|president|minister|foreign|prime|secretary|of|state|leader|for))+$"
)
_DAY_FIRST = re.compile(
    r"(?:(?:On|In|Last|Since|By|Late on|Early on) )?(?:[A-Z][a-z]+day|[A-Z][a-z]+ \d{1,2}|(?:19|20)\d\d|week|month|year)"
    r"(?: (?:night|morning|afternoon|evening))?"
)
_SPOKEN_AFTER = re.compile(
    r",[”\"]?\s+(?:[A-Z][\w.’'-]*\s+){0,6}(?:he|she|they)?\s*"
    r"(?:said|says|told|added|according to(?! which)|reported)\b"
)
_BREAK = re.compile(r";|\b(?:that|which|who|whom|because|while|although|when|if|where|before|after)\b")


@dataclass(frozen=True, slots=True)
class Found:
    """One place in the evidence that tells the claim; ``modality`` is read from the helpers there."""

    subject: tuple[int, int]
    verb: Token
    modality: str
    passive: bool


def subject_spans(subject: str, evidence: str, pronoun: tuple[int, int] | None) -> list[tuple[int, int]]:
    """Where the evidence names the subject: by the same words, by a person's surname, by another name of the same state.

    ``pronoun`` is the place of a pronoun that the caller has resolved to this subject.
    """
    phrase = re.sub(r"^(?:the|The|A|a) ", "", subject)
    out = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(phrase)}(?!\w)", evidence, re.IGNORECASE)]
    known = [n for n in named(phrase) if n.end - n.start == len(phrase)]
    if known and known[0].kind in ("state", "organisation"):
        same = [n for n in named(evidence) if n.country == known[0].country or n.id == known[0].id]
        if known[0].kind == "organisation":
            same = [n for n in same if n.id == known[0].id]
        out += [(n.start, n.end) for n in same if n.kind in ("state", "seat", "capital", "organisation", "short")]
        for n in same:  # "the Russian government" is Russia
            body = re.match(r" (?:government|authorities|side|state|leadership|officials)\b", evidence[n.end :])
            if n.kind == "adjective" and body:
                out.append((n.start, n.end + body.end()))
    else:
        surname = phrase.split()[-1]
        first = phrase.split()[-2] if len(phrase.split()) > 1 else None
        if surname[0].isupper():
            for word in (surname, first):  # "Xi Jinping" is called "Xi"
                if word and word[0].isupper():
                    out += [m.span() for m in re.finditer(rf"(?<![\w-]){re.escape(word)}(?![\w-])", evidence)]
    if pronoun is not None:
        out.append(pronoun)
    owned = re.match(r"(.+?)[’']s? (.+)$", phrase)
    if owned is not None and any(
        n.kind == "state" for n in named(owned[1])
    ):  # "China's foreign ministry" of "Its foreign ministry"
        out += [
            m.span()
            for m in re.finditer(rf"\b(?:its|their|the|[A-Z]\w+)? ?{re.escape(owned[2])}(?!\w)", evidence, re.IGNORECASE)
        ]
    return sorted(set(out))


def find(subject_places: list[tuple[int, int]], verb: str, evidence: str, passive: bool = False) -> Iterator[Found]:
    """Every place where one of the subject's mentions is the subject of the verb, or its agent in the passive.

    With ``passive`` the claim is in the passive itself: the mention must be what stands before "was condemned".
    """
    words = tokens(evidence)
    for i, t in enumerate(words):
        base, kinds = FORMS.get(t.low, ("", frozenset()))
        if base != verb or (t.text[0].isupper() and i):
            continue
        for start, end in subject_places:
            if end <= t.start:
                if not passive and "gerund" in kinds and _beside_main(evidence, start, end, t.start):
                    yield Found((start, end), t, "happened", False)
                    continue
                helpers = _helpers(evidence[end : t.start])
                if helpers is None or not _heads(evidence[:start]):
                    continue
                done_to = bool(set(helpers) & BE) and "participle" in kinds and "gerund" not in kinds
                if done_to != passive or (not helpers and _relative(evidence, t)):
                    continue
                yield Found((start, end), t, _modality(helpers, kinds), False)
            elif not passive and start >= t.end and _agent(evidence, t, start, words, i):
                yield Found((start, end), t, "happened", True)


def _beside_main(evidence: str, start: int, end: int, verb: int) -> bool:
    """``X did this, warning Y``: a participle right after a comma, whose subject is that of the finite verb before it."""
    between = evidence[end:verb]
    if not re.search(r",\s$", between) or _BREAK.search(between) or re.search(r"[;:“”\"]", between):
        return False
    words = tokens(_APPOSITION.sub(" ", between, count=1))
    lead = next((k for k, t in enumerate(words) if not _helper(t.low)), None)
    if not _heads(evidence[:start]) or lead is None or not FORMS.get(words[lead].low, ("", frozenset()))[1] & {"past", "third"}:
        return False
    return not {t.low for t in words[:lead]} & (NEGATIONS | POSSIBLE | AHEAD | BE)


def _relative(evidence: str, verb: Token) -> bool:
    """Whether a form without helpers only describes the noun before it: "the agreement signed between the two infringes"."""
    return (
        "participle" in FORMS[verb.low][1]
        and re.match(r"\s+(?:(?:out|up|down|off|over)\s+)?(?:by|between)\b", evidence[verb.end :]) is not None
    )


def _helpers(between: str) -> list[str] | None:
    """The helpers between subject and verb; None where something else stands there."""
    rest = between
    for shape in (_APPOSITION, _JOINED, _APPOSITION):
        rest = shape.sub(" ", rest, count=1)
    if "," in rest and not re.fullmatch(r"[\s\w’',]*", rest):
        return None
    small = [t.low for t in tokens(rest)]
    if all(_helper(w) for w in small):
        return small
    return _coordinated(between)


def _helper(word: str) -> bool:
    return word in HELPERS or (word.endswith("ly") and len(word) > 4) or word.endswith("n't")


def _coordinated(between: str) -> list[str] | None:
    """``X accused Y and warned Z``: the second verb shares the subject; its own helpers stand after the "and"."""
    if _BREAK.search(between) or re.search(r"[:“”\"]", between):
        return None
    parts = re.split(r"\band\b", between)
    if len(parts) != 2:
        return None
    first, tail = tokens(parts[0]), [t.low for t in tokens(parts[1])]
    lead = next((k for k, t in enumerate(first) if not _helper(t.low)), None)
    if lead is None or first[lead].low not in FORMS or not all(_helper(w) for w in tail):
        return None
    if not FORMS[first[lead].low][1] & {"past", "third", "participle"}:
        return None
    own = [t.low for t in first[:lead]]
    return tail or own


def _heads(before: str) -> bool:
    """Whether a mention can be a subject: not the end of a prepositional phrase."""
    before = before.rstrip()
    titled = _TITLES.search(before)
    rest = (before[: titled.start()] if titled else before).rstrip()
    if not rest or rest[-1] in ",;:.!?“‘\"'(–—-)”":
        return True
    if _DAY_FIRST.fullmatch(rest):  # "On Sunday three protesters were ..."
        return True
    heard = [w.lower() for w in re.findall(r"[\w’']+", rest)]
    last = heard[-1]
    if last == "that":  # "that X did" after "said" is a statement, after a noun it is about the noun
        return len(heard) > 1 and (heard[-2] in REPORTING or heard[-2] in ("fact", "so"))
    return last in {
        "and",
        "but",
        "while",
        "as",
        "because",
        "since",
        "after",
        "when",
        "that",
        "where",
        "if",
        "although",
        "said",
        "says",
    } | (REPORTING)


def _agent(evidence: str, verb: Token, start: int, words: list[Token], i: int) -> bool:
    """Whether the mention at ``start`` is the agent of a passive: "was condemned (...) by X"."""
    if "participle" not in FORMS[verb.low][1] or not any(w.low in BE for w in words[max(0, i - 3) : i]):
        return False
    between = evidence[verb.end : start]
    return bool(re.search(r"(?:^|\s)by\s+(?:the\s+)?(?:[A-Z][\w.’'-]*,?\s+(?:and\s+)?){0,8}$", between)) and not re.search(
        r"[;“”\"]|, (?:which|who|while|but)", between
    )


def _modality(helpers: list[str], kinds: frozenset[str]) -> str:
    said = set(helpers)
    if said & NEGATIONS or any(w.endswith("n't") for w in helpers):
        return "denied"
    if said & POSSIBLE:
        return "hypothetical"
    if said & AHEAD:
        return "planned"
    if said & BE and "gerund" in kinds:
        return "ongoing"
    return "happened"


def follows(rest: str, evidence: str, verb_end: int, allowed: frozenset[str]) -> bool:
    """Whether the words told after the verb follow it in the evidence, in order and close together.

    ``allowed`` are words that stand for a pronoun of the evidence. Dates are taken out of ``rest`` before; what the evidence
    has in their place may be passed over.
    """
    wanted = [t for t in tokens(rest) if t.low not in ADVERBS]
    there = tokens(evidence[verb_end:])
    place, skipped = 0, 0
    for t in wanted:
        hit = next((k for k in range(place, min(len(there), place + 9)) if same(t.text, there[k].text)), None)
        if hit is None:
            reckoned = (
                re.fullmatch(r"\d{4}", t.text) and t.text not in evidence
            )  # "this year" made a number; the dates are checked apart
            if t.low in ("on", "in", "the") or t.text in allowed or reckoned:
                continue
            return False
        skipped += hit - place
        place = hit + 1
    return skipped <= 9


def same(one: str, two: str) -> bool:
    return one.lower().replace("’", "'") == two.lower().replace("’", "'")


def before_passive(rest: str, evidence: str, verb: Token) -> bool:
    """Of a passive, whether the object told is what stands before "was condemned" in the evidence."""
    heads = re.search(r"(?:\s+[a-z]+){0,4}\s*$", evidence[: verb.start])
    before = evidence[: heads.start()] if heads else evidence[: verb.start]
    for _start, end in subject_spans(rest.strip(), evidence, None):
        between = evidence[end : verb.start]
        if end <= verb.start and all(_helper(t.low) for t in tokens(_APPOSITION.sub(" ", between))):
            return True
        if end <= len(before) and _helpers(between) is not None and not _BREAK.search(between) and end > 0:
            return True
    return False


def doubtful(evidence: str, found: Found, rest: str) -> bool:
    """Whether a condition stands in the clause before the verb, or within the words told after it."""
    clause = re.split(r";|\. |, (?:but|and|while) ", evidence[: found.verb.start])[-1]
    return any(t.low in DOUBT for t in tokens(clause) + tokens(rest))


def reported(evidence: str, found: Found) -> bool:
    """Whether the evidence gives the claim on somebody's word: a reporting verb before it or after it, or quotation marks."""
    start, end = min(found.subject[0], found.verb.start), max(found.subject[1], found.verb.end)
    before, after = evidence[:start], evidence[end:]
    clause = re.split(r";|\. |, (?:but|and|while) ", before)[-1]
    if (
        any(t.low in REPORTING and (t.text.islower() or not t.start) for t in tokens(clause))
        or "according to" in clause.lower()
    ):
        return True
    own = found.verb.low in REPORTING
    if _SPOKEN_AFTER.search(after) and not own:
        return True
    if re.search(r"\baccording to (?!which|whom)", after) or re.search(r"\b(?:reportedly|allegedly)\b", evidence):
        return True
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def unsupported_words(claim: str, evidence: str, allowed: frozenset[str]) -> list[str]:
    """Content words of a claim that its evidence does not have, names of states being checked elsewhere."""
    have = {stem(t.text) for t in tokens(evidence)} | {stem(w) for w in allowed}
    there = {n.id for n in named(evidence) if n.kind == "organisation"}
    names = [n for n in named(claim) if n.kind == "state" or (n.kind == "organisation" and n.id in there)]
    out = []
    for t in tokens(claim):
        inside = any(n.start <= t.start and t.end <= n.end for n in names)
        if t.low in SMALL or t.low in PRONOUNS or inside or re.fullmatch(r"\d{4}", t.text) or stem(t.text) in have:
            continue
        out.append(t.text)
    return out
