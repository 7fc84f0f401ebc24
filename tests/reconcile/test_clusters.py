"""Components that do not depend on the order in which their items come."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from dragoman.reconcile.clusters import components, reach


def linked(first: list[int], rest: list[int]) -> list[tuple[int, int, None]]:
    """Numbers beside each other are linked."""
    every = [*first, *rest]
    return [(a, b, None) for k, a in enumerate(every[: len(first)]) for b in every[k + 1 :] if abs(a - b) == 1]


def test_a_new_item_that_joins_two_old_components_brings_both_back_whole() -> None:
    stored = [1, 2, 3, 5, 6, 9]
    found, edges = reach(
        [4],
        key=int,
        windows=lambda n: [n - 1, n + 1],
        nearby=lambda windows: [n for n in stored if n in windows],
        links=linked,
    )
    assert sorted(found) == [1, 2, 3, 4, 5, 6]
    assert sorted(edges) == [(1, 2), (2, 3), (3, 4), (4, 5), (5, 6)]


def test_the_store_is_asked_for_each_window_once() -> None:
    asked: list[int] = []

    def nearby(windows: list[int]) -> list[int]:
        asked.extend(windows)
        return [n for n in range(10) if n in windows]

    reach([0, 1], key=int, windows=lambda n: [n - 1, n, n + 1], nearby=nearby, links=linked)
    assert len(asked) == len(set(asked))


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=8))
def test_components_are_the_same_in_any_order_of_the_links(edges: list[tuple[int, int]]) -> None:
    keys = list(range(7))
    wanted = components(keys, edges)
    assert all(components(keys, order) == wanted for order in list(permutations(edges))[:20])
