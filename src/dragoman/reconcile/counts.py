"""A count as its passage has it: what is counted, what came of them, and whether it is of a part or of all."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dragoman.reconcile.lexicon import Lexicon
from dragoman.reconcile.passages import Passage, stem
from dragoman.records import Article, Figure

_PART = re.compile(
    r"\b(?:including|among|amongst|of (?:whom|them|which|those)|more|others?|"
    r"further|additional|remaining|besides|apart from|as well as|"
    r"rise|rose|risen|rises|rising|climb\w*|increas\w+|grew|grown|doubled|tripled|"
    r"fell|fallen|falls|drop\w*|decreas\w+|declin\w*|cut|reduc\w+|raised?|lowered|"
    r"up from|down from|"
    r"than|compared|per|each|every|average|a day|daily|a month|monthly|a year|annual\w*|now|so far|already|until|within)\b",
    re.IGNORECASE,
)
_PAUSE = re.compile(r"[,;()]|\s(?:and|but|while)\s")
_INCLUDING = re.compile(r",?\s+(?:\([^)]*\)\s+)?(?:of\s+(?:whom|them|which)\b)")
_DEFINITE = re.compile(r"\b(?:the|these|those|all|all the|all of the|its|their)\s+$", re.IGNORECASE)
_EVERY = re.compile(r"\b(?:all|all of the|all the|a total of)\s+$", re.IGNORECASE)
_PICKED = re.compile(r"\s+(?:who|that|which|whose|of|from|with|still|not)\b")
_PARTICIPLE = re.compile(
    r"\s+(?:(?:who|that|which)\s+)?(\w{2,}(?:ed|en|ing|nt|ld|ght))\s+(?:up|to|by|in|from|on|at|as|for|with|against|near|dead)\b"
)
_VOTERS = frozenset(
    "votes deputies lawmakers senators members mps representatives legislators delegates countries parliamentarians".split()
)
_FATES = (
    "killed",
    "injured",
    "arrested",
    "displaced",
    "evacuated",
    "missing",
    "captured",
    "kidnapped",
    "released",
    "expelled",
    "executed",
    "infected",
    "rescued",
    "destroyed",
    "sunk",
    "shot down",
    "aboard",
)
_FAVOUR = re.compile(r"\b(?:in favou?r|against)\b")
_TOLERANCE = 0.15  # how far "about 100" may be from an exact count; agency style calls 96 "nearly 100" and 90 does not
_QUANTIFIED = re.compile(
    r"\b(?:many|most|some|few|several|half|none|majority|each|part|any|both|"
    r"third|quarter|one|two|three|four|five|six|seven|eight|nine|ten|\d[\d,.]*)\s+of\s+(?:the|"
    r"these|those)\s+$",
    re.IGNORECASE,
)
_RATE = re.compile(r"\s+(?:an?|per|each|apiece)\s+\w+")
_PER = re.compile(r"\b(?:a|per)\s+\w+$")
_FROM_TO = re.compile(r"\bfrom\s+(?:[^\s,;]+(?:\s+[^\s,;]+)?\s+to\s+)?$", re.IGNORECASE)
_OUT_OF = re.compile(r"\b(?:\d[\d,.]*|\w+)\s+(?:out\s+)?of\s+(?:the\s+)?(?:[\w-]+[’']s\s+|its\s+|their\s+)$")


@dataclass(frozen=True, slots=True)
class Count:
    """A figure with the passage it stands in.

    ``unit`` is the figure's, or votes where voters are counted for or against; ``fate`` what came of the counted ("killed");
    ``modifiers`` are stems of the words before the unit. Of the words beside the number: ``definite`` ("the 12"), ``part``
    (of a whole, a rate or a change), ``every`` ("all 12"), ``opens`` ("The 12" begins its sentence), ``these`` ("these 12"),
    ``picked`` (a clause or phrase picks out some), ``participle`` (the stem of one that does).
    """

    figure: Figure
    passage: Passage
    start: int
    end: int
    unit: str
    fate: str | None
    modifiers: frozenset[str]
    definite: bool
    part: bool
    every: bool
    opens: bool
    these: bool
    picked: bool
    participle: str | None


def count_of(article: Article, figure: Figure, passage: Passage, lexicon: Lexicon) -> Count:
    """A figure read with the words of its sentence; ``passage`` is the one that its evidence stands in."""
    span = figure.evidence[0]
    what = (figure.what or "").lower()
    fate = next((name for name in _FATES if what == name or what.endswith(" " + name)), None)
    words = list(re.findall(r"[\w-]+", what[: len(what) - len(fate)] if fate else what))
    before = _before(article, figure, passage)
    unit = "votes" if figure.unit in _VOTERS and _FAVOUR.search(passage.text) else figure.unit
    mods = frozenset(
        stem(word, lexicon) for word in words if stem(word, lexicon) not in (stem(figure.unit, lexicon), stem(unit, lexicon))
    )
    return Count(
        figure,
        passage,
        span.start,
        span.end,
        unit,
        fate,
        mods,
        bool(_DEFINITE.search(before)),
        _is_of_part(article, figure, passage),
        bool(_EVERY.search(before)),
        before == "The " or before.endswith(". The "),
        bool(re.search(r"\b[Tt]h(?:ese|ose)\s+$", before)),
        bool(_PICKED.match(article.text, span.end)),
        _participle(article.text, span.end, lexicon),
    )


def _is_of_part(article: Article, figure: Figure, passage: Passage) -> bool:
    """Whether the number is of a part of something, a rate, a share of a whole or a change, by the words beside it."""
    span = figure.evidence[0]
    before = _before(article, figure, passage)
    left = article.text[max(passage.sentence.start, span.start - 40) : span.start]
    right = article.text[span.end : min(passage.sentence.end, span.end + 40)]
    near = f"{_PAUSE.split(left)[-1]} {_PAUSE.split(right, maxsplit=1)[0]}"
    stripped = re.sub(r"\b(?:no\s+)?(?:more|less|fewer)\s+than\b", "", near)
    return (
        bool(re.search(r"\d\s+of\s+(?:the|its|their|these|those)\b|\bof\s+(?:the|its|their)\s+$", figure.text))
        or bool(_OUT_OF.search(before))
        or bool(_QUANTIFIED.search(before))
        or bool(_FROM_TO.search(before))
        or bool(_RATE.match(right))
        or bool(_PER.search(figure.text))
        or bool(_PART.search(stripped))
        or bool(_INCLUDING.match(right))
        or bool(re.search(r"\b(?:more|others?|further)\b", re.sub(r"\bmore than\b", "", figure.text)))
    )


def _before(article: Article, figure: Figure, passage: Passage) -> str:
    """The words of its sentence right before a number."""
    start = figure.evidence[0].start
    return article.text[max(passage.sentence.start, start - 25) : start]


def _participle(text: str, end: int, lexicon: Lexicon) -> str | None:
    """The stem of a participle that picks out some of the counted: "the dozen emails sent to Powell"."""
    found = _PARTICIPLE.match(text, end)
    return stem(found[1].lower(), lexicon) if found else None


def cannot_agree(f: Figure, g: Figure) -> bool:
    """Whether no number satisfies both, bounds, ranges and rounding allowed for."""
    low_f, high_f = _range(f)
    low_g, high_g = _range(g)
    return high_f < low_g or high_g < low_f


def _range(f: Figure) -> tuple[float, float]:
    top = f.to if f.to is not None else f.value
    if f.bound == "at least":
        return f.value, float("inf")
    if f.bound == "at most":
        return float("-inf"), top
    if f.bound == "about":
        return f.value * (1 - _TOLERANCE), top * (1 + _TOLERANCE)
    # A round number of many is rounded: 1.5 million stands for 1.48.
    slack = 0.05 if f.value >= 1000 and len(f"{f.value:.0f}".rstrip("0")) <= 2 else 0.0
    return f.value * (1 - slack), top * (1 + slack)


def value_of(count: Count) -> str:
    """The number for a side of a discrepancy, with its bound: "at least 1,200", "10 to 12"."""
    number = (
        f"{count.figure.value:,.10g}" if count.figure.to is None else f"{count.figure.value:,.10g} to {count.figure.to:,.10g}"
    )
    return f"{count.figure.bound} {number}" if count.figure.bound else number
