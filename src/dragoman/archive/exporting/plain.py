"""CSV and Parquet: every column of a table, for spreadsheets and other programs."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from math import isfinite
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet takes for the beginning of one


def write_parquet(table: pa.Table, path: Path) -> None:
    """The table as it is, lists and all."""
    pq.write_table(table, path, compression="zstd")


def write_csv(table: pa.Table, file: IO[str]) -> None:
    """A header and one line a row; a list is its parts joined with ``;``, other nested values are JSON, null is empty.

    A text that a spreadsheet would run as a formula gets an apostrophe in front, because the words come from other people's
    articles. Numbers, -3.5 too, stay as they are.
    """
    write_rows(table.column_names, (row.values() for batch in table.to_batches() for row in batch.to_pylist()), file)


def write_rows(header: Iterable[str], rows: Iterable[Iterable[Any]], file: IO[str]) -> None:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([_cell(value) for value in row] for row in rows)


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) else value
    if isinstance(value, list):
        if all(isinstance(part, str) for part in value):
            return _cell(";".join(value))
        return json.dumps(plain(value), ensure_ascii=False)
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if hasattr(value, "isoformat") else value


def plain(value: Any) -> Any:
    """A value of a row in JSON's types: days and times as ISO text, bytes as their hexadecimal digits, no number as null."""
    if isinstance(value, dict):
        return {key: plain(part) for key, part in value.items()}
    if isinstance(value, list):
        return [plain(part) for part in value]
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, float) and not isfinite(value):
        return None
    return value.isoformat() if hasattr(value, "isoformat") else value
