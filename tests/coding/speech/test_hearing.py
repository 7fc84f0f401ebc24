"""What a passage says of the country of an actor: from scores of word pieces to scores of countries."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest

from coding.speech.test_attributions import Silent
from dragoman.coding.speech.attributions import Attributor, Window

TEXT = "Oslo rose . Lima fell . Oslo said police came . Then Quito woke ."
AT = {word: TEXT.index(word) for word in ("Oslo", "Lima", "police", "Quito")}


def scored(scores: dict[tuple[int, int], float], links: int = 3) -> Attributor:
    """An attributor whose links to countries have some scores by row and column of the passage, and else 0."""

    def run(windows: Sequence[Window]) -> list[tuple[np.ndarray, np.ndarray]]:
        out = []
        for ids, _ in windows:
            link = np.zeros((links, len(ids), len(ids)), np.float32)
            for (row, column), value in scores.items():
                link[-1, row, column] = value
            out.append((np.zeros((len(ids), 9), np.float32), link))
        return out

    return Attributor(run, Silent())


def test_a_country_has_the_mean_of_its_mentions_and_none_a_score_of_its_own() -> None:
    heard = scored({(9, 0): -1.0, (9, 1): 2.0, (9, 7): 0.0, (9, 4): 0.5}).hear(TEXT)
    named = [(AT["Oslo"], "NOR"), (TEXT.index("Oslo", 5), "NOR"), (AT["Lima"], "PER")]
    said = heard.countries(AT["police"], named)
    assert said == {
        "": pytest.approx(-1.0),
        "NOR": pytest.approx(math.log((math.exp(2.0) + 1.0) / 2)),
        "PER": pytest.approx(0.5),
    }


def test_an_actor_is_no_evidence_for_itself() -> None:
    heard = scored({(4, 4): 9.0}).hear(TEXT)
    assert heard.countries(AT["Lima"], [(AT["Lima"], "PER")]) == {"": 0.0}


def test_a_position_outside_the_text_says_nothing() -> None:
    heard = scored({}).hear(TEXT)
    assert heard.countries(len(TEXT) + 5, [(0, "NOR")]) == {}
    assert scored({}).hear("").countries(0, []) == {}


def test_a_model_without_countries_says_nothing() -> None:
    assert scored({}, links=2).hear(TEXT).countries(AT["police"], [(0, "NOR")]) == {}


def test_what_another_block_names_is_out_of_sight() -> None:
    text = "Oslo rose .\n" * 6000
    last = text.rindex("rose")
    assert set(scored({}).hear(text).countries(last, [(0, "NOR"), (text.rindex("Oslo"), "CHL")])) == {"", "CHL"}
