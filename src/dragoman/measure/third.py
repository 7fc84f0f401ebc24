"""Third parties: whose relations move with those of a pair.

When a and b quarrel, does c quarrel with b too, and make up with a? For each third state the month-to-month changes of its
net intensity with a, and with b, are set against those of the pair (Spearman's rank correlation of first differences;
triads in event data: Goldstein and Freeman 1990, chapter 4). Chance is what the third state's series gives when it is
shifted round in time; over all third states the share of false finds is held by Benjamini and Hochberg (1995).
"""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dragoman.measure import frames
from dragoman.measure.covered import coverage
from dragoman.measure.events import opened, query
from dragoman.settings import DEFAULT, Settings

try:
    from scipy import stats
except ImportError as error:
    raise frames.extra(error) from error

Array = npt.NDArray[np.float64]
UNIT = "triad"
SHORTEST = 12
"""Covered periods needed, and periods in which the third state does something with the member of the pair."""
_SHAPE = pa.schema(
    [
        *((name, pa.string()) for name in ("third", "with", "pair", "by")),
        *((name, pa.int64()) for name in ("periods", "events")),
        *((name, pa.float64()) for name in ("correlation", "p", "q")),
    ]
)
_NET = """
WITH told AS (
  SELECT {group} AS grp, min(e.source_country) AS s, min(e.target_country) AS t, min(e.intensity) AS intensity,
    min(coalesce(e.date_from, e.published)) AS day
  FROM {events} AS e {join}
  WHERE e.modality IN ('happened', 'ongoing') AND e.source_country <> e.target_country
    AND (e.source_country IN ($a, $b) OR e.target_country IN ($a, $b))
  GROUP BY 1
)
SELECT CASE WHEN s IN ($a, $b) THEN s ELSE t END AS member, CASE WHEN s IN ($a, $b) THEN t ELSE s END AS other,
  CAST(date_trunc('{by}', day) AS DATE) AS period, sum(intensity) AS net, count(*) AS n
FROM told WHERE ($since IS NULL OR day >= $since) AND ($until IS NULL OR day <= $until) AND length(s) = 3 AND length(t) = 3
  AND s NOT IN ('IGO', 'NGO') AND t NOT IN ('IGO', 'NGO')
GROUP BY ALL ORDER BY ALL
"""


def third_parties(
    source: Any,
    a: str,
    b: str,
    by: str = "month",
    *,
    since: str | date | None = None,
    until: str | date | None = None,
    groups: pa.Table | None = None,
    articles: pa.Table | None = None,
    settings: Settings = DEFAULT,
) -> pa.Table:
    """Third states whose dealings with a member of the pair move with the pair's own (unit ``triad``), the closest first.

    ``with`` is the member; ``correlation`` (-1 to 1) is above 0 where the third state's relations with that member better
    and worsen together with the pair's, below 0 where it turns to the member as the pair falls out; ``p`` from shifts in
    time, ``q`` after Benjamini and Hochberg over all rows; ``events`` counts event groups of the third state and the
    member. Only third states active in at least 12 periods. A table of no rows has the reason in ``empty``.
    """
    a, b = frames.pair(a, b)
    by = frames.period(by)
    first, last = frames.span(since, until)
    covered = coverage(source, by, since=first, until=last, articles=articles)["period"].to_pylist()
    net = _net(source, a, b, by, first, last, groups)
    at = {period: i for i, period in enumerate(covered)}
    lines: dict[tuple[str, str], Array] = {}
    counts: dict[tuple[str, str], Array] = {}
    for row in net:
        if row["period"] in at:
            key = (row["member"], row["other"])
            lines.setdefault(key, np.zeros(len(covered)))[at[row["period"]]] += row["net"]
            counts.setdefault(key, np.zeros(len(covered)))[at[row["period"]]] += row["n"]
    own = lines.get((a, b), np.zeros(len(covered))) + lines.get((b, a), np.zeros(len(covered)))
    facts: dict[str, Any] = {"a": a, "b": b, "by": by}
    rows = []
    if len(covered) < SHORTEST or not own.any():
        facts["empty"] = (
            f"third parties need {SHORTEST} covered periods with events of {a} and {b}; found {len(covered)} covered"
        )
    else:
        keys = [k for k in sorted(lines) if k[1] not in (a, b) and (counts[k] > 0).sum() >= SHORTEST]
        rows = [_row(own, lines[k], int(counts[k].sum()), k, f"{a}-{b}", by, settings) for k in keys]
        if not rows:
            facts["empty"] = f"no third state is active with {a} or {b} in {SHORTEST} periods"
    return frames.mark(pa.Table.from_pylist(_with_q(rows), _SHAPE), UNIT, facts)


def _net(
    source: Any, a: str, b: str, by: str, first: date | None, last: date | None, groups: pa.Table | None
) -> list[dict[str, Any]]:
    tables = opened(source, groups)
    own, join = "e.id", ""
    if tables.groups:
        own, join = 'coalesce(g."group", e.id)', "LEFT JOIN groups AS g ON g.event = e.id"
    elif isinstance(source, pa.Table) and "group" in source.column_names:
        own = 'coalesce(e."group", e.id)'
    statement = _NET.format(group=own, events=tables.events, join=join, by=by)
    return list(query(tables.connection, statement, {"a": a, "b": b, "since": first, "until": last}).to_pylist())


def _row(own: Array, line: Array, events: int, key: tuple[str, str], pair: str, by: str, settings: Settings) -> dict[str, Any]:
    changes = np.diff(own)
    found = _correlation(changes, np.diff(line))
    rng = np.random.default_rng([settings.change_seed, len(line)])
    shifts = rng.integers(1, len(line), settings.change_draws)
    chance = np.array([_correlation(changes, np.diff(np.roll(line, s))) for s in shifts])
    p = (1 + np.count_nonzero(np.abs(chance) >= abs(found) - 1e-12)) / (1 + len(chance))
    base = {"third": key[1], "with": key[0], "pair": pair, "by": by, "periods": len(line), "events": events}
    return base | {"correlation": found, "p": float(p)}


def _correlation(x: Array, y: Array) -> float:
    if not x.any() or not y.any():
        return 0.0
    ranks = stats.rankdata(x), stats.rankdata(y)
    return float(np.corrcoef(*ranks)[0, 1])


def _with_q(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with ``q``, the closest first."""
    if not rows:
        return rows
    q = stats.false_discovery_control([row["p"] for row in rows])
    rows = [row | {"q": float(v)} for row, v in zip(rows, q, strict=True)]
    return sorted(rows, key=lambda r: (r["q"], -abs(r["correlation"]), r["third"], r["with"]))
