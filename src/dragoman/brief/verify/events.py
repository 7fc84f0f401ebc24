"""Whether a finished sentence about an event is borne out by the passages it cites."""

from __future__ import annotations

import re

from dragoman import codebook
from dragoman.brief.document import Line, Passage
from dragoman.brief.english import iso_words
from dragoman.brief.material import Actor, Discrepancy, Event, Material, Ref, Text, iso
from dragoman.brief.verify import evidence as reading
from dragoman.brief.verify.lexicon import FORMS, HELPERS, PRONOUNS, REPORTING
from dragoman.brief.verify.persons import last_named, persons_before
from dragoman.brief.verify.told import Told, read
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


def faults(line: Line, row: Event, material: Material) -> tuple[str, ...]:
    """Everything in the sentence that the evidence does not support; empty for a sentence that may be printed."""
    told = read(line.text)
    if told is None or not line.passages:
        return ("the sentence cannot be read",)
    text = material.texts[row.document]
    out: list[str] = []
    out += _against_row(told, row, text)
    out += _dates(told, row, line.passages)
    if told.disputed and not any(_disputes(d, told.disputed) for d in material.discrepancies):
        out.append("date: no discrepancy of the record has these days")
    words = " ".join(p.words.replace("\n", " ") for p in line.passages)
    out += _wording(told, row, text, words, line.passages)
    out += _quotes_and_numbers(line.text, told, words)
    out += _action(told, row, text, line.passages)
    return tuple(out)


def split_office(part: str, text: Text) -> tuple[str, str]:
    """``Chinese President Xi Jinping`` as ("Chinese President", "Xi Jinping"); an empty office where there is none."""
    names = [a.name for a in text.actors.values() if " " in a.name and part.endswith(a.name) and not _is_state(a.name)]
    name = max(names, key=len, default=part)
    return part[: -len(name)].strip(), name


def _is_state(name: str) -> bool:
    return any(n.kind != "person" and n.end - n.start == len(name) for n in named(name))


def _against_row(told: Told, row: Event, text: Text) -> list[str]:
    """The coder must say the same: class, modality, who and whom."""
    out = []
    happened = ("happened", "ongoing")
    if row.root not in told.roots or told.passive:
        out += _in_own_words(told, row, text)
    elif told.modality != row.modality and not (told.modality in happened and row.modality in happened):
        out.append(f"modality: told as {told.modality}, coded as {row.modality}")
    own_word = told.verb in _SAYING and not told.passive and row.asserted_by and asserts(told.subject, row.asserted_by, text)
    if row.asserted_by and not told.attributed and not own_word:
        out.append("attribution: the row is somebody's word, the sentence is not")
    if told.attributed and row.asserted_by and not asserts(told.attributed, row.asserted_by, text):
        out.append("attribution: it is another's word")
    ours = {row.source.country, row.target.country} if row.mutual else {row.source.country}
    within = countries(told.subject)
    if within and not within & ours and row.root in told.roots and not told.passive:
        out.append("actor: the subject is of another country than the row's source")
    return out


_SAYING = frozenset("say claim note argue add state announce confirm allege insist believe".split())
"""Verbs by which the subject itself gives its word: "X claimed (that) ..."."""
_SAYING_FORMS = frozenset(form for form, (base, kinds) in FORMS.items() if base in _SAYING and kinds & {"past", "third"})


def _in_own_words(told: Told, row: Event, text: Text) -> list[str]:
    """A clause whose verb does not tell the row's class by itself: the words that made the row must stand in it, both sides
    be named in it, and what has happened not be told as anything else."""
    out = []
    claim = f"{told.subject} {told.verb} {told.rest}"
    trigger = tokens(text.text[slice(*row.trigger)])
    have = {stem(t.text) for t in tokens(claim)} | {told.verb, stem(told.verb)}
    if not trigger or any(stem(t.text) not in have and FORMS.get(t.low, ("",))[0] != told.verb for t in trigger):
        out.append(f"action: the verb tells {'/'.join(sorted(told.roots)) or 'no class'}, the row {row.root}")
    happened = ("happened", "ongoing")
    if not told.passive and row.root not in told.roots and all(FORMS.get(t.low, ("",))[0] == told.verb for t in trigger):
        out.append(f"action: the verb alone does not tell {row.root}")
    own = any(FORMS.get(t.low, ("",))[0] == told.verb for t in trigger)  # the row is about this very verb
    same = told.modality == row.modality or (told.modality in happened and row.modality in happened)
    if not same and (own or row.modality == "denied" or told.modality == "denied" or row.modality in happened):
        out.append(f"modality: told as {told.modality}, coded as {row.modality}")
    out += [
        "actor: the sentence does not name both sides" for side in (row.source, row.target) if not _names(claim, side, text)
    ]
    return out


def _names(claim: str, side: Ref, text: Text) -> bool:
    """Whether a sentence names a side of a row: its state, or the person by surname."""
    known = text.actors.get(side.actor or "")
    if side.country is None or side.country in countries(claim):
        return side.country is not None
    person = known is not None and " " in known.name and known.name[0].isupper()
    return (
        person
        and known is not None
        and re.search(rf"(?<![\w-]){re.escape(known.name.split()[-1])}(?![\w-])", claim) is not None
    )


def _disputes(row: Discrepancy, days: tuple[Days, ...]) -> bool:
    return row.kind == "date" and sorted(s.value for s in row.sides) == sorted(d.first for d in days)


def asserts(named_for: str, asserter: str, text: Text) -> bool:
    """Whether the one named for a claim is the one whose word the row says it is."""
    actor, body = text.actors.get(asserter), codebook.load().organisation(asserter)
    if actor is None and body is None:
        return False
    called = {t.low for known in (actor, body) if known is not None for t in tokens(known.name)}
    shared = {t.low for t in tokens(named_for)} & called
    same_state = actor is not None and actor.id == actor.country and actor.country in countries(named_for)
    return same_state or bool(shared - {"the", "of", "and"})


def _dates(told: Told, row: Event, passages: tuple[Passage, ...]) -> list[str]:
    out = []
    known: set[Days] = set()
    for p in passages:
        known |= evidence_dates(p.words, p.published) | evidence_dates(f"{p.before}\n{p.words}", p.published)
    own = Days(row.date.first.isoformat(), row.date.last.isoformat()) if row.date else None
    for day in told.dates:
        if own is None or not (day == own or day in (Days(own.first, own.first), Days(own.last, own.last))):
            out.append("date: not the row's")
        elif own not in known and day not in known:
            out.append("date: not in the evidence")
    out += ["date: a day named in passing is not in the evidence" for day in told.inner_dates if day not in known]
    out += ["date: a disputed day is not in the evidence" for day in told.disputed if day not in known]
    if len(set(told.disputed)) < len(told.disputed) or len(told.disputed) == 1:
        out.append("date: nothing is disputed between a day and itself")
    if told.undated and (told.report_day != (iso_words(passages[0].published) if passages[0].published else None)):
        out.append("date: the report is of another day")
    if told.undated and told.report_day and told.outlet != passages[0].outlet:
        out.append("attribution: the report is of another outlet")
    return out


def _quotes_and_numbers(sentence: str, told: Told, words: str) -> list[str]:
    out = []
    flat = plain(words)
    out += [f"quotation: “{q[:40]}” is not in the evidence" for q in quotations(sentence) if plain(q).rstrip(" .,") not in flat]
    body = told_dates(f"{told.subject} {told.rest}")[1]
    extra = numbers(body) - numbers(words)
    out += [f"number: {n} is not in the evidence" for n in sorted(extra)]
    return out


def _wording(told: Told, row: Event, text: Text, words: str, passages: tuple[Passage, ...]) -> list[str]:
    """Names and content words: each in the evidence, or the full name of somebody whom the evidence names shorter."""
    out = []
    allowed: set[str] = set()
    for part in _parts(told.subject) + ([told.attributed] if told.attributed else []):
        fault, more = person_faults(part, text, words, passages, row)
        out += fault
        allowed |= more
    for actor in text.actors.values():
        if actor.id in (row.target.actor, row.source.actor) and actor.name in told.rest:
            fault, more = person_faults(_with_office(actor.name, told.rest), text, words, passages, row)
            out += fault
            allowed |= more
    claim = outside_quotations(f"{told.subject} {told.rest} {told.attributed or ''}")
    here = countries(words) | {c for p in passages for c in countries(p.before)} if _has_pronoun(words) else countries(words)
    for n in named(claim):
        if n.kind == "state" and n.country not in here:
            out.append(f"actor: {n.text} is not in the evidence")
    missing = reading.unsupported_words(claim, words, frozenset(allowed))
    if missing:
        out.append(f"wording: {', '.join(missing[:4])} not in the evidence")
    return out


def _has_pronoun(words: str) -> bool:
    return any(t.low in PRONOUNS for t in tokens(words))


def _with_office(name: str, rest: str) -> str:
    """The name with the office before it, as the sentence has it."""
    m = re.search(rf"((?:[A-Z][\w-]+ |of ){{0,4}}){re.escape(name)}", rest)
    return m[0] if m else name


def _parts(subject: str) -> list[str]:
    """``A and B`` in two, unless the whole is one name."""
    if any(n.end - n.start == len(subject) for n in named(subject)):
        return [subject]
    return [re.sub(r"^[Tt]he ", "", part.strip()) for part in re.split(r",? and |, ", subject) if part.strip()]


def person_faults(part: str, text: Text, words: str, passages: tuple[Passage, ...], row: Event) -> tuple[list[str], set[str]]:
    """A full name with its office: the person must be named here, and the office be known of that person."""
    office, name = split_office(part, text)
    if _is_state(part):
        return [], set()
    person = next((a for a in text.actors.values() if a.name == name), None)
    if person is None or len(name.split()) < 2:
        return [], set()
    if office and re.search(rf"(?<!\w){re.escape(re.sub(r'^(?:the|of) ', '', part))}(?!\w)", words):
        return [], set()  # word for word as the passage has it
    out = []
    if office and (owner := re.fullmatch(r"(?:the )?(.+?)[’']s?", office)):
        if re.search(r"\b(?:spokes\w+|ambassador|officials?|minister|president|leader)$", name, re.IGNORECASE):
            out.append(f"actor: whose {name} it is, is not told")
        nearby = " ".join(f"{p.title or ''} {p.before} {p.words}" for p in passages)
        if not countries(owner[1]) & countries(nearby) or person.country not in countries(owner[1]):
            out.append(f"actor: {part} is not so known in the article")
        return out, set(re.findall(r"[\w-]+", part))
    if office and not word_for_word(part, text):
        state = codebook.load().state(person.country or "")
        of = next((a for a in (state.adjectives if state else ()) if office.startswith(a + " ")), None)
        told = plain(office[len(of) :]) if of else ""
        if of is None or told != plain(person.role or "") or not held(told, name, text):
            out.append(f"actor: {part} is not so known in the article")
    pieces = [w for w in name.split() if len(w) > 1]
    if name not in words and _shares_surname(person, text):
        out.append(f"actor: the article has more than one {pieces[-1]}")
    if not any(re.search(rf"(?<![\w-]){re.escape(w)}(?![\w-])", words) for w in (pieces[-1], pieces[0])):
        around = " ".join(p.before for p in passages)
        called = person.id == row.target.actor and _called_otherwise(row, text)
        if not (
            called or (_has_pronoun(words) and re.search(rf"\b{re.escape(pieces[-1])}\b|\b{re.escape(pieces[0])}\b", around))
        ):
            out.append(f"actor: {name} is not in the evidence")
    return out, set(re.findall(r"[^\W_]+", part)) | set(part.split()) | {w.rstrip("’'s") for w in part.split()}


def word_for_word(part: str, text: Text) -> bool:
    """Whether the article itself has an office before a full name, exactly so ("US Special Representative for Iran X")."""
    bare = re.sub(r"^(?:[Tt]he|of) ", "", part)
    return re.search(rf"(?<![\w’'-]){re.escape(bare)}(?![\w-])", text.text) is not None


def _shares_surname(person: Actor, text: Text) -> bool:
    """Whether the article names somebody else in full who has the same surname: "Clinton" may then be either."""
    first, *_, last = person.name.split()
    if not last[0].isupper():
        return False
    known = {tuple(n.text.split()) for n in named(text.text) if n.kind == "person"}
    known |= {tuple(a.name.split()) for a in text.actors.values()}
    return any(
        len(name) > 1
        and name[-1] == last
        and name[0][0] != first[0]
        and " ".join(name) in text.text
        and name[0].rstrip(".") not in _TITLES_BEFORE
        and codebook.load().word(name[0].lower()) is None
        for name in known
    )


_TITLES_BEFORE = frozenset("Mr Mrs Ms Dr Sir Lord Senator Sen Gov Gen Col Judge Justice Rep Ayatollah Sheikh".split())


def held(office: str, name: str, text: Text) -> bool:
    """Whether a person had an office: it stands before the name in the article, or the tables give it for the article's day.

    Somebody whom the tables know has no other office than theirs: "President Clinton" is not Hillary Clinton.
    """
    listed = {plain(h.office) for h in codebook.load().holdings_of(name)}
    if listed and office not in listed:
        return False
    surname, first = re.escape(name.split()[-1].lower()), re.escape(name.split()[0].lower())
    if re.search(rf"\b{re.escape(office)},? (?:{first}|{surname})\b", plain(text.text)):
        return not _of_a_part(office, name, text)
    day = iso(text.published)
    return day is not None and any(plain(h.office) == office for h in codebook.load().offices_on(name, day))


def _of_a_part(office: str, name: str, text: Text) -> bool:
    """Whether the article knows the office as one of a part of a state only: "Montana Secretary of State X"."""
    person = next((a for a in text.actors.values() if a.name == name), None)
    first, *_, last = name.split()
    named_so = rf"(?:(\w[\w.]+) )?(?i:\b{re.escape(office)}),? (?:{re.escape(first)}|{re.escape(last)})\b"
    owners = [m[1] for m in re.finditer(named_so, text.text)]
    return person is not None and bool(owners) and not any(_of_state(w, person.country) for w in owners)


def _of_state(word: str | None, country: str | None) -> bool:
    """Whether a word before an office leaves it the state's: no capital, its name, or a word that begins a sentence."""
    return word is None or not word[0].isupper() or word in _NO_OWNER or country in countries(word)


_NO_OWNER = frozenset("The Then Former Current Deputy Acting And But As When While Prime Vice US U.S. UK U.K.".split())


def _action(told: Told, row: Event, text: Text, passages: tuple[Passage, ...]) -> list[str]:
    """The evidence's own sentence, read without the row: is this subject there doing this to that?"""
    if told.verb == "visit" and len(passages) >= 1 and _visit(told, text, passages):
        return []
    reasons: list[str] = ["action: the evidence does not tell it of this subject"]
    for p in passages:
        words = p.words.replace("\n", " ")
        places = _places(told, row, text, p, words)
        for found in reading.find(places, told.verb, words, told.passive):
            problem = _mismatch(told, row, words, found, text)
            if problem is None:
                return []
            reasons = [problem]
    return reasons


def _places(told: Told, row: Event, text: Text, p: Passage, words: str) -> list[tuple[int, int]]:
    """Where the subject stands: every part of a joint subject must be somewhere, the first gives the places."""
    parts = _parts(told.subject)
    whole = re.sub(r"^[Tt]he ", "", told.subject)
    literal = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(whole)}(?!\w)", words, re.IGNORECASE)]
    if literal and len(parts) > 1:  # "talks between China and India" is one subject
        return literal
    if literal:  # with all that stands before a name ("opposition leader")
        name = split_office(whole, text)[1]
        return sorted({*literal, *reading.subject_spans(name, words, _pronoun(whole, row, p, text, told.passive))})
    spans: list[list[tuple[int, int]]] = []
    for part in parts:
        name = split_office(part, text)[1]
        spans.append(reading.subject_spans(name, words, _pronoun(part, row, p, text, told.passive)))
    return sorted(spans[0]) if spans and all(spans) else []


def _pronoun(part: str, row: Event, p: Passage, text: Text, passive: bool) -> tuple[int, int] | None:
    """The pronoun that the row takes for the subject, if the passage before names that person alone."""
    if not passive and (said := _said_by_pronoun(part, p, text)) is not None:
        return said
    ref = row.target if passive else row.source
    called, begin = (ref.text or "").lower(), p.start
    if ref.start is None or ref.end is None or not begin <= ref.start < p.end:
        return None
    if called in ("they", "it"):
        return (ref.start - begin, ref.end - begin) if _opens_both(part, ref.start - begin, p) else None
    if called not in ("he", "she"):
        return None
    last, surname = p.before.split("\n")[-1], part.split()[-1]
    people = persons_before(last)
    opening = re.match(r"(?:[A-Z][\w.’'-]* ){0,4}?([A-Z][\w’'-]+)(?= [a-z])", last)
    if opening and any(opening[1] == a.name.split()[-1] for a in text.actors.values() if " " in a.name):
        people.append(opening[1])  # a known surname counts at the beginning of a sentence too
    if people and not all(surname in one or one in part for one in people):
        return None
    if not people and surname not in p.before.split("\n")[0]:
        return None
    return (ref.start - begin, ref.end - begin)


def _said_by_pronoun(part: str, p: Passage, text: Text) -> tuple[int, int] | None:
    """The "he" of a passage that opens with "He said", if the sentences before name that person alone."""
    opening = re.match(r"(?:He|She)(?=\s(?:also |later )?(?:" + "|".join(sorted(_SAYING_FORMS)) + r")\b)", p.words)
    people = last_named(p.before, text) if opening else []
    name = split_office(part, text)[1].split()
    same = bool(people) and all(name[-1] in one or name[0] in one for one in people)
    return opening.span() if opening and same else None


def _opens_both(part: str, at: int, p: Passage) -> bool:
    """Whether "they" or "it" opens its sentence as the subject, and the one told of so opened the sentence before."""
    last = p.before.split("\n")[-1]
    if at > 2 or last.count(".") > 3:
        return False
    for start, end in reading.subject_spans(part, last, None):
        verb = next(iter(tokens(last[end:])), None)
        if last[:start].lower() in ("", "the ") and verb is not None and (verb.low in FORMS or verb.low in HELPERS | REPORTING):
            return True
    return False


def _mismatch(told: Told, row: Event, words: str, found: reading.Found, text: Text) -> str | None:
    """Why a place in the evidence does not bear the sentence out, None where it does."""
    happened = ("happened", "ongoing")
    if found.modality != told.modality and not (found.modality in happened and told.modality in happened):
        return f"modality: the evidence has it as {found.modality}"
    if told.modality in happened and reading.doubtful(words, found, told.rest):
        return "modality: the evidence puts it under a condition"
    rest = told.rest
    whom = text.actors.get(row.target.actor or "")
    allowed = frozenset(whom.name.split()) if whom is not None else frozenset()
    if found.passive:
        if not reading.before_passive(split_office(rest.strip(), text)[1], words, found.verb):
            return "direction: the evidence has another object"
    elif not reading.follows(rest, words, found.verb.end, allowed if _called_otherwise(row, text) else frozenset()):
        return "direction: the words after the verb are not so in the evidence"
    if _DENIED.search(words, found.verb.end) and not _DENIED.search(f" {rest}"):
        return "modality: the evidence goes on that it is denied"
    if reading.reported(words, found):
        if told.attributed is None:
            return "attribution: the evidence gives it on somebody's word"
    elif told.attributed is not None and not any(t.low in REPORTING for t in tokens(words)) and "ccording to" not in words:
        return "attribution: the evidence gives it on nobody's word"
    return None


_DENIED = re.compile(
    r",?\s(?:which|a (?:claim|charge|report|allegation)(?: that| which)?)\s(?:[\w.’'-]+\s){1,5}?"
    r"(?:denied|denies|deny|rejected|rejects|disputed|disputes)\b"
)


def _called_otherwise(row: Event, text: Text) -> bool:
    """Whether the passage calls the target by a pronoun, or by an office that is sure to be that person's."""
    words = re.sub(r"^the ", "", (row.target.text or "").lower())
    person = text.actors.get(row.target.actor or "")
    return words in PRONOUNS or (person is not None and bool(words) and words == person.role and held(words, person.name, text))


def _visit(told: Told, text: Text, passages: tuple[Passage, ...]) -> bool:
    """``X's visit`` in one of the passages, and in one of them that it went to that state."""
    parts = _parts(told.subject)
    words = [p.words.replace("\n", " ") for p in passages]
    owned = any(
        re.match(r"[’']s?\s+(?:[\w-]+\s+){0,3}visit\b|\s+(?:\w+\s+){0,2}(?:arrived|landed|flew|travelled|traveled)\b", w[end:])
        for w in words
        for _, end in reading.subject_spans(split_office(parts[0], text)[1], w, None)
    )
    goal = countries(told.rest)
    there = any(
        goal & countries(w[x.end() : x.end() + 40])
        for w in words
        for x in re.finditer(r"\b(?:arriv\w+ in|visit\w*(?: to)?|travel\w+ to|flew to|landed in)\b", w)
    )
    return len(parts) == 1 and owned and there and told.modality == "happened"
