"""Turn a trained event coder into the model folder of the package.

``python training/ship_events.py --trained FOLDER --encoder FOLDER --name events-1 [--data ../shared/data]``

Writes graphs, shared int8 weights, tokenizer, manifest (sha256 of each file, data with hashes, labels) and the card. Scores are
printed by ``bench/`` and stand in README.md and docs/quality.md; the card names the commands.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from collections.abc import Mapping
from pathlib import Path

import torch
from tokenizers import Tokenizer

import encoder as encoders
import events
import events_data as data
import export
import smoothing
from events_model import EventCoder

USED = ("coded/articles.jsonl", "coded/sentences.jsonl", "relation/plv_train.tsv", "spans/cameo_source_target_train.txt")

WRITTEN = Path(__file__).parent / "written"
SEEN, SENTENCES = ("reports.jsonl", "hard_cases.jsonl"), 200  # what the encoder is fitted to int8 on
STARTS = {(6, 384): "all-MiniLM-L6-v2", (12, 384): "bge-small-en-v1.5", (12, 768): "all-mpnet-base-v2"}  # by layers and width

CARD = """# Model {name}

Finds in one English sentence who acts on whom, how (16 PLOVER roots) and whether it took place; judges given pairs; tags
source and target words. One encoder of {layers} layers and width {width}, started from `{start}`, with heads for mentions,
cheap pair scores, and floating marks that judge the proposed pairs over the same encoding. int8, run by onnxruntime.

Data: see `manifest.json` for each file's hash. Articles of fold {fold} were held out. Sources: marked news articles and
sentences (local use only; their text is not contained here), the PLV training pairs, the CAMEO source and target spans{own}.

Made by `training/events.py` with seed {seed}, {epochs}{before}, then `training/ship_events.py`; the weights of rows in
`rows.json` by `training/weighing.py`, on marked articles that the model was not trained on.

Scores: `make bench-articles`, `python bench/pairs.py`. Limits: English only; one sentence at a time, so an actor named only
in another sentence is told by the resolver, not by this model; sentences of more than 200 word pieces are read in windows;
press and agency style of 1970 to 2021 is what it has seen most.
"""


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def mean(weights: dict[str, torch.Tensor], runs: Mapping[Path, float]) -> dict[str, torch.Tensor]:
    """Weights between runs of which each went on from the one before (Wortsman et al. 2022): the last one's gains without all
    that its restart forgot. ``runs`` are the earlier ones with their shares."""
    others = {run: torch.load(run / "checkpoint.pt")["model"] for run in runs}
    return {
        k: v + sum(share * (others[run][k] - v) for run, share in runs.items()) if v.dtype.is_floating_point else v
        for k, v in weights.items()
    }


def smooth(model: EventCoder, tokenizer: Path) -> None:
    """Fits the encoder's products to int8 by what they read in some written sentences, words and marks."""
    pieces = Tokenizer.from_file(str(tokenizer))
    pieces.no_padding()
    pieces.no_truncation()
    rng = random.Random(1)
    seen = rng.sample([x for name in SEEN for x in data.written(WRITTEN / name, pieces)], SENTENCES)
    smoothing.smooth(model.encoder, [lambda x=x: events.learn(model, [x], 0, rng) for x in seen])


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--trained", type=Path, required=True)
    a.add_argument(
        "--encoder", type=Path, default=None, help="folder of the encoder to start from; all-MiniLM-L6-v2 by default"
    )
    a.add_argument("--name", required=True)
    a.add_argument(
        "--earlier", type=Path, nargs="*", default=[], help="folders of the runs that this one went on from, first to last"
    )
    a.add_argument(
        "--mean",
        nargs=2,
        action="append",
        default=[],
        metavar=("RUN", "SHARE"),
        help="an earlier run, and its share of the mean of weights",
    )
    a.add_argument("--from", dest="origin", default=None, help="the shipped model that the first of them went on from")
    a.add_argument("--data", type=Path, default=Path("../shared/data"))
    a.add_argument("--out", type=Path, default=Path(__file__).parents[1] / "src/dragoman/models")
    a.add_argument("--float", action="store_true", help="keep fp32, to measure what int8 costs")
    o = a.parse_args()
    o.encoder = o.encoder or encoders.start()
    shares = {Path(run): float(share) for run, share in o.mean}
    saved = torch.load(o.trained / "checkpoint.pt")
    options = json.loads((o.trained / "options.json").read_text()) if (o.trained / "options.json").exists() else {}
    model = EventCoder(encoders.load(o.encoder, options.get("layers")))
    model.load_state_dict(mean(saved["model"], shares))
    model.eval()
    if not o.float:
        smooth(model, o.encoder / "tokenizer.json")
    shape = model.encoder.shape
    start = STARTS[encoders.shape_of(o.encoder).layers, shape.width]
    runs = [json.loads((run / "options.json").read_text()) for run in o.earlier] + [options]
    own = [Path(p) for p in dict.fromkeys(p for run in runs for p in run.get("own", []))]
    epochs = " + ".join(str(run["epochs"]) for run in runs) + " epochs" if options else f"{saved['epoch']} epochs"
    manifest = {
        "name": o.name.rsplit("-", 1)[0],
        "version": o.name.rsplit("-", 1)[1],
        "start": start,
        "roots": list(data.ROOTS),
        "modalities": list(data.MODALITIES),
        "plover": list(data.PLOVER),
        "held_out_fold": options.get("hold_out", 0),
        "data": {p: digest(o.data / p) for p in USED} | {p.name: digest(p) for p in own},
        "options": runs,
    }
    folder = o.out / o.name
    export.package(model, o.encoder / "tokenizer.json", folder, manifest, int8=not o.float)
    (folder / "card.md").write_text(
        CARD.format(
            name=o.name,
            layers=shape.layers,
            width=shape.width,
            start=start,
            fold=options.get("hold_out", 0),
            seed=options.get("seed", 1),
            epochs=epochs,
            before=(f" that go on from the weights of `{o.origin}`" if o.origin else "")
            + (f", a mean with {' and '.join(f'{s:.0%}' for s in shares.values())} of earlier runs' weights" if shares else ""),
            own=", and the project's own marked and written sentences" if own else "",
        )
    )
    print(f"{folder}: {sum(p.stat().st_size for p in folder.iterdir()) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
