"""Networks of states in one period: who stands with whom, from roll calls or from events.

A tie is a number from -1 to 1, above 0 where two states stand together more than by chance. Of votes it is kappa (or another
likeness of ``dragoman.measure.likeness``) over the contested roll calls; of events (cooperation - conflict) / (cooperation +
conflict), counted over event groups. A pair about which nothing is known has no tie (nan): never zero.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from dragoman.codebook.events import MUTUAL
from dragoman.errors import UsageError
from dragoman.measure import frames
from dragoman.measure.datasets import DataSet, source
from dragoman.measure.events import Tables, opened, query
from dragoman.measure.likeness import MEASURES, Floats, alike_all
from dragoman.measure.votes import BALLOTS, Votes, sessions_of, year_of
from dragoman.settings import DEFAULT, Settings

# Event groups of all pairs, each once, as ``measure.event_groups`` counts those of one pair: of a group the mention stands
# that happened, with the best score; a meeting that a layout writes once for each direction is one event.
_PAIRS = """
WITH mentions AS (
  SELECT {group} AS own_group, e.source_country AS source, e.target_country AS target, {columns}
  FROM {events} AS e {join}
  WHERE e.source_country <> e.target_country AND length(e.source_country) = 3 AND length(e.target_country) = 3
    AND e.source_country NOT IN ('IGO', 'NGO') AND e.target_country NOT IN ('IGO', 'NGO')
    AND e.modality IN ('happened', 'ongoing') AND e.date_from IS NOT NULL
    AND ($since IS NULL OR e.date_from >= $since) AND ($until IS NULL OR coalesce({date_to}, e.date_from) <= $until)
), keyed AS (
  SELECT *, coalesce(own_group, CASE WHEN coalesce(origin, 'dragoman') <> 'dragoman' AND root IN ({mutual}) THEN
      concat_ws('|', origin, date_from, cameo, least(source_text, target_text), greatest(source_text, target_text),
        row_number() OVER (PARTITION BY own_group, origin, date_from, cameo, source, source_text, target_text ORDER BY id))
    END, id) AS grp
  FROM mentions
), ranked AS (
  SELECT least(source, target) AS a, greatest(source, target) AS b, quad,
    row_number() OVER (PARTITION BY grp, least(source, target), greatest(source, target)
      ORDER BY score DESC NULLS LAST, id NULLS LAST) AS nth
  FROM keyed
)
SELECT a, b, count(*) FILTER (quad IN (1, 2)) AS cooperation, count(*) FILTER (quad IN (3, 4)) AS conflict
FROM ranked WHERE nth = 1 GROUP BY a, b ORDER BY a, b
"""
# Columns that a bare table of events may lack, and what stands for them then.
_COLUMNS = {
    "id": "CAST(row_number() OVER () AS VARCHAR)",
    "origin": "NULL::VARCHAR",
    "score": "NULL::DOUBLE",
    "cameo": "NULL::VARCHAR",
    "source_text": "NULL::VARCHAR",
    "target_text": "NULL::VARCHAR",
}


def data_of(events: Any) -> DataSet:
    """The data set that a source of events is: the reader's own archive or another's rows, with the days that it covers.

    An archive with imported rows is named by their origins.
    """
    tables = opened(events)
    origin = "coalesce(origin, 'dragoman')" if "origin" in tables.columns else "'dragoman'"
    statement = f"SELECT min(date_from), max(date_from), list_sort(list(DISTINCT {origin})) FROM events"
    ((first, last, origins),) = tables.connection.execute(statement).fetchall()
    own = source("dragoman")
    if origins and origins != ["dragoman"]:
        own = replace(own, name=f"Events of an archive, from {' and '.join(origins)}", version="as imported")
    return own.covering(str(first), str(last)) if first else own


class NoEvents(UsageError):
    """A period has no event between two states."""


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """The ties of one period. ``ties`` and ``n`` (roll calls or event groups behind each tie) are states x states.

    ``cooperation`` and ``conflict`` count event groups, None for votes; ``ballots`` are roll calls x states, None for events.
    ``left_out`` are states that voted too seldom to be placed.
    """

    label: str
    first: str
    last: str
    states: tuple[str, ...]
    ties: Floats
    n: Floats
    measure: str
    matters: int
    source: DataSet
    left_out: tuple[str, ...] = ()
    ballots: npt.NDArray[np.int8] | None = None
    cooperation: Floats | None = None
    conflict: Floats | None = None

    @property
    def level(self) -> float:
        """The mean tie of all pairs."""
        return float(np.nanmean(self.ties[np.triu_indices(len(self.states), 1)]))

    @property
    def year(self) -> int | None:
        """The year in which the period begins, where that is known."""
        return int(self.label[:4]) if self.label[:4].isdigit() else None

    def tie(self, a: str, b: str) -> float | None:
        """The tie of two states, None where nothing is known."""
        value = self.ties[self.states.index(a), self.states.index(b)]
        return None if np.isnan(value) else float(value)

    def redrawn(self, random: np.random.Generator) -> Network:
        """The network of as many roll calls, or event groups, drawn from these with repetition (bootstrap)."""
        if self.ballots is not None:
            ballots = self.ballots[random.integers(0, len(self.ballots), len(self.ballots))]
            values = alike_all(ballots, BALLOTS)
            return replace(self, ties=_off_diagonal(values[self.measure]), n=values["n"], ballots=ballots)
        if self.cooperation is None or self.conflict is None:
            raise UsageError("a network without ballots or counts cannot be redrawn")
        upper = np.triu_indices(len(self.states), 1)
        counts = np.concatenate((self.cooperation[upper], self.conflict[upper]))
        drawn = random.multinomial(int(counts.sum()), counts / counts.sum())
        half = len(upper[0])
        sides = []
        for part in (drawn[:half], drawn[half:]):
            matrix = np.zeros_like(self.ties)
            matrix[upper] = part
            sides.append(matrix + matrix.T)
        return _of_counts(self, sides[0], sides[1])


def votes_networks(
    votes: Votes,
    *,
    since: int | None = None,
    until: int | None = None,
    every: int = 1,
    measure: str = "kappa",
    settings: Settings = DEFAULT,
) -> tuple[Network, ...]:
    """One network for each period of ``every`` years, oldest first.

    Parameters: years of sessions, both ends included; ``measure`` is kappa, agreement, s or pi. A state is placed if it voted
    in at least ``settings.bloc_ballots`` of the period's contested roll calls. Periods with fewer than
    ``settings.bloc_roll_calls`` of them are left out (session 19, of 1964, held one).

    Raises UsageError for an unknown measure, years reversed, and a choice without enough roll calls.
    """
    if measure not in MEASURES:
        raise UsageError(f"there is no measure {measure!r}; choose one of {', '.join(MEASURES)}")
    if every < 1:
        raise UsageError(f"a period has at least one year, found {every}")
    sessions = sessions_of(votes, since=since, until=until)
    out = []
    for first in range(sessions[0], sessions[-1] + 1, every):
        held = [s for s in sessions if first <= s < first + every]
        chosen = votes.of(held)
        if len(chosen.ids) >= settings.bloc_roll_calls:
            out.append(_of_ballots(chosen, held, measure, settings))
    if not out:
        least = settings.bloc_roll_calls
        raise UsageError(f"no period of that choice has {least} contested roll calls; give more years or longer periods")
    return tuple(out)


def _of_ballots(chosen: Votes, sessions: list[int], measure: str, settings: Settings) -> Network:
    cast = (chosen.ballots > 0).sum(axis=0)
    placed = np.flatnonzero(cast >= settings.bloc_ballots * len(chosen.ids))
    left_out = tuple(chosen.states[i] for i in np.flatnonzero(cast) if i not in set(placed.tolist()))
    ballots = chosen.ballots[:, placed]
    values = alike_all(ballots, BALLOTS)
    years = [year_of(s) for s in sessions]
    label = f"{years[0]}" if len(years) == 1 else f"{years[0]}-{years[-1]}"
    known = chosen.days[~np.isnat(chosen.days)]
    first, last = (str(known.min()), str(known.max())) if known.size else (f"{years[0]}-01-01", f"{years[-1]}-12-31")
    return Network(
        label=label,
        first=first,
        last=last,
        states=tuple(chosen.states[i] for i in placed),
        ties=_off_diagonal(values[measure]),
        n=values["n"],
        measure=measure,
        matters=len(chosen.ids),
        source=chosen.source,
        left_out=left_out,
        ballots=ballots,
    )


def _off_diagonal(ties: Floats) -> Floats:
    ties = ties.copy()
    np.fill_diagonal(ties, np.nan)
    return ties


def events_network(
    events: Any,
    *,
    since: str | date | None = None,
    until: str | date | None = None,
    groups: Any = None,
    label: str | None = None,
    data: DataSet | None = None,
) -> Network:
    """The network of a period from event groups between states that happened or go on, each group once.

    Parameters: ``events`` is an Archive or a table of events (one row a mention; ``groups`` beside it where they are grouped).
    Organisations (IGO, NGO) are no states and are left out.

    Raises WrongUnit for another unit of analysis; UsageError for dates reversed or a period without such an event.
    """
    first, last = frames.span(since, until)
    tables = opened(events, groups)
    statement = _statement(tables)
    rows = query(tables.connection, statement, {"since": first, "until": last}).to_pylist()
    if not rows:
        asked = f" from {first or 'the beginning'} to {last or 'the end'}" if first or last else ""
        raise NoEvents(f"no event between two states that happened{asked}; blocs need at least one")
    states = tuple(sorted({row[side] for row in rows for side in ("a", "b")}))
    place = {state: i for i, state in enumerate(states)}
    counts = np.zeros((2, len(states), len(states)))
    for row in rows:
        i, j = place[row["a"]], place[row["b"]]
        counts[0, i, j] = counts[0, j, i] = row["cooperation"]
        counts[1, i, j] = counts[1, j, i] = row["conflict"]
    span = (str(first or ""), str(last or ""))
    empty = Network(
        label or "-".join(s for s in span if s) or "all",
        *span,
        states,
        counts[0],
        counts[0],
        "events",
        0,
        data or data_of(events),
    )
    return _of_counts(empty, counts[0], counts[1])


def _statement(tables: Tables) -> str:
    there = tables.columns
    columns = [f"e.{name}" if name in there else f"{other} AS {name}" for name, other in _COLUMNS.items()]
    group, join = ('e."group"', "") if "group" in there else ("NULL::VARCHAR", "")
    if tables.groups:
        group, join = 'g."group"', "LEFT JOIN groups AS g ON g.event = e.id"
    return _PAIRS.format(
        group=group,
        columns=", ".join((*columns, "e.root", "e.quad", "e.date_from")),
        events=tables.events,
        join=join,
        date_to="e.date_to" if "date_to" in there else "e.date_from",
        mutual=", ".join(f"'{root}'" for root in sorted(MUTUAL)),
    )


def _of_counts(network: Network, cooperation: Floats, conflict: Floats) -> Network:
    n = cooperation + conflict
    ties = np.full(n.shape, np.nan)
    np.divide(cooperation - conflict, n, out=ties, where=n > 0)
    return replace(network, ties=ties, n=n, cooperation=cooperation, conflict=conflict, matters=int(n.sum() / 2))


def events_networks(
    events: Any, *, since: int | None = None, until: int | None = None, every: int = 1, **options: Any
) -> tuple[Network, ...]:
    """One network of events for each period of ``every`` years, oldest first; periods without an event between two states are
    left out.

    Parameters: years, both ends included, else as far as the events reach; ``options`` as in ``events_network``. Raises
    UsageError for years reversed and where no period has an event.
    """
    if every < 1:
        raise UsageError(f"a period has at least one year, found {every}")
    if since is not None and until is not None and until < since:
        raise UsageError(f"the years end ({until}) before they begin ({since}); give since before until")
    connection = opened(events, options.get("groups")).connection
    reach = "SELECT CAST(min(year(date_from)) AS INTEGER), CAST(max(year(date_from)) AS INTEGER) FROM events"
    ((low, high),) = connection.execute(reach).fetchall()
    if low is None:
        raise UsageError("no event with a date; blocs need at least one between two states")
    out = []
    for first in range(since or low, (until or high) + 1, every):
        last = min(first + every - 1, until or first + every - 1)
        label = f"{first}" if first == last else f"{first}-{last}"
        try:
            out.append(events_network(events, since=f"{first}-01-01", until=f"{last}-12-31", label=label, **options))
        except NoEvents:
            continue
    if not out:
        raise NoEvents(f"no event between two states that happened from {since or low} to {until or high}")
    return tuple(out)
