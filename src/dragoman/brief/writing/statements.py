"""Key quotations: the speaker with office, the verb of saying, the exact words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.brief import english
from dragoman.brief.document import Line
from dragoman.brief.material import Statement, Text, iso
from dragoman.brief.writing import names

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
    if who is None or statement.kind == "indirect" or not SHORTEST <= len(content.split()) <= LONGEST:
        return
    for told in _direct(statement, text, who, content) if statement.kind == "direct" else _mixed(statement, text, who, content):
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
    _, begin, end = text.sentences[statement.sentence]
    start, stop = statement.content_span
    if statement.cue is None or not begin <= start < stop <= end:
        return
    lead = text.text[begin:start].replace("\n", " ")
    cue = re.search(rf"\b{re.escape(statement.cue.split()[0])}\b\s*(?P<that>that\s)?$", lead)
    if cue is None:
        return
    words = content.rstrip(" ,;")
    words = words if re.search(r"[.!?][”\"]?$", words) else words + "."
    if re.search(r"\b(?:they|he|she|it|we|them|this|these|those)\b", re.sub(r"“[^”]*”|\"[^\"]*\"", " ", words)):
        return
    if cue_verb(statement.cue) in _CLAUSAL and not _clause(words):
        return
    if words.count("“") != words.count("”") or words.count('"') % 2:
        return
    yield f"{_capital(who)} {cue_verb(statement.cue)} {cue['that'] or ''}{words}"


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


def _reported(day: str) -> str:
    return f"reported {'on' if len(day) == 10 else 'in'} {english.iso_words(day)}"


def _note(statement: Statement, text: Text) -> str:
    """Date and stance as labels: the day of the report, since the day of the words is not coded."""
    day = iso(text.published)
    when = _reported(day) if day else "undated"
    to = english.listed([names.country(c) or c for c in statement.about])
    stance = {1: f"friendly towards {to}", -1: f"hostile towards {to}"}.get(statement.stance if to else 0)
    return f"{when}; coded {stance}" if stance else when
