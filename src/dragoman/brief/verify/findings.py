"""Whether finished sentences about instruments, figures and disputed points are borne out by their passages."""

from __future__ import annotations

import re

from dragoman.brief.document import Line
from dragoman.brief.english import MONTHS
from dragoman.brief.material import Actor, Discrepancy, Figure, Instrument, Material, Text
from dragoman.brief.verify import evidence as reading
from dragoman.brief.verify.words import (
    Days,
    countries,
    evidence_dates,
    named,
    numbers,
    outside_quotations,
    plain,
    quotations,
    tokens,
    told_dates,
)

_STATUS = {
    "unsettled": r"\b(?:stall|delay|suspend|halt|frozen|deadlock|disagree|unresolved|postpon|collaps|blocked|"
    r"pending|if (?:finali|approv|complet))\w*",
    "in force": r"\bin force\b|\btook effect\b|\btakes effect\b|\bin effect\b|\bimpos(?:ed|es|ing)\b|"
    r"\bentered into force\b|\bapplies\b|\bhike\b|"
    r"\bunder (?:the |an? )?(?:\w+ )?(?:sanctions|treaty|agreement)",
    "proposed": r"\bpropos\w*|\bdraft\w*|\bplan(?:s|ned)\b",
    "under negotiation": r"\bnegotiat\w*|\btalks\b|\bdiscuss\w*|\bbargain\w*",
    "ended": r"\bend(?:ed|s)?\b|\bexpired?\b|\bwithdr\w+|\bscrapp\w+|\bterminat\w+|\blift\w*|\bcancel\w*|"
    r"\bended\b|\babandon\w*|\bquit\b|\bleft\b",
    "signed": r"\bsign(?:ed|s|ing)?\b|\bratif\w+|\bconclud\w+|\binitial(?:l)?ed\b|\bstruck\b|\breached\b|\bagreed\b",
}


def instrument(line: Line, row: Instrument, material: Material) -> tuple[str, ...]:
    """Name, parties, status and date."""
    passage = line.passages[0]
    evidence = passage.words.replace("\n", " ")
    both = " ".join(p.words.replace("\n", " ") for p in line.passages)
    out: list[str] = []
    dates, _body = told_dates(line.text)
    known = evidence_dates(evidence, passage.published)
    own = Days(row.date.first.isoformat(), row.date.last.isoformat()) if row.date else None
    if line.text.startswith(("On ", "In ")):
        out += ["date: not in the evidence"] * any(d not in known or d != own for d in dates)
    elif dates:
        out += ["date: not in the evidence"] * any(d not in known for d in dates)
    out += [f"quotation: “{q[:40]}” is not in the evidence" for q in quotations(line.text) if plain(q) not in plain(both)]
    claim = outside_quotations(line.text)
    status = next((s for s in _STATUS if re.search(rf"\b{s}\b", claim)), None)
    if status is None and "without telling its status" not in claim:
        out.append("action: no status told")
    if status is not None and not re.search(_STATUS[status], both if status == "unsettled" else evidence, re.IGNORECASE):
        out.append(f"action: the evidence does not say that it is {status}")
    if status is not None and row.status != {"unsettled": "stalled", "under negotiation": "negotiated"}.get(status, status):
        out.append("action: the row has another status")
    if status == "signed" and re.search(
        r"\b(?:will|would|could|may|might|if|plan\w*|not|n['’]t|expected|refus\w+)\b", _before(evidence, "sign")
    ):
        out.append("modality: the evidence does not have it as signed")
    seen = evidence
    if re.search(
        r"\b(?:two|both) (?:leaders|sides|countries|states|governments|nations|presidents|ministers|capitals)\b", evidence
    ):
        seen = f"{passage.before} {evidence}"  # "the two leaders" are those named just before
    here = countries(seen) | {a.country for a in _people_of(material.texts[row.document], seen) if a.country}
    out += [f"actor: {n.text} is not in the evidence" for n in named(claim) if n.kind == "state" and n.country not in here]
    frame = frozenset(
        "reporting names without telling status unsettled remains between force negotiation ended proposed signed has".split()
    )
    missing = reading.unsupported_words(told_dates(claim)[1], evidence, frame)
    missing = [w for w in missing if w not in MONTHS]
    if missing:
        out.append(f"wording: {', '.join(missing[:4])} not in the evidence")
    if numbers(told_dates(claim)[1]) - numbers(evidence):
        out.append("number: not in the evidence")
    return tuple(out)


def _before(evidence: str, stem: str) -> str:
    m = re.search(rf"\b{stem}\w*", evidence)
    return evidence[max(0, m.start() - 40) : m.start()] if m else ""


def _people_of(text: Text, evidence: str) -> list[Actor]:
    return [
        a
        for a in text.actors.values()
        if " " in a.name
        and any(re.search(rf"(?<![\w-]){re.escape(w)}(?![\w-])", evidence) for w in (a.name.split()[-1], a.name.split()[0]))
    ]


_CURRENCY = re.compile(r"\b(?:US|HK|NT|A|C|S)(?=\$)")
"""The letters of "US$", which are no state."""


def figure(line: Line, row: Figure, material: Material) -> tuple[str, ...]:
    """The number, its unit and whose it is."""
    passage = line.passages[0]
    evidence = passage.words.replace("\n", " ")
    out = [f"quotation: “{q[:40]}” is not in the evidence" for q in quotations(line.text) if plain(q) not in plain(evidence)]
    claim = outside_quotations(line.text)
    extra = _amounts(claim) - _amounts(evidence)
    out += [f"number: {n} is not in the evidence" for n in sorted(extra)]
    here = countries(_CURRENCY.sub(" ", evidence)) | countries(passage.before)
    out += [f"actor: {n.text} is not in the evidence" for n in named(claim) if n.kind == "state" and n.country not in here]
    order = [n.country for n in named(claim) if n.kind == "state"]
    if order and order != [c for c in (row.of, row.on) if c][: len(order)]:
        out.append("direction: the figure is another's")
    for word, near in (
        ("at least", r"at least|more than|over|above|minimum"),
        ("at most", r"at most|up to|less than|under|below|nearly"),
        ("about", r"about|around|some|roughly|approximately|nearly|almost|estimated"),
    ):
        if word in claim.split("“")[0] and not re.search(near, evidence, re.IGNORECASE):
            out.append(f"number: the evidence does not say {word}")
    frame = frozenset(
        "reporting puts counts gives percent dollars euros pounds yuan roubles yen least most at million billion "
        "trillion".split()
    )
    if {t.low for t in tokens(claim)} & {"could", "would", "may", "might", "not", "plan", "plans", "never"}:
        out.append("modality: a figure is told as it stands")
    same = {
        "people": "persons",
        "died": "killed",
        "deaths": "killed",
        "dead": "killed",
        "wounded": "injured",
        "hurt": "injured",
    }
    frame |= {meant for word, meant in same.items() if re.search(rf"\b{word}\b", evidence)}
    if (counted := re.match(r"The reporting counts [^:“]*: ", line.text)) and not plain(counted[0][:-2]).endswith(
        ("people", "persons") if row.what == "persons" else plain(row.what or "")
    ):
        out.append("wording: the figure counts something else")
    frame |= {"people"} if row.unit in ("killed", "injured") or row.what in ("killed", "injured") else set()
    missing = [
        w
        for w in reading.unsupported_words(claim, evidence, frame)
        if not re.fullmatch(r"[\d.,]+", w) and not (w[0].isupper() and w in passage.before)
    ]
    if missing:
        out.append(f"wording: {', '.join(missing[:4])} not in the evidence")
    return tuple(out)


def _amounts(text: str) -> set[str]:
    """Numbers with their size in one form: "1.5 billion" is 1500000000."""
    sizes = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "m": 1e6, "bn": 1e9}
    out = set()
    words = tokens(text)
    for i, t in enumerate(words):
        for n in numbers(t.text):
            following = words[i + 1].low if i + 1 < len(words) else ""
            attached = re.sub(r"[\d.,]", "", t.low)
            size = sizes.get(following) or sizes.get(attached) or 1.0
            out.add(f"{float(n) * size:g}")
    return out


def discrepancy(line: Line, row: Discrepancy, material: Material) -> tuple[str, ...]:
    """Both sides must stand in their own passages, and the favoured one be the row's."""
    out: list[str] = []
    first = row.sides[0].evidence[0]
    own = material.texts[first[0]].words(first[1])
    clause = quotations(line.text)[:1]
    if not clause or plain(clause[0]) not in plain(own):
        out.append("quotation: the disputed passage does not say so")
    claim = outside_quotations(line.text)
    if row.kind == "outcome" and line.text.startswith("It is disputed whether this happened: "):
        return tuple(out + _outcome_sides(line, row, material))
    favoured = re.search(r"favours (.+?)\.?$", line.text)
    if (favoured is None) != (row.favoured is None):
        out.append("outcome: the row favours otherwise")
    for side, n in zip(row.sides[1:], re.findall(r"by ([\w,]+) other passages?", claim), strict=False):
        if numbers(n) != {str(len(side.evidence))}:
            out.append("number: a side has another number of passages")
    body, _, tail = claim.partition("; the rest of the evidence favours")
    if row.kind == "date":
        out += _date_sides(body, tail, row, material)
    elif row.kind == "number":
        told = numbers(body) - {"1"}
        have = [{n for d, i in s.evidence for n in numbers(material.texts[d].words(i))} for s in row.sides]
        values = [next(iter(numbers(s.value)), s.value) for s in row.sides]
        out += [f"number: {v} is not told" for v in values if v not in told]
        out += [f"number: {v} is not in its passage" for v, h in zip(values, have, strict=True) if v not in h]
        if tail and row.favoured is not None and values[row.favoured] not in numbers(tail):
            out.append("number: another side is favoured")
    return tuple(out)


def _outcome_sides(line: Line, row: Discrepancy, material: Material) -> list[str]:
    """Each side by words of its own passage, in the order of the sides."""
    told = quotations(line.text)
    if len(told) != len(row.sides) or outside_quotations(line.text).split() != _OUTCOME.split():
        return ["outcome: not every side is told"]
    passages = [[material.texts[d].words(i) for d, i in side.evidence] for side in row.sides]
    sides = zip(told, passages, strict=True)
    return [
        f"quotation: “{words[:40]}” is not in its passage"
        for words, own in sides
        if not any(plain(words) in plain(o) for o in own)
    ]


_OUTCOME = "It is disputed whether this happened: , but elsewhere ."


def _date_sides(body: str, tail: str, row: Discrepancy, material: Material) -> list[str]:
    out = []
    told = told_dates(body)[0]
    if len(told) != len(row.sides):
        return ["date: not every side is told"]
    for day, side in zip(told, row.sides, strict=True):
        known: set[Days] = set()
        for d, i in side.evidence:
            p = material.texts[d].passage(i)
            known |= evidence_dates(p.words, p.published)
        if day not in known and not any(day.first <= k.first and k.last <= day.last for k in known):
            out.append("date: a side's date is not in its passages")
    if tail and row.favoured is not None and told_dates(tail)[0] != [told[row.favoured]]:
        out.append("date: another side is favoured")
    return out
