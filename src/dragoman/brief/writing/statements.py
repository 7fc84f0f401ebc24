"""Key quotations: the speaker with office, the verb of saying, the exact words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.brief import english
from dragoman.brief.document import Line
from dragoman.brief.material import Statement, Text, iso
from dragoman.brief.writing import names
from dragoman.brief.writing.dates import settled

SAYING = english.forms(
    "say tell note warn state add call claim declare announce stress emphasise emphasize argue insist reiterate "
    "describe urge ask "
    "accuse condemn praise deny write explain reply respond vow pledge promise acknowledge admit suggest propose "
    "believe express "
    "denounce hail confirm conclude affirm assert underline maintain demand criticise criticize welcome thank".split()
)
SHORTEST, LONGEST = 6, 50
"""Words of a quotation worth printing: shorter says nothing, longer is a speech."""
_LEADING = re.compile(r"^(?:and|but|so|well|now)\b", re.IGNORECASE)


def statement_lines(statement: Statement, text: Text, known: frozenset[str] = frozenset()) -> Iterator[Line]:
    """The sentence that gives a statement; none where the speaker cannot be named or the words are no quotation."""
    who = names.phrase(statement.speaker, text, known)
    content = " ".join(statement.content.split())
    if who is None or not SHORTEST <= len(content.split()) <= LONGEST:
        return
    tellings = {"direct": (_direct, _reported), "mixed": (_mixed,), "indirect": (_reported,)}[statement.kind]
    for tell in tellings:
        for told in tell(statement, text, who, content):
            yield Line(told, "statement", (text.passage(statement.sentence),), (statement.id,), note=_note(statement, text))


def cue_verb(cue: str | None) -> str:
    """The past of the verb in the cue; ``said`` where it is none that the writer knows."""
    for word in (cue or "").lower().split():
        if word in SAYING:
            base = SAYING[word][0]
            return english.past(base) if base != "tell" else "said"
    return "said"


def _direct(statement: Statement, text: Text, who: str, content: str) -> Iterator[str]:
    words = re.split(r"[”\"]", content.strip('“”"‘’ '))[0].rstrip(",;: ")
    if len(words.split()) < SHORTEST:
        return
    if words[:1].islower() and not _LEADING.match(words):
        words = "… " + words
    words = words if words[-1:] in ".!?" else words + "."
    to = _addressee(statement, text)
    verb = f"told {to}" if to else cue_verb(statement.cue)
    if verb.split()[0] not in ("told", "said", "noted", "warned", "stated", "added", "declared", "wrote", "argued", "stressed"):
        verb = "said"
    yield f"{_capital(who)} {verb}: “{words}”"


def _addressee(statement: Statement, text: Text) -> str | None:
    if statement.addressee is None or statement.addressee.actor == statement.speaker.actor:
        return None
    return names.phrase(statement.addressee, text, frozenset({statement.addressee.actor or ""}))


def _mixed(statement: Statement, text: Text, who: str, content: str) -> Iterator[str]:
    """Reported words with quotations in them, in the order of the article: verb of saying, then what was said."""
    if not re.search(r"[“\"]", content):
        return
    that = _that(statement, text)
    if that is None:
        return
    words = content.rstrip(" ,;")
    words = words if re.search(r"[.!?][”\"]?$", words) else words + "."
    if _PRONOUN.search(re.sub(r"“[^”]*”|\"[^\"]*\"", " ", words)):
        return
    if cue_verb(statement.cue) in _CLAUSAL and not _clause(words):
        return
    if words.count("“") != words.count("”") or words.count('"') % 2:
        return
    yield f"{_capital(who)} {cue_verb(statement.cue)} {that}{words}"


_PRONOUN = re.compile(
    r"\b(?:they|he|she|it|we|i|you|them|us|me|my|our|your|this|these|those|here|there)\b(?!\.)|"
    r"\bon the (?:subject|matter|issue|topic)\b",
    re.IGNORECASE,
)


def _that(statement: Statement, text: Text) -> str | None:
    """``that `` or nothing, as it stands between the verb of saying and what was said; None where something else does."""
    _, begin, end = text.sentences[statement.sentence]
    start, stop = statement.content_span
    if not statement.cue or not begin <= start < stop <= end:
        return None
    lead = text.text[begin:start].replace("\n", " ")
    cue = re.search(rf"\b{re.escape(statement.cue.split()[0])}\b\s*(?P<that>that\s)?$", lead)
    return (cue["that"] or "") if cue is not None else None


def _reported(statement: Statement, text: Text, who: str, content: str) -> Iterator[str]:
    """Reported speech in the article's own words, where these are a clause of their own that points nowhere outside itself."""
    that, words = _that(statement, text), content.rstrip(" ,;.")
    if that is None or re.search(r"[“”\"]", content) or statement.cue is None or _PRONOUN.search(words):
        return
    verb = cue_verb(statement.cue)
    if verb in _CLAUSAL and not _clause(words):
        return
    if SAYING.get(statement.cue.split()[0].lower(), ("",))[0] == "" or not 6 <= len(words.split()) <= 36:
        return
    if settled(words, iso(text.published), None) != words:  # "last week" would have to be reckoned
        return
    yield f"{_capital(who)} {verb} {that}{words}."


_CLAUSAL = frozenset(
    "said noted claimed argued added stated declared insisted believed explained acknowledged admitted suggested".split()
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|could|can|may|might|should|must|did|does|do|wants?|needs?)\b|n['’]t\b"
)


def _clause(words: str) -> bool:
    """Whether what was said is a sentence of its own, so that it can follow "said"."""
    verb = _FINITE.search(words)
    relative = re.search(r"\b(?:who|which|whose)\b", words)
    return verb is not None and verb.start() > 0 and (relative is None or verb.start() < relative.start())


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


_POINTING = re.compile(r"(?:… )?(?:it|this|that|these|those|they|such|there)\b", re.IGNORECASE)
"""Beginnings of a quotation that speaks of what only its article names."""


def _published(day: str) -> str:
    return f"reported {'on' if len(day) == 10 else 'in'} {english.iso_words(day)}"


def _note(statement: Statement, text: Text) -> str:
    """Date and stance as labels: the day of the report, since the day of the words is not coded."""
    day = iso(text.published)
    when = _published(day) if day else "undated"
    if _POINTING.match(statement.content.strip('“”"‘’ ')) and not names.inside(statement.content) and text.title:
        title = text.title.split()
        when += f", in “{' '.join(title[:10])}{' …' if len(title) > 10 else ''}”"
    to = english.listed([names.country(c) or c for c in statement.about])
    stance = {1: f"friendly towards {to}", -1: f"hostile towards {to}"}.get(statement.stance if to else 0)
    return f"{when}; coded {stance}" if stance else when
