"""Whether what somebody is said to have said is borne out by its passage: the speaker, the verb of saying, the words."""

from __future__ import annotations

import re

from dragoman import codebook
from dragoman.brief.document import Line, Passage
from dragoman.brief.material import Material, Statement, Text
from dragoman.brief.verify import evidence as reading
from dragoman.brief.verify.lexicon import FORMS, NEGATIONS, POSSIBLE, REPORTING
from dragoman.brief.verify.offices import held, split_office, word_for_word
from dragoman.brief.verify.persons import last_named
from dragoman.brief.verify.words import (
    countries,
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
        if _RUNS_ON.search(told["who"]) and told["who"] not in evidence:
            out.append("actor: who says it cannot be read")
        out += _as_reported(told["verb"], told["rest"], evidence)
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


_RUNS_ON = re.compile(r"\b(?:to|as|plans?|did|not|could|would)\b|(?<=\s)[a-z]+ed\b")
"""Words of a speaker that are no name: the first verb of saying stands only in a later clause."""


def _as_reported(verb: str, rest: str, evidence: str) -> list[str]:
    """Reported speech: the evidence's own verb of saying, with the same words right after it up to the end of their clause."""
    wanted = plain(rest).strip(" .")
    if len(wanted.split()) < 5:
        return ["quotation: none"]
    for cue in (t for t in tokens(evidence) if stem(t.text) == stem(verb) or FORMS.get(t.low, ("",))[0] == _base(verb)):
        after = plain(evidence[cue.end :])
        if not after.startswith(wanted):
            continue
        helpers = {t.low for t in tokens(evidence[: cue.start])[-3:]}
        if helpers & (NEGATIONS | POSSIBLE | {"will", "if", "whether"}) or any(h.endswith("n't") for h in helpers):
            return ["modality: the evidence does not have it as said"]
        following = after[len(wanted) :]
        if not re.match(r"(?:[.!?;,]|$|\s[–—-])", following):
            return ["quotation: it breaks off before its clause is whole"]
        if re.match(r",?\s*(?:if|unless|provided|but|although|though|which .{0,40}\bdenie[sd])\b", following):
            return ["modality: the evidence goes on with a condition or a reserve"]
        return []
    return ["wording: the words told do not follow the verb of saying"]


def _base(verb: str) -> str:
    return FORMS.get(verb, (verb,))[0]


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
    if re.match(r"\s+[a-z]", _after(words, evidence)):
        out.append("quotation: it breaks off before its clause is whole")
    if re.match(r"(?:while|although|though|if|when|because|since|unless|as)\b", words, re.IGNORECASE) and "," not in words:
        out.append("quotation: it breaks off in its first clause")
    return out


def _after(words: str, evidence: str) -> str:
    pattern = r"[\W_]+".join(re.findall(r"[^\W_]+", words))
    found = re.search(pattern, evidence, re.IGNORECASE)
    return evidence[found.end() :] if found else ""


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
        if actor is None or not (word_for_word(who, text) or _has_office(office, name, actor.country, actor.role, text)):
            return [f"actor: {who} is not so known in the article"]
    owner = re.match(r"(.+?)[’']s? ", name)
    whose = countries(owner[1]) if owner is not None else set()
    if whose and re.search(r"\b(?:spokes\w+|ambassador|officials?|minister|president|leader)$", name, re.IGNORECASE):
        return [f"actor: whose {name} it is, is not told"]
    if whose and not whose & countries(f"{passage.title or ''} {passage.before} {evidence}"):
        return [f"actor: {who} is not named there"]
    outside = re.sub(r"“[^”]*”?|\"[^\"]*\"?", lambda m: " " * len(m[0]), evidence)
    spans = reading.subject_spans(name, outside, None)
    words = tokens(outside)
    cues = [t for t in words if t.low in _CUES]
    for start, end in spans:
        for cue in cues:
            if end <= cue.start and _beside(outside[end : cue.start]) and not _PREPOSED.search(outside[:start]):
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
        people = last_named(passage.before, text)
        surname, first = name.split()[-1], name.split()[0]
        if people and all(surname in p or first in p for p in people):
            return []
        same = [m for m in spans if pronouns and m[1] <= pronouns[0].start]
        if same:
            return []
    return ["actor: the evidence does not give these words to this speaker"]


_PREPOSED = re.compile(r"\b(?:by|with|from|to|against)\s+(?:the\s+)?(?:(?:Prime|Foreign|[A-Z]\w+)\s+){0,4}$")
"""Before a mention that cannot be the subject: "the meeting chaired by Prime Minister X vowed"."""


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
