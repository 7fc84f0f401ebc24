"""What a head noun and the words before it say: a state, a body, people by their nationality, people by what they are.

The head decides the sector, its nearest nationality the country.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.coding.actors.lexicon import Entry
from dragoman.coding.actors.phrases import Chooser, Phrase
from dragoman.coding.actors.units import Unit

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
_OF_THERE = ("-based", "-born", "-run", "-owned", "-registered", "-flagged")  # of the state in front: "a Chinese-run firm"
_OF_A_STATE = ("adjective", "state", "organisation", "region", "place")
# Endings of callings in the plural: "whalers", "pensioners", "deportees".
_TRADES = ("ers", "ors", "ees", "ists", "ians", "men", "women")
# Nations of settlers: "Chinese Americans" are Americans, while "Kosovo Serbs" are of Kosovo.
SETTLED = frozenset("american americans canadian canadians australian australians briton britons".split())
# Who is hired, and need not be of the country of whom they work for.
HIRED = frozenset("lawyer lawyers attorney attorneys counsel solicitor barrister".split())
# What tells where somebody's family is from: no nationality.
DESCENT = frozenset("descent origin heritage ancestry extraction parentage background roots".split())
# Who left a country: not that country's own.
_ABROAD = frozenset("exile exiles exiled expatriate expatriates emigre emigres émigré émigrés diaspora".split())


def state(base: Phrase, head: Unit, choose: Chooser) -> Phrase:
    """A state, or its seat or capital, by name."""
    entry = choose(head.entries)
    if entry is None:
        return replace(base, kind="state", head=head.low, unit=head, sector="GOV", how="ambiguous")
    return replace(
        base, kind="state", head=head.low, name=head.text, id=entry.id, country=entry.country,
        sector=entry.sector if entry.kind != "region" else "GOV", unit=head, how="name",
    )  # fmt: skip


def people(base: Phrase, region: Sequence[Unit], head: Unit, before: Sequence[Unit], choose: Chooser) -> Phrase:
    """People by nationality ("Frenchmen", "Kosovo Serbs"), or by one and a calling that no list has ("French whalers")."""
    entry = choose(head.entries)
    last = region[-1]
    if last.low in DESCENT:
        return replace(base, kind="none")
    trade = last if last is not head and last.kind == "other" and last.low.endswith(_TRADES) else None
    home = before[-1] if before and before[-1].kind in ("state", "adjective") and not before[-1].possessive else None
    if home is not None and home.text[0].isupper() and head.low not in SETTLED:
        entry = choose(home.entries) or entry
    ethnic = home is None and any(u.low == "ethnic" for u in region)  # ethnic Albanians are of where they live
    many = head.low.endswith(("s", "men", "people")) and not head.low.endswith(("ese", "ss"))
    many = many or trade is not None
    persons = base.indefinite or base.count is not None or (many and not base.definite) or trade is not None
    country = entry.country if entry else None
    return replace(
        base, kind="described", head=trade.low if trade else head.low, name=f"{head.text} {trade.text}" if trade else head.text,
        country=None if ethnic else country, sector="CVL" if persons or ethnic else "GOV", plural=many or base.plural,
        unit=head, how="nothing" if ethnic else "people", away=country if ethnic else None,
    )  # fmt: skip


def organisation(base: Phrase, head: Unit, before: Sequence[Unit], choose: Chooser) -> Phrase:
    """An organisation by name; of the nationality before it, as in "the Pakistani Taliban", "the Iraqi Supreme Court"."""
    chosen = choose(head.entries)
    entry = chosen or _anywhere(head.entry)
    country, how = entry.country, "organisation" if chosen else "ambiguous"
    nation = next((u for u in reversed(before) if u.kind in ("adjective", "state")), None)
    if nation is not None and entry.sector != "IGO":
        whose = choose(nation.entries)
        country, how = (whose.country, "nationality") if whose else (country, how)
    return replace(
        base, kind="organisation", head=head.low, name=entry.form, id=entry.id, country=country, sector=entry.sector,
        organisation=None if how == "ambiguous" else entry.id, unit=head, how=how,
    )  # fmt: skip


def _anywhere(entry: Entry) -> Entry:
    """A shared name ("Supreme Court") says what kind of body it is, not whose."""
    return replace(entry, country=None, id=entry.form)


def described(base: Phrase, region: Sequence[Unit], head: Unit, before: Sequence[Unit], choose: Chooser) -> Phrase:
    """People or a body by what they are: "two Malian soldiers", "the Turkish Foreign Ministry"."""
    word = head.entry
    words = [u for u in region if u in before or u.kind == "hyphen"]
    sector = _sector(head, before[-1] if before else None, words, choose)
    country, how, body, owner = _whose(words, choose)
    if head.low in HIRED:
        owner = None
    if country is None and owner is None and word.country is not None:
        country, how = word.country, "word"
    if how == "nothing" and owner is None and belongs(head.low) and any(_is_office_of_states(u) for u in words):
        country, how, sector = "IGO", "organisation", "IGO"  # "the Secretary-General's envoy"
    away = None
    if how == "nationality" and _left_home(region, words):
        there = _where_based(words, choose)
        away, country = (country, None) if there is None else (None, there.country)
        how = "nothing" if country is None else how
    if base.former and sector in ("GOV", "MIL", "COP", "LEG", "JUD"):
        sector = "CVL" if sector in ("MIL", "COP") else None
    return replace(
        base, kind="described", head=head.low, name=_name(region), country=country, sector=sector, organisation=body,
        role=word.form if word.detail in ("office", "person") and not word.plural else None, word=word,
        plural=base.plural or head.plural or word.plural or (base.count or 0) > 1, owner=owner, unit=head, how=how, away=away,
    )  # fmt: skip


def belongs(head: str) -> bool:
    """Whether a head takes the sector of whom it belongs to: "police spokesman"."""
    words = head.split()
    return head in _BELONGING or words[0] in _BELONGING or words[-1] in _BELONGING


def _sector(head: Unit, near: Unit | None, words: Sequence[Unit], choose: Chooser) -> str | None:
    """The sector of a description's head, or of whom it belongs to."""
    own = head.entry.sector
    if near is not None and belongs(head.low) and near.kind in ("word", "organisation"):
        whose = (choose(near.entries) or near.entry).sector
        return own if own == "MIL" and whose == "IGO" else whose  # the African Union's troops are soldiers
    against = next((u.entry.sector for u in words if u.kind == "word" and u.entry.sector in ("OPP", "REB")), None)
    return against if against is not None and own in ("PTY", "LEG", "GOV", "MIL") else own


def _whose(words: Sequence[Unit], choose: Chooser) -> tuple[str | None, str, str | None, Unit | None]:
    """Of a description's words, the nearest to the head first: its country and how that is told, its body, its owner."""
    country: str | None = None
    how = "nothing"
    body: str | None = None
    for n, unit in reversed(list(enumerate(words))):
        if unit.kind in ("adjective", "state", "region", "place"):
            chosen = choose(unit.entries)
            if chosen is not None:
                return chosen.country, "nationality", body, None
            return country, "ambiguous" if how == "nothing" else how, body, None
        if unit.kind == "hyphen" and unit.low.endswith(_OF_THERE) and country is None:
            chosen = choose(unit.entries)
            if chosen is not None:
                return chosen.country, "nationality", body, None
        if unit.kind == "organisation":
            chosen = choose(unit.entries) or _anywhere(unit.entry)
            body = body or chosen.id
            how = "organisation" if how == "nothing" else how
            if country is None and chosen.country is not None:
                country, how = chosen.country, "organisation"
                if country == "IGO":
                    break
        titled = unit.kind == "name" and not unit.possessive and any(u.kind in _OF_A_STATE for u in words[:n])
        if unit.kind in ("pronoun", "person", "name") and not titled:  # a title's own words say nobody: "World Drug Report"
            return country, how, body, unit
    return country, how, body, None


def _is_office_of_states(unit: Unit) -> bool:
    """Whether a word is an office of an organisation of states: "Secretary-General"."""
    return unit.kind == "word" and unit.entry.sector == "IGO" and unit.entry.detail == "office"


def _left_home(region: Sequence[Unit], words: Sequence[Unit]) -> bool:
    """Whether people do not speak for their nationality's country: exiles, ethnic Albanians."""
    return any(u.kind == "adjective" for u in words) and any(u.low in _ABROAD or u.low == "ethnic" for u in region)


def _where_based(words: Sequence[Unit], choose: Chooser) -> Entry | None:
    based = next((u for u in words if u.kind == "hyphen" and u.low.endswith("-based")), None)
    return choose(based.entries) if based is not None else None


def _name(region: Sequence[Unit]) -> str:
    """A description as it is listed: its words without the article."""
    return " ".join(u.text + ("'s" if u.possessive else "") for u in region if u.kind != "determiner" or u is not region[0])
