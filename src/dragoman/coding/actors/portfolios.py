"""Offices with what they are in charge of: "Minister for Trade and Industry" is one title, whose words are nobody's name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # units reads charges before it joins names
    from dragoman.coding.actors.units import Unit

# What ministers, secretaries, commissioners and envoys are in charge of.
_CHARGES = frozenset(
    "affairs aging agriculture agrifood air animal antiquities archives artisanry arts atomic aviation banking biodiversity "
    "budget business cabinet care chemicals child children citizenship civil climate coal commerce communication "
    "communications community company competition competitiveness conservation construction consumer cooperation "
    "coordination corporate corrections crafts crisis culture customs cyber data decentralisation decentralization defence "
    "defense demography development digital disability disarmament disaster domestic drugs ecological ecology economic "
    "economics economy education elderly electricity emergencies emergency employment endowments energy enterprise "
    "enterprises entrepreneurship environment environmental equality equity ethics export exports external families family "
    "finance finances fiscal fisheries fishing food foreign forestry forests fuel gender geology governance handicrafts "
    "harbours health heritage higher hospitality housing human humanitarian hydrocarbons immigration inclusion industrial "
    "industries industry information infrastructure innovation integration integrity interior internal international "
    "investment investments irrigation islamic judicial justice juvenile knowledge labor labour land lands legal lifelong "
    "livestock local logistics management manpower manufacturing marine maritime media migration minerals mines mining "
    "modernisation modernization multilateral municipal national native natural nuclear nutrition ocean oceans oil "
    "parliamentary pensions petrochemicals petroleum planning police policy political population ports posts power "
    "prevention prisons privatisation privatization procurement productivity protection public railways real reconciliation "
    "reconstruction reform refugees regional regulation rehabilitation relations religion religious renewable research "
    "resilience resources revenue rights roads rural safety sanitation school science sciences security services shipping "
    "skills social solidarity space special sport sports state statistics strategic supply sustainable taxation technical "
    "technology telecommunications territorial territories tourism town trade trading training transit transport "
    "transportation treasury tribal universities urban utilities veterans vocational war waste water waterways welfare "
    "wildlife women works youth".split()
)
# Words that end a charge whatever stands before them: "for Indigenous Affairs", "for Nordic Cooperation".
_ENDS = frozenset(
    "affairs action administration cooperation coordination development integration management planning policy protection "
    "reconciliation reform relations resources rights security services studies".split()
)
_OFFICES = frozenset(
    "minister ministers secretary secretaries undersecretary under-secretary commissioner commissioners".split()
)
_ENVOYS = frozenset("representative envoy rapporteur coordinator adviser advisor".split())  # of somebody, for something
_LINKS = frozenset(("and", "&", ","))
_FREE = 3  # words of any kind before such an end


def with_charges(text: str, found: Sequence[Unit]) -> list[Unit]:
    """The units with each office and its charge made one word, that of the office. Single words in, not yet joined to names."""
    out: list[Unit] = []
    n = 0
    while n < len(found):
        unit = found[n]
        end = _charge(found, n) if unit.kind == "word" and unit.entry.detail == "office" else n
        if end > n:
            unit = replace(unit, end=found[end].end, text=text[unit.start : found[end].end])
        if unit.low in _OFFICES:
            unit = _with_front(text, out, unit)
        out.append(unit)
        n = end + 1
    return out


def _with_front(text: str, before: list[Unit], office: Unit) -> Unit:
    """The office with the charge in front of it in small letters, which is taken from the units ``before``: "economic
    development minister"."""
    start = office.start
    for _ in range(_FREE):
        if not before or before[-1].kind not in ("other", "word") or before[-1].low not in _CHARGES or before[-1].possessive:
            break
        if before[-1].text != before[-1].low or before[-1].end + 1 != start:
            break
        start = before.pop().start
    return replace(office, start=start, text=text[start : office.end]) if start < office.start else office


def _charge(found: Sequence[Unit], n: int) -> int:
    """Where the charge of the office at n ends; n without one."""
    k = n + 1
    said = found[n].low.split()
    links = ("of", "for") if not _OFFICES.isdisjoint(said) else ("for",) if not _ENVOYS.isdisjoint(said) else ()
    if k >= len(found) or found[k].low not in links:
        return n
    k += 1
    if k < len(found) and found[k].low == "the":
        k += 1
    end = _words(found, k)
    if end == k:
        return n
    while end + 1 < len(found) and found[end].low in _LINKS:
        further = _words(found, end + 1)
        if further == end + 1:
            break
        end = further
    return end - 1


def _words(found: Sequence[Unit], k: int) -> int:
    """Behind the words of a charge that begins at k; k where none does. Written with capitals or all small, never mixed."""
    if k >= len(found):
        return k
    capital = found[k].text[0].isupper()
    end = k
    for n in range(k, min(k + _FREE, len(found))) if capital else ():
        if not found[n].text[0].isupper():
            break
        if found[n].low in _ENDS:
            end = n + 1
    while end < len(found) and found[end].low in _CHARGES and found[end].text[0].isupper() == capital:
        end += 1
    return end
