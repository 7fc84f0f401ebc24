"""The same thing said to have been done and not done, or to have been done by two."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from dragoman.reconcile.findings import Finding, Place
from dragoman.reconcile.lexicon import Lexicon, word_set
from dragoman.reconcile.passages import Passage, contrasted, other_place, other_time, stem

_CLAUSE = re.compile(
    r"[;:]|,\s+(?:but|and|while|whereas|although|though|which|who|where|when|"
    r"because|to)\s|\s(?:but|while|although|because|after|before|when|until|"
    r"since|despite)\s|[“”\"()]|\sand\s+(?:will|is|was|has|had|then)\s"
)
_HEDGE = re.compile(
    r"\b(?:if|would|could|might|may|should|will|whether|unless|until|to|expected|"
    r"hop\w+|plan(?:s|ned|ning)?|denied|denies|alleged\w*|claim\w*|falsely|nearly|almost|"
    r"had|wrongly|who|which|that)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"\b(?:not|never|n['’]t|no one|nobody|neither|without|refus\w+ to|declin\w+ to|fail\w+ to|yet to)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_REACH = 5  # sentences; further apart an article tells a story in which minds change
_PASSIVE = re.compile(r"(?:was|were|has been|have been|are|is|remains?|never|not|still)\b", re.IGNORECASE)
_BE = re.compile(r"\b(?:was|were|been|being)\s+(?:\w+ly\s+)?$")
_NOT_SIGNED = re.compile(r"(?:was|were)\s+(?:not|never)\s+signed", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-zÀ-ÿ][\w-]*")
_LIGHT = word_set(
    "the a an of in on at to by for with and or his her its their all both "
    "which that this was were is are has have had been after late early final "
    "full new"
)
_AGENT = re.compile(
    r"\b(?:was|were)\s+(?:carried out|committed|staged|launched|mounted|ordered|"
    r"planted|fired)\s+by\s+(?:the\s+)?((?:[A-Z][\w-]+\s?){1,4})"
)
_DOER = re.compile(
    r"\b((?:[A-Z][\w-]+\s?){1,4})(?:carried out|committed|staged|launched|mounted|ordered|was behind|were behind)\s+the\s+"
)
_WINNER = re.compile(
    r"(?:^|[.,;]\s|\b(?:leader|candidate|minister|president|senator|mayor|Party|"
    r"said|when|as|after|that|until|since|where|and|but)\s)((?:[A-Z][\w’-]+\s){1,4})(?:has\s+|"
    r"narrowly\s+|easily\s+|comfortably\s+)?won\s+the\s+(?=(?:[\w’'-]+\s+){0,3}(?:election|"
    r"vote|poll|referendum|presidency|race|runoff|run-off|ballot|prize|tender|"
    r"contest)\b)"
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A predicate with its clause. ``positive`` is False for what did not happen."""

    passage: Passage
    group: str
    positive: bool
    words: str
    start: int
    end: int
    subject: frozenset[str]
    theme: frozenset[str]
    subject_names: frozenset[str]


def outcome_findings(passages: Sequence[Passage], lexicon: Lexicon, present: int | None) -> Iterator[Finding]:
    """Every finding about outcomes and about who did it."""
    found = [
        outcome for passage in passages if lexicon.any_outcome.search(passage.text) for outcome in _outcomes(passage, lexicon)
    ]
    for a, b in combinations(found, 2):
        if a.group == b.group and a.positive != b.positive and 0 < b.passage.i - a.passage.i <= _REACH and _same(a, b, present):
            about = " ".join(_WORD.findall(a.passage.text[max(0, a.start - 60) : a.end + 60]))
            sides = tuple(
                (x.words, (Place(x.passage.i, x.passage.sentence.start + x.start, x.passage.sentence.start + x.end),))
                for x in (a, b)
            )
            yield Finding("outcome", about, sides, None, f"the article says both “{a.words}” and “{b.words}” of the same", 0.65)
    yield from _doers(passages, lexicon, present)


def _outcomes(passage: Passage, lexicon: Lexicon) -> Iterator[Outcome]:
    taken: list[tuple[int, int]] = []
    for group, positive, negative in lexicon.outcomes:
        for wanted, pattern in ((False, negative), (True, positive)):
            for match in pattern.finditer(passage.text):
                if any(start < match.end() and match.start() < end for start, end in taken):
                    continue
                if wanted and _NEGATED.search(passage.text[: match.start()]):
                    taken.append(match.span())
                    continue
                if _HEDGE.search(passage.text[: match.start()]) or passage.different:
                    continue
                if not wanted:
                    taken.append(match.span())
                yield _outcome(passage, group, wanted, match, lexicon)


def _outcome(passage: Passage, group: str, positive: bool, match: re.Match[str], lexicon: Lexicon) -> Outcome:
    begin, finish = 0, len(passage.text)
    for stop in _CLAUSE.finditer(passage.text):
        if stop.end() <= match.start():
            begin = stop.end()
        elif stop.start() >= match.end():
            finish = stop.start()
            break
    before, after = _stems(passage.text[begin : match.start()], lexicon), _stems(passage.text[match.end() : finish], lexicon)
    words = {word.lower() for word in _WORD.findall(passage.text[begin : match.start()])}
    passive = group not in ("win",) and bool(_PASSIVE.match(match.group()) or _BE.search(passage.text[begin : match.start()]))
    if group == "sign" and not positive and not _NOT_SIGNED.match(match.group()):
        passive = False
    theme = before if passive else after
    return Outcome(
        passage,
        group,
        positive,
        match.group(),
        match.start(),
        match.end(),
        frozenset() if passive else before,
        theme,
        passage.names_in(words) if not passive or group in ("verdict", "resign") else frozenset(),
    )


def _stems(text: str, lexicon: Lexicon) -> frozenset[str]:
    return frozenset(
        stem(word.lower(), lexicon) for word in _WORD.findall(text) if word.lower() not in _LIGHT and len(word) > 2
    )


def _same(a: Outcome, b: Outcome, present: int | None) -> bool:
    if contrasted(a.passage, b.passage) or other_time(a.passage, b.passage, present) or other_place(a.passage, b.passage):
        return False
    theme = a.theme & b.theme
    if a.group in ("resign", "verdict"):
        return bool(
            a.subject_names and b.subject_names and (a.subject_names <= b.subject_names or b.subject_names <= a.subject_names)
        ) or (len((a.subject | a.theme) & (b.subject | b.theme)) >= 2 and bool(a.passage.names & b.passage.names))
    if not theme:
        return False
    extra_a, extra_b = a.theme - b.theme - b.passage.stems, b.theme - a.theme - a.passage.stems
    if len(theme) < 2 and (extra_a and extra_b):
        return False
    if a.subject and b.subject:
        if not a.subject & b.subject:
            return False
        if a.subject_names and b.subject_names and not a.subject_names & b.subject_names:
            return False
    elif a.subject or b.subject:
        return len(theme) >= 2
    return bool(theme)


def _doers(passages: Sequence[Passage], lexicon: Lexicon, present: int | None) -> Iterator[Finding]:
    """Two winners of one election, two doers of one attack."""
    for pattern_pair, deed in (((_WINNER,), "won"), ((_AGENT, _DOER), "did")):
        found = []
        for passage in passages:
            if passage.different or re.search(
                r"\b(?:if|would|could|claim\w*|accus\w*|blam\w*|alleg\w*|deni\w*)\b", passage.text
            ):
                continue
            for pattern in pattern_pair:
                for match in pattern.finditer(passage.text):
                    theme = _stems(
                        passage.text[match.end() :] if pattern is not _AGENT else passage.text[: match.start()], lexicon
                    )
                    found.append((passage, match, match[1].strip(), theme))
        for (p, m, who, theme), (q, n, other, theme_2) in combinations(found, 2):
            names, names_2 = set(who.lower().split()), set(other.lower().split())
            if p.i == q.i or names & names_2 or contrasted(p, q) or other_time(p, q, present) or other_place(p, q):
                continue
            common = theme & theme_2
            if not common or (deed == "did" and len(common) < 2) or (deed == "won" and not _same_race(p, m, q, n)):
                continue
            sides = tuple(
                (name, (Place(x.i, x.sentence.start + match.start(1), x.sentence.start + match.start(1) + len(name)),))
                for x, match, name in ((p, m, who), (q, n, other))
            )
            about = "who won" if deed == "won" else "who did it"
            yield Finding(
                "actor",
                f"{about}: {' '.join(sorted(common)).lower()}",
                sides,
                None,
                f"the article names two for the same deed: {who} and {other}",
                0.65,
            )


def _same_race(p: Passage, m: re.Match[str], q: Passage, n: re.Match[str]) -> bool:
    """The words between "won the" and the election agree: presidential with presidential."""
    races = [
        re.match(
            r"((?:[\w’'-]+\s+){0,3}?)(election|vote|poll|referendum|presidency|race|"
            r"runoff|run-off|ballot|prize|tender|contest)",
            x.text[match.end() :],
        )
        for x, match in ((p, m), (q, n))
    ]
    if races[0] is None or races[1] is None:
        return False
    return races[0][0].lower().split() == races[1][0].lower().split() and bool(
        (p.names & q.names) or (p.dates and q.dates) or q.i - p.i <= 4
    )
