"""One model with all heads over passages: every sentence of an article is decided once, with offsets of its own."""

from __future__ import annotations

import json
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.coding.coder import Coder, load
from dragoman.errors import ModelError
from dragoman.records import Article, Sentence, content_id
from dragoman.settings import DEFAULT

WIDEST = 3
NAMED = 7  # the id of a word with a capital


class Words:
    """A tokenizer of words: those with a capital have one id, all others another."""

    def token_to_id(self, token: str) -> int:
        return {"[CLS]": 1, "[SEP]": 2}[token]

    def encode(self, text: str, add_special_tokens: bool) -> SimpleNamespace:
        spans = [m.span() for m in re.finditer(r"\w+|[^\w\s]", text)]
        words = [text[s:e] for s, e in spans]
        return SimpleNamespace(tokens=words, offsets=spans, ids=[NAMED if w[0].isupper() else 3 for w in words])


class Names:
    """A model to which every run of one or two words with capitals is a mention, and each pair of mentions an accusation."""

    manifest = {"passage": {"pieces": 24, "overlap": 8}}  # noqa: RUF012
    tokenizer = Words()
    name, version = "names", "1"

    def run(self, graph: str, **given: Any) -> dict[str, Any]:
        return self.words(given["ids"][0]) if graph == "words" else self.marks(given)

    def words(self, ids: np.ndarray) -> dict[str, Any]:
        n = len(ids)
        spans = np.full((1, 3, n, WIDEST), -9.0, np.float32)
        for i in range(n):
            if ids[i] == NAMED:
                spans[0, :, i, 0] = 3.0
                if i + 1 < n and ids[i + 1] == NAMED:
                    spans[0, :, i, 1] = 5.0
        empty = np.zeros((1, n, 2, 4), np.float32)
        return {
            "x": np.zeros((1, n, 4), np.float32),
            "raw": np.zeros((1, n, 4), np.float32),
            "keys": np.zeros((1, 1, 1, n, 4), np.float32),
            "values": np.zeros((1, 1, 1, n, 4), np.float32),
            "spans": spans,
            "as_source": empty,
            "as_target": empty,
            "nobody": np.zeros((2, 4), np.float32),
            "bias": np.zeros(1, np.float32),
            "tags": np.zeros((1, n, 3), np.float32),
            "said": np.zeros((1, n, 9), np.float32),
            "links": np.zeros((1, 3, n, n), np.float32),
        }

    def marks(self, given: dict[str, Any]) -> dict[str, Any]:
        pairs, n = given["prior"].shape[1], given["x"].shape[1]
        root = np.zeros((1, pairs, 16), np.float32)
        root[:, :, 8] = 9.0
        return {
            "event": np.full((1, pairs), 3.0, np.float32),
            "root": root,
            "modality": np.zeros((1, pairs, 4), np.float32),
            "plover": np.zeros((1, pairs, 15), np.float32),
            "trigger": np.zeros((1, pairs, 2, n), np.float32),
            "absent": np.zeros((1, pairs, 2, n + 2), np.float32),
        }


MODEL: Any = Names()
CODER = Coder(MODEL, DEFAULT)


def article(*sentences: str) -> Article:
    rows, at = [], 0
    for i, words in enumerate(sentences):
        rows.append(Sentence(i, "body", at, at + len(words)))
        at += len(words) + 1
    text = "\n".join(sentences)
    return Article(content_id(text), None, None, (), "en", None, None, (), None, text, tuple(rows))


words = st.sampled_from(["Oslo", "Lima", "blamed", "the", "Quito", "port", "again"])
lines = st.lists(words, min_size=1, max_size=40).map(lambda w: " ".join(w) + ".")


@given(st.lists(lines, min_size=1, max_size=8))
def test_a_sentence_among_others_has_the_mentions_that_it_has_alone(sentences: list[str]) -> None:
    found = CODER.read(article(*sentences)).sentences
    assert len(found) == len(sentences)
    for here, words in zip(found, sentences, strict=True):
        assert sorted(here.mentions) == sorted(CODER.events.read(words).mentions)
        for (start, end), _ in here.mentions:
            assert re.fullmatch(r"(Oslo|Lima|Quito)( (Oslo|Lima|Quito))*", words[start:end])


@given(st.lists(lines, min_size=1, max_size=6))
def test_every_event_lies_in_its_own_sentence(sentences: list[str]) -> None:
    found = CODER.read(article(*sentences)).sentences
    for here, words in zip(found, sentences, strict=True):
        for event in here.events:
            for span in (event.source, event.target, event.trigger):
                assert span is None or 0 <= span[0] < span[1] <= len(words)


def test_a_name_that_runs_into_the_next_sentence_is_cut_at_its_own_end() -> None:
    found = CODER.read(article("They saw Oslo", "Lima slept.")).sentences
    assert {"They saw Oslo"[s:e] for (s, e), _ in found[0].mentions} == {"They", "Oslo"}
    assert {"Lima slept."[s:e] for (s, e), _ in found[1].mentions} == {"Lima"}


def test_what_is_no_sentence_is_not_read() -> None:
    whole = article("Oslo blamed Lima.", "Quito menu")
    cut = Article(**{f: getattr(whole, f) for f in whole.__slots__ if f != "sentences"}, sentences=whole.sentences[:1])
    found = CODER.read(cut)
    assert len(found.sentences) == 1
    assert "Quito" not in "".join(b.text for b in found.heard.blocks)


def test_a_damaged_model_gives_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no model at"):
        load(tmp_path, DEFAULT)
    (tmp_path / "words.onnx").write_bytes(b"half")
    (tmp_path / "manifest.json").write_text(json.dumps({"name": "a", "version": "1", "files": {"words.onnx": "0" * 64}}))
    with pytest.raises(ModelError, match="damaged"):
        load(tmp_path, DEFAULT)
