"""Instruments with their status, figures with their sentence, and disputed points with both sides."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.brief import english
from dragoman.brief.document import Line, Passage
from dragoman.brief.material import Discrepancy, Figure, Instrument, Text, iso
from dragoman.brief.writing import names
from dragoman.brief.writing.dates import front

_UNSETTLED = re.compile(
    r"\b(?:stall|delay|suspend|halt|frozen|deadlock|disagree|unresolved|postpon|collaps|blocked)\w*", re.IGNORECASE
)
_WORDS_OF_NAME = 26


def instrument_lines(instrument: Instrument, text: Text) -> Iterator[Line]:
    """How an instrument stands, the fullest telling first; at the end what the report says of it, or only that it is named."""
    passage = text.passage(instrument.sentence)
    name, own = _name(_in_full(instrument.name, passage.words)), instrument.name[:1].isupper()
    the = name if not own and re.match(r"(?:the|a|an|its|his|their)\b", name) else f"the {name}"
    countries = [c for c in (names.country(p) for p in instrument.parties) if c]
    parties = english.listed(countries)
    joint = instrument.kind not in ("tariff", "sanction") and len(countries) == 2
    between = f" between {parties}" if joint and not _says_parties(name, instrument.parties) else ""

    if re.search(r"\bbetween\b(?!.*\band\b)", name):  # cut off before its second party
        return

    def line(words: str, *more: Passage, note: str | None = instrument.status) -> Line:
        return Line(english.sentence(words), "instrument", (passage, *more), (instrument.id,), note=note)

    if instrument.status == "signed" and len(countries) >= 2:
        day = front(instrument.date) if instrument.date else None
        if day:
            yield line(f"{day}, {parties} signed {the}")
        yield line(f"{parties} signed {the}")
    if instrument.status == "stalled":
        for i in (instrument.sentence + 1, instrument.sentence):
            if reason := _reason(text.words(i)):
                beside = (text.passage(i),) if i != instrument.sentence else ()
                yield line(f"{the}{between} remain{'' if _is_plural(name) else 's'} unsettled: “{reason}”", *beside)
    many = _is_plural(name)
    has, be = ("have", "are") if many else ("has", "is")
    endings = {
        "stalled": f"remain{'' if many else 's'} unsettled",
        "in force": f"{be} in force",
        "proposed": f"{has} been proposed",
        "negotiated": f"{be} under negotiation",
        "ended": f"{has} ended",
        "signed": f"{has} been signed",
    }
    if instrument.status in endings:
        yield line(f"{the}{between} {endings[instrument.status]}")
        if between:
            yield line(f"{the} {endings[instrument.status]}")
    if sum(w[0].isupper() for w in name.split()) >= 2:
        for also in dict.fromkeys((between, "")):
            if words := _whole(passage):
                yield line(f"the reporting names {the}{also} without telling its status: “{words}”", note=None)
            yield line(f"the reporting names {the}{also} without telling its status", note=None)


def _in_full(name: str, words: str) -> str:
    """A name with the adjectives that are joined to its first: "commercial, economic and financial embargo"."""
    joined = re.search(rf"((?:[a-z]+, )*[a-z]+ and ){re.escape(name)}", " ".join(words.split()))
    alike = joined is not None and name[:1].islower() and _ADJECTIVES.fullmatch(joined[1])
    return f"{joined[1]}{name}" if joined is not None and alike else name


_ADJECTIVES = re.compile(r"(?:[a-z]+(?:al|ic|ary|ive|ous|ar|an|ese|ish), )*[a-z]+(?:al|ic|ary|ive|ous|ar|an|ese|ish) and ")


def _is_plural(name: str) -> bool:
    """Whether the head of a name is a plural ("sanctions against X")."""
    head = re.split(r"\s(?:of|on|for|against|between|with|by|to|in|from)\s", name)[0]
    return re.search(r"[a-z]{2,}[^s’'\W]s$", head) is not None


def _whole(passage: Passage) -> str | None:
    """A passage short enough to be quoted whole for what it says of an instrument."""
    words = " ".join(passage.words.split())
    fit = 6 <= len(words.split()) <= 34 and not re.search(r"[“”\"?]|\b(?:I|we|you|my|our)\b", words)
    return words.rstrip(".") if fit else None


def _name(name: str) -> str:
    """A name short enough for a sentence: the occasion and the further parts of a very long one are left out."""
    words = " ".join(name.split())
    if len(words.split()) > _WORDS_OF_NAME:
        words = re.split(r" on the occasion | in (?:connection|accordance) ", words)[0]
    return words.strip(" ,") if len(words.split()) <= _WORDS_OF_NAME else " ".join(words.split()[:_WORDS_OF_NAME]) + " …"


def _says_parties(name: str, parties: tuple[str, ...]) -> bool:
    return set(parties) <= names.inside(name)


def _reason(words: str) -> str | None:
    """The clause of a sentence that says what keeps an instrument from being settled."""
    for part in re.split(r",\s+(?:but|and|which|while|although)\s|;\s", words):
        if _UNSETTLED.search(part) and 5 <= len(part.split()) <= 40:
            return part.strip().rstrip(".,")
    return None


# Figures


def figure_lines(figure: Figure, text: Text) -> Iterator[Line]:
    """A quantity with the words of the sentence around it."""
    passage = text.passage(figure.sentence)
    words = _around(passage.words.replace("\n", " "), figure.text)
    if words is None or figure.what is None or _is_half(figure, passage.words):
        return
    of, on = names.country(figure.of), names.country(figure.on)
    value = _value(figure)
    if of and on and of != on:
        told = f"the reporting puts the {figure.what} of {of} on {on} {'at ' if not figure.bound else ''}{value}: “{words}”"
    elif figure.unit not in ("percent", *_CURRENCIES):
        what = {"killed": "people killed", "injured": "people injured"}.get(figure.what, figure.what)
        what = "people" if what == "persons" and "people" in words else what
        upper = f" to {_number(figure.to)}" if figure.to is not None else ""
        told = f"the reporting counts {_bound(figure)}{_number(figure.value)}{upper} {what}: “{words}”"
    elif of:
        told = f"the reporting gives {value} for the {figure.what} of {of}: “{words}”"
    else:
        told = f"the reporting gives {value} for {figure.what}: “{words}”"
    day = iso(text.published)
    note = f"reported {'on' if len(day) == 10 else 'in'} {english.iso_words(day)}" if day else "undated"
    yield Line(english.sentence(told), "figure", (passage,), (figure.id,), note=note)


def _is_half(figure: Figure, words: str) -> bool:
    """Whether a number is one end of a guess ("four or five"), or an amount whose currency was not read (NT$1.42 trillion)."""
    at = words.find(figure.text)
    after, before = words[at + len(figure.text) :], words[:at]
    guess = figure.to is None and re.match(r"\s+or\s+(?:\d|two|three|four|five|six|seven|eight|nine|ten)\b", after)
    bare = re.match(r"[\d.,]+", figure.text) and re.search(r"[$€£¥]\s?$", before) and figure.unit not in _CURRENCIES
    inside = re.match(r"[A-Z]{0,3}[$€£¥]", figure.text) and figure.unit not in _CURRENCIES
    return at >= 0 and bool(guess or bare or inside)


_CURRENCIES = {
    "USD": "dollars",
    "EUR": "euros",
    "GBP": "pounds",
    "CNY": "yuan",
    "RUB": "roubles",
    "JPY": "yen",
    "AUD": "Australian dollars",
}


def _bound(figure: Figure) -> str:
    return f"{figure.bound} " if figure.bound else ""


def _number(value: float) -> str:
    for size, word in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if value >= size:
            return f"{value / size:g} {word}"
    return f"{value:,.0f}" if value == int(value) else f"{value:,g}"


def _value(figure: Figure) -> str:
    upper = f" to {_number(figure.to)}" if figure.to is not None else ""
    unit = {"percent": "percent"}.get(figure.unit, _CURRENCIES.get(figure.unit, figure.unit))
    return f"{_bound(figure)}{_number(figure.value)}{upper} {unit}"


def _around(words: str, figure: str) -> str | None:
    """The part of a sentence that holds a figure, cut at commas and semicolons, at most 30 words."""
    at = words.find(figure)
    if at < 0:
        return None
    if len(words.split()) <= 30:
        return words.strip().rstrip(".").strip('“”"')
    starts = [0, *(m.end() for m in re.finditer(r"[,;:]\s|\s[–—]\s", words))]
    ends = [*(m.start() for m in re.finditer(r"[,;:]\s|\s[–—]\s", words)), len(words.rstrip("."))]
    begin = max(s for s in starts if s <= at)
    end = min(e for e in ends if e >= at + len(figure))
    if len(words[begin:end].split()) < 6:
        end = min((e for e in ends if e > end), default=end)
    part = words[begin:end].strip()
    return part.strip('“”"') if len(part.split()) <= 30 and part.count("“") == part.count("”") else None


# Disputed points


def discrepancy_lines(row: Discrepancy, texts: dict[str, Text]) -> Iterator[Line]:
    """Both sides of a disputed point, each by its own passage, and which of them the rest supports."""
    first = row.sides[0].evidence[0]
    if row.kind == "outcome" and len(row.sides) == 2:
        yield from _outcome(row, texts)
        return
    passages = tuple(
        texts[d].passage(i) for side in row.sides for d, i in dict.fromkeys(side.evidence) if i < len(texts[d].sentences)
    )
    values = [_side_value(row.kind, side.value) for side in row.sides]
    clause = _clause(texts[first[0]].words(first[1]).replace("\n", " "))
    thing = {"date": "date", "number": "number", "actor": "actor", "outcome": "outcome", "attribution": "source"}[row.kind]
    others = english.listed(
        [
            f"{v} by {english.count_words(len(s.evidence), 'other passage')}"
            for v, s in zip(values[1:], row.sides[1:], strict=True)
        ]
    )
    told = f"the {thing} is disputed: “{clause}” gives {values[0]}, against {others}"
    if row.favoured is not None:
        told += f"; the rest of the evidence favours {values[row.favoured]}"
    yield Line(
        english.sentence(told),
        "discrepancy",
        passages,
        (row.id,),
        sources=len({p.document for p in passages}),
        note=_because(row),
    )


def _outcome(row: Discrepancy, texts: dict[str, Text]) -> Iterator[Line]:
    """Whether something happened at all, by the words of both sides."""
    passages = tuple(texts[d].passage(i) for d, i in (side.evidence[0] for side in row.sides))
    said = [_clause(p.words.replace("\n", " ")) for p in passages]
    yield Line(
        f"It is disputed whether this happened: “{said[0]}”, but elsewhere “{said[1]}”.",
        "discrepancy",
        passages,
        (row.id,),
        sources=len({p.document for p in passages}),
    )


def _because(row: Discrepancy) -> str:
    """The reason without its first part, which says again what the sentence says."""
    first, _, rest = row.reason.partition("; ")
    return rest if rest and first.startswith(row.about[:20]) else row.reason


def _side_value(kind: str, value: str) -> str:
    if kind == "date" and re.fullmatch(r"\d{4}(-\d{2}){0,2}", value):
        return english.iso_words(value)
    return value if re.fullmatch(r"[\d.,]+", value) else f"“{value}”"


def _clause(words: str) -> str:
    """The beginning of a sentence up to where its first clause may end, at most 24 words."""
    words = re.sub(r"^(?:He|She|They) (?:also )?(?:noted|said|added|claimed|stated) (?:that )?", "", words.strip())
    cut = re.split(r"(?<=\d{4}),\s|;\s|,\s(?:for|which|who|as|while|and|but|where)\s", words.strip())[0]
    cut = " ".join(cut.split()[:24])
    return cut.rstrip('.,“”"')
