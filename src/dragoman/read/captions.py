"""Figure captions: told by the credit that names who made the picture."""

from __future__ import annotations

import re

_AGENCY = (
    r"(?:AP|AFP|Reuters|Xinhua|EPA|EFE|TASS|Sputnik|Kyodo|Yonhap|ANSA|ANI|PTI|DPA|UPI|CNA|Anadolu|Getty(?: Images)?|Bloomberg"
    r"|Shutterstock|iStock|Wikimedia(?: Commons)?|NASA)"
)
_PICTURE = (
    r"(?:images?|photo(?:graph)?s?|pictures?|pics?|file (?:photo|image|picture)|video|graphic|illustration|map|cartoon|artwork)"
)
_ENCLOSED = re.compile(
    rf"[\s.]*[(\[](?P<credit>{_PICTURE}\s*(?:credits?|courtesy|source|by|from|via)?\s*(?:of\b|by\b)?\s*[:/–-]\s*[^()\[\]]{{2,120}}"
    rf"|(?:credits?|courtesy(?: of)?|via)\s*:\s*[^()\[\]]{{2,120}}"
    rf"|{_PICTURE} (?:by|courtesy of|via) [^()\[\]]{{2,120}}"
    rf"|{_AGENCY}\s*(?:{_PICTURE}|via|/)[^()\[\]]{{0,120}}"
    rf"|[^()\[\]]{{2,80}}(?:/|via |for )\s*{_AGENCY}(?:\s[^()\[\]]{{0,40}})?"
    rf"|{_PICTURE}|file)[)\]]\.?$",
    re.I,
)
_TRAILING = re.compile(
    r"(?:(?<=[.!?”\"’)])\s+|\s+[|•–—]\s+)"
    rf"(?P<credit>(?:{_PICTURE}\s*(?:credits?|courtesy|source|by)?|credits?)\s*(?:of|by)?\s*:\s*[^:]{{2,100}}"
    rf"|{_PICTURE} (?:by|courtesy of) [A-Z][^.]{{2,80}}"
    r"|©\s*[^.]{2,80}"
    rf"|[A-Z][\w.'’ -]{{1,50}}(?:/| via )\s?{_AGENCY}(?:/[^.]{{0,40}})?"
    rf"|{_AGENCY}\s?/\s?[A-Z][^.]{{1,60}}|{_AGENCY} {_PICTURE})\.?$",
    re.I,
)
_ALONE = re.compile(
    r"(?:(?:file )?(?:image|photo(?:graph)?|picture)\s*(?:credits?|courtesy|source|by)?|(?:image |photo |picture )?credits?)"
    r"\s*(?:of|by)?\s*[:/]\s*(?P<credit>.{2,80})"
    rf"|(?:{_PICTURE} (?:by|courtesy of)|courtesy(?: of)?:?) (?P<by>[A-Z].{{1,60}})",
    re.I,
)
_LABEL = re.compile(
    rf"^(?:{_PICTURE}\s*)?(?:credits?|courtesy|source|by|via|from|{_PICTURE})?\s*(?:of|by)?\s*[:/–-]\s*"
    rf"|^{_PICTURE} (?:by|courtesy of|via)\s+|^(?:courtesy of|via)\s+",
    re.I,
)
_CREDIT_WORDS = 8  # a credit is a few names; more words are a sentence
_FEWEST = 10  # characters of a caption before its credit
_LONGEST = 700  # characters of a caption; press agencies write up to three sentences


def credit(words: str) -> tuple[int, str] | None:
    """Where the credit at the end of a line begins, and whom it names; None for a line without one.

    "Xi enters the Kremlin. (Image Credit: Xinhua/Wang Ye)" gives the offset of the bracket and "Xinhua/Wang Ye". A bare
    "(Reuters)" is no credit: agencies sign the last line of a report with it.
    """
    if len(words) > _LONGEST:
        return None
    tail = max(0, len(words) - 200)
    found = _ENCLOSED.search(words, tail) or _TRAILING.search(words, tail)
    if not found:
        return None
    named = found["credit"].strip(" .")
    bare = _LABEL.sub("", named).strip(" .") or named
    start = found.start()
    while start < len(words) and words[start] in " .":
        start += 1
    return (start, bare) if start >= _FEWEST else None


def credit_alone(words: str) -> str | None:
    """Whom a line names that is nothing but a credit ("Photo: AFP", "(Credit: A. Smith)"); None for any other line."""
    bare = words.strip("()[] .")
    found = _ALONE.fullmatch(bare)
    named = str(found["credit"] or found["by"]).strip(" .") if found else ""
    return named if 0 < len(named.split()) <= _CREDIT_WORDS else None
