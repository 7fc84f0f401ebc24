"""The words of an attribution alone: without the clause that names the speaker, without headings, one part a quotation.

An encoder's runs of words take in what stands between them: "“We sail,” he said. “They wait.”" is one run with "he said"
in it. What somebody said is the words before that clause and the words behind it, each a part of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from dragoman.coding.speech.decoding import Linked
from dragoman.coding.speech.quotes import Quotation
from dragoman.records import Sentence

CLAUSE = 80  # characters behind a cue in which its clause must end: "he said on Tuesday,"
_IF = re.compile(
    r"(?:even\s+)?(?:if|unless|although|though|while|when|because|since|once|until|after|before|as)\b", re.IGNORECASE
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|will|would|has|have|had|can|could|may|might|must|should|does|did|do)\b|\w*n['’]t\b|['’](?:s|re|ll|ve|d)\b"
)
_AND = re.compile(r"(?:and|but|or|so|that)\s+", re.IGNORECASE)
SHORT = 4  # words up to which half of an interrupted sentence may be no clause: "Three months ago,"

_STOP = re.compile(r"[,;:.!?—–]|\s-{1,2}\s")
_SUBJECT = re.compile(
    r"\b(?:i|we|you|he|she|it|they|there|this|that|what|who|is|are|was|were|will|would|has|have|had|can|could|must|should"
    r"|do|does|did|may|might)\b|['’](?:s|re|ll|ve|m|d|t)\b",
    re.IGNORECASE,
)

_BEGINS = re.compile(r"(?:i|we|you|he|she|it|they|there|this|that|the|an?|our|my|your|their|his|her|no)\b", re.IGNORECASE)
_DATELINE = re.compile(r"[A-Z][A-Z .’']{2,30}(?:,[\w. ]{2,30})?(?:\([\w ]{2,20}\)\s*)?\s*(?:--?|[—–])\s+(?=[“\"'‘«A-Z])")
_OPENING = " \n“\"'‘«"

Spans = tuple[tuple[int, int], ...]


def parts(a: Linked, text: str, sentences: Sequence[Sentence], quoted: Sequence[Quotation]) -> Spans:
    """The pieces of a content in their order, half-open offsets; empty where no word is left."""
    outer = [q for q in quoted if q.depth == 0]
    spans = [_off_furniture(span, sentences) for span in _off_headings(a, sentences)]
    spans = [part for span in spans for part in _off_clause(span, a, text, outer)]
    spans = [part for span in _together(spans, text, outer) for part in _by_quotation(span, text, outer)]
    spans = [s for s in (_trimmed(start, end, text) for start, end in spans) if s[0] < s[1]]
    spans = [s for i, s in enumerate(spans) if not _leads_in(s, spans[i + 1 : i + 2], text)]
    return _whole_sentences(spans, text, outer)


def _whole_sentences(spans: Sequence[tuple[int, int]], text: str, outer: Sequence[Quotation]) -> Spans:
    """A reported sentence stays whole, clause and all, where half of it says something else or nothing.

    So "If they come, he said, we leave" and "The port, he said, is closed"; not "The port is closed, he said, and it rains".
    """
    out: list[tuple[int, int]] = []
    for span in spans:
        before = out[-1] if out else None
        between = text[before[1] : span[0]].rstrip(_OPENING) if before else ""
        headless = _FINITE.match(text, *span) is not None  # "..., which he said would give them time"
        if not before or _quoted(before, outer) or not (headless or between.endswith(",")):
            out.append(span)
        elif not re.search(r"[.!?]\s", text[before[1] - 1 : span[0]]):
            alone = _stands_alone(before, text) and _stands_alone(span, text)
            out[-1:] = [before, span] if alone else [(before[0], span[1])]
        elif not headless:
            out.append(span)
    return tuple(out)


def _quoted(span: tuple[int, int], outer: Sequence[Quotation]) -> bool:
    """Whether a part is one quotation and nothing else."""
    return any(q.start - 2 < span[0] <= q.inner_start and span[1] <= q.end + 1 for q in outer)


def _stands_alone(span: tuple[int, int], text: str) -> bool:
    """Whether words are a clause with a subject and a verb, as far as its small words tell."""
    words = _AND.sub("", text[slice(*span)].lstrip(_OPENING))
    verb = _FINITE.search(words)
    return verb is not None and verb.start() > 0 and _IF.match(words) is None


def _off_headings(a: Linked, sentences: Sequence[Sentence]) -> list[tuple[int, int]]:
    """A heading is no part of what the sentence below it reports, nor the other way about."""
    named = a.cue or a.source
    apart = [s for s in sentences if s.kind in ("title", "heading") and any(x < s.end and s.start < y for x, y in a.content)]
    if not apart:
        return list(a.content)
    inside = [s for s in apart if named and s.start <= named[0] < s.end]
    if inside:
        return [(max(x, s.start), min(y, s.end)) for x, y in a.content for s in inside if x < s.end and s.start < y]
    out: list[tuple[int, int]] = []
    for start, end in a.content:
        for s in apart:
            if s.start < end and start < s.end:
                if start < s.start:
                    out.append((start, s.start))
                start = max(start, s.end)
        if start < end:
            out.append((start, end))
    return out or list(a.content)


def _off_furniture(span: tuple[int, int], sentences: Sequence[Sentence]) -> tuple[int, int]:
    """A content begins in a sentence: the byline and dateline above it ("By A. Writer | May 3", "OSLO, May 3 –") are none."""
    first = next((s for s in sentences if s.end > span[0]), None)
    return (max(span[0], first.start), span[1]) if first and first.start < span[1] else span


def _off_clause(span: tuple[int, int], a: Linked, text: str, outer: Sequence[Quotation]) -> list[tuple[int, int]]:
    """A piece without the clause of its own source and cue, where that interrupts it."""
    start, end = span
    named = [
        s
        for s in (a.source, a.cue)
        if s and start <= s[0] and s[1] <= end and not any(q.inner_start <= s[0] and s[1] <= q.inner_end for q in outer)
    ]
    if not named or any(s and s not in named for s in (a.source, a.cue)):
        return [span]
    low, high = min(s[0] for s in named), max(s[1] for s in named)
    if not re.search(r"\w", text[start:low]):
        return [(high, end)]
    before = next((q for q in reversed(outer) if start < q.end <= low and q.start < low), None)
    after = next((q for q in outer if high <= q.start < end), None)
    if before is not None and (text[before.inner_end - 1] in ",?!—–-" or text[before.end : before.end + 1] == ","):
        left = before.end
        stop = _STOP.search(text, high, end)
        right = after.start if after is not None else stop.end() if stop else end
    else:
        stops = list(_STOP.finditer(text, start, low))
        stop = _STOP.search(text, high, min(end, high + CLAUSE))
        if not stops or (stop is None and end > high + CLAUSE):
            return [span]
        if len(text[stops[-1].end() : low].split()) > 5:  # "the plan, which the ministers of both states had said"
            return [span]
        left, right = stops[-1].start(), stop.end() if stop else end
    return [(s, e) for s, e in ((start, left), (right, end)) if s < e]


def _together(spans: Sequence[tuple[int, int]], text: str, outer: Sequence[Quotation]) -> list[tuple[int, int]]:
    """Pieces with no word between them are one."""
    out: list[tuple[int, int]] = []
    for start, end in spans:
        if out and not re.search(r"\w", text[out[-1][1] : start]):
            out[-1] = out[-1][0], end
        else:
            out.append((start, end))
    return out


def _by_quotation(span: tuple[int, int], text: str, outer: Sequence[Quotation]) -> list[tuple[int, int]]:
    """Quotations of which each was closed before the next one opened are a part each; reported words that hold some are one."""
    start, end = span
    inside = [q for q in outer if start <= q.start + 1 and q.end <= end + 1]
    if len(inside) < 2:
        return [span]
    at = start
    for q in inside:
        if re.search(r"\w", text[at : q.start]):
            return [span]
        at = q.end
    if re.search(r"\w", text[at:end]):
        return [span]
    cuts = [start, *(b.start for a, b in pairwise(inside) if a.closed), end]
    return list(pairwise(cuts))


def _trimmed(start: int, end: int, text: str) -> tuple[int, int]:
    """Without a dateline, white space and stray commas at the ends; nothing where no word is left."""
    if not re.search(r"\w", text[start:end]):
        return start, start
    while text[start].isspace() or text[start] in ",;":
        start += 1
    dateline = _DATELINE.match(text, start, end)
    start = dateline.end() if dateline else start
    while text[end - 1].isspace():
        end -= 1
    return start, end


def _leads_in(span: tuple[int, int], following: Sequence[tuple[int, int]], text: str) -> bool:
    """Whether a part is only the way into the next one, which has its own subject: "“Three months ago,” he said, “I left.”" """
    if not following or len(text[slice(*span)].split()) > SHORT or _SUBJECT.search(text[slice(*span)]):
        return False
    between = text[span[1] : following[0][0]].rstrip(_OPENING)
    return between.endswith(",") and _BEGINS.match(text[slice(*following[0])].lstrip(_OPENING)) is not None
