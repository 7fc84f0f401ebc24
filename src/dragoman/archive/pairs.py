"""What counting a pair needs of its rows, without opening a file of the tables: beside the tables, in the folder ``.pairs``.

A series of the largest pair of ten million events is counted from four hundred thousand rows; to unpack their columns from
Parquet takes most of a second. For every file of ``events`` there is a file here that has, pair by pair, the ids as numbers
(``keys``) and the columns that decide a count as codes: about 18 bytes a row; for every file of ``groups`` the rows of events
that were told before, 16 bytes each. A file of a table never changes, so this is made of it once, with the batch or the merging
that writes it, and needs no transaction; where it is missing the pair is counted in SQL. It holds nothing that depends on
another file: which groups there are, and what was corrected, is looked up when a pair is counted.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from dragoman.archive.files import Part
from dragoman.archive.keys import Keys, numbers

FOLDER = ".pairs"
VERSION = 1  # of what is kept; of another version it is as if it were missing
KIND = ("root", "quad", "intensity", "modality", "mutual", "origin")
DAYS = ("date_from", "date_to", "published")
COLUMNS: dict[str, tuple[str, ...]] = {
    "events": ("id", "source_country", "target_country", *DAYS, "score", *KIND),
    "groups": ("event", "group", "source_country", "target_country"),
}
NO_DAY = int(np.iinfo(np.int32).min)
NOBODY = ""  # stands for a side without a country
LOOKED_UP = 500  # corrected rows of a pair that are looked up by their ids; with more of them all is counted in SQL

Kind = tuple[Any, ...]
Arrays = dict[str, NDArray[Any]]
_Packed = tuple[Arrays, dict[str, Any]]
_TYPES: dict[str, Any] = {
    "id": np.uint64, "date_from": np.int32, "date_to": np.int32, "published": np.int32, "score": np.float64, "kind": np.int64,
    "forward": np.bool_,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PairRows:
    """Rows of ``events`` between two states, column by column, in no order.

    Days are days since 1970, ``NO_DAY`` where there is none; a score that is not there is minus infinity; ``kind`` is a place
    in ``kinds``, whose values are those of the columns ``KIND``; ``forward`` tells that the source is the first state.
    ``event`` and ``group`` are rows of ``groups`` whose event is not the first of its group.
    """

    id: Keys
    date_from: NDArray[np.int32]
    date_to: NDArray[np.int32]
    published: NDArray[np.int32]
    score: NDArray[np.float64]
    kind: NDArray[np.int64]
    forward: NDArray[np.bool_]
    kinds: tuple[Kind, ...]
    event: Keys
    group: Keys


def of_pair(root: Path, events: Iterable[Part], groups: Iterable[Part], a: str, b: str) -> PairRows | None:
    """The rows of a pair in these files; None where something kept is missing, cut short or of another
    version, or ids are no numbers: SQL then is quicker than to make it anew."""
    kinds: dict[Kind, int] = {}
    found: dict[str, list[NDArray[Any]]] = {name: [] for name in _TYPES}
    for part in events:
        held = _held(root, "events", part)
        if held is None:
            return None
        _gather(found, kinds, held, a, b)
    told: dict[str, list[NDArray[Any]]] = {"event": [], "group": []}
    for part in groups:
        held = _held(root, "groups", part)
        if held is None:
            return None
        arrays, facts = held
        for source, target in product((NOBODY, a, b), repeat=2):
            rows = _rows(arrays, facts, source, target)
            for name in told:
                told[name].append(arrays[name][rows])
    columns = {name: _together(several, _TYPES[name]) for name, several in found.items()}
    return PairRows(**columns, kinds=tuple(kinds), **{name: _together(several, np.uint64) for name, several in told.items()})


def replaced(pair: PairRows, gone: Keys, rows: pa.Table, a: str, b: str) -> PairRows:
    """The rows of a pair without those of some ids, and with those of a table of ``COLUMNS`` that are between the two."""
    left = ~np.isin(pair.id, gone)
    kinds = {kind: k for k, kind in enumerate(pair.kinds)}
    found = {name: [getattr(pair, name)[left]] for name in _TYPES}
    packed = _of_events(rows)
    assert packed is not None, "ids of a pair are numbers"
    _gather(found, kinds, packed, a, b)
    columns = {name: _together(several, _TYPES[name]) for name, several in found.items()}
    return PairRows(**columns, kinds=tuple(kinds), event=pair.event, group=pair.group)


def _gather(found: dict[str, list[NDArray[Any]]], kinds: dict[Kind, int], held: _Packed, a: str, b: str) -> None:
    arrays, facts = held
    places = np.array([kinds.setdefault(tuple(kind), len(kinds)) for kind in facts["kinds"]], dtype=np.int64)
    for source, target in ((a, b), (b, a)):
        rows = _rows(arrays, facts, source, target)
        if rows.stop > rows.start:
            found["id"].append(arrays["id"][rows])
            for name in (*DAYS, "score"):
                found[name].append(arrays[f"{name}_values"].take(arrays[name][rows]))
            found["kind"].append(places.take(arrays["kind"][rows]))
            found["forward"].append(np.full(rows.stop - rows.start, source == a))


def _together(several: Sequence[NDArray[Any]], kind: Any) -> NDArray[Any]:
    return np.concatenate(several) if several else np.empty(0, dtype=kind)


def _rows(arrays: Mapping[str, NDArray[Any]], facts: Mapping[str, Any], source: str, target: str) -> slice:
    """Where the rows from one side to the other lie."""
    countries = facts["countries"]
    if source not in countries or target not in countries:
        return slice(0, 0)
    code = countries[source] * len(countries) + countries[target]
    at = int(np.searchsorted(arrays["pairs"], arrays["pairs"].dtype.type(code)))  # of another type it would copy them all
    if at == len(arrays["pairs"]) or arrays["pairs"][at] != code:
        return slice(0, 0)
    return slice(int(arrays["starts"][at]), int(arrays["starts"][at + 1]))


def _held(root: Path, table: str, part: Part) -> _Packed | None:
    """What is kept of a file; None where that is missing, cut short or of another version."""
    try:
        with place(root, table, part).open("rb") as file:
            return _unpacked(np.frombuffer(mmap(file.fileno(), 0, access=ACCESS_READ), dtype=np.uint8))
    except (OSError, ValueError):  # an empty file too
        return None


# Making


def place(root: Path, table: str, part: Part) -> Path:
    return root / FOLDER / table / f"{part.name}.pairs"


def keep(root: Path, table: str, part: Part, rows: pa.Table | None = None) -> None:
    """Write what counting needs of a file (its rows are read where they are not given); nothing where ids are no numbers."""
    names = list(COLUMNS[table])
    packed = _packed(table, pq.read_table(root / table / part.name, columns=names) if rows is None else rows.select(names))
    if packed is None:
        return
    target = place(root, table, part)
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_name(f".{target.name}.{os.getpid()}")
    aside.write_bytes(_bytes(*packed))
    aside.rename(target)


def right(root: Path, table: str, part: Part) -> bool:
    """Whether what is kept of a file is what it holds; what is missing or cut short is not used, and right."""
    kept = _held(root, table, part)
    if kept is None:
        return True
    made = _packed(table, pq.read_table(root / table / part.name, columns=list(COLUMNS[table])))
    return made is not None and _bytes(*made) == _bytes(kept[0], {name: kept[1][name] for name in made[1]})


def spare(root: Path, tables: Mapping[str, Iterable[Part]]) -> list[Path]:
    """What is kept of files that are none of these."""
    names = {place(root, table, part) for table, parts in tables.items() for part in parts}
    return sorted(path for table in COLUMNS for path in (root / FOLDER / table).glob("*") if path not in names)


def _packed(table: str, rows: pa.Table) -> _Packed | None:
    return _of_events(rows) if table == "events" else _of_groups(rows)


def _of_events(rows: pa.Table) -> _Packed | None:
    rows = rows.filter(pc.not_equal(rows["source_country"], rows["target_country"]))  # null of a side that is not known
    ids = numbers(rows["id"])
    if ids is None:
        return None
    order, arrays, countries = _by_pair(rows, ids)
    arrays["id"] = ids[order]
    columns = {name: rows[name].cast(pa.int32()).fill_null(NO_DAY).to_numpy() for name in DAYS}
    columns["score"] = rows["score"].fill_null(-np.inf).to_numpy()
    for name, column in columns.items():
        values, codes = np.unique(column[order], return_inverse=True)
        arrays[f"{name}_values"], arrays[name] = values, codes.astype(np.min_scalar_type(len(values)))
    kinds, codes = _combined(rows, KIND)
    arrays["kind"] = codes[order].astype(np.min_scalar_type(len(kinds)))
    return arrays, {"countries": countries, "kinds": kinds}


def _of_groups(rows: pa.Table) -> _Packed | None:
    rows = rows.filter(pc.not_equal(rows["event"], rows["group"]))
    event, group = numbers(rows["event"]), numbers(rows["group"])
    if event is None or group is None:
        return None
    order, arrays, countries = _by_pair(rows, event)
    return {**arrays, "event": event[order], "group": group[order]}, {"countries": countries}


def _by_pair(rows: pa.Table, ids: Keys) -> tuple[NDArray[np.int64], Arrays, dict[str, int]]:
    """The order of rows by pair and id, the pairs with where each starts, and the places of countries in the codes of pairs."""
    sides, codes = _combined(rows, ("source_country", "target_country"))
    names = [(source or NOBODY, target or NOBODY) for source, target in sides]
    countries = {name: k for k, name in enumerate(sorted({name for pair in names for name in pair}))}
    numbered = np.array([countries[source] * len(countries) + countries[target] for source, target in names], dtype=np.uint32)
    pair = numbered[codes]
    order = np.lexsort((ids, pair))
    pairs, starts = np.unique(pair[order], return_index=True)
    return order, {"pairs": pairs, "starts": np.append(starts, len(pair)).astype(np.uint32)}, countries


def _combined(rows: pa.Table, names: Sequence[str]) -> tuple[list[list[Any]], NDArray[np.int64]]:
    """The combinations of values that some columns have, in an order of their own, and for each row the place of its own."""
    code, values = np.zeros(len(rows), dtype=np.int64), []
    for name in names:
        column = pa.chunked_array(rows[name].chunks, rows[name].type).combine_chunks().dictionary_encode("encode")
        values.append(column.dictionary.to_pylist())
        code = code * max(1, len(values[-1])) + column.indices.to_numpy(zero_copy_only=False)
    found, codes = np.unique(code, return_inverse=True)
    combined = []
    for one in found.tolist():
        own = []
        for several in reversed(values):
            one, at = divmod(one, len(several))
            own.append(several[at])
        combined.append(own[::-1])
    ranked = sorted(range(len(combined)), key=lambda k: json.dumps(combined[k]))
    place = np.empty(len(ranked), dtype=np.int64)
    place[ranked] = np.arange(len(ranked))
    return [combined[k] for k in ranked], place[codes]


# Bytes: the length of the head, the head as JSON, then the arrays, each from a multiple of eight


def _bytes(arrays: Arrays, facts: Mapping[str, Any]) -> bytes:
    at, places, parts = 0, {}, []
    for name, values in arrays.items():
        little = values.astype(values.dtype.newbyteorder("<"), copy=False)
        places[name] = (little.dtype.str, at, len(values))
        parts += [little.tobytes(), bytes(-values.nbytes % 8)]
        at += values.nbytes + -values.nbytes % 8
    head = json.dumps({"version": VERSION, "arrays": places, "bytes": at, **facts}).encode()
    head += b" " * (-len(head) % 8)
    return b"".join((len(head).to_bytes(8, "little"), head, *parts))


def _unpacked(data: NDArray[np.uint8]) -> _Packed:
    """Raises ValueError where the bytes are cut short or of another version."""
    length = int.from_bytes(data[:8].tobytes(), "little")
    facts: dict[str, Any] = json.loads(data[8 : 8 + length].tobytes())
    body = data[8 + length :]
    if facts.get("version") != VERSION or len(body) != facts["bytes"]:
        raise ValueError("cut short, or of another version")
    arrays = {
        name: np.frombuffer(body, dtype=kind, count=count, offset=at) for name, (kind, at, count) in facts["arrays"].items()
    }
    return arrays, facts
