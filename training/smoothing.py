"""Makes an encoder ready for int8: what single channels of an activation have too much of moves into the weights behind it.

onnxruntime scales a product's whole input by its largest value, so a few large channels cost all others their precision. Each
input is divided by a factor of its channel and the weights are multiplied by it, which changes nothing in exact arithmetic
(Xiao et al. 2023, SmoothQuant). The factors come from the activations of a few hundred written sentences.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import torch
from torch import Tensor, nn

from encoder import Encoder

MOVED = 0.75  # share of a channel's range that moves into the weights, in the exponent; .5 to .95 were tried
LEAST = 1e-5
TOGETHER = (("q", "k", "v"), ("o",), ("up",), ("down",))  # linear maps of a layer that read the same input


class Smoothed(nn.Module):
    """A linear map of an input that is divided by ``factor`` (W,) first, its weights multiplied by it."""

    def __init__(self, linear: nn.Linear, factor: Tensor) -> None:
        super().__init__()
        self.linear = linear
        with torch.no_grad():
            self.linear.weight.mul_(factor)
        self.shrink = nn.Parameter(1.0 / factor, requires_grad=False)

    def forward(self, x: Tensor) -> Tensor:
        return self.linear(x * self.shrink)


def smooth(encoder: Encoder, passes: Sequence[Callable[[], object]], moved: float = MOVED) -> None:
    """Replaces the linear maps of every layer; ``passes`` run the model over sentences, marks included."""
    largest: dict[nn.Linear, Tensor] = {}

    def watch(module: nn.Module, inputs: tuple[Tensor, ...]) -> None:
        assert isinstance(module, nn.Linear)
        now = inputs[0].detach().abs().flatten(0, -2).amax(0)
        largest[module] = torch.maximum(largest[module], now) if module in largest else now

    maps = [getattr(layer, name) for layer in encoder.layers for names in TOGETHER for name in names]
    watched = [m.register_forward_pre_hook(watch) for m in maps]
    with torch.no_grad():
        for run in passes:
            run()
    for handle in watched:
        handle.remove()
    for layer in encoder.layers:
        for names in TOGETHER:
            maps = [getattr(layer, n) for n in names]
            seen = torch.stack([largest[m] for m in maps]).amax(0).clamp(min=LEAST)
            weights = torch.cat([m.weight.detach().abs() for m in maps]).amax(0).clamp(min=LEAST)
            factor = (seen**moved / weights ** (1 - moved)).clamp(min=LEAST)
            for n, m in zip(names, maps, strict=True):
                setattr(layer, n, Smoothed(m, factor))
