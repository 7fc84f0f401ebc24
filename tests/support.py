"""What every test of records shares: ``check_record`` holds whatever a record must always hold, whoever made it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from dragoman.records import Record, content_id

KINDS = ("title", "heading", "body", "caption")
MODALITIES = ("happened", "ongoing", "planned", "hypothetical", "denied")
HOW = ("explicit", "relative", "dateline", "metadata", "inferred")
PRECISIONS = ("day", "week", "month", "season", "quarter", "year", "decade", "century", "range")
STATEMENTS = ("direct", "indirect", "mixed")
INSTRUMENTS = ("agreement", "statement", "project", "sanction", "tariff", "exercise")
STATUSES = ("proposed", "negotiated", "signed", "in force", "stalled", "ended")
DISCREPANCIES = ("date", "number", "actor", "outcome", "attribution")
SECTORS = ("GOV", "MIL", "COP", "JUD", "LEG", "PTY", "OPP", "REB", "BUS", "JRN", "NGO", "IGO", "CVL", "UNK")
QUAD_OF_ROOT = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT"), 1),
    **dict.fromkeys(("CONCEDE", "COOPERATE", "AID", "RETREAT"), 2),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), 3),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), 4),
}
TABLES = ("actors", "events", "statements", "instruments", "figures", "discrepancies", "discards")


def check_record(record: Record) -> dict[str, Any]:
    """Fail with the offending place unless the record keeps the whole contract of its JSON; return that JSON."""
    whole = record.to_dict(explain=True)
    json.dumps(whole)  # only JSON types
    article, text = whole["article"], whole["article"]["text"]
    assert article["id"] == content_id(text), "the article's id is not the hash of its text"
    _check_sentences(article["sentences"], len(text))
    for place, node in _nodes(whole):
        _check_span(place, node, text)
        _check_interval(place, node)
    for table in TABLES:
        ids = [row["id"] for row in whole[table] if "id" in row]
        assert len(ids) == len(set(ids)), f"{table}: an id stands twice"
        for row in whole[table]:
            _check_evidence(table, row, article)
    actors = {actor["id"] for actor in whole["actors"]}
    for actor in whole["actors"]:
        _check_actor(actor, article["sentences"])
    for event in whole["events"]:
        _check_event(event, actors)
    for statement in whole["statements"]:
        _check_statement(statement, actors)
    for instrument in whole["instruments"]:
        assert instrument["kind"] in INSTRUMENTS, instrument
        assert instrument["status"] is None or instrument["status"] in STATUSES, instrument
    for figure in whole["figures"]:
        spans = [text[evidence["start"] : evidence["end"]] for evidence in figure["evidence"]]
        assert any(figure["text"] in span for span in spans), f"{figure['text']!r} is not in its evidence {spans}"
    for discrepancy in whole["discrepancies"]:
        _check_discrepancy(discrepancy)
    return whole


def _nodes(node: Any, place: str = "record") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(node, dict):
        yield place, node
        for key, value in node.items():
            yield from _nodes(value, f"{place}.{key}")
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from _nodes(value, f"{place}[{index}]")


def _check_span(place: str, node: dict[str, Any], text: str) -> None:
    start, end = node.get("start"), node.get("end")
    if start is None and end is None:
        return
    assert isinstance(start, int), f"{place}: start without end, or no integer"
    assert isinstance(end, int), f"{place}: end without start, or no integer"
    assert 0 <= start <= end <= len(text), f"{place}: {start}..{end} is outside the text of {len(text)} characters"
    if "text" in node:
        assert text[start:end] == node["text"], f"{place}: {node['text']!r} is not at {start}..{end}: {text[start:end]!r}"


def _check_interval(place: str, node: dict[str, Any]) -> None:
    if "precision" not in node:
        return
    assert node["precision"] in PRECISIONS, f"{place}: precision {node['precision']!r}"
    assert node["how"] in HOW, f"{place}: how {node['how']!r}"
    ends = [date.fromisoformat(day) for day in (node["from"], node["to"]) if day is not None]
    assert ends, f"{place}: an interval without an end should be null"
    assert ends == sorted(ends), f"{place}: ends before it begins"


def _check_sentences(sentences: list[dict[str, Any]], length: int) -> None:
    last = 0
    for number, sentence in enumerate(sentences):
        assert sentence["i"] == number, f"sentence {number} is numbered {sentence['i']}"
        assert sentence["kind"] in KINDS, sentence
        assert last <= sentence["start"] < sentence["end"] <= length, f"sentence {number} overlaps the one before, or is empty"
        last = sentence["end"]


def _check_evidence(table: str, row: dict[str, Any], article: dict[str, Any]) -> None:
    sides = row.get("sides", [row])
    for side in sides:
        if table not in ("actors", "discards"):
            assert side["evidence"], f"{table}: a row without evidence: {row}"
        for evidence in side.get("evidence", []):
            assert evidence["article"] == article["id"], f"{table}: evidence from another article"
            sentence = article["sentences"][evidence["sentence"]]
            assert evidence["start"] < evidence["end"], f"{table}: empty evidence"
            inside = evidence["start"] < sentence["end"] and evidence["end"] > sentence["start"]
            assert inside, f"{table}: evidence {evidence} is not in its sentence {sentence}"


def _check_actor(actor: dict[str, Any], sentences: list[dict[str, Any]]) -> None:
    assert actor["sector"] is None or actor["sector"] in SECTORS, actor
    _check_country(actor["country"])
    for mention in actor["mentions"]:
        sentence = sentences[mention["sentence"]]
        assert sentence["start"] <= mention["start"] < mention["end"] <= sentence["end"], f"{mention} is outside its sentence"


def _check_country(country: str | None) -> None:
    assert country is None or country in ("IGO", "NGO") or re.fullmatch("[A-Z]{3}", country), f"country {country!r}"


def _check_reference(reference: dict[str, Any] | None, actors: set[str]) -> None:
    if reference is None:
        return
    assert reference["actor"] is None or reference["actor"] in actors, f"{reference['actor']!r} is not in the table of actors"
    assert reference["sector"] is None or reference["sector"] in SECTORS, reference
    _check_country(reference["country"])


def _check_event(event: dict[str, Any], actors: set[str]) -> None:
    assert QUAD_OF_ROOT[event["root"]] == event["quad"], f"root {event['root']} with quad {event['quad']}"
    assert event["modality"] in MODALITIES, event
    assert 0 <= event["score"] <= 1, event
    assert -10 <= event["intensity"] <= 10, event
    assert re.fullmatch(r"\d{2,4}", event["cameo"]), event
    assert event["asserted_by"] is None or event["asserted_by"] in actors, event
    assert event["trigger"]["text"].strip(), "an event without trigger words"
    for side in ("source", "target"):
        _check_reference(event[side], actors)
    known = event["source"]["actor"]
    assert known is None or known != event["target"]["actor"], f"an event of {known!r} with itself"


def _check_statement(statement: dict[str, Any], actors: set[str]) -> None:
    assert statement["kind"] in STATEMENTS, statement
    assert statement["stance"] in (1, 0, -1), statement
    assert statement["content"]["text"].strip(), "a statement without content"
    _check_reference(statement["speaker"], actors)
    _check_reference(statement["addressee"], actors)
    for country in statement["about"]:
        assert country, statement


def _check_discrepancy(discrepancy: dict[str, Any]) -> None:
    assert discrepancy["kind"] in DISCREPANCIES, discrepancy
    assert len(discrepancy["sides"]) >= 2, "a discrepancy needs two sides"
    values = [side["value"] for side in discrepancy["sides"]]
    assert len(set(values)) == len(values), f"two sides say the same: {values}"
    assert discrepancy["favoured"] is None or 0 <= discrepancy["favoured"] < len(values), discrepancy
    assert discrepancy["reason"].strip(), "a discrepancy without a reason"
    assert 0 <= discrepancy["score"] <= 1, discrepancy
