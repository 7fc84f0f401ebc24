"""Encoder with the attribution heads: tags for source, cue and content, and pointers from a content to its source and cue.

The heads are a module of their own, so that they can stand on an encoder shared with other heads.
"""

from __future__ import annotations

from pathlib import Path

from torch import Tensor, nn
from torch.nn import functional

from dragoman.coding.speech.passages import STATES, STYLES
from encoder import Encoder, load

LINK = 128  # width in which contents and sources are compared


class Heads(nn.Module):
    """States (B, L, W) -> tag logits (B, L, 9) and link logits (B, 2, L, L): row = piece of a content, column = first piece
    or 0.
    """

    def __init__(self, width: int) -> None:
        super().__init__()
        self.tags = nn.Linear(width, 9)
        self.content = nn.Linear(width, 2 * LINK)
        self.named = nn.Linear(width, 2 * LINK)

    def forward(self, x: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        b, n, _ = x.shape
        rows = self.content(x).view(b, n, 2, LINK).transpose(1, 2)
        columns = self.named(x).view(b, n, 2, LINK).transpose(1, 2)
        link = rows @ columns.transpose(-1, -2) / LINK**0.5
        return self.tags(x), link + (1.0 - mask.to(link.dtype))[:, None, None, :] * -1e4


class AttributionModel(nn.Module):
    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.encoder: Encoder = load(folder)
        width = self.encoder.shape.width
        self.state, self.style = nn.Embedding(STATES, width), nn.Embedding(len(STYLES), width)
        nn.init.zeros_(self.state.weight)
        nn.init.zeros_(self.style.weight)
        self.heads = Heads(width)

    def forward(self, ids: Tensor, mask: Tensor, features: Tensor) -> tuple[Tensor, Tensor]:
        """ids, mask, features (B, L) int64; features = style * STATES + state."""
        e = self.encoder
        raw, _ = e.embed(ids)
        x = e.drop(e.norm(raw + self.state(features % STATES) + self.style(features // STATES)))
        bias = (1.0 - mask.to(x.dtype))[:, None, None, :] * -1e4
        for layer in e.layers:
            q, k, v = layer.split(layer.q(x)), layer.split(layer.k(x)), layer.split(layer.v(x))
            mixed = functional.scaled_dot_product_attention(q, k, v, attn_mask=bias.to(q.dtype))
            x = layer.norm_attention(x + layer.drop(layer.o(mixed.transpose(1, 2).reshape(x.shape))))
            x = layer.norm_output(x + layer.drop(layer.down(functional.gelu(layer.up(x)))))
        return self.heads(x, mask)  # type: ignore[no-any-return]


def loss(tags: Tensor, link: Tensor, tag_gold: Tensor, link_gold: Tensor) -> Tensor:
    """Sum of the tagging losses (mean over word pieces) and of the linking losses (mean over pieces of contents)."""
    b, n, _ = tags.shape
    tagging = functional.cross_entropy(tags.float().reshape(b * n * 3, 3), tag_gold.reshape(-1), ignore_index=-100)
    rows = link_gold.transpose(1, 2).reshape(-1)
    if not bool((rows >= 0).any()):
        return 3 * tagging
    linking = functional.cross_entropy(link.float().reshape(b * 2 * n, n), rows, ignore_index=-100)
    return 3 * tagging + 0.5 * linking
