"""The learned coder of one sentence: who acts on whom, how, and whether it took place.

Two steps over one encoding of the words (training/encoder.py tells how): mentions and cheap pair scores propose, marks decide.
Nothing here knows countries or articles; spans are half-open character offsets into the sentence given.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from dragoman.codebook import events as codebook
from dragoman.coding.encoder import Model, softmax
from dragoman.coding.encoder import Pieces as Encoded
from dragoman.coding.ensemble import Ensemble
from dragoman.coding.events import pairs as deciding
from dragoman.records import Modality, Relation
from dragoman.settings import Settings

Span = tuple[int, int]
Words = dict[str, Any]  # what the graph "words" gives of one sentence or passage
MODALITIES: tuple[Modality, ...] = ("happened", "planned", "hypothetical", "denied")
NO_WORDS: Span = (0, 0)
NO_MENTION = -1e4  # the score of a span that cannot be one
NOBODY_KNOWN = 0  # what the pointer of a wordless side says for an unknown actor; 1 is one outside the sentence, then the words


@dataclass(frozen=True, slots=True)
class Signals:
    """What the model's parts gave a pair: logits of each side's mention (0 for a side without words) and of the pair in the
    first step, and the probability of the modality."""

    source: float = 0.0
    target: float = 0.0
    pair: float = 0.0
    modality: float = 0.0


@dataclass(frozen=True, slots=True)
class Found:
    """An event in one sentence. A side without words is None, and ``source_like`` / ``target_like`` then point at words
    that name an actor of the same side, or are "nobody" (unknown) or "outside" (named in another sentence)."""

    source: Span | None
    target: Span | None
    root: str
    modality: Modality
    trigger: Span
    score: float
    scores: dict[str, float]
    source_like: Span | str | None = None
    target_like: Span | str | None = None
    signals: Signals = Signals()


@dataclass(frozen=True, slots=True)
class Sentence:
    """What the model says of one sentence: its events, and the spans it took for candidates with their role."""

    events: tuple[Found, ...]
    mentions: tuple[tuple[Span, int], ...]


class EventModel:
    """Events of sentences by a loaded ``Model`` with the graph ``marks``. ``windows`` gives the word pieces of a sentence and
    what the encoder says of them, a long sentence in several parts."""

    def __init__(
        self, model: Model | Ensemble, settings: Settings, windows: Callable[[str], Iterable[tuple[Encoded, Words]]]
    ) -> None:
        self.model, self.settings, self.windows = model, settings, windows
        self.temperature = float(model.manifest.get("temperature", 1.0))

    def read(self, sentence: str) -> Sentence:
        """Every event that one sentence may state, from the score ``candidate_floor`` up, best first."""
        events: list[Found] = []
        mentions: list[tuple[Span, int]] = []
        for pieces, words in self.windows(sentence):
            found, named = self.decide(pieces, words)
            events += found
            mentions += named
        return Sentence(tuple(sorted(events, key=lambda e: (-e.score, e.trigger, e.root))), tuple(mentions))

    def _judge(self, words: Words, candidates: Sequence[deciding.Candidate]) -> dict[str, Any]:
        length = words["x"].shape[1]
        m = deciding.lay_marks([[(c.source, c.target) for c in candidates]], length)
        said = self.model.run(
            "marks",
            rows=np.zeros(1, np.int64),
            x=words["x"],
            raw=words["raw"],
            keys=words["keys"],
            values=words["values"],
            mask=np.ones((1, length), np.float32),
            cover=m.cover,
            role=m.role,
            at=m.at,
            pair=m.pair,
            prior=np.array([[c.prior for c in candidates]], np.float32),
        )
        return {k: v[0] for k, v in said.items()}

    def decide(self, pieces: Encoded, words: Words) -> tuple[list[Found], list[tuple[Span, int]]]:
        """The events of encoded words, and the mentions that were candidates. The first and last piece are no words."""
        s = self.settings
        events: list[Found] = []
        spans = words["spans"][0]
        spans[:, [0, -1]] = NO_MENTION
        found = [
            deciding.mentions(spans[role], s.mention_floor, s.mentions_per_sentence)
            for role in (deciding.SOURCE, deciding.TARGET)
        ]
        mentions = [(pieces.characters(*m), role) for role, ms in enumerate(found) for m in ms]
        if not any(found):
            return events, mentions
        proposed = deciding.propose(
            found[0], found[1], spans, words["as_source"][0], words["as_target"][0], words["nobody"], float(words["bias"][0])
        )
        proposed = sorted((c for c in proposed if c.score >= s.pair_floor), key=lambda c: -c.score)[: s.pairs_per_sentence]
        if not proposed:
            return events, mentions
        said = self._judge(words, proposed)
        scores = self._scores(said)
        for p, c in enumerate(proposed):
            for at in np.argsort(-scores[p], kind="stable")[:2]:
                root = codebook.ROOTS[int(at)]
                if scores[p, at] >= s.candidate_floor:
                    events.append(
                        self._found(pieces, c, root, scores[p], {k: v[p] for k, v in said.items()}, [*found[0], *found[1]])
                    )
        return events, mentions

    def _scores(self, said: dict[str, Any]) -> Any:
        """Probability of each root for each pair (P, 16): that there is an event, times which one; the rest to 1 is "none"."""
        there = 1.0 / (1.0 + np.exp(-said["event"] / self.temperature))
        return there[:, None] * softmax(said["root"])

    def _found(
        self,
        pieces: Encoded,
        c: deciding.Candidate,
        root: str,
        scores: Any,
        said: dict[str, Any],
        mentions: Sequence[deciding.Pieces],
    ) -> Found:
        first = int(said["trigger"][0][1:-1].argmax()) + 1
        ends = said["trigger"][1][first : min(first + self.settings.widest_trigger, len(pieces) - 1)]
        trigger = pieces.characters(first, first + int(ends.argmax()))
        like: list[Span | str | None] = [None, None]
        for side, span in enumerate((c.source, c.target)):
            if span is None:
                at = int(said["absent"][side].argmax())
                # What it points at must be a mention it found; half a word or an idle one names nobody.
                named = next((m for m in mentions if m[0] <= at - 2 <= m[1]), None)
                like[side] = "nobody" if at == NOBODY_KNOWN else "outside" if named is None else pieces.characters(*named)
        return Found(
            None if c.source is None else pieces.characters(*c.source),
            None if c.target is None else pieces.characters(*c.target),
            root,
            MODALITIES[int(said["modality"].argmax())],
            trigger,
            round(float(scores[codebook.ROOTS.index(root)]), 4),
            {r: round(float(v), 4) for r, v in zip(codebook.ROOTS, scores, strict=True)},
            like[0],
            like[1],
            Signals(*c.prior, float(softmax(said["modality"]).max())),
        )

    def judge(self, sentence: str, source: Span | None, target: Span | None) -> Relation:
        """The relation of one given pair, an event or not: the best of the 16 roots, never "none"."""

        def covered(w: Encoded) -> list[deciding.Pieces | None]:
            return [None if s is None or s[0] >= s[1] else w.covering(*s) for s in (source, target)]

        pieces, words = max(self.windows(sentence), key=lambda w: sum(side is not None for side in covered(w[0])))
        sides = covered(pieces)
        said = self._judge(words, [deciding.Candidate(sides[0], sides[1], 1.0)])
        roots = softmax(said["root"][0])
        plover = softmax(said["plover"][0])
        modality = MODALITIES[int(said["modality"][0].argmax())]
        code = codebook.PLOVER[int(plover.argmax())]
        return Relation(
            codebook.ROOTS[int(roots.argmax())],
            modality,
            code,
            codebook.quad(code),
            round(float(plover.max()), 4),
            {r: round(float(v), 4) for r, v in zip(codebook.ROOTS, roots, strict=True)},
        )

    def roles(self, sentence: str) -> list[tuple[Span, Span, str, float]]:
        """Source and target spans of the sentence with the root between them, best first; a side without words is the empty
        span."""
        out: list[tuple[Span, Span, str, float]] = []
        for pieces, words in self.windows(sentence):
            tags = words["tags"][0].argmax(-1)
            sources, targets = (_runs(tags, role, pieces, sentence) for role in (1, 2))
            if not sources and not targets:
                continue
            pairs = [(s, t) for s in sources or [NO_WORDS] for t in targets or [NO_WORDS]][: self.settings.pairs_per_sentence]
            said = self._judge(words, [deciding.Candidate(pieces.covering(*s), pieces.covering(*t), 1.0) for s, t in pairs])
            for (s, t), row in zip(pairs, softmax(said["root"]), strict=False):
                out.append((s, t, codebook.ROOTS[int(row.argmax())], round(float(row.max()), 4)))
        return sorted(out, key=lambda r: (-r[3], r[0], r[1]))


def _runs(tags: Any, role: int, pieces: Encoded, sentence: str) -> list[Span]:
    """Runs of one tag as character spans; a word is in when its first piece is."""
    out: list[list[int]] = []
    inside = False
    for i, (a, b) in enumerate(pieces.offsets):
        if a == b:
            inside = False
            continue
        if i and a == pieces.offsets[i - 1][1] and a > 0 and re.match(r"\w\w", sentence[a - 1 : a + 1]):
            now = inside
        else:
            now = bool(tags[i] == role)
        if now and inside:
            out[-1][1] = b
        elif now:
            out.append([a, b])
        inside = now
    return [(a, b) for a, b in out]
