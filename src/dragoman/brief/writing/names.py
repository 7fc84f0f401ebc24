"""Actors in words: states with their article, persons with their office on first mention, offices and bodies of a state."""

from __future__ import annotations

import re
from functools import lru_cache

from dragoman import codebook
from dragoman.brief import english
from dragoman.brief.lookup import lexicon
from dragoman.brief.material import Actor, Ref, Text, iso

PRONOUNS = frozenset(
    "he she it they we i you him her them us me his its their our my this that these those who which both "
    "one some many others himself itself themselves".split()
)
_POSSESSIVE = re.compile(r"^(?:his|her|its|their|our|my|your)\b", re.IGNORECASE)
_PERSON = re.compile(r"^[^\W\d_a-z][\w.'’-]*(?: (?:[a-z]{2,3} |al-|el-)?[^\W\d_a-z][\w.'’-]*)+$")
_BODIES = re.compile(
    r"\b(?:ministry|government|parliament|embassy|army|navy|military|police|administration|cabinet|senate|"
    r"congress|court|agency|"
    r"authorities|delegation|side|foreign minister|president|prime minister|ambassador|spokes\w+|air force|coast guard)$",
    re.IGNORECASE,
)
_INSTITUTIONS = re.compile(
    r"\b(?:ministry|government|parliament|embassy|army|navy|military|police|cabinet|senate|congress|court|air force|"
    r"coast guard)$",
    re.IGNORECASE,
)
"""Bodies of which a state has one, so that the state may be put before them; of spokesmen and ambassadors it has many."""
_OFFICES = frozenset(
    "president|prime minister|foreign minister|defence minister|defense minister|secretary of state|chancellor|king|queen|"
    "vice president|chairman|premier|minister|ambassador|secretary of defense|finance minister|interior minister|"
    "secretary-general|general secretary|foreign secretary".split("|")
)


def state(code: str) -> str | None:
    """The name of a state or organisation, without article."""
    book = codebook.load()
    if (known := book.state(code)) is not None:
        return known.name
    body = book.organisation(code)
    return body.name if body is not None else None


def adjective(code: str) -> str | None:
    known = codebook.load().state(code)
    return known.adjectives[0] if known is not None and known.adjectives else None


def inside(text: str) -> frozenset[str]:
    """The countries that a phrase names by itself."""
    return frozenset(e.country for m in lexicon().find(text, "mixed") for e in m.entries if e.country and e.kind != "word")


def alone(word: str) -> bool:
    """Whether one word is an adjective, a capital or a seat, which stands for a state but is not its name."""
    return any(
        e.kind in ("adjective", "seat", "capital")
        for m in lexicon().find(word, "mixed")
        for e in m.entries
        if m.end - m.start == len(word)
    )


def person(name: str) -> bool:
    """Whether a name looks like a person's full name."""
    book = codebook.load()
    if _BODIES.search(name) or all(
        book.word(w.lower()) is not None or w.lower() in ("current", "former", "deputy") for w in name.split()
    ):
        return False
    return bool(_PERSON.match(name)) and not any(
        e.kind in ("state", "organisation", "region")
        for m in lexicon().find(name, "mixed")
        for e in m.entries
        if m.end - m.start == len(name)
    )


def title(role: str) -> str:
    return (
        role[:1].upper() + role[1:]
        if role in _OFFICES and " " not in role
        else " ".join(w if w in ("of", "and") else w.capitalize() for w in role.split())
    )


def phrase(ref: Ref, text: Text, known: frozenset[str] = frozenset()) -> str | None:
    """An actor of a row in words, None where the row does not tell clearly who it is.

    ``known`` are the ids already introduced, which are named without their office.
    """
    if ref.actor is None:
        return None
    listed = text.actors.get(ref.actor)
    name = listed.name if listed else None
    if ref.actor == ref.country or (name is None and state(ref.actor)):
        return english.with_article(state(ref.actor) or ref.actor)
    if name is not None and english.with_article(name) != name and person(name):  # "the Smithwick Tribunal"
        return english.with_article(name)
    if name is not None and person(name):
        country = listed.country if listed else None
        if ref.actor in known or listed is None:
            return name
        if country is None or listed.role not in _OFFICES or adjective(country) is None or not _holds(text, listed):
            return _titled(ref, name) or stands_before(name, text.text) or name
        return f"{adjective(country)} {title(listed.role)} {name}"
    if (body := codebook.load().organisation(ref.actor)) is not None:
        told = english.with_article(body.name) if body.sector != "JRN" else body.name
        whose = names_country(body.country, body.name)
        return f"{english.possessive(whose)} {body.name}" if whose else told
    return _described(ref, text)


_BEFORE_OFFICE = frozenset("The Then Former Current Deputy Acting And But As When While Prime Vice US U.S. UK U.K.".split())


def _holds(text: Text, actor: Actor) -> bool:
    """Whether the office is sure: it stands before the name in the article, or the article has a day on which it was held."""
    holdings = codebook.load().holdings_of(actor.name)
    if holdings and actor.role not in {h.office for h in holdings}:
        return False
    first, *_, last = actor.name.split()
    before = rf"(?:(?P<whose>[A-Z][\w.]+) )?(?i:\b{re.escape(actor.role or '')}),? (?:{re.escape(first)}|{re.escape(last)})\b"
    owners = [found["whose"] for found in re.finditer(before, text.text)]
    if owners:  # "Montana Secretary of State" is no office of the state
        return any(w is None or w in _BEFORE_OFFICE or actor.country in inside(w) for w in owners)
    day = iso(text.published)
    return day is not None and any(h.office == actor.role for h in codebook.load().offices_on(actor.name, day))


def names_country(code: str | None, name: str) -> str | None:
    """The state to put before a body whose name does not say whose it is ("Iran's Information Ministry")."""
    if code is None or state(code) is None or codebook.load().state(code) is None or inside(name) & {code}:
        return None
    return country(code) if _INSTITUTIONS.search(name) else None


def _titled(ref: Ref, name: str) -> str | None:
    """The article's own words for a person, where they hold the name and what he or she is."""
    words = " ".join((ref.text or "").split())
    if not words.endswith(name) or not 0 < len(words.split()) - len(name.split()) <= 7 or "," in words:
        return None
    return f"the {words}" if words[0].islower() and not words.startswith("the ") else words


_OFFICE_WORDS = re.compile(
    r"\b(?:Minister|Representative|Secretary|Director|Ambassador|Spokes\w+|Chief|Leader|Commander|Premier|Senator|Advis[eo]r|"
    r"Chair\w*|Commissioner|Envoy|Governor|Speaker|Coordinator|Chancellor|President)\b"
)


@lru_cache(maxsize=4096)
def stands_before(name: str, article: str) -> str | None:
    """Office and name in the article's own words, where it has them together: "US Special Representative for Iran X"."""
    found = re.search(rf"(?<![\w’'-])((?:[A-Z][\w.]+ |of |for |and |the ){{1,7}}){re.escape(name)}(?![\w-])", article)
    if found is None:
        return None
    office = re.sub(r"^(?:(?:of|for|and|the|The|But|And|Meanwhile|However|Current|Former) )+", "", found[1])
    if not _OFFICE_WORDS.search(office) or not inside(office) or re.search(r"\b(?:and|the)\b", office):
        return None
    return f"{office}{name}"


def _described(ref: Ref, text: Text) -> str | None:
    """A group, body or office by the article's own words, where those words name its state or it can be put before them."""
    words = " ".join((ref.text or "").split())
    whose = names_country(ref.country, words)
    owned = re.sub(r"^(?:the|an?|its|their|his|her)\s+", "", words, flags=re.IGNORECASE)
    if words.lower() in ("they", "it"):
        return _of_pronoun(ref, text)
    if whose and (words[:1].isupper() or owned != words) and len(words.split()) <= 5:
        return f"{english.possessive(whose)} {owned}"
    if not words or words.lower() in PRONOUNS or _POSSESSIVE.match(words) or ref.start is None:
        return None
    words = re.sub(r"^(?:the|a|an)\s+", "", words, flags=re.IGNORECASE)
    if ref.country is None or ref.country not in inside(words) or len(words.split()) > 8 or len(words.split()) < 2:
        return None
    before = text.text[max(0, ref.start - 5) : ref.start].lower()
    if words[0].islower() and not before.endswith("the "):
        return None
    return f"the {words}" if before.endswith("the ") or _BODIES.search(words) else words


def _of_pronoun(ref: Ref, text: Text) -> str | None:
    """The article's own name of a group that a row calls "they", where that name says whose it is ("U.S. officials")."""
    listed = text.actors.get(ref.actor or "")
    named = listed is not None and ref.country in inside(listed.name) and 2 <= len(listed.name.split()) <= 6
    return listed.name if listed is not None and named and listed.name in text.text else None


def country(code: str | None) -> str | None:
    """A state of a code as it stands in a sentence: ``the United States``."""
    name = state(code) if code else None
    return english.with_article(name) if name else None
