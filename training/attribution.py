"""Train the attribution model: data -> fine-tuned encoder -> int8 ONNX with manifest and card.

    python training/attribution.py --data ../shared/data --encoder FOLDER --work WORK --out src/dragoman/models/attribution-1

Resumes from WORK/last.pt. On two cores an epoch takes about eight minutes. Reads PolNeAR's training articles and the coded
articles
of folds 1 to 4; articles that share a line with fold 0 or with PolNeAR's dev articles are left out.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer

import encoder
from attribution_data import (
    PIECES,
    Example,
    Text,
    examples,
    heads_of_lines,
    one_coder,
    read_coded,
    read_own,
    read_polnear,
    read_written,
)
from attribution_model import AttributionModel, loss
from dragoman.coding.speech.passages import Pieces, pieces

ACTORS = 0.5  # weight of the actors' countries beside the attributions


def tokenizer_of(folder: Path) -> Tokenizer:
    t = Tokenizer.from_file(str(folder / "tokenizer.json"))
    t.no_truncation()
    t.no_padding()
    return t


def batches(items: list[Example], pieces_per_batch: int, seed: int) -> list[list[Example]]:
    """Batches of about equal work: items of like length together, batches in random order."""
    draw = random.Random(seed)
    ordered = sorted(items, key=lambda e: len(e.ids) + draw.random() * 24)
    out: list[list[Example]] = [[]]
    for e in ordered:
        if out[-1] and (len(out[-1]) + 1) * len(e.ids) > pieces_per_batch:
            out.append([])
        out[-1].append(e)
    draw.shuffle(out)
    return out


def tensors(batch: list[Example]) -> tuple[Any, ...]:
    n = max(len(e.ids) for e in batch)

    def pad(rows: list[np.ndarray], value: int) -> torch.Tensor:
        full = [np.concatenate([r, np.full((n - len(r), *r.shape[1:]), value, dtype=np.int64)]) for r in rows]
        return torch.from_numpy(np.stack(full))

    mask = pad([np.ones_like(e.ids) for e in batch], 0)
    return (
        pad([e.ids for e in batch], 0),
        mask,
        pad([e.features for e in batch], 0),
        pad([e.tags for e in batch], -100),
        pad([e.links for e in batch], -100),
        tuple(e.asks for e in batch),
    )


def epoch_items(texts: list[Text], cut: dict[str, Pieces], special: tuple[int, int], seed: int, repeat: int) -> list[Example]:
    draw = random.Random(seed)
    out: list[Example] = []
    for t in one_coder([t for t in texts if t.style == 0], seed):
        out += examples(cut[t.text], t, special, draw.randint(48, PIECES - 2))
    for _ in range(repeat):
        for t in (t for t in texts if t.style == 1):
            out += examples(cut[t.text], t, special, draw.randint(48, PIECES - 2))
    return out


def resume(path: Path, model: torch.nn.Module, optimiser: torch.optim.Optimizer, schedule: Any) -> int:
    """Take up the last checkpoint, if any; the number of the step to go on with."""
    if not path.exists():
        return 0
    saved = torch.load(path)
    model.load_state_dict(saved["model"])
    optimiser.load_state_dict(saved["optimiser"])
    schedule.load_state_dict(saved["schedule"])
    return int(saved["step"]) + 1


def train(args: argparse.Namespace, texts: list[Text]) -> AttributionModel:
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    model = AttributionModel(args.encoder)
    if args.start:
        model.load_state_dict(torch.load(args.start)["model"])
    if args.events:
        given = {k: v for k, v in torch.load(args.events)["model"].items() if k.startswith("encoder.")}
        model.encoder.load_state_dict({k.removeprefix("encoder."): v for k, v in given.items()})
    model.encoder.words.weight.requires_grad_(False)  # 11.7 of 22.7 million weights: a third of a step's time, nothing learned
    tokenizer = tokenizer_of(args.encoder)
    special = (tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]"))
    cut = {t.text: pieces(t.text, tokenizer) for t in texts}
    for module in model.modules():
        if isinstance(module, torch.nn.Dropout):
            # two or three passes over the data: nothing is learned by heart yet, and a tenth of the time is saved
            module.p = 0.0
    heads = [p for n, p in model.named_parameters() if not n.startswith("encoder.")]
    body = [p for n, p in model.named_parameters() if n.startswith("encoder.") and p.requires_grad]
    optimiser = torch.optim.AdamW(
        [{"params": body, "lr": args.rate}, {"params": heads, "lr": args.rate * 5}], weight_decay=0.01, fused=True
    )
    plan = [
        batches(epoch_items(texts, cut, special, args.seed * 100 + e, args.repeat), args.batch, args.seed * 100 + e)
        for e in range(args.epochs)
    ]
    steps = sum(len(p) for p in plan)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda i: min((i + 1) / (0.06 * steps), max(0.02, 1 - i / steps)))
    queue = [batch for epoch in plan for batch in epoch]
    first = resume(args.work / "last.pt", model, optimiser, schedule)
    begun, total, fast = time.time(), np.zeros(2), encoder.has_bfloat16()
    print(f"{len(texts)} texts, {steps} steps, from step {first}", flush=True)
    model.train()
    for i in range(first, steps):
        ids, mask, features, tags, links, asks = tensors(queue[i])
        with torch.autocast("cpu", torch.bfloat16, enabled=fast):
            tag_logits, link_logits = model(ids, mask, features)
        said, meant = loss(tag_logits, link_logits, tags, links, asks)
        (said + ACTORS * meant).backward()
        torch.nn.utils.clip_grad_norm_(heads + body, 1.0)
        optimiser.step()
        schedule.step()
        optimiser.zero_grad(set_to_none=True)
        total += np.array([said.item(), meant.item()])
        if i % 25 == 24:
            print(
                f"step {i + 1}/{steps} loss {total[0] / 25:.3f}, actors {total[1] / 25:.3f}, {time.time() - begun:.0f} s",
                flush=True,
            )
            total[:] = 0.0
        if i % 100 == 99 or i + 1 == steps:
            state = {
                "model": model.state_dict(),
                "optimiser": optimiser.state_dict(),
                "schedule": schedule.state_dict(),
                "step": i,
            }
            torch.save(state, args.work / "next.pt")
            (args.work / "next.pt").replace(args.work / "last.pt")
    return model


def last_checkpoint(args: argparse.Namespace) -> AttributionModel:
    model = AttributionModel(args.encoder)
    model.load_state_dict(torch.load(args.work / "last.pt")["model"])
    return model


def held_lines(data: Path, folds: list[int]) -> set[str]:
    """Heads of the lines of what is held out: coded articles of ``folds``, and PolNeAR's dev articles."""
    held = [
        t["text"] for t in map(json.loads, (data / "coded" / "articles.jsonl").open(encoding="utf-8")) if t["fold"] in folds
    ]
    held += [t.text for t in read_polnear(data / "quotes" / "polnear_dev.jsonl")]
    return set().union(*(heads_of_lines(t) for t in held))


def training_texts(data: Path, folds: list[int]) -> list[Text]:
    """PolNeAR's training articles and the coded articles of ``folds``, without what is held out."""
    lines = held_lines(data, sorted(set(range(5)) - set(folds)))
    texts = read_polnear(data / "quotes" / "polnear_train.jsonl") + read_coded(data / "coded" / "articles.jsonl", folds)
    texts += read_own(Path(__file__).parent / "marks", data) + read_written(Path(__file__).parent / "written")
    return [t for t in texts if not heads_of_lines(t.text) & lines]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--encoder", type=Path, help="folder of the encoder to start from; all-MiniLM-L6-v2 by default")
    parser.add_argument("--work", type=Path, required=True, help="folder for checkpoints")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--batch", type=int, default=2304, help="word pieces of one step")
    parser.add_argument("--repeat", type=int, default=1, help="times the coded articles are seen in an epoch")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--limit", type=int, default=0, help="use only so many texts (to try the script)")
    parser.add_argument("--start", type=Path, help="checkpoint to begin from with a fresh schedule")
    parser.add_argument(
        "--events", type=Path, help="checkpoint of an event coder on the same encoder, whose encoder to begin from"
    )
    parser.add_argument("--before", help="what --start was trained with, for the card")
    parser.add_argument("--export-only", action="store_true", help="export WORK/last.pt as it is")
    parser.add_argument("--folds", type=int, nargs="+", default=[1, 2, 3, 4])
    args = parser.parse_args()
    args.encoder = args.encoder or encoder.start()
    args.work.mkdir(parents=True, exist_ok=True)
    texts = training_texts(args.data, args.folds)
    if args.limit:
        texts = texts[:: max(1, len(texts) // args.limit)]
    model = last_checkpoint(args) if args.export_only else train(args, texts)
    if args.out:
        from attribution_export import export

        export(model, args)


if __name__ == "__main__":
    main()
