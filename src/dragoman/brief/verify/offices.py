"""Persons in a finished sentence: whether the passage names them, and whether they held the office that they are given."""

from __future__ import annotations

import re

from dragoman import codebook
from dragoman.brief.document import Passage
from dragoman.brief.material import Actor, Event, Text, iso
from dragoman.brief.verify.lexicon import PRONOUNS
from dragoman.brief.verify.words import countries, named, plain, tokens


def split_office(part: str, text: Text) -> tuple[str, str]:
    """``Chinese President Xi Jinping`` as ("Chinese President", "Xi Jinping"); an empty office where there is none."""
    names = [a.name for a in text.actors.values() if " " in a.name and part.endswith(a.name) and not _is_state(a.name)]
    name = max(names, key=len, default=part)
    return part[: -len(name)].strip(), name


def _is_state(name: str) -> bool:
    return any(n.kind != "person" and n.end - n.start == len(name) for n in named(name))


def has_pronoun(words: str) -> bool:
    return any(t.low in PRONOUNS for t in tokens(words))


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
    if name not in words and shares_surname(person, text):
        out.append(f"actor: the article has more than one {pieces[-1]}")
    if not any(re.search(rf"(?<![\w-]){re.escape(w)}(?![\w-])", words) for w in (pieces[-1], pieces[0])):
        around = " ".join(p.before for p in passages)
        called = person.id == row.target.actor and called_otherwise(row, text)
        if not (
            called or (has_pronoun(words) and re.search(rf"\b{re.escape(pieces[-1])}\b|\b{re.escape(pieces[0])}\b", around))
        ):
            out.append(f"actor: {name} is not in the evidence")
    return out, set(re.findall(r"[^\W_]+", part)) | set(part.split()) | {w.rstrip("’'s") for w in part.split()}


def word_for_word(part: str, text: Text) -> bool:
    """Whether the article itself has an office before a full name, exactly so ("US Special Representative for Iran X")."""
    bare = re.sub(r"^(?:[Tt]he|of) ", "", part)
    return re.search(rf"(?<![\w’'-]){re.escape(bare)}(?![\w-])", text.text) is not None


def shares_surname(person: Actor, text: Text) -> bool:
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
    first, last = name.split()[0], name.split()[-1]
    named_so = rf"(?:(\w[\w.]+) )?(?i:\b{re.escape(office)}),? (?:{re.escape(first)}|{re.escape(last)})\b"
    owners = [m[1] for m in re.finditer(named_so, text.text)]
    return person is not None and bool(owners) and not any(_of_state(w, person.country) for w in owners)


def _of_state(word: str | None, country: str | None) -> bool:
    """Whether a word before an office leaves it the state's: no capital, its name, or a word that begins a sentence."""
    return word is None or not word[0].isupper() or word in _NO_OWNER or country in countries(word)


_NO_OWNER = frozenset("The Then Former Current Deputy Acting And But As When While Prime Vice US U.S. UK U.K.".split())


def called_otherwise(row: Event, text: Text) -> bool:
    """Whether the passage calls the target by a pronoun, or by an office that is sure to be that person's."""
    words = re.sub(r"^the ", "", (row.target.text or "").lower())
    person = text.actors.get(row.target.actor or "")
    return words in PRONOUNS or (person is not None and bool(words) and words == person.role and held(words, person.name, text))
