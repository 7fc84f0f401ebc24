"""The grammar of a noun phrase: whom "two Malian soldiers" or "a spokesman for the Turkish Foreign Ministry" describes.

``heads`` reads the head noun with what stands before it, ``complements`` adds what stands behind it. Nothing here looks beyond
the phrase: what it leaves open (a pronoun, "the group", a bare "police") is for ``coreference``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.coding.actors import complements, heads
from dragoman.coding.actors.chunks import BEARING
from dragoman.coding.actors.phrases import Chooser, Phrase, PhraseKind
from dragoman.coding.actors.units import Unit, name_words

_HEADS = BEARING | {"pronoun"}
_QUANTITIES = frozenset(
    "dozens hundreds thousands scores millions percent number majority handful some many most several all both group "
    "groups one two three four five six seven eight nine ten none each any few half couple pair series series lot "
    "lots rest crowd crowds tens team member members part parts elements section sections families family columns "
    "remnants generation total".split()
)
# Of no state in particular: "other countries", "foreign forces".
_GENERAL = frozenset(
    "every each any foreign international neighbouring neighboring third various no global world "
    "worldwide different either african european asian latin arab western scandinavian caribbean continental".split()
)
_COUNT = {w: n for n, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())} | {
    "both": 2
}


def read(found: Sequence[Unit], choose: Chooser) -> Phrase:
    """The phrase that these units make."""
    found = [u for u in found if u.text not in {'"', "“", "”", "``", "''", "‘"}]
    if not found:
        return Phrase(0, 0, "none", "")
    if _office_then_name(found):
        first = Phrase(found[0].start, found[-1].end, "none", found[0].low)
        return _named(first, found[:-1], found[-1], choose)
    end = _boundary(found)
    region, rest = found[:end], found[end:]
    phrase = _region(region, choose)
    if phrase.kind == "none" and rest and rest[0].low in complements.OF_WHOM | {"who", "that", "which"}:
        behind = _after(rest)
        phrase = read(behind, choose) if behind else phrase
    elif rest and rest[0].low == "of" and phrase.head in _QUANTITIES and phrase.country is None and phrase.kind != "person":
        inner = read(rest[1:], choose)
        if inner.kind != "none":
            phrase = replace(inner, definite=False, plural=True, count=phrase.count)
    elif rest:
        phrase = _completed(phrase, rest, choose)
    if phrase.start == found[0].start and phrase.end == found[-1].end:
        return phrase
    return replace(phrase, start=found[0].start, end=found[-1].end)


def _office_then_name(found: Sequence[Unit]) -> bool:
    """ "Mayor of London Sadiq Khan": an office with its complement, then the name."""
    if len(found) < 4 or found[-1].kind not in ("name", "person") or found[-1].possessive:
        return False
    before = found[-2]
    fits = before.kind in ("state", "place", "organisation") or (before.kind == "word" and before.text[0].isupper())
    middle = next((n for n, u in enumerate(found[:-2]) if u.low in ("of", "for", "to")), None)
    if not fits or middle is None or any(u.kind in ("mark", "verb", "relative", "name", "person") for u in found[:-1]):
        return False
    return any(u.kind == "word" and u.entry.detail == "office" for u in found[:middle])


def _boundary(found: Sequence[Unit]) -> int:
    """Where the head noun's region ends: before the first preposition, relative, comma or verb behind a noun."""
    seen = False
    for n, unit in enumerate(found):
        if n and unit.kind in ("preposition", "relative", "verb", "mark") and unit.text not in {"-", "$", "%", ".", "'", "’"}:
            return n
        if unit.kind == "conjunction" and seen and n + 1 < len(found):
            return n
        if seen and unit.kind == "other" and n + 1 < len(found) and _participle(unit, found[n + 1]):
            return n
        if unit.kind == "determiner" and seen and unit.low != "that":
            return n
        seen = seen or unit.kind in _HEADS
    return len(found)


def _participle(unit: Unit, after: Unit) -> bool:
    """A verb form that begins a clause behind the noun: "people protesting the ...", "soldiers killed in ..."."""
    begins = ("determiner", "preposition", "pronoun", "number", "state", "conjunction")
    return unit.low.endswith(("ing", "ed", "en")) and after.kind in begins


def _after(rest: Sequence[Unit]) -> Sequence[Unit]:
    """What stands behind a preposition or relative and its verb."""
    k = 1
    while k < len(rest) and rest[k].kind in ("verb", "mark"):
        k += 1
    return rest[k:]


def _region(region: Sequence[Unit], choose: Chooser) -> Phrase:
    """The phrase of a head noun with what stands before it."""
    base = _base(region)
    bearing = [(n, u) for n, u in enumerate(region) if u.kind in _HEADS]
    if not bearing:
        return base
    last, head = bearing[-1]
    before = [u for _, u in bearing[:-1]]
    if head.kind in ("person", "name"):
        return _named(base, region[:last], head, choose)
    if head.kind == "pronoun":
        return replace(base, kind="pronoun", head=head.low, owner=head, unit=head)
    if head.kind in ("state", "region", "place"):
        title = next((u for u in before if u.kind == "word"), None)
        if title is not None and not head.possessive and title.entry.detail == "organ":
            if title.text[0].isupper():
                return heads.described(base, region, title, before, choose)
            if before[0].kind == "adjective":  # "Honduran radio station Radio America"
                return heads.described(base, region, title, before[: before.index(title)], choose)
        return heads.state(base, head, choose)
    if head.kind == "adjective":
        return heads.people(base, region, head, before, choose)
    if head.kind == "organisation":
        return heads.organisation(base, head, before, choose)
    return heads.described(base, region[: last + 1], head, before, choose)


def _base(region: Sequence[Unit]) -> Phrase:
    """What the small words before a head noun say, whatever the head is."""
    first = region[0]
    return Phrase(
        first.start,
        region[-1].end,
        "none",
        region[-1].low,
        former=any(u.kind == "former" for u in region),
        definite=first.low in {"the", "this", "that", "these", "those", "both", "such"},
        indefinite=first.low in {"a", "an", "some", "another", "any", "several", "many"} or first.kind == "number",
        plural=first.low in {"both", "these", "those", "several", "many", "few"},
        general=any(u.low in _GENERAL or u.low.startswith("foreign-") for u in region[:-1]),
        each=first.low in {"each", "either"},
        other=any(u.low in ("other", "another", "others") for u in region),
        lead=first.low,
        count=next((_number(u) for u in region if u.kind == "number" or u.low == "both"), None),
    )


def _number(unit: Unit) -> int | None:
    if unit.low in _COUNT:
        return _COUNT[unit.low]
    digits = unit.low.replace(",", "")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else None


def _named(base: Phrase, pre: Sequence[Unit], head: Unit, choose: Chooser) -> Phrase:
    """A person, or a thing with a name of its own, with what stands before the name."""
    kind: PhraseKind = "person" if head.kind == "person" else "name"
    phrase = replace(base, kind=kind, head=head.low, name=" ".join(name_words(head)), unit=head)
    if not pre:
        return phrase
    said = read(pre, choose)
    office = said.word is not None and said.word.detail in ("office", "person")
    return replace(
        phrase, kind="person" if office else kind, country=said.country, sector=said.sector, organisation=said.organisation,
        role=said.role, word=said.word, owner=said.owner, how=said.how, former=base.former or said.former,
    )  # fmt: skip


def _completed(phrase: Phrase, rest: Sequence[Unit], choose: Chooser) -> Phrase:
    """Adds what stands behind the head."""
    if rest[0].text in {",", "("} and len(rest) > 1:
        return complements.with_apposition(phrase, read(rest[1:], choose))
    if phrase.kind not in ("described", "person", "name") and not (phrase.kind == "organisation" and phrase.how == "ambiguous"):
        return phrase
    for n, preposition in complements.positions(rest):
        phrase = complements.with_complement(phrase, preposition, read(rest[n + 1 :], choose))
    return phrase
