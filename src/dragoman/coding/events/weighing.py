"""How likely a candidate row is right: what the sentence model gave it, weighed with what the article knows.

The sentence model does not see countries, other sentences or the rest of its own answers. Here each candidate row gets plain
features of these, and a logistic regression, fitted by ``training/weighing.py`` on marked articles that the model was not
trained on, turns them into the row's score: of the rows with 0.7, seven in ten are right (``python -m bench.calibration``).
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.codebook.tables import NO_STATE
from dragoman.coding.events.model import Found
from dragoman.errors import ModelError
from dragoman.records import ActorRef, SentenceKind

Features = dict[str, float]
FILE = "rows.json"
PRONOUNS = frozenset("he she it they we i you who which that his her its their our him them us me".split())
LONG = 20  # sentences of an article that would name a pair again
SHORT = 5  # sentences below which a text tells nothing beside its sentence: the weights come from whole articles


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row before it is one: what the model found, the two actors it resolves to, and where it stands."""

    found: Found
    source: ActorRef
    target: ActorRef
    sentence: int
    kind: SentenceKind
    quoted: bool  # on the word of somebody else than the article
    shares: tuple[float, float] = (0.0, 0.0)  # of the article's mentions of countries, those of source's and target's


@dataclass(frozen=True, slots=True)
class Weights:
    """Of the features, and ``alone`` (slope, bias) of the sentence model's own score where there is no article to weigh."""

    bias: float
    of: Mapping[str, float]
    alone: tuple[float, float] = (1.0, 0.0)

    def score(self, features: Features) -> float:
        return _probability(self.bias + sum(self.of.get(name, 0.0) * value for name, value in features.items()))

    def score_alone(self, given: float) -> float:
        return _probability(self.alone[0] * _logit(given) + self.alone[1])


def load(folder: Path) -> Weights:
    """The weights that belong to a model. Raises ModelError where its folder lacks them."""
    try:
        data = json.loads((folder / FILE).read_text(encoding="utf-8"))
        slope, bias = data["alone"]
        return Weights(float(data["bias"]), {str(k): float(v) for k, v in data["weights"].items()}, (float(slope), float(bias)))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise ModelError(f"the model {folder.name} has no readable {FILE}; reinstall dragoman to restore it") from None


def scores(candidates: Sequence[Candidate], sentences: int, weights: Weights) -> list[float]:
    """The probability of each candidate of one article that its states and root are right."""
    if sentences < SHORT:
        return [weights.score_alone(c.found.score) for c in candidates]
    return [weights.score(f) for f in features(candidates, sentences)]


def features(candidates: Sequence[Candidate], sentences: int) -> list[Features]:
    """Named features of each candidate of one article; what is not named is 0. ``sentences``: how many the article has."""
    by_sentence: dict[int, list[Candidate]] = defaultdict(list)
    by_pair: dict[frozenset[str | None], list[Candidate]] = defaultdict(list)
    for c in candidates:
        by_sentence[c.sentence].append(c)
        by_pair[_pair(c)].append(c)
    out = []
    for c in candidates:
        here = [o for o in by_sentence[c.sentence] if o is not c]
        pair = [o for o in by_pair[_pair(c)] if o is not c]
        f = _own(c)
        f["rival"] = max((o.found.score for o in here), default=0.0)
        same_words = [o.found.score for o in here if o.found.trigger == c.found.trigger]
        f["same words"] = max(same_words, default=0.0)
        f["same words, how many"] = min(3.0, len(same_words))
        f["same pair here"] = max((o.found.score for o in pair if o.sentence == c.sentence), default=0.0)
        elsewhere = [o.found.score for o in pair if o.sentence != c.sentence]
        f["same pair elsewhere"] = max(elsewhere, default=0.0)
        f["same pair nowhere else"] = 0.0 if elsewhere else min(1.0, (sentences - 1) / LONG)  # says little in a short text
        out.append({name: float(value) for name, value in f.items() if value})
    return out


def _pair(c: Candidate) -> frozenset[str | None]:
    return frozenset((c.source.country, c.target.country))


def _probability(z: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, z))))


def _logit(p: float) -> float:
    p = min(max(p, 1e-4), 1 - 1e-4)
    return math.log(p / (1 - p))


def _own(c: Candidate) -> Features:
    """What the candidate says by itself."""
    found, signals = c.found, c.found.signals
    same = c.source.country is not None and c.source.country == c.target.country
    f: Features = {
        "score": _logit(found.score),
        "pair": signals.pair,
        "modality sure": signals.modality,
        "same country": same,
        "same country, one without words": same and (found.source is None or found.target is None),
        "quoted": c.quoted,
        f"kind {c.kind}": 1.0,
        f"root {found.root}": 1.0,
        f"modality {found.modality}": 1.0,
    }
    for side, ref, span, signal, share in (
        ("source", c.source, found.source, signals.source, c.shares[0]),
        ("target", c.target, found.target, signals.target, c.shares[1]),
    ):
        f |= _side(side, ref, span is not None, signal) | {f"{side} share": share}
    return f


def _side(side: str, ref: ActorRef, words: bool, signal: float) -> Features:
    text = ref.text or ""
    known = "known" if ref.country is not None else "unknown"
    return {
        f"{side} mention": signal if words else 0.0,
        f"{side} mention doubtful": min(0.0, signal) if words else 0.0,
        f"{side} {known} {'in words' if words else 'without words'}": 1.0,
        f"{side} an organisation": ref.country in NO_STATE,
        f"{side} nobody": ref.actor is None or ref.actor.startswith("XXX"),
        f"{side} pronoun": text.lower() in PRONOUNS,
        f"{side} capital": text[:1].isupper(),
        f"{side} words": min(8.0, len(text.split())),
        f"{side} {ref.sector or 'no sector'}": 1.0,
    }
