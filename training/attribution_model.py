"""The attribution heads: tags for source, cue and content, and pointers from a content to its source and cue, from an actor to
the named countries."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from actor_links import Ask

LINK = 128  # width in which contents and sources, actors and countries are compared
LINKS = 3  # to a source, to a cue, to a country


class Heads(nn.Module):
    """States (B, L, W) -> tag logits (B, L, 9) and link logits (B, 3, L, L).

    Links 0 and 1 lead from a piece of a content (row) to the first piece of its source and cue (column, 0 for none); link 2
    from the first piece of an actor to those of the countries named in the passage (0 for no country).
    """

    def __init__(self, width: int) -> None:
        super().__init__()
        self.tags = nn.Linear(width, 9)
        self.content = nn.Linear(width, LINKS * LINK)
        self.named = nn.Linear(width, LINKS * LINK)

    def forward(self, x: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        b, n, _ = x.shape
        rows = self.content(x).view(b, n, LINKS, LINK).transpose(1, 2)
        columns = self.named(x).view(b, n, LINKS, LINK).transpose(1, 2)
        link = rows @ columns.transpose(-1, -2) / LINK**0.5
        return self.tags(x), link + (1.0 - mask.to(link.dtype))[:, None, None, :] * -1e4


def loss(
    tags: Tensor, link: Tensor, tag_gold: Tensor, link_gold: Tensor, asks: Sequence[tuple[Ask, ...]] = ()
) -> tuple[Tensor, Tensor]:
    """Sum of the tagging losses (mean over word pieces) and of the linking losses (mean over pieces of contents); and that of
    the actors' countries (mean over questions)."""
    b, n, _ = tags.shape
    said, actors = link[:, :2].float(), link[:, 2].float()
    total = tags.new_zeros(())
    if bool((tag_gold >= 0).any()):
        total = total + 3 * functional.cross_entropy(
            tags.float().reshape(b * n * 3, 3), tag_gold.reshape(-1), ignore_index=-100
        )
    rows = link_gold.transpose(1, 2).reshape(-1)
    if bool((rows >= 0).any()):
        total = total + 0.5 * functional.cross_entropy(said.reshape(b * 2 * n, n), rows, ignore_index=-100)
    found = [(actors[k, ask.row], ask) for k, of in enumerate(asks) for ask in of]
    return total, (torch.stack([actor_loss(row, ask) for row, ask in found]).mean() if found else tags.new_zeros(()))


def actor_scores(row: Tensor, ask: Ask) -> Tensor:
    """Scores (C,) of a question's candidates: the resolver's, and the mean (of exponents) over each one's mentions added."""
    total, candidates = torch.from_numpy(ask.scores), torch.from_numpy(ask.candidates)
    said = torch.full((len(candidates), len(total)), -1e9).scatter(
        1, candidates[:, None], row[torch.from_numpy(ask.columns)][:, None]
    )
    count = torch.bincount(candidates, minlength=len(total))
    mean = torch.logsumexp(said, 0) - count.clamp(min=1).log()
    return total + torch.where(count > 0, mean, torch.zeros_like(mean))


def actor_loss(row: Tensor, ask: Ask) -> Tensor:
    return -torch.log_softmax(actor_scores(row, ask), 0)[ask.right]
