"""A table in the three forms that every table has: JSON (an array of rows), CSV, Parquet."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

FORMS = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def written(table: pa.Table, form: str) -> bytes:
    """The table's bytes. Dates are ISO 8601; in CSV a list is joined by ``;`` and deeper things are JSON.

    In CSV a text that a spreadsheet would run as a formula gets an apostrophe in front: the words come from other people's
    articles. JSON and Parquet have it unchanged.
    """
    if form == "parquet":
        sink = io.BytesIO()
        pq.write_table(table, sink, compression="zstd")
        return sink.getvalue()
    rows = table.to_pylist()
    if form == "json":
        return (json.dumps(rows, ensure_ascii=False, default=_plain, indent=None) + "\n").encode("utf-8", "replace")
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(table.column_names)
    for row in rows:
        writer.writerow([_cell(value) for value in row.values()])
    return out.getvalue().encode("utf-8", "replace")


def _plain(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no JSON form")


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) else value
    if isinstance(value, list):
        if all(isinstance(item, str) for item in value):
            return _cell(";".join(value))
        return json.dumps(value, ensure_ascii=False, default=_plain)
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value
