"""Blocs: groups of states that stand together, over time, with names that stay the same and a figure for how sure they are.

Communities are found by the Leiden algorithm (Traag, Waltman and van Eck 2019) with a fixed seed.

Of votes: the constant Potts model (Traag, Van Dooren and Nesterov 2011), which puts two groups together if the mean tie between
them is above the resolution. The rule for the resolution is the mean tie of all pairs of the period, so that a bloc is a group
whose members are more alike than two states usually are. Of events: modularity of cooperation less modularity of conflict
(Traag and Bruggeman 2009), resolution 1.

Names: communities of at least ``settings.bloc_size`` states are blocs. In each period blocs take the names of earlier ones (as
these were when last seen, at most ``settings.bloc_memory`` periods ago) so that the sum of overlaps is largest; an overlap is
the share of common members among those states of both that are placed in both periods, and one below ``settings.bloc_overlap``
gives no name. The rest get new letters, the largest first.

Stability: the adjusted Rand index (Hubert and Arabie 1985) between the blocs and those found again after drawing roll calls or
event groups with repetition, and between other seeds; 1 is the same, 0 what chance gives.

References
----------
Hubert, Lawrence and Phipps Arabie (1985): Comparing Partitions. Journal of Classification 2, 193-218.
Traag, V. A. and Jeroen Bruggeman (2009): Community Detection in Networks with Positive and Negative Links. Physical Review E
80, 036115. Traag, V. A., P. Van Dooren and Y. Nesterov (2011): Narrow Scope for Resolution-Limit-Free Community Detection.
Physical Review E 84, 016114. Traag, V. A., L. Waltman and N. J. van Eck (2019): From Louvain to Leiden. Scientific Reports 9,
5233.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Any

import numpy as np
import pyarrow as pa

from dragoman.errors import UsageError
from dragoman.measure import frames
from dragoman.measure.likeness import Floats
from dragoman.measure.networks import Network
from dragoman.settings import DEFAULT, Settings

UNIT = "state-period"
_STARTS = 10  # of the search; with one, other seeds agreed to .85 on the votes of 1985, with ten to 1.00
_EVENT_STARTS = 100  # of events, whose networks are sparse: many partitions are nearly as good, and a search is quick
_REDRAWN_STARTS = 2  # of the search in redrawn data, where it is one of many
_SEEDS = 3  # other seeds tried for the stability of the algorithm itself


@dataclass(frozen=True, slots=True)
class Bloc:
    """A bloc in one period. ``core`` are the three members nearest to all others of it.

    ``inside`` is the mean tie of its pairs, ``outside`` that of its members with everyone else (None where there is nobody).
    """

    name: str
    states: tuple[str, ...]
    core: tuple[str, ...]
    inside: float | None
    outside: float | None


@dataclass(frozen=True, slots=True, eq=False)
class Period:
    """The blocs of one period.

    ``alone`` are states in no bloc. ``stability`` is the mean adjusted Rand index over redrawn roll calls or events, ``low``
    its 5% quantile, ``seeds`` the mean over other seeds; ``sure`` gives for each state the share of draws in which it sits with
    a member of its bloc, mean over members. All None where nothing was drawn.
    """

    network: Network
    blocs: tuple[Bloc, ...]
    alone: tuple[str, ...]
    draws: int
    stability: float | None
    low: float | None
    seeds: float | None
    sure: dict[str, float]

    @property
    def label(self) -> str:
        return self.network.label

    def bloc_of(self, state: str) -> str | None:
        """The name of a state's bloc; None where it stands alone or was not placed."""
        return next((bloc.name for bloc in self.blocs if state in bloc.states), None)


def communities(network: Network, seed: int = 0, *, starts: int | None = None) -> tuple[int, ...]:
    """The community of each state, numbered by size (0 the largest; ties by first state). The same seed gives the same answer.

    The search begins ``starts`` times anew, each time with the next seed, and the partition of the highest quality is taken,
    the first of several.
    """
    layers, signs = _layers(network)
    if starts is None:
        starts = _STARTS if network.cooperation is None else _EVENT_STARTS
    best: tuple[float, list[int]] = (-np.inf, [])
    for start in range(starts):
        quality, members = _search(layers, signs, seed * 1000 + start)
        if quality > best[0] + 1e-9:
            best = (quality, members)
    members = best[1]
    sizes = Counter(members)
    order = {c: i for i, c in enumerate(sorted(sizes, key=lambda c: (-sizes[c], members.index(c))))}
    return tuple(order[c] for c in members)


def _layers(network: Network) -> tuple[list[tuple[Any, Any, dict[str, Any]]], list[float]]:
    """Graphs with the kind of partition that is sought on each, and the sign that each counts with."""
    igraph, leidenalg = _leiden()
    size = len(network.states)
    upper = np.triu_indices(size, 1)
    if network.cooperation is None or network.conflict is None:
        ties, level = network.ties[upper], network.level
        weights = np.where(np.isnan(ties), level, ties).tolist()  # an unknown pair neither joins nor parts
        rule = {"weights": weights, "resolution_parameter": level}
        return [(igraph.Graph.Full(size), leidenalg.CPMVertexPartition, rule)], [1.0]
    layers, signs = [], []
    for counts, sign in ((network.cooperation, 1.0), (network.conflict, -1.0)):
        if counts.any():
            layers.append((_graph(counts[upper], upper, size), leidenalg.ModularityVertexPartition, {"weights": "weight"}))
            signs.append(sign)
    return layers, signs


def _search(layers: list[tuple[Any, Any, dict[str, Any]]], signs: list[float], seed: int) -> tuple[float, list[int]]:
    """The quality and members of the partition that one run of the Leiden algorithm finds."""
    _, leidenalg = _leiden()
    partitions = [kind(graph, **rule) for graph, kind, rule in layers]
    optimiser = leidenalg.Optimiser()
    optimiser.set_rng_seed(seed)
    optimiser.optimise_partition_multiplex(partitions, layer_weights=signs, n_iterations=-1)
    quality = sum(sign * partition.quality() for sign, partition in zip(signs, partitions, strict=True))
    return float(quality), list(partitions[0].membership)


def _leiden() -> tuple[Any, Any]:
    """igraph and leidenalg, of the extra ``measure``, loaded when blocs are first sought: reading this module costs nothing."""
    try:
        import igraph
        import leidenalg
    except ImportError as error:
        raise frames.extra(error) from error
    return igraph, leidenalg


def _graph(counts: Floats, upper: tuple[Any, ...], size: int) -> Any:
    igraph, _ = _leiden()
    some = np.flatnonzero(counts)
    graph = igraph.Graph(size, list(zip(upper[0][some].tolist(), upper[1][some].tolist(), strict=True)))
    graph.es["weight"] = counts[some].tolist()
    return graph


def rand_index(one: Sequence[int], two: Sequence[int]) -> float:
    """The adjusted Rand index of two partitions of the same things (Hubert and Arabie 1985): 1 the same, 0 as by chance.

    >>> rand_index((0, 0, 1, 1), (5, 5, 7, 7))
    1.0
    """
    if len(one) != len(two) or len(one) < 2:
        raise UsageError(f"two partitions of the same two or more things are needed, found {len(one)} and {len(two)}")

    def pairs(counts: Iterable[int]) -> float:
        return sum(c * (c - 1) / 2 for c in counts)

    both = pairs(Counter(zip(one, two, strict=True)).values())
    first, second = pairs(Counter(one).values()), pairs(Counter(two).values())
    chance = first * second / pairs([len(one)])
    most = (first + second) / 2
    return 1.0 if most == chance else (both - chance) / (most - chance)


def find_blocs(
    networks: Sequence[Network],
    *,
    draws: int = 20,
    seed: int = 0,
    settings: Settings = DEFAULT,
    progress: Callable[[str], None] | None = None,
) -> tuple[Period, ...]:
    """The blocs of each network, oldest first, with names that stay the same.

    Parameters: ``draws`` is how often roll calls or event groups are redrawn for the stability (0 for none); ``seed`` fixes
    everything random; ``progress`` is told the label of each period as it begins.

    Raises UsageError for no network, or one of fewer than three states.
    """
    if not networks:
        raise UsageError("blocs need at least one network")
    named: dict[str, tuple[int, frozenset[str]]] = {}  # name: the period it was last seen in, and its members then
    used = 0
    out: list[Period] = []
    for number, network in enumerate(networks):
        if progress is not None:
            progress(network.label)
        if len(network.states) < 3:
            raise UsageError(f"{network.label} has ties of {len(network.states)} states; blocs need at least three")
        member = communities(network, seed)
        groups = [frozenset(s for s, m in zip(network.states, member, strict=True) if m == c) for c in range(max(member) + 1)]
        large = [g for g in groups if len(g) >= settings.bloc_size]
        recent = {n: members for n, (seen, members) in named.items() if number - seen <= settings.bloc_memory}
        placed = [set(networks[named[n][0]].states) for n in recent]
        names = _names(large, recent, placed, set(network.states), settings.bloc_overlap)
        for i, group in enumerate(large):
            if names[i] is None:
                names[i] = _letter(used)
                used += 1
            named[str(names[i])] = (number, group)
        found = [_bloc(str(name), group, network) for name, group in zip(names, large, strict=True)]
        alone = tuple(sorted(s for g in groups if len(g) < settings.bloc_size for s in g))
        out.append(
            Period(network, tuple(sorted(found, key=lambda b: b.name)), alone, draws, *_stability(network, member, draws, seed))
        )
    return tuple(out)


def _names(
    groups: list[frozenset[str]], earlier: dict[str, frozenset[str]], placed: list[set[str]], now: set[str], least: float
) -> list[str | None]:
    """The earlier name of each group, None for a new one: the assignment with the largest sum of overlaps."""
    try:
        from scipy.optimize import linear_sum_assignment
    except ImportError as error:
        raise frames.extra(error) from error
    out: list[str | None] = [None] * len(groups)
    if not groups or not earlier:
        return out
    overlaps = np.zeros((len(groups), len(earlier)))
    for i, group in enumerate(groups):
        for j, (members, then) in enumerate(zip(earlier.values(), placed, strict=True)):
            whole = (group & then) | (members & now)
            overlaps[i, j] = len(group & members) / len(whole) if whole else 0.0
    overlaps[overlaps < least] = 0.0
    names = list(earlier)
    for i, j in zip(*linear_sum_assignment(-overlaps), strict=True):
        if overlaps[i, j] > 0:
            out[i] = names[j]
    return out


def _letter(number: int) -> str:
    """A, B, ... Z, AA, AB, ..."""
    letters = ""
    while True:
        letters = ascii_uppercase[number % 26] + letters
        number = number // 26 - 1
        if number < 0:
            return letters


def _bloc(name: str, group: frozenset[str], network: Network) -> Bloc:
    inside = np.array([state in group for state in network.states])
    own, other = network.ties[np.ix_(inside, inside)], network.ties[np.ix_(inside, ~inside)]
    states = tuple(s for s in network.states if s in group)
    order = sorted(range(len(states)), key=lambda i: (-_mean(own[i], -2.0), states[i]))
    return Bloc(name, states, tuple(states[i] for i in order[:3]), _known(own), _known(other))


def _known(values: Floats) -> float | None:
    return float(np.nanmean(values)) if np.isfinite(values).any() else None


def _mean(values: Floats, missing: float) -> float:
    found = _known(values)
    return missing if found is None else found


def _stability(
    network: Network, member: tuple[int, ...], draws: int, seed: int
) -> tuple[float | None, float | None, float | None, dict[str, float]]:
    if draws < 1:
        return None, None, None, {}
    random = np.random.default_rng(seed)
    index, together = [], np.zeros((len(member), len(member)))
    for _ in range(draws):
        again = np.array(communities(network.redrawn(random), seed, starts=_REDRAWN_STARTS))
        index.append(rand_index(member, again.tolist()))
        together += again[:, None] == again[None, :]
    same = np.equal.outer(np.array(member), np.array(member))
    np.fill_diagonal(same, False)
    sure = {state: float(together[i][same[i]].mean() / draws) for i, state in enumerate(network.states) if same[i].any()}
    seeds = [rand_index(member, communities(network, seed + 1 + i)) for i in range(_SEEDS)]
    return float(np.mean(index)), float(np.quantile(index, 0.05)), float(np.mean(seeds)), sure


def bloc_table(periods: Sequence[Period]) -> pa.Table:
    """One row a state and period: period, state, bloc (null alone), sure (0 to 1), inside (mean tie to its bloc), others (to
    the rest).

    States that voted too seldom have ``placed`` false and no figures. Unit: state-period.
    """
    rows = []
    for period in periods:
        network = period.network
        for i, state in enumerate(network.states):
            bloc = period.bloc_of(state)
            own = np.array([bloc is not None and period.bloc_of(s) == bloc for s in network.states])
            ties = network.ties[i]
            figures = {"sure": period.sure.get(state), "inside": _known(ties[own]), "others": _known(ties[~own])}
            rows.append({"period": period.label, "state": state, "placed": True, "bloc": bloc, **figures})
        rows += [{"period": period.label, "state": s, "placed": False} for s in network.left_out]
    kinds = {"placed": pa.bool_(), "sure": pa.float64(), "inside": pa.float64(), "others": pa.float64()}
    names = ("period", "state", "placed", "bloc", "sure", "inside", "others")
    frame = pa.Table.from_pylist(rows, pa.schema([(name, kinds.get(name, pa.string())) for name in names]))
    network = periods[0].network
    return frames.mark(frame, UNIT, {"measure": network.measure, "source": network.source.short})
