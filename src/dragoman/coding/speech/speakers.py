"""Whose words an attribution gives: its source made whole, and the pronouns, documents and labels that stand for a speaker."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from dragoman.coding.speech.decoding import Linked
from dragoman.coding.speech.quotes import Quotation
from dragoman.records import Mention

Span = tuple[int, int]

PRONOUNS = frozenset("he she it they".split())
_EDGE = " \t\n,;:()[]{}\"“”‘’'«»*-–—."
_FUNCTION = frozenset("a an the by to of for in on at with from and or but as that this these those".split())
_FOR_WHOM = re.compile(
    r"\b(?:(?:an?|the)\s+)?(?:\w+\s+){0,2}"
    r"(?:spokes\w+|lawyers?|attorneys?|aides?|advis[eo]rs?|officials?|representatives?|envoys?|ambassadors?|sources?)"
    r"\s+(?:for|to|of|from|close to)\s+(?:the\s+)?(?:[\w.’'-]+\s+){0,3}$"
)
# What orders and records but does not speak: its words are not a state's, whoever passed it.
_NORM = re.compile(
    r"\b(?:laws?|acts?|bills?|constitution|treat(?:y|ies)|resolutions?|legislation|rules?|regulations?|codes?|charter|convention"
    r"|accords?|pacts?|agreements?|deals?|decrees?|clauses?|articles?|sections?|amendments?|provisions?|contracts?|polic(?:y|ies))$",
    re.IGNORECASE,
)
_OF_WHAT = re.compile(
    r"\s(?:of|for|on|by|from|in|about|against|who|that|which|issued|published|released|adopted|passed|\w+ing)\s"
)
_NAME_BEHIND = re.compile(
    r"(?:\s+(?:for|of|at)(?:\s+the)?)?(?:\s+[A-Z][\w’'-]*\.?)+(?:\s+(?:of|and|for)(?:\s+the)?(?:\s+[A-Z][\w’'-]*)+)?\s*"
)
_DAY = re.compile(r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Jan|Feb|March|April|May|June|July|Aug|Sept|Oct|Nov|Dec)")
_TOLD = re.compile(
    r"\b(?:is|are|was|were|been|being|be|get|got)\s+(?:\w+ly\s+|also\s+|then\s+|later\s+)?"
    r"(?:told|notified|informed|asked|warned|advised|assured|urged|ordered|reminded|instructed)$",
    re.IGNORECASE,
)
_NOT = re.compile(r"(?:\b(?:not|never|without)|n['’]t)\s+(?:(?!only)\w+ly\s+|yet\s+|be\s+|been\s+)?$", re.IGNORECASE)
_NOBODY = re.compile(r"(?:none|nobody|no[ -]one|neither)\b", re.IGNORECASE)
_DETERMINER = re.compile(r"(?:the|an?|this|that|its|his|her|their)\s", re.IGNORECASE)
_NEWS = re.compile(r"\b(?:news|newspaper)\s")
_STATEMENT = re.compile(
    r"(?:the|this|its|his|her|their)\s+(?:\w+\s)?(?:statement|letter|communiqu[eé]|declaration|message|speech)", re.IGNORECASE
)
_AND = re.compile(r",?\s+and\s+(?:the\s+)?|,\s+(?=[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)*,?\s+and\s)")
_LABEL = re.compile(r"[)\]*\s]{0,4}:")
_SHORT_FORM = re.compile(r"[A-Z]{2,4}")


def whole_source(text: str, span: Span, cue: Span | None, mentions: Sequence[Mention]) -> Span | None:
    """A source without brackets and stops at its ends, grown to the phrase that it is half of; None for a mere "by", "the" or
    "2011".

    "the prime" is half of "the prime minister", and a principal half of "a spokesman for" them.
    """
    start, end = span
    words = text[start:end]
    start += len(words) - len(words.lstrip(_EDGE))
    end -= len(words) - len(words.rstrip(_EDGE.replace(".", "")))
    if start >= end:
        return None
    if text[start:end].count("(") > text[start:end].count(")") and text[end : end + 1] == ")":
        end += 1
    named = text[start].isupper()  # a name grows only by more of a name; "minister" needs whose
    around = [
        m
        for m in mentions
        if m.start <= start
        and end <= m.end
        and not (cue and m.start < cue[1] and cue[0] < m.end)
        and (not named or re.search(r"[A-Z]", text[end : m.end]))
    ]
    if around and not any((m.start, m.end) == (start, end) for m in mentions):
        least = min(around, key=lambda m: (m.end - m.start, m.start))
        start, end = min(start, least.start), max(end, least.end)
    if all(word in _FUNCTION or word.isdigit() for word in re.findall(r"\w+", text[start:end].lower())):
        return None
    if cue and end < cue[0]:
        end = _with_others(text, _rest(text, end, cue[0]), cue[0], mentions)
    line = text.rfind("\n", 0, start) + 1
    principal = _FOR_WHOM.search(text, max(line, start - 90), start)
    return (principal.start(), end) if principal else (start, end)


def _rest(text: str, end: int, cue: int) -> int:
    """Where a source ends of which only the front was found: "the coach" of "the coach Ana Vega said"."""
    name = _NAME_BEHIND.match(text, end, cue)
    if name and not _DAY.search(name.group()) and (name.end() == cue or text[name.end()] == ","):
        return end + len(name.group().rstrip())
    return end


def _with_others(text: str, end: int, cue: int, mentions: Sequence[Mention]) -> int:
    """Where a source ends with those who are listed behind it: "Oslo" of "Oslo and Lima call for"."""
    joined = max(
        (m for m in mentions if end < m.start and m.end <= cue and _AND.fullmatch(text, end, m.start)),
        key=lambda m: m.end,
        default=None,
    )
    return _with_others(text, joined.end, cue, mentions) if joined is not None else end


def from_elsewhere(a: Linked, outer: Sequence[Quotation]) -> bool:
    """Whether a source was taken from inside a quotation to which the content does not belong, or that is the content itself.

    In "“I said no.” The envoys left." the "I" is who is quoted, not who quotes.
    """
    if a.source is None:
        return False
    q = next((q for q in outer if q.inner_start <= a.source[0] and a.source[1] <= q.inner_end), None)
    if q is None:
        return False
    start, end = a.hull
    whole = start <= q.inner_start + 1 and q.inner_end - 2 <= end
    return whole or end <= q.start or start >= q.end


def speaks(words: str) -> bool:
    """Whether what a source names can speak: not a law or a resolution, which belong to nobody known."""
    head = _OF_WHAT.split(words, maxsplit=1)[0].strip(_EDGE)
    if head.split()[-1:] and head.split()[-1][:1].isupper() and " " in head and not _DETERMINER.match(head):
        return True  # a name: "Nathan Deal"
    return not _NORM.search(head) or _NEWS.search(head) is not None


def goes_back(words: str) -> bool:
    """Whether a source is what the speaker before wrote: "the statement", "their letter"."""
    return _STATEMENT.fullmatch(words) is not None


def is_label(a: Linked, text: str) -> bool:
    """Whether a source is the short name at the head of a turn: "((WN)) :" in an interview."""
    return (
        a.cue is None
        and a.source is not None
        and _SHORT_FORM.fullmatch(text, *a.source) is not None
        and _LABEL.match(text, a.source[1]) is not None
    )


def of_initials(short: str, mentions: Sequence[Mention], text: str) -> Mention | None:
    """The name in the article whose initials a label gives; None where there is none."""
    for m in mentions:
        for name in re.finditer(r"[A-Z][\w’'-]*\.?(?:\s+[A-Z][\w’'-]*\.?)+", text[m.start : m.end]):
            if "".join(word[0] for word in name.group().split()) == short:
                return m
    return None


def goes_on(a: Linked, text: str) -> bool:
    """Whether a cue is a participle that hangs on the clause before it: ", saying", ", adding that"."""
    verb = text[slice(*a.cue)].lower().split()[:1] if a.cue else []
    if a.cue is None or verb in ([], ["according"]) or not verb[0].endswith("ing"):
        return False
    return text[: a.cue[0]].rstrip()[-1:] in (",", "”", '"')


def subject(a: Linked, mentions: Sequence[Mention], text: str, outside: Callable[[int], bool]) -> Mention | None:
    """The first phrase of the cue's sentence that no preposition leads in."""
    for m in mentions:
        if a.cue and m.start < a.cue[0] and outside(m.start):
            before = re.search(r"(\w+)\s+(?:the\s+|an?\s+)?$", text[max(0, m.start - 20) : m.start])
            if before is None or before.group(1).lower() not in _FUNCTION:
                return m
    return None


def is_told(a: Linked, text: str) -> bool:
    """Whether a source is who hears it, in the passive: "the police were told that"."""
    if a.source is None or a.cue is None or a.source[1] > a.cue[0]:
        return False
    return _TOLD.search(text, a.source[1], a.cue[1]) is not None


def is_unsaid(a: Linked, text: str) -> bool:
    """Whether a source does not say it: "has not said that", "none of them thinks", "without disclosing"."""
    if a.cue is None:
        return False
    nobody = a.source is not None and _NOBODY.match(text, *a.source) is not None
    return nobody or _NOT.search(text, max(0, a.cue[0] - 24), a.cue[0]) is not None


def is_noun(a: Linked, text: str) -> bool:
    """Whether a cue is a noun with a possessor's mark: "states" in "states' rights"."""
    return a.cue is not None and re.match(r"['’](?:\s|s\b)", text[a.cue[1] : a.cue[1] + 3]) is not None
