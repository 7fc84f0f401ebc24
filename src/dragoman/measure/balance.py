"""Structural balance, brokers and isolation in a network of states.

Balance (Heider 1946; Cartwright and Harary 1956): a triad of states is balanced if the product of its three signs is positive:
all friends, or two friends with a common adversary. Three adversaries are balanced in the weaker sense of Davis (1967). A tie
counts as friendly above 0 and adverse below it; a pair without a tie makes no triad.

Brokers (Gould and Fernandez 1989): a state brokers between two others that it is close to and that are not close to each other.
Close means a tie above the mean tie of all pairs for votes, and a friendly one for events.

References
----------
Cartwright, Dorwin and Frank Harary (1956): Structural Balance. Psychological Review 63(5), 277-293.
Davis, James A. (1967): Clustering and Structural Balance in Graphs. Human Relations 20(2), 181-187.
Gould, Roger V. and Roberto M. Fernandez (1989): Structures of Mediation. Sociological Methodology 19, 89-126.
Heider, Fritz (1946): Attitudes and Cognitive Organization. Journal of Psychology 21(1), 107-112.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from dragoman.measure import frames
from dragoman.measure.blocs import Period
from dragoman.measure.likeness import Floats, alike_all
from dragoman.measure.networks import Network
from dragoman.measure.votes import BALLOTS


@dataclass(frozen=True, slots=True)
class Balance:
    """Triads by their number of friendly ties, and the share that is balanced (None without a triad).

    ``expected`` is the share that the same friendly and adverse ties would give in random places, exactly.
    """

    triads: int
    friends3: int
    friends2: int
    friends1: int
    friends0: int
    balanced: float | None
    weakly_balanced: float | None
    expected: float | None


def triad_balance(network: Network) -> Balance:
    """The census of triads of a network.

    >>> import numpy as np
    >>> from dragoman.measure.balance import of_signs
    >>> of_signs(np.array([[0, 1, -1], [1, 0, -1], [-1, -1, 0]])).balanced    # two friends, one common adversary
    1.0
    """
    return of_signs(np.nan_to_num(np.sign(network.ties)))


def of_signs(signs: Floats) -> Balance:
    """The census of a symmetric states x states array of 1 (friendly), -1 (adverse) and 0 (no tie)."""
    friendly, adverse = (signs > 0).astype(float), (signs < 0).astype(float)
    np.fill_diagonal(friendly, 0)
    np.fill_diagonal(adverse, 0)
    two_friends, two_adversaries = friendly @ friendly, adverse @ adverse
    counts = (
        round((friendly * two_friends).sum() / 6),
        round((adverse * two_friends).sum() / 2),
        round((friendly * two_adversaries).sum() / 2),
        round((adverse * two_adversaries).sum() / 6),
    )
    triads = sum(counts)
    good, bad = friendly.sum() / 2, adverse.sum() / 2
    ties = good + bad
    expected = None
    if ties >= 3:  # three ties drawn without putting back
        three = good * (good - 1) * (good - 2)
        one = 3 * good * bad * (bad - 1)
        expected = float((three + one) / (ties * (ties - 1) * (ties - 2)))
    strong = (counts[0] + counts[2]) / triads if triads else None
    weak = (counts[0] + counts[2] + counts[3]) / triads if triads else None
    return Balance(triads, *counts, strong, weak, expected if triads else None)


@dataclass(frozen=True, slots=True)
class Broker:
    """How often a state stands between two others, by where the three belong.

    ``coordinator``: all in one bloc; ``itinerant``: the two in one bloc, the broker outside; ``gatekeeper``: the broker with
    one of them; ``liaison``: in three blocs. ``between`` is gatekeeper and liaison together: bridges from bloc to bloc. States
    in no bloc count as blocs of their own.
    """

    state: str
    bloc: str | None
    coordinator: int
    itinerant: int
    gatekeeper: int
    liaison: int

    @property
    def between(self) -> int:
        return self.gatekeeper + self.liaison


def brokers(period: Period) -> tuple[Broker, ...]:
    """Every placed state as a broker, those that bridge most pairs of blocs first."""
    network = period.network
    cut = network.level if network.cooperation is None else 0.0
    close = np.nan_to_num(network.ties, nan=-2.0) > cut
    np.fill_diagonal(close, False)
    names = [period.bloc_of(state) for state in network.states]
    number: dict[str, int] = {}
    bloc = np.array(
        [number.setdefault(name or f"alone {s}", len(number)) for name, s in zip(names, network.states, strict=True)]
    )
    out = []
    for i, state in enumerate(network.states):
        near = np.flatnonzero(close[i])
        apart = ~close[np.ix_(near, near)]
        first, second = np.nonzero(np.triu(apart, 1))
        one, two = bloc[near[first]], bloc[near[second]]
        own, alike = bloc[i], one == two
        touching = (one == own).astype(int) + (two == own)
        kinds = (alike & (touching == 2), alike & (touching == 0), ~alike & (touching == 1), ~alike & (touching == 0))
        out.append(Broker(state, names[i], *(int(kind.sum()) for kind in kinds)))
    return tuple(sorted(out, key=lambda b: (-b.between, b.state)))


@dataclass(frozen=True, slots=True)
class Standing:
    """How much alone a state is: its mean tie with all others, its nearest and farthest state. ``rank`` 1 is the most
    isolated.

    Of votes the tie here is agreement: kappa is 0 for a state that always votes with the crowd, and that state is not alone.
    Of events the mean is over event groups: net cooperation with everybody. ``known`` counts the states it has a tie with.
    """

    state: str
    mean: float | None
    known: int
    nearest: str | None
    nearest_tie: float | None
    farthest: str | None
    farthest_tie: float | None
    rank: int


def isolation(network: Network) -> tuple[Standing, ...]:
    """Every state by its mean tie with all others, the most isolated first. A state without a known tie has None and comes
    last."""
    every = network.ties
    if network.ballots is not None:
        every = alike_all(network.ballots, BALLOTS)["agreement"]
        np.fill_diagonal(every, np.nan)
    found = []
    for i, state in enumerate(network.states):
        ties = every[i]
        known = np.flatnonzero(np.isfinite(ties))
        weights = network.n[i][known] if network.ballots is None else None
        if not known.size:
            found.append((2.0, state, Standing(state, None, 0, None, None, None, None, 0)))
            continue
        near, far = known[np.argmax(ties[known])], known[np.argmin(ties[known])]
        mean = float(np.average(ties[known], weights=weights))
        ends = (network.states[near], float(ties[near]), network.states[far], float(ties[far]))
        found.append((mean, state, Standing(state, mean, int(known.size), *ends, 0)))
    found.sort(key=lambda item: item[:2])
    return tuple(
        Standing(s.state, s.mean, s.known, s.nearest, s.nearest_tie, s.farthest, s.farthest_tie, rank)
        for rank, (_, _, s) in enumerate(found, 1)
    )


def places(period: Period) -> pa.Table:
    """One row a placed state: bloc, sure, mean tie, isolation rank, nearest state, and its brokerage. Unit: state-period."""
    by_state: Mapping[str, Broker] = {b.state: b for b in brokers(period)}
    rows = []
    for standing in isolation(period.network):
        broker = by_state[standing.state]
        rows.append(
            {
                "period": period.label,
                "state": standing.state,
                "bloc": broker.bloc,
                "sure": period.sure.get(standing.state),
                "mean_tie": standing.mean,
                "isolation_rank": standing.rank,
                "nearest": standing.nearest,
                "nearest_tie": standing.nearest_tie,
                "broker_between": broker.between,
                "broker_liaison": broker.liaison,
                "broker_gatekeeper": broker.gatekeeper,
                "broker_itinerant": broker.itinerant,
                "broker_coordinator": broker.coordinator,
            }
        )
    return frames.mark(pa.Table.from_pylist(rows), "state-period", {"measure": period.network.measure})
