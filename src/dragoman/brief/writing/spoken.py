"""A claim told as the article has it: who said it, the verb of saying, and what was said, in that order."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.brief import english
from dragoman.brief.material import Event, Ref, Text, iso
from dragoman.brief.writing import names
from dragoman.brief.writing.clauses import LONGEST, second_clause, tail_end
from dragoman.brief.writing.dates import settled

_BASES = {
    form: base
    for form, (base, kinds) in english.forms(
        "say claim note argue add state announce confirm allege insist believe".split()
    ).items()
    if "gerund" not in kinds
}
_VERBS = "|".join(sorted(_BASES))
_RESERVE = re.compile(r",?\s(?:if|unless|but|though|although|which)\b|,\s[a-z]")
"""A condition, a reserve, or the rest of a list of what was said: "would defend this, protect that and help them"."""
_STRAY = re.compile(
    r"\b(?:he|she|it|they|we|you|i|him|them|us|me|my|our|your|here|there|this|these|those|today|tonight)\b|"
    r"\bon the (?:subject|matter|issue|topic)\b",
    re.IGNORECASE,
)


def spoken(event: Event, text: Text, sentence: str, begin: int, known: frozenset[str]) -> Iterator[tuple[str, str]]:
    """``Bolton claimed (that) X asked Y for help``, ``Xi said he had spoken with Y``: subject and predicate.

    Only where a person gives the row's word in the same sentence and all that made the row stands in what was said. What the
    article takes back or puts under a condition in the next clause is not told.
    """
    speaker = text.actors.get(event.asserted_by or "")
    if speaker is None or not names.person(speaker.name):
        return
    surname = re.escape(speaker.name.split()[-1])
    cue = re.match(rf"(?:He|She)\s(?:also\s|later\s)?(?P<verb>{_VERBS})\s(?P<that>that\s)?(?=\w)", sentence) or re.search(
        rf"(?<![\w’'-]){surname}(?:,\s[^,;:“”\"]{{2,70}},)?\s(?:also\s|later\s)?(?P<verb>{_VERBS})\s(?P<that>that\s)?(?=\w)",
        sentence,
    )
    who = names.phrase(Ref(speaker.id, None, None, None, speaker.country, speaker.sector), text, known)
    if cue is None or who is None:
        return
    said = [
        (start - begin, end - begin)
        for start, end in ((event.source.start, event.source.end), (event.target.start, event.target.end), event.trigger)
        if start is not None and end is not None and end - begin > cue.start("verb")
    ]
    last = max((end for _, end in said), default=0)
    if not said or min(start for start, _ in said) < cue.end() or last > len(sentence):
        return
    end = tail_end(sentence, cue.end(), last)
    if end is None or end < last or len(sentence[cue.end() : end].split()) > LONGEST:
        return
    if second_clause(sentence, cue.end(), end) or _RESERVE.match(sentence, end):
        return
    words = settled(sentence[cue.end() : end], iso(text.published), None)
    if words is None:
        return
    own = event.source.actor == event.asserted_by
    if not _STRAY.search(re.sub(r"^(?:he|she)\b", "", words) if own else words):
        yield who, f"{english.past(_BASES[cue['verb']])} {cue['that'] or ''}{words}"
