"""Train the event coder: ``python training/events.py --encoder FOLDER --out FOLDER [--hold-out 0] [--epochs 8]``.

Data: ``coded/`` (events), PLV (marked pairs), the CAMEO spans (roles), and the project's own marked and written sentences.
Every step encodes the words of a batch, takes the model's own best mentions as rivals of the marked ones, and judges the marked
pairs among them: the second step learns from the mistakes of the first. Seeds fixed; a checkpoint after each epoch, from
which the same call goes on.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

import encoder as encoders
import events_data as data
from events_model import EventCoder, span_loss

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))
from dragoman.coding.events import pairs as deciding

RIVALS, PAIRS, RIVAL_FLOOR = 5, 10, -4.0
IDLE = 0.5  # share of the sentences without an event that an epoch takes


def batches(examples: list[data.Example], pieces: int, rng: random.Random) -> list[list[data.Example]]:
    """Sentences of like length together, about ``pieces`` word pieces a batch, in random order."""
    order = sorted(examples, key=lambda x: (len(x.ids) // 6, rng.random()))
    out, now = [], []
    for x in order:
        if now and (len(now) + 1) * max(len(y.ids) for y in [*now, x]) > pieces:
            out.append(now)
            now = []
        now.append(x)
    out.append(now)
    rng.shuffle(out)
    return out


def padded(batch: list[data.Example], pad: int) -> tuple[Tensor, Tensor]:
    length = max(len(x.ids) for x in batch)
    ids = torch.full((len(batch), length), pad)
    mask = torch.zeros(len(batch), length)
    for i, x in enumerate(batch):
        ids[i, : len(x.ids)] = torch.tensor(x.ids)
        mask[i, : len(x.ids)] = 1
    return ids, mask


def rivals(x: data.Example, scores: np.ndarray) -> tuple[list[data.Span], list[data.Span]]:
    """Marked mentions and the model's own best ones that do not touch a marked one of the same role."""
    out = []
    for role in (data.SOURCE, data.TARGET):
        gold = sorted({(a, b) for r, a, b in x.spans if r == role})
        own = [s for s in deciding.mentions(scores[role], RIVAL_FLOOR, RIVALS) if not any(deciding.overlap(s, g) for g in gold)]
        out.append(gold + own)
    return out[0], out[1]


def candidates(x: data.Example, out: dict, i: int, rng: random.Random) -> list[data.Pair]:
    """All pairs of an example's mentions: the marked events with their labels, the others with none."""
    marked = {(p.source, p.target): p for p in x.pairs}
    sources, targets = rivals(x, out["numpy"][i])
    rows = list(x.pairs)
    for s in [*sources, None]:
        for t in [*targets, None]:
            if (s, t) in marked or (s is None and t is None) or (s and t and s != t and deciding.overlap(s, t)):
                continue
            rows.append(data.Pair(s, t))
    return rows


def propose(model: EventCoder, x: Tensor, rows: list[list[data.Pair]]) -> Tensor:
    """The first step's score of every candidate pair, sentence after sentence, taken from the words (B, T, W) at once."""
    b, t, _ = x.shape
    sides = []
    for side, table in enumerate(model.sides(x)):
        size = table.shape[-1]
        # Word pieces as first and as last of a span; behind them nobody, and nothing to add to nobody.
        flat = torch.cat([table.reshape(b * t * 2, size), model.nobody[side : side + 1], torch.zeros(1, size)])
        at = []
        for n, candidates in enumerate(rows):
            for p in candidates:
                span = p.target if side else p.source
                at.append((2 * b * t, 2 * b * t + 1) if span is None else (2 * (n * t + span[0]), 2 * (n * t + span[1]) + 1))
        index = torch.tensor(at, dtype=torch.long).view(-1, 2)
        sides.append(flat.index_select(0, index[:, 0]) + flat.index_select(0, index[:, 1]))
    return (sides[0] * sides[1]).sum(-1).float() / sides[0].shape[1] ** 0.5 + model.pair_bias


def learn(model: EventCoder, batch: list[data.Example], pad: int, rng: random.Random) -> dict[str, Tensor]:
    """The losses of sentences that are encoded one by one."""
    ids, mask = padded(batch, pad)
    x, raw, keys, values = model.encoder.text(ids, mask)
    return learn_from(model, batch, x, mask, lambda at: (raw[at], keys[:, at], values[:, at]), rng)


def learn_from(
    model: EventCoder,
    batch: list[data.Example],
    x: Tensor,
    mask: Tensor,
    kept: Callable[[list[int]], tuple[Tensor, Tensor, Tensor]],
    rng: random.Random,
) -> dict[str, Tensor]:
    """The losses of encoded sentences: states (B, T, W), mask (B, T), and what gives raw embeddings, keys and values of some.

    A sentence's first and last piece are the encoder's own marks, or neighbours of a sentence in a passage: no mentions.
    """
    inner = torch.zeros_like(mask)
    for i, e in enumerate(batch):
        inner[i, 1 : len(e.ids) - 1] = 1
    losses: dict[str, Tensor] = {}
    kinds = {k: [i for i, e in enumerate(batch) if e.kind == k] for k in ("events", "plover", "roles")}
    chosen: list[list[data.Pair]] = [[] for _ in batch]
    priors: list[list[Tensor]] = [[] for _ in batch]
    if at := kinds["events"]:
        scores = model.spans(x[at], inner[at])
        gold = torch.zeros_like(scores, dtype=torch.bool)
        for n, i in enumerate(at):
            for role, a, b in batch[i].spans:
                if b - a < scores.shape[3]:
                    gold[n, role, a, b - a] = True
        losses["spans"] = span_loss(scores, gold)
        found = {"numpy": scores.detach().numpy()}
        rows = [candidates(batch[i], found, n, rng) for n, i in enumerate(at)]
        cheap = propose(model, x[at], rows)
        start = 0
        for n, i in enumerate(at):
            score = cheap.detach()[start : start + len(rows[n])].tolist()
            start += len(rows[n])
            order = sorted(range(len(rows[n])), key=lambda k: (not rows[n][k].roots, -score[k] - rng.random()))
            chosen[i] = [rows[n][k] for k in order[:PAIRS]]
            priors[i] = [
                torch.tensor(deciding.prior(found["numpy"][n], rows[n][k].source, rows[n][k].target, score[k]))
                for k in order[:PAIRS]
            ]
        if start:
            wanted = torch.tensor([float(bool(p.roots)) for r in rows for p in r])
            losses["proposals"] = nn.functional.binary_cross_entropy_with_logits(cheap, wanted)
    for i in kinds["plover"]:
        chosen[i] = batch[i].pairs
        priors[i] = [torch.zeros(3) for _ in chosen[i]]
    if at := kinds["roles"]:
        tags = torch.full(mask.shape, -100)
        for i in at:
            tags[i, 1 : len(batch[i].ids) - 1] = torch.tensor(batch[i].tags[1:-1])
        losses["roles"] = nn.functional.cross_entropy(model.tags(x[at]).float().flatten(0, 1), tags[at].flatten())
    if any(chosen):
        losses |= judge(model, chosen, priors, x, kept, mask)
    return losses


def judge(
    model: EventCoder,
    chosen: list[list[data.Pair]],
    priors: list[list[Tensor]],
    x: Tensor,
    kept: Callable[[list[int]], tuple[Tensor, Tensor, Tensor]],
    mask: Tensor,
) -> dict[str, Tensor]:
    at = [i for i, c in enumerate(chosen) if c]
    chosen = [chosen[i] for i in at]
    prior = nn.utils.rnn.pad_sequence([torch.stack(priors[i]) for i in at], batch_first=True)
    raw, keys, values = kept(at)
    x, mask = x[at], mask[at]
    m = deciding.lay_marks([[(p.source, p.target) for p in c] for c in chosen], x.shape[1])
    marked = model.encoder.marks(raw, mask, keys, values, *(torch.from_numpy(a) for a in (m.cover, m.role, m.at, m.pair)))
    said = model.judged(marked, prior, x, mask)
    flat = [(b, p, row) for b, c in enumerate(chosen) for p, row in enumerate(c)]
    losses = {}
    if events := [(b, p, r) for b, p, r in flat if r.plover is None]:
        b, p = torch.tensor([e[0] for e in events]), torch.tensor([e[1] for e in events])
        losses["event"] = nn.functional.binary_cross_entropy_with_logits(
            said["event"][b, p], torch.tensor([float(bool(r.roots)) for *_, r in events])
        )
    if real := [(b, p, r) for b, p, r in flat if r.roots]:
        b, p = torch.tensor([e[0] for e in real]), torch.tensor([e[1] for e in real])
        want = torch.zeros(len(real), len(data.ROOTS))
        for n, (_, _, r) in enumerate(real):
            for root in r.roots:
                want[n, data.ROOTS.index(root)] = 1 / len(r.roots)
        losses["root"] = nn.functional.cross_entropy(said["root"][b, p], want, label_smoothing=0.05)
        losses["modality"] = nn.functional.cross_entropy(
            said["modality"][b, p], torch.tensor([data.MODALITIES.index(r.modality) for _, _, r in real])
        )
        pointed = said["trigger"][b, p]
        know = [(n, r.trigger) for n, (_, _, r) in enumerate(real) if r.trigger]
        if know:
            n = torch.tensor([k[0] for k in know])
            losses["trigger"] = (
                sum(nn.functional.cross_entropy(pointed[n, e], torch.tensor([k[1][e] for k in know])) for e in (0, 1)) / 2
            )
        missing = [
            (n, side, r.absent[side]) for n, (_, _, r) in enumerate(real) for side in (0, 1) if r.absent[side] is not None
        ]
        if missing:
            logp = said["absent"][b, p].log_softmax(-1)
            losses["absent"] = -torch.stack([logp[n, side, list(goal)].logsumexp(-1) for n, side, goal in missing]).mean()
    if plover := [(b, p, r) for b, p, r in flat if r.plover]:
        b, p = torch.tensor([e[0] for e in plover]), torch.tensor([e[1] for e in plover])
        losses["plover"] = nn.functional.cross_entropy(
            said["plover"][b, p], torch.tensor([data.PLOVER.index(r.plover) for _, _, r in plover]), label_smoothing=0.05
        )
    return losses


WEIGHTS = {
    "spans": 0.7,
    "proposals": 0.5,
    "event": 1.0,
    "root": 1.0,
    "modality": 0.4,
    "trigger": 0.4,
    "absent": 0.3,
    "plover": 1.0,
    "roles": 0.5,
}


def read_data(folder: Path, tokenizer: Tokenizer, own: list[Path]) -> list[data.Example]:
    examples = data.coded(folder / "coded/articles.jsonl", tokenizer) + data.coded(folder / "coded/sentences.jsonl", tokenizer)
    for path in own:
        examples += data.own(path, folder, tokenizer) if path.parent.name == "marks" else data.written(path, tokenizer)
    return (
        examples
        + data.plv(folder / "relation/plv_train.tsv", tokenizer)
        + data.roles(folder / "spans/cameo_source_target_train.txt", tokenizer)
    )


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument(
        "--encoder", type=Path, default=None, help="folder of the encoder to start from; all-MiniLM-L6-v2 by default"
    )
    a.add_argument("--data", type=Path, default=Path("../shared/data"))
    a.add_argument("--own", type=Path, nargs="*", default=[], help="files of training/marks and training/written")
    a.add_argument("--start", type=Path, default=None, help="checkpoint of an earlier run, whose weights this one goes on from")
    a.add_argument("--layers", type=int, default=None, help="keep only the first layers of the encoder")
    a.add_argument("--out", type=Path, required=True)
    a.add_argument("--hold-out", type=int, default=0)
    a.add_argument("--epochs", type=int, default=6)
    a.add_argument("--rate", type=float, default=2e-4)
    a.add_argument("--pieces", type=int, default=900)
    a.add_argument("--threads", type=int, default=2)
    a.add_argument("--seed", type=int, default=1)
    o = a.parse_args()
    o.encoder = o.encoder or encoders.start()
    torch.manual_seed(o.seed)
    rng = random.Random(o.seed)
    torch.set_num_threads(o.threads)
    o.out.mkdir(parents=True, exist_ok=True)
    (o.out / "options.json").write_text(
        json.dumps(
            {
                k: [str(p) for p in v] if isinstance(v, list) else v if isinstance(v, (int, float)) else str(v)
                for k, v in vars(o).items()
                if k not in ("out", "data", "encoder") and v is not None
            }
        )
    )
    tokenizer = Tokenizer.from_file(str(o.encoder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    pad = tokenizer.token_to_id("[PAD]") if tokenizer.token_to_id("[PAD]") is not None else tokenizer.token_to_id("<pad>")
    examples = [x for x in read_data(o.data, tokenizer, o.own) if x.fold != o.hold_out]
    model = EventCoder(encoders.load(o.encoder, o.layers))
    if o.start:
        model.load_state_dict(torch.load(o.start)["model"])
    heads = [p for n, p in model.named_parameters() if not n.startswith("encoder.")]
    body = [
        p
        for n, p in model.named_parameters()
        if n.startswith("encoder.") and not n.startswith(("encoder.words", "encoder.positions"))
    ]
    for e in (model.encoder.words, model.encoder.positions):
        e.weight.requires_grad_(
            False
        )  # frozen: a fifth of a step's time in the 12-layer encoder, and rare words keep their sense
    optimiser = torch.optim.AdamW(
        [{"params": body, "lr": o.rate}, {"params": heads, "lr": 5 * o.rate}], weight_decay=0.01, fused=True
    )
    idle = sum(x.kind == "events" and not x.pairs for x in examples)
    total = int(o.epochs * len(batches(examples, o.pieces, random.Random(0))) * (1 - (1 - IDLE) * idle / len(examples)))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda n: min(1, (n + 1) / (0.06 * total)) * max(0.0, 1 - n / total)
    )
    short = encoders.has_bfloat16()
    first, checkpoint = 0, o.out / "checkpoint.pt"
    if checkpoint.exists():
        saved = torch.load(checkpoint)
        model.load_state_dict(saved["model"])
        optimiser.load_state_dict(saved["optimiser"])
        schedule.load_state_dict(saved["schedule"])
        first = saved["epoch"]
    for epoch in range(first, o.epochs):
        rng.seed(o.seed * 1000 + epoch)
        torch.manual_seed(o.seed * 1000 + epoch)
        model.train()
        began, sums = time.time(), {}
        taken = [x for x in examples if x.kind != "events" or x.pairs or rng.random() < IDLE]
        for n, batch in enumerate(batches(taken, o.pieces, rng), 1):
            with torch.autocast("cpu", torch.bfloat16, enabled=short):
                losses = learn(model, batch, pad, rng)
            loss = sum(WEIGHTS[k] * v for k, v in losses.items())
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_([*body, *heads], 1.0)
            optimiser.step()
            schedule.step()
            for k, v in losses.items():
                s = sums.setdefault(k, [0.0, 0])
                s[0] += float(v.detach())
                s[1] += 1
            if n % 50 == 0:
                print(
                    f"epoch {epoch} step {n} of {total // o.epochs} {time.time() - began:.0f}s",
                    json.dumps({k: round(s / c, 3) for k, (s, c) in sums.items()}),
                    flush=True,
                )
        torch.save(
            {
                "model": model.state_dict(),
                "optimiser": optimiser.state_dict(),
                "schedule": schedule.state_dict(),
                "epoch": epoch + 1,
            },
            checkpoint,
        )
        print(
            f"epoch {epoch} done {time.time() - began:.0f}s",
            json.dumps({k: round(s / c, 3) for k, (s, c) in sums.items()}),
            flush=True,
        )


if __name__ == "__main__":
    main()
