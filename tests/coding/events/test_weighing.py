"""The probability of a row: plain features, weights that belong to the model, and what happens below the threshold."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.coding.encoder import MODELS
from dragoman.coding.events import weighing
from dragoman.coding.events.model import Found, Signals
from dragoman.errors import ModelError
from dragoman.reader import PROFILES
from dragoman.records import ActorRef

CHAD = ActorRef("TCD", "Chad", 0, 4, "TCD", "GOV")
NIGER = ActorRef("NER", "Niger", 13, 18, "NER", "GOV")
NOBODY = ActorRef(None, None, None, None, None, None)
FOUND = Found(
    (0, 4), (13, 18), "ACCUSE", "happened", (5, 12), 0.6, {"ACCUSE": 0.6, "REJECT": 0.2}, signals=Signals(2, -1, 0.5, 0.9)
)


def candidate(**other: object) -> weighing.Candidate:
    made = weighing.Candidate(FOUND, CHAD, NIGER, 0, "body", False)
    return replace(made, **other)


def test_a_side_without_a_state_is_told_from_one_with_a_state() -> None:
    known, unknown = weighing.features([candidate(), candidate(source=NOBODY, sentence=1)], 2)
    assert "source known in words" in known
    assert "source unknown in words" in unknown
    assert "source nobody" in unknown


def test_the_same_pair_elsewhere_in_the_article_speaks_for_a_row() -> None:
    alone = weighing.features([candidate()], 5)[0]
    twice = weighing.features([candidate(), candidate(sentence=3)], 5)[0]
    assert "same pair elsewhere" not in alone
    assert twice["same pair elsewhere"] == FOUND.score


def test_a_rival_in_the_same_sentence_is_seen() -> None:
    rival = replace(FOUND, root="REJECT", score=0.5)
    first = weighing.features([candidate(), candidate(found=rival)], 5)[0]
    assert first["rival"] == 0.5
    assert first["same words"] == 0.5


def test_features_do_not_depend_on_the_order_of_the_candidates() -> None:
    two = [candidate(), candidate(sentence=3, source=NOBODY), candidate(found=replace(FOUND, score=0.3))]
    forward, backward = weighing.features(two, 5), weighing.features(two[::-1], 5)
    assert forward == backward[::-1]


@pytest.mark.parametrize("name", sorted(p.articles for p in PROFILES.values()))
def test_every_model_has_weights_that_name_only_features_that_exist(name: str) -> None:
    weights = weighing.load(MODELS / name)
    shapes = ("kind ", "root ", "modality ", "source ", "target ")
    plain = set(weighing.features([candidate(), candidate(sentence=1), candidate(found=replace(FOUND, root="REJECT"))], 5)[0])
    plain |= {"same pair nowhere else", "same country", "same country, one without words", "quoted"}
    assert not [n for n in weights.of if n not in plain and not n.startswith(shapes)]
    assert weights.of["score"] > 0


def test_a_lone_sentence_is_judged_by_its_own_score() -> None:
    weights = weighing.Weights(-9.0, {"score": 0.1}, (1.0, 0.0))
    assert weighing.scores([candidate()], 1, weights) == pytest.approx([FOUND.score])
    assert weighing.scores([candidate()], 30, weights)[0] < 0.01


@given(st.dictionaries(st.text(), st.floats(-1e6, 1e6)), st.floats(-1e6, 1e6))
def test_a_score_is_a_probability_whatever_the_features(features: dict[str, float], bias: float) -> None:
    assert 0.0 <= weighing.Weights(bias, dict.fromkeys(features, 1.0)).score(features) <= 1.0


@pytest.mark.parametrize("damaged", [None, "", "[]", '{"bias": 1}', json.dumps({"bias": "x", "weights": {}, "alone": [1, 0]})])
def test_missing_or_damaged_weights_are_one_clear_error(tmp_path: Path, damaged: str | None) -> None:
    if damaged is not None:
        (tmp_path / weighing.FILE).write_text(damaged)
    with pytest.raises(ModelError, match="reinstall dragoman"):
        weighing.load(tmp_path)
