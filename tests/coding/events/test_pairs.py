"""From model arrays to candidate pairs and marks."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dragoman.coding.events import pairs


def scores(length: int, spans: dict[tuple[int, int], float], widest: int = 4) -> np.ndarray:
    out = np.full((length, widest), -9.0, np.float32)
    for (first, last), value in spans.items():
        out[first, last - first] = value
    return out


def test_best_spans_are_taken_and_overlapping_ones_left() -> None:
    found = pairs.mentions(scores(9, {(1, 2): 3.0, (2, 3): 2.0, (5, 5): 1.0, (7, 8): -5.0}), floor=-2.0, limit=8)
    assert found == [(1, 2), (5, 5)]


def test_no_more_mentions_than_the_limit() -> None:
    found = pairs.mentions(scores(9, {(i, i): float(i) for i in range(1, 9)}), floor=-2.0, limit=3)
    assert found == [(6, 6), (7, 7), (8, 8)]


def test_proposals_hold_both_orders_the_same_words_and_the_side_without_words_but_never_nobody_with_nobody() -> None:
    one = np.zeros((6, 2, 3), np.float32)
    ends, scores_of, coarse = [(1, 1), (4, 4)], np.zeros((3, 6, 4), np.float32), np.zeros((2, 3), np.float32)
    proposed = pairs.propose(ends, ends, scores_of, one, one, coarse, 0.0)
    sides = {(c.source, c.target) for c in proposed}
    two = {((1, 1), (4, 4)), ((4, 4), (1, 1))}
    same = {((1, 1), (1, 1)), ((4, 4), (4, 4))}  # "the two leaders"
    assert sides == two | same | {((1, 1), None), ((4, 4), None), (None, (1, 1)), (None, (4, 4))}


def test_mentions_that_share_some_words_only_are_no_pair() -> None:
    one = np.zeros((6, 2, 3), np.float32)
    proposed = pairs.propose([(1, 3)], [(2, 2)], np.zeros((3, 6, 4), np.float32), one, one, np.zeros((2, 3), np.float32), 0.0)
    assert ((1, 3), (2, 2)) not in {(c.source, c.target) for c in proposed}


def test_marks_cover_their_words_and_a_side_without_words_covers_none() -> None:
    marks = pairs.lay_marks([[((1, 2), (4, 4)), (None, (4, 4))]], 6)
    assert marks.cover[0, 0].tolist() == [0.0, 0.5, 0.5, 0.0, 0.0, 0.0]
    assert marks.cover[0, 2].sum() == 0.0
    assert marks.role[0].tolist() == [pairs.SOURCE_ROLE, pairs.TARGET_ROLE, pairs.NO_SOURCE, pairs.TARGET_ROLE]
    assert marks.pair[0].tolist() == [0, 0, 1, 1]


def test_a_sentence_with_fewer_pairs_is_padded_with_pairs_of_number_minus_one() -> None:
    marks = pairs.lay_marks([[((1, 1), (2, 2))], [((1, 1), (2, 2)), ((2, 2), (1, 1))]], 4)
    assert marks.pair.tolist() == [[0, 0, -1, -1], [0, 0, 1, 1]]


@given(st.integers(2, 20), st.integers(1, 6), st.integers(0, 10_000))
def test_mentions_never_overlap_and_lie_inside(length: int, limit: int, seed: int) -> None:
    array = np.random.default_rng(seed).normal(size=(length, 4)).astype(np.float32)
    for first in range(length):
        array[first, length - first :] = -1e4
    found = pairs.mentions(array, floor=-1.0, limit=limit)
    assert len(found) <= limit
    assert all(0 <= a <= b < length for a, b in found)
    assert all(x == y or not pairs.overlap(x, y) for x in found for y in found)
