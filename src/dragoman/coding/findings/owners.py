"""Whose a quantity is, and on whom it falls: the actors inside its words, before them and after them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.coding.findings.named import Named
from dragoman.coding.findings.numbers import Number
from dragoman.records import Sentence

BREAK = re.compile(r"[;:!?()“”\"]|,\s|\s(?:and|but|while|whereas|although|with)\s")
_HAVING = re.compile(
    r"\b(?:has|have|had|lost|deployed|sent|send|sends|fired|launched|operates?|"
    r"operated|owns?|possesses|possess|bought|sold|exported|imported|"
    r"pledged|promised|gave|give|gives|provided|provide|offered|spent|spend|"
    r"spends|invested|lent|donated|suspend(?:ed|s)?|withheld|froze|cut|contributed|allocated|approved|"
    r"received|bought|buys|purchased|moved|dispatched|mobili[sz]ed|withdrew|"
    r"pulled|produced?s?|owes|owed|paid|pays|will\s+\w+|to\s+\w+)\b"
)
_TARIFF = re.compile(r"\b(?:tariffs?|duty|duties|lev(?:y|ies)|sanctions?|embargo)\b", re.IGNORECASE)
_LISTED = re.compile(r",?\s+(?:and|or)\s+(?:the\s+)?")
_OF_AFTER = re.compile(r"^\s*(?:from|of|by|belonging to)\s+(?:the\s+)?$")
_ON_AFTER = re.compile(r"\b(?:on|against|to|for|into|over)\b[^,;.]{0,40}$")


def whose(
    text: str, sentence: Sentence, number: Number, end: int, unit: str, who: Sequence[Named]
) -> tuple[str | None, str | None]:
    """``of`` and ``on`` of a figure whose words end at ``end``; None where the text leaves it open."""
    money = unit == "percent" or number.currency is not None
    # A mention may begin at the number or before it: "12 Palestinians", "all 12 Palestinians".
    inside = [name for name in who if number.end < name.end and number.hull - 8 <= name.start < end]
    after = [name for name in who if end <= name.start and not BREAK.search(text, end, name.start)]
    before = [name for name in who if name.end <= number.hull]
    if money and _TARIFF.search(text, number.start, min(sentence.end, end + 12)):
        return _tariff(text, end, inside, after, before)
    on = None
    if money and after:
        gap = text[end : after[0].start]
        on = after[0].key if _ON_AFTER.search(gap) else None
    of = _owner(text, number, end, inside, after, before, money)
    return of, on if on != of else None


def _owner(
    text: str, number: Number, end: int, inside: list[Named], after: list[Named], before: list[Named], money: bool
) -> str | None:
    """The one actor inside the words, else who has or does it before them, else who stands behind "of" or "from"."""
    keys = {name.key for name in inside}
    if len(keys) == 1:
        return keys.pop()
    if keys:
        return None
    if before:
        gap = text[before[-1].end : number.hull]
        words = text[before[-1].start : before[-1].end].lower()
        possessive = (
            words in ("its", "their", "his", "her", "our")
            or words.endswith(("’s", "'s", "s’", "s'"))
            or re.match(r"[’']s?\s", gap)
        )
        if possessive and re.fullmatch(r"(?:[’']s?)?\s+(?:\w+\s+)?", gap):
            return before[-1].key
        if _HAVING.match(gap.lstrip()) and len(gap) < 40 and not re.search(r"[,;]", gap) and _sole(text, before):
            return before[-1].key
    if after and _OF_AFTER.match(text[end : after[0].start]):
        return after[0].key
    return None


def _sole(text: str, before: list[Named]) -> bool:
    """Whether the last name alone is the subject: one actor, not joined to another by "and"."""
    last = [name for name in before if name.start == before[-1].start]
    others = [name for name in before if name.end <= last[0].start and name.key != last[0].key]
    joined = bool(others) and _LISTED.fullmatch(text, others[-1].end, last[0].start) is not None
    return len({name.key for name in last}) == 1 and not joined


def _tariff(text: str, end: int, inside: list[Named], after: list[Named], before: list[Named]) -> tuple[str | None, str | None]:
    """A tariff of the imposer on the goods of another: the one other state of the sentence imposed it, or nobody is named."""
    on = next((name.key for name in after if re.search(r"\b(?:on|against)\b", text[end : name.start])), None)
    by = next((name.key for name in after if re.search(r"\bby\s+(?:the\s+)?$", text[end : name.start])), None)
    of = by or (inside[0].key if inside else None)
    others = []
    for name in [*before, *after]:
        if name.key != on and name.key not in others:
            others.append(name.key)
    if of is None and on is not None and len(others) == 1:
        of = others[0]
    return of, on
