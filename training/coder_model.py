"""One encoder with all heads: it reads a passage once, and the states of its words tell who says what, of which country actors
are, and, sentence by sentence, who acts on whom."""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path

import torch
from torch import Tensor, nn

import attribution_model as saying
import coder_data as data
import events
from dragoman.coding.speech.passages import STATES, STYLES
from encoder import Encoder
from events_model import EventCoder


class Coder(EventCoder):
    """The event coder on passages, with the attribution heads."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__(encoder)
        width = encoder.shape.width
        self.state, self.style = nn.Embedding(STATES, width), nn.Embedding(len(STYLES), width)
        nn.init.zeros_(self.state.weight)
        nn.init.zeros_(self.style.weight)
        self.heads = saying.Heads(width)

    def read(self, ids: Tensor, mask: Tensor, features: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """States (B, T, W), raw embeddings, keys, values of passages; features = style * STATES + state."""
        return self.encoder.text(ids, mask, self.state(features % STATES) + self.style(features // STATES))


def learn(model: Coder, batch: list[data.Passage], pad: int, rng: random.Random) -> tuple[Tensor, Tensor, dict[str, Tensor]]:
    """Losses of attributions, of the actors' countries, and of the events of the sentences inside, each by its parts."""
    a = {k: torch.from_numpy(v) for k, v in data.arrays(batch).items()}
    x, raw, keys, values = model.read(a["ids"], a["mask"].float(), a["features"])
    if any(len(p.said.asks) or (p.said.tags >= 0).any() for p in batch):
        tags, links = model.heads(x, a["mask"])
        said, meant = saying.loss(tags, links, a["tags"], a["links"], [p.said.asks for p in batch])
    else:
        said = meant = x.new_zeros(())
    rows = [(b, at, e) for b, p in enumerate(batch) for e, at in p.sentences]
    if not rows:
        return said, meant, {}
    length = max(len(e.ids) for *_, e in rows)
    within = torch.arange(length)[None] + torch.tensor([at for _, at, _ in rows])[:, None]
    mask = (torch.arange(length)[None] < torch.tensor([len(e.ids) for *_, e in rows])[:, None]).float()
    within, of = within.clamp(max=x.shape[1] - 1), torch.tensor([b for b, *_ in rows])[:, None]
    kept_keys, kept_values = (k.permute(1, 3, 0, 2, 4) for k in (keys, values))

    def kept(at: list[int]) -> tuple[Tensor, Tensor, Tensor]:
        places = of[at], within[at]
        return raw[places], kept_keys[places].permute(2, 0, 3, 1, 4), kept_values[places].permute(2, 0, 3, 1, 4)

    return said, meant, events.learn_from(model, [e for *_, e in rows], x[of, within], mask, kept, rng)


def mean(weights: dict[str, torch.Tensor], runs: Mapping[Path, float]) -> dict[str, torch.Tensor]:
    """Weights between runs of which each went on from the one before (Wortsman et al. 2022): the last one's gains without all
    that its restart forgot. ``runs`` are the earlier ones with their shares; what one lacks stays as the last one has it."""
    others = {run: torch.load(run / "checkpoint.pt")["model"] for run in runs}
    return {
        k: v + sum(share * (others[run].get(k, v) - v) for run, share in runs.items()) if v.dtype.is_floating_point else v
        for k, v in weights.items()
    }
