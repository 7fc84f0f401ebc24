"""The grammar of a noun phrase: whom "two Malian soldiers" or "a spokesman for the Turkish Foreign Ministry" describes.

The head noun decides the sector, its nearest nationality the country. Nothing here looks beyond the phrase: what it leaves
open (a pronoun, "the group", a bare "police") is for ``coreference``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from dragoman.coding.actors.lexicon import Entry
from dragoman.coding.actors.units import Unit, name_words

PhraseKind = Literal["state", "organisation", "person", "described", "pronoun", "name", "none"]
Chooser = Callable[[Sequence[Entry]], Entry | None]

_QUANTITIES = frozenset(
    "dozens hundreds thousands scores millions percent number majority handful some many most several all both group "
    "groups one two three four five six seven eight nine ten none each any few half couple pair series series lot "
    "lots rest crowd crowds tens team member members part parts elements section sections families family columns "
    "remnants generation total".split()
)
# Heads that take the sector of whom they belong to: a police spokesman is police, a spokesman of the rebels a rebel.
_BELONGING = frozenset(
    "spokesman spokeswoman spokesperson spokesmen leader leaders chief chiefs head heads member members official "
    "officials chairman chairwoman director directors representative representatives aide aides adviser advisers "
    "advisor commander commanders source sources delegation delegates founder personnel staff officer officers agents "
    "agent team unit units group groups forces force movement faction factions wing organization organisation side "
    "leadership headquarters base bases office offices building convoy statement report raid attack member-states "
    "secretary deputy analyst expert experts worker workers negotiator negotiators executive president "
    "secretary-general secretary general commission committee mission envoy envoys camp camps fighters cadres "
    "activists supporters network station council investigator investigators inspectors employees employee site sites "
    "post posts vehicle vehicles vessel ship plane army troops".split()
)
_OF_A_STATE = ("adjective", "state", "organisation")
_OF_WHOM = frozenset("of for from at in with".split())
_NOT_HOSTED = frozenset(
    "embassy embassies consulate consulates ambassador ambassadors envoy envoys mission consul consulate-general".split()
)
# Of no state in particular: "other countries", "foreign forces".
_GENERAL = frozenset(
    "every each any foreign international neighbouring neighboring third various no global world "
    "worldwide different either african european asian latin arab western scandinavian caribbean continental".split()
)
# Endings of callings in the plural: "whalers", "pensioners", "deportees".
_TRADES = ("ers", "ors", "ees", "ists", "ians", "men", "women")
# Nations of settlers: "Chinese Americans" are Americans, while "Kosovo Serbs" are of Kosovo.
_SETTLED = frozenset("american americans canadian canadians australian australians briton britons".split())
# Who left a country: not that country's own. And kin, who may live elsewhere than whom they are of.
_ABROAD = frozenset("exile exiles exiled expatriate expatriates emigre emigres émigré émigrés diaspora".split())
_KIN = frozenset(
    "relative relatives family families uncle uncles great-uncle aunt aunts cousin cousins brother brothers sister sisters "
    "kin kinsmen supporters enemies".split()
)
STATES_MANY = frozenset("countries nations states sides neighbours neighbors".split())
_AT_THE_HEAD = frozenset("leader head chief chairman chairwoman director spokesman spokeswoman envoy representative".split())
# Said of a state's government these are the state itself: one actor, one id.
STATE_WORDS = frozenset(
    "government administration regime authorities leadership state country nation republic kingdom federal-government "
    "central-government federal government central government governments".split()
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a phrase says by itself. ``country`` None: not said; ``owner`` the unit whose country counts ("its", "Obama")."""

    start: int
    end: int
    kind: PhraseKind
    head: str
    name: str | None = None
    id: str | None = None
    country: str | None = None
    sector: str | None = None
    organisation: str | None = None
    role: str | None = None
    word: Entry | None = None
    former: bool = False
    definite: bool = False
    indefinite: bool = False
    plural: bool = False
    count: int | None = None
    owner: Unit | None = None
    unit: Unit | None = None
    general: bool = False
    how: str = "nothing"
    each: bool = False  # "each side", "either country"
    other: bool = False  # "another man", "other students": not the ones before
    lead: str = ""
    away: str | None = None  # the country that they come from and do not speak for: exiles, ethnic Albanians


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
        return _named(first, found[:-1], found[-1], (), choose)
    end = boundary(found)
    region, rest = found[:end], found[end:]
    phrase = _region(region, choose)
    if phrase.kind == "none" and rest and rest[0].low in _OF_WHOM | {"who", "that", "which"}:
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


def boundary(found: Sequence[Unit]) -> int:
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
        seen = seen or unit.kind in (
            "state",
            "organisation",
            "person",
            "name",
            "word",
            "pronoun",
            "region",
            "place",
            "adjective",
        )
    return len(found)


def _participle(unit: Unit, after: Unit) -> bool:
    """A verb form that begins a clause behind the noun: "people protesting the ...", "soldiers killed in ..."."""
    return unit.low.endswith(("ing", "ed", "en")) and after.kind in (
        "determiner",
        "preposition",
        "pronoun",
        "number",
        "state",
        "conjunction",
    )


def _after(rest: Sequence[Unit]) -> Sequence[Unit]:
    k = 1
    while k < len(rest) and rest[k].kind in ("verb", "mark"):
        k += 1
    return rest[k:]


def _region(region: Sequence[Unit], choose: Chooser) -> Phrase:
    bearing = [
        (n, u)
        for n, u in enumerate(region)
        if u.kind in ("state", "adjective", "organisation", "person", "place", "region", "name", "word", "pronoun")
    ]
    first = region[0]
    base = Phrase(
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
    if not bearing:
        return replace(base, kind="none")
    last, head = bearing[-1]
    before = [u for _, u in bearing[:-1]]
    if head.kind in ("person", "name"):
        return _named(base, region[:last], head, before, choose)
    if head.kind == "pronoun":
        return replace(base, kind="pronoun", head=head.low, owner=head, unit=head)
    if head.kind in ("state", "region", "place"):
        title = next((u for u in before if u.kind == "word"), None)
        if title is not None and not head.possessive and title.text[0].isupper() and title.entry.detail == "organ":
            return _described(base, region, title, before, choose)
        if title is not None and not head.possessive and title.entry.detail == "organ" and before[0].kind == "adjective":
            return _described(
                base, region, title, before[: before.index(title)], choose
            )  # "Honduran radio station Radio America"
        return _state(base, head, before, choose)
    if head.kind == "adjective":
        trade = region[-1] if region[-1] is not head and region[-1].low.endswith(_TRADES) else None
        return _demonym(base, region, head, before, choose, trade if trade is not None and trade.kind == "other" else None)
    if head.kind == "organisation":
        return _organisation(base, head, before, choose)
    return _described(base, region[: last + 1], head, before, choose)


def _number(unit: Unit) -> int | None:
    if unit.low in _COUNT:
        return _COUNT[unit.low]
    digits = unit.low.replace(",", "")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else None


def _state(base: Phrase, head: Unit, before: Sequence[Unit], choose: Chooser) -> Phrase:
    entry = choose(head.entries)
    if entry is None:
        return replace(base, kind="state", head=head.low, unit=head, sector="GOV", how="ambiguous")
    sector = entry.sector if entry.kind != "region" else "GOV"
    return replace(
        base,
        kind="state",
        head=head.low,
        name=head.text,
        id=entry.id,
        country=entry.country,
        sector=sector,
        unit=head,
        how="name",
    )


def _demonym(
    base: Phrase, region: Sequence[Unit], head: Unit, before: Sequence[Unit], choose: Chooser, trade: Unit | None
) -> Phrase:
    """People by their nationality ("Frenchmen", "Kosovo Serbs") or, with ``trade``, by one and a calling that no list has."""
    entry = choose(head.entries)
    home = before[-1] if before and before[-1].kind in ("state", "adjective") and not before[-1].possessive else None
    if home is not None and home.text[0].isupper() and head.low not in _SETTLED:
        entry = choose(home.entries) or entry
    ethnic = home is None and any(u.low == "ethnic" for u in region)  # ethnic Albanians are of where they live
    many = head.low.endswith(("s", "men", "people")) and not head.low.endswith(("ese", "ss"))
    many = many or trade is not None
    persons = base.indefinite or base.count is not None or (many and not base.definite) or trade is not None
    return replace(
        base,
        kind="described",
        head=trade.low if trade else head.low,
        name=f"{head.text} {trade.text}" if trade else head.text,
        country=entry.country if entry and not ethnic else None,
        sector="CVL" if persons or ethnic else "GOV",
        plural=many or base.plural,
        unit=head,
        how="nothing" if ethnic else "people",
        away=entry.country if entry and ethnic else None,
    )


def _organisation(base: Phrase, head: Unit, before: Sequence[Unit], choose: Chooser) -> Phrase:
    chosen_entry = choose(head.entries)
    entry = chosen_entry or replace_country(head.entry)
    country, how = entry.country, "organisation" if chosen_entry else "ambiguous"
    for unit in reversed(before):  # "the Pakistani Taliban"; "the Iraqi Supreme Court"
        if unit.kind in ("adjective", "state") and entry.sector != "IGO":
            chosen = choose(unit.entries)
            country, how = (chosen.country, "nationality") if chosen else (country, how)
            break
    return replace(
        base, kind="organisation", head=head.low, name=entry.form, id=entry.id, country=country, sector=entry.sector,
        organisation=None if how == "ambiguous" else entry.id, unit=head, how=how,
    )  # fmt: skip


def replace_country(entry: Entry) -> Entry:
    """A shared name ("Supreme Court") says what kind of body it is, not whose."""
    return replace(entry, country=None, id=f"{entry.form}")


def _named(base: Phrase, pre: Sequence[Unit], head: Unit, before: Sequence[Unit], choose: Chooser) -> Phrase:
    """A person, or a thing with a name of its own, with what stands before the name."""
    kind: PhraseKind = "person" if head.kind == "person" else "name"
    phrase = replace(base, kind=kind, head=head.low, name=" ".join(name_words(head)), unit=head)
    if pre:
        said = read(pre, choose)
        if said.word is not None and said.word.detail in ("office", "person"):
            kind = "person"
        phrase = replace(
            phrase,
            kind=kind,
            country=said.country,
            sector=said.sector,
            organisation=said.organisation,
            role=said.role,
            word=said.word,
            owner=said.owner,
            how=said.how,
            former=base.former or said.former,
        )
    return phrase


def _described(base: Phrase, region: Sequence[Unit], head: Unit, before: Sequence[Unit], choose: Chooser) -> Phrase:
    word = head.entry
    sector = word.sector
    organisation: str | None = None
    country: str | None = None
    how = "nothing"
    owner: Unit | None = None
    near = before[-1] if before else None
    before = [u for u in region if u in before or u.kind == "hyphen"]
    if near is not None and _belongs(head.low) and near.kind in ("word", "organisation"):
        whose = (choose(near.entries) or near.entry).sector
        sector = sector if sector == "MIL" and whose == "IGO" else whose  # the African Union's troops are soldiers
    elif any(u.kind == "word" and u.entry.sector in ("OPP", "REB") for u in before) and sector in ("PTY", "LEG", "GOV", "MIL"):
        sector = next(u.entry.sector for u in before if u.kind == "word" and u.entry.sector in ("OPP", "REB"))
    for unit in reversed(before):
        if unit.kind in ("adjective", "state", "region", "place"):
            chosen = choose(unit.entries)
            if chosen is not None:
                country, how = chosen.country, "nationality"
            elif how == "nothing":
                how = "ambiguous"
            break
        if unit.kind == "hyphen" and unit.low.endswith(("-based", "-born")) and country is None:
            chosen = choose(unit.entries)
            if chosen is not None:
                country, how = chosen.country, "nationality"
                break
        if unit.kind == "organisation":
            chosen = choose(unit.entries) or replace_country(unit.entry)
            organisation = organisation or chosen.id
            how = "organisation" if how == "nothing" else how
            if country is None and chosen.country is not None:
                country, how = chosen.country, "organisation"
                if chosen.country != "IGO":
                    continue
                break
        if unit.kind in ("pronoun", "person", "name"):
            if unit.kind == "name" and not unit.possessive and any(u.kind in _OF_A_STATE for u in before[: before.index(unit)]):
                continue  # "the United Nations World Drug Report": a title's own words say nobody
            owner = unit
            break
    if country is None and owner is None and word.country is not None:
        country, how = word.country, "word"
    role = word.form if word.detail in ("office", "person") and not word.plural else None
    served = next((u for u in before if u.kind == "word" and u.entry.sector == "IGO" and u.entry.detail == "office"), None)
    if served is not None and how == "nothing" and owner is None and _belongs(head.low):
        country, how, sector = "IGO", "organisation", "IGO"  # "the Secretary-General's envoy"
    away = None
    from_there = any(u.kind == "adjective" for u in before) and how == "nationality"
    if from_there and any(u.low in _ABROAD or u.low == "ethnic" for u in region):
        based = next((u for u in before if u.kind == "hyphen" and u.low.endswith("-based")), None)
        there = choose(based.entries) if based is not None else None
        away, country = (None, there.country) if there is not None else (country, None)
        how = "nothing" if country is None else how
    former = base.former
    if former and sector in ("GOV", "MIL", "COP", "LEG", "JUD"):
        sector = "CVL" if sector in ("MIL", "COP") else None
    return replace(
        base, kind="described", head=head.low, name=_words(region), country=country, sector=sector, organisation=organisation,
        role=role, word=word, plural=base.plural or head.plural or word.plural or (base.count or 0) > 1, owner=owner,
        unit=head, how=how, away=away,
    )  # fmt: skip


def _words(region: Sequence[Unit]) -> str:
    return " ".join(u.text + ("'s" if u.possessive else "") for u in region if u.kind != "determiner" or u is not region[0])


def _completed(phrase: Phrase, rest: Sequence[Unit], choose: Chooser) -> Phrase:
    """Adds what stands behind the head: "of Ghana", "for the Turkish Foreign Ministry", ", a spokesman for ..."."""
    if rest[0].text in {",", "("} and len(rest) > 1:
        inner = read(rest[1:], choose)
        if phrase.kind in ("person", "name") and inner.kind == "described" and phrase.word is None:
            kind: PhraseKind = "person" if inner.word and inner.word.detail in ("office", "person") else phrase.kind
            return replace(
                phrase, kind=kind, country=phrase.country or inner.country, sector=inner.sector,
                organisation=inner.organisation, role=inner.role, word=inner.word, owner=inner.owner, how=inner.how,
                former=inner.former,
            )  # fmt: skip
        if phrase.kind == "described" and inner.kind in ("person", "name") and inner.word is None:
            return replace(
                inner, kind="person", country=phrase.country or inner.country, sector=phrase.sector, role=phrase.role,
                word=phrase.word, organisation=phrase.organisation, owner=phrase.owner, how=phrase.how, former=phrase.former,
            )  # fmt: skip
        return phrase
    if phrase.kind not in ("described", "person", "name") and not (phrase.kind == "organisation" and phrase.how == "ambiguous"):
        return phrase
    out = phrase
    for n, preposition in _complements(rest):
        out = _belonging(out, preposition, rest[n + 1 :], choose)
    return out


def _complements(rest: Sequence[Unit]) -> list[tuple[int, str]]:
    """Positions of the prepositions that can say whose somebody is: "of" and "for" before "in New York"."""
    found = []
    for n, unit in enumerate(rest):
        if unit.kind in ("relative", "verb") or (n and unit.kind == "mark"):
            break
        if unit.low in _OF_WHOM and n + 1 < len(rest):
            found.append((n, unit.low))
    return sorted(found[:3], key=lambda item: (item[1] in ("in", "at", "with"), item[0]))


def _belongs(head: str) -> bool:
    words = head.split()
    return head in _BELONGING or words[0] in _BELONGING or words[-1] in _BELONGING


def _belonging(phrase: Phrase, preposition: str, behind: Sequence[Unit], choose: Chooser) -> Phrase:
    inner = read(behind, choose)
    if inner.kind == "none":
        return phrase
    out = phrase
    belongs = _belongs(phrase.head) and preposition in ("of", "for", "from", "at", "with")
    body = inner.kind == "organisation" or (
        inner.kind == "described" and inner.word and inner.word.detail in ("organ", "group")
    )
    if belongs and body and inner.sector and not phrase.former and not (inner.word and inner.word.form in STATE_WORDS):
        out = replace(out, sector=inner.sector, organisation=out.organisation or inner.organisation)
    hosted = preposition in ("in", "at") and phrase.head.split()[-1] in _NOT_HOSTED
    of_states = inner.country == "IGO" or (inner.sector == "IGO" and inner.word is not None and inner.word.detail == "office")
    serves = belongs and not phrase.plural and of_states and inner.kind in ("organisation", "described")
    if serves and (out.country is None or (out.how == "nationality" and phrase.head in _AT_THE_HEAD)) and out.owner is None:
        return replace(out, country="IGO", how="complement")  # an American at the head of a UN team speaks for the UN
    if inner.count is not None and inner.head in STATES_MANY and out.country is None and out.owner is None:
        return replace(out, count=inner.count, plural=True)  # "the leaders of the two countries"
    lives = preposition == "in" and phrase.head in _KIN and inner.kind == "state" and inner.country is not None
    if lives and out.owner is not None:
        return replace(out, country=inner.country, owner=None, how="complement")
    if (out.country is None or out.how == "word") and out.owner is None and not hosted:
        if inner.country is not None and inner.kind != "pronoun":
            name = f"{out.name} {preposition} {inner.name}" if out.kind == "described" and inner.name else out.name
            out = replace(
                out, country=inner.country, how="complement", name=name, organisation=out.organisation or inner.organisation
            )
        elif inner.owner is not None or inner.kind in ("person", "name"):
            out = replace(out, owner=inner.owner or inner.unit)
        elif inner.general:
            out = replace(out, general=True)
    return out
