"""Whom a pronoun of a passage can mean: the persons that the sentences before it name."""

from __future__ import annotations

import re

from dragoman.brief.material import Text
from dragoman.brief.verify.words import named


def persons_before(sentence: str) -> list[str]:
    """Names of persons in a sentence that a following "he" can mean: not those that only own something ("Xi's visit")."""
    spans = [(n.start, n.end) for n in named(sentence) if n.kind != "person"]
    out = []
    for m in re.finditer(r"[A-Z][\w.’'-]*(?:\s[A-Z][\w.’'-]*)*", sentence):
        if any(s < m.end() and m.start() < e for s, e in spans):
            trimmed = sentence[max([m.start(), *[e for s, e in spans if s < m.end() and m.start() < e]]) : m.end()].strip()
        else:
            trimmed = m[0]
        if m.start() == 0 and len(trimmed.split()) == 1 and not re.search(rf"\b{re.escape(trimmed)}\b", sentence[m.end() :]):
            continue
        if trimmed and not re.search(r"[’']s?$", trimmed):
            out.append(trimmed)
    return out


def last_named(before: str, text: Text) -> list[str]:
    """The persons whom "he" can mean: those of the sentence before, or, where that itself speaks of "he" and names nobody, of
    the one before it."""
    for sentence in reversed(before.split("\n")):
        people = _people(sentence, text)
        if people or not re.search(r"\b(?:he|she)\b", sentence, re.IGNORECASE) or _SOMEBODY.search(sentence):
            return people
    return []


_SOMEBODY = re.compile(
    r"\b(?:spokes\w+|ministers?|officials?|presidents?|leaders?|ambassadors?|chairman|secretary|generals?|commanders?|"
    r"senators?|governors?|analysts?|experts?|man|woman|source)\b",
    re.IGNORECASE,
)
"""Somebody without a name, whom a later "he" may mean."""


def _people(sentence: str, text: Text) -> list[str]:
    """Persons named in a sentence, known surnames counted even at its beginning; those that only own something are not."""
    found = persons_before(sentence)
    known = [a.name.split() for a in text.actors.values() if _full_name(a.name)]
    for name in known:
        for word in (name[-1], name[0]):
            speaking = r"[’']s?\s+(?:remarks|speech|statement|comments|words|address|message|letter|tweet)\b"
            if re.search(rf"(?<![\w-]){re.escape(word)}(?:(?![\w’'-])|{speaking})", sentence):
                found.append(word)
    return [f for f in found if any(f.split()[-1] in name for name in known)]


def _full_name(name: str) -> bool:
    words = name.split()
    return len(words) > 1 and words[0][0].isupper() and words[-1][0].isupper() and all(n.kind == "person" for n in named(name))
