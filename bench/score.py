"""Counts of what was found against what was marked, and the shares made of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Score:
    """``right`` was found and is marked, ``wrong`` was found only, ``missed`` is marked only."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / max(1e-9, self.precision + self.recall)
