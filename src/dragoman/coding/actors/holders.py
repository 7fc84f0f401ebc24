"""Finds office holders by names that differ from the table's: spellings, middle names, titles, a surname with its office.

A name is compared by its bare words: no accents, titles, initials or particles, hyphens taken apart. The office said before a
name and the day narrow the table to a few persons, so that "President Wahid" needs no first name and "President Nicloas
Sarkozy" no exact spelling; without an office only the same words count.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from dragoman.codebook import Codebook, Holding
from dragoman.codebook.towns import folded

_PARTS = re.compile(r"[-\s'’ʻ‘`.,]+")
_SMALL = frozenset("al el ul bin ibn ben bint abu ould de da do dos di du la le van von der den y e".split())
_TITLES = frozenset(
    "king queen prince princess crown sheikh sheik shaikh sultan emir amir pope ayatollah grand imam sir lord dame dr mr mrs "
    "ms general captain colonel lieutenant major marshal field admiral commander sergeant hajji haji datuk seri tun u jr sr i "
    "ii iii iv vi vii viii 2nd 3rd".split()
)
_LETTERS = str.maketrans({"ı": "i", "Đ": "Dj", "đ": "dj", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "ə": "e", "Ə": "E"})
# Offices under other names; the first is the table's.
_SAME = (
    ("prime minister", "premier", "president of the council of ministers", "federal chancellor", "chancellor", "taoiseach"),
    ("emir", "amir", "sheikh", "ruler"),
    ("king", "queen", "monarch", "sultan"),
    ("foreign minister", "minister of foreign affairs", "minister for foreign affairs", "foreign secretary"),
    ("foreign minister", "external affairs minister", "secretary of state", "minister of external affairs"),
    ("defence minister", "defense minister", "minister of defence", "minister of defense", "defence secretary"),
    ("president", "head of state", "interim president", "acting president", "transitional president"),
    ("prime minister", "interim prime minister", "acting prime minister", "caretaker prime minister"),
    ("secretary-general", "secretary general"),
)
# High offices, by how much they say of who is meant.
HIGH = {
    "supreme leader": 6,
    "president": 5,
    "king": 5,
    "emir": 5,
    "sultan": 5,
    "pope": 5,
    "acting president": 5,
    "prime minister": 4,
    "chancellor": 4,
    "taoiseach": 4,
    "general secretary of the communist party": 4,
    "secretary-general": 4,
    "foreign minister": 3,
    "secretary of state": 3,
}
_FAMILY_FIRST = frozenset({"CHN", "TWN", "VNM", "KOR", "PRK", "HUN", "KHM"})
_FIRST_NAMED = frozenset({"king", "queen", "emir", "sultan", "crown prince", "pope", "monarch", "prince"})
_ALIKE = 0.8  # two spellings of one word: "Porochenko", "Poroshenko" have 0.9
_LONG = 5  # letters below which a word must be the same


def bare(name: str) -> tuple[str, ...]:
    """The words of a name that tell persons apart; all its words where nothing else is left."""
    plain = folded(name.translate(_LETTERS)).lower()
    words = [w for w in _PARTS.split(plain) if w]
    return tuple(w for w in words if len(w) > 1 and w not in _SMALL and w not in _TITLES) or tuple(words)


def same_office(said: str, office: str) -> bool:
    """Whether the words before a name can mean an office of the table."""
    return said == office or any(said in names and office in names for names in _SAME)


class Holders:
    """The codebook's persons by bare names and by the offices they held. Immutable; safe between threads."""

    def __init__(self, codebook: Codebook) -> None:
        self._codebook = codebook
        self.surnames = _surnames(codebook)
        self._by_name: dict[tuple[str, ...], list[Holding]] = {}
        self._in_year: dict[tuple[str, int], list[tuple[Holding, tuple[tuple[str, ...], ...]]]] = {}
        for holding in codebook.holdings:
            names = tuple(dict.fromkeys(bare(n) for n in (holding.person, *holding.names)))
            for name in names:
                if len(name) > 1:
                    self._by_name.setdefault(name, []).append(holding)
            if holding.from_:
                last = holding.to or holding.coverage or holding.from_
                for year in range(int(holding.from_[:4]), int(last[:4]) + 1):
                    self._in_year.setdefault((holding.office, year), []).append((holding, names))

    def _holding(self, office: str, year: int) -> list[tuple[Holding, tuple[tuple[str, ...], ...]]]:
        """The spells in an office, under any of its names, that touch a year."""
        offices = {office: None} | {o: None for names in _SAME if office in names for o in names}
        return [item for o in offices for item in self._in_year.get((o, year), ())]

    def named(self, name: str) -> tuple[Holding, ...]:
        """The spells of the persons who have that name, exactly or by its bare words; empty where none has."""
        exact = self._codebook.holdings_of(name)
        return exact or tuple(self._by_name.get(bare(name), ()))

    def in_office(self, name: str, office: str, on: str, country: str | None = None) -> tuple[Holding, ...]:
        """The spell of the one person who held that office on that day and can have that name; empty where several or none."""
        words = bare(name)
        found: dict[str, list[Holding]] = {}
        best = 0
        for holding, names in self._holding(office, int(on[:4])):
            if not holding.holds(on):
                continue
            if country is not None and holding.country and self._codebook.country(holding.country) != country:
                continue
            first = holding.country in _FAMILY_FIRST or holding.office in _FIRST_NAMED
            fit = max(fits(words, own, first) for own in names)
            if fit > best:
                best, found = fit, {}
            if fit and fit == best:
                found.setdefault(holding.person, []).append(holding)
        return tuple(next(iter(found.values()))) if len(found) == 1 else ()


def _surnames(codebook: Codebook) -> dict[str, tuple[str, ...]]:
    """Last words of holders' names without accents, "Sisi" also of "el-Sisi"; of East Asian names the first word too."""
    out: dict[str, list[str]] = {}
    for holding in codebook.holdings:
        for name in (holding.person, *holding.names):
            words = folded(name).lower().split()
            keys = {words[-1], words[-1].partition("-")[2] or words[-1]}
            if holding.country in _FAMILY_FIRST:
                keys.add(words[0])
            for word in sorted(keys) if len(words) > 1 or name == holding.person else ():
                out.setdefault(word, []).append(holding.person)
    return {word: tuple(dict.fromkeys(names)) for word, names in out.items()}


def fits(said: Sequence[str], own: Sequence[str], first: bool = False) -> int:
    """How well a name said fits a person's: 3 a surname alone or more words the same, 2 but for spelling, 0 not.

    ``first``: whether the first word alone says it too ("President Xi", "King Hamad").
    """
    if not said or not own:
        return 0
    if len(said) == 1:
        return 3 if said[0] == own[-1] or (first and said[0] == own[0]) else 0
    same = sum(w in own for w in said)
    near = sum(any(_alike(w, o) for o in own) for w in said)
    initial = said[0][0] == own[0][0] or said[-1][0] == own[0][0]
    if same >= 2 or (said[-1] in own and initial and (len(said) == 2 or near >= 2)):
        return 3
    return 2 if near >= 2 and 2 * near >= len(said) else 0


def _alike(a: str, b: str) -> bool:
    if a == b:
        return True
    if min(len(a), len(b)) < _LONG or abs(len(a) - len(b)) > 2:
        return False
    return SequenceMatcher(None, a, b, autojunk=False).ratio() >= _ALIKE
