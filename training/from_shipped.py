"""A shipped coder as a checkpoint, for training to go on from where the float weights are not at hand.

    python training/from_shipped.py MODEL OUT --encoder FOLDER

MODEL is a folder of src/dragoman/models with one encoder, FOLDER the encoder it started from. The weights are what int8 left of
them: an event's root is told as by the shipped model, and a few hundred steps make up for the rounding. Names are not kept in a
graph of onnxruntime's, so a coder of the same shape with weights drawn at random is exported in the same way, and every
tensor of its graph is known by its values.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx.numpy_helper import to_array
from onnxruntime.quantization.shape_inference import quant_pre_process

import encoder as encoders
import export
import smoothing
from coder_model import Coder

GRAPHS = ("words.onnx", "marks.onnx")
Floats = NDArray[np.float32]


def initializers(graph: Path) -> dict[str, NDArray[np.generic]]:
    return {t.name: to_array(t) for t in onnx.load(str(graph)).graph.initializer}


def smoothed(encoder: Path) -> Coder:
    """A coder in the form it is shipped in, every value of it drawn at random."""
    model = Coder(encoders.load(encoder))
    ids, mask = torch.randint(1000, 2000, (2, 24)), torch.ones(2, 24)
    smoothing.smooth(model.encoder, [lambda: model.encoder.text(ids, mask)])
    with torch.no_grad():
        for p in model.parameters():
            p.normal_()
        for layer in model.encoder.layers:
            layer.k.shrink, layer.v.shrink = layer.q.shrink, layer.q.shrink  # equal tensors are one in the graph
    return model.eval()


def named(model: Coder, graph: Path) -> dict[str, tuple[str, bool]]:
    """Tensors of a float graph: the parameter each one is, and whether it lies transposed."""

    def key(a: NDArray[np.generic]) -> bytes:
        return np.ascontiguousarray(a).tobytes()

    known: dict[bytes, tuple[str, bool]] = {}
    for name, p in model.named_parameters():
        a = p.detach().numpy()
        known[key(a)] = (name, False)
        if a.ndim == 2:
            known[key(a.T)] = (name, True)
    halves = {}
    for name in ("pair_source", "pair_target"):
        a = getattr(model, name).weight.detach().numpy()
        w = a.shape[1] // 2
        for n, part in enumerate((a[:, :w], a[:, w:])):
            halves[key(part.T)] = (f"{name}.weight/{n}", True)
    known |= halves
    return {t: known[k] for t, a in initializers(graph).items() if (k := key(a)) in known}


def value(shipped: dict[str, NDArray[np.generic]], name: str) -> Floats | None:
    """A tensor of a shipped graph in floats; None where it has none of that name."""
    if name in shipped:
        return shipped[name].astype(np.float32)
    if (q := shipped.get(f"{name}_quantized")) is None:
        return None
    zero, scale = shipped[f"{name}_zero_point"].astype(np.float32), shipped[f"{name}_scale"].astype(np.float32)
    return (q.astype(np.float32) - zero) * scale


def weights(model: Path, encoder: Path) -> dict[str, torch.Tensor]:
    """The coder's weights by name, smoothing undone; those that training leaves as they are come from the encoder itself."""
    form = smoothed(encoder)
    found: dict[str, Floats] = {}
    with tempfile.TemporaryDirectory() as t:
        export.graphs(form, Path(t))
        for graph in GRAPHS:
            ready = Path(t) / "ready.onnx"
            quant_pre_process(str(Path(t) / graph), str(ready), skip_symbolic_shape=True)
            shipped = initializers(model / graph)
            for tensor, (name, turned) in named(form, ready).items():
                if (a := value(shipped, tensor.replace(".v.shrink", ".q.shrink"))) is None:
                    raise SystemExit(f"{model}: no {tensor} in {graph}; was it exported by another version of torch?")
                found[name] = a.T if turned else a
    return plain(found, Coder(encoders.load(encoder)))


def plain(found: dict[str, Floats], model: Coder) -> dict[str, torch.Tensor]:
    for name in ("pair_source", "pair_target"):
        found[f"{name}.weight"] = np.concatenate([found.pop(f"{name}.weight/{n}") for n in (0, 1)], 1)
    state = model.state_dict()
    kept = {k: v for k, v in state.items() if k.startswith(("encoder.words.", "encoder.positions."))}
    out: dict[str, torch.Tensor] = {}
    for name, old in state.items():
        if name in kept:
            out[name] = old
            continue
        module, _, part = name.rpartition(".")
        a = found.get(name, found.get(f"{module}.linear.{part}"))
        if a is None:
            raise SystemExit(f"no tensor of the shipped graphs is {name}")
        if part == "weight" and name not in found:
            layer, which = module.rsplit(".", 1)
            a = a * found[f"{layer}.{'q' if which in 'qkv' else which}.shrink"]
        out[name] = torch.from_numpy(np.array(a, dtype=np.float32).reshape(old.shape))
    return out


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("model", type=Path)
    a.add_argument("out", type=Path)
    a.add_argument("--encoder", type=Path, required=True)
    o = a.parse_args()
    o.out.mkdir(parents=True, exist_ok=True)
    torch.save({"model": weights(o.model, o.encoder)}, o.out / "checkpoint.pt")
    print(f"{o.out}: weights of {o.model.name}")


if __name__ == "__main__":
    main()
