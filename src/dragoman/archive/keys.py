"""Which article ids a file of ``articles`` has, without opening it: its ids as sorted numbers beside the tables, in ``.keys``.

An id is 16 hex digits, so a number of 64 bits. A file of a table never changes, so its keys are made once, with the batch or
the merging that writes it, or when they are first asked for; what is lost is made again. A batch of 1,000 articles is looked up
among two million in milliseconds, where reading the column takes half a second.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from dragoman.archive.files import Part

FOLDER = ".keys"
TABLE, COLUMN = "articles", "id"
_DIGITS = 16
_VALUE = np.full(256, 255, dtype=np.uint8)
_VALUE[np.frombuffer(b"0123456789abcdef", dtype=np.uint8)] = np.arange(16)

Keys = NDArray[np.uint64]


def numbers(ids: pa.Array | pa.ChunkedArray) -> Keys | None:
    """Ids as numbers, in their order; None where one of them is not 16 hex digits."""
    column = pa.chunked_array(ids.chunks if isinstance(ids, pa.ChunkedArray) else [ids], pa.string())
    if column.null_count or (len(column) and pc.min_max(pc.binary_length(column)).as_py() != {"min": _DIGITS, "max": _DIGITS}):
        return None
    found = np.zeros(len(column), dtype=np.uint64)
    at = 0
    for chunk in column.chunks:
        if not len(chunk):
            continue
        text = np.frombuffer(chunk.buffers()[2], dtype=np.uint8)
        begin = np.frombuffer(chunk.buffers()[1], dtype=np.int32)[chunk.offset]
        digits = _VALUE[text[begin : begin + _DIGITS * len(chunk)].reshape(-1, _DIGITS)]
        if digits.max() > 15:
            return None
        for k in range(_DIGITS):
            found[at : at + len(chunk)] |= digits[:, k].astype(np.uint64) << np.uint64(4 * (_DIGITS - 1 - k))
        at += len(chunk)
    return found


def place(root: Path, part: Part) -> Path:
    return root / FOLDER / f"{part.name}.u64"


def keep(root: Path, part: Part, ids: pa.Array | pa.ChunkedArray | None = None) -> Keys | None:
    """Write the keys of a file (its ids are read where they are not given), and give them; None where ids are no numbers."""
    if ids is None:
        ids = pq.read_table(root / TABLE / part.name, columns=[COLUMN])[COLUMN]
    found = numbers(ids)
    if found is None:
        return None
    found.sort()
    target = place(root, part)
    target.parent.mkdir(exist_ok=True)
    aside = target.with_name(f".{target.name}.{os.getpid()}")
    aside.write_bytes(found.astype("<u8").tobytes())
    aside.rename(target)
    return found


def held(root: Path, part: Part) -> Keys | None:
    """The keys of a file, made where they are missing or cut short; None where its ids are no numbers, or nothing can be
    written."""
    path = place(root, part)
    try:
        if path.stat().st_size == 8 * part.rows:
            return np.memmap(path, dtype="<u8", mode="r") if part.rows else np.empty(0, dtype=np.uint64)
    except OSError:
        pass
    try:
        return keep(root, part)
    except OSError:
        return None


def found(root: Path, parts: Iterable[Part], values: Sequence[str]) -> tuple[set[str], list[Part]]:
    """Which of these ids the files have, and the files of which their keys do not tell."""
    hexes = [value for value in values if len(value) == _DIGITS and not set(value) - set("0123456789abcdef")]
    asked = np.array([int(value, 16) for value in hexes], dtype=np.uint64)
    there = np.zeros(len(asked), dtype=bool)
    unknown: list[Part] = []
    for part in parts:
        own = held(root, part)
        if own is None:
            unknown.append(part)
        elif len(own):
            at = np.minimum(np.searchsorted(own, asked), len(own) - 1)
            there |= own[at] == asked
    return {value for value, is_there in zip(hexes, there.tolist(), strict=True) if is_there}, unknown


def spare(root: Path, parts: Iterable[Part]) -> list[Path]:
    """Keys of files that are none of these."""
    names = {place(root, part).name for part in parts}
    try:
        return sorted(path for path in (root / FOLDER).iterdir() if path.name not in names)
    except OSError:
        return []
