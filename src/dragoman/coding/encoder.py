"""A shipped model: its files checked against the manifest, its graphs run by onnxruntime, its word pieces with offsets.

Passages are encoded one at a time, never padded together: the int8 graphs scale their activations over the whole input, so a
batch would let one article change its neighbour's scores, and the same article would be coded differently in another batch.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dragoman.errors import ModelError

MODELS = Path(__file__).parents[1] / "models"
_SLOWER = ["SkipLayerNormFusion"]  # its fused kernel takes a fifth more of a sentence's time than the parts it replaces
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Pieces:
    """Word pieces of one text: ``ids`` (T,) and the character offsets of each; the first and last piece are the model's own
    marks."""

    ids: NDArray[np.int64]
    offsets: tuple[tuple[int, int], ...]

    def __len__(self) -> int:
        return len(self.ids)

    def covering(self, start: int, end: int) -> tuple[int, int] | None:
        """First and last piece that share a character with [start, end); None where there is none."""
        hit = [i for i, (a, b) in enumerate(self.offsets) if a < end and b > start and b > a]
        return (hit[0], hit[-1]) if hit else None

    def characters(self, first: int, last: int) -> tuple[int, int]:
        return self.offsets[first][0], self.offsets[last][1]


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a model folder, every file's sha256 checked. Raises ModelError."""
    remedy = "reinstall dragoman to restore it"
    try:
        manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ModelError(f"no model at {folder}: expected a manifest.json; {remedy}") from None
    except ValueError:
        raise ModelError(f"{folder / 'manifest.json'} is damaged: it is no JSON; {remedy}") from None
    for name, wanted in manifest.get("files", {}).items():
        try:
            found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        except OSError:
            raise ModelError(f"the model {folder.name} lacks its file {name}; {remedy}") from None
        if found != wanted:
            raise ModelError(
                f"the model {folder.name} is damaged: {name} has sha256 {found[:12]}, expected {wanted[:12]}; {remedy}"
            )
    return manifest


class Model:
    """One model folder, loaded. Safe to share between threads: nothing in it changes after loading.

    ``threads`` is onnxruntime's number inside one run; one sentence is too small for more than one to pay.
    """

    def __init__(self, folder: Path, graphs: tuple[str, ...], threads: int = 1) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        self.manifest = read_manifest(folder)
        self.name, self.version = str(self.manifest["name"]), str(self.manifest["version"])
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
        options.log_severity_level = 3
        try:
            self._graphs = {
                name: onnxruntime.InferenceSession(
                    str(folder / f"{name}.onnx"), options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOWER
                )
                for name in graphs
            }
            self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        except Exception as e:  # onnxruntime and tokenizers raise bare Exceptions of their own
            raise ModelError(f"the model {folder.name} cannot be loaded by this onnxruntime: {e}") from e
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        self.shapes = {name: {o.name: o.shape for o in g.get_outputs()} for name, g in self._graphs.items()}

    def run(self, graph: str, **inputs: Any) -> dict[str, NDArray[Any]]:
        return dict(zip(self.shapes[graph], self._graphs[graph].run(None, inputs), strict=True))


def softmax(logits: Floats) -> Floats:
    """Probabilities over the last axis; an empty array stays as it is."""
    if not logits.size:
        return logits
    e = np.exp(logits - logits.max(-1, keepdims=True))
    return np.asarray(e / e.sum(-1, keepdims=True), dtype=np.float32)
