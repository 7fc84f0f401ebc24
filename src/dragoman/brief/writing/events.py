"""An event in one sentence: who did what to whom, when, on whose word, and whether it happened at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dragoman.brief import english
from dragoman.brief.document import Line
from dragoman.brief.material import DONE, Event, Ref, Text, iso
from dragoman.brief.writing import names
from dragoman.brief.writing.attributions import attribution
from dragoman.brief.writing.clauses import LONGEST, Clause, clause, tail_end
from dragoman.brief.writing.dates import front, reported, settled
from dragoman.brief.writing.plain import plain_tellings
from dragoman.brief.writing.spoken import spoken
from dragoman.brief.writing.verbs import EVERY_FORM, FORMS, ROOTS_OF, group

_STRAY = re.compile(
    r"\b(?:he|she|they|we|you|i|him|them|us|me|my|our|your|here|there|these|those|today|tonight|it|this)\b", re.IGNORECASE
)
_POINTING = re.compile(
    r"\s+(?:over|on|about|for|at|in|after|before|during|with|of|to) (?:this|these|that|those|such)(?: [\w-]+){1,2}$"
)
_GOING = re.compile(r"\b(?:arriv\w+ in|visit(?:s|ed)?(?: to)?|travel\w+ to|flew to|landed in)\b")
_VISIT = re.compile(r"[’']s?\s+(?:[\w-]+\s+){0,3}visit\b(?!\s+(?:by|from))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dispute:
    """Dates that cannot all be true, and the sentences of the article that give them."""

    days: tuple[date, ...]
    favoured: date | None
    sentences: tuple[int, ...]


def event_lines(
    event: Event,
    text: Text,
    sources: int = 1,
    known: frozenset[str] = frozenset(),
    disputes: tuple[Dispute, ...] = (),
) -> Iterator[Line]:
    """The sentences by which an event could be told, the fullest first; the first that the verifier lets through is printed.

    ``known`` are actors already introduced; ``disputes`` those of the same article: a date that another passage contradicts is
    not told as certain.
    """
    for told, sentences in _tellings(event, text, known):
        dispute = _disputed(event, disputes)
        if dispute is not None:
            words = f"{' '.join(told)} (date disputed: {' or '.join(english.day_words(d) for d in dispute.days)})"
            yield _line(words, tuple(sorted({*sentences, *dispute.sentences})), event, text, sources)
            continue
        for dated in _dated(told, event, text):
            yield _line(dated, sentences, event, text, sources)


def _line(words: str, sentences: tuple[int, ...], event: Event, text: Text, sources: int) -> Line:
    return Line(english.sentence(words), "event", tuple(map(text.passage, sentences)), (event.id,), sources, note(event))


def _disputed(event: Event, disputes: tuple[Dispute, ...]) -> Dispute | None:
    """The dispute in which the event's own date is one side, unless it is the side that the evidence favours."""
    if event.date is None or event.date.precision != "day":
        return None
    return next((d for d in disputes if event.date.first in d.days and event.date.first != d.favoured), None)


def note(event: Event) -> str | None:
    """What a line says of an event beside its sentence: the modality of what has not simply happened."""
    return None if event.modality == "happened" else event.modality


def _tellings(event: Event, text: Text, known: frozenset[str]) -> Iterator[tuple[tuple[str, str], tuple[int, ...]]]:
    """Pairs (subject, predicate) with the sentences that they rest on."""
    kind, begin, end = text.sentences[event.sentence]
    sentence = text.text[begin:end].replace("\n", " ")
    by = attribution(event, text, known)
    if by is None:
        yield from ((told, (event.sentence,)) for told in spoken(event, text, sentence, begin, known))
        return
    for one, two in (
        ((event.source, event.target), (event.target, event.source)) if event.mutual else ((event.source, event.target),)
    ):
        spans = _spans(one, two, event, begin)
        if spans is None:
            continue
        found = clause(sentence, *spans, event.mutual)
        plainly = _told(found, sentence, event, one, text, known, begin) if found else None
        if plainly is not None and (kind not in ("title", "heading") or in_full(*plainly)):
            yield (by + plainly[0], plainly[1]), (event.sentence,)
    yield from _passive(event, text, sentence, begin, by, known)
    yield from _participle(event, text, sentence, begin, by, known)
    yield from _visit(event, text, sentence, begin, known)
    yield from ((told, (event.sentence,)) for told in spoken(event, text, sentence, begin, known))
    for who, does in plain_tellings(event, text, known):
        yield (by + who, does), (event.sentence,)


def _spans(one: Ref, two: Ref, event: Event, begin: int) -> tuple[tuple[int, int], tuple[int, int], tuple[int, int]] | None:
    if one.start is None or one.end is None or two.start is None or two.end is None:
        return None
    return (
        (one.start - begin, one.end - begin),
        (two.start - begin, two.end - begin),
        (event.trigger[0] - begin, event.trigger[1] - begin),
    )


def _told(
    found: Clause, sentence: str, event: Event, subject: Ref, text: Text, known: frozenset[str], begin: int
) -> tuple[str, str] | None:
    """Subject and predicate of a clause, None where its helpers say otherwise than the row."""
    verbs = found.verbs
    if event.root not in ROOTS_OF[verbs.base]:
        return None
    if not (verbs.modality == event.modality or (event.modality in DONE and verbs.modality == "happened")):
        return None
    who = names.phrase(subject, text, known)
    if who is None:
        return None
    plural = False
    if found.partner is not None:
        partner = _partner(found.partner, event, subject, text, known, begin)
        if partner is None:
            return None
        who, plural = f"{who} and {partner}", True
    verb = verbs.told(plural or (who.endswith("s") and not who.endswith(("States", "Emirates", "Nations"))))
    tail = _named_target(sentence, found.tail, event, text, begin)
    dated = settled(tail, iso(text.published), event.date)
    if verb is None or dated is None:
        return None
    dated = _POINTING.sub("", dated)
    if _strays(dated):
        return None
    if dated.endswith("”") and "“" not in dated:  # the quotation began before the verb
        dated = dated[:-1]
    return who, f"{verb} {dated}".rstrip()


def _named_target(sentence: str, tail: tuple[int, int], event: Event, text: Text, begin: int) -> str:
    """The words after the verb, with the name of a person whom they call only by office ("thanked the president")."""
    target, words = event.target, sentence[tail[0] : tail[1]]
    person = text.actors.get(target.actor or "")
    if person is None or target.start is None or target.end is None or not names.person(person.name):
        return words.strip()
    start, end = target.start - begin - tail[0], target.end - begin - tail[0]
    called = words[max(0, start) : max(0, end)]
    bare = re.sub(r"^the\s+", "", called, flags=re.IGNORECASE).lower()
    if start < 0 or bare != (person.role or "").lower():
        return words.strip()
    start -= 4 if words[:start].lower().endswith("the ") else 0
    return (words[:start] + person.name + words[end:]).strip()


def _strays(tail: str) -> bool:
    """Whether words outside quotation marks point at something outside the sentence."""
    outside = re.sub(r"“[^”]*”|\"[^\"]*\"", " ", tail)
    return bool(_STRAY.search(re.sub(r"\b(?:U\.?S\.?|US)\b", " ", outside)))


def _partner(span: tuple[int, int], event: Event, subject: Ref, text: Text, known: frozenset[str], begin: int) -> str | None:
    """The second subject of "X and Y signed": the row's other actor, or nobody that can be named."""
    other = event.target if subject is event.source else event.source
    if other.start is not None and span[0] <= other.start - begin < span[1]:
        return names.phrase(other, text, known)
    within = text.text[begin + span[0] : begin + span[1]]
    for actor in text.actors.values():
        if names.person(actor.name) and actor.name in within:
            return names.phrase(Ref(actor.id, actor.name, None, None, actor.country, actor.sector), text, known)
    surnames = [
        a for a in text.actors.values() if names.person(a.name) and re.search(rf"\b{re.escape(a.name.split()[-1])}\b", within)
    ]
    if len(surnames) == 1:
        a = surnames[0]
        return names.phrase(Ref(a.id, a.name, None, None, a.country, a.sector), text, known)
    found = names.inside(within)
    only = next(iter(found)) if len(found) == 1 else None
    return names.country(only) if only and (names.state(only) or "?") in within else None


def _passive(
    event: Event, text: Text, sentence: str, begin: int, by: str, known: frozenset[str]
) -> Iterator[tuple[tuple[str, str], tuple[int, ...]]]:
    """``Y was condemned by X`` told as ``X condemned Y``."""
    spans = _spans(event.source, event.target, event, begin)
    if spans is None or event.modality not in DONE:
        return
    (source, _), (_, target_end), _ = spans
    verbs = group(sentence, target_end)
    if verbs is None or not verbs.passive or verbs.modality != "happened" or event.root not in ROOTS_OF[verbs.base]:
        return
    between = sentence[verbs.end : source]
    agent = re.match(r"(?:[^,;“”\"]{0,60}\s)?by\s+(?:the\s+)?(?:[A-Z][\w.’'-]*(?:,\s|\s(?:and\s)?)){0,8}$", between)
    who, whom = names.phrase(event.source, text, known), names.phrase(event.target, text, known)
    if agent is not None and who is not None and whom is not None:
        yield (by + who, f"{english.past(verbs.base)} {whom}"), (event.sentence,)


def _participle(
    event: Event, text: Text, sentence: str, begin: int, by: str, known: frozenset[str]
) -> Iterator[tuple[tuple[str, str], tuple[int, ...]]]:
    """``X did this, warning Y of that`` told as ``X warned Y of that``."""
    spans = _spans(event.source, event.target, event, begin)
    if spans is None or event.modality not in DONE:
        return
    source, target, trigger = spans
    word = re.compile(r"(?<=,\s)[a-z]+ing\b").match(sentence, trigger[0]) if trigger[0] > source[1] else None
    base, kinds = FORMS.get(word[0], ("", frozenset())) if word else ("", frozenset())
    if word is None or "gerund" not in kinds or event.root not in ROOTS_OF[base] or target[0] < word.end():
        return
    main = group(sentence, source[1], EVERY_FORM)
    if main is None or main.passive or main.modality != "happened" or _OTHER_CLAUSE.search(sentence, source[1], word.start()):
        return
    end = tail_end(sentence, word.end(), target[1])
    who = names.phrase(event.source, text, known)
    if end is None or end < target[1] or who is None or len(sentence[word.end() : end].split()) > LONGEST:
        return
    tail = settled(_named_target(sentence, (word.end(), end), event, text, begin), iso(text.published), event.date)
    if tail is not None and not _strays(tail):
        yield (by + who, f"{english.past(base)} {tail.strip()}"), (event.sentence,)


_OTHER_CLAUSE = re.compile(r"[;:“”\"]|\b(?:that|which|who|whom|because|while|although|when|if|where|before|after)\b")


def in_full(subject: str, predicate: str) -> bool:
    """Whether a headline's words are those of a sentence: not "strengthened alliance", "Cairo summit denounced"."""
    verb, _, rest = predicate.partition(" ")
    object_ = _PHRASE_END.split(rest.removeprefix("plan to ").removeprefix("plans to "))[0]
    return bool(verb) and all(_has_article(part) for part in (_PHRASE_END.split(subject)[0], object_))


_PHRASE_END = re.compile(r"\s?(?:[,;“\"]|\b(?:of|in|on|at|to|for|by|with|against|from|over|as|after|into|about|between)\b)")


def _has_article(phrase: str) -> bool:
    """Whether a noun phrase can stand in a sentence: a name, a plural, or one with an article or an owner."""
    words = phrase.split()
    if any(w.endswith(("’s", "'s", "s’", "s'")) for w in words):
        return True
    if not words or words[0].lower() in ("the", "a", "an", "its", "his", "her", "their", "no", "all", "several", "both"):
        return True
    return words[-1][0].isupper() or words[-1].endswith(("s", "ing", "ly", "people", "police"))


def _visit(
    event: Event, text: Text, sentence: str, begin: int, known: frozenset[str]
) -> Iterator[tuple[tuple[str, str], tuple[int, ...]]]:
    """``X's visit``, with the sentence near it that says where to."""
    if event.root != "CONSULT" or event.mode != "visit" or event.modality not in DONE:
        return
    who, where = names.phrase(event.source, text, known), names.country(event.target.country)
    end = event.source.end
    if (
        who is None
        or where is None
        or end is None
        or not _VISIT.match(sentence, end - begin)
        or event.source.country == event.target.country
    ):
        return
    for i in (event.sentence, event.sentence - 1, event.sentence - 2):
        words = text.words(i)
        goals = (words[m.end() : m.end() + 40] for m in _GOING.finditer(words))
        if any(event.target.country in names.inside(goal) for goal in goals):
            yield (who, f"visited {where}"), tuple(sorted({i, event.sentence}))
            return


def _dated(told: tuple[str, str], event: Event, text: Text) -> Iterator[str]:
    """With the event's own date first; without it, as undated, by the article's."""
    subject, predicate = told[0], re.sub(r"(?<=\w)\.$", "", told[1]) if not re.search(r"\b[A-Z]\.$", told[1]) else told[1]
    if event.date is not None and (day := front(event.date)) is not None:
        yield f"{day}, {subject} {predicate}"
    yield f"{subject} {predicate} ({reported(text)})"
