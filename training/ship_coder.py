"""Turn a trained coder (all heads on one encoder) into the model folder of the package.

    python training/ship_coder.py --trained FOLDER [--encoder FOLDER] --name coder-1 [--mean RUN SHARE] [--data ../shared/data]

Writes graphs, shared int8 weights, tokenizer, manifest (sha256 of each file, data with hashes, labels) and the card. Scores are
printed by ``bench/`` and stand in README.md and docs/quality.md; the card names the commands.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from pathlib import Path

import torch
from tokenizers import Tokenizer

import attribution_data as said
import coder_data
import encoder as encoders
import events_data as data
import export
import smoothing
from coder_model import Coder, learn, mean

HERE = Path(__file__).parent
USED = (
    "coded/articles.jsonl", "coded/sentences.jsonl", "relation/plv_train.tsv", "spans/cameo_source_target_train.txt",
    "quotes/polnear_train.jsonl",
)  # fmt: skip
SEEN, SENTENCES = ("reports.jsonl", "hard_cases.jsonl"), 200  # what the encoder is fitted to int8 on
STARTS = {(6, 384): "all-MiniLM-L6-v2", (12, 384): "bge-small-en-v1.5", (8, 768): "all-mpnet-base-v2"}  # by layers and width

CARD = """# Model {name}

Reads English news in passages of {pieces} word pieces and finds, with all heads on one encoder of {layers} layers and width
{width} (started from `{start}`):

- who says what: source, cue and content of each attribution, over sentence borders;
- what the words around an actor without a country of its own ("police", "the minister") say for each country named nearby;
- in each sentence who acts on whom, how (16 PLOVER roots), and whether it took place; it judges given pairs, too, and tags
  source and target words.

int8, run by onnxruntime; its weights are smoothed first (`training/smoothing.py`).

Data: see `manifest.json` for each file's hash. Articles of fold {fold} were held out, and articles that share a line with them
or with PolNeAR's dev articles. Sources: marked news articles and sentences and PolNeAR 1.0 (local use only; their text is not
contained here), the PLV training pairs, the CAMEO source and target spans, and the project's own marked and written sentences.

Made by `training/coder.py` with seed {seed} and {steps} steps, going on from {before}{mean}, then
`training/ship_coder.py`; the weights of rows in `rows.json` by `training/weighing.py`, on marked articles that the model was
not trained on. One seed; the spread over seeds is not known.

Scores: `python -m bench articles quotes pairs roles contrast actors`. Limits: English only; texts in lower case or without
quotation marks are read with more mistakes; an actor or speaker named more than about 200 words before is out of sight; press
and agency style of 1970 to 2021 is what it has seen most.
"""


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def told_of(run: Path) -> str:
    """The weights of an earlier run, in words."""
    saved = torch.load(run / "checkpoint.pt")
    return f"the weights after {saved['step']} steps" if "step" in saved else "the event coder's weights"


def smooth(model: Coder, tokenizer: Tokenizer) -> None:
    """Fits the encoder's products to int8 by what they read in some written sentences and articles, words and marks."""
    rng = random.Random(1)
    written = [x for name in SEEN for x in data.written(HERE / "written" / name, tokenizer)]
    seen = [p for x in rng.sample(written, SENTENCES) if (p := coder_data.alone(x, tokenizer))]
    smoothing.smooth(model.encoder, [lambda p=p: learn(model, [p], 0, rng) for p in seen])


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--trained", type=Path, required=True)
    a.add_argument("--encoder", type=Path, help="folder of the encoder that training started from; all-MiniLM-L6-v2 by default")
    a.add_argument("--name", required=True)
    a.add_argument("--before", required=True, help="what training went on from, for the card")
    a.add_argument("--mean", nargs=2, action="append", default=[], metavar=("RUN", "SHARE"), help="an earlier run in the mean")
    a.add_argument("--data", type=Path, default=Path("../shared/data"))
    a.add_argument("--out", type=Path, default=HERE.parent / "src/dragoman/models")
    a.add_argument("--float", action="store_true", help="keep fp32, to measure what int8 costs")
    o = a.parse_args()
    o.encoder = o.encoder or encoders.start()
    tokenizer = Tokenizer.from_file(str(o.encoder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    saved = torch.load(o.trained / "checkpoint.pt")
    options = json.loads((o.trained / "options.json").read_text())
    model = Coder(encoders.load(o.encoder))
    model.load_state_dict(mean(saved["model"], {Path(run): float(share) for run, share in o.mean}))
    model.eval()
    if not o.float:
        smooth(model, tokenizer)
    start = STARTS[model.encoder.shape.layers, model.encoder.shape.width]
    own = [HERE / "marks" / name for name in said.OWN] + sorted((HERE / "written").glob("*.jsonl"))
    manifest = {
        "name": o.name.rsplit("-", 1)[0],
        "version": o.name.rsplit("-", 1)[1],
        "start": start,
        "passage": {"pieces": said.PIECES, "overlap": said.OVERLAP},
        "roots": list(data.ROOTS),
        "modalities": list(data.MODALITIES),
        "plover": list(data.PLOVER),
        "held_out_fold": options["hold_out"],
        "data": {p: digest(o.data / p) for p in USED} | {p.name: digest(p) for p in own},
        "options": options,
        "steps": saved["step"],
    }
    folder = o.out / o.name
    export.package(model, o.encoder / "tokenizer.json", folder, manifest, int8=not o.float)
    shape = {"layers": model.encoder.shape.layers, "width": model.encoder.shape.width, "pieces": said.PIECES}
    shares = [f"{float(share):.0%} of {told_of(Path(run))}" for run, share in o.mean]
    told = {"name": o.name, "start": start, "fold": options["hold_out"], "seed": options["seed"], "before": o.before}
    told["mean"] = f", a mean with {' and '.join(shares)}" if shares else ""
    (folder / "card.md").write_text(CARD.format(**told, **shape, steps=saved["step"]))
    print(f"{folder}: {sum(p.stat().st_size for p in folder.iterdir()) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
