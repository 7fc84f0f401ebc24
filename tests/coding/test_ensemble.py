"""Several models heard together: scores are means, what is a member's own stays its own."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.coding.ensemble import Ensemble, load
from dragoman.coding.events.pairs import propose
from dragoman.errors import ModelError


class Fixed:
    """A model that gives the same arrays of some sizes for every text, and tells which states it is asked with."""

    tokenizer = None

    def __init__(self, seed: int, width: int, layers: int, size: int, temperature: float = 1.0, head: int = 4) -> None:
        draw = np.random.default_rng(seed)
        self.manifest = {"name": "fixed", "version": "1", "temperature": temperature}
        self.given = {
            "x": draw.normal(size=(1, 5, width)),
            "raw": draw.normal(size=(1, 5, width)),
            "keys": draw.normal(size=(layers, 1, 2, 5, head)),
            "values": draw.normal(size=(layers, 1, 2, 5, head)),
            "spans": draw.normal(size=(1, 3, 5, 2)),
            "as_source": draw.normal(size=(1, 5, 2, size)),
            "as_target": draw.normal(size=(1, 5, 2, size)),
            "nobody": draw.normal(size=(2, size)),
            "bias": draw.normal(size=(1,)),
        }
        self.given = {k: v.astype(np.float32) for k, v in self.given.items()}
        self.shapes = {"words": {k: v.shape for k, v in self.given.items()}}
        self.asked: dict[str, Any] = {}

    def run(self, graph: str, **given: Any) -> dict[str, Any]:
        if graph == "words":
            return dict(self.given)
        self.asked = given
        return {"event": np.full((1, 2), 3.0, np.float32), "root": np.ones((1, 2, 16), np.float32)}


def together(*members: Fixed, shares: tuple[float, ...], **told: object) -> Ensemble:
    return Ensemble(members, shares, {"name": "both", "version": "1", **told})  # type: ignore[arg-type]


def pair_logits(words: dict[str, Any]) -> np.ndarray:
    found = propose(
        [(0, 1), (3, 3)], [(2, 2), (4, 4)], words["spans"][0], words["as_source"][0], words["as_target"][0], words["nobody"],
        float(words["bias"][0]),
    )  # fmt: skip
    return np.array([c.score for c in found])


@given(st.floats(0.05, 0.95), st.integers(0, 50))
def test_the_logit_of_a_proposed_pair_is_the_mean_of_the_members(share: float, seed: int) -> None:
    one, other = Fixed(seed, 4, 2, 8), Fixed(seed + 1, 6, 3, 12)
    mine, theirs = (np.log(p / (1 - p)) for p in (pair_logits(one.given), pair_logits(other.given)))
    p = pair_logits(together(one, other, shares=(share, 1 - share)).run("words"))
    assert np.allclose(np.log(p / (1 - p)), share * mine + (1 - share) * theirs, atol=1e-3)


@pytest.mark.parametrize("head", [4, 8, 6])
def test_each_member_judges_pairs_by_its_own_states(head: int) -> None:
    one, other = Fixed(1, 4, 2, 8), Fixed(2, 6, 3, 8, head=head)
    both = together(one, other, shares=(0.5, 0.5))
    words = both.run("words")
    both.run("marks", **{k: words[k] for k in ("x", "raw", "keys", "values")}, mask=np.ones((1, 5)))
    for member in (one, other):
        for k in ("x", "raw", "keys", "values"):
            assert np.array_equal(member.asked[k], member.given[k])
        assert member.asked["mask"].shape == (1, 5)


def test_each_members_temperature_is_taken_before_the_mean() -> None:
    both = together(Fixed(1, 4, 2, 8, temperature=3.0), Fixed(2, 4, 2, 8), shares=(0.25, 0.75))
    words = both.run("words")
    said = both.run("marks", **{k: words[k] for k in ("x", "raw", "keys", "values")})
    assert np.allclose(said["event"], 0.25 * 1.0 + 0.75 * 3.0)


def test_a_missing_member_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "both-1"
    folder.mkdir()
    member = {"share": 1.0, "weights": hashlib.sha256(b"weights").hexdigest()}
    manifest = {"name": "both", "version": "1", "members": {"one-1": member}, "files": {}}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(ModelError, match=r"no model at .*one-1.*reinstall"):
        load(folder, ("words", "marks"))
