"""From the archive's tables to a brief's material: the rows that touch the question, corrections applied."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from dragoman.archive.corrections import current
from dragoman.brief.material import Actor, Discrepancy, Event, Figure, Instrument, Material, Ref, Side, Statement, Text, When
from dragoman.brief.question import Question
from dragoman.settings import DEFAULT, Settings

if TYPE_CHECKING:
    import duckdb


def gather(connection: duckdb.DuckDBPyConnection, question: Question, settings: Settings = DEFAULT) -> Material:
    """Read what touches the question, corrections applied. ``connection`` has the archive's tables under their names.

    Of a pair told of in more than ``settings.brief_articles`` articles, those with the most and weightiest events are read.
    """
    events = _events(connection, question)
    documents = _weightiest(events, settings.brief_articles) | _speaking(connection, question, settings.brief_articles)
    texts = _texts(connection, sorted(documents))
    events = tuple(e for e in events if e.document in texts and _on_topic(question, texts[e.document], e.sentence))
    return Material(
        question,
        events,
        _third(connection, question, sorted({e.document for e in events})),
        _statements(connection, question, texts),
        _instruments(connection, question, texts),
        _figures(connection, question, texts),
        _discrepancies(connection, texts),
        texts,
        {r["document"]: r["of"] for r in _rows(connection, 'SELECT document, "of" FROM copies')},
        _rows(connection, "SELECT count(*) AS n FROM articles")[0]["n"],
        tuple(r["models"] for r in _rows(connection, "SELECT DISTINCT models FROM articles ORDER BY models") if r["models"]),
    )


def _weightiest(events: Sequence[Event], most: int) -> set[str]:
    weight: dict[str, float] = {}
    for e in events:
        weight[e.document] = weight.get(e.document, 0.0) + e.score * (1 + abs(e.intensity))
    return set(sorted(weight, key=lambda d: (-weight[d], d))[:most])


def _rows(connection: duckdb.DuckDBPyConnection, sql: str, values: Sequence[Any] = ()) -> list[dict[str, Any]]:
    found = connection.execute(sql, list(values))
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _between(question: Question) -> tuple[str, list[Any]]:
    """SQL that holds for rows between the two parties, and its values."""
    one = [list(question.first.countries), question.first.organisation or ""]
    if question.second is None:
        return (
            "((list_contains(?, source_country) OR source_actor = ?) AND target_country IS NOT NULL "
            "AND NOT list_contains(?, target_country)) OR ((list_contains(?, target_country) OR target_actor = ?) "
            "AND source_country IS NOT NULL AND NOT list_contains(?, source_country))",
            [*one, one[0], *one, one[0]],
        )
    two = [list(question.second.countries), question.second.organisation or ""]
    is_in = "(list_contains(?, {0}_country) OR {0}_actor = ?)"
    way = f"({is_in.format('source')} AND {is_in.format('target')})"
    return f"{way} OR {way}", [*one, *two, *two, *one]


def _within(question: Question) -> tuple[str, list[Any]]:
    """SQL that holds for rows dated, or else published, within the question's time."""
    words, values = "TRUE", []
    if question.since:
        words += " AND coalesce(date_to, date_from, published) >= ?"
        values.append(question.since)
    if question.until:
        words += " AND coalesce(date_from, published) <= ?"
        values.append(question.until)
    return words, values


def _grouped(connection: duckdb.DuckDBPyConnection) -> str:
    """SQL of all events with their group, up to the conditions that a caller adds."""
    return (
        f'SELECT e.*, g."group" AS event_group FROM {current(connection, "events")} e '
        'LEFT JOIN (SELECT event, min("group") AS "group" FROM groups GROUP BY event) g ON g.event = e.id '
        "WHERE e.sentence IS NOT NULL AND "
    )


def _events(connection: duckdb.DuckDBPyConnection, question: Question) -> tuple[Event, ...]:
    between, sides = _between(question)
    within, days = _within(question)
    told = "e.document IS NOT NULL AND e.score IS NOT NULL"  # imported rows have no passage to cite
    rows = _rows(
        connection,
        f"{_grouped(connection)} ({between}) AND {within} AND {told} ORDER BY e.document, e.start, e.id",
        [*sides, *days],
    )
    return tuple(_event(r) for r in rows)


def _third(connection: duckdb.DuckDBPyConnection, question: Question, documents: list[str]) -> tuple[Event, ...]:
    """Events between one of the parties and somebody else, in articles that tell of both parties."""
    if question.second is None:
        return ()
    within, days = _within(question)
    ours = sorted(question.countries)
    rows = _rows(
        connection,
        f"{_grouped(connection)} list_contains(?, e.document) AND {within} "
        "AND source_country IS NOT NULL AND target_country IS NOT NULL "
        "AND list_contains(?, source_country) != list_contains(?, target_country) ORDER BY e.document, e.start, e.id",
        [documents, *days, ours, ours],
    )
    return tuple(_event(r) for r in rows)


def _event(r: dict[str, Any]) -> Event:
    return Event(
        r["id"],
        r["document"],
        r["sentence"],
        _ref(r, "source"),
        _ref(r, "target"),
        r["root"],
        r["mode"],
        r["quad"],
        r["intensity"],
        r["modality"],
        r["asserted_by"],
        bool(r["mutual"]),
        _when(r),
        (r["trigger_start"], r["trigger_end"]),
        r["score"],
        r["event_group"] or r["id"],
        r["published"],
    )


def _ref(r: dict[str, Any], side: str) -> Ref:
    return Ref(*(r[f"{side}_{name}"] for name in ("actor", "text", "start", "end", "country", "sector")))


def _when(r: dict[str, Any], name: str = "date") -> When | None:
    first, last = r[f"{name}_from"], r[f"{name}_to"]
    if first is None or last is None:
        return None
    return When(first, last, r[f"{name}_precision"] or "range", r[f"{name}_how"], r.get(f"{name}_text"))


def _speaking(connection: duckdb.DuckDBPyConnection, question: Question, most: int) -> set[str]:
    """Articles in which one party speaks of or to the other, though no event may join the two."""
    if question.second is None:
        return set()
    one, two = list(question.first.countries), list(question.second.countries)
    to = "(list_has_any(about, ?) OR list_contains(?, addressee_country))"
    rows = _rows(
        connection,
        f"SELECT DISTINCT document, published FROM {current(connection, 'statements')} WHERE "
        f"(list_contains(?, speaker_country) AND {to}) OR (list_contains(?, speaker_country) AND {to}) "
        "ORDER BY published DESC NULLS LAST, document LIMIT ?",
        [one, two, two, two, one, one, most],
    )
    return {r["document"] for r in rows}


def _texts(connection: duckdb.DuckDBPyConnection, documents: list[str]) -> dict[str, Text]:
    sentences: dict[str, list[tuple[str, int, int]]] = {}
    for r in _rows(connection, "SELECT * FROM sentences WHERE list_contains(?, document) ORDER BY document, i", [documents]):
        sentences.setdefault(r["document"], []).append((r["kind"], r["start"], r["end"]))
    actors: dict[str, dict[str, Actor]] = {}
    for r in _rows(connection, "SELECT * FROM actors WHERE list_contains(?, document)", [documents]):
        actor = Actor(r["id"], r["name"], r["country"], r["sector"], r["role"])
        actors.setdefault(r["document"], {})[actor.id] = actor
    rows = _rows(connection, "SELECT * FROM articles WHERE list_contains(?, id) ORDER BY id", [documents])
    return {
        r["id"]: Text(
            r["id"],
            r["title"],
            r["outlet"],
            r["url"],
            _when(r, "published"),
            r["text"],
            tuple(sentences.get(r["id"], ())),
            actors.get(r["id"], {}),
        )
        for r in rows
    }


def _on_topic(question: Question, text: Text, sentence: int) -> bool:
    """Whether a topic's words stand in the sentence or its neighbours (stems: "tariffs" is found for "tariff")."""
    if not question.topic:
        return True
    around = " ".join(text.words(i) for i in (sentence - 1, sentence, sentence + 1)).lower()
    return all(word.rstrip("s") in around for word in question.topic)


def _told(question: Question, texts: Mapping[str, Text], r: dict[str, Any]) -> bool:
    """Whether a row of an article belongs to the question's time and topic."""
    text = texts.get(r["document"])
    if text is None or r["sentence"] is None or r["sentence"] >= len(text.sentences):
        return False
    day = r.get("published")
    if day is not None and ((question.since and day < question.since) or (question.until and day > question.until)):
        return False
    return _on_topic(question, text, r["sentence"])


def _of(connection: duckdb.DuckDBPyConnection, question: Question, table: str, texts: Mapping[str, Text]) -> Iterable[Any]:
    """The rows of a table that stand in these articles and belong to the question, in the order of the text."""
    rows = _rows(
        connection,
        f"SELECT * FROM {current(connection, table)} WHERE list_contains(?, document) ORDER BY document, start, id",
        [sorted(texts)],
    )
    return (r for r in rows if _told(question, texts, r))


def _statements(connection: duckdb.DuckDBPyConnection, question: Question, texts: Mapping[str, Text]) -> tuple[Statement, ...]:
    return tuple(
        Statement(
            r["id"],
            r["document"],
            r["sentence"],
            _ref(r, "speaker"),
            _ref(r, "addressee") if r["addressee_actor"] else None,
            r["cue_text"],
            r["kind"],
            r["content_text"],
            (r["content_start"], r["content_end"]),
            tuple(r["about"] or ()),
            r["stance"] or 0,
        )
        for r in _of(connection, question, "statements", texts)
    )


def _instruments(
    connection: duckdb.DuckDBPyConnection, question: Question, texts: Mapping[str, Text]
) -> tuple[Instrument, ...]:
    return tuple(
        Instrument(
            r["id"],
            r["document"],
            r["sentence"],
            r["name"],
            r["kind"],
            tuple(r["parties"] or ()),
            r["status"],
            _when(r),
        )
        for r in _of(connection, question, "instruments", texts)
    )


def _figures(connection: duckdb.DuckDBPyConnection, question: Question, texts: Mapping[str, Text]) -> tuple[Figure, ...]:
    names = ("id", "document", "sentence", "value", "to", "bound", "unit", "what", "of", "on", "text")
    return tuple(Figure(*(r[n] for n in names)) for r in _of(connection, question, "figures", texts))


def _discrepancies(connection: duckdb.DuckDBPyConnection, texts: Mapping[str, Text]) -> tuple[Discrepancy, ...]:
    out = []
    for r in _rows(connection, f"SELECT * FROM {current(connection, 'discrepancies')} ORDER BY score DESC, id"):
        sides = tuple(
            Side(s["value"], tuple((e["document"], e["sentence"]) for e in s["evidence"] or ())) for s in r["sides"] or ()
        )
        if sides and all(d in texts for s in sides for d, _ in s.evidence):
            out.append(Discrepancy(r["id"], r["kind"], r["about"], sides, r["favoured"], r["reason"]))
    return tuple(out)
