"""What stands behind a phrase and says more of it: "of Ghana", "for the Turkish Foreign Ministry", ", a spokesman for ...".

Every function takes the phrase and the one behind it, both read, and gives what they say together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.coding.actors.heads import HIRED, belongs
from dragoman.coding.actors.phrases import STATE_WORDS, Phrase
from dragoman.coding.actors.units import Unit

OF_WHOM = frozenset("of for from at in with to".split())
_MOST = 3  # complements that are read
POSTED = frozenset(
    "embassy embassies consulate consulates ambassador ambassadors envoy envoys mission consul consulate-general".split()
)
# Kin, who may live elsewhere than whom they are of.
_KIN = frozenset(
    "relative relatives family families uncle uncles great-uncle aunt aunts cousin cousins brother brothers sister sisters "
    "kin kinsmen supporters enemies".split()
)
_SERVE = frozenset("adviser advisers advisor advisors aide aides assistant assistants counsel counsellor".split())  # to whom
_STATES = frozenset("countries nations states sides neighbours neighbors".split())
_AT_THE_HEAD = frozenset("leader head chief chairman chairwoman director spokesman spokeswoman envoy representative".split())


def positions(rest: Sequence[Unit]) -> list[tuple[int, str]]:
    """Where the prepositions stand that can say whose somebody is: "of" and "for" before "in New York"."""
    found = []
    for n, unit in enumerate(rest):
        if unit.kind in ("relative", "verb") or (n and unit.kind == "mark"):
            break
        if unit.low in OF_WHOM and n + 1 < len(rest):
            found.append((n, unit.low))
    return sorted(found[:_MOST], key=lambda item: (item[1] in ("in", "at", "with"), item[0]))


def with_apposition(phrase: Phrase, behind: Phrase) -> Phrase:
    """A name and the description behind its comma, or a description and the name behind its comma."""
    if phrase.kind in ("person", "name") and behind.kind == "described" and phrase.word is None:
        return replace(
            phrase, kind="person" if behind.word and behind.word.detail in ("office", "person") else phrase.kind,
            country=phrase.country or behind.country, sector=behind.sector, organisation=behind.organisation, role=behind.role,
            word=behind.word, owner=behind.owner, how=behind.how, former=behind.former,
        )  # fmt: skip
    if phrase.kind == "described" and behind.kind in ("person", "name") and behind.word is None:
        return replace(
            behind, kind="person", country=phrase.country or behind.country, sector=phrase.sector, role=phrase.role,
            word=phrase.word, organisation=phrase.organisation, owner=phrase.owner, how=phrase.how, former=phrase.former,
        )  # fmt: skip
    return phrase


def with_complement(phrase: Phrase, preposition: str, behind: Phrase) -> Phrase:
    """Whose the phrase is by what a preposition joins to it."""
    if behind.kind == "none" or (preposition == "to" and phrase.head.split()[-1] not in _SERVE):
        return phrase
    if phrase.head in HIRED and preposition == "for" and behind.kind not in ("state", "organisation"):
        return phrase
    related = belongs(phrase.head) and preposition in ("of", "for", "from", "at", "with")
    out = _of_body(phrase, behind) if related else phrase
    if phrase.owner is not None:
        lives = preposition == "in" and phrase.head in _KIN and behind.kind == "state" and behind.country is not None
        return replace(out, country=behind.country, owner=None, how="complement") if lives else out
    if related and _serves_states(phrase, behind):
        return replace(out, country="IGO", how="complement")
    if behind.count is not None and behind.head in _STATES and phrase.country is None:
        return replace(out, count=behind.count, plural=True)  # "the leaders of the two countries"
    hosted = preposition in ("in", "at") and phrase.head.split()[-1] in POSTED
    if hosted or (phrase.country is not None and phrase.how != "word"):
        return out
    if behind.country is not None and behind.kind != "pronoun":
        name = f"{out.name} {preposition} {behind.name}" if out.kind == "described" and behind.name else out.name
        body = out.organisation or behind.organisation
        return replace(out, country=behind.country, how="complement", name=name, organisation=body)
    if behind.owner is not None or behind.kind in ("person", "name"):
        return replace(out, owner=behind.owner or behind.unit)
    return replace(out, general=True) if behind.general else out


def _of_body(phrase: Phrase, behind: Phrase) -> Phrase:
    """Somebody who belongs to a body has its sector; not a former one, nor whose body is the government itself."""
    word = behind.word
    body = behind.kind == "organisation" or (behind.kind == "described" and word and word.detail in ("organ", "group"))
    if not body or not behind.sector or phrase.former or (word and word.form in STATE_WORDS):
        return phrase
    return replace(phrase, sector=behind.sector, organisation=phrase.organisation or behind.organisation)


def _serves_states(phrase: Phrase, behind: Phrase) -> bool:
    """Whether somebody speaks for an organisation of states, as an American at the head of a UN team does."""
    office = behind.sector == "IGO" and behind.word is not None and behind.word.detail == "office"
    if phrase.plural or behind.kind not in ("organisation", "described") or not (behind.country == "IGO" or office):
        return False
    return phrase.country is None or (phrase.how == "nationality" and phrase.head in _AT_THE_HEAD)
