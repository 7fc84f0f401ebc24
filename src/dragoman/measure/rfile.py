"""Data frames of an R file (.rda, .RData): XDR serialisation, formats 2 and 3, plain or compressed with gzip, bzip2 or xz.

The format is that of "R Internals", section Serialization Formats. Only what a saved data frame holds is read: numbers, truth
values, strings, factors and days. Strings are read once and kept as indices into their different values, which is why the
870,109 rows of the UN votes take about 2 s here; reading every cell as an object of its own takes more than a minute.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import struct
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from dragoman.errors import BinaryInput, EmptyInput, MissingInput

_COMPRESSED: tuple[tuple[bytes, Callable[[bytes], bytes]], ...] = (
    (b"\x1f\x8b", gzip.decompress),
    (b"BZh", bz2.decompress),
    (b"\xfd7zXZ\x00", lzma.decompress),
)
_MAGIC = {b"RDX2\n": 2, b"RDX3\n": 3}
_NA_INTEGER = -(2**31)

# Item types of the format.
_NULL, _SYMBOL, _PAIRS, _CHARS, _LOGICAL, _INTEGER, _REAL, _STRINGS, _LIST = 254, 1, 2, 9, 10, 13, 14, 16, 19
_OLD_NULL, _REFERENCE, _ALTREP = 0, 255, 238
_ENVIRONMENTS = (253, 242, 241)  # global, empty and base: they carry nothing


class _Unreadable(Exception):
    """The bytes are not what this reader knows; says what was found."""


@dataclass(frozen=True, slots=True)
class _Vector:
    """A vector with its attributes; strings are ``(indices, different values)``."""

    values: Any
    attributes: Mapping[str, Any]


def read_rda(path: str | Path) -> dict[str, pa.Table]:
    """The data frames saved in an R file, by name.

    Parameters: ``path`` is a file written by R's ``save``.

    Returns one ``pyarrow.Table`` a data frame. Strings and factors are dictionary columns, ``Date`` is ``date32``, whole
    numbers are int32, other numbers float64; R's ``NA`` (and NaN) is null. Objects that are no data frames are left out.

    Raises MissingInput, EmptyInput, or BinaryInput for bytes that are no such file or that hold no data frame.
    """
    name = str(path)
    try:
        data = Path(path).read_bytes()
    except (FileNotFoundError, IsADirectoryError):
        raise MissingInput("no such file; give the path of an R data file (.rda)", name) from None
    if not data:
        raise EmptyInput("the file is empty; an R data file begins with RDX2 or RDX3", name)
    try:
        data = _decompressed(data)
        if _MAGIC.get(data[:5]) is None or data[5:7] != b"X\n":
            raise _Unreadable(f"it begins with {data[:7]!r}")
        objects = _Items(data).saved(_MAGIC[data[:5]])
    except (
        _Unreadable,
        OSError,
        EOFError,
        zlib.error,
        lzma.LZMAError,
        struct.error,
        IndexError,
        ValueError,
        RecursionError,
    ) as error:
        what = f"{error or type(error).__name__}"
        raise BinaryInput(
            f"this is no R data file that can be read ({what}); save the data frame again with R's save()", name
        ) from error
    frames = {key: _frame(value) for key, value in objects.items() if _is_frame(value)}
    if not frames:
        found = ", ".join(objects) or "nothing"
        raise BinaryInput(f"no data frame in the file (found: {found}); save one with R's save()", name)
    return frames


def _decompressed(data: bytes) -> bytes:
    for magic, open_ in _COMPRESSED:
        if data.startswith(magic):
            return open_(data)
    return data


class _Items:
    """A cursor over the serialised items."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 7
        self._references: list[Any] = []

    def saved(self, format_: int) -> dict[str, Any]:
        """What ``save`` wrote: a list of names and values."""
        self._at += 12  # version of the format, of the writer, and the oldest reader's
        if format_ == 3:
            length = self._int()
            self._at += length  # the writer's encoding; each string says its own
        found = self._item()
        if not isinstance(found, dict):
            raise _Unreadable("it holds one object without a name; use save(), not saveRDS()")
        return found

    def _int(self) -> int:
        value: int = struct.unpack_from(">i", self._data, self._at)[0]
        self._at += 4
        return value

    def _item(self) -> Any:
        flags = self._int() & 0xFFFFFFFF
        kind, has_attributes, has_tag = flags & 0xFF, bool(flags & 0x200), bool(flags & 0x400)
        if kind in (_NULL, _OLD_NULL) or kind in _ENVIRONMENTS:
            return None
        if kind == _REFERENCE:
            return self._references[(flags >> 8 or self._int()) - 1]
        if kind == _SYMBOL:
            self._references.append(self._item())
            return self._references[-1]
        if kind == _PAIRS:
            return self._pairs(has_attributes, has_tag)
        if kind == _CHARS:
            return self._chars()
        if kind == _ALTREP:
            return self._compact()
        values = self._values(kind)
        attributes = self._item() if has_attributes else None
        return _Vector(values, attributes if isinstance(attributes, dict) else {})

    def _pairs(self, has_attributes: bool, has_tag: bool) -> dict[str, Any]:
        """A pair list, read to its end in a loop; entries without a tag are numbered."""
        out: dict[str, Any] = {}
        while True:
            if has_attributes:
                self._item()
            tag = self._item() if has_tag else str(len(out))
            out[str(tag)] = self._item()
            flags = self._int() & 0xFFFFFFFF
            if flags & 0xFF != _PAIRS:
                if flags & 0xFF not in (_NULL, _OLD_NULL):
                    raise _Unreadable(f"a pair list that ends in an item of type {flags & 0xFF}")
                return out
            has_attributes, has_tag = bool(flags & 0x200), bool(flags & 0x400)

    def _values(self, kind: int) -> Any:
        if kind not in (_LOGICAL, _INTEGER, _REAL, _STRINGS, _LIST):
            raise _Unreadable(f"an item of type {kind} at byte {self._at}")
        count = self._int()
        if count < 0:
            raise _Unreadable("a vector of more than 2^31 values")
        if kind == _STRINGS:
            return self._strings(count)
        if kind == _LIST:
            return [self._item() for _ in range(count)]
        array = np.frombuffer(self._data, ">f8" if kind == _REAL else ">i4", count, self._at)
        self._at += array.nbytes
        return array.astype(array.dtype.newbyteorder("="))

    def _chars(self) -> str | None:
        length = self._int()
        if length < 0:
            return None
        raw = self._data[self._at : self._at + length]
        if len(raw) < length:
            raise _Unreadable("the file ends inside a string")
        self._at += length
        return _text(raw)

    def _strings(self, count: int) -> tuple[np.ndarray[Any, Any], list[str]]:
        """Strings as indices into their different values, -1 for a missing one. A plain loop: it is most of the file."""
        data, at, unpack = self._data, self._at, struct.Struct(">ii").unpack_from
        seen: dict[bytes, int] = {}
        indices = np.empty(count, np.int32)
        for i in range(count):
            _, length = unpack(data, at)
            at += 8
            if length < 0:
                indices[i] = -1
                continue
            indices[i] = seen.setdefault(data[at : at + length], len(seen))
            at += length
        if at > len(data):
            raise _Unreadable("the file ends inside a string")
        self._at = at
        return indices, [_text(raw) for raw in seen]

    def _compact(self) -> _Vector:
        """An alternative representation of format 3: a run of whole numbers, or a wrapper around a plain vector."""
        info, state, _ = self._item(), self._item(), self._item()
        name = str(next(iter(info.values()), "")) if isinstance(info, dict) else str(info)
        if name == "compact_intseq" and isinstance(state, _Vector):
            length, start, step = (int(v) for v in state.values)
            return _Vector(np.arange(start, start + length * step, step, dtype=np.int32), {})
        if name.startswith("wrap_"):
            inner = state.values[0] if isinstance(state, _Vector) else next(iter(state.values()))
            if isinstance(inner, _Vector):
                return inner
        raise _Unreadable(f"a compact vector of the kind {name}")


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


# From R's values to columns


def _is_frame(value: Any) -> bool:
    return (
        isinstance(value, _Vector) and isinstance(value.values, list) and "data.frame" in _words(value.attributes.get("class"))
    )


def _words(value: Any) -> list[str]:
    if not isinstance(value, _Vector) or not isinstance(value.values, tuple):
        return []
    indices, different = value.values
    return [different[i] for i in indices]


def _frame(value: _Vector) -> pa.Table:
    names = _words(value.attributes.get("names"))
    return pa.table({name: _column(column) for name, column in zip(names, value.values, strict=True)})


def _column(value: _Vector) -> pa.Array:
    classes = _words(value.attributes.get("class"))
    if isinstance(value.values, tuple):
        indices, different = value.values
        return pa.DictionaryArray.from_arrays(pa.array(indices, mask=indices < 0), pa.array(different, pa.string()))
    values = value.values
    if not isinstance(values, np.ndarray):
        return pa.nulls(len(values))
    missing = np.isnan(values) if values.dtype.kind == "f" else values == _NA_INTEGER
    if "factor" in classes:
        levels = pa.array(_words(value.attributes.get("levels")), pa.string())
        return pa.DictionaryArray.from_arrays(pa.array(values - 1, mask=missing), levels)
    if "Date" in classes:
        days = np.where(missing, 0, values).astype(np.int32)
        return pa.array(days, pa.int32(), mask=missing).cast(pa.date32())
    return pa.array(values, mask=missing)
