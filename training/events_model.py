"""The event coder's heads over one encoder: who acts (spans), which pairs may hold an event (proposals), what holds (marks)."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from encoder import Encoder
from events_data import MODALITIES, PLOVER, ROOTS

ROLES = 3  # source, target, speaker
SPAN_SIZE, PAIR_SIZE, WIDEST = 64, 128, 16  # WIDEST: word pieces of a mention; 99.4% of the marked ones are shorter
FLOOR = -1e4


class EventCoder(nn.Module):
    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder
        width = encoder.shape.width
        self.span_start = nn.Linear(width, ROLES * SPAN_SIZE)
        self.span_end = nn.Linear(width, ROLES * SPAN_SIZE)
        self.span_width = nn.Parameter(torch.zeros(ROLES, WIDEST))
        self.pair_source = nn.Linear(2 * width, PAIR_SIZE)
        self.pair_target = nn.Linear(2 * width, PAIR_SIZE)
        self.nobody = nn.Parameter(torch.randn(2, PAIR_SIZE) * 0.1)
        self.pair_bias = nn.Parameter(torch.zeros(1))
        self.tags = nn.Linear(width, 3)
        self.judge = nn.Sequential(nn.Linear(2 * width, width), nn.GELU(), nn.Dropout(0.1))
        self.both = nn.Sequential(nn.Linear(2 * width, width), nn.GELU(), nn.Dropout(0.1))
        self.event = nn.Linear(width, 1)
        self.prior = nn.Linear(3, 1, bias=False)
        self.root = nn.Linear(width, len(ROOTS))
        self.modality = nn.Linear(width, len(MODALITIES))
        self.plover = nn.Linear(width, len(PLOVER))
        self.trigger = nn.Linear(width, 2 * SPAN_SIZE)
        self.trigger_words = nn.Linear(width, 2 * SPAN_SIZE)
        self.absent = nn.Linear(width, 2 * SPAN_SIZE)
        self.absent_words = nn.Linear(width, 2 * SPAN_SIZE)
        self.absent_none = nn.Parameter(torch.randn(2, 2, SPAN_SIZE) * 0.1)  # side; nobody known, somebody outside the sentence

    def spans(self, x: Tensor, mask: Tensor) -> Tensor:
        """Scores (B, roles, T, WIDEST): a mention of this role starts at word piece t and is w + 1 long. Impossible ones
        are FLOOR."""
        b, t, _ = x.shape
        q = self.span_start(x).view(b, t, ROLES, SPAN_SIZE).transpose(1, 2)
        k = self.span_end(x).view(b, t, ROLES, SPAN_SIZE).transpose(1, 2)
        full = q @ k.transpose(-1, -2) / SPAN_SIZE**0.5  # (B, roles, T, T)
        ends = torch.arange(t, device=x.device)[:, None] + torch.arange(WIDEST, device=x.device)[None]
        inside = ends < t
        ends = ends.clamp(max=t - 1)
        scores = full.gather(3, ends[None, None].expand(b, ROLES, -1, -1)) + self.span_width[None, :, None, :]
        real = mask.bool()[:, None, :, None] & mask.bool()[:, ends][:, None] & inside[None, None]
        return scores.float().masked_fill(~real, FLOOR)

    def sides(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Projections whose sums over first and last piece give a span's vector as source and as target: 2 x (B, T, 2,
        PAIR_SIZE)."""
        w = x.shape[-1]
        out = []
        for linear in (self.pair_source, self.pair_target):
            first, last = linear.weight[:, :w], linear.weight[:, w:]
            out.append(torch.stack([x @ first.T + linear.bias, x @ last.T], 2))
        return out[0], out[1]

    def judged(self, marked: Tensor, prior: Tensor, words: Tensor, mask: Tensor) -> dict[str, Tensor]:
        """Everything said of each pair, from its two marks (B, 2P, W), the first step's scores of it (B, P, 3) and the
        words (B, T, W).

        The words that state the event are pointed at first, and what holds is told from the marks and those words together.
        """
        b, m, w = marked.shape
        r = self.judge(marked.view(b, m // 2, 2 * w))
        hidden = ((1.0 - mask.float()) * FLOOR)[:, None, None]

        def point(query: nn.Linear, key: nn.Linear) -> Tensor:  # (B, P, 2, T)
            q = query(r).view(b, m // 2, 2, SPAN_SIZE)
            k = key(words).view(b, -1, 2, SPAN_SIZE)
            return (torch.einsum("bpse,btse->bpst", q, k) / SPAN_SIZE**0.5).float() + hidden

        q = self.absent(r).view(b, m // 2, 2, SPAN_SIZE)
        none = torch.einsum("bpse,sne->bpsn", q, self.absent_none.to(q.dtype)).float() / SPAN_SIZE**0.5
        trigger = point(self.trigger, self.trigger_words)
        both = self.both(torch.cat([r, torch.softmax(trigger.mean(2), -1).to(words.dtype) @ words], -1))
        return {
            "event": (self.event(both).float() + self.prior(prior).float()).squeeze(-1),
            "root": self.root(both).float(),
            "modality": self.modality(both).float(),
            "plover": self.plover(both).float(),
            "trigger": trigger,
            "absent": torch.cat([none, point(self.absent, self.absent_words)], -1),
        }


def span_loss(scores: Tensor, gold: Tensor) -> Tensor:
    """Multi-label loss with threshold 0 over all spans of a role (Su et al. 2022, Global Pointer): few positives among
    thousands."""
    s, g = scores.flatten(2), gold.flatten(2)
    zero = torch.zeros_like(s[..., :1])
    wrong = torch.cat([s.masked_fill(g, FLOOR), zero], -1).logsumexp(-1)
    right = torch.cat([(-s).masked_fill(~g, FLOOR), zero], -1).logsumexp(-1)
    return (wrong + right).mean()
