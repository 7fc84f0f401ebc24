"""What stands around a name and says who that is: "the senior Turkish diplomat X", "X, a spokesman for the ministry"."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from dragoman.codebook.tables import NO_STATE
from dragoman.coding.actors.complements import POSTED
from dragoman.coding.actors.descriptions import read
from dragoman.coding.actors.given_names import GIVEN
from dragoman.coding.actors.phrases import Chooser, Phrase
from dragoman.coding.actors.units import Unit

_KIN = {
    **dict.fromkeys("son husband brother father grandson".split(), "m"),
    **dict.fromkeys("daughter wife sister mother granddaughter fiancee".split(), "f"),
    "child": None,
}
_RELATED = frozenset(_KIN) | frozenset(
    "uncle aunt cousin nephew niece great-uncle grandfather grandmother son-in-law brother-in-law".split()
)
_WHICH = frozenset("younger youngest elder older eldest oldest only late first second former twin half".split())  # of the kin
_COPULA = frozenset("is was are were became becomes".split())
_BEFORE = ("word", "adjective", "state", "organisation", "former", "hyphen", "place", "region", "name")
_OFFICE = ("word", "adjective", "former", "organisation", "state", "place")
_POSSESSIVE = frozenset("his her its their".split())
_PERSONS = ("person", "name")
_CALLING = ("adjective", "word", "former", "other", "determiner")


def told(found: Sequence[Unit], k: int, choose: Chooser) -> list[Phrase]:
    """The phrases directly before and behind the name at ``k`` that describe it."""
    out = []
    low = _front(found, k)
    before = read(found[low:k], choose)
    if _is_body_of_state(found, k):
        before = _as_description(before)
    if before.kind == "described" and before.country is None and before.owner is None and found[k].kind == "name":
        before = replace(before, country=_colleagues_country(found, low, k, choose))
    if before.kind in ("described", "organisation", "state") and not _is_attribute(found, low, k):
        out.append(before)
    introduced = read(_introduced(found, k), choose)
    if introduced.kind == "described" and (introduced.word or introduced.how == "people") and not introduced.plural:
        out.append(introduced if introduced.word else _as_description(introduced))
    calling = read(_first_calling(found, low, k), choose)
    if calling.kind == "described" and calling.country is not None:
        out.append(calling)
    for words in (_home_behind(found, k), _from_where(found, k)):
        home = read(words, choose)
        if home.kind == "state" and home.country is not None:
            out.append(_as_description(home))
    behind = read(_apposition(found, k), choose)
    if (behind.kind == "described" and behind.word is not None) or (behind.kind == "organisation" and behind.indefinite):
        out.append(behind)  # "a nurse"; "a Republican"
    return out


def _as_description(state: Phrase) -> Phrase:
    """A state that says whose somebody is, and is not that somebody."""
    return replace(state, kind="described", sector=None, organisation=None)


def _is_body_of_state(found: Sequence[Unit], k: int) -> bool:
    """Whether a state's name right before a name belongs to it: "the U.S. Geological Survey"; not "in Russia Ivan Petrov"."""
    if k == 0 or found[k - 1].kind != "state" or found[k - 1].possessive or found[k].kind != "name":
        return False
    words = found[k].text.split()
    after_preposition = k > 1 and found[k - 2].kind == "preposition"
    named = len(words) > 1 or words[0].count("-") > 1  # "Pakistan Tehreek-e-Insaf"
    return named and words[0].lower() not in GIVEN and not after_preposition and found[k].start == found[k - 1].end + 1


def _colleagues_country(found: Sequence[Unit], low: int, k: int, choose: Chooser) -> str | None:
    """The state of an office holder without one who is told together with another: "Israeli prime minister X and energy
    minister Y"."""
    if low < 2 or low == k or found[low - 1].low != "and" or found[low - 2].kind not in _PERSONS or found[low - 2].possessive:
        return None
    if found[k - 1].kind != "word" or found[k - 1].entry.detail != "office" or found[k - 1].plural:
        return None
    first = read(found[_front(found, low - 2) : low - 2], choose)
    office = first.kind == "described" and first.word is not None and first.word.detail == "office"
    return first.country if office and first.how == "nationality" and first.country not in NO_STATE else None


def _is_attribute(found: Sequence[Unit], low: int, k: int) -> bool:
    """Whether a name between an adjective and a noun says whose the noun is: "Filipino Clinton staffers" are Filipino."""
    after = found[k + 1] if k + 1 < len(found) and not found[k].possessive else None
    if after is None or after.kind != "word" or not after.text.islower() or not after.plural:
        return False
    return low < k and all(u.kind == "adjective" for u in found[low:k])


def name_beside(found: Sequence[Unit], i: int, j: int) -> Unit | None:
    """The name that a description of one person stands beside: "Kenya's trade minister, X" and "X, a nurse,"; else None."""
    if j + 1 < len(found) and found[j].text == "," and found[j + 1].kind in _PERSONS and not found[j + 1].possessive:
        office = found[j - 1].kind == "word" and found[j - 1].entry.detail == "office" and not found[j - 1].plural
        closed = j + 2 >= len(found) or found[j + 2].kind in ("mark", "verb")
        return found[j + 1] if office and closed and " " in found[j + 1].text else None
    if i > 1 and found[i - 1].text == "," and found[i - 2].kind in _PERSONS and found[i].kind == "determiner":
        own = found[j - 1].kind == "word" and found[j - 1].entry.detail in ("office", "person") and not found[j - 1].plural
        closed = j >= len(found) or found[j].text in {",", "."}
        return found[i - 2] if own and closed and not found[i - 2].possessive else None
    return None


def kin_of(found: Sequence[Unit], k: int) -> tuple[Unit, str | None] | None:
    """Whose kin a name is told as, and of which sex: "his son, Graham", "the premier's younger sister Ana". It goes by a first
    name then, not by an office holder's surname."""
    at = k - 2 if k > 1 and found[k - 1].text == "," else k - 1
    if at < 1 or found[at].low not in _KIN:
        return None
    sex = _KIN[found[at].low]
    at -= 1
    while at > 0 and found[at].low in _WHICH:
        at -= 1
    owner = found[at]
    owned = owner.possessive or owner.low in ("his", "her", "their", "my", "your", "our")
    return (owner, sex) if owned else None


def _front(found: Sequence[Unit], k: int) -> int:
    """Where the words before a name begin: "the deputy minister for trade of Chile"."""
    low = _back(found, k, _BEFORE)
    posted = low > 1 and found[low - 1].low == "in" and found[low - 2].low in POSTED  # "the Peruvian ambassador in Panama X"
    if low > 1 and found[low - 1].kind == "preposition" and (posted or found[low - 1].low in ("of", "for", "to")):
        office = _back(found, low - 1, _OFFICE)
        if office < low - 1 and any(u.kind in ("state", "organisation", "word") for u in found[low:k]):
            low = office
    while low > 0 and _leads(found[low - 1]):
        low -= 1
    return low


def _back(found: Sequence[Unit], k: int, kinds: Collection[str]) -> int:
    """Where the run of units of some kinds begins that ends before ``k``."""
    while k > 0 and found[k - 1].kind in kinds:
        k -= 1
    return k


def _leads(unit: Unit) -> bool:
    """Whether a word leads to a title: "the", "his", "senior"."""
    return (unit.kind == "determiner" or unit.low in _POSSESSIVE) or (
        unit.kind == "other" and unit.low in ("senior", "top", "deputy", "chief", "acting", "incoming", "then")
    )


def _introduced(found: Sequence[Unit], k: int) -> Sequence[Unit]:
    """The units of "Bulgaria's Minister for Foreign Affairs, " before a name."""
    if k < 2 or found[k - 1].text != ",":
        return ()
    low = k - 1
    while low > 0 and found[low - 1].kind not in ("mark", "verb", "relative", "pronoun", "conjunction") and k - low < 9:
        low -= 1
        if found[low].kind == "determiner" and low and found[low - 1].low not in ("of", "for", "to", "at", "in"):
            break
    part = list(found[low : k - 1])
    if [u.kind for u in part] == ["determiner", "adjective"]:  # "the Libyan, "
        return part
    while part and part[0].kind in ("preposition", "other"):
        part.pop(0)
    if low > 0 and found[low - 1].low in _POSSESSIVE:
        part.insert(0, found[low - 1])
    owned = any(u.possessive for u in part[:-1]) or (part and part[0].low in _POSSESSIVE)
    details = ("office", "person") if owned else ("office",)
    said = [u for u in part if u.kind == "word" and u.low not in _RELATED]
    if not any(u.entry.detail in details or u.low == "counterpart" for u in said):
        return ()
    if any(u.kind in ("name", "person") and not u.possessive for u in part) or (part[0].low in ("a", "an") and low == 0):
        return ()
    return part


def _first_calling(found: Sequence[Unit], low: int, k: int) -> Sequence[Unit]:
    """The units of "a Peruvian journalist" before "and author Luis Quispe"."""
    if low < 2 or low == k or found[low - 1].low != "and" or found[low].kind != "word":
        return ()
    calling = found[low - 2]
    if calling.kind != "word" or calling.plural or calling.possessive or calling.entry.detail not in ("office", "person"):
        return ()
    return found[_back(found, low - 2, _CALLING) : low - 1]


def _home_behind(found: Sequence[Unit], k: int) -> Sequence[Unit]:
    """The state of "Prime Minister Anne Moreau of Canada"; nothing for an organisation or a town."""
    if k + 2 >= len(found) or found[k + 1].low != "of" or found[k].possessive:
        return ()
    state = next((n for n in (k + 2, k + 3) if n < len(found) and found[n].kind == "state"), None)
    if state is None or (state == k + 3 and found[k + 2].low != "the") or found[state].possessive:
        return ()
    after = found[state + 1] if state + 1 < len(found) else None
    return () if after is not None and after.kind in ("name", "word", "organisation") else found[state : state + 1]


def _from_where(found: Sequence[Unit], k: int) -> Sequence[Unit]:
    """The state of "Ana Vega, 44, is from Canada"."""
    n = k + 1
    if [u.kind for u in found[n : n + 3]] == ["mark", "number", "mark"]:
        n += 3
    if n + 2 >= len(found) or found[n].low not in _COPULA or found[n + 1].low != "from" or found[n + 2].kind != "state":
        return ()
    return found[n + 2 : n + 3]


def _apposition(found: Sequence[Unit], k: int) -> Sequence[Unit]:
    """The units of ", a spokesman for the ministry" or "is the president of ..." behind a name."""
    n = k + 1
    if n >= len(found):
        return ()
    if found[n].text == ",":
        n += 1
        if n + 1 < len(found) and found[n].kind == "number" and found[n + 1].text == ",":
            n += 2
        if n < len(found) and found[n].low == "who" and n + 1 < len(found) and found[n + 1].low in _COPULA:
            n += 2
    elif found[n].low in _COPULA and n + 1 < len(found) and found[n + 1].kind in ("determiner", "adjective", "word", "state"):
        n += 1
    else:
        return ()
    last = n + 1 if found[n : n + 1] and found[n].low in _POSSESSIVE else n
    while last < len(found) and found[last].kind not in ("mark", "verb", "relative", "pronoun"):
        last += 1
    part = _today(found[n:last])
    if not part or part[0].kind in ("preposition", "name", "person", "relative", "conjunction"):
        return ()
    if part[0].kind == "state" and not part[0].possessive and len(part) == 1:
        return ()
    return () if _are_others(part) else part


def _today(part: Sequence[Unit]) -> Sequence[Unit]:
    """What somebody is now, of "the former envoy to Oman and now president of Bolivia"."""
    now = next((n for n, u in enumerate(part) if u.low == "now" and n and part[n - 1].low in ("and", "but")), None)
    return part if now is None or now + 1 == len(part) else part[now + 1 :]


def _are_others(part: Sequence[Unit]) -> bool:
    """Whether a bare plural begins here: "the fall of Dahl, journalists from Oslo travelled"; "one of the lawyers" is one."""
    head = next((n for n, u in enumerate(part) if u.kind == "word"), None)
    return head is not None and part[head].plural and all(u.kind in ("adjective", "other") for u in part[:head])
