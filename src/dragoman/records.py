"""What the stages hand to each other: frozen records, and their one way to JSON.

All offsets are half-open character offsets into ``Article.text`` and hold ``text[start:end] == row.text``.
All dates are ISO 8601 strings. ``None`` means "not known"; nothing here is ever a guess.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, fields, is_dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import pandas

SentenceKind = Literal["title", "heading", "body", "caption"]
Modality = Literal["happened", "ongoing", "planned", "hypothetical", "denied"]
How = Literal["explicit", "relative", "dateline", "metadata", "inferred"]
StatementKind = Literal["direct", "indirect", "mixed"]
DiscrepancyKind = Literal["date", "number", "actor", "outcome", "attribution"]


def content_id(*parts: object) -> str:
    """Sixteen hex digits of the SHA-256 of the parts: the same content has the same id on every machine."""
    joined = "\x1f".join("" if part is None else str(part) for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def to_json(value: Any) -> Any:
    """JSON types of a record: tuples become lists, ``from_`` becomes ``from``."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name.rstrip("_"): to_json(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, (list, tuple)):
        return [to_json(item) for item in value]
    if isinstance(value, dict):
        return {key: to_json(item) for key, item in value.items()}
    return value


@dataclass(frozen=True, slots=True)
class Document:
    """An input that is already text: what ``reader.pipe`` takes beside paths and bytes."""

    text: str
    title: str | None = None
    published: str | None = None
    url: str | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Interval:
    """A calendar interval, both ends included.

    ``precision`` is day, week, month, season, quarter, year, decade, century or range.
    """

    from_: str | None
    to: str | None
    precision: str
    how: How
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """``i`` counts from 0 over the whole article, titles, headings and captions included."""

    i: int
    kind: SentenceKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Caption:
    """A figure's caption; ``credit`` is the words that name who made the picture."""

    text: str
    start: int
    end: int
    credit: str | None = None


@dataclass(frozen=True, slots=True)
class Discard:
    """Something left out, at which stage and why.

    What is not part of the stored text (a menu of an HTML page) has an empty span, ``text == ""``, and its words in ``detail``.
    """

    stage: str
    reason: str
    text: str = ""
    start: int = 0
    end: int = 0
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """A text ready to be coded. ``id`` is the hash of ``text``."""

    id: str
    title: str | None
    outlet: str | None
    authors: tuple[str, ...]
    language: str | None
    url: str | None
    published: Interval | None
    categories: tuple[str, ...]
    reading_minutes: int | None
    text: str
    sentences: tuple[Sentence, ...]
    headings: tuple[str, ...] = ()
    captions: tuple[Caption, ...] = ()
    discards: tuple[Discard, ...] = ()

    def words(self, sentence: int) -> str:
        """The text of one sentence."""
        s = self.sentences[sentence]
        return self.text[s.start : s.end]


@dataclass(frozen=True, slots=True)
class Mention:
    sentence: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Actor:
    """A state, organisation, office-holder or group.

    ``country`` is ISO 3166-1 alpha-3, or IGO / NGO for organisations of no state, or None; ``sector`` is one of the codebook's
    sectors; ``organisation`` is the id of the organisation that the actor is or belongs to.
    """

    id: str
    name: str
    country: str | None
    sector: str | None
    organisation: str | None = None
    role: str | None = None
    role_from: str | None = None
    role_to: str | None = None
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class ActorRef:
    """An actor as one row names it. ``text`` and the offsets are None for an actor without words of its own."""

    actor: str | None
    text: str | None
    start: int | None
    end: int | None
    country: str | None
    sector: str | None


@dataclass(frozen=True, slots=True)
class Span:
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Evidence:
    article: str
    sentence: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Place:
    name: str
    country: str | None
    lat: float | None
    lon: float | None


@dataclass(frozen=True, slots=True)
class Event:
    """One interaction: what a source does, says or plans, directed at a target (RECORD.md)."""

    id: str
    source: ActorRef
    target: ActorRef
    root: str
    mode: str | None
    context: tuple[str, ...]
    quad: int
    cameo: str
    intensity: float
    modality: Modality
    asserted_by: str | None
    mutual: bool
    date: Interval | None
    place: Place | None
    trigger: Span
    score: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """Reported speech. ``stance`` is 1 friendly, -1 hostile, 0 neither, towards the states in ``about``."""

    id: str
    speaker: ActorRef
    cue: Span | None
    kind: StatementKind
    content: Span
    addressee: ActorRef | None
    about: tuple[str, ...]
    stance: int
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Instrument:
    """A named agreement, statement, project, sanction, tariff or exercise, with its parties and its status.

    ``status`` is proposed, negotiated, signed, in force, stalled or ended.
    """

    id: str
    name: str
    kind: str
    parties: tuple[str, ...]
    status: str | None
    date: Interval | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity: ``what`` it counts, ``of`` whom, ``on`` whom (actor countries or ids, None where the text does not say).

    ``unit`` is percent, an ISO 4217 code, or the plural of what is counted. Of a range, ``value`` is the lower end
    and ``to`` the upper.
    ``bound`` is at least, at most or about where the text says so, None for an exact figure.
    """

    value: float
    unit: str
    what: str | None
    of: str | None
    on: str | None
    text: str
    evidence: tuple[Evidence, ...]
    to: float | None = None
    bound: str | None = None


@dataclass(frozen=True, slots=True)
class Side:
    value: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """Passages that cannot all be true.

    ``favoured`` is the index of the side that the rest supports, None where nothing decides.
    """

    id: str
    kind: DiscrepancyKind
    about: str
    sides: tuple[Side, ...]
    favoured: int | None
    reason: str
    score: float


@dataclass(frozen=True, slots=True)
class Relation:
    """What ``reader.relations`` says of one marked pair.

    ``root`` is the plain root of the 16; ``plover`` the one coded class with modality folded in (docs/codebook.md), ``quad``
    its quad class; ``scores`` gives a probability for every root.
    """

    root: str
    modality: Modality
    plover: str
    quad: int
    score: float
    scores: dict[str, float]


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression and the calendar interval it names; both ends None where it cannot be anchored."""

    start: int
    end: int
    text: str
    from_: str | None
    to: str | None
    precision: str | None
    how: How | None


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says what: character spans of source, cue and content.

    A part without words is None; a part in pieces gives the pieces' hull.
    """

    source: tuple[int, int] | None
    cue: tuple[int, int] | None
    content: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Why:
    """Why a row stands: the words it rests on, the rule or model that made it, and its scores (``--explain``)."""

    row: str
    table: str
    words: str
    by: str
    score: float | None = None
    alternatives: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """One article, read: the JSON contract of RECORD.md."""

    dragoman: dict[str, Any]
    article: Article
    actors: tuple[Actor, ...] = ()
    events: tuple[Event, ...] = ()
    statements: tuple[Statement, ...] = ()
    instruments: tuple[Instrument, ...] = ()
    figures: tuple[Figure, ...] = ()
    discrepancies: tuple[Discrepancy, ...] = ()
    discards: tuple[Discard, ...] = ()
    explanations: tuple[Why, ...] = field(default=(), repr=False)

    def to_dict(self, *, explain: bool = False) -> dict[str, Any]:
        """The record in JSON types; ``explain`` adds the table of reasons."""
        out: dict[str, Any] = to_json(self)
        del out["article"]["discards"]
        why = out.pop("explanations")
        if explain:
            out["explanations"] = why
        return out

    def to_frame(self, table: str) -> pandas.DataFrame:
        """One table of the record as a pandas frame, nested fields flattened with dots (``source.country``).

        Parameters: ``table`` is one of actors, events, statements, instruments, figures, discrepancies, discards, sentences.
        Needs pandas, which is not part of the plain install.
        """
        import pandas

        rows = self.to_dict()["article"]["sentences"] if table == "sentences" else self.to_dict().get(table)
        if not isinstance(rows, list):
            from dragoman.errors import UsageError

            raise UsageError(f"no table {table!r} in a record; tables are {', '.join(tables())}")
        return pandas.json_normalize(rows)


def tables() -> Iterable[str]:
    """Names of the tables that ``Record.to_frame`` gives."""
    return ("actors", "events", "statements", "instruments", "figures", "discrepancies", "discards", "sentences")
