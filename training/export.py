"""Torch models to int8 ONNX as the package ships them: graphs that share one file of weights, with a manifest.

``words.onnx`` encodes the words of a batch of sentences; ``marks.onnx`` judges candidate pairs over the keys and values it
gave.
Both read ``weights.bin``, where every tensor lies once.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

from coder_model import Coder
from dragoman.coding.speech.passages import STATES

SHARE_ABOVE = 1024  # bytes


class Words(nn.Module):
    def __init__(self, model: Coder) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: Tensor, mask: Tensor, features: Tensor) -> tuple[Tensor, ...]:
        m = self.model
        x, raw, keys, values = m.read(ids, mask, features)
        as_source, as_target = m.sides(x)
        tags = torch.softmax(m.tags(x), -1)
        return x, raw, keys, values, m.spans(x, mask), as_source, as_target, m.nobody, m.pair_bias, tags, *m.heads(x, mask)


class Marks(nn.Module):
    def __init__(self, model: Coder) -> None:
        super().__init__()
        self.model = model

    def forward(
        self,
        rows: Tensor,
        x: Tensor,
        raw: Tensor,
        keys: Tensor,
        values: Tensor,
        mask: Tensor,
        cover: Tensor,
        role: Tensor,
        at: Tensor,
        pair: Tensor,
        prior: Tensor,
    ) -> tuple[Tensor, ...]:
        x, raw, mask = x[rows], raw[rows], mask[rows]
        marked = self.model.encoder.marks(raw, mask, keys[:, rows], values[:, rows], cover, role, at, pair)
        said = self.model.judged(marked, prior, x, mask)
        return tuple(said[k] for k in MARKS_OUT)


WORDS_OUT = ["x", "raw", "keys", "values", "spans", "as_source", "as_target", "nobody", "bias", "tags", "said", "links"]
MARKS_IN = ["rows", "x", "raw", "keys", "values", "mask", "cover", "role", "at", "pair", "prior"]
MARKS_OUT = ["event", "root", "modality", "plover", "trigger", "absent"]


def graphs(model: Coder, folder: Path) -> None:
    """Float graphs of the two steps, every axis of batch, words and pairs free."""
    model.eval()
    words, marks = Words(model).eval(), Marks(model).eval()
    b, t, p = (torch.export.Dim(n, min=1, max=4096) for n in ("batch", "words", "marks"))
    r = torch.export.Dim("rows", min=1, max=4096)
    mask = torch.ones(3, 21)
    mask[1, 15:] = 0
    given = {"ids": torch.randint(1000, 2000, (3, 21)), "mask": mask, "features": torch.randint(0, STATES, (3, 21))}
    with torch.no_grad():
        torch.onnx.export(
            words,
            tuple(given.values()),
            str(folder / "words.onnx"),
            input_names=list(given),
            output_names=WORDS_OUT,
            dynamo=True,
            external_data=False,
            dynamic_shapes={name: {0: b, 1: t} for name in given},
            verbose=False,
        )
        out = words(*given.values())
        rows = torch.tensor([0, 2])
        cover, role = torch.zeros(2, 6, 21), torch.zeros(2, 6, dtype=torch.long)
        cover[:, :, 3] = 1.0
        at, pair = torch.full((2, 6), 3), torch.tensor([[0, 0, 1, 1, 2, 2], [0, 0, 1, 1, -1, -1]])
        shapes = {
            "rows": {0: r},
            "x": {0: b, 1: t},
            "raw": {0: b, 1: t},
            "keys": {1: b, 3: t},
            "values": {1: b, 3: t},
            "mask": {0: b, 1: t},
            "cover": {0: r, 1: p, 2: t},
            "role": {0: r, 1: p},
            "at": {0: r, 1: p},
            "pair": {0: r, 1: p},
            "prior": {0: r, 1: p},
        }
        shapes = {k: dict.fromkeys(v, torch.export.Dim.AUTO) for k, v in shapes.items()}
        torch.onnx.export(
            marks,
            (rows, out[0], out[1], out[2], out[3], mask, cover, role, at, pair, torch.zeros(2, 3, 3)),
            str(folder / "marks.onnx"),
            dynamo=True,
            input_names=MARKS_IN,
            output_names=MARKS_OUT,
            external_data=False,
            dynamic_shapes=shapes,
            verbose=False,
        )


def quantise(source: Path, target: Path) -> None:
    """int8 weights for products and embeddings, activations quantised as they come."""
    with tempfile.TemporaryDirectory() as t:
        ready = Path(t) / "ready.onnx"
        quant_pre_process(str(source), str(ready), skip_symbolic_shape=True)
        quantize_dynamic(
            str(ready),
            str(target),
            weight_type=QuantType.QInt8,
            per_channel=True,
            op_types_to_quantize=["MatMul", "Gemm", "Gather"],
            extra_options={"MatMulConstBOnly": True},
        )


def share(paths: list[Path], weights: Path) -> None:
    """Move every tensor above SHARE_ABOVE bytes of all graphs into one file, equal tensors once."""
    at: dict[str, tuple[int, int]] = {}
    with weights.open("wb") as out:
        for path in paths:
            model = onnx.load(str(path))
            for tensor in model.graph.initializer:
                raw = tensor.raw_data or onnx.numpy_helper.to_array(tensor).tobytes()
                if len(raw) < SHARE_ABOVE:
                    continue
                key = hashlib.sha256(raw).hexdigest()
                if key not in at:
                    out.write(b"\0" * (-out.tell() % 64))
                    at[key] = (out.tell(), len(raw))
                    out.write(raw)
                for field in ("raw_data", "float_data", "int32_data", "int64_data"):
                    tensor.ClearField(field)
                tensor.data_location = onnx.TensorProto.EXTERNAL
                del tensor.external_data[:]
                for k, v in (("location", weights.name), ("offset", at[key][0]), ("length", at[key][1])):
                    entry = tensor.external_data.add()
                    entry.key, entry.value = k, str(v)
            path.write_bytes(model.SerializeToString())


def package(model: Coder, tokenizer: Path, out: Path, manifest: dict[str, Any], *, int8: bool = True) -> None:
    """Write a model folder: graphs, weights, tokenizer and ``manifest.json`` with the sha256 of each file."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as t:
        graphs(model, Path(t))
        for name in ("words.onnx", "marks.onnx"):
            if int8:
                quantise(Path(t) / name, out / name)
            else:
                shutil.copy(Path(t) / name, out / name)
    share([out / "words.onnx", out / "marks.onnx"], out / "weights.bin")
    shutil.copy(tokenizer, out / "tokenizer.json")
    files = {
        p.name: hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(out.iterdir())
        if p.name not in ("manifest.json", "card.md")
    }
    (out / "manifest.json").write_text(json.dumps(manifest | {"files": files}, indent=1, ensure_ascii=False) + "\n")


def same(a: np.ndarray, b: np.ndarray) -> float:
    """Largest difference, for the export's own check."""
    return float(np.abs(a - b).max())
