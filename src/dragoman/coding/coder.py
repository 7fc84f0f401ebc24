"""The learned coder of an article: who acts on whom in each sentence, and who says what, from one model with all heads.

The model reads passages. Sentences are encoded among their neighbours and nothing is encoded twice; what an actor's country is
can be told from the words around.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from dragoman.coding import ensemble
from dragoman.coding.encoder import Model
from dragoman.coding.encoder import Pieces as Encoded
from dragoman.coding.events.model import NO_MENTION, EventModel, Found, Sentence, Span, Words
from dragoman.coding.speech import attributions as speech
from dragoman.coding.speech.hearing import Block, Hearing
from dragoman.coding.speech.passages import Passage, Pieces
from dragoman.coding.speech.statements import only_sentences
from dragoman.records import Article
from dragoman.settings import Settings

STYLE = "statements"  # the guide by which articles are read
SLICED = {"x": 1, "raw": 1, "keys": 3, "values": 3, "spans": 2, "as_source": 1, "as_target": 1, "tags": 1}  # axis of the pieces


class Coded(NamedTuple):
    """What the model says of an article: its sentences in order, and what it hears in the text."""

    sentences: list[Sentence]
    heard: Hearing


class Coder:
    """A loaded model, safe to share between threads: ``read`` takes articles, ``events`` sentences by themselves,
    ``attributor`` any text."""

    def __init__(self, model: Model | ensemble.Ensemble, settings: Settings) -> None:
        self._model, self._settings = model, settings
        sizes = model.manifest["passage"]
        self.attributor = speech.Attributor(self._said, model.tokenizer, size=sizes["pieces"], overlap=sizes["overlap"])
        self.events = EventModel(model, settings, self._windows)

    def read(self, article: Article) -> Coded:
        """Everything that the model finds in an article."""
        text = only_sentences(article)
        found: dict[int, Sentence] = {}
        parts = []
        for start, end in speech.blocks(text):
            p, cut = self.attributor.cut(text[start:end])
            spans = [(s.i, s.start - start, s.end - start) for s in article.sentences if start <= s.start and s.end <= end]
            owned = _owned(p, cut, spans)
            given = [(p, passage, owned.get(k, ())) for k, passage in enumerate(cut)]
            if self._settings.threads <= 1:
                read = [self._passage(*g) for g in given]
            else:
                with ThreadPoolExecutor(self._settings.threads) as pool:
                    read = list(pool.map(lambda g: self._passage(*g), given))
            for of, _ in read:
                found |= of
            parts.append(Block(start, text[start:end], self.attributor.together(p, cut, [said for _, said in read])))
        words = {s.i: article.text[s.start : s.end].replace("\n", " ") for s in article.sentences if s.i not in found}
        found |= {i: self.events.read(w) for i, w in words.items()}
        return Coded([found[s.i] for s in article.sentences], Hearing(parts, self.attributor.thresholds))

    def _passage(
        self, p: Pieces, passage: Passage, sentences: Sequence[tuple[int, int, int, int]]
    ) -> tuple[dict[int, Sentence], speech.Scores]:
        """The events of the sentences that a passage owns (as ``_owned`` gives them), and its attributions."""
        window = self.attributor.window(p, passage, STYLE)
        words = self._encode(window)
        out = {}
        for number, start, first, last in sentences:
            at = first - passage.start  # of the piece before the sentence, since the passage has one of its own in front
            pieces = _sentence(p, first, last, start, window[0][at : at + last - first + 2])
            events, mentions = self.events.decide(pieces, _slice(words, at, at + last - first + 2))
            out[number] = Sentence(tuple(sorted(events, key=_order)), tuple(mentions))
        return out, _scores(words)

    def _encode(self, window: speech.Window) -> Words:
        ids, features = window
        return self._model.run("words", ids=ids[None], mask=np.ones((1, len(ids)), np.float32), features=features[None])

    def _said(self, windows: Sequence[speech.Window]) -> list[speech.Scores]:
        return [_scores(self._encode(window)) for window in windows]  # one by one: none may change its neighbour's scores

    def _windows(self, sentence: str) -> Iterator[tuple[Encoded, Words]]:
        """A sentence by itself is a passage, a very long one several."""
        p, _ = self.attributor.cut(sentence)
        for first, last in _parts(p, self._settings.max_pieces - 2):
            window = self.attributor.window(p, Passage(first, last, first, last), STYLE)
            yield _sentence(p, first, last, 0, window[0]), self._encode(window)


def load(folder: Path, settings: Settings) -> Coder:
    """The coder of a model folder. Raises ModelError where files are missing or damaged."""
    return Coder(ensemble.load(folder, ("words", "marks")), settings)


def _scores(words: Words) -> speech.Scores:
    """The logits of attributions in what the encoder says of a passage."""
    return words["said"][0], words["links"][0]


def _order(event: Found) -> tuple[float, Span, str]:
    return -event.score, event.trigger, event.root


def _sentence(p: Pieces, first: int, last: int, start: int, ids: Any) -> Encoded:
    """The pieces of a sentence that begins at ``start``, with one before and one behind that are not its words."""
    spans = zip(p.starts[first:last].tolist(), p.ends[first:last].tolist(), strict=True)
    return Encoded(ids, ((0, 0), *((a - start, b - start) for a, b in spans), (0, 0)))


def _parts(p: Pieces, room: int) -> Iterator[tuple[int, int]]:
    """Runs of at most ``room`` pieces, cut between words."""
    first = 0
    while first < len(p):
        last = min(len(p), first + room)
        while last < len(p) and last > first + 1 and not p.heads[last]:
            last -= 1
        yield first, last
        first = last


def _owned(
    p: Pieces, cut: Sequence[Passage], sentences: Sequence[tuple[int, int, int]]
) -> dict[int, list[tuple[int, int, int, int]]]:
    """For each passage the sentences (number, start, first piece, behind the last) that stand in it, each where most is around
    it. A sentence that no passage holds is left out."""
    out: dict[int, list[tuple[int, int, int, int]]] = {}
    for number, start, end in sentences:
        first, last = (int(np.searchsorted(p.starts, at, side="left")) for at in (start, end))
        around = [
            (min(first - passage.start, passage.end - last), -k)
            for k, passage in enumerate(cut)
            if passage.start <= first < last <= passage.end
        ]
        if around:
            out.setdefault(-max(around)[1], []).append((number, start, first, last))
    return out


def _slice(words: Words, first: int, last: int) -> Words:
    """What the encoder says of some pieces of a passage, none of whose mentions goes beyond them."""
    out = {k: np.take(words[k], range(first, last), axis=axis) for k, axis in SLICED.items() if k != "tags"}
    out |= {k: words[k] for k in ("nobody", "bias")}
    length, widest = out["spans"].shape[2:]
    beyond = np.arange(length)[:, None] + np.arange(widest)[None] >= length - 1
    out["spans"][0][:, beyond] = NO_MENTION
    return out
