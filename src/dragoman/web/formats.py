"""A table in the three forms that every table has: JSON (an array of rows), CSV, Parquet."""

from __future__ import annotations

import io
import json

import pyarrow as pa
import pyarrow.parquet as pq

from dragoman.archive.exporting.plain import plain, write_csv

FORMS = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
}


def written(table: pa.Table, form: str) -> bytes:
    """The table's bytes. Dates are ISO 8601; CSV is as ``--csv`` gives it; a number that is none (NaN), for which JSON
    has no word, is null there."""
    if form == "parquet":
        sink = io.BytesIO()
        pq.write_table(table, sink, compression="zstd")
        return sink.getvalue()
    if form == "json":
        rows = json.dumps(plain(table.to_pylist()), ensure_ascii=False, allow_nan=False)
        return (rows + "\n").encode("utf-8", "replace")
    out = io.StringIO(newline="")
    write_csv(table, out)
    return out.getvalue().encode("utf-8", "replace")
