"""Event groups of a pair by period and kind, as a matrix, and what each figure of a series counts in it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Array = npt.NDArray[np.float64]
_QUADS: dict[str, tuple[int, ...]] = {
    "groups": (1, 2, 3, 4),
    "verbal_cooperation": (1,),
    "material_cooperation": (2,),
    "verbal_conflict": (3,),
    "material_conflict": (4,),
    "words": (1, 3),
    "deeds": (2, 4),
    "cooperation": (1, 2),
    "conflict": (3, 4),
}


@dataclass(frozen=True, slots=True)
class Cells:
    """Event groups of a pair by period and kind: ``n[t, c]`` groups in period t of the cell c, whose groups are all alike."""

    n: Array
    root: tuple[str, ...]
    quad: npt.NDArray[np.int64]
    intensity: Array
    ab: Array
    ba: Array
    imported: npt.NDArray[np.bool_]  # by period


def as_matrix(table: pa.Table, kinds: pa.Table, modality: tuple[str, ...]) -> Cells:
    """Counts by period and kind as a matrix with a row for each period of ``table``."""
    at = {period: i for i, period in enumerate(table["period"].to_pylist())}
    rows = [r for r in kinds.to_pylist() if r["fits"] and r["modality"] in modality and r["period"] in at]
    keys = sorted({(r["root"] or "", r["quad"], r["intensity"], r["ab"], r["ba"]) for r in rows if r["quad"] is not None})
    kind = {key: i for i, key in enumerate(keys)}
    n = np.zeros((table.num_rows, len(kind)))
    imported = np.zeros(table.num_rows, dtype=bool)
    for r in rows:
        imported[at[r["period"]]] |= r["imported"]
        if r["quad"] is not None:
            n[at[r["period"]], kind[r["root"] or "", r["quad"], r["intensity"], r["ab"], r["ba"]]] += r["n"]
    quad = np.array([k[1] for k in keys], dtype=np.int64)
    intensity, ab, ba = (np.array([k[i] for k in keys], dtype=float) for i in (2, 3, 4))
    return Cells(n, tuple(k[0] for k in keys), quad, intensity, ab, ba, imported)


def count_weights(cells: Cells) -> dict[str, Array]:
    """By name of a count, which cells it counts."""
    out = {name: np.isin(cells.quad, quads).astype(float) for name, quads in _QUADS.items()}
    return out | {"groups_ab": cells.ab, "groups_ba": cells.ba}


def sum_weights(cells: Cells) -> dict[str, Array]:
    """By name of a sum, what an event of each cell is worth in it."""
    one_sided = cells.ab - cells.ba
    return {
        "intensity_sum": cells.intensity,
        "intensity_sum_ab": cells.intensity * cells.ab,
        "intensity_sum_ba": cells.intensity * cells.ba,
        "intensity_sum_difference": cells.intensity * one_sided,
        "groups_difference": one_sided,
    }


def difference_influence(cells: Cells, ratio: Array) -> tuple[Array, Array]:
    """What one event of each cell adds to the difference of the two means, and the difference."""
    parts = []
    for side in (cells.ab, cells.ba):
        weight = (cells.n * ratio) @ side
        with np.errstate(divide="ignore", invalid="ignore"):
            mean = (cells.n * ratio) @ (side * cells.intensity) / weight
            parts.append((side * (cells.intensity - mean[:, None]) / weight[:, None], mean))
    return parts[0][0] - parts[1][0], parts[0][1] - parts[1][1]
