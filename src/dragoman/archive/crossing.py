"""Discrepancies between articles: found anew for every event group that a batch changes.

What disagrees is decided by ``reconcile.across``; here each mention is given its sentence, its figures and its voice.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from dragoman.archive.change import Change
from dragoman.reconcile.across import across
from dragoman.reconcile.copies import Clusters
from dragoman.reconcile.groups import Joined
from dragoman.reconcile.mentions import Mention
from dragoman.reconcile.told import Told
from dragoman.records import Discrepancy, Evidence, Figure

Rows = list[dict[str, Any]]

PLACE = ("start", "end", "asserted_by", "date_text")
"""What is asked of a mention's row beside the mention."""
_ARTICLE = ("id", "text", "outlet")
_FIGURE = ("document", "sentence", "start", "end", "value", "to", "bound", "unit", "what", "of", "on", "text")
_COPY = ("document", "of", "kind")
_FOUND = ("id", "group", "kind", "about", "favoured", "reason", "score")


def cross(
    change: Change,
    new: Mapping[str, pa.Table],
    joined: Sequence[Joined],
    met: Mapping[str, Mention],
    events: pa.Table,
    clusters: Clusters | None,
    before: Collection[str],
    again: Collection[str] = (),
) -> None:
    """Let the discrepancies of the groups that ``joined`` names be those of their members today.

    ``new`` are the batch's own rows, which go before stored ones; ``met`` has the mention of every event in ``joined``,
    ``events`` where each stands (``PLACE``); ``clusters`` are the near-copies that the batch changed; ``before`` the groups
    that these events were in; ``again`` the documents whose stored figures no longer hold.
    """
    groups: dict[str, list[Mention]] = {}
    for row in joined:
        groups.setdefault(row.group, []).append(met[row.event])
    several = {name: of for name, of in groups.items() if len({m.document for m in of}) > 1}
    found = across(_told(change, new, several, events, clusters, again)).discrepancies if several else ()
    rows = [_row(group, one) for group, one in found]
    stale = {*groups, *before}
    held = change.relation("discrepancies", None, filename=True)
    stored = _stored(change, {}, "discrepancies", "group", sorted(stale), (*_FOUND, "filename"), rows=held)
    if {tuple(row[name] for name in _FOUND) for row in stored} == {tuple(row[name] for name in _FOUND) for row in rows}:
        return
    held_in = {Path(row["filename"]).name for row in stored}
    change.remove_keys("discrepancies", "group", {row["group"] for row in stored}, among=held_in)
    change.append("discrepancies", rows)


def _told(
    change: Change,
    new: Mapping[str, pa.Table],
    groups: Mapping[str, Sequence[Mention]],
    events: pa.Table,
    clusters: Clusters | None,
    again: Collection[str],
) -> dict[str, list[Told]]:
    mentions = {m.id: m for of in groups.values() for m in of}
    documents = sorted({m.document for m in mentions.values()})
    asked = events.filter(pc.is_in(events["id"], pa.array(list(mentions), pa.string()))).select(["id", *PLACE])
    places = {row["id"]: row for row in asked.to_pylist()}
    rows = f"(from {change.relation('articles', None)} where {_published(mentions.values())})"
    articles = {row["id"]: row for row in _stored(change, new, "articles", "id", documents, _ARTICLE, rows=rows)}
    figures: dict[tuple[str, int], list[Figure]] = {}
    held = [document for document in documents if document not in again]
    counted = {m.document for m in mentions.values()}
    own = new["figures"].select(_FIGURE).to_pylist() if "figures" in new else []
    for row in [row for row in own if row["document"] in counted] + _stored(change, {}, "figures", "document", held, _FIGURE):
        figures.setdefault((row["document"], row["sentence"]), []).append(_figure(row))
    copies = {row["document"]: row for row in _stored(change, {}, "copies", "document", documents, _COPY)}
    if clusters is not None:
        for document in clusters.originals:
            copies.pop(document, None)
        copies.update({row.document: {"of": row.of, "kind": row.kind} for row in clusters.rows})
    told: dict[str, list[Told]] = {}
    for group, of in groups.items():
        for m in of:
            place, article, copy = places.get(m.id), articles.get(m.document), copies.get(m.document)
            if place is None or article is None or place["start"] is None:
                continue  # an imported row has no sentence
            told.setdefault(group, []).append(
                Told(
                    m,
                    article["text"][place["start"] : place["end"]],
                    place["start"],
                    copy["of"] if copy else m.document,
                    copy["of"] if copy and copy["kind"] == "update" else None,
                    article["outlet"],
                    place["asserted_by"],
                    place["date_text"],
                    tuple(sorted(figures.get((m.document, m.sentence), ()), key=lambda f: (f.evidence[0].start, f.text))),
                )
            )
    return told


def _stored(
    change: Change,
    new: Mapping[str, pa.Table],
    table: str,
    key: str,
    values: Sequence[str],
    names: Sequence[str],
    *,
    rows: str | None = None,
) -> Rows:
    """Rows of a table with one of these values in a column: the batch's own, and stored ones of other documents, looked for in
    the whole table or in its ``rows``."""
    wanted = set(values)
    mine = [row for row in new[table].select(names).to_pylist() if row[key] in wanted] if table in new else []
    if not change.before.tables[table].parts or not wanted:
        return mine
    here = {row[key] for row in mine}
    if not wanted - here:
        return mine
    asked = pa.table({"value": pa.array(sorted(wanted - here), pa.string())})
    columns = ", ".join(f'"{name}"' for name in names)
    held = rows or change.relation(table, None)
    stored: list[dict[str, Any]] = change.ask(
        f'select {columns} from {held} t semi join asked on t."{key}" = asked.value', [], asked=asked
    ).to_pylist()
    return mine + stored


def _published(mentions: Collection[Mention]) -> str:
    """SQL of the days on which the articles of these mentions were published; articles lie sorted by them."""
    days = [m.published for m in mentions if m.published is not None]
    if not days or len(days) < len(mentions):
        return "true"
    return f"published_from between date '{min(days).isoformat()}' and date '{max(days).isoformat()}'"


def _figure(row: Mapping[str, Any]) -> Figure:
    evidence = (Evidence(row["document"], row["sentence"], row["start"], row["end"]),)
    return Figure(
        row["value"], row["unit"], row["what"], row["of"], row["on"], row["text"], evidence, to=row["to"], bound=row["bound"]
    )


def _row(group: str, found: Discrepancy) -> dict[str, Any]:
    sides = [
        {
            "value": side.value,
            "evidence": [
                {"document": e.article, "sentence": e.sentence, "start": e.start, "end": e.end} for e in side.evidence
            ],
        }
        for side in found.sides
    ]
    return {
        "id": found.id,
        "group": group,
        "kind": found.kind,
        "about": found.about,
        "sides": sides,
        "favoured": found.favoured,
        "reason": found.reason,
        "score": found.score,
    }
