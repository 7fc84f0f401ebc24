"""How far a figure can be off because the coder errs: precision and recall by root, measured on marked articles.

Of ``n`` rows of a root the coder got about ``n * p`` right, and with recall ``q`` a careful reader of the same articles would
have marked ``n * p / q``: the misclassification-corrected count (Rogan and Gladen 1978 for one class; for event data the
reasoning of King and Lowe 2003). Its variance by the delta method has three parts: which rows are right (binomial), how many
were missed (negative binomial), and that p and q were measured on few marks (binomial, from the bench's counts).

It corrects single tellings. A group told in many articles is easier to find than one told once, so for pairs in every paper
the corrected count is too high; and the marks are general news, so it does not hold where an archive is of another kind.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType

from dragoman.codebook.events import ROOTS
from dragoman.errors import CodebookError

FILE = Path(__file__).parent / "data" / "coder_error.toml"
PRIOR = 10.0
"""Marks that the mean of all roots stands for in a root's own rates: rare roots have 0 to 5 marks in the fold."""


@dataclass(frozen=True, slots=True)
class RootError:
    """Counts of one root on marked articles, and its rates, drawn towards those of all roots by ``PRIOR`` marks."""

    given: int
    right: int
    required: int
    found: int
    precision: float
    recall: float

    @property
    def ratio(self) -> float:
        """True rows for each row given: precision over recall."""
        return self.precision / self.recall

    @property
    def ratio_spread(self) -> float:
        """Relative variance of ``ratio`` from the number of marks it rests on (delta method)."""
        p, q = self.precision, self.recall
        return (1 - p) / (p * (self.given + PRIOR)) + (1 - q) / (q * (self.required + PRIOR))

    def row_variance(self) -> float:
        """Variance that one given row adds to the corrected count: right or not, and how many were missed beside it."""
        p, q = self.precision, self.recall
        return p * (1 - p) / q**2 + p * (1 - q) / q**2


@dataclass(frozen=True, slots=True)
class CoderError:
    models: str
    codebook: str
    profile: str
    articles: int
    fold: int
    roots: Mapping[str, RootError]


def load(text: str) -> CoderError:
    """The measured error from the text of its data file. Raises CodebookError where it is wrong."""
    raw = tomllib.loads(text)
    try:
        names = ("given", "right", "required", "found")
        counts = {root: tuple(int(row[name]) for name in names) for root, row in raw["roots"].items()}
        made = CoderError(raw["models"], raw["codebook"], raw["profile"], raw["articles"], raw["fold"], MappingProxyType({}))
        return from_counts(counts, made)
    except (KeyError, TypeError, ZeroDivisionError) as e:
        raise CodebookError(f"{FILE.name}: lacks or misstates {e}; write it with python -m bench.coder_error --write") from e


def from_counts(counts: Mapping[str, tuple[int, ...]], made: CoderError) -> CoderError:
    """The error that (given, right, required, found) by root shows, measured with the models and articles of ``made``."""
    unknown = sorted(set(counts) - set(ROOTS))
    if unknown or any(c[1] > c[0] or c[3] > c[2] or min(c) < 0 for c in counts.values()):
        raise CodebookError(f"{FILE.name}: unknown roots {unknown}, or more right than given; write it with bench.coder_error")
    given, right, required, found = (sum(c[i] for c in counts.values()) for i in range(4))
    precision, recall = right / given, found / required
    roots = {root: _drawn(counts.get(root, (0, 0, 0, 0)), precision, recall) for root in ROOTS}
    return replace(made, roots=MappingProxyType(roots))


def _drawn(counts: tuple[int, ...], precision: float, recall: float) -> RootError:
    given, right, required, found = counts
    own = ((right + PRIOR * precision) / (given + PRIOR), (found + PRIOR * recall) / (required + PRIOR))
    return RootError(given, right, required, found, *own)


@cache
def coder_errors() -> CoderError:
    """The measured error of the coder that is shipped."""
    return load(FILE.read_text(encoding="utf-8"))
