"""Train the coder: one encoder that reads passages, with the heads for attributions, actors' countries and events.

    python training/coder.py --out FOLDER [--encoder FOLDER] [--events CHECKPOINT] [--steps 2400]

Data: that of ``events.py``, the statements of the marked articles, and PolNeAR's attributions; articles that share a line with
the fold held out or with PolNeAR's dev articles are left out. Each epoch cuts articles into other passages.
Seeds fixed; a checkpoint every hundred steps, from which the same call goes on.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import nn

import attribution_data as said
import coder_data as data
import encoder as encoders
from coder_model import Coder, learn, mean
from dragoman.coding.speech.passages import pieces
from events import IDLE, WEIGHTS

HERE = Path(__file__).parent
ACTORS = 0.5  # weight of the actors' countries beside the attributions


def begin(model: Coder, events: Path | None, runs: dict[Path, float]) -> None:
    """Takes the encoder and the heads of an event coder, a mean with earlier ``runs`` where given."""
    given = mean(torch.load(events)["model"], runs) if events else {}
    missing, unexpected = model.load_state_dict(given, strict=False)
    if unexpected:
        raise SystemExit(f"weights that are no coder's: {unexpected[:3]}")
    print("begun anew:", sorted(missing), flush=True)


class Texts:
    """All training texts; ``epoch`` gives the passages of one pass over them, cut anew."""

    def __init__(self, folder: Path, tokenizer: Tokenizer, fold: int, twice: Iterable[str]) -> None:
        special = (tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]"))
        marked = data.marked_rows(folder, HERE / "marks", fold)
        written = data.written_rows(HERE / "written", (*data.ARTICLES, *twice))
        texts = said.texts_of(marked) + [said.unheard(t) for t in said.texts_of(written)]
        held = said.held_lines(folder, fold)
        known = {t.text for t in texts}
        # An article of PolNeAR that is marked by our guide too is read twice, once for each guide.
        self.polnear = [
            t for t in said.read_polnear(folder / "quotes" / "polnear_train.jsonl") if not said.heads_of_lines(t.text) & held
        ]
        self.cut = {t: pieces(t, tokenizer) for t in known | {t.text for t in self.polnear}}
        keep = [n for n, t in enumerate(texts) if not said.heads_of_lines(t.text) & held]
        rows = [*marked, *written]
        self.wholes = data.wholes([rows[n] for n in keep], [texts[n] for n in keep], self.cut, tokenizer)
        self.singles = [p for x in data.singles(folder, HERE / "written", fold, tokenizer) if (p := data.alone(x, tokenizer))]
        self.special = special

    def epoch(self, seed: int, articles: float, polnear: float, roles: float, pairs: float) -> list[data.Passage]:
        """How often one pass takes marked and written articles, PolNeAR's, the sentences marked for roles and the pairs marked
        by others: a share, of the last two more than once, too."""
        draw = random.Random(seed)
        out = []
        quoted = [t for t in said.one_coder(self.polnear, seed) if draw.random() < polnear]
        taken = [w for w in self.wholes if articles >= 1 or draw.random() < articles]
        for whole in [*taken, *(data.Whole(t, ()) for t in quoted)]:
            first = draw.randint(48, said.PIECES - 2)
            out += data.passages(whole, self.cut[whole.text.text], self.special, first, IDLE, draw)
        often = {"roles": roles, "plover": pairs}
        for p in self.singles:
            x = p.sentences[0][0]
            wanted = often.get(x.kind, 1.0 if x.pairs else IDLE)
            out += [p] * (int(wanted) + (draw.random() < wanted % 1))
        return out


def queue(texts: Texts, o: argparse.Namespace) -> Iterator[list[data.Passage]]:
    """Batches without end, epoch after epoch."""
    for epoch in range(10_000):
        seed = o.seed * 100 + epoch
        found = data.batches(texts.epoch(seed, o.articles, o.polnear, o.roles, o.pairs), o.room, random.Random(seed))
        print(f"epoch {epoch}: {len(found)} batches", flush=True)
        yield from found


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--data", type=Path, default=Path("../shared/data"))
    a.add_argument("--encoder", type=Path, help="folder of the encoder; all-MiniLM-L6-v2 by default")
    a.add_argument("--events", type=Path, help="checkpoint of an event coder to go on from")
    a.add_argument(
        "--mean", nargs=2, action="append", default=[], metavar=("RUN", "SHARE"), help="an earlier run of the events'"
    )
    a.add_argument("--out", type=Path, required=True)
    a.add_argument("--steps", type=int, default=2400)
    a.add_argument("--rate", type=float, default=1.5e-4)
    a.add_argument("--room", type=int, default=1600, help="word pieces of one step")
    a.add_argument("--articles", type=float, default=1.0, help="share of the marked and written articles that an epoch takes")
    a.add_argument("--polnear", type=float, default=1.0, help="share of PolNeAR's articles that an epoch takes")
    a.add_argument("--roles", type=float, default=1.0, help="how often an epoch takes the sentences marked for roles")
    a.add_argument("--pairs", type=float, default=1.0, help="how often it takes the pairs marked by others")
    a.add_argument("--twice", nargs="*", default=[], metavar="FILE", help="written articles that an epoch takes twice")
    a.add_argument("--keep", type=int, nargs="*", default=[], help="steps of which a copy is kept, in OUT/STEP")
    a.add_argument("--hold-out", type=int, default=0)
    a.add_argument("--threads", type=int, default=2)
    a.add_argument("--seed", type=int, default=1)
    o = a.parse_args()
    o.encoder = o.encoder or encoders.start()
    torch.manual_seed(o.seed)
    torch.set_num_threads(o.threads)
    o.out.mkdir(parents=True, exist_ok=True)
    named = ("encoder", "data", "out", "events", "mean")
    (o.out / "options.json").write_text(json.dumps({k: v for k, v in vars(o).items() if k not in named}))
    tokenizer = Tokenizer.from_file(str(o.encoder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    model = Coder(encoders.load(o.encoder))
    begin(model, o.events, {Path(run): float(share) for run, share in o.mean})
    texts = Texts(o.data, tokenizer, o.hold_out, o.twice)
    train(model, texts, o)


def train(model: Coder, texts: Texts, o: argparse.Namespace) -> None:
    for e in (model.encoder.words, model.encoder.positions):
        e.weight.requires_grad_(False)
    heads = [p for n, p in model.named_parameters() if not n.startswith("encoder.")]
    body = [p for n, p in model.named_parameters() if n.startswith("encoder.") and p.requires_grad]
    optimiser = torch.optim.AdamW(
        [{"params": body, "lr": o.rate}, {"params": heads, "lr": 5 * o.rate}], weight_decay=0.01, fused=True
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda n: min(1, (n + 1) / (0.06 * o.steps)) * max(0.01, 1 - n / o.steps)
    )
    first, checkpoint = 0, o.out / "checkpoint.pt"
    if checkpoint.exists():
        saved = torch.load(checkpoint)
        model.load_state_dict(saved["model"])
        optimiser.load_state_dict(saved["optimiser"])
        schedule.load_state_dict(saved["schedule"])
        first = saved["step"]
    rng = random.Random(o.seed)
    model.train()
    began, sums, short = time.time(), {}, encoders.has_bfloat16()
    for n, batch in enumerate(queue(texts, o)):
        if n < first:
            continue
        if n >= o.steps:
            break
        with torch.autocast("cpu", torch.bfloat16, enabled=short):
            attributions, actors, found = learn(model, batch, 0, rng)
        loss = attributions + ACTORS * actors + sum(WEIGHTS[k] * v for k, v in found.items())
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_([*body, *heads], 1.0)
        optimiser.step()
        schedule.step()
        for k, v in (found | {"attributions": attributions, "actors": actors}).items():
            if float(v.detach()):
                s = sums.setdefault(k, [0.0, 0])
                s[0] += float(v.detach())
                s[1] += 1
        if n % 50 == 49:
            told = json.dumps({k: round(s / c, 3) for k, (s, c) in sums.items()})
            print(f"step {n + 1} of {o.steps} {time.time() - began:.0f}s {told}", flush=True)
            sums = {}
        if n % 100 == 99 or n + 1 == o.steps:
            state = {"model": model.state_dict(), "optimiser": optimiser.state_dict(), "schedule": schedule.state_dict()}
            torch.save(state | {"step": n + 1}, o.out / "next.pt")
            (o.out / "next.pt").replace(checkpoint)
        if n + 1 in o.keep:
            (o.out / str(n + 1)).mkdir(exist_ok=True)
            torch.save({"model": model.state_dict(), "step": n + 1}, o.out / str(n + 1) / "checkpoint.pt")


if __name__ == "__main__":
    main()
