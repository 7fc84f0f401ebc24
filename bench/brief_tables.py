"""Records as the archive's tables in a DuckDB in memory: what a brief reads, without writing an archive first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import duckdb
import pyarrow as pa

from dragoman.archive.schema import TABLES, schema
from dragoman.records import content_id

_NESTED = ("source", "target", "speaker", "addressee", "date", "place", "trigger", "cue", "content")


def connection(records: Iterable[dict[str, Any]]) -> duckdb.DuckDBPyConnection:
    """A connection with every table of the archive under its name; ``records`` are ``Record.to_dict()`` in JSON types."""
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
    seen: set[str] = set()
    for record in records:
        if record["article"]["id"] not in seen:
            seen.add(record["article"]["id"])
            _add(rows, record)
    db = duckdb.connect()
    for name, found in rows.items():
        shape = schema(name)
        table = pa.Table.from_pylist([{f.name: _typed(r.get(f.name), f.type) for f in shape} for r in found], schema=shape)
        db.register(f"{name}_rows", table)
        db.execute(f'CREATE TABLE "{name}" AS SELECT * FROM {name}_rows')
    return db


def _add(rows: dict[str, list[dict[str, Any]]], record: dict[str, Any]) -> None:
    article = record["article"]
    document, published = article["id"], article["published"] or {}
    models = " ".join(f"{k}-{v}" for k, v in record["dragoman"]["models"].items())
    made = {
        "document": document,
        "models": models,
        "codebook": record["dragoman"]["codebook"],
        "published": published.get("from"),
    }
    rows["articles"].append(
        {**article, **made, **{f"published_{k}": v for k, v in published.items()}, "captions": [], "input": record.get("input")}
    )
    rows["sentences"] += [{**s, **made} for s in article["sentences"]]
    for actor in record["actors"]:
        rows["actors"].append({**actor, **made})
        rows["mentions"] += [{**m, **made, "actor": actor["id"]} for m in actor["mentions"]]
    for name in ("events", "statements", "instruments", "figures"):
        rows[name] += [{**_flat(r), **made} for r in record[name]]
    for d in record["discrepancies"]:
        sides = [{**s, "evidence": [{**e, "document": e["article"]} for e in s["evidence"]]} for s in d["sides"]]
        rows["discrepancies"].append({**d, **made, "sides": sides})


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    out = {k: v for k, v in row.items() if k not in (*_NESTED, "evidence")}
    for name in _NESTED:
        out |= {f"{name}_{k}": v for k, v in (row.get(name) or {}).items()}
    out |= {k: v for k, v in row["evidence"][0].items() if k != "article"}
    out.setdefault("id", content_id(row["text"], row["evidence"][0]["start"]) if "text" in row else None)
    return out


def _typed(value: Any, kind: pa.DataType) -> Any:
    if not (pa.types.is_date(kind) and isinstance(value, str)):
        return value
    return date.fromisoformat(value + "-01-01"[len(value) - 10 :] if len(value) < 10 else value)
