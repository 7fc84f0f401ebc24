"""Several models of one kind heard together: every score is the weighted mean of theirs (Hansen and Salamon 1990).

They err in different places: the mean of two is right more often than the better one. They must cut the same word pieces. What
a model needs for its second step (the states of the words) stays its own; all members' stand side by side in one array.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dragoman.coding.encoder import Model, read_manifest
from dragoman.errors import ModelError

STATES = {"x": -1, "raw": -1, "keys": 0, "values": 0}  # what stays a member's own, and the axis on which it stands side by side
HEADED = ("keys", "values")  # (layers, texts, heads, words, size of a head): members' heads may differ in size
PRODUCTS = ("as_source", "as_target", "nobody")  # vectors whose products are scores


class Ensemble:
    """``members`` with the shares of their scores, heard as one model; ``run`` answers as ``Model.run`` does. Safe to share
    between threads."""

    def __init__(self, members: Sequence[Model], shares: Sequence[float], manifest: dict[str, Any]) -> None:
        self._members, self._shares, self.manifest = members, [np.float32(s) for s in shares], manifest
        self.name, self.version = str(manifest["name"]), str(manifest["version"])
        self.tokenizer = members[0].tokenizer
        self._head = math.gcd(*(int(m.shapes["words"]["keys"][-1]) for m in members))

    def run(self, graph: str, **inputs: Any) -> dict[str, NDArray[Any]]:
        """The mean of what the members give, and their states side by side."""
        if graph == "words":
            return self._words([m.run(graph, **inputs) for m in self._members])
        given = [m.run(graph, **inputs | own) for m, own in zip(self._members, self._own(inputs), strict=True)]
        for member, said in zip(self._members, given, strict=True):
            said["event"] = said["event"] / float(member.manifest.get("temperature", 1.0))
        return self._mean(given)

    def _words(self, given: list[dict[str, NDArray[Any]]]) -> dict[str, NDArray[Any]]:
        given = [g | {k: cut(g[k], self._head) for k in HEADED} for g in given]
        out = {k: np.concatenate([g[k] for g in given], axis) for k, axis in STATES.items()}
        # The score of a pair is s @ t / sqrt(size), so of vectors side by side it is the mean where each is scaled so.
        size = sum(g["nobody"].shape[-1] for g in given)
        for k in PRODUCTS:
            scales = [(share**2 * size / g[k].shape[-1]) ** 0.25 for g, share in zip(given, self._shares, strict=True)]
            out[k] = np.concatenate([g[k] * np.float32(scale) for g, scale in zip(given, scales, strict=True)], -1)
        return out | self._mean([{k: v for k, v in g.items() if k not in out} for g in given])

    def _mean(self, given: list[dict[str, NDArray[Any]]]) -> dict[str, NDArray[Any]]:
        return {k: np.asarray(sum(s * g[k] for s, g in zip(self._shares, given, strict=True))) for k in given[0]}

    def _own(self, inputs: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """Each member's part of the states that stand side by side."""
        first = dict.fromkeys(STATES, 0)
        for member in self._members:
            own = {}
            for k, axis in STATES.items():
                shape = member.shapes["words"][k]
                size = shape[0] * shape[-1] // self._head if k in HEADED else shape[axis]
                part = np.ascontiguousarray(np.take(inputs[k], range(first[k], first[k] + size), axis))
                own[k] = joined(part, shape[-1]) if k in HEADED else part
                first[k] += size
            yield own


def cut(states: NDArray[Any], size: int) -> NDArray[Any]:
    """Keys or values with heads of ``size``: a layer of wider ones as several layers."""
    layers, *kept, wide = states.shape
    if wide == size:
        return states
    return np.moveaxis(states.reshape(layers, *kept, wide // size, size), -2, 1).reshape(-1, *kept, size)


def joined(states: NDArray[Any], wide: int) -> NDArray[Any]:
    """What ``cut`` cut, with heads of ``wide`` again."""
    layers, *kept, size = states.shape
    if wide == size:
        return states
    parts = wide // size
    return np.moveaxis(states.reshape(layers // parts, parts, *kept, size), 1, -2).reshape(layers // parts, *kept, wide)


def load(folder: Path, graphs: tuple[str, ...]) -> Model | Ensemble:
    """The model of a folder, or all that its manifest names as its members, which stand beside it. Raises ModelError."""
    manifest = read_manifest(folder)
    if "members" not in manifest:
        return Model(folder, graphs)
    members = [Model(folder.parent / name, graphs) for name in manifest["members"]]
    for member, (name, told) in zip(members, manifest["members"].items(), strict=True):
        if member.manifest["files"]["weights.bin"] != told["weights"]:
            raise ModelError(f"the model {folder.name} is made of another {name} than the one here; reinstall dragoman")
    return Ensemble(members, [told["share"] for told in manifest["members"].values()], manifest)
