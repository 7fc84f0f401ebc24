"""A small archive for tests: three articles of made-up news, with rows written by hand beside the text they stand on."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from dragoman.archive.archive import Archive

MEETING = "Norwegian and Chilean ministers met in Santiago. “We agreed on krill – at last,” Norway’s minister said."
KRILL = {"text": "krill", "sentence": 1, "start": MEETING.index("krill"), "end": MEETING.index("krill") + 5}
RETOLD = "Norway and Chile talked about krill. Peru accused Chile of overfishing. Chile may expel Peru's envoy."
OTHER = "Peru recalled its envoy from Chile."


def small(folder: Path) -> Archive:
    """Six events in three articles; the first two mentions are one event."""
    archive = Archive(folder)
    with archive.change("test") as change:
        change.append("articles", [_article("m", "Talks in Santiago", MEETING, date(2031, 3, 2), "Harbour Post")])
        change.append("articles", [_article("r", "Krill talks", RETOLD, date(2031, 3, 4), "Inland News")])
        change.append("articles", [_article("o", "Envoy goes home", OTHER, None, None)])
        for document, text in (("m", MEETING), ("r", RETOLD), ("o", OTHER)):
            change.append("sentences", [{"document": document, **row} for row in _sentences(text)])
        events = [
            _event(
                "e1", "m", MEETING, 0, "NOR", "CHL", "CONSULT", day=date(2031, 3, 1), mode="meet", mutual=True, place="Santiago"
            ),
            _event("e2", "r", RETOLD, 0, "NOR", "CHL", "CONSULT", day=date(2031, 3, 1), mutual=True),
            _event("e3", "r", RETOLD, 1, "PER", "CHL", "ACCUSE", mode="allege"),
            _event("e4", "r", RETOLD, 2, "CHL", "PER", "SANCTION", mode="expel", modality="hypothetical"),
            _event("e5", "o", OTHER, 0, "PER", "CHL", "SANCTION", mode="cut-ties", day=date(2031, 3, 9)),
            _event("e6", "o", OTHER, 0, "PER", None, "COERCE", sector="MIL"),
        ]
        change.append("events", events)
        change.append("actors", [{"id": "PER.MIL.unit", "document": "o", "name": "Second Brigade", "country": "PER"}])
        change.append("groups", [_group("e1", None), _group("e2", "e1")])
        change.append("statements", [_statement()])
        change.append("discrepancies", [_discrepancy()])
        change.append("instruments", [{"id": "i1", "name": "Krill accord", "kind": "agreement", "parties": ["CHL", "NOR"]}])
        change.append(
            "figures", [{"id": "f1", "document": "m", "value": 12.0, "unit": "percent", "what": "tariff", "of": "CHL", **KRILL}]
        )
    return archive


def _article(id_: str, title: str, text: str, published: date | None, outlet: str | None) -> dict[str, Any]:
    days = {"published_from": published, "published_to": published, "published_precision": "day", "published_how": "metadata"}
    return {"id": id_, "document": id_, "title": title, "outlet": outlet, "text": text, "language": "en", **days}


def _sentences(text: str) -> list[dict[str, Any]]:
    rows, start = [], 0
    for i, part in enumerate(text.split(". ")):
        end = start + len(part) + (1 if text[start + len(part) : start + len(part) + 1] == "." else 0)
        rows.append({"i": i, "kind": "body", "start": start, "end": end})
        start = end + 1
    return rows


def _event(
    id_: str,
    document: str,
    text: str,
    sentence: int,
    source: str,
    target: str | None,
    root: str,
    *,
    day: date | None = None,
    mode: str | None = None,
    mutual: bool = False,
    modality: str = "happened",
    place: str | None = None,
    sector: str = "GOV",
) -> dict[str, Any]:
    from dragoman.codebook import events

    where, rules = _sentences(text)[sentence], events.load().roots[root]
    return {
        "id": id_,
        "document": document,
        "source_actor": source if sector == "GOV" else f"{source}.{sector}.unit",
        "source_country": source,
        "source_sector": sector,
        "target_actor": target,
        "target_country": target,
        "target_sector": target and "GOV",
        "root": root,
        "mode": mode,
        "context": ["diplomatic"] if root == "CONSULT" else [],
        "quad": rules.quad,
        "cameo": rules.cameo,
        "intensity": rules.intensity,
        "modality": modality,
        "mutual": mutual,
        "date_from": day,
        "date_to": day,
        "date_precision": day and "day",
        "place_name": place,
        "place_country": place and "CHL",
        "sentence": sentence,
        "start": where["start"],
        "end": where["end"],
        "published": {"m": date(2031, 3, 2), "r": date(2031, 3, 4)}.get(document),
        "origin": "dragoman",
        "codebook": "1",
    }


def _group(event: str, joined_to: str | None) -> dict[str, Any]:
    return {"event": event, "group": "g1", "joined_to": joined_to, "reason": "same pair and day"}


def _statement() -> dict[str, Any]:
    where = _sentences(MEETING)[1]
    start = MEETING.index("We agreed")
    content = "We agreed on krill – at last,"
    return {
        "id": "s1",
        "document": "m",
        "speaker_actor": "NOR.GOV.minister",
        "speaker_text": "Norway’s minister",
        "speaker_country": "NOR",
        "speaker_sector": "GOV",
        "cue_text": "said",
        "kind": "direct",
        "content_text": content,
        "content_start": start,
        "content_end": start + len(content),
        "about": ["CHL"],
        "stance": 1,
        "sentence": 1,
        "start": where["start"],
        "end": where["end"],
        "published": date(2031, 3, 2),
    }


def _discrepancy() -> dict[str, Any]:
    def side(document: str, text: str, value: str) -> dict[str, Any]:
        where = _sentences(text)[0]
        return {
            "value": value,
            "evidence": [{"document": document, "sentence": 0, "start": where["start"], "end": where["end"]}],
        }

    sides = [side("m", MEETING, "2031-03-01"), side("r", RETOLD, "2031-03-03")]
    return {
        "id": "d1",
        "kind": "date",
        "about": "the krill talks",
        "group": "g1",
        "sides": sides,
        "favoured": 0,
        "reason": "nearer",
    }
