"""Named agreements, statements, projects, sanctions, tariffs and exercises, with their parties and how far they have come.

One row an instrument: a shorter form ("the pipeline") or other words for the same thing are further evidence of the row.
The status is the furthest that the article reports; what is planned, asked for or only possible is never told as done.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from dragoman import codebook
from dragoman.coding.findings import instrument_words
from dragoman.coding.findings.instrument_names import Candidate, candidates
from dragoman.coding.findings.instrument_words import InstrumentWords
from dragoman.coding.findings.named import Actors, Named, named
from dragoman.records import Article, Evidence, Instrument, Interval, Modality, content_id

DateOf = Callable[[int, int, int, Modality], "Interval | None"]  # sentence, start and end of the words that report the status

_MODALITY: dict[str, Modality] = {"proposed": "planned", "negotiated": "ongoing"}
_HEDGE = re.compile(
    r"\b(?:will|would|could|may|might|must|should|to|not|never|n['’]t|if|unless|"
    r"until|refus\w+|fail\w*|hop\w+|expect\w*|plan\w*|threaten\w*|"
    r"propos\w*|urg\w+|call\w* for|before|without|against|possible|yet)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_DENIED = re.compile(r"\b(?:not|never|n['’]t|refus\w+|fail\w*|without|no)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_PARTY_VERB = re.compile(
    r"\b(?:sign\w*|reach\w*|conclud\w*|struck|strike|inked|seal\w*|ratif\w+|"
    r"agree\w*|negotiat\w+|clinch\w*|impos\w+|slapp\w*|levi\w+|announc\w+|"
    r"withdr[ae]w\w*|pull\w*|quit|hold|holds|held|holding|stag\w+|began|start\w*|"
    r"launch\w*|build|building|built|plan\w*|issu\w+|threaten\w*|propos\w+|lift\w*|"
    r"adopt\w*)\b",
    re.IGNORECASE,
)
_CONNECTS = re.compile(r"\b(?:connect|link|carry|run|transport|bring|pump|deliver)\w*\b", re.IGNORECASE)
_RELATIVE = re.compile(
    r"\s*,\s*(?:(?:which|that)\s+(?:(?:was|were|is|are|has|have|had|been|first|"
    r"formally|finally|recently|also|still|now|never)\s+)*|(?:first|formally|"
    r"finally|originally|recently)\s+)?"
)
_AUXILIARIES = re.compile(
    r"\s*(?:(?:which|that|was|were|is|are|has|have|had|been|it|first|formally|"
    r"finally|recently|also|still|now|never|to|be|by|remains?|remained)\b\s*)*|\s*\(?\s*"
)
_CAPITALS = re.compile(r"\b([A-Z](?:[\w.-]*\w)?(?:\s+[A-Z](?:[\w.-]*\w)?)?)")
_ABOUT = re.compile(r"\s(?:on|of|for|concerning|regarding|about)\s")
_CLAUSE_END = re.compile(r"[;:]|,\s+(?:but|while|although|whereas)\b")


@dataclass
class _Row:
    """An instrument while the article is read."""

    mentions: list[Candidate]
    parties: dict[str, None] = field(default_factory=dict)
    titled: dict[str, None] = field(default_factory=dict)  # actors of the title alone, parties where nothing better is known
    statuses: dict[str, Interval | None] = field(default_factory=dict)

    @property
    def family(self) -> tuple[str, str]:
        return self.mentions[0].kind, self.mentions[0].family


def instruments(article: Article, actors: Actors, *, date_of: DateOf | None = None) -> tuple[Instrument, ...]:
    """The instruments of an article in the order in which they are first named.

    ``parties`` are countries or actor ids in the order of the text; ``status`` is None where the article says nothing about it;
    ``date`` is that of the status, by ``date_of``, None without it.
    """
    words = instrument_words.load()
    rows: list[_Row] = []
    for sentence in article.sentences:
        if sentence.kind == "heading" or not words.head.search(article.text, sentence.start, sentence.end):
            continue
        # "The Paris Agreement" may also be read as a group of France; an instrument is no party.
        known = named(actors, sentence.i)
        who = [name for name in known if not words.head.search(article.text, name.start, name.end)]
        for candidate in candidates(article.text, sentence, who, words):
            row = _row_for(rows, candidate, words)
            if row is None:
                continue
            _note(article, row, candidate, who, words, date_of)
    return tuple(_instrument(article, row) for row in rows)


def subjects(article: Article, rows: Sequence[Instrument]) -> tuple[tuple[int, int], ...]:
    """Spans of what documents are about by their titles: behind "on" or "of" in the name of an agreement or a statement.

    "The Joint Statement on the 80th Anniversary of the Victory" tells of no victory by those who signed it.
    """
    out = []
    for row in rows:
        about = _ABOUT.search(row.name) if row.kind in ("agreement", "statement") else None
        if about is None:
            continue
        title = re.compile(r"\s+".join(re.escape(word) for word in row.name.split()))
        out += [(m.start() + about.end(), m.end()) for m in title.finditer(article.text)]
    return tuple(out)


def _row_for(rows: list[_Row], candidate: Candidate, words: InstrumentWords) -> _Row | None:
    """The row that the candidate names again, a new one, or None for a short reference to nothing named."""
    fits = [row for row in reversed(rows) if _fits(row, candidate, words)]
    if fits:
        # "The pact" means what the article speaks of most; of equals the one named last.
        row = max(fits, key=lambda row: len(row.mentions)) if candidate.bare else fits[0]
        row.mentions.append(candidate)
        return row
    if candidate.bare:
        return None
    rows.append(_Row([candidate]))
    return rows[-1]


def _fits(row: _Row, candidate: Candidate, words: InstrumentWords) -> bool:
    if candidate.bare:
        return row.family[0] == candidate.kind and candidate.family in (row.family[1], "project")
    if row.family == (candidate.kind, candidate.family):
        return any(_same(known, candidate, words) for known in row.mentions if not known.bare) or _alias_of(
            row, candidate, words
        )
    return row.family[0] == candidate.kind and _alias_of(row, candidate, words)


def _alias_of(row: _Row, candidate: Candidate, words: InstrumentWords) -> bool:
    alias = _alias(candidate, words)
    return alias is not None and alias == _alias(row.mentions[0], words)


def _alias(candidate: Candidate, words: InstrumentWords) -> str | None:
    return words.same.get(candidate.name.lower()) or (candidate.name if candidate.name in words.names else None)


def _same(known: Candidate, new: Candidate, words: InstrumentWords) -> bool:
    """Whether two namings can be one: the words of one are among the other's, and so are the actors."""
    less, more = sorted((known.topics, new.topics), key=len)
    if not less <= more:
        return False
    numbers = {word for word in known.topics ^ new.topics if word.isdigit() and len(word) < 4}
    if numbers and known.proper and new.proper:
        return False  # Power of Siberia is another line than Power of Siberia 2
    if known.kind == "project" and known.topics != new.topics and known.proper and new.proper and not less:
        return False
    actors_less, actors_more = sorted((set(known.named), set(new.named)), key=len)
    if not actors_less <= actors_more:
        return False
    if not less and not (actors_less and actors_less == actors_more):
        return bool(new.definite and not new.proper and actors_less)
    return bool(less) or known.family == new.family


def _note(
    article: Article, row: _Row, candidate: Candidate, who: Sequence[Named], words: InstrumentWords, date_of: DateOf | None
) -> None:
    sentence = article.sentences[candidate.sentence]
    clause_start, clause_end = _clause(article.text, sentence.start, sentence.end, candidate)
    by = _parties(article.text, candidate, who, clause_start, clause_end)
    for key in (*_imposer(candidate, who), *candidate.named, *by):
        row.parties.setdefault(key)
    if not row.parties:
        row.titled.update(dict.fromkeys(candidate.inside))
    for status, span in _statuses(article.text, candidate, clause_start, clause_end, words):
        date = date_of(candidate.sentence, *span, _MODALITY.get(status, "happened")) if date_of is not None else None
        if status not in row.statuses or row.statuses[status] is None:
            row.statuses[status] = date


def _imposer(candidate: Candidate, who: Sequence[Named]) -> list[str]:
    """Of a tariff or sanctions on the one state that its name holds: the only other that the sentence names."""
    others = {name.key for name in who} - set(candidate.named)
    return list(others) if candidate.kind in ("tariff", "sanction") and len(candidate.named) == 1 and len(others) == 1 else []


def _clause(text: str, start: int, end: int, candidate: Candidate) -> tuple[int, int]:
    for stop in _CLAUSE_END.finditer(text, start, candidate.start):
        start = stop.end()
    later = _CLAUSE_END.search(text, candidate.end, end)
    return start, later.start() if later else end


def _parties(text: str, candidate: Candidate, who: Sequence[Named], start: int, end: int) -> list[str]:
    """Those who sign, hold or impose it: the subject of the verb before it, or "by" and "between" after it."""
    verbs = list(_PARTY_VERB.finditer(text, start, candidate.start))
    verb = verbs[-1] if verbs else None
    if verb is not None and not re.search(r"[,;.]\s", text[verb.end() : candidate.start]):
        if _DENIED.search(text[start : verb.start()]):
            return []
        subjects = [name for name in who if start <= name.start and name.end <= verb.start()]
        return _joined(text, subjects, verb.start())
    after = text[candidate.end : end]
    by = re.search(
        r"\b(?:signed|reached|concluded|agreed|adopted|imposed|negotiated)\b[^,;.]{0,30}?\b(?:by|between)\s+(?:the\s+)?", after
    )
    if by:
        return [name.key for name in who if candidate.end + by.end() <= name.start < min(end, candidate.end + by.end() + 60)]
    if candidate.kind == "project" and candidate.named == ():
        connects = _CONNECTS.search(after)
        if connects:
            return _states(after[connects.end() :])
    return []


def _states(text: str) -> list[str]:
    """The states that a phrase of places names: a project's ends are places, which are no actors."""
    found: dict[str, None] = {}
    for match in _CAPITALS.finditer(text):
        for words in (match[1], match[1].split()[0], match[1].split()[-1]):
            states = codebook.load().states_by("name", words) or codebook.load().states_by("adjective", words)
            if states:
                found.setdefault(codebook.load().country(states[0].id))
                break
    return list(found)


def _joined(text: str, names: Sequence[Named], limit: int) -> list[str]:
    """The last run of names joined by "and" before a verb; the actor that only owns or is met is left."""
    run: list[Named] = []
    for name in reversed(names):
        gap = text[name.end : (run[-1].start if run else limit)]
        if not run:
            if len(gap) > 60:
                return []
            run.append(name)
        elif (name.start, name.end) == (run[-1].start, run[-1].end):
            run.append(name)  # "both leaders" names two
        elif (
            len(gap) < 40
            and re.search(r"(?:\band\b|,)\s*(?:[A-Za-z.’' ]{0,30})$", gap)
            and not re.search(r"\b(?:that|which|who|said)\b", gap)
        ) or (name.key == run[-1].key and len(gap) < 25):
            run.append(name)
        else:
            break
    return list(dict.fromkeys(name.key for name in reversed(run)))


def _statuses(
    text: str, candidate: Candidate, start: int, end: int, words: InstrumentWords
) -> list[tuple[str, tuple[int, int]]]:
    """Statuses that the clause reports of this instrument, with the words."""
    found: list[tuple[str, tuple[int, int]]] = []
    if re.search(r"\brecent\s+$", text[start : candidate.start]):  # what is recent exists
        known = {"agreement": "signed", "statement": "signed"}.get(candidate.kind, "in force")
        found.append((known, (candidate.start, candidate.end)))
    for status, pattern in words.status:
        for match in pattern.finditer(text, start, end):
            inside = candidate.start <= match.start() < candidate.end
            gap = text[match.end() : candidate.start] if match.end() <= candidate.start else text[candidate.end : match.start()]
            if not inside and not _near(
                gap, before=match.end() <= candidate.start, light=status in ("proposed", "stalled", "negotiated")
            ):
                continue
            if status in ("ended", "in force", "signed"):
                hedge = text[max(start, match.start() - 40) : match.start()]
                noun = match.group().lower().endswith(" of")
                if _HEDGE.search(hedge) and not (noun and re.search(r"\bto\s+(?:\w+\s+){0,2}$", hedge)):
                    found.append(("proposed", match.span()))
                    continue
                if (
                    candidate.kind == "project"
                    and status == "signed"
                    and not inside
                    and match.group().lower() in ("announced", "approved", "passed")
                ):
                    continue
            found.append((status, match.span()))
    return found


def _near(gap: str, *, before: bool, light: bool) -> bool:
    """Whether a verb is about the instrument: close, in the same clause, no other head between."""
    if before:
        return len(gap) < (60 if light else 40) and not re.search(
            r"[,;]|\b(?:that|which|who)\b" + ("" if light else r"|\band\b"), gap
        )
    if gap.lstrip().startswith(","):
        # "the treaty, signed in 1951" and "the treaty, which was signed", not "replaces the treaty, still has to be signed"
        return bool(_RELATIVE.fullmatch(gap)) or (light and bool(re.fullmatch(r"\s*,\s*", gap)))
    return len(gap) < 60 and bool(_AUXILIARIES.fullmatch(gap))


def _instrument(article: Article, row: _Row) -> Instrument:
    best = max(row.mentions, key=lambda mention: (mention.proper, len(mention.topics) + len(mention.named), -mention.start))
    status = next((name for name in instrument_words.STATUSES if name in row.statuses), None)
    evidence = tuple(Evidence(article.id, mention.sentence, mention.start, mention.end) for mention in row.mentions)
    made = Instrument(
        "", best.name, row.family[0], tuple(row.parties or row.titled), status, row.statuses.get(status or ""), evidence
    )
    return replace(made, id=content_id("instrument", article.id, made.kind, made.name, evidence[0].start))
