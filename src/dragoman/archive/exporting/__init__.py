"""Events of an archive into files of other layouts: ICEWS, POLECAT, CSV, Parquet, JSON-LD, GraphML, a list of edges."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Unpack

import pyarrow as pa

from dragoman.archive import queries
from dragoman.archive.exporting import icews, jsonld, network, plain, polecat
from dragoman.archive.exporting.folding import DONE, Row
from dragoman.archive.names import name_of, names_of
from dragoman.archive.outputs import writing
from dragoman.errors import UsageError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Writer = Callable[[Iterator[Row], IO[str]], tuple[int, int]]
TEXT: Mapping[str, Writer] = {
    "icews": icews.write,
    "polecat": polecat.write,
    "jsonld": jsonld.write,
    "edges": network.write_edges,
}
LAYOUTS = (*TEXT, "csv", "parquet", "graphml")
ENDINGS = {".csv": "csv", ".parquet": "parquet", ".graphml": "graphml", ".jsonld": "jsonld"}
NETWORKS = ("edges", "graphml")


@dataclass(frozen=True, slots=True)
class Exported:
    """``rows`` written (pairs for a network), events ``left_out`` because the layout has no place for them."""

    path: str
    layout: str
    rows: int
    left_out: int


def export(
    connection: DuckDBPyConnection,
    path: str | os.PathLike[str],
    layout: str | None = None,
    **asked: Unpack[queries.EventFilters],
) -> Exported:
    """Write the events that meet the conditions (``queries.EventFilters``) to a file that is not there yet.

    The layout is told by the ending where it is not given. A network counts what happened or goes on, once for each event
    group, unless ``modality`` or ``once`` say otherwise. Raises UsageError for an unknown layout or a file that exists.
    """
    target = Path(path)
    layout = layout or ENDINGS.get(target.suffix.lower())
    if layout not in LAYOUTS:
        raise UsageError(f"there is no layout {layout or target.suffix!r} to export; choose one of {', '.join(LAYOUTS)}")
    if target.exists():
        raise UsageError(f"{target} exists already; give another name, or remove it first")
    if layout in NETWORKS:
        asked = {"modality": DONE, "once": True, **asked}
    table = queries.events(connection, **asked)
    aside = target.with_name(f".{target.name}.part")  # the file is there when it is whole
    try:
        with writing(target):
            written, left_out = _write(table, names_of(connection, table), aside, layout)
            aside.replace(target)
    finally:
        aside.unlink(missing_ok=True)
    return Exported(str(target), layout, written, left_out)


def _write(table: pa.Table, names: Mapping[tuple[str, str], str], path: Path, layout: str) -> tuple[int, int]:
    if layout == "parquet":
        plain.write_parquet(table, path)
        return len(table), 0
    if layout == "graphml":
        return network.write_graphml(_rows(table, names), path)
    with path.open("w", encoding="utf-8", newline="") as file:
        if layout == "csv":
            plain.write_csv(table, file)
            return len(table), 0
        return TEXT[layout](_rows(table, names), file)


def _rows(table: pa.Table, names: Mapping[tuple[str, str], str]) -> Iterator[Row]:
    """Rows with ``source_name`` and ``target_name``: the words of an imported row, else the actor's name, not "he"."""
    for batch in table.to_batches(max_chunksize=10_000):
        for row in batch.to_pylist():
            for side in ("source", "target"):
                row[f"{side}_name"] = _name(row, side, names)
            yield row


def _name(row: Row, side: str, names: Mapping[tuple[str, str], str]) -> str | None:
    if row["origin"] != "dragoman" and row[f"{side}_text"] is not None:
        return str(row[f"{side}_text"])
    return name_of(row, side, names)


__all__ = ["LAYOUTS", "Exported", "export"]
