"""Whether finished sentences about statements, instruments, figures and disputed points are borne out by their passages."""

from __future__ import annotations

import re

from dragoman import codebook
from dragoman.brief.document import Line, Passage
from dragoman.brief.english import MONTHS
from dragoman.brief.material import Actor, Discrepancy, Figure, Instrument, Material, Statement, Text
from dragoman.brief.verify import evidence as reading
from dragoman.brief.verify.events import held, persons_before, split_office
from dragoman.brief.verify.lexicon import REPORTING
from dragoman.brief.verify.words import (
    Days,
    countries,
    evidence_dates,
    named,
    numbers,
    outside_quotations,
    plain,
    quotations,
    stem,
    tokens,
    told_dates,
)

_SAID = re.compile(
    r"^(?P<who>.+?) (?P<verb>said|told|noted|warned|stated|added|declared|wrote|argued|stressed|called|claimed|"
    r"announced|emphasi[sz]ed|"
    r"insisted|reiterated|described|urged|asked|accused|condemned|praised|denied|explained|replied|responded|"
    r"vowed|pledged|promised|"
    r"acknowledged|admitted|suggested|proposed|believed|expressed|denounced|hailed|confirmed|concluded|affirmed|"
    r"asserted|underlined|"
    r"maintained|demanded|critici[sz]ed|welcomed|thanked)(?P<rest>\b.*)$",
    re.DOTALL,
)
_CUES = REPORTING | frozenset(
    "call calls called stress stressed stresses emphasise emphasised emphasize emphasized emphasizing insist "
    "reiterate reiterated "
    "describe described describing urge urged urges ask asked asks condemn condemned praise praised praises "
    "explain explained reply "
    "replied respond responded responding vow vowed pledge pledged admit admitted propose proposed express expressed denounce "
    "denounced hail hailed hails conclude concluded affirm affirmed assert asserted underline underlined demand "
    "demanded criticise "
    "criticised criticize criticized welcome welcomed thank thanked warn warned warns warning echo echoed "
    "accused lauding saying "
    "adding noting continued according commented comment tweeted posted read reads".split()
)
_TO_SOMEBODY = frozenset(
    "tell tells told ask asks asked urge urges urged warn warns warned accuse accuses accused thank thanks thanked condemn "
    "condemned praise praises praised welcome welcomed criticise criticised criticize criticized denounce denounced hail "
    "hailed".split()
)
"""Cues whose next noun is the one spoken to or about, so that it cannot be the speaker."""
_TITLES = re.compile(
    r"\s*(?:(?:[A-Z][\w.’'-]*|the|an?|president|minister|foreign|prime|spokes\w+|secretary|of|for|former|chief|leader|chair\w+|"
    r"ambassador|state|general|deputy|vice|defen[cs]e|finance|interior)\s+){0,8}"
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


def statement(line: Line, row: Statement, material: Material) -> tuple[str, ...]:
    """Speaker, verb of saying and words: read in the evidence without the row."""
    told = _SAID.match(line.text)
    if told is None or not line.passages:
        return ("the sentence cannot be read",)
    text, passage = material.texts[row.document], line.passages[0]
    evidence = passage.words.replace("\n", " ")
    out: list[str] = []
    quoted = quotations(line.text)
    flat = plain(evidence)
    around = plain(f"{passage.before} {evidence} {passage.after}")
    for q in quoted:
        if plain(q).lstrip("… ").rstrip(" .,!?") not in flat:
            out.append(f"quotation: “{q[:40]}” is not in the evidence")
    if not quoted:
        out.append("quotation: none")
    direct = told["rest"].rstrip().endswith(("”", "”.")) and re.match(r"^(?: [^“”\"]{1,80})?: “", told["rest"])
    if direct:
        out += _in_marks(quoted[0], evidence, passage)
    else:
        words = outside_quotations(told["rest"])
        if plain(told["rest"]).strip(" .:,") not in flat:
            out.append("wording: the words told are not so in the evidence")
        if numbers(told_dates(words)[1]) - numbers(evidence):
            out.append("number: not in the evidence")
    addressee = re.match(r"^ (?P<to>[^“”:]+): “", told["rest"]) if told["verb"] == "told" else None
    if addressee and not _named_in(addressee["to"], text, around):
        out.append("actor: the addressee is not in the evidence")
    if not _said_so(told["verb"], evidence):
        out.append(f"action: nobody {told['verb']} there")
    out += _speaker(told["who"], text, passage, evidence)
    return tuple(out)


def _said_so(verb: str, evidence: str) -> bool:
    """Whether the verb of saying is the evidence's own; "said" and "told" are said of whatever anybody says."""
    if verb in ("said", "told"):
        return True
    forms = {"wrote": ("write", "writes", "written", "writing")}.get(verb, ())
    return any(stem(t.text) == stem(verb) or t.low in forms for t in tokens(outside_quotations(evidence)))


def _in_marks(quote: str, evidence: str, passage: Passage) -> list[str]:
    """A direct quotation must stand in quotation marks where it comes from, and not break off before its sentence is whole."""
    words = re.sub(r"^… ", "", quote).rstrip(" .,!?")
    at = _place(words, evidence)
    if at is None:
        return ["quotation: its words are no quotation there"]
    before = evidence[:at]
    earlier = passage.before
    inside = (
        before.count("“") > before.count("”")
        or before.count('"') % 2 == 1
        or before.rstrip()[-1:] in ("'", "‘", "“", '"')
        or earlier.count("“") > earlier.count("”")
    )
    out = [] if inside else ["quotation: its words are no quotation there"]
    if re.match(r"(?:while|although|though|if|when|because|since|unless|as)\b", words, re.IGNORECASE) and "," not in words:
        out.append("quotation: it breaks off in its first clause")
    return out


def _place(words: str, evidence: str) -> int | None:
    """Where words begin in a text, whatever its quotation marks and spaces look like."""
    pattern = r"[\W_]+".join(re.findall(r"[^\W_]+", words))
    found = re.search(pattern, evidence, re.IGNORECASE) if pattern else None
    return found.start() if found else None


def _named_in(name: str, text: Text, around: str) -> bool:
    bare = split_office(re.sub(r"^the ", "", name), text)[1]
    found = [n for n in named(bare) if n.end - n.start == len(bare)]
    if found and found[0].kind != "person":
        return found[0].country in countries(around) or plain(bare) in around or bool(_state_in(found[0].country, around))
    return any(re.search(rf"(?<![\w-]){re.escape(w.lower())}(?![\w-])", around) for w in (bare.split()[-1], bare.split()[0]))


def _state_in(country: str, around: str) -> bool:
    return country in countries(around.title())


def _speaker(who: str, text: Text, passage: Passage, evidence: str) -> list[str]:
    """The speaker beside a cue of the evidence: named there, or meant by a pronoun whose only person is named just before."""
    office, name = split_office(re.sub(r"^The ", "", who), text)
    if office:
        actor = next((a for a in text.actors.values() if a.name == name), None)
        if actor is None or not _has_office(office, name, actor.country, actor.role, text):
            return [f"actor: {who} is not so known in the article"]
    owner = re.match(r"(.+?)[’']s? ", name)
    whose = countries(owner[1]) if owner is not None else set()
    if whose and not whose & countries(f"{passage.title or ''} {passage.before} {evidence}"):
        return [f"actor: {who} is not named there"]
    outside = re.sub(r"“[^”]*”?|\"[^\"]*\"?", lambda m: " " * len(m[0]), evidence)
    spans = reading.subject_spans(name, outside, None)
    words = tokens(outside)
    cues = [t for t in words if t.low in _CUES]
    for start, end in spans:
        for cue in cues:
            if end <= cue.start and _beside(outside[end : cue.start]):
                return []
            behind = outside[cue.end : start]
            if (
                cue.end <= start
                and cue.low not in _TO_SOMEBODY
                and _TITLES.fullmatch(behind)
                and not re.match(r"[’']s?\b", outside[end:])
            ):
                return []
    pronouns = [t for t in words if t.low in ("he", "she", "they", "it")]
    if any(abs(p.start - c.start) <= 25 for p in pronouns for c in cues) or (not cues and not spans):
        people = _people(passage.before.split("\n")[-1], text)
        surname, first = name.split()[-1], name.split()[0]
        if people and all(surname in p or first in p for p in people):
            return []
        same = [m for m in spans if pronouns and m[1] <= pronouns[0].start]
        if same:
            return []
    return ["actor: the evidence does not give these words to this speaker"]


def _has_office(office: str, name: str, country: str | None, role: str | None, text: Text) -> bool:
    state = codebook.load().state(country or "")
    of = next((a for a in (state.adjectives if state else ()) if office.startswith(a + " ")), None)
    told = plain(office[len(of) :]) if of else ""
    return of is not None and told == plain(role or "") and held(told, name, text)


def _beside(between: str) -> bool:
    """Whether speaker and cue belong together: at most a few words, an apposition or other verbs joined by "and"."""
    bare = re.sub(r",[^,]{2,90},", " ", between)
    if re.search(r"[;:]|\.\s|\b(?:that|which|because|while|whom)\b", bare):
        return False
    others = [n for n in named(bare) if n.kind in ("state", "person")]
    return (len(bare.split()) <= 5 and not others) or (len(bare.split()) <= 14 and " and " in bare and not others)


def _people(sentence: str, text: Text) -> list[str]:
    """Persons named in a sentence, known surnames counted even at its beginning; those that only own something are not."""
    found = persons_before(sentence)
    known = [a.name.split() for a in text.actors.values() if _full_name(a.name)]
    for name in known:
        for word in (name[-1], name[0]):
            speaking = r"[’']s?\s+(?:remarks|speech|statement|comments|words|address|message|letter|tweet)\b"
            if re.search(rf"(?<![\w-]){re.escape(word)}(?:(?![\w’'-])|{speaking})", sentence):
                found.append(word)
    return [f for f in found if any(f.split()[-1] in name for name in known)]


def _full_name(name: str) -> bool:
    words = name.split()
    return len(words) > 1 and words[0][0].isupper() and words[-1][0].isupper() and all(n.kind == "person" for n in named(name))


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


def figure(line: Line, row: Figure, material: Material) -> tuple[str, ...]:
    """The number, its unit and whose it is."""
    passage = line.passages[0]
    evidence = passage.words.replace("\n", " ")
    out = [f"quotation: “{q[:40]}” is not in the evidence" for q in quotations(line.text) if plain(q) not in plain(evidence)]
    claim = outside_quotations(line.text)
    extra = _amounts(claim) - _amounts(evidence)
    out += [f"number: {n} is not in the evidence" for n in sorted(extra)]
    here = countries(evidence) | countries(passage.before)
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
    missing = [
        w for w in reading.unsupported_words(claim, f"{evidence} {passage.before}", frame) if not re.fullmatch(r"[\d.,]+", w)
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
