"""A sentence as units: names, sector words, determiners, pronouns, prepositions. What the phrase grammar reads."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from dragoman.coding.actors.given_names import GIVEN
from dragoman.coding.actors.lexicon import Entry, Match
from dragoman.coding.actors.portfolios import with_charges

UnitKind = Literal[
    "state", "adjective", "organisation", "person", "place", "region", "name", "word",
    "hyphen", "pronoun", "determiner", "number", "preposition", "relative", "conjunction", "mark", "former", "verb", "other",
]  # fmt: skip

TOKEN = re.compile(
    r"(?:[A-Z]\.){2,}(?:-\w+)*|(?<=[a-z.] )[A-Z]\.(?= ?[A-Z])"
    r"|(?:Mr|Mrs|Ms|Dr|St|Jr|Sr|Prof|Rev|Hon|Messrs)\.|[Ee]x-(?=\w)|\d[\d,.]*\d|\d"
    r"|[^\W\d_]+(?:[’'‘ʻ](?!s\b)[^\W\d_]+)*(?:-\w+(?:[’'](?!s\b)\w+)?)*|['’]s\b|``|''|--|\S"
)

PRONOUNS = frozenset(
    "he him his himself she her hers herself it its itself they them their theirs themselves we us our ours ourselves "
    "i me my mine you your yours who whom whose".split()
)
DETERMINERS = frozenset(
    "the a an this that these those some any all both each every no another other several many most such either "
    "neither few".split()
)
PREPOSITIONS = frozenset(
    "of in from for with on at against by to near between among over under after before during about into through "
    "inside outside within without towards toward across around along behind since until upon via per than as like "
    "despite including following based aboard alongside amid beyond".split()
)
RELATIVES = frozenset("who whom whose that which where when while because if although though whether".split())
CONJUNCTIONS = frozenset("and or but nor".split())
FORMER = frozenset(
    "former ex- ex late onetime one-time erstwhile then-president ousted deposed ex-president toppled retired".split()
)
NUMBERS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve dozen dozens hundreds thousands scores".split()
)
VERBS = frozenset(
    "is are was were be been being has have had do does did will would can could may might must shall should said "
    "says say told tells added announced met meets meet visited accused urged called asked agreed signed warned "
    "killed attacked arrested made make took take gave give went came held hold wants want wanted launched began "
    "voted fired rejected condemned praised".split()
)
_PARTICLES = frozenset(
    "al el bin bint ibn abu de da do dos del della di du la le van von der den ter ould ul ur arap y e".split()
)
_TITLES = frozenset("mr. mrs. ms. dr. mr mrs ms dr sir lord lady dame miss prof. rev. hon. sheikh".split())
_NEW_PERSON = frozenset("mr mrs ms miss dr prof rev".split())  # never inside a name, as Sheikh is in Hassan Sheikh Mohamud
_OPEN = frozenset(("``", '"', "“", "‘"))
_NOT_NAMES = frozenset(
    "i monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december however meanwhile photo ap reuters afp yesterday today earlier later also "
    "both then there here according since after before while when as at in on for by with from to of the a an and but "
    "or if it he she they we this that these those some many most all no not one two three four five six seven eight "
    "nine ten what why how who where his her its their our my your during despite although though because until such "
    "other another each every several few more less even only just still now yes so thus therefore moreover "
    "furthermore instead under over between among about against within without following including last next first "
    "second third new north south east west northern southern eastern western central yet once soon ever never "
    "perhaps maybe nor like unlike upon along amid always often sometimes indeed moreover nevertheless nonetheless "
    "besides finally still again together around nearly almost about below above beside beyond back down up out off "
    "over african european asian arab latin western eastern african-americans scandinavian transatlantic english "
    "islamic muslim christian catholic jewish cold war god internet covid-19 coronavirus easter christmas "
    "rs tk kshs ksh "  # money: "Rs 400"
    "nobody everybody somebody anybody everyone someone anyone none nothing everything something anything whoever".split()
)
# Names of no state: actors of that name have no country.
CONTINENTS = frozenset(
    "europe;africa;asia;latin america;middle east;western europe;eastern europe;central europe;central america;"
    "south america;north america;southeast asia;south asia;east asia;central asia;east africa;west africa;"
    "north africa;sub-saharan africa;caribbean;balkans;west;baltic;muslim world;arab world;third world;"
    "hemisphere".split(";")
)
_ADJECTIVES = frozenset("major general private guard anchor marine minor official executive".split())  # before a noun no office
_ACTING = frozenset(
    "acting interim incoming outgoing assistant associate then caretaker transitional".split()
)  # in capitals too
_SIDES = re.compile(r"(?i)(?:anti|pro|non)-")
_PAST = frozenset(
    "sent shot fell hit won lost broke began fled flew rose struck sought put cut led left kept found built bought brought "
    "spoke wrote chose drove fought got grew knew laid paid read ran saw sold set stood swore taught thought threw understood "
    "withdrew overthrew blew burst cast dealt drew fed froze hid hung shook shut spent spread swept".split()
)
_ORDINARY_ENDS = ("ed", "ing", "ion", "ions", "ment", "ments", "ly", "ity", "ies", "ness", "ence", "ance")
_ARTICLE = re.compile(r"(?:al|el|as|ash|ad|ar|an|at|bin)-[A-Z]")
# States and capitals that people are called by; and what else stands behind them as part of a place's name.
_FIRST_NAMES = frozenset(
    "chad jordan georgia israel kenya india ireland paris london sydney vienna jamaica cuba holland".split()
)
_LANDS = frozenset("valley river basin bank strip border island peninsula coast street avenue".split())
_FRONTS = frozenset(
    "new north south east west northern southern eastern western central upper lower san santa los las el fort port".split()
)


@dataclass(frozen=True, slots=True)
class Unit:
    """``entries`` is what the words can stand for; ``possessive`` that 's follows; ``plural`` as the codebook's word has it."""

    kind: UnitKind
    start: int
    end: int
    text: str
    low: str
    entries: tuple[Entry, ...] = ()
    possessive: bool = False
    plural: bool = False

    @property
    def entry(self) -> Entry:
        return self.entries[0]


_KIND_OF: dict[str, UnitKind] = {
    "state": "state",
    "capital": "state",
    "seat": "state",
    "adjective": "adjective",
    "people": "adjective",
    "organisation": "organisation",
    "short": "organisation",
    "person": "person",
    "region": "region",
    "place": "place",
    "word": "word",
}


def units(
    text: str, start: int, end: int, matches: Sequence[Match], ordinary: frozenset[str], *, upper: bool = False
) -> list[Unit]:
    """The units of ``text[start:end]``. ``ordinary`` are words that the article also writes small: no names.

    ``upper``: the text is all in capitals, which then tell nothing; words that end as verbs and abstracts do are no names.
    """
    tokens = [(m.start(), m.end()) for m in TOKEN.finditer(text, start, end)]
    first = bisect_left(matches, start, key=lambda m: m.start)
    found: dict[int, Match] = {}
    for m in matches[first:]:
        if m.start >= end:
            break
        if m.end <= end:
            found[m.start] = m
    inner = sorted(found)
    out: list[Unit] = []
    k = 0
    while k < len(tokens):
        a, b = tokens[k]
        match = found.get(a)
        if match is not None:
            last = k
            while last + 1 < len(tokens) and tokens[last][1] < match.end:
                last += 1
            if tokens[last][1] <= match.end or text[match.end : match.end + 1] in "’'":
                out.append(_matched(text, a, match.end, match, k == 0))
                k = last + 1
                if tokens[last][1] > match.end and k <= len(tokens):
                    tokens.insert(k, (match.end, tokens[last][1]))
                continue
        within = [found[p] for p in inner[bisect_left(inner, a) : bisect_left(inner, b)]] if "-" in text[a:b] else []
        if within:
            word = within[-1].end == b and within[-1].entries[0].kind == "word" and not _SIDES.match(text, a, b)
            settlers = within[-1].end == b and within[-1].entries[0].kind == "people" and text[a:b].endswith("s")
            entries = within[-1].entries if word or settlers else tuple(e for m in within for e in m.entries)
            plural = word and entries[0].plural
            kind: UnitKind = "word" if word else "adjective" if settlers else "hyphen"  # "Cuban-Americans" are Americans
            out.append(Unit(kind, a, b, text[a:b], text[a:b].lower(), entries, plural=plural))
        else:
            unit = _plain(text, a, b, ordinary, not out or out[-1].text in _OPEN)
            if upper and unit.kind == "name" and (unit.low.endswith(_ORDINARY_ENDS) or unit.low in _PAST):
                unit = replace(unit, kind="other")
            out.append(unit)
        k += 1
    return _joined(text, with_charges(text, out))


def _matched(text: str, a: int, b: int, match: Match, first: bool) -> Unit:
    entries = match.entries
    names = tuple(e for e in entries if e.kind != "word")
    entries = names if names and text[a:b] != text[a:b].lower() else entries
    return Unit(_KIND_OF[entries[0].kind], a, b, text[a:b], text[a:b].lower(), entries, plural=entries[0].plural)


def _plain(text: str, a: int, b: int, ordinary: frozenset[str], first: bool) -> Unit:
    word = text[a:b]
    low = word.lower()
    kind: UnitKind = "other"
    if not word[0].isalnum():
        kind = "mark"
    elif low in FORMER:
        kind = "former"
    elif low in PRONOUNS and not (word == "US" or (low == "us" and word.isupper())):
        kind = "pronoun" if low not in {"who", "whom", "whose"} else "relative"
    elif low in DETERMINERS:
        kind = "determiner"
    elif low in PREPOSITIONS and (word != "Per" or first):  # a Scandinavian's first name
        kind = "preposition"
    elif low in RELATIVES:
        kind = "relative"
    elif low in CONJUNCTIONS:
        kind = "conjunction"
    elif low in NUMBERS or word[0].isdigit():
        kind = "number"
    elif low in VERBS and not (word[0].isupper() and not first and low in {"may", "will"}):
        kind = "verb"
    elif (
        len(word) > 1
        and (word[0].isupper() or low in _TITLES or _ARTICLE.match(word))
        and low not in _NOT_NAMES
        and not (first and low in ordinary)
    ):
        kind = "name"
    return Unit(kind, a, b, word, low)


def _joined(text: str, found: list[Unit]) -> list[Unit]:
    """Capitalised words next to each other are one name; a possessive mark goes with what it follows."""
    out: list[Unit] = []
    for n, unit in enumerate(found):
        if unit.kind == "word" and _is_thing(found, n):
            unit = Unit("other", unit.start, unit.end, unit.text, unit.low)
        if (
            unit.low in _ADJECTIVES
            and unit.kind == "word"
            and n + 1 < len(found)
            and found[n + 1].kind in ("other", "word", "adjective")
        ):
            unit = Unit("other", unit.start, unit.end, unit.text, unit.low)
        if (
            unit.kind == "other"
            and unit.low in _FRONTS
            and unit.text[0].isupper()
            and n + 1 < len(found)
            and found[n + 1].kind == "name"
        ):
            unit = Unit("name", unit.start, unit.end, unit.text, unit.low)
        acting = unit.low in _ACTING and n + 1 < len(found) and found[n + 1].kind == "word"
        if unit.kind == "name" and (acting or _commands(found, n)):
            unit = replace(unit, kind="other")
        if unit.kind == "state" and _first_name(found, n):
            unit = Unit("name", unit.start, unit.end, unit.text, unit.low)
        if _possesses(unit, out):
            out[-1] = replace(out[-1], possessive=True)
            continue
        after = found[n + 1] if n + 1 < len(found) else None
        last = out[-1] if out else None
        if last is not None and last.kind in ("name", "person") and not last.possessive and unit.start - last.end <= 2:
            particle = unit.low in _PARTICLES and after is not None and after.kind == "name"
            titled = unit.low.rstrip(".") in _NEW_PERSON and last.low not in _TITLES  # "Picture: Harbour Press Mr Dahl"
            joins = (unit.kind == "name" and not titled) or particle
            if joins and (unit.start > last.end or text[last.end] == "-" or last.text.endswith(".")):
                other = last.kind == "person" and all(w in GIVEN for w in last.low.split())  # "Juan Carlos Lopez" is no king
                kind: UnitKind = "name" if last.kind == "name" or other else "person"
                whole = text[last.start : unit.end]
                out[-1] = Unit(kind, last.start, unit.end, whole, whole.lower(), () if other else last.entries)
                continue
            if _surname(last, unit) and unit.start == last.end + 1:
                whole = text[last.start : unit.end]
                out[-1] = Unit("name", last.start, unit.end, whole, whole.lower())
                continue
        out.append(unit)
    return out


def _is_thing(found: Sequence[Unit], n: int) -> bool:
    """Whether a word is no actor where it stands: a dwelling, the month of March, power that is seized."""
    unit = found[n]
    if unit.low in ("house", "houses"):
        return unit.text.islower()
    if unit.low == "march":
        return unit.text == "March" and n + 1 < len(found) and found[n + 1].kind == "number"
    told = any(
        u.kind in ("determiner", "number", "adjective", "state", "pronoun") or u.possessive for u in found[max(0, n - 2) : n]
    )
    return unit.low == "power" and not told  # "seized power", but "a foreign power"


def _commands(found: Sequence[Unit], n: int) -> bool:
    """Whether a capital at the head of a sentence or quotation is an order's, not a name's: "Hire me", "Tell the people"."""
    heads = n == 0 or found[n - 1].text in _OPEN
    after = found[n + 1] if heads and n + 1 < len(found) else None
    return after is not None and after.kind in ("pronoun", "determiner") and not after.text[0].isupper()


def _first_name(found: Sequence[Unit], n: int) -> bool:
    """Whether a state's name is a person's first name: "Chad Thompson repaired", not the headline "Chad Bombs Rebels"."""
    if n + 1 >= len(found) or found[n + 1].kind != "name":
        return False
    before = found[n - 1] if n else None
    if before is not None and before.kind == "word" and before.entry.detail == "office" and found[n].entry.kind == "capital":
        return before.text[0].isupper() and not before.plural  # "Defence Minister Aden Mutua"
    if found[n].low not in _FIRST_NAMES:
        return False
    surname, after = found[n + 1], found[n + 2] if n + 2 < len(found) else None
    plain = surname.text.istitle() and not surname.low.endswith(("s", "ed")) and surname.low not in _LANDS
    return plain and (after is None or after.kind == "mark" or after.text.islower())


def _surname(name: Unit, unit: Unit) -> bool:
    """Whether a town's name behind a first name is a surname: "Jack London", "Ana Maria Lima"; not "San Jose Lima"."""
    if (
        name.kind != "name"
        or " " in unit.low
        or not (unit.kind == "place" or (unit.kind == "state" and unit.entry.kind == "capital"))
    ):
        return False
    words = name.low.split()
    return words[0] in GIVEN and words[0] not in _FRONTS and unit.text.istitle()


def _possesses(unit: Unit, before: Sequence[Unit]) -> bool:
    """Whether a unit is the 's, or the bare mark behind an s, of the unit before."""
    if not before or before[-1].kind == "mark":
        return False
    last = before[-1]
    return unit.text in {"'s", "’s"} or (unit.text in {"'", "’"} and last.end == unit.start and last.text.endswith("s"))


def title_of(unit: Unit) -> str | None:
    """Mr, Mrs and the like at the head of a name, without the dot."""
    word = unit.low.split(" ")[0]
    return word.rstrip(".") if word in _TITLES and " " in unit.low else None


def name_words(unit: Unit) -> tuple[str, ...]:
    """The words of a person's name, titles left out."""
    return tuple(w for w in unit.text.replace("’", "'").split() if w.lower() not in _TITLES)
