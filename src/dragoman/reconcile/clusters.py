"""Components of a pairwise relation when items arrive in batches: the same whatever the order of the batches.

Whether two items are linked depends on these two alone, so the graph of all links does not depend on the order in which
they came. A new item can only add links, and what changes lies in the components that it touches; ``reach`` finds them
whole, asking the store for the neighbourhood of every item it reaches until nothing new is linked.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Item = TypeVar("Item")
Key = TypeVar("Key", bound=Hashable)
Window = TypeVar("Window", bound=Hashable)
Edge = TypeVar("Edge")


def reach(
    new: Iterable[Item],
    *,
    key: Callable[[Item], Key],
    windows: Callable[[Item], Iterable[Window]],
    nearby: Callable[[Sequence[Window]], Iterable[Item]],
    links: Callable[[Sequence[Item], Sequence[Item]], Iterable[tuple[Key, Key, Edge]]],
) -> tuple[dict[Key, Item], dict[tuple[Key, Key], Edge]]:
    """The new items with everything that they are linked to, directly or through others, and the links.

    Parameters: ``windows`` names where an item's neighbours can be, ``nearby`` gives the stored items of windows (each window
    is asked for once; more than asked for does no harm), ``links`` the links of the items in its first argument with those of
    its second (and among the first). The links come with the smaller key first.
    """
    known = {key(item): item for item in new}
    frontier = dict(known)
    asked: set[Window] = set()
    edges: dict[tuple[Key, Key], Edge] = {}
    reached = set(known)
    while frontier:
        wanted = [w for w in dict.fromkeys(w for item in frontier.values() for w in windows(item)) if w not in asked]
        asked.update(wanted)
        for item in nearby(wanted) if wanted else ():
            known.setdefault(key(item), item)
        first = list(frontier.values())
        rest = [item for k, item in known.items() if k not in frontier]
        touched: set[Key] = set()
        for a, b, edge in links(first, rest):
            edges[(a, b) if a <= b else (b, a)] = edge  # type: ignore[operator]
            touched.update((a, b))
        frontier = {k: known[k] for k in known if k in touched and k not in reached}
        reached.update(frontier)
    return {k: known[k] for k in known if k in reached}, edges


def components(keys: Iterable[Key], edges: Iterable[tuple[Key, Key]]) -> list[list[Key]]:
    """Connected components in the order of their first key, keys in the order given."""
    parent = {k: k for k in keys}

    def root(k: Key) -> Key:
        while parent[k] != k:
            parent[k] = parent[parent[k]]
            k = parent[k]
        return k

    for a, b in edges:
        first, second = root(a), root(b)
        if first != second:
            parent[second] = first
    found: dict[Key, list[Key]] = {}
    for k in parent:
        found.setdefault(root(k), []).append(k)
    return list(found.values())


def stretches(first: NDArray[np.int64], end: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """All places from each first to its end (not included), one after the other, and before them whose they are."""
    several = np.maximum(end - first, 0)
    whose = np.repeat(np.arange(len(several)), several)
    return whose, np.arange(len(whose)) + np.repeat(first - np.cumsum(several) + several, several)
